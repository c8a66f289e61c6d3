//! The network as the page runs it: its settings, its speed and its simulation.

use super::{
    settings::{HopfieldRun, HopfieldSettings, Neurons, Order},
    sim::{HopfieldCommand, HopfieldSimulation},
};
use crate::{
    labs::kit::{Host, Model},
    simulation::Speed,
};

/// The associative memory, as a session runs it.
pub struct MemoryModel;

impl Model for MemoryModel {
    type Settings = HopfieldSettings;
    type Run = HopfieldRun;
    type Simulation = HopfieldSimulation;
    const NAME: &'static str = "hopfield";

    fn start(settings: &HopfieldSettings, _run: &HopfieldRun) -> HopfieldSimulation {
        HopfieldSimulation::new(settings.clone())
    }

    /// All neurons at once, and steps of the other kinds, stand for N neurons each.
    fn speed(settings: &HopfieldSettings, run: &HopfieldRun, _host: &Host) -> Speed {
        let neurons = settings.neuron_count() as f64;
        let per_step = match (settings.neurons, settings.order) {
            (Neurons::OnOff, Order::AllAtOnce) | (Neurons::Modern, _) => neurons / 2.0,
            (Neurons::OnOff, _) => 1.0,
            (Neurons::Graded, _) => 8.0,
        };
        run.speed.map_or(Speed::Unlimited, |speed| Speed::Limited((speed / per_step).max(0.5)))
    }

    fn settings_command(settings: &HopfieldSettings) -> HopfieldCommand {
        HopfieldCommand::Settings(Box::new(settings.clone()))
    }
}

/// Steps in a sweep, in which each neuron is asked once.
pub(super) fn steps_in_a_sweep(settings: &HopfieldSettings) -> u64 {
    let one_by_one = settings.neurons == Neurons::OnOff && settings.order != Order::AllAtOnce;
    if one_by_one { settings.neuron_count() as u64 } else { 1 }
}
