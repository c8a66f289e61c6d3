//! Work with an end, such as learning or an experiment: on a thread of its own, with progress, cancel and one result.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use super::driver::{Wake, panic_message};

/// A job under way. Dropping it cancels it; its thread ends by itself at the next look at [`Watcher::go_on`].
#[derive(Debug)]
pub struct Job<T> {
    shared: Arc<Shared<T>>,
    /// Holds a stepwise job back; opened for good when the job is dropped or cancelled.
    gate: Option<Arc<Gate>>,
}

/// Holds a job back at each of its looks at the watcher, until it is let go on: a seam for tests.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct GateState {
    /// Looks that the job may still go past.
    allowed: u64,
    waits: bool,
    has_ended: bool,
    is_open: bool,
}

impl Gate {
    /// Waits at the gate until the job may go on. The job's side.
    fn pass(&self) {
        let mut state = self.lock();
        while state.allowed == 0 && !state.is_open {
            state.waits = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waits = false;
        state.allowed = state.allowed.saturating_sub(1);
    }

    fn end(&self) {
        self.lock().has_ended = true;
        self.changed.notify_all();
    }

    fn open(&self) {
        self.lock().is_open = true;
        self.changed.notify_all();
    }

    /// Lets the job go on to its next look and waits until it is there or has ended. Returns whether it goes on.
    pub fn step(&self) -> bool {
        let mut state = self.lock();
        while !state.waits && !state.has_ended && !state.is_open {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waits = false;
        state.allowed += 1;
        self.changed.notify_all();
        while !state.waits && !state.has_ended && !state.is_open {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.has_ended && !state.is_open
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, GateState> {
        // Nothing that can panic happens while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Shared<T> {
    /// Bits of an f64.
    progress: AtomicU64,
    cancelled: AtomicBool,
    outcome: Mutex<Option<Outcome<T>>>,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// With this result.
    Done(T),
    /// It was cancelled.
    Cancelled,
    /// It failed, with the reason.
    Failed(String),
}

/// The job's end of it: tells how much is done, and hears whether to go on.
#[derive(Clone)]
pub struct Watcher {
    tell: Arc<dyn Fn(f64) -> bool + Send + Sync>,
}

impl Watcher {
    /// Tells how much is done, 0 to 1; `false` means to stop.
    #[must_use]
    pub fn go_on(&self, done: f64) -> bool {
        (self.tell)(done)
    }
}

/// Progress is shown in steps of this much.
const VISIBLE: f64 = 0.005;

impl<T: Send + 'static> Job<T> {
    /// Begins a job on a new thread of this name. `work` answers `None` where it was told to stop.
    #[must_use]
    pub fn spawn(name: &str, wake: Wake, work: impl FnOnce(&Watcher) -> Option<T> + Send + 'static) -> Self {
        let then = Arc::clone(&wake);
        Self::spawn_then(name, wake, work, move || then())
    }

    /// Begins a job; `then` is called when its outcome is there.
    fn spawn_then(
        name: &str,
        wake: Wake,
        work: impl FnOnce(&Watcher) -> Option<T> + Send + 'static,
        then: impl FnOnce() + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let job = Self { shared: Arc::clone(&shared), gate: None };
        let thread = thread::Builder::new().name(name.to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || {
                shared.run(&wake, work);
                then();
            }
        });
        if let Err(error) = thread {
            shared.end(Outcome::Failed(error.to_string()));
        }
        job
    }

    /// Does the whole job here and now: for tests and pictures.
    #[must_use]
    pub fn by_hand(work: impl FnOnce(&Watcher) -> Option<T>) -> Self {
        let shared = Arc::new(Shared::default());
        let wake: Wake = Arc::new(|| ());
        shared.run(&wake, work);
        Self { shared, gate: None }
    }

    /// Begins a job that stops at each of its looks at the watcher until its gate lets it go on.
    #[must_use]
    pub fn stepwise(name: &str, work: impl FnOnce(&Watcher) -> Option<T> + Send + 'static) -> (Self, Arc<Gate>) {
        let gate = Arc::new(Gate::default());
        let at_end = Arc::clone(&gate);
        let gated = {
            let gate = Arc::clone(&gate);
            move |watcher: &Watcher| {
                let inner = Arc::clone(&watcher.tell);
                let gated = Watcher {
                    tell: Arc::new(move |done| {
                        gate.pass();
                        inner(done)
                    }),
                };
                // The first look comes before the work, so that a test can see a job that has just begun.
                if gated.go_on(0.0) { work(&gated) } else { None }
            }
        };
        let mut job = Self::spawn_then(name, Arc::new(|| ()), gated, move || at_end.end());
        job.gate = Some(Arc::clone(&gate));
        (job, gate)
    }

    /// How much is done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        f64::from_bits(self.shared.progress.load(Ordering::Relaxed))
    }

    /// Asks it to stop; its outcome will say so.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
        self.gate.iter().for_each(|gate| gate.open());
    }

    /// Its outcome, once, when it has ended. Never waits for it.
    #[must_use]
    pub fn take(&self) -> Option<Outcome<T>> {
        // Nothing that can panic happens while the lock is held.
        self.shared.outcome.try_lock().ok()?.take()
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
        self.gate.iter().for_each(|gate| gate.open());
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { progress: AtomicU64::new(0), cancelled: AtomicBool::new(false), outcome: Mutex::new(None) }
    }
}

impl<T: Send + 'static> Shared<T> {
    fn run(self: &Arc<Self>, wake: &Wake, work: impl FnOnce(&Watcher) -> Option<T>) {
        let (shared, wake) = (Arc::clone(self), Arc::clone(wake));
        let tell = move |done: f64| {
            let shown = f64::from_bits(shared.progress.load(Ordering::Relaxed));
            if (done - shown).abs() >= VISIBLE {
                shared.progress.store(done.to_bits(), Ordering::Relaxed);
                wake();
            }
            !shared.cancelled.load(Ordering::Relaxed)
        };
        let watcher = Watcher { tell: Arc::new(tell) };
        self.end(match panic::catch_unwind(AssertUnwindSafe(|| work(&watcher))) {
            Ok(Some(result)) => Outcome::Done(result),
            Ok(None) => Outcome::Cancelled,
            Err(panic) => Outcome::Failed(panic_message(&*panic)),
        });
    }

    fn end(&self, outcome: Outcome<T>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }
}
