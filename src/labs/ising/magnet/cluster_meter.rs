//! Clusters of states as the window shows them: how many of each size, the largest one, and a colour for each.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{
    labs::ising::magnet::picture::ViewRequest,
    physics::{
        ising::{
            Parameters, Spins,
            clusters::{ClusterFinder, ClusterKind},
            packed::PackedLattice,
        },
        statistics::{Estimate, Recorder},
    },
};

/// Blocks of states kept for errors.
const BLOCKS_KEPT: usize = 256;
/// The colour of spins of the largest cluster; with [`UP`] where they are up.
pub const LARGEST: u8 = 127;
/// Set in the colour of up spins.
pub const UP: u8 = 128;

/// Clusters, averaged; and the picture of the last state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClusterFrame {
    /// States averaged.
    pub states: u64,
    /// Which state of knowledge this is.
    pub version: u64,
    /// What joins neighbours.
    pub kind: ClusterKind,
    /// Middle of each bin of sizes, and clusters of such a size per spin.
    pub distribution: Vec<(f64, Estimate)>,
    /// Share of spins in the largest cluster.
    pub largest: Option<Estimate>,
    /// Its dimension by counting boxes.
    pub dimension: Option<Estimate>,
    /// What the colours show.
    pub view: ViewRequest,
    /// A colour for each pixel of that view; empty if not asked for.
    pub colours: Vec<u8>,
}

/// Finds the clusters of one state after another.
pub struct ClusterWatch {
    finder: Option<ClusterFinder>,
    kind: ClusterKind,
    is_begun: bool,
    is_settled: bool,
    record: Recorder,
    values: Vec<f64>,
    /// For bonds by chance; the magnet's own generator is not disturbed.
    rng: Xoshiro256PlusPlus,
    states: u64,
    version: u64,
    view: ViewRequest,
    colours: Vec<u8>,
}

impl Default for ClusterWatch {
    fn default() -> Self {
        Self {
            finder: None,
            kind: ClusterKind::default(),
            is_begun: false,
            is_settled: false,
            record: Recorder::new(0, 0),
            values: Vec::new(),
            rng: Xoshiro256PlusPlus::seed_from_u64(1972),
            states: 0,
            version: 1,
            view: ViewRequest::default(),
            colours: Vec::new(),
        }
    }
}

impl ClusterWatch {
    /// Forgets all states: what was known is of another magnet, or of other clusters.
    pub fn forget(&mut self) {
        self.is_begun = false;
        self.colours.clear();
        self.record.clear();
        self.states = 0;
        self.version += 1;
    }

    /// Whether averages have errors from now on.
    pub fn set_settled(&mut self, is_settled: bool) {
        self.is_settled = is_settled;
        self.version += 1;
    }

    /// Forgets the state under way.
    pub fn give_up(&mut self) {
        self.is_begun = false;
    }

    /// Works on a state; the answer is the work and whether it is done.
    pub fn advance(
        &mut self,
        lattice: &PackedLattice,
        kind: ClusterKind,
        parameters: &Parameters,
        budget: u64,
    ) -> (u64, bool) {
        if kind != self.kind {
            self.kind = kind;
            self.forget();
        }
        let side = lattice.side();
        let finder = match &mut self.finder {
            Some(finder) if finder.side() == side => finder,
            other => {
                let finder = ClusterFinder::new(side);
                self.record = Recorder::new(finder.distribution().count() + 2, BLOCKS_KEPT);
                self.is_begun = false;
                other.insert(finder)
            }
        };
        if !self.is_begun {
            finder.begin(kind, parameters);
            self.is_begun = true;
        }
        let (work, done) = finder.advance(lattice, &mut self.rng, budget);
        self.is_begun = !done;
        (work, done)
    }

    /// Takes the state that is done into the averages, which it begins anew where `begins` says so.
    pub fn take(&mut self, begins: bool) {
        let Some(finder) = &self.finder else { return };
        if begins {
            self.record.clear();
            self.states = 0;
        }
        self.values.clear();
        self.values.extend(finder.distribution().map(|(_, density)| density));
        self.values.extend([finder.largest_share(), finder.dimension().unwrap_or(0.0)]);
        self.record.push(&self.values);
        self.states += 1;
        self.version += 1;
    }

    /// Colours the pixels of a view by their clusters. A pixel of many spins takes the first.
    pub fn colour(&mut self, lattice: &PackedLattice, view: ViewRequest) {
        let Some(finder) = &self.finder else { return };
        let side = lattice.side();
        let view = view.clamped(side);
        self.view = view;
        self.colours.clear();
        for row in 0..view.rows {
            let y = (view.y + row * view.block) % side;
            let colour = |column: usize| {
                let place = y * side + (view.x + column * view.block) % side;
                let root = finder.root(place);
                let hue = if root == finder.largest_root() {
                    LARGEST
                } else {
                    // A cluster keeps its colour while its first spin stays in it.
                    (root.wrapping_mul(0x9e37_79b9) >> 25) as u8 % LARGEST
                };
                if lattice.spin(place) > 0 { hue | UP } else { hue }
            };
            self.colours.extend((0..view.columns).map(colour));
        }
    }

    /// Takes the colours away.
    pub fn bleach(&mut self) {
        self.colours.clear();
    }

    /// Fills what the window draws.
    pub fn show(&self, frame: &mut ClusterFrame) {
        let Some(finder) = self.finder.as_ref().filter(|_| frame.version != self.version) else { return };
        frame.version = self.version;
        frame.states = self.states;
        frame.kind = self.kind;
        frame.view = self.view;
        frame.colours.clone_from(&self.colours);
        frame.distribution.clear();
        (frame.largest, frame.dimension) = (None, None);
        if self.record.blocks() == 0 {
            return;
        }
        let averaged = |quantity: usize| self.record.averaged(quantity).with_error_if(self.is_settled);
        let bins = finder.distribution().map(|(size, _)| size).enumerate();
        frame.distribution.extend(bins.map(|(bin, size)| (size, averaged(bin))));
        let bins = frame.distribution.len();
        frame.largest = Some(averaged(bins));
        frame.dimension = finder.dimension().map(|_| averaged(bins + 1));
    }
}
