//! The spins of a square torus and the exact integers that follow from them.
//!
//! Every change goes through [`Spins::flip`] or the local kernel, which keep the sum of spins on either sublattice and
//! the sum of bonds Σ⟨ij⟩ s_i s_j as integers: energy and magnetization never drift, however long a run is.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{Counts, IsingError, Spins, validate_side};

/// How a lattice begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Start {
    /// All spins up.
    Up,
    /// All spins down.
    Down,
    /// Every spin by a coin.
    #[default]
    Random,
    /// Left half up, right half down.
    Halves,
    /// Eight horizontal stripes (four on the smallest lattices).
    Stripes,
    /// A round drop of up spins in a sea of down spins.
    Drop,
}

/// A torus of `side × side` spins, row by row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lattice {
    side: usize,
    pub(super) spins: Vec<i8>,
    /// 1 where a spin is held by hand; empty while none is.
    pub(super) pinned: Vec<u8>,
    pinned_count: usize,
    /// Sums of spins where x + y is even and odd.
    pub(super) sublattice_sums: [i64; 2],
    pub(super) bond_sum: i64,
}

impl Lattice {
    /// A lattice of this side in this state. Only [`Start::Random`] draws from the generator.
    ///
    /// # Errors
    /// If the side is odd, below 4 or above 4096.
    pub fn new(side: usize, start: Start, rng: &mut impl Rng) -> Result<Self, IsingError> {
        validate_side(side)?;
        let mut lattice = Self {
            side,
            spins: vec![1; side * side],
            pinned: Vec::new(),
            pinned_count: 0,
            sublattice_sums: [0; 2],
            bond_sum: 0,
        };
        lattice.fill(start, rng);
        Ok(lattice)
    }

    fn fill(&mut self, start: Start, rng: &mut impl Rng) {
        let side = self.side;
        let stripe = (side / 8).max(1);
        let (centre, radius) = (side as f64 / 2.0, side as f64 * 0.3);
        let mut coins = (0_u64, 0);
        for y in 0..side {
            for x in 0..side {
                let up = match start {
                    Start::Up => true,
                    Start::Down => false,
                    Start::Random => {
                        if coins.1 == 0 {
                            coins = (rng.next_u64(), 64);
                        }
                        coins.1 -= 1;
                        coins.0 >> coins.1 & 1 == 1
                    }
                    Start::Halves => x < side / 2,
                    Start::Stripes => (y / stripe).is_multiple_of(2),
                    Start::Drop => {
                        let (dx, dy) = (x as f64 + 0.5 - centre, y as f64 + 0.5 - centre);
                        dx * dx + dy * dy <= radius * radius
                    }
                };
                self.spins[y * side + x] = if up { 1 } else { -1 };
            }
        }
        (self.sublattice_sums, self.bond_sum) = self.recount();
    }

    /// All spins, ±1, row by row.
    #[must_use]
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// The sublattice sums and the bond sum, counted from scratch.
    #[must_use]
    pub fn recount(&self) -> ([i64; 2], i64) {
        (0..self.side).fold(([0; 2], 0), |([even, odd], bonds), y| {
            let (row, row_bonds) = self.count_row(y);
            ([even + row[0], odd + row[1]], bonds + row_bonds)
        })
    }

    /// A row's share of the counts: its spins, the bonds along it and to the row above; the last row also has the bonds
    /// that close the torus, so that rows can be counted from the top as they become final.
    pub(super) fn count_row(&self, y: usize) -> ([i64; 2], i64) {
        let side = self.side;
        let row = &self.spins[y * side..(y + 1) * side];
        let (mut alternate, mut total) = (0_i32, 0_i32);
        for pair in row.chunks_exact(2) {
            total += i32::from(pair[0]) + i32::from(pair[1]);
            alternate += i32::from(pair[0]) - i32::from(pair[1]);
        }
        let product = |a: &[i8], b: &[i8]| -> i32 { a.iter().zip(b).map(|(&a, &b)| i32::from(a * b)).sum() };
        let mut bonds = product(&row[1..], row) + i32::from(row[0] * row[side - 1]);
        if y > 0 {
            bonds += product(row, &self.spins[(y - 1) * side..y * side]);
        }
        if y + 1 == side {
            bonds += product(row, &self.spins[..side]);
        }
        let (first, second) = (i64::from((total + alternate) / 2), i64::from((total - alternate) / 2));
        (if y.is_multiple_of(2) { [first, second] } else { [second, first] }, i64::from(bonds))
    }
}

impl Spins for Lattice {
    fn side(&self) -> usize {
        self.side
    }

    fn spin(&self, place: usize) -> i8 {
        self.spins[place]
    }

    /// Flips a spin and keeps the integer sums up to date.
    fn flip(&mut self, place: usize) {
        let spin = self.spins[place];
        let (place32, side) = (place as u32, self.side as u32);
        let parity = (place32 % side + place32 / side) as usize & 1;
        self.sublattice_sums[parity] -= 2 * i64::from(spin);
        self.bond_sum -= 2 * i64::from(i32::from(spin) * self.neighbour_sum(place));
        self.spins[place] = -spin;
    }

    fn pin(&mut self, place: usize, pin: bool) {
        if self.pinned.is_empty() {
            if !pin {
                return;
            }
            self.pinned = vec![0; self.len()];
        }
        self.pinned_count = self.pinned_count + usize::from(pin) - usize::from(self.pinned[place]);
        self.pinned[place] = u8::from(pin);
        if self.pinned_count == 0 {
            self.pinned = Vec::new();
        }
    }

    fn is_pinned(&self, place: usize) -> bool {
        self.pinned.get(place) == Some(&1)
    }

    fn pinned_count(&self) -> usize {
        self.pinned_count
    }

    fn counts(&self) -> Counts {
        Counts { spins: self.spins.len(), sublattice_sums: self.sublattice_sums, bond_sum: self.bond_sum }
    }
}
