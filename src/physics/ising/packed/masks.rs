//! Words of random bits that are one with a given probability, for bonds.

use pulp::{Arch, NullaryFnOnce};
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    kernel::{self, LANES, State},
    rule::{Digits, Rarity, VECTOR},
};

/// A probability for masks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    digits: Digits,
    rarity: Rarity,
}

impl Chance {
    /// From a threshold for 64-bit words.
    pub fn of(threshold: u64) -> Self {
        let (digits, rest) = Digits::of(threshold as f64 / 18_446_744_073_709_551_616.0);
        Self { digits, rarity: Rarity::new(rest) }
    }
}

/// Generators of such words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masks {
    state: State,
    words: Xoshiro256PlusPlus,
    /// Vectors without a rare event that come next; none while that must be drawn afresh.
    quiet: Option<u64>,
    chance: Chance,
}

impl Masks {
    pub fn new(seed: u64) -> Self {
        let mut words = Xoshiro256PlusPlus::seed_from_u64(seed);
        let state = std::array::from_fn(|_| std::array::from_fn(|_| words.next_u64()));
        Self { state, words, quiet: None, chance: Chance::of(0) }
    }

    /// Other probabilities from now on.
    pub fn set_chance(&mut self, chance: Chance) {
        if chance != self.chance {
            self.chance = chance;
            self.quiet = None;
        }
    }

    /// Fills whole vectors of words.
    pub fn fill(&mut self, masks: &mut [u64]) {
        Arch::new().dispatch(Fill { state: &mut self.state, digits: &self.chance.digits, masks });
        let mut vector = 0;
        let vectors = (masks.len() / LANES) as u64;
        let rarity = &self.chance.rarity;
        let words = &mut self.words;
        let mut quiet = self.quiet.unwrap_or_else(|| rarity.quiet_vectors(words));
        while quiet < vectors - vector {
            vector += quiet;
            let first = vector as usize * LANES;
            let mut seen = [VECTOR; 16];
            for index in 0..rarity.candidates(words) {
                // Another place than those before.
                let place = loop {
                    let place = (words.next_u64() % VECTOR as u64) as usize;
                    if !seen[..index].contains(&place) {
                        break place;
                    }
                };
                seen[index] = place;
                masks[first + place / 64] |= 1 << (place % 64);
            }
            vector += 1;
            quiet = rarity.quiet_vectors(words);
        }
        self.quiet = Some(quiet - (vectors - vector));
    }
}

struct Fill<'a> {
    state: &'a mut State,
    digits: &'a Digits,
    masks: &'a mut [u64],
}

impl NullaryFnOnce for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut state = *self.state;
        let (vectors, _) = self.masks.as_chunks_mut::<LANES>();
        for vector in vectors {
            *vector = kernel::mask(&mut state, self.digits);
        }
        *self.state = state;
    }
}
