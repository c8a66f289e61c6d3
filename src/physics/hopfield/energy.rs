//! What every network with neurons ±1 can be asked for: the local field of a neuron, and to turn one.

use serde::{Deserialize, Serialize};

use super::{dense::Dense, quadratic::Quadratic};

/// What a network keeps beside a state, so that asking a neuron is cheap: local fields, or overlaps with the memories.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    /// One value a neuron (quadratic) or a memory (dense).
    pub(super) values: Vec<f64>,
    /// Dense exponential energy: the weight of each memory relative to the greatest.
    pub(super) weights: Vec<f64>,
    /// The energy in the network's own unit.
    pub(super) energy: f64,
}

/// A network of neurons ±1 with w_ii = 0 (or its like), so that a neuron's field does not depend on itself.
pub trait Energy {
    /// N.
    fn neurons(&self) -> usize;

    /// Whether the dynamics has an energy at all; asymmetric weights have none.
    fn has_energy(&self) -> bool;

    /// Works out the cache for a state, from scratch.
    fn prepare(&self, state: &[i8], cache: &mut Cache);

    /// The local field of a neuron: half of what turning it from −1 to +1 lowers the energy by.
    fn local_field(&self, neuron: usize, state: &[i8], cache: &Cache) -> f64;

    /// Turns a neuron over, in the state and in the cache.
    fn turn(&self, neuron: usize, state: &mut [i8], cache: &mut Cache);

    /// The energy of the state that the cache belongs to; none if there is no energy.
    fn energy(&self, cache: &Cache) -> Option<f64>;
}

/// A network that was learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Network {
    /// With weights between pairs of neurons.
    Quadratic(Quadratic),
    /// With a steeper energy over the overlaps with the memories.
    Dense(Dense),
}

impl Network {
    /// Its energy.
    #[must_use]
    pub fn energy(&self) -> &(dyn Energy + Send + Sync) {
        match self {
            Self::Quadratic(network) => network,
            Self::Dense(network) => network,
        }
    }

    /// N.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.energy().neurons()
    }

    /// The weights between pairs of neurons, if it has such.
    #[must_use]
    pub fn quadratic(&self) -> Option<&Quadratic> {
        match self {
            Self::Quadratic(network) => Some(network),
            Self::Dense(_) => None,
        }
    }

    /// The energy of any state, from scratch; none if the network has no energy.
    #[must_use]
    pub fn energy_of(&self, state: &[i8]) -> Option<f64> {
        let mut cache = Cache::default();
        self.energy().prepare(state, &mut cache);
        self.energy().energy(&cache)
    }
}
