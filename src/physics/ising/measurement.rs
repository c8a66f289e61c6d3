//! A run at one point, measured: warm-up, sweeps, averages with errors.

use std::sync::Arc;

use super::{
    Dynamics, Engine, IsingError, PackedEngine, Parameters, Spins, Start,
    engine::ClustersPerSweep,
    graph::{Design, Disorder, Geometry, Graph, GraphMagnet},
    packed::SpinGlass,
    record::{Conditions, Measured, Record},
};
use crate::physics::seeds;

/// What to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The lattice, a torus.
    pub lattice: Geometry,
    /// Couplings and fields by chance; the same for all temperatures of a study.
    pub disorder: Disorder,
    /// Side of the lattice.
    pub side: usize,
    /// What acts on the spins.
    pub parameters: Parameters,
    /// The update rule.
    pub dynamics: Dynamics,
    /// The state the warm-up begins with.
    pub start: Start,
    /// Sweeps measured, one measurement each.
    pub sweeps: u64,
    /// Sweeps thrown away first.
    pub warmup: u64,
    /// Seed of the whole study; the point's own stream follows from it and from the point's parameters.
    pub seed: u64,
}

impl Run {
    /// The seed of this point's stream: it depends on the study's seed and the point's values, not on its place in a list.
    #[must_use]
    pub fn stream_seed(&self) -> u64 {
        // −0 and 0 are the same point.
        let mut values = vec![
            self.side as u64,
            (self.parameters.temperature + 0.0).to_bits(),
            (self.parameters.field + 0.0).to_bits(),
            self.parameters.coupling.sign() as u64,
            self.dynamics as u64,
            self.start as u64,
        ];
        if self.needs_graph() {
            values.push(self.lattice as u64);
            let name = self.disorder.to_string();
            values.extend(name.bytes().map(u64::from));
        }
        seeds::stream_seed(self.seed, &values)
    }

    /// Whether the square lattice without disorder is not enough.
    fn needs_graph(&self) -> bool {
        self.lattice != Geometry::Square || self.disorder != Disorder::None
    }

    /// Runs the point. `progress` is called with the sweeps done so far, and ends the run early by returning `false`;
    /// then nothing is returned.
    ///
    /// # Errors
    /// If the side or a parameter is out of range.
    pub fn measure(&self, progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        if self.needs_graph() { self.measure_graph(progress) } else { self.measure_square(progress) }
    }

    fn measure_graph(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        self.parameters.validate()?;
        let Parameters { temperature, field, coupling } = self.parameters;
        let design = Design {
            geometry: self.lattice,
            side: self.side,
            disorder: self.disorder,
            seed: seeds::stream_seed(self.seed, &[self.side as u64]),
            ..Design::default()
        };
        let graph = Arc::new(Graph::new(design, f64::from(coupling.sign()))?);
        let spins = graph.spins().max(1);
        if SpinGlass::fits(&graph, self.dynamics) {
            return self.measure_glass(&graph, progress);
        }
        let mut magnet = GraphMagnet::new(graph, self.start, temperature, field, self.stream_seed());
        // A Wolff sweep of the warm-up visits all spins; then it is a fixed number of clusters.
        let (mut clusters, mut visited) = (0_u64, 0_u64);
        for sweep in 0..self.warmup {
            if sweep == self.warmup / 2 {
                (clusters, visited) = (0, 0);
            }
            let mut left = spins;
            while left > 0 {
                magnet.sweep(self.dynamics);
                let done = if self.dynamics == Dynamics::Wolff { magnet.last_cluster().max(1) } else { spins };
                (clusters, visited) = (clusters + 1, visited + done as u64);
                left = left.saturating_sub(done);
            }
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        let a_sweep = if self.dynamics == Dynamics::Wolff && visited > 0 {
            ((spins as f64 * clusters as f64 / visited as f64).round() as u64).max(1)
        } else {
            1
        };
        Ok(self.record(spins, progress, || {
            (0..a_sweep).for_each(|_| magnet.sweep(self.dynamics));
            [magnet.energy(), magnet.spin_sum() as f64].map(|sum| sum / spins as f64)
        }))
    }

    fn measure_glass(
        &self,
        graph: &Graph,
        mut progress: impl FnMut(u64) -> bool,
    ) -> Result<Option<Measured>, IsingError> {
        let seed = self.stream_seed();
        let mut glass = SpinGlass::new(graph, self.start, self.parameters, self.dynamics, seed)?;
        for sweep in 0..self.warmup {
            glass.sweep();
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        Ok(self.record(graph.spins(), progress, || {
            glass.sweep();
            [glass.energy(), glass.magnetization()]
        }))
    }

    /// Records the sweeps after the warm-up; each call of `sweep` returns e and m.
    fn record(
        &self,
        spins: usize,
        mut progress: impl FnMut(u64) -> bool,
        mut sweep: impl FnMut() -> [f64; 2],
    ) -> Option<Measured> {
        let mut record = Record::new();
        for done in 1..=self.sweeps {
            let [energy, order] = sweep();
            record.push(energy, order);
            if !progress(self.warmup + done) {
                return None;
            }
        }
        Some(record.measured(0, &Conditions::new(spins, &self.parameters)))
    }

    fn measure_square(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        let mut engine = PackedEngine::new(self.side, self.start, self.parameters, self.dynamics, self.stream_seed())?;
        for sweep in 0..self.warmup {
            if sweep == self.warmup / 2 {
                // Only the settled half decides how many clusters make a sweep.
                engine.set_clusters_per_sweep(ClustersPerSweep::Automatic);
            }
            engine.sweep();
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        let clusters = engine.mean_cluster().map_or(1.0, |mean| engine.lattice().len() as f64 / mean);
        engine.set_clusters_per_sweep(ClustersPerSweep::Fixed((clusters.round() as u64).max(1)));
        Ok(self.record(engine.lattice().len(), progress, || {
            engine.sweep();
            let counts = engine.lattice().counts();
            [counts.energy(&self.parameters), counts.magnetization()]
        }))
    }
}
