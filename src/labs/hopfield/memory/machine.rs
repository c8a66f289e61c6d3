//! What runs behind the pad: spins, graded neurons or the modern network, with one face for all three.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    settings::{HopfieldSettings, Neurons},
    trained::Trained,
};
use crate::physics::hopfield::{
    Network, Patterns, Recall, Settled,
    graded::GradedRecall,
    modern::ModernRecall,
    recall::{Attempt, RecallState},
};

/// A recall under way, of whichever kind of neurons.
pub(super) enum Machine {
    /// There is nothing learned for a pad of this size.
    None,
    Spins(Box<Recall>),
    Graded(Box<GradedRecall>),
    Modern(Box<ModernRecall>),
}

/// Where a recall stands, all but its network.
#[derive(Serialize, Deserialize)]
pub(super) enum Standing {
    Spins(Box<RecallState>),
    Graded { inputs: Vec<f64>, time: f64, at_rest: bool },
    Modern { state: Vec<f64>, steps: u64, at_rest: bool },
}

/// What one step took and did.
#[derive(Default)]
pub(super) struct Stepped {
    /// Work in weights read.
    pub work: u64,
    /// The neuron that was asked, where neurons are asked one by one.
    pub attempt: Option<Attempt>,
}

impl Machine {
    /// Builds the machine that these settings ask for, in this state; none where the network does not fit the pad.
    pub fn new(settings: &HopfieldSettings, trained: Option<&Arc<Trained>>, state: &[i8]) -> Self {
        let Some(trained) = trained.filter(|trained| trained.memories.neurons() == state.len()) else {
            return Self::None;
        };
        let network = Arc::clone(&trained.network);
        // Settings were validated where they came in; what still does not fit leaves the pad as it is.
        let machine = match settings.neurons {
            Neurons::OnOff => Recall::new(network, state, settings.dynamics(), settings.seed)
                .map(|recall| Self::Spins(Box::new(recall))),
            Neurons::Graded => {
                GradedRecall::new(network, state, settings.gain).map(|recall| Self::Graded(Box::new(recall)))
            }
            Neurons::Modern => {
                let state: Vec<f64> = state.iter().map(|&bit| f64::from(bit)).collect();
                ModernRecall::new(Patterns::clone(&trained.memories), &state, settings.beta)
                    .map(|recall| Self::Modern(Box::new(recall)))
            }
        };
        machine.unwrap_or(Self::None)
    }

    /// Where it stands; none where nothing runs.
    pub fn standing(&self) -> Option<Standing> {
        match self {
            Self::None => None,
            Self::Spins(recall) => Some(Standing::Spins(Box::new(recall.standing().clone()))),
            Self::Graded(recall) => {
                let (inputs, time) = (recall.inputs().to_vec(), recall.time());
                Some(Standing::Graded { inputs, time, at_rest: recall.is_at_rest() })
            }
            Self::Modern(recall) => {
                let (state, steps) = (recall.state().to_vec(), recall.steps());
                Some(Standing::Modern { state, steps, at_rest: recall.is_at_rest() })
            }
        }
    }

    /// Goes on from there; none where network or settings do not fit.
    pub fn resume(settings: &HopfieldSettings, trained: &Trained, from: Standing) -> Option<Self> {
        let network = Arc::clone(&trained.network);
        match (from, settings.neurons) {
            (Standing::Spins(from), Neurons::OnOff) => {
                let mut recall = Recall::resume(network, *from).ok()?;
                recall.set_dynamics(settings.dynamics()).ok()?;
                Some(Self::Spins(Box::new(recall)))
            }
            (Standing::Graded { inputs, time, at_rest }, Neurons::Graded) => {
                let recall = GradedRecall::resume(network, inputs, time, at_rest, settings.gain).ok()?;
                Some(Self::Graded(Box::new(recall)))
            }
            (Standing::Modern { state, steps, at_rest }, Neurons::Modern) => {
                let memories = Patterns::clone(&trained.memories);
                let recall = ModernRecall::resume(memories, &state, steps, at_rest, settings.beta).ok()?;
                Some(Self::Modern(Box::new(recall)))
            }
            _ => None,
        }
    }

    /// Takes another network where the kind of neurons allows it. Returns whether it did.
    pub fn take_network(&mut self, network: &Arc<Network>) -> bool {
        match self {
            Self::Spins(recall) => recall.set_network(Arc::clone(network)).is_ok(),
            _ => false,
        }
    }

    /// Takes what may change on the way.
    pub fn take_settings(&mut self, before: &HopfieldSettings, settings: &HopfieldSettings) {
        // Values are in range: the settings were repaired or come from sliders.
        match self {
            Self::Spins(recall) => {
                let _ = recall.set_dynamics(settings.dynamics());
            }
            Self::Graded(recall) if before.gain != settings.gain => {
                let _ = recall.set_gain(settings.gain);
            }
            Self::Modern(recall) if before.beta != settings.beta => {
                let _ = recall.set_beta(settings.beta);
            }
            Self::None | Self::Graded(_) | Self::Modern(_) => {}
        }
    }

    /// Sets a neuron to ±1, on the way.
    pub fn set_neuron(&mut self, neuron: usize, value: i8) {
        match self {
            Self::None => {}
            Self::Spins(recall) => recall.set_neuron(neuron, value),
            Self::Graded(recall) => recall.set_neuron(neuron, value),
            Self::Modern(recall) => recall.set_neuron(neuron, f64::from(value)),
        }
    }

    /// Copies the state as ±1; that of the probe where nothing runs.
    pub fn state_into(&self, probe: &[i8], state: &mut Vec<i8>) {
        state.clear();
        let sign = |&output: &f64| if output < 0.0 { -1 } else { 1 };
        match self {
            Self::None => state.extend_from_slice(probe),
            Self::Spins(recall) => state.extend_from_slice(recall.state()),
            Self::Graded(recall) => state.extend(recall.outputs().iter().map(sign)),
            Self::Modern(recall) => state.extend(recall.state().iter().map(sign)),
        }
    }

    /// Copies the outputs of the neurons, −1 to 1.
    pub fn outputs_into(&self, probe: &[i8], outputs: &mut Vec<f32>) {
        outputs.clear();
        let number = |&output: &f64| output as f32;
        match self {
            Self::None => outputs.extend(probe.iter().map(|&bit| f32::from(bit))),
            Self::Spins(recall) => outputs.extend(recall.state().iter().map(|&bit| f32::from(bit))),
            Self::Graded(recall) => outputs.extend(recall.outputs().iter().map(number)),
            Self::Modern(recall) => outputs.extend(recall.state().iter().map(number)),
        }
    }

    /// Copies the overlap with each memory.
    pub fn overlaps_into(&self, memories: &Patterns, probe: &[i8], overlaps: &mut Vec<f64>) {
        overlaps.clear();
        let along = |outputs: &[f64], overlaps: &mut Vec<f64>| {
            let with =
                |memory: &[i8]| memory.iter().zip(outputs).map(|(&bit, output)| f64::from(bit) * output).sum::<f64>();
            overlaps.extend(memories.iter().map(|memory| with(memory) / outputs.len() as f64));
        };
        match self {
            Self::None => overlaps.extend(memories.overlaps(probe)),
            Self::Spins(recall) => overlaps.extend(memories.overlaps(recall.state())),
            Self::Graded(recall) => along(recall.outputs(), overlaps),
            Self::Modern(recall) => along(recall.state(), overlaps),
        }
    }

    /// Copies how strongly each memory pulls, where the network knows that; `overlaps` are those of now.
    pub fn attention_into(&self, overlaps: &[f64], attention: &mut Vec<f64>) {
        attention.clear();
        match self {
            Self::Modern(recall) => attention.extend_from_slice(recall.attention()),
            Self::Spins(recall) => {
                if let Network::Dense(network) = &**recall.network() {
                    *attention = network.pulls(overlaps);
                }
            }
            Self::None | Self::Graded(_) => {}
        }
    }

    /// Neurons asked so far, or steps of the others.
    pub fn updates(&self) -> u64 {
        match self {
            Self::None => 0,
            Self::Spins(recall) => recall.updates(),
            Self::Graded(recall) => (recall.time() * 1000.0).round() as u64,
            Self::Modern(recall) => recall.steps(),
        }
    }

    /// The energy E, where there is one.
    pub fn energy(&self) -> Option<f64> {
        match self {
            Self::None => None,
            Self::Spins(recall) => recall.energy(),
            Self::Graded(recall) => Some(recall.energy()),
            Self::Modern(recall) => Some(recall.energy()),
        }
    }

    /// The temperature T of now; 0 for neurons without noise.
    pub fn temperature(&self) -> f64 {
        match self {
            Self::Spins(recall) => recall.temperature(),
            _ => 0.0,
        }
    }

    /// How it came to rest, if it did. What does not run is at rest.
    pub fn settled(&self) -> Option<Settled> {
        let rest = |at_rest: bool| at_rest.then_some(Settled::FixedPoint);
        match self {
            Self::None => Some(Settled::FixedPoint),
            Self::Spins(recall) => recall.settled(),
            Self::Graded(recall) => rest(recall.is_at_rest()),
            Self::Modern(recall) => rest(recall.is_at_rest()),
        }
    }

    /// Does one step of a network of so many neurons and memories.
    pub fn step(&mut self, neurons: u64, memories: u64) -> Stepped {
        match self {
            Self::None => Stepped { work: 1, attempt: None },
            Self::Spins(recall) => {
                let before = recall.updates();
                let attempt = recall.attempt();
                let all_at_once = recall.updates() > before + 1;
                let work = if all_at_once {
                    neurons * neurons / 4
                } else {
                    4 + if attempt.before == attempt.after { 0 } else { neurons }
                };
                Stepped { work, attempt: Some(attempt) }
            }
            Self::Graded(recall) => {
                recall.step();
                Stepped { work: neurons * neurons, attempt: None }
            }
            Self::Modern(recall) => {
                recall.step();
                Stepped { work: neurons * memories, attempt: None }
            }
        }
    }
}
