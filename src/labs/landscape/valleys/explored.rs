//! What is worked out of a system: its tree, and what its valleys are to each other.

use std::sync::Arc;

use super::settings::{Chosen, Kind, Plan};
use crate::{
    physics::landscape::{Couplings, LandscapeError, Tree},
    simulation::{Clock, SystemClock, Watcher},
};

/// What the mirror of a valley has after its number.
const PRIME: char = '\u{2032}';

/// A stored memory that a valley is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory {
    /// Its number, from 0.
    pub number: usize,
    /// The valley is its negative.
    pub is_negative: bool,
}

/// A system with its tree, whole.
#[derive(Clone, Debug)]
pub(super) struct Explored {
    /// What it was worked out for.
    pub plan: Plan,
    /// Its couplings.
    pub couplings: Arc<Couplings>,
    /// Its valleys and passes.
    pub tree: Arc<Tree>,
    /// For each valley the one that holds its mirror, in which every spin is turned; it may be the valley itself.
    pub partners: Vec<usize>,
    /// For each valley its name: a number from the deepest on, with a prime for the mirror of another one.
    pub names: Vec<String>,
    /// For each valley the memory that lies at its bottom, if one does.
    pub memories: Vec<Option<Memory>>,
    /// How many of the memories lie at the bottom of a valley.
    pub kept: usize,
    /// Wall time that the tree took, in seconds.
    pub seconds: f64,
}

impl Explored {
    /// Works a system out; none where the watcher told it to stop. It runs on the threads of the pool it is called in.
    pub fn new(plan: Plan, watcher: &Watcher) -> Option<Result<Self, LandscapeError>> {
        let couplings = match plan.couplings() {
            Ok(couplings) => couplings,
            Err(error) => return Some(Err(error)),
        };
        let clock = SystemClock::default();
        let tree = Tree::new(&couplings, &|done| watcher.go_on(done))?;
        let seconds = clock.now().as_secs_f64();
        let partners = partners(&couplings, &tree);
        let names = names(&couplings, &tree, &partners);
        let (memories, kept) = memories(plan, &couplings, &tree);
        Some(Ok(Self {
            plan,
            couplings: Arc::new(couplings),
            tree: Arc::new(tree),
            partners,
            names,
            memories,
            kept,
            seconds,
        }))
    }

    /// The number of spins N.
    pub fn spins(&self) -> usize {
        self.couplings.spins()
    }

    /// An energy from units into J a spin.
    pub fn per_spin(&self, units: i32) -> f64 {
        self.tree.unit * f64::from(units) / self.spins() as f64
    }

    /// What one must climb from a valley to leave it, in J a spin; none for the deepest.
    pub fn climb(&self, leaf: usize) -> Option<f64> {
        let leaf = self.tree.leaves[leaf];
        leaf.merge.map(|merge| self.per_spin(merge.energy - leaf.energy))
    }

    /// The valleys between which a way is shown: those that were chosen in this system, else the deepest one and, of the next
    /// deep pair, the one that is less like it; or what there is.
    pub fn ends(&self, chosen: Option<Chosen>) -> [usize; 2] {
        let leaves = self.tree.leaves.len();
        let fits = |chosen: &Chosen| chosen.plan == self.plan && chosen.ends.iter().all(|&end| end < leaves);
        if let Some(chosen) = chosen.filter(fits) {
            return chosen.ends;
        }
        let second = (1..leaves).find(|&leaf| self.partners[leaf] != 0);
        let of_pair = |leaf: usize| if self.is_primed(leaf) { leaf } else { self.partners[leaf] };
        [0, second.map_or(leaves.min(2) - 1, of_pair)]
    }

    /// Whether a valley is named as the mirror of another one.
    pub fn is_primed(&self, leaf: usize) -> bool {
        self.names[leaf].ends_with(PRIME)
    }

    /// The number that a valley has in common with its mirror.
    pub fn number(&self, leaf: usize) -> &str {
        self.names[leaf].trim_end_matches(PRIME)
    }

    /// Columns of the picture of a state: the rows of a torus, a square where the spins make one, else rows of at most
    /// eight.
    pub fn columns(&self) -> usize {
        columns(self.plan.kind, self.spins())
    }

    /// Groups of valleys that are open to each other at a temperature after a time: each valley from which the climb is at
    /// most T ln t belongs to the group of what it joins. For each valley the deepest one of its group.
    pub fn opened(&self, height: f64) -> Vec<usize> {
        let mut groups: Vec<usize> = Vec::with_capacity(self.tree.leaves.len());
        for (place, leaf) in self.tree.leaves.iter().enumerate() {
            let opens = leaf.merge.filter(|merge| self.tree.unit * f64::from(merge.energy - leaf.energy) <= height);
            // What it joins is deeper, so that its group is known.
            groups.push(opens.map_or(place, |merge| groups[merge.into]));
        }
        groups
    }
}

fn columns(kind: Kind, spins: usize) -> usize {
    if kind.is_on_a_torus() {
        return 4;
    }
    let root = spins.isqrt();
    if root * root == spins { root } else { spins.div_ceil(spins.div_ceil(8)) }
}

/// A state with every spin turned.
pub(super) fn mirror(state: u32, spins: usize) -> u32 {
    !state & ((1 << spins) - 1)
}

/// How alike two states are, −1 to 1: their overlap.
pub(super) fn overlap(one: u32, other: u32, spins: usize) -> f64 {
    1.0 - 2.0 * f64::from((one ^ other).count_ones()) / spins as f64
}

fn partners(couplings: &Couplings, tree: &Tree) -> Vec<usize> {
    let of = |(place, leaf): (usize, &crate::physics::landscape::Leaf)| {
        tree.leaf_of(couplings, mirror(leaf.state, couplings.spins())).unwrap_or(place)
    };
    tree.leaves.iter().enumerate().map(of).collect()
}

fn names(couplings: &Couplings, tree: &Tree, partners: &[usize]) -> Vec<String> {
    let likeness = |leaf: usize| overlap(tree.leaves[leaf].state, tree.leaves[0].state, couplings.spins());
    let mut names = vec![String::new(); partners.len()];
    let mut next = 1;
    for leaf in 0..partners.len() {
        if !names[leaf].is_empty() {
            continue;
        }
        let partner = partners[leaf];
        // Of two mirrors the one that is more like the deepest state has the plain number.
        let (plain, primed) = if likeness(leaf) >= likeness(partner) { (leaf, partner) } else { (partner, leaf) };
        names[primed] = format!("{next}{PRIME}");
        names[plain] = next.to_string();
        next += 1;
    }
    names
}

/// For each valley the memory at its bottom, and how many memories lie at one.
fn memories(plan: Plan, couplings: &Couplings, tree: &Tree) -> (Vec<Option<Memory>>, usize) {
    let mut found = vec![None; tree.leaves.len()];
    if plan.kind != Kind::Memories {
        return (found, 0);
    }
    let spins = couplings.spins();
    let mut kept = 0;
    for (number, pattern) in
        Couplings::random_patterns(spins, plan.memories as usize, plan.seed).into_iter().enumerate()
    {
        let mut is_kept = false;
        for (state, is_negative) in [(pattern, false), (mirror(pattern, spins), true)] {
            let leaf = tree.leaf_of(couplings, state);
            // A memory that is no bottom of a valley has been lost.
            if let Some(leaf) = leaf.filter(|&leaf| tree.leaves[leaf].energy == couplings.energy_units(state)) {
                found[leaf] = found[leaf].or(Some(Memory { number, is_negative }));
                is_kept = true;
            }
        }
        kept += usize::from(is_kept);
    }
    (found, kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::Job;

    fn explored(kind: Kind, spins: u32) -> Explored {
        let plan = Plan { kind, spins, seed: 3, ..Plan::default() };
        let job = Job::by_hand(move |watcher| Explored::new(plan, watcher));
        match job.take() {
            Some(crate::simulation::Outcome::Done(Ok(explored))) => explored,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn mirrors_have_one_number_and_the_same_energy() {
        for kind in Kind::ALL {
            let explored = explored(kind, 12);
            for (leaf, &partner) in explored.partners.iter().enumerate() {
                assert_eq!(explored.partners[partner], leaf, "{kind:?}");
                assert_eq!(explored.tree.leaves[leaf].energy, explored.tree.leaves[partner].energy, "{kind:?}");
                assert_eq!(explored.number(leaf), explored.number(partner), "{kind:?}");
            }
            let mut names = explored.names.clone();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), explored.names.len(), "{kind:?}: two valleys of one name");
            assert_eq!(explored.names[0], "1", "{kind:?}");
            let [first, second] = explored.ends(None);
            assert!(first < explored.names.len() && second < explored.names.len());
        }
    }

    #[test]
    fn few_memories_are_valleys_and_heat_opens_all() {
        let explored = explored(Kind::Memories, 16);
        let found: Vec<Memory> = explored.memories.iter().flatten().copied().collect();
        assert_eq!(found.len(), 4, "two memories and their negatives of {found:?}");
        let groups = |height| {
            let mut groups = explored.opened(height);
            groups.sort_unstable();
            groups.dedup();
            groups.len()
        };
        assert_eq!(groups(-1.0), explored.names.len());
        assert_eq!(groups(1e9), 1);
        // By hand: opening goes by the climb out of each valley, in J.
        for (leaf, group) in explored.opened(1.0).into_iter().enumerate() {
            let climb = explored.climb(leaf).map(|climb| 16.0 * climb);
            assert_eq!(group != leaf, climb.is_some_and(|climb| climb <= 1.0), "valley {leaf} with climb {climb:?}");
        }
    }

    #[test]
    fn pictures_are_as_wide_as_the_torus_or_nearly_square() {
        let of = |kind, spins| columns(kind, spins);
        assert_eq!([of(Kind::Torus, 20), of(Kind::Ring, 16), of(Kind::Ring, 9)], [4, 4, 3]);
        assert_eq!([of(Kind::Ring, 6), of(Kind::Ring, 12), of(Kind::Ring, 22)], [6, 6, 8]);
    }
}
