//! The memories: P patterns of N bits ±1, and their overlaps m = (1/N) Σ_i ξ_i s_i.

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::{HopfieldError, MOST_NEURONS};

/// Patterns of one length, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patterns {
    neurons: usize,
    /// Row by row, one pattern a row.
    bits: Vec<i8>,
}

impl Patterns {
    /// No patterns yet, each to be of this many bits.
    ///
    /// # Errors
    /// If the number of neurons is out of range.
    pub fn new(neurons: usize) -> Result<Self, HopfieldError> {
        if (2..=MOST_NEURONS).contains(&neurons) {
            Ok(Self { neurons, bits: Vec::new() })
        } else {
            Err(HopfieldError::Neurons(neurons))
        }
    }

    /// Independent unbiased bits, as the theory of the capacity assumes.
    ///
    /// # Errors
    /// If the number of neurons is out of range.
    pub fn random(neurons: usize, count: usize, rng: &mut impl Rng) -> Result<Self, HopfieldError> {
        let mut patterns = Self::new(neurons)?;
        patterns.bits = random_bits(neurons * count, rng);
        Ok(patterns)
    }

    /// N, the bits of a pattern.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// P, how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits.len() / self.neurons
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// Returns the load α = P/N, the number of patterns per neuron.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.len() as f64 / self.neurons as f64
    }

    /// The pattern with this index.
    ///
    /// # Panics
    /// If there is no such pattern.
    #[must_use]
    pub fn get(&self, index: usize) -> &[i8] {
        &self.bits[index * self.neurons..][..self.neurons]
    }

    /// All of them, in order.
    #[must_use = "looking changes nothing"]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[i8]> + Clone {
        self.bits.chunks_exact(self.neurons)
    }

    /// All bits, pattern by pattern.
    #[must_use]
    pub fn bits(&self) -> &[i8] {
        &self.bits
    }

    /// Adds a pattern at the end.
    ///
    /// # Errors
    /// If its length differs, or a bit is neither +1 nor −1.
    pub fn push(&mut self, pattern: &[i8]) -> Result<(), HopfieldError> {
        validate(pattern, self.neurons)?;
        self.bits.extend_from_slice(pattern);
        Ok(())
    }

    /// Takes the pattern with this index out.
    ///
    /// # Panics
    /// If there is no such pattern.
    pub fn remove(&mut self, index: usize) -> Vec<i8> {
        self.bits.drain(index * self.neurons..(index + 1) * self.neurons).collect()
    }

    /// The bits of all patterns at one neuron add up to this, for each neuron: S_i = Σ_μ ξ_i.
    #[must_use]
    pub fn sums(&self) -> Vec<i32> {
        let mut sums = vec![0; self.neurons];
        for pattern in self.iter() {
            for (sum, &bit) in sums.iter_mut().zip(pattern) {
                *sum += i32::from(bit);
            }
        }
        sums
    }

    /// The overlap of every pattern with a state.
    #[must_use = "looking changes nothing"]
    pub fn overlaps(&self, state: &[i8]) -> impl ExactSizeIterator<Item = f64> {
        self.iter().map(move |pattern| overlap(pattern, state))
    }

    /// The pair of memories that are most alike, or most like each other's inverse, with their overlap.
    #[must_use]
    pub fn closest_pair(&self) -> Option<(usize, usize, f64)> {
        let pairs = (0..self.len()).flat_map(|a| (a + 1..self.len()).map(move |b| (a, b)));
        let pairs = pairs.map(|(a, b)| (a, b, overlap(self.get(a), self.get(b))));
        pairs.max_by(|x, y| x.2.abs().total_cmp(&y.2.abs()))
    }
}

/// Independent fair bits ±1.
#[must_use]
pub fn random_bits(count: usize, rng: &mut impl Rng) -> Vec<i8> {
    (0..count).map(|_| if rng.random::<bool>() { 1 } else { -1 }).collect()
}

/// Σ_i a_i b_i, from −N to N.
#[must_use]
pub fn dot(a: &[i8], b: &[i8]) -> i32 {
    debug_assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(&a, &b)| i32::from(a * b)).sum()
}

/// (1/N) Σ_i a_i b_i, from −1 to 1.
#[must_use]
pub fn overlap(a: &[i8], b: &[i8]) -> f64 {
    f64::from(dot(a, b)) / a.len() as f64
}

/// The pattern with a fraction of its bits turned, exactly round(noise · N) of them, picked without repetition.
///
/// With the same generator state, more noise turns the same bits and some more.
#[must_use]
pub fn with_noise(pattern: &[i8], noise: f64, rng: &mut impl Rng) -> Vec<i8> {
    let mut noisy = pattern.to_vec();
    let turned = (noise.clamp(0.0, 1.0) * pattern.len() as f64).round() as usize;
    let mut order: Vec<u32> = (0..pattern.len() as u32).collect();
    for place in 0..turned {
        order.swap(place, rng.random_range(place..pattern.len()));
        noisy[order[place] as usize] *= -1;
    }
    noisy
}

/// Checks a state or pattern.
///
/// # Errors
/// If its length differs, or a bit is neither +1 nor −1.
pub fn validate(pattern: &[i8], neurons: usize) -> Result<(), HopfieldError> {
    if pattern.len() != neurons {
        return Err(HopfieldError::Length { found: pattern.len(), expected: neurons });
    }
    match pattern.iter().position(|&bit| bit != 1 && bit != -1) {
        Some(position) => Err(HopfieldError::Bit { position, value: pattern[position] }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;

    #[test]
    fn more_noise_of_the_same_seed_turns_the_same_bits_and_some_more() {
        let pattern = vec![1; 100];
        let noisy = |noise| with_noise(&pattern, noise, &mut Xoshiro256PlusPlus::seed_from_u64(3));
        let (little, much) = (noisy(0.1), noisy(0.4));
        assert_eq!(little.iter().filter(|&&bit| bit < 0).count(), 10);
        assert_eq!(much.iter().filter(|&&bit| bit < 0).count(), 40);
        assert!(little.iter().zip(&much).all(|(&little, &much)| little > 0 || much < 0));
    }

    #[test]
    fn a_wrong_pattern_says_what_is_wrong() {
        let mut patterns = Patterns::new(3).expect("in range");
        assert_eq!(patterns.push(&[1, 1]), Err(HopfieldError::Length { found: 2, expected: 3 }));
        assert_eq!(patterns.push(&[1, 0, 1]), Err(HopfieldError::Bit { position: 1, value: 0 }));
        assert_eq!(Patterns::new(5000), Err(HopfieldError::Neurons(5000)));
        assert!(patterns.is_empty());
    }
}
