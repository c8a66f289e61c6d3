//! Density and score of smoothed points on a grid, from products of one-dimensional bells.
//!
//! Each point's normal distribution is a product of one along x and one along y, so that a grid of n × n places costs 2n
//! exponentials a point in place of n².

use super::diffusion::Smoothed;

/// The coordinate of a place along a side that goes from −`reach` to `reach`, at the middle of its cell.
#[must_use]
pub fn coordinate(place: usize, side: usize, reach: f64) -> f64 {
    reach * ((2 * place + 1) as f64 / side as f64 - 1.0)
}

/// Σ w, Σ w a and Σ w b at each place, row by row from the lowest y on, with w the weight of the point (a, b) there.
fn sums(smoothed: &Smoothed, time: f64, side: usize, reach: f64) -> Vec<[f64; 3]> {
    let (shrunk, variance) = (libm::exp(-time), smoothed.variance(time));
    let bells = |axis: usize| -> Vec<f64> {
        let point = |point: &[f64; 2]| {
            let centre = shrunk * point[axis];
            (0..side).map(move |place| {
                let distance = coordinate(place, side, reach) - centre;
                libm::exp(-distance * distance / (2.0 * variance))
            })
        };
        smoothed.points().iter().flat_map(point).collect()
    };
    let [along_x, along_y] = [0, 1].map(bells);
    let mut sums = vec![[0.0; 3]; side * side];
    for (index, &[a, b]) in smoothed.points().iter().enumerate() {
        let (x, y) = (&along_x[index * side..][..side], &along_y[index * side..][..side]);
        for (row, &of_row) in sums.chunks_exact_mut(side).zip(y) {
            if of_row < f64::MIN_POSITIVE {
                continue;
            }
            for (sum, &of_column) in row.iter_mut().zip(x) {
                let weight = of_row * of_column;
                *sum = [sum[0] + weight, sum[1] + weight * a, sum[2] + weight * b];
            }
        }
    }
    sums
}

/// The density of smoothed points at a time on a square grid about the origin, as a share of its largest value there; row by
/// row from the lowest y on.
#[must_use]
pub fn density(smoothed: &Smoothed, time: f64, side: usize, reach: f64) -> Vec<f32> {
    let sums = sums(smoothed, time, side, reach);
    let most = sums.iter().fold(f64::MIN_POSITIVE, |most, sum| most.max(sum[0]));
    sums.iter().map(|sum| (sum[0] / most) as f32).collect()
}

/// ∇ ln p of smoothed points at a time on such a grid.
#[must_use]
pub fn score(smoothed: &Smoothed, time: f64, side: usize, reach: f64) -> Vec<[f32; 2]> {
    let (shrunk, variance) = (libm::exp(-time), smoothed.variance(time));
    let score = |(place, [sum, a, b]): (usize, [f64; 3])| {
        let at = [coordinate(place % side, side, reach), coordinate(place / side, side, reach)];
        // Far from all points every weight may be too small for a number.
        if sum < 1e-250 {
            return smoothed.score(at, time).map(|part| part as f32);
        }
        [(shrunk * a / sum - at[0]) / variance, (shrunk * b / sum - at[1]) / variance].map(|part| part as f32)
    };
    sums(smoothed, time, side, reach).into_iter().enumerate().map(score).collect()
}
