//! What a person changes on the pad and the shelf, each step one that undo takes back.

use super::{
    HopfieldLab,
    settings::{Hidden, HopfieldSettings, MOST_MEMORIES, Memory, Picture, Source},
    sim::HopfieldCommand,
    words,
};
use crate::labs::LabContext;

impl HopfieldLab {
    /// Changes the settings as one step that undo takes back.
    pub fn edit(&mut self, change: impl FnOnce(&mut HopfieldSettings)) {
        self.undoer.add_undo(&self.settings);
        change(&mut self.settings);
        self.finish_edit();
    }

    /// Begins a stroke: what the pad shows becomes what is drawn on.
    pub(super) fn begin_stroke(&mut self) {
        self.undoer.add_undo(&self.settings);
        if !self.running {
            self.keep_what_is_shown();
            let shown = self.settings.pad.clone();
            self.settings.put_on_pad(shown);
        } else {
            (self.settings.noise, self.settings.hidden) = (0.0, Hidden::None);
        }
    }

    /// What a recall made of the pad becomes a step of its own, so that undo finds it again.
    pub(super) fn keep_what_is_shown(&mut self) {
        let shown: Picture = self.shown_bits().into();
        self.scrub = None;
        if self.settings.pad != shown {
            self.edit(|settings| settings.put_on_pad(shown));
        }
    }

    /// Sets cells of the pad, in a stroke.
    pub(super) fn paint(&mut self, cells: Vec<(u16, i8)>) {
        if cells.is_empty() {
            return;
        }
        let mut bits = self.settings.pad.0.to_vec();
        for &(cell, value) in &cells {
            bits[usize::from(cell)] = value;
        }
        self.settings.pad = bits.into();
        self.settings.clean = self.settings.pad.clone();
        if self.running {
            let probe = self.settings.pad.clone();
            self.sent.pad = probe.clone();
            self.driver.command(HopfieldCommand::Paint { cells, probe });
        }
    }

    /// Ends a step that undo takes back as a whole.
    pub(super) fn finish_edit(&mut self) {
        self.undoer.feed_state(self.now, &self.settings);
        self.undoer.add_undo(&self.settings);
    }

    /// Stores what the pad shows.
    pub fn store(&mut self, cx: &mut LabContext<'_>) {
        let picture: Picture = self.shown_bits().into();
        let t = cx.texts;
        if let Some(same) = self.settings.memories.iter().find(|memory| memory.picture == picture) {
            cx.notices.say(t.fill("hopfield.notice.stored_before", &[("name", &words::name(same, t))]));
            return;
        }
        if self.settings.memories.len() >= MOST_MEMORIES {
            cx.notices.say(t.fill("hopfield.notice.full", &[("most", &MOST_MEMORIES.to_string())]));
            return;
        }
        let name = (1..).map(|number: usize| t.fill("hopfield.memory.numbered", &[("number", &number.to_string())]));
        let taken = |name: &String| self.settings.memories.iter().any(|memory| memory.name == *name);
        let name = name.into_iter().find(|name| !taken(name)).unwrap_or_default();
        cx.notices.say(t.fill("hopfield.notice.stored", &[("name", &name)]));
        self.edit(|settings| {
            settings.memories.push(Memory { name, picture, on: true, source: Source::Made });
        });
    }

    /// Spoils the clean picture anew.
    pub(super) fn spoil(&mut self, change: impl FnOnce(&mut HopfieldSettings)) {
        self.set_running(false);
        change(&mut self.settings);
        self.settings = self.settings.clone().spoiled();
    }

    /// The same as one step that undo takes back, whatever came right before.
    pub(super) fn spoil_once(&mut self, change: impl FnOnce(&mut HopfieldSettings)) {
        self.undoer.add_undo(&self.settings);
        self.spoil(change);
        self.finish_edit();
    }

    /// Another side of the pad; all pictures with it.
    pub fn set_side(&mut self, side: usize) {
        self.set_running(false);
        self.edit(|settings| *settings = settings.clone().with_side(side));
    }
}
