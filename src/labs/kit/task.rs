//! Work beside the window: begun, watched, cancelled, and taken when it has ended. Its failure is told exactly once.

use super::Host;
use crate::{
    data::Problem,
    simulation::{Job, Outcome, Watcher},
};

/// Work under way, or none. `K` says what it was begun for.
#[derive(Debug)]
pub struct Task<T, K = ()> {
    work: Option<UnderWay<T, K>>,
}

/// What it was begun for, the job, and for how long it has been shown as under way, in seconds.
type UnderWay<T, K> = (K, Job<Result<T, Problem>>, f64);

impl<T, K> Default for Task<T, K> {
    fn default() -> Self {
        Self { work: None }
    }
}

/// Progress is shown of what has taken longer than this, in seconds: all else is over at a glance.
const A_GLANCE: f64 = 0.4;

impl<T: Send + 'static, K> Task<T, K> {
    /// Begins work on a thread of this name, in place of what was under way. `work` returns `None` where it was told to
    /// stop.
    pub fn start(
        &mut self,
        host: &Host,
        name: &str,
        key: K,
        now: f64,
        work: impl FnOnce(&Watcher) -> Option<Result<T, Problem>> + Send + 'static,
    ) {
        self.work = Some((key, host.job(name, work), now));
    }

    /// What is under way was begun for.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.work.as_ref().map(|(key, ..)| key)
    }

    /// Whether work is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// How much is done, 0 to 1, while work is under way.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.work.as_ref().map(|(_, job, _)| job.progress())
    }

    /// How much is done, 0 to 1, of work that has taken longer than a glance.
    #[must_use]
    pub fn long_progress(&self, now: f64) -> Option<f64> {
        self.work.as_ref().filter(|(.., began)| now - began > A_GLANCE).map(|(_, job, _)| job.progress())
    }

    /// Gives the work up at once; its thread ends at its next look at the watcher.
    pub fn cancel(&mut self) {
        self.work = None;
    }

    /// Takes the result when the work has ended, with what it was begun for. A failure of the work itself is a problem
    /// like any other.
    pub fn poll(&mut self) -> Option<(K, Result<T, Problem>)> {
        let outcome = self.work.as_ref()?.1.take()?;
        let (key, ..) = self.work.take()?;
        match outcome {
            Outcome::Done(result) => Some((key, result)),
            Outcome::Failed(why) => Some((key, Err(Problem::unexpected(why)))),
            Outcome::Cancelled => None,
        }
    }

    /// Takes the result when the work has ended well; what went wrong is said in a notice.
    pub fn poll_or_tell(&mut self, host: &Host) -> Option<(K, T)> {
        match self.poll()? {
            (key, Ok(result)) => Some((key, result)),
            (_, Err(problem)) => {
                host.tell(problem);
                None
            }
        }
    }
}
