//! A run at one point, measured: warm-up, sweeps, averages with errors.

use super::{
    Dynamics, Engine, IsingError, PackedEngine, Parameters, Spins, Start,
    engine::ClustersPerSweep,
    record::{Conditions, Measured, Record},
};
use crate::physics::seeds;

/// What to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
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
        let values = [
            self.side as u64,
            (self.parameters.temperature + 0.0).to_bits(),
            (self.parameters.field + 0.0).to_bits(),
            self.parameters.coupling.sign() as u64,
            self.dynamics as u64,
            self.start as u64,
        ];
        seeds::stream_seed(self.seed, &values)
    }

    /// Runs the point. `progress` is told the sweeps done so far, and ends the run early by answering `false`.
    ///
    /// # Errors
    /// If the side or a parameter is out of range.
    pub fn measure(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
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
        let mut record = Record::new();
        for sweep in 0..self.sweeps {
            engine.sweep();
            let counts = engine.lattice().counts();
            record.push(counts.energy(&self.parameters), counts.magnetization());
            if !progress(self.warmup + sweep + 1) {
                return Ok(None);
            }
        }
        Ok(Some(record.measured(0, &Conditions::new(engine.lattice().len(), &self.parameters))))
    }
}
