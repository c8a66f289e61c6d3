//! One row of one checkerboard colour, by any rule that looks at a spin and the sum of its neighbours.
//!
//! The two colours do not touch each other, so all spins of a colour can be asked in any order. Every spin that is asked
//! takes exactly one word from the generator, held or not: what a brush holds does not shift the others' luck.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{Lattice, Parameters, threshold};

/// Thresholds for the ten cases (spin down or up) × (neighbour sum −4, −2, 0, 2, 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlipTable([u64; 10]);

impl FlipTable {
    /// Tabulates a rule such as [`super::metropolis::flip_probability`].
    #[must_use]
    pub fn new(parameters: &Parameters, rule: fn(&Parameters, i8, i32) -> f64) -> Self {
        let mut thresholds = [0; 10];
        for (spin, offset) in [(-1, 0), (1, 5)] {
            for case in 0..5 {
                thresholds[offset + case] = threshold(rule(parameters, spin, 2 * case as i32 - 4));
            }
        }
        Self(thresholds)
    }

    /// 1 if the spin turns for this word, else 0.
    #[inline]
    fn decide(&self, spin: i8, neighbour_sum: i8, word: u64) -> i8 {
        let case = (spin + 1) as usize / 2 * 5 + (neighbour_sum + 4) as usize / 2;
        i8::from(word < self.0[case])
    }
}

/// Asks every spin of row `y` whose x + y has the parity of `colour`.
pub fn update_row(lattice: &mut Lattice, y: usize, colour: usize, table: &FlipTable, rng: &mut impl Rng) {
    let side = lattice.side();
    let held = lattice.held.get(y * side..(y + 1) * side).unwrap_or(&[]);
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
    let (above, below, row) = (&above[..side], &below[..side], &mut row[..side]);
    let (mut spin_change, mut bond_change) = (0_i32, 0_i32);
    let mut ask = |row: &mut [i8], x: usize, left: usize, right: usize| {
        let spin = row[x];
        let neighbour_sum = above[x] + below[x] + row[left] + row[right];
        let mut turns = table.decide(spin, neighbour_sum, rng.next_u64());
        if !held.is_empty() {
            turns &= 1 - held[x] as i8;
        }
        row[x] = spin - 2 * spin * turns;
        spin_change -= 2 * i32::from(spin * turns);
        bond_change -= 2 * i32::from(spin * neighbour_sum * turns);
    };
    let first = (colour + y) & 1;
    if first == 0 {
        ask(row, 0, side - 1, 1);
    }
    for x in (if first == 0 { 2 } else { 1 }..side - 1).step_by(2) {
        ask(row, x, x - 1, x + 1);
    }
    if first == 1 {
        ask(row, side - 1, side - 2, 0);
    }
    lattice.sublattice_sums[colour & 1] += i64::from(spin_change);
    lattice.bond_sum += i64::from(bond_change);
}
