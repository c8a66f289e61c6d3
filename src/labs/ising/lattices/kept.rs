//! What the magnet keeps of how it was before a restart or a stroke of the brush.

use super::{replicas::Ladder, settings::LatticeSettings};
use crate::labs::ising::common::kept_states::KeptState;

/// A state from before a deed, with the settings that it belongs to.
pub struct Kept {
    settings: LatticeSettings,
    /// The spins, or all replicas.
    pub state: State,
    /// Steps since the start, where the deed was a restart. A stroke does not turn time back.
    pub sweeps: Option<u64>,
}

/// What of a magnet is kept.
pub enum State {
    /// Spins of one magnet: ±1, and 0 on empty sites.
    Spins(Vec<i8>),
    /// Replicas with what is known of them.
    Ladder(Box<Ladder>),
}

impl Kept {
    /// A state of a magnet with these settings; with its time where the deed is a restart.
    #[must_use]
    pub fn new(settings: &LatticeSettings, state: State, sweeps: Option<u64>) -> Self {
        Self { settings: settings.clone(), state, sweeps }
    }

    /// Whether a magnet with these settings can have this state: it has the same bonds, and replicas the same temperatures
    /// and field.
    #[must_use]
    pub fn fits(&self, settings: &LatticeSettings) -> bool {
        // Another seed of the run is no hindrance.
        let like = LatticeSettings { seed: settings.seed, ..self.settings.clone() };
        !settings.needs_another_graph(&like) && !settings.needs_another_run(&like)
    }
}

impl KeptState for Kept {
    fn bytes(&self) -> usize {
        size_of::<Self>()
            + match &self.state {
                State::Spins(spins) => spins.capacity(),
                State::Ladder(ladder) => ladder.bytes(),
            }
    }
}
