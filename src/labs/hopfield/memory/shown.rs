//! What the pad shows: the film where it is scrubbed, the network's state, or what was drawn a moment ago.

use std::borrow::Cow;

use super::{
    film::FilmFrame,
    model::MemoryModel,
    settings::{HopfieldSettings, Memory},
    sim::HopfieldFrame,
};
use crate::{labs::kit::Session, physics::hopfield::patterns::overlap};

/// The settings and the frame that decide what the pad shows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The settings of now.
    pub settings: &'a HopfieldSettings,
    /// The newest frame.
    pub frame: &'a HopfieldFrame,
    /// Whether the network runs.
    pub is_running: bool,
    /// The snapshot of the film that is shown in place of the network's state.
    pub scrub: Option<usize>,
}

impl<'a> Shown<'a> {
    /// What the pad shows of a session.
    pub fn of(session: &'a Session<MemoryModel>, scrub: Option<usize>) -> Self {
        Self { settings: &session.settings, frame: session.frame(), is_running: session.is_running(), scrub }
    }

    /// Whether the frame is about the probe that is on the pad.
    pub fn is_current(&self) -> bool {
        self.frame.probe == self.settings.pad
    }

    /// The snapshot that is shown, where the film is scrubbed.
    fn snapshot(&self) -> Option<&'a FilmFrame> {
        self.scrub.and_then(|index| self.frame.film.get(index))
    }

    /// What each cell shows, −1 to 1.
    pub fn outputs(&self) -> Cow<'a, [f32]> {
        let numbers = |bits: &[i8]| Cow::Owned(bits.iter().map(|&bit| f32::from(bit)).collect());
        if let Some(snapshot) = self.snapshot() {
            return numbers(&snapshot.state);
        }
        let frame = self.frame;
        if frame.outputs.len() == self.settings.neuron_count() && (self.is_running || self.is_current()) {
            return Cow::Borrowed(&frame.outputs);
        }
        numbers(&self.settings.pad.0)
    }

    /// What each cell shows, as ±1.
    pub fn bits(&self) -> Vec<i8> {
        self.outputs().iter().map(|&output| if output < 0.0 { -1 } else { 1 }).collect()
    }

    /// Overlaps of what is shown with the memories that are on.
    pub fn overlaps(&self) -> Vec<f64> {
        if let Some(snapshot) = self.snapshot() {
            return snapshot.overlaps.to_vec();
        }
        let on = || self.settings.memories.iter().filter(|memory| memory.on);
        let knows_all = self.frame.overlaps.len() == on().count();
        if knows_all && (self.is_running || self.is_current()) {
            return self.frame.overlaps.clone();
        }
        // The network is still learning: the overlaps do not wait for it.
        let bits = self.bits();
        let fits = |memory: &&Memory| memory.picture.0.len() == bits.len();
        on().filter(fits).map(|memory| overlap(&memory.picture.0, &bits)).collect()
    }
}
