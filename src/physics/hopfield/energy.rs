//! What every network with neurons ±1 can be asked for: the local field of a neuron, and to turn one.

use serde::{Deserialize, Serialize};

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
    /// Returns N, the number of neurons.
    fn neurons(&self) -> usize;

    /// Works out the cache for a state, from scratch.
    fn prepare(&self, state: &[i8], cache: &mut Cache);

    /// The local field of a neuron: half of what turning it from −1 to +1 lowers the energy by.
    fn local_field(&self, neuron: usize, state: &[i8], cache: &Cache) -> f64;

    /// Turns a neuron over, in the state and in the cache.
    fn turn(&self, neuron: usize, state: &mut [i8], cache: &mut Cache);

    /// The energy of the state that the cache belongs to; none if there is no energy.
    fn energy(&self, cache: &Cache) -> Option<f64>;
}
