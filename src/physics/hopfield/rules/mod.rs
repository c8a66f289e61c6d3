//! How weights are learned from memories: one file a rule, one trait.

mod covariance;
mod hebb;
mod learning;
mod perceptron;
mod product;
mod pseudo_inverse;
mod storkey;

use serde::{Deserialize, Serialize};

pub use covariance::Covariance;
pub use hebb::Hebb;
pub use learning::{Learned, LearningNotice, LearningRule, Watch};
pub use perceptron::Perceptron;
pub use pseudo_inverse::PseudoInverse;
pub use storkey::Storkey;

use super::{
    HopfieldError, Network, Patterns,
    dense::{Dense, Steepness},
};

/// The rules by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Σ ξ_i ξ_j / N.
    #[default]
    Hebb,
    /// Hebb for mostly empty pictures.
    Covariance,
    /// Storkey 1997.
    Storkey,
    /// Projection onto the memories (Personnaz 1986).
    PseudoInverse,
    /// Each neuron a perceptron with a margin (Krauth and Mézard 1987).
    Perceptron,
    /// Dense, polynomial energy of this power (Krotov and Hopfield 2016).
    Polynomial(u32),
    /// Dense, exponential energy (Demircigil and others 2017).
    Exponential,
}

impl Rule {
    /// All of them, the polynomial one with the third power.
    pub const ALL: [Self; 7] = [
        Self::Hebb,
        Self::Covariance,
        Self::Storkey,
        Self::PseudoInverse,
        Self::Perceptron,
        Self::Polynomial(3),
        Self::Exponential,
    ];

    /// Returns what learns by this rule, with its usual settings.
    #[must_use]
    pub fn learner(self) -> Box<dyn LearningRule> {
        match self {
            Self::Hebb => Box::new(Hebb),
            Self::Covariance => Box::new(Covariance),
            Self::Storkey => Box::new(Storkey),
            Self::PseudoInverse => Box::new(PseudoInverse),
            Self::Perceptron => Box::new(Perceptron::default()),
            Self::Polynomial(power) => Box::new(Steepness::Polynomial(power)),
            Self::Exponential => Box::new(Steepness::Exponential),
        }
    }

    /// Learns all memories from scratch; see [`LearningRule::learn`].
    ///
    /// # Errors
    /// If the rule cannot learn these memories.
    pub fn learn(self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        self.learner().learn(patterns, watch)
    }

    /// Learns all memories from scratch, without being watched.
    ///
    /// # Errors
    /// If the rule cannot learn these memories.
    ///
    /// # Panics
    /// Never: learning answers `None` only where it was ended.
    pub fn network(self, patterns: &Patterns) -> Result<Network, HopfieldError> {
        let learned = self.learn(patterns, &|_| true)?;
        // Nothing ends it early.
        Ok(learned.expect("not ended early").network)
    }

    /// The load up to which random memories are held in a large network, if theory knows one.
    #[must_use]
    pub fn critical_load(self) -> Option<f64> {
        match self {
            Self::Hebb | Self::Covariance => Some(super::ags::critical().load),
            Self::PseudoInverse => Some(1.0),
            Self::Perceptron => Some(2.0),
            Self::Storkey | Self::Polynomial(_) | Self::Exponential => None,
        }
    }
}

/// A dense network keeps its memories as they are: learning is writing them down.
impl LearningRule for Steepness {
    fn learn(&self, patterns: &Patterns, _watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        Ok(Some(Learned { network: Network::Dense(Dense::new(patterns, *self)?), notice: None }))
    }
}
