//! A run at one point, measured: warm-up, sweeps, averages with errors.

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    Coupling, Dynamics, Engine, IsingError, LARGEST_SIDE, PackedEngine, Parameters, Spins, Start,
    engine::ClustersPerSweep,
    graph::{
        Design, Disorder, Edges, Geometry, Graph, GraphError, GraphMagnet,
        tempering::{ROUND, Tempering},
    },
    packed::SpinGlass,
    record::{Conditions, Measured, Record},
    validate_side,
};
use crate::physics::seeds;

/// The hottest replica, in J/k and neighbours: there a spin is turned by every second or third question.
const HOT: f64 = 0.6;
/// Replicas of a ladder at most.
const MOST_RUNGS: usize = 64;

/// What to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The lattice, a torus.
    pub lattice: Geometry,
    /// Couplings and fields by chance; the same for all temperatures of a study.
    pub disorder: Disorder,
    /// Side of the lattice.
    pub side: usize,
    /// What acts on the spins.
    pub parameters: Parameters,
    /// The update rule.
    pub dynamics: Dynamics,
    /// The state the warm-up begins with.
    pub start: Start,
    /// Sweeps measured, one measurement each.
    pub sweeps: u64,
    /// Sweeps thrown away first.
    pub warmup: u64,
    /// Whether replicas at higher temperatures exchange states with it (parallel tempering), so that it is not held for
    /// long by any state; for spin by spin rules. A sweep is then one of all replicas.
    pub is_tempered: bool,
    /// Seed of the whole study; the point's own stream follows from it and from the point's parameters.
    pub seed: u64,
}

impl Run {
    /// The seed of this point's stream: it depends on the study's seed and the point's values, not on its place in a list.
    #[must_use]
    pub fn stream_seed(&self) -> u64 {
        // −0 and 0 are the same point.
        let mut values = vec![
            self.side as u64,
            (self.parameters.temperature + 0.0).to_bits(),
            (self.parameters.field + 0.0).to_bits(),
            self.parameters.coupling.sign() as u64,
            self.dynamics as u64,
            self.start as u64,
        ];
        if self.needs_sites() {
            values.push(self.lattice as u64);
            let name = self.disorder.to_string();
            values.extend(name.bytes().map(u64::from));
        }
        if self.is_tempered {
            values.push(1);
        }
        seeds::stream_seed(self.seed, &values)
    }

    /// Whether the bits of the square lattice without disorder are not enough: they come in two colours of whole words.
    #[must_use]
    pub fn needs_sites(&self) -> bool {
        !self.is_plain() || validate_side(self.side).is_err()
    }

    fn is_plain(&self) -> bool {
        self.lattice == Geometry::Square && self.disorder == Disorder::None && !self.is_tempered
    }

    /// Checks the side, which depends on the lattice and on what is left to chance.
    ///
    /// # Errors
    /// If it is out of range; the message says what is allowed.
    pub fn validate_side(&self) -> Result<(), IsingError> {
        if !self.needs_sites() {
            return Ok(());
        }
        self.lattice.validate_side(self.side, Edges::Periodic).map_err(|error| match error {
            // The bits go further.
            GraphError::AnySide { side, least_even, least_odd, most_odd, .. } if self.is_plain() => {
                GraphError::AnySide { side, least_even, most: LARGEST_SIDE, least_odd, most_odd }.into()
            }
            error => error.into(),
        })
    }

    fn design(&self) -> Design {
        Design {
            geometry: self.lattice,
            side: self.side,
            disorder: self.disorder,
            seed: seeds::stream_seed(self.seed, &[self.side as u64]),
            ..Design::default()
        }
    }

    /// Most sweeps that [`Run::measure`] tells of.
    #[must_use]
    pub fn most_sweeps(&self) -> u64 {
        let witness = if self.may_be_held() { self.witness().sweeps + self.warmup } else { 0 };
        self.sweeps + self.warmup + witness
    }

    /// Sites of the lattice.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.side.pow(if self.lattice == Geometry::Cubic { 3 } else { 2 })
    }

    /// Bytes that measuring takes, roughly and not too few: the magnet, with its clusters or all replicas.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let spins = self.sites() as u64;
        // Bits and the runs of Swendsen and Wang; or neighbours with couplings, clusters and their forest.
        let magnet = if self.needs_sites() { 110 * spins } else { 6 * spins };
        // A byte a spin and its place in the energy's sum, for both ladders.
        if self.is_tempered { magnet + 2 * MOST_RUNGS as u64 * 16 * spins } else { magnet }
    }

    /// Whether neighbours want to differ, and can: then the staggered magnetization orders.
    fn is_staggered(&self) -> bool {
        self.parameters.coupling == Coupling::Antiferromagnetic && self.design().is_bipartite()
    }

    /// Whether a field of the outside or of chance prefers one sign of m.
    fn prefers_a_sign(&self) -> bool {
        self.parameters.field != 0.0 || self.has_fields_of_chance()
    }

    /// Whether spins have fields of their own.
    fn has_fields_of_chance(&self) -> bool {
        matches!(self.disorder, Disorder::RandomField(strength) if strength != 0.0)
    }

    /// Runs the point. `progress` is called with the sweeps done so far, and ends the run early by returning `false`;
    /// then nothing is returned.
    ///
    /// # Errors
    /// If the side or a parameter is out of range.
    pub fn measure(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        let Some(mut measured) = self.measure_once(&mut progress)? else { return Ok(None) };
        // A state that holds the run for as long as it lasts is seen from another start only.
        if measured.errors_are_honest && self.may_be_held() {
            let done = self.sweeps + self.warmup;
            let Some(witness) = self.witness().measure_once(|sweeps| progress(done + sweeps))? else { return Ok(None) };
            measured.errors_are_honest = measured.is_confirmed_by(&witness, self.prefers_a_sign());
        }
        Ok(Some(measured))
    }

    /// Whether there may be states that hold a run for long: below T_c for rules that ask single spins, and wherever bonds
    /// compete or chance has a hand in them.
    fn may_be_held(&self) -> bool {
        let is_local = matches!(self.dynamics, Dynamics::Metropolis | Dynamics::HeatBath);
        let is_frustrated = self.parameters.coupling == Coupling::Antiferromagnetic && !self.design().is_bipartite();
        let is_cold = self.parameters.temperature < self.lattice.critical_temperature();
        // Two ladders of replicas are witnesses of each other.
        !self.is_tempered && (self.disorder != Disorder::None || is_frustrated || (is_local && is_cold))
    }

    /// A shorter run of the same magnet from another start: against the field, where there is one.
    fn witness(&self) -> Self {
        let start = match self.start {
            Start::Up if self.parameters.field != 0.0 => Start::Down,
            Start::Down if self.parameters.field != 0.0 => Start::Up,
            Start::Up | Start::Down => Start::Random,
            _ if self.parameters.field > 0.0 => Start::Down,
            _ => Start::Up,
        };
        Self { start, sweeps: (self.sweeps / 4).max(2), ..*self }
    }

    fn measure_once(&self, progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        if self.needs_sites() { self.measure_graph(progress) } else { self.measure_square(progress) }
    }

    fn measure_graph(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        self.parameters.validate()?;
        let Parameters { temperature, field, coupling } = self.parameters;
        let graph = Arc::new(Graph::new(self.design(), f64::from(coupling.sign()))?);
        let spins = graph.spins().max(1);
        if self.is_tempered {
            return Ok(self.measure_tempered(&graph, progress));
        }
        if SpinGlass::fits(&graph, self.dynamics) {
            return self.measure_glass(&graph, progress);
        }
        let mut magnet = GraphMagnet::new(graph, self.start, temperature, field, self.stream_seed());
        // A Wolff sweep of the warm-up visits all spins; then it is a fixed number of clusters.
        let (mut clusters, mut visited) = (0_u64, 0_u64);
        for sweep in 0..self.warmup {
            if sweep == self.warmup / 2 {
                (clusters, visited) = (0, 0);
            }
            let mut left = spins;
            while left > 0 {
                magnet.sweep(self.dynamics);
                let done = if self.dynamics == Dynamics::Wolff { magnet.last_cluster().max(1) } else { spins };
                (clusters, visited) = (clusters + 1, visited + done as u64);
                left = left.saturating_sub(done);
            }
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        let a_sweep = if self.dynamics == Dynamics::Wolff && visited > 0 {
            ((spins as f64 * clusters as f64 / visited as f64).round() as u64).max(1)
        } else {
            1
        };
        Ok(self.record(spins, progress, || {
            (0..a_sweep).for_each(|_| magnet.sweep(self.dynamics));
            of_magnet(&magnet)
        }))
    }

    /// Two ladders of replicas, from this temperature to one at which single spins forget in a few sweeps; the coldest rung
    /// of each is measured.
    fn measure_tempered(&self, graph: &Arc<Graph>, mut progress: impl FnMut(u64) -> bool) -> Option<Measured> {
        let Parameters { temperature, field, .. } = self.parameters;
        let spins = graph.spins().max(1);
        let hot = HOT * self.lattice.coordination() as f64;
        let temperatures = if temperature > 0.0 && temperature < hot {
            // Energies of neighbours overlap where ln T differs by some 1/√(N C).
            let rungs = 2.0 + 0.5 * libm::log(hot / temperature) * (spins as f64).sqrt();
            Tempering::geometric(temperature, hot, (rungs as usize).min(MOST_RUNGS))
        } else {
            vec![temperature]
        };
        let mut tempering = Tempering::new(graph, &temperatures, field, self.stream_seed());
        for sweep in 0..self.warmup {
            tempering.sweep(self.dynamics);
            // The first half finds the temperatures between, the second settles at them.
            if temperatures.len() > 2 && sweep < self.warmup / 2 && (sweep + 1).is_multiple_of(ROUND.into()) {
                tempering.adjust();
            }
            if !progress(sweep + 1) {
                return None;
            }
        }
        let mut records = [RunRecord::default(), RunRecord::default()];
        // Without a field turning all spins over leaves the energy as it is: a coin decides after each sweep.
        let mut coin = Xoshiro256PlusPlus::seed_from_u64(!self.stream_seed());
        let is_symmetric = !self.prefers_a_sign();
        for done in 1..=self.sweeps {
            tempering.sweep(self.dynamics);
            for (ladder, record) in records.iter_mut().enumerate() {
                let [energy, order, staggered] = of_magnet(&tempering.replicas(ladder)[0]);
                let sign = if is_symmetric && coin.random::<bool>() { -1.0 } else { 1.0 };
                record.push(self, [energy, sign * order, sign * staggered]);
            }
            if !progress(self.warmup + done) {
                return None;
            }
        }
        let conditions = self.conditions(spins);
        let [first, second] = records.map(|record| record.measured(self, &conditions));
        let agrees = first.is_confirmed_by(&second, self.prefers_a_sign());
        let joined = first.joined(&second);
        Some(Measured { errors_are_honest: joined.errors_are_honest && agrees, ..joined })
    }

    fn conditions(&self, spins: usize) -> Conditions {
        Conditions { with_field: self.prefers_a_sign(), ..Conditions::new(spins, &self.parameters) }
    }

    fn measure_glass(
        &self,
        graph: &Graph,
        mut progress: impl FnMut(u64) -> bool,
    ) -> Result<Option<Measured>, IsingError> {
        let seed = self.stream_seed();
        let mut glass = SpinGlass::new(graph, self.start, self.parameters, self.dynamics, seed)?;
        for sweep in 0..self.warmup {
            glass.sweep();
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        Ok(self.record(graph.spins(), progress, || {
            glass.sweep();
            [glass.energy(), glass.magnetization(), glass.lattice().staggered_magnetization()]
        }))
    }

    /// Records the sweeps after the warm-up; each call of `sweep` returns e, m and m_s.
    fn record(
        &self,
        spins: usize,
        mut progress: impl FnMut(u64) -> bool,
        mut sweep: impl FnMut() -> [f64; 3],
    ) -> Option<Measured> {
        let mut record = RunRecord::default();
        for done in 1..=self.sweeps {
            record.push(self, sweep());
            if !progress(self.warmup + done) {
                return None;
            }
        }
        Some(record.measured(self, &self.conditions(spins)))
    }

    fn measure_square(&self, mut progress: impl FnMut(u64) -> bool) -> Result<Option<Measured>, IsingError> {
        let mut engine = PackedEngine::new(self.side, self.start, self.parameters, self.dynamics, self.stream_seed())?;
        for sweep in 0..self.warmup {
            if sweep == self.warmup / 2 {
                // Only the settled half decides how many clusters make a sweep.
                engine.set_clusters_per_sweep(ClustersPerSweep::Automatic);
            }
            engine.sweep();
            if !progress(sweep + 1) {
                return Ok(None);
            }
        }
        let clusters = engine.mean_cluster().map_or(1.0, |mean| engine.lattice().len() as f64 / mean);
        engine.set_clusters_per_sweep(ClustersPerSweep::Fixed((clusters.round() as u64).max(1)));
        Ok(self.record(engine.lattice().len(), progress, || {
            engine.sweep();
            let counts = engine.lattice().counts();
            [counts.energy(&self.parameters), counts.magnetization(), counts.staggered_magnetization()]
        }))
    }
}

/// e, m and m_s of a magnet on a graph.
fn of_magnet(magnet: &GraphMagnet) -> [f64; 3] {
    let spins = magnet.graph().spins().max(1) as f64;
    [magnet.energy(), magnet.spin_sum() as f64, magnet.staggered_sum() as f64].map(|sum| sum / spins)
}

/// What a run records: energy with m, and where it orders, with m_s.
#[derive(Default)]
struct RunRecord {
    plain: Record,
    staggered: Record,
}

impl RunRecord {
    fn push(&mut self, run: &Run, [energy, order, staggered]: [f64; 3]) {
        self.plain.push(energy, order);
        if run.is_staggered() {
            self.staggered.push(energy, staggered);
        }
    }

    fn measured(&self, run: &Run, conditions: &Conditions) -> Measured {
        let measured = self.plain.measured(0, conditions);
        if !run.is_staggered() {
            return measured;
        }
        // Moving the lattice by one turns m_s over and leaves an outside field as it is; fields of chance do prefer a sign.
        let with_field = run.has_fields_of_chance();
        measured.with_staggered(&self.staggered.measured(0, &Conditions { with_field, ..*conditions }))
    }
}
