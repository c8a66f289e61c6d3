//! Counts of starts that were cooled slowly, or quenched, by the valley in which they came to rest.

use crate::{
    physics::{landscape::starts::Cooling, statistics::Share},
    text::Texts,
    widgets::numbers,
};

/// Counts of one kind of starts, by valley.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    cooling: Option<Cooling>,
    tries: u32,
    ends: Vec<u32>,
}

/// Where starts came to rest, of the system on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    slow: Counts,
    quenched: Counts,
}

impl Found {
    fn counts(&self, cooling: Cooling) -> &Counts {
        if cooling == Cooling::Quench { &self.quenched } else { &self.slow }
    }

    /// Starts of this kind so far; those of another time of cooling do not count.
    pub fn tries(&self, cooling: Cooling) -> u32 {
        let counts = self.counts(cooling);
        if counts.cooling == Some(cooling) { counts.tries } else { 0 }
    }

    /// Adds where so many starts came to rest, in place of those of another time of cooling.
    pub fn add(&mut self, cooling: Cooling, ends: &[u32], tries: u32) {
        let counts = if cooling == Cooling::Quench { &mut self.quenched } else { &mut self.slow };
        if counts.cooling != Some(cooling) {
            *counts = Counts { cooling: Some(cooling), tries: 0, ends: vec![0; ends.len()] };
        }
        counts.tries += tries;
        counts.ends.iter_mut().zip(ends).for_each(|(sum, count)| *sum += count);
    }

    /// Sweeps that the slow starts took; none before there are any.
    pub fn sweeps(&self) -> Option<u32> {
        match self.slow.cooling? {
            Cooling::Slow { sweeps } => Some(sweeps),
            Cooling::Quench => None,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slow.tries + self.quenched.tries == 0
    }

    /// The share of slow starts and of quenches that came to rest in any of these valleys; none where there are none.
    pub fn shares(&self, leaves: &[usize]) -> [Option<Share>; 2] {
        [&self.slow, &self.quenched].map(|counts| {
            let hits = leaves.iter().map(|&leaf| counts.ends.get(leaf).copied().unwrap_or(0)).sum();
            (counts.tries > 0).then_some(Share { hits, tries: counts.tries })
        })
    }

    /// What is known of one valley, for its tooltip.
    pub fn said_of(&self, leaf: usize, t: Texts) -> Vec<String> {
        let keys = ["valleys.found.slow.share", "valleys.found.quench.share"];
        let lines = self.shares(&[leaf]).into_iter().zip(keys).filter_map(|(share, key)| Some((share?, key)));
        lines.map(|(share, key)| t.fill(key, &[("share", &percent(share.value()))])).collect()
    }
}

/// A share in percent, as it is written.
pub(super) fn percent(share: f64) -> String {
    numbers::fixed(100.0 * share, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_time_of_cooling_begins_anew_and_the_same_one_adds() {
        let mut found = Found::default();
        assert!(found.is_empty() && found.shares(&[0]) == [None, None]);
        let [fast, slow] = [10, 100].map(|sweeps| Cooling::Slow { sweeps });
        found.add(fast, &[3, 1], 4);
        found.add(fast, &[1, 3], 4);
        assert_eq!((found.tries(fast), found.tries(slow)), (8, 0));
        assert_eq!(found.shares(&[0, 1])[0], Some(Share { hits: 8, tries: 8 }));
        found.add(Cooling::Quench, &[0, 2], 2);
        found.add(slow, &[4, 0], 4);
        assert_eq!(found.shares(&[1]), [Some(Share { hits: 0, tries: 4 }), Some(Share { hits: 2, tries: 2 })]);
        assert_eq!((found.sweeps(), found.tries(fast)), (Some(100), 0));
    }
}
