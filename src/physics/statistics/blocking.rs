//! How long a bin must be: blocks are joined in pairs until the error of the mean no longer rises.
//!
//! Flyvbjerg and Petersen (1989) double the blocks; Lee, Conduit, Nemec, López Ríos and Drummond (2011) say where to stop:
//! at the first length B with B³ > 2n (σ_B/σ_1)⁴, where σ_B is the error of the mean over n steps from blocks of B steps,
//! and σ_1 that from single steps. There the bias that is left and the scatter of the error are about equal. A series that
//! swings to and fro has σ_B < σ_1 and needs as long blocks as one with the inverse ratio.
//!
//! How well the error itself is known depends on the kurtosis of the bins: a run in which only a few events happened has a
//! large one, and one in which nothing happened says nothing at all.

use super::Estimate;

/// Excess kurtosis that bins of a mean may have, for each bin: as if at least 33 equal events had happened in the whole run.
const MOST_EXCESS: f64 = 0.03;
/// Values that differ by such a part of themselves differ by rounding only.
pub const ROUNDING: f64 = 1e-12;
/// Bins from which on the scatter of normal values is known to a quarter.
const LEAST_SCATTER: usize = 9;
/// Fewer bins say nothing about their own scatter.
const LEAST_BINS: usize = 8;
/// Bins that are left where nothing is won by longer ones.
const ENOUGH_BINS: usize = 32;

/// Where the error of a mean stops to rise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// Blocks of the series in one bin, a power of two.
    pub blocks_a_bin: usize,
    /// Whether the plateau was reached; where not, the series is too short and the error is too small.
    pub is_reached: bool,
    /// Bins that the error was told from.
    pub bins: usize,
    /// Whether the error itself can be told from these bins, see [`scatter_is_known`].
    pub is_known: bool,
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
        bins: count,
        is_known: false,
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
        plateau.bins = bins.len();
        plateau.is_known = scatter_is_known(&bins);
        let length = block_length as f64 * size as f64;
        let inflation = if naive > 0.0 { error * error / naive } else { 0.0 };
        let excess = if inflation > 0.0 { inflation.max(1.0 / inflation) } else { 0.0 };
        // Where the error falls with the length, too short bins are no danger: the error is rather too large.
        let is_enough = inflation < 1.0 && bins.len() < 2 * ENOUGH_BINS;
        if is_enough || length * length * length > 2.0 * steps * excess * excess {
            plateau.is_reached = bins.len() >= LEAST_BINS;
            // Of many runs those stop here that happen to see too small an error; the next length tells some of them.
            if let Some(longer) = paired(&bins).filter(|longer| longer.len() >= LEAST_BINS) {
                plateau.mean.error = error.max(Estimate::of_independent(&longer).error);
            }
            return plateau;
        }
        let Some(longer) = paired(&bins).filter(|longer| longer.len() >= LEAST_BINS) else { return plateau };
        bins = longer;
        size *= 2;
    }
}

/// Means of pairs; the odd one out is the oldest, where a run is least settled. None of fewer than two.
fn paired(bins: &[f64]) -> Option<Vec<f64>> {
    let odd = bins.len() % 2;
    (bins.len() > 1).then(|| bins[odd..].chunks_exact(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect())
}

/// The plateau of a series of single steps.
#[must_use]
pub fn plateau_of_series(values: &[f64]) -> Plateau {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    plateau(values, 1, variance)
}

/// Whether independent values are enough, and alike enough, to tell the error of their mean: not where a few of them are far
/// from all others, so that a few more or less would make another error, and not where no two differ.
#[must_use]
pub fn scatter_is_known(values: &[f64]) -> bool {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let moment = |power: i32| values.iter().map(|value| (value - mean).powi(power)).sum::<f64>() / count;
    let variance = moment(2);
    if values.len() < LEAST_SCATTER || variance <= ROUNDING * ROUNDING * mean * mean {
        return false;
    }
    let excess = moment(4) / (variance * variance) - 3.0;
    // The kurtosis of n normal values scatters by √(24/n).
    excess <= 3.0 * (24.0 / count).sqrt() + MOST_EXCESS * count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_series_has_no_error() {
        let plateau = plateau(&[3.0; 100], 1, 0.0);
        assert_eq!((plateau.mean.value, plateau.mean.error), (3.0, 0.0));
        assert!(!plateau.is_known);
        // Nor where rounding makes the sums differ.
        let series: Vec<f64> = (0..1000).map(|step| -1.35 + if step % 3 == 0 { 4e-16 } else { 0.0 }).collect();
        assert!(!super::plateau(&series, 1, 0.0).is_known);
    }

    #[test]
    fn a_few_events_say_little_about_the_error_and_many_say_much() {
        let with_events = |every: usize| -> Vec<f64> {
            (0..1024).map(|step| if step % every == every / 2 { 1.0 } else { 0.0 }).collect()
        };
        assert!(!scatter_is_known(&with_events(512)) && !scatter_is_known(&with_events(64)));
        assert!(scatter_is_known(&with_events(16)));
    }

    #[test]
    fn a_series_that_swings_to_and_fro_needs_long_blocks() {
        // x turns over with probability 0.9 at each step: 2τ = 0.1/0.9, so that the error is a third of that of steps.
        let mut state = 1_u64;
        let mut x = 1.0;
        let mut ratios = 0.0;
        for _ in 0..50 {
            let series: Vec<f64> = (0..20_000)
                .map(|_| {
                    // Knuth's congruential generator; its upper bits are good enough for a coin.
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    if (state >> 33) as f64 / f64::from(1_u32 << 31) < 0.9 {
                        x = -x;
                    }
                    x
                })
                .collect();
            ratios += plateau(&series, 1, 1.0).mean.error / f64::sqrt(0.1 / 0.9 / 20_000.0) / 50.0;
        }
        assert!((0.95..1.1).contains(&ratios), "{ratios} of the true error");
    }

    #[test]
    fn a_short_memory_series_is_said_to_be_too_short() {
        // Two states, one for each half: the error rises with every doubling.
        let series: Vec<f64> = (0..64).map(|step| if step < 32 { -1.0 } else { 1.0 }).collect();
        assert!(!plateau(&series, 1, 1.0).is_reached);
    }
}
