//! Trails that a magnet leaves in the plots.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// A dot of the trail in the plots against temperature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrailDot {
    /// T in J/k.
    pub temperature: f64,
    /// |m|, or its staggered form when J = −1.
    pub order: f64,
    /// e in J.
    pub energy: f64,
}

/// How a trail is kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::labs::ising) struct TrailRule {
    /// A dot is left this far from the last one, in units of the plot.
    pub distance: f64,
    /// Beyond so many the oldest dot goes.
    pub most: usize,
}

/// Dots at some distance from each other, the newest last.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::labs::ising) struct Trail<T>(VecDeque<T>);

impl<T> Trail<T> {
    /// A trail without dots.
    pub fn new(rule: TrailRule) -> Self {
        Self(VecDeque::with_capacity(rule.most + 1))
    }

    /// Leaves a dot if it is far enough from the last one.
    pub fn leave(&mut self, dot: T, rule: TrailRule, distance_from: impl Fn(&T) -> f64) {
        if self.0.back().is_none_or(|last| distance_from(last) >= rule.distance) {
            self.0.push_back(dot);
            self.shorten(rule);
        }
    }

    /// Lets the oldest dots go where there are too many.
    pub fn shorten(&mut self, rule: TrailRule) {
        let too_many = self.0.len().saturating_sub(rule.most);
        self.0.drain(..too_many);
    }

    /// Forgets all dots.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the dots, the oldest first.
    pub fn dots(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}
