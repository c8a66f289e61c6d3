//! Decides what a simulation does next: slices of about 2 ms, whole steps at the wanted speed, a frame now and then.

use std::{sync::Arc, time::Duration};

use super::{Budget, Carrier, Clock, Message, Progress, Published, Simulation, Speed, Status};

/// A command is felt after at most this long.
const SLICE: Duration = Duration::from_millis(2);
/// No more frames than this: what a screen can show.
const FRAME: Duration = Duration::from_micros(16_600);
/// A machine that cannot keep up, or slept, does not run after more than this.
const LONGEST_DEBT: Duration = Duration::from_millis(100);
/// Speeds are measured over this long.
const MEASURE: Duration = Duration::from_millis(500);

/// What the caller of [`Runner::turn`] does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Turn again: there is work.
    Again,
    /// Turn again at this time of the clock, or when a message comes.
    At(Duration),
    /// Wait for a message.
    Idle,
}

/// Owns the model and runs it, a turn at a time.
pub struct Runner<S: Simulation> {
    simulation: S,
    carrier: Option<Arc<dyn Carrier>>,
    /// It leaves something at the end of the update under way.
    leaves: bool,
    clock: Arc<dyn Clock>,
    output: triple_buffer::Input<Published<S::Frame>>,
    status: Status,
    speed: Speed,
    /// Steps asked for by hand and not yet done.
    owed: u64,
    /// Limited speed counts its steps from here.
    anchor: Duration,
    anchored_steps: u64,
    slice_work: u64,
    sequence: u64,
    changed: bool,
    published: Option<Duration>,
    measured_since: Duration,
    measured: Progress,
    busy: Duration,
}

impl<S: Simulation> Runner<S> {
    /// A paused runner, and the end from which its frames are read.
    #[must_use]
    pub fn new(simulation: S, clock: Arc<dyn Clock>) -> (Self, triple_buffer::Output<Published<S::Frame>>) {
        let (output, frames) = triple_buffer::triple_buffer(&Published::default());
        let now = clock.now();
        let runner = Self {
            simulation,
            carrier: None,
            leaves: false,
            clock,
            output,
            status: Status::default(),
            speed: Speed::Unlimited,
            owed: 0,
            anchor: now,
            anchored_steps: 0,
            slice_work: 1 << 12,
            sequence: 0,
            changed: true,
            published: None,
            measured_since: now,
            measured: Progress::default(),
            busy: Duration::ZERO,
        };
        (runner, frames)
    }

    /// Goes on with what an earlier run of the program has left with this carrier, and leaves there what the next one is to go
    /// on with.
    pub fn take_up(&mut self, carrier: Arc<dyn Carrier>) {
        let left = carrier.take_up();
        // First of all, so that it hears of it if what was left brings the simulation to grief.
        self.carrier = Some(carrier);
        if let Some(left) = left {
            self.simulation.take_up(&left);
        }
    }

    /// Says that the simulation came to grief.
    pub fn came_to_grief(&self) {
        if let Some(carrier) = &self.carrier {
            carrier.came_to_grief();
        }
    }

    /// Leaves what the next start of the program goes on with.
    pub fn leave(&mut self) {
        if let Some(carrier) = &self.carrier {
            carrier.leave(self.simulation.leave());
        }
    }

    /// Takes messages in order; of commands that follow each other, superseded ones are dropped.
    pub fn receive(&mut self, messages: impl IntoIterator<Item = Message<S::Command>>) {
        let mut waiting: Option<S::Command> = None;
        for message in messages {
            self.changed = true;
            self.status.heard += 1;
            match message {
                Message::Command(newer) => {
                    if let Some(older) = waiting.replace(newer)
                        && !waiting.as_ref().is_some_and(|newer| S::supersedes(newer, &older))
                    {
                        self.simulation.apply(older);
                    }
                    continue;
                }
                Message::Run(running) if running != self.status.running => {
                    self.status.running = running;
                    self.re_anchor();
                    self.restart_measuring();
                }
                Message::Run(_) => {}
                Message::Step(steps) => self.owed += steps,
                Message::Leave => self.leaves = true,
                Message::Speed(speed) => {
                    self.speed = speed;
                    self.re_anchor();
                }
            }
            // A message to the runner itself keeps its place among the commands.
            if let Some(command) = waiting.take() {
                self.simulation.apply(command);
            }
        }
        if let Some(command) = waiting {
            self.simulation.apply(command);
        }
    }

    /// Does one slice of work if any is due and publishes a frame if one is. Returns what to do next, and whether a frame
    /// was published.
    pub fn turn(&mut self) -> (Next, bool) {
        let was_whole = self.simulation.is_whole();
        // Paused, it goes on to the end of the update under way: nothing else may be shown.
        let due = self.due_steps().max(u64::from(!was_whole));
        if due > 0 {
            // A frame that waits is taken at the end of the step under way.
            let is_late = !was_whole && self.published.is_none_or(|published| self.clock.now() >= published + FRAME);
            self.work(if is_late { 1 } else { due });
        }
        if due > 0 && self.simulation.is_finished() {
            self.status.running = false;
            self.owed = 0;
        }
        if self.leaves && self.simulation.is_whole() {
            self.leaves = false;
            self.leave();
        }
        let now = self.clock.now();
        self.measure(now);
        let frame_at = self.published.map_or(now, |published| published + FRAME);
        let is_whole = self.simulation.is_whole();
        let more = self.due_steps() > 0 || !is_whole;
        let next_step = self.next_step();
        // The last frame before a rest is sent at once, so that what is shown is what is.
        let resting = !more && next_step.is_none_or(|at| at > now + FRAME);
        let publish = self.changed && is_whole && (now >= frame_at || resting);
        if publish {
            self.publish(now);
        }
        let next = if more {
            Next::Again
        } else {
            match (next_step, self.changed) {
                (Some(at), true) => Next::At(at.min(frame_at)),
                (Some(at), false) => Next::At(at),
                (None, _) => Next::Idle,
            }
        };
        (next, publish)
    }

    /// Steps that are due now: those owed, and those that the speed asks for.
    fn due_steps(&mut self) -> u64 {
        if !self.status.running {
            return self.owed;
        }
        match self.speed {
            Speed::Unlimited => u64::MAX,
            Speed::Limited(rate) => {
                let now = self.clock.now();
                let lag = now.saturating_sub(self.anchor).as_secs_f64() - self.anchored_steps as f64 / rate;
                let longest = LONGEST_DEBT.as_secs_f64().max(1.0 / rate);
                if lag > longest {
                    self.anchor += Duration::from_secs_f64(lag - longest);
                }
                // The small addition keeps a step that is due right now from being lost to rounding.
                ((lag.min(longest)) * rate + 1e-6) as u64 + self.owed
            }
        }
    }

    /// When the next step is due at a limited speed.
    fn next_step(&self) -> Option<Duration> {
        match self.speed {
            Speed::Limited(rate) if self.status.running => {
                Some(self.anchor + Duration::from_secs_f64((self.anchored_steps + 1) as f64 / rate))
            }
            _ => None,
        }
    }

    fn work(&mut self, due: u64) {
        let began = self.clock.now();
        let done = self.simulation.advance(Budget { work: self.slice_work, steps: due });
        let took = self.clock.now() - began;
        self.changed = true;
        self.status.steps += done.steps;
        let by_hand = done.steps.min(self.owed);
        self.owed -= by_hand;
        self.anchored_steps += done.steps - by_hand;
        self.measured.steps += done.steps;
        self.measured.work += done.work;
        self.busy += took;
        // Aim at the slice length; a slice that was cut short by its steps tells little.
        if done.work >= self.slice_work || took > SLICE {
            let ratio = SLICE.as_secs_f64() / took.as_secs_f64().max(1e-9);
            let scaled = done.work.max(1) as f64 * ratio.clamp(0.5, 2.0);
            self.slice_work = (scaled as u64).clamp(1, 1 << 32);
        }
    }

    fn publish(&mut self, now: Duration) {
        self.sequence += 1;
        let published = self.output.input_buffer_mut();
        published.sequence = self.sequence;
        published.status = self.status;
        self.simulation.observe(&mut published.frame);
        self.output.publish();
        self.published = Some(now);
        self.changed = false;
    }

    fn re_anchor(&mut self) {
        self.anchor = self.clock.now();
        self.anchored_steps = 0;
    }

    fn restart_measuring(&mut self) {
        self.measured_since = self.clock.now();
        self.measured = Progress::default();
        self.busy = Duration::ZERO;
        if !self.status.running {
            self.status.steps_per_second = 0.0;
            self.status.work_per_second = 0.0;
        }
    }

    fn measure(&mut self, now: Duration) {
        let wall = now - self.measured_since;
        if wall < MEASURE || !self.status.running {
            return;
        }
        let (work, busy) = (self.measured.work as f64, self.busy.as_secs_f64());
        self.status.steps_per_second = self.measured.steps as f64 / wall.as_secs_f64();
        self.status.work_per_second = work / wall.as_secs_f64();
        if busy > 0.0 {
            self.status.work_per_busy_second = work / busy;
        }
        self.restart_measuring();
    }
}
