//! Recall: who is asked when, and when it is over.

use std::{collections::VecDeque, hash::Hasher, sync::Arc};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{Cache, HopfieldError, Network, patterns};

/// Longest cycle that is recognised, in sweeps.
const LONGEST_CYCLE: usize = 64;

/// The order in which neurons are asked, and how firmly they answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Dynamics {
    /// One by one, each once a sweep, in an order drawn anew for each sweep.
    #[default]
    RandomOrder,
    /// One by one, row by row.
    Sequential,
    /// All at once (Little 1974).
    Synchronous,
    /// One by one in random order, s_i = +1 with probability 1/(1 + e^(−2h/T)).
    HeatBath {
        /// T, from 0 (included; then a field of zero keeps the neuron).
        temperature: f64,
    },
    /// As the heat bath, while T falls evenly to 0.
    Annealed {
        /// T of the first sweep.
        from: f64,
        /// After so many sweeps T is 0.
        sweeps: u32,
    },
}

impl Dynamics {
    /// T in this sweep, counted from 0 when the dynamics began.
    #[must_use]
    pub fn temperature(self, sweep: u64) -> f64 {
        match self {
            Self::RandomOrder | Self::Sequential | Self::Synchronous => 0.0,
            Self::HeatBath { temperature } => temperature,
            Self::Annealed { from, sweeps } => from * (1.0 - sweep as f64 / f64::from(sweeps.max(1))).max(0.0),
        }
    }

    /// Checks the ranges.
    ///
    /// # Errors
    /// If a temperature is negative or not a number.
    pub fn validate(self) -> Result<(), HopfieldError> {
        let temperature = self.temperature(0);
        if temperature >= 0.0 && temperature.is_finite() {
            Ok(())
        } else {
            Err(HopfieldError::Parameter { name: "temperature", value: temperature, allowed: "0 or more" })
        }
    }
}

/// How a recall without noise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settled {
    /// No neuron wants to turn.
    FixedPoint,
    /// It goes to and fro between two states.
    TwoCycle,
    /// It goes round through so many states, three or more.
    Cycle(u32),
}

/// One neuron was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Which one.
    pub neuron: usize,
    /// Its local field.
    pub field: f64,
    /// Its state before.
    pub before: i8,
    /// Its state after.
    pub after: i8,
}

/// Where a recall stands, all but its network: with this it goes on as if it had never stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecallState {
    state: Vec<i8>,
    dynamics: Dynamics,
    order: Vec<u16>,
    place: usize,
    rng: Xoshiro256PlusPlus,
    updates: u64,
    sweeps: u64,
    /// Sweeps done when the dynamics began: annealing starts then.
    dynamics_began: u64,
    turned_in_sweep: usize,
    settled: Option<Settled>,
    /// Hashes of the last states, one a sweep, for the deterministic orders.
    seen: VecDeque<u64>,
}

/// A network on its way from a probe.
#[derive(Clone, Debug)]
pub struct Recall {
    network: Arc<Network>,
    now: RecallState,
    /// Of this network in this state.
    cache: Cache,
    turning: Vec<u16>,
}

impl Recall {
    /// A recall that begins with this probe.
    ///
    /// # Errors
    /// If the probe does not fit the network, or the dynamics is out of range.
    pub fn new(network: Arc<Network>, probe: &[i8], dynamics: Dynamics, seed: u64) -> Result<Self, HopfieldError> {
        let now = RecallState {
            state: probe.to_vec(),
            dynamics,
            order: (0..network.neurons() as u16).collect(),
            place: 0,
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            updates: 0,
            sweeps: 0,
            dynamics_began: 0,
            turned_in_sweep: 0,
            settled: None,
            seen: VecDeque::with_capacity(LONGEST_CYCLE + 1),
        };
        Self::resume(network, now)
    }

    /// Where it stands, to be gone on with later.
    #[must_use]
    pub fn standing(&self) -> &RecallState {
        &self.now
    }

    /// A recall that goes on from there with the same network.
    ///
    /// # Errors
    /// If the state does not fit the network, or does not fit together.
    pub fn resume(network: Arc<Network>, mut from: RecallState) -> Result<Self, HopfieldError> {
        let neurons = network.neurons();
        patterns::validate(&from.state, neurons)?;
        from.dynamics.validate()?;
        let mut sorted = from.order.clone();
        sorted.sort_unstable();
        let is_an_order = sorted.iter().copied().map(usize::from).eq(0..neurons);
        if !is_an_order || from.place >= neurons || from.dynamics_began > from.sweeps {
            return Err(HopfieldError::Length { found: from.order.len(), expected: neurons });
        }
        from.seen.truncate(LONGEST_CYCLE);
        let mut recall = Self { network, now: from, cache: Cache::default(), turning: Vec::new() };
        recall.refresh();
        Ok(recall)
    }

    /// Returns the network whose neurons are updated.
    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// Returns the state: one value ±1 a neuron.
    #[must_use]
    pub fn state(&self) -> &[i8] {
        &self.now.state
    }

    /// The energy; none if the network has none.
    #[must_use]
    pub fn energy(&self) -> Option<f64> {
        self.network.energy().energy(&self.cache)
    }

    /// The local field of a neuron.
    #[must_use]
    pub fn local_field(&self, neuron: usize) -> f64 {
        self.network.energy().local_field(neuron, &self.now.state, &self.cache)
    }

    /// Neurons asked so far.
    #[must_use]
    pub fn updates(&self) -> u64 {
        self.now.updates
    }

    /// Full sweeps so far.
    #[must_use]
    pub fn sweeps(&self) -> u64 {
        self.now.sweeps
    }

    /// How it ended, if it did; with noise it never does.
    #[must_use]
    pub fn settled(&self) -> Option<Settled> {
        self.now.settled
    }

    /// Returns the temperature in force, in the unit of the local field; 0 without noise. While annealing it falls from
    /// sweep to sweep.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        self.now.dynamics.temperature(self.now.sweeps - self.now.dynamics_began)
    }

    /// Returns the order of updates and their noise, as set last.
    #[must_use]
    pub fn dynamics(&self) -> Dynamics {
        self.now.dynamics
    }

    /// Changes the dynamics on the way.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn set_dynamics(&mut self, dynamics: Dynamics) -> Result<(), HopfieldError> {
        dynamics.validate()?;
        if dynamics != self.now.dynamics {
            self.now.dynamics = dynamics;
            self.now.dynamics_began = self.now.sweeps;
            self.begin_sweep();
            self.wake();
        }
        Ok(())
    }

    /// Changes the network on the way, the state stays.
    ///
    /// # Errors
    /// If the number of neurons differs.
    pub fn set_network(&mut self, network: Arc<Network>) -> Result<(), HopfieldError> {
        patterns::validate(&self.now.state, network.neurons())?;
        self.network = network;
        self.refresh();
        self.wake();
        Ok(())
    }

    /// Sets a neuron from outside, as a brush does: +1, or −1 for anything below zero.
    pub fn set_neuron(&mut self, neuron: usize, value: i8) {
        if self.now.state[neuron] != if value < 0 { -1 } else { 1 } {
            self.network.energy().turn(neuron, &mut self.now.state, &mut self.cache);
            self.wake();
        }
    }

    /// Updates the next neuron and returns what happened to it. Synchronous dynamics updates all neurons at once and
    /// returns the last one that flipped.
    pub fn attempt(&mut self) -> Attempt {
        if self.now.dynamics == Dynamics::Synchronous {
            return self.attempt_all();
        }
        if self.now.place == 0 {
            self.begin_sweep();
        }
        let neuron = usize::from(self.now.order[self.now.place]);
        let attempt = self.attempt_one(neuron, self.temperature());
        self.now.place += 1;
        self.now.updates += 1;
        if self.now.place == self.now.order.len() {
            self.now.place = 0;
            self.end_sweep();
        }
        attempt
    }

    /// Asks every neuron once, or ends the sweep that is begun.
    pub fn sweep(&mut self) {
        let sweeps = self.now.sweeps;
        while self.now.sweeps == sweeps {
            self.attempt();
        }
    }

    /// Sweeps until the state settles, at most `most_sweeps` times, and returns how it settled; none if it still moves,
    /// as it always does with noise.
    pub fn run(&mut self, most_sweeps: u64) -> Option<Settled> {
        for _ in 0..most_sweeps {
            if self.now.settled.is_some() {
                break;
            }
            self.sweep();
        }
        self.now.settled
    }

    fn attempt_one(&mut self, neuron: usize, temperature: f64) -> Attempt {
        let field = self.local_field(neuron);
        let before = self.now.state[neuron];
        let after = if temperature > 0.0 {
            let up = 1.0 / (1.0 + libm::exp(-2.0 * field / temperature));
            if self.now.rng.random::<f64>() < up { 1 } else { -1 }
        } else {
            answer(field, before)
        };
        if after != before {
            self.now.turned_in_sweep += 1;
            self.network.energy().turn(neuron, &mut self.now.state, &mut self.cache);
        }
        Attempt { neuron, field, before, after }
    }

    fn attempt_all(&mut self) -> Attempt {
        self.turning.clear();
        let mut attempt =
            Attempt { after: self.now.state[0], before: self.now.state[0], field: self.local_field(0), neuron: 0 };
        for neuron in 0..self.now.state.len() {
            let (field, before) = (self.local_field(neuron), self.now.state[neuron]);
            let after = answer(field, before);
            if after != before {
                self.turning.push(neuron as u16);
                attempt = Attempt { neuron, field, before, after };
            }
        }
        if self.turning.len() > self.now.state.len() / 2 {
            // Cheaper from scratch, with the same result: sums are exact.
            for &neuron in &self.turning {
                self.now.state[usize::from(neuron)] *= -1;
            }
            self.network.energy().prepare(&self.now.state, &mut self.cache);
        } else {
            for &neuron in &self.turning {
                self.network.energy().turn(usize::from(neuron), &mut self.now.state, &mut self.cache);
            }
        }
        self.now.turned_in_sweep = self.turning.len();
        self.now.updates += self.now.state.len() as u64;
        self.end_sweep();
        attempt
    }

    fn begin_sweep(&mut self) {
        self.now.place = 0;
        self.now.turned_in_sweep = 0;
        match self.now.dynamics {
            Dynamics::RandomOrder | Dynamics::HeatBath { .. } | Dynamics::Annealed { .. } => {
                for place in (1..self.now.order.len()).rev() {
                    self.now.order.swap(place, self.now.rng.random_range(0..=place as u32) as usize);
                }
            }
            Dynamics::Sequential | Dynamics::Synchronous => {
                self.now.order.iter_mut().zip(0..).for_each(|(neuron, place)| *neuron = place);
            }
        }
    }

    fn end_sweep(&mut self) {
        let temperature = self.temperature();
        self.now.sweeps += 1;
        if temperature > 0.0 {
            return;
        }
        if self.now.turned_in_sweep == 0 {
            self.now.settled = Some(Settled::FixedPoint);
        } else if matches!(self.now.dynamics, Dynamics::Sequential | Dynamics::Synchronous) {
            self.look_for_a_cycle();
        }
        self.now.turned_in_sweep = 0;
    }

    fn look_for_a_cycle(&mut self) {
        let hash = hash_of(&self.now.state);
        let length = self.now.seen.iter().rev().position(|&seen| seen == hash).map(|back| back + 1);
        self.now.seen.push_back(hash);
        if self.now.seen.len() > LONGEST_CYCLE {
            self.now.seen.pop_front();
        }
        self.now.settled = match length {
            None | Some(1) => None,
            Some(2) => Some(Settled::TwoCycle),
            Some(length) => Some(Settled::Cycle(length as u32)),
        };
    }

    fn refresh(&mut self) {
        self.network.energy().prepare(&self.now.state, &mut self.cache);
    }

    fn wake(&mut self) {
        self.now.settled = None;
        self.now.seen.clear();
        // The rest of this sweep alone does not prove that no neuron wants to turn.
        self.now.turned_in_sweep += 1;
    }
}

/// The sign of the field; a field of zero keeps the neuron.
fn answer(field: f64, before: i8) -> i8 {
    if field > 0.0 {
        1
    } else if field < 0.0 {
        -1
    } else {
        before
    }
}

fn hash_of(state: &[i8]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    for &spin in state {
        hasher.write_i8(spin);
    }
    hasher.finish()
}
