//! Sums of spins over blocks, from packed rows: vertical counters of bits, then bytes, then blocks.

use crate::physics::ising::{Spins, packed::PackedLattice};

/// Rows that a counter of four bits can hold for both spins of a pair.
const ROWS: usize = 7;

/// How many spins are up in each column, or pair of columns, of some rows; memory that is used again.
#[derive(Debug, Default)]
pub struct Columns {
    /// By column, or by pair of columns, where no sum can pass a byte; with a margin to read eight at once.
    bytes: Vec<u8>,
    /// The same for large blocks.
    sums: Vec<u32>,
    /// Bits of counters, for the words of a row: of even columns or pairs, and of odd columns.
    counters: [[Vec<u64>; PLANES]; 2],
    is_paired: bool,
    are_bytes: bool,
    levels: Vec<u8>,
}

/// Bits of a counter.
const PLANES: usize = 4;

/// The bits of a byte as eight bytes of 0 or 1.
const SPREAD: [u64; 256] = spread_bits(8);

/// The bits of half a byte as every second of eight bytes.
const SPREAD_HALF: [u64; 16] = spread_bits(16);

/// Numbers with their bits so far apart.
const fn spread_bits<const COUNT: usize>(apart: usize) -> [u64; COUNT] {
    let mut table = [0; COUNT];
    let mut number = 0;
    while number < COUNT {
        let mut bit = 0;
        while bit * apart < 64 {
            table[number] |= (number as u64 >> bit & 1) << (bit * apart);
            bit += 1;
        }
        number += 1;
    }
    table
}

/// Adds words of bits to as many counters as they have bits.
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

impl Columns {
    /// Sums these rows, for blocks as wide as there are rows that begin at column `x`. `staggered` turns every second spin
    /// over.
    pub fn sum(&mut self, lattice: &PackedLattice, y: usize, rows: usize, x: usize, staggered: bool) {
        // Where blocks begin and end at even columns, pairs of columns are enough.
        self.is_paired = rows.is_multiple_of(2) && x.is_multiple_of(2);
        // Eight bytes at once make a block: neither a column nor a block passes 255, and none is wider.
        self.are_bytes = rows <= if self.is_paired { 14 } else { 8 };
        let words = lattice.row(0, 0).len();
        let columns = if self.is_paired { 64 * words } else { 128 * words };
        self.bytes.clear();
        self.bytes.resize(columns + 8, 0);
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
    fn spread(&mut self, words: usize) {
        let [even, odd] = &self.counters;
        let at =
            |planes: &[Vec<u64>; PLANES], word: usize| -> [u64; PLANES] { std::array::from_fn(|p| planes[p][word]) };
        let (eights, _) = self.bytes.as_chunks_mut::<8>();
        let mut eights = eights.iter_mut();
        let mut add = |sums: u64| {
            if let Some(bytes) = eights.next() {
                *bytes = (u64::from_le_bytes(*bytes) + sums).to_le_bytes();
            }
        };
        for word in 0..words {
            let even = at(even, word);
            if self.is_paired {
                for byte in 0..8 {
                    let of = |plane: usize| SPREAD[(even[plane] >> (8 * byte) & 255) as usize];
                    add(of(0) + (of(1) << 1) + (of(2) << 2) + (of(3) << 3));
                }
            } else {
                let odd = at(odd, word);
                for half in 0..16 {
                    let of = |plane: usize| {
                        let bits = |planes: &[u64; PLANES]| SPREAD_HALF[(planes[plane] >> (4 * half) & 15) as usize];
                        bits(&even) + (bits(&odd) << 8)
                    };
                    add(of(0) + (of(1) << 1) + (of(2) << 2) + (of(3) << 3));
                }
            }
        }
    }

    /// Appends the brightness of blocks of this width from column `x` on, 0 all down … 255 all up; the torus joins on.
    pub fn levels(&mut self, place: [usize; 3], side: usize, to: &mut Vec<u8>) {
        let area = (place[1] * place[1]) as u64;
        let level = |up: u64| (up * 255 / area) as u8;
        if area > 255 {
            return self.blocks(place, side, to, |up| level(u64::from(up)));
        }
        // A division for each pixel would cost more than all else.
        if self.levels.len() != area as usize + 1 {
            self.levels.clear();
            self.levels.extend((0..=area).map(level));
        }
        self.blocks(place, side, to, |up| self.levels[up as usize]);
    }

    /// Appends what `level` makes of the sums over blocks of this width from column `x` on; the torus joins on.
    fn blocks(&self, [x, width, count]: [usize; 3], side: usize, to: &mut Vec<u8>, level: impl Fn(u32) -> u8) {
        let (mut first, width, side) = if self.is_paired { (x / 2, width / 2, side / 2) } else { (x, width, side) };
        let keep = if width >= 8 { u64::MAX } else { (1 << (8 * width)) - 1 };
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
                to.extend(range.clone().step_by(width).map(|column| {
                    let mut eight = [0; 8];
                    eight.copy_from_slice(&self.bytes[column..column + 8]);
                    // All eight bytes added into the highest.
                    level(((u64::from_le_bytes(eight) & keep).wrapping_mul(0x0101_0101_0101_0101) >> 56) as u32)
                }));
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
