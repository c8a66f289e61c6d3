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
}

/// How much of the correlations before is kept in their mean: one batch alone is too noisy to compare.
const MEAN_MEMORY: f32 = 0.9;

/// Correlations averaged over the last frames.
#[derive(Debug, Default)]
pub(super) struct Averages {
    pub mean: Correlations,
    /// Updates that the mean has seen.
    seen: u64,
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
    }

    fn follow(&mut self, newest: &Self) {
        let pairs = [(&mut self.data, &newest.data), (&mut self.dream, &newest.dream)];
        for (mean, newest) in pairs {
            for (mean, newest) in mean.iter_mut().zip(newest) {
                *mean += (1.0 - MEAN_MEMORY) * (newest - *mean);
            }
        }
    }
}
