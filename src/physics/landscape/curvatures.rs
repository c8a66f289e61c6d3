//! Why high level points are saddles: the chance that all curvatures of a random surface are upwards.
//!
//! Second derivatives at random are a symmetric matrix of the Gaussian orthogonal ensemble: normal numbers of variance 1 beside
//! the diagonal and 2 on it. That all its eigenvalues are positive becomes unlikely as e^{−0.27 N²} (Dean and Majumdar, Phys.
//! Rev. Lett. 97, 160201, 2006), so that of the level points of a high landscape hardly any is a minimum.

use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::physics::statistics::normal;

/// The exact chance for one, two and three dimensions: ½, (2 − √2)/4 and (π − 2√2)/4π.
#[must_use]
pub fn exact_chance(dimensions: usize) -> Option<f64> {
    let (root, pi) = (std::f64::consts::SQRT_2, std::f64::consts::PI);
    match dimensions {
        1 => Some(0.5),
        2 => Some((2.0 - root) / 4.0),
        3 => Some((pi - 2.0 * root) / (4.0 * pi)),
        _ => None,
    }
}

/// Draws a matrix, and says whether all its eigenvalues are positive.
#[must_use]
pub fn roll(dimensions: usize, rng: &mut impl Rng) -> bool {
    let mut matrix = vec![0.0; dimensions * dimensions];
    for row in 0..dimensions {
        for column in 0..=row {
            let value = normal(rng.random(), rng.random());
            matrix[row * dimensions + column] = if row == column { std::f64::consts::SQRT_2 * value } else { value };
        }
    }
    // By Cholesky's steps: it is positive definite where every pivot is.
    for pivot in 0..dimensions {
        let diagonal = matrix[pivot * dimensions + pivot];
        if diagonal <= 0.0 {
            return false;
        }
        for row in pivot + 1..dimensions {
            let factor = matrix[row * dimensions + pivot] / diagonal;
            for column in pivot + 1..=row {
                matrix[row * dimensions + column] -= factor * matrix[column * dimensions + pivot];
            }
        }
    }
    true
}

/// How many of so many matrices drawn with this seed have only positive eigenvalues.
#[must_use]
pub fn count(dimensions: usize, matrices: u32, seed: u64) -> u32 {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..matrices).map(|_| u32::from(roll(dimensions, &mut rng))).sum()
}
