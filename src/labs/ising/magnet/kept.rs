//! A magnet with its time, and what is kept of it from before a restart or a stroke of the brush.

use crate::{
    labs::ising::{common::kept_states::KeptState, magnet::settings::MagnetSettings},
    physics::ising::{Engine, PackedEngine, Spins, packed::PackedLattice},
};

/// The lattice and its count of sweeps: what a restart throws away.
pub(super) struct Running {
    /// The lattice with its update rule.
    pub engine: PackedEngine,
    /// Sweeps since the start.
    pub sweeps: u64,
    /// Spins asked one at a time since the last sweep.
    pub asks: u64,
}

impl Running {
    /// A magnet in the start state of these settings.
    pub fn new(settings: &MagnetSettings) -> Self {
        let engine =
            PackedEngine::new(settings.size, settings.start, settings.parameters(), settings.dynamics, settings.seed);
        // Settings are validated where they come in.
        Self { engine: engine.expect("validated settings"), sweeps: 0, asks: 0 }
    }
}

/// How things were before a deed.
pub(super) enum Kept {
    /// Before a restart: the whole run.
    Running(Box<Running>),
    /// Before a stroke: spins and pins.
    Lattice(Box<PackedLattice>),
}

impl Kept {
    fn lattice(&self) -> &PackedLattice {
        match self {
            Self::Running(running) => running.engine.lattice(),
            Self::Lattice(lattice) => lattice,
        }
    }

    /// Exchanges it for what is now. Returns whether it did: a magnet of another size keeps its spins. Time goes on, but
    /// for a restart, which began it.
    pub fn exchange(&mut self, now: &mut Running) -> bool {
        let fits = self.lattice().side() == now.engine.lattice().side();
        if fits {
            match self {
                Self::Running(kept) => std::mem::swap(&mut **kept, now),
                Self::Lattice(kept) => std::mem::swap(&mut **kept, now.engine.lattice_mut()),
            }
        }
        fits
    }

    /// Whether it is a whole run.
    pub fn is_a_run(&self) -> bool {
        matches!(self, Self::Running(_))
    }
}

impl KeptState for Kept {
    fn bytes(&self) -> usize {
        // Spins and pins at a bit each.
        self.lattice().len() / 4
    }
}
