//! Parallel tempering: replicas of one magnet at rising temperatures that change places (Hukushima and Nemoto 1996).

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{Graph, GraphMagnet};
use crate::physics::{
    ising::{Dynamics, Start},
    seeds,
    statistics::Share,
};

/// Sweeps between two adjustments of the temperatures.
pub const ROUND: u32 = 40;

/// Two ladders of replicas of the same graph; two, so that they can be compared at each temperature.
#[derive(Clone, Debug)]
pub struct Tempering {
    temperatures: Vec<f64>,
    /// Replicas of both ladders, by rung.
    replicas: [Vec<GraphMagnet>; 2],
    exchanges: Vec<Share>,
    rng: Xoshiro256PlusPlus,
    is_odd: bool,
}

impl Tempering {
    /// Replicas at rising temperatures in J/k, all from random starts, in the field h.
    #[must_use]
    pub fn new(graph: &Arc<Graph>, temperatures: &[f64], field: f64, seed: u64) -> Self {
        let magnet = |ladder: u64, rung: usize| {
            let seed = seeds::stream_seed(seed, &[ladder, rung as u64]);
            GraphMagnet::new(Arc::clone(graph), Start::Random, temperatures[rung], field, seed)
        };
        let ladder = |ladder: u64| (0..temperatures.len()).map(|rung| magnet(ladder, rung)).collect();
        Self {
            temperatures: temperatures.to_vec(),
            replicas: [ladder(0), ladder(1)],
            exchanges: vec![Share::default(); temperatures.len().saturating_sub(1)],
            rng: Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[2])),
            is_odd: false,
        }
    }

    /// Temperatures between two that are a geometric series.
    #[must_use]
    pub fn geometric(low: f64, high: f64, rungs: usize) -> Vec<f64> {
        let steps = rungs.max(2) - 1;
        (0..rungs.max(2)).map(|rung| low * libm::pow(high / low, rung as f64 / steps as f64)).collect()
    }

    /// The temperatures in J/k.
    #[must_use]
    pub fn temperatures(&self) -> &[f64] {
        &self.temperatures
    }

    /// Sets the spins of all replicas, one ladder after the other and the coldest first: [2 × temperatures × sites].
    pub fn set_spins(&mut self, spins: &[i8]) {
        let sites = self.replicas[0].first().map_or(1, |magnet| magnet.spins().len());
        for (magnet, spins) in self.replicas.iter_mut().flatten().zip(spins.chunks_exact(sites)) {
            magnet.set_spins(spins);
        }
    }

    /// The replicas of a ladder, 0 or 1, coldest first.
    #[must_use]
    pub fn replicas(&self, ladder: usize) -> &[GraphMagnet] {
        &self.replicas[ladder]
    }

    /// How often neighbouring rungs changed places, out of how many tries, since the temperatures changed.
    #[must_use]
    pub fn exchanges(&self) -> &[Share] {
        &self.exchanges
    }

    /// One sweep of every replica, then exchanges.
    pub fn sweep(&mut self, dynamics: Dynamics) {
        for magnet in self.replicas.iter_mut().flatten() {
            magnet.sweep(dynamics);
        }
        self.exchange();
    }

    /// One sweep of one replica, of 2 × rungs, so that a long sweep can be cut; exchanges come after all.
    pub fn sweep_one(&mut self, dynamics: Dynamics, index: usize) {
        let rungs = self.temperatures.len();
        self.replicas[index / rungs][index % rungs].sweep(dynamics);
    }

    /// Neighbouring rungs may change places, even and odd pairs in turn.
    pub fn exchange(&mut self) {
        for ladder in &mut self.replicas {
            for rung in (usize::from(self.is_odd)..ladder.len().saturating_sub(1)).step_by(2) {
                let [cold, hot] = [1.0 / self.temperatures[rung], 1.0 / self.temperatures[rung + 1]];
                let exponent = (cold - hot) * (ladder[rung].energy() - ladder[rung + 1].energy());
                let share = &mut self.exchanges[rung];
                share.tries += 1;
                if exponent >= 0.0 || self.rng.random::<f64>() < libm::exp(exponent) {
                    share.hits += 1;
                    ladder.swap(rung, rung + 1);
                    ladder[rung].set_temperature(self.temperatures[rung]);
                    ladder[rung + 1].set_temperature(self.temperatures[rung + 1]);
                }
            }
        }
        self.is_odd = !self.is_odd;
    }

    /// Overlap (1/N) Σ s s' of the two ladders at a rung.
    #[must_use]
    pub fn overlap(&self, rung: usize) -> f64 {
        let [first, second] = [0, 1].map(|ladder| self.replicas[ladder][rung].spins());
        let sum: i64 = first.iter().zip(second).map(|(a, b)| i64::from(a * b)).sum();
        sum as f64 / self.replicas[0][rung].graph().spins().max(1) as f64
    }

    /// Moves the inner temperatures so that all pairs exchange about equally often, in so many rounds; for settled replicas.
    /// Measurements begin after it.
    pub fn even_out(&mut self, dynamics: Dynamics, rounds: u32) {
        for _ in 0..rounds {
            (0..ROUND).for_each(|_| self.sweep(dynamics));
            self.adjust();
        }
    }

    /// One round of the same, by the exchanges since the last: gaps in ln T shrink where exchanges are rare and widen where
    /// they are frequent. Exchanges are counted anew.
    pub fn adjust(&mut self) {
        let ends = [self.temperatures[0], self.temperatures[self.temperatures.len() - 1]];
        let widen = |share: &Share| libm::sqrt(0.1 + share.value());
        let gaps: Vec<f64> = self
            .temperatures
            .windows(2)
            .zip(&self.exchanges)
            .map(|(pair, share)| libm::log(pair[1] / pair[0]) * widen(share))
            .collect();
        let total: f64 = gaps.iter().sum();
        let mut place = 0.0;
        for (temperature, gap) in self.temperatures[1..].iter_mut().zip(&gaps) {
            place += gap / total;
            *temperature = ends[0] * libm::pow(ends[1] / ends[0], place);
        }
        for ladder in &mut self.replicas {
            for (magnet, &temperature) in ladder.iter_mut().zip(&self.temperatures) {
                magnet.set_temperature(temperature);
            }
        }
        self.exchanges.fill(Share::default());
    }
}
