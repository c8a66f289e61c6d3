//! Random numbers by counting: each is a function of a key and an index, so the result does not depend on who draws
//! first, nor on the number of threads.

use crate::physics::{seeds::stream_seed, statistics::normal};

/// What a stream is for; of one seed, different purposes never share a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Black or white from grey.
    Binarise = 1,
    /// Hidden units that look at data.
    Look,
    /// Hidden units of a dream.
    DreamHidden,
    /// Visible units of a dream.
    DreamVisible,
    /// The order of the pictures in an epoch.
    Order,
    /// First weights and first states.
    Start,
    /// Measures.
    Measure,
    /// Exchanges of parallel tempering, and the pixel that is asked about the others.
    Exchange,
    /// Dreams that begin at noise.
    Noise,
    /// Chains that settle before they are annealed.
    Settle,
}

/// Streams of one purpose at one moment, one for each row (a chain, a picture).
#[derive(Clone, Copy, Debug)]
pub struct Streams(u64);

impl Streams {
    /// A moment is a count of updates or of epochs, never used twice for the same purpose.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose, moment: u64) -> Self {
        Self(stream_seed(seed, &[purpose as u64, moment]))
    }

    /// The stream of a row.
    #[must_use]
    pub fn row(self, row: usize) -> Stream {
        // The finaliser of SplitMix64: rows side by side get keys that have nothing in common.
        let key = self.0.wrapping_add((row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let key = key ^ (key >> 31);
        Stream { first: key as u32, second: (key >> 32) as u32 }
    }
}

/// A stream of numbers, one for each index.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    first: u32,
    second: u32,
}

impl Stream {
    /// 32 random bits: two rounds of a multiply-and-shift hash with the second half of the key between them.
    #[inline(always)]
    #[must_use]
    pub fn bits(self, index: u32) -> u32 {
        let mut x = index.wrapping_add(self.first);
        x = (x ^ (x >> 16)).wrapping_mul(0x21f0_aaad);
        x = (x ^ (x >> 15)).wrapping_mul(0x735a_2d97);
        x ^= (x >> 15) ^ self.second;
        x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
        x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
        x ^ (x >> 16)
    }

    /// A number in [0, 1), a multiple of 2⁻²⁴.
    #[inline(always)]
    #[must_use]
    pub fn uniform(self, index: u32) -> f32 {
        // Through i32: the conversion that every processor has for whole vectors.
        (self.bits(index) >> 8) as i32 as f32 * (1.0 / 16_777_216.0)
    }

    /// A normally distributed number of mean 0 and variance 1, see [`normal()`]; uses two indices.
    #[must_use]
    pub fn normal(self, index: u32) -> f32 {
        let [first, second] = [2 * index, 2 * index + 1].map(|index| f64::from(self.uniform(index)));
        normal(first, second) as f32
    }

    /// A whole number below `end`.
    #[must_use]
    pub fn below(self, index: u32, end: usize) -> usize {
        ((u64::from(self.bits(index)) * end as u64) >> 32) as usize
    }
}
