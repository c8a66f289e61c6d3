//! Contrastive divergence: weights move by ⟨v h⟩ of the data less ⟨v h⟩ of the dream.
//!
//! CD-k (Hinton 2002) dreams k steps from the data; persistent CD (Tieleman 2008) keeps its dreams from one update to the
//! next.

use rayon::prelude::*;

use super::{
    RbmError,
    bits::Lists,
    kernel::{Base, Keep, Matrix, Move, move_row, sum_rows},
    layer::{Layer, by_rows},
    machine::{Machine, VisibleKind},
    network::{Draws, Network, view},
    noise::{Purpose, Streams},
    samples::Samples,
    settings::{MOST_STEPS, Method, TrainerSettings},
};

/// A weight of this size says that learning has run away.
pub const RUNAWAY: f32 = 100.0;
/// How much a new batch counts for the means that centring takes off.
const CENTRE_RATE: f32 = 0.01;
/// How much the old mean counts for the activity that sparsity holds.
const SPARSITY_MEMORY: f32 = 0.9;

/// A machine that learns. Memory is taken when it is made; a step allocates nothing.
#[derive(Clone, Debug)]
pub struct Trainer {
    settings: TrainerSettings,
    network: Network,
    velocity: Matrix,
    visible_velocity: Vec<f32>,
    hidden_velocity: Matrix,
    gradient: Matrix,
    data: Side,
    dream: Side,
    /// Part of the gradient that stands for the hidden biases.
    hidden_pull: Matrix,
    visible_centre: Vec<f32>,
    hidden_centre: Vec<f32>,
    activity: Vec<f32>,
    updates: u64,
    largest: f32,
    allocated_batch: usize,
}

/// What a trainer has besides its settings: with this, learning goes on as if it had never stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainerState {
    /// The machine.
    pub machine: Machine,
    /// Last move of the weights: [units × hidden], row by row.
    pub velocity: Vec<f32>,
    /// Last move of the visible biases: `[units]`.
    pub visible_velocity: Vec<f32>,
    /// Last move of the hidden biases: `[hidden]`.
    pub hidden_velocity: Vec<f32>,
    /// Means that centring takes off the visible units: `[units]`.
    pub visible_centre: Vec<f32>,
    /// Means that centring takes off the hidden units: `[hidden]`.
    pub hidden_centre: Vec<f32>,
    /// Activity that sparsity holds: `[hidden]`.
    pub activity: Vec<f32>,
    /// Hidden states of the dreams, a bit each in whole words: [chains × words].
    pub dreams: Vec<u64>,
    /// Updates so far.
    pub updates: u64,
}

/// Eyes open or eyes closed: states of both layers, and the pictures in which each visible unit is on.
#[derive(Clone, Debug)]
struct Side {
    visible: Layer,
    hidden: Layer,
    by_unit: Lists,
    /// Means of the visible and the hidden units.
    visible_mean: Vec<f32>,
    hidden_mean: Vec<f32>,
}

impl Side {
    fn new(rows: usize, units: usize, hidden: usize) -> Self {
        Self {
            visible: Layer::new(rows, units),
            hidden: Layer::new(rows, hidden),
            by_unit: Lists::new(units, rows),
            visible_mean: vec![0.0; units],
            hidden_mean: vec![0.0; hidden],
        }
    }

    /// Lists and means of what the layers hold; hidden inputs hold probabilities.
    fn sum_up(&mut self, kind: VisibleKind) {
        let share = 1.0 / self.visible.rows() as f32;
        self.by_unit.list_units(&self.visible.bits);
        match kind {
            VisibleKind::Binary => {
                for (mean, &count) in self.visible_mean.iter_mut().zip(self.by_unit.counts()) {
                    *mean = share * count as f32;
                }
            }
            VisibleKind::Gaussian => mean_rows(&self.visible.input, &mut self.visible_mean),
        }
        mean_rows(&self.hidden.input, &mut self.hidden_mean);
    }
}

fn mean_rows(rows: &Matrix, means: &mut [f32]) {
    means.fill(0.0);
    for row in 0..rows.rows() {
        for (mean, &value) in means.iter_mut().zip(rows.row(row)) {
            *mean += value;
        }
    }
    let share = 1.0 / rows.rows() as f32;
    means.iter_mut().for_each(|mean| *mean *= share);
}

impl Trainer {
    /// A trainer for a machine, which must fit, for batches of at most so many pictures as there are.
    ///
    /// # Errors
    /// If a setting is out of range, or the machine does not fit together.
    pub fn new(machine: &Machine, settings: TrainerSettings, pictures: usize) -> Result<Self, RbmError> {
        machine.validate()?;
        settings.validate()?;
        let shape = machine.shape;
        let (units, hidden) = (shape.units(), shape.hidden);
        let batch = settings.batch.min(pictures.max(1));
        let chains = if matches!(settings.method, Method::Cd(_)) { batch } else { settings.chains() };
        let mut trainer = Self {
            settings,
            network: Network::new(machine),
            velocity: Matrix::zeros(units, hidden),
            visible_velocity: vec![0.0; units],
            hidden_velocity: Matrix::zeros(1, hidden),
            gradient: Matrix::zeros(units, hidden),
            data: Side::new(batch, units, hidden),
            dream: Side::new(chains, units, hidden),
            hidden_pull: Matrix::zeros(1, hidden),
            visible_centre: vec![0.0; units],
            hidden_centre: vec![0.5; hidden],
            activity: vec![settings.sparsity as f32; hidden],
            updates: 0,
            largest: 0.0,
            allocated_batch: batch,
        };
        trainer.start_dreams();
        Ok(trainer)
    }

    /// Goes on counting after so many updates, so that no random number comes twice.
    #[must_use]
    pub(super) fn after(mut self, updates: u64) -> Self {
        self.updates = updates;
        self
    }

    /// What learning needs to go on later as if it had never stopped.
    #[must_use]
    pub fn state(&self) -> TrainerState {
        let rows = |matrix: &Matrix| (0..matrix.rows()).flat_map(|row| matrix.row(row)).copied().collect();
        TrainerState {
            machine: self.network.machine(),
            velocity: rows(&self.velocity),
            visible_velocity: self.visible_velocity.clone(),
            hidden_velocity: rows(&self.hidden_velocity),
            visible_centre: self.visible_centre.clone(),
            hidden_centre: self.hidden_centre.clone(),
            activity: self.activity.clone(),
            dreams: self.dream.hidden.bits.words().to_vec(),
            updates: self.updates,
        }
    }

    /// A trainer that goes on from there. Dreams of another number begin anew, as after another batch.
    ///
    /// # Errors
    /// If a setting is out of range, or the state does not fit together.
    pub fn resume(state: &TrainerState, settings: TrainerSettings, pictures: usize) -> Result<Self, RbmError> {
        let mut trainer = Self::new(&state.machine, settings, pictures)?;
        let shape = state.machine.shape;
        let (units, hidden) = (shape.units(), shape.hidden);
        let sizes = [
            ("velocity", &state.velocity, units * hidden),
            ("visible_velocity", &state.visible_velocity, units),
            ("hidden_velocity", &state.hidden_velocity, hidden),
            ("visible_centre", &state.visible_centre, units),
            ("hidden_centre", &state.hidden_centre, hidden),
            ("activity", &state.activity, hidden),
        ];
        for (name, numbers, expected) in sizes {
            if numbers.len() != expected {
                return Err(RbmError::Length { name, expected, found: numbers.len() });
            }
            if numbers.iter().any(|number| !number.is_finite()) {
                return Err(RbmError::NotFinite { name });
            }
        }
        for unit in 0..units {
            trainer.velocity.row_mut(unit).copy_from_slice(&state.velocity[unit * hidden..(unit + 1) * hidden]);
        }
        trainer.visible_velocity.clone_from(&state.visible_velocity);
        trainer.hidden_velocity.row_mut(0).copy_from_slice(&state.hidden_velocity);
        trainer.visible_centre.clone_from(&state.visible_centre);
        trainer.hidden_centre.clone_from(&state.hidden_centre);
        trainer.activity.clone_from(&state.activity);
        trainer.updates = state.updates;
        trainer.largest = state.machine.weights.iter().fold(0.0, |largest, weight| weight.abs().max(largest));
        trainer.dream.hidden.take_words(&state.dreams);
        Ok(trainer)
    }

    /// Persistent chains begin with the hidden units at random.
    fn start_dreams(&mut self) {
        let streams = Streams::new(self.settings.seed, Purpose::Start, 1);
        let hidden = &mut self.dream.hidden;
        hidden.whole().each(|row, inputs, words| {
            inputs.fill(0.0);
            super::kernel::draw(inputs, 1.0, streams.row(row), Keep::Input, words);
        });
    }

    /// Takes other settings on the way. Another method, batch or number of particles begins new dreams.
    ///
    /// # Errors
    /// If one is out of range; then nothing changes.
    pub fn set_settings(&mut self, settings: TrainerSettings, pictures: usize) -> Result<(), RbmError> {
        settings.validate()?;
        let key = |settings: &TrainerSettings| (settings.method, settings.particles, settings.batch, settings.seed);
        if key(&settings) == key(&self.settings) {
            self.settings = settings;
            return Ok(());
        }
        let mut next = Self::new(&self.network.machine(), settings, pictures)?;
        next.velocity = self.velocity.clone();
        next.visible_velocity.clone_from(&self.visible_velocity);
        next.hidden_velocity = self.hidden_velocity.clone();
        next.visible_centre.clone_from(&self.visible_centre);
        next.hidden_centre.clone_from(&self.hidden_centre);
        next.activity.clone_from(&self.activity);
        next.updates = self.updates;
        *self = next;
        Ok(())
    }

    /// Returns the settings by which it learns.
    #[must_use]
    pub fn settings(&self) -> &TrainerSettings {
        &self.settings
    }

    /// The machine as it is now.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Pictures in a batch: not more than there are.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.allocated_batch
    }

    /// Returns the number of updates of the weights so far.
    #[must_use]
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// Returns the size of the largest weight; NaN if one of them is.
    #[must_use]
    pub fn largest_weight(&self) -> f32 {
        self.largest
    }

    /// Whether learning has run away: a weight is no number, or larger than any that means something.
    #[must_use]
    pub fn has_run_away(&self) -> bool {
        self.largest.is_nan() || self.largest > RUNAWAY
    }

    /// ⟨v_i h_j⟩ of data and dream in the last update, for one hidden unit, a number for each visible unit.
    #[must_use]
    pub fn correlations(&self, hidden: usize) -> [Vec<f32>; 2] {
        let along = |side: &Side| -> Vec<f32> {
            let rows = side.visible.rows();
            let probability = |row: usize| side.hidden.input.row(row)[hidden];
            let mut sums = vec![0.0; self.network.shape().units()];
            for row in 0..rows {
                let on = probability(row) / rows as f32;
                if self.network.shape().kind == VisibleKind::Gaussian {
                    for (sum, value) in sums.iter_mut().zip(side.visible.input.row(row)) {
                        *sum += on * value;
                    }
                } else {
                    super::bits::ones(side.visible.bits.row(row)).for_each(|unit| sums[unit] += on);
                }
            }
            sums
        };
        [along(&self.data), along(&self.dream)]
    }

    /// One update from these pictures, at this epoch and after this part of the epochs planned. `which` has as many
    /// entries as [`Self::batch`] says.
    pub fn step(&mut self, samples: &Samples, which: &[u32], epoch: u64, done: f64) {
        self.look(samples, which, epoch);
        self.dream();
        self.data.sum_up(self.network.shape().kind);
        self.dream.sum_up(self.network.shape().kind);
        self.learn(done);
        self.updates += 1;
    }

    /// Eyes open: pictures to the visible units, and what the hidden units make of them.
    fn look(&mut self, samples: &Samples, which: &[u32], epoch: u64) {
        let (network, settings) = (&self.network, &self.settings);
        let shape = network.shape();
        let grey = Streams::new(settings.seed, Purpose::Binarise, epoch);
        let how = Draws {
            temperature: 1.0,
            streams: Streams::new(settings.seed, Purpose::Look, self.updates),
            keep: Keep::Probability,
            clamp: None,
        };
        let grain = network.grain(self.data.visible.rows());
        by_rows(&mut self.data.visible, &mut self.data.hidden, grain, |mut visible, mut hidden| {
            visible.each(|row, values, words| {
                let index = which[row] as usize;
                if shape.kind == VisibleKind::Gaussian {
                    words.fill(0);
                    samples.values_into(index, values);
                } else {
                    samples.bits_into(index, settings.binarise, shape.classes, grey, words);
                }
            });
            network.draw_hidden(&visible, &mut hidden, &how);
        });
    }

    /// Eyes closed: Gibbs steps from the data's hidden units, or from where the last dream ended.
    fn dream(&mut self) {
        let (network, settings) = (&self.network, &self.settings);
        let steps = settings.method.steps();
        let is_short = matches!(settings.method, Method::Cd(_));
        if is_short {
            self.dream.hidden.copy_states(&self.data.hidden);
        }
        let first = self.updates * u64::from(MOST_STEPS);
        let how = |purpose, step: u32, keep| Draws {
            temperature: 1.0,
            streams: Streams::new(settings.seed, purpose, first + u64::from(step)),
            keep,
            clamp: None,
        };
        let grain = network.grain(self.dream.visible.rows());
        by_rows(&mut self.dream.visible, &mut self.dream.hidden, grain, |mut visible, mut hidden| {
            for step in 0..steps {
                network.draw_visible(&hidden, &mut visible, &how(Purpose::DreamVisible, step, Keep::Input));
                if is_short && step + 1 == steps {
                    // Nothing goes on from here: probabilities are enough.
                    network.hear_visible(&visible, &mut hidden);
                    hidden.make_probabilities();
                } else {
                    network.draw_hidden(&visible, &mut hidden, &how(Purpose::DreamHidden, step, Keep::Probability));
                }
            }
        });
    }

    /// Moves weights and biases.
    fn learn(&mut self, done: f64) {
        let settings = self.settings;
        let rate = (settings.rate * settings.schedule.factor(done)) as f32;
        let momentum = settings.momentum as f32;
        self.update_means();
        let by = Move { rate, momentum, l2: settings.l2 as f32, l1: settings.l1 as f32 };
        self.largest = self.move_weights(by);
        self.move_biases(Move { l2: 0.0, l1: 0.0, ..by });
        self.network.transpose();
    }

    fn update_means(&mut self) {
        if self.settings.centring {
            if self.visible_centre.iter().all(|&centre| centre == 0.0) {
                // Switched on just now: the means of this batch are the best guess.
                self.visible_centre.clone_from(&self.data.visible_mean);
                self.hidden_centre.clone_from(&self.data.hidden_mean);
            }
            let follow = |centres: &mut [f32], means: &[f32], rate: f32| {
                for (centre, mean) in centres.iter_mut().zip(means) {
                    *centre += rate * (mean - *centre);
                }
            };
            follow(&mut self.visible_centre, &self.data.visible_mean, CENTRE_RATE);
            follow(&mut self.hidden_centre, &self.data.hidden_mean, CENTRE_RATE);
        } else {
            self.visible_centre.fill(0.0);
            self.hidden_centre.fill(0.0);
        }
        for (activity, mean) in self.activity.iter_mut().zip(&self.data.hidden_mean) {
            *activity += (1.0 - SPARSITY_MEMORY) * (mean - *activity);
        }
    }

    /// ⟨v h⟩ of the data less that of the dream, row by row, and the move along it. Returns the largest weight.
    fn move_weights(&mut self, by: Move) -> f32 {
        let (data, dream) = (&self.data, &self.dream);
        let shape = self.network.shape();
        let (many, units) = (self.network.grain(data.visible.rows()).is_some(), shape.units());
        let stride = self.gradient.stride();
        let binary = shape.kind == VisibleKind::Binary;
        if !binary {
            multiply(data, 1.0, 0.0, &mut self.gradient);
            multiply(dream, -1.0, 1.0, &mut self.gradient);
        }
        let (centre_v, centre_h) = (&self.visible_centre, &self.hidden_centre);
        let centring = self.settings.centring;
        let move_rows = |first: usize, gradient: &mut [f32], weights: &mut [f32], velocity: &mut [f32]| {
            let rows = gradient.len() / stride;
            if binary {
                let mean = |side: &Side, sign: f32| sign / side.visible.rows() as f32;
                sum_rows(&data.hidden.input, data.by_unit.some(first, rows), Base::Zero, mean(data, 1.0), gradient);
                sum_rows(&dream.hidden.input, dream.by_unit.some(first, rows), Base::Sum, mean(dream, -1.0), gradient);
            }
            let weights = weights.chunks_exact_mut(stride).zip(velocity.chunks_exact_mut(stride));
            let mut largest = 0;
            for (unit, (gradient, (weights, velocity))) in (first..).zip(gradient.chunks_exact_mut(stride).zip(weights))
            {
                if centring {
                    let visible = data.visible_mean[unit] - dream.visible_mean[unit];
                    let means = data.hidden_mean.iter().zip(&dream.hidden_mean).zip(centre_h);
                    for (pull, ((data, dream), centre)) in gradient.iter_mut().zip(means) {
                        *pull -= centre_v[unit] * (data - dream) + visible * centre;
                    }
                }
                largest = largest.max(move_row(by, weights, velocity, gradient).to_bits());
            }
            largest
        };
        let (gradient, weights) = (self.gradient.data_mut(), self.network.weights.data_mut());
        let velocity = self.velocity.data_mut();
        let largest = if many && rayon::current_num_threads() > 1 {
            let rows = units.div_ceil(4 * rayon::current_num_threads()) * stride;
            let pieces = (gradient.par_chunks_mut(rows), weights.par_chunks_mut(rows), velocity.par_chunks_mut(rows));
            let pieces = pieces.into_par_iter().enumerate();
            pieces.map(|(piece, (g, w, v))| move_rows(piece * rows / stride, g, w, v)).max().unwrap_or(0)
        } else {
            move_rows(0, gradient, weights, velocity)
        };
        f32::from_bits(largest)
    }

    fn move_biases(&mut self, by: Move) {
        let settings = self.settings;
        let pull = self.hidden_pull.row_mut(0);
        for (hidden, pull) in pull.iter_mut().enumerate() {
            *pull = self.data.hidden_mean[hidden] - self.dream.hidden_mean[hidden];
            if settings.sparsity > 0.0 {
                *pull += settings.sparsity_cost as f32 * (settings.sparsity as f32 - self.activity[hidden]);
            }
        }
        for unit in 0..self.visible_velocity.len() {
            let mut step = self.data.visible_mean[unit] - self.dream.visible_mean[unit];
            if settings.centring {
                let gradient = self.gradient.row(unit);
                step -= gradient.iter().zip(&self.hidden_centre).map(|(pull, centre)| pull * centre).sum::<f32>();
                let centre = self.visible_centre[unit];
                for (pull, gradient) in pull.iter_mut().zip(gradient) {
                    *pull -= gradient * centre;
                }
            }
            let velocity = &mut self.visible_velocity[unit];
            *velocity = by.momentum * *velocity + by.rate * step;
            self.network.visible_bias.row_mut(0)[unit] += *velocity;
        }
        let largest =
            move_row(by, self.network.hidden_bias.data_mut(), self.hidden_velocity.data_mut(), self.hidden_pull.data());
        if !largest.is_finite() {
            self.largest = largest;
        }
    }
}

/// gradient ← keep · gradient + sign · ⟨v h⟩, for numbers.
fn multiply(side: &Side, sign: f32, keep: f32, gradient: &mut Matrix) {
    let (rows, columns, stride) = (gradient.rows(), gradient.columns(), gradient.stride());
    let shape = ndarray::ShapeBuilder::strides((rows, columns), (stride, 1));
    // The shape is that of its own memory.
    if let Ok(mut gradient) = ndarray::ArrayViewMut2::from_shape(shape, gradient.data_mut()) {
        let share = sign / side.visible.rows() as f32;
        let (visible, hidden) = (view(&side.visible.input), view(&side.hidden.input));
        ndarray::linalg::general_mat_mul(share, &visible.t(), &hidden, keep, &mut gradient);
    }
}
