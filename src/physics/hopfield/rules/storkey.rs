//! Storkey 1997: each memory is stored less what the network says about it already.
//!
//! w ← w + (1/N) [ξ_i ξ_j − ξ_i h_ji − h_ij ξ_j] with h_ij = Σ_{k≠i,j} w_ik ξ_k = H_i − w_ij ξ_j, H_i = Σ_{k≠i} w_ik ξ_k. That is
//! w ← (1 + 2/N) w + ξ vᵀ + v ξᵀ with v = (ξ/2 − H)/N: the whole is a sum of 2P outer products, one matrix product. Later
//! memories weigh less of the earlier ones, so the order of the shelf matters.
//!
//! A memory that comes a second time, or as its negative, would be taken away by that: the network says h = ξ (N − 2)/N of it
//! already, and the step is −ξ_i ξ_j (N − 4)/N². Such a memory is passed over.

use std::collections::HashSet;

use super::{
    super::{
        Cache, Energy, HopfieldError, Network, Patterns,
        quadratic::{Quadratic, on_grid, spacing},
    },
    Learned, LearningNotice, LearningRule, Watch,
    learning::not_empty,
    product::{self, Shape},
};

/// Bits of the sums of products.
const BITS: i32 = 52;
/// With more memories than this times the neurons the low-rank form cancels badly: they are added one by one.
const MANY: usize = 4;

/// Storkey's rule.
#[derive(Clone, Copy, Debug, Default)]
pub struct Storkey;

impl LearningRule for Storkey {
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        not_empty(patterns)?;
        let all = patterns.len();
        let patterns = &unrepeated(patterns)?;
        let (neurons, memories) = (patterns.neurons(), patterns.len());
        let notice = (memories < all).then_some(LearningNotice::Repeated { memories: all - memories });
        if memories > MANY * neurons {
            return Ok(self.one_by_one(patterns, watch).map(|network| Learned { network, notice }));
        }
        let size = neurons as f64;
        let growth = 1.0 + 2.0 / size;
        // After ν memories w_ij = Σ_{κ≤ν} growth^(ν−κ) (ξ_κi v_κj + v_κi ξ_κj); its diagonal is to be left out of H.
        let bits: Vec<f64> = product::bits(patterns);
        let mut shares: Vec<f64> = Vec::with_capacity(bits.len());
        let mut diagonal = vec![0.0; neurons];
        for (index, memory) in bits.chunks_exact(neurons).enumerate() {
            let mut heard: Vec<f64> = diagonal.iter().zip(memory).map(|(own, bit)| -own * bit).collect();
            let mut decay = libm::pow(growth, index as f64);
            for (earlier, share) in bits.chunks_exact(neurons).zip(shares.chunks_exact(neurons)) {
                decay /= growth;
                let (by_bits, by_share) = (decay * dot(share, memory), decay * dot(earlier, memory));
                for ((heard, bit), share) in heard.iter_mut().zip(earlier).zip(share) {
                    *heard += by_bits * bit + by_share * share;
                }
            }
            let new: Vec<f64> = memory.iter().zip(&heard).map(|(bit, heard)| (bit / 2.0 - heard) / size).collect();
            for ((own, bit), share) in diagonal.iter_mut().zip(memory).zip(&new) {
                *own = growth * *own + 2.0 * bit * share;
            }
            shares.extend(new);
            if !watch(0.5 * ((index + 1) as f64 / memories as f64)) {
                return Ok(None);
            }
        }
        let mut decay = libm::pow(growth, memories as f64);
        for share in shares.chunks_exact_mut(neurons) {
            decay /= growth;
            share.iter_mut().for_each(|share| *share *= decay);
        }
        // So that 2P of them add up without rounding.
        let grid = spacing(greatest(&shares), BITS - (2 * memories).ilog2() as i32 - 1);
        shares.iter_mut().for_each(|share| *share = on_grid(*share, grid));
        let bound = 2.0
            * (0..neurons).map(|i| shares.iter().skip(i).step_by(neurons).map(|s| s.abs()).sum()).fold(0.0, f64::max);
        let (left, right) = ([bits.as_slice(), &shares].concat(), [shares.as_slice(), &bits].concat());
        let watch = |part: f64| watch(0.5 + 0.5 * part);
        let Some(weights) = product::on_grid(&left, &right, neurons, Shape::Symmetric, bound, &watch) else {
            return Ok(None);
        };
        let network = Network::Quadratic(Quadratic::from_outgoing(neurons, weights, 1.0, true));
        Ok(Some(Learned { network, notice }))
    }

    fn add(&self, network: &mut Network, patterns: &Patterns) -> bool {
        let last = patterns.len() - 1;
        let memory = patterns.get(last);
        let alike = up_to_sign(memory);
        if patterns.iter().take(last).any(|earlier| up_to_sign(earlier) == alike) {
            return false;
        }
        self.add_memory(network, memory)
    }
}

impl Storkey {
    fn one_by_one(self, patterns: &Patterns, watch: Watch<'_>) -> Option<Network> {
        let (neurons, memories) = (patterns.neurons(), patterns.len());
        let none = vec![0.0; neurons * neurons];
        let mut network = Network::Quadratic(Quadratic::from_outgoing(neurons, none, 1.0, true));
        for index in 0..memories {
            self.add_memory(&mut network, patterns.get(index));
            if !watch((index + 1) as f64 / memories as f64) {
                return None;
            }
        }
        Some(network)
    }

    fn add_memory(self, network: &mut Network, memory: &[i8]) -> bool {
        let Network::Quadratic(network) = network else { return false };
        let (neurons, size) = (memory.len(), memory.len() as f64);
        let mut heard = Cache::default();
        network.prepare(memory, &mut heard);
        let share = |neuron: usize| (f64::from(memory[neuron]) / 2.0 - network.unit() * heard.values[neuron]) / size;
        let shares: Vec<f64> = (0..neurons).map(share).collect();
        let growth = 1.0 + 2.0 / size;
        let before = network.outgoing().iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let round = product::rounding(growth * f64::from(before) + 2.0 * greatest(&shares));
        for (sender, column) in network.outgoing_mut().chunks_exact_mut(neurons).enumerate() {
            let (bit, own) = (f64::from(memory[sender]), shares[sender]);
            for ((weight, &other), &share) in column.iter_mut().zip(memory).zip(&shares) {
                *weight = round(growth * f64::from(*weight) + (bit * share + own * f64::from(other))) as f32;
            }
            column[sender] = 0.0;
        }
        true
    }
}

/// Of a memory and its negative the one that begins with +1: it stands for both.
fn up_to_sign(memory: &[i8]) -> Vec<i8> {
    memory.iter().map(|bit| bit * memory[0]).collect()
}

/// The memories without those that equal an earlier one or its negative.
fn unrepeated(patterns: &Patterns) -> Result<Patterns, HopfieldError> {
    let mut seen = HashSet::new();
    let mut kept = Patterns::new(patterns.neurons())?;
    for memory in patterns.iter().filter(|memory| seen.insert(up_to_sign(memory))) {
        kept.push(memory)?;
    }
    Ok(kept)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn greatest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most: f64, value| most.max(value.abs()))
}
