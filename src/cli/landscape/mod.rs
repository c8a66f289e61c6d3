//! `spinscape landscape`: energy landscapes without a window.

mod tree;

use clap::Subcommand;

use self::tree::TreeArguments;
use super::CliError;

/// Subcommands of the landscape.
#[derive(Debug, Subcommand)]
pub enum LandscapeCommand {
    /// Visit all states of a system of up to 22 spins, and find its valleys and the passes between them
    Tree(TreeArguments),
}

impl LandscapeCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument or a file does not fit, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Tree(arguments) => arguments.run(),
        }
    }
}
