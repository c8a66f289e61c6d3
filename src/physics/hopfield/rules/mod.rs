//! How weights are learned from memories: one file a rule, one trait.

mod covariance;
mod hebb;
mod perceptron;
mod product;
mod pseudo_inverse;
mod storkey;

use serde::{Deserialize, Serialize};

pub use covariance::Covariance;
pub use hebb::Hebb;
pub use perceptron::Perceptron;
pub use pseudo_inverse::PseudoInverse;
pub use storkey::Storkey;

use super::{
    HopfieldError, Network, Patterns,
    dense::{Dense, Steepness},
};

/// Is told how much is done, 0 to 1, from any thread; ends the work early by answering `false`.
pub type Watch<'a> = &'a (dyn Fn(f64) -> bool + Sync);

/// A network, and what the person should know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The network.
    pub network: Network,
    /// What did not go as one might think.
    pub notice: Option<LearningNotice>,
}

/// What the person should know about a learned network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LearningNotice {
    /// Memories depend on each other: only so many carry information of their own.
    Dependent {
        /// How many.
        independent: usize,
    },
    /// The perceptron gave up at its limit of sweeps: so many neurons do not hold every memory with the margin.
    Unfinished {
        /// How many neurons.
        neurons: usize,
    },
}

/// A learning rule.
pub trait LearningRule {
    /// Learns all memories from scratch. Answers `None` if `watch` ended it.
    ///
    /// # Errors
    /// If the rule cannot learn these memories.
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError>;

    /// Adds the last of the memories to a network that has learned the others with this rule, with the same result as
    /// learning from scratch. `false` leaves the network as it is: this rule must learn all of them anew.
    fn add(&self, _network: &mut Network, _patterns: &Patterns) -> bool {
        false
    }

    /// Takes a memory out of a network that has learned it and these others with this rule; `false` as for [`Self::add`].
    fn remove(&self, _network: &mut Network, _others: &Patterns, _removed: &[i8]) -> bool {
        false
    }
}

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

    /// The rule itself.
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

    /// Whether its weights are symmetric, so that there is an energy.
    #[must_use]
    pub fn has_energy(self) -> bool {
        self != Self::Perceptron
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

fn not_empty(patterns: &Patterns) -> Result<(), HopfieldError> {
    if patterns.is_empty() { Err(HopfieldError::NoPatterns) } else { Ok(()) }
}
