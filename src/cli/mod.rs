//! The command line: each subcommand a page that parses, runs physics, prints.

mod arguments;
mod data;
mod error;
mod hopfield;
mod ising;
mod landscape;
mod output;
mod rbm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use self::error::CliError;
use crate::platform::{files, stopping};

/// The physics behind the 2024 Nobel Prize, alive under one's fingers. Without a subcommand the window opens.
#[derive(Debug, Parser)]
#[command(name = "spinscape", version)]
struct Arguments {
    /// Open the window, draw its first frame, print how long that took, and close
    #[arg(long)]
    first_frame: bool,
    /// Open the window, draw every lab as fast as it can for so many seconds, print the frames a second, and close
    #[arg(long, value_name = "SECONDS", conflicts_with = "first_frame", value_parser = seconds)]
    frames: Option<f64>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The Ising magnet without a window
    #[command(subcommand)]
    Ising(ising::MagnetCommand),
    /// The Hopfield memory without a window
    #[command(subcommand)]
    Hopfield(hopfield::HopfieldCommand),
    /// The Boltzmann machine without a window
    #[command(subcommand)]
    Rbm(rbm::RbmCommand),
    /// Energy landscapes without a window
    #[command(subcommand)]
    Landscape(landscape::LandscapeCommand),
    /// The program's own pictures
    #[command(subcommand)]
    Data(data::DataCommand),
}

/// What a window is opened for that closes by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Its first frame, and how long that takes.
    pub first_frame: bool,
    /// The frames a second of each lab, over this many seconds.
    pub frames: Option<f64>,
}

/// A time to measure for: a second at least, so that there are frames to count.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (1.0..=600.0).contains(&seconds) => Ok(seconds),
        _ => Err("1 to 600 seconds are allowed".to_owned()),
    }
}

/// Reads the command line and runs the subcommand; where there is none, calls `open_window` with what the window is to
/// measure.
pub fn run(open_window: impl FnOnce(Measure) -> ExitCode) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    stopping::listen();
    files::tell_of_waiting(|path| {
        output::say(&format!("waiting for {}, a pipe into which nobody has written yet", path.display()));
    });
    let result = match arguments.command {
        None => {
            return open_window(Measure { first_frame: arguments.first_frame, frames: arguments.frames });
        }
        Some(Command::Ising(command)) => command.run(),
        Some(Command::Hopfield(command)) => command.run(),
        Some(Command::Rbm(command)) => command.run(),
        Some(Command::Landscape(command)) => command.run(),
        Some(Command::Data(command)) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(&error.to_string());
            ExitCode::from(match error {
                CliError::Arguments(_) => 2,
                CliError::Failed(_) => 1,
                // As shells have it for a program that was interrupted.
                CliError::Stopped | CliError::StoppedEarly => 130,
            })
        }
    }
}

/// Help and version as clap prints them; an error as one line that says what is allowed.
fn refuse(error: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind;
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no reason to fail.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let lines = text.lines().take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let words: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    output::say(words.join(" ").trim_start_matches("error: "));
    ExitCode::from(2)
}
