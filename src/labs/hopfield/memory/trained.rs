//! A network with what it has learned, and what the window shows of it.

use std::sync::Arc;

use crate::physics::hopfield::{Network, Patterns, Quadratic, rules::LearningNotice};

/// Cells of the picture of the weights along a side at most.
pub const FINEST: usize = 200;

/// A network with what it has learned.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The network.
    pub network: Arc<Network>,
    /// What it has learned, in order.
    pub memories: Arc<Patterns>,
    /// Energy of each memory, if there is an energy.
    pub memory_energies: Vec<f64>,
    /// The weights, averaged down to at most [`FINEST`] along a side, row by row; nothing in dense networks.
    pub matrix: Vec<f64>,
    /// The two memories that are most alike, or most like each other's inverse, with their overlap.
    pub closest: Option<(usize, usize, f64)>,
    /// What the person should know about it.
    pub notice: Option<LearningNotice>,
}

impl Trained {
    /// Works out what the window shows of it; for a thread beside the window's.
    #[must_use]
    pub fn new(network: Network, memories: Patterns, notice: Option<LearningNotice>) -> Self {
        let memory_energies = memories.iter().filter_map(|memory| network.energy_of(memory)).collect();
        let closest = memories.closest_pair();
        let matrix = network.quadratic().map(averaged).unwrap_or_default();
        Self { network: Arc::new(network), memories: Arc::new(memories), memory_energies, matrix, closest, notice }
    }
}

/// Means of the weights over square blocks.
fn averaged(weights: &Quadratic) -> Vec<f64> {
    let neurons = weights.neurons();
    let block = neurons.div_ceil(FINEST);
    let cells = neurons.div_ceil(block);
    let span = |cell: usize| cell * block..((cell + 1) * block).min(neurons);
    let mean = |row: usize, column: usize| {
        let pairs = span(column).flat_map(|j| span(row).map(move |i| (i, j)));
        pairs.map(|(i, j)| weights.weight(i, j)).sum::<f64>() / (span(row).len() * span(column).len()) as f64
    };
    (0..cells * cells).map(|cell| mean(cell / cells, cell % cells)).collect()
}
