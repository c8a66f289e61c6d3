//! `spinscape rbm`: learning, likelihood and dreams of a Boltzmann machine without a window.

mod dream;
mod likelihood;
mod pictures;
mod train;

use clap::Subcommand;

use self::{dream::DreamArguments, likelihood::LikelihoodArguments, train::TrainArguments};
use super::CliError;

/// Subcommands of the Boltzmann machine.
#[derive(Debug, Subcommand)]
pub enum RbmCommand {
    Train(TrainArguments),
    Likelihood(LikelihoodArguments),
    Dream(DreamArguments),
}

impl RbmCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument does not fit, a file cannot be used, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Train(arguments) => arguments.run(),
            Self::Likelihood(arguments) => arguments.run(),
            Self::Dream(arguments) => arguments.run(),
        }
    }
}
