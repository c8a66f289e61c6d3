//! One spin at a time, slowly: the textbook single-spin Metropolis step with everything it looked at.
//!
//! Sites come in random order and ΔE ≤ 0 is always taken. (A checkerboard has no single-spin step, and its coin for
//! ΔE = 0 would only puzzle a class that meets the rule for the first time.)

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::{Parameters, Spins};

/// What one spin was asked and what it answered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The place of the spin, y · side + x.
    pub place: usize,
    /// Its value before, +1 or −1.
    pub spin: i8,
    /// How many of its four neighbours pointed the same way.
    pub alike: u8,
    /// T in J/k at which it was asked.
    pub temperature: f64,
    /// ΔE in J that turning costs.
    pub cost: f64,
    /// min(1, e^{−ΔE/T}).
    pub probability: f64,
    /// The uniform number in [0, 1) that was drawn, where one was needed.
    pub drawn: Option<f64>,
    /// Whether it turned.
    pub flipped: bool,
    /// Whether a brush holds it, so that it was not asked at all.
    pub pinned: bool,
}

/// Asks the spin at a place, y · side + x, and does what it answers.
pub fn attempt(lattice: &mut impl Spins, place: usize, parameters: &Parameters, rng: &mut impl Rng) -> Attempt {
    let spin = lattice.spin(place);
    let neighbour_sum = lattice.neighbour_sum(place);
    let cost = parameters.flip_cost(spin, neighbour_sum);
    let pinned = lattice.is_pinned(place);
    let probability = if cost > 0.0 { parameters.boltzmann_factor(cost) } else { 1.0 };
    let drawn = (!pinned && cost > 0.0).then(|| rng.random::<f64>());
    let flipped = !pinned && drawn.is_none_or(|drawn| drawn < probability);
    if flipped {
        lattice.flip(place);
    }
    let alike = (4 + i32::from(spin) * neighbour_sum) / 2;
    let temperature = parameters.temperature;
    Attempt { place, spin, alike: alike as u8, temperature, cost, probability, drawn, flipped, pinned }
}
