//! Dreams: chains of block Gibbs steps, many at once, hot or cold, with any part of the picture held.

use super::{
    kernel::{Keep, Matrix, draw},
    layer::{Layer, by_rows},
    machine::VisibleKind,
    network::{Clamp, Draws, Network},
    noise::{Purpose, Streams},
    samples::{Binarise, INK, Samples},
};

/// Some chains.
#[derive(Clone, Debug)]
pub struct Chains {
    pub(super) visible: Layer,
    pub(super) hidden: Layer,
    /// Where probabilities are worked out to be looked at.
    shown: Layer,
    seed: u64,
    steps: u64,
}

impl Chains {
    /// Chains that begin at noise: each pixel on or off by the toss of a coin.
    #[must_use]
    pub fn from_noise(network: &Network, count: usize, seed: u64) -> Self {
        let shape = network.shape();
        let mut chains = Self {
            visible: Layer::new(count, shape.units()),
            hidden: Layer::new(count, shape.hidden),
            shown: Layer::new(count, shape.units()),
            seed,
            steps: 0,
        };
        (0..count).for_each(|row| chains.set_noise(network, row));
        chains.visible.relist();
        chains
    }

    /// Chains that begin at pictures, one for each number in `which`.
    #[must_use]
    pub fn from_samples(network: &Network, samples: &Samples, which: &[usize], how: Binarise, seed: u64) -> Self {
        let mut chains = Self::from_noise(network, which.len(), seed);
        let grey = Streams::new(seed, Purpose::Binarise, u64::MAX);
        let classes = network.shape().classes;
        for (row, &index) in which.iter().enumerate() {
            samples.bits_into(index, how, classes, grey, chains.visible.bits.row_mut(row));
            if network.shape().kind == VisibleKind::Gaussian {
                chains.visible.bits.row_mut(row).fill(0);
                samples.values_into(index, chains.visible.input.row_mut(row));
            }
        }
        chains.visible.relist();
        chains
    }

    /// Begins a chain at noise; lists must be made anew.
    fn set_noise(&mut self, network: &Network, row: usize) {
        let shape = network.shape();
        let stream = Streams::new(self.seed, Purpose::Noise, self.steps).row(row);
        let mut inputs = vec![0.0; shape.units()];
        let words = self.visible.bits.row_mut(row);
        words.fill(0);
        draw(&mut inputs[..shape.visible], 1.0, stream, Keep::Input, words);
        if shape.classes > 0 {
            let label = shape.visible + stream.below(u32::MAX, shape.classes);
            self.visible.bits.set(row, label, true);
            inputs[label] = 1.0;
        }
        if shape.kind == VisibleKind::Gaussian {
            for (unit, input) in (0_u32..).zip(&mut inputs[..shape.visible]) {
                *input = 0.5 * INK + stream.normal(unit);
            }
            self.visible.input.row_mut(row).copy_from_slice(&inputs);
        }
    }

    /// Begins all chains again at pictures, one number from 0 to 1 for each unit, or fewer: the labels stay then.
    pub fn set_pictures(&mut self, network: &Network, picture: impl Fn(usize) -> Vec<f32>) {
        let shape = network.shape();
        for row in 0..self.count() {
            let picture = picture(row);
            for (unit, &value) in picture.iter().enumerate() {
                self.visible.bits.set(row, unit, value >= 0.5);
            }
            if shape.kind == VisibleKind::Gaussian {
                for (unit, (to, &value)) in self.visible.input.row_mut(row).iter_mut().zip(&picture).enumerate() {
                    *to = if unit < shape.visible { INK * value } else { value };
                }
            }
        }
        self.visible.relist();
    }

    /// Gibbs steps at a temperature, for all chains: hidden units given the visible ones, then visible ones given those.
    pub fn run(&mut self, network: &Network, temperature: f32, steps: u64, clamp: Option<&Clamp>) {
        let (seed, first) = (self.seed, self.steps);
        let how = |purpose, step| Draws {
            temperature,
            streams: Streams::new(seed, purpose, first + step),
            keep: Keep::Input,
            clamp,
        };
        let grain = network.grain(self.count());
        by_rows(&mut self.visible, &mut self.hidden, grain, |mut visible, mut hidden| {
            for step in 0..steps {
                network.draw_hidden(&visible, &mut hidden, &how(Purpose::DreamHidden, step));
                network.draw_visible(&hidden, &mut visible, &how(Purpose::DreamVisible, step));
            }
        });
        self.steps += steps;
    }

    /// E(v, h) of a chain.
    #[must_use]
    pub fn energy(&self, network: &Network, row: usize) -> f64 {
        let shape = network.shape();
        let on = |layer: &Layer| -> Vec<usize> { super::bits::ones(layer.bits.row(row)).collect() };
        let hidden = on(&self.hidden);
        let hidden_bias = network.hidden_bias.row(0);
        let mut energy = -hidden.iter().map(|&unit| f64::from(hidden_bias[unit])).sum::<f64>();
        let pull = |unit: usize| hidden.iter().map(|&on| f64::from(network.weights.row(unit)[on])).sum::<f64>();
        if shape.kind == VisibleKind::Binary {
            for unit in on(&self.visible) {
                energy -= f64::from(network.visible_bias.row(0)[unit]) + pull(unit);
            }
            return energy;
        }
        for (unit, &value) in self.visible.input.row(row).iter().enumerate() {
            let (value, bias) = (f64::from(value), f64::from(network.visible_bias.row(0)[unit]));
            let own = if unit < shape.visible { 0.5 * (value - bias) * (value - bias) } else { -bias * value };
            energy += own - value * pull(unit);
        }
        energy
    }

    /// Exchanges the states of a chain with those of another set; lists must be made anew.
    pub(super) fn swap_row(&mut self, other: &mut Self, row: usize) {
        for (mine, theirs) in [(&mut self.visible, &mut other.visible), (&mut self.hidden, &mut other.hidden)] {
            mine.bits.row_mut(row).swap_with_slice(theirs.bits.row_mut(row));
            mine.input.row_mut(row).swap_with_slice(theirs.input.row_mut(row));
        }
    }

    pub(super) fn relist(&mut self) {
        self.visible.relist();
        self.hidden.relist();
    }

    /// Returns the number of chains.
    #[must_use]
    pub fn count(&self) -> usize {
        self.visible.rows()
    }

    /// Gibbs steps so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Returns the visible layer, a row for each chain.
    #[must_use]
    pub fn visible(&self) -> &Layer {
        &self.visible
    }

    /// How likely each hidden unit is on given the visible ones, a mean over the chains, one number each. Takes the chains'
    /// inputs for it, which the next step makes anew.
    pub fn hidden_probabilities(&mut self, network: &Network) -> &[f32] {
        let (visible, mut hidden) = (self.visible.whole(), self.hidden.whole());
        network.hear_visible(&visible, &mut hidden);
        let columns = network.shape().hidden;
        let (first, rest) = hidden.input.split_at_mut(hidden.stride);
        let mean = &mut first[..columns];
        super::kernel::probabilities(mean, 1.0);
        let rows = rest.chunks_exact_mut(hidden.stride);
        let share = 1.0 / (rows.len() + 1) as f32;
        mean.iter_mut().for_each(|mean| *mean *= share);
        for row in rows {
            super::kernel::probabilities(&mut row[..columns], 1.0);
            mean.iter_mut().zip(&*row).for_each(|(mean, on)| *mean += share * on);
        }
        self.hidden.input.row(0)
    }

    /// The pictures as probabilities given the hidden units, a row each: [count, units], 0 to 1. Right after the chains
    /// began, the pictures themselves.
    pub fn pictures(&mut self, network: &Network, temperature: f32, clamp: Option<&Clamp>) -> &Matrix {
        let shape = network.shape();
        if self.steps == 0 {
            for row in 0..self.count() {
                let values = self.shown.input.row_mut(row);
                for (value, on) in values.iter_mut().zip(self.visible.bits.values(row)) {
                    *value = f32::from(u8::from(on));
                }
                if shape.kind == VisibleKind::Gaussian {
                    for (value, input) in values[..shape.visible].iter_mut().zip(self.visible.input.row(row)) {
                        *value = (input / INK).clamp(0.0, 1.0);
                    }
                }
            }
            return &self.shown.input;
        }
        let how = Draws {
            temperature,
            streams: Streams::new(self.seed, Purpose::Measure, self.steps),
            keep: Keep::Probability,
            clamp,
        };
        let grain = network.grain(self.count());
        by_rows(&mut self.hidden, &mut self.shown, grain, |hidden, mut shown| {
            network.draw_visible(&hidden, &mut shown, &how);
        });
        for row in 0..self.count() {
            let values = self.shown.input.row_mut(row);
            if shape.kind == VisibleKind::Gaussian {
                values[..shape.visible].iter_mut().for_each(|value| *value = (*value / INK).clamp(0.0, 1.0));
            } else if let Some(clamp) = clamp {
                super::network::hold_values(clamp, values);
            }
        }
        &self.shown.input
    }
}
