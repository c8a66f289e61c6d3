//! The film of a recall: a bounded number of snapshots, evenly spaced, and the energy between them.

use std::sync::Arc;

use crate::physics::statistics::{History, history::Stretch};

/// A snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmFrame {
    /// Neurons asked until then.
    pub updates: u64,
    /// E then, if there is one.
    pub energy: Option<f64>,
    /// The neurons as ±1.
    pub state: Arc<[i8]>,
    /// Overlaps with the memories.
    pub overlaps: Arc<[f64]>,
}

/// Snapshots kept at most; then every second is dropped and they are taken half as often.
const MOST: usize = 64;
/// Updates between snapshots at first.
const FIRST_SPACING: u64 = 4;

/// Snapshots and energies of one recall.
#[derive(Debug)]
pub(super) struct Film {
    frames: Vec<FilmFrame>,
    spacing: u64,
    energy: History,
}

impl Default for Film {
    fn default() -> Self {
        Self { frames: Vec::new(), spacing: FIRST_SPACING, energy: History::new(u64::MAX / 4) }
    }
}

impl Film {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn push_energy(&mut self, updates: u64, energy: f64) {
        self.energy.push(updates, energy);
    }

    /// Whether it is time for a snapshot.
    pub fn is_due(&self, updates: u64) -> bool {
        self.frames.last().is_none_or(|last| updates >= last.updates + self.spacing)
    }

    /// Adds a snapshot; one of the same moment is replaced.
    pub fn push(&mut self, frame: FilmFrame) {
        if self.frames.last().is_some_and(|last| last.updates >= frame.updates) {
            self.frames.pop();
        }
        self.frames.push(frame);
        if self.frames.len() > MOST {
            self.spacing *= 2;
            let mut index = 0;
            self.frames.retain(|_| {
                index += 1;
                index % 2 == 1
            });
        }
    }

    /// Copies everything for the window, into memory that is used again.
    pub fn fill(&self, frames: &mut Vec<FilmFrame>, energy: &mut Vec<Stretch>) {
        frames.clone_from(&self.frames);
        energy.clear();
        energy.extend(self.energy.stretches().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_film_stays_short_and_keeps_its_first_picture() {
        let mut film = Film::default();
        for updates in 0..1_000_000 {
            if film.is_due(updates) {
                film.push(FilmFrame { updates, energy: None, state: Arc::new([]), overlaps: Arc::new([]) });
            }
        }
        assert!((MOST / 2..=MOST).contains(&film.frames.len()));
        assert_eq!(film.frames[0].updates, 0);
        let gaps: Vec<u64> = film.frames.windows(2).map(|pair| pair[1].updates - pair[0].updates).collect();
        assert!(gaps.iter().all(|&gap| gap <= 2 * gaps[0]));
    }
}
