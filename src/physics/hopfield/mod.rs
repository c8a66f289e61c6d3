//! The associative memory of Hopfield (1982) and what grew from it.
//!
//! Neurons s_i = ±1, energy E = −½ Σ w_ij s_i s_j + Σ θ_i s_i with w_ii = 0, local field h_i = Σ_j w_ij s_j − θ_i. A neuron
//! that is asked takes the sign of its field; a field of zero keeps it. So the energy never rises while neurons are asked
//! one by one and the weights are symmetric.
//!
//! Start reading in [`patterns`], then [`quadratic`] (weights, fields, energy), [`rules`] (how weights are learned) and
//! [`recall`] (who is asked when). [`verdict`] names what came out. [`dense`] holds energies steeper than a square,
//! [`modern`] and [`graded`] have neurons that are not just on or off, [`ags`] the theory of Amit, Gutfreund and
//! Sompolinsky, [`capacity`] and [`basins`] the experiments beside it.

pub mod ags;
pub mod basins;
pub mod capacity;
pub mod dense;
pub mod energy;
pub mod graded;
mod kernel;
pub mod modern;
pub mod network;
pub mod patterns;
pub mod quadratic;
pub mod recall;
pub mod rules;
pub mod unlearning;
pub mod verdict;

pub use energy::{Cache, Energy};
pub use network::Network;
pub use patterns::Patterns;
pub use quadratic::Quadratic;
pub use recall::{Dynamics, Recall, Settled};
pub use rules::Rule;
pub use verdict::Verdict;

/// Highest power of a polynomial energy, see [`dense`].
pub const HIGHEST_POWER: u32 = 30;

/// Most neurons of a network: a pad of 64 × 64; its weights take 64 MiB.
pub const MOST_NEURONS: usize = 4096;

/// Why a network cannot be built, or a recall not begun.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HopfieldError {
    /// There is nothing to learn.
    #[error("there is no memory to learn: give at least one pattern")]
    NoPatterns,
    /// The number of neurons is out of range.
    #[error("{0} neurons are not allowed: give 2 to {MOST_NEURONS}")]
    Neurons(usize),
    /// A pattern has the wrong length.
    #[error("a pattern has {found} bits where the network has {expected} neurons: give one bit a neuron")]
    Length {
        /// Bits that it has.
        found: usize,
        /// Neurons of the network.
        expected: usize,
    },
    /// A bit is neither +1 nor −1.
    #[error("bit {position} is {value}: give +1 or −1")]
    Bit {
        /// Its place in the pattern.
        position: usize,
        /// What stands there.
        value: i8,
    },
    /// All bits of all memories are the same, so the covariance rule divides by zero.
    #[error("all bits of all memories are the same: the covariance rule needs both kinds")]
    NoContrast,
    /// The power of a polynomial energy is out of range.
    #[error("power {0} is not allowed: give 2 to {max}", max = HIGHEST_POWER)]
    Power(u32),
    /// The network has no symmetric weights, as graded neurons need.
    #[error("graded neurons need symmetric weights: choose Hebb, covariance, Storkey or pseudo-inverse")]
    NoSymmetricWeights,
    /// A parameter is out of range.
    #[error("{name} {value} is not allowed: give {allowed}")]
    Parameter {
        /// Its name.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed, in words.
        allowed: &'static str,
    },
}
