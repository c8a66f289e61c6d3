//! Ways between states over the lowest pass: how high one must climb, and the shortest way that climbs no higher.

use super::{Couplings, Tree, tree::energies};

/// A way from state to state, one spin at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The states, from the first to the last.
    pub states: Vec<u32>,
    /// Their energies, in units of the couplings.
    pub energies: Vec<i32>,
}

impl Way {
    /// Where it is highest: the first such place.
    #[must_use]
    pub fn top(&self) -> usize {
        let highest = self.energies.iter().max();
        self.energies.iter().position(|energy| Some(energy) == highest).unwrap_or_default()
    }
}

impl Tree {
    /// The energy of the lowest pass between two leaves, in units of the couplings; that of the leaf itself where they are
    /// one.
    ///
    /// # Panics
    /// If there is no such leaf.
    #[must_use]
    pub fn pass_between(&self, mut one: usize, mut other: usize) -> i32 {
        let mut highest = self.leaves[one].energy;
        // The one that joins first moves on; passes rise on the way up.
        while one != other {
            let joins = |leaf: usize| self.leaves[leaf].merge.map(|merge| (merge.energy, merge.pass));
            let (first, second) = (joins(one), joins(other));
            let takes_first = match (first, second) {
                (Some(first), Some(second)) => first < second || (first == second && one > other),
                (first, _) => first.is_some(),
            };
            let moved = if takes_first { &mut one } else { &mut other };
            let Some(merge) = self.leaves[*moved].merge else { break };
            *moved = merge.into;
            highest = highest.max(merge.energy);
        }
        highest
    }
}

/// The way from one state to another that climbs no higher than this, in units of the couplings, with as few turned spins as
/// can be; of several the first that a breadth-first search finds which turns spins in order. There is none where the states
/// are not joined below that height; `go_on` is told the share of states that were looked at, and ends the search by
/// answering `false`, which is an answer of none too.
#[must_use]
pub fn shortest_way(
    couplings: &Couplings,
    from: u32,
    to: u32,
    height: i32,
    go_on: &dyn Fn(f64) -> bool,
) -> Option<Way> {
    const UNSEEN: u8 = u8::MAX;
    const PORTION: usize = 1 << 16;
    let spins = couplings.spins();
    let energies = energies(couplings);
    if energies[from as usize] > height || energies[to as usize] > height {
        return None;
    }
    // By which spin each state was reached; backwards from the end, so that the way can be read off forwards.
    let mut reached = vec![UNSEEN; energies.len()];
    let mut queue = vec![to];
    let mut next = 0;
    while next < queue.len() && reached[from as usize] == UNSEEN {
        if next.is_multiple_of(PORTION) && !go_on(next as f64 / energies.len() as f64) {
            return None;
        }
        let state = queue[next];
        next += 1;
        for spin in 0..spins {
            let other = state ^ 1 << spin;
            if other != to && reached[other as usize] == UNSEEN && energies[other as usize] <= height {
                reached[other as usize] = spin as u8;
                queue.push(other);
            }
        }
    }
    let mut states = vec![from];
    let mut state = from;
    while state != to {
        let spin = reached[state as usize];
        if spin == UNSEEN {
            return None;
        }
        state ^= 1 << spin;
        states.push(state);
    }
    let energies = states.iter().map(|&state| energies[state as usize]).collect();
    Some(Way { states, energies })
}

/// Where a state comes to rest if at each step the spin is turned that lowers the energy most (of equal states the one with
/// the smaller number), and the states on the way; the last one is a state of a leaf or of a plateau that drains into one.
#[must_use]
pub fn descent(couplings: &Couplings, from: u32) -> Vec<u32> {
    let mut states = vec![from];
    let mut state = from;
    loop {
        let key = |state: u32| (couplings.energy_units(state), state);
        let lowest = (0..couplings.spins()).map(|spin| state ^ 1 << spin).min_by_key(|&other| key(other));
        match lowest.filter(|&other| key(other) < key(state)) {
            Some(lower) => state = lower,
            None => return states,
        }
        states.push(state);
    }
}
