//! Pictures to learn from: made or read beside the window. What was opened is tried first, so that nothing is replaced
//! before the new pictures are there.

use crate::{
    data::{Problem, samples::Source},
    labs::kit::{Host, Task},
    physics::rbm::Samples,
};

/// What pictures depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    /// Where they come from.
    pub source: Source,
    /// The part of them that is held back.
    pub validation: f64,
    /// The seed that chooses it.
    pub seed: u64,
}

/// Pictures that are there.
#[derive(Clone)]
pub(super) struct Loaded {
    key: Key,
    /// Those to learn from.
    pub train: Samples,
    /// Those held back.
    pub validation: Option<Samples>,
}

/// Those to learn from, those held back, and what a person should know about them.
type Pictures = (Samples, Option<Samples>, Vec<Problem>);

/// What is there, what comes, and what could not be had.
#[derive(Default)]
pub(super) struct Loading {
    there: Option<Loaded>,
    wanted: Task<Pictures, Key>,
    tried: Task<Pictures, Key>,
    refused: Option<(Key, Problem)>,
}

impl Loading {
    /// The pictures that are there.
    pub fn there(&self) -> Option<&Loaded> {
        self.there.as_ref()
    }

    /// Those of just this key.
    pub fn of(&self, key: &Key) -> Option<&Loaded> {
        self.there.as_ref().filter(|loaded| loaded.key == *key)
    }

    /// Whether pictures are on their way.
    pub fn is_busy(&self) -> bool {
        self.wanted.is_busy() || self.tried.is_busy()
    }

    /// How much of the pictures is there, 0 to 1, while they are made or read.
    pub fn progress(&self) -> Option<f64> {
        self.wanted.progress().or_else(|| self.tried.progress())
    }

    /// Why the pictures of this key could not be had.
    pub fn refusal(&self, key: &Key) -> Option<&Problem> {
        self.refused.as_ref().filter(|(refused, _)| refused == key).map(|(_, why)| why)
    }

    /// Gives up what is on its way and forgets what could not be had. Returns the source of the pictures that are there.
    pub fn give_up(&mut self) -> Option<Source> {
        self.wanted.cancel();
        self.tried.cancel();
        self.refused = None;
        self.there.as_ref().map(|loaded| loaded.key.source.clone())
    }

    /// Says that the pictures of this key cannot be learned from.
    pub fn refuse(&mut self, key: Key, why: Problem) {
        self.refused = Some((key, why));
    }

    /// Tries pictures beside those that are there.
    pub fn try_out(&mut self, key: Key, host: &Host) {
        load(&mut self.tried, key, host);
    }

    /// Takes the pictures that were tried, when they are there, or why they cannot be had; [`Loading::accept`] puts them in
    /// place of the others.
    pub fn tried(&mut self, host: &Host) -> Option<Result<Loaded, Problem>> {
        let (key, tried) = self.tried.poll()?;
        Some(tried.map(|(train, validation, notes)| {
            notes.into_iter().for_each(|note| host.tell(note));
            Loaded { key, train, validation }
        }))
    }

    /// How much of the pictures that are tried is there, 0 to 1.
    pub fn trying(&self) -> Option<f64> {
        self.tried.progress()
    }

    /// Gives up the pictures that are tried.
    pub fn give_up_trying(&mut self) {
        self.tried.cancel();
    }

    /// Puts pictures that were tried in place of those that are there. Returns their source.
    pub fn accept(&mut self, loaded: Loaded) -> Source {
        let source = loaded.key.source.clone();
        self.there = Some(loaded);
        source
    }

    /// Sees to it that the pictures of this key come. Returns whether they came just now.
    pub fn follow(&mut self, key: &Key, host: &Host) -> bool {
        let mut came = false;
        match self.wanted.poll() {
            Some((key, Ok((train, validation, notes)))) => {
                notes.into_iter().for_each(|note| host.tell(note));
                self.there = Some(Loaded { key, train, validation });
                came = true;
            }
            Some((key, Err(problem))) => self.refused = Some((key, problem)),
            None => {}
        }
        if self.wanted.key().is_some_and(|wanted| wanted != key) {
            self.wanted.cancel();
        }
        if self.of(key).is_none() && self.refusal(key).is_none() && !self.wanted.is_busy() {
            load(&mut self.wanted, key.clone(), host);
        }
        came
    }
}

fn load(task: &mut Task<Pictures, Key>, key: Key, host: &Host) {
    let Key { source, validation, seed } = key.clone();
    task.start(host, "pictures", key, 0.0, move |watcher| {
        let mut notes = Vec::new();
        let loaded = source.load_split(validation, seed, &|done| watcher.go_on(done), &mut notes).transpose()?;
        Some(loaded.map(|(train, validation)| (train, validation, notes)))
    });
}
