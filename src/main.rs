//! Reads the command line: nothing said opens the window, a subcommand runs without one.

use std::process::ExitCode;

fn main() -> ExitCode {
    spinscape::cli::run(web_time::Instant::now())
}
