//! What every lattice of spins on the square torus can say and do, however it keeps them.

use super::Parameters;

/// The exact integers behind energy and magnetization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of spins N.
    pub spins: usize,
    /// Sums of spins where x + y is even and odd.
    pub sublattice_sums: [i64; 2],
    /// Σ⟨ij⟩ s_i s_j over the 2N bonds.
    pub bond_sum: i64,
}

impl Counts {
    /// Returns the total magnetization Σ s_i, from −N to N.
    #[must_use]
    pub fn spin_sum(&self) -> i64 {
        self.sublattice_sums[0] + self.sublattice_sums[1]
    }

    /// Σ (−1)^{x+y} s_i: what orders when J = −1.
    #[must_use]
    pub fn staggered_sum(&self) -> i64 {
        self.sublattice_sums[0] - self.sublattice_sums[1]
    }

    /// Magnetization per spin, −1 to 1.
    #[must_use]
    pub fn magnetization(&self) -> f64 {
        self.spin_sum() as f64 / self.spins as f64
    }

    /// Staggered magnetization per spin, −1 to 1.
    #[must_use]
    pub fn staggered_magnetization(&self) -> f64 {
        self.staggered_sum() as f64 / self.spins as f64
    }

    /// Energy per spin in J, with the field's term: −2 in the ground state at h = 0.
    #[must_use]
    pub fn energy(&self, parameters: &Parameters) -> f64 {
        let bonds = i64::from(parameters.coupling.sign()) * self.bond_sum;
        -(bonds as f64 + parameters.field * self.spin_sum() as f64) / self.spins as f64
    }
}

/// Spins ±1 on a torus of `side × side` places, y · side + x.
pub trait Spins {
    /// Spins along one side.
    fn side(&self) -> usize;
    /// The spin at a place, +1 or −1.
    fn spin(&self, place: usize) -> i8;
    /// Turns one spin over.
    fn flip(&mut self, place: usize);
    /// Holds a spin (no update turns it) or lets it go.
    fn pin(&mut self, place: usize, pin: bool);
    /// Whether no update may turn this spin.
    fn is_pinned(&self, place: usize) -> bool;
    /// How many spins are held.
    fn pinned_count(&self) -> usize;
    /// The exact counts; where they are not kept along the way they are counted now.
    fn counts(&self) -> Counts;

    /// Returns the total magnetization Σ s_i, from −N to N.
    fn spin_sum(&self) -> i64 {
        self.counts().spin_sum()
    }

    /// Σ (−1)^{x+y} s_i: what orders when J = −1.
    fn staggered_sum(&self) -> i64 {
        self.counts().staggered_sum()
    }

    /// Σ⟨ij⟩ s_i s_j over the 2N bonds.
    fn bond_sum(&self) -> i64 {
        self.counts().bond_sum
    }

    /// Magnetization per spin, −1 to 1.
    fn magnetization(&self) -> f64 {
        self.counts().magnetization()
    }

    /// Staggered magnetization per spin, −1 to 1.
    fn staggered_magnetization(&self) -> f64 {
        self.counts().staggered_magnetization()
    }

    /// Number of spins N.
    fn len(&self) -> usize {
        self.side() * self.side()
    }

    /// Never true; a lattice has at least 16 spins.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets one spin to +1 or −1, held or not.
    fn set_spin(&mut self, place: usize, up: bool) {
        if (self.spin(place) > 0) != up {
            self.flip(place);
        }
    }

    /// Places of the four neighbours of a place (up, down, left, right).
    fn neighbours(&self, place: usize) -> [usize; 4] {
        let side = self.side();
        // 32-bit division is several times faster.
        let x = (place as u32 % side as u32) as usize;
        let row = place - x;
        [
            if row == 0 { place + self.len() - side } else { place - side },
            if row + side == self.len() { x } else { place + side },
            if x == 0 { place + side - 1 } else { place - 1 },
            if x + 1 == side { row } else { place + 1 },
        ]
    }

    /// Sum of the four neighbouring spins: −4, −2, 0, 2 or 4.
    fn neighbour_sum(&self, place: usize) -> i32 {
        self.neighbours(place).iter().map(|&neighbour| i32::from(self.spin(neighbour))).sum()
    }
}
