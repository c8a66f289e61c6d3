//! Looking for the lowest energy: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) and the coldest replicas of a
//! parallel tempering.

use std::sync::Arc;

use super::{Graph, GraphMagnet, tempering::Tempering};
use crate::physics::ising::{Dynamics, Start};

/// A low energy and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// E in J.
    pub energy: f64,
    /// The spins.
    pub spins: Vec<i8>,
}

fn settle(magnet: &mut GraphMagnet) {
    // At T = 0 the energy falls until no spin gains; spins that cost nothing may go on turning.
    magnet.set_temperature(0.0);
    for _ in 0..20 {
        magnet.sweep(Dynamics::Metropolis);
    }
}

/// Cools from T = `hot` in J/k to zero along a straight line.
#[must_use]
pub fn anneal(graph: &Arc<Graph>, field: f64, hot: f64, sweeps: u32, seed: u64) -> Found {
    let mut magnet = GraphMagnet::new(Arc::clone(graph), Start::Random, hot, field, seed);
    for sweep in 0..sweeps {
        magnet.set_temperature(hot * f64::from(sweeps - sweep) / f64::from(sweeps));
        magnet.sweep(Dynamics::Metropolis);
    }
    settle(&mut magnet);
    Found { energy: magnet.energy(), spins: magnet.spins().to_vec() }
}

/// The lowest energy that the coldest replicas meet in so many sweeps of a parallel tempering.
#[must_use]
pub fn temper(graph: &Arc<Graph>, field: f64, temperatures: &[f64], sweeps: u32, seed: u64) -> Found {
    let mut tempering = Tempering::new(graph, temperatures, field, seed);
    let mut best: Option<Found> = None;
    let mut look = |magnet: &GraphMagnet| {
        if best.as_ref().is_none_or(|best| magnet.energy() < best.energy - 1e-9) {
            best = Some(Found { energy: magnet.energy(), spins: magnet.spins().to_vec() });
        }
    };
    for sweep in 0..sweeps {
        tempering.sweep(Dynamics::Metropolis);
        for ladder in 0..2 {
            look(&tempering.replicas(ladder)[0]);
            if sweep % 64 == 63 || sweep + 1 == sweeps {
                let mut cold = tempering.replicas(ladder)[0].clone();
                settle(&mut cold);
                look(&cold);
            }
        }
    }
    best.unwrap_or_else(|| anneal(graph, field, temperatures.last().copied().unwrap_or(1.0), sweeps, seed))
}
