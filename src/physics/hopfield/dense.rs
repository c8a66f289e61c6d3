//! Dense associative memories: energies steeper than a square over the overlaps x_μ = Σ_i ξ_μi s_i.
//!
//! Polynomial, E = −N Σ_μ F(x_μ/N) with F(x) = xⁿ for x > 0 and 0 below (Krotov and Hopfield 2016): about N^(n−1) memories
//! fit. Exponential, E = −ln Σ_μ exp x_μ (Demircigil and others 2017; the logarithm, from Ramsauer and others 2020, keeps
//! the order of energies and the dynamics at T = 0, and e⁴⁰⁹⁶ out of the computer): exponentially many. Asking or turning
//! a neuron costs O(P).

use serde::{Deserialize, Serialize};

pub use super::HIGHEST_POWER;
use super::{
    HopfieldError, Patterns,
    energy::{Cache, Energy},
};

/// How steep the energy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Steepness {
    /// F(x) = xⁿ, rectified; n from 2 to 30.
    Polynomial(u32),
    /// E = −ln Σ exp x.
    Exponential,
}

/// A network that keeps its memories as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dense {
    neurons: usize,
    memories: usize,
    /// Bit of memory μ at neuron i in `bits[i P + μ]`: asking a neuron reads one stretch.
    bits: Vec<i8>,
    steepness: Steepness,
    /// Polynomial: N F(x/N) for x = −N … N. Exponential: e^(−k) for k = 0, 1, …
    table: Vec<f64>,
}

/// A field this small beside its terms is zero, rounded: the neuron is kept.
const ROUNDING: f64 = 1e-12;
/// e^(−k) is 0 in f64 from here on.
const SMALLEST_EXPONENT: usize = 746;

impl Dense {
    /// A network with these memories.
    ///
    /// # Errors
    /// If there are no memories, or the power is out of range.
    pub fn new(patterns: &Patterns, steepness: Steepness) -> Result<Self, HopfieldError> {
        if patterns.is_empty() {
            return Err(HopfieldError::NoPatterns);
        }
        let (neurons, memories) = (patterns.neurons(), patterns.len());
        let table = match steepness {
            Steepness::Polynomial(power) if !(2..=HIGHEST_POWER).contains(&power) => {
                return Err(HopfieldError::Power(power));
            }
            Steepness::Polynomial(power) => {
                let size = neurons as f64;
                // Repeated products: `powf` differs from machine to machine.
                let steep = |x: f64| size * (0..power).fold(1.0, |product, _| product * (x / size));
                (0..=2 * neurons).map(|index| steep((index as f64 - size).max(0.0))).collect()
            }
            Steepness::Exponential => (0..SMALLEST_EXPONENT).map(|k| libm::exp(-(k as f64))).collect(),
        };
        let bits = (0..neurons).flat_map(|neuron| patterns.iter().map(move |pattern| pattern[neuron])).collect();
        Ok(Self { neurons, memories, bits, steepness, table })
    }

    /// How steep the energy is.
    #[must_use]
    pub fn steepness(&self) -> Steepness {
        self.steepness
    }

    /// Returns P, the number of memories.
    #[must_use]
    pub fn memories(&self) -> usize {
        self.memories
    }

    /// How strongly each memory pulls at a state with these overlaps m_μ = x_μ/N: F′(x_μ) or e^(x_μ), scaled to add up to
    /// one; all zero where nothing pulls.
    #[must_use]
    pub fn pulls(&self, overlaps: &[f64]) -> Vec<f64> {
        let size = self.neurons as f64;
        let greatest = overlaps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let pull = |overlap: f64| match self.steepness {
            Steepness::Polynomial(power) => (1..power).fold(1.0, |product, _| product * overlap.max(0.0)),
            Steepness::Exponential => libm::exp(size * (overlap - greatest)),
        };
        let total: f64 = overlaps.iter().map(|&overlap| pull(overlap)).sum();
        overlaps.iter().map(|&overlap| if total > 0.0 { pull(overlap) / total } else { 0.0 }).collect()
    }

    fn bits_at(&self, neuron: usize) -> &[i8] {
        &self.bits[neuron * self.memories..][..self.memories]
    }

    fn exponential_of_minus(&self, distance: f64) -> f64 {
        self.table.get(distance as usize).copied().unwrap_or(0.0)
    }

    /// Works out what follows from the overlaps.
    fn follow(&self, cache: &mut Cache) {
        match self.steepness {
            Steepness::Polynomial(_) => {
                let at = |&overlap: &f64| self.table[(overlap + self.neurons as f64) as usize];
                cache.energy = -cache.values.iter().map(at).sum::<f64>();
            }
            Steepness::Exponential => {
                let greatest = cache.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                cache.weights.clear();
                cache.weights.extend(cache.values.iter().map(|overlap| self.exponential_of_minus(greatest - overlap)));
                cache.energy = -(greatest + libm::log(cache.weights.iter().sum()));
            }
        }
    }
}

impl Energy for Dense {
    fn neurons(&self) -> usize {
        self.neurons
    }

    fn prepare(&self, state: &[i8], cache: &mut Cache) {
        cache.values.clear();
        cache.values.resize(self.memories, 0.0);
        for (neuron, &spin) in state.iter().enumerate() {
            for (overlap, &bit) in cache.values.iter_mut().zip(self.bits_at(neuron)) {
                *overlap += f64::from(bit * spin);
            }
        }
        self.follow(cache);
    }

    fn local_field(&self, neuron: usize, state: &[i8], cache: &Cache) -> f64 {
        let (spin, bits) = (state[neuron], self.bits_at(neuron));
        match self.steepness {
            Steepness::Polynomial(_) => {
                // ½ [F(x⁺) − F(x⁻)], where x± has the neuron at ±1.
                let (mut field, mut size) = (0.0, 0.0);
                for (&bit, &overlap) in bits.iter().zip(&cache.values) {
                    let others = overlap as isize - isize::from(bit * spin) + self.neurons as isize;
                    let steeper = 0.5 * (self.table[(others + 1) as usize] - self.table[(others - 1) as usize]);
                    field += f64::from(bit) * steeper;
                    size += steeper;
                }
                if field.abs() <= ROUNDING * size { 0.0 } else { field }
            }
            Steepness::Exponential => {
                // Turning the neuron multiplies the weight of a memory by e^(−2) where they agree, by e^2 where not.
                let (mut agree, mut differ) = (0.0, 0.0);
                for (&bit, &weight) in bits.iter().zip(&cache.weights) {
                    *if bit == spin { &mut agree } else { &mut differ } += weight;
                }
                let (here, turned) = (agree + differ, agree * self.table[2] + differ / self.table[2]);
                if (here - turned).abs() <= ROUNDING * here {
                    return 0.0;
                }
                0.5 * f64::from(spin) * libm::log(here / turned)
            }
        }
    }

    fn turn(&self, neuron: usize, state: &mut [i8], cache: &mut Cache) {
        state[neuron] = -state[neuron];
        let after = state[neuron];
        for (overlap, &bit) in cache.values.iter_mut().zip(self.bits_at(neuron)) {
            *overlap += f64::from(2 * bit * after);
        }
        self.follow(cache);
    }

    fn energy(&self, cache: &Cache) -> Option<f64> {
        Some(cache.energy)
    }
}
