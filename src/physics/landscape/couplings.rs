//! Systems of a few spins that all may be coupled with each other: E = −Σ_{i<j} J_ij s_i s_j with s = ±1.
//!
//! Couplings are whole multiples of a small unit, so that every sum of them is exact: then E(s) = E(−s) to the last bit, and
//! nothing depends on the order of sums.

use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use crate::physics::statistics::normal::normal;

/// Most spins: all of their 2^N states are visited.
pub const MOST_SPINS: usize = 22;
/// Binary digits of a coupling: the unit is so many halvings of the largest power of two that is not above max |J|.
const DIGITS: i32 = 20;

/// What does not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LandscapeError {
    /// The number of spins is out of range.
    #[error("{spins} spins are not allowed: give {least} to {MOST_SPINS}")]
    Spins {
        /// What was asked for.
        spins: usize,
        /// The smallest number that such a system can have.
        least: usize,
    },
    /// The number of memories is out of range.
    #[error("{0} patterns are not allowed: give 1 to 1000")]
    Patterns(usize),
    /// A coupling that is no number.
    #[error("the coupling of spins {i} and {j} is {value}: give a finite number")]
    Coupling {
        /// One spin of the pair, counted from 0.
        i: usize,
        /// The other spin of the pair, counted from 0.
        j: usize,
        /// The coupling J_ij that was given for them.
        value: f64,
    },
    /// No coupling is different from 0.
    #[error("all couplings are 0: give at least one that is not")]
    Nothing,
}

/// Systems that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum System {
    /// Sherrington and Kirkpatrick 1975: all pairs, J normal with variance 1/N.
    SherringtonKirkpatrick,
    /// A square torus of 4 × `rows` spins with normal bonds of variance 1 (Edwards and Anderson 1975).
    Gaussian {
        /// Rows, 4 or 5.
        rows: usize,
    },
    /// Such a torus with bonds of +1 or −1.
    PlusMinus {
        /// Rows, 4 or 5.
        rows: usize,
    },
    /// A ring of equal bonds, J = 1.
    Ring,
    /// A square torus of 4 × `rows` spins with J = 1.
    Torus {
        /// Rows, 4 or 5.
        rows: usize,
    },
    /// A Hopfield network with Hebb's rule, J_ij = Σ_μ ξ_i ξ_j / N, of random patterns (Hopfield 1982).
    Hopfield {
        /// The number of random patterns that it learns, P.
        patterns: usize,
    },
}

/// Columns of a torus.
const COLUMNS: usize = 4;

impl System {
    /// The number of spins that it has whatever is asked for.
    #[must_use]
    pub fn own_spins(self) -> Option<usize> {
        match self {
            Self::Gaussian { rows } | Self::PlusMinus { rows } | Self::Torus { rows } => Some(COLUMNS * rows),
            Self::SherringtonKirkpatrick | Self::Ring | Self::Hopfield { .. } => None,
        }
    }
}

/// Couplings of a system, symmetric, as whole multiples of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Couplings {
    spins: usize,
    /// J_ij / unit: [spins × spins], row by row; 0 on the diagonal.
    values: Vec<i32>,
    unit: f64,
}

impl Couplings {
    /// Couplings from numbers: J_ij for each pair given, 0 for the others. Each is rounded to 2⁻²⁰ of the largest power of
    /// two that is not above max |J|.
    ///
    /// # Errors
    /// If the number of spins is out of range, a coupling is not finite, or all are 0.
    pub fn new(spins: usize, pairs: impl IntoIterator<Item = (usize, usize, f64)>) -> Result<Self, LandscapeError> {
        if !(2..=MOST_SPINS).contains(&spins) {
            return Err(LandscapeError::Spins { spins, least: 2 });
        }
        let pairs: Vec<_> = pairs.into_iter().collect();
        if let Some(&(i, j, value)) = pairs.iter().find(|(.., value)| !value.is_finite()) {
            return Err(LandscapeError::Coupling { i, j, value });
        }
        let largest = pairs.iter().fold(0.0_f64, |most, (.., value)| most.max(value.abs()));
        if largest < f64::MIN_POSITIVE {
            return Err(LandscapeError::Nothing);
        }
        let unit = libm::scalbn(1.0, libm::ilogb(largest) - DIGITS);
        let mut values = vec![0; spins * spins];
        for (i, j, value) in pairs {
            // Below 2²¹ in size.
            let value = (value / unit).round() as i32;
            values[i * spins + j] = value;
            values[j * spins + i] = value;
        }
        Ok(Self { spins, values, unit })
    }

    /// A system with random numbers from a seed; of a torus the number of spins is its own.
    ///
    /// # Errors
    /// If the number of spins or of patterns is out of range.
    pub fn of(system: System, spins: usize, seed: u64) -> Result<Self, LandscapeError> {
        let spins = system.own_spins().unwrap_or(spins);
        // The neighbours of two spins on a ring are one.
        let least = if system == System::Ring { 3 } else { 2 };
        if !(least..=MOST_SPINS).contains(&spins) {
            return Err(LandscapeError::Spins { spins, least });
        }
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut gauss = || normal(rng.random(), rng.random());
        let torus = |rows: usize| {
            let place = move |x: usize, y: usize| y % rows * COLUMNS + x % COLUMNS;
            (0..rows).flat_map(move |y| {
                (0..COLUMNS).flat_map(move |x| [(place(x, y), place(x + 1, y)), (place(x, y), place(x, y + 1))])
            })
        };
        match system {
            System::SherringtonKirkpatrick => {
                let width = 1.0 / (spins as f64).sqrt();
                let pairs: Vec<_> = pairs(spins).map(|(i, j)| (i, j, width * gauss())).collect();
                Self::new(spins, pairs)
            }
            System::Gaussian { rows } => {
                let pairs: Vec<_> = torus(rows).map(|(i, j)| (i, j, gauss())).collect();
                Self::new(spins, pairs)
            }
            System::PlusMinus { rows } => {
                let mut sign = || if rng.next_u64() >> 63 == 1 { 1.0 } else { -1.0 };
                let pairs: Vec<_> = torus(rows).map(|(i, j)| (i, j, sign())).collect();
                Self::new(spins, pairs)
            }
            System::Ring => Self::new(spins, (0..spins).map(|i| (i, (i + 1) % spins, 1.0))),
            System::Torus { rows } => Self::new(spins, torus(rows).map(|(i, j)| (i, j, 1.0))),
            System::Hopfield { patterns } => {
                if !(1..=1000).contains(&patterns) {
                    return Err(LandscapeError::Patterns(patterns));
                }
                Self::hopfield(spins, &Self::random_patterns(spins, patterns, seed))
            }
        }
    }

    /// The random patterns that a network of [`System::Hopfield`] learns: bit i of a pattern is its neuron i, 1 for up.
    #[must_use]
    pub fn random_patterns(spins: usize, patterns: usize, seed: u64) -> Vec<u32> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        (0..patterns).map(|_| (rng.next_u64() >> (64 - spins)) as u32).collect()
    }

    /// A Hopfield network with Hebb's rule: bit i of a pattern is its neuron i, 1 for up.
    ///
    /// # Errors
    /// If the number of spins is out of range, or the patterns leave all couplings 0.
    pub fn hopfield(spins: usize, patterns: &[u32]) -> Result<Self, LandscapeError> {
        let alike = |pattern: u32, i: usize, j: usize| if (pattern >> i ^ pattern >> j) & 1 == 0 { 1 } else { -1 };
        let sum = |i: usize, j: usize| patterns.iter().map(|&pattern| alike(pattern, i, j)).sum::<i32>();
        Self::new(spins, pairs(spins).map(|(i, j)| (i, j, f64::from(sum(i, j)) / spins as f64)))
    }

    /// The number of spins N.
    #[must_use]
    pub fn spins(&self) -> usize {
        self.spins
    }

    /// The unit of all couplings and energies.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// The coupling J_ij in units, a whole number.
    #[must_use]
    pub fn units(&self, i: usize, j: usize) -> i32 {
        self.values[i * self.spins + j]
    }

    /// The coupling J_ij in the unit of the numbers that were given.
    #[must_use]
    pub fn coupling(&self, i: usize, j: usize) -> f64 {
        self.unit * f64::from(self.units(i, j))
    }

    /// All pairs i < j that are coupled, with J_ij.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        pairs(self.spins).map(|(i, j)| (i, j, self.coupling(i, j))).filter(|(.., value)| *value != 0.0)
    }

    /// E of a state in units: bit i is spin i, 1 for up. At most 2²¹ for each of 231 pairs, so that it fits.
    #[must_use]
    pub fn energy_units(&self, state: u32) -> i32 {
        let term = |(i, j)| if (state >> i ^ state >> j) & 1 == 0 { -self.units(i, j) } else { self.units(i, j) };
        pairs(self.spins).map(term).sum()
    }

    /// E of a state.
    #[must_use]
    pub fn energy(&self, state: u32) -> f64 {
        self.unit * f64::from(self.energy_units(state))
    }
}

/// All pairs i < j.
fn pairs(spins: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..spins).flat_map(move |i| (i + 1..spins).map(move |j| (i, j)))
}
