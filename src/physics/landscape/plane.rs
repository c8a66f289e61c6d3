//! A plane through the states of a network, and where recalls that start on it end.
//!
//! A place (u, v) of the plane is the vector x = o + u p + v q of N numbers. A *binary* state of it is s_i = sign(x_i − θ_i) with
//! a threshold θ_i for each neuron that is drawn once, evenly from (−1, 1): without it the plane through three memories holds
//! only seven different states. A *graded* one is s_i = tanh(4.6 x_i): without the squashing its energy is exactly quadratic
//! in u and v, and no memory lies in a valley.
//!
//! Three memories lie at the corners of a triangle about the origin, at distance 1, so that x = a ξ¹ + b ξ² + c ξ³ with
//! a + b + c = 1. A random plane does not pass through the origin, where it would hold only 2N states.

use std::{collections::HashMap, sync::Arc};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;

use crate::physics::{
    hopfield::{Dynamics, HopfieldError, Network, Patterns, Quadratic, Recall, Verdict, verdict::judge},
    seeds::stream_seed,
    statistics::normal,
};

/// How steeply a graded neuron goes from −1 to 1.
pub const STEEPNESS: f64 = 4.6;
/// The wall that keeps graded states in: so many times the mean of (x² − 1)².
pub const WALL: f64 = 0.016;
/// Sweeps after which a recall that still moves is given up.
const MOST_SWEEPS: u64 = 200;

/// A plane through the states of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    origin: Vec<f64>,
    across: Vec<f64>,
    up: Vec<f64>,
    thresholds: Vec<f64>,
}

/// The corner of the triangle at which a memory lies, as (u, v): the first above, the others below at the left and the right.
#[must_use]
pub fn corner(memory: usize) -> [f64; 2] {
    let (low, half) = (-0.5, 0.75_f64.sqrt());
    [[0.0, 1.0], [-half, low], [half, low]][memory]
}

/// The shares a, b, c of the three memories at a place; they add up to 1.
#[must_use]
pub fn shares([u, v]: [f64; 2]) -> [f64; 3] {
    let third = 1.0 / 3.0;
    let slope = 1.0 / 3.0_f64.sqrt();
    [third + 2.0 * third * v, third - third * v - slope * u, third - third * v + slope * u]
}

impl Plane {
    /// The plane through three patterns of ±1, with thresholds from a seed.
    ///
    /// # Panics
    /// If the patterns are not of one length.
    #[must_use]
    pub fn through(patterns: [&[i8]; 3], seed: u64) -> Self {
        let neurons = patterns[0].len();
        assert!(patterns.iter().all(|pattern| pattern.len() == neurons), "patterns of one network");
        let at = |neuron: usize, [u, v]: [f64; 2]| {
            let shares = shares([u, v]);
            (0..3).map(|memory| shares[memory] * f64::from(patterns[memory][neuron])).sum::<f64>()
        };
        let along = |place: [f64; 2]| (0..neurons).map(|i| at(i, place) - at(i, [0.0; 2])).collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        Self {
            origin: (0..neurons).map(|neuron| at(neuron, [0.0; 2])).collect(),
            across: along([1.0, 0.0]),
            up: along([0.0, 1.0]),
            thresholds: (0..neurons).map(|_| 2.0 * rng.random::<f64>() - 1.0).collect(),
        }
    }

    /// A plane at random: o, p and q are normal numbers, and there are no thresholds.
    #[must_use]
    pub fn random(neurons: usize, seed: u64) -> Self {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut numbers = || (0..neurons).map(|_| normal(rng.random(), rng.random())).collect();
        Self { origin: numbers(), across: numbers(), up: numbers(), thresholds: vec![0.0; neurons] }
    }

    /// x at a place.
    fn numbers(&self, [u, v]: [f64; 2]) -> impl Iterator<Item = f64> {
        let parts = self.origin.iter().zip(&self.across).zip(&self.up);
        parts.map(move |((origin, across), up)| origin + u * across + v * up)
    }

    /// The binary state at a place.
    #[must_use]
    pub fn binary(&self, at: [f64; 2]) -> Vec<i8> {
        self.numbers(at).zip(&self.thresholds).map(|(x, threshold)| if x < *threshold { -1 } else { 1 }).collect()
    }

    /// The graded state at a place.
    #[must_use]
    pub fn graded(&self, at: [f64; 2]) -> Vec<f64> {
        self.numbers(at).map(|x| libm::tanh(STEEPNESS * x)).collect()
    }

    /// The energy of the graded state per neuron, −s·Ws/2N, with the wall; in the unit of the weights.
    ///
    /// # Panics
    /// If the network has another number of neurons.
    #[must_use]
    pub fn graded_energy(&self, network: &Quadratic, at: [f64; 2]) -> f64 {
        let state = self.graded(at);
        let neurons = state.len();
        let field = |i: usize| (0..neurons).map(|j| network.weight(i, j) * state[j]).sum::<f64>();
        let energy = -0.5 * (0..neurons).map(|i| state[i] * field(i)).sum::<f64>();
        let wall = self.numbers(at).map(|x| (x * x - 1.0).powi(2)).sum::<f64>();
        (energy + WALL * wall) / neurons as f64
    }
}

/// Where a recall ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// In the memory with this index.
    Memory(usize),
    /// In its inverse.
    Inverse(usize),
    /// In a blend of memories.
    Mixture,
    /// At rest where no memory is.
    Spurious,
    /// Nowhere yet.
    Moving,
}

impl End {
    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Recalled(memory) => Self::Memory(*memory),
            Verdict::Inverted(memory) => Self::Inverse(*memory),
            Verdict::Mixture { .. } => Self::Mixture,
            Verdict::Spurious => Self::Spurious,
            _ => Self::Moving,
        }
    }
}

/// A place of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pixel {
    /// Where most of its recalls end; of equally many the one that was met first.
    pub end: End,
    /// The share of its recalls that end there.
    pub share: f32,
    /// Sweeps until they rested, in the mean.
    pub sweeps: f32,
}

/// Recalls from the places of a plane.
#[derive(Clone, Debug)]
pub struct Basins {
    network: Arc<Network>,
    memories: Arc<Patterns>,
    plane: Plane,
    /// Seeds of the orders in which neurons are asked, one for each recall from a place.
    orders: Vec<u64>,
}

/// What recalls from a start are known to end in.
type Known = HashMap<Vec<i8>, Pixel>;

impl Basins {
    /// Recalls of a network over a plane, each from so many orders of asking, which come from a seed.
    ///
    /// # Errors
    /// If the plane is not one of this network.
    pub fn new(
        network: Arc<Network>,
        memories: Arc<Patterns>,
        plane: Plane,
        seed: u64,
        orders: usize,
    ) -> Result<Self, HopfieldError> {
        if plane.origin.len() != network.neurons() {
            return Err(HopfieldError::Length { found: plane.origin.len(), expected: network.neurons() });
        }
        // The first order is that of the seed itself, so that one recall can be played again by hand.
        let order = |place: usize| if place == 0 { seed } else { stream_seed(seed, &[place as u64]) };
        Ok(Self { network, memories, plane, orders: (0..orders.max(1)).map(order).collect() })
    }

    /// The plane.
    #[must_use]
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    fn pixel(&self, start: &[i8]) -> Pixel {
        let mut ends: Vec<(End, u32)> = Vec::new();
        let mut sweeps = 0;
        for &order in &self.orders {
            let Ok(mut recall) = Recall::new(Arc::clone(&self.network), start, Dynamics::RandomOrder, order) else {
                // A start has as many neurons as its plane, and that as many as the network.
                continue;
            };
            let settled = recall.run(MOST_SWEEPS);
            let end = End::of(&judge(recall.state(), &self.memories, settled));
            sweeps += recall.sweeps();
            match ends.iter_mut().find(|(known, _)| *known == end) {
                Some((_, count)) => *count += 1,
                None => ends.push((end, 1)),
            }
        }
        let most = ends.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let end = ends.iter().find(|(_, count)| *count == most).map_or(End::Moving, |(end, _)| *end);
        let count = self.orders.len() as f32;
        Pixel { end, share: most as f32 / count, sweeps: sweeps as f32 / count }
    }

    /// The map of a square of the plane from −`reach` to `reach`, row by row from the lowest v on, at the middles of `side` ×
    /// `side` cells. It runs on the threads of the pool it is called in; the result does not depend on their number. `go_on` is
    /// told the share that is done, and ends the work by answering `false`.
    #[must_use]
    pub fn map(&self, side: usize, reach: f64, go_on: &(dyn Fn(f64) -> bool + Sync)) -> Option<Vec<Pixel>> {
        let done = std::sync::atomic::AtomicUsize::new(0);
        let row = |row: usize| {
            let mut known = Known::new();
            let at = |place: usize| super::density::coordinate(place, side, reach);
            let pixels: Vec<Pixel> = (0..side)
                .map(|column| {
                    // Neighbours often have the same start.
                    let start = self.plane.binary([at(column), at(row)]);
                    *known.entry(start).or_insert_with_key(|start| self.pixel(start))
                })
                .collect();
            let finished = 1 + done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            go_on(finished as f64 / side as f64).then_some(pixels)
        };
        let rows: Option<Vec<Vec<Pixel>>> = (0..side).into_par_iter().map(row).collect();
        rows.map(|rows| rows.concat())
    }
}
