//! The simulation thread: runs anything that implements [`Simulation`] and knows none of the models.
//!
//! A model behind the trait is an ordinary single-threaded struct. A [`Runner`] owns it and decides how much to do next
//! (run, pause, step, speed); [`Driver`] is the window's end: it sends commands, never waits, and holds the newest frame.
//! The runner sits on a named thread ([`Driver::spawn`]) or is driven by hand ([`Driver::by_hand`]), as tests and
//! pictures do.

mod carrier;
pub mod driver;
pub mod job;
mod runner;
mod sharing;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

pub use carrier::Carrier;
pub use driver::Driver;
pub use job::{Job, Outcome, Watcher};
pub use runner::{Next, Runner};
pub use sharing::Sharing;

/// A model with its commands and frames.
pub trait Simulation: Send + 'static {
    /// What a person can tell it.
    type Command: Send + 'static;
    /// What the window draws: self-contained and bounded.
    type Frame: Clone + Default + Send + 'static;

    /// Takes a command. What cannot take effect in the middle of an update is kept until its end.
    fn apply(&mut self, command: Self::Command);

    /// Works until a limit of the budget is met.
    fn advance(&mut self, budget: Budget) -> Progress;

    /// Fills a frame, reusing its memory: no allocation once warm.
    fn observe(&mut self, frame: &mut Self::Frame);

    /// Whether it is in a state that may be shown, and not in the middle of an update. Frames wait for such a state; after
    /// each whole step there has to be one.
    fn is_whole(&self) -> bool {
        true
    }

    /// Whether it has come to its end; it then stops running by itself until it is told to run again.
    fn is_finished(&self) -> bool {
        false
    }

    /// Returns what the next start of the program goes on with, in a form of its own; `None` where there is nothing that a
    /// person would miss.
    fn leave(&mut self) -> Option<Vec<u8>> {
        None
    }

    /// Goes on with what was left at the end of an earlier run of the program. What does not fit, as after other settings,
    /// changes nothing.
    fn take_up(&mut self, _left: &[u8]) {}

    /// Whether `newer`, coming right after `older`, leaves `older` without effect.
    fn supersedes(_newer: &Self::Command, _older: &Self::Command) -> bool {
        false
    }
}

/// Limits of one call of [`Simulation::advance`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Units of work, as the model counts them. A model may go over by a small indivisible piece.
    pub work: u64,
    /// Whole steps.
    pub steps: u64,
}

/// What a call of [`Simulation::advance`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Units of work.
    pub work: u64,
    /// Steps finished.
    pub steps: u64,
}

/// How fast to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// So many steps a second.
    Limited(f64),
    /// As fast as it goes.
    Unlimited,
}

/// What the runner measured and is doing, sent along with every frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Status {
    /// Whether it runs by itself.
    pub running: bool,
    /// Messages received so far.
    pub heard: u64,
    /// Steps since the beginning.
    pub steps: u64,
    /// Steps a second of wall time, over the last half second.
    pub steps_per_second: f64,
    /// Units of work a second of wall time.
    pub work_per_second: f64,
    /// Units of work a second of compute time.
    pub work_per_busy_second: f64,
}

/// A frame with the runner's status.
#[derive(Clone, Debug, Default)]
pub struct Published<F> {
    /// Counts the frames; 0 is the empty frame before the first.
    pub sequence: u64,
    /// What the runner measured.
    pub status: Status,
    /// What the model shows.
    pub frame: F,
}

/// A message from the window to the runner.
#[derive(Debug)]
pub enum Message<C> {
    /// For the model.
    Command(C),
    /// Run or pause.
    Run(bool),
    /// Do this many steps, also when paused.
    Step(u64),
    /// Change the speed.
    Speed(Speed),
    /// Leave what the next start of the program goes on with, in case this one ends without a word.
    Leave,
}

/// Time since some fixed moment; tests bring their own.
pub trait Clock: Send + Sync {
    /// Returns the time since some fixed moment; it never goes back.
    fn now(&self) -> Duration;
}

/// The machine's monotonic clock.
#[derive(Debug)]
pub struct SystemClock(web_time::Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(web_time::Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A clock that goes on only when it is told to: for pictures and tests.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicU64);

impl ManualClock {
    /// Lets this much time pass.
    pub fn pass(&self, time: Duration) {
        self.0.fetch_add(time.as_nanos() as u64, Ordering::SeqCst);
    }

    /// Sets the time, which must not go back.
    pub fn set(&self, time: Duration) {
        self.0.store(time.as_nanos() as u64, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::SeqCst))
    }
}
