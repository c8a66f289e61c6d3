//! Which valley is found: starts at random that are quenched, or cooled slowly.
//!
//! Both turn one spin after another at random, by Metropolis' rule (J. Chem. Phys. 21, 1087, 1953). A quench does so at T = 0,
//! where only turns that lower the energy are taken; slow cooling comes down from a high temperature in equal steps, one a
//! sweep (Kirkpatrick, Gelatt and Vecchi, Science 220, 671, 1983), and is quenched at its end.

use std::collections::HashMap;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Couplings, Tree, ways::descent};
use crate::physics::seeds::stream_seed;

/// How a start comes to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cooling {
    /// At T = 0 from the beginning.
    Quench,
    /// In so many sweeps from [`hottest`] down.
    Slow {
        /// Sweeps, each with as many tries as there are spins.
        sweeps: u32,
    },
}

/// Where slow cooling begins, in units of the energy: twice the root mean square field Σ_j J_ij² on a spin, which is twice
/// the temperature at which a Sherrington–Kirkpatrick glass freezes.
#[must_use]
pub fn hottest(couplings: &Couplings) -> f64 {
    let spins = couplings.spins();
    let square = |i: usize| (0..spins).map(|j| couplings.coupling(i, j).powi(2)).sum::<f64>();
    2.0 * ((0..spins).map(square).sum::<f64>() / spins as f64).sqrt()
}

/// The temperature of a sweep of slow cooling, counted from 0, as a share of where it begins.
#[must_use]
pub fn share_of_hottest(sweep: u32, sweeps: u32) -> f64 {
    1.0 - (f64::from(sweep) + 0.5) / f64::from(sweeps.max(1))
}

/// A state that turns spins.
struct Turning<'a> {
    couplings: &'a Couplings,
    state: u32,
    /// The field Σ_j J_ij s_j on each spin, in units.
    fields: Vec<i32>,
    rng: Xoshiro256PlusPlus,
}

impl Turning<'_> {
    /// The change of energy if a spin turns, in units: twice s_i times its field.
    fn cost(&self, spin: usize) -> i32 {
        let up = self.state >> spin & 1 == 1;
        if up { 2 * self.fields[spin] } else { -2 * self.fields[spin] }
    }

    fn turn(&mut self, spin: usize) {
        self.state ^= 1 << spin;
        let change = if self.state >> spin & 1 == 1 { 2 } else { -2 };
        for (other, field) in self.fields.iter_mut().enumerate() {
            *field += change * self.couplings.units(spin, other);
        }
    }

    fn sweep(&mut self, temperature: f64) {
        for _ in 0..self.fields.len() {
            let spin = self.rng.random_range(0..self.fields.len());
            let cost = f64::from(self.cost(spin)) * self.couplings.unit();
            if cost <= 0.0 || self.rng.random::<f64>() < (-cost / temperature).exp() {
                self.turn(spin);
            }
        }
    }

    /// Turns spins at random while any of them lowers the energy.
    fn quench(&mut self) {
        loop {
            let lowering: Vec<usize> = (0..self.fields.len()).filter(|&spin| self.cost(spin) < 0).collect();
            if lowering.is_empty() {
                return;
            }
            // Tries that fail change nothing, so the next to succeed is any of these with the same chance.
            let spin = lowering[self.rng.random_range(0..lowering.len())];
            self.turn(spin);
        }
    }
}

/// The state in which start number `start` of these comes to rest, from a random state; always the same for a seed.
#[must_use]
pub fn end(couplings: &Couplings, cooling: Cooling, seed: u64, start: u32) -> u32 {
    let (kind, sweeps) = match cooling {
        Cooling::Quench => (0, 0),
        Cooling::Slow { sweeps } => (1, sweeps),
    };
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(stream_seed(seed, &[kind, u64::from(sweeps), u64::from(start)]));
    let spins = couplings.spins();
    let state = rng.random_range(0..1_u32 << spins);
    let up = |spin: usize| if state >> spin & 1 == 1 { 1 } else { -1 };
    let field = |i: usize| (0..spins).map(|j| up(j) * couplings.units(i, j)).sum();
    let mut turning = Turning { couplings, state, fields: (0..spins).map(field).collect(), rng };
    let hottest = hottest(couplings);
    for sweep in 0..sweeps {
        turning.sweep(hottest * share_of_hottest(sweep, sweeps));
    }
    turning.quench();
    turning.state
}

/// How many of the starts `from` to `from + count` end in each leaf of the tree, in the order of the leaves. It runs on the
/// threads of the pool it is called in; the result does not depend on their number. `go_on` is told the share that is done
/// and ends the work by answering `false`: then there is no result.
#[must_use]
pub fn ends(
    couplings: &Couplings,
    tree: &Tree,
    cooling: Cooling,
    seed: u64,
    from: u32,
    count: u32,
    go_on: &(dyn Fn(f64) -> bool + Sync),
) -> Option<Vec<u32>> {
    const PORTION: u32 = 100;
    let mut found: HashMap<u32, u32> = HashMap::new();
    let mut next = from;
    while next < from + count {
        if !go_on(f64::from(next - from) / f64::from(count)) {
            return None;
        }
        let portion = next..(next + PORTION).min(from + count);
        next = portion.end;
        let states: Vec<u32> = portion.into_par_iter().map(|start| end(couplings, cooling, seed, start)).collect();
        states.into_iter().for_each(|state| *found.entry(state).or_default() += 1);
    }
    let mut counts = vec![0; tree.leaves.len()];
    for (state, count) in found {
        if let Some(leaf) = tree.leaf_of(couplings, state) {
            counts[leaf] += count;
        }
    }
    Some(counts)
}

impl Tree {
    /// The leaf that a state falls into, by its place in [`Tree::leaves`]: down by the steepest turn, over the plateau where it
    /// comes to rest, and down again where that has a lower neighbour. None if the couplings are not those of the tree.
    #[must_use]
    pub fn leaf_of(&self, couplings: &Couplings, from: u32) -> Option<usize> {
        let mut state = *descent(couplings, from).last()?;
        loop {
            let energy = couplings.energy_units(state);
            let mut plateau = vec![state];
            let mut seen = std::collections::HashSet::from([state]);
            let mut lower = None;
            let mut next = 0;
            while next < plateau.len() && lower.is_none() {
                for spin in 0..couplings.spins() {
                    let other = plateau[next] ^ 1 << spin;
                    match couplings.energy_units(other).cmp(&energy) {
                        std::cmp::Ordering::Less => lower = lower.or(Some(other)),
                        std::cmp::Ordering::Equal if seen.insert(other) => plateau.push(other),
                        _ => {}
                    }
                }
                next += 1;
            }
            match lower {
                Some(lower) => state = *descent(couplings, lower).last()?,
                None => {
                    // A leaf is known by the smallest of its states.
                    let smallest = plateau.into_iter().min()?;
                    return self.leaves.iter().position(|leaf| leaf.state == smallest);
                }
            }
        }
    }
}
