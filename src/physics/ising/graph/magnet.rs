//! Spins on a graph, updated one by one, by clusters, or by exchange of neighbours.

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::Graph;
use crate::physics::ising::{Dynamics, Start};

/// A magnet on a graph.
#[derive(Clone, Debug)]
pub struct GraphMagnet {
    graph: Arc<Graph>,
    /// ±1, and 0 on empty sites.
    spins: Vec<i8>,
    /// Energy in J, kept up to date.
    energy: f64,
    magnetization: i64,
    temperature: f64,
    field: f64,
    rng: Xoshiro256PlusPlus,
    /// For clusters: the sites to ask yet, and who is in.
    stack: Vec<u32>,
    members: Vec<u32>,
    is_member: Vec<bool>,
}

impl GraphMagnet {
    /// Spins on a graph at T in J/k (0 or more) in the field h in J. Starts other than up and down are random.
    #[must_use]
    pub fn new(graph: Arc<Graph>, start: Start, temperature: f64, field: f64, seed: u64) -> Self {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let spin = |site: usize| match start {
            _ if !graph.is_occupied(site) => 0,
            Start::Up => 1,
            Start::Down => -1,
            _ => {
                if rng.random::<bool>() {
                    1
                } else {
                    -1
                }
            }
        };
        let spins: Vec<i8> = (0..graph.sites()).map(spin).collect();
        let is_member = vec![false; spins.len()];
        let mut magnet = Self {
            graph,
            spins,
            energy: 0.0,
            magnetization: 0,
            temperature,
            field,
            rng,
            stack: Vec::new(),
            members: Vec::new(),
            is_member,
        };
        magnet.count();
        magnet
    }

    /// Returns the graph on which the spins sit.
    #[must_use]
    pub fn graph(&self) -> &Arc<Graph> {
        &self.graph
    }

    /// The spins: ±1, and 0 on empty sites.
    #[must_use]
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// Sets all spins, ±1; empty sites stay empty.
    pub fn set_spins(&mut self, spins: &[i8]) {
        for (site, (spin, &new)) in self.spins.iter_mut().zip(spins).enumerate() {
            *spin = if self.graph.is_occupied(site) { new } else { 0 };
        }
        self.count();
    }

    /// Returns the temperature T in J/k.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// Sets the temperature T in J/k, 0 or more, from the next update on. The range is not checked.
    pub fn set_temperature(&mut self, temperature: f64) {
        self.temperature = temperature;
    }

    /// Returns the uniform outside field h in J; fields of single sites belong to the graph.
    #[must_use]
    pub fn field(&self) -> f64 {
        self.field
    }

    /// Sets the uniform outside field h in J, any finite number, and brings the energy up to date.
    pub fn set_field(&mut self, field: f64) {
        self.energy -= (field - self.field) * self.magnetization as f64;
        self.field = field;
    }

    /// Sets one spin, ±1; an empty site stays empty.
    pub fn set_spin(&mut self, site: usize, spin: i8) {
        if self.spins[site] != spin && self.spins[site] != 0 {
            let cost = 2.0 * f64::from(self.spins[site]) * self.local_field(site);
            self.flip(site, cost);
        }
    }

    /// Σ ±s, + on one half of the sites and − on their neighbours: what orders when neighbours differ.
    #[must_use]
    pub fn staggered_sum(&self) -> i64 {
        let [across, down, _] = self.graph.design().lengths();
        let row = |(index, row): (usize, &[i8])| {
            let (pairs, last) = row.as_chunks::<2>();
            let of_pairs: i64 = pairs.iter().map(|[first, second]| i64::from(*first) - i64::from(*second)).sum();
            let alternating = of_pairs + last.iter().map(|&spin| i64::from(spin)).sum::<i64>();
            if (index % down + index / down).is_multiple_of(2) { alternating } else { -alternating }
        };
        self.spins.chunks_exact(across).enumerate().map(row).sum()
    }

    /// Returns the total energy E of the state in J, fields included; it is kept up to date by every flip.
    #[must_use]
    pub fn energy(&self) -> f64 {
        self.energy
    }

    /// Returns the total magnetization Σ s over all spins, from −N to N.
    #[must_use]
    pub fn spin_sum(&self) -> i64 {
        self.magnetization
    }

    /// Spins of the last cluster that was grown.
    #[must_use]
    pub fn last_cluster(&self) -> usize {
        self.members.len()
    }

    fn count(&mut self) {
        self.magnetization = self.spins.iter().map(|&spin| i64::from(spin)).sum();
        let site_energy = |site: usize| {
            let spin = f64::from(self.spins[site]);
            let bonds: f64 =
                self.graph.around(site).map(|(other, coupling)| coupling * f64::from(self.spins[other])).sum();
            // Every bond is met from both ends.
            -spin * (0.5 * bonds + self.graph.field(site) + self.field)
        };
        self.energy = (0..self.spins.len()).map(site_energy).sum();
    }

    /// Σ J_ij s_j + h_i + h: what a spin feels.
    #[inline]
    #[must_use]
    pub fn local_field(&self, site: usize) -> f64 {
        let bonds: f64 = self.graph.around(site).map(|(other, coupling)| coupling * f64::from(self.spins[other])).sum();
        bonds + self.graph.field(site) + self.field
    }

    #[inline]
    fn flip(&mut self, site: usize, cost: f64) {
        self.spins[site] = -self.spins[site];
        self.magnetization += 2 * i64::from(self.spins[site]);
        self.energy += cost;
    }

    /// Whether the heat pays for a cost.
    #[inline]
    fn pays(&mut self, cost: f64) -> bool {
        cost <= 0.0 || (self.temperature > 0.0 && self.rng.random::<f64>() < libm::exp(-cost / self.temperature))
    }

    /// One sweep: every spin is asked once, one cluster is turned (Wolff), or every cluster gets a coin (Swendsen and Wang).
    pub fn sweep(&mut self, dynamics: Dynamics) {
        match dynamics {
            Dynamics::Metropolis => self.metropolis(),
            Dynamics::HeatBath => self.heat_bath(),
            Dynamics::Wolff => {
                let first = self.rng.random_range(0..self.spins.len());
                self.turn_cluster(first);
            }
            Dynamics::SwendsenWang => self.all_clusters(),
        }
    }

    fn metropolis(&mut self) {
        for site in 0..self.spins.len() {
            if self.spins[site] == 0 {
                continue;
            }
            let cost = 2.0 * f64::from(self.spins[site]) * self.local_field(site);
            // In a fixed order spins that are always free to turn would turn every time: they toss a coin.
            let flips = if cost == 0.0 { self.rng.random::<bool>() } else { self.pays(cost) };
            if flips {
                self.flip(site, cost);
            }
        }
    }

    fn heat_bath(&mut self) {
        for site in 0..self.spins.len() {
            if self.spins[site] == 0 {
                continue;
            }
            let field = self.local_field(site);
            let up = if self.temperature > 0.0 {
                self.rng.random::<f64>() < 1.0 / (1.0 + libm::exp(-2.0 * field / self.temperature))
            } else {
                field > 0.0 || (field == 0.0 && self.rng.random::<bool>())
            };
            if up != (self.spins[site] > 0) {
                let cost = 2.0 * f64::from(self.spins[site]) * field;
                self.flip(site, cost);
            }
        }
    }

    /// Grows the cluster of a site over satisfied bonds, each with probability 1 − e^{−2|J_ij|/T} (Wolff 1989, for any
    /// couplings), into `members`.
    fn grow(&mut self, first: usize) {
        self.members.clear();
        self.stack.clear();
        self.stack.push(first as u32);
        self.is_member[first] = true;
        while let Some(site) = self.stack.pop() {
            self.members.push(site);
            let spin = f64::from(self.spins[site as usize]);
            for (other, coupling) in self.graph.around(site as usize) {
                let satisfied = spin * coupling * f64::from(self.spins[other]);
                if satisfied > 0.0 && !self.is_member[other] {
                    let chance =
                        if self.temperature > 0.0 { -libm::expm1(-2.0 * satisfied / self.temperature) } else { 1.0 };
                    if self.rng.random::<f64>() < chance {
                        self.is_member[other] = true;
                        self.stack.push(other as u32);
                    }
                }
            }
        }
    }

    /// What turning the members costs in the fields alone.
    fn field_cost(&self) -> f64 {
        let of = |&site: &u32| {
            let site = site as usize;
            2.0 * f64::from(self.spins[site]) * (self.graph.field(site) + self.field)
        };
        self.members.iter().map(of).sum()
    }

    fn turn_members(&mut self) {
        for index in 0..self.members.len() {
            let site = self.members[index] as usize;
            let cost = 2.0 * f64::from(self.spins[site]) * self.local_field(site);
            self.flip(site, cost);
        }
    }

    fn turn_cluster(&mut self, first: usize) {
        self.members.clear();
        if self.spins[first] == 0 {
            return;
        }
        self.grow(first);
        // Fields are not part of the bonds: the heat must pay for them.
        let cost = self.field_cost();
        if self.pays(cost) {
            self.turn_members();
        }
        for index in 0..self.members.len() {
            self.is_member[self.members[index] as usize] = false;
        }
    }

    fn all_clusters(&mut self) {
        // Spins turned already must not join bonds anew, so all clusters are found before any turns.
        let mut clusters: Vec<(usize, usize)> = Vec::new();
        let mut all: Vec<u32> = Vec::with_capacity(self.spins.len());
        for site in 0..self.spins.len() {
            if self.spins[site] != 0 && !self.is_member[site] {
                self.grow(site);
                clusters.push((all.len(), all.len() + self.members.len()));
                all.extend_from_slice(&self.members);
            }
        }
        for (from, to) in clusters {
            self.members.clear();
            self.members.extend_from_slice(&all[from..to]);
            let cost = self.field_cost();
            // A heat-bath coin in the fields of the cluster; ½ without any.
            let chance = if self.temperature > 0.0 {
                1.0 / (1.0 + libm::exp(cost / self.temperature))
            } else if cost == 0.0 {
                0.5
            } else {
                f64::from(u8::from(cost < 0.0))
            };
            if self.rng.random::<f64>() < chance {
                self.turn_members();
            }
        }
        self.is_member.fill(false);
    }

    /// One sweep of exchanges between neighbours (Kawasaki 1966): as many tries as there are spins; m never changes.
    pub fn exchange_sweep(&mut self) {
        let sites = self.spins.len() as u64;
        let most = self.graph.most_neighbours() as u64;
        let has_double_bonds = self.graph.has_double_bonds();
        for _ in 0..self.spins.len() {
            // One word picks both; what is lost by not asking again is 2⁻³² of a site.
            let word: u64 = self.rng.random();
            let site = (((word >> 32) * sites) >> 32) as usize;
            // A neighbour beyond the last is none at all, so that each bond is tried as often from both ends.
            let pick = (((word & 0xFFFF_FFFF) * most) >> 32) as usize;
            let Some((other, coupling)) = self.graph.neighbour_of(site, pick) else { continue };
            if self.spins[site] + self.spins[other] != 0 || self.spins[site] == 0 {
                continue;
            }
            let (a, b) = (f64::from(self.spins[site]), f64::from(self.spins[other]));
            // The bond between the two stays as it is, and so does a second one.
            let coupling = if has_double_bonds {
                let both = self.graph.around(site).filter(|(neighbour, _)| *neighbour == other);
                both.map(|(_, coupling)| coupling).sum()
            } else {
                coupling
            };
            let cost = 2.0 * (a * self.local_field(site) + b * self.local_field(other)) - 4.0 * coupling * a * b;
            if self.pays(cost) {
                self.spins.swap(site, other);
                self.energy += cost;
            }
        }
    }
}
