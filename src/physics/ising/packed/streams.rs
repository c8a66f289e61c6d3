//! Random words for a block of rows: eight xoshiro256++ generators side by side, and a ninth for rare events.
//!
//! Every block has its own, seeded by the run's seed and the block's number: what comes out depends neither on the number
//! of threads nor on the instruction set. xoshiro256++, not +: here a bit is a column of spins, and the lowest bits of
//! the + variant are linear.

use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    lanes::{Around, Lanes, State},
    rule::Rule,
};
use crate::physics::seeds;

/// The generators of a block of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stream {
    pub state: State,
    pub rare: Rare,
}

/// When the rare events come, and what they decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rare {
    words: Xoshiro256PlusPlus,
    /// Vectors to come that have no candidate; none while that must be drawn afresh.
    waiting: Option<u64>,
}

/// Spins of a vector that rare events decide: which, and which of them are up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decided {
    some: Lanes,
    one: Lanes,
}

impl Stream {
    /// The generators of a block.
    #[must_use]
    pub fn new(seed: u64, block: u64) -> Self {
        let mut words = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[block]));
        // A state of nothing but zeros would stay so; four random words are never all zero in practice.
        let state = std::array::from_fn(|_| std::array::from_fn(|_| words.next_u64()));
        Self { state, rare: Rare { words, waiting: None } }
    }
}

impl Rare {
    /// Forgets how long it is quiet, because the rate has changed: waiting has no memory.
    pub fn forget(&mut self) {
        self.waiting = None;
    }

    /// Goes on by a vector, and returns whether that has no candidate.
    #[inline(always)]
    pub fn has_no_event(&mut self) -> bool {
        match self.waiting {
            Some(waiting) if waiting > 0 => {
                self.waiting = Some(waiting - 1);
                true
            }
            _ => false,
        }
    }

    /// Looks at a vector that may have candidates, before its spins turn.
    pub fn decide(&mut self, rule: &Rule, words: usize, around: impl Fn(usize) -> Around<1>) -> Decided {
        let mut decided = Decided::default();
        match self.waiting {
            Some(_) => {}
            None => match rule.rare_events.waiting_vectors(&mut self.words) {
                0 => {}
                waiting => {
                    self.waiting = Some(waiting - 1);
                    return decided;
                }
            },
        }
        rule.rare_events.candidates(&mut self.words, |place, uniform| {
            let (lane, bit) = (place / 64, (place % 64) as u32);
            if lane < words
                && let Some(up) = rule.decide(&around(lane), bit, uniform)
            {
                decided.one[lane] |= u64::from(up) << bit;
                decided.some[lane] |= 1 << bit;
            }
        });
        self.waiting = Some(rule.rare_events.waiting_vectors(&mut self.words));
        decided
    }
}

impl Decided {
    /// Leaves spins of a word alone, where there are ones.
    pub fn hold(&mut self, lane: usize, held: u64) {
        self.some[lane] &= !held;
        self.one[lane] &= !held;
    }

    /// Puts the spins of a vector where the rare events want them.
    pub fn settle(&self, spins: &mut [u64]) {
        for (spins, (some, one)) in spins.iter_mut().zip(self.some.iter().zip(&self.one)) {
            *spins = *spins & !some | one;
        }
    }
}
