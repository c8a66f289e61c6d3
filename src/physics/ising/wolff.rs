//! Wolff's cluster (Wolff 1989): grow one Fortuin–Kasteleyn cluster from a random spin and turn it over.
//!
//! A bond between spins that satisfy it (J s s' > 0) joins them with probability 1 − e^{−2/T}. The field is one more spin,
//! the *ghost*, that every spin with h s > 0 joins with probability 1 − e^{−2|h|/T}; a cluster that meets the ghost or a
//! held spin stays as it is, which leaves detailed balance untouched. Growth and turning can be cut anywhere and resumed.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{Parameters, Spins, threshold};

/// Joining probabilities as thresholds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinTable {
    /// Between two spins that satisfy their bond.
    pub bond: u64,
    /// Between a spin and the ghost.
    pub ghost: u64,
    /// +1 where up spins may join the ghost, −1 where down spins may, 0 without a field.
    pub ghost_spin: i8,
    /// The sign of J: neighbours join where s s' equals it.
    pub coupling: i8,
}

impl JoinTable {
    /// For these parameters, with the limits at T = 0 and T = ∞.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        let strength = parameters.field.abs();
        let ghost = if strength > 0.0 { 1.0 - parameters.boltzmann_factor(2.0 * strength) } else { 0.0 };
        Self {
            bond: threshold(1.0 - parameters.boltzmann_factor(2.0)),
            ghost: threshold(ghost),
            ghost_spin: if strength > 0.0 { parameters.field.signum() as i8 } else { 0 },
            coupling: parameters.coupling.sign() as i8,
        }
    }

    /// Whether this spin is tied to the ghost; draws a word only where it could be.
    #[inline]
    pub fn meets_ghost(&self, spin: i8, rng: &mut impl Rng) -> bool {
        spin == self.ghost_spin && rng.next_u64() < self.ghost
    }
}

/// One cluster of a lattice: grown, then turned; an update that can be cut and, until the first spin turns, given up.
pub trait OneCluster<L: Spins>: Clone + Default + std::fmt::Debug + PartialEq + Send {
    /// Whether no cluster is under way.
    fn is_idle(&self) -> bool;
    /// Gives the cluster up if no spin has turned yet.
    fn give_up(&mut self);
    /// Works for about `budget` spins, beginning a new cluster if none is under way. Returns the spins visited, and the
    /// size of the cluster if it is finished.
    fn advance(
        &mut self,
        lattice: &mut L,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
        budget: u64,
    ) -> (u64, Option<u64>);
}

/// A cluster under way; its buffers are kept from one cluster to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WolffCluster {
    /// Spins of the cluster in the order they were met; those before `grown` have asked their neighbours.
    members: Vec<u32>,
    grown: usize,
    flipped: usize,
    stays: bool,
    /// Ones for members.
    marks: Vec<u64>,
}

impl<L: Spins> OneCluster<L> for WolffCluster {
    fn is_idle(&self) -> bool {
        self.members.is_empty()
    }

    fn give_up(&mut self) {
        if self.flipped == 0 {
            for &place in &self.members {
                self.marks[place as usize / 64] = 0;
            }
            self.members.clear();
            (self.grown, self.stays) = (0, false);
        }
    }

    fn advance(
        &mut self,
        lattice: &mut L,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
        budget: u64,
    ) -> (u64, Option<u64>) {
        self.marks.resize(lattice.len().div_ceil(64), 0);
        if self.members.is_empty() {
            let seed = ((u128::from(rng.next_u64()) * lattice.len() as u128) >> 64) as usize;
            self.join(seed, lattice, table, rng);
        }
        let mut work = 0;
        while work < budget && !self.stays && self.grown < self.members.len() {
            let place = self.members[self.grown] as usize;
            self.grown += 1;
            work += 1;
            let wanted = lattice.spin(place) * table.coupling;
            for neighbour in lattice.neighbours(place) {
                let unmarked =
                    self.marks[neighbour / 64] >> (neighbour % 64) & 1 == 0 && lattice.spin(neighbour) == wanted;
                if unmarked && rng.next_u64() < table.bond {
                    self.join(neighbour, lattice, table, rng);
                }
            }
        }
        if !self.stays && self.grown < self.members.len() {
            return (work, None);
        }
        while work < budget && self.flipped < self.members.len() {
            let place = self.members[self.flipped] as usize;
            self.marks[place / 64] = 0;
            if !self.stays {
                lattice.flip(place);
            }
            self.flipped += 1;
            work += 1;
        }
        if self.flipped < self.members.len() {
            return (work, None);
        }
        let visited = self.members.len() as u64;
        self.members.clear();
        (self.grown, self.flipped, self.stays) = (0, 0, false);
        (work, Some(visited))
    }
}

impl WolffCluster {
    /// The places of its spins so far, in the order they were met.
    #[must_use]
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// Whether it has grown as far as it goes, and no spin has turned yet.
    #[must_use]
    pub fn has_grown(&self) -> bool {
        let is_whole = self.stays || self.grown == self.members.len();
        !self.members.is_empty() && is_whole && self.flipped == 0
    }

    /// Whether a held spin or the field keeps it as it is.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.stays
    }

    fn join(&mut self, place: usize, lattice: &impl Spins, table: &JoinTable, rng: &mut impl Rng) {
        self.marks[place / 64] |= 1 << (place % 64);
        self.members.push(place as u32);
        self.stays |= lattice.is_pinned(place) || table.meets_ghost(lattice.spin(place), rng);
    }
}
