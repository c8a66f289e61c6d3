//! A machine with all that belongs to it: its learning, its dreams, and what is measured of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    correlations::Averages,
    dreams::Dreams,
    settings::{Configuration, FeatureOrder, RbmSettings},
};
use crate::{
    data::samples::Source,
    physics::rbm::{
        Machine, Samples, VisibleKind, exact,
        measures::DEAD,
        network::Network,
        pairs::{Covariances, PixelPairs},
        training::{Stepped, Training},
    },
};

/// Layers so small that the likelihood is worked out exactly along the way.
const EXACT: usize = 10;
/// Pictures over which that likelihood is a mean, at most.
const LIKELIHOOD_PICTURES: usize = 200;
/// A machine with a larger share of hidden units that never answer, or always do, has stopped learning.
const MOST_IDLE: f64 = 0.35;
/// Steps of the dreams for one of a portion of those in which pairs are counted, which are some ten times as many.
const PAIRS_SPACING: usize = 24;
/// Root mean square of the weights above which a machine was taught: a new one has a third of it.
const TAUGHT: f64 = 0.03;

/// A point of the likelihood's curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LikelihoodPoint {
    /// Epoch.
    pub epoch: u64,
    /// Mean ln p of training pictures, nats.
    pub value: f64,
}

/// A machine with its dreams.
pub(super) struct Run {
    pub configuration: Configuration,
    pub training: Training,
    pub dreams: Dreams,
    /// The machine that dreams, where it is not the one that learns.
    pub frozen: Option<Network>,
    pub correlations: Averages,
    /// Its weights were those of a machine that has learned when it came.
    came_taught: bool,
    pairs: PixelPairs,
    pub now_pairs: Option<Arc<Covariances>>,
    pub early_pairs: Option<(u64, Arc<Covariances>)>,
    /// Dream steps since the last of the pairs.
    since_pairs: usize,
    pub died: Option<usize>,
    /// The person has seen that units died, and learns on.
    pub has_heard_of_the_dead: bool,
    pub likelihood: Vec<LikelihoodPoint>,
    pub best_likelihood: Option<f64>,
    pub magnet_energy: Option<f64>,
}

impl Run {
    /// A run of this learning, with new dreams. `before`: pairs and likelihoods of earlier, where it goes on with a machine
    /// that learned before.
    pub fn new(configuration: Configuration, training: Training, settings: &RbmSettings, before: Before) -> Self {
        let magnet_energy = matches!(configuration.source, Source::Magnet { .. })
            .then(|| super::dreams::magnet_energy(training.train()));
        let network = training.trainer().network();
        let pairs = PixelPairs::new(network, training.train(), settings.trainer.binarise, settings.trainer.seed);
        let mut run = Self {
            configuration,
            dreams: Dreams::new(network, training.train(), settings),
            frozen: None,
            correlations: Averages::default(),
            came_taught: is_taught(&network.machine()),
            pairs,
            now_pairs: None,
            early_pairs: before.pairs.map(|(epoch, pairs)| (epoch, Arc::new(pairs))),
            since_pairs: 0,
            died: None,
            has_heard_of_the_dead: before.has_heard_of_the_dead,
            likelihood: before.likelihood,
            best_likelihood: None,
            magnet_energy,
            training,
        };
        // The first round is made at once, so that there is something to compare with.
        while run.now_pairs.is_none() {
            run.step_pairs();
        }
        run.note_likelihood();
        run
    }

    /// Whether it is a machine that has learned, here or elsewhere.
    pub fn is_taught(&self) -> bool {
        self.came_taught || self.training.trainer().updates() > 0
    }

    /// One batch.
    pub fn learn(&mut self) {
        match self.training.step() {
            // A run that ran away is finished.
            Stepped::Batch | Stepped::RanAway(_) => {}
            Stepped::Epoch => {
                self.note_likelihood();
                self.look_for_the_dead();
            }
        }
    }

    /// A Gibbs step of all dreams.
    pub fn dream(&mut self, settings: &RbmSettings) {
        let trainer = self.training.trainer();
        let network = self.frozen.as_ref().unwrap_or_else(|| trainer.network());
        self.dreams.step(network, self.training.train(), settings, trainer.updates());
        self.since_pairs += 1;
        if self.since_pairs >= PAIRS_SPACING {
            self.since_pairs = 0;
            self.step_pairs();
        }
    }

    /// Begins the dreams again.
    pub fn dream_again(&mut self, settings: &RbmSettings) {
        self.dreams = Dreams::new(self.training.trainer().network(), self.training.train(), settings);
    }

    /// One step of some of the free dreams in which pairs are counted.
    fn step_pairs(&mut self) {
        self.pairs.step(self.training.trainer().network());
        self.now_pairs = self.pairs.covariances().map(Arc::new);
        if self.early_pairs.is_none() {
            self.early_pairs = self.now_pairs.clone().map(|pairs| (self.training.epoch(), pairs));
        }
    }

    /// Learning stops once where so many units have died that it has no more to learn with.
    fn look_for_the_dead(&mut self) {
        let activity = self.training.activity();
        let idle = activity.iter().filter(|&&on| !(DEAD..=1.0 - DEAD).contains(&on)).count();
        let are_many = idle as f64 > MOST_IDLE * activity.len() as f64;
        self.died = (are_many && !self.has_heard_of_the_dead).then_some(idle);
    }

    /// Of small machines the likelihood is worked out, at moments that thin out.
    fn note_likelihood(&mut self) {
        let network = self.training.trainer().network();
        let (shape, epoch) = (network.shape(), self.training.epoch());
        let is_small = shape.hidden.min(shape.visible) <= EXACT && shape.kind == VisibleKind::Binary;
        let due = self.likelihood.last().map_or(0, |last| last.epoch + 1 + last.epoch / 100);
        if !is_small || epoch < due {
            return;
        }
        let machine = network.machine();
        let Ok(Some(log_z)) = exact::log_partition(&machine, &|_| true) else { return };
        let train = self.training.train();
        let of = |index: usize| {
            let picture: Vec<f32> = train.grey(index).iter().map(|&grey| f32::from(u8::from(grey >= 128))).collect();
            exact::log_likelihood(&machine, &picture, log_z)
        };
        let count = train.len().min(LIKELIHOOD_PICTURES);
        let value = (0..count).map(of).sum::<f64>() / count as f64;
        self.best_likelihood = self.best_likelihood.or_else(|| Some(best_likelihood(train, count)));
        self.likelihood.push(LikelihoodPoint { epoch, value });
    }

    /// Hidden units to show, at most so many: in order, the followed one among them.
    pub fn units_shown(&self, settings: &RbmSettings, most: usize) -> Vec<usize> {
        let hidden = self.training.trainer().network().shape().hidden;
        let activity = self.training.activity();
        let mut units: Vec<usize> = (0..hidden).collect();
        if settings.order == FeatureOrder::Use && activity.len() == hidden {
            units.sort_by(|&a, &b| activity[b].total_cmp(&activity[a]));
        }
        units.truncate(most);
        if settings.followed < hidden && !units.contains(&settings.followed) {
            units.pop();
            units.push(settings.followed);
        }
        units
    }
}

/// What a machine brings from before it came.
#[derive(Default)]
pub(super) struct Before {
    /// Covariances of pairs early on, and when that was.
    pub pairs: Option<(u64, Covariances)>,
    /// Likelihoods so far.
    pub likelihood: Vec<LikelihoodPoint>,
    /// The person has seen that units died, and learns on.
    pub has_heard_of_the_dead: bool,
}

/// Whether the weights are those of a machine that has learned.
fn is_taught(machine: &Machine) -> bool {
    let squares: f64 = machine.weights.iter().map(|&weight| f64::from(weight) * f64::from(weight)).sum();
    squares > TAUGHT * TAUGHT * machine.weights.len() as f64
}

/// Mean ln p of the first pictures in black and white where each has just its share of them: minus their entropy, nats.
fn best_likelihood(samples: &Samples, count: usize) -> f64 {
    let mut shares = std::collections::BTreeMap::new();
    for index in 0..count {
        let bits: Vec<bool> = samples.grey(index).iter().map(|&grey| grey >= 128).collect();
        *shares.entry(bits).or_insert(0.0) += 1.0 / count as f64;
    }
    shares.values().map(|share: &f64| share * share.ln()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::samples::bars_and_stripes;

    #[test]
    fn the_best_value_of_bars_is_minus_their_entropy() {
        // Of the sixteen pictures of 3 × 3 bars and stripes all black and all white come twice:
        // 12/16 ln 16 + 2 · 2/16 ln 8.
        let bars = bars_and_stripes(3);
        assert!((best_likelihood(&bars, bars.len()) + 2.5993).abs() < 1e-4);
        assert!((best_likelihood(&bars, 1)).abs() < 1e-12, "of one picture the best is certainty");
    }
}
