//! What a page may ask of the program around it: threads, jobs, pictures of other labs, and a place for notices.

use std::{
    cell::RefCell,
    path::PathBuf,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Offers, carried::CarriedFile};
use crate::{
    data::Problem,
    simulation::{Carrier, Clock, Driver, Job, Simulation, Watcher, driver::Wake, job::Gate},
};

/// What runs the simulations and jobs of the labs. Cloning it is cheap; all clones share their state.
#[derive(Clone)]
pub struct Host {
    /// Wakes the window.
    pub wake: Wake,
    /// Wakes the window within half a second: for what goes on behind another lab or page.
    pub wake_soon: Wake,
    /// Where this is given, simulations are driven by hand on its clock, as tests and pictures want it.
    pub by_hand: Option<ByHand>,
    /// Where what simulations leave for the next start is kept; none where nothing outlives the window.
    pub carried: Option<PathBuf>,
    /// What one lab offers to the others.
    pub offers: Rc<RefCell<Offers>>,
    /// Problems that nobody could show where they happened; the window says them in a notice.
    problems: Rc<RefCell<Vec<Problem>>>,
    gates: Rc<RefCell<Vec<std::sync::Weak<Gate>>>>,
}

/// Simulations driven by hand, and what a test wants to go wrong.
#[derive(Clone)]
pub struct ByHand {
    /// The clock that the simulations see.
    pub clock: Arc<dyn Clock>,
    /// What is to go otherwise than on a quick and healthy machine.
    pub seams: Seams,
}

/// What a test makes go wrong, or slowly.
#[derive(Clone, Default)]
pub struct Seams {
    /// So many frames the window is behind the simulations.
    pub lag_frames: usize,
    /// Jobs advance by one look at their [`Watcher`] a frame, in place of being done at once.
    pub stepwise_jobs: bool,
    /// While this is set, every job that begins fails.
    pub failing_jobs: Arc<AtomicBool>,
    /// When this is set, the next model that turns panics.
    pub panic: Arc<AtomicBool>,
}

impl Host {
    /// Builds the host of a window that is woken by `wake`, and within half a second by `wake_soon`.
    #[must_use]
    pub fn new(wake: Wake, wake_soon: Wake, by_hand: Option<ByHand>) -> Self {
        let (offers, problems, gates) = (Rc::default(), Rc::default(), Rc::default());
        Self { wake, wake_soon, by_hand, carried: None, offers, problems, gates }
    }

    /// Keeps what simulations leave for the next start of the program in this folder.
    #[must_use]
    pub fn carrying(mut self, folder: Option<PathBuf>) -> Self {
        self.carried = folder;
        self
    }

    /// Where something of this name is kept for the next start of the program, if anything is.
    #[must_use]
    pub fn carrier(&self, name: &str) -> Option<Arc<dyn Carrier>> {
        let folder = self.carried.as_ref()?;
        Some(Arc::new(CarriedFile::new(folder.join(name))))
    }

    /// Runs a simulation, on a thread of this name or by hand. `make` is called once, and once more where the system
    /// refuses a thread, for a simulation that only shows how things stood. While `shown` is false, new frames wake the
    /// window only now and then.
    pub fn drive<S: Simulation>(&self, name: &str, shown: &Arc<AtomicBool>, make: impl Fn() -> S) -> Driver<S> {
        if let Some(hand) = &self.by_hand {
            let driver = Driver::by_hand(make(), Arc::clone(&hand.clock)).carried_by(self.carrier(name));
            return driver.lagging(hand.seams.lag_frames).panicking_when(&hand.seams.panic);
        }
        let (wake, wake_soon, shown) = (Arc::clone(&self.wake), Arc::clone(&self.wake_soon), Arc::clone(shown));
        let wake: Wake = Arc::new(move || if shown.load(Ordering::Relaxed) { wake() } else { wake_soon() });
        // Without a thread nothing can run; the page shows why, and offers to try again.
        Driver::spawn(name, make(), self.carrier(name), wake)
            .unwrap_or_else(|error| Driver::failed(make(), error.to_string()))
    }

    /// Begins a job beside the simulations. `work` returns `None` where its watcher told it to stop.
    ///
    /// # Panics
    /// Never: a job that panics, as it is told to in tests, ends as one that failed.
    pub fn job<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&Watcher) -> Option<T> + Send + 'static,
    ) -> Job<T> {
        let Some(hand) = &self.by_hand else { return Job::spawn(name, Arc::clone(&self.wake), work) };
        let fails = hand.seams.failing_jobs.load(Ordering::SeqCst);
        let work = move |watcher: &Watcher| {
            assert!(!fails, "told to fail");
            work(watcher)
        };
        if !hand.seams.stepwise_jobs {
            return Job::by_hand(work);
        }
        let (job, gate) = Job::stepwise(name, work);
        self.gates.borrow_mut().push(Arc::downgrade(&gate));
        job
    }

    /// By hand: lets every job that waits at its gate go on to its next look at the watcher.
    pub fn step_jobs(&self) {
        self.gates.borrow_mut().retain(|gate| gate.upgrade().is_some_and(|gate| gate.step()));
    }

    /// Keeps a problem for the window to say.
    pub fn tell(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
        (self.wake)();
    }

    /// Takes the problems that wait to be said.
    #[must_use]
    pub fn take_problems(&self) -> Vec<Problem> {
        self.problems.take()
    }

    /// Whether simulations are driven by hand: a clock that stands still while there is work would never see its end, so
    /// nothing runs at an unlimited speed then.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.by_hand.is_some()
    }
}

/// Runs in a pool of its own, so that its threads end with it.
pub fn in_a_pool<T: Send>(work: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(pool) => pool.install(work),
        // Without more threads it takes longer, with the same result.
        Err(_) => work(),
    }
}
