//! A colour's rows, asked block by block: alone, or by several threads at once.

use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    kernel,
    lanes::{Around, LANES, Lanes, State},
    planes::{Bonds, PackedLattice, Shape},
    rule::Rule,
    streams::{Rare, Stream},
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
            1 if whole => arch.dispatch(Fast::<1, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            2 if whole => arch.dispatch(Fast::<2, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            4 if whole => arch.dispatch(Fast::<4, SYMMETRIC, SIGNS> { rows: self, stream, rule }),
            words if whole && words.is_multiple_of(LANES) => {
                arch.dispatch(Fast::<8, SYMMETRIC, SIGNS> { rows: self, stream, rule });
            }
            _ => arch.dispatch(Slow::<SYMMETRIC, SIGNS> { rows: self, stream, rule }),
        }
    }
}

/// Where eight words stand. A trait and not closures, which would not be inlined.
trait Surroundings {
    fn around(&self, own: &[u64]) -> Around;

    /// Ones where a word holds spins that may turn.
    #[inline(always)]
    fn mask(&self, _lane: usize) -> u64 {
        u64::MAX
    }
}

/// In a row that is a whole number of vectors.
struct InRow<'a> {
    others: [&'a [u64]; 3],
    word: usize,
    before: bool,
}

impl Surroundings for InRow<'_> {
    #[inline(always)]
    fn around(&self, own: &[u64]) -> Around {
        Shape::load(own, self.others, self.word, self.before)
    }
}

/// In several rows of 1, 2 or 4 words.
struct InRows<'a, const WIDTH: usize> {
    shape: Shape,
    colour: usize,
    other: &'a [u64],
    first: usize,
}

impl<const WIDTH: usize> Surroundings for InRows<'_, WIDTH> {
    #[inline(always)]
    fn around(&self, own: &[u64]) -> Around {
        self.shape.load_rows::<WIDTH>(own, self.other, self.colour, self.first)
    }
}

/// In rows of any length, with held spins or without.
struct Anywhere<'a> {
    shape: Shape,
    colour: usize,
    other: &'a [u64],
    pinned: Option<&'a [u64]>,
    first: usize,
}

impl Surroundings for Anywhere<'_> {
    #[inline(always)]
    fn around(&self, own: &[u64]) -> Around {
        self.shape.gather(own, self.other, self.colour, self.first)
    }

    #[inline(always)]
    fn mask(&self, lane: usize) -> u64 {
        let pinned = self.pinned.map_or(0, |pinned| pinned[self.first + lane]);
        self.shape.mask((self.first + lane) % self.shape.words) & !pinned
    }
}

/// A place whose bonds have signs of their own.
struct Signed<'a, S, const SIGNS: bool> {
    place: S,
    bonds: Option<[&'a [u64]; 4]>,
    first: usize,
}

impl<S: Surroundings, const SIGNS: bool> Surroundings for Signed<'_, S, SIGNS> {
    #[inline(always)]
    fn around(&self, own: &[u64]) -> Around {
        let mut around = self.place.around(own);
        if SIGNS && let Some(bonds) = self.bonds {
            Bonds::turn(bonds, self.first, own.len(), &mut around);
        }
        around
    }

    #[inline(always)]
    fn mask(&self, lane: usize) -> u64 {
        self.place.mask(lane)
    }
}

/// Asks eight words of spins and turns those that want to. What stands around them is found twice, so that without
/// rare events it need never be in memory.
#[inline(always)]
fn attempt<const SYMMETRIC: bool>(
    spins: &mut [u64],
    state: &mut State,
    rare: &mut Rare,
    rule: &Rule,
    place: &impl Surroundings,
) {
    let has_no_event = rare.has_no_event();
    if has_no_event {
        let around = place.around(spins);
        let flips = flips::<SYMMETRIC>(&around, state, rule);
        for (lane, word) in spins.iter_mut().enumerate() {
            *word ^= flips[lane] & place.mask(lane);
        }
    } else {
        let around = place.around(spins);
        let decided = rare.decide(rule, &around);
        let flips = flips::<SYMMETRIC>(&around, state, rule);
        for (lane, word) in spins.iter_mut().enumerate() {
            *word ^= flips[lane];
        }
        decided.settle(spins);
        for (lane, word) in spins.iter_mut().enumerate() {
            *word ^= (*word ^ around.spins[lane]) & !place.mask(lane);
        }
    }
}

#[inline(always)]
fn flips<const SYMMETRIC: bool>(around: &Around, state: &mut State, rule: &Rule) -> Lanes {
    if SYMMETRIC { kernel::flips_symmetric(around, state, rule) } else { kernel::flips_in_field(around, state, rule) }
}

/// Rows that make whole vectors: of 1, 2 or 4 words, or of any number of eights.
struct Fast<'a, const WIDTH: usize, const SYMMETRIC: bool, const SIGNS: bool> {
    rows: Rows<'a>,
    stream: &'a mut Stream,
    rule: &'a Rule,
}

// Structures and not closures, so that they can be inlined to where the instruction set is known.
impl<const WIDTH: usize, const SYMMETRIC: bool, const SIGNS: bool> NullaryFnOnce for Fast<'_, WIDTH, SYMMETRIC, SIGNS> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
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
                attempt::<SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, &place);
            }
        } else {
            let words = rows.shape.words;
            for (row, y) in rows.own.chunks_exact_mut(words).zip(rows.first / words..) {
                let others = rows.shape.rows_around(rows.other, y);
                let before = Shape::is_before(rows.colour, y);
                let (vectors, _) = row.as_chunks_mut::<LANES>();
                for (index, vector) in vectors.iter_mut().enumerate() {
                    let word = index * LANES;
                    let place = InRow { others, word, before };
                    let place = Signed::<_, SIGNS> { place, bonds, first: y * words + word };
                    attempt::<SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, &place);
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

impl<const SYMMETRIC: bool, const SIGNS: bool> NullaryFnOnce for Slow<'_, SYMMETRIC, SIGNS> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { rows, stream, rule } = self;
        let mut state = stream.state;
        let mut first = rows.first;
        for vector in rows.own.chunks_mut(LANES) {
            let Rows { shape, colour, other, pinned, bonds, .. } = rows;
            let place = Signed::<_, SIGNS> { place: Anywhere { shape, colour, other, pinned, first }, bonds, first };
            attempt::<SYMMETRIC>(vector, &mut state, &mut stream.rare, rule, &place);
            first += LANES;
        }
        stream.state = state;
    }
}
