//! The capacity experiment: final overlap against the load α = P/N, for random memories and any rule.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;

use super::{
    Dynamics, HopfieldError, Patterns, Recall, Rule,
    patterns::{overlap, with_noise},
    rules::Watch,
    verdict::RECALLED,
};
use crate::physics::{seeds::stream_seed, statistics::Estimate};

/// Memories of each network that are recalled; more would say little more, as they share the network.
pub const RECALLS: usize = 10;
/// A recall that does not settle ends here: only asymmetric weights need it.
const MOST_SWEEPS: u64 = 200;

/// What to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// N.
    pub neurons: usize,
    /// Values of α; P = round(α N), at least 1.
    pub loads: Vec<f64>,
    /// The learning rule.
    pub rule: Rule,
    /// Fraction of the bits turned at the beginning; 0 begins at the memory.
    pub noise: f64,
    /// Networks for each load, each with memories of its own.
    pub trials: u32,
    /// Seed of the whole study.
    pub seed: u64,
}

/// What came out at one load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// P.
    pub patterns: usize,
    /// P/N.
    pub load: f64,
    /// m at the end, with the error over networks.
    pub final_overlap: Estimate,
    /// (1 − m)/2, with the error over networks.
    pub wrong_bits: Estimate,
    /// Fraction of recalls that ended with m ≥ 0.97, with the error over networks.
    pub recalled_fraction: Estimate,
}

impl Capacity {
    /// Checks all ranges.
    ///
    /// # Errors
    /// If one is out of range.
    pub fn validate(&self) -> Result<(), HopfieldError> {
        Patterns::new(self.neurons)?;
        let wrong = |name, value, allowed| Err(HopfieldError::Parameter { name, value, allowed });
        if let Some(&load) = self.loads.iter().find(|&&load| !(load > 0.0 && load <= 4.0)) {
            return wrong("load", load, "a number above 0, at most 4");
        }
        if !(0.0..=1.0).contains(&self.noise) {
            return wrong("noise", self.noise, "a fraction from 0 to 1");
        }
        if self.trials == 0 {
            return wrong("trials", 0.0, "1 or more");
        }
        if let Rule::Polynomial(power) = self.rule
            && !(2..=super::dense::HIGHEST_POWER).contains(&power)
        {
            return Err(HopfieldError::Power(power));
        }
        Ok(())
    }

    /// Networks that are tried, each by itself.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.loads.len() * self.trials as usize
    }

    /// Bytes that one network takes, roughly and not too few: its weights, twice while they are learned, and its memories.
    #[must_use]
    pub fn job_memory(&self) -> u64 {
        let neurons = self.neurons as u64;
        let most = self.loads.iter().map(|&load| self.patterns_at(load)).max().unwrap_or(1) as u64;
        8 * neurons * neurons + 8 * neurons * most
    }

    /// P at a load.
    #[must_use]
    pub fn patterns_at(&self, load: f64) -> usize {
        ((load * self.neurons as f64).round() as usize).max(1)
    }

    /// Runs all trials in the rayon pool it is called from; the result does not depend on the number of threads. `done` is
    /// told each load's point as soon as it is known, in any order. Answers `None` if `watch` ended it.
    ///
    /// # Errors
    /// If a parameter is out of range.
    pub fn run(
        &self,
        watch: Watch<'_>,
        done: &(dyn Fn(usize, Point) + Sync),
    ) -> Result<Option<Vec<Point>>, HopfieldError> {
        self.validate()?;
        let finished = AtomicUsize::new(0);
        let total = self.loads.len() * self.trials as usize;
        let one = |(place, &load): (usize, &f64)| -> Result<Option<Point>, HopfieldError> {
            let trial = |trial: u32| {
                let part = || finished.load(Ordering::Relaxed) as f64 / total as f64;
                let result = self.trial(load, trial, &|_| watch(part()));
                finished.fetch_add(1, Ordering::Relaxed);
                if watch(part()) { result } else { Ok(None) }
            };
            let trials = (0..self.trials).into_par_iter().map(trial).collect::<Result<Option<Vec<_>>, _>>()?;
            Ok(trials.map(|trials| {
                let overlaps: Vec<f64> = trials.iter().map(|trial| trial.0).collect();
                let recalled: Vec<f64> = trials.iter().map(|trial| trial.1).collect();
                let final_overlap = Estimate::of_independent(&overlaps);
                let patterns = self.patterns_at(load);
                let point = Point {
                    patterns,
                    load: patterns as f64 / self.neurons as f64,
                    final_overlap,
                    wrong_bits: Estimate { value: 0.5 * (1.0 - final_overlap.value), error: 0.5 * final_overlap.error },
                    recalled_fraction: Estimate::of_independent(&recalled),
                };
                done(place, point);
                point
            }))
        };
        self.loads.par_iter().enumerate().map(one).collect()
    }

    /// One network: the mean final overlap and the fraction recalled.
    fn trial(&self, load: f64, trial: u32, watch: Watch<'_>) -> Result<Option<(f64, f64)>, HopfieldError> {
        let count = self.patterns_at(load);
        let seed = stream_seed(self.seed, &[self.neurons as u64, count as u64, u64::from(trial)]);
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let memories = Patterns::random(self.neurons, count, &mut rng)?;
        let Some(learned) = self.rule.learn(&memories, watch)? else { return Ok(None) };
        let network = Arc::new(learned.network);
        let recalls = count.min(RECALLS);
        let (mut overlaps, mut recalled) = (0.0, 0.0);
        for recalled_place in 0..recalls {
            // Spread over the shelf: with some rules earlier memories are held less firmly than later ones.
            let memory = memories.get(recalled_place * count / recalls);
            let probe = with_noise(memory, self.noise, &mut rng);
            let mut recall = Recall::new(Arc::clone(&network), &probe, Dynamics::RandomOrder, rng.random())?;
            recall.run(MOST_SWEEPS);
            let end = overlap(recall.state(), memory);
            overlaps += end;
            recalled += if end >= RECALLED { 1.0 } else { 0.0 };
        }
        Ok(Some((overlaps / recalls as f64, recalled / recalls as f64)))
    }
}
