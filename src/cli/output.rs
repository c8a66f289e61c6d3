//! Where a subcommand writes to, the threads it uses, and its progress bar.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::ThreadPool;

use super::CliError;

/// Standard output, or a file: one that cannot be written is found out before the run, not after.
///
/// # Errors
/// If the file cannot be created.
pub fn destination(path: Option<&Path>) -> Result<Box<dyn Write>, CliError> {
    match path {
        None => Ok(Box::new(io::stdout().lock())),
        Some(path) => match File::create(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(CliError::Failed(format!("cannot write {}: {error}", path.display()))),
        },
    }
}

/// So many threads, or one a core.
///
/// # Errors
/// If the number is out of range, or the system refuses.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, CliError> {
    if threads.is_some_and(|threads| !(1..=1024).contains(&threads)) {
        return Err(CliError::Arguments("--threads: give 1 to 1024".to_owned()));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    pool.map_err(|error| CliError::Failed(format!("cannot start threads: {error}")))
}

/// Drawn only where standard error is a terminal.
#[must_use]
pub fn progress_bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10));
    // The template is a constant that parses.
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} %  {eta} left") {
        bar.set_style(style);
    }
    bar
}
