//! `spinscape rbm likelihood`.

use std::path::PathBuf;

use clap::Args;

use super::pictures::{binarise, load, opened, source};
use crate::{
    cli::{
        CliError,
        output::{Results, failed, pool, progress_bar, refuse},
    },
    data::samples::Source,
    physics::rbm::{Binarise, ais::Annealing, exact, measures::log_likelihoods},
    platform::stopping,
};

/// How likely a machine finds pictures.
///
/// Prints one CSV row. Columns: method, log_z, log_z_err, log_z_reverse, mean_log_likelihood, total_log_likelihood, in nats. 'exact' goes
/// through all states of the smaller layer (at most 20 units; no error, no reverse). 'ais' is annealed importance
/// sampling: chains that have not kept up give a log_z that is too low and flatters the likelihood. log_z_reverse comes
/// from chains that go back from settled pictures: a check, not a bound. Where the two differ, give more steps. Grey
/// pictures are made black and white by
/// chance, once, by the seed, or by --binarise threshold; the two do not compare.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct LikelihoodArguments {
    /// A machine saved before
    machine: PathBuf,
    /// builtin:digits[:COUNT], builtin:bars:SIDE, builtin:ising:SIDE:T[:COUNT], an IDX, IDX.gz or npy file, or a folder
    #[arg(long, value_parser = source, value_name = "DATA")]
    data: Source,
    /// Exchange rows and columns of the pictures: some collections lie on their side, as EMNIST does
    #[arg(long)]
    turn: bool,
    /// Only the last COUNT pictures
    #[arg(long, value_name = "COUNT")]
    last: Option<usize>,
    /// Grey to black and white: sample or threshold
    #[arg(long, value_parser = binarise, default_value = "sample")]
    binarise: Binarise,
    /// Go through all states of the smaller layer
    #[arg(long, conflicts_with_all = ["ais_runs", "ais_steps"])]
    exact: bool,
    /// Chains of the annealing
    #[arg(long, default_value_t = 100)]
    ais_runs: usize,
    /// Steps of each chain
    #[arg(long, default_value_t = 10_000)]
    ais_steps: usize,
    /// Threads [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

impl LikelihoodArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let pool = pool(self.threads)?;
        let (machine, _) = opened(&self.machine)?;
        let mut samples = load(&self.data, None, self.turn, self.seed)?;
        if let Some(last) = self.last {
            if !(1..=samples.len()).contains(&last) {
                return Err(CliError::Arguments(format!("--last: give 1 to {}", samples.len())));
            }
            let first = samples.len() - last;
            samples = samples.select(&(first as u32..samples.len() as u32).collect::<Vec<_>>());
        }
        if samples.pixels() != machine.shape.visible {
            let (found, expected) = (samples.pixels(), machine.shape.visible);
            return Err(refuse(format!("the pictures have {found} pixels, and the machine sees {expected}")));
        }
        let bar = progress_bar(1000);
        let watch = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            !stopping::is_asked()
        };
        let (log_z, error, reverse) = pool.install(|| -> Result<_, CliError> {
            if self.exact {
                let log_z = exact::log_partition(&machine, &watch).map_err(refuse)?.ok_or(CliError::Stopped)?;
                return Ok((log_z, 0.0, String::new()));
            }
            let annealing = Annealing { runs: self.ais_runs, steps: self.ais_steps, seed: self.seed };
            let partition = annealing.run(&machine, &samples, self.binarise, &watch).map_err(refuse)?;
            let partition = partition.ok_or(CliError::Stopped)?;
            Ok((partition.log_z, partition.error, partition.reverse.to_string()))
        })?;
        bar.finish_and_clear();
        let each = || log_likelihoods(&machine, &samples, usize::MAX, self.binarise, self.seed, log_z);
        // Summed in order: a sum must not depend on how threads share the pictures.
        let total: f64 = pool.install(each).iter().sum();
        let method = if self.exact { "exact" } else { "ais" };
        if !(log_z.is_finite() && total.is_finite()) {
            return Err(failed("the weights are too large: no likelihood can be worked out in double precision"));
        }
        let mut results = Results::default();
        results.line("method,log_z,log_z_err,log_z_reverse,mean_log_likelihood,total_log_likelihood");
        results.line(&format!("{method},{log_z},{error},{reverse},{},{total}", total / samples.len() as f64));
        results.end()
    }
}
