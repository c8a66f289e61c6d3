//! A colour's rows, asked block by block: alone, or by several threads at once.

use pulp::Arch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    kernel,
    lanes::{self, Around, InParts, LANES, Lanes, State},
    planes::{Bonds, LONGEST_ROW, PackedLattice, Shape},
    rule::Rule,
    streams::{Decided, Rare, Stream},
};

/// Rows that share a stream of random numbers: at least so many,
const LEAST_ROWS: usize = 16;
/// and at least so many words of a colour, so that beginning a block costs little.
const LEAST_WORDS: usize = 16 * LANES;
/// Spins that one thread asks faster than two.
const FEW_SPINS: usize = 1 << 17;

/// The instructions that the loops are compiled for. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Path {
    /// The widest that this processor has.
    Widest,
    /// AVX2 at most.
    Avx2,
    /// What every processor of this kind has.
    Plain,
}

impl Path {
    /// The instruction set behind it on this machine.
    fn arch(self) -> Arch {
        let widest = Arch::new();
        match self {
            Self::Widest => widest,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Avx2 => pulp::x86::V3::try_new().map_or(Arch::Scalar, Arch::V3),
            #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
            Self::Avx2 => Arch::Scalar,
            Self::Plain => Arch::Scalar,
        }
    }

    /// Returns the name of the instructions, as the command line prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let names = ["avx512", "avx2", "sse2"];
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        let names = ["", "", "plain"];
        match self.arch() {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Arch::V4(_) => names[0],
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Arch::V3(_) => names[1],
            _ => names[2],
        }
    }
}

/// Rows of a block in a lattice of this shape.
pub fn block_rows(shape: Shape) -> usize {
    LEAST_ROWS.max(LEAST_WORDS.div_ceil(shape.words)).min(shape.side)
}

/// Some blocks of rows of a colour, and how to ask them.
pub struct Part {
    pub colour: usize,
    pub blocks: std::ops::Range<usize>,
    pub path: Path,
    /// One thread does it all.
    pub is_alone: bool,
}

/// Asks all spins of a part.
pub fn update(lattice: &mut PackedLattice, streams: &mut [Stream], part: Part, rule: &Rule) {
    let Part { colour, blocks, path, is_alone } = part;
    let shape = lattice.shape();
    let words = block_rows(shape) * shape.words;
    let pinned = lattice.pinned.as_ref().map(|pinned| pinned.of(colour));
    let bonds = lattice.bonds.as_ref().map(|bonds| bonds.of(colour));
    let (own, other) = lattice.planes.split(colour);
    let end = (blocks.end * words).min(own.len());
    let own = &mut own[blocks.start * words..end];
    let streams = &mut streams[blocks.clone()];
    let arch = path.arch();
    let work = |block: usize, own: &mut [u64], stream: &mut Stream| {
        let rows = Rows { shape, colour, first: block * words, own, other, pinned, bonds };
        rows.attempt(stream, rule, arch);
    };
    let spins = own.len() * 64;
    let pieces = own.chunks_mut(words).zip(streams.iter_mut()).zip(blocks.start..);
    // Only in a pool that the caller chose: the common one would be taken by surprise.
    let alone = is_alone || rayon::current_thread_index().is_none() || rayon::current_num_threads() == 1;
    if alone || spins < FEW_SPINS {
        pieces.for_each(|((own, stream), block)| work(block, own, stream));
    } else {
        let mut pieces: Vec<_> = pieces.collect();
        // Small parts: whoever is held up by another program leaves more of them to the others.
        let part = pieces.len().div_ceil(4 * rayon::current_num_threads());
        pieces.par_chunks_mut(part).for_each(|part| {
            part.iter_mut().for_each(|((own, stream), block)| work(*block, own, stream));
        });
    }
}

/// Rows of one colour.
struct Rows<'a> {
    shape: Shape,
    colour: usize,
    /// The first word of `own` in its plane.
    first: usize,
    own: &'a mut [u64],
    other: &'a [u64],
    /// The whole plane of held spins.
    pinned: Option<&'a [u64]>,
    /// Whole planes of the signs of bonds.
    bonds: Option<[&'a [u64]; 4]>,
}

impl Rows<'_> {
    fn attempt(self, stream: &mut Stream, rule: &Rule, arch: Arch) {
        match (rule.is_symmetric, self.bonds.is_some()) {
            (true, false) => self.ask_as::<true, false>(stream, rule, arch),
            (false, false) => self.ask_as::<false, false>(stream, rule, arch),
            (true, true) => self.ask_as::<true, true>(stream, rule, arch),
            (false, true) => self.ask_as::<false, true>(stream, rule, arch),
        }
    }

    fn ask_as<const SYMMETRIC: bool, const SIGNS: bool>(self, stream: &mut Stream, rule: &Rule, arch: Arch) {
        let whole = self.shape.last_bits == 64 && self.pinned.is_none();
        match self.shape.words {
            1 if whole => lanes::dispatch(arch, Fast::<1, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            2 if whole => lanes::dispatch(arch, Fast::<2, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            4 if whole => lanes::dispatch(arch, Fast::<4, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            words if whole && words.is_multiple_of(LANES) => {
                lanes::dispatch(arch, Fast::<8, SYMMETRIC, SIGNS> { rows: self, stream, rule });
            }
            _ => lanes::dispatch(arch, Slow::<SYMMETRIC, SIGNS> { rows: self, stream, rule }),
        }
    }
}

/// Where eight words stand. A trait and not closures, which would not be inlined.
trait Surroundings: Copy {
    /// Of the part of the eight words that begins at `part`.
    fn around<const N: usize>(&self, own: &[u64], part: usize) -> Around<N>;

    /// Of one of the eight words.
    fn around_word(&self, own: &[u64], lane: usize) -> Around<1>;

    /// Ones where a word holds spins that may turn.
    #[inline(always)]
    fn mask(&self, _lane: usize) -> u64 {
        u64::MAX
    }
}

/// In a row that is a whole number of vectors.
#[derive(Clone, Copy)]
struct InRow<'a> {
    others: [&'a [u64]; 4],
    word: usize,
}

impl Surroundings for InRow<'_> {
    #[inline(always)]
    fn around<const N: usize>(&self, own: &[u64], part: usize) -> Around<N> {
        Shape::load(own, self.others, self.word + part)
    }

    fn around_word(&self, own: &[u64], lane: usize) -> Around<1> {
        Shape::load(&own[lane..=lane], self.others, self.word + lane)
    }
}

/// In several rows of 1, 2 or 4 words.
#[derive(Clone, Copy)]
struct InRows<'a, const WIDTH: usize> {
    shape: Shape,
    colour: usize,
    other: &'a [u64],
    first: usize,
}

impl<const WIDTH: usize> Surroundings for InRows<'_, WIDTH> {
    #[inline(always)]
    fn around<const N: usize>(&self, own: &[u64], part: usize) -> Around<N> {
        self.shape.load_rows::<N, WIDTH>(own, self.other, self.colour, self.first + part)
    }

    fn around_word(&self, own: &[u64], lane: usize) -> Around<1> {
        self.shape.gather(&own[lane..=lane], self.other, self.colour, self.first + lane)
    }
}

/// In rows of any length, with held spins or without.
#[derive(Clone, Copy)]
struct Anywhere<'a> {
    shape: Shape,
    colour: usize,
    other: &'a [u64],
    pinned: Option<&'a [u64]>,
    first: usize,
}

impl Surroundings for Anywhere<'_> {
    #[inline(always)]
    fn around<const N: usize>(&self, own: &[u64], part: usize) -> Around<N> {
        self.shape.gather(own, self.other, self.colour, self.first + part)
    }

    fn around_word(&self, own: &[u64], lane: usize) -> Around<1> {
        self.shape.gather(&own[lane..=lane], self.other, self.colour, self.first + lane)
    }

    #[inline(always)]
    fn mask(&self, lane: usize) -> u64 {
        let pinned = self.pinned.map_or(0, |pinned| pinned[self.first + lane]);
        self.shape.mask((self.first + lane) % self.shape.words) & !pinned
    }
}

/// A place whose bonds have signs of their own.
#[derive(Clone, Copy)]
struct Signed<'a, S, const SIGNS: bool> {
    place: S,
    bonds: Option<[&'a [u64]; 4]>,
    first: usize,
}

impl<S: Surroundings, const SIGNS: bool> Surroundings for Signed<'_, S, SIGNS> {
    #[inline(always)]
    fn around<const N: usize>(&self, own: &[u64], part: usize) -> Around<N> {
        let around = self.place.around(own, part);
        match self.bonds {
            Some(bonds) if SIGNS => Bonds::turn(bonds, self.first + part, own.len(), around),
            _ => around,
        }
    }

    fn around_word(&self, own: &[u64], lane: usize) -> Around<1> {
        let around = self.place.around_word(own, lane);
        match self.bonds {
            Some(bonds) if SIGNS => Bonds::turn(bonds, self.first + lane, 1, around),
            _ => around,
        }
    }

    #[inline(always)]
    fn mask(&self, lane: usize) -> u64 {
        self.place.mask(lane)
    }
}

/// Asks eight words of spins and turns those that want to, a part after the other.
#[inline(always)]
fn attempt<const N: usize, const SYMMETRIC: bool>(
    spins: &mut [u64],
    state: &mut State,
    rare: &mut Rare,
    rule: &Rule,
    place: impl Surroundings,
) {
    // Before any spin turns.
    let decided = if rare.has_no_event() { None } else { Some(decide(rare, rule, spins, place)) };
    for first in (0..LANES).step_by(N) {
        // A last piece of a block may be shorter; its generators go on all the same.
        let end = (first + N).min(spins.len());
        let begin = first.min(end);
        let part = &mut spins[begin..end];
        let around = place.around::<N>(part, begin);
        let flips = flips::<N, SYMMETRIC>(&around, state, first, rule);
        for (lane, word) in part.iter_mut().enumerate() {
            *word ^= flips[lane] & place.mask(first + lane);
        }
    }
    if let Some(decided) = decided {
        decided.settle(spins);
    }
}

/// What rare events make of eight words, as far as these may turn.
#[cold]
#[inline(never)]
fn decide(rare: &mut Rare, rule: &Rule, spins: &[u64], place: impl Surroundings) -> Decided {
    let mut decided = rare.decide(rule, spins.len(), |lane| place.around_word(spins, lane));
    for lane in 0..spins.len() {
        decided.hold(lane, !place.mask(lane));
    }
    decided
}

#[inline(always)]
fn flips<const N: usize, const SYMMETRIC: bool>(
    around: &Around<N>,
    state: &mut State,
    first: usize,
    rule: &Rule,
) -> Lanes<N> {
    if SYMMETRIC {
        kernel::flips_symmetric(around, state, first, rule)
    } else {
        kernel::flips_in_field(around, state, first, rule)
    }
}

/// Rows that make whole vectors: of 1, 2 or 4 words, or of any number of eights.
struct Fast<'a, const WIDTH: usize, const SYMMETRIC: bool, const SIGNS: bool> {
    rows: Rows<'a>,
    stream: &'a mut Stream,
    rule: &'a Rule,
}

// Structures and not closures, so that they can be inlined to where the instruction set is known.
impl<const WIDTH: usize, const SYMMETRIC: bool, const SIGNS: bool> InParts for Fast<'_, WIDTH, SYMMETRIC, SIGNS> {
    type Output = ();

    #[inline(always)]
    fn call<const N: usize>(self) {
        let Self { rows, stream, rule } = self;
        // A copy of the generators can live in registers.
        let mut state = stream.state;
        let bonds = rows.bonds;
        if WIDTH < LANES {
            let (vectors, _) = rows.own.as_chunks_mut::<LANES>();
            for (index, vector) in vectors.iter_mut().enumerate() {
                let first = rows.first + index * LANES;
                let place = InRows::<WIDTH> { shape: rows.shape, colour: rows.colour, other: rows.other, first };
                let place = Signed::<_, SIGNS> { place, bonds, first };
                attempt::<N, SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, place);
            }
        } else {
            let words = rows.shape.words;
            let mut beside = [0; LONGEST_ROW];
            for (row, y) in rows.own.chunks_exact_mut(words).zip(rows.first / words..) {
                let [above, same, below] = rows.shape.rows_around(rows.other, y);
                let beside = &mut beside[..words];
                rows.shape.lay_beside(rows.other, y, Shape::is_before(rows.colour, y), beside);
                let others = [above, same, below, beside];
                let (vectors, _) = row.as_chunks_mut::<LANES>();
                for (index, vector) in vectors.iter_mut().enumerate() {
                    let word = index * LANES;
                    let place = InRow { others, word };
                    let place = Signed::<_, SIGNS> { place, bonds, first: y * words + word };
                    attempt::<N, SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, place);
                }
            }
        }
        stream.state = state;
    }
}

/// Rows of any length, with held spins or without.
struct Slow<'a, const SYMMETRIC: bool, const SIGNS: bool> {
    rows: Rows<'a>,
    stream: &'a mut Stream,
    rule: &'a Rule,
}

impl<const SYMMETRIC: bool, const SIGNS: bool> InParts for Slow<'_, SYMMETRIC, SIGNS> {
    type Output = ();

    #[inline(always)]
    fn call<const N: usize>(self) {
        let Self { rows, stream, rule } = self;
        let mut state = stream.state;
        let mut first = rows.first;
        for vector in rows.own.chunks_mut(LANES) {
            let Rows { shape, colour, other, pinned, bonds, .. } = rows;
            let place = Signed::<_, SIGNS> { place: Anywhere { shape, colour, other, pinned, first }, bonds, first };
            attempt::<N, SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, place);
            first += LANES;
        }
        stream.state = state;
    }
}
