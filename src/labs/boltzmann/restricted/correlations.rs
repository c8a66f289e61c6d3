//! Eyes open and eyes closed: ⟨v h⟩ of the data and of the dream, averaged over the last frames.

use crate::physics::rbm::{VisibleKind, samples::INK, training::Training};

/// The two correlation pictures of some hidden units.
#[derive(Clone, Debug, Default)]
pub struct Correlations {
    /// Which hidden units.
    pub units: Vec<usize>,
    /// ⟨v h⟩ of the data: [units of the list × pixels].
    pub data: Vec<f32>,
    /// ⟨v h⟩ of the dream.
    pub dream: Vec<f32>,
    /// Root mean square of the difference.
    pub mismatch: f64,
    /// Frames averaged, beyond the first.
    pub frames: u32,
}

/// How much of the correlations before is kept in their mean: one batch alone is too noisy to compare.
const MEAN_MEMORY: f32 = 0.9;
/// The early picture is kept once the mean has seen about this many frames.
const EARLY_FRAMES: u32 = 20;
/// Or after so many epochs, of machines so small that they are through before.
const EARLY_EPOCHS: u64 = 20;

/// Correlations averaged over the last frames, and an early picture to compare them with.
#[derive(Debug, Default)]
pub(super) struct Averages {
    pub mean: Correlations,
    /// Updates that the mean has seen.
    seen: u64,
    pub early: Option<(u64, Correlations)>,
}

impl Averages {
    /// Takes the correlations of these units in the last update into the mean.
    pub fn follow(&mut self, training: &Training, units: Vec<usize>) {
        let updates = training.trainer().updates();
        if updates == 0 {
            self.mean = Correlations::default();
            return;
        }
        let same = self.mean.units == units;
        if same && updates == self.seen {
            return;
        }
        self.seen = updates;
        let mut newest = Correlations::of(training, units);
        if same {
            self.mean.follow(&newest);
        } else {
            // Units that were shown before keep their means.
            newest.keep_means(&self.mean);
            self.mean = newest;
        }
        let epoch = training.epoch();
        if self.early.is_none() && (self.mean.frames >= EARLY_FRAMES || epoch >= EARLY_EPOCHS) {
            self.early = Some((epoch, self.mean.clone()));
        }
    }
}

impl Correlations {
    fn of(training: &Training, units: Vec<usize>) -> Self {
        let trainer = training.trainer();
        let shape = trainer.network().shape();
        let scale = if shape.kind == VisibleKind::Gaussian { 1.0 / INK } else { 1.0 };
        let mut pictures = Self { units, ..Self::default() };
        for &unit in &pictures.units {
            let [data, dream] = trainer.correlations(unit);
            for (data, dream) in data[..shape.visible].iter().zip(&dream[..shape.visible]) {
                let (data, dream) = (scale * data, scale * dream);
                pictures.data.push(data);
                pictures.dream.push(dream);
            }
        }
        pictures.mismatch = root_mean_square(&pictures.data, &pictures.dream);
        pictures
    }

    /// Takes over the means of the units that both have.
    fn keep_means(&mut self, before: &Self) {
        let pixels = self.data.len() / self.units.len().max(1);
        for (tile, unit) in self.units.iter().enumerate() {
            if let Some(old) = before.units.iter().position(|other| other == unit)
                && before.data.len() == before.units.len() * pixels
            {
                let (to, from) = (tile * pixels..(tile + 1) * pixels, old * pixels..(old + 1) * pixels);
                self.data[to.clone()].copy_from_slice(&before.data[from.clone()]);
                self.dream[to].copy_from_slice(&before.dream[from]);
            }
        }
        self.frames = before.frames;
        self.mismatch = root_mean_square(&self.data, &self.dream);
    }

    fn follow(&mut self, newest: &Self) {
        let pairs = [(&mut self.data, &newest.data), (&mut self.dream, &newest.dream)];
        for (mean, newest) in pairs {
            for (mean, newest) in mean.iter_mut().zip(newest) {
                *mean += (1.0 - MEAN_MEMORY) * (newest - *mean);
            }
        }
        self.frames += 1;
        self.mismatch = root_mean_square(&self.data, &self.dream);
    }
}

fn root_mean_square(data: &[f32], dream: &[f32]) -> f64 {
    let squares: f64 = data.iter().zip(dream).map(|(data, dream)| f64::from((data - dream).powi(2))).sum();
    (squares / data.len().max(1) as f64).sqrt()
}
