//! `spinscape landscape tree`: all valleys and passes as CSV.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    cli::{
        CliError,
        output::{emit, failed, pool, progress_bar, refuse, writable},
    },
    data::couplings,
    physics::landscape::{Couplings, System, Tree},
    platform::{stopping, writing},
};

/// Visit all states of a system of up to 22 spins, and find its valleys and the passes between them.
///
/// Visits every one of the 2^N states, and prints one CSV row per valley, from the deepest on.
///
/// E = -sum of J_ij s_i s_j over pairs. Columns: minimum (its number, from 0), energy (total), multiplicity (states at the
/// bottom), state (the smallest of them: character k is spin k, 1 is up), merges_into and barrier_energy: the valley that it
/// joins over its lowest pass, and the energy of that pass; empty for the deepest valley. Of equal energies the valley with
/// the smaller state counts as deeper, where spin 0 is the last digit of a state's number. Couplings are rounded to 2^-20 of
/// the largest power of two that is not above the largest of them, so that all sums are exact.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct TreeArguments {
    /// The system: sk has couplings N(0, 1/N), gaussian N(0, 1), pm +1 or -1; hopfield learns random patterns by Hebb's rule
    #[arg(long, value_enum, default_value_t = SystemName::Sk)]
    system: SystemName,
    /// Spins of sk, ring and hopfield: to 22; of a torus it is the number in its name
    #[arg(long, default_value_t = 16)]
    spins: usize,
    /// Patterns of the Hopfield network
    #[arg(long, default_value_t = 2)]
    patterns: usize,
    /// Seed of the couplings
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// Couplings instead of a system: CSV with columns i,j,coupling; spins from 0, a pair once, missing pairs are 0
    #[arg(long, value_name = "FILE")]
    couplings: Option<PathBuf>,
    /// File to write the couplings to, as they were used
    #[arg(long, value_name = "FILE")]
    couplings_out: Option<PathBuf>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SystemName {
    Sk,
    #[value(name = "gaussian-4x4")]
    Gaussian4x4,
    #[value(name = "gaussian-4x5")]
    Gaussian4x5,
    #[value(name = "pm-4x4")]
    Pm4x4,
    #[value(name = "pm-4x5")]
    Pm4x5,
    Ring,
    #[value(name = "torus-4x4")]
    Torus4x4,
    #[value(name = "torus-4x5")]
    Torus4x5,
    Hopfield,
}

impl TreeArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let couplings = match &self.couplings {
            Some(path) => couplings::open(path).map_err(refuse)?,
            None => Couplings::of(self.system(), self.spins, self.seed).map_err(refuse)?,
        };
        if let (Some(out), Some(couplings)) = (&self.out, &self.couplings_out)
            && writing::is_same_file(out, couplings)
        {
            return Err(refuse("--out and --couplings-out are the same file: give two"));
        }
        let pool = pool(self.threads)?;
        for path in self.out.iter().chain(&self.couplings_out) {
            writable(path)?;
        }
        let bar = progress_bar(1000);
        let go_on = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            !stopping::is_asked()
        };
        let tree = pool.install(|| Tree::new(&couplings, &go_on)).ok_or(CliError::Stopped)?;
        bar.finish_and_clear();
        if let Some(path) = &self.couplings_out {
            emit(Some(path), &couplings::table(&couplings).map_err(failed)?)?;
        }
        emit(self.out.as_deref(), &couplings::leaves(&tree, couplings.spins()).map_err(failed)?)
    }

    fn system(&self) -> System {
        match self.system {
            SystemName::Sk => System::SherringtonKirkpatrick,
            SystemName::Gaussian4x4 => System::Gaussian { rows: 4 },
            SystemName::Gaussian4x5 => System::Gaussian { rows: 5 },
            SystemName::Pm4x4 => System::PlusMinus { rows: 4 },
            SystemName::Pm4x5 => System::PlusMinus { rows: 5 },
            SystemName::Ring => System::Ring,
            SystemName::Torus4x4 => System::Torus { rows: 4 },
            SystemName::Torus4x5 => System::Torus { rows: 5 },
            SystemName::Hopfield => System::Hopfield { patterns: self.patterns },
        }
    }
}
