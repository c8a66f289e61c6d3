//! Weights between pairs of neurons: E = −½ Σ w_ij s_i s_j + Σ θ_i s_i, w_ii = 0 (Hopfield 1982).
//!
//! Weights are kept once, in f32, as multiples of one spacing with at most 24 bits, in a unit of their own (Hebb: integers
//! in units of 1/N). Sums of 4096 of them then fit into the 53 bits of an f64 without rounding: local fields and energy,
//! kept up to date neuron by neuron, never drift, a field that is zero is exactly zero, and the order of the sums changes
//! no bit.

use serde::{Deserialize, Serialize};

use super::{
    energy::{Cache, Energy},
    kernel,
};

/// A network with weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quadratic {
    neurons: usize,
    /// `outgoing[j N + i]` is w_ij / unit, what neuron j tells neuron i; a power of two times an integer below 2²⁴.
    outgoing: Vec<f32>,
    /// θ_i / unit, multiples of the same spacing.
    thresholds: Option<Vec<f64>>,
    unit: f64,
    symmetric: bool,
}

/// Bits of a weight.
const WEIGHT_BITS: i32 = 24;

/// The spacing of numbers of this many bits that reach up to a bound, a power of two.
pub(super) fn spacing(bound: f64, bits: i32) -> f64 {
    let (_, exponent) = libm::frexp(bound.max(f64::MIN_POSITIVE));
    libm::ldexp(1.0, exponent - bits)
}

/// The nearest multiple of the spacing.
pub(super) fn on_grid(value: f64, spacing: f64) -> f64 {
    libm::rint(value / spacing) * spacing
}

/// The spacing of weights up to a bound.
pub(super) fn weight_spacing(bound: f64) -> f64 {
    spacing(bound, WEIGHT_BITS)
}

impl Quadratic {
    /// From weights that are multiples of one spacing, as the learning rules make them; the diagonal is set to zero.
    pub(super) fn from_outgoing(neurons: usize, mut outgoing: Vec<f32>, unit: f64, symmetric: bool) -> Self {
        assert_eq!(outgoing.len(), neurons * neurons);
        outgoing.iter_mut().step_by(neurons + 1).for_each(|own| *own = 0.0);
        Self { neurons, outgoing, thresholds: None, unit, symmetric }
    }

    /// From any weights w_ij, row i what neuron i hears, for networks made by hand; `weights[i N + i]` is taken as zero.
    ///
    /// Weights are rounded to 24 bits of the greatest.
    ///
    /// # Panics
    /// If there are no neurons, or not N² weights of at most 10³⁰.
    #[must_use]
    pub fn from_weights(neurons: usize, weights: &[f64]) -> Self {
        assert!(neurons > 0 && weights.len() == neurons * neurons, "N² weights");
        assert!(weights.iter().all(|weight| weight.abs() <= 1e30), "weights fit into f32");
        let spacing = weight_spacing(weights.iter().fold(0.0_f64, |most, weight| most.max(weight.abs())));
        let at = |receiver: usize, sender: usize| on_grid(weights[receiver * neurons + sender], spacing) as f32;
        let outgoing = (0..neurons * neurons).map(|index| at(index % neurons, index / neurons)).collect();
        let symmetric = (0..neurons).all(|i| (0..i).all(|j| at(i, j) == at(j, i)));
        Self::from_outgoing(neurons, outgoing, 1.0, symmetric)
    }

    /// With thresholds θ_i in the same energy unit as [`Self::weight`], rounded to the spacing of the weights.
    ///
    /// # Panics
    /// If there is not one finite threshold for each neuron.
    #[must_use]
    pub fn with_thresholds(mut self, thresholds: &[f64]) -> Self {
        assert_eq!(thresholds.len(), self.neurons);
        assert!(thresholds.iter().all(|threshold| threshold.is_finite()), "thresholds are finite");
        let most = self.outgoing.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let spacing = weight_spacing(if most > 0.0 { f64::from(most) } else { 1.0 });
        self.thresholds = Some(thresholds.iter().map(|threshold| on_grid(threshold / self.unit, spacing)).collect());
        self
    }

    /// Returns N, the number of neurons.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// w_ij, what neuron `receiver` hears from neuron `sender`.
    #[must_use]
    pub fn weight(&self, receiver: usize, sender: usize) -> f64 {
        self.unit * f64::from(self.outgoing[sender * self.neurons + receiver])
    }

    /// Returns the threshold θ_i of a neuron, in the unit of the local field.
    #[must_use]
    pub fn threshold(&self, neuron: usize) -> f64 {
        self.thresholds.as_ref().map_or(0.0, |thresholds| self.unit * thresholds[neuron])
    }

    /// Whether w_ij = w_ji, so that there is an energy.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.symmetric
    }

    /// Σ_j w_ij s_j for graded outputs s, in f64, without the thresholds.
    pub(super) fn pull(&self, outputs: &[f64], pull: &mut [f64]) {
        pull.fill(0.0);
        for (column, &output) in self.outgoing.chunks_exact(self.neurons).zip(outputs) {
            kernel::add(pull, column, output);
        }
        pull.iter_mut().for_each(|pull| *pull *= self.unit);
    }

    /// w += factor · ξ ξᵀ in units, without the diagonal; the factor is a multiple of the weights' spacing.
    pub(super) fn add_outer(&mut self, pattern: &[i8], factor: f32) {
        for (sender, column) in self.outgoing.chunks_exact_mut(self.neurons).enumerate() {
            let factor = factor * f32::from(pattern[sender]);
            for (weight, &bit) in column.iter_mut().zip(pattern) {
                *weight += factor * f32::from(bit);
            }
            column[sender] = 0.0;
        }
    }

    pub(super) fn unit(&self) -> f64 {
        self.unit
    }

    pub(super) fn outgoing_mut(&mut self) -> &mut [f32] {
        &mut self.outgoing
    }

    pub(super) fn outgoing(&self) -> &[f32] {
        &self.outgoing
    }

    pub(super) fn set_thresholds_in_units(&mut self, thresholds: Vec<f64>) {
        self.thresholds = Some(thresholds);
    }
}

impl Energy for Quadratic {
    fn neurons(&self) -> usize {
        self.neurons
    }

    fn prepare(&self, state: &[i8], cache: &mut Cache) {
        cache.values.resize(self.neurons, 0.0);
        kernel::all_fields(&mut cache.values, &self.outgoing, state);
        let along =
            |values: &[f64]| values.iter().zip(state).map(|(value, &spin)| value * f64::from(spin)).sum::<f64>();
        cache.energy = -0.5 * along(&cache.values);
        if let Some(thresholds) = &self.thresholds {
            cache.energy += along(thresholds);
            cache.values.iter_mut().zip(thresholds).for_each(|(field, threshold)| *field -= threshold);
        }
    }

    #[inline]
    fn local_field(&self, neuron: usize, _state: &[i8], cache: &Cache) -> f64 {
        self.unit * cache.values[neuron]
    }

    fn turn(&self, neuron: usize, state: &mut [i8], cache: &mut Cache) {
        let before = f64::from(state[neuron]);
        state[neuron] = -state[neuron];
        cache.energy += 2.0 * before * cache.values[neuron];
        kernel::add(&mut cache.values, &self.outgoing[neuron * self.neurons..][..self.neurons], -2.0 * before);
    }

    fn energy(&self, cache: &Cache) -> Option<f64> {
        self.symmetric.then_some(self.unit * cache.energy)
    }
}
