//! Basins of attraction: how often each memory comes back, against the noise that its recall begins with.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;

use super::{
    Dynamics, HopfieldError, Network, Patterns, Recall,
    patterns::{overlap, with_noise},
    rules::Watch,
    verdict::RECALLED,
};
use crate::physics::{seeds::stream_seed, statistics::Share};

/// A recall that does not settle ends here.
const MOST_SWEEPS: u64 = 100;

/// What to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Basins {
    /// Fractions of bits turned at the beginning.
    pub noise: Vec<f64>,
    /// Recalls for each memory and noise.
    pub trials: u32,
    /// Seed of the whole study.
    pub seed: u64,
}

impl Basins {
    /// For each memory and each noise how often it was recalled, m ≥ 0.97, by asking neurons in random order at T = 0.
    /// Runs in the rayon pool it is called from, with the same result for any number of threads. `None` if `watch` ended it.
    ///
    /// # Errors
    /// If the memories do not fit the network.
    pub fn run(
        &self,
        network: &Arc<Network>,
        memories: &Patterns,
        watch: Watch<'_>,
    ) -> Result<Option<Vec<Vec<Share>>>, HopfieldError> {
        let jobs: Vec<(usize, usize)> =
            (0..memories.len()).flat_map(|memory| (0..self.noise.len()).map(move |noise| (memory, noise))).collect();
        let finished = AtomicUsize::new(0);
        let one = |&(memory, noise): &(usize, usize)| -> Result<Option<Share>, HopfieldError> {
            let seed = stream_seed(self.seed, &[memory as u64, self.noise[noise].to_bits()]);
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
            let mut hits = 0;
            for _ in 0..self.trials {
                let probe = with_noise(memories.get(memory), self.noise[noise], &mut rng);
                let mut recall = Recall::new(Arc::clone(network), &probe, Dynamics::RandomOrder, rng.random())?;
                recall.run(MOST_SWEEPS);
                hits += u32::from(overlap(recall.state(), memories.get(memory)) >= RECALLED);
                if !watch(finished.load(Ordering::Relaxed) as f64 / jobs.len() as f64) {
                    return Ok(None);
                }
            }
            finished.fetch_add(1, Ordering::Relaxed);
            Ok(Some(Share { hits, tries: self.trials }))
        };
        let shares = jobs.par_iter().map(one).collect::<Result<Option<Vec<Share>>, _>>()?;
        Ok(shares.map(|shares| shares.chunks(self.noise.len().max(1)).map(<[Share]>::to_vec).collect()))
    }
}
