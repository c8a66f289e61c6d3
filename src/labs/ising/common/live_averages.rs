//! Live averages with errors: recorded at one set of parameters, begun again whenever a knob is turned.

use crate::physics::{
    ising::{
        Engine, PackedEngine, Spins,
        engine::ClustersPerSweep,
        exact,
        graph::{Disorder, GraphMagnet},
        record::{Conditions, Measured, Record},
    },
    statistics::ROUNDING,
};

/// A magnet whose averages can be recorded.
pub trait Metered {
    /// What the averages need to know.
    fn conditions(&self) -> Conditions;

    /// Whether it is so unlikely between its two sides that averages over one of them are those over both.
    fn never_turns(&self) -> bool;

    /// Spins in a mean cluster, where a sweep is as many clusters as visit all spins.
    fn mean_cluster(&self) -> Option<f64> {
        None
    }

    /// How many clusters make a sweep from now on.
    fn set_clusters_per_sweep(&mut self, _clusters: ClustersPerSweep) {}
}

impl Metered for PackedEngine {
    fn conditions(&self) -> Conditions {
        let conditions = Conditions::new(self.lattice().len(), &self.parameters());
        Conditions { with_field: conditions.with_field || self.lattice().pinned_count() > 0, ..conditions }
    }

    fn never_turns(&self) -> bool {
        // Two walls around the torus cost 2Lσ, and may lie in L² places.
        let (side, temperature) = (self.lattice().side() as f64, self.parameters().temperature);
        2.0 * side * exact::surface_tension(temperature) > temperature * (2.0 * side.ln() + UNLIKELY)
    }

    fn mean_cluster(&self) -> Option<f64> {
        PackedEngine::mean_cluster(self)
    }

    fn set_clusters_per_sweep(&mut self, clusters: ClustersPerSweep) {
        PackedEngine::set_clusters_per_sweep(self, clusters);
    }
}

impl Metered for GraphMagnet {
    fn conditions(&self) -> Conditions {
        Conditions {
            spins: self.graph().spins(),
            temperature: self.temperature(),
            with_field: self.field() != 0.0 || self.graph().has_fields(),
        }
    }

    fn never_turns(&self) -> bool {
        // No formula is known for walls on all of these lattices; so cold and so large a magnet has σ > T/2, as the square one.
        let design = self.graph().design();
        let is_pure = design.disorder == Disorder::None && design.next_coupling == 0.0;
        is_pure && design.side >= 32 && self.temperature() < 0.75 * design.geometry.critical_temperature()
    }
}

/// −ln of how unlikely a state is that no average can feel.
const UNLIKELY: f64 = 14.0;

/// Sweeps before the first look.
const FIRST_LOOK: u64 = 32;

/// How far a measurement has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Something was changed just now, or is being changed all the time.
    #[default]
    Waiting,
    /// The run still leaves its beginning; what is shown is only where it stands.
    Settling,
    /// The beginning is cut; the rest is too short for its errors to be trusted.
    Short,
    /// The same, because the magnet has hardly been on its other side yet, where it may well come.
    OneSided,
    /// Nothing moves, and nothing can be told of errors.
    Frozen,
    /// Values with honest errors.
    Settled,
}

/// What is known now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Live {
    /// How far it has come.
    pub phase: Phase,
    /// Sweeps since the last change.
    pub recorded: u64,
    /// Of these, sweeps thrown away as the beginning.
    pub discarded: u64,
    /// Averages of the rest.
    pub measured: Option<Measured>,
}

/// Records sweeps and looks at them from time to time.
#[derive(Debug, Default)]
pub struct Meter {
    record: Record,
    /// The record is looked at again when it has so many sweeps.
    next_look: u64,
    /// How many Wolff clusters make a sweep is fixed: where it follows the clusters, averages are biased.
    clusters_are_fixed: bool,
    live: Live,
}

impl Meter {
    /// Forgets everything: a knob was turned, or spins were painted.
    pub fn begin_again(&mut self, engine: &mut impl Metered) {
        engine.set_clusters_per_sweep(ClustersPerSweep::Automatic);
        self.clusters_are_fixed = false;
        self.forget();
    }

    fn forget(&mut self) {
        self.record.clear();
        self.next_look = FIRST_LOOK;
        self.live = Live::default();
    }

    /// Takes a sweep's energy and order per spin.
    pub fn push(&mut self, energy: f64, order: f64, engine: &mut impl Metered) {
        self.record.push(energy, order);
        self.live.recorded = self.record.sweeps();
        if self.live.recorded < self.next_look.max(FIRST_LOOK) {
            return;
        }
        // Looks grow rarer as there is less news in a sweep.
        self.next_look = self.live.recorded + self.live.recorded / 16 + 1;
        self.look(engine);
    }

    fn look(&mut self, engine: &mut impl Metered) {
        let conditions = engine.conditions();
        let settled = self.record.settled_from();
        let half = (self.record.sweeps() / self.record.block_length() / 2) as usize;
        if let Some(mean) = engine.mean_cluster()
            && !self.clusters_are_fixed
        {
            if settled.is_some() {
                let clusters = conditions.spins as f64 / mean;
                engine.set_clusters_per_sweep(ClustersPerSweep::Fixed((clusters.round() as u64).max(1)));
                self.clusters_are_fixed = true;
                let recorded = self.live.recorded;
                self.forget();
                self.live = Live { phase: Phase::Settling, recorded, ..Live::default() };
                return;
            }
            // The mean cluster so far is that of another state.
            engine.set_clusters_per_sweep(ClustersPerSweep::Automatic);
        }
        let from = settled.unwrap_or(half);
        let measured = self.record.measured(from, &conditions);
        self.live = Live {
            phase: match settled {
                None => Phase::Settling,
                Some(_) if measured.errors_are_honest => Phase::Settled,
                // Where a turning is as good as impossible, averages over one side are those over both.
                Some(_) if measured.is_one_sided && engine.never_turns() => Phase::Settled,
                Some(_) if measured.is_one_sided => Phase::OneSided,
                Some(_) if measured.energy.error <= ROUNDING * measured.energy.value.abs() => Phase::Frozen,
                Some(_) => Phase::Short,
            },
            recorded: self.record.sweeps(),
            discarded: from as u64 * self.record.block_length(),
            measured: Some(measured),
        };
    }

    /// What is known now.
    #[must_use]
    pub fn live(&self) -> Live {
        self.live
    }
}
