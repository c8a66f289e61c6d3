//! Rows of the packed lattice with x after x: what clusters are grown on, where both neighbours of a row stand side by side.

use super::{PackedLattice, planes::Planes};

/// Spreads 32 bits to the even places of 64.
fn spread(word: u64) -> u64 {
    let mut word = word & 0xffff_ffff;
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        word = (word | word << shift) & mask;
    }
    word
}

/// The even places of 64 bits as 32.
fn gather(word: u64) -> u64 {
    let mut word = word & 0x5555_5555_5555_5555;
    for (shift, mask) in [
        (1, 0x3333_3333_3333_3333),
        (2, 0x0f0f_0f0f_0f0f_0f0f),
        (4, 0x00ff_00ff_00ff_00ff),
        (8, 0x0000_ffff_0000_ffff),
        (16, 0x0000_0000_ffff_ffff),
    ] {
        word = (word | word >> shift) & mask;
    }
    word
}

/// Words of a row of so many spins.
pub fn words(side: usize) -> usize {
    side.div_ceil(64)
}

/// Ones where a word of a row holds spins.
#[inline]
pub fn mask(side: usize, word: usize) -> u64 {
    match side - 64 * word {
        bits @ 0..64 => u64::MAX >> (64 - bits),
        _ => u64::MAX,
    }
}

/// 64 spins of a row, x after x, of planes whose rows have `width` words.
#[inline]
pub fn read(planes: &Planes, width: usize, y: usize, word: usize) -> u64 {
    let at = |colour: usize| planes.of(colour)[y * width + word / 2] >> (32 * (word & 1));
    spread(at(y & 1)) | spread(at(1 - (y & 1))) << 1
}

/// Turns spins of a word of a row over.
#[inline]
pub fn turn(lattice: &mut PackedLattice, y: usize, word: usize, flips: u64) {
    for (offset, colour) in [y & 1, 1 - (y & 1)].into_iter().enumerate() {
        lattice.row_mut(colour, y)[word / 2] ^= gather(flips >> offset) << (32 * (word & 1));
    }
}
