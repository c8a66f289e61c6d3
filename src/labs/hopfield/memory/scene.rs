//! What the parts of the page draw from, and what they answer.

use super::{
    learning::Learning,
    look::{Look, Pen},
    settings::{EXPLAINED, HopfieldRun, HopfieldSettings, Neurons, Occlusion},
    shown::Shown,
    sim::HopfieldFrame,
    strokes::{Cell, Change},
};
use crate::{data::drawings::DrawnSet, widgets::pattern::Thumbnails};

/// What a part was used for; the page does it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Recall, or pause.
    Recall(bool),
    /// Ask one neuron.
    Step,
    /// Ask every neuron once.
    Sweep,
    /// Go on until nothing changes any more.
    ToTheEnd,
    /// Back to the probe.
    Again,
    /// Recall the same probe again.
    Replay,
    /// Show a snapshot of the film, or the network itself.
    Scrub(Option<usize>),
    /// Give up what is being learned.
    CancelLearning,
    /// Dream, and forget a little of where each dream ends.
    Unlearn,
    /// Turn this part of the cells over.
    Corrupt(f64),
    /// Corrupt the same part of other cells.
    CorruptAnew,
    /// Hide this half, or show it again.
    Occlude(Occlusion),
    /// Another side of the pad.
    TakeSide(usize),
    /// Another seed.
    TakeSeed(u64),
    /// Draw a piece of a stroke.
    Stroke {
        /// Drawn with the second button, which does the opposite.
        is_secondary: bool,
        /// The cells that the pen passed, the last one of the piece before first.
        path: Vec<Cell>,
        /// It is the first piece of its stroke.
        begins: bool,
    },
    /// The stroke is over.
    EndStroke,
    /// Turn off the rectangle between two cells.
    HideArea(Cell, Cell),
    /// Turn the cell of a neuron over.
    TurnOver(usize),
    /// Change the whole picture.
    Change(Change),
    /// Store what the pad shows.
    Store,
    /// Put a memory on the pad.
    Probe(usize),
    /// Learn a memory, or leave it out for a moment.
    Switch(usize),
    /// Forget a memory.
    Forget(usize),
    /// Give a memory another name.
    Rename(usize, String),
    /// Move a memory to another place of the shelf.
    Move(usize, usize),
    /// Forget all memories.
    ForgetAll,
    /// Add pictures of a set, or random ones.
    AddSet(Option<DrawnSet>),
    /// Add what the hidden units of the machine of the Boltzmann lab look for.
    AddFeatures,
    /// Ask for pictures to open.
    OpenPictures,
    /// Let all rules recall the probe.
    StartRace,
    /// Measure how much the rule holds.
    StartCapacity,
    /// Measure how far the basins reach.
    StartBasins,
    /// Save the table of the experiment shown.
    SaveTable,
    /// Save the film.
    SaveFilm,
}

impl Action {
    /// The place on the shelf of the memory that this is about.
    pub fn memory(&self) -> Option<usize> {
        match *self {
            Self::Probe(index)
            | Self::Switch(index)
            | Self::Forget(index)
            | Self::Rename(index, _)
            | Self::Move(index, _) => Some(index),
            _ => None,
        }
    }
}

/// What is drawn, what may be changed in place, and what is to be done.
pub(super) struct Scene<'a> {
    /// What acts on the network.
    pub settings: &'a mut HopfieldSettings,
    /// How it is run.
    pub run: &'a mut HopfieldRun,
    /// What is drawn with.
    pub pen: &'a mut Pen,
    /// Folds, tabs and how values are shown.
    pub look: &'a mut Look,
    /// The frame that is drawn.
    pub frame: &'a HopfieldFrame,
    /// Whether the network runs.
    pub is_running: bool,
    /// The snapshot of the film that is shown in place of the network's state.
    pub scrub: Option<usize>,
    /// Where learning stands.
    pub learning: &'a Learning,
    /// How much is learned, where it takes longer than a glance.
    pub learning_progress: Option<f64>,
    /// Whether a file is being saved.
    pub is_saving: bool,
    /// Whether the Boltzmann lab offers a machine.
    pub has_machine: bool,
    /// Small pictures of the memories.
    pub thumbnails: &'a mut Thumbnails,
    /// What is to be done.
    pub actions: Vec<Action>,
}

impl Scene<'_> {
    /// What the pad shows.
    pub fn shown(&self) -> Shown<'_> {
        Shown { settings: self.settings, frame: self.frame, is_running: self.is_running, scrub: self.scrub }
    }

    /// Whether it is slow enough, or paused, to show each neuron's reason.
    pub fn explains(&self) -> bool {
        self.settings.neurons == Neurons::OnOff
            && (!self.is_running || self.run.speed.is_some_and(|speed| speed <= EXPLAINED))
    }

    /// Notes what is to be done.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }
}
