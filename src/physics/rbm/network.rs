//! The machine laid out for speed: its weights both ways round, in rows that fill cache lines, and the two conditional
//! distributions p(h | v) and p(v | h) for many chains at once.

use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder, linalg::general_mat_mul};
use rayon::prelude::*;

use super::{
    kernel::{Base, Keep, Matrix, draw, sum_rows},
    layer::Rows,
    machine::{Machine, Shape, VisibleKind},
    noise::{Stream, Streams},
};

/// Work, counted in connections times chains, from which several threads are worth their start.
const WORTH_THREADS: usize = 4_000_000;
/// Rows that a product of matrices takes at once, whatever the number of threads.
const PRODUCT_ROWS: usize = 32;

/// A machine ready to run.
#[derive(Clone, Debug)]
pub struct Network {
    shape: Shape,
    /// w: a row for each visible unit.
    pub(super) weights: Matrix,
    /// The weights once more, a row for each hidden unit.
    transpose: Matrix,
    pub(super) visible_bias: Matrix,
    pub(super) hidden_bias: Matrix,
}

/// Visible units that are held at a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clamp {
    /// A bit for each unit that is held.
    pub held: Vec<u64>,
    /// A bit for each unit that is held on.
    pub on: Vec<u64>,
    /// Values of all units, for Gaussian pixels.
    pub values: Vec<f32>,
}

impl Clamp {
    /// Holds the units for which there is a value.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = Option<f32>>) -> Self {
        let mut clamp = Self::default();
        for (unit, value) in values.into_iter().enumerate() {
            if unit % 64 == 0 {
                clamp.held.push(0);
                clamp.on.push(0);
            }
            let bit = 1 << (unit % 64);
            if let Some(value) = value {
                clamp.held[unit / 64] |= bit;
                clamp.on[unit / 64] |= if value >= 0.5 { bit } else { 0 };
            }
            clamp.values.push(value.unwrap_or(0.0));
        }
        clamp
    }

    /// Holds the label units at a label, pixels free; `None` if the machine has no such label.
    #[must_use]
    pub fn label(shape: Shape, label: usize) -> Option<Self> {
        let held = |class: usize| Some(if class == label { 1.0 } else { 0.0 });
        let values = (0..shape.visible).map(|_| None).chain((0..shape.classes).map(held));
        (label < shape.classes).then(|| Self::new(values))
    }
}

/// How states are drawn.
#[derive(Clone, Copy)]
pub struct Draws<'a> {
    /// Temperature T: inputs count for 1/T.
    pub temperature: f32,
    /// Random numbers.
    pub streams: Streams,
    /// What stays behind in place of the inputs.
    pub keep: Keep,
    /// Visible units that are held.
    pub clamp: Option<&'a Clamp>,
}

impl Network {
    /// Lays out a machine, whose sizes must fit (see [`Machine::validate`]).
    #[must_use]
    pub fn new(machine: &Machine) -> Self {
        let shape = machine.shape;
        let mut weights = Matrix::zeros(shape.units(), shape.hidden);
        for unit in 0..shape.units() {
            weights.row_mut(unit).copy_from_slice(machine.weights_of(unit));
        }
        let mut network = Self {
            shape,
            weights,
            transpose: Matrix::zeros(shape.hidden, shape.units()),
            visible_bias: Matrix::single(&machine.visible_bias),
            hidden_bias: Matrix::single(&machine.hidden_bias),
        };
        network.transpose();
        network
    }

    /// The machine as it is kept and shown.
    #[must_use]
    pub fn machine(&self) -> Machine {
        let mut machine =
            Machine { shape: self.shape, weights: Vec::new(), visible_bias: Vec::new(), hidden_bias: Vec::new() };
        self.write_to(&mut machine);
        machine
    }

    /// Writes sizes, weights and biases into a machine, whose memory is reused.
    pub fn write_to(&self, machine: &mut Machine) {
        machine.shape = self.shape;
        machine.weights.clear();
        for unit in 0..self.shape.units() {
            machine.weights.extend_from_slice(self.weights.row(unit));
        }
        machine.visible_bias.clear();
        machine.visible_bias.extend_from_slice(self.visible_bias.row(0));
        machine.hidden_bias.clear();
        machine.hidden_bias.extend_from_slice(self.hidden_bias.row(0));
    }

    /// Returns the numbers of units and what kind they are.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns the weights w_ij, a row for each visible unit i and a column for each hidden unit j.
    #[must_use]
    pub fn weights(&self) -> &Matrix {
        &self.weights
    }

    /// Brings the transpose up to date with the weights.
    pub(super) fn transpose(&mut self) {
        let (from, stride) = (&self.weights, self.transpose.stride());
        let rows = self.transpose.rows().div_ceil(8).next_multiple_of(16);
        let data = self.transpose.data_mut();
        if from.rows() * from.columns() * 100 < WORTH_THREADS || rayon::current_num_threads() == 1 {
            from.transpose_into(0, data, stride);
        } else {
            let parts = data.par_chunks_mut(rows * stride).enumerate();
            parts.for_each(|(part, to)| from.transpose_into(part * rows, to, stride));
        }
    }

    /// How work on so many chains is cut: not at all where threads cost more than they bring.
    #[must_use]
    pub fn grain(&self, rows: usize) -> Option<usize> {
        let worth = rows * self.shape.units() * self.shape.hidden >= WORTH_THREADS;
        worth.then_some(if self.shape.kind == VisibleKind::Gaussian { PRODUCT_ROWS } else { 1 })
    }

    /// Inputs of the hidden units, c_j + Σ_i v_i w_ij.
    pub fn hear_visible(&self, visible: &Rows<'_>, hidden: &mut Rows<'_>) {
        match self.shape.kind {
            VisibleKind::Binary => {
                let base = Base::Row(self.hidden_bias.data());
                sum_rows(&self.weights, visible.ones(), base, 1.0, hidden.input);
            }
            VisibleKind::Gaussian => self.multiply(visible, hidden),
        }
    }

    /// Works out the inputs of hidden units from visible numbers: a product of matrices.
    fn multiply(&self, visible: &Rows<'_>, hidden: &mut Rows<'_>) {
        let weights = view(&self.weights);
        let (units, columns) = (self.shape.units(), self.shape.hidden);
        let pieces = visible.input.chunks(PRODUCT_ROWS * visible.stride);
        for (values, inputs) in pieces.zip(hidden.input.chunks_mut(PRODUCT_ROWS * hidden.stride)) {
            let rows = values.len() / visible.stride;
            for inputs in inputs.chunks_exact_mut(hidden.stride) {
                inputs[..columns].copy_from_slice(self.hidden_bias.row(0));
            }
            // Shapes are those of the layers' own memory.
            let values = ArrayView2::from_shape((rows, units).strides((visible.stride, 1)), values);
            let inputs = ArrayViewMut2::from_shape((rows, columns).strides((hidden.stride, 1)), inputs);
            if let (Ok(values), Ok(mut inputs)) = (values, inputs) {
                general_mat_mul(1.0, &values, &weights, 1.0, &mut inputs);
            }
        }
    }

    /// Draws the hidden units given the visible ones.
    pub fn draw_hidden(&self, visible: &Rows<'_>, hidden: &mut Rows<'_>, how: &Draws<'_>) {
        self.hear_visible(visible, hidden);
        hidden.each(|row, inputs, words| {
            draw(inputs, 1.0 / how.temperature, how.streams.row(row), how.keep, words);
        });
    }

    /// Draws the visible units given the hidden ones. Of labels, one is on.
    pub fn draw_visible(&self, hidden: &Rows<'_>, visible: &mut Rows<'_>, how: &Draws<'_>) {
        self.hear_hidden(hidden, visible, Base::Row(self.visible_bias.data()), 1.0);
        visible.each(|row, inputs, words| self.draw_row(how.streams.row(row), inputs, words, how));
    }

    /// Inputs of the visible units: base + scale · Σ_j w_ij h_j.
    pub(super) fn hear_hidden(&self, hidden: &Rows<'_>, visible: &mut Rows<'_>, base: Base<'_>, scale: f32) {
        sum_rows(&self.transpose, hidden.ones(), base, scale, visible.input);
    }

    /// Draws one visible row from its inputs.
    pub(super) fn draw_row(&self, stream: Stream, inputs: &mut [f32], words: &mut [u64], how: &Draws<'_>) {
        let scale = 1.0 / how.temperature;
        let (pixels, labels) = inputs.split_at_mut(self.shape.visible);
        match self.shape.kind {
            VisibleKind::Binary => {
                words[pixels.len().div_ceil(64)..].fill(0);
                draw(pixels, scale, stream, how.keep, words);
            }
            VisibleKind::Gaussian => {
                words.fill(0);
                if how.keep == Keep::Input {
                    let spread = how.temperature.sqrt();
                    for (unit, value) in (0_u32..).zip(pixels) {
                        *value += spread * stream.normal(unit);
                    }
                }
            }
        }
        if !labels.is_empty() {
            let label = softmax(labels, scale, stream.uniform(u32::MAX), how.keep);
            let unit = self.shape.visible + label;
            words[unit / 64] |= 1 << (unit % 64);
            if self.shape.kind == VisibleKind::Gaussian {
                labels.fill(0.0);
                labels[label] = 1.0;
            }
        }
        if let Some(clamp) = how.clamp {
            hold(clamp, words);
            if self.shape.kind == VisibleKind::Gaussian {
                hold_values(clamp, inputs);
            }
        }
    }
}

fn hold(clamp: &Clamp, words: &mut [u64]) {
    for (word, (held, on)) in words.iter_mut().zip(clamp.held.iter().zip(&clamp.on)) {
        *word = *word & !held | on;
    }
}

pub(super) fn hold_values(clamp: &Clamp, inputs: &mut [f32]) {
    for (unit, (input, &value)) in inputs.iter_mut().zip(&clamp.values).enumerate() {
        if clamp.held[unit / 64] >> (unit % 64) & 1 == 1 {
            *input = value;
        }
    }
}

/// One of several, k with probability ∝ e^(scale · input_k), drawn by a number in [0, 1).
fn softmax(inputs: &mut [f32], scale: f32, uniform: f32, keep: Keep) -> usize {
    let largest = inputs.iter().fold(f32::NEG_INFINITY, |largest, &input| largest.max(input));
    let weight = |input: f32| libm::expf(scale * (input - largest));
    let total: f32 = inputs.iter().map(|&input| weight(input)).sum();
    let mut left = uniform * total;
    let mut drawn = None;
    for (class, input) in inputs.iter_mut().enumerate() {
        let weight = weight(*input);
        if drawn.is_none() && left < weight {
            drawn = Some(class);
        }
        left -= weight;
        if keep == Keep::Probability {
            *input = weight / total;
        }
    }
    // Rounding may leave a crumb past the last one.
    drawn.unwrap_or(inputs.len() - 1)
}

/// A matrix without its padding.
pub(super) fn view(matrix: &Matrix) -> ArrayView2<'_, f32> {
    let shape = (matrix.rows(), matrix.columns()).strides((matrix.stride(), 1));
    // The shape is that of its own memory.
    ArrayView2::from_shape(shape, matrix.data()).expect("a matrix fits its memory")
}
