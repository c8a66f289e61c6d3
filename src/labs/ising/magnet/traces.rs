//! What a magnet has left in the plots over time, over temperature and over the field.

use serde::{Deserialize, Serialize};

use crate::{
    labs::ising::common::trail::{Trail, TrailDot, TrailRule},
    physics::statistics::History,
};

/// Sweeps that the plots over time look back.
pub const HISTORY: u64 = 20_000;
/// The trail over temperature, in J/k and 1 together.
pub(super) const TRAIL: TrailRule = TrailRule { distance: 0.034, most: 400 };
/// The hysteresis loop, in J and 1 together.
pub(super) const LOOP: TrailRule = TrailRule { distance: 0.012, most: 1500 };

/// Histories and trails of one magnet.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Traces {
    /// m, or its staggered form, against sweeps.
    pub order: History,
    /// e in J against sweeps.
    pub energy: History,
    /// Dots at T, |m| and e.
    pub trail: Trail<TrailDot>,
    /// Points at h in J and m.
    pub field_loop: Trail<[f64; 2]>,
}

impl Default for Traces {
    fn default() -> Self {
        let (order, energy) = (History::new(HISTORY), History::new(HISTORY));
        Self { order, energy, trail: Trail::new(TRAIL), field_loop: Trail::new(LOOP) }
    }
}

impl Traces {
    /// Forgets all of it.
    pub fn clear(&mut self) {
        self.order.clear();
        self.energy.clear();
        self.clear_trails();
    }

    /// Forgets the trails over temperature and field.
    pub fn clear_trails(&mut self) {
        self.trail.clear();
        self.field_loop.clear();
    }

    /// Goes on with traces that were put away.
    pub fn take_up(&mut self, left: Self) {
        *self = left;
        self.trail.shorten(TRAIL);
        self.field_loop.shorten(LOOP);
    }

    /// Leaves a dot at T, |m| and e, and a point at h and m, where they are far enough from the last ones.
    pub fn leave(&mut self, dot: TrailDot, point: [f64; 2]) {
        let from_dot = |last: &TrailDot| (dot.temperature - last.temperature).hypot(dot.order - last.order);
        self.trail.leave(dot, TRAIL, from_dot);
        self.field_loop.leave(point, LOOP, |last| (point[0] - last[0]).hypot(point[1] - last[1]));
    }
}
