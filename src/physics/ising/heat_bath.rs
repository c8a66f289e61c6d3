//! Heat bath (Glauber 1963): a spin forgets itself and is drawn from its neighbours' field.
//!
//! P(up) = 1/(1 + e^{−2(Jn + h)/T}), so the probability of turning is 1/(1 + e^{ΔE/T}).

use super::Parameters;

/// Probability that a spin with this sum of neighbours is turned when it is asked.
#[must_use]
pub fn flip_probability(parameters: &Parameters, spin: i8, neighbour_sum: i32) -> f64 {
    let cost = parameters.flip_cost(spin, neighbour_sum);
    if cost == 0.0 || parameters.temperature.is_infinite() {
        return 0.5;
    }
    // Written with e^{−|ΔE|/T} so that it never overflows.
    let factor = parameters.boltzmann_factor(cost.abs());
    if cost < 0.0 { 1.0 / (1.0 + factor) } else { factor / (1.0 + factor) }
}
