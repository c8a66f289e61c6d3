//! Where a run has forgotten its beginning.
//!
//! White's marginal standard error rule (1997): the beginning is cut where the naive error of the mean of the rest is
//! smallest. Cutting more of a settled run only costs data; cutting less of an unsettled one costs scatter.

/// The first entry to keep; none if the best cut lies in the second half, so that the run still leaves its beginning, or if
/// there are fewer than eight entries.
#[must_use]
pub fn settled_from(series: &[f64]) -> Option<usize> {
    const LEAST: usize = 8;
    let count = series.len();
    if count < LEAST {
        return None;
    }
    // From the end, by Welford's recurrence: mean and sum of squares of the entries from `start` on.
    let (mut mean, mut squares) = (0.0, 0.0);
    let mut best = (f64::INFINITY, count);
    for start in (0..count).rev() {
        let kept = (count - start) as f64;
        let deviation = series[start] - mean;
        mean += deviation / kept;
        squares += deviation * (series[start] - mean);
        let score = squares / (kept * kept);
        // A handful at the very end may agree by chance; of equal cuts the earlier keeps more.
        if count - start >= LEAST / 2 && 4 * start <= 3 * count && score <= best.0 {
            best = (score, start);
        }
    }
    (2 * best.1 <= count).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;

    #[test]
    fn a_decaying_beginning_is_cut_and_little_else() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        let mut noise = || rng.random::<f64>() - 0.5;
        let series: Vec<f64> = (0..1000).map(|t| 5.0 * (-f64::from(t) / 40.0).exp() + noise()).collect();
        let cut = settled_from(&series).expect("it settles after some 150 steps");
        // Where the rest of the decay, 5 e^{−t/40}, is about a tenth of the noise.
        assert!((90..350).contains(&cut), "{cut}");
    }

    #[test]
    fn a_drift_never_settles_and_a_level_series_is_kept() {
        let drift: Vec<f64> = (0..500).map(f64::from).collect();
        assert_eq!(settled_from(&drift), None);
        assert_eq!(settled_from(&[1.0; 50]), Some(0));
    }
}
