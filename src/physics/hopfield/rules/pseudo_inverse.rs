//! Projection onto the space of the memories (Personnaz, Guyon, Dreyfus 1986): w = Σ_μν ξ_μ (C⁻¹)_μν ξ_νᵀ, C_μν = ξ_μ · ξ_ν.
//!
//! Every memory is then an eigenvector of the weights with eigenvalue one, look-alikes too. Where memories depend on
//! each other C has no inverse; the projection is the same from any independent ones that span the same space, and it is
//! the least-norm solution. A pivoted Cholesky decomposition finds them.
//!
//! A memory pulls neuron i with 1 − p_ii. Random memories up to nearly P = N are fixed points; in the last percent below N
//! that pull is, for some neurons, finer than the spacing of weights in f32, and from P = N on no weight is left at all: then
//! every state stays as it is.

use super::{
    super::{
        Cache, Energy, HopfieldError, Network, Patterns,
        patterns::dot,
        quadratic::{Quadratic, on_grid, spacing},
    },
    Learned, LearningNotice, LearningRule, Watch,
    learning::not_empty,
    product::{self, Shape},
};

/// Bits kept of C⁻¹ξ; with the sum of up to 4096 products that fits into an f64.
const BITS: i32 = 40;
/// A memory with less than this part of its length outside of the others' space depends on them.
const DEPENDENT: f64 = 1e-9;

/// A memory is added to a network only if this part of its length lies outside of the others' space.
const ROOM: f64 = 0.2;

/// The pseudo-inverse or projection rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct PseudoInverse;

impl LearningRule for PseudoInverse {
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        not_empty(patterns)?;
        let neurons = patterns.neurons();
        let Some((chosen, lower)) = independent(patterns, watch) else { return Ok(None) };
        // Q = C⁻¹ Ξ by forward and backward substitution, a memory's row at a time.
        let row = |&memory: &usize| patterns.get(memory).iter().map(|&bit| f64::from(bit));
        let left: Vec<f64> = chosen.iter().flat_map(row).collect();
        let mut dual = left.clone();
        let rank = chosen.len();
        for index in 0..rank {
            let (done, rest) = dual.split_at_mut(index * neurons);
            for (earlier, row) in done.chunks_exact(neurons).enumerate() {
                subtract(&mut rest[..neurons], row, lower[index * rank + earlier]);
            }
            rest[..neurons].iter_mut().for_each(|value| *value /= lower[index * rank + index]);
        }
        for index in (0..rank).rev() {
            let (start, later) = dual.split_at_mut((index + 1) * neurons);
            let row = &mut start[index * neurons..];
            for (offset, solved) in later.chunks_exact(neurons).enumerate() {
                subtract(row, solved, lower[(index + 1 + offset) * rank + index]);
            }
            row.iter_mut().for_each(|value| *value /= lower[index * rank + index]);
            if !watch(0.4 + 0.1 * (rank - index) as f64 / rank as f64) {
                return Ok(None);
            }
        }
        let grid = spacing(dual.iter().fold(0.0, |most: f64, value| most.max(value.abs())), BITS);
        dual.iter_mut().for_each(|value| *value = on_grid(*value, grid));
        let watch = |part: f64| watch(0.5 + 0.5 * part);
        let bound = largest_weight(&left, &dual, neurons);
        let Some(weights) = product::on_grid(&left, &dual, neurons, Shape::Symmetric, bound, &watch) else {
            return Ok(None);
        };
        let network = Network::Quadratic(Quadratic::from_outgoing(neurons, weights, 1.0, true));
        let notice = (rank < patterns.len()).then_some(LearningNotice::Dependent { independent: rank });
        Ok(Some(Learned { network, notice }))
    }

    fn add(&self, network: &mut Network, patterns: &Patterns) -> bool {
        let Network::Quadratic(network) = network else { return false };
        let (neurons, memories) = (patterns.neurons(), patterns.len());
        if memories < 2 {
            return false;
        }
        // The diagonal p_ii of the projection is not kept, but p ξ = ξ for any memory tells it: p_ii = 1 − ξ_i h_i.
        let (known, new) = (patterns.get(0), patterns.get(memories - 1));
        let (mut of_known, mut of_new) = (Cache::default(), Cache::default());
        network.prepare(known, &mut of_known);
        network.prepare(new, &mut of_new);
        let rest = |neuron: usize| {
            let own = 1.0 - f64::from(known[neuron]) * of_known.values[neuron];
            f64::from(new[neuron]) * (1.0 - own) - of_new.values[neuron]
        };
        let rest: Vec<f64> = (0..neurons).map(rest).collect();
        let outside: f64 = rest.iter().zip(new).map(|(rest, &bit)| rest * f64::from(bit)).sum();
        if outside < ROOM * neurons as f64 {
            // Nearly dependent, or a nearly full network: the rounding of the weights would be magnified.
            return false;
        }
        // Off the diagonal a projection has nothing above ½.
        let round = product::rounding(0.5);
        for (sender, column) in network.outgoing_mut().chunks_exact_mut(neurons).enumerate() {
            let share = rest[sender] / outside;
            for (weight, &rest) in column.iter_mut().zip(&rest) {
                *weight = round(f64::from(*weight) + share * rest) as f32;
            }
            column[sender] = 0.0;
        }
        symmetrize(network.outgoing_mut(), neurons);
        true
    }
}

/// No weight is larger than this: the squares of a projection's row add up to its diagonal, so p_ij² ≤ p_ii (1 − p_ii).
fn largest_weight(left: &[f64], dual: &[f64], neurons: usize) -> f64 {
    let mut diagonal = vec![0.0; neurons];
    for (bits, dual) in left.chunks_exact(neurons).zip(dual.chunks_exact(neurons)) {
        diagonal.iter_mut().zip(bits).zip(dual).for_each(|((own, bit), dual)| *own += bit * dual);
    }
    let most = diagonal.iter().map(|own: &f64| own * (1.0 - own)).fold(0.0, f64::max);
    // Rounding may have taken a little; a full network has no weights at all.
    1.01 * most.sqrt() + 1e-12
}

/// row −= factor · other.
fn subtract(row: &mut [f64], other: &[f64], factor: f64) {
    row.iter_mut().zip(other).for_each(|(value, other)| *value -= factor * other);
}

/// Rounding may leave w_ij and w_ji a spacing apart; the energy needs them equal.
fn symmetrize(weights: &mut [f32], neurons: usize) {
    for row in 0..neurons {
        for column in 0..row {
            weights[column * neurons + row] = weights[row * neurons + column];
        }
    }
}

/// Memories that span the space of all, and the lower Cholesky factor of their overlaps, row by row.
fn independent(patterns: &Patterns, watch: Watch<'_>) -> Option<(Vec<usize>, Vec<f64>)> {
    let memories = patterns.len();
    let size = patterns.neurons() as f64;
    // What is left of each memory's squared length outside of the space of the chosen ones.
    let mut left = vec![size; memories];
    let mut chosen: Vec<usize> = Vec::new();
    // columns[k][m]: the factor of memory m along the k-th chosen direction.
    let mut columns: Vec<Vec<f64>> = Vec::new();
    loop {
        let open = (0..memories).filter(|memory| !chosen.contains(memory));
        // The first of the longest, so that ties do not depend on anything.
        let next = open.fold(None, |best: Option<usize>, memory| match best {
            Some(best) if left[best] >= left[memory] => Some(best),
            _ => Some(memory),
        });
        let Some(next) = next.filter(|&next| left[next] > DEPENDENT * size && chosen.len() < patterns.neurons()) else {
            break;
        };
        let length = left[next].sqrt();
        let column = (0..memories).map(|memory| {
            let overlap = f64::from(dot(patterns.get(memory), patterns.get(next)));
            columns.iter().fold(overlap, |rest, column: &Vec<f64>| rest - column[memory] * column[next]) / length
        });
        let column: Vec<f64> = column.collect();
        for (left, along) in left.iter_mut().zip(&column) {
            *left -= along * along;
        }
        chosen.push(next);
        columns.push(column);
        if !watch(0.4 * chosen.len() as f64 / memories as f64) {
            return None;
        }
    }
    let rank = chosen.len();
    let mut lower = vec![0.0; rank * rank];
    for (row, &memory) in chosen.iter().enumerate() {
        for (place, column) in columns.iter().enumerate().take(row + 1) {
            lower[row * rank + place] = column[memory];
        }
    }
    Some((chosen, lower))
}
