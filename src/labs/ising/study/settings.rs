//! What a scan runs, and what its curves are scaled with.

use serde::{Deserialize, Serialize};

use crate::{
    labs::kit::Repair,
    physics::ising::{Dynamics, scaling::Exponents},
};

/// Sizes offered.
pub const SIZES: [usize; 6] = [8, 16, 32, 64, 128, 256];
/// Sweeps measured at each point.
pub const SWEEPS: std::ops::RangeInclusive<u32> = 100..=1_000_000;
/// Temperatures of a scan.
pub const TEMPERATURES: std::ops::RangeInclusive<u32> = 3..=81;
/// What a scan runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanSettings {
    /// First temperature in J/k.
    pub from: f64,
    /// Last temperature in J/k.
    pub to: f64,
    /// How many temperatures, both ends included.
    pub temperatures: u32,
    /// Which of [`SIZES`].
    pub sizes: [bool; SIZES.len()],
    /// The update rule.
    pub dynamics: Dynamics,
    /// Sweeps measured at each point; a fifth as many go before.
    pub sweeps: u32,
    /// Seed of all its runs.
    pub seed: u64,
}

impl Default for ScanSettings {
    fn default() -> Self {
        Self {
            from: 1.6,
            to: 3.2,
            temperatures: 17,
            sizes: [false, true, true, true, false, false],
            dynamics: Dynamics::SwendsenWang,
            sweeps: 5000,
            seed: 1944,
        }
    }
}

impl ScanSettings {
    /// The temperatures in J/k, rounded to what a person would write.
    #[must_use]
    pub fn temperatures(&self) -> Vec<f64> {
        let steps = f64::from(self.temperatures.max(2) - 1);
        let at = |step: u32| self.from + (self.to - self.from) * f64::from(step) / steps;
        (0..self.temperatures).map(|step| (at(step) * 1e6).round() / 1e6).collect()
    }

    /// Returns the sides of the magnets that are scanned, smallest first.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        SIZES.into_iter().zip(self.sizes).filter_map(|(size, on)| on.then_some(size)).collect()
    }
}

impl Repair for ScanSettings {
    fn repaired(mut self) -> Self {
        let fallback = Self::default();
        if !(self.from.is_finite() && self.to.is_finite() && self.from >= 0.1 && self.to <= 10.0 && self.from < self.to)
        {
            (self.from, self.to) = (fallback.from, fallback.to);
        }
        self.temperatures = self.temperatures.clamp(*TEMPERATURES.start(), *TEMPERATURES.end());
        self.sweeps = self.sweeps.clamp(*SWEEPS.start(), *SWEEPS.end());
        self
    }
}

/// What the curves are scaled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScalingSettings {
    /// T_c in J/k, ν, β and γ.
    pub exponents: [f64; 4],
}

impl Default for ScalingSettings {
    fn default() -> Self {
        let Exponents { critical_temperature, nu, beta, gamma } = Exponents::exact();
        // Not yet right: turning the knobs until the curves fall together is the lesson.
        Self { exponents: [(10.0 * critical_temperature).round() / 10.0 + 0.1, nu, 2.0 * beta, gamma - 0.5] }
    }
}

impl ScalingSettings {
    /// The exponents by name.
    #[must_use]
    pub fn exponents(&self) -> Exponents {
        let [critical_temperature, nu, beta, gamma] = self.exponents;
        Exponents { critical_temperature, nu, beta, gamma }
    }
}

impl Repair for ScalingSettings {
    fn repaired(self) -> Self {
        if self.exponents.iter().all(|value| value.is_finite()) { self } else { Self::default() }
    }
}
