//! What a magnet has left in the plots over time and over temperature.

use serde::{Deserialize, Serialize};

use crate::{
    labs::ising::common::trail::{Trail, TrailDot, TrailRule},
    physics::statistics::History,
};

/// Steps that the plots over time look back.
const HISTORY: u64 = 20_000;
/// The trail over temperature, in J/k and J together.
const TRAIL: TrailRule = TrailRule { distance: 0.04, most: 400 };

/// Histories, trail and lowest energy of one magnet, or of the replicas.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Traces {
    /// e in J against sweeps.
    pub energy: History,
    /// m, its staggered form or the overlap against sweeps.
    pub order: History,
    /// Dots at T, |m| and e.
    pub trail: Trail<TrailDot>,
    /// The lowest e seen, in J.
    pub lowest: Option<f64>,
}

impl Default for Traces {
    fn default() -> Self {
        let (energy, order) = (History::new(HISTORY), History::new(HISTORY));
        Self { energy, order, trail: Trail::new(TRAIL), lowest: None }
    }
}

impl Traces {
    /// Forgets all but the lowest energy, which is one of the bonds.
    pub fn clear(&mut self) {
        self.energy.clear();
        self.order.clear();
        self.trail.clear();
    }

    /// Goes on with traces that were put away.
    pub fn take_up(&mut self, left: Self) {
        let lowest = left.lowest.filter(|lowest| lowest.is_finite());
        *self = Self { lowest, ..left };
        self.trail.shorten(TRAIL);
    }

    /// Leaves a dot at T, |m| and e, where it is far enough from the last one.
    pub fn leave(&mut self, dot: TrailDot) {
        let distance_from = |last: &TrailDot| (dot.temperature - last.temperature).hypot(dot.energy - last.energy);
        self.trail.leave(dot, TRAIL, distance_from);
    }

    /// Notes an energy, if it is the lowest.
    pub fn note_lowest(&mut self, energy: f64) {
        if self.lowest.is_none_or(|known| energy < known - 1e-9) {
            self.lowest = Some(energy);
        }
    }
}
