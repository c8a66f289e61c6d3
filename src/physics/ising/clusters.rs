//! Clusters of one state: their sizes, the largest one, and its fractal dimension by counting boxes.
//!
//! Geometric clusters join all neighbours that agree; Fortuin and Kasteleyn's (1972) join them with probability
//! 1 − e^{−2J/T}, and are those that Swendsen and Wang turn: for them ⟨Σ s²⟩/N² = ⟨m²⟩. At T_c their largest has dimension
//! 15/8, the largest geometric one 187/96 (Stella and Vanderzande 1989).

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{Parameters, Spins, passes::Forest, wolff::JoinTable};
use crate::physics::statistics::slope;

/// What joins neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClusterKind {
    /// They satisfy their bond: they agree, or differ when J = −1.
    #[default]
    Geometric,
    /// They satisfy their bond, and a coin of probability 1 − e^{−2/T} joins them (Fortuin and Kasteleyn, Physica 57, 536,
    /// 1972, DOI 10.1016/0031-8914(72)90045-6).
    FortuinKasteleyn,
}

impl ClusterKind {
    /// In the order of the controls.
    pub const ALL: [Self; 2] = [Self::Geometric, Self::FortuinKasteleyn];

    /// Exponent of n(s) ∝ s^{−τ} at T_c: 1 + 2/D.
    #[must_use]
    pub fn size_exponent(self) -> f64 {
        1.0 + 2.0 / self.dimension()
    }

    /// Fractal dimension of the largest cluster at T_c.
    #[must_use]
    pub fn dimension(self) -> f64 {
        match self {
            Self::Geometric => 187.0 / 96.0,
            Self::FortuinKasteleyn => 15.0 / 8.0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    Join(usize),
    Count(usize),
    Boxes(usize),
}

/// Finds clusters of states of one size; memory is used again. It takes 8 bytes a spin.
#[derive(Clone, Debug)]
pub struct ClusterFinder {
    side: usize,
    kind: ClusterKind,
    table: JoinTable,
    stage: Stage,
    forest: Forest,
    /// Spins of a cluster, at its root.
    sizes: Vec<u32>,
    /// Boxes of side 2^k that hold part of the largest cluster: whether, by level.
    boxes: Vec<Vec<bool>>,
    largest_root: u32,
    counts: Vec<u64>,
    squares: f64,
}

/// Lower ends of the bins of sizes: 1, 2, 3, 4, 6, 8, 12, 16 …
fn bin_start(bin: usize) -> u64 {
    match bin {
        0 => 1,
        _ if bin % 2 == 1 => 1 << bin.div_ceil(2),
        _ => 3 << (bin / 2 - 1),
    }
}

/// The bin of a size.
fn bin_of(size: u32) -> usize {
    let octave = size.ilog2() as usize;
    if octave == 0 { 0 } else { 2 * octave - 1 + usize::from(u64::from(size) >= 3 << (octave - 1)) }
}

impl ClusterFinder {
    /// For lattices of this side.
    #[must_use]
    pub fn new(side: usize) -> Self {
        let levels = side.ilog2() as usize;
        let spins = (side * side) as u32;
        Self {
            side,
            kind: ClusterKind::default(),
            table: JoinTable::default(),
            stage: Stage::Idle,
            forest: Forest(vec![0; side * side]),
            sizes: vec![0; side * side],
            boxes: (0..levels).map(|level| vec![false; side.div_ceil(1 << level).pow(2)]).collect(),
            largest_root: 0,
            counts: vec![0; bin_of(spins) + 1],
            squares: 0.0,
        }
    }

    /// Side of the lattices.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Begins anew with clusters of this kind at these parameters.
    pub fn begin(&mut self, kind: ClusterKind, parameters: &Parameters) {
        (self.kind, self.table, self.stage) = (kind, JoinTable::new(parameters), Stage::Join(0));
    }

    /// Works for about `budget` spins on a state, which must stay the same until the answer is `true`: done.
    pub fn advance(&mut self, lattice: &impl Spins, rng: &mut Xoshiro256PlusPlus, budget: u64) -> (u64, bool) {
        debug_assert_eq!(lattice.side(), self.side);
        let (mut work, side) = (0, self.side);
        while work < budget {
            self.stage = match self.stage {
                Stage::Idle => return (work, true),
                Stage::Join(y) if y < side => {
                    self.join_row(lattice, rng, y);
                    Stage::Join(y + 1)
                }
                Stage::Join(_) => {
                    self.close_torus(lattice, rng);
                    self.sizes.fill(0);
                    Stage::Count(0)
                }
                Stage::Count(y) if y < side => {
                    for place in y * side..(y + 1) * side {
                        let root = self.forest.root(place as u32);
                        self.forest.0[place] = root;
                        self.sizes[root as usize] += 1;
                    }
                    Stage::Count(y + 1)
                }
                Stage::Count(_) => {
                    self.collect();
                    Stage::Boxes(0)
                }
                Stage::Boxes(y) if y < side => {
                    self.mark_boxes(y);
                    Stage::Boxes(y + 1)
                }
                Stage::Boxes(_) => {
                    self.stage = Stage::Idle;
                    return (work, true);
                }
            };
            work += side as u64;
        }
        (work, false)
    }

    fn is_joined(&self, a: i8, b: i8, rng: &mut Xoshiro256PlusPlus) -> bool {
        a == b * self.table.coupling && (self.kind == ClusterKind::Geometric || rng.next_u64() < self.table.bond)
    }

    /// Joins the spins of a row to those at their left and above them; the first row and column wait for the end.
    fn join_row(&mut self, lattice: &impl Spins, rng: &mut Xoshiro256PlusPlus, y: usize) {
        let side = self.side;
        for x in 0..side {
            let place = y * side + x;
            let spin = lattice.spin(place);
            self.forest.0[place] = place as u32;
            if x > 0 && self.is_joined(spin, lattice.spin(place - 1), rng) {
                self.forest.0[place] = self.forest.0[place - 1];
            }
            if y > 0 && self.is_joined(spin, lattice.spin(place - side), rng) {
                self.forest.unite(place as u32, (place - side) as u32);
            }
        }
    }

    fn close_torus(&mut self, lattice: &impl Spins, rng: &mut Xoshiro256PlusPlus) {
        let side = self.side;
        for k in 0..side {
            let across = [(k * side, k * side + side - 1), (k, (side - 1) * side + k)];
            for (a, b) in across {
                if self.is_joined(lattice.spin(a), lattice.spin(b), rng) {
                    self.forest.unite(a as u32, b as u32);
                }
            }
        }
    }

    fn collect(&mut self) {
        self.counts.fill(0);
        let spins = self.sizes.len() as f64;
        (self.squares, self.largest_root) = (0.0, 0);
        for (root, &size) in self.sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
            self.counts[bin_of(size)] += 1;
            let share = f64::from(size) / spins;
            self.squares += share * share;
            if size > self.sizes[self.largest_root as usize] {
                self.largest_root = root as u32;
            }
        }
        self.boxes.iter_mut().for_each(|level| level.fill(false));
    }

    fn mark_boxes(&mut self, y: usize) {
        let side = self.side;
        for x in 0..side {
            if self.forest.0[y * side + x] != self.largest_root {
                continue;
            }
            for (level, boxes) in self.boxes.iter_mut().enumerate() {
                let across = side.div_ceil(1 << level);
                let mark = &mut boxes[(y >> level) * across + (x >> level)];
                if *mark {
                    // All larger boxes around it are marked too.
                    break;
                }
                *mark = true;
            }
        }
    }

    /// The cluster of a spin: the smallest place in it.
    #[must_use]
    pub fn root(&self, place: usize) -> u32 {
        self.forest.0[place]
    }

    /// The smallest place of the largest cluster.
    #[must_use]
    pub fn largest_root(&self) -> u32 {
        self.largest_root
    }

    /// Share of all spins that are in the largest cluster.
    #[must_use]
    pub fn largest_share(&self) -> f64 {
        f64::from(self.sizes[self.largest_root as usize]) / self.sizes.len() as f64
    }

    /// Σ s²/N² over all clusters; its mean is ⟨m²⟩ for Fortuin and Kasteleyn's.
    #[must_use]
    pub fn second_moment(&self) -> f64 {
        self.squares
    }

    /// n(s), clusters of each size per spin, in bins of sizes: the middle of each bin and its mean density.
    #[must_use = "looking changes nothing"]
    pub fn distribution(&self) -> impl Iterator<Item = (f64, f64)> {
        let spins = self.sizes.len() as f64;
        self.counts.iter().enumerate().map(move |(bin, &count)| {
            let (low, high) = (bin_start(bin) as f64, bin_start(bin + 1) as f64);
            (libm::sqrt(low * (high - 1.0)), count as f64 / ((high - low) * spins))
        })
    }

    /// How many boxes of side 1, 2, 4 … hold part of the largest cluster.
    #[must_use = "looking changes nothing"]
    pub fn box_counts(&self) -> impl Iterator<Item = (usize, usize)> {
        self.boxes.iter().enumerate().map(|(level, boxes)| (1 << level, boxes.iter().filter(|mark| **mark).count()))
    }

    /// The dimension of the largest cluster: −d ln N/d ln b over boxes of side 4 to L/8; none on lattices below 64.
    #[must_use]
    pub fn dimension(&self) -> Option<f64> {
        let scales = self.box_counts().filter(|(side, _)| (4..=self.side / 8).contains(side));
        Some(-slope(scales.map(|(side, count)| (libm::log(side as f64), libm::log(count as f64))))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_follow_each_other_without_gaps() {
        assert_eq!((0..8).map(bin_start).collect::<Vec<_>>(), [1, 2, 3, 4, 6, 8, 12, 16]);
        for size in 1..5000_u32 {
            let bin = bin_of(size);
            assert!((bin_start(bin)..bin_start(bin + 1)).contains(&u64::from(size)), "{size}");
        }
    }
}
