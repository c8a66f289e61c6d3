//! How the magnet is run, painted and shown: what is saved beside its settings, and never undone.

use serde::{Deserialize, Serialize};

use crate::labs::{
    ising::common::brush::{BrushTool, resized},
    kit::Repair,
};

/// Largest radius of the brush in spins.
pub const LARGEST_BRUSH: u32 = 32;

/// How a magnet in space is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projection {
    /// The cube from above, its upper layers taken off.
    #[default]
    Cube,
    /// One layer.
    Layer,
    /// All layers side by side.
    Layers,
}

/// How the magnet is run: saved, never undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LatticeRun {
    /// Steps a second; none means as fast as it goes.
    pub sweeps_per_second: Option<f64>,
}

impl Default for LatticeRun {
    fn default() -> Self {
        Self { sweeps_per_second: Some(240.0) }
    }
}

impl Repair for LatticeRun {
    fn repaired(self) -> Self {
        let rate = |rate: f64| if rate.is_finite() { rate.clamp(1.0, 10_000.0) } else { 240.0 };
        Self { sweeps_per_second: self.sweeps_per_second.map(rate) }
    }
}

/// The brush: saved, never undone, never sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LatticePen {
    /// What it does: up, down or heat.
    pub brush: BrushTool,
    /// Its radius in spins.
    pub brush_radius: u32,
}

impl Default for LatticePen {
    fn default() -> Self {
        Self { brush: BrushTool::Up, brush_radius: 3 }
    }
}

impl LatticePen {
    /// Makes the brush a step wider or narrower.
    pub fn resize(&mut self, wider: bool) {
        self.brush_radius = resized(self.brush_radius, wider, &(0..=LARGEST_BRUSH));
    }
}

impl Repair for LatticePen {
    fn repaired(mut self) -> Self {
        self.brush_radius = self.brush_radius.min(LARGEST_BRUSH);
        if !matches!(self.brush, BrushTool::Up | BrushTool::Down | BrushTool::Heat) {
            self.brush = BrushTool::Up;
        }
        self
    }
}

/// A card; in small windows a tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// e against T.
    #[default]
    Energy,
    /// Order and energy over time.
    Time,
    /// Order against T, growth of patches, or exchanges of replicas.
    Third,
    /// Averages, or the overlap of replicas.
    Fourth,
    /// What magnet it is.
    About,
}

/// How the magnet is shown: saved, never undone. Of this the simulation is told only what its picture needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LatticeLook {
    /// How a magnet in space is shown.
    #[serde(rename = "look")]
    pub projection: Projection,
    /// The uppermost layer shown, from 0.
    pub layer: usize,
    /// Frustrated rings and negative bonds are marked.
    pub marks: bool,
    /// The card of the compact layout.
    pub tab: Tab,
}

impl Default for LatticeLook {
    fn default() -> Self {
        Self { projection: Projection::Cube, layer: 0, marks: true, tab: Tab::Energy }
    }
}

impl LatticeLook {
    /// Keeps the layer inside a magnet of this side.
    pub fn fit(&mut self, side: usize) {
        self.layer = self.layer.min(side - 1);
    }
}
