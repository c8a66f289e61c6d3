//! How well a machine knows some pictures.

use rayon::prelude::*;

use super::{
    bits::{Bits, ones},
    exact::{self, LogSum},
    kernel::{Keep, probabilities, softplus_sum},
    layer::{Layer, by_rows},
    machine::{Machine, VisibleKind},
    network::{Draws, Network},
    noise::{Purpose, Streams},
    samples::{Binarise, INK, Samples},
};

/// Pictures taken at once.
const PORTION: usize = 256;
/// A hidden unit that is on less often than this is dead, and more often than one less it, saturated.
pub const DEAD: f32 = 0.01;

/// Means over pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// ⟨(v − p(v | h))²⟩ a pixel with h drawn from v: how badly a picture is drawn again. Not a likelihood.
    pub reconstruction_error: f64,
    /// ⟨F(v)⟩, nats.
    pub free_energy: f64,
    /// Σ over pixels of ⟨ln p(pixel | all others)⟩, nats, estimated from one pixel of each picture; NaN for Gaussian
    /// pixels.
    pub pseudo_log_likelihood: f64,
    /// How often each hidden unit is on, one number each.
    pub activity: Vec<f32>,
}

impl Measures {
    /// Hidden units that are hardly ever on.
    #[must_use]
    pub fn dead(&self) -> usize {
        self.activity.iter().filter(|&&on| on < DEAD).count()
    }

    /// Hidden units that are nearly always on.
    #[must_use]
    pub fn saturated(&self) -> usize {
        self.activity.iter().filter(|&&on| on > 1.0 - DEAD).count()
    }
}

/// Measures a machine on these pictures, black and white as at this epoch. Labels count as seen where the machine has
/// them.
#[must_use]
pub fn measure(
    network: &Network,
    samples: &Samples,
    which: &[u32],
    binarise: Binarise,
    seed: u64,
    epoch: u64,
) -> Measures {
    let shape = network.shape();
    let mut sums = Measures { activity: vec![0.0; shape.hidden], ..Measures::default() };
    for (portion, which) in which.chunks(PORTION).enumerate() {
        let moment = epoch.wrapping_mul(1 << 20).wrapping_add(portion as u64);
        let (visible, mut hidden) = seen(network, samples, which, binarise, seed, moment);
        for (row, inputs) in hidden.input.data().chunks_exact(hidden.input.stride()).enumerate() {
            let inputs = &inputs[..shape.hidden];
            let free_energy = visible_energy(network, &visible, row) - softplus_sum(inputs, 1.0);
            sums.free_energy += free_energy;
            sums.pseudo_log_likelihood += pseudo(network, &visible, row, inputs, seed, moment);
        }
        for row in 0..which.len() {
            let inputs = hidden.input.row_mut(row);
            probabilities(inputs, 1.0);
            sums.activity.iter_mut().zip(inputs).for_each(|(sum, &mut on)| *sum += on);
        }
        sums.reconstruction_error += reconstruction_error(network, &visible, &mut hidden, seed, moment);
    }
    let count = which.len().max(1) as f64;
    sums.free_energy /= count;
    sums.pseudo_log_likelihood /= count;
    sums.reconstruction_error /= count * shape.visible as f64;
    sums.activity.iter_mut().for_each(|on| *on /= count as f32);
    sums
}

/// Pictures as a visible layer, and what the hidden units hear of them; their states are drawn.
fn seen(
    network: &Network,
    samples: &Samples,
    which: &[u32],
    binarise: Binarise,
    seed: u64,
    moment: u64,
) -> (Layer, Layer) {
    let shape = network.shape();
    let mut visible = Layer::new(which.len(), shape.units());
    let mut hidden = Layer::new(which.len(), shape.hidden);
    let grey = Streams::new(seed, Purpose::Measure, moment);
    let how = Draws {
        temperature: 1.0,
        streams: Streams::new(seed.wrapping_add(1), Purpose::Measure, moment),
        keep: Keep::Input,
        clamp: None,
    };
    by_rows(&mut visible, &mut hidden, network.grain(which.len()), |mut visible, mut hidden| {
        visible.each(|row, values, words| {
            let index = which[row] as usize;
            if shape.kind == VisibleKind::Gaussian {
                samples.values_into(index, values);
            } else {
                samples.bits_into(index, binarise, shape.classes, grey, words);
            }
        });
        network.draw_hidden(&visible, &mut hidden, &how);
    });
    (visible, hidden)
}

/// The part of F that is linear in binary units, or quadratic in Gaussian ones.
fn visible_energy(network: &Network, visible: &Layer, row: usize) -> f64 {
    let bias = network.visible_bias.row(0);
    if network.shape().kind == VisibleKind::Binary {
        return -visible.ones().of(row).iter().map(|&unit| f64::from(bias[usize::from(unit)])).sum::<f64>();
    }
    let pixels = network.shape().visible;
    let values = visible.input.row(row).iter().zip(bias).enumerate();
    let along = |(unit, (&value, &bias)): (usize, (&f32, &f32))| {
        let (value, bias) = (f64::from(value), f64::from(bias));
        if unit < pixels { 0.5 * (value - bias) * (value - bias) } else { -bias * value }
    };
    values.map(along).sum()
}

/// N ln p(v_i | the others) for one pixel i drawn at random: F with the pixel turned tells it.
fn pseudo(network: &Network, visible: &Layer, row: usize, inputs: &[f32], seed: u64, moment: u64) -> f64 {
    let shape = network.shape();
    if shape.kind == VisibleKind::Gaussian {
        return f64::NAN;
    }
    let stream = Streams::new(seed, Purpose::Exchange, moment).row(row);
    let unit = stream.below(0, shape.visible);
    let sign = if visible.bits.get(row, unit) { -1.0 } else { 1.0 };
    let turned: Vec<f32> = inputs.iter().zip(network.weights.row(unit)).map(|(x, w)| x + sign * w).collect();
    // F(turned) − F(v), and ln σ of it.
    let rise = -f64::from(sign) * f64::from(network.visible_bias.row(0)[unit])
        - (softplus_sum(&turned, 1.0) - softplus_sum(inputs, 1.0));
    -super::machine::softplus(-rise) * shape.visible as f64
}

/// Σ (v − p(v | h))² over pixels and pictures, or of the mean, in units of ink, for Gaussian ones.
fn reconstruction_error(network: &Network, visible: &Layer, hidden: &mut Layer, seed: u64, moment: u64) -> f64 {
    let shape = network.shape();
    let how = Draws {
        temperature: 1.0,
        streams: Streams::new(seed.wrapping_add(2), Purpose::Measure, moment),
        keep: Keep::Probability,
        clamp: None,
    };
    let mut again = Layer::new(visible.rows(), shape.units());
    by_rows(hidden, &mut again, network.grain(visible.rows()), |hidden, mut again| {
        network.draw_visible(&hidden, &mut again, &how);
    });
    let row_error = |row: usize| -> f64 {
        let drawn = &again.input.row(row)[..shape.visible];
        if shape.kind == VisibleKind::Gaussian {
            let off = drawn.iter().zip(visible.input.row(row)).map(|(p, v)| f64::from((p - v) / INK));
            return off.map(|off| off * off).sum();
        }
        let off = drawn.iter().zip(visible.bits.values(row)).map(|(&p, on)| f64::from(p) - f64::from(u8::from(on)));
        off.map(|off| off * off).sum()
    };
    (0..visible.rows()).map(row_error).sum()
}

/// What a label is worth: ln p(label | pixels) for each, by F of the picture with that label on.
#[must_use]
pub fn class_probabilities(network: &Network, bits: &Bits, row: usize) -> Vec<f64> {
    let shape = network.shape();
    let mut inputs = network.hidden_bias.row(0).to_vec();
    for unit in ones(bits.row(row)).filter(|&unit| unit < shape.visible) {
        inputs.iter_mut().zip(network.weights.row(unit)).for_each(|(input, weight)| *input += weight);
    }
    let log_weight = |class: usize| {
        let unit = shape.visible + class;
        let with: Vec<f32> = inputs.iter().zip(network.weights.row(unit)).map(|(x, w)| x + w).collect();
        f64::from(network.visible_bias.row(0)[unit]) + softplus_sum(&with, 1.0)
    };
    let logs: Vec<f64> = (0..shape.classes).map(log_weight).collect();
    let mut sum = LogSum::default();
    logs.iter().for_each(|&log| sum.add(log));
    logs.into_iter().map(|log| libm::exp(log - sum.value())).collect()
}

/// ln p of the first pictures, given ln Z: black and white as the seed has it, labels left open.
#[must_use]
pub fn log_likelihoods(
    machine: &Machine,
    samples: &Samples,
    most: usize,
    how: Binarise,
    seed: u64,
    log_z: f64,
) -> Vec<f64> {
    let shape = machine.shape;
    let streams = Streams::new(seed, Purpose::Binarise, 0);
    let of = |index: usize| {
        let mut picture = vec![0.0; shape.visible];
        if shape.kind == VisibleKind::Gaussian {
            samples.values_into(index, &mut picture);
        } else {
            let mut words = vec![0; shape.units().div_ceil(64)];
            samples.bits_into(index, how, 0, streams, &mut words);
            ones(&words).for_each(|unit| picture[unit] = 1.0);
        }
        exact::log_likelihood(machine, &picture, log_z)
    };
    (0..samples.len().min(most)).into_par_iter().map(of).collect()
}
