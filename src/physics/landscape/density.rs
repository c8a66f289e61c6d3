//! Density and score of smoothed points on a grid, from products of one-dimensional bells.
//!
//! Each point's normal distribution is a product of one along x and one along y, so that a grid of n × n places costs 2n
//! exponentials a point in place of n².

use super::diffusion::Smoothed;

/// Density and score at one time on a square grid about the origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Places along each side.
    pub side: usize,
    /// The density at each place, as a share of its largest value on the grid; row by row from the lowest y on.
    pub density: Vec<f32>,
    /// ∇ ln p at each place.
    pub score: Vec<[f32; 2]>,
}

/// The coordinate of a place along a side that goes from −`reach` to `reach`, at the middle of its cell.
#[must_use]
pub fn coordinate(place: usize, side: usize, reach: f64) -> f64 {
    reach * ((2 * place + 1) as f64 / side as f64 - 1.0)
}

impl Grid {
    /// Density and score of the points at a time.
    #[must_use]
    pub fn new(smoothed: &Smoothed, time: f64, side: usize, reach: f64) -> Self {
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
        // Σ w, Σ w a, Σ w b at each place, with w the weight of the point (a, b) there.
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
        let most = sums.iter().fold(f64::MIN_POSITIVE, |most, sum| most.max(sum[0]));
        let density = sums.iter().map(|sum| (sum[0] / most) as f32).collect();
        let score = |(place, &[sum, a, b]): (usize, &[f64; 3])| {
            let at = [coordinate(place % side, side, reach), coordinate(place / side, side, reach)];
            // Far from all points every weight may be too small for a number.
            if sum < 1e-250 {
                return smoothed.score(at, time).map(|part| part as f32);
            }
            [(shrunk * a / sum - at[0]) / variance, (shrunk * b / sum - at[1]) / variance].map(|part| part as f32)
        };
        let score = sums.iter().enumerate().map(score).collect();
        Self { side, density, score }
    }
}
