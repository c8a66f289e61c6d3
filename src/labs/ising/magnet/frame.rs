//! What the window draws: everything that one frame carries.

use crate::{
    labs::ising::common::trail::TrailDot,
    labs::ising::{
        common::live_averages::Live,
        magnet::{
            cluster_inside::ClusterShown,
            cluster_meter::ClusterFrame,
            inspector::{BlurFrame, CorrelationFrame},
            picture::Picture,
            ramp::{LoopArea, RampFrame},
            settings::MagnetSettings,
        },
    },
    physics::{ising::attempt::Attempt, statistics::history::Stretch},
};

/// What the window draws.
#[derive(Clone, Debug, Default)]
pub struct MagnetFrame {
    /// The settings that were in force, with the knob where a ramp has turned it.
    pub settings: MagnetSettings,
    /// Sweeps since the last start.
    pub sweeps: u64,
    /// Magnetization per spin.
    pub magnetization: f64,
    /// What orders: m, or its staggered form when J = −1.
    pub order: f64,
    /// Energy per spin in J.
    pub energy: f64,
    /// How many spins are held.
    pub pinned: usize,
    /// The lattice as asked for.
    pub picture: Picture,
    /// The whole lattice, small, if asked for.
    pub overview: Picture,
    /// Order against sweeps.
    pub order_history: Vec<Stretch>,
    /// Energy against sweeps.
    pub energy_history: Vec<Stretch>,
    /// Dots of the plots against T, oldest first.
    pub trail: Vec<TrailDot>,
    /// (h, m) of the hysteresis loop, oldest first.
    pub field_loop: Vec<[f64; 2]>,
    /// How often each level of m was met in the companions since they settled.
    pub companion_counts: Vec<u64>,
    /// How often each m was met at two fixed temperatures, [`GHOSTS`](crate::labs::ising::magnet::sim::GHOSTS).
    pub ghost_counts: [Vec<u64>; 2],
    /// m of the companion that is the ball.
    pub companion_ball: f64,
    /// The spin that was asked last, while looking inside.
    pub attempt: Option<Attempt>,
    /// The cluster that turns next or has turned, while looking inside.
    pub inside: ClusterShown,
    /// What turns a knob by itself, or did last.
    pub ramp: Option<RampFrame>,
    /// The oldest restart or stroke that can be taken back; none if none can.
    pub oldest_deed: Option<u64>,
    /// Averages with errors since the last change.
    pub live: Live,
    /// Correlations, if watched.
    pub correlation: CorrelationFrame,
    /// Clusters, if watched.
    pub clusters: ClusterFrame,
    /// Time since the last quench in sweeps, and the size of patches in spins.
    pub growth: Vec<[f64; 2]>,
    /// n of R ∝ t^n, where it can be told.
    pub growth_exponent: Option<f64>,
    /// Areas of the field cycles so far.
    pub loops: Vec<LoopArea>,
    /// Block spins of each size, if watched.
    pub blur: Vec<BlurFrame>,
}
