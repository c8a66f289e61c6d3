//! Normally distributed numbers from uniform ones.

/// Returns a number of the normal distribution with mean 0 and variance 1, made of two independent ones that are uniform
/// in [0, 1): √(−2 ln(1 − u)) cos 2πv (Box and Muller, Ann. Math. Statist. 29, 610, 1958, DOI 10.1214/aoms/1177706645).
///
/// It depends on nothing but the two, and logarithm and cosine are those of `libm`: the bits are the same on every machine.
/// With u a multiple of 2⁻⁵³ no number is beyond 8.6.
#[inline]
#[must_use]
pub fn normal(first: f64, second: f64) -> f64 {
    // 1 − u is never 0.
    (-2.0 * libm::log(1.0 - first)).sqrt() * libm::cos(std::f64::consts::TAU * second)
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::normal;

    #[test]
    fn a_grid_of_uniform_numbers_becomes_the_normal_distribution() {
        const SIDE: usize = 1000;
        let at = |index: usize| (index as f64 + 0.5) / SIDE as f64;
        let mut all: Vec<f64> = (0..SIDE * SIDE).map(|index| normal(at(index / SIDE), at(index % SIDE))).collect();
        all.sort_by(f64::total_cmp);
        let exact = Normal::standard();
        // The grid's own error is of the order of one line of it.
        for part in [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999] {
            let value = all[(part * all.len() as f64) as usize];
            assert!((exact.cdf(value) - part).abs() < 2.0 / SIDE as f64, "{part}: {value}");
        }
    }
}
