//! What a person can set on the page, in its lifetimes: what acts on the magnet, how it is run, and what paints.

use serde::{Deserialize, Serialize};

use crate::{
    labs::{
        ising::{
            common::{
                brush::{BrushTool, resized},
                ranges::{FASTEST, STRONGEST_FIELD},
            },
            magnet::block_spins::BlockRule,
        },
        kit::Repair,
    },
    physics::ising::{Coupling, Dynamics, Parameters, Start, clusters::ClusterKind, exact, validate_side},
};

/// Highest temperature of the thermometer, in J/k.
pub const HOTTEST: f64 = 5.0;
/// Range of "look inside", in spins asked a second.
pub const ATTEMPTS_PER_SECOND: std::ops::RangeInclusive<f64> = 0.25..=30.0;
/// Range of the brush, its radius in spins.
pub const BRUSH: std::ops::RangeInclusive<u32> = 0..=128;
/// Range of the length of a slow heating, cooling or field cycle, in sweeps.
pub const DRIVE_SWEEPS: std::ops::RangeInclusive<u32> = 200..=100_000;
/// Smallest side offered on screen; smaller ones are for tests and tables.
pub const SMALLEST_ON_SCREEN: usize = 8;

/// What acts on the magnet: sent, undone and saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MagnetSettings {
    /// Spins along a side, even, 8 to 4096.
    pub size: usize,
    /// T in J/k, 0 to 5.
    pub temperature: f64,
    /// h in J, −2 to 2.
    pub field: f64,
    /// The sign of J.
    pub coupling: Coupling,
    /// The update rule.
    pub dynamics: Dynamics,
    /// The state that a reset begins with.
    pub start: Start,
    /// Seed of the run.
    pub seed: u64,
    /// What joins spins to clusters.
    pub cluster_kind: ClusterKind,
    /// How blocks become spins in the blurred pictures.
    pub block_rule: BlockRule,
    /// Sweeps that a slow heating, cooling or field cycle takes.
    pub drive_sweeps: u32,
}

impl Default for MagnetSettings {
    fn default() -> Self {
        Self {
            size: 256,
            temperature: 3.5,
            field: 0.0,
            coupling: Coupling::Ferromagnetic,
            dynamics: Dynamics::Metropolis,
            start: Start::Random,
            seed: 1944,
            cluster_kind: ClusterKind::Geometric,
            block_rule: BlockRule::Majority,
            drive_sweeps: 4800,
        }
    }
}

/// How the magnet is run: saved, never undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MagnetRun {
    /// Sweeps a second; none means as fast as it goes.
    pub sweeps_per_second: Option<f64>,
    /// One spin at a time, explained: a thing of the moment, which no file keeps.
    #[serde(skip)]
    pub look_inside: bool,
    /// Spins tried a second while looking inside.
    #[serde(rename = "asks_per_second")]
    pub attempts_per_second: f64,
}

impl Default for MagnetRun {
    fn default() -> Self {
        Self { sweeps_per_second: Some(240.0), look_inside: false, attempts_per_second: 1.0 }
    }
}

impl Repair for MagnetRun {
    fn repaired(mut self) -> Self {
        self.sweeps_per_second = self.sweeps_per_second.map(|rate| number(rate, 240.0).clamp(1.0, FASTEST));
        self.attempts_per_second =
            number(self.attempts_per_second, 1.0).clamp(*ATTEMPTS_PER_SECOND.start(), *ATTEMPTS_PER_SECOND.end());
        self
    }
}

/// What the pointer paints with: saved, never undone, never sent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pen {
    /// What the brush does.
    pub brush: BrushTool,
    /// Radius of the brush in spins.
    pub brush_radius: u32,
}

impl Default for Pen {
    fn default() -> Self {
        Self { brush: BrushTool::Up, brush_radius: 8 }
    }
}

impl Repair for Pen {
    fn repaired(mut self) -> Self {
        self.brush_radius = self.brush_radius.clamp(*BRUSH.start(), *BRUSH.end());
        self
    }
}

impl Pen {
    /// Makes the brush a step wider or narrower.
    pub fn resize(&mut self, wider: bool) {
        self.brush_radius = resized(self.brush_radius, wider, &BRUSH);
    }
}

fn number(value: f64, fallback: f64) -> f64 {
    if value.is_finite() { value } else { fallback }
}

impl MagnetSettings {
    /// What acts on the spins.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        Parameters { temperature: self.temperature, field: self.field, coupling: self.coupling }
    }

    /// Whether these settings need another lattice than those.
    #[must_use]
    pub fn needs_another_lattice(&self, other: &Self) -> bool {
        (self.size, self.seed) != (other.size, other.seed)
    }

    /// Whether the staggered magnetization is what orders: J = −1.
    #[must_use]
    pub fn is_staggered(&self) -> bool {
        self.coupling == Coupling::Antiferromagnetic
    }

    /// Whether the thermometer stands at the critical point.
    #[must_use]
    pub fn is_critical(&self) -> bool {
        (self.temperature - exact::critical_temperature()).abs() < 0.0005
    }
}

impl Repair for MagnetSettings {
    fn repaired(mut self) -> Self {
        let fallback = Self::default();
        if validate_side(self.size).is_err() || self.size < SMALLEST_ON_SCREEN {
            self.size = fallback.size;
        }
        self.temperature = number(self.temperature, fallback.temperature).clamp(0.0, HOTTEST);
        self.field = number(self.field, fallback.field).clamp(-STRONGEST_FIELD, STRONGEST_FIELD);
        self.drive_sweeps = self.drive_sweeps.clamp(*DRIVE_SWEEPS.start(), *DRIVE_SWEEPS.end());
        self
    }
}
