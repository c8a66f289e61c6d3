//! Swendsen and Wang's clusters (1987): join all satisfied bonds by chance, then give every cluster a coin.
//!
//! Labels are a union–find forest over the sites in which every parent is a smaller place, so a root is the smallest place
//! of its cluster (Hoshen and Kopelman 1976). The passes (bonds, ghost and held spins, coins, counts) go row by row, so an
//! update can be cut between any two rows. Until the coins no spin has changed, and the update can be given up.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    Lattice, Spins,
    passes::{AllClusters, Forest, Passes},
    wolff::JoinTable,
};

/// What becomes of a cluster, kept at its root: the factor of its spins.
const TURNS: i8 = -1;
const STAYS: i8 = 1;
const UNDECIDED: i8 = 0;

/// An update under way; its buffers are kept from one update to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwendsenWangUpdate {
    passes: Passes,
    labels: Forest,
    fate: Vec<i8>,
    /// Counts of the rows whose coins have fallen.
    sums: [i64; 2],
    bonds: i64,
}

impl AllClusters<Lattice> for SwendsenWangUpdate {
    fn passes(&self) -> Passes {
        self.passes
    }

    fn passes_mut(&mut self) -> &mut Passes {
        &mut self.passes
    }

    fn begin(&mut self, lattice: &Lattice, _: &JoinTable, _: &mut Xoshiro256PlusPlus) {
        self.labels.0.resize(lattice.len(), 0);
        self.fate.resize(lattice.len(), UNDECIDED);
        (self.sums, self.bonds) = ([0; 2], 0);
    }

    /// Joins the sites of a row to their left and upper neighbours. A site is met for the first time here, so it takes
    /// over a neighbour's label; only where both bonds join must two clusters be united.
    fn join_row(&mut self, y: usize, lattice: &Lattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        let row = y * side;
        let mut joined = |wanted: i8, neighbour: i8| neighbour == wanted && rng.next_u64() < table.bond;
        for x in 0..side {
            let place = row + x;
            let wanted = lattice.spins[place] * table.coupling;
            let left = x > 0 && joined(wanted, lattice.spins[place - 1]);
            let up = y > 0 && joined(wanted, lattice.spins[place - side]);
            self.fate[place] = UNDECIDED;
            self.labels.0[place] = match (left, up) {
                (false, false) => place as u32,
                (true, false) => self.labels.0[place - 1],
                (false, true) => self.labels.root((place - side) as u32),
                (true, true) => self.labels.unite((place - 1) as u32, (place - side) as u32),
            };
        }
        // The torus closes: the first column to the last, and in the last row every column to its top.
        let last = row + side - 1;
        if joined(lattice.spins[row] * table.coupling, lattice.spins[last]) {
            self.labels.unite(row as u32, last as u32);
        }
        if y + 1 == side {
            for x in 0..side {
                if joined(lattice.spins[x] * table.coupling, lattice.spins[row + x]) {
                    self.labels.unite(x as u32, (row + x) as u32);
                }
            }
        }
    }

    fn tie_row(&mut self, y: usize, lattice: &Lattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        for place in y * side..(y + 1) * side {
            if table.meets_ghost(lattice.spins[place], rng) || lattice.is_pinned(place) {
                let root = self.labels.root(place as u32);
                self.fate[root as usize] = STAYS;
            }
        }
    }

    /// Parents are smaller places, whose labels are roots already by the time a site is reached.
    fn turn_row(&mut self, y: usize, lattice: &mut Lattice, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        for place in y * side..(y + 1) * side {
            let root = self.labels.flatten(place);
            if self.fate[root] == UNDECIDED {
                self.fate[root] = if rng.next_u64() >> 63 == 1 { TURNS } else { STAYS };
            }
            lattice.spins[place] *= self.fate[root];
        }
        let (sums, bonds) = lattice.count_row(y);
        self.sums = [self.sums[0] + sums[0], self.sums[1] + sums[1]];
        self.bonds += bonds;
    }

    /// The counts of the lattice follow at the end of the update.
    fn end(&mut self, lattice: &mut Lattice) {
        (lattice.sublattice_sums, lattice.bond_sum) = (self.sums, self.bonds);
    }
}
