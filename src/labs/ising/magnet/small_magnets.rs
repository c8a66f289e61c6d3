//! A bank of 16 × 16 companion magnets at the same T and h.
//!
//! A large magnet never crosses the hill between its two valleys, so P(m) and the free-energy landscape −T ln P(m) come
//! from small ones. Old counts fade, so that the picture follows the thermometer.

use crate::physics::ising::{Dynamics, Engine, Parameters, PlainEngine, Spins, Start};

/// Side of a companion.
pub const SIDE: usize = 16;
/// Values that m can take: (0 ..= N up spins).
pub const LEVELS: usize = SIDE * SIDE + 1;
const COMPANIONS: u64 = 64;
/// Sweeps of every companion for each picture.
const SWEEPS: usize = 4;
/// What is left of a count one picture later.
const MEMORY: f32 = 0.996;

/// A Wolff sweep for pictures ends when enough spins were visited, which would bias the histogram.
fn unbiased(dynamics: Dynamics) -> Dynamics {
    if dynamics == Dynamics::Wolff { Dynamics::SwendsenWang } else { dynamics }
}

/// The bank and its histogram.
pub struct Companions {
    magnets: Vec<PlainEngine>,
    counts: Vec<f32>,
    memory: f32,
}

impl Companions {
    /// A bank from random starts.
    ///
    /// # Panics
    /// Never for parameters that passed their validation.
    #[must_use]
    pub fn new(parameters: Parameters, dynamics: Dynamics, seed: u64) -> Self {
        let dynamics = unbiased(dynamics);
        let magnet = |index: u64| {
            let seed = seed.wrapping_mul(COMPANIONS).wrapping_add(index + 1);
            // The side is fixed and right, and the parameters were validated with the settings.
            PlainEngine::new(SIDE, Start::Random, parameters, dynamics, seed).expect("a valid companion")
        };
        Self { magnets: (0..COMPANIONS).map(magnet).collect(), counts: vec![0.0; LEVELS], memory: MEMORY }
    }

    /// Returns a bank that forgets nothing, for a temperature that stays.
    #[must_use]
    pub fn with_long_memory(mut self) -> Self {
        self.memory = 1.0;
        self
    }

    /// Follows the lab; a change empties the histogram.
    pub fn set(&mut self, parameters: Parameters, dynamics: Dynamics) {
        let dynamics = unbiased(dynamics);
        if self.magnets.iter().any(|m| m.parameters() != parameters || m.dynamics() != dynamics) {
            self.counts.fill(0.0);
            for magnet in &mut self.magnets {
                magnet.set_parameters(parameters);
                magnet.set_dynamics(dynamics);
            }
        }
    }

    /// A few sweeps of every companion, each counted.
    pub fn sweep(&mut self) {
        self.sweep_times(SWEEPS);
    }

    /// So many sweeps of every companion, each counted.
    pub fn sweep_times(&mut self, sweeps: usize) {
        for count in &mut self.counts {
            *count *= self.memory;
        }
        for magnet in &mut self.magnets {
            for _ in 0..sweeps {
                magnet.sweep();
                self.counts[Self::level(magnet)] += 1.0;
            }
        }
    }

    fn level(magnet: &PlainEngine) -> usize {
        let lattice = magnet.lattice();
        let sum = match magnet.parameters().coupling.sign() {
            1 => lattice.spin_sum(),
            _ => lattice.staggered_sum(),
        };
        (sum + (SIDE * SIDE) as i64) as usize / 2
    }

    /// How often each level of (staggered) m was seen lately; level l is m = 2l/N − 1.
    #[must_use]
    pub fn counts(&self) -> &[f32] {
        &self.counts
    }

    /// The (staggered) m of the first companion, the ball of the landscape.
    #[must_use]
    pub fn ball(&self) -> f64 {
        2.0 * Self::level(&self.magnets[0]) as f64 / (SIDE * SIDE) as f64 - 1.0
    }
}
