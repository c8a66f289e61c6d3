//! Reads the command line: nothing said opens the window, a subcommand runs without one.

use std::process::ExitCode;

use spinscape::{app::startup, cli, platform::panics};
use web_time::Instant;

fn main() -> ExitCode {
    let began = Instant::now();
    panics::say_shortly();
    cli::run(|measure| startup::open_window(began, measure.first_frame, measure.frames))
}
