//! Eight words of spins at once: what the kernel is given, and what it hands back.

/// Words that are worked on at once.
pub const LANES: usize = 8;
/// Eight words, side by side.
pub type Lanes = [u64; LANES];

/// What stands around eight words of spins.
#[derive(Clone, Copy, Default)]
pub struct Around {
    /// The spins themselves.
    pub spins: Lanes,
    /// In the other plane: the row above,
    pub above: Lanes,
    /// the row below,
    pub below: Lanes,
    /// the same place,
    pub same: Lanes,
    /// and the place before or after it.
    pub beside: Lanes,
}

/// The state of eight generators side by side.
pub type State = [Lanes; 4];
