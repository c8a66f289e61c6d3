//! One row of one checkerboard colour, by any rule that looks at a spin and the sum of its neighbours.
//!
//! The two colours do not touch each other, so all spins of a colour can be asked in any order. Every spin that is asked
//! takes exactly one word from the generator, held or not: what a brush holds does not shift the others' luck.

use std::hint::black_box;

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    Dynamics, Lattice, LocalUpdates, Parameters, Spins, heat_bath, metropolis, swendsen_wang::SwendsenWangUpdate,
    threshold, wolff::WolffCluster,
};

/// Thresholds for the ten cases (spin down or up) × (neighbour sum −4, −2, 0, 2, 4), at 8 · (spin up) + (sum + 4)/2; a
/// power of two long, so that no look-up needs a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlipTable([u64; 16]);

impl FlipTable {
    /// Tabulates a rule such as [`super::metropolis::flip_probability`].
    #[must_use]
    pub fn new(parameters: &Parameters, rule: FlipProbability) -> Self {
        let mut thresholds = [0; 16];
        for (spin, offset) in [(-1, 0), (1, 8)] {
            for case in 0..5 {
                thresholds[offset + case] = threshold(rule(parameters, spin, 2 * case as i32 - 4));
            }
        }
        Self(thresholds)
    }

    /// 1 if the spin turns for this word, else 0.
    #[inline]
    fn decide(&self, spin: i8, neighbour_sum: i8, word: u64) -> i8 {
        let case = 4 * (spin + 1) + ((neighbour_sum + 4) >> 1);
        // The compiler would make this a branch, which is mispredicted so often that it costs more than all the rest.
        black_box(i8::from(word < self.0[case as usize & 15]))
    }
}

/// Row by row on the plain lattice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainUpdates {
    table: FlipTable,
    /// Colour and row that come next; (0, 0) between two sweeps.
    next: (usize, usize),
}

impl LocalUpdates for PlainUpdates {
    type Lattice = Lattice;
    type Clusters = SwendsenWangUpdate;
    type Cluster = WolffCluster;

    fn new(_: usize, parameters: &Parameters, dynamics: Dynamics, _: u64) -> Self {
        Self { table: FlipTable::new(parameters, rule_of(dynamics)), next: (0, 0) }
    }

    fn set_rule(&mut self, parameters: &Parameters, dynamics: Dynamics) {
        self.table = FlipTable::new(parameters, rule_of(dynamics));
    }

    fn advance(&mut self, lattice: &mut Lattice, rng: &mut Xoshiro256PlusPlus, budget: u64) -> (u64, bool) {
        let side = lattice.side();
        let mut work = 0;
        while work < budget {
            let (colour, row) = self.next;
            update_row(lattice, row, colour, &self.table, rng);
            work += side as u64 / 2;
            self.next = match (colour, row + 1 == side) {
                (_, false) => (colour, row + 1),
                (0, true) => (1, 0),
                (_, true) => (0, 0),
            };
            if self.next == (0, 0) {
                return (work, true);
            }
        }
        (work, false)
    }
}

/// What a rule says of a single spin: parameters, spin, sum of its neighbours.
pub type FlipProbability = fn(&Parameters, i8, i32) -> f64;

/// The rule of local dynamics.
#[must_use]
pub fn rule_of(dynamics: Dynamics) -> FlipProbability {
    match dynamics {
        Dynamics::HeatBath => heat_bath::flip_probability,
        _ => metropolis::flip_probability,
    }
}

/// Asks every spin of row `y` whose x + y has the parity of `colour`.
pub fn update_row(lattice: &mut Lattice, y: usize, colour: usize, table: &FlipTable, rng: &mut Xoshiro256PlusPlus) {
    let side = lattice.side();
    let pinned = lattice.pinned.get(y * side..(y + 1) * side).unwrap_or(&[]);
    // The row and its two neighbours as slices; the torus joins the first row to the last.
    let (above, row, below) = if y == 0 {
        let (row, rest) = lattice.spins.split_at_mut(side);
        let last = rest.len() - side;
        (&rest[last..], row, &rest[..side])
    } else if y + 1 == side {
        let (rest, row) = lattice.spins.split_at_mut((side - 1) * side);
        let last = rest.len() - side;
        (&rest[last..], row, &rest[..side])
    } else {
        let (above, rest) = lattice.spins[(y - 1) * side..(y + 2) * side].split_at_mut(side);
        let (row, below) = rest.split_at_mut(side);
        (&*above, row, &*below)
    };
    // A copy of the generator can live in registers.
    let mut words = rng.clone();
    let (mut spin_change, mut bond_change) = (0_i32, 0_i32);
    let mut attempt = |spin: &mut i8, neighbour_sum: i8, pinned: i8| {
        let flips = table.decide(*spin, neighbour_sum, words.next_u64()) & !pinned;
        spin_change -= i32::from(*spin * flips);
        bond_change -= i32::from(*spin * neighbour_sum * flips);
        *spin -= 2 * *spin * flips;
    };
    let pinned_at = |x: usize| pinned.get(x).map_or(0, |&pinned| pinned as i8);
    // In pairs of one spin of each colour, towards the side where the other neighbour is already in hand.
    let columns = above.chunks_exact(2).zip(below.chunks_exact(2)).enumerate();
    if (colour + y) & 1 == 0 {
        let mut left = row[side - 1];
        for (pair, (i, (above, below))) in row.chunks_exact_mut(2).zip(columns) {
            let sum = above[0] + below[0] + left + pair[1];
            attempt(&mut pair[0], sum, pinned_at(2 * i));
            left = pair[1];
        }
    } else {
        let mut right = row[0];
        for (pair, (i, (above, below))) in row.chunks_exact_mut(2).zip(columns).rev() {
            let sum = above[1] + below[1] + pair[0] + right;
            attempt(&mut pair[1], sum, pinned_at(2 * i + 1));
            right = pair[0];
        }
    }
    *rng = words;
    lattice.sublattice_sums[colour & 1] += 2 * i64::from(spin_change);
    lattice.bond_sum += 2 * i64::from(bond_change);
}
