//! What a person did, step by step, so that each can be taken back and done again.
//!
//! A step is a change of the settings, or a deed: something that the simulation did on a command and can exchange for how
//! it was before. Settings that change from frame to frame, as under a dragged slider, are one step.

/// The number of a step, which a notice keeps to take back just that one.
pub type StepId = u64;

/// Steps that are kept at most.
const MOST: usize = 200;
/// A change is a step of its own once nothing has changed for this long, in seconds.
const PAUSE: f64 = 0.5;

/// What one step changed.
#[derive(Clone, Debug, PartialEq)]
enum Change<S> {
    /// The settings; here are those of the other side of the step.
    Settings(S),
    /// A deed with this number; the simulation keeps the other side of it.
    Deed(u64),
}

#[derive(Clone, Debug)]
struct Step<S> {
    id: StepId,
    change: Change<S>,
}

/// What was taken back, or done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The settings are others now.
    Settings,
    /// The simulation must exchange what it keeps of the deed with this number.
    Deed(u64),
}

/// The steps of one page.
#[derive(Clone, Debug)]
pub struct Undo<S> {
    done: Vec<Step<S>>,
    undone: Vec<Step<S>>,
    /// The settings after the last step.
    settled: S,
    /// The settings at the last look, and since when they are so.
    seen: S,
    seen_since: f64,
    next: StepId,
}

impl<S: Clone + PartialEq> Undo<S> {
    /// Builds a history without steps, which begins with these settings.
    pub fn new(settings: &S) -> Self {
        Self {
            done: Vec::new(),
            undone: Vec::new(),
            settled: settings.clone(),
            seen: settings.clone(),
            seen_since: 0.0,
            next: 1,
        }
    }

    /// Looks at the settings of now; called once a frame. While `held`, as when a pointer drags, no step ends.
    pub fn look(&mut self, now: f64, settings: &S, held: bool) {
        if *settings != self.seen {
            self.seen.clone_from(settings);
            self.seen_since = now;
        }
        if !held && now - self.seen_since >= PAUSE {
            self.end_step(settings);
        }
    }

    /// Ends the step under way, so that what changes next is a step of its own. Returns its number, if there was one.
    pub fn end_step(&mut self, settings: &S) -> Option<StepId> {
        if *settings == self.settled {
            return None;
        }
        let before = std::mem::replace(&mut self.settled, settings.clone());
        self.seen.clone_from(settings);
        Some(self.push(Change::Settings(before)))
    }

    /// Notes a deed of the simulation as a step of its own.
    pub fn deed(&mut self, deed: u64, settings: &S) -> StepId {
        self.end_step(settings);
        self.push(Change::Deed(deed))
    }

    /// Makes a change part of how things were before the step under way.
    pub fn amend(&mut self, change: impl Fn(&mut S)) {
        change(&mut self.settled);
        change(&mut self.seen);
    }

    /// Makes a change part of how things were at every step.
    pub fn amend_all(&mut self, change: impl Fn(&mut S)) {
        for step in self.done.iter_mut().chain(&mut self.undone) {
            if let Change::Settings(settings) = &mut step.change {
                change(settings);
            }
        }
        self.amend(change);
    }

    /// Forgets all steps and begins anew with settings that are taken as they are, as from a file.
    pub fn forget(&mut self, settings: &S) {
        *self = Self { next: self.next, ..Self::new(settings) };
    }

    fn push(&mut self, change: Change<S>) -> StepId {
        let id = self.next;
        self.next += 1;
        self.undone.clear();
        self.done.push(Step { id, change });
        let surplus = self.done.len().saturating_sub(MOST);
        self.done.drain(..surplus);
        id
    }

    /// Takes the last step back. `kept` says whether the simulation still keeps a deed; steps whose deed is gone are
    /// passed over.
    pub fn undo(&mut self, settings: &mut S, kept: impl Fn(u64) -> bool) -> Option<Undone> {
        self.end_step(settings);
        let step = pop_kept(&mut self.done, kept)?;
        let (step, undone) = self.exchange(step, settings);
        self.undone.push(step);
        Some(undone)
    }

    /// Does the step again that was taken back last.
    pub fn redo(&mut self, settings: &mut S, kept: impl Fn(u64) -> bool) -> Option<Undone> {
        if self.end_step(settings).is_some() {
            return None;
        }
        let step = pop_kept(&mut self.undone, kept)?;
        let (step, undone) = self.exchange(step, settings);
        self.done.push(step);
        Some(undone)
    }

    /// Whether [`Undo::undo_step`] has something to take back.
    #[must_use]
    pub fn has(&self, id: StepId, settings: &S) -> bool {
        let at = self.done.iter().position(|step| step.id == id);
        at.is_some_and(|at| {
            let is_last = at + 1 == self.done.len() && *settings == self.settled;
            is_last || matches!(self.done[at].change, Change::Deed(_))
        })
    }

    /// Takes back just this step: a deed at any time, a change of the settings while nothing was changed after it.
    pub fn undo_step(&mut self, id: StepId, settings: &mut S, kept: impl Fn(u64) -> bool) -> Option<Undone> {
        if !self.has(id, settings) {
            return None;
        }
        let at = self.done.iter().position(|step| step.id == id)?;
        if at + 1 == self.done.len() && *settings == self.settled {
            return self.undo(settings, kept);
        }
        match self.done.remove(at).change {
            Change::Deed(deed) if kept(deed) => Some(Undone::Deed(deed)),
            Change::Deed(_) | Change::Settings(_) => None,
        }
    }

    fn exchange(&mut self, mut step: Step<S>, settings: &mut S) -> (Step<S>, Undone) {
        let undone = match &mut step.change {
            Change::Settings(other) => {
                std::mem::swap(other, settings);
                self.settled.clone_from(settings);
                self.seen.clone_from(settings);
                Undone::Settings
            }
            Change::Deed(deed) => Undone::Deed(*deed),
        };
        (step, undone)
    }
}

fn pop_kept<S>(steps: &mut Vec<Step<S>>, kept: impl Fn(u64) -> bool) -> Option<Step<S>> {
    loop {
        let step = steps.pop()?;
        match step.change {
            Change::Deed(deed) if !kept(deed) => {}
            _ => return Some(step),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(_: u64) -> bool {
        true
    }

    #[test]
    fn a_dragged_slider_is_one_step_and_two_drags_are_two() {
        let mut value = 0;
        let mut undo = Undo::new(&value);
        for (time, next, held) in [(0.0, 1, true), (0.1, 2, true), (0.2, 3, true), (0.3, 3, false), (0.9, 3, false)] {
            value = next;
            undo.look(time, &value, held);
        }
        value = 7;
        undo.look(1.0, &value, false);
        assert_eq!(undo.undo(&mut value, all), Some(Undone::Settings));
        assert_eq!(value, 3, "the second change is taken back without waiting for it to settle");
        assert_eq!(undo.undo(&mut value, all), Some(Undone::Settings));
        assert_eq!(value, 0);
        assert_eq!(undo.undo(&mut value, all), None);
        assert_eq!(undo.redo(&mut value, all), Some(Undone::Settings));
        assert_eq!(undo.redo(&mut value, all), Some(Undone::Settings));
        assert_eq!((value, undo.redo(&mut value, all)), (7, None));
    }

    #[test]
    fn a_deed_is_taken_back_alone_and_a_change_only_while_it_is_the_last() {
        let mut value = 0;
        let mut undo = Undo::new(&value);
        let restart = undo.deed(40, &value);
        value = 5;
        let change = undo.end_step(&value).expect("a step");
        assert!(undo.has(restart, &value) && undo.has(change, &value));
        value = 6;
        assert!(!undo.has(change, &value), "something was changed after it");
        assert_eq!(undo.undo_step(restart, &mut value, all), Some(Undone::Deed(40)));
        assert_eq!(value, 6, "what came after a deed stays");
        assert_eq!(undo.undo_step(restart, &mut value, all), None, "it is taken back once");
    }

    #[test]
    fn deeds_that_the_simulation_dropped_are_passed_over() {
        let mut value = 0;
        let mut undo = Undo::new(&value);
        value = 1;
        undo.deed(1, &value);
        undo.deed(2, &value);
        assert_eq!(undo.undo(&mut value, |deed| deed > 2), Some(Undone::Settings));
        assert_eq!(value, 0);
    }
}
