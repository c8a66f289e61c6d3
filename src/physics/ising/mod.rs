//! The Ising magnet on the square lattice: E = −J Σ⟨ij⟩ s_i s_j − h Σ s_i with s = ±1 on a torus.
//!
//! Start reading in [`lattice`] (the spins and their exact counts), then [`local`] and its two rules [`metropolis`] and
//! [`heat_bath`], then the clusters [`wolff`] and [`swendsen_wang`]. [`engine`] runs any of them in slices behind one
//! small interface; [`packed`] does the local rules a bit a spin, as fast as the processor can; [`exact`] holds what Onsager,
//! Yang and Kaufman solved.

pub mod attempt;
pub mod clusters;
pub mod correlation;
pub mod engine;
pub mod engines;
pub mod exact;
pub mod graph;
pub mod heat_bath;
pub mod lattice;
pub mod local;
pub mod measurement;
pub mod metropolis;
pub mod order_distribution;
pub mod packed;
pub mod passes;
pub mod record;
pub mod scaling;
pub mod spins;
pub mod study;
pub mod swendsen_wang;
pub mod updates;
pub mod wolff;

use serde::{Deserialize, Serialize};

pub use engine::Engine;
pub use engines::{PackedEngine, PlainEngine};
pub use lattice::{Lattice, Start};
pub use spins::{Counts, Spins};
pub use updates::LocalUpdates;

/// Smallest side of the lattice: below it a site would be its own second neighbour.
pub const SMALLEST_SIDE: usize = 4;
/// Largest side of the lattice; 4096² spins are 16 MiB.
pub const LARGEST_SIDE: usize = 4096;

/// The sign of J. Its size is the unit of energy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Coupling {
    /// J = +1: neighbours want to agree.
    #[default]
    Ferromagnetic,
    /// J = −1: neighbours want to differ.
    Antiferromagnetic,
}

impl Coupling {
    /// J as a number, +1 or −1.
    #[must_use]
    pub fn sign(self) -> i32 {
        match self {
            Self::Ferromagnetic => 1,
            Self::Antiferromagnetic => -1,
        }
    }
}

/// The rule by which spins are updated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dynamics {
    /// Single spins, checkerboard order, Metropolis acceptance.
    #[default]
    Metropolis,
    /// Single spins, checkerboard order, drawn anew from their neighbours' field (Glauber).
    HeatBath,
    /// One cluster at a time (Wolff 1989).
    Wolff,
    /// All clusters at once (Swendsen and Wang 1987).
    SwendsenWang,
}

impl Dynamics {
    /// All of them, in the order of the controls.
    pub const ALL: [Self; 4] = [Self::Metropolis, Self::HeatBath, Self::Wolff, Self::SwendsenWang];
}

/// What acts on the spins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// T in J/k, from 0 (included) to infinity (included).
    pub temperature: f64,
    /// The outside field h in J, any finite number.
    pub field: f64,
    /// The sign of J.
    pub coupling: Coupling,
}

/// Why [`Parameters`] or a lattice cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum IsingError {
    /// The temperature is negative or not a number.
    #[error("temperature {0} is not allowed: give 0 or more")]
    Temperature(f64),
    /// The field is not finite.
    #[error("field {0} is not allowed: give a finite number")]
    Field(f64),
    /// The side is odd or out of range.
    #[error("size {0} is not allowed: give an even number from {SMALLEST_SIDE} to {LARGEST_SIDE}")]
    Side(usize),
    /// The graph cannot be made.
    #[error(transparent)]
    Graph(#[from] graph::GraphError),
}

impl Parameters {
    /// Checks the ranges.
    ///
    /// # Errors
    /// If the temperature is negative or not a number, or the field is not finite.
    pub fn validate(&self) -> Result<(), IsingError> {
        if self.temperature.is_nan() || self.temperature < 0.0 {
            Err(IsingError::Temperature(self.temperature))
        } else if !self.field.is_finite() {
            Err(IsingError::Field(self.field))
        } else {
            Ok(())
        }
    }

    /// e^{−ΔE/T} for a cost ΔE > 0, with its limits 0 at T = 0 and 1 at T = ∞. From `libm`, the same on every machine.
    #[must_use]
    pub fn boltzmann_factor(&self, cost: f64) -> f64 {
        debug_assert!(cost > 0.0);
        if self.temperature == 0.0 { 0.0 } else { libm::exp(-cost / self.temperature) }
    }

    /// Energy that flipping a spin costs, 2 s (J n + h), where n is the sum of its neighbours.
    #[must_use]
    pub fn flip_cost(&self, spin: i8, neighbour_sum: i32) -> f64 {
        2.0 * f64::from(spin) * (f64::from(self.coupling.sign() * neighbour_sum) + self.field)
    }
}

/// Checks that a lattice of this side can be built.
///
/// # Errors
/// If the side is odd or out of range.
pub fn validate_side(side: usize) -> Result<(), IsingError> {
    if side.is_multiple_of(2) && (SMALLEST_SIDE..=LARGEST_SIDE).contains(&side) {
        Ok(())
    } else {
        Err(IsingError::Side(side))
    }
}

/// A probability as a threshold: the event happens where a uniform 64-bit word is below it. The error is at most 2⁻⁶⁴.
#[must_use]
pub fn threshold(probability: f64) -> u64 {
    // The cast saturates: 1.0 gives u64::MAX, which a uniform word reaches once in 5·10⁸ years.
    (probability * 18_446_744_073_709_551_616.0) as u64
}
