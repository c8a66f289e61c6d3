//! The likelihood of the machine, measured when it is asked for: exactly where that can be done, else by annealing.

use std::sync::Arc;

use super::{loading::Loaded, settings::RbmSettings, sim::RbmFrame};
use crate::{
    labs::kit::{Host, Task},
    physics::rbm::{
        Binarise, Machine, Samples,
        ais::{Annealing, Partition},
        exact,
        measures::log_likelihoods,
    },
    simulation::Watcher,
};

/// Chains and steps of an annealing.
const RUNS: usize = 100;
const STEPS: usize = 3000;
/// Pictures whose likelihood is measured.
const PICTURES: usize = 1000;
/// Measurements that are kept, of all runs together.
const MOST: usize = 200;

/// A measured likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Epoch.
    pub epoch: f64,
    /// Mean ln p of pictures held back (or of training ones where none are), nats.
    pub value: f64,
    /// Standard error of ln Z; 0 where it is exact.
    pub error: f64,
    /// The likelihood with ln Z from chains that go back, nats.
    pub reverse: f64,
}

/// What is measured, and what was.
#[derive(Default)]
pub(super) struct Likelihood {
    /// Requests that wait for the machine itself: their numbers, the oldest first.
    asked: Vec<u64>,
    /// The epoch and the run that are measured.
    task: Task<Measured, u64>,
    /// With the run that they belong to.
    measured: Vec<(u64, Measured)>,
}

impl Likelihood {
    /// Waits for the machine of the frame with this number.
    pub fn ask(&mut self, number: u64) {
        self.asked.push(number);
    }

    /// Whether a measurement is asked for or under way.
    pub fn is_busy(&self) -> bool {
        self.task.is_busy() || !self.asked.is_empty()
    }

    /// How much is done, 0 to 1, while it is measured.
    pub fn progress(&self) -> Option<f64> {
        self.task.progress()
    }

    /// Gives up what is asked for and under way.
    pub fn cancel(&mut self) {
        self.asked.clear();
        self.task.cancel();
    }

    /// The likelihoods measured of a run, the newest last.
    pub fn of_run(&self, run: u64) -> impl Iterator<Item = &Measured> {
        self.measured.iter().filter(move |(of, _)| *of == run).map(|(_, measured)| measured)
    }

    /// Begins to measure when the machine asked for has come, and keeps what was measured.
    pub fn follow(
        &mut self,
        host: &Host,
        settings: &RbmSettings,
        frame: &RbmFrame,
        machine: Option<&(u64, Arc<Machine>)>,
        loaded: Option<&Loaded>,
    ) {
        if let Some((number, machine)) = machine
            && self.asked.iter().any(|asked| asked <= number)
            && !self.task.is_busy()
            && let Some(loaded) = loaded
        {
            // A machine that came answers all requests made before it.
            self.asked.retain(|asked| asked > number);
            let machine = Arc::clone(machine);
            let train = loaded.train.clone();
            let pictures = loaded.validation.clone().unwrap_or_else(|| train.clone());
            let (binarise, seed) = (settings.trainer.binarise, settings.trainer.seed);
            let (epoch, run) = (frame.epochs, settings.configuration.run);
            self.task.start(host, "likelihood", run, 0.0, move |watcher| {
                measure(&machine, [&train, &pictures], binarise, seed, epoch, watcher).map(Ok)
            });
        }
        if let Some(measured) = self.task.poll_or_tell(host) {
            self.measured.push(measured);
            let surplus = self.measured.len().saturating_sub(MOST);
            self.measured.drain(..surplus);
        }
    }
}

fn measure(
    machine: &Machine,
    [train, pictures]: [&Samples; 2],
    binarise: Binarise,
    seed: u64,
    epoch: f64,
    watcher: &Watcher,
) -> Option<Measured> {
    let annealing = Annealing { runs: RUNS, steps: STEPS, seed };
    let partition = if exact::is_possible(machine) && machine.shape.hidden.min(machine.shape.visible) <= 16 {
        let log_z = exact::log_partition(machine, &|done| watcher.go_on(done)).ok()??;
        Partition { log_z, error: 0.0, reverse: log_z }
    } else {
        annealing.run(machine, train, binarise, &|done| watcher.go_on(done)).ok()??
    };
    let each = log_likelihoods(machine, pictures, PICTURES, binarise, seed, partition.log_z);
    let value = each.iter().sum::<f64>() / each.len() as f64;
    let reverse = value + partition.log_z - partition.reverse;
    Some(Measured { epoch, value, error: partition.error, reverse })
}
