//! Words of random bits that are one with a given probability, for bonds.

use pulp::{Arch, NullaryFnOnce};
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    kernel,
    lanes::{LANES, State},
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

    /// Another probability from now on, as a threshold.
    pub fn set_chance(&mut self, chance: u64) {
        if chance != self.chance {
            let (digits, rest) = Digits::of(chance as f64 / 18_446_744_073_709_551_616.0);
            (self.digits, self.rare_events) = (digits, RareEvents::new(rest));
            (self.chance, self.waiting) = (chance, None);
        }
    }

    /// Fills whole vectors of words.
    pub fn fill(&mut self, masks: &mut [u64]) {
        Arch::new().dispatch(Fill { state: &mut self.state, digits: &self.digits, masks });
        let mut vector = 0;
        let vectors = (masks.len() / LANES) as u64;
        let rare_events = &self.rare_events;
        let words = &mut self.words;
        let mut waiting = self.waiting.unwrap_or_else(|| rare_events.waiting_vectors(words));
        while waiting < vectors - vector {
            vector += waiting;
            let first = vector as usize * LANES;
            rare_events.candidates(words, |place, _| masks[first + place / 64] |= 1 << (place % 64));
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
