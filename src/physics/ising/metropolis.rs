//! Metropolis acceptance (Metropolis et al. 1953) for checkerboard order.
//!
//! A flip that lowers the energy is always taken, one that costs ΔE with probability e^{−ΔE/T}. A flip that costs
//! *nothing* (ΔE/T = 0) is taken with probability ½: detailed balance asks only that both directions be equal, and a
//! checkerboard that always took it would turn whole sublattices over in step, blink, and coarsen far too fast.

use super::Parameters;

/// Probability that a spin with this sum of neighbours is turned when it is asked.
#[must_use]
pub fn flip_probability(parameters: &Parameters, spin: i8, neighbour_sum: i32) -> f64 {
    let cost = parameters.flip_cost(spin, neighbour_sum);
    if cost == 0.0 || parameters.temperature.is_infinite() {
        0.5
    } else if cost < 0.0 {
        1.0
    } else {
        parameters.boltzmann_factor(cost)
    }
}
