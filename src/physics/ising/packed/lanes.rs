//! Eight words of spins at once: what the kernel is given, and what it hands back.

use pulp::{Arch, NullaryFnOnce};

/// Words that are worked on at once.
pub const LANES: usize = 8;
/// Words side by side: eight, or the part of them that is at work.
pub type Lanes<const N: usize = LANES> = [u64; N];

/// What stands around some words of spins.
#[derive(Clone, Copy)]
pub struct Around<const N: usize = LANES> {
    /// The spins themselves.
    pub spins: Lanes<N>,
    /// In the other plane: the row above,
    pub above: Lanes<N>,
    /// the row below,
    pub below: Lanes<N>,
    /// the same place,
    pub same: Lanes<N>,
    /// and the place before or after it.
    pub beside: Lanes<N>,
}

/// The state of eight generators side by side.
pub type State = [Lanes; 4];

/// Work on eight words that goes through them in parts of `N`.
pub trait InParts {
    /// What the work comes to.
    type Output;

    /// Does it. Marked to be inlined, so that it is compiled for the instructions that were chosen.
    fn call<const N: usize>(self) -> Self::Output;
}

/// Does a work with some instructions, in parts of one vector of theirs: with two at a time the generators and masks of
/// both would not find room in sixteen registers. Each word has a generator of its own, so the bits are the same.
pub fn dispatch<T: InParts>(arch: Arch, work: T) -> T::Output {
    match arch {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Arch::V4(simd) => simd.vectorize(At::<8, _>(work)),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Arch::V3(simd) => simd.vectorize(At::<4, _>(work)),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        _ => work.call::<PLAIN>(),
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        arch => arch.dispatch(At::<PLAIN, _>(work)),
    }
}

/// Words in a part where vectors are narrow.
const PLAIN: usize = 8;

struct At<const N: usize, T>(T);

impl<const N: usize, T: InParts> NullaryFnOnce for At<N, T> {
    type Output = T::Output;

    #[inline(always)]
    fn call(self) -> T::Output {
        self.0.call::<N>()
    }
}
