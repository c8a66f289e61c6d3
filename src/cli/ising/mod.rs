//! `spinscape ising`: the magnet without a window.

mod run;
mod sweep;

use clap::{Subcommand, ValueEnum};

use self::{run::RunArguments, sweep::Sweep};
use super::CliError;
use crate::physics::ising::{Coupling, Dynamics, Start};

/// Subcommands of the magnet.
#[derive(Debug, Subcommand)]
pub enum IsingCommand {
    /// Measure energy, magnetization, specific heat, susceptibility and Binder cumulant against temperature
    Sweep(Sweep),
    /// Run one magnet for some time, and say how fast it was
    Run(RunArguments),
}

impl IsingCommand {
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DynamicsName {
    Metropolis,
    HeatBath,
    Wolff,
    SwendsenWang,
}

impl From<DynamicsName> for Dynamics {
    fn from(name: DynamicsName) -> Self {
        match name {
            DynamicsName::Metropolis => Self::Metropolis,
            DynamicsName::HeatBath => Self::HeatBath,
            DynamicsName::Wolff => Self::Wolff,
            DynamicsName::SwendsenWang => Self::SwendsenWang,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StartName {
    Up,
    Down,
    Random,
}

impl From<StartName> for Start {
    fn from(name: StartName) -> Self {
        match name {
            StartName::Up => Self::Up,
            StartName::Down => Self::Down,
            StartName::Random => Self::Random,
        }
    }
}

fn coupling(sign: i8) -> Result<Coupling, CliError> {
    match sign {
        1 => Ok(Coupling::Ferromagnetic),
        -1 => Ok(Coupling::Antiferromagnetic),
        _ => Err(CliError::Arguments("--coupling: give 1 or -1".to_owned())),
    }
}
