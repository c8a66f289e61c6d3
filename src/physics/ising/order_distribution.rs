//! P(m): how often a small magnet has each order, from a bank of equal magnets at the same T and h.
//!
//! A step of the bank is one update of all clusters, which crosses from valley to valley and weighs them rightly in a field
//! too (the ghost spin of Fortuin and Kasteleyn holds most clusters where they are), and one heat-bath sweep, which the
//! antiferromagnet in a strong field needs. The bank is not counted before it has settled after a change. Where turning all
//! spins over, or moving the lattice by one, takes m to −m and leaves the energy, each state counts as both.

use super::{Coupling, Dynamics, Engine, IsingError, Parameters, PlainEngine, Spins, Start, record::Record};
use crate::physics::seeds;

/// Steps before the first look at whether the bank has settled.
const FIRST_LOOK: u64 = 16;

/// A bank of magnets and how often each order was met in it.
pub struct OrderDistribution {
    magnets: Vec<PlainEngine>,
    counts: Vec<u64>,
    /// Energy and |m| of the whole bank since the last change, until it has settled.
    settling: Option<Record>,
    next_look: u64,
    steps: u64,
}

impl OrderDistribution {
    /// So many magnets of this side, half of them up and half of them down.
    ///
    /// # Errors
    /// If the side or a parameter is out of range.
    pub fn new(side: usize, magnets: usize, parameters: Parameters, seed: u64) -> Result<Self, IsingError> {
        let magnet = |index: usize| {
            let start = if index.is_multiple_of(2) { Start::Up } else { Start::Down };
            let seed = seeds::stream_seed(seed, &[index as u64]);
            PlainEngine::new(side, start, parameters, Dynamics::SwendsenWang, seed)
        };
        let magnets = (0..magnets.max(1)).map(magnet).collect::<Result<_, _>>()?;
        let counts = vec![0; side * side + 1];
        Ok(Self { magnets, counts, settling: Some(Record::new()), next_look: FIRST_LOOK, steps: 0 })
    }

    /// What acts on the spins.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        self.magnets[0].parameters()
    }

    /// Changes what acts on the spins. A change empties the counts, and the bank settles anew from the states it has.
    pub fn set_parameters(&mut self, parameters: Parameters) {
        if parameters == self.parameters() {
            return;
        }
        self.counts.fill(0);
        self.settling.get_or_insert_default().clear();
        (self.next_look, self.steps) = (FIRST_LOOK, 0);
        for magnet in &mut self.magnets {
            magnet.set_parameters(parameters);
        }
    }

    /// Steps since the last change.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether the bank has forgotten the last change; only then it is counted.
    #[must_use]
    pub fn has_settled(&self) -> bool {
        self.settling.is_none()
    }

    /// One step of every magnet.
    pub fn step(&mut self) {
        self.steps += 1;
        for magnet in &mut self.magnets {
            for dynamics in [Dynamics::HeatBath, Dynamics::SwendsenWang] {
                magnet.set_dynamics(dynamics);
                magnet.sweep();
            }
        }
        if self.settling.is_some() { self.settle() } else { self.count() }
    }

    fn settle(&mut self) {
        let magnets = self.magnets.len() as f64;
        let energy = self.magnets.iter().map(PlainEngine::energy).sum::<f64>() / magnets;
        let order = self.magnets.iter().map(|magnet| order(magnet).abs()).sum::<f64>() / magnets;
        let Some(record) = &mut self.settling else { return };
        record.push(energy, order);
        if record.sweeps() < self.next_look {
            return;
        }
        self.next_look += self.next_look / 4;
        if record.settled_from().is_some() {
            self.settling = None;
        }
    }

    fn count(&mut self) {
        let Parameters { field, coupling, .. } = self.parameters();
        let is_symmetric = field == 0.0 || coupling == Coupling::Antiferromagnetic;
        let last = self.counts.len() - 1;
        for magnet in &self.magnets {
            let level = (order_sum(magnet) + last as i64) as usize / 2;
            self.counts[level] += 1;
            if is_symmetric {
                self.counts[last - level] += 1;
            }
        }
    }

    /// How often each order was met since the bank settled, by the number of spins that are up: 0 … N. For J = −1 these are
    /// the spins that are up on one sublattice and those that are down on the other. A state and its mirror image count both.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }
}

/// Σ s, or Σ ± s over the two sublattices for J = −1.
fn order_sum(magnet: &PlainEngine) -> i64 {
    match magnet.parameters().coupling {
        Coupling::Ferromagnetic => magnet.lattice().spin_sum(),
        Coupling::Antiferromagnetic => magnet.lattice().staggered_sum(),
    }
}

/// m of a magnet, or its staggered form for J = −1.
#[must_use]
pub fn order(magnet: &PlainEngine) -> f64 {
    order_sum(magnet) as f64 / magnet.lattice().len() as f64
}
