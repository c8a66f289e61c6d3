//! What one lab offers to the others: pictures with their names, a network with its rule, a machine.

use std::sync::Arc;

use crate::physics::{
    hopfield::{Network, Patterns, Rule},
    rbm::Machine,
};

/// What the memory lab has on its shelf, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfferedPictures(pub Vec<OfferedPicture>);

/// A square picture with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferedPicture {
    /// The name that the person gave it, or the one that it comes with.
    pub name: String,
    /// The picture as ±1, row by row.
    pub bits: Arc<[i8]>,
}

/// What the memory lab has learned last.
#[derive(Clone, Debug)]
pub struct OfferedNetwork {
    /// The rule that it has learned by.
    pub rule: Rule,
    /// The network.
    pub network: Arc<Network>,
    /// What it has learned, in the order of the pictures that were on.
    pub memories: Arc<Patterns>,
}

/// The machine of the Boltzmann lab as it was when its page was left.
#[derive(Clone, Debug)]
pub struct OfferedMachine {
    /// Pixels across and down of the pictures that it has learned from.
    pub size: [usize; 2],
    /// The machine.
    pub machine: Arc<Machine>,
}
