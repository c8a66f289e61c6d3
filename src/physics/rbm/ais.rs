//! The partition function by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008).
//!
//! Chains go from a machine without connections, whose Z is known, to the trained one in many small steps; the mean of
//! their weights is Z over the known Z. Its logarithm comes out too low where chains do not keep up, which flatters the
//! likelihood. So chains also go back. From exact samples of the trained machine they would come out too high; here they
//! begin at pictures that Gibbs steps have settled, which need not have found all of the machine's valleys. That makes
//! them a check and not a bound: where the two differ, more steps are needed; a valley that both miss stays hidden.

use rayon::prelude::*;

use super::{
    super::seeds::stream_seed,
    RbmError,
    chains::Chains,
    exact::LogSum,
    kernel::{Base, Keep, softplus_sum},
    layer::{Layer, Rows},
    machine::{Machine, VisibleKind, log_odds, softplus},
    network::{Draws, Network},
    noise::{Purpose, Streams},
    samples::{Binarise, INK, Samples},
};

/// How much to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annealing {
    /// Chains.
    pub runs: usize,
    /// Steps of each.
    pub steps: usize,
    /// Seed.
    pub seed: u64,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partition {
    /// ln Z.
    pub log_z: f64,
    /// Its standard error, from the spread of the weights.
    pub error: f64,
    /// ln Z by chains that go back: a check.
    pub reverse: f64,
}

/// Chains that one thread takes at once.
const GROUP: usize = 10;
/// Gibbs steps from the data to states of the machine, before chains go back.
const SETTLE: u64 = 1000;

impl Annealing {
    /// Whether it can be done.
    ///
    /// # Errors
    /// If there are too few or too many runs or steps.
    pub fn validate(&self) -> Result<(), RbmError> {
        let check = |name, value: usize, range: std::ops::RangeInclusive<usize>, allowed| {
            let value_f = value as f64;
            if range.contains(&value) { Ok(()) } else { Err(RbmError::Setting { name, value: value_f, allowed }) }
        };
        check("AIS runs", self.runs, 2..=100_000, "2 to 100000")?;
        check("AIS steps", self.steps, 1..=10_000_000, "1 to 10000000")
    }

    /// ln Z of a machine, with the pictures it learned or others like them: their means give the machine that chains
    /// begin at, and the chains that go back begin near them. `watch` is told how much is done and stops it all by
    /// answering `false`; then there is no result.
    ///
    /// # Errors
    /// If a setting is out of range, or the pictures do not fit.
    pub fn run(
        &self,
        machine: &Machine,
        samples: &Samples,
        binarise: Binarise,
        watch: &(dyn Fn(f64) -> bool + Sync),
    ) -> Result<Option<Partition>, RbmError> {
        self.validate()?;
        machine.validate()?;
        if samples.pixels() != machine.shape.visible {
            return Err(RbmError::Pixels { expected: machine.shape.visible, found: samples.pixels() });
        }
        let path = Path::new(machine, samples, self.steps);
        let Some(states) = self.settled(&path.network, samples, binarise, watch) else { return Ok(None) };
        let done = std::sync::atomic::AtomicUsize::new(0);
        let groups: Vec<usize> = (0..self.runs.div_ceil(GROUP)).collect();
        let all = 2 * groups.len() * self.steps;
        let step = || {
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            !done.is_multiple_of(64) || watch(0.1 + 0.9 * done as f64 / all as f64)
        };
        let runs: Option<Vec<(Vec<f64>, Vec<f64>)>> = groups
            .into_par_iter()
            .map(|group| {
                let first = group * GROUP;
                let count = GROUP.min(self.runs - first);
                Some((
                    path.forward(self.seed, first, count, &step)?,
                    path.back(self.seed, first, count, &states, &step)?,
                ))
            })
            .collect();
        Ok(runs.map(|runs| {
            let (forward, back): (Vec<Vec<f64>>, Vec<Vec<f64>>) = runs.into_iter().unzip();
            let (ratio, error) = log_mean(&forward.concat());
            let (back, _) = log_mean(&back.concat());
            Partition { log_z: path.log_z_base + ratio, error, reverse: path.log_z_base - back }
        }))
    }

    /// States near those of the machine: chains that began at pictures.
    fn settled(
        &self,
        network: &Network,
        samples: &Samples,
        binarise: Binarise,
        watch: &(dyn Fn(f64) -> bool + Sync),
    ) -> Option<Layer> {
        // Streams of their own: the chains that go forward count their moments from 0 as well.
        let seed = stream_seed(self.seed, &[Purpose::Settle as u64]);
        let which: Vec<usize> = (0..self.runs).map(|run| run * samples.len() / self.runs).collect();
        let mut chains = Chains::from_samples(network, samples, &which, binarise, seed);
        for part in 0..SETTLE / 10 {
            if !watch(0.1 * part as f64 / (SETTLE / 10) as f64) {
                return None;
            }
            chains.run(network, 1.0, 10, None);
        }
        Some(chains.visible)
    }
}

/// ln of the mean of weights given by their logarithms, and its standard error.
fn log_mean(log_weights: &[f64]) -> (f64, f64) {
    let mut sum = LogSum::default();
    log_weights.iter().for_each(|&weight| sum.add(weight));
    let count = log_weights.len() as f64;
    let mean = sum.value() - libm::log(count);
    // The error of ln w is that of w over w: of weights scaled to the mean 1.
    let variance = log_weights.iter().map(|weight| libm::exp(weight - mean) - 1.0).map(|off| off * off).sum::<f64>();
    (mean, (variance / (count * (count - 1.0))).sqrt())
}

/// The way from the machine without connections (β = 0) to the trained one (β = 1):
/// ln p*_β(v) = v·((1 − β) a + β b) + Σ_j ln(1 + e^(β x_j)) with x the inputs of the hidden units.
struct Path {
    network: Network,
    /// a: biases of the machine without connections.
    base_bias: Vec<f32>,
    bias: Vec<f32>,
    log_z_base: f64,
    steps: usize,
}

impl Path {
    fn new(machine: &Machine, samples: &Samples, steps: usize) -> Self {
        let shape = machine.shape;
        let means = samples.means();
        let mut base_bias: Vec<f32> = match shape.kind {
            VisibleKind::Binary => means.iter().map(|&mean| log_odds(mean)).collect(),
            VisibleKind::Gaussian => means.iter().map(|&mean| INK * mean).collect(),
        };
        let pixels = match shape.kind {
            VisibleKind::Binary => base_bias.iter().map(|&bias| softplus(f64::from(bias))).sum::<f64>(),
            VisibleKind::Gaussian => 0.5 * libm::log(std::f64::consts::TAU) * shape.visible as f64,
        };
        base_bias.resize(shape.units(), 0.0);
        let labels = if shape.classes > 0 { libm::log(shape.classes as f64) } else { 0.0 };
        let log_z_base = pixels + labels + shape.hidden as f64 * std::f64::consts::LN_2;
        let bias = machine.visible_bias.clone();
        Self { network: Network::new(machine), base_bias, bias, log_z_base, steps }
    }

    /// β after so many steps. Near 1, where the machine freezes into its memories, steps are smaller.
    fn beta(&self, step: usize) -> f64 {
        let t = step as f64 / self.steps as f64;
        t * (1.5 - 0.5 * t)
    }

    /// ln p*_β of a state whose hidden inputs are given, at two β: the difference, second less first.
    fn log_ratio(&self, betas: (f64, f64), inputs: &[f32], visible: Visible<'_>) -> f64 {
        let linear: f64 = match visible {
            Visible::Ones(ones) => {
                let along = |&unit: &u16| f64::from(self.bias[usize::from(unit)] - self.base_bias[usize::from(unit)]);
                ones.iter().map(along).sum()
            }
            Visible::Values(values) => {
                let pixels = self.network.shape().visible;
                let along = |(unit, &value): (usize, &f32)| {
                    let (value, a, b) = (f64::from(value), f64::from(self.base_bias[unit]), f64::from(self.bias[unit]));
                    if unit < pixels {
                        0.5 * ((value - a) * (value - a) - (value - b) * (value - b))
                    } else {
                        value * (b - a)
                    }
                };
                values.iter().enumerate().map(along).sum()
            }
        };
        let hidden = softplus_sum(inputs, betas.1 as f32) - softplus_sum(inputs, betas.0 as f32);
        (betas.1 - betas.0) * linear + hidden
    }

    /// Adds the ratio of two β to the weight of each chain. Leaves the hidden inputs of its state behind.
    fn weigh(&self, betas: (f64, f64), visible: &Rows<'_>, hidden: &mut Rows<'_>, log_weights: &mut [f64]) {
        self.network.hear_visible(visible, hidden);
        let columns = self.network.shape().hidden;
        let gaussian = self.network.shape().kind == VisibleKind::Gaussian;
        for (row, (inputs, weight)) in hidden.input.chunks_exact(hidden.stride).zip(log_weights).enumerate() {
            let state = if gaussian {
                Visible::Values(&visible.input[row * visible.stride..][..visible.units()])
            } else {
                Visible::Ones(visible.ones().of(row))
            };
            *weight += self.log_ratio(betas, &inputs[..columns], state);
        }
    }

    /// A Gibbs step at β. Hidden inputs must be those of the state.
    fn step(&self, beta: f64, moment: u64, seed: u64, visible: &mut Rows<'_>, hidden: &mut Rows<'_>) {
        let beta = beta as f32;
        let hidden_streams = Streams::new(seed, Purpose::DreamHidden, moment);
        hidden.each(|row, inputs, words| {
            super::kernel::draw(inputs, beta, hidden_streams.row(row), Keep::Input, words);
        });
        let how = Draws {
            temperature: 1.0,
            streams: Streams::new(seed, Purpose::DreamVisible, moment),
            keep: Keep::Input,
            clamp: None,
        };
        self.network.hear_hidden(hidden, visible, Base::Zero, beta);
        let biases = self.base_bias.iter().zip(&self.bias).map(|(a, b)| (1.0 - beta) * a + beta * b);
        let biases: Vec<f32> = biases.collect();
        visible.each(|row, inputs, words| {
            inputs.iter_mut().zip(&biases).for_each(|(input, bias)| *input += bias);
            self.network.draw_row(how.streams.row(row), inputs, words, &how);
        });
    }

    fn forward(&self, seed: u64, first: usize, count: usize, step: &dyn Fn() -> bool) -> Option<Vec<f64>> {
        let (mut visible_layer, mut hidden_layer) = self.layers(count);
        let (mut visible, mut hidden) = (visible_layer.whole(), hidden_layer.whole());
        (visible.first, hidden.first) = (first, first);
        // At β = 0 the hidden units do not matter: one step from anywhere is a sample.
        hidden.input.fill(0.0);
        self.step(0.0, 0, seed, &mut visible, &mut hidden);
        let mut log_weights = vec![0.0; count];
        for k in 1..=self.steps {
            let betas = (self.beta(k - 1), self.beta(k));
            self.weigh(betas, &visible, &mut hidden, &mut log_weights);
            if k < self.steps {
                self.step(betas.1, k as u64, seed, &mut visible, &mut hidden);
            }
            if !step() {
                return None;
            }
        }
        Some(log_weights)
    }

    fn back(&self, seed: u64, first: usize, count: usize, states: &Layer, step: &dyn Fn() -> bool) -> Option<Vec<f64>> {
        let (mut visible_layer, mut hidden_layer) = self.layers(count);
        for row in 0..count {
            visible_layer.bits.row_mut(row).copy_from_slice(states.bits.row(first + row));
            visible_layer.input.row_mut(row).copy_from_slice(states.input.row(first + row));
        }
        visible_layer.relist();
        let (mut visible, mut hidden) = (visible_layer.whole(), hidden_layer.whole());
        (visible.first, hidden.first) = (first, first);
        let mut log_weights = vec![0.0; count];
        for k in (1..=self.steps).rev() {
            let betas = (self.beta(k), self.beta(k - 1));
            self.weigh(betas, &visible, &mut hidden, &mut log_weights);
            if k > 1 {
                // Other moments than those of the chains that go forward.
                self.step(betas.1, (self.steps + k) as u64, seed, &mut visible, &mut hidden);
            }
            if !step() {
                return None;
            }
        }
        Some(log_weights)
    }

    fn layers(&self, count: usize) -> (Layer, Layer) {
        let shape = self.network.shape();
        (Layer::new(count, shape.units()), Layer::new(count, shape.hidden))
    }
}

/// A visible state: the units that are on, or numbers.
#[derive(Clone, Copy)]
enum Visible<'a> {
    Ones(&'a [u16]),
    Values(&'a [f32]),
}
