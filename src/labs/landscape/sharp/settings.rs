//! The two valleys, the noise, and how the crowds are run.

use serde::{Deserialize, Serialize};

use crate::labs::kit::Repair;

/// How many times as wide as the sharp valley the flat one can be.
pub(super) const WIDTHS: std::ops::RangeInclusive<f64> = 1.0..=3.0;
/// Temperatures, in heights of four hills.
pub(super) const TEMPERATURES: std::ops::RangeInclusive<f64> = 0.08..=0.6;
/// Times of a step.
pub(super) const STEPS: std::ops::RangeInclusive<f64> = 0.005..=0.1;
/// Units of time that pass in a second.
pub(super) const SPEEDS: std::ops::RangeInclusive<f64> = 1.0..=200.0;

/// What a person sets on the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharpSettings {
    /// Width of the flat valley, w; the sharp one has 1.
    pub width: f64,
    /// T.
    pub temperature: f64,
    /// The time of a step.
    pub step: f64,
    /// Seed of starts and noise.
    pub seed: u64,
}

impl Default for SharpSettings {
    fn default() -> Self {
        Self { width: 1.5, temperature: 0.2, step: 0.02, seed: 7 }
    }
}

impl Repair for SharpSettings {
    fn repaired(mut self) -> Self {
        let fallback = Self::default();
        for (value, range, fallback) in [
            (&mut self.width, WIDTHS, fallback.width),
            (&mut self.temperature, TEMPERATURES, fallback.temperature),
            (&mut self.step, STEPS, fallback.step),
        ] {
            *value = if value.is_finite() { value.clamp(*range.start(), *range.end()) } else { fallback };
        }
        self
    }
}

/// How the crowds are run: saved, never undone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharpRun {
    /// Units of time that pass in a second.
    pub speed: f64,
}

impl Default for SharpRun {
    fn default() -> Self {
        Self { speed: 20.0 }
    }
}

impl SharpRun {
    /// The values that are allowed in place of those that are not.
    pub(super) fn repaired(self) -> Self {
        let speed = if self.speed.is_finite() { self.speed.clamp(*SPEEDS.start(), *SPEEDS.end()) } else { 20.0 };
        Self { speed }
    }
}

/// Which card is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// The share of the flat valley against temperature.
    #[default]
    Heat,
    /// The share over time.
    Time,
    /// Counted beside exact.
    Counted,
}

/// How the page is looked at: saved, never undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharpLook {
    /// The card in front in a compact window.
    pub tab: Tab,
}
