//! How often something happened.

/// Hits out of tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How often it happened.
    pub hits: u32,
    /// How often it was tried.
    pub tries: u32,
}

impl Share {
    /// hits / tries; 0 of 0 is 0.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.hits) / f64::from(self.tries.max(1))
    }

    /// The interval that holds the true probability in about 68 % of cases (Wilson 1927, one σ): honest near 0 and 1 too, where
    /// the usual error bar would be zero.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.tries == 0 {
            return (0.0, 1.0);
        }
        let tries = f64::from(self.tries);
        let value = self.value();
        let centre = (value + 0.5 / tries) / (1.0 + 1.0 / tries);
        let half = (value * (1.0 - value) / tries + 0.25 / (tries * tries)).sqrt() / (1.0 + 1.0 / tries);
        ((centre - half).max(0.0), (centre + half).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_solves_its_equation_and_is_honest_at_the_ends() {
        // Wilson: the ends are where |p − hits/tries| = √(p(1 − p)/tries).
        let share = Share { hits: 7, tries: 20 };
        let (low, high) = share.interval();
        for end in [low, high] {
            assert!(((end - share.value()).abs() - (end * (1.0 - end) / 20.0).sqrt()).abs() < 1e-12);
        }
        let (low, high) = Share { hits: 20, tries: 20 }.interval();
        assert!(low < 1.0 - 0.04 && (high - 1.0).abs() < 1e-12);
    }
}
