//! w_ij = Σ_μ (ξ_μi − a)(ξ_μj − a) / (N (1 − a²)), θ_i = a Σ_j w_ij, with a the mean of all stored bits.
//!
//! For memories that are mostly empty, such as digits: Hebb would store their common emptiness above all (Amit,
//! Gutfreund, Sompolinsky 1987b). With a = 0 it is Hebb's rule.

use super::{
    super::{HopfieldError, Network, Patterns, quadratic::Quadratic},
    Learned, LearningRule, Watch,
    learning::not_empty,
    product::{self, Shape},
};

/// The covariance rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Covariance;

impl LearningRule for Covariance {
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        not_empty(patterns)?;
        let (neurons, memories) = (patterns.neurons(), patterns.len() as f64);
        let sums = patterns.sums();
        let total: i64 = sums.iter().map(|&sum| i64::from(sum)).sum();
        let mean = total as f64 / (neurons as f64 * memories);
        if mean.abs() == 1.0 {
            return Err(HopfieldError::NoContrast);
        }
        let bits = product::bits(patterns);
        let Some(mut weights) = product::of_integers(&bits, &bits, neurons, Shape::Symmetric, watch) else {
            return Ok(None);
        };
        // Σ (ξ_i − a)(ξ_j − a) = Σ ξ_i ξ_j − a (S_i + S_j) + P a²
        let round = product::rounding(memories * (1.0 + mean.abs()) * (1.0 + mean.abs()));
        let offsets: Vec<f64> = sums.iter().map(|&sum| mean * f64::from(sum)).collect();
        for (row, &own) in weights.chunks_exact_mut(neurons).zip(&offsets) {
            for (weight, &other) in row.iter_mut().zip(&offsets) {
                *weight = round(f64::from(*weight) - (own + other) + memories * mean * mean) as f32;
            }
        }
        let unit = 1.0 / (neurons as f64 * (1.0 - mean * mean));
        let mut network = Quadratic::from_outgoing(neurons, weights, unit, true);
        // Symmetric: a column is a row. In units, as the weights are.
        let heard = |row: &[f32]| row.iter().map(|&weight| f64::from(weight)).sum::<f64>();
        let bound = memories * (1.0 + mean.abs()) * (1.0 + mean.abs());
        let threshold = |row: &[f32]| product::rounding(bound)(mean * heard(row));
        let thresholds = network.outgoing().chunks_exact(neurons).map(threshold).collect();
        network.set_thresholds_in_units(thresholds);
        Ok(Some(Learned { network: Network::Quadratic(network), notice: None }))
    }
}
