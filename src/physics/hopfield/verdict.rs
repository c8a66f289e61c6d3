//! What state is this? Named by its overlaps with the memories.

use serde::{Deserialize, Serialize};

use super::{
    Patterns, Settled,
    patterns::{dot, overlap},
};

/// A memory counts as recalled from this overlap on.
pub const RECALLED: f64 = 0.97;
/// A mixture is named where the state overlaps this much with it.
pub const LIKE_A_MIXTURE: f64 = 0.9;
/// Mixtures of so many memories are looked for, among so many of the strongest overlaps; mixtures of even numbers leave
/// neurons undecided and are not stable.
const MIXED: [(usize, usize); 3] = [(3, 12), (5, 8), (7, 7)];

/// What a state is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// There are no memories to compare with.
    NoMemories,
    /// It has not come to rest, and is no memory.
    Moving,
    /// Memory with this index, m ≥ 0.97.
    Recalled(usize),
    /// Its inverse, m ≤ −0.97.
    Inverted(usize),
    /// A blend, sgn Σ ±ξ, of three, five or seven memories.
    Mixture {
        /// The memories, and whether each takes part inverted; strongest first.
        of: Vec<(usize, bool)>,
        /// Overlap with that blend.
        likeness: f64,
    },
    /// It rests where no memory is.
    Spurious,
    /// It goes to and fro between two states.
    TwoCycle,
    /// It goes round through so many states.
    Cycle(u32),
}

/// Returns the name of a state, N values ±1, by its overlaps with the memories: one of them, an inverse, a mixture, or
/// spurious (Amit, Gutfreund and Sompolinsky, Phys. Rev. A 32, 1007, 1985, DOI 10.1103/PhysRevA.32.1007). `settled`
/// says how the recall ended, none while it moves.
#[must_use]
pub fn judge(state: &[i8], memories: &Patterns, settled: Option<Settled>) -> Verdict {
    let overlaps: Vec<f64> = memories.overlaps(state).collect();
    let mut by_strength: Vec<usize> = (0..overlaps.len()).collect();
    by_strength.sort_by(|&a, &b| overlaps[b].abs().total_cmp(&overlaps[a].abs()));
    if by_strength.is_empty() {
        return Verdict::NoMemories;
    }
    match settled {
        Some(Settled::TwoCycle) => return Verdict::TwoCycle,
        Some(Settled::Cycle(length)) => return Verdict::Cycle(length),
        _ => {}
    }
    // A memory before an inverse: a shelf may hold a picture and its inverse.
    let first = |wanted: &dyn Fn(f64) -> bool| by_strength.iter().copied().find(|&memory| wanted(overlaps[memory]));
    if let Some(memory) = first(&|overlap| overlap >= RECALLED) {
        return Verdict::Recalled(memory);
    }
    if let Some(memory) = first(&|overlap| overlap <= -RECALLED) {
        return Verdict::Inverted(memory);
    }
    if settled.is_none() {
        return Verdict::Moving;
    }
    let candidates = distinct(memories, &by_strength);
    let mixtures = MIXED.into_iter().flat_map(|(count, among)| {
        let among = &candidates[..among.min(candidates.len())];
        combinations(among, count).into_iter().map(|members| {
            let of: Vec<(usize, bool)> = members.into_iter().map(|memory| (memory, overlaps[memory] < 0.0)).collect();
            let likeness = overlap(&mixture(memories, &of), state);
            (of, likeness)
        })
    });
    // The first of the likest: of blends that fit equally well the one of fewest memories.
    let best = mixtures.reduce(|best, next| if next.1 > best.1 { next } else { best });
    match best {
        Some((of, likeness)) if likeness >= LIKE_A_MIXTURE => Verdict::Mixture { of, likeness },
        _ => Verdict::Spurious,
    }
}

/// The memories in this order without those that are (nearly) the same as an earlier one, or its inverse.
fn distinct(memories: &Patterns, order: &[usize]) -> Vec<usize> {
    let most = MIXED.iter().map(|(_, among)| *among).max().unwrap_or_default();
    let mut kept: Vec<usize> = Vec::new();
    for &memory in order {
        let is_new = |&other: &usize| overlap(memories.get(other), memories.get(memory)).abs() < RECALLED;
        if kept.iter().all(is_new) {
            kept.push(memory);
        }
        if kept.len() == most {
            break;
        }
    }
    kept
}

/// All ways to choose so many, in order.
fn combinations(among: &[usize], count: usize) -> Vec<Vec<usize>> {
    match (count, among.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((&first, rest))) => {
            let mut with = combinations(rest, count - 1);
            with.iter_mut().for_each(|chosen| chosen.insert(0, first));
            with.extend(combinations(rest, count));
            with
        }
    }
}

/// sgn Σ ±ξ of an odd number of memories.
#[must_use]
pub fn mixture(memories: &Patterns, of: &[(usize, bool)]) -> Vec<i8> {
    let sum = |neuron: usize| -> i32 {
        let share = |&(memory, inverted): &(usize, bool)| {
            i32::from(memories.get(memory)[neuron]) * if inverted { -1 } else { 1 }
        };
        of.iter().map(share).sum()
    };
    (0..memories.neurons()).map(|neuron| if sum(neuron) < 0 { -1 } else { 1 }).collect()
}

/// The memory that a state is most like, with the overlap.
#[must_use]
pub fn nearest(state: &[i8], memories: &Patterns) -> Option<(usize, f64)> {
    let dots = memories.iter().map(|memory| dot(memory, state)).enumerate();
    // The first of the likest.
    let best = dots.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some((best.0, f64::from(best.1) / state.len() as f64))
}
