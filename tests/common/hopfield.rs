//! Random memories, and the energy as it is written.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::hopfield::{Patterns, Quadratic};

pub fn generator(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

pub fn random(neurons: usize, count: usize, seed: u64) -> Patterns {
    Patterns::random(neurons, count, &mut generator(seed)).expect("in range")
}

/// E = −½ Σ w_ij s_i s_j + Σ θ_i s_i, as it is written.
pub fn energy_by_definition(network: &Quadratic, state: &[i8]) -> f64 {
    let spin = |i: usize| f64::from(state[i]);
    let size = state.len();
    let pairs: f64 = (0..size)
        .flat_map(|i| (0..size).map(move |j| (i, j)))
        .map(|(i, j)| network.weight(i, j) * spin(i) * spin(j))
        .sum();
    -0.5 * pairs + (0..size).map(|i| network.threshold(i) * spin(i)).sum::<f64>()
}
