//! A bounded history for plots: the smallest and largest value of each stretch, so that no spike is lost.
//!
//! Stretches double in length while the whole history fits, then the oldest are dropped.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// One stretch of the history.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its first step.
    pub start: u64,
    /// Its smallest value.
    pub lowest: f64,
    /// Its largest value.
    pub highest: f64,
}

/// The last values of a series, at most `window` steps of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    stretches: VecDeque<Stretch>,
    stretch_length: u64,
    window: u64,
}

impl History {
    /// Stretches kept at most: about one for each pixel of a plot.
    pub const CAPACITY: usize = 512;

    /// An empty history over this many steps.
    #[must_use]
    pub fn new(window: u64) -> Self {
        Self { stretches: VecDeque::with_capacity(Self::CAPACITY + 1), stretch_length: 1, window }
    }

    /// Forgets all values, so that a step is one stretch again.
    pub fn clear(&mut self) {
        self.stretches.clear();
        self.stretch_length = 1;
    }

    /// Adds the value at a step; steps only go up.
    pub fn push(&mut self, step: u64, value: f64) {
        match self.stretches.back_mut() {
            Some(last) if step < last.start + self.stretch_length => {
                last.lowest = last.lowest.min(value);
                last.highest = last.highest.max(value);
            }
            _ => self.stretches.push_back(Stretch { start: step, lowest: value, highest: value }),
        }
        self.trim();
        if self.stretches.len() > Self::CAPACITY {
            self.merge_pairs();
        }
    }

    /// The stretches, oldest first.
    #[must_use = "looking changes nothing"]
    pub fn stretches(&self) -> impl ExactSizeIterator<Item = &Stretch> {
        self.stretches.iter()
    }

    fn trim(&mut self) {
        let Some(newest) = self.stretches.back().map(|stretch| stretch.start) else { return };
        while self.stretches.front().is_some_and(|oldest| oldest.start + self.window < newest) {
            self.stretches.pop_front();
        }
    }

    fn merge_pairs(&mut self) {
        self.stretch_length *= 2;
        let pairs = self.stretches.len() / 2;
        for pair in 0..pairs {
            let (first, second) = (self.stretches[2 * pair], self.stretches[2 * pair + 1]);
            self.stretches[pair] = Stretch {
                start: first.start,
                lowest: first.lowest.min(second.lowest),
                highest: first.highest.max(second.highest),
            };
        }
        if self.stretches.len() % 2 == 1 {
            self.stretches[pairs] = self.stretches[2 * pairs];
            self.stretches.truncate(pairs + 1);
        } else {
            self.stretches.truncate(pairs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_grows_and_never_loses_a_spike() {
        let mut history = History::new(1_000_000);
        for step in 0..100_000 {
            history.push(step, if step == 60_123 { 9.0 } else { 0.0 });
        }
        assert!(history.stretches().len() <= History::CAPACITY);
        assert_eq!(history.stretches().map(|s| s.start).next(), Some(0));
        let spike = history.stretches().find(|s| s.highest == 9.0).expect("the spike is in one stretch");
        assert!(spike.start <= 60_123);
        assert!(history.stretches().zip(history.stretches().skip(1)).all(|(a, b)| a.start < b.start));
    }

    #[test]
    fn it_looks_back_over_its_window_only() {
        let mut history = History::new(100);
        for step in 0..1000 {
            history.push(step, 0.0);
        }
        assert_eq!(history.stretches().map(|s| s.start).next(), Some(899));
    }
}
