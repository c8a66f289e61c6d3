//! A network that was learned, of either kind: with weights between pairs of neurons, or with a steeper energy.

use serde::{Deserialize, Serialize};

use super::{
    dense::Dense,
    energy::{Cache, Energy},
    quadratic::Quadratic,
};

/// A network that was learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Network {
    /// With weights between pairs of neurons.
    Quadratic(Quadratic),
    /// With a steeper energy over the overlaps with the memories.
    Dense(Dense),
}

impl Network {
    /// Returns what the network can be asked for as one interface, whichever kind it is: fields, turns and the energy.
    #[must_use]
    pub fn energy(&self) -> &(dyn Energy + Send + Sync) {
        match self {
            Self::Quadratic(network) => network,
            Self::Dense(network) => network,
        }
    }

    /// Returns N, the number of neurons.
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
