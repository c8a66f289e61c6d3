//! Swendsen and Wang's clusters (1987): join all satisfied bonds by chance, then give every cluster a coin.
//!
//! Labels are a union–find forest over the sites in which a root is the smallest place of its cluster. The three passes
//! (bonds, ghost and held spins, coins) go row by row, so an update can be cut between any two rows.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{Lattice, wolff::JoinTable};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Pass {
    #[default]
    Bonds,
    Ties,
    Coins,
}

/// What becomes of a cluster, kept at its root.
const UNDECIDED: u8 = 0;
const TURNS: u8 = 1;
const STAYS: u8 = 2;

/// An update under way; its buffers are kept from one update to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwendsenWangUpdate {
    labels: Vec<u32>,
    fate: Vec<u8>,
    pass: Pass,
    row: usize,
}

impl SwendsenWangUpdate {
    /// Whether no update is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.pass == Pass::Bonds && self.row == 0
    }

    /// Works for about `budget` spins. Returns the spins visited, and whether the update is finished.
    pub fn advance(
        &mut self,
        lattice: &mut Lattice,
        table: &JoinTable,
        rng: &mut impl Rng,
        budget: u64,
    ) -> (u64, bool) {
        let side = lattice.side();
        if self.is_idle() {
            self.labels.clear();
            self.labels.extend(0..lattice.len() as u32);
            self.fate.clear();
            self.fate.resize(lattice.len(), UNDECIDED);
        }
        let mut work = 0;
        while work < budget {
            match self.pass {
                Pass::Bonds => self.join_row(lattice, table, rng),
                Pass::Ties => self.tie_row(lattice, table, rng),
                Pass::Coins => self.turn_row(lattice, rng),
            }
            work += side as u64;
            self.row += 1;
            if self.row == side {
                self.row = 0;
                self.pass = match self.pass {
                    Pass::Bonds if table.ghost_spin != 0 || lattice.held_count() > 0 => Pass::Ties,
                    Pass::Bonds | Pass::Ties => Pass::Coins,
                    Pass::Coins => {
                        self.pass = Pass::Bonds;
                        return (work, true);
                    }
                };
            }
        }
        (work, false)
    }

    fn join_row(&mut self, lattice: &Lattice, table: &JoinTable, rng: &mut impl Rng) {
        let side = lattice.side();
        let row = self.row * side;
        let below = if row + side == lattice.len() { 0 } else { row + side };
        for x in 0..side {
            let place = row + x;
            let wanted = lattice.spins[place] * table.coupling;
            let right = if x + 1 == side { row } else { place + 1 };
            for neighbour in [right, below + x] {
                if lattice.spins[neighbour] == wanted && rng.next_u64() < table.bond {
                    self.unite(place as u32, neighbour as u32);
                }
            }
        }
    }

    fn tie_row(&mut self, lattice: &Lattice, table: &JoinTable, rng: &mut impl Rng) {
        let side = lattice.side();
        for place in self.row * side..(self.row + 1) * side {
            if table.meets_ghost(lattice.spins[place], rng) || lattice.is_held(place) {
                let root = self.root(place as u32);
                self.fate[root as usize] = STAYS;
            }
        }
    }

    fn turn_row(&mut self, lattice: &mut Lattice, rng: &mut impl Rng) {
        let side = lattice.side();
        for place in self.row * side..(self.row + 1) * side {
            let root = self.root(place as u32) as usize;
            if self.fate[root] == UNDECIDED {
                self.fate[root] = if rng.next_u64() >> 63 == 1 { TURNS } else { STAYS };
            }
            if self.fate[root] == TURNS {
                lattice.flip(place);
            }
        }
    }

    /// The root of a site, halving the path on the way.
    #[inline]
    fn root(&mut self, mut place: u32) -> u32 {
        loop {
            let parent = self.labels[place as usize];
            if parent == place {
                return place;
            }
            let grandparent = self.labels[parent as usize];
            self.labels[place as usize] = grandparent;
            place = grandparent;
        }
    }

    #[inline]
    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.labels[a.max(b) as usize] = a.min(b);
    }
}
