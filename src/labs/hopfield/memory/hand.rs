//! What a person does to the network, its pad and its shelf: each deed as settings, commands and steps of undo.

use super::{
    captions,
    edits::{self, Added},
    look::{Pen, Tool},
    model::{MemoryModel, steps_in_a_sweep},
    scene::Action,
    settings::{HopfieldSettings, Memory, Occlusion},
    shown::Shown,
    sim::HopfieldCommand,
    strokes::{self, Cell, Cells, Change, Strokes},
};
use crate::{
    data::import::Ink,
    labs::{
        kit::{PageContext, Session, StepId},
        offers::OfferedMachine,
    },
};

/// Sweeps that "to the end" goes at most.
const LAST_SWEEPS: u64 = 300;

/// The network under the hand, with what the hand keeps.
pub(super) struct Hand<'a> {
    /// The network with its settings.
    pub session: &'a mut Session<MemoryModel>,
    /// The snapshot of the film that is shown in place of the network's state.
    pub scrub: &'a mut Option<usize>,
    /// What a stroke keeps.
    pub strokes: &'a mut Strokes,
}

impl Hand<'_> {
    fn shown(&self) -> Shown<'_> {
        Shown::of(self.session, *self.scrub)
    }

    /// Runs or pauses. What has come to rest begins again with the same probe.
    pub fn set_running(&mut self, running: bool) {
        *self.scrub = None;
        if running {
            let frame = self.session.frame();
            if frame.settled.is_some() && frame.updates > 0 && self.shown().is_current() {
                self.session.command(HopfieldCommand::Again);
            }
            self.session.end_step();
        }
        self.session.set_running(running);
    }

    /// Does so many steps, paused.
    pub fn step(&mut self, steps: u64) {
        *self.scrub = None;
        self.session.step(steps);
    }

    /// Asks each neuron once.
    pub fn sweep(&mut self) {
        self.step(steps_in_a_sweep(&self.session.settings));
    }

    /// Goes as fast as it can until the network comes to rest; with noise, which never rests, for three hundred sweeps.
    pub fn until_rest(&mut self) {
        self.step(LAST_SWEEPS * steps_in_a_sweep(&self.session.settings));
    }

    /// Goes back to the probe.
    pub fn again(&mut self) {
        self.set_running(false);
        self.session.command(HopfieldCommand::Again);
    }

    /// Shows the next snapshot of the film; at its end one neuron is asked.
    pub fn forward(&mut self) {
        let last = self.session.frame().film.len().saturating_sub(1);
        match *self.scrub {
            Some(index) => *self.scrub = Some(index + 1).filter(|&next| next < last),
            None => self.step(1),
        }
    }

    /// Shows the snapshot of the film before.
    pub fn back(&mut self) {
        let frame = self.session.frame();
        let (updates, last) = (frame.updates, frame.film.len().saturating_sub(1));
        let index = self.scrub.unwrap_or(last);
        if updates > 0 && index > 0 {
            self.scrub_to(Some(index - 1));
        }
    }

    fn scrub_to(&mut self, snapshot: Option<usize>) {
        self.set_running(false);
        *self.scrub = snapshot;
    }

    /// Changes the settings as one step that undo takes back. Returns its number, if anything changed.
    pub fn edit(&mut self, change: impl FnOnce(&mut HopfieldSettings)) -> Option<StepId> {
        let before = self.session.settings.pad.clone();
        let step = self.session.edit(change);
        if self.session.settings.pad != before {
            *self.scrub = None;
        }
        step
    }

    /// Another side of the pad; all pictures with it.
    pub fn set_side(&mut self, side: usize) {
        self.set_running(false);
        self.edit(|settings| *settings = settings.clone().with_side(side));
    }

    /// What a recall made of the pad becomes a step of its own, so that undo finds it again.
    fn keep_what_is_shown(&mut self) {
        let shown = self.shown().bits();
        *self.scrub = None;
        if *self.session.settings.pad.0 != *shown {
            self.edit(|settings| settings.put_on_pad(shown.into()));
        }
    }

    /// Begins a stroke: what the pad shows becomes what is drawn on.
    fn begin_stroke(&mut self) {
        self.session.end_step();
        if !self.session.is_running() {
            self.keep_what_is_shown();
        }
        let settings = &mut self.session.settings;
        (settings.noise, settings.hidden) = (0.0, Occlusion::None);
        self.strokes.begin(settings.neuron_count());
    }

    /// Sets cells of the pad. A network that runs is told of just these cells and goes on.
    fn paint(&mut self, cells: Cells) {
        if cells.is_empty() {
            return;
        }
        if !self.session.is_running() {
            edits::paint(&mut self.session.settings, &cells);
            return;
        }
        // What else was changed is sent before, so that all that differs are these cells.
        self.session.sync();
        edits::paint(&mut self.session.settings, &cells);
        let probe = self.session.settings.pad.clone();
        self.session.mark_sent(|settings| (settings.pad, settings.clean) = (probe.clone(), probe.clone()));
        self.session.command(HopfieldCommand::Paint { cells, probe });
    }

    fn stroke(&mut self, pen: Pen, is_secondary: bool, path: &[Cell], begins: bool) {
        if begins {
            self.begin_stroke();
        }
        let settings = &self.session.settings;
        let cells = match (pen.tool, path.first()) {
            (Tool::Fill, Some(&at)) => strokes::flood(settings, at),
            _ => self.strokes.along(settings, pen, is_secondary, path),
        };
        self.paint(cells);
    }

    /// Sets cells of the pad as a stroke of its own.
    fn paint_once(&mut self, cells: impl FnOnce(&HopfieldSettings) -> Cells) {
        self.begin_stroke();
        let cells = cells(&self.session.settings);
        self.paint(cells);
        self.session.end_step();
    }

    /// Changes the whole picture as one step.
    fn change_picture(&mut self, change: Change) {
        self.session.set_running(false);
        self.keep_what_is_shown();
        self.edit(|settings| {
            let changed = change.of(&settings.pad.0, settings.side);
            settings.put_on_pad(changed.into());
        });
    }

    /// Spoils the clean picture anew, as one step whatever came right before.
    fn corrupt_once(&mut self, change: impl FnOnce(&mut HopfieldSettings)) {
        self.set_running(false);
        self.edit(|settings| edits::corrupt(settings, change));
    }

    /// Puts memories on the shelf that are not there yet, as many as it has room for; with pictures from files comes the ink
    /// that others are read with from then on.
    pub fn add_memories(&mut self, new: Vec<Memory>, ink: Option<Ink>) -> Added {
        let (new, added) = edits::sorted_out(&self.session.settings, new);
        self.edit(|settings| {
            settings.memories.extend(new);
            settings.ink = ink.or(settings.ink);
        });
        added
    }

    /// Adds memories of the program's own; of these it is said only where there was no room.
    fn add_own(&mut self, new: Vec<Memory>, cx: &mut PageContext<'_>) {
        if self.add_memories(new, None).without_room > 0 {
            cx.notices.say(edits::full(cx.texts));
        }
    }

    /// Stores what the pad shows.
    pub fn store(&mut self, cx: &mut PageContext<'_>) {
        match edits::new_memory(&self.session.settings, self.shown().bits().into(), cx.texts) {
            Ok(memory) => {
                cx.notices.say(cx.texts.fill("hopfield.notice.stored", &[("name", &memory.name)]));
                self.edit(|settings| settings.memories.push(memory));
            }
            Err(why) => cx.notices.say(why),
        }
    }

    fn put_on_pad(&mut self, index: usize) {
        self.set_running(false);
        self.edit(|settings| settings.put_on_pad(settings.memories[index].picture.clone()));
        // Also where just this picture was on the pad before a recall.
        self.session.command(HopfieldCommand::Again);
    }

    /// Forgets what `change` takes off the shelf, with a notice that offers to take that back.
    fn forget(&mut self, notice: &str, cx: &mut PageContext<'_>, change: impl FnOnce(&mut Vec<Memory>)) {
        if let Some(step) = self.edit(|settings| change(&mut settings.memories)) {
            cx.offer_undo(notice, step);
        }
    }

    /// Does what was asked of the network, the pad and the shelf. Returns what is for others to do.
    pub fn act(&mut self, action: Action, pen: Pen, cx: &mut PageContext<'_>) -> Option<Action> {
        let t = cx.texts;
        if action.memory().is_some_and(|index| index >= self.session.settings.memories.len()) {
            // Something else that was done in this frame took it off the shelf.
            return None;
        }
        match action {
            Action::Recall(run) => self.set_running(run),
            Action::Step => self.step(1),
            Action::Sweep => self.sweep(),
            Action::ToTheEnd => self.until_rest(),
            Action::Again => self.again(),
            Action::Replay => {
                self.again();
                self.set_running(true);
            }
            Action::Scrub(snapshot) => self.scrub_to(snapshot),
            Action::Corrupt(noise) => {
                self.set_running(false);
                edits::corrupt(&mut self.session.settings, |settings| settings.noise = noise);
            }
            Action::CorruptAnew => self.corrupt_once(edits::other_noise),
            Action::Occlude(half) => self.corrupt_once(|settings| edits::hide(settings, half)),
            Action::TakeSide(side) => self.set_side(side),
            Action::TakeSeed(seed) => {
                self.edit(|settings| settings.seed = seed);
            }
            Action::Stroke { is_secondary, path, begins } => self.stroke(pen, is_secondary, &path, begins),
            Action::EndStroke => {
                self.session.end_step();
            }
            Action::HideArea(from, to) => self.paint_once(|settings| strokes::hole(settings.side, from, to)),
            Action::TurnOver(cell) => self.paint_once(|settings| vec![(cell as u16, -settings.pad.0[cell])]),
            Action::Change(change) => self.change_picture(change),
            Action::Store => self.store(cx),
            Action::Probe(index) => self.put_on_pad(index),
            Action::Switch(index) => {
                self.edit(|settings| settings.memories[index].on ^= true);
            }
            Action::Rename(index, name) => {
                self.edit(|settings| settings.memories[index].name = name);
            }
            Action::Forget(index) => {
                let name = captions::name(&self.session.settings.memories[index], t);
                let notice = t.fill("hopfield.notice.forgot", &[("name", &name)]);
                self.forget(&notice, cx, |memories| drop(memories.remove(index)));
            }
            Action::ForgetAll => self.forget(t.get("hopfield.notice.forgot_all"), cx, Vec::clear),
            Action::Move(from, to) => {
                self.edit(|settings| {
                    let memory = settings.memories.remove(from);
                    settings.memories.insert(to, memory);
                });
            }
            Action::AddSet(set) => {
                let new = edits::from_set(&self.session.settings, set, t);
                self.add_own(new, cx);
            }
            other => return Some(other),
        }
        None
    }

    /// Puts what the hidden units of a machine look for on the shelf.
    pub fn add_features(&mut self, offered: &OfferedMachine, cx: &mut PageContext<'_>) {
        let new = edits::from_machine(&self.session.settings, offered, cx.texts);
        self.add_own(new, cx);
    }
}
