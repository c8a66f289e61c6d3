//! What the parts of the page draw from, and what they answer.

use super::{
    frame::{Dab, LatticeFrame},
    look::{LatticeLook, LatticePen, LatticeRun},
    pixel_map::Canvas,
    presets::Preset,
    settings::LatticeSettings,
};
use crate::physics::ising::Start;

/// What a part was used for; the page does it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Run the magnet, or pause it.
    Run(bool),
    /// Do one step, paused.
    Step,
    /// Begin again from the start state.
    Restart,
    /// Begin again from this state.
    StartFrom(Start),
    /// Random starts have this share of spins up.
    UpShare(f64),
    /// Take a magnet to begin with over.
    TakePreset(Preset),
    /// Run one magnet, or replicas.
    Tempering(bool),
    /// Cool slowly to T = 0.
    Cool,
    /// Stop cooling where it is.
    EndCooling,
    /// Say which sides this lattice can have; it cannot have this one.
    RefuseSide(usize),
    /// The thermometer was set to this, in J/k.
    TakeTemperature(f64),
    /// This is to be seen.
    Canvas(Canvas),
    /// Paint a piece of a stroke.
    Paint {
        /// The piece, in pixels of the picture.
        dab: Dab,
        /// It is the first of its stroke.
        begins: bool,
    },
}

/// What is drawn, what may be changed in place, and what is to be done.
pub(super) struct Scene<'a> {
    /// What acts on the magnet.
    pub settings: &'a mut LatticeSettings,
    /// How it is run.
    pub run: &'a mut LatticeRun,
    /// The brush and its size.
    pub pen: &'a mut LatticePen,
    /// How it is shown.
    pub look: &'a mut LatticeLook,
    /// The frame that is drawn.
    pub frame: &'a LatticeFrame,
    /// The number of the frame; 0 before the first.
    pub sequence: u64,
    /// T of the thermometer in J/k.
    pub temperature: f64,
    /// How much of a cooling is done, while it lasts.
    pub cooling: Option<f64>,
    /// Whether the magnet runs by itself.
    pub is_running: bool,
    /// What is to be done.
    pub actions: Vec<Action>,
}

impl Scene<'_> {
    /// Notes what is to be done.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }
}
