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
    Tree(TreeArguments),
    Walk(WalkArguments),
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
