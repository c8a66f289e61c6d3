//! The window's end of a simulation: commands out, newest frame in, never a wait.

use std::{
    collections::VecDeque,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use super::{Carrier, Clock, Message, Next, Published, Runner, Simulation, Status, SystemClock};

/// Messages under way at once; what does not fit waits in the outbox until the next frame.
const CHANNEL: usize = 64;

/// Called after each new frame, on the simulation's thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Runs a simulation, on a thread of its own or by hand.
pub struct Driver<S: Simulation> {
    engine: DriverEngine<S>,
    frames: triple_buffer::Output<Published<S::Frame>>,
    /// Messages that the channel had no room for.
    outbox: VecDeque<Message<S::Command>>,
    failure: Arc<OnceLock<String>>,
    /// Messages sent so far, without those that were superseded here.
    sent: u64,
    /// Frames on their way to a window that is behind: a seam for tests.
    late: Option<Late<S::Frame>>,
}

/// Frames that are shown some polls after they came.
struct Late<F> {
    frames: VecDeque<Published<F>>,
    by: usize,
}

enum DriverEngine<S: Simulation> {
    Thread { sender: Option<SyncSender<Message<S::Command>>>, stop: Arc<AtomicBool>, thread: Option<JoinHandle<()>> },
    Hand(Box<Runner<S>>, Arc<AtomicBool>),
}

impl<S: Simulation> Driver<S> {
    /// Runs on a new thread of this name, paused at first; there it goes on with what was left with the carrier, if there is
    /// one, and leaves there what is to be gone on with when the driver is dropped.
    ///
    /// # Errors
    /// If the system refuses another thread.
    pub fn spawn(name: &str, simulation: S, carrier: Option<Arc<dyn Carrier>>, wake: Wake) -> std::io::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
        let (mut runner, frames) = Runner::new(simulation, Arc::clone(&clock));
        let (sender, receiver) = sync_channel(CHANNEL);
        let stop = Arc::new(AtomicBool::new(false));
        let failure = Arc::new(OnceLock::new());
        let thread = thread::Builder::new().name(name.to_owned()).spawn({
            let (stop, failure) = (Arc::clone(&stop), Arc::clone(&failure));
            move || {
                let work = AssertUnwindSafe(|| {
                    if let Some(carrier) = carrier {
                        runner.take_up(carrier);
                    }
                    run(&mut runner, &receiver, &stop, &*clock, &wake);
                    runner.leave();
                });
                if let Err(panic) = panic::catch_unwind(work) {
                    runner.came_to_grief();
                    // A second failure cannot come: the thread ends here.
                    let _ = failure.set(panic_message(&*panic));
                    wake();
                }
            }
        })?;
        let engine = DriverEngine::Thread { sender: Some(sender), stop, thread: Some(thread) };
        Ok(Self { engine, frames, outbox: VecDeque::new(), failure, sent: 0, late: None })
    }

    /// Runs only inside [`Driver::turn_until_idle`], on the caller's thread and clock.
    #[must_use]
    pub fn by_hand(simulation: S, clock: Arc<dyn Clock>) -> Self {
        let (runner, frames) = Runner::new(simulation, clock);
        let engine = DriverEngine::Hand(Box::new(runner), Arc::default());
        Self { engine, frames, outbox: VecDeque::new(), failure: Arc::default(), sent: 0, late: None }
    }

    /// Shows each frame so many polls after it came: a seam for tests.
    #[must_use]
    pub fn lagging(mut self, by: usize) -> Self {
        let frames = std::iter::repeat_with(Published::default).take(by + 1).collect();
        self.late = (by > 0).then_some(Late { frames, by });
        self
    }

    /// By hand: the model panics when this is set at one of its turns: a seam for tests.
    #[must_use]
    pub fn panicking_when(mut self, panics: &Arc<AtomicBool>) -> Self {
        if let DriverEngine::Hand(_, when) = &mut self.engine {
            *when = Arc::clone(panics);
        }
        self
    }

    /// By hand: goes on with what was left with this carrier, and leaves there what is to be gone on with when it is dropped.
    #[must_use]
    pub fn carried_by(mut self, carrier: Option<Arc<dyn Carrier>>) -> Self {
        if let (DriverEngine::Hand(runner, _), Some(carrier)) = (&mut self.engine, carrier) {
            runner.take_up(carrier);
        }
        self
    }

    /// Runs nothing and says why: where the system refused a thread.
    #[must_use]
    pub fn failed(simulation: S, why: String) -> Self {
        let driver = Self::by_hand(simulation, Arc::new(SystemClock::default()));
        // The lock is new, so this is the first value.
        let _ = driver.failure.set(why);
        driver
    }

    /// Sends a message. Never waits: if the simulation is busy the message is kept, in order, and superseded commands are
    /// dropped, so that the newest value of a dragged slider wins.
    pub fn send(&mut self, message: Message<S::Command>) {
        if let (Message::Command(newer), Some(Message::Command(older))) = (&message, self.outbox.back())
            && S::supersedes(newer, older)
        {
            self.outbox.pop_back();
            self.sent -= 1;
        }
        self.sent += 1;
        self.outbox.push_back(message);
        self.flush();
    }

    /// Sends a command to the model.
    pub fn command(&mut self, command: S::Command) {
        self.send(Message::Command(command));
    }

    /// Sends what is waiting and takes the newest frame. Returns whether it is a new one.
    pub fn poll(&mut self) -> bool {
        self.flush();
        let is_new = self.frames.update();
        let Some(late) = &mut self.late else { return is_new };
        late.frames.push_back(self.frames.output_buffer().clone());
        let before = late.frames.front().map(|published| published.sequence);
        let surplus = late.frames.len().saturating_sub(late.by + 1);
        late.frames.drain(..surplus);
        late.frames.front().map(|published| published.sequence) != before
    }

    /// Whether messages still wait for room.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.outbox.is_empty() && self.failure().is_none()
    }

    /// Whether the newest frame was made after everything that was sent.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.status().heard == self.sent
    }

    /// The newest frame taken by [`Driver::poll`].
    #[must_use]
    pub fn published(&self) -> &Published<S::Frame> {
        let newest = self.frames.output_buffer();
        self.late.as_ref().and_then(|late| late.frames.front()).unwrap_or(newest)
    }

    /// The newest frame's content.
    #[must_use]
    pub fn frame(&self) -> &S::Frame {
        &self.published().frame
    }

    /// Returns the newest status that was published.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.published().status
    }

    /// What went wrong, if the model panicked. It does not run any more.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// By hand: does all that is due now, and publishes. Nothing on a thread.
    ///
    /// # Panics
    /// Never: what the model panics with is kept as its failure.
    pub fn turn_until_idle(&mut self) {
        let DriverEngine::Hand(runner, panics) = &mut self.engine else { return };
        if self.failure.get().is_some() {
            return;
        }
        let outbox = &mut self.outbox;
        // What a thread does about a panic is done here as well.
        let turned = panic::catch_unwind(AssertUnwindSafe(|| {
            runner.receive(outbox.drain(..));
            loop {
                let (next, has_moved) = runner.turn();
                // A model that rests fails at nothing.
                assert!(!(has_moved && panics.swap(false, Ordering::SeqCst)), "told to panic");
                if next != Next::Again {
                    break;
                }
            }
        }));
        if let Err(panic) = turned {
            runner.came_to_grief();
            // A second failure cannot come: nothing turns any more.
            let _ = self.failure.set(panic_message(&*panic));
        }
    }

    fn flush(&mut self) {
        let DriverEngine::Thread { sender: Some(sender), .. } = &self.engine else { return };
        while let Some(message) = self.outbox.pop_front() {
            match sender.try_send(message) {
                Ok(()) => {}
                Err(TrySendError::Full(message)) => {
                    self.outbox.push_front(message);
                    return;
                }
                // The thread ended with a failure; the lab shows it.
                Err(TrySendError::Disconnected(_)) => self.outbox.clear(),
            }
        }
    }
}

impl<S: Simulation> Drop for Driver<S> {
    fn drop(&mut self) {
        let has_failed = self.failure.get().is_some();
        match &mut self.engine {
            DriverEngine::Hand(runner, _) if !has_failed => runner.leave(),
            DriverEngine::Hand(..) => {}
            DriverEngine::Thread { sender, stop, thread } => {
                stop.store(true, Ordering::Relaxed);
                // A thread that waits for a message wakes when the last sender is gone; one at work ends with its slice.
                drop(sender.take());
                if let Some(thread) = thread.take() {
                    // A panic was already caught and shown.
                    let _ = thread.join();
                }
            }
        }
    }
}

fn run<S: Simulation>(
    runner: &mut Runner<S>,
    receiver: &Receiver<Message<S::Command>>,
    stop: &AtomicBool,
    clock: &dyn Clock,
    wake: &Wake,
) {
    let mut messages = Vec::with_capacity(CHANNEL + 1);
    while !stop.load(Ordering::Relaxed) {
        loop {
            match receiver.try_recv() {
                Ok(message) => messages.push(message),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
            if messages.len() > CHANNEL {
                break;
            }
        }
        runner.receive(messages.drain(..));
        let (next, published) = runner.turn();
        if published {
            wake();
        }
        match next {
            Next::Again => {}
            Next::At(at) => match receiver.recv_timeout(at.saturating_sub(clock.now())) {
                Ok(message) => messages.push(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            },
            Next::Idle => match receiver.recv() {
                Ok(message) => messages.push(message),
                Err(_) => return,
            },
        }
    }
}

pub(super) fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
