//! `spinscape landscape`: energy landscapes without a window.

mod diffuse;
mod tree;
mod walk;

use clap::Subcommand;

use self::{diffuse::DiffuseArguments, tree::TreeArguments, walk::WalkArguments};
use super::CliError;

/// Subcommands of the landscape.
#[derive(Debug, Subcommand)]
pub enum LandscapeCommand {
    /// Visit all states of a system of up to 22 spins, and find its valleys and the passes between them
    Tree(TreeArguments),
    /// Let walkers move on a potential, and count how often they cross its hills
    Walk(WalkArguments),
    /// Lead noise back to points along the exact score of their smoothed density
    Diffuse(DiffuseArguments),
}

impl LandscapeCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument or a file does not fit, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Tree(arguments) => arguments.run(),
            Self::Walk(arguments) => arguments.run(),
            Self::Diffuse(arguments) => arguments.run(),
        }
    }
}
