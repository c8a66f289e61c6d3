//! Magnets to begin with: each shows one thing well.

use super::settings::{DisorderKind, LatticeSettings, Rule};
use crate::{
    labs::ising::common::ranges::FASTEST,
    physics::ising::{Coupling, graph::Geometry},
};

/// A magnet that shows one thing well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Honeycomb at its critical point.
    Honeycomb,
    /// Triangles whose corners all want to differ.
    Triangles,
    /// A cube at its critical point.
    Cube,
    /// Replicas of a ±J spin glass.
    Glass,
    /// A square lattice with holes.
    Holes,
    /// Neighbours change places, and spins of a kind come together.
    Unmixing,
}

impl Preset {
    /// In the order of their buttons.
    pub const ALL: [Self; 6] = [Self::Honeycomb, Self::Triangles, Self::Cube, Self::Glass, Self::Holes, Self::Unmixing];

    /// Keys of its name and of what it shows.
    #[must_use]
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Honeycomb => ["ising.scene.honeycomb", "ising.scene.honeycomb.tip"],
            Self::Triangles => ["ising.scene.triangles", "ising.scene.triangles.tip"],
            Self::Cube => ["ising.scene.cube", "ising.scene.cube.tip"],
            Self::Glass => ["ising.scene.glass", "ising.scene.glass.tip"],
            Self::Holes => ["ising.scene.holes", "ising.scene.holes.tip"],
            Self::Unmixing => ["ising.scene.unmixing", "ising.scene.unmixing.tip"],
        }
    }

    /// What acts on its magnet.
    #[must_use]
    pub fn settings(self) -> LatticeSettings {
        let base = LatticeSettings::default();
        let square = LatticeSettings { geometry: Geometry::Square, side: 128, ..LatticeSettings::default() };
        match self {
            Self::Honeycomb => {
                let geometry = Geometry::Honeycomb;
                LatticeSettings { geometry, temperature: geometry.critical_temperature(), ..base }
            }
            Self::Triangles => LatticeSettings {
                geometry: Geometry::Triangular,
                side: 32,
                coupling: Coupling::Antiferromagnetic,
                temperature: 0.4,
                ..base
            },
            Self::Cube => {
                let geometry = Geometry::Cubic;
                LatticeSettings { geometry, side: 32, temperature: geometry.critical_temperature(), ..base }
            }
            Self::Glass => LatticeSettings {
                side: 16,
                disorder_kind: DisorderKind::PlusMinus,
                tempering: true,
                temperature: 0.4,
                ..square
            },
            Self::Holes => {
                LatticeSettings { disorder_kind: DisorderKind::Sites, dilution: 0.25, temperature: 0.9, ..square }
            }
            Self::Unmixing => LatticeSettings { rule: Rule::Exchange, temperature: 1.6, ..square },
        }
    }

    /// Steps a second at which it is seen well.
    #[must_use]
    pub fn sweeps_per_second(self) -> f64 {
        match self {
            Self::Triangles => 20.0,
            Self::Glass | Self::Unmixing => FASTEST,
            Self::Honeycomb | Self::Cube | Self::Holes => 240.0,
        }
    }
}
