//! How long a bin must be: blocks are joined in pairs until the error of the mean no longer rises.
//!
//! Flyvbjerg and Petersen (1989) double the blocks; Lee, Conduit, Nemec, López Ríos and Drummond (2011) say where to stop:
//! at the first length B with B³ > 2n (σ_B/σ_1)⁴, where σ_B is the error of the mean over n steps from blocks of B steps,
//! and σ_1 that from single steps. There the bias that is left and the scatter of the error are about equal.

use super::Estimate;

/// Fewer bins say nothing about their own scatter.
const LEAST_BINS: usize = 8;

/// Where the error of a mean stops to rise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// Blocks of the series in one bin, a power of two.
    pub blocks_a_bin: usize,
    /// Whether the plateau was reached; where not, the series is too short and the error is too small.
    pub is_reached: bool,
    /// The mean, with its error from such bins.
    pub mean: Estimate,
}

/// Finds the plateau of a series of means over blocks of `block_length` steps. `step_variance` is the variance of single
/// steps. Of a series that is too short for two bins the error is infinite.
#[must_use]
pub fn plateau(series: &[f64], block_length: u64, step_variance: f64) -> Plateau {
    let count = series.len();
    let mean = series.iter().sum::<f64>() / count.max(1) as f64;
    let mut plateau = Plateau {
        blocks_a_bin: 1,
        is_reached: false,
        mean: Estimate { value: mean, error: if count > 1 { 0.0 } else { f64::INFINITY } },
    };
    if count < 2 {
        return plateau;
    }
    let steps = count as f64 * block_length as f64;
    let naive = step_variance / steps;
    let mut bins = series.to_vec();
    let mut size = 1;
    loop {
        let error = Estimate::of_independent(&bins).error;
        plateau.blocks_a_bin = size;
        // A shorter tail that is left out moves the mean of the bins, not that of the series.
        plateau.mean.error = error;
        let length = block_length as f64 * size as f64;
        let inflation = if naive > 0.0 { error * error / naive } else { 0.0 };
        if length * length * length > 2.0 * steps * inflation * inflation {
            plateau.is_reached = bins.len() >= LEAST_BINS;
            return plateau;
        }
        if bins.len() < 2 * LEAST_BINS {
            return plateau;
        }
        // The odd one out is the oldest, where a run is least settled.
        let odd = bins.len() % 2;
        bins = bins[odd..].chunks_exact(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
        size *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_series_has_no_error() {
        let plateau = plateau(&[3.0; 100], 1, 0.0);
        assert_eq!((plateau.mean.value, plateau.mean.error), (3.0, 0.0));
    }

    #[test]
    fn a_short_memory_series_is_said_to_be_too_short() {
        // Two states, one for each half: the error rises with every doubling.
        let series: Vec<f64> = (0..64).map(|step| if step < 32 { -1.0 } else { 1.0 }).collect();
        assert!(!plateau(&series, 1, 1.0).is_reached);
    }
}
