//! What an engine needs of single-spin updates: they decide how the spins are kept, and with that what clusters there are.

use rand::rngs::Xoshiro256PlusPlus;

use super::{Dynamics, Lattice, Parameters, Spins, passes::AllClusters, wolff::OneCluster};

/// Single-spin updates of a lattice, which decide how its spins are kept.
pub trait LocalUpdates: Clone + std::fmt::Debug + PartialEq + Send {
    /// How the spins are kept.
    type Lattice: Spins + Clone + std::fmt::Debug + PartialEq + Send + From<Lattice>;

    /// All clusters at once on such a lattice.
    type Clusters: AllClusters<Self::Lattice>;

    /// One cluster on it.
    type Cluster: OneCluster<Self::Lattice>;

    /// For a lattice of this side, with random numbers of its own if it wants any.
    fn new(side: usize, parameters: &Parameters, dynamics: Dynamics, seed: u64) -> Self;
    /// Other parameters or another rule, between two sweeps.
    fn set_rule(&mut self, parameters: &Parameters, dynamics: Dynamics);
    /// Works for about `budget` spins, beginning a sweep if none is under way. Returns the number of spins attempted, and
    /// whether the sweep has ended.
    fn advance(&mut self, lattice: &mut Self::Lattice, rng: &mut Xoshiro256PlusPlus, budget: u64) -> (u64, bool);
}
