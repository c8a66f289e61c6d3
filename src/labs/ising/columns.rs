//! Sums of spins over blocks, from packed rows: vertical counters of bits, then bytes, then blocks.

use crate::physics::ising::{Spins, packed::PackedLattice};

/// Rows that a counter of four bits can hold for both spins of a pair.
const ROWS: usize = 7;

/// How many spins are up in each column, or pair of columns, of some rows; memory that is used again.
#[derive(Debug, Default)]
pub struct Columns {
    /// By column, or by pair of columns.
    sums: Vec<u32>,
    /// The same where no sum can pass a byte, with a margin to read eight at once.
    bytes: Vec<u8>,
    is_paired: bool,
    are_bytes: bool,
}

/// The bits of a byte as eight bytes of 0 or 1.
const SPREAD: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            table[byte] |= ((byte as u64 >> bit) & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Adds a word to 64 counters of four bits, held as four planes.
#[inline]
fn count_in(planes: &mut [u64; 4], mut word: u64) {
    for plane in planes {
        let carry = *plane & word;
        *plane ^= word;
        word = carry;
    }
}

/// The counters as bytes, eight at a time.
#[inline]
fn spread(planes: &[u64; 4], byte: usize) -> u64 {
    let of = |plane: usize| SPREAD[(planes[plane] >> (8 * byte) & 255) as usize];
    of(0) + (of(1) << 1) + (of(2) << 2) + (of(3) << 3)
}

impl Columns {
    /// Sums these rows, for blocks of this width that begin at column `x`. `staggered` turns every second spin over.
    pub fn sum(&mut self, lattice: &PackedLattice, y: usize, rows: usize, x: usize, staggered: bool) {
        let side = lattice.side();
        // Where blocks begin and end at even columns, pairs of columns are enough.
        self.is_paired = rows.is_multiple_of(2) && x.is_multiple_of(2);
        // The widest that may be summed by eight bytes at once: neither a column nor a block passes 255.
        self.are_bytes = rows <= ROWS || self.is_paired && rows <= 14;
        self.are_bytes &= rows * rows <= 255;
        let columns = if self.is_paired { side / 2 } else { side };
        let flip = |colour: usize| if staggered && colour == 1 { u64::MAX } else { 0 };
        self.sums.clear();
        self.bytes.clear();
        if self.are_bytes {
            self.bytes.resize(columns + 64 * 2 + 8, 0);
        } else {
            self.sums.resize(columns + 64 * 2, 0);
        }
        let words = lattice.row(0, 0).len();
        let mut done = 0;
        while done < rows {
            let part = ROWS.min(rows - done);
            for word in 0..words {
                let (mut even, mut odd) = ([0; 4], [0; 4]);
                for row in done..done + part {
                    let y = (y + row) % side;
                    // In rows of odd y the colours change places.
                    let (first, second) = (y & 1, 1 - (y & 1));
                    let (first, second) =
                        (lattice.row(first, y)[word] ^ flip(first), lattice.row(second, y)[word] ^ flip(second));
                    if self.is_paired {
                        count_in(&mut even, first);
                        count_in(&mut even, second);
                    } else {
                        count_in(&mut even, first);
                        count_in(&mut odd, second);
                    }
                }
                for byte in 0..8 {
                    self.put(64 * word + 8 * byte, spread(&even, byte), spread(&odd, byte));
                }
            }
            done += part;
        }
    }

    /// Adds eight sums of even columns (or pairs) and eight of odd ones.
    #[inline]
    fn put(&mut self, index: usize, even: u64, odd: u64) {
        let (even, odd) = (even.to_le_bytes(), odd.to_le_bytes());
        if self.is_paired && self.are_bytes {
            for (sum, even) in self.bytes[index..index + 8].iter_mut().zip(even) {
                *sum += even;
            }
        } else if self.is_paired {
            for (sum, even) in self.sums[index..index + 8].iter_mut().zip(even) {
                *sum += u32::from(even);
            }
        } else if self.are_bytes {
            for (pair, (even, odd)) in
                self.bytes[2 * index..2 * index + 16].chunks_exact_mut(2).zip(even.into_iter().zip(odd))
            {
                pair[0] += even;
                pair[1] += odd;
            }
        } else {
            for (pair, (even, odd)) in
                self.sums[2 * index..2 * index + 16].chunks_exact_mut(2).zip(even.into_iter().zip(odd))
            {
                pair[0] += u32::from(even);
                pair[1] += u32::from(odd);
            }
        }
    }

    /// Sums over blocks of this width from column `x` on; the torus joins on.
    pub fn blocks(&self, x: usize, width: usize, count: usize, side: usize) -> impl Iterator<Item = u32> + '_ {
        let (start, width, side) = if self.is_paired { (x / 2, width / 2, side / 2) } else { (x, width, side) };
        let keep = if width >= 8 { u64::MAX } else { (1 << (8 * width)) - 1 };
        (0..count).map(move |block| {
            let first = (start + block * width) % side;
            if first + width > side {
                return (first..first + width).map(|column| self.at(column % side)).sum();
            }
            if !self.are_bytes {
                return self.sums[first..first + width].iter().sum();
            }
            let mut eight = [0; 8];
            eight.copy_from_slice(&self.bytes[first..first + 8]);
            // All eight bytes added into the highest.
            ((u64::from_le_bytes(eight) & keep).wrapping_mul(0x0101_0101_0101_0101) >> 56) as u32
        })
    }

    fn at(&self, column: usize) -> u32 {
        if self.are_bytes { u32::from(self.bytes[column]) } else { self.sums[column] }
    }
}
