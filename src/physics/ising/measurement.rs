//! A run at one point, measured: warm-up, sweeps, averages with errors.
//!
//! Errors come from bins at least ten autocorrelation times long where the run is long enough, and the jackknife.

use super::{Dynamics, Engine, IsingError, PackedEngine, Parameters, Spins, Start, engine::ClustersPerSweep};
use crate::physics::{
    seeds,
    statistics::{Bins, Estimate, integrated_autocorrelation_time},
};

/// At most so many bins; more would say little more about the error.
const MOST_BINS: usize = 128;
/// At least so many bins, even if they are then shorter than ten autocorrelation times.
const LEAST_BINS: usize = 16;

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

/// Averages of one run, per spin, with standard errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// ⟨e⟩ in J, with the field's term.
    pub energy: Estimate,
    /// ⟨m⟩.
    pub magnetization: Estimate,
    /// ⟨|m|⟩.
    pub abs_magnetization: Estimate,
    /// N(⟨e²⟩ − ⟨e⟩²)/T²; none at T = 0.
    pub specific_heat: Option<Estimate>,
    /// N(⟨m²⟩ − ⟨|m|⟩²)/T at h = 0, N(⟨m²⟩ − ⟨m⟩²)/T otherwise; none at T = 0.
    pub susceptibility: Option<Estimate>,
    /// 1 − ⟨m⁴⟩/(3⟨m²⟩²).
    pub binder: Estimate,
    /// Integrated autocorrelation time of the energy in sweeps.
    pub energy_autocorrelation_time: f64,
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
        let mut series = Series::default();
        for sweep in 0..self.sweeps {
            engine.sweep();
            let counts = engine.lattice().counts();
            series.energy.push(counts.energy(&self.parameters));
            series.magnetization.push(counts.magnetization());
            if !progress(self.warmup + sweep + 1) {
                return Ok(None);
            }
        }
        Ok(Some(series.measured(self)))
    }
}

/// Energy and magnetization per spin after each sweep.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Energies per spin in J.
    pub energy: Vec<f64>,
    /// Magnetizations per spin.
    pub magnetization: Vec<f64>,
}

impl Series {
    /// Averages and errors of the series, as measured by this run.
    #[must_use]
    pub fn measured(&self, run: &Run) -> Measured {
        let absolute: Vec<f64> = self.magnetization.iter().map(|m| m.abs()).collect();
        let energy_time = integrated_autocorrelation_time(&self.energy);
        let absolute_time = integrated_autocorrelation_time(&absolute);
        let bins = self.bins(energy_time.max(absolute_time));
        // The sign of m may take far longer to turn than anything else.
        let sign_bins = self.bins(integrated_autocorrelation_time(&self.magnetization));
        let spins = (run.side * run.side) as f64;
        let temperature = run.parameters.temperature;
        let with_field = run.parameters.field != 0.0;
        let has_heat = temperature > 0.0;
        Measured {
            energy: bins.jackknife(|[e, ..]| e),
            magnetization: sign_bins.jackknife(|[_, _, m, ..]| m),
            abs_magnetization: bins.jackknife(|[_, _, _, a, ..]| a),
            specific_heat: has_heat
                .then(|| bins.jackknife(|[e, e2, ..]| spins * (e2 - e * e) / (temperature * temperature))),
            susceptibility: has_heat.then(|| {
                let bins = if with_field { &sign_bins } else { &bins };
                bins.jackknife(|[_, _, m, a, m2, _]| {
                    let mean = if with_field { m } else { a };
                    spins * (m2 - mean * mean) / temperature
                })
            }),
            binder: bins.jackknife(|[.., m2, m4]| if m2 > 0.0 { 1.0 - m4 / (3.0 * m2 * m2) } else { 0.0 }),
            energy_autocorrelation_time: energy_time,
        }
    }

    fn bins(&self, time: f64) -> Bins<6> {
        let bins = self.energy.len() as f64 / (10.0 * time);
        let bins = (bins as usize).clamp(LEAST_BINS, MOST_BINS);
        let steps = self.energy.iter().zip(&self.magnetization);
        Bins::new(steps.map(|(&e, &m)| [e, e * e, m, m.abs(), m * m, m * m * m * m]), bins)
    }
}
