//! Words of random bits that are one with a given probability, for bonds.

use pulp::Arch;
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    kernel,
    lanes::{self, InParts, LANES, State},
    rule::{Digits, RareEvents},
};

/// Generators of such words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masks {
    state: State,
    words: Xoshiro256PlusPlus,
    /// Vectors without a rare event that come next; none while that must be drawn afresh.
    waiting: Option<u64>,
    /// The probability, as a threshold for 64-bit words, and what it comes to.
    chance: u64,
    digits: Digits,
    rare_events: RareEvents,
}

impl Masks {
    pub fn new(seed: u64) -> Self {
        let mut words = Xoshiro256PlusPlus::seed_from_u64(seed);
        let state = std::array::from_fn(|_| std::array::from_fn(|_| words.next_u64()));
        Self { state, words, waiting: None, chance: 0, digits: Digits::default(), rare_events: RareEvents::new(0.0) }
    }

    /// Takes a probability from now on, as a threshold, and returns whether it is another one than before.
    pub fn set_chance(&mut self, chance: u64) -> bool {
        let is_new = chance != self.chance;
        if is_new {
            let (digits, rest) = Digits::of(chance as f64 / 18_446_744_073_709_551_616.0);
            (self.digits, self.rare_events) = (digits, RareEvents::new(rest));
            (self.chance, self.waiting) = (chance, None);
        }
        is_new
    }

    /// Fills whole vectors of words.
    pub fn fill(&mut self, masks: &mut [u64]) {
        lanes::dispatch(Arch::new(), Fill { state: &mut self.state, digits: &self.digits, masks });
        let mut vector = 0;
        let vectors = (masks.len() / LANES) as u64;
        let (rare_events, rare) = (&self.rare_events, self.digits.rare);
        let words = &mut self.words;
        let mut waiting = self.waiting.unwrap_or_else(|| rare_events.waiting_vectors(words));
        while waiting < vectors - vector {
            vector += waiting;
            let first = vector as usize * LANES;
            rare_events.candidates(words, |place, _| {
                let (mask, bit) = (&mut masks[first + place / 64], 1 << (place % 64));
                *mask = *mask & !bit | bit & rare;
            });
            vector += 1;
            waiting = rare_events.waiting_vectors(words);
        }
        self.waiting = Some(waiting - (vectors - vector));
    }
}

struct Fill<'a> {
    state: &'a mut State,
    digits: &'a Digits,
    masks: &'a mut [u64],
}

impl InParts for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn call<const N: usize>(self) {
        let mut state = *self.state;
        let (vectors, _) = self.masks.as_chunks_mut::<LANES>();
        for vector in vectors {
            let (parts, _) = vector.as_chunks_mut::<N>();
            for (index, part) in parts.iter_mut().enumerate() {
                *part = kernel::mask(&mut state, index * N, self.digits);
            }
        }
        *self.state = state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_have_as_many_ones_as_their_chance_says_also_near_none_and_near_all() {
        for probability in [0.0, 1e-5, 0.3333, 0.5, 0.586, 0.97, 0.999, 0.9999, 0.999_99, 1.0] {
            let mut masks = Masks::new(1);
            masks.set_chance((probability * 18_446_744_073_709_551_616.0) as u64);
            let mut words = vec![0; 1 << 16];
            let (mut ones, mut all) = (0, 0);
            for _ in 0..16 {
                masks.fill(&mut words);
                ones += words.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
                all += 64 * words.len() as u64;
            }
            let sigma = (probability * (1.0 - probability) * all as f64).sqrt();
            let expected = probability * all as f64;
            assert!(
                (ones as f64 - expected).abs() <= 4.0 * sigma,
                "{ones} of {all} for {probability}: {expected} ± {sigma}"
            );
        }
    }
}
