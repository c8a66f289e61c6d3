//! Look inside Wolff's rule: one cluster grows and is shown before it turns.

use rand::rngs::Xoshiro256PlusPlus;

use super::picture::ViewRequest;
use crate::physics::ising::{
    Parameters, Spins,
    packed::PackedLattice,
    wolff::{JoinTable, OneCluster, WolffCluster},
};

/// The cluster that was looked at last.
#[derive(Debug, Default)]
pub(super) struct ClusterInside {
    cluster: WolffCluster,
    /// The places of its spins; kept after it has turned.
    members: Vec<u32>,
    state: ClusterState,
}

/// What became of a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClusterState {
    /// There is none yet.
    #[default]
    None,
    /// It has grown, and turns with the next step.
    Grown,
    /// It has turned.
    Turned,
    /// A held spin or the field keeps it as it is.
    Stays,
}

/// What the window draws of it.
#[derive(Clone, Debug, Default)]
pub struct ClusterShown {
    /// What became of it.
    pub state: ClusterState,
    /// Spins in it.
    pub size: usize,
    /// The pixels of the picture in which it has spins: 1, else 0.
    pub pixels: Vec<u8>,
}

impl ClusterInside {
    /// Grows a cluster, or turns the one that has grown. Returns the spins that it has turned, if it has.
    pub fn step(
        &mut self,
        lattice: &mut PackedLattice,
        parameters: &Parameters,
        rng: &mut Xoshiro256PlusPlus,
    ) -> Option<usize> {
        let table = JoinTable::new(parameters);
        if self.state == ClusterState::Grown {
            self.cluster.advance(lattice, &table, rng, u64::MAX);
            self.state = ClusterState::Turned;
            return Some(self.members.len());
        }
        self.cluster = WolffCluster::default();
        // A spin at a time, so that none turns before the cluster is whole.
        while !self.cluster.has_grown() {
            self.cluster.advance(lattice, &table, rng, 1);
        }
        self.members.clear();
        self.members.extend_from_slice(self.cluster.members());
        self.state = if self.cluster.stays() { ClusterState::Stays } else { ClusterState::Grown };
        // What stays is a step of the rule as well: it was asked.
        (self.state == ClusterState::Stays).then_some(self.members.len())
    }

    /// Forgets the cluster, as after a touch from outside.
    pub fn forget(&mut self) {
        self.state = ClusterState::None;
        self.members.clear();
    }

    /// Fills what the window draws for this part of a lattice.
    pub fn show(&self, shown: &mut ClusterShown, lattice: &PackedLattice, view: ViewRequest) {
        (shown.state, shown.size) = (self.state, self.members.len());
        shown.pixels.clear();
        if self.members.is_empty() {
            return;
        }
        let side = lattice.side();
        let view = view.clamped(side);
        shown.pixels.resize(view.columns * view.rows, 0);
        for &place in &self.members {
            let (x, y) = (place as usize % side, place as usize / side);
            let column = (x + side - view.x) % side / view.block;
            let row = (y + side - view.y) % side / view.block;
            if column < view.columns && row < view.rows {
                shown.pixels[row * view.columns + column] = 1;
            }
        }
    }
}
