//! A study: runs at many temperatures and sizes, independent of each other, in any order and on any number of threads.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use rayon::prelude::*;

use super::{IsingError, measurement::Run, record::Measured};

/// A point of a study that has been measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// What was run.
    pub run: Run,
    /// What came of it.
    pub measured: Measured,
}

/// The runs of a study: every temperature for every size, sizes outside. `like` has all the rest.
#[must_use]
pub fn runs(sizes: &[usize], temperatures: &[f64], like: &Run) -> Vec<Run> {
    let at = |side: usize, temperature: f64| {
        let parameters = super::Parameters { temperature, ..like.parameters };
        Run { side, parameters, ..*like }
    };
    sizes.iter().flat_map(|&side| temperatures.iter().map(move |&temperature| at(side, temperature))).collect()
}

/// Measures runs on the threads of the pool it is called in. `note` gets each as it is done, with its place in the list;
/// `go_on` is told the share of all work done, 0 to 1, and ends everything by answering `false`: then the answer is `false`.
///
/// # Errors
/// If a side or a parameter is out of range.
pub fn measure(
    runs: &[Run],
    go_on: &(dyn Fn(f64) -> bool + Sync),
    note: &(dyn Fn(usize, Point) + Sync),
) -> Result<bool, IsingError> {
    let cost = |run: &Run| run.sites() as f64;
    let total: f64 = runs.iter().map(|run| cost(run) * run.most_sweeps() as f64).sum();
    let (done, stopped) = (Mutex::new(0.0), AtomicBool::new(false));
    let measure = |(place, run): (usize, &Run)| {
        // Not told at every sweep: on small lattices the telling would cost more than the physics.
        let every = ((2e6 / cost(run)) as u64).clamp(1, 1000);
        let (mut told, most) = (0, run.most_sweeps());
        let measured = run.measure(|sweeps| {
            if sweeps - told < every && sweeps < most {
                return true;
            }
            let share = {
                // A panic elsewhere cannot have left half a sum.
                let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                *done += cost(run) * (sweeps - told) as f64;
                *done / total
            };
            told = sweeps;
            if !go_on(share) {
                stopped.store(true, Ordering::Relaxed);
            }
            !stopped.load(Ordering::Relaxed)
        })?;
        // A run that needed no witness has less to do.
        *done.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += cost(run) * (most - told) as f64;
        if let Some(measured) = measured {
            note(place, Point { run: *run, measured });
        }
        Ok::<(), IsingError>(())
    };
    runs.par_iter().enumerate().filter(|_| !stopped.load(Ordering::Relaxed)).try_for_each(measure)?;
    Ok(!stopped.into_inner())
}
