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

/// Bins of the counts; none where nothing has been counted yet. The bins at both ends hold half as many levels and are
/// weighed for it.
pub fn bins(counts: &[u64], temperature: f64) -> Vec<Bin> {
    if counts.len() != LEVELS || counts.iter().all(|&count| count == 0) {
        return Vec::new();
    }
    let mut densities = Vec::with_capacity(BINS);
    for bin in 0..BINS {
        let centre = bin * LEVELS_IN_BIN;
        let low = centre.saturating_sub(LEVELS_IN_BIN / 2);
        let high = (centre + LEVELS_IN_BIN / 2).min(LEVELS);
        let sum: u64 = counts[low..high].iter().sum();
        densities.push(sum as f64 / (high - low) as f64);
    }
    let total: f64 = densities.iter().sum();
    let highest = densities.iter().copied().fold(0.0, f64::max);
    let bin = |(index, &density): (usize, &f64)| Bin {
        m: 2.0 * (index * LEVELS_IN_BIN) as f64 / (SIDE * SIDE) as f64 - 1.0,
        share: density / total,
        free_energy: (density > 0.0).then(|| -temperature * (density / highest).ln()),
    };
    densities.iter().enumerate().map(bin).collect()
}

/// How many valleys a landscape has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valleys {
    /// One, with its floor in the middle or elsewhere.
    One,
    /// Two that are hardly apart: the hill between them is lower than about T.
    Splitting,
    /// Two with a hill between them.
    Two,
}

/// P in a second valley is so many times that on the hill before it, where there are two and where they split.
const APART: f64 = 2.5;
const SPLITTING: f64 = 1.25;
/// A second valley is seen in at least this share of the states, so that no chance makes one.
const LEAST_SHARE: f64 = 2e-3;

/// Counts the valleys of a landscape; none where there is no landscape yet.
pub fn valleys(bins: &[Bin]) -> Option<Valleys> {
    let deepest = (0..bins.len()).max_by(|&a, &b| bins[a].share.total_cmp(&bins[b].share))?;
    // How far P falls on the way from the deepest bin to another one, and how far it rises again.
    let mut rise: f64 = 1.0;
    for way in [(deepest..bins.len()).collect::<Vec<_>>(), (0..=deepest).rev().collect()] {
        let mut lowest = f64::INFINITY;
        for &bin in &way {
            lowest = lowest.min(bins[bin].share);
            if bins[bin].share > LEAST_SHARE {
                rise = rise.max(bins[bin].share / lowest);
            }
        }
    }
    Some(match rise {
        rise if rise > APART => Valleys::Two,
        rise if rise > SPLITTING => Valleys::Splitting,
        _ => Valleys::One,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_distribution_has_a_flat_landscape_to_its_ends() {
        let bins = bins(&[10; LEVELS], 2.0);
        assert_eq!((bins[0].m, bins[BINS - 1].m), (-1.0, 1.0));
        assert!(bins.iter().all(|bin| bin.free_energy.is_some_and(|energy| energy.abs() < 1e-9)));
        assert!((bins.iter().map(|bin| bin.share).sum::<f64>() - 1.0).abs() < 1e-9);
    }

    fn valleys_of(weight: impl Fn(f64) -> f64) -> Option<Valleys> {
        let level = |level: usize| (1e4 * weight(2.0 * level as f64 / (LEVELS - 1) as f64 - 1.0)) as u64;
        let counts: Vec<u64> = (0..LEVELS).map(level).collect();
        valleys(&bins(&counts, 2.0))
    }

    #[test]
    fn valleys_are_counted_wherever_they_lie() {
        assert_eq!(valleys_of(|_| 0.0), None);
        assert_eq!(valleys_of(|m| f64::exp(-20.0 * m * m)), Some(Valleys::One));
        assert_eq!(valleys_of(|m| f64::exp(-20.0 * (m - 0.6) * (m - 0.6))), Some(Valleys::One));
        let pair = |depth: f64| move |m: f64| f64::exp(-depth * (m * m - 0.5) * (m * m - 0.5));
        assert_eq!(valleys_of(pair(2.0)), Some(Valleys::Splitting));
        assert_eq!(valleys_of(pair(40.0)), Some(Valleys::Two));
        assert_eq!(valleys_of(|m| pair(40.0)(m) * f64::exp(1.5 * m)), Some(Valleys::Two));
    }
}
