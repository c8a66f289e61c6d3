//! Seeds of independent streams, derived from a study's seed and the values of one run.
//!
//! FNV-1a is written down here because the numbers in published tables hang on it.

use std::hash::Hasher;

/// The seed of one run: it depends on the study's seed and on the run's own values, not on its place in a list.
#[must_use]
pub fn stream_seed(study: u64, values: &[u64]) -> u64 {
    let mut hasher = Fnv::default();
    hasher.write_u64(study);
    for &value in values {
        hasher.write_u64(value);
    }
    hasher.finish()
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_le_bytes());
    }
}
