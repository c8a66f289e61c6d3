//! Settings of a page without a simulation of its own, with their undo.

use std::ops::{Deref, DerefMut};

use super::{
    session::Repair,
    undo::{StepId, Undo},
};

/// Settings that a person edits, and the steps in which that was done.
pub struct Edited<S> {
    now: S,
    steps: Undo<S>,
}

impl<S: Clone + PartialEq + Default> Default for Edited<S> {
    fn default() -> Self {
        let now = S::default();
        Self { steps: Undo::new(&now), now }
    }
}

impl<S> Deref for Edited<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.now
    }
}

impl<S> DerefMut for Edited<S> {
    fn deref_mut(&mut self) -> &mut S {
        &mut self.now
    }
}

/// There are no deeds here that a simulation could have dropped.
fn none(_deed: u64) -> bool {
    false
}

impl<S: Clone + PartialEq + Repair> Edited<S> {
    /// Looks at the settings of now; called once a frame. While `held`, no step ends.
    pub fn look(&mut self, now: f64, held: bool) {
        self.steps.look(now, &self.now, held);
    }

    /// Takes the last step back, or does it again with `redo`. Returns whether there was one.
    pub fn undo(&mut self, redo: bool) -> bool {
        let undone = match redo {
            false => self.steps.undo(&mut self.now, none),
            true => self.steps.redo(&mut self.now, none),
        };
        undone.is_some()
    }

    /// Takes just this step back. Returns whether that could still be done.
    pub fn undo_step(&mut self, step: StepId) -> bool {
        self.steps.undo_step(step, &mut self.now, none).is_some()
    }

    /// Whether just this step can be taken back.
    #[must_use]
    pub fn has_step(&self, step: StepId) -> bool {
        self.steps.has(step, &self.now)
    }

    /// Ends the step under way, so that what changes next is a step of its own. Returns its number, if there was one.
    pub fn end_step(&mut self) -> Option<StepId> {
        self.steps.end_step(&self.now)
    }

    /// Takes settings as they are, as from a file: no step of undo.
    pub fn take(&mut self, settings: S) {
        self.now = settings.repaired();
        self.steps.forget(&self.now);
    }
}
