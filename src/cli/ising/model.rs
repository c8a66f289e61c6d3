//! What the subcommands of the magnet have in common: the names of rules, starts and lattices, and what acts on the spins.

use clap::{Args, ValueEnum};

use crate::{
    cli::{CliError, output::refuse},
    physics::ising::{Coupling, Dynamics, Parameters, Start, graph::Geometry},
};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DynamicsName {
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
pub enum StartName {
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

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LatticeName {
    Square,
    Triangular,
    Honeycomb,
    Cubic,
}

impl From<LatticeName> for Geometry {
    fn from(name: LatticeName) -> Self {
        match name {
            LatticeName::Square => Self::Square,
            LatticeName::Triangular => Self::Triangular,
            LatticeName::Honeycomb => Self::Honeycomb,
            LatticeName::Cubic => Self::Cubic,
        }
    }
}

/// The highest finite temperature in J/k: everything is noise long before, and a list such as 2,269 is most likely one number.
const HOTTEST: f64 = 100.0;
/// The lowest temperature above zero in J/k, and the strongest field in J: beyond, squares overflow.
const COLDEST: f64 = 1e-6;
const STRONGEST: f64 = 1e6;

/// What acts on the spins, and how they are updated.
#[derive(Clone, Copy, Debug, Args)]
pub struct Model {
    /// Outside field in J
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    pub field: f64,
    /// Sign of the coupling: 1 or -1
    #[arg(long, default_value_t = 1, allow_hyphen_values = true, value_parser = clap::value_parser!(i8).range(-1..=1))]
    pub coupling: i8,
    /// Update rule
    #[arg(long, value_enum, default_value = "metropolis")]
    pub dynamics: DynamicsName,
}

impl Model {
    pub fn parameters(self, temperature: f64) -> Result<Parameters, CliError> {
        let coupling = match self.coupling {
            1 => Coupling::Ferromagnetic,
            -1 => Coupling::Antiferromagnetic,
            _ => return Err(refuse("--coupling: give 1 or -1")),
        };
        if temperature.is_finite() && temperature > HOTTEST {
            return Err(refuse(format!(
                "a temperature of {temperature} J/k is above {HOTTEST}: is it a decimal comma? Numbers have a point, as in 2.269"
            )));
        }
        if temperature > 0.0 && temperature < COLDEST {
            return Err(refuse(format!("a temperature of {temperature} J/k is not 0, and below {COLDEST}: give 0")));
        }
        if self.field.abs() > STRONGEST {
            return Err(refuse(format!("--field: {} is not allowed: give -{STRONGEST} to {STRONGEST}", self.field)));
        }
        let parameters = Parameters { temperature, field: self.field, coupling };
        parameters.validate().map_err(refuse)?;
        Ok(parameters)
    }
}

/// Most sweeps of a run.
const MOST_SWEEPS: u64 = 100_000_000_000;

/// That a number of sweeps is one that somebody could wait for.
pub fn within_sweeps(name: &str, sweeps: u64, least: u64) -> Result<(), CliError> {
    if (least..=MOST_SWEEPS).contains(&sweeps) {
        return Ok(());
    }
    Err(refuse(format!("{name}: {sweeps} is not allowed: give {least} to {MOST_SWEEPS}")))
}
