//! The film of a recall: a bounded number of snapshots, evenly spaced, and the energy between them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::picture::Picture;
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

/// A film as it is put away between two starts of the program.
#[derive(Serialize, Deserialize)]
pub(super) struct FilmState {
    spacing: u64,
    energy: History,
    /// Updates and energy of each snapshot.
    moments: Vec<(u64, Option<f64>)>,
    states: Vec<Picture>,
    overlaps: Vec<Vec<f64>>,
}

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

    /// The film, put away.
    pub fn put_away(&self) -> FilmState {
        FilmState {
            spacing: self.spacing,
            energy: self.energy.clone(),
            moments: self.frames.iter().map(|frame| (frame.updates, frame.energy)).collect(),
            states: self.frames.iter().map(|frame| Picture(Arc::clone(&frame.state))).collect(),
            overlaps: self.frames.iter().map(|frame| frame.overlaps.to_vec()).collect(),
        }
    }

    /// A film that was put away, if it is one of pictures of so many cells.
    pub fn taken_out(put_away: FilmState, cells: usize) -> Option<Self> {
        let FilmState { spacing, energy, moments, states, overlaps } = put_away;
        let is_whole = moments.len() == states.len() && moments.len() == overlaps.len() && moments.len() <= MOST;
        // Beyond this no recall has ever come.
        let spacings = FIRST_SPACING..=1 << 40;
        if !is_whole || !spacings.contains(&spacing) || states.iter().any(|state| state.0.len() != cells) {
            return None;
        }
        let frames = moments.into_iter().zip(states).zip(overlaps);
        let frames = frames.map(|(((updates, energy), state), overlaps)| FilmFrame {
            updates,
            energy,
            state: state.0,
            overlaps: overlaps.into(),
        });
        Some(Self { frames: frames.collect(), spacing, energy })
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
