//! `spinscape ising sweep`: averages against temperature as CSV.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::{Model, StartName};
use crate::{
    cli::{
        CliError,
        arguments::{Values, values},
        output::{destination, pool, progress_bar},
    },
    physics::{
        ising::{measurement::Run, record::Measured, validate_side},
        statistics::Estimate,
    },
};

/// Most sweeps of a run: every measurement is kept for the errors.
const MOST_SWEEPS: u64 = 100_000_000;

/// Writes one CSV row per temperature. J = k = 1; energies per spin, with the field's term −h m, so −2 at T = 0 and h = 0.
///
/// Errors come from binning, with the jackknife for specific_heat = N(<e²> − <e>²)/T², susceptibility and
/// binder = 1 − <m⁴>/(3<m²>²). The susceptibility is N(<m²> − <|m|>²)/T at h = 0 (above T_c that is 1 − 2/π of the true
/// one) and N(<m²> − <m>²)/T otherwise; at T = 0 it and the specific heat are empty. The autocorrelation time is the
/// integrated one, ½ + Σρ, in sweeps. A Wolff sweep is a fixed number of clusters, max(1, round(N / mean cluster)), with
/// the mean taken in the second half of the warm-up. Every point is an independent run, seeded by the seed and the point's
/// own values.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Sweep {
    /// Spins along a side: even, 4 to 4096
    #[arg(long, default_value_t = 32)]
    size: usize,
    /// Temperatures in J/k: a list 2.0,2.2 or a range start:end:step
    #[arg(long, value_parser = values, allow_hyphen_values = true)]
    temperatures: Values,
    #[command(flatten)]
    model: Model,
    /// State before the warm-up
    #[arg(long, value_enum, default_value = "random")]
    start: StartName,
    /// Sweeps to measure
    #[arg(long, default_value_t = 20_000)]
    sweeps: u64,
    /// Sweeps to throw away first
    #[arg(long, default_value_t = 2_000)]
    warmup: u64,
    /// Seed of the whole study
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const HEADER: [&str; 20] = [
    "size",
    "temperature",
    "field",
    "coupling",
    "dynamics",
    "sweeps",
    "seed",
    "energy",
    "energy_err",
    "magnetization",
    "magnetization_err",
    "abs_magnetization",
    "abs_magnetization_err",
    "specific_heat",
    "specific_heat_err",
    "susceptibility",
    "susceptibility_err",
    "binder",
    "binder_err",
    "energy_autocorrelation_time",
];

impl Sweep {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let runs = self.runs()?;
        // A file that cannot be written is found out before the run, not after; an old one stays until then.
        let output = destination(self.out.as_deref())?;
        let pool = pool(self.threads)?;
        let bar = progress_bar(runs.len() as u64 * (self.sweeps + self.warmup));
        let done = AtomicU64::new(0);
        let measure = |run: &Run| {
            let mut before = 0;
            let measured = run.measure(|sweeps| {
                // Not at every sweep: on small lattices the counting would cost more than the physics.
                if sweeps - before >= 1000 || sweeps == run.sweeps + run.warmup {
                    let total = done.fetch_add(sweeps - before, Ordering::Relaxed) + sweeps - before;
                    bar.set_position(total);
                    before = sweeps;
                }
                true
            });
            measured.map_err(|error| CliError::Arguments(error.to_string()))
        };
        let results: Vec<_> = pool.install(|| runs.par_iter().map(measure).collect());
        bar.finish_and_clear();
        let mut csv = csv::Writer::from_writer(output);
        let broken = |error: csv::Error| CliError::Failed(format!("cannot write the table: {error}"));
        csv.write_record(HEADER).map_err(broken)?;
        for (run, measured) in runs.iter().zip(results) {
            if let Some(measured) = measured? {
                csv.write_record(self.record(run, &measured)).map_err(broken)?;
            }
        }
        csv.flush().map_err(|error| CliError::Failed(format!("cannot write the table: {error}")))
    }

    fn runs(&self) -> Result<Vec<Run>, CliError> {
        let refuse = |text: String| Err(CliError::Arguments(text));
        if let Err(error) = validate_side(self.size) {
            return refuse(format!("--size: {error}"));
        }
        if !(2..=MOST_SWEEPS).contains(&self.sweeps) {
            return refuse(format!("--sweeps: {} is not allowed: give 2 to {MOST_SWEEPS}", self.sweeps));
        }
        if self.warmup > MOST_SWEEPS {
            return refuse(format!("--warmup: {} is not allowed: give 0 to {MOST_SWEEPS}", self.warmup));
        }
        let run = |&temperature: &f64| {
            let parameters = self.model.parameters(temperature)?;
            Ok(Run {
                side: self.size,
                parameters,
                dynamics: self.model.dynamics.into(),
                start: self.start.into(),
                sweeps: self.sweeps,
                warmup: self.warmup,
                seed: self.seed,
            })
        };
        self.temperatures.0.iter().map(run).collect()
    }

    fn record(&self, run: &Run, measured: &Measured) -> Vec<String> {
        let dynamics = self.model.dynamics.to_possible_value().map(|value| value.get_name().to_owned());
        let mut row = vec![
            run.side.to_string(),
            run.parameters.temperature.to_string(),
            run.parameters.field.to_string(),
            self.model.coupling.to_string(),
            dynamics.unwrap_or_default(),
            run.sweeps.to_string(),
            run.seed.to_string(),
        ];
        let mut push = |estimate: Option<Estimate>| match estimate {
            Some(estimate) => row.extend([estimate.value.to_string(), estimate.error.to_string()]),
            None => row.extend([String::new(), String::new()]),
        };
        push(Some(measured.energy));
        push(Some(measured.magnetization));
        push(Some(measured.abs_magnetization));
        push(measured.specific_heat);
        push(measured.susceptibility);
        push(Some(measured.binder));
        row.push(measured.energy_autocorrelation_time.to_string());
        row
    }
}
