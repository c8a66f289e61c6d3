//! What the parts of the page draw from, and what they answer.

use serde::{Deserialize, Serialize};

use crate::{
    labs::ising::{
        common::brush::Stroke,
        magnet::{
            cards::{Plot, Slots},
            frame::MagnetFrame,
            picture::ViewRequest,
            ramp::{Knob, RampKind},
            settings::{MagnetRun, MagnetSettings, Pen},
        },
    },
    physics::ising::Start,
};

/// What a part was used for; the page does it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::labs::ising) enum Action {
    /// Run, or pause.
    Run(bool),
    /// One step, and then a rest.
    Step,
    /// Begin again, from this state if one is given.
    Restart(Option<Start>),
    /// A knob that a ramp can turn was set by hand.
    Knob(Knob, f64),
    /// Turn a knob by itself.
    Ramp(RampKind),
    /// Stop that, and leave the knob where it is.
    EndRamp,
    /// A piece of a brush stroke; `begins` is the first of its stroke.
    Paint {
        /// The piece.
        stroke: Stroke,
        /// It is the first of its stroke.
        begins: bool,
    },
    /// Let all pinned spins go.
    ReleaseAll,
    /// Show this part of the lattice.
    View(ViewRequest),
    /// Forget the dots and loops of the plots.
    ClearTrails,
    /// Bring another page to the front.
    ShowPage(&'static str),
}

/// Folds, tabs and what pictures show: saved, never undone, never sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::labs::ising) struct Look {
    /// Size, coupling and seed are unfolded.
    pub more: bool,
    /// Tab of the compact layout.
    pub tab: Plot,
    /// Plots in the cards of the other layouts.
    pub slots: Slots,
    /// Someone has turned the thermometer before.
    pub met_thermometer: bool,
    /// For J = −1: the picture shows every second spin turned over.
    pub staggered_picture: bool,
    /// The picture has a colour for each cluster.
    pub colour_clusters: bool,
    /// Told of voters in place of spins; the model is the same.
    pub as_voters: bool,
    /// Free-energy curves at T = 2.0 and 3.5 behind the live one.
    pub ghost_curves: bool,
    /// ⟨|m|⟩² is left out of G(r).
    pub connected: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            more: false,
            tab: Plot::default(),
            slots: Slots::default(),
            met_thermometer: false,
            staggered_picture: false,
            colour_clusters: false,
            as_voters: false,
            ghost_curves: true,
            connected: false,
        }
    }
}

/// What is drawn, what may be changed in place, and what is to be done.
pub(in crate::labs::ising) struct Scene<'a> {
    /// What acts on the magnet. T and h are set by [`Action::Knob`] only.
    pub settings: &'a mut MagnetSettings,
    /// How it is run.
    pub run: &'a mut MagnetRun,
    /// What the pointer paints with.
    pub pen: &'a mut Pen,
    /// Folds, tabs and what pictures show.
    pub look: &'a mut Look,
    /// The frame that is drawn.
    pub frame: &'a MagnetFrame,
    /// Its number.
    pub sequence: u64,
    /// Whether it runs by itself.
    pub is_running: bool,
    /// T and h as they stand now, also where a ramp turns them.
    pub knobs: [f64; 2],
    /// The ramp under way and how much of it is done, 0 to 1.
    pub ramp: Option<(RampKind, f64)>,
    /// What is to be done.
    pub actions: Vec<Action>,
}

impl Scene<'_> {
    /// Notes what is to be done.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }
}
