//! What can go wrong with a subcommand, by what the program then exits with.

/// What went wrong with a subcommand.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The arguments do not fit; exit code 2.
    #[error("{0}")]
    Arguments(String),
    /// It was told to stop before anything was finished; exit code 130.
    #[error("stopped; nothing was finished yet")]
    Stopped,
    /// It was told to stop, and what was finished is written; exit code 130.
    #[error("stopped; what was finished is kept")]
    StoppedEarly,
    /// Something failed on the way; exit code 1.
    #[error("{0}")]
    Failed(String),
}
