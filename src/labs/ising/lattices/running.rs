//! What runs behind the page: one magnet, or a ladder of replicas.

use std::sync::Arc;

use super::{kept::State, replicas::Ladder, settings::LatticeSettings, single::Single};
use crate::physics::ising::graph::Graph;

/// One magnet, or replicas.
pub enum Running {
    /// One magnet at one temperature.
    One(Single),
    /// Replicas at rising temperatures.
    Many(Box<Ladder>),
}

impl Running {
    /// What the settings ask for, in its start state.
    #[must_use]
    pub fn new(settings: &LatticeSettings, graph: &Arc<Graph>) -> Self {
        if settings.tempering {
            return Self::Many(Box::new(Ladder::new(graph, &settings.rungs(), settings.field, settings.seed)));
        }
        Self::One(Single::new(graph, settings))
    }

    /// Its state, to be kept.
    #[must_use]
    pub fn into_state(self) -> State {
        match self {
            Self::One(magnet) => State::Spins(magnet.spins()),
            Self::Many(ladder) => State::Ladder(ladder),
        }
    }

    /// Takes a state and leaves that of now in its place. Returns whether it is a state of its kind.
    pub fn exchange(&mut self, state: &mut State) -> bool {
        match (self, state) {
            (Self::One(magnet), State::Spins(spins)) => magnet.exchange_spins(spins),
            (Self::Many(now), State::Ladder(then)) => std::mem::swap(now, then),
            _ => return false,
        }
        true
    }
}
