//! The replicas of a parallel tempering on screen: placed, settled, and what they show of each other.

use std::sync::Arc;

use crate::physics::{
    ising::{
        Dynamics,
        graph::{
            Graph, GraphMagnet,
            tempering::{ROUND, Tempering},
        },
    },
    statistics::{Estimate, Recorder},
};

/// Sweeps in which temperatures are placed.
const PLACING: u64 = 12 * ROUND as u64;
/// Levels of the overlap that are told apart.
pub const LEVELS: usize = 33;
/// Blocks kept of the energies.
const BLOCKS: usize = 256;
/// Sweeps from one overlap that is counted to the next.
const EVERY: u64 = 5;

/// One temperature.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rung {
    /// T in J/k.
    pub temperature: f64,
    /// Share of tries in which it changed places with the next; none of the last.
    pub exchange: Option<f64>,
    /// ⟨e⟩ in J over the second half of the run.
    pub energy: Option<Estimate>,
}

/// Two ladders of replicas with what is known of them.
pub struct Ladder {
    tempering: Tempering,
    /// Sweeps of all replicas since the beginning.
    sweeps: u64,
    /// The replica whose turn it is.
    next: usize,
    energies: Recorder,
    /// How often each overlap was seen, by rung: since the last doubling of the time, and since the one before.
    young: Vec<f32>,
    old: Vec<f32>,
    values: Vec<f64>,
}

impl Ladder {
    /// Replicas from random starts at these temperatures in J/k.
    #[must_use]
    pub fn new(graph: &Arc<Graph>, temperatures: &[f64], field: f64, seed: u64) -> Self {
        let rungs = temperatures.len();
        Self {
            tempering: Tempering::new(graph, temperatures, field, seed),
            sweeps: 0,
            next: 0,
            energies: Recorder::new(rungs, BLOCKS),
            young: vec![0.0; rungs * LEVELS],
            old: vec![0.0; rungs * LEVELS],
            values: Vec::with_capacity(rungs),
        }
    }

    /// Replicas that go on from these spins, one ladder after the other and the coldest first, after so many sweeps; none
    /// where they are too many or too few, or the temperatures do not rise. What is known of them is measured anew.
    #[must_use]
    pub fn resume(
        graph: &Arc<Graph>,
        temperatures: &[f64],
        field: f64,
        seed: u64,
        spins: &[i8],
        sweeps: u64,
    ) -> Option<Self> {
        let rises = temperatures.iter().is_sorted_by(|low, high| 0.0 < **low && low < high && high.is_finite());
        if temperatures.len() < 2 || !rises || spins.len() != 2 * temperatures.len() * graph.sites() {
            return None;
        }
        let mut ladder = Self::new(graph, temperatures, field, seed);
        ladder.tempering.set_spins(spins);
        ladder.sweeps = sweeps;
        Some(ladder)
    }

    /// The spins of all replicas, one ladder after the other and the coldest first: [2 × temperatures × sites].
    #[must_use]
    pub fn spins(&self) -> Vec<i8> {
        (0..2).flat_map(|ladder| self.tempering.replicas(ladder)).flat_map(GraphMagnet::spins).copied().collect()
    }

    /// The temperatures in J/k.
    #[must_use]
    pub fn temperatures(&self) -> &[f64] {
        self.tempering.temperatures()
    }

    /// Sweeps one replica; whether all have had their turn and changed places.
    pub fn advance(&mut self, dynamics: Dynamics) -> bool {
        self.tempering.sweep_one(dynamics, self.next);
        self.next += 1;
        if self.next < 2 * self.rungs() {
            return false;
        }
        self.next = 0;
        self.tempering.exchange();
        self.sweeps += 1;
        if self.sweeps > PLACING {
            self.record();
        } else if self.sweeps.is_multiple_of(u64::from(ROUND)) {
            self.tempering.adjust();
        }
        true
    }

    fn record(&mut self) {
        let spins = self.tempering.replicas(0)[0].graph().spins().max(1) as f64;
        self.values.clear();
        for rung in 0..self.rungs() {
            let both: f64 = (0..2).map(|ladder| self.tempering.replicas(ladder)[rung].energy()).sum();
            self.values.push(0.5 * both / spins);
        }
        self.energies.push(&self.values);
        if !self.sweeps.is_multiple_of(EVERY) {
            return;
        }
        if self.recorded() >= 100 && (self.recorded() / EVERY).is_power_of_two() {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.fill(0.0);
        }
        for rung in 0..self.rungs() {
            let q = self.tempering.overlap(rung);
            let level = ((q + 1.0) / 2.0 * (LEVELS - 1) as f64).round() as usize;
            for counts in [&mut self.young, &mut self.old] {
                counts[rung * LEVELS + level.min(LEVELS - 1)] += 1.0;
            }
        }
    }

    /// Sweeps since the temperatures stand.
    #[must_use]
    pub fn recorded(&self) -> u64 {
        self.energies.steps()
    }

    /// How much of the placing of temperatures is done, while it lasts.
    #[must_use]
    pub fn placing(&self) -> Option<f64> {
        (self.sweeps < PLACING).then(|| self.sweeps as f64 / PLACING as f64)
    }

    /// Memory that it takes, in bytes, as near as can be told without looking into each replica.
    #[must_use]
    pub fn bytes(&self) -> usize {
        // A spin, whether it is in the cluster, and its place in two lists of four bytes.
        const A_SITE: usize = 2 + 2 * 4;
        let sites = self.replica(0).spins().len();
        let counts = 2 * self.young.len() * size_of::<f32>() + self.rungs() * BLOCKS * size_of::<f64>();
        2 * self.rungs() * (sites * A_SITE + size_of::<GraphMagnet>()) + counts
    }

    /// Returns the number of temperatures of the ladder.
    #[must_use]
    pub fn rungs(&self) -> usize {
        self.tempering.temperatures().len()
    }

    /// The temperature nearest to this one.
    #[must_use]
    pub fn nearest(&self, temperature: f64) -> usize {
        let distance = |rung: &usize| (self.tempering.temperatures()[*rung] - temperature).abs();
        (0..self.rungs()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
    }

    /// The first replica at a temperature.
    #[must_use]
    pub fn replica(&self, rung: usize) -> &GraphMagnet {
        &self.tempering.replicas(0)[rung]
    }

    /// The lower energy of the two coldest replicas, in J.
    #[must_use]
    pub fn coldest(&self) -> f64 {
        self.tempering.replicas(0)[0].energy().min(self.tempering.replicas(1)[0].energy())
    }

    /// Overlap of the two replicas at a temperature.
    #[must_use]
    pub fn overlap(&self, rung: usize) -> f64 {
        self.tempering.overlap(rung)
    }

    /// How often each level of the overlap, −1 to 1, was seen at a temperature, the beginning left out.
    #[must_use]
    pub fn overlaps(&self, rung: usize) -> &[f32] {
        &self.old[rung * LEVELS..(rung + 1) * LEVELS]
    }

    /// Writes what is known at each temperature of the ladder, the coldest first.
    pub fn show(&self, rungs: &mut Vec<Rung>) {
        rungs.clear();
        let from = self.energies.blocks() / 2;
        for (rung, &temperature) in self.tempering.temperatures().iter().enumerate() {
            rungs.push(Rung {
                temperature,
                exchange: self.tempering.exchanges().get(rung).map(|share| share.value()),
                energy: (self.energies.blocks() - from >= 8).then(|| self.energies.averaged_from(rung, from)),
            });
        }
    }
}
