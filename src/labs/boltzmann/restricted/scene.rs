//! What the parts of the page draw from, and what they answer.

use egui::Color32;

use super::{
    loading::Loaded,
    settings::{Activity, Look, Preset, RbmRun, RbmSettings, Tool},
    sim::RbmFrame,
};
use crate::{
    data::samples::Source,
    physics::rbm::{TrainerSettings, VisibleKind},
    simulation::Status,
    widgets::colors,
};

/// What a part was used for; the page does it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Learn, or pause everything.
    Learn(bool),
    /// Begin learning again from nothing.
    Restart,
    /// Take a preset over.
    TakePreset(Preset),
    /// So many hidden units: learning begins again.
    TakeHidden(usize),
    /// Learn labels with the pictures, or not: learning begins again.
    TakeLabels(bool),
    /// Another kind of pixels: learning begins again.
    TakeKind(VisibleKind),
    /// Another seed: learning begins again.
    TakeSeed(u64),
    /// Learn from these pictures.
    LearnFrom(Source),
    /// Learn from the memory lab's pictures.
    LearnFromShelf,
    /// Give up what is being loaded.
    CancelLoading,
    /// Dream with the machine as it is, or pause.
    Dream(bool),
    /// Begin the dreams again.
    DreamAgain,
    /// Draw a piece of a stroke on the pad, in parts of its width and height.
    Stroke {
        /// What is drawn.
        tool: Tool,
        /// Where the piece begins.
        from: [f32; 2],
        /// Where it ends.
        to: [f32; 2],
        /// It is the first of its stroke.
        begins: bool,
    },
    /// The stroke is over.
    EndStroke,
    /// Put a picture of the collection on the pad.
    PutPicture,
    /// Empty the pad.
    ClearPad,
    /// Measure the likelihood of the machine of now.
    MeasureLikelihood,
    /// Stop measuring.
    CancelMeasuring,
    /// Ask for pictures to open.
    OpenPictures,
    /// Ask for a machine to open.
    OpenMachine,
    /// Save the machine.
    SaveMachine,
    /// Save its weights alone.
    SaveWeights,
    /// Take the likely cause of a failure out of the settings and begin again.
    Mend(TrainerSettings),
}

/// What is drawn, what may be changed in place, and what is to be done.
pub(super) struct Scene<'a> {
    /// What acts on the machine.
    pub settings: &'a mut RbmSettings,
    /// How it is run.
    pub run: &'a mut RbmRun,
    /// Folds, tabs and how pictures are shown.
    pub look: &'a mut Look,
    /// The frame that is drawn.
    pub frame: &'a RbmFrame,
    /// Its number.
    pub sequence: u64,
    /// What the runner measured.
    pub status: Status,
    /// What it does now.
    pub activity: Activity,
    /// The pictures that are there.
    pub loaded: Option<&'a Loaded>,
    /// How much of the pictures is there, while they are made or read.
    pub loading: Option<f64>,
    /// Whether a file is being opened or saved.
    pub has_files_under_way: bool,
    /// What is to be done.
    pub actions: Vec<Action>,
}

impl Scene<'_> {
    /// The colours of pixels from 0 to 1: ink, or spins where it learns from a magnet.
    pub fn palette(&self) -> fn(f64) -> Color32 {
        match self.settings.configuration.source {
            Source::Magnet { .. } => colors::spin,
            _ => colors::ink,
        }
    }

    /// Whether it learns now.
    pub fn is_learning(&self) -> bool {
        self.activity == Activity::Learning
    }

    /// Whether there is something that a new beginning would forget.
    pub fn has_learned(&self) -> bool {
        self.frame.taught
    }

    /// Whether the epochs planned are done.
    pub fn has_ended(&self) -> bool {
        self.frame.has_ended(self.settings)
    }

    /// Notes what is to be done.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }
}
