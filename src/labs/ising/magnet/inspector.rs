//! What takes longer than a frame to see of a state: correlations and blocked observables.
//!
//! A state is copied and worked through a slice a frame, so that the physics never waits long; averages are over such states
//! since the last change of a knob.

use crate::{
    labs::ising::{
        common::live_averages::{Live, Phase},
        magnet::{
            block_spins::{BLOCKS, BlockRule, Blocker, Tile},
            cluster_meter::{ClusterFrame, ClusterWatch},
            picture::ViewRequest,
            settings::MagnetSettings,
        },
    },
    physics::{
        ising::{
            Spins,
            correlation::{CorrelationMeter, MODES, second_moment_length},
            packed::PackedLattice,
        },
        statistics::{Bins, Estimate, Recorder},
    },
};

/// Spins of the transforms for each frame: about half a millisecond.
const SLICE: u64 = 40_000;
/// Spins of the clusters for each frame while they are coloured.
const COLOUR_SLICE: u64 = 400_000;
/// Blocks of states kept for errors.
const BLOCKS_KEPT: usize = 256;
/// Blocked observables are taken from a corner of at most so many spins a side.
const LARGEST_CORNER: usize = 1024;

/// What the window wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// G(r) or S(k).
    pub correlation: bool,
    /// Blocks along a tile's side; none without tiles.
    pub blocks_shown: usize,
    /// Sizes of clusters.
    pub clusters: bool,
    /// F(m) and P(m) of the companions.
    pub landscape: bool,
    /// A colour for each cluster, for the pixels of the picture.
    pub colours: bool,
    /// Every second spin turned over in the picture, for J = −1.
    pub staggered: bool,
}

impl Watch {
    /// Whether states are to be looked at.
    fn wants_states(&self) -> bool {
        self.correlation || self.blocks_shown > 0 || self.clusters || self.colours
    }
}

/// Correlations, averaged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorrelationFrame {
    /// States averaged.
    pub states: u64,
    /// Which state of knowledge this is.
    pub version: u64,
    /// Distances in spins.
    pub distances: Vec<f64>,
    /// G averaged over directions at these distances.
    pub radial: Vec<Estimate>,
    /// G along the axes at whole distances near these.
    pub axes: Vec<(f64, Estimate)>,
    /// ⟨|m|⟩², which the connected function leaves out.
    pub order_square: f64,
    /// ξ from the second moment, in spins.
    pub length: Option<Estimate>,
    /// S(k) around 0, row by row, averaged.
    pub structure: Vec<f32>,
    /// Modes shown on each side of 0.
    pub modes: usize,
    /// Side of the lattice it was measured on.
    pub side: usize,
}

/// Block spins of one size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlurFrame {
    /// What is shown.
    pub tile: Tile,
    /// ⟨|m|⟩ of the block spins of a larger part, averaged since the last change.
    pub order: Option<Estimate>,
    /// G(1): ⟨s s'⟩ over neighbouring block spins.
    pub neighbours: Option<Estimate>,
}

/// Kinds of averages.
const KINDS: usize = 3;
const OF_CORRELATION: usize = 0;
const OF_BLOCKS: usize = 1;
const OF_CLUSTERS: usize = 2;

/// What of a state is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    Correlation,
    Blocks(usize),
    Clusters,
}

/// Looks at states.
pub struct Inspector {
    watch: Watch,
    rule: BlockRule,
    stage: Stage,
    /// The state under way, or the one to be looked at next.
    snapshot: Option<PackedLattice>,
    is_staggered: bool,
    /// Something else is watched since the last state.
    is_curious: bool,
    meter: Option<CorrelationMeter>,
    correlations: Recorder,
    structure: Vec<f32>,
    states: u64,
    blocks: Recorder,
    blocker: Blocker,
    clusters: ClusterWatch,
    tile: Tile,
    found_blocks: [f64; 2 * BLOCKS.len()],
    /// Averages of the blocks, worked out when a state has come.
    averaged_blocks: Option<[Estimate; 2 * BLOCKS.len()]>,
    /// States so far are of the beginning.
    is_provisional: bool,
    /// Whether the averages of the magnet have errors.
    is_settled: bool,
    /// Averages that the next state begins anew.
    is_stale: [bool; KINDS],
    /// States begun: the coins of ties hang on it.
    count: u64,
    /// Rises with every state taken.
    version: u64,
}

impl Default for Inspector {
    fn default() -> Self {
        Self {
            watch: Watch::default(),
            rule: BlockRule::default(),
            stage: Stage::Idle,
            snapshot: None,
            is_staggered: false,
            is_curious: true,
            meter: None,
            correlations: Recorder::new(0, 0),
            structure: Vec::new(),
            states: 0,
            blocks: Recorder::new(2 * BLOCKS.len(), BLOCKS_KEPT),
            blocker: Blocker::default(),
            clusters: ClusterWatch::default(),
            tile: Tile::default(),
            found_blocks: [0.0; 2 * BLOCKS.len()],
            averaged_blocks: None,
            is_provisional: true,
            is_settled: false,
            is_stale: [false; KINDS],
            count: 0,
            version: 1,
        }
    }
}

impl Inspector {
    /// Chooses what to look at.
    pub fn watch(&mut self, watch: Watch) {
        self.is_curious |= watch != self.watch;
        self.watch = watch;
    }

    /// Returns what of the magnet is on screen and so is measured.
    #[must_use]
    pub fn watched(&self) -> Watch {
        self.watch
    }

    /// Whether a state is wanted now. `moved`: it is another than the last one.
    #[must_use]
    pub fn wants_state(&self, moved: bool) -> bool {
        self.watch.wants_states() && self.stage == Stage::Idle && self.snapshot.is_none() && (moved || self.is_curious)
    }

    /// Takes a state to look at. It must be one between two updates: half a cluster turned is no state of the magnet.
    pub fn take_state(&mut self, lattice: &PackedLattice, staggered: bool) {
        self.is_curious = false;
        self.is_staggered = staggered;
        self.count += 1;
        self.snapshot = Some(lattice.clone());
    }

    /// Begins averages anew: a knob was turned. What is known stays on screen until the next state is looked at.
    pub fn begin_again(&mut self) {
        self.is_stale = [true; KINDS];
        if !self.is_provisional {
            // The state under way is one of before. (While a knob turns all the time, something is to be seen all the same.)
            self.abandon();
        }
        self.is_provisional = true;
    }

    /// Forgets all that is known, on screen too: it is of another magnet.
    pub fn forget(&mut self) {
        self.begin_again();
        self.abandon();
        self.meter = None;
        self.correlations.clear();
        self.structure.clear();
        self.states = 0;
        self.version += 1;
        self.clusters.forget();
        self.blocks.clear();
        self.averaged_blocks = None;
        self.is_curious = true;
    }

    fn abandon(&mut self) {
        self.stage = Stage::Idle;
        self.snapshot = None;
        self.clusters.give_up();
        if let Some(meter) = &mut self.meter {
            meter.give_up();
        }
    }

    /// Whether averages of this kind begin with the state that was looked at now.
    fn begins(&mut self, kind: usize) -> bool {
        std::mem::take(&mut self.is_stale[kind]) || self.is_provisional
    }

    /// What to look at after this, of what is watched.
    fn after(&self, stage: Stage) -> Stage {
        let wants_clusters = self.watch.clusters || self.watch.colours;
        match stage {
            Stage::Idle if self.watch.correlation => Stage::Correlation,
            Stage::Idle | Stage::Correlation if self.watch.blocks_shown > 0 => Stage::Blocks(0),
            Stage::Idle | Stage::Correlation | Stage::Blocks(_) if wants_clusters => Stage::Clusters,
            _ => Stage::Idle,
        }
    }

    /// Looks on for a slice at the state taken from the magnet of these settings. `live`: whether averages mean something
    /// yet; `moved`: whether the magnet goes on meanwhile.
    pub fn look(&mut self, live: &Live, settings: &MagnetSettings, view: ViewRequest, moved: bool) {
        let rule = settings.block_rule;
        if rule != self.rule {
            self.rule = rule;
            self.blocks.clear();
        }
        let is_provisional = matches!(live.phase, Phase::Waiting | Phase::Settling);
        if self.is_provisional && !is_provisional {
            self.is_stale = [true; KINDS];
            self.abandon();
        }
        self.is_provisional = is_provisional;
        if self.is_settled != (live.phase == Phase::Settled) {
            self.is_settled = !self.is_settled;
            self.version += 1;
            self.clusters.set_settled(self.is_settled);
        }
        // Colours are to follow the spins. Where nothing moves, nobody waits.
        let mut left = match moved {
            false => u64::MAX,
            true if self.watch.colours => COLOUR_SLICE,
            true => SLICE,
        };
        while left > 0 {
            match self.stage {
                Stage::Idle if self.snapshot.is_some() => self.stage = self.after(Stage::Idle),
                Stage::Idle => return,
                Stage::Correlation => {
                    let Some(snapshot) = &self.snapshot else { return };
                    let side = snapshot.side();
                    let meter = match &mut self.meter {
                        Some(meter) if meter.side() == side => meter,
                        other => {
                            let meter = CorrelationMeter::new(side);
                            self.correlations = Recorder::new(2 * meter.distances().len() + 4, BLOCKS_KEPT);
                            self.structure.clear();
                            self.states = 0;
                            other.insert(meter)
                        }
                    };
                    meter.set_staggered(self.is_staggered);
                    let (work, done) = meter.advance(snapshot, left);
                    left = left.saturating_sub(work);
                    if done {
                        self.take_correlation();
                        self.stage = self.after(Stage::Correlation);
                    }
                }
                Stage::Blocks(index) => {
                    let Some(snapshot) = &self.snapshot else { return };
                    let block = BLOCKS[index];
                    let most = LARGEST_CORNER / block;
                    self.blocker.fill(&mut self.tile, snapshot, block, most, self.rule, self.count, self.is_staggered);
                    let [order, neighbours] = self.tile.observables().unwrap_or_default();
                    self.found_blocks[2 * index] = order;
                    self.found_blocks[2 * index + 1] = neighbours;
                    left = left.saturating_sub((self.tile.spins.len() * 2) as u64);
                    if index + 1 < BLOCKS.len() {
                        self.stage = Stage::Blocks(index + 1);
                        continue;
                    }
                    if self.begins(OF_BLOCKS) {
                        self.blocks.clear();
                    }
                    self.blocks.push(&self.found_blocks);
                    let averaged = |quantity: usize| self.blocks.averaged(quantity);
                    self.averaged_blocks = Some(std::array::from_fn(averaged));
                    self.stage = self.after(Stage::Blocks(index));
                }
                Stage::Clusters => {
                    let Some(snapshot) = &self.snapshot else { return };
                    let (work, done) =
                        self.clusters.advance(snapshot, settings.cluster_kind, &settings.parameters(), left);
                    left = left.saturating_sub(work);
                    if done {
                        if self.watch.colours {
                            self.clusters.colour(snapshot, view);
                        } else {
                            self.clusters.bleach();
                        }
                        let begins = self.begins(OF_CLUSTERS);
                        self.clusters.take(begins);
                        self.stage = self.after(Stage::Clusters);
                    }
                }
            }
            if self.stage == Stage::Idle {
                // Done with this state, or nothing of it is watched; one a frame is enough.
                self.snapshot = None;
                return;
            }
        }
    }

    fn take_correlation(&mut self) {
        let begins = self.begins(OF_CORRELATION);
        let Some(meter) = &self.meter else { return };
        if begins {
            self.correlations.clear();
            self.structure.fill(0.0);
            self.states = 0;
        }
        let (found, side) = (meter.found(), meter.side());
        let spins = side * side;
        let mut values = found.radial.clone();
        values.extend(meter.distances().iter().map(|r| f64::from(found.axes[r.round() as usize])));
        let m = found.abs_magnetization;
        values.extend([m, m * m, found.zero_mode(spins), found.smallest_mode]);
        self.correlations.push(&values);
        self.states += 1;
        self.version += 1;
        self.structure.resize(found.structure.len(), 0.0);
        // A running mean of up to so many states, so that the picture stays alive.
        let weight = 1.0 / self.states.min(200) as f32;
        for (mean, value) in self.structure.iter_mut().zip(&found.structure) {
            *mean += weight * (value - *mean);
        }
    }

    /// Fills what the window draws of correlations.
    pub fn show_correlation(&self, frame: &mut CorrelationFrame, is_hot: bool) {
        if !self.watch.correlation || frame.version == self.version {
            return;
        }
        let Some(meter) = &self.meter else {
            *frame = CorrelationFrame { version: self.version, ..CorrelationFrame::default() };
            return;
        };
        frame.version = self.version;
        frame.states = self.states;
        frame.side = meter.side();
        frame.modes = MODES.min(meter.side() / 2);
        frame.structure.clone_from(&self.structure);
        let distances = meter.distances();
        let count = distances.len();
        frame.distances.clear();
        frame.distances.extend_from_slice(distances);
        frame.radial.clear();
        frame.axes.clear();
        if self.correlations.blocks() == 0 {
            frame.length = None;
            return;
        }
        let averaged = |quantity: usize| self.correlations.averaged(quantity).with_error_if(self.is_settled);
        frame.radial.extend((0..count).map(averaged));
        let axis = |(index, r): (usize, &f64)| (r.round(), averaged(count + index));
        frame.axes.extend(distances.iter().enumerate().map(axis));
        let m = self.correlations.averaged(2 * count).value;
        frame.order_square = m * m;
        frame.length = self.length(2 * count, meter.side(), is_hot).map(|length| length.with_error_if(self.is_settled));
    }

    /// ξ, with the part of order left out below the critical point; none where the states so far do not tell it.
    fn length(&self, first: usize, side: usize, is_hot: bool) -> Option<Estimate> {
        let blocks = self.correlations.blocks();
        let values = (0..blocks).map(|block| {
            let means = &self.correlations.block(block)[first..];
            [means[0], means[1], means[2], means[3]]
        });
        let spins = (side * side) as f64;
        let of = |[m, _, zero, smallest]: [f64; 4]| {
            let zero = if is_hot { zero } else { zero - spins * m * m };
            second_moment_length(side, zero, smallest).unwrap_or(f64::NAN)
        };
        let estimate = Bins::new(values, blocks.min(32)).jackknife(of);
        Some(estimate).filter(|&length| is_a_length(length, side))
    }

    /// Fills what the window draws of clusters.
    pub fn show_clusters(&self, frame: &mut ClusterFrame) {
        if self.watch.clusters || self.watch.colours {
            self.clusters.show(frame);
        }
    }

    /// Fills what the window draws of blocks; the tiles are those of this moment.
    pub fn show_blur(&mut self, frames: &mut Vec<BlurFrame>, lattice: &PackedLattice, salt: u64, staggered: bool) {
        if self.watch.blocks_shown == 0 {
            frames.clear();
            return;
        }
        frames.resize_with(BLOCKS.len(), BlurFrame::default);
        for (index, (frame, block)) in frames.iter_mut().zip(BLOCKS).enumerate() {
            self.blocker.fill(&mut frame.tile, lattice, block, self.watch.blocks_shown, self.rule, salt, staggered);
            let found = self.averaged_blocks.filter(|_| self.blocks.blocks() > 0 && lattice.side() / block >= 2);
            let of = |quantity: usize| found.map(|averaged| averaged[quantity].with_error_if(self.is_settled));
            (frame.order, frame.neighbours) = (of(2 * index), of(2 * index + 1));
        }
    }
}

/// Errors that the excess S(0)/S(k_min) − 1 must be above zero, so that ξ is not made of its noise. As ξ is its root, the
/// relative error of ξ is half as large.
const CERTAIN: f64 = 3.0;

/// Whether an estimate tells a correlation length: none is longer than the lattice, and a chance excess has a root too.
fn is_a_length(length: Estimate, side: usize) -> bool {
    length.value.is_finite() && length.value < side as f64 && 2.0 * CERTAIN * length.error <= length.value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_lattice_or_made_of_noise_is_none() {
        let of = |value: f64, error: f64| is_a_length(Estimate { value, error }, 256);
        assert!(of(4.11, 0.05));
        assert!(!of(520_050.392_2, 1.0));
        assert!(!of(f64::INFINITY, f64::NAN) && !of(f64::NAN, f64::NAN));
        assert!(!of(2.0, 2.5));
        // Far above the critical point, where ξ = 1.4: the excess is two errors above zero by chance.
        assert!(!of(22.0, 10.0) && of(22.0, 3.0));
    }
}
