//! Keeps the network up to date with the shelf and the rule: a job learns, the simulation goes on meanwhile.

use std::sync::Arc;

use super::{settings::Picture, trained::Trained};
use crate::{
    labs::Host,
    physics::hopfield::{HopfieldError, Network, Patterns, Rule, unlearning::Unlearning},
    simulation::{Job, Outcome, Watcher},
};

/// What a network was learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The rule.
    pub rule: Rule,
    /// Neurons.
    pub neurons: usize,
    /// The memories that are on, in order.
    pub pictures: Vec<Picture>,
}

type Learned = Result<Arc<Trained>, HopfieldError>;

/// Dreams at once, and how much each takes away.
pub const DREAMS: u32 = 100;
const DREAM_STRENGTH: f64 = 0.01;

/// Where learning stands.
#[derive(Default)]
pub struct Learning {
    job: Option<(Lesson, Job<Learned>, f64)>,
    done: Option<(Lesson, Option<Arc<Trained>>)>,
    /// Dreams since the lesson was learned.
    pub dreams: u32,
    /// Unlearning that is under way.
    dreaming: Option<Job<Learned>>,
    /// Why the last lesson could not be learned; it is not tried again.
    pub refused: Option<(Lesson, Refusal)>,
}

/// Why there is no network for a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The rule cannot.
    Error(HopfieldError),
    /// The person cancelled.
    Cancelled,
    /// It failed.
    Failed(String),
}

impl Learning {
    /// The network learned last.
    #[must_use]
    pub fn trained(&self) -> Option<&Arc<Trained>> {
        self.done.as_ref()?.1.as_ref()
    }

    /// The rule of the network learned last.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        self.done.as_ref().map(|(lesson, _)| lesson.rule)
    }

    /// How much is done, where a lesson has taken longer than a glance.
    #[must_use]
    pub fn progress(&self, now: f64) -> Option<f64> {
        let lesson = self.job.as_ref().filter(|(_, _, began)| now - began > 0.4).map(|(_, job, _)| job.progress());
        lesson.or(self.dreaming.as_ref().map(Job::progress))
    }

    /// Whether a lesson is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || self.dreaming.is_some()
    }

    /// Stops the lesson under way; the network stays as it is.
    pub fn cancel(&self) {
        if let Some((_, job, _)) = &self.job {
            job.cancel();
        }
        self.dreaming.iter().for_each(Job::cancel);
    }

    /// Unlearns for some dreams; see [`Unlearning`].
    pub fn dream(&mut self, host: &Host, seed: u64) {
        let Some(trained) = self.trained().cloned().filter(|_| !self.is_busy()) else { return };
        let unlearning =
            Unlearning { dreams: DREAMS, strength: DREAM_STRENGTH, seed: seed.wrapping_add(u64::from(self.dreams)) };
        self.dreaming = Some(host.job("hopfield unlearning", move |watcher: &Watcher| {
            let rested = unlearning.of(Network::clone(&trained.network), &|done| watcher.go_on(done)).transpose()?;
            let learned = |network| Trained::new(network, Patterns::clone(&trained.memories), trained.notice);
            Some(rested.map(|network| Arc::new(learned(network))))
        }));
    }

    /// The network after the dreams that were asked for, when they are over.
    pub fn wake_up(&mut self) -> Option<Arc<Trained>> {
        let outcome = self.dreaming.as_ref()?.take()?;
        self.dreaming = None;
        // A cancelled or impossible dream leaves the network as it is.
        let Outcome::Done(Ok(trained)) = outcome else { return None };
        self.dreams += DREAMS;
        if let Some((_, done)) = &mut self.done {
            *done = Some(Arc::clone(&trained));
        }
        Some(trained)
    }

    /// Tries a lesson again that was refused.
    pub fn try_again(&mut self) {
        self.refused = None;
    }

    /// Learns this if it is not learned yet. Answers the new network when there is one: `Some(None)` where there is nothing
    /// to learn any more.
    pub fn follow(&mut self, lesson: Lesson, host: &Host, now: f64) -> Option<Option<Arc<Trained>>> {
        if let Some((learned, job, _)) = &self.job
            && let Some(outcome) = job.take()
        {
            let learned = learned.clone();
            self.job = None;
            match outcome {
                Outcome::Done(Ok(trained)) => {
                    self.done = Some((learned, Some(Arc::clone(&trained))));
                    self.refused = None;
                    return Some(Some(trained));
                }
                Outcome::Done(Err(error)) => self.refused = Some((learned, Refusal::Error(error))),
                Outcome::Cancelled => self.refused = Some((learned, Refusal::Cancelled)),
                Outcome::Failed(why) => self.refused = Some((learned, Refusal::Failed(why))),
            }
        }
        let known = self.job.as_ref().map(|(lesson, ..)| lesson).or(self.done.as_ref().map(|(lesson, _)| lesson));
        let is_known = known == Some(&lesson);
        let is_refused = self.refused.as_ref().is_some_and(|(refused, _)| *refused == lesson);
        if !is_refused {
            // What could not be learned is not wanted any more.
            self.refused = None;
        }
        if is_known || is_refused {
            return None;
        }
        // A network that was put to sleep is learned anew with the next lesson; adding to it would not be the same.
        let rested = std::mem::take(&mut self.dreams);
        self.dreaming = None;
        if lesson.pictures.is_empty() {
            self.job = None;
            self.done = Some((lesson, None));
            return Some(None);
        }
        let before = self.done.clone().filter(|_| rested == 0);
        let work = {
            let lesson = lesson.clone();
            move |watcher: &Watcher| learn(&lesson, before, &|done| watcher.go_on(done))
        };
        let job = host.job("hopfield learning", work);
        self.job = Some((lesson.clone(), job, now));
        // By hand it has ended already.
        if host.by_hand.is_some() { self.follow(lesson, host, now) } else { None }
    }
}

fn patterns(neurons: usize, pictures: &[Picture]) -> Result<Patterns, HopfieldError> {
    let mut patterns = Patterns::new(neurons)?;
    pictures.iter().try_for_each(|picture| patterns.push(&picture.0))?;
    Ok(patterns)
}

/// Learns; a memory more or less is added or taken out where the rule allows it.
fn learn(
    lesson: &Lesson,
    before: Option<(Lesson, Option<Arc<Trained>>)>,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Option<Learned> {
    let memories = match patterns(lesson.neurons, &lesson.pictures) {
        Ok(memories) => memories,
        Err(error) => return Some(Err(error)),
    };
    let shortcut = before.and_then(|(old, trained)| {
        // What was to be said about a network may change with one memory more or less: then it is learned anew.
        let trained = trained.filter(|trained| trained.notice.is_none())?;
        if (old.rule, old.neurons) != (lesson.rule, lesson.neurons) {
            return None;
        }
        let mut network = Network::clone(&trained.network);
        let learner = lesson.rule.learner();
        let (few, many) = (&old.pictures, &lesson.pictures);
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
    let learned = lesson.rule.learn(&memories, watch).transpose()?;
    Some(learned.map(|learned| Arc::new(Trained::new(learned.network, memories, learned.notice))))
}
