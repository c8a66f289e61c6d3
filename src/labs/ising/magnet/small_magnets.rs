//! A bank of 16 × 16 companion magnets at the same T and h.
//!
//! A large magnet never crosses the hill between its two valleys, so P(m) and the free-energy landscape −T ln P(m) come
//! from small ones in equilibrium. One more follows the person's rule: the ball.

use crate::physics::ising::{
    Dynamics, Engine, Parameters, PlainEngine, Start,
    order_distribution::{OrderDistribution, order},
};

/// Side of a companion.
pub const SIDE: usize = 16;
/// Values that m can take: (0 ..= N up spins).
pub const LEVELS: usize = SIDE * SIDE + 1;
const COMPANIONS: usize = 64;
/// Steps of the bank for each picture at least: some 500 a second, however slowly the large magnet goes.
const STEPS_A_PICTURE: u64 = 8;
/// Steps that a bank is given at once after a change, so that a landscape is there while a knob is dragged.
const STEPS_AT_ONCE: u64 = 24;

/// The bank and the ball.
pub struct Companions {
    bank: OrderDistribution,
    ball: PlainEngine,
    steps_since_picture: u64,
}

impl Companions {
    /// A bank at these parameters, and a ball that begins in the upper valley.
    ///
    /// # Panics
    /// Never for parameters that passed their validation.
    #[must_use]
    pub fn new(parameters: Parameters, dynamics: Dynamics, seed: u64) -> Self {
        // The side is fixed and right, and the parameters were validated with the settings.
        let bank = OrderDistribution::new(SIDE, COMPANIONS, parameters, seed).expect("a valid bank");
        let ball = PlainEngine::new(SIDE, Start::Up, parameters, dynamics, !seed).expect("a valid companion");
        Self { bank, ball, steps_since_picture: 0 }
    }

    /// Follows the lab; other parameters empty the counts.
    pub fn set(&mut self, parameters: Parameters, dynamics: Dynamics) {
        self.bank.set_parameters(parameters);
        self.ball.set_parameters(parameters);
        self.ball.set_dynamics(dynamics);
    }

    /// One step of the bank.
    pub fn step(&mut self) {
        self.bank.step();
        self.steps_since_picture += 1;
    }

    /// What a picture needs: a minimum of steps where the magnet has moved, and many at once after a change.
    pub fn prepare_picture(&mut self, has_moved: bool) {
        if has_moved {
            self.ball.sweep();
            while self.steps_since_picture < STEPS_A_PICTURE {
                self.step();
            }
        }
        while self.bank.steps() < STEPS_AT_ONCE {
            self.step();
        }
        self.steps_since_picture = 0;
    }

    /// Steps since the last change.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.bank.steps()
    }

    /// How often each level of (staggered) m was met in equilibrium; level l is m = 2l/N − 1.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        self.bank.counts()
    }

    /// The (staggered) m of the ball of the landscape.
    #[must_use]
    pub fn ball(&self) -> f64 {
        order(&self.ball)
    }
}
