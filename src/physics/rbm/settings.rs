//! How a machine learns: where dreams begin, how the rate changes, and what is allowed.

use serde::{Deserialize, Serialize};

use super::{RbmError, samples::Binarise};

/// Most Gibbs steps in an update.
pub const MOST_STEPS: u32 = 100;
/// Most particles of persistent CD.
pub const MOST_PARTICLES: usize = 10_000;
/// Most pictures in a batch.
pub const MOST_BATCH: usize = 10_000;

/// Where a dream begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// At the data, with so many Gibbs steps: CD-k.
    Cd(u32),
    /// Where the last one ended, with so many Gibbs steps: PCD-k.
    Pcd(u32),
}

impl Method {
    /// Gibbs steps of an update.
    #[must_use]
    pub fn steps(self) -> u32 {
        match self {
            Self::Cd(steps) | Self::Pcd(steps) => steps,
        }
    }
}

/// How the learning rate changes over the epochs planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Schedule {
    /// It does not.
    #[default]
    Constant,
    /// Falls to zero.
    Linear,
    /// η / (1 + t/τ) with τ a tenth of the epochs planned.
    InverseTime,
}

impl Schedule {
    /// The factor of the rate after this part of the epochs planned.
    #[must_use]
    pub fn factor(self, done: f64) -> f64 {
        match self {
            Self::Constant => 1.0,
            Self::Linear => (1.0 - done).clamp(0.0, 1.0),
            Self::InverseTime => 1.0 / (1.0 + 10.0 * done),
        }
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrainerSettings {
    /// How it dreams while learning.
    pub method: Method,
    /// Chains of persistent CD; CD has one for each picture of the batch.
    pub particles: usize,
    /// Pictures for each update.
    pub batch: usize,
    /// Learning rate η.
    pub rate: f64,
    /// How it changes.
    pub schedule: Schedule,
    /// Part of the last move that goes on, 0 to below 1.
    pub momentum: f64,
    /// Weight decay in proportion to the weight.
    pub l2: f64,
    /// Weight decay of one strength.
    pub l1: f64,
    /// How often a hidden unit should be on; 0 leaves it to the data.
    pub sparsity: f64,
    /// How strongly it is held there.
    pub sparsity_cost: f64,
    /// Takes the means off before correlations are compared (the centred gradient of Montavon and Müller 2012).
    pub centring: bool,
    /// Grey pictures to black and white.
    pub binarise: Binarise,
    /// Epochs that the schedule plans for.
    pub epochs: u32,
    /// Seed.
    pub seed: u64,
}

impl Default for TrainerSettings {
    fn default() -> Self {
        Self {
            method: Method::Pcd(1),
            particles: 100,
            batch: 100,
            rate: 0.05,
            schedule: Schedule::Linear,
            momentum: 0.0,
            l2: 0.0,
            l1: 0.0,
            sparsity: 0.0,
            sparsity_cost: 0.1,
            centring: false,
            binarise: Binarise::Sample,
            epochs: 20,
            seed: 7,
        }
    }
}

impl TrainerSettings {
    /// Whether all values are in range.
    ///
    /// # Errors
    /// Says which is not, and what is allowed.
    pub fn validate(&self) -> Result<(), RbmError> {
        let check = |name, value: f64, fits: bool, allowed| {
            if fits { Ok(()) } else { Err(RbmError::Setting { name, value, allowed }) }
        };
        let steps = self.method.steps();
        check("Gibbs steps", f64::from(steps), (1..=MOST_STEPS).contains(&steps), "1 to 100")?;
        check("particles", self.particles as f64, (1..=MOST_PARTICLES).contains(&self.particles), "1 to 10000")?;
        check("batch", self.batch as f64, (1..=MOST_BATCH).contains(&self.batch), "1 to 10000")?;
        check("rate", self.rate, self.rate > 0.0 && self.rate <= 10.0, "a number above 0, up to 10")?;
        check("momentum", self.momentum, (0.0..1.0).contains(&self.momentum), "0 to below 1")?;
        check("L2 decay", self.l2, (0.0..=1.0).contains(&self.l2), "0 to 1")?;
        check("L1 decay", self.l1, (0.0..=1.0).contains(&self.l1), "0 to 1")?;
        check("sparsity", self.sparsity, (0.0..1.0).contains(&self.sparsity), "0 to below 1")?;
        check("sparsity cost", self.sparsity_cost, (0.0..=10.0).contains(&self.sparsity_cost), "0 to 10")?;
        check("epochs", f64::from(self.epochs), self.epochs >= 1, "1 or more")
    }

    /// Chains that dream: those of persistent CD, or one for each picture of a batch.
    #[must_use]
    pub fn chains(&self) -> usize {
        if matches!(self.method, Method::Pcd(_)) { self.particles } else { self.batch }
    }
}
