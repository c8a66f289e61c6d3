//! The exact tree of valleys and passes, from all 2^N states.
//!
//! Two states are neighbours if one spin turns one into the other. A *leaf* is a connected set of states of equal energy
//! without a lower neighbour; the *pass* between two leaves is the lowest of the highest energies on all ways between them.
//! Leaves and passes make a tree, the disconnectivity graph (Becker and Karplus, J. Chem. Phys. 106, 1495, 1997,
//! DOI 10.1063/1.473299).
//!
//! Without a sort: states are in a total order by (energy, number). Each looks for its lowest neighbour; following those,
//! every state ends in one of the minima of that order and has its label. For each pair of labels the lowest edge between
//! them is a candidate for a pass, and joining pairs by rising passes gives the tree. Labels that lie on one plateau, or
//! drain over one, join at their own energy and are no leaves of their own.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Couplings;

/// A valley.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Energy of its bottom, in units of the couplings.
    pub energy: i32,
    /// States at the bottom.
    pub multiplicity: u32,
    /// The smallest of them: bit i is spin i, 1 for up.
    pub state: u32,
    /// Where it joins a deeper one; none for the deepest leaf.
    pub merge: Option<Merge>,
}

/// How a valley joins a deeper one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The deepest leaf of what it joins, by its place in [`Tree::leaves`].
    pub into: usize,
    /// Energy of the pass, in units of the couplings.
    pub energy: i32,
    /// A state at the pass.
    pub pass: u32,
}

/// All valleys and passes of a system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// From the deepest on; of equal energies the one with the smaller state comes first.
    pub leaves: Vec<Leaf>,
    /// The unit of energies.
    pub unit: f64,
}

/// States that are worked on together: a piece of the list whose neighbours by low spins are in it.
const BLOCK: usize = 1 << 10;
/// Labels for which every pair has a place in a table.
const FEW: usize = 1024;

/// The total order of states: by energy, then by number.
#[inline(always)]
fn key(energy: i32, state: u32) -> i64 {
    i64::from(energy) << 32 | i64::from(state)
}

/// The energy of a key.
fn energy_of(key: i64) -> i32 {
    (key >> 32) as i32
}

impl Tree {
    /// Visits all states on the threads of the pool it is called in; the result does not depend on their number. `go_on` is
    /// told the share that is done, 0 to 1, and ends the work by answering `false`: then there is no tree.
    #[must_use]
    pub fn new(couplings: &Couplings, go_on: &(dyn Fn(f64) -> bool + Sync)) -> Option<Self> {
        let spins = couplings.spins();
        let energies = energies(couplings);
        if !go_on(0.1) {
            return None;
        }
        let next = lowest_neighbours(&energies, spins);
        if !go_on(0.5) {
            return None;
        }
        let minima: Vec<u32> = next
            .par_iter()
            .zip(0..next.len() as u32)
            .filter(|(next, state)| **next == *state)
            .map(|(_, s)| s)
            .collect();
        let labels = labels(&next, &minima);
        drop(next);
        if !go_on(0.6) {
            return None;
        }
        let edges = lowest_edges(&energies, &labels, spins, minima.len());
        Some(join(&energies, &labels, &minima, edges, couplings.unit()))
    }
}

/// E of all states, in units.
pub(super) fn energies(couplings: &Couplings) -> Vec<i32> {
    let spins = couplings.spins();
    // The low and the high half of the spins: their own energies, and −Σ over pairs between them, where for a high state the
    // field on each low spin is the same for all low states.
    let low = spins / 2;
    let alone: Vec<i32> = (0..1_u32 << low).map(|state| half_energy(couplings, state, 0..low)).collect();
    let mut energies = vec![0; 1 << spins];
    energies.par_chunks_mut(1 << low).enumerate().for_each(|(high, energies)| {
        let high = (high << low) as u32;
        let own = half_energy(couplings, high, low..spins);
        let up = |state: u32, i: usize| if state >> i & 1 == 1 { 1 } else { -1 };
        let field = |j: usize| (low..spins).map(|i| up(high, i) * couplings.units(i, j)).sum::<i32>();
        // All low spins down; each that turns up changes the sum by twice its field.
        energies[0] = own + (0..low).map(field).sum::<i32>();
        for j in 0..low {
            let change = -2 * field(j);
            let (known, new) = energies.split_at_mut(1 << j);
            for (new, known) in new.iter_mut().zip(known) {
                *new = *known + change;
            }
        }
        for (energy, alone) in energies.iter_mut().zip(&alone) {
            *energy += alone;
        }
    });
    energies
}

/// The energy of pairs within some of the spins.
fn half_energy(couplings: &Couplings, state: u32, spins: std::ops::Range<usize>) -> i32 {
    let mut energy = 0;
    for i in spins.clone() {
        for j in i + 1..spins.end {
            let units = couplings.units(i, j);
            energy += if (state >> i ^ state >> j) & 1 == 0 { -units } else { units };
        }
    }
    energy
}

/// For each state the lowest among it and its neighbours, in the total order.
fn lowest_neighbours(energies: &[i32], spins: usize) -> Vec<u32> {
    let mut next = vec![0_u32; energies.len()];
    next.par_chunks_mut(BLOCK).enumerate().for_each(|(block, next)| {
        let first = block * BLOCK;
        let mut lowest = [i64::MAX; BLOCK];
        let lowest = &mut lowest[..next.len()];
        let own = &energies[first..first + next.len()];
        for (place, (lowest, &energy)) in lowest.iter_mut().zip(own).enumerate() {
            *lowest = key(energy, (first + place) as u32);
        }
        for spin in 0..spins {
            let bit = 1 << spin;
            if bit < own.len() {
                for (place, lowest) in lowest.iter_mut().enumerate() {
                    let other = place ^ bit;
                    *lowest = (*lowest).min(key(own[other], (first + other) as u32));
                }
            } else {
                let other = first ^ bit;
                let neighbours = &energies[other..other + own.len()];
                for (place, (lowest, &energy)) in lowest.iter_mut().zip(neighbours).enumerate() {
                    *lowest = (*lowest).min(key(energy, (other + place) as u32));
                }
            }
        }
        for (next, &lowest) in next.iter_mut().zip(lowest.iter()) {
            *next = lowest as u32;
        }
    });
    next
}

/// For each state the number of the minimum that it descends to.
fn labels(next: &[u32], minima: &[u32]) -> Vec<u32> {
    let label = |state: usize| {
        let mut state = state as u32;
        while next[state as usize] != state {
            state = next[state as usize];
        }
        // Every way down ends in a minimum.
        minima.partition_point(|&minimum| minimum < state) as u32
    };
    (0..next.len()).into_par_iter().map(label).collect()
}

/// The lowest edge between two labels: the smaller one, the larger one, and the higher end's key.
type Edge = (u32, u32, i64);

/// Calls for each edge of a block between two labels, from its end with the smaller number.
#[inline(always)]
fn each_edge(energies: &[i32], labels: &[u32], spins: usize, block: usize, mut call: impl FnMut(u32, u32, i64)) {
    let first = block * BLOCK;
    let states = first..(first + BLOCK).min(energies.len());
    for spin in 0..spins {
        let bit = 1 << spin;
        for state in states.clone().filter(|state| state & bit == 0) {
            let (one, other) = (labels[state], labels[state | bit]);
            if one != other {
                let key = key(energies[state], state as u32).max(key(energies[state | bit], (state | bit) as u32));
                call(one.min(other), one.max(other), key);
            }
        }
    }
}

/// For each pair of labels that touch the edge whose higher end is lowest in the total order.
fn lowest_edges(energies: &[i32], labels: &[u32], spins: usize, count: usize) -> Vec<Edge> {
    let blocks = energies.len().div_ceil(BLOCK);
    if count <= FEW {
        let empty = || vec![i64::MAX; count * count];
        let fold = |mut table: Vec<i64>, block: usize| {
            each_edge(energies, labels, spins, block, |one, other, key| {
                let place = &mut table[one as usize * count + other as usize];
                *place = (*place).min(key);
            });
            table
        };
        let least = |mut one: Vec<i64>, other: Vec<i64>| {
            one.iter_mut().zip(other).for_each(|(one, other)| *one = (*one).min(other));
            one
        };
        let table = (0..blocks).into_par_iter().with_min_len(blocks / 16 + 1).fold(empty, fold).reduce(empty, least);
        let edge = |(place, key): (usize, i64)| ((place / count) as u32, (place % count) as u32, key);
        return table.into_iter().enumerate().filter(|(_, key)| *key != i64::MAX).map(edge).collect();
    }
    // Many labels: only pairs that touch have a place.
    type Pairs = std::collections::HashMap<(u32, u32), i64>;
    let fold = |mut pairs: Pairs, block: usize| {
        each_edge(energies, labels, spins, block, |one, other, key| {
            let place = pairs.entry((one, other)).or_insert(i64::MAX);
            *place = (*place).min(key);
        });
        pairs
    };
    let least = |mut one: Pairs, other: Pairs| {
        for (pair, key) in other {
            let place = one.entry(pair).or_insert(i64::MAX);
            *place = (*place).min(key);
        }
        one
    };
    let pairs =
        (0..blocks).into_par_iter().with_min_len(blocks / 16 + 1).fold(Pairs::new, fold).reduce(Pairs::new, least);
    pairs.into_iter().map(|((one, other), key)| (one, other, key)).collect()
}

/// Joins labels by rising passes (Kruskal 1956).
fn join(energies: &[i32], labels: &[u32], minima: &[u32], mut edges: Vec<Edge>, unit: f64) -> Tree {
    edges.sort_unstable_by_key(|&(one, other, key)| (key, one, other));
    let bottom = |label: usize| key(energies[minima[label] as usize], minima[label]);
    // The deepest label of what has been joined so far, by way of parents.
    let mut parents: Vec<usize> = (0..minima.len()).collect();
    let root = |parents: &mut Vec<usize>, label: u32| {
        let mut label = label as usize;
        while parents[label] != label {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }
        label
    };
    // Where each label joined: into which, at which pass; and of those on a plateau what they belong to.
    let mut merges: Vec<Option<(usize, i64)>> = vec![None; minima.len()];
    let mut absorbed: Vec<usize> = (0..minima.len()).collect();
    for (one, other, pass) in edges {
        let (one, other) = (root(&mut parents, one), root(&mut parents, other));
        if one == other {
            continue;
        }
        let (deep, shallow) = if bottom(one) < bottom(other) { (one, other) } else { (other, one) };
        parents[shallow] = deep;
        if energy_of(bottom(shallow)) == energy_of(pass) {
            absorbed[shallow] = deep;
        } else {
            merges[shallow] = Some((deep, pass));
        }
    }
    let leaf_of = |mut label: usize| {
        while absorbed[label] != label {
            label = absorbed[label];
        }
        label
    };
    let owners: Vec<usize> = (0..minima.len()).map(leaf_of).collect();
    let mut kept: Vec<usize> = (0..minima.len()).filter(|&label| owners[label] == label).collect();
    kept.sort_by_key(|&label| bottom(label));
    let mut places = vec![0; minima.len()];
    kept.iter().enumerate().for_each(|(place, &label)| places[label] = place);
    let mut multiplicities = vec![0_u32; minima.len()];
    for (&energy, &label) in energies.iter().zip(labels) {
        let owner = owners[label as usize];
        multiplicities[owner] += u32::from(energy == energies[minima[owner] as usize]);
    }
    let leaf = |&label: &usize| Leaf {
        energy: energies[minima[label] as usize],
        multiplicity: multiplicities[label],
        state: minima[label],
        merge: merges[label].map(|(into, pass)| Merge {
            into: places[owners[into]],
            energy: energy_of(pass),
            pass: pass as u32,
        }),
    };
    Tree { leaves: kept.iter().map(leaf).collect(), unit }
}
