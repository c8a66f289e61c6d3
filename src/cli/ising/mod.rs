//! `spinscape ising`: the magnet without a window.

mod model;
mod run;
mod sweep;

use clap::Subcommand;

use self::{run::RunArguments, sweep::Sweep};
use super::CliError;

/// Subcommands of the magnet.
#[derive(Debug, Subcommand)]
pub enum MagnetCommand {
    Sweep(Sweep),
    Run(RunArguments),
}

impl MagnetCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument does not fit or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Sweep(sweep) => sweep.run(),
            Self::Run(arguments) => arguments.run(),
        }
    }
}
