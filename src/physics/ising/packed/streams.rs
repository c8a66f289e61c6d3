//! Random words for a block of rows: eight xoshiro256++ generators side by side, and a ninth for rare events.
//!
//! Every block has its own, seeded by the run's seed and the block's number: what comes out depends neither on the number
//! of threads nor on the instruction set. xoshiro256++, not +: here a bit is a column of spins, and the lowest bits of
//! the + variant are linear.

use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    kernel::{Around, State},
    rule::{Rule, VECTOR},
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
    quiet: Option<u64>,
    /// What was decided for the vector under way.
    #[serde(skip)]
    decided: Vec<Decided>,
}

/// A spin that a rare event decides.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Decided {
    lane: usize,
    bit: u32,
    up: bool,
}

impl Stream {
    /// The generators of a block.
    #[must_use]
    pub fn new(seed: u64, block: u64) -> Self {
        let mut words = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[block]));
        // A state of nothing but zeros would stay so; four random words are never all zero in practice.
        let state = std::array::from_fn(|_| std::array::from_fn(|_| words.next_u64()));
        Self { state, rare: Rare { words, quiet: None, decided: Vec::new() } }
    }
}

impl Rare {
    /// Forgets how long it is quiet, because the rate has changed: waiting has no memory.
    pub fn forget(&mut self) {
        self.quiet = None;
    }

    /// Goes on by a vector; answers whether it has no candidate.
    #[inline(always)]
    pub fn is_quiet(&mut self) -> bool {
        match self.quiet {
            Some(quiet) if quiet > 0 => {
                self.quiet = Some(quiet - 1);
                true
            }
            _ => false,
        }
    }

    /// Looks at a vector that may have candidates, before its spins turn.
    #[cold]
    #[inline(never)]
    pub fn decide(&mut self, rule: &Rule, around: &Around) {
        self.decided.clear();
        match self.quiet {
            Some(_) => {}
            None => match rule.rarity.quiet_vectors(&mut self.words) {
                0 => {}
                quiet => {
                    self.quiet = Some(quiet - 1);
                    return;
                }
            },
        }
        let count = rule.rarity.candidates(&mut self.words);
        let mut seen = [VECTOR; 16];
        for index in 0..count {
            // Another place than those before.
            let (place, luck) = loop {
                let word = self.words.next_u64();
                let place = (word % VECTOR as u64) as usize;
                if !seen[..index].contains(&place) {
                    break (place, (word >> 9) as f64 * f64::from_bits((1023 - 55) << 52));
                }
            };
            seen[index] = place;
            let (lane, bit) = (place / 64, (place % 64) as u32);
            if let Some(up) = around.decide(lane, bit, luck, rule) {
                self.decided.push(Decided { lane, bit, up });
            }
        }
        self.quiet = Some(rule.rarity.quiet_vectors(&mut self.words));
    }

    /// Puts the spins of a vector where the rare events want them.
    pub fn settle(&self, spins: &mut [u64]) {
        for &Decided { lane, bit, up } in &self.decided {
            if let Some(word) = spins.get_mut(lane) {
                *word = *word & !(1 << bit) | u64::from(up) << bit;
            }
        }
    }
}
