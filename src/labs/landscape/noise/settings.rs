//! What is drawn, and how it comes back.

use serde::{Deserialize, Serialize};

use super::presets::{Dot, Preset, dots};
use crate::{
    labs::kit::Repair,
    physics::landscape::diffusion::{Sampler, Spacing},
};

/// Most points of a drawing, and the least of which anything is worked out.
pub(super) const MOST_DOTS: usize = 400;
pub(super) const FEWEST_DOTS: usize = 8;
/// Points that come back.
pub(super) const SAMPLES: std::ops::RangeInclusive<u32> = 20..=400;
/// Steps back.
pub(super) const STEPS: std::ops::RangeInclusive<u32> = 10..=500;
/// Width of the noise about each point, σ₀.
pub(super) const SIGMA: std::ops::RangeInclusive<f64> = 0.02..=0.3;
/// Decades of time that pass in a second.
pub(super) const SPEED: std::ops::RangeInclusive<f64> = 0.05..=4.0;
/// Farthest that a point of the person's pad can lie from the middle, along each axis.
pub(super) const REACH: f64 = 2.6;

/// What a person sets on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoiseSettings {
    /// The drawing.
    pub drawing: Vec<Dot>,
    /// How points come back.
    pub sampler: Sampler,
    /// How the times of the steps lie.
    pub spacing: Spacing,
    /// How many come back.
    pub samples: u32,
    /// In how many steps.
    pub steps: u32,
    /// Width of the noise about each point, σ₀.
    pub sigma: f64,
    /// Seed of all noise.
    pub seed: u64,
}

impl Default for NoiseSettings {
    fn default() -> Self {
        Self {
            drawing: dots(Preset::Letters),
            sampler: Sampler::Sde,
            spacing: Spacing::Logarithmic,
            samples: 160,
            steps: 200,
            sigma: 0.05,
            seed: 7,
        }
    }
}

impl Repair for NoiseSettings {
    fn repaired(mut self) -> Self {
        self.drawing.retain(|dot| dot.at.iter().all(|x| x.is_finite() && f64::from(x.abs()) <= REACH));
        self.drawing.truncate(MOST_DOTS);
        self.drawing.iter_mut().for_each(|dot| dot.kind = dot.kind.min(1));
        self.samples = self.samples.clamp(*SAMPLES.start(), *SAMPLES.end());
        self.steps = self.steps.clamp(*STEPS.start(), *STEPS.end());
        self.sigma = if self.sigma.is_finite() { self.sigma.clamp(*SIGMA.start(), *SIGMA.end()) } else { 0.05 };
        self
    }
}

/// Which way time runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// From noise back to the drawing.
    #[default]
    Back,
    /// From the drawing to noise.
    Out,
}

/// How the film is run: saved, never undone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoiseRun {
    /// Decades of time that pass in a second.
    pub speed: f64,
    /// Which way.
    pub direction: Direction,
}

impl Default for NoiseRun {
    fn default() -> Self {
        Self { speed: 0.5, direction: Direction::Back }
    }
}

impl NoiseRun {
    /// The values that are allowed in place of those that are not.
    pub(super) fn repaired(self) -> Self {
        let speed = if self.speed.is_finite() { self.speed.clamp(*SPEED.start(), *SPEED.end()) } else { 0.5 };
        Self { speed, ..self }
    }
}

/// What the brush does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pen {
    /// Drops points of the first colour.
    #[default]
    Yellow,
    /// Drops points of the second colour.
    Blue,
    /// Takes points away.
    Erase,
}

/// Which card is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// The ways over time.
    #[default]
    History,
    /// When twins agree.
    Twins,
    /// The drawing.
    Drawing,
    /// Five moments.
    Moments,
}

/// How the page is looked at: saved, never undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoiseLook {
    /// The card in front in a compact window.
    pub tab: Tab,
    /// Arrows of the score are shown.
    pub arrows: bool,
    /// The last steps of each point are shown.
    pub trails: bool,
    /// What the brush does.
    pub pen: Pen,
}

impl Default for NoiseLook {
    fn default() -> Self {
        Self { tab: Tab::History, arrows: true, trails: true, pen: Pen::Yellow }
    }
}
