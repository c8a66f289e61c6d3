//! What all Swendsen–Wang updates have in common: passes over the rows that can be cut anywhere, and a union–find forest.

use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use super::{Spins, wolff::JoinTable};

/// Which pass is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Pass {
    #[default]
    Bonds,
    Ties,
    Coins,
}

/// How far an update has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passes {
    pass: Pass,
    row: usize,
}

/// Swendsen and Wang's clusters on a lattice, row by row: an update that can be cut and, until the first spin turns, given
/// up.
pub trait AllClusters<L: Spins>: Clone + Default + std::fmt::Debug + PartialEq + Send {
    /// How far it has come.
    fn passes(&self) -> Passes;
    /// Returns how far it has come, to be moved on.
    fn passes_mut(&mut self) -> &mut Passes;
    /// Before the first row.
    fn begin(&mut self, lattice: &L, table: &JoinTable, rng: &mut Xoshiro256PlusPlus);
    /// Joins the spins of a row to their left and upper neighbours.
    fn join_row(&mut self, y: usize, lattice: &L, table: &JoinTable, rng: &mut Xoshiro256PlusPlus);
    /// Ties a row's clusters to the ghost and to held spins.
    fn tie_row(&mut self, y: usize, lattice: &L, table: &JoinTable, rng: &mut Xoshiro256PlusPlus);
    /// Gives every cluster its coin, and turns a row over where it says so.
    fn turn_row(&mut self, y: usize, lattice: &mut L, rng: &mut Xoshiro256PlusPlus);
    /// After the last row has turned.
    fn end(&mut self, _lattice: &mut L) {}

    /// Whether no update is under way.
    fn is_idle(&self) -> bool {
        self.passes() == Passes::default()
    }

    /// Gives the update up if no spin has changed yet.
    fn give_up(&mut self) {
        if self.passes().pass != Pass::Coins {
            *self.passes_mut() = Passes::default();
        }
    }

    /// Works for about `budget` spins. Returns the spins visited, and whether the update is finished.
    fn advance(
        &mut self,
        lattice: &mut L,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
        budget: u64,
    ) -> (u64, bool) {
        let side = lattice.side();
        if self.is_idle() {
            self.begin(lattice, table, rng);
        }
        let mut work = 0;
        while work < budget {
            let Passes { pass, row } = self.passes();
            match pass {
                Pass::Bonds => self.join_row(row, lattice, table, rng),
                Pass::Ties => self.tie_row(row, lattice, table, rng),
                Pass::Coins => self.turn_row(row, lattice, rng),
            }
            work += side as u64;
            if row + 1 < side {
                self.passes_mut().row = row + 1;
                continue;
            }
            let pass = match pass {
                Pass::Bonds if table.ghost_spin != 0 || lattice.pinned_count() > 0 => Pass::Ties,
                Pass::Bonds | Pass::Ties => Pass::Coins,
                Pass::Coins => Pass::Bonds,
            };
            *self.passes_mut() = Passes { pass, row: 0 };
            if pass == Pass::Bonds {
                self.end(lattice);
                return (work, true);
            }
        }
        (work, false)
    }
}

/// Union–find: every parent is a smaller number, so a root is the smallest of its cluster (Hoshen and Kopelman 1976).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forest(pub Vec<u32>);

impl Forest {
    /// The root, halving the path on the way.
    #[inline]
    pub fn root(&mut self, mut node: u32) -> u32 {
        loop {
            let parent = self.0[node as usize];
            if parent == node {
                return node;
            }
            let grandparent = self.0[parent as usize];
            self.0[node as usize] = grandparent;
            node = grandparent;
        }
    }

    /// The root of a node whose parent has had this done already: its parent's parent.
    #[inline]
    pub fn flatten(&mut self, node: usize) -> usize {
        let root = self.0[self.0[node] as usize];
        self.0[node] = root;
        root as usize
    }

    /// Joins two clusters and returns their root.
    #[inline]
    pub fn unite(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
        a.min(b)
    }
}
