//! Keeps the network up to date with the shelf and the rule: a job learns, the simulation goes on meanwhile.

use std::sync::Arc;

use super::{picture::Picture, settings::HopfieldSettings, trained::Trained};
use crate::{
    data::Problem,
    labs::kit::{Host, Task},
    physics::hopfield::{HopfieldError, Network, Patterns, Rule, unlearning::Unlearning},
    simulation::Watcher,
};

/// What a network is learned from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TrainingSet {
    /// The rule.
    pub rule: Rule,
    /// Neurons.
    pub neurons: usize,
    /// The memories that are on, in order.
    pub pictures: Vec<Picture>,
}

impl TrainingSet {
    /// What these settings want learned.
    pub fn of(settings: &HopfieldSettings) -> Self {
        let pictures = settings.memories.iter().filter(|memory| memory.on).map(|memory| memory.picture.clone());
        Self { rule: settings.rule, neurons: settings.neuron_count(), pictures: pictures.collect() }
    }
}

type Learned = Result<Arc<Trained>, HopfieldError>;

/// Dreams at once, and how much each takes away.
pub(super) const DREAMS: u32 = 100;
const DREAM_STRENGTH: f64 = 0.01;
/// So often a network unlearns at most: long before, nothing is left of its memories.
const MOST_UNLEARNING: usize = 200;

/// Where learning stands.
#[derive(Default)]
pub(super) struct Learning {
    learning: Task<Learned, TrainingSet>,
    done: Option<(TrainingSet, Option<Arc<Trained>>)>,
    unlearning: Task<Arc<Trained>, u64>,
    /// Seeds of the unlearning since the lesson was learned.
    unlearned: Vec<u64>,
    /// Seeds of what the network of the last start of the program had unlearned, which this one has not yet.
    owed: Vec<u64>,
    /// Why the last lesson could not be learned; it is not tried again by itself.
    refused: Option<(TrainingSet, Refusal)>,
}

/// Why there is no network for a lesson.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refusal {
    /// The rule cannot.
    Error(HopfieldError),
    /// The person cancelled.
    Cancelled,
    /// The work itself failed.
    Failed(Problem),
}

impl Learning {
    /// The network learned last.
    pub fn trained(&self) -> Option<&Arc<Trained>> {
        self.done.as_ref()?.1.as_ref()
    }

    /// The rule of the network learned last.
    pub fn rule(&self) -> Option<Rule> {
        self.done.as_ref().map(|(training_set, _)| training_set.rule)
    }

    /// Why the lesson of now is not learned.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refused.as_ref().map(|(_, refusal)| refusal)
    }

    /// Dreams since the lesson was learned.
    pub fn dreams(&self) -> u32 {
        DREAMS * self.unlearned.len() as u32
    }

    /// Seeds of all unlearning since the lesson was learned, also of what is still to be done again.
    pub fn unlearned(&self) -> impl Iterator<Item = u64> {
        self.unlearned.iter().chain(self.unlearning.key()).chain(&self.owed).copied()
    }

    /// The network of the first lesson is to unlearn with these seeds, as at the last start of the program it did.
    pub fn owe(&mut self, seeds: Vec<u64>) {
        self.owed = seeds;
        self.owed.truncate(MOST_UNLEARNING);
    }

    /// How much is done, 0 to 1, where it has taken longer than a glance.
    pub fn progress(&self, now: f64) -> Option<f64> {
        self.learning.long_progress(now).or_else(|| self.unlearning.progress())
    }

    /// Whether a lesson or dreams are under way.
    pub fn is_busy(&self) -> bool {
        self.learning.is_busy() || self.unlearning.is_busy()
    }

    /// Gives up what is under way; the network stays as it is.
    pub fn cancel(&mut self) {
        if let Some(training_set) = self.learning.key().cloned() {
            self.refused = Some((training_set, Refusal::Cancelled));
        }
        self.learning.cancel();
        self.unlearning.cancel();
        self.owed.clear();
    }

    /// Unlearns for some dreams; see [`Unlearning`].
    pub fn unlearn(&mut self, host: &Host, seed: u64) {
        if !self.is_busy() && self.unlearned.len() < MOST_UNLEARNING {
            self.unlearn_with(host, seed.wrapping_add(u64::from(self.dreams())));
        }
    }

    fn unlearn_with(&mut self, host: &Host, seed: u64) {
        let Some(trained) = self.trained().cloned() else { return };
        let unlearning = Unlearning { dreams: DREAMS, strength: DREAM_STRENGTH, seed };
        self.unlearning.start(host, "hopfield unlearning", seed, 0.0, move |watcher: &Watcher| {
            let rested = unlearning.of(Network::clone(&trained.network), &|done| watcher.go_on(done)).transpose()?;
            let learned = |network| Trained::new(network, Patterns::clone(&trained.memories), trained.notice);
            Some(rested.map(|network| Arc::new(learned(network))).map_err(Problem::unexpected))
        });
    }

    /// Tries a lesson again that was refused.
    pub fn try_again(&mut self) {
        self.refused = None;
    }

    /// Learns this if it is not learned yet. Returns the new network when there is one: `Some(None)` where there is nothing
    /// to learn any more.
    pub fn poll(&mut self, training_set: TrainingSet, host: &Host, now: f64) -> Option<Option<Arc<Trained>>> {
        if let Some(trained) = self.take_learned(host) {
            return Some(Some(trained));
        }
        let known = self.learning.key().or(self.done.as_ref().map(|(training_set, _)| training_set));
        let is_known = known == Some(&training_set);
        let is_refused = self.refused.as_ref().is_some_and(|(refused, _)| *refused == training_set);
        if !is_refused {
            // What could not be learned is not wanted any more.
            self.refused = None;
        }
        if is_known || is_refused {
            return None;
        }
        // A network that has unlearned is learned anew with the next lesson; adding to it would not be the same.
        let has_rested = !std::mem::take(&mut self.unlearned).is_empty();
        self.unlearning.cancel();
        if self.done.is_some() {
            self.owed.clear();
        }
        if training_set.pictures.is_empty() {
            self.learning.cancel();
            self.done = Some((training_set, None));
            return Some(None);
        }
        let before = self.done.clone().filter(|_| !has_rested);
        let work = {
            let training_set = training_set.clone();
            move |watcher: &Watcher| learn(&training_set, before, &|done| watcher.go_on(done)).map(Ok)
        };
        self.learning.start(host, "hopfield learning", training_set, now, work);
        // By hand it may have ended already.
        self.take_learned(host).map(Some)
    }

    /// Takes the network that was learned, or that has unlearned, when it is there.
    fn take_learned(&mut self, host: &Host) -> Option<Arc<Trained>> {
        match self.learning.poll() {
            Some((training_set, Ok(Ok(trained)))) => {
                self.done = Some((training_set, Some(Arc::clone(&trained))));
                self.refused = None;
                self.unlearn_what_is_owed(host);
                return Some(trained);
            }
            Some((training_set, Ok(Err(error)))) => self.refused = Some((training_set, Refusal::Error(error))),
            Some((training_set, Err(problem))) => self.refused = Some((training_set, Refusal::Failed(problem))),
            None => {}
        }
        let (seed, trained) = self.unlearning.poll_or_tell(host)?;
        self.unlearned.push(seed);
        if let Some((_, done)) = &mut self.done {
            *done = Some(Arc::clone(&trained));
        }
        self.unlearn_what_is_owed(host);
        Some(trained)
    }

    fn unlearn_what_is_owed(&mut self, host: &Host) {
        if !self.owed.is_empty() {
            let seed = self.owed.remove(0);
            self.unlearn_with(host, seed);
        }
    }
}

fn patterns(neurons: usize, pictures: &[Picture]) -> Result<Patterns, HopfieldError> {
    let mut patterns = Patterns::new(neurons)?;
    pictures.iter().try_for_each(|picture| patterns.push(&picture.0))?;
    Ok(patterns)
}

/// Learns; a memory more or less is added or taken out where the rule allows it.
fn learn(
    training_set: &TrainingSet,
    before: Option<(TrainingSet, Option<Arc<Trained>>)>,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Option<Learned> {
    let memories = match patterns(training_set.neurons, &training_set.pictures) {
        Ok(memories) => memories,
        Err(error) => return Some(Err(error)),
    };
    let shortcut = before.and_then(|(old, trained)| {
        // What was to be said about a network may change with one memory more or less: then it is learned anew.
        let trained = trained.filter(|trained| trained.notice.is_none())?;
        if (old.rule, old.neurons) != (training_set.rule, training_set.neurons) {
            return None;
        }
        let mut network = Network::clone(&trained.network);
        let learner = training_set.rule.learner();
        let (few, many) = (&old.pictures, &training_set.pictures);
        let done = if many.len() == few.len() + 1 && many[..few.len()] == few[..] {
            learner.add(&mut network, &memories)
        } else if few.len() == many.len() + 1 {
            let gone = (0..few.len()).find(|&gone| few[..gone] == many[..gone] && few[gone + 1..] == many[gone..])?;
            learner.remove(&mut network, &memories, &few[gone].0)
        } else {
            false
        };
        done.then_some(network)
    });
    if let Some(network) = shortcut {
        return Some(Ok(Arc::new(Trained::new(network, memories, None))));
    }
    let learned = training_set.rule.learn(&memories, watch).transpose()?;
    Some(learned.map(|learned| Arc::new(Trained::new(learned.network, memories, learned.notice))))
}
