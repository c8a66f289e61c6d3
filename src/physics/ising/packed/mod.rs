//! The fast engine: a bit a spin, 512 spins at a time (multi-spin coding).
//!
//! Start reading in `kernel`, the logic that asks 64 spins in one word; `rule` says how probabilities become bits,
//! `streams` where the random words come from, `planes` how neighbours are found, `sweep` how threads share the rows. [`SpinGlass`] has bonds of both
//! signs.

mod clusters;
mod glass;
mod kernel;
mod lanes;
mod masks;
mod planes;
mod rule;
mod straight;
mod streams;
mod sweep;
mod wolff;

use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

pub use self::{clusters::PackedClusters, glass::SpinGlass, planes::PackedLattice, sweep::Path, wolff::PackedWolff};
use self::{planes::Shape, rule::Rule, streams::Stream};
use super::{Dynamics, LocalUpdates, Parameters, Spins, local::rule_of};

/// Local updates of the packed lattice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackedUpdates {
    streams: Vec<Stream>,
    rule: Rule,
    /// Colour and block of rows that come next; (0, 0) between two sweeps.
    next: (usize, usize),
    path: Path,
    is_alone: bool,
}

impl PackedUpdates {
    /// Chooses the instructions; the bits stay the same.
    pub fn set_path(&mut self, path: Path) {
        self.path = path;
    }

    /// Chooses whether one thread asks all rows, whatever the pool has; the bits stay the same.
    pub fn set_alone(&mut self, is_alone: bool) {
        self.is_alone = is_alone;
    }

    /// The instructions in use.
    #[must_use]
    pub fn path(&self) -> Path {
        self.path
    }
}

impl LocalUpdates for PackedUpdates {
    type Lattice = PackedLattice;
    type Clusters = PackedClusters;
    type Cluster = PackedWolff;

    fn new(side: usize, parameters: &Parameters, dynamics: Dynamics, seed: u64) -> Self {
        let blocks = side.div_ceil(sweep::block_rows(Shape::new(side))) as u64;
        Self {
            streams: (0..blocks).map(|block| Stream::new(seed, block)).collect(),
            rule: Rule::new(parameters, rule_of(dynamics)),
            next: (0, 0),
            path: Path::Widest,
            is_alone: false,
        }
    }

    fn set_rule(&mut self, parameters: &Parameters, dynamics: Dynamics) {
        let rule = Rule::new(parameters, rule_of(dynamics));
        if rule != self.rule {
            self.rule = rule;
            self.streams.iter_mut().for_each(|stream| stream.rare.forget());
        }
    }

    /// Every block of rows has random numbers of its own, so the common generator is not asked.
    fn advance(&mut self, lattice: &mut PackedLattice, _: &mut Xoshiro256PlusPlus, budget: u64) -> (u64, bool) {
        let side = lattice.side();
        let (blocks, block_rows) = (self.streams.len(), sweep::block_rows(lattice.shape()));
        let block_spins = (block_rows * side / 2) as u64;
        let mut work = 0;
        while work < budget {
            let (colour, block) = self.next;
            let wanted = usize::try_from((budget - work).div_ceil(block_spins)).unwrap_or(usize::MAX);
            let end = block.saturating_add(wanted).min(blocks);
            let part = sweep::Part { colour, blocks: block..end, path: self.path, is_alone: self.is_alone };
            sweep::update(lattice, &mut self.streams, part, &self.rule);
            let rows = (end * block_rows).min(side) - block * block_rows;
            work += (rows * side / 2) as u64;
            self.next = match (colour, end == blocks) {
                (_, false) => (colour, end),
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
