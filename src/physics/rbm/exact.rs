//! The partition function by going through all states of the smaller layer.

use super::{
    RbmError,
    machine::{Machine, VisibleKind},
};

/// Most units of the layer that is gone through: 2²⁰ states take about a second.
pub const MOST_EXACT: usize = 20;

/// ln Z = ln Σ_v,h e^−E(v, h), in f64. For Gaussian pixels the sum over v is an integral.
///
/// Goes through the states in Gray's order, in which one unit changes at a time. `watch` is told how much is done, and
/// stops the sum by answering `false`; then there is no result.
///
/// # Errors
/// If neither layer is small enough, or the machine does not fit together.
pub fn log_partition(machine: &Machine, watch: &dyn Fn(f64) -> bool) -> Result<Option<f64>, RbmError> {
    machine.validate()?;
    let shape = machine.shape;
    let over_hidden = shape.kind == VisibleKind::Gaussian || shape.hidden <= MOST_EXACT.min(shape.visible);
    let units = if over_hidden { shape.hidden } else { shape.visible };
    if units > MOST_EXACT {
        let units = units.min(shape.hidden);
        return Err(RbmError::TooLarge { units, most: MOST_EXACT });
    }
    Ok(if over_hidden { over_hidden_states(machine, watch) } else { over_visible_states(machine, watch) })
}

/// Whether [`log_partition`] can do it.
#[must_use]
pub fn is_possible(machine: &Machine) -> bool {
    let shape = machine.shape;
    shape.hidden <= MOST_EXACT || (shape.kind == VisibleKind::Binary && shape.visible <= MOST_EXACT)
}

fn over_hidden_states(machine: &Machine, watch: &dyn Fn(f64) -> bool) -> Option<f64> {
    let shape = machine.shape;
    let columns: Vec<Vec<f64>> = (0..shape.hidden)
        .map(|hidden| (0..shape.units()).map(|unit| f64::from(machine.weights_of(unit)[hidden])).collect())
        .collect();
    let mut input: Vec<f64> = machine.visible_bias.iter().map(|&bias| f64::from(bias)).collect();
    let biases: Vec<f64> = input.clone();
    let hidden_bias: Vec<f64> = machine.hidden_bias.iter().map(|&bias| f64::from(bias)).collect();
    let mut energy = 0.0;
    let mut sum = LogSum::default();
    for state in Gray::new(shape.hidden) {
        if let Some((unit, on)) = state.change {
            let sign = if on { 1.0 } else { -1.0 };
            input.iter_mut().zip(&columns[unit]).for_each(|(input, weight)| *input += sign * weight);
            energy += sign * hidden_bias[unit];
        }
        let (pixels, labels) = input.split_at(shape.visible);
        let seen = match shape.kind {
            VisibleKind::Binary => softplus_sum(pixels),
            // ∫ e^(−½ (v − b)² + v (x − b)) dv with x = b + W h.
            VisibleKind::Gaussian => {
                let along = |(&input, &bias): (&f64, &f64)| 0.5 * (input * input - bias * bias);
                let constant = 0.5 * (std::f64::consts::TAU).ln() * pixels.len() as f64;
                constant + pixels.iter().zip(&biases).map(along).sum::<f64>()
            }
        };
        sum.add(energy + seen + log_sum(labels));
        if state.index % 1024 == 0 && !watch(state.done) {
            return None;
        }
    }
    Some(sum.value())
}

fn over_visible_states(machine: &Machine, watch: &dyn Fn(f64) -> bool) -> Option<f64> {
    let shape = machine.shape;
    let mut sum = LogSum::default();
    let classes = shape.classes.max(1);
    for class in 0..classes {
        let mut input: Vec<f64> = machine.hidden_bias.iter().map(|&bias| f64::from(bias)).collect();
        let mut energy = 0.0;
        let mut turn = |unit: usize, sign: f64, input: &mut Vec<f64>| {
            let row = machine.weights_of(unit);
            input.iter_mut().zip(row).for_each(|(input, &weight)| *input += sign * f64::from(weight));
            energy += sign * f64::from(machine.visible_bias[unit]);
            energy
        };
        let mut linear = if shape.classes > 0 { turn(shape.visible + class, 1.0, &mut input) } else { 0.0 };
        for state in Gray::new(shape.visible) {
            if let Some((unit, on)) = state.change {
                linear = turn(unit, if on { 1.0 } else { -1.0 }, &mut input);
            }
            sum.add(linear + softplus_sum(&input));
            if state.index % 1024 == 0 && !watch((class as f64 + state.done) / classes as f64) {
                return None;
            }
        }
    }
    Some(sum.value())
}

/// Σ ln(1 + e^x); the logarithm of a product, taken every 512 factors.
fn softplus_sum(inputs: &[f64]) -> f64 {
    let block = |inputs: &[f64]| {
        let (mut positive, mut product) = (0.0, 1.0);
        for &x in inputs {
            positive += x.max(0.0);
            product *= 1.0 + libm::exp(-x.abs());
        }
        positive + libm::log(product)
    };
    inputs.chunks(512).map(block).sum()
}

/// ln Σ e^x; 0 for no labels at all.
fn log_sum(inputs: &[f64]) -> f64 {
    if inputs.is_empty() {
        return 0.0;
    }
    let mut sum = LogSum::default();
    inputs.iter().for_each(|&input| sum.add(input));
    sum.value()
}

/// ln Σ e^x of many terms, without overflow.
#[derive(Clone, Copy, Debug)]
pub struct LogSum {
    largest: f64,
    sum: f64,
}

impl Default for LogSum {
    fn default() -> Self {
        Self { largest: f64::NEG_INFINITY, sum: 0.0 }
    }
}

impl LogSum {
    /// One more term, given as its logarithm.
    pub fn add(&mut self, term: f64) {
        if term > self.largest {
            self.sum = self.sum * libm::exp(self.largest - term) + 1.0;
            self.largest = term;
        } else if term > f64::NEG_INFINITY {
            self.sum += libm::exp(term - self.largest);
        }
    }

    /// The logarithm of the sum.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.largest + libm::log(self.sum)
    }
}

/// All states of some units, from all off on, each with the one unit that changed.
struct Gray {
    units: usize,
    next: u64,
}

struct GrayState {
    index: u64,
    /// The unit that changed, and whether it is on now.
    change: Option<(usize, bool)>,
    done: f64,
}

impl Gray {
    fn new(units: usize) -> Self {
        Self { units, next: 0 }
    }
}

impl Iterator for Gray {
    type Item = GrayState;

    fn next(&mut self) -> Option<GrayState> {
        let (index, end) = (self.next, 1 << self.units);
        if index == end {
            return None;
        }
        self.next += 1;
        let change = (index > 0).then(|| {
            let unit = index.trailing_zeros() as usize;
            // The code of an index is index ^ index / 2.
            (unit, (index ^ (index >> 1)) >> unit & 1 == 1)
        });
        Some(GrayState { index, change, done: index as f64 / end as f64 })
    }
}

/// ln p(v) = −F(v) − ln Z of a picture; with labels, of the picture with any label.
#[must_use]
pub fn log_likelihood(machine: &Machine, pixels: &[f32], log_z: f64) -> f64 {
    let shape = machine.shape;
    if shape.classes == 0 {
        return -machine.free_energy(pixels) - log_z;
    }
    let mut state = pixels.to_vec();
    state.resize(shape.units(), 0.0);
    let mut sum = LogSum::default();
    for class in 0..shape.classes {
        state[shape.visible..].fill(0.0);
        state[shape.visible + class] = 1.0;
        sum.add(-machine.free_energy(&state));
    }
    sum.value() - log_z
}
