//! One magnet of the page: on a graph, or at a bit a spin where that is possible.

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{
    labs::ising::{
        common::live_averages::Metered,
        lattices::settings::{LatticeSettings, Rule},
    },
    physics::{
        ising::{
            Parameters, Spins, Start,
            graph::{Graph, GraphMagnet},
            packed::SpinGlass,
            record::Conditions,
        },
        seeds,
    },
};

/// One magnet.
pub enum Single {
    /// Any lattice, any rule.
    Graph(GraphMagnet),
    /// ±J bonds on a square torus, spin by spin.
    Bits(Box<SpinGlass>),
}

fn has_bits(graph: &Graph, rule: Rule) -> bool {
    rule.dynamics().is_some_and(|dynamics| SpinGlass::fits(graph, dynamics))
}

/// None where graph or rule do not fit.
fn bits(graph: &Graph, settings: &LatticeSettings) -> Option<SpinGlass> {
    let parameters =
        Parameters { temperature: settings.temperature, field: settings.acting_field(), coupling: settings.coupling };
    SpinGlass::new(graph, settings.start, parameters, settings.rule.dynamics()?, settings.seed).ok()
}

impl Single {
    /// A magnet in the start state of the settings.
    #[must_use]
    pub fn new(graph: &Arc<Graph>, settings: &LatticeSettings) -> Self {
        let LatticeSettings { start, temperature, seed, .. } = *settings;
        let mut single = match bits(graph, settings) {
            Some(glass) => Self::Bits(Box::new(glass)),
            None => {
                let field = settings.acting_field();
                Self::Graph(GraphMagnet::new(Arc::clone(graph), start, temperature, field, seed))
            }
        };
        if start == Start::Random && settings.up_share != 0.5 {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(!seed);
            for site in 0..graph.sites() {
                single.set_spin(site, if rng.random::<f64>() < settings.up_share { 1 } else { -1 });
            }
        }
        single
    }

    /// Keeps its spins under another rule, which may ask for the other kind of magnet. `sweeps` so far give it random numbers
    /// of its own.
    pub fn take_rule(&mut self, graph: &Arc<Graph>, settings: &LatticeSettings, sweeps: u64) {
        if matches!(self, Self::Graph(_)) && !has_bits(graph, settings.rule) {
            return;
        }
        let spins = self.spins();
        let seed = seeds::stream_seed(settings.seed, &[sweeps]);
        *self = Self::new(graph, &LatticeSettings { start: Start::Up, seed, ..settings.clone() });
        for (site, &spin) in spins.iter().enumerate() {
            self.set_spin(site, spin);
        }
    }

    /// Sets T in J/k and h in J. Returns whether they are others.
    pub fn set_heat(&mut self, temperature: f64, field: f64) -> bool {
        let before = match self {
            Self::Graph(magnet) => (magnet.temperature(), magnet.field()),
            Self::Bits(glass) => (glass.parameters().temperature, glass.parameters().field),
        };
        if before == (temperature, field) {
            return false;
        }
        match self {
            Self::Graph(magnet) => {
                magnet.set_temperature(temperature);
                magnet.set_field(field);
            }
            Self::Bits(glass) => glass.set_parameters(temperature, field),
        }
        true
    }

    /// One step. Returns the spins that were attempted or flipped.
    pub fn sweep(&mut self, rule: Rule) -> u64 {
        match self {
            Self::Graph(magnet) => {
                match rule.dynamics() {
                    Some(dynamics) => magnet.sweep(dynamics),
                    None => magnet.exchange_sweep(),
                }
                if rule == Rule::Wolff { 1 + magnet.last_cluster() as u64 } else { magnet.spins().len() as u64 }
            }
            Self::Bits(glass) => {
                glass.sweep();
                glass.lattice().len() as u64
            }
        }
    }

    /// Returns the total energy E in J.
    #[must_use]
    pub fn energy(&self) -> f64 {
        match self {
            Self::Graph(magnet) => magnet.energy(),
            Self::Bits(glass) => glass.energy() * glass.lattice().len() as f64,
        }
    }

    /// Σ s, or with the signs of a checkerboard.
    #[must_use]
    pub fn order_sum(&self, staggered: bool) -> i64 {
        match self {
            Self::Graph(magnet) if staggered => magnet.staggered_sum(),
            Self::Graph(magnet) => magnet.spin_sum(),
            Self::Bits(glass) if staggered => glass.lattice().staggered_sum(),
            Self::Bits(glass) => glass.lattice().spin_sum(),
        }
    }

    /// Sets one spin, ±1; an empty site stays empty.
    pub fn set_spin(&mut self, site: usize, spin: i8) {
        match self {
            Self::Graph(magnet) => magnet.set_spin(site, spin),
            Self::Bits(glass) => glass.set_spin(site, spin > 0),
        }
    }

    /// Takes spins, one a site, and leaves those of before in their place.
    pub fn exchange_spins(&mut self, spins: &mut Vec<i8>) {
        let wanted = std::mem::replace(spins, self.spins());
        for (site, &spin) in wanted.iter().enumerate() {
            self.set_spin(site, spin);
        }
    }

    /// The spins: ±1, and 0 on empty sites.
    #[must_use]
    pub fn spins(&self) -> Vec<i8> {
        let mut spins = Vec::new();
        self.copy_spins(&mut spins);
        spins
    }

    /// Puts the spins into memory that is used again: ±1, and 0 on empty sites.
    pub fn copy_spins(&self, spins: &mut Vec<i8>) {
        spins.clear();
        match self {
            Self::Graph(magnet) => spins.extend_from_slice(magnet.spins()),
            Self::Bits(glass) => spins.extend((0..glass.lattice().len()).map(|place| glass.lattice().spin(place))),
        }
    }
}

impl Metered for Single {
    fn conditions(&self) -> Conditions {
        match self {
            Self::Graph(magnet) => magnet.conditions(),
            Self::Bits(glass) => Conditions::new(glass.lattice().len(), &glass.parameters()),
        }
    }

    fn never_turns(&self) -> bool {
        match self {
            Self::Graph(magnet) => magnet.never_turns(),
            Self::Bits(_) => false,
        }
    }
}
