//! What the page tells its magnet, and what the magnet shows of itself.

use crate::{
    labs::ising::{
        common::{brush::BrushTool, live_averages::Live, trail::TrailDot},
        lattices::{
            pixel_map::{Canvas, Sheet},
            replicas::Rung,
            settings::LatticeSettings,
        },
    },
    physics::statistics::history::Stretch,
};

/// A piece of a brush stroke, in pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dab {
    /// Where the pointer was.
    pub from: [f64; 2],
    /// Where it is.
    pub to: [f64; 2],
    /// Radius in pixels.
    pub radius: f64,
    /// Up, down or heat.
    pub tool: BrushTool,
}

/// What the page can tell the magnet.
#[derive(Clone, Debug)]
pub enum LatticeCommand {
    /// New settings; rebuilds what must be rebuilt.
    Settings(LatticeSettings),
    /// Begin again from the start state.
    Restart,
    /// Take the last restart back.
    UndoRestart,
    /// What is to be seen.
    Canvas(Canvas),
    /// Paint.
    Paint(Dab),
    /// Cool slowly to T = 0, or stop that.
    Anneal(bool),
}

/// What the page draws.
#[derive(Clone, Debug, Default)]
pub struct LatticeFrame {
    /// The settings it was made with.
    pub settings: LatticeSettings,
    /// Steps since the start.
    pub sweeps: u64,
    /// Spins.
    pub spins: usize,
    /// Rows of the lattice, and layers.
    pub lengths: [usize; 3],
    /// e in J; of the replica shown.
    pub energy: f64,
    /// m, or its staggered form; of the replica shown.
    pub order: f64,
    /// The lowest e seen with these couplings, in J.
    pub lowest: Option<f64>,
    /// The picture.
    pub sheet: Sheet,
    /// Averages of the single magnet.
    pub live: Live,
    /// Energy against steps.
    pub energy_history: Vec<Stretch>,
    /// Order against steps; with replicas the overlap.
    pub order_history: Vec<Stretch>,
    /// Dots of e against T.
    pub trail: Vec<TrailDot>,
    /// Size of patches since the last quench.
    pub growth: Vec<[f64; 2]>,
    /// n of R ∝ t^n.
    pub growth_exponent: Option<f64>,
    /// The temperatures of the replicas.
    pub rungs: Vec<Rung>,
    /// The one that is shown.
    pub rung: usize,
    /// Overlap of its two replicas.
    pub overlap: f64,
    /// How often each overlap was seen there.
    pub overlaps: Vec<f32>,
    /// How much of the placing of temperatures is done, while it lasts.
    pub placing: Option<f64>,
    /// Sweeps of the replicas since then.
    pub recorded: u64,
    /// How much of an annealing is done, while it lasts.
    pub anneal: Option<f64>,
    /// Annealings that have ended.
    pub annealings: u64,
}
