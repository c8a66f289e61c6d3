//! Sums of spins over blocks, from packed rows: vertical counters of bits, then bytes, then blocks.

use std::ops::Range;

use crate::physics::ising::{Spins, packed::PackedLattice};

/// Rows that a counter of four bits can hold for both spins of a pair.
const ROWS: usize = 7;

/// How many spins are up in each column, or pair of columns, of some rows; memory that is used again.
#[derive(Debug, Default)]
pub struct BlockSums {
    /// By column, or by pair of columns, where no sum can pass a byte.
    bytes: Vec<u8>,
    /// By column, or by pair of columns, for blocks whose sums can pass a byte.
    sums: Vec<u32>,
    /// Bits of counters, for the words of a row: of even columns or pairs, and of odd columns.
    counters: [[Vec<u64>; PLANES]; 2],
    is_paired: bool,
    are_bytes: bool,
}

/// Bits of a counter.
const PLANES: usize = 4;

/// The bits of each byte of a word as eight bytes of 0 or 1: halves, quarters and single bits move apart in turn. The same
/// for all eight, so that they become one vector.
#[inline(always)]
fn spread_bytes(word: u64) -> [u64; 8] {
    std::array::from_fn(|byte| {
        let bits = word >> (8 * byte) & 0xFF;
        let halves = (bits | bits << 28) & 0x0000_000F_0000_000F;
        let quarters = (halves | halves << 14) & 0x0003_0003_0003_0003;
        (quarters | quarters << 7) & 0x0101_0101_0101_0101
    })
}

/// The bits of half a byte as every second of eight bytes.
#[inline(always)]
fn spread_halves(word: u64, first: usize) -> [u64; 8] {
    std::array::from_fn(|half| {
        let bits = word >> (4 * (first + half)) & 0xF;
        let halves = (bits | bits << 30) & 0x0000_0003_0000_0003;
        (halves | halves << 15) & 0x0001_0001_0001_0001
    })
}

/// Adds words of bits to as many counters as they have bits.
#[inline(always)]
fn count_in(counters: &mut [Vec<u64>; PLANES], words: &[u64], flip: u64) {
    let [ones, twos, fours, eights] = counters;
    let counters = ones.iter_mut().zip(twos).zip(fours.iter_mut().zip(eights));
    for (((one, two), (four, eight)), &word) in counters.zip(words) {
        let word = word ^ flip;
        let carry = *one & word;
        *one ^= word;
        let next = *two & carry;
        *two ^= carry;
        *eight ^= *four & next;
        *four ^= next;
    }
}

impl BlockSums {
    /// Sums the rows from `y` on, for blocks as wide as there are rows, in the columns that are asked for. BlockSums that go
    /// over the edge need all. `staggered` turns every second spin over.
    #[inline(always)]
    pub fn sum(&mut self, lattice: &PackedLattice, y: usize, rows: usize, columns: Range<usize>, staggered: bool) {
        // Where blocks begin and end at even columns, pairs of columns are enough.
        self.is_paired = rows.is_multiple_of(2) && columns.start.is_multiple_of(2);
        // Neither a column nor a block passes 255, and no block is wider than eight.
        self.are_bytes = rows <= if self.is_paired { 14 } else { 8 };
        let words = lattice.row(0, 0).len();
        let words = if columns.end <= lattice.side() { words.min(columns.end.div_ceil(128)) } else { words };
        let columns = if self.is_paired { 64 * words } else { 128 * words };
        self.bytes.clear();
        self.bytes.resize(columns, 0);
        self.sums.clear();
        if !self.are_bytes {
            self.sums.resize(columns, 0);
        }
        let mut done = 0;
        while done < rows {
            let part = ROWS.min(rows - done);
            self.count(lattice, y + done, part, words, staggered);
            if !self.are_bytes {
                self.bytes.fill(0);
            }
            self.spread(words);
            for (sum, &byte) in self.sums.iter_mut().zip(&self.bytes) {
                *sum += u32::from(byte);
            }
            done += part;
        }
    }

    /// Counts a few rows.
    #[inline(always)]
    fn count(&mut self, lattice: &PackedLattice, y: usize, rows: usize, words: usize, staggered: bool) {
        for counter in self.counters.iter_mut().flatten() {
            counter.clear();
            counter.resize(words, 0);
        }
        let flip = |colour: usize| if staggered && colour == 1 { u64::MAX } else { 0 };
        for row in y..y + rows {
            let y = row % lattice.side();
            // In rows of odd y the colours change places.
            let (first, second) = (y & 1, 1 - (y & 1));
            let other = usize::from(!self.is_paired);
            count_in(&mut self.counters[0], lattice.row(first, y), flip(first));
            count_in(&mut self.counters[other], lattice.row(second, y), flip(second));
        }
    }

    /// Adds the counters to the bytes.
    #[inline(always)]
    fn spread(&mut self, words: usize) {
        let [even, odd] = &self.counters;
        let (chunks, _) = self.bytes.as_chunks_mut::<64>();
        let add = |bytes: &mut [u8; 64], parts: [[u64; 8]; PLANES]| {
            let (eights, _) = bytes.as_chunks_mut::<8>();
            for (index, eight) in eights.iter_mut().enumerate() {
                let sums = parts[0][index] + (parts[1][index] << 1) + (parts[2][index] << 2) + (parts[3][index] << 3);
                *eight = (u64::from_le_bytes(*eight) + sums).to_le_bytes();
            }
        };
        if self.is_paired {
            for (word, bytes) in chunks.iter_mut().enumerate().take(words) {
                add(bytes, std::array::from_fn(|plane| spread_bytes(even[plane][word])));
            }
            return;
        }
        for (index, bytes) in chunks.iter_mut().enumerate().take(2 * words) {
            let (word, first) = (index / 2, 8 * (index % 2));
            let both = |plane: usize| {
                let [left, right] = [even, odd].map(|planes| spread_halves(planes[plane][word], first));
                std::array::from_fn(|half| left[half] + (right[half] << 8))
            };
            add(bytes, std::array::from_fn(both));
        }
    }

    /// Appends the brightness of blocks of this width from column `x` on, 0 all down … 255 all up; the torus joins on.
    #[inline(always)]
    pub fn levels(&mut self, [x, width, count]: [usize; 3], side: usize, to: &mut Vec<u8>) {
        let area = (width * width) as u64;
        // A product in place of a division; exact for sums of bytes, as they are at most 196.
        let factor = (255_u32 << 16).div_ceil(area as u32);
        let level = |up: u32| {
            if area > 255 { (u64::from(up) * 255 / area) as u8 } else { ((up * factor) >> 16) as u8 }
        };
        let (mut first, width, side) = if self.is_paired { (x / 2, width / 2, side / 2) } else { (x, width, side) };
        let mut left = count;
        while left > 0 {
            first %= side;
            // So many until a block goes over the edge.
            let whole = left.min((side - first) / width);
            let range = first..first + whole * width;
            if whole == 0 {
                to.push(level((first..first + width).map(|column| self.at(column % side)).sum()));
                first += width;
                left -= 1;
                continue;
            }
            if self.are_bytes {
                let begin = to.len();
                to.resize(begin + whole, 0);
                let (from, to) = (&self.bytes[range.clone()], &mut to[begin..]);
                match width {
                    1 => sum_bytes::<1>(from, to, factor),
                    2 => sum_bytes::<2>(from, to, factor),
                    3 => sum_bytes::<3>(from, to, factor),
                    4 => sum_bytes::<4>(from, to, factor),
                    5 => sum_bytes::<5>(from, to, factor),
                    6 => sum_bytes::<6>(from, to, factor),
                    7 => sum_bytes::<7>(from, to, factor),
                    _ => sum_bytes::<8>(from, to, factor),
                }
            } else {
                to.extend(self.sums[range.clone()].chunks_exact(width).map(|sums| level(sums.iter().sum())));
            }
            first = range.end;
            left -= whole;
        }
    }

    fn at(&self, column: usize) -> u32 {
        if self.are_bytes { u32::from(self.bytes[column]) } else { self.sums[column] }
    }
}

/// What blocks of so many bytes come to, times a factor of 2⁻¹⁶. The width is known beforehand, so that it becomes vectors.
#[inline(always)]
fn sum_bytes<const WIDTH: usize>(from: &[u8], to: &mut [u8], factor: u32) {
    let (blocks, _) = from.as_chunks::<WIDTH>();
    for (level, block) in to.iter_mut().zip(blocks) {
        let sum = block.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(byte));
        *level = ((u32::from(sum) * factor) >> 16) as u8;
    }
}
