//! Errors by binning with jackknife.
//!
//! A correlated series is cut into bins much longer than its memory; bin means are then nearly independent. Leaving out
//! one bin at a time gives the error of any function of the means, and takes away its 1/n bias (Quenouille 1956).

/// A value with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// One standard deviation of the value.
    pub error: f64,
}

impl Estimate {
    /// The same value with its error where that can be trusted, and with an unknown one, infinite, where not.
    #[must_use]
    pub fn with_error_if(self, is_trusted: bool) -> Self {
        if is_trusted { self } else { Self { error: f64::INFINITY, ..self } }
    }

    /// Mean and standard error of independent values; with one value the error is unknown: infinite.
    #[must_use]
    pub fn of_independent(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        if values.len() < 2 {
            return Self { value: mean, error: f64::INFINITY };
        }
        let scatter: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        Self { value: mean, error: (scatter / (count - 1.0) / count).sqrt() }
    }
}

/// Means of `K` quantities in each of a number of bins of equal length.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins<const K: usize> {
    means: Vec<[f64; K]>,
}

impl<const K: usize> Bins<K> {
    /// Cuts the series into this many bins of equal length; the remainder, less than one step a bin, is left out at the
    /// beginning, where a run is least settled. With fewer steps than bins each step is a bin.
    #[must_use]
    pub fn new(steps: impl ExactSizeIterator<Item = [f64; K]>, bins: usize) -> Self {
        let bins = bins.clamp(1, steps.len().max(1));
        let length = (steps.len() / bins).max(1);
        let mut means = Vec::with_capacity(bins);
        let left_out = steps.len() - (bins * length).min(steps.len());
        let (mut sum, mut filled) = ([0.0; K], 0);
        for step in steps.skip(left_out) {
            for (sum, value) in sum.iter_mut().zip(step) {
                *sum += value;
            }
            filled += 1;
            if filled == length {
                means.push(sum.map(|sum| sum / length as f64));
                (sum, filled) = ([0.0; K], 0);
            }
        }
        Self { means }
    }

    /// Returns how many bins there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.means.len()
    }

    /// The jackknife estimate of a function of the means, with its bias taken away. With one bin the error is unknown:
    /// infinite.
    #[must_use]
    pub fn jackknife(&self, function: impl Fn([f64; K]) -> f64) -> Estimate {
        Estimate::of_independent(&self.pseudo_values(function))
    }

    /// What each bin adds to the jackknife estimate (Tukey 1958): n f(all) − (n − 1) f(all but one), nearly independent. Their
    /// mean is the estimate, and their scatter its error.
    #[must_use]
    pub fn pseudo_values(&self, function: impl Fn([f64; K]) -> f64) -> Vec<f64> {
        let count = self.means.len() as f64;
        let mut total = [0.0; K];
        for mean in &self.means {
            for (total, value) in total.iter_mut().zip(mean) {
                *total += value;
            }
        }
        let whole = function(total.map(|total| total / count));
        if self.means.len() < 2 {
            return vec![whole];
        }
        let without = |mean: &[f64; K]| {
            let mut rest = total;
            for (rest, value) in rest.iter_mut().zip(mean) {
                *rest = (*rest - value) / (count - 1.0);
            }
            function(rest)
        };
        self.means.iter().map(|mean| count * whole - (count - 1.0) * without(mean)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_is_its_textbook_value() {
        let values = [1.0, 4.0, 2.0, 5.0];
        let estimate = Bins::new(values.into_iter().map(|value| [value]), 4).jackknife(|[mean]| mean);
        // Sample variance 10/3, divided by 4.
        assert!((estimate.value - 3.0).abs() < 1e-12);
        assert!((estimate.error - (10.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_jackknife_takes_away_the_bias_of_a_variance() {
        let values = [1.0, 4.0, 2.0, 5.0];
        let bins = Bins::new(values.into_iter().map(|value| [value, value * value]), 4);
        let variance = bins.jackknife(|[mean, square]| square - mean * mean);
        assert!((variance.value - 10.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_remainder_is_left_out_at_the_beginning() {
        let bins = Bins::new((0..7).map(|step| [f64::from(step)]), 3);
        assert_eq!(bins.means, [[1.5], [3.5], [5.5]]);
    }
}
