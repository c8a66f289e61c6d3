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

/// What the page can tell the magnet. Deeds have numbers that rise.
#[derive(Clone, Debug)]
pub enum LatticeCommand {
    /// New settings; rebuilds what must be rebuilt. The temperature is as they say, unless a cooling has set it.
    Settings(LatticeSettings),
    /// Begin again from the start state; how it was is kept under this deed.
    Restart(u64),
    /// A stroke of the brush begins; how the spins are is kept under this deed.
    BeginStroke(u64),
    /// Paint a piece of a stroke.
    Paint(Dab),
    /// Exchange the state kept for this deed with that of now: takes the deed back, and does it again.
    Exchange(u64),
    /// What is to be seen.
    Canvas(Canvas),
    /// Cool slowly to T = 0. Coolings have numbers, not 0, which frames name.
    Cool(u64),
    /// End the cooling; the temperature is again what the settings say.
    EndCooling,
}

/// What the page draws.
#[derive(Clone, Debug, Default)]
pub struct LatticeFrame {
    /// The settings it was made with.
    pub settings: LatticeSettings,
    /// T in J/k: that of the settings, or as far as a cooling came.
    pub temperature: f64,
    /// The number of the cooling that has set the temperature; 0 where it is as the settings say.
    pub cooling: u64,
    /// How much of the cooling is done, 0 to 1, while it lasts.
    pub anneal: Option<f64>,
    /// The oldest restart or stroke that can be taken back; none if none can.
    pub oldest_deed: Option<u64>,
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
}
