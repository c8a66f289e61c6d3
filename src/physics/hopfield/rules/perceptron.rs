//! Each neuron a perceptron with a margin: the minover algorithm of Krauth and Mézard (1987).
//!
//! A neuron i learns again and again the memory that it holds worst, until every one is held with
//! ξ_μi Σ_j w_ij ξ_μj ≥ κ |w_i|. This approaches Gardner's bound (1988), α = 2 for κ → 0, which no symmetric rule reaches; the
//! weights are not symmetric, so there is no energy. How often each memory was learned are integers, and so is all else.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{
    super::{HopfieldError, Network, Patterns, quadratic::Quadratic},
    Learned, LearningNotice, LearningRule, Watch,
    learning::not_empty,
    product::{self, Shape},
};

/// The perceptron rule with a margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Perceptron {
    /// κ, in units of a neuron's weights |w_i|; at α = 0.5 about 1 can be reached, at α = 2 only 0.
    pub margin: f64,
    /// Each neuron learns at most so many times the number of memories.
    pub sweeps: usize,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self { margin: 0.5, sweeps: 100 }
    }
}

/// What one neuron learned: how often each memory, and whether all are held with the margin.
struct Neuron {
    times: Vec<i32>,
    held: bool,
}

impl LearningRule for Perceptron {
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError> {
        not_empty(patterns)?;
        let (neurons, memories) = (patterns.neurons(), patterns.len());
        self.validate()?;
        let Some(overlaps) = overlaps(patterns, watch) else { return Ok(None) };
        let done = AtomicUsize::new(0);
        let learn = |neuron: usize| {
            let finished = done.load(Ordering::Relaxed) as f64 / neurons as f64;
            let learned = self.one_neuron(neuron, patterns, &overlaps, || watch(finished));
            done.fetch_add(1, Ordering::Relaxed);
            learned
        };
        let Some(learned) = (0..neurons).into_par_iter().map(learn).collect::<Option<Vec<Neuron>>>() else {
            return Ok(None);
        };
        // w_ij = Σ_μ times_μi ξ_μi ξ_μj; the unit makes a memory learned an average number of times weigh as with Hebb.
        let mut taught: Vec<f32> = vec![0.0; memories * neurons];
        for (memory, row) in taught.chunks_exact_mut(neurons).enumerate() {
            for ((taught, neuron), &bit) in row.iter_mut().zip(&learned).zip(patterns.get(memory)) {
                *taught = (neuron.times[memory] * i32::from(bit)) as f32;
            }
        }
        let bits = product::bits(patterns);
        let Some(weights) = product::of_integers(&bits, &taught, neurons, Shape::Full, &|_| watch(1.0)) else {
            return Ok(None);
        };
        let times: f64 = learned.iter().flat_map(|neuron| &neuron.times).map(|&times| f64::from(times)).sum();
        let unit = memories as f64 / times;
        let network = Network::Quadratic(Quadratic::from_outgoing(neurons, weights, unit, false));
        let unfinished = learned.iter().filter(|neuron| !neuron.held).count();
        let notice = (unfinished > 0).then_some(LearningNotice::Unfinished { neurons: unfinished });
        Ok(Some(Learned { network, notice }))
    }
}

/// ξ_μ · ξ_ν for all pairs, row by row.
fn overlaps(patterns: &Patterns, watch: Watch<'_>) -> Option<Vec<i32>> {
    let memories = patterns.len();
    let by_neuron: Vec<f32> =
        (0..patterns.neurons()).flat_map(|neuron| patterns.iter().map(move |bits| f32::from(bits[neuron]))).collect();
    let sums = product::of_integers(&by_neuron, &by_neuron, memories, Shape::Symmetric, &|_| watch(0.0))?;
    Some(sums.into_iter().map(|sum| sum as i32).collect())
}

impl Perceptron {
    fn validate(&self) -> Result<(), HopfieldError> {
        if !(self.margin >= 0.0 && self.margin.is_finite()) {
            return Err(HopfieldError::Parameter { name: "margin", value: self.margin, allowed: "0 or more" });
        }
        if self.sweeps == 0 {
            return Err(HopfieldError::Parameter { name: "sweeps", value: 0.0, allowed: "1 or more" });
        }
        Ok(())
    }

    /// Learns until every memory is held, or up to the limit; `None` if `go_on` says so.
    fn one_neuron(
        &self,
        neuron: usize,
        patterns: &Patterns,
        overlaps: &[i32],
        go_on: impl Fn() -> bool,
    ) -> Option<Neuron> {
        let memories = patterns.len();
        let bits: Vec<i32> = patterns.iter().map(|pattern| i32::from(pattern[neuron])).collect();
        let mut times = vec![0_i32; memories];
        // ξ_μi Σ_{j≠i} w_ij ξ_μj, in units where learning once adds ξ_i ξ_j.
        let mut held_by = vec![0_i32; memories];
        let mut squared_length = 0_i64;
        // Fields stay within 31 bits and counts within 24, so that all of this is exact.
        let most_steps = (self.sweeps * memories).min(i32::MAX as usize / patterns.neurons()).min(1 << 24);
        for step in 0..=most_steps {
            if step % 4096 == 0 && !go_on() {
                return None;
            }
            // The first of the worst, so that ties do not depend on anything.
            let (mut worst, mut least) = (0, i32::MAX);
            for (memory, &held) in held_by.iter().enumerate() {
                if held < least {
                    (worst, least) = (memory, held);
                }
            }
            if step > 0 && f64::from(least) > 0.0 && f64::from(least) >= self.margin * (squared_length as f64).sqrt() {
                return Some(Neuron { times, held: true });
            }
            if step == most_steps {
                break;
            }
            let row = &overlaps[worst * memories..][..memories];
            // |w + ξ|² = |w|² + 2 w·ξ + |ξ|², without the neuron itself.
            squared_length += 2 * i64::from(least) + i64::from(row[worst] - 1);
            times[worst] += 1;
            let bit = bits[worst];
            for ((held, &overlap), &other) in held_by.iter_mut().zip(row).zip(&bits) {
                *held += bit * other * overlap - 1;
            }
        }
        Some(Neuron { times, held: false })
    }
}
