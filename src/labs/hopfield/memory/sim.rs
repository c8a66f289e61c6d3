//! The network behind the page: commands in, frames out.
//!
//! A step is one neuron asked (all of them, where they are asked at once), one step in time of graded neurons, or one step
//! of the modern network. Work is counted in weights read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    film::{Film, FilmFrame, FilmState},
    machine::{Machine, Standing},
    picture::Picture,
    settings::{HopfieldSettings, Neurons},
    trained::Trained,
};
use crate::{
    physics::{
        hopfield::{Settled, Verdict, recall::Attempt, verdict::judge},
        statistics::history::Stretch,
    },
    simulation::{Budget, Progress, Simulation},
};

/// Cells ringed because they turned last.
const LAST_TURNED: usize = 4;

/// What the page can tell the network.
#[derive(Clone, Debug)]
pub enum HopfieldCommand {
    /// Another network, or none; what is under way goes on with it where it fits.
    Trained(Option<Arc<Trained>>),
    /// New settings; with another picture on the pad it begins again with that.
    Settings(Box<HopfieldSettings>),
    /// Begin again with the same probe.
    Again,
    /// Set cells, on the way.
    Paint {
        /// Which ones, and to what.
        cells: Vec<(u16, i8)>,
        /// The probe with the same cells set, for the next beginning.
        probe: Picture,
    },
}

/// What the window draws.
#[derive(Clone, Debug, Default)]
pub struct HopfieldFrame {
    /// Cells along a side.
    pub side: usize,
    /// What it began with.
    pub probe: Picture,
    /// Outputs of the neurons, −1 to 1.
    pub outputs: Vec<f32>,
    /// Neurons asked, or steps of the others.
    pub updates: u64,
    /// E, if there is one.
    pub energy: Option<f64>,
    /// T now.
    pub temperature: f64,
    /// Overlap with each memory.
    pub overlaps: Vec<f64>,
    /// How strongly each memory pulls, in dense networks and as attention in the modern one; adds up to one.
    pub attention: Vec<f64>,
    /// What the state is.
    pub verdict: Option<Verdict>,
    /// How it ended, if it did.
    pub settled: Option<Settled>,
    /// The neuron asked last.
    pub attempt: Option<Attempt>,
    /// Neurons that turned last, newest first.
    pub flipped: Vec<u16>,
    /// Snapshots on the way.
    pub film: Vec<FilmFrame>,
    /// Energy against updates.
    pub energy_history: Vec<Stretch>,
    /// Energy of each memory.
    pub memory_energies: Vec<f64>,
    /// How many memories the network has learned.
    pub memories: usize,
}

/// The simulation of the associative memory.
pub struct HopfieldSimulation {
    settings: HopfieldSettings,
    trained: Option<Arc<Trained>>,
    machine: Machine,
    film: Film,
    attempt: Option<Attempt>,
    flipped: Vec<u16>,
    scratch: Vec<i8>,
    /// The recall of the last start of the program, until its network is learned: read, and as it was written.
    left: Option<(Left, Vec<u8>)>,
}

/// A recall as it is left for the next start of the program.
#[derive(Serialize, Deserialize)]
struct Left {
    /// What it began with.
    probe: Picture,
    seed: u64,
    /// How many memories the network had.
    memories: usize,
    standing: Standing,
    film: FilmState,
}

impl HopfieldSimulation {
    /// Builds a pad with nothing learned yet.
    #[must_use]
    pub fn new(settings: HopfieldSettings) -> Self {
        let mut simulation = Self {
            settings,
            trained: None,
            machine: Machine::None,
            film: Film::default(),
            attempt: None,
            flipped: Vec::new(),
            scratch: Vec::new(),
            left: None,
        };
        simulation.begin();
        simulation
    }

    /// What a recall begins with.
    fn probe(&self) -> &Picture {
        &self.settings.pad
    }

    /// Begins with the probe.
    fn begin(&mut self) {
        self.machine = self.machine_with(&self.probe().0);
        (self.attempt, self.flipped) = (None, Vec::new());
        self.film.clear();
        self.film_now(true);
    }

    /// Goes on with the recall of the last start of the program, now that its network is there. Returns whether it does.
    fn take_up_the_recall(&mut self) -> bool {
        let Some(trained) = self.trained.clone() else { return false };
        let (probe, seed) = (self.probe().clone(), self.settings.seed);
        let is_of = |left: &Left| left.probe == probe && left.seed == seed && left.memories == trained.memories.len();
        let Some((left, _)) = self.left.take().filter(|(left, _)| is_of(left)) else { return false };
        let machine = Machine::resume(&self.settings, &trained, left.standing);
        let film = Film::taken_out(left.film, probe.0.len());
        let (Some(machine), Some(film)) = (machine, film) else { return false };
        (self.machine, self.film) = (machine, film);
        true
    }

    fn machine_with(&self, state: &[i8]) -> Machine {
        Machine::new(&self.settings, self.trained.as_ref(), state)
    }

    /// The network changed: goes on from where it is.
    fn rebuild(&mut self) {
        if let Some(trained) = &self.trained
            && self.settings.neurons == Neurons::OnOff
            && self.machine.take_network(&trained.network)
        {
            return;
        }
        self.machine = self.machine_with(&self.state());
    }

    fn take_settings(&mut self, settings: HopfieldSettings) {
        let before = std::mem::replace(&mut self.settings, settings);
        if before.pad != self.settings.pad || before.seed != self.settings.seed {
            self.begin();
            return;
        }
        if before.neurons != self.settings.neurons {
            // Another kind of time and of energy: a film of its own.
            self.machine = self.machine_with(&self.state());
            self.film.clear();
            self.film_now(true);
        }
        self.machine.take_settings(&before, &self.settings);
    }

    fn paint(&mut self, cells: &[(u16, i8)]) {
        let neurons = self.probe().0.len();
        let known = cells.iter().map(|&(cell, value)| (usize::from(cell), value)).filter(|(cell, _)| *cell < neurons);
        for (neuron, value) in known {
            self.machine.set_neuron(neuron, value);
        }
    }

    /// The state as ±1.
    fn state(&self) -> Vec<i8> {
        let mut state = Vec::new();
        self.machine.state_into(&self.probe().0, &mut state);
        state
    }

    /// Does one step. Returns the work it took, in weights read.
    fn step(&mut self) -> u64 {
        let memories = self.trained.as_ref().map_or(1, |trained| trained.memories.len() as u64);
        let stepped = self.machine.step(self.probe().0.len() as u64, memories);
        if let Some(attempt) = stepped.attempt {
            if attempt.before != attempt.after {
                self.flipped.insert(0, attempt.neuron as u16);
                self.flipped.truncate(LAST_TURNED);
            }
            self.attempt = Some(attempt);
        }
        stepped.work
    }

    /// Notes the state for the film and the energy for its curve; `whole` takes a picture in any case.
    fn film_now(&mut self, whole: bool) {
        let (updates, energy) = (self.machine.updates(), self.machine.energy());
        if let Some(energy) = energy {
            self.film.push_energy(updates, energy);
        }
        if whole || self.film.is_due(updates) {
            let mut state = std::mem::take(&mut self.scratch);
            self.machine.state_into(&self.probe().0, &mut state);
            let mut overlaps = Vec::new();
            self.overlaps_into(&mut overlaps);
            self.film.push(FilmFrame { updates, energy, state: state.as_slice().into(), overlaps: overlaps.into() });
            self.scratch = state;
        }
    }

    fn overlaps_into(&self, overlaps: &mut Vec<f64>) {
        let fits = |trained: &&Arc<Trained>| trained.memories.neurons() == self.probe().0.len();
        match self.trained.as_ref().filter(fits) {
            Some(trained) => self.machine.overlaps_into(&trained.memories, &self.probe().0, overlaps),
            None => overlaps.clear(),
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        let trained = self.trained.as_ref()?;
        let state = self.state();
        (trained.memories.neurons() == state.len()).then(|| judge(&state, &trained.memories, self.machine.settled()))
    }
}

impl Simulation for HopfieldSimulation {
    type Command = HopfieldCommand;
    type Frame = HopfieldFrame;

    fn apply(&mut self, command: HopfieldCommand) {
        match command {
            HopfieldCommand::Trained(trained) => {
                self.trained = trained;
                if self.take_up_the_recall() {
                    return;
                }
                self.rebuild();
                if self.machine.updates() == 0 {
                    self.begin();
                }
            }
            HopfieldCommand::Settings(settings) => self.take_settings(*settings),
            HopfieldCommand::Again => {
                self.left = None;
                self.begin();
            }
            HopfieldCommand::Paint { cells, probe } => {
                if probe.0.len() == self.probe().0.len() {
                    self.settings.pad = probe;
                    self.paint(&cells);
                }
            }
        }
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        let mut progress = Progress::default();
        while progress.work < budget.work && progress.steps < budget.steps {
            progress.work += self.step();
            progress.steps += 1;
            self.film_now(false);
            if self.is_finished() {
                self.film_now(true);
                break;
            }
        }
        progress
    }

    fn observe(&mut self, frame: &mut HopfieldFrame) {
        frame.side = self.probe().0.len().isqrt();
        frame.probe.clone_from(self.probe());
        self.machine.outputs_into(&self.probe().0, &mut frame.outputs);
        frame.updates = self.machine.updates();
        frame.energy = self.machine.energy();
        frame.temperature = self.machine.temperature();
        self.overlaps_into(&mut frame.overlaps);
        self.machine.attention_into(&frame.overlaps, &mut frame.attention);
        frame.verdict = self.verdict();
        frame.settled = self.machine.settled().filter(|_| !matches!(self.machine, Machine::None));
        frame.attempt = self.attempt;
        frame.flipped.clone_from(&self.flipped);
        self.film.fill(&mut frame.film, &mut frame.energy_history);
        frame.memory_energies.clear();
        frame.memories = 0;
        if let Some(trained) = &self.trained {
            frame.memories = trained.memories.len();
            if self.settings.neurons == Neurons::OnOff {
                frame.memory_energies.extend_from_slice(&trained.memory_energies);
            }
        }
    }

    fn is_finished(&self) -> bool {
        self.machine.settled().is_some()
    }

    fn leave(&mut self) -> Option<Vec<u8>> {
        if let Some((_, bytes)) = &self.left {
            // It still waits for its network.
            return Some(bytes.clone());
        }
        let standing = self.machine.standing().filter(|_| self.machine.updates() > 0)?;
        let memories = self.trained.as_ref()?.memories.len();
        let (probe, seed) = (self.probe().clone(), self.settings.seed);
        serde_json::to_vec(&Left { probe, seed, memories, standing, film: self.film.put_away() }).ok()
    }

    fn take_up(&mut self, left: &[u8]) {
        self.left = serde_json::from_slice(left).ok().map(|recall| (recall, left.to_vec()));
    }

    fn supersedes(newer: &HopfieldCommand, older: &HopfieldCommand) -> bool {
        matches!(
            (newer, older),
            (HopfieldCommand::Settings(_), HopfieldCommand::Settings(_))
                | (HopfieldCommand::Trained(_), HopfieldCommand::Trained(_))
        )
    }
}
