//! Experiments: how much a rule holds, and how far each memory's basin reaches.

use std::sync::{Arc, Mutex, PoisonError};

use super::{captions, settings::HopfieldSettings, trained::Trained};
use crate::{
    data::{Problem, tables},
    labs::kit::{Host, Task, in_a_pool, saving::Saving},
    physics::{
        hopfield::{
            Rule,
            basins::Basins,
            capacity::{Capacity, Point},
        },
        statistics::Share,
    },
    simulation::Watcher,
    text::Texts,
};

/// Loads measured.
const LOADS: usize = 16;
/// Noise levels measured.
const LEVELS: usize = 13;

/// Which experiment is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// How much the rule holds.
    #[default]
    Capacity,
    /// How far each memory's basin reaches.
    Basins,
}

/// A measurement of the capacity, under way or done.
pub(super) struct CapacityRun {
    /// What is measured.
    pub experiment: Capacity,
    /// Points as they come, by their place.
    live: Arc<Mutex<Vec<(usize, Point)>>>,
    /// The points known when last looked, in the order of their loads.
    pub points: Vec<(usize, Point)>,
}

/// Basins that were measured.
pub(super) struct BasinsRun {
    /// The rule of the network.
    pub rule: Rule,
    /// Names of the memories.
    pub names: Vec<String>,
    /// Noise levels, as parts of the bits.
    pub noise: Vec<f64>,
    /// For each memory and noise level the share of recalls that ended in the memory.
    pub shares: Vec<Vec<Share>>,
}

/// What the experiments keep between frames.
pub(super) struct Experiments {
    /// Which one is shown.
    pub kind: Kind,
    /// Neurons of the networks whose capacity is measured.
    pub neurons: usize,
    /// Noise of their probes, as a part of the bits.
    pub noise: f64,
    /// Trials for each point.
    pub trials: u32,
    measuring_capacity: Task<()>,
    capacity: Option<CapacityRun>,
    measuring_basins: Task<BasinsRun>,
    basins: Option<BasinsRun>,
}

impl Default for Experiments {
    fn default() -> Self {
        Self {
            kind: Kind::Capacity,
            neurons: 300,
            noise: 0.1,
            trials: 10,
            measuring_capacity: Task::default(),
            capacity: None,
            measuring_basins: Task::default(),
            basins: None,
        }
    }
}

/// The largest load worth trying with a rule.
pub(super) fn top_load(rule: Rule) -> f64 {
    match rule {
        Rule::Hebb | Rule::Covariance => 0.24,
        Rule::Storkey => 0.5,
        Rule::PseudoInverse => 1.0,
        Rule::Perceptron => 1.5,
        Rule::Polynomial(_) | Rule::Exponential => 2.0,
    }
}

impl Experiments {
    /// Begins to measure how much the rule holds.
    pub fn start_capacity(&mut self, settings: &HopfieldSettings, host: &Host) {
        let (rule, seed) = (settings.rule, settings.seed);
        let top = top_load(rule);
        let loads = (1..=LOADS).map(|step| top * step as f64 / LOADS as f64).collect();
        let experiment = Capacity { neurons: self.neurons, loads, rule, noise: self.noise, trials: self.trials, seed };
        let live = Arc::new(Mutex::new(Vec::new()));
        self.capacity =
            Some(CapacityRun { experiment: experiment.clone(), live: Arc::clone(&live), points: Vec::new() });
        self.measuring_capacity.start(host, "hopfield capacity", (), 0.0, move |watcher: &Watcher| {
            in_a_pool(|| {
                let note = |place: usize, point: Point| {
                    // A panic elsewhere cannot have left half a point.
                    live.lock().unwrap_or_else(PoisonError::into_inner).push((place, point));
                };
                let measured = experiment.run(&|done| watcher.go_on(done), &note).transpose()?;
                // The points have been noted one by one.
                Some(measured.map(|_| ()).map_err(Problem::unexpected))
            })
        });
        self.poll(host);
    }

    /// Begins to measure the basins of the memories that the network has learned; while it is still learning there is
    /// nothing to measure.
    pub fn start_basins(&mut self, settings: &HopfieldSettings, trained: Option<&Arc<Trained>>, host: &Host, t: Texts) {
        let (Some(trained), Some(memories)) = (trained.cloned(), settings.patterns()) else { return };
        if *trained.memories != memories {
            return;
        }
        let names = settings.active().into_iter().map(|index| captions::name(&settings.memories[index], t)).collect();
        let noise: Vec<f64> = (0..LEVELS).map(|step| 0.5 * step as f64 / (LEVELS - 1) as f64).collect();
        let basins = Basins { noise: noise.clone(), trials: self.trials, seed: settings.seed };
        let rule = settings.rule;
        self.measuring_basins.start(host, "hopfield basins", (), 0.0, move |watcher: &Watcher| {
            in_a_pool(|| {
                let shares = basins.run(&trained.network, &memories, &|done| watcher.go_on(done)).transpose()?;
                Some(shares.map(|shares| BasinsRun { rule, names, noise, shares }).map_err(Problem::unexpected))
            })
        });
        self.poll(host);
    }

    /// Takes what was measured; a failure is said in a notice.
    pub fn poll(&mut self, host: &Host) {
        if let Some(run) = &mut self.capacity
            && let Ok(live) = run.live.try_lock()
            && live.len() != run.points.len()
        {
            run.points.clone_from(&live);
            run.points.sort_by_key(|(place, _)| *place);
        }
        // What failed is told; what was measured until then stays.
        self.measuring_capacity.poll_or_tell(host);
        if let Some((_, run)) = self.measuring_basins.poll_or_tell(host) {
            self.basins = Some(run);
        }
    }

    /// How much of the experiment shown is done, 0 to 1, while it is under way.
    pub fn progress(&self) -> Option<f64> {
        match self.kind {
            Kind::Capacity => self.measuring_capacity.progress(),
            Kind::Basins => self.measuring_basins.progress(),
        }
    }

    /// Gives the experiment shown up.
    pub fn cancel(&mut self) {
        match self.kind {
            Kind::Capacity => self.measuring_capacity.cancel(),
            Kind::Basins => self.measuring_basins.cancel(),
        }
    }

    /// The capacity that is measured or was.
    pub fn capacity(&self) -> Option<&CapacityRun> {
        self.capacity.as_ref()
    }

    /// The basins that were measured.
    pub fn basins(&self) -> Option<&BasinsRun> {
        self.basins.as_ref()
    }

    /// Whether the experiment shown has a table to save.
    pub fn has_table(&self) -> bool {
        match self.kind {
            Kind::Capacity => self.capacity.as_ref().is_some_and(|run| !run.points.is_empty()),
            Kind::Basins => self.basins.is_some(),
        }
    }

    /// Saves the table of the experiment shown, if there is one.
    pub fn save(&self, saving: &mut Saving, host: &Host) {
        let (stem, table) = match (self.kind, &self.capacity, &self.basins) {
            (Kind::Capacity, Some(run), _) => {
                let points: Vec<Point> = run.points.iter().map(|(_, point)| *point).collect();
                ("hopfield-capacity", tables::capacity(&run.experiment, &points))
            }
            (Kind::Basins, _, Some(run)) => {
                ("hopfield-basins", tables::basins(run.rule, &run.names, &run.noise, &run.shares))
            }
            _ => return,
        };
        saving.start(host, "hopfield.notice.saved", move || table.and_then(|bytes| tables::save(stem, &bytes)));
    }
}
