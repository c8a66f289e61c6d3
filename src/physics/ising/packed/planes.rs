//! The spins as two planes of bits, one for each colour of the checkerboard.

use aligned_vec::{AVec, ConstAlign};
use pulp::{Arch, NullaryFnOnce};
use serde::{Deserialize, Serialize};

use super::lanes::{Around, LANES, Lanes};
use crate::physics::ising::{Counts, LARGEST_SIDE, Lattice, Spins};

/// Words of a plane in the longest row.
pub const LONGEST_ROW: usize = LARGEST_SIDE / 128;

/// Bytes after which addresses look alike to the processor's memory unit.
const PAGE: usize = 4096;

/// The planes of both colours, in one piece of memory. They begin at cache lines, so that a vector of words never lies
/// across two, and half a page apart: a load that follows a store at the same place of a page has to wait for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planes {
    words: usize,
    second: usize,
    memory: AVec<u64, ConstAlign<PAGE>>,
}

impl Planes {
    /// All zero, of so many words each.
    fn zeros(words: usize) -> Self {
        let page = PAGE / 8;
        let second = words.next_multiple_of(page) + page / 2;
        Self { words, second, memory: AVec::from_iter(PAGE, std::iter::repeat_n(0, second + words)) }
    }

    /// The plane of a colour.
    #[inline]
    pub fn of(&self, colour: usize) -> &[u64] {
        let first = if colour == 0 { 0 } else { self.second };
        &self.memory[first..first + self.words]
    }

    /// The plane of a colour to change.
    #[inline]
    pub fn of_mut(&mut self, colour: usize) -> &mut [u64] {
        let first = if colour == 0 { 0 } else { self.second };
        &mut self.memory[first..first + self.words]
    }

    /// The plane of a colour to change, and the other one to look at.
    pub fn split(&mut self, colour: usize) -> (&mut [u64], &[u64]) {
        let (even, odd) = self.memory.split_at_mut(self.second);
        let even = &mut even[..self.words];
        if colour == 0 { (even, odd) } else { (odd, even) }
    }
}

/// How rows of a plane lie in memory: all that the kernel must know to find neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Rows, and bits of both planes in a row.
    pub side: usize,
    /// Words of a plane in a row.
    pub words: usize,
    /// Bits in the last word of a row, 1 to 64.
    pub last_bits: u32,
    /// 2⁴⁰ / side, rounded up: division of a place by the side as a product. Exact, as places are below 2²⁴.
    reciprocal: u64,
}

impl Shape {
    pub fn new(side: usize) -> Self {
        let bits = side / 2;
        let words = bits.div_ceil(64);
        let last_bits = (bits - 64 * (words - 1)) as u32;
        Self { side, words, last_bits, reciprocal: (1_u64 << 40).div_ceil(side as u64) }
    }

    /// Words of a plane.
    pub fn len(self) -> usize {
        self.side * self.words
    }

    /// Colour, word and bit of a place y · side + x.
    #[inline]
    pub fn find(self, place: usize) -> (usize, usize, u32) {
        let y = ((place as u64 * self.reciprocal) >> 40) as usize;
        let x = place - y * self.side;
        let index = x / 2;
        ((x + y) & 1, y * self.words + index / 64, (index % 64) as u32)
    }

    /// Ones where a word of a row holds spins.
    #[inline(always)]
    pub fn mask(self, word: usize) -> u64 {
        if word + 1 == self.words { u64::MAX >> (64 - self.last_bits) } else { u64::MAX }
    }

    /// The word of the other plane's row shifted by one spin: each spin's neighbour at i − 1, or at i + 1.
    #[inline(always)]
    fn beside(self, row: &[u64], word: usize, before: bool) -> u64 {
        let last = self.words - 1;
        if before {
            let (previous, top) = if word == 0 { (row[last], self.last_bits - 1) } else { (row[word - 1], 63) };
            (row[word] << 1 | (previous >> top & 1)) & self.mask(word)
        } else {
            let (next, top) = if word == last { (row[0], self.last_bits - 1) } else { (row[word + 1], 63) };
            row[word] >> 1 | (next & 1) << top
        }
    }

    /// Whether the fourth neighbour of this colour's spins in this row stands before them.
    #[inline(always)]
    pub fn is_before(colour: usize, y: usize) -> bool {
        (y + colour).is_multiple_of(2)
    }

    /// The surroundings of up to eight words from `first` on, one by one: for any side.
    pub fn gather<const N: usize>(self, own: &[u64], other: &[u64], colour: usize, first: usize) -> Around<N> {
        let none = [0; N];
        let mut around = Around { spins: none, above: none, below: none, same: none, beside: none };
        for (lane, &spins) in own.iter().enumerate() {
            let (y, word) = ((first + lane) / self.words, (first + lane) % self.words);
            let [above, same, below] = self.rows_around(other, y);
            around.spins[lane] = spins;
            (around.above[lane], around.same[lane], around.below[lane]) = (above[word], same[word], below[word]);
            around.beside[lane] = self.beside(same, word, Self::is_before(colour, y));
        }
        around
    }

    /// The rows of the other plane above, at and below row `y`.
    #[inline(always)]
    pub fn rows_around(self, other: &[u64], y: usize) -> [&[u64]; 3] {
        let above = if y == 0 { self.side - 1 } else { y - 1 };
        let below = if y + 1 == self.side { 0 } else { y + 1 };
        [above, y, below].map(|y| &other[y * self.words..(y + 1) * self.words])
    }

    /// The fourth neighbours of all spins of a row, which is a whole number of vectors.
    #[inline(always)]
    pub fn lay_beside(self, other: &[u64], y: usize, before: bool, beside: &mut [u64]) {
        let (first, words) = (y * self.words, self.words);
        // The words before or after each, in one piece: at an end of the plane there is none.
        let start = if before { first.checked_sub(1) } else { Some(first + 1) };
        let same = &other[first..first + words];
        let last = words - 1;
        let Some(neighbours) = start.and_then(|start| other.get(start..start + words)) else {
            for (word, beside) in beside.iter_mut().enumerate() {
                *beside = self.beside(same, word, before);
            }
            return;
        };
        let vectors = same.as_chunks::<LANES>().0.iter().zip(neighbours.as_chunks::<LANES>().0);
        for (beside, (same, neighbours)) in beside.as_chunks_mut::<LANES>().0.iter_mut().zip(vectors) {
            if before {
                *beside = std::array::from_fn(|lane| same[lane] << 1 | neighbours[lane] >> 63);
            } else {
                *beside = std::array::from_fn(|lane| same[lane] >> 1 | neighbours[lane] << 63);
            }
        }
        // Over the edge of the row.
        if before {
            beside[0] = same[0] << 1 | same[last] >> 63;
        } else {
            beside[last] = same[last] >> 1 | same[0] << 63;
        }
    }

    /// The surroundings of some words of a row from `word` on; `others` are the rows above, at and below of the other
    /// plane, and the row of fourth neighbours.
    #[inline(always)]
    pub fn load<const N: usize>(own: &[u64], others: [&[u64]; 4], word: usize) -> Around<N> {
        let [above, same, below, beside] = others;
        Around {
            spins: load(own, 0),
            above: load(above, word),
            below: load(below, word),
            same: load(same, word),
            beside: load(beside, word),
        }
    }

    /// The surroundings of eight words from `first` on, where a row is `WIDTH` words: 1, 2 or 4.
    #[inline(always)]
    pub fn load_rows<const N: usize, const WIDTH: usize>(
        self,
        own: &[u64],
        other: &[u64],
        colour: usize,
        first: usize,
    ) -> Around<N> {
        let total = other.len();
        let above = if first >= WIDTH { load(other, first - WIDTH) } else { wrapped(other, first + total - WIDTH) };
        let below = if first + WIDTH + N <= total { load(other, first + WIDTH) } else { wrapped(other, first + WIDTH) };
        let same = load::<N>(other, first);
        // Rows that lie side by side in a vector take turns.
        let flip = if Self::is_before(colour, first / WIDTH) { 0 } else { u64::MAX };
        let (mut previous, mut next) = ([0; N], [0; N]);
        for lane in 0..N {
            let (row, word) = (lane / WIDTH * WIDTH, lane % WIDTH);
            previous[lane] = same[row + (word + WIDTH - 1) % WIDTH];
            next[lane] = same[row + (word + 1) % WIDTH];
        }
        let mut beside = [0; N];
        for lane in 0..N {
            let (left, right) = (same[lane] << 1 | previous[lane] >> 63, same[lane] >> 1 | next[lane] << 63);
            let is_left = if (lane / WIDTH).is_multiple_of(2) { !flip } else { flip };
            beside[lane] = right ^ ((left ^ right) & is_left);
        }
        Around { spins: load(own, 0), above, below, same, beside }
    }
}

#[inline(always)]
fn load<const N: usize>(plane: &[u64], first: usize) -> Lanes<N> {
    let mut lanes = [0; N];
    lanes.copy_from_slice(&plane[first..first + N]);
    lanes
}

#[inline(always)]
fn wrapped<const N: usize>(plane: &[u64], first: usize) -> Lanes<N> {
    std::array::from_fn(|lane| {
        let place = first + lane;
        plane[if place >= plane.len() { place - plane.len() } else { place }]
    })
}

/// A torus of `side × side` spins, a bit each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackedLattice {
    shape: Shape,
    pub(super) planes: Planes,
    /// Ones where a spin is held by hand; none while none is.
    pub(super) pinned: Option<Planes>,
    pinned_count: usize,
    /// Bonds that want their ends to differ; none where all are alike.
    #[serde(default)]
    pub(super) bonds: Option<Bonds>,
}

/// Bonds of both signs: ones where a bond wants its ends to differ, as the spins of either colour see it in the order
/// above, below, at the same place, beside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bonds([Planes; 4]);

impl Bonds {
    /// The bonds of the spins of a colour.
    pub fn of(&self, colour: usize) -> [&[u64]; 4] {
        self.0.each_ref().map(|planes| planes.of(colour))
    }

    /// Turns neighbours over where the bonds of the words from `first` on want it.
    #[inline(always)]
    pub fn turn<const N: usize>(bonds: [&[u64]; 4], first: usize, words: usize, mut around: Around<N>) -> Around<N> {
        let [above, below, same, beside] = bonds.map(|bonds| {
            if words == N {
                return load(bonds, first);
            }
            let mut lanes = [0; N];
            lanes[..words].copy_from_slice(&bonds[first..first + words]);
            lanes
        });
        for lane in 0..N {
            around.above[lane] ^= above[lane];
            around.below[lane] ^= below[lane];
            around.same[lane] ^= same[lane];
            around.beside[lane] ^= beside[lane];
        }
        around
    }
}

impl PackedLattice {
    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// The spins of a row of this colour, x = 2i or 2i + 1 by the row, as words.
    #[must_use]
    pub fn row(&self, colour: usize, y: usize) -> &[u64] {
        &self.planes.of(colour)[y * self.shape.words..(y + 1) * self.shape.words]
    }

    /// Returns the words of a row of one colour, to be changed.
    pub(super) fn row_mut(&mut self, colour: usize, y: usize) -> &mut [u64] {
        let words = self.shape.words;
        &mut self.planes.of_mut(colour)[y * words..(y + 1) * words]
    }
}

impl PackedLattice {
    /// Gives bonds signs of their own; `is_negative` is asked for two places side by side.
    pub(super) fn set_bonds(&mut self, is_negative: impl Fn(usize, usize) -> bool) {
        let shape = self.shape;
        let side = shape.side;
        let mut bonds = std::array::from_fn(|_| Planes::zeros(shape.len()));
        for place in 0..side * side {
            let (x, y) = (place % side, place / side);
            let row = |y: usize| y % side * side + x;
            let column = |x: usize| y * side + x % side;
            // Two spins side by side have one place in their planes if the left one is even.
            let (same, beside) = if x % 2 == 0 { (x + 1, x + side - 1) } else { (x + side - 1, x + 1) };
            let neighbours = [row(y + side - 1), row(y + 1), column(same), column(beside)];
            let (colour, word, bit) = shape.find(place);
            for (planes, neighbour) in bonds.iter_mut().zip(neighbours) {
                planes.of_mut(colour)[word] |= u64::from(is_negative(place, neighbour)) << bit;
            }
        }
        self.bonds = Some(Bonds(bonds));
    }
}

impl From<Lattice> for PackedLattice {
    fn from(lattice: Lattice) -> Self {
        let shape = Shape::new(lattice.side());
        let mut packed = Self { shape, planes: Planes::zeros(shape.len()), pinned: None, pinned_count: 0, bonds: None };
        for (place, &spin) in lattice.spins().iter().enumerate() {
            let (colour, word, bit) = shape.find(place);
            packed.planes.of_mut(colour)[word] |= u64::from(spin > 0) << bit;
            if lattice.is_pinned(place) {
                packed.pin(place, true);
            }
        }
        packed
    }
}

impl Spins for PackedLattice {
    fn side(&self) -> usize {
        self.shape.side
    }

    fn spin(&self, place: usize) -> i8 {
        let (colour, word, bit) = self.shape.find(place);
        if self.planes.of(colour)[word] >> bit & 1 == 1 { 1 } else { -1 }
    }

    fn flip(&mut self, place: usize) {
        let (colour, word, bit) = self.shape.find(place);
        self.planes.of_mut(colour)[word] ^= 1 << bit;
    }

    fn pin(&mut self, place: usize, pin: bool) {
        if self.pinned.is_none() && !pin {
            return;
        }
        let shape = self.shape;
        let (colour, word, bit) = shape.find(place);
        let pinned = self.pinned.get_or_insert_with(|| Planes::zeros(shape.len()));
        let word = &mut pinned.of_mut(colour)[word];
        let before = *word >> bit & 1;
        *word = *word & !(1 << bit) | u64::from(pin) << bit;
        self.pinned_count = self.pinned_count + usize::from(pin) - before as usize;
        if self.pinned_count == 0 {
            self.pinned = None;
        }
    }

    fn is_pinned(&self, place: usize) -> bool {
        let (colour, word, bit) = self.shape.find(place);
        self.pinned.as_ref().is_some_and(|pinned| pinned.of(colour)[word] >> bit & 1 == 1)
    }

    fn pinned_count(&self) -> usize {
        self.pinned_count
    }

    fn counts(&self) -> Counts {
        let shape = self.shape;
        let bonds = self.bonds.as_ref().map(|bonds| bonds.of(0));
        let (up, differing) = Arch::new().dispatch(Count { shape, planes: &self.planes, bonds });
        let half = (shape.side * shape.side / 2) as i64;
        Counts {
            spins: shape.side * shape.side,
            sublattice_sums: up.map(|up| 2 * up as i64 - half),
            bond_sum: 4 * half - 2 * differing as i64,
        }
    }
}

/// Spins up on either sublattice, and bonds between spins that differ and ought not to, or the other way round.
struct Count<'a> {
    shape: Shape,
    planes: &'a Planes,
    bonds: Option<[&'a [u64]; 4]>,
}

impl NullaryFnOnce for Count<'_> {
    type Output = ([u64; 2], u64);

    #[inline(always)]
    fn call(self) -> Self::Output {
        let shape = self.shape;
        let (first, second) = (self.planes.of(0), self.planes.of(1));
        let ones = |words: &[u64]| words.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
        let mut differing = 0;
        if shape.words.is_multiple_of(LANES) && shape.last_bits == 64 {
            return ([ones(first), ones(second)], self.differing_in_vectors());
        }
        for (y, row) in first.chunks_exact(shape.words).enumerate() {
            // All bonds of a spin of the first colour are bonds to the second.
            let [above, same, below] = shape.rows_around(second, y);
            let before = Shape::is_before(0, y);
            let here = y * shape.words..(y + 1) * shape.words;
            match self.bonds.map(|bonds| bonds.map(|bonds| &bonds[here.clone()])) {
                None => {
                    for neighbours in [above, same, below] {
                        let pairs = row.iter().zip(neighbours);
                        differing += pairs.map(|(spins, others)| u64::from((spins ^ others).count_ones())).sum::<u64>();
                    }
                    for (word, spins) in row.iter().enumerate() {
                        differing += u64::from((spins ^ shape.beside(same, word, before)).count_ones());
                    }
                }
                Some(bonds) => {
                    for (word, spins) in row.iter().enumerate() {
                        let others = [above[word], below[word], same[word], shape.beside(same, word, before)];
                        for (other, bonds) in others.iter().zip(bonds) {
                            differing += u64::from((spins ^ other ^ bonds[word]).count_ones());
                        }
                    }
                }
            }
        }
        ([ones(first), ones(second)], differing)
    }
}

/// Adds three bits in every place: the sum, and what is carried.
#[inline(always)]
fn add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let half = a ^ b;
    (half ^ c, a & b | half & c)
}

impl Count<'_> {
    /// Bonds in a wrong state, eight words at a time: sums are carried in bits, so that only every fourth is counted.
    #[inline(always)]
    fn differing_in_vectors(&self) -> u64 {
        let shape = self.shape;
        let (first, second) = (self.planes.of(0), self.planes.of(1));
        let (mut ones, mut twos, mut fours) = ([0_u64; LANES], [0_u64; LANES], [0_u64; LANES]);
        for (y, row) in first.chunks_exact(shape.words).enumerate() {
            let [above, same, below] = shape.rows_around(second, y);
            let mut beside = [0; LONGEST_ROW];
            let beside = &mut beside[..shape.words];
            shape.lay_beside(second, y, Shape::is_before(0, y), beside);
            let others = [above, same, below, beside];
            let (vectors, _) = row.as_chunks::<LANES>();
            for (index, vector) in vectors.iter().enumerate() {
                let around = Shape::load::<LANES>(vector, others, index * LANES);
                let around = match self.bonds {
                    Some(bonds) => Bonds::turn(bonds, y * shape.words + index * LANES, LANES, around),
                    None => around,
                };
                for lane in 0..LANES {
                    let spin = around.spins[lane];
                    let (sum, first) = add(ones[lane], around.above[lane] ^ spin, around.below[lane] ^ spin);
                    let (sum, second) = add(sum, around.same[lane] ^ spin, around.beside[lane] ^ spin);
                    let (pairs, carried) = add(twos[lane], first, second);
                    (ones[lane], twos[lane]) = (sum, pairs);
                    fours[lane] += u64::from(carried.count_ones());
                }
            }
        }
        let count = |lanes: Lanes| lanes.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
        count(ones) + 2 * count(twos) + 4 * fours.iter().sum::<u64>()
    }
}
