//! w_ij = (1/N) Σ_μ ξ_μi ξ_μj (Hebb's idea, Hopfield's 1982 form). Integers in units of 1/N.

use super::{
    super::{HopfieldError, Network, Patterns, quadratic::Quadratic},
    Learned, LearningRule, Watch,
    learning::not_empty,
    product::{self, Shape},
};

/// Hebb's rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hebb;

impl LearningRule for Hebb {
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        not_empty(patterns)?;
        let bits = product::bits(patterns);
        let Some(weights) = product::of_integers(&bits, &bits, patterns.neurons(), Shape::Symmetric, watch) else {
            return Ok(None);
        };
        let unit = 1.0 / patterns.neurons() as f64;
        let network = Network::Quadratic(Quadratic::from_outgoing(patterns.neurons(), weights, unit, true));
        Ok(Some(Learned { network, notice: None }))
    }

    fn add(&self, network: &mut Network, patterns: &Patterns) -> bool {
        shift(network, patterns.get(patterns.len() - 1), 1.0)
    }

    fn remove(&self, network: &mut Network, _others: &Patterns, removed: &[i8]) -> bool {
        shift(network, removed, -1.0)
    }
}

fn shift(network: &mut Network, pattern: &[i8], sign: f32) -> bool {
    let Network::Quadratic(network) = network else { return false };
    network.add_outer(pattern, sign);
    true
}
