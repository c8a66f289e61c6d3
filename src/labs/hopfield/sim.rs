//! The network behind the lab: commands in, frames out.
//!
//! A step is one neuron asked (all of them, where they are asked at once), one step in time of graded neurons, or one step
//! of the modern network. Work is counted in weights read.

use std::sync::Arc;

use super::{
    film::{Film, FilmFrame},
    settings::{HopfieldSettings, Neurons, Picture},
    trained::Trained,
};
use crate::{
    physics::{
        hopfield::{
            Network, Patterns, Recall, Settled, Verdict, graded::GradedRecall, modern::ModernRecall, recall::Asked,
            verdict::judge,
        },
        statistics::history::Stretch,
    },
    simulation::{Budget, Progress, Simulation},
};

/// Cells ringed because they turned last.
const LAST_TURNED: usize = 4;

/// What the lab can tell the network.
#[derive(Clone, Debug)]
pub enum HopfieldCommand {
    /// Another network, or none; what is under way goes on with it where it fits.
    Trained(Option<Arc<Trained>>),
    /// New settings.
    Settings(Box<HopfieldSettings>),
    /// Begin with this probe.
    Probe(Picture),
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
    pub asked: Option<Asked>,
    /// Neurons that turned last, newest first.
    pub turned: Vec<u16>,
    /// Snapshots on the way.
    pub film: Vec<FilmFrame>,
    /// Energy against updates.
    pub energy_history: Vec<Stretch>,
    /// Energy of each memory.
    pub memory_energies: Vec<f64>,
    /// How many memories the network has learned.
    pub memories: usize,
}

enum Machine {
    /// There is nothing learned for a pad of this size.
    None,
    Spins(Box<Recall>),
    Graded(Box<GradedRecall>),
    Modern(Box<ModernRecall>),
}

/// The simulation of the Hopfield lab.
pub struct HopfieldSimulation {
    settings: HopfieldSettings,
    trained: Option<Arc<Trained>>,
    probe: Picture,
    machine: Machine,
    film: Film,
    asked: Option<Asked>,
    turned: Vec<u16>,
    scratch: Vec<i8>,
}

impl HopfieldSimulation {
    /// A pad with nothing learned yet.
    #[must_use]
    pub fn new(settings: HopfieldSettings) -> Self {
        let probe = settings.pad.clone();
        let mut simulation = Self {
            settings,
            trained: None,
            probe,
            machine: Machine::None,
            film: Film::default(),
            asked: None,
            turned: Vec::new(),
            scratch: Vec::new(),
        };
        simulation.begin();
        simulation
    }

    /// Begins with the probe.
    fn begin(&mut self) {
        self.machine = self.machine_with(&self.probe.0);
        (self.asked, self.turned) = (None, Vec::new());
        self.film.clear();
        self.film_now(true);
    }

    fn machine_with(&self, state: &[i8]) -> Machine {
        let Some(trained) = self.trained.as_ref().filter(|trained| trained.memories.neurons() == state.len()) else {
            return Machine::None;
        };
        let network = Arc::clone(&trained.network);
        // Settings were validated where they came in; what still does not fit leaves the pad as it is.
        let machine = match self.settings.neurons {
            Neurons::OnOff => Recall::new(network, state, self.settings.dynamics(), self.settings.seed)
                .map(|recall| Machine::Spins(Box::new(recall))),
            Neurons::Graded => {
                GradedRecall::new(network, state, self.settings.gain).map(|recall| Machine::Graded(Box::new(recall)))
            }
            Neurons::Modern => {
                let state: Vec<f64> = state.iter().map(|&bit| f64::from(bit)).collect();
                ModernRecall::new(Patterns::clone(&trained.memories), &state, self.settings.beta)
                    .map(|recall| Machine::Modern(Box::new(recall)))
            }
        };
        machine.unwrap_or(Machine::None)
    }

    /// The network or the kind of neurons changed: goes on from where it is.
    fn rebuild(&mut self) {
        let state = self.state();
        if let (Machine::Spins(recall), Some(trained), Neurons::OnOff) =
            (&mut self.machine, &self.trained, self.settings.neurons)
            && recall.set_network(Arc::clone(&trained.network)).is_ok()
        {
            return;
        }
        if state.len() == self.probe.0.len() {
            self.machine = self.machine_with(&state);
        } else {
            self.begin();
        }
    }

    fn take_settings(&mut self, settings: HopfieldSettings) {
        let before = std::mem::replace(&mut self.settings, settings);
        if before.neurons != self.settings.neurons {
            // Another kind of time and of energy: a film of its own.
            self.machine = self.machine_with(&self.state());
            self.film.clear();
            self.film_now(true);
        }
        // Values are in range: the settings were repaired or come from sliders.
        match &mut self.machine {
            Machine::Spins(recall) => {
                let _ = recall.set_dynamics(self.settings.dynamics());
            }
            Machine::Graded(recall) if before.gain != self.settings.gain => {
                let _ = recall.set_gain(self.settings.gain);
            }
            Machine::Modern(recall) if before.beta != self.settings.beta => {
                let _ = recall.set_beta(self.settings.beta);
            }
            Machine::None | Machine::Graded(_) | Machine::Modern(_) => {}
        }
        if before.seed != self.settings.seed {
            self.begin();
        }
    }

    fn paint(&mut self, cells: &[(u16, i8)]) {
        for &(cell, value) in cells {
            let neuron = usize::from(cell);
            if neuron >= self.probe.0.len() {
                continue;
            }
            match &mut self.machine {
                Machine::None => {}
                Machine::Spins(recall) => recall.set_neuron(neuron, value),
                Machine::Graded(recall) => recall.set_neuron(neuron, value),
                Machine::Modern(recall) => recall.set_neuron(neuron, f64::from(value)),
            }
        }
    }

    /// The state as ±1.
    fn state(&self) -> Vec<i8> {
        let mut state = Vec::new();
        self.state_into(&mut state);
        state
    }

    fn state_into(&self, state: &mut Vec<i8>) {
        state.clear();
        let sign = |&output: &f64| if output < 0.0 { -1 } else { 1 };
        match &self.machine {
            Machine::None => state.extend_from_slice(&self.probe.0),
            Machine::Spins(recall) => state.extend_from_slice(recall.state()),
            Machine::Graded(recall) => state.extend(recall.outputs().iter().map(sign)),
            Machine::Modern(recall) => state.extend(recall.state().iter().map(sign)),
        }
    }

    fn updates(&self) -> u64 {
        match &self.machine {
            Machine::None => 0,
            Machine::Spins(recall) => recall.updates(),
            Machine::Graded(recall) => (recall.time() * 1000.0).round() as u64,
            Machine::Modern(recall) => recall.steps(),
        }
    }

    fn energy(&self) -> Option<f64> {
        match &self.machine {
            Machine::None => None,
            Machine::Spins(recall) => recall.energy(),
            Machine::Graded(recall) => Some(recall.energy()),
            Machine::Modern(recall) => Some(recall.energy()),
        }
    }

    fn settled(&self) -> Option<Settled> {
        let rest = |at_rest: bool| at_rest.then_some(Settled::FixedPoint);
        match &self.machine {
            Machine::None => Some(Settled::FixedPoint),
            Machine::Spins(recall) => recall.settled(),
            Machine::Graded(recall) => rest(recall.is_at_rest()),
            Machine::Modern(recall) => rest(recall.is_at_rest()),
        }
    }

    /// One step; answers the work it took.
    fn step(&mut self) -> u64 {
        let neurons = self.probe.0.len() as u64;
        match &mut self.machine {
            Machine::None => 1,
            Machine::Spins(recall) => {
                let before = recall.updates();
                let asked = recall.ask();
                if asked.before != asked.after {
                    self.turned.insert(0, asked.neuron as u16);
                    self.turned.truncate(LAST_TURNED);
                }
                self.asked = Some(asked);
                let all_at_once = recall.updates() > before + 1;
                if all_at_once {
                    neurons * neurons / 4
                } else {
                    4 + if asked.before == asked.after { 0 } else { neurons }
                }
            }
            Machine::Graded(recall) => {
                recall.step();
                neurons * neurons
            }
            Machine::Modern(recall) => {
                recall.step();
                neurons * self.trained.as_ref().map_or(1, |trained| trained.memories.len() as u64)
            }
        }
    }

    /// Notes the state for the film and the energy for its curve; `whole` takes a picture in any case.
    fn film_now(&mut self, whole: bool) {
        let (updates, energy) = (self.updates(), self.energy());
        if let Some(energy) = energy {
            self.film.push_energy(updates, energy);
        }
        if whole || self.film.is_due(updates) {
            let mut state = std::mem::take(&mut self.scratch);
            self.state_into(&mut state);
            let mut overlaps = Vec::new();
            self.overlaps_into(&mut overlaps);
            self.film.push(FilmFrame { updates, energy, state: state.as_slice().into(), overlaps: overlaps.into() });
            self.scratch = state;
        }
    }

    fn overlaps_into(&self, overlaps: &mut Vec<f64>) {
        overlaps.clear();
        let Some(trained) = self.trained.as_ref().filter(|trained| trained.memories.neurons() == self.probe.0.len())
        else {
            return;
        };
        let along = |outputs: &[f64], overlaps: &mut Vec<f64>| {
            let with =
                |memory: &[i8]| memory.iter().zip(outputs).map(|(&bit, output)| f64::from(bit) * output).sum::<f64>();
            overlaps.extend(trained.memories.iter().map(|memory| with(memory) / outputs.len() as f64));
        };
        match &self.machine {
            Machine::None => overlaps.extend(trained.memories.overlaps(&self.probe.0)),
            Machine::Spins(recall) => overlaps.extend(trained.memories.overlaps(recall.state())),
            Machine::Graded(recall) => along(recall.outputs(), overlaps),
            Machine::Modern(recall) => along(recall.state(), overlaps),
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        let trained = self.trained.as_ref()?;
        let state = self.state();
        (trained.memories.neurons() == state.len()).then(|| judge(&state, &trained.memories, self.settled()))
    }
}

impl Simulation for HopfieldSimulation {
    type Command = HopfieldCommand;
    type Frame = HopfieldFrame;

    fn apply(&mut self, command: HopfieldCommand) {
        match command {
            HopfieldCommand::Trained(trained) => {
                self.trained = trained;
                self.rebuild();
                if self.updates() == 0 {
                    self.begin();
                }
            }
            HopfieldCommand::Settings(settings) => self.take_settings(*settings),
            HopfieldCommand::Probe(probe) => {
                self.probe = probe;
                self.begin();
            }
            HopfieldCommand::Again => self.begin(),
            HopfieldCommand::Paint { cells, probe } => {
                if probe.0.len() == self.probe.0.len() {
                    self.probe = probe;
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
        frame.side = self.settings.side;
        frame.probe.clone_from(&self.probe);
        frame.outputs.clear();
        let number = |&output: &f64| output as f32;
        match &self.machine {
            Machine::None => frame.outputs.extend(self.probe.0.iter().map(|&bit| f32::from(bit))),
            Machine::Spins(recall) => frame.outputs.extend(recall.state().iter().map(|&bit| f32::from(bit))),
            Machine::Graded(recall) => frame.outputs.extend(recall.outputs().iter().map(number)),
            Machine::Modern(recall) => frame.outputs.extend(recall.state().iter().map(number)),
        }
        if frame.side * frame.side != frame.outputs.len() {
            // Settings of another pad are here before its probe.
            frame.side = frame.outputs.len().isqrt();
        }
        frame.updates = self.updates();
        frame.energy = self.energy();
        frame.temperature = match &self.machine {
            Machine::Spins(recall) => recall.temperature(),
            _ => 0.0,
        };
        self.overlaps_into(&mut frame.overlaps);
        frame.attention.clear();
        match &self.machine {
            Machine::Modern(recall) => frame.attention.extend_from_slice(recall.attention()),
            Machine::Spins(recall) => {
                if let Network::Dense(network) = &**recall.network() {
                    frame.attention = network.pulls(&frame.overlaps);
                }
            }
            Machine::None | Machine::Graded(_) => {}
        }
        frame.verdict = self.verdict();
        frame.settled = self.settled().filter(|_| !matches!(self.machine, Machine::None));
        frame.asked = self.asked;
        frame.turned.clone_from(&self.turned);
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
        self.settled().is_some()
    }

    fn supersedes(newer: &HopfieldCommand, older: &HopfieldCommand) -> bool {
        matches!(
            (newer, older),
            (HopfieldCommand::Settings(_), HopfieldCommand::Settings(_))
                | (HopfieldCommand::Probe(_), HopfieldCommand::Probe(_))
                | (HopfieldCommand::Trained(_), HopfieldCommand::Trained(_))
        )
    }
}
