//! Swendsen and Wang's clusters (1987): join all satisfied bonds by chance, then give every cluster a coin.
//!
//! Labels are a union–find forest over the sites in which every parent is a smaller place, so a root is the smallest place
//! of its cluster (Hoshen and Kopelman 1976). The passes (bonds, ghost and held spins, coins, counts) go row by row, so an
//! update can be cut between any two rows. Until the coins no spin has changed, and the update can be given up.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{Spins, engine::AllClusters, wolff::JoinTable};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Pass {
    #[default]
    Bonds,
    Ties,
    Coins,
}

/// What becomes of a cluster, kept at its root: the factor of its spins.
const TURNS: i8 = -1;
const STAYS: i8 = 1;
const UNDECIDED: i8 = 0;

/// An update under way; its buffers are kept from one update to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwendsenWangUpdate {
    labels: Vec<u32>,
    fate: Vec<i8>,
    pass: Pass,
    row: usize,
    /// The row above and the row under way.
    rows: [Vec<i8>; 2],
}

impl<L: Spins> AllClusters<L> for SwendsenWangUpdate {
    /// Whether no update is under way.
    fn is_idle(&self) -> bool {
        self.pass == Pass::Bonds && self.row == 0
    }

    /// Gives the update up if no spin has changed yet.
    fn give_up(&mut self) {
        if self.pass != Pass::Coins {
            (self.pass, self.row) = (Pass::Bonds, 0);
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
        if self.pass == Pass::Bonds && self.row == 0 {
            self.labels.resize(lattice.len(), 0);
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
}

impl SwendsenWangUpdate {
    /// Joins the sites of a row to their left and upper neighbours. A site is met for the first time here, so it takes
    /// over a neighbour's label; only where both bonds join must two clusters be united.
    fn join_row(&mut self, lattice: &impl Spins, table: &JoinTable, rng: &mut impl Rng) {
        let (side, y) = (lattice.side(), self.row);
        let row = y * side;
        let [mut above, mut spins] = std::mem::take(&mut self.rows);
        if y == 0 {
            above.resize(side, 0);
            spins.resize(side, 0);
        } else {
            std::mem::swap(&mut above, &mut spins);
        }
        lattice.read_row(y, &mut spins);
        let mut joined = |wanted: i8, neighbour: i8| neighbour == wanted && rng.next_u64() < table.bond;
        for x in 0..side {
            let place = row + x;
            let wanted = spins[x] * table.coupling;
            let left = x > 0 && joined(wanted, spins[x - 1]);
            let up = y > 0 && joined(wanted, above[x]);
            self.fate[place] = UNDECIDED;
            self.labels[place] = match (left, up) {
                (false, false) => place as u32,
                (true, false) => self.labels[place - 1],
                (false, true) => self.root((place - side) as u32),
                (true, true) => self.unite((place - 1) as u32, (place - side) as u32),
            };
        }
        // The torus closes: the first column to the last, and in the last row every column to its top.
        if joined(spins[0] * table.coupling, spins[side - 1]) {
            self.unite(row as u32, (row + side - 1) as u32);
        }
        if y + 1 == side {
            lattice.read_row(0, &mut above);
            for x in 0..side {
                if joined(above[x] * table.coupling, spins[x]) {
                    self.unite(x as u32, (row + x) as u32);
                }
            }
        }
        self.rows = [above, spins];
    }

    fn tie_row(&mut self, lattice: &impl Spins, table: &JoinTable, rng: &mut impl Rng) {
        let side = lattice.side();
        for place in self.row * side..(self.row + 1) * side {
            if table.meets_ghost(lattice.spin(place), rng) || lattice.is_held(place) {
                let root = self.root(place as u32);
                self.fate[root as usize] = STAYS;
            }
        }
    }

    /// Parents are smaller places, whose labels are roots already by the time a site is reached.
    fn turn_row(&mut self, lattice: &mut impl Spins, rng: &mut impl Rng) {
        let side = lattice.side();
        let [_, spins] = &mut self.rows;
        lattice.read_row(self.row, spins);
        for (spin, place) in spins.iter_mut().zip(self.row * side..) {
            let root = self.labels[self.labels[place] as usize];
            self.labels[place] = root;
            let root = root as usize;
            if self.fate[root] == UNDECIDED {
                self.fate[root] = if rng.next_u64() >> 63 == 1 { TURNS } else { STAYS };
            }
            *spin *= self.fate[root];
        }
        lattice.write_row(self.row, spins);
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

    /// Joins two clusters and returns their root.
    #[inline]
    fn unite(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.root(a), self.root(b));
        self.labels[a.max(b) as usize] = a.min(b);
        a.min(b)
    }
}
