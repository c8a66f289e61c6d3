//! The free-energy landscape F(m) = −T ln P(m) in bins, from how often the small magnets had each m.

use crate::labs::ising::magnet::small_magnets::{LEVELS, SIDE};

/// Levels of m in a bin: ends and middle of the range are centres of bins.
const LEVELS_IN_BIN: usize = 8;
/// Bins from m = −1 to 1.
pub const BINS: usize = (LEVELS - 1) / LEVELS_IN_BIN + 1;

/// One bin: m, its share of P, and F in J; no F where it was never visited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The middle of the bin.
    pub m: f64,
    /// Its share of P.
    pub share: f64,
    /// F in J above the deepest bin.
    pub free_energy: Option<f64>,
}

/// Bins of the counts. The bins at both ends hold half as many levels and are weighed for it.
pub fn bins(counts: &[f32], temperature: f64) -> Vec<Bin> {
    if counts.len() != LEVELS {
        return Vec::new();
    }
    let mut densities = Vec::with_capacity(BINS);
    for bin in 0..BINS {
        let centre = bin * LEVELS_IN_BIN;
        let low = centre.saturating_sub(LEVELS_IN_BIN / 2);
        let high = (centre + LEVELS_IN_BIN / 2).min(LEVELS);
        let sum: f32 = counts[low..high].iter().sum();
        densities.push(f64::from(sum) / (high - low) as f64);
    }
    let total: f64 = densities.iter().sum();
    let highest = densities.iter().copied().fold(0.0, f64::max);
    let bin = |(index, &density): (usize, &f64)| Bin {
        m: 2.0 * (index * LEVELS_IN_BIN) as f64 / (SIDE * SIDE) as f64 - 1.0,
        share: if total > 0.0 { density / total } else { 0.0 },
        // Counts fade; a bin that was seen less than about once lately is as good as never visited.
        free_energy: (density * LEVELS_IN_BIN as f64 > 0.5).then(|| -temperature * (density / highest).ln()),
    };
    densities.iter().enumerate().map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_distribution_has_a_flat_landscape_to_its_ends() {
        let bins = bins(&[10.0; LEVELS], 2.0);
        assert_eq!((bins[0].m, bins[BINS - 1].m), (-1.0, 1.0));
        assert!(bins.iter().all(|bin| bin.free_energy.is_some_and(|energy| energy.abs() < 1e-9)));
        assert!((bins.iter().map(|bin| bin.share).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
