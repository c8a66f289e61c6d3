//! The race: the same spoiled picture recalled by all rules, side by side.

use std::sync::Arc;

use super::{picture::Picture, settings::HopfieldSettings};
use crate::{
    labs::kit::{Host, Task},
    physics::hopfield::{
        Recall, Rule, Verdict,
        verdict::{judge, nearest},
    },
    simulation::Watcher,
};

/// A racer that has not come to rest by then is stopped.
const MOST_SWEEPS: u64 = 150;

/// What one rule made of the probe.
#[derive(Clone, Debug)]
pub(super) struct Racer {
    /// The rule.
    pub rule: Rule,
    /// Where it came to; nothing if the rule could not learn these memories.
    pub end: Option<End>,
}

/// Where a racer came to.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// The picture at its end, as ±1.
    pub picture: Arc<[i8]>,
    /// Neurons asked until then.
    pub updates: u64,
    /// What the picture is.
    pub verdict: Verdict,
    /// Its overlap with the nearest memory.
    pub overlap: f64,
}

/// What a race was run with.
#[derive(Clone, PartialEq)]
pub(super) struct Start {
    /// What all rules begin with.
    pub probe: Picture,
    /// The memories that are on.
    pub pictures: Vec<Picture>,
    power: u32,
}

/// What the race keeps.
#[derive(Default)]
pub(super) struct Race {
    running: Task<Vec<Racer>>,
    racers: Vec<Racer>,
    start: Option<Start>,
}

impl Start {
    /// What a race with these settings is run with.
    pub fn of(settings: &HopfieldSettings) -> Self {
        let pictures = settings.memories.iter().filter(|memory| memory.on).map(|memory| memory.picture.clone());
        Self { probe: settings.pad.clone(), pictures: pictures.collect(), power: settings.power }
    }
}

fn run(settings: &HopfieldSettings, watcher: &Watcher) -> Option<Vec<Racer>> {
    let memories = settings.patterns()?;
    let count = Rule::ALL.len() as f64;
    let mut racers = Vec::new();
    for (place, rule) in Rule::ALL.into_iter().enumerate() {
        let rule = if matches!(rule, Rule::Polynomial(_)) { Rule::Polynomial(settings.power) } else { rule };
        let part = |done: f64| (place as f64 + done) / count;
        let end = match rule.learn(&memories, &|done| watcher.go_on(part(done))) {
            Ok(None) => return None,
            // A rule that cannot learn these pictures does not race, and its tile says so.
            Err(_) => None,
            Ok(Some(learned)) => {
                let network = Arc::new(learned.network);
                let mut recall = Recall::new(network, &settings.pad.0, settings.dynamics(), settings.seed).ok()?;
                recall.run(MOST_SWEEPS);
                Some(End {
                    picture: recall.state().into(),
                    updates: recall.updates(),
                    verdict: judge(recall.state(), &memories, recall.settled()),
                    overlap: nearest(recall.state(), &memories).map_or(0.0, |(_, overlap)| overlap),
                })
            }
        };
        racers.push(Racer { rule, end });
        if !watcher.go_on(part(1.0)) {
            return None;
        }
    }
    Some(racers)
}

impl Race {
    /// Lets all rules recall the probe of these settings, in place of a race under way.
    pub fn start(&mut self, settings: &HopfieldSettings, host: &Host) {
        self.start = Some(Start::of(settings));
        self.racers.clear();
        let settings = settings.clone();
        self.running.start(host, "hopfield race", (), 0.0, move |watcher| run(&settings, watcher).map(Ok));
        self.poll(host);
    }

    /// Takes the racers when all have come to rest; a failure is said in a notice.
    pub fn poll(&mut self, host: &Host) {
        if let Some((_, racers)) = self.running.poll_or_tell(host) {
            self.racers = racers;
        }
    }

    /// Gives the race up.
    pub fn cancel(&mut self) {
        self.running.cancel();
    }

    /// How far the race is, 0 to 1, while it is run.
    pub fn progress(&self) -> Option<f64> {
        self.running.progress()
    }

    /// What the rules made of the probe.
    pub fn racers(&self) -> &[Racer] {
        &self.racers
    }

    /// What the race was run with.
    pub fn begun_with(&self) -> Option<&Start> {
        self.start.as_ref()
    }
}
