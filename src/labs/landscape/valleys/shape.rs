//! How a tree is drawn: where its tips and forks stand.
//!
//! A disconnectivity graph: each valley a tip at its energy, each fork at the pass over which what hangs below it is joined.
//! Tips stand in equal distances, ordered by their likeness to the deepest state, so that mirrors stand opposite each other.

use super::explored::{Explored, overlap};

/// What hangs from a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// A tip, by its place in [`Shape::tips`].
    Tip(usize),
    /// Another fork, by its place in [`Shape::forks`].
    Fork(usize),
}

/// The end of a branch: a valley.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tip {
    /// The valley, by its place in the tree.
    pub leaf: usize,
    /// Place along x, in tips.
    pub x: f64,
    /// The fork that it hangs from; none where it is alone.
    pub fork: Option<usize>,
}

/// A pass at which branches join.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fork {
    /// Energy of the pass, in units.
    pub energy: i32,
    /// Where its stem stands along x.
    pub x: f64,
    /// What hangs from it, from left to right.
    pub children: Vec<Child>,
    /// The fork that it hangs from; none for the highest.
    pub parent: Option<usize>,
}

/// A tree as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// The valleys that are not hidden, from left to right.
    pub tips: Vec<Tip>,
    /// Forks, each after those that hang from it.
    pub forks: Vec<Fork>,
    /// How many valleys are hidden.
    pub hidden: usize,
}

/// A branch while the tree is put together: its valleys, how alike they are to the deepest state in the mean, and, where it
/// ends at a fork, the height of that and the branches below it.
struct Branch {
    leaves: usize,
    likeness: f64,
    leaf: usize,
    /// Orders branches that are equally like the deepest state; the mirror of a branch has its negative.
    rank: i64,
    fork: Option<(i32, Vec<Branch>)>,
}

impl Branch {
    fn join(self, other: Self, pass: i32) -> Self {
        let leaves = self.leaves + other.leaves;
        let likeness = (self.likeness * self.leaves as f64 + other.likeness * other.leaves as f64) / leaves as f64;
        let (leaf, rank) = (self.leaf, self.rank).min((other.leaf, other.rank));
        // Two mirrors together are their own.
        let rank = if self.rank == -other.rank { 0 } else { rank };
        let mut below = Vec::new();
        for branch in [self, other] {
            match branch.fork {
                // Several that join at one height hang from one fork.
                Some((height, branches)) if height == pass => below.extend(branches),
                _ => below.push(branch),
            }
        }
        Self { leaves, likeness, leaf, rank, fork: Some((pass, below)) }
    }
}

impl Shape {
    /// Lays a tree out without the valleys from which the climb is less than `hidden_below`, in J a spin.
    pub fn new(explored: &Explored, hidden_below: f64) -> Self {
        let leaves = &explored.tree.leaves;
        let is_shown = |leaf: usize| explored.climb(leaf).is_none_or(|climb| climb >= hidden_below);
        let mut branches: Vec<Option<Branch>> = (0..leaves.len())
            .map(|leaf| {
                let likeness = overlap(leaves[leaf].state, leaves[0].state, explored.spins());
                let depth = (leaves.len() - leaf.min(explored.partners[leaf])) as i64;
                let rank = if explored.is_primed(leaf) { depth } else { -depth };
                is_shown(leaf).then_some(Branch { leaves: 1, likeness, leaf, rank, fork: None })
            })
            .collect();
        let mut merges: Vec<_> = leaves.iter().enumerate().filter_map(|(leaf, l)| Some((leaf, l.merge?))).collect();
        merges.sort_by_key(|(leaf, merge)| (merge.energy, merge.pass, std::cmp::Reverse(*leaf)));
        for (leaf, merge) in merges {
            let Some(branch) = branches[leaf].take() else { continue };
            // What a valley joins is deeper and so not hidden, and joins others later.
            let joined = match branches[merge.into].take() {
                Some(into) => into.join(branch, merge.energy),
                None => branch,
            };
            branches[merge.into] = Some(joined);
        }
        let mut shape = Self { hidden: (0..leaves.len()).filter(|&leaf| !is_shown(leaf)).count(), ..Self::default() };
        if let Some(root) = branches.into_iter().flatten().next() {
            shape.place(root);
        }
        shape
    }

    /// Puts a branch at the right end of what is there.
    fn place(&mut self, branch: Branch) -> Child {
        let Some((energy, mut below)) = branch.fork else {
            self.tips.push(Tip { leaf: branch.leaf, x: self.tips.len() as f64, fork: None });
            return Child::Tip(self.tips.len() - 1);
        };
        below.sort_by(|one, other| other.likeness.total_cmp(&one.likeness).then(one.rank.cmp(&other.rank)));
        let children: Vec<Child> = below.into_iter().map(|branch| self.place(branch)).collect();
        let fork = self.forks.len();
        for &child in &children {
            match child {
                Child::Tip(tip) => self.tips[tip].fork = Some(fork),
                Child::Fork(below) => self.forks[below].parent = Some(fork),
            }
        }
        let ends = [children.first(), children.last()].map(|child| child.map_or(0.0, |&child| self.x(child)));
        self.forks.push(Fork { energy, x: (ends[0] + ends[1]) / 2.0, children, parent: None });
        Child::Fork(fork)
    }

    /// Where a branch stands along x.
    pub fn x(&self, child: Child) -> f64 {
        match child {
            Child::Tip(tip) => self.tips[tip].x,
            Child::Fork(fork) => self.forks[fork].x,
        }
    }

    /// The tip of a valley; none if it is hidden.
    pub fn tip_of(&self, leaf: usize) -> Option<usize> {
        self.tips.iter().position(|tip| tip.leaf == leaf)
    }

    /// The forks from a tip up to the highest one.
    pub fn up_from(&self, tip: usize) -> Vec<usize> {
        std::iter::successors(self.tips[tip].fork, |&fork| self.forks[fork].parent).collect()
    }

    /// The lowest fork over two tips; none if they are one.
    pub fn fork_over(&self, one: usize, other: usize) -> Option<usize> {
        let over = self.up_from(other);
        (one != other).then(|| self.up_from(one).into_iter().find(|fork| over.contains(fork))).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::settings::{Kind, Plan},
        *,
    };
    use crate::simulation::{Job, Outcome};

    fn explored(kind: Kind, seed: u64) -> Explored {
        let plan = Plan { kind, seed, ..Plan::default() };
        match Job::by_hand(move |watcher| Explored::new(plan, watcher)).take() {
            Some(Outcome::Done(Ok(explored))) => explored,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn forks_stand_at_the_passes_between_any_two_tips() {
        for (kind, seed) in [
            (Kind::SherringtonKirkpatrick, 18),
            (Kind::Torus, 0),
            (Kind::Gaussian, 4),
            (Kind::Memories, 2),
            (Kind::PlusMinus, 1),
            (Kind::Ring, 0),
        ] {
            let explored = explored(kind, seed);
            let shape = Shape::new(&explored, 0.0);
            assert_eq!((shape.tips.len(), shape.hidden), (explored.tree.leaves.len(), 0));
            for one in 0..shape.tips.len() {
                for other in 0..one {
                    let fork = shape.fork_over(one, other).expect("a fork");
                    let pass = explored.tree.pass_between(shape.tips[one].leaf, shape.tips[other].leaf);
                    assert_eq!(shape.forks[fork].energy, pass, "{kind:?}");
                }
            }
            for fork in &shape.forks {
                assert!(fork.children.len() > 1, "{kind:?}: a fork with one branch");
                assert!(fork.parent.is_none_or(|parent| shape.forks[parent].energy > fork.energy), "{kind:?}");
            }
        }
    }

    #[test]
    fn the_tree_of_a_glass_is_its_own_mirror() {
        for seed in [7, 18, 33] {
            let explored = explored(Kind::SherringtonKirkpatrick, seed);
            let shape = Shape::new(&explored, 0.0);
            for (place, tip) in shape.tips.iter().enumerate() {
                let opposite = shape.tips[shape.tips.len() - 1 - place].leaf;
                assert_eq!(explored.partners[tip.leaf], opposite, "seed {seed}, tip {place}");
            }
        }
    }

    #[test]
    fn shallow_valleys_are_hidden_and_the_deepest_never() {
        let explored = explored(Kind::SherringtonKirkpatrick, 18);
        for hidden_below in [0.0, 0.01, 0.05, 10.0] {
            let shape = Shape::new(&explored, hidden_below);
            assert_eq!(shape.tips.len() + shape.hidden, explored.tree.leaves.len());
            assert!(shape.tip_of(0).is_some());
            for tip in &shape.tips {
                assert!(explored.climb(tip.leaf).is_none_or(|climb| climb >= hidden_below));
            }
        }
        assert_eq!(Shape::new(&explored, 10.0).tips.len(), 1);
    }
}
