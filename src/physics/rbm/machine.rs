//! The machine: sizes, weights, biases, and its energy as the textbook writes it.

use serde::{Deserialize, Serialize};

use super::{
    RbmError,
    noise::{Purpose, Streams},
    samples::INK,
};

/// Fewest visible units.
pub const LEAST_VISIBLE: usize = 4;
/// Most units in a layer.
pub const MOST_UNITS: usize = 4096;
/// Most classes.
pub const MOST_CLASSES: usize = 64;
/// Standard deviation of the first weights (Hinton 2010, A practical guide to training RBMs, §8).
const FIRST_WEIGHTS: f32 = 0.01;

/// What a visible unit can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VisibleKind {
    /// 0 or 1.
    #[default]
    Binary,
    /// Any number, with variance 1 given the hidden units: for grey pictures.
    Gaussian,
}

/// Number of units of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Pixels.
    pub visible: usize,
    /// Label units joined to the visible layer, of which one is on; 0 for none.
    pub classes: usize,
    /// Hidden units.
    pub hidden: usize,
    /// What the pixels are.
    pub kind: VisibleKind,
}

impl Shape {
    /// Pixels and labels together: the rows of the weights.
    #[must_use]
    pub fn units(&self) -> usize {
        self.visible + self.classes
    }

    /// Whether such a machine can be made.
    ///
    /// # Errors
    /// Says which size is out of range.
    pub fn validate(&self) -> Result<(), RbmError> {
        let size = |name: &'static str, size: usize, range: std::ops::RangeInclusive<usize>| {
            if range.contains(&size) {
                return Ok(());
            }
            Err(RbmError::Size { name, size, least: *range.start(), most: *range.end() })
        };
        size("visible units", self.visible, LEAST_VISIBLE..=MOST_UNITS)?;
        size("hidden units", self.hidden, 1..=MOST_UNITS)?;
        size("classes", self.classes, 0..=MOST_CLASSES)
    }

    /// Bytes that so many dreams take: states and inputs of both layers, lists of their ones, and the pictures that are made.
    #[must_use]
    pub fn dreaming_memory(&self, dreams: usize) -> u64 {
        dreams as u64 * (7 * (self.units() + self.hidden) + 5 * self.units()) as u64
    }

    /// Bytes that training takes, with this batch and so many chains: weights five times over (with their transpose, their
    /// last move, their gradient and those of the last good epoch), and the states.
    #[must_use]
    pub fn training_memory(&self, batch: usize, chains: usize) -> u64 {
        let (units, hidden) = (self.units() as u64, self.hidden as u64);
        let states = (batch + chains) as u64;
        // A state's number, its place in two lists.
        20 * units * hidden + 8 * states * (units + hidden)
    }
}

/// A restricted Boltzmann machine: p(v, h) ∝ e^−E(v, h) with
/// E = −Σ_i b_i v_i − Σ_j c_j h_j − Σ_ij v_i w_ij h_j (Smolensky 1986; Hinton 2002), and for Gaussian pixels
/// ½ Σ_i (v_i − b_i)² in place of the first sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Sizes.
    pub shape: Shape,
    /// w_ij: [units, hidden], a row for each pixel, then for each label.
    pub weights: Vec<f32>,
    /// b_i: pixels, then labels.
    pub visible_bias: Vec<f32>,
    /// c_j.
    pub hidden_bias: Vec<f32>,
}

impl Machine {
    /// A machine that has learned nothing but how often each pixel is on: weights N(0, 0.01), hidden biases 0, visible
    /// biases from the mean of each pixel in `data_means` (labels begin alike).
    ///
    /// # Errors
    /// If a size is out of range, or there is not one mean for each pixel.
    pub fn new(shape: Shape, data_means: &[f32], seed: u64) -> Result<Self, RbmError> {
        shape.validate()?;
        if data_means.len() != shape.visible {
            return Err(RbmError::Pixels { expected: shape.visible, found: data_means.len() });
        }
        let streams = Streams::new(seed, Purpose::Start, 0);
        let mut weights = Vec::with_capacity(shape.units() * shape.hidden);
        for unit in 0..shape.units() {
            let stream = streams.row(unit);
            weights.extend((0..shape.hidden as u32).map(|hidden| FIRST_WEIGHTS * stream.normal(hidden)));
        }
        let mut visible_bias: Vec<f32> = match shape.kind {
            VisibleKind::Binary => data_means.iter().map(|&mean| log_odds(mean)).collect(),
            VisibleKind::Gaussian => data_means.iter().map(|&mean| INK * mean).collect(),
        };
        visible_bias.resize(shape.units(), 0.0);
        Ok(Self { shape, weights, visible_bias, hidden_bias: vec![0.0; shape.hidden] })
    }

    /// Whether all sizes fit and all numbers are finite.
    ///
    /// # Errors
    /// Says what does not fit.
    pub fn validate(&self) -> Result<(), RbmError> {
        self.shape.validate()?;
        let (units, hidden) = (self.shape.units(), self.shape.hidden);
        for (name, values, expected) in [
            ("weights", &self.weights, units * hidden),
            ("visible_bias", &self.visible_bias, units),
            ("hidden_bias", &self.hidden_bias, hidden),
        ] {
            if values.len() != expected {
                return Err(RbmError::Length { name, expected, found: values.len() });
            }
            if values.iter().any(|value| !value.is_finite()) {
                return Err(RbmError::NotFinite { name });
            }
        }
        Ok(())
    }

    /// The weights of a unit of the visible layer.
    #[must_use]
    pub fn weights_of(&self, unit: usize) -> &[f32] {
        &self.weights[unit * self.shape.hidden..][..self.shape.hidden]
    }

    /// What the hidden units hear of a visible state: c_j + Σ_i v_i w_ij.
    #[must_use]
    pub fn hidden_input(&self, visible: &[f32]) -> Vec<f64> {
        let mut input: Vec<f64> = self.hidden_bias.iter().map(|&bias| f64::from(bias)).collect();
        for (unit, &value) in visible.iter().enumerate().filter(|&(_, &value)| value != 0.0) {
            for (input, &weight) in input.iter_mut().zip(self.weights_of(unit)) {
                *input += f64::from(value) * f64::from(weight);
            }
        }
        input
    }

    /// What the visible units hear of a hidden state: b_i + Σ_j w_ij h_j.
    #[must_use]
    pub fn visible_input(&self, hidden: &[f32]) -> Vec<f64> {
        let along = |unit: usize| {
            let heard = self.weights_of(unit).iter().zip(hidden).map(|(&w, &h)| f64::from(w) * f64::from(h));
            f64::from(self.visible_bias[unit]) + heard.sum::<f64>()
        };
        (0..self.shape.units()).map(along).collect()
    }

    /// Returns the energy E(v, h) of a joint state, the logarithm of its weight with the sign turned: `visible` has one
    /// value a visible unit, `hidden` 0 or 1 for each hidden one.
    #[must_use]
    pub fn energy(&self, visible: &[f32], hidden: &[f32]) -> f64 {
        let heard = self.hidden_input(visible).iter().zip(hidden).map(|(input, &h)| input * f64::from(h)).sum::<f64>();
        self.visible_energy(visible) - heard
    }

    /// F(v) = −ln Σ_h e^−E(v, h) = (the visible part) − Σ_j ln(1 + e^(c_j + Σ_i v_i w_ij)).
    #[must_use]
    pub fn free_energy(&self, visible: &[f32]) -> f64 {
        self.visible_energy(visible) - self.hidden_input(visible).into_iter().map(softplus).sum::<f64>()
    }

    fn visible_energy(&self, visible: &[f32]) -> f64 {
        let part = |(unit, (&value, &bias)): (usize, (&f32, &f32))| {
            let (value, bias) = (f64::from(value), f64::from(bias));
            if self.shape.kind == VisibleKind::Gaussian && unit < self.shape.visible {
                0.5 * (value - bias) * (value - bias)
            } else {
                -bias * value
            }
        };
        visible.iter().zip(&self.visible_bias).enumerate().map(part).sum()
    }
}

/// ln(1 + e^x) without overflow.
#[must_use]
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// ln(p / (1 − p)) of a mean that is kept off 0 and 1: a pixel that was never on can still be on one day.
#[must_use]
pub fn log_odds(mean: f32) -> f32 {
    const SURE: f32 = 0.01;
    let mean = mean * (1.0 - SURE) + 0.5 * SURE;
    libm::logf(mean / (1.0 - mean))
}
