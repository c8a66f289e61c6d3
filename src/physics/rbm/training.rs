//! Learning from beginning to end: epochs, the order of pictures, measures, and what to do when it runs away.

use serde::{Deserialize, Serialize};

use super::{
    RbmError,
    machine::{Machine, VisibleKind},
    measures::{Measures, measure},
    samples::{Samples, shuffle},
    settings::TrainerSettings,
    trainer::{Trainer, TrainerState},
};

/// Pictures that are measured at the end of an epoch, of each kind.
const MEASURED: usize = 500;
/// Epochs that are kept for the curves; then every other one is dropped.
const MOST_POINTS: usize = 4096;

/// Measures at the end of an epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EpochMeasures {
    /// The epoch, 0 before the first.
    pub epoch: u64,
    /// See [`Measures::reconstruction_error`], on training pictures.
    pub reconstruction_error: f64,
    /// ⟨F⟩ of training pictures.
    pub free_energy_train: f64,
    /// ⟨F⟩ of validation pictures, if there are any.
    pub free_energy_validation: Option<f64>,
    /// Of training pictures.
    pub pseudo_log_likelihood: f64,
    /// Hidden units that are hardly ever on.
    pub dead: usize,
    /// Hidden units that are nearly always on.
    pub saturated: usize,
}

/// What is the likely cause of learning that ran away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The learning rate.
    Rate,
    /// The momentum, which multiplies the rate by 1 / (1 − momentum).
    Momentum,
    /// The learning rate, for Gaussian pixels, which need a much smaller one.
    GaussianRate,
    /// Weight decay so strong that it overshoots zero.
    Decay,
    /// The cost of sparsity.
    Sparsity,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// A batch.
    Batch,
    /// The last batch of an epoch, with its measures.
    Epoch,
    /// Nothing: learning has run away, and the machine is as it was at the end of the last good epoch.
    RanAway(Cause),
}

/// Where a run of learning stands: with this and the same pictures it goes on as if it had never stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingState {
    /// The trainer's part.
    pub trainer: TrainerState,
    /// The order of the pictures in this epoch.
    pub order: Vec<u32>,
    /// How many of them were learned from.
    pub next: usize,
    /// Whole epochs so far.
    pub epoch: u64,
    /// Measures so far.
    pub curve: Vec<EpochMeasures>,
    /// Every so many epochs are kept in the curve.
    pub spacing: u64,
}

/// A run of learning.
#[derive(Clone, Debug)]
pub struct Training {
    trainer: Trainer,
    train: Samples,
    validation: Option<Samples>,
    order: Vec<u32>,
    next: usize,
    epoch: u64,
    /// The machine at the end of the last epoch, all finite.
    good: Machine,
    ran_away: Option<Cause>,
    curve: Vec<EpochMeasures>,
    /// Every so many epochs are kept in the curve.
    spacing: u64,
    activity: Vec<f32>,
    latest: EpochMeasures,
}

impl Training {
    /// A run that begins with a machine, whose pixels must be those of the pictures.
    ///
    /// # Errors
    /// If sizes or settings do not fit.
    pub fn new(
        machine: Machine,
        settings: TrainerSettings,
        train: Samples,
        validation: Option<Samples>,
    ) -> Result<Self, RbmError> {
        Self::taught(machine, 0, settings, train, validation)
    }

    /// A run that begins with a machine which has learned for so many epochs already, elsewhere or in a file.
    ///
    /// # Errors
    /// If sizes or settings do not fit.
    pub fn taught(
        machine: Machine,
        epochs: u64,
        settings: TrainerSettings,
        train: Samples,
        validation: Option<Samples>,
    ) -> Result<Self, RbmError> {
        if train.pixels() != machine.shape.visible {
            return Err(RbmError::Pixels { expected: machine.shape.visible, found: train.pixels() });
        }
        let trainer = Trainer::new(&machine, settings, train.len())?;
        let mut training = Self::with(trainer, machine, train, validation);
        training.epoch = epochs;
        training.note();
        Ok(training)
    }

    /// Goes on with a run from there, with the same pictures.
    ///
    /// # Errors
    /// If state, settings and pictures do not fit together.
    pub fn resume(
        state: &TrainingState,
        settings: TrainerSettings,
        train: Samples,
        validation: Option<Samples>,
    ) -> Result<Self, RbmError> {
        let expected = state.trainer.machine.shape.visible;
        if train.pixels() != expected {
            return Err(RbmError::Pixels { expected, found: train.pixels() });
        }
        let mut sorted = state.order.clone();
        sorted.sort_unstable();
        if !sorted.iter().copied().eq(0..train.len() as u32) {
            return Err(RbmError::Length { name: "order", expected: train.len(), found: state.order.len() });
        }
        let trainer = Trainer::resume(&state.trainer, settings, train.len())?;
        let mut training = Self::with(trainer, state.trainer.machine.clone(), train, validation);
        (training.order, training.epoch) = (state.order.clone(), state.epoch);
        (training.curve, training.spacing) = (state.curve.clone(), state.spacing.max(1));
        let measures = training.measures();
        training.latest = training.curve.last().copied().unwrap_or(measures);
        training.next = state.next;
        training.fit_batch();
        Ok(training)
    }

    fn with(trainer: Trainer, good: Machine, train: Samples, validation: Option<Samples>) -> Self {
        Self {
            order: (0..train.len() as u32).collect(),
            good,
            trainer,
            train,
            validation,
            next: 0,
            epoch: 0,
            ran_away: None,
            curve: Vec::new(),
            spacing: 1,
            activity: Vec::new(),
            latest: EpochMeasures::default(),
        }
    }

    /// Where the run stands, to be gone on with later.
    #[must_use]
    pub fn state(&self) -> TrainingState {
        TrainingState {
            trainer: self.trainer.state(),
            order: self.order.clone(),
            next: self.next,
            epoch: self.epoch,
            curve: self.curve.clone(),
            spacing: self.spacing,
        }
    }

    /// One batch. At the end of an epoch also its measures.
    pub fn step(&mut self) -> Stepped {
        if let Some(cause) = self.ran_away {
            return Stepped::RanAway(cause);
        }
        let batch = self.trainer.batch();
        if self.next == 0 {
            shuffle(&mut self.order, self.trainer.settings().seed, self.epoch);
        }
        let which = &self.order[self.next..self.next + batch];
        let done = self.epochs_done() / f64::from(self.trainer.settings().epochs);
        self.trainer.step(&self.train, which, self.epoch, done);
        self.next += batch;
        if self.trainer.has_run_away() {
            return self.give_up();
        }
        // Pictures that do not fill a batch wait for the next epoch, which has another order.
        if self.next + batch <= self.order.len() {
            return Stepped::Batch;
        }
        (self.next, self.epoch) = (0, self.epoch + 1);
        self.note();
        Stepped::Epoch
    }

    fn give_up(&mut self) -> Stepped {
        let settings = self.trainer.settings();
        let cause = likely_cause(settings, self.good.shape.kind);
        self.ran_away = Some(cause);
        // Good machines are valid, and the settings were accepted before.
        if let Ok(trainer) = Trainer::new(&self.good, *settings, self.train.len()) {
            self.trainer = trainer.after(self.trainer.updates());
        }
        (self.next, self.activity) = (0, Vec::new());
        Stepped::RanAway(cause)
    }

    /// What is measured at the end of an epoch, of the machine as it is now.
    fn measures(&mut self) -> EpochMeasures {
        let network = self.trainer.network();
        let settings = self.trainer.settings();
        let on = |samples: &Samples| -> Measures {
            let count = samples.len().min(MEASURED);
            let which: Vec<u32> = (0..count).map(|place| (place * samples.len() / count) as u32).collect();
            measure(network, samples, &which, settings.binarise, settings.seed, self.epoch)
        };
        let train = on(&self.train);
        let validation = self.validation.as_ref().map(on);
        let measures = EpochMeasures {
            epoch: self.epoch,
            reconstruction_error: train.reconstruction_error,
            free_energy_train: train.free_energy,
            free_energy_validation: validation.map(|measures| measures.free_energy),
            pseudo_log_likelihood: train.pseudo_log_likelihood,
            dead: train.dead(),
            saturated: train.saturated(),
        };
        self.activity = train.activity;
        measures
    }

    /// Measures, and keeps the machine as a good one.
    fn note(&mut self) {
        let measures = self.measures();
        self.latest = measures;
        self.trainer.network().write_to(&mut self.good);
        if self.epoch.is_multiple_of(self.spacing) {
            self.curve.push(measures);
        }
        if self.curve.len() > MOST_POINTS {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.curve.retain(|point| point.epoch % spacing == 0);
        }
    }

    /// Takes other settings on the way.
    ///
    /// # Errors
    /// If one is out of range.
    pub fn set_settings(&mut self, settings: TrainerSettings) -> Result<(), RbmError> {
        self.trainer.set_settings(settings, self.train.len())?;
        self.fit_batch();
        self.ran_away = None;
        Ok(())
    }

    /// A batch of another size may not fit into what is left of this epoch.
    fn fit_batch(&mut self) {
        if self.next + self.trainer.batch() > self.order.len() {
            (self.next, self.epoch) = (0, self.epoch + u64::from(self.next > 0));
        }
    }

    /// Returns the trainer with the machine as it is now.
    #[must_use]
    pub fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// The pictures it learns from.
    #[must_use]
    pub fn train(&self) -> &Samples {
        &self.train
    }

    /// The pictures held back.
    #[must_use]
    pub fn validation(&self) -> Option<&Samples> {
        self.validation.as_ref()
    }

    /// Whole epochs so far.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Epochs so far, with the part of the one under way.
    #[must_use]
    pub fn epochs_done(&self) -> f64 {
        self.epoch as f64 + self.next as f64 / self.order.len() as f64
    }

    /// Measures of each epoch; of very many, evenly spaced ones.
    #[must_use]
    pub fn curve(&self) -> &[EpochMeasures] {
        &self.curve
    }

    /// Measures at the end of the last epoch.
    #[must_use]
    pub fn latest(&self) -> &EpochMeasures {
        &self.latest
    }

    /// How often each hidden unit was on at the end of the last epoch; empty right after learning ran away.
    #[must_use]
    pub fn activity(&self) -> &[f32] {
        &self.activity
    }

    /// Why it ran away, if it did.
    #[must_use]
    pub fn ran_away(&self) -> Option<Cause> {
        self.ran_away
    }
}

/// The setting that is most out of the ordinary.
#[must_use]
pub fn likely_cause(settings: &TrainerSettings, kind: VisibleKind) -> Cause {
    if settings.rate * settings.l2 > 1.0 || settings.rate * settings.l1 > 1.0 {
        Cause::Decay
    } else if settings.sparsity > 0.0 && settings.sparsity_cost > 1.0 {
        Cause::Sparsity
    } else if settings.momentum > 0.8 && settings.rate < 0.5 {
        Cause::Momentum
    } else if kind == VisibleKind::Gaussian {
        Cause::GaussianRate
    } else {
        Cause::Rate
    }
}
