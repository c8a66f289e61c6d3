//! The continuous modern Hopfield network (Ramsauer and others 2020), which is also one head of attention.
//!
//! State s ∈ ℝᴺ, memories ξ_μ ∈ {±1}ᴺ: s ← Σ_μ p_μ ξ_μ with p = softmax(β ξ s). Read as attention: the state is the query,
//! the memories are keys and values, p says which are looked at. The step is the concave–convex procedure for
//! E = −(1/β) ln Σ_μ exp(β ξ_μ·s) + ½ s·s + (1/β) ln P + ½ N, so E never rises and is at least 0.

use serde::{Deserialize, Serialize};

use super::{HopfieldError, Patterns};

/// A step that moves no component by more than this is the last.
const AT_REST: f64 = 1e-9;

/// A continuous state with its memories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModernRecall {
    memories: Patterns,
    beta: f64,
    state: Vec<f64>,
    attention: Vec<f64>,
    steps: u64,
    at_rest: bool,
}

impl ModernRecall {
    /// Begins with this probe, components from −1 to 1. β > 0 multiplies ξ·s, which reaches N.
    ///
    /// # Errors
    /// If there are no memories, the probe's length differs, or β is not positive.
    pub fn new(memories: Patterns, probe: &[f64], beta: f64) -> Result<Self, HopfieldError> {
        if memories.is_empty() {
            return Err(HopfieldError::NoPatterns);
        }
        if probe.len() != memories.neurons() {
            return Err(HopfieldError::Length { found: probe.len(), expected: memories.neurons() });
        }
        let mut recall =
            Self { memories, beta: 1.0, state: probe.to_vec(), attention: Vec::new(), steps: 0, at_rest: false };
        recall.set_beta(beta)?;
        Ok(recall)
    }

    /// A recall that goes on from this state after so many steps.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn resume(
        memories: Patterns,
        state: &[f64],
        steps: u64,
        at_rest: bool,
        beta: f64,
    ) -> Result<Self, HopfieldError> {
        let recall = Self::new(memories, state, beta)?;
        Ok(Self { steps, at_rest, ..recall })
    }

    /// Changes β on the way.
    ///
    /// # Errors
    /// If it is not a positive number.
    pub fn set_beta(&mut self, beta: f64) -> Result<(), HopfieldError> {
        if !(beta > 0.0 && beta.is_finite()) {
            return Err(HopfieldError::Parameter { name: "beta", value: beta, allowed: "a positive number" });
        }
        self.beta = beta;
        self.look();
        Ok(())
    }

    /// Sets a neuron from outside, as a brush does; [`Self::step`] looks anew.
    pub fn set_neuron(&mut self, neuron: usize, value: f64) {
        self.state[neuron] = value;
        self.at_rest = false;
    }

    /// The state, components from −1 to 1.
    #[must_use]
    pub fn state(&self) -> &[f64] {
        &self.state
    }

    /// p_μ, which adds up to one.
    #[must_use]
    pub fn attention(&self) -> &[f64] {
        &self.attention
    }

    /// Returns the number of update steps since the recall began.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether the last step moved nothing.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.at_rest
    }

    /// E, from 0 up.
    #[must_use]
    pub fn energy(&self) -> f64 {
        let scaled = self.scaled();
        let (greatest, sum) = sum_of_exponentials(&scaled);
        let size = self.state.len() as f64;
        let squares: f64 = self.state.iter().map(|s| s * s).sum();
        let memories = libm::log(scaled.len() as f64);
        (memories - greatest - libm::log(sum)) / self.beta + 0.5 * (squares + size)
    }

    /// One step: the state becomes the mean of the memories, weighed by attention.
    pub fn step(&mut self) {
        self.look();
        let mut moved = 0.0_f64;
        for (neuron, state) in self.state.iter_mut().enumerate() {
            let shares = self.memories.iter().zip(&self.attention);
            let next: f64 = shares.map(|(memory, share)| share * f64::from(memory[neuron])).sum();
            moved = moved.max((next - *state).abs());
            *state = next;
        }
        self.steps += 1;
        self.at_rest = moved <= AT_REST;
        self.look();
    }

    fn scaled(&self) -> Vec<f64> {
        let along = |memory: &[i8]| memory.iter().zip(&self.state).map(|(&bit, s)| f64::from(bit) * s).sum::<f64>();
        self.memories.iter().map(|memory| self.beta * along(memory)).collect()
    }

    fn look(&mut self) {
        let scaled = self.scaled();
        let (greatest, sum) = sum_of_exponentials(&scaled);
        self.attention = scaled.iter().map(|value| libm::exp(value - greatest) / sum).collect();
    }
}

/// The greatest x, and Σ exp(x − greatest), which cannot overflow.
fn sum_of_exponentials(values: &[f64]) -> (f64, f64) {
    let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (greatest, values.iter().map(|value| libm::exp(value - greatest)).sum())
}
