//! Everything between a page and its driver: settings that are sent when they change, undo, and the one place that
//! decides whether the simulation runs.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use serde::{Serialize, de::DeserializeOwned};

use super::{
    Host,
    undo::{StepId, Undo, Undone},
};
use crate::simulation::{Driver, Message, Published, Simulation, Speed, Status};

/// What could be missed is left for the next start of the program at most this often, in seconds, and at the end.
const LEAVE_EVERY: f64 = 60.0;

/// The command of a model's simulation.
pub type ModelCommand<M> = <<M as Model>::Simulation as Simulation>::Command;
/// The frame of a model's simulation.
pub type ModelFrame<M> = <<M as Model>::Simulation as Simulation>::Frame;

/// Settings that can be brought into their ranges.
pub trait Repair {
    /// Returns the nearest settings that are allowed.
    #[must_use]
    fn repaired(self) -> Self;
}

/// A model as a page runs it: its settings, its simulation, and how the two belong together.
pub trait Model: 'static {
    /// What acts on the model: sent, undone and saved.
    type Settings: Clone + PartialEq + Default + Serialize + DeserializeOwned + Repair;
    /// How it is run, such as its speed: saved, never undone.
    type Run: Clone + PartialEq + Default + Serialize + DeserializeOwned;
    /// What runs on the thread.
    type Simulation: Simulation;
    /// The name of its thread.
    const NAME: &'static str;

    /// Builds the simulation, paused.
    fn start(settings: &Self::Settings, run: &Self::Run) -> Self::Simulation;

    /// How fast it runs.
    fn speed(settings: &Self::Settings, run: &Self::Run, host: &Host) -> Speed;

    /// The command that brings new settings, whole; the simulation decides what it must rebuild.
    fn settings_command(settings: &Self::Settings) -> ModelCommand<Self>;

    /// The command that exchanges the state kept for a deed with the state of now; none for models without deeds.
    #[must_use]
    fn exchange_command(_deed: u64) -> Option<ModelCommand<Self>> {
        None
    }

    /// Whether the simulation still keeps the other side of a deed.
    fn keeps(_frame: &ModelFrame<Self>, _deed: u64) -> bool {
        false
    }

    /// Whether it runs on while another page is shown, as what learns or measures does.
    fn goes_on_hidden(_run: &Self::Run) -> bool {
        false
    }
}

/// What a look at the simulation found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// A new frame came.
    pub is_new: bool,
    /// The run that was asked for has come to its end by itself.
    pub has_ended: bool,
}

/// A model with its settings, its thread, undo and run state.
pub struct Session<M: Model> {
    host: Host,
    /// None until it is needed: a page that was never opened has no thread.
    driver: Option<Driver<M::Simulation>>,
    /// What is shown until then.
    nothing: Box<Published<ModelFrame<M>>>,
    /// What acts on the model; a change is sent at the next [`Session::sync`].
    pub settings: M::Settings,
    /// How it is run.
    pub run: M::Run,
    sent: M::Settings,
    sent_speed: Speed,
    undo: Undo<M::Settings>,
    wanted: bool,
    resting: bool,
    shown: Arc<AtomicBool>,
    now: f64,
    deeds: u64,
    /// Messages sent so far.
    messages: u64,
    /// Steps and messages when something was left last for the next start of the program, and the time.
    left: (u64, u64),
    left_at: f64,
}

/// What is asked of a session whatever its model is.
pub trait Runs {
    /// Whether it runs by itself now.
    fn is_running(&self) -> bool;
    /// The number of the newest frame; 0 before the first.
    fn sequence(&self) -> u64;
    /// Whether this step could still be taken back.
    fn has_step(&self, step: StepId) -> bool;
    /// Why its model stopped, if it panicked.
    fn failure(&self) -> Option<&str>;
    /// By hand: does what is due on the host's clock.
    fn turn_by_hand(&mut self);
}

impl<M: Model> Runs for Session<M> {
    fn is_running(&self) -> bool {
        self.is_running()
    }

    fn sequence(&self) -> u64 {
        self.sequence()
    }

    fn has_step(&self, step: StepId) -> bool {
        self.has_step(step)
    }

    fn failure(&self) -> Option<&str> {
        self.failure()
    }

    fn turn_by_hand(&mut self) {
        self.turn_by_hand();
    }
}

impl<M: Model> Session<M> {
    /// Builds a session with the default settings, not yet on screen. Its simulation starts when the page is first shown, or
    /// first told something: by then it has the settings of the last time, and goes on with what was left then. It runs once
    /// it is shown if `running`.
    #[must_use]
    pub fn new(host: &Host, running: bool) -> Self {
        let (settings, run) = (M::Settings::default(), M::Run::default());
        let shown = Arc::new(AtomicBool::new(false));
        Self {
            driver: None,
            nothing: Box::default(),
            sent: settings.clone(),
            sent_speed: M::speed(&settings, &run, host),
            undo: Undo::new(&settings),
            host: host.clone(),
            settings,
            run,
            wanted: running,
            resting: false,
            shown,
            now: 0.0,
            deeds: 0,
            messages: 0,
            left: (0, 0),
            left_at: 0.0,
        }
    }

    /// Starts the simulation with the settings of now, in place of one that runs already.
    fn start(&mut self) {
        self.driver = Some(start::<M>(&self.host, &self.shown, &self.settings, &self.run));
        self.sent.clone_from(&self.settings);
        self.sent_speed = M::speed(&self.settings, &self.run, &self.host);
        self.send(Message::Speed(self.sent_speed));
        self.send_run();
    }

    fn start_if_needed(&mut self) {
        if self.driver.is_none() {
            self.start();
        }
    }

    fn send(&mut self, message: Message<ModelCommand<M>>) {
        self.messages += 1;
        if let Some(driver) = &mut self.driver {
            driver.send(message);
        }
    }

    /// The one place that tells the simulation whether to run.
    fn send_run(&mut self) {
        let on_its_own = self.is_shown() || M::goes_on_hidden(&self.run);
        self.send(Message::Run(self.wanted && !self.resting && on_its_own));
    }

    /// Takes the newest frame and looks at the settings for undo. `held` says that a pointer or a key is down, so that
    /// no step of undo ends yet.
    pub fn poll(&mut self, now: f64, held: bool) -> Polled {
        self.now = now;
        let is_new = self.driver.as_mut().is_some_and(Driver::poll);
        self.leave_now_and_then();
        self.undo.look(now, &self.settings, held);
        let runs_here = self.is_shown() || M::goes_on_hidden(&self.run);
        // Only a frame made after everything was heard says that the run asked for has come to its end.
        let has_ended = self.wanted
            && !self.resting
            && runs_here
            && self.is_caught_up()
            && self.sequence() > 0
            && !self.status().running;
        if has_ended {
            self.wanted = false;
        }
        Polled { is_new, has_ended }
    }

    /// A program that is ended by force, or with the machine, leaves what it had a moment ago.
    fn leave_now_and_then(&mut self) {
        let stands = (self.status().steps, self.messages);
        if self.now - self.left_at < LEAVE_EVERY || stands == self.left {
            return;
        }
        self.send(Message::Leave);
        self.left_at = self.now;
        // The message itself is nothing to be missed.
        self.left = (stands.0, self.messages);
    }

    /// Sends settings and speed where they changed. Returns the settings of before, if others were sent.
    pub fn sync(&mut self) -> Option<M::Settings> {
        // What starts later starts with the settings of then.
        self.driver.as_ref()?;
        let speed = M::speed(&self.settings, &self.run, &self.host);
        if speed != self.sent_speed {
            self.sent_speed = speed;
            self.send(Message::Speed(speed));
        }
        if self.settings == self.sent {
            return None;
        }
        let before = std::mem::replace(&mut self.sent, self.settings.clone());
        self.send(Message::Command(M::settings_command(&self.settings)));
        Some(before)
    }

    /// Takes it that the simulation has these settings already, as after a command that says the change in another way.
    pub fn mark_sent(&mut self, change: impl Fn(&mut M::Settings)) {
        change(&mut self.settings);
        change(&mut self.sent);
    }

    /// Sends a command to the model, after the settings that were changed before it.
    pub fn command(&mut self, command: ModelCommand<M>) {
        self.start_if_needed();
        self.sync();
        self.send(Message::Command(command));
    }

    /// Says whether a person wants it to run; it pauses all the same while it has come to rest or is hidden.
    pub fn set_running(&mut self, running: bool) {
        self.sync();
        self.wanted = running;
        self.send_run();
    }

    /// Does so many steps, paused.
    pub fn step(&mut self, steps: u64) {
        self.start_if_needed();
        self.set_running(false);
        self.send(Message::Step(steps));
    }

    /// Does so many steps besides what it does anyway.
    pub fn add_steps(&mut self, steps: u64) {
        self.start_if_needed();
        self.send(Message::Step(steps));
    }

    /// The page comes on screen or leaves it.
    pub fn set_shown(&mut self, shown: bool) {
        let was = self.shown.swap(shown, Ordering::Relaxed);
        if shown {
            self.start_if_needed();
        }
        if was != shown {
            self.send_run();
        }
    }

    /// Whether the page is on screen.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }

    /// Rests, whatever is wanted, as while something else needs the whole processor.
    pub fn set_resting(&mut self, resting: bool) {
        if std::mem::replace(&mut self.resting, resting) != resting {
            self.send_run();
        }
    }

    /// Whether a person wants it to run.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Whether it is to run and can.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.wanted && self.failure().is_none()
    }

    /// Whether it goes on while it is not on screen.
    #[must_use]
    pub fn goes_on_hidden(&self) -> bool {
        self.is_running() && M::goes_on_hidden(&self.run)
    }

    /// Returns the newest frame that was published; before the first one, an empty frame.
    #[must_use]
    pub fn frame(&self) -> &ModelFrame<M> {
        &self.published().frame
    }

    fn published(&self) -> &Published<ModelFrame<M>> {
        self.driver.as_ref().map_or(&*self.nothing, Driver::published)
    }

    /// Counts the frames; 0 before the first.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.published().sequence
    }

    /// What the runner measured.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.published().status
    }

    /// What a drawing function needs at once: settings to change, and the frame to draw.
    pub fn parts(&mut self) -> (&mut M::Settings, &mut M::Run, &ModelFrame<M>) {
        let published = self.driver.as_ref().map_or(&*self.nothing, Driver::published);
        (&mut self.settings, &mut self.run, &published.frame)
    }

    /// Why the model stopped, if it panicked.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.driver.as_ref().and_then(Driver::failure)
    }

    /// Begins again with the settings of now after the model failed, paused.
    pub fn recover(&mut self) {
        self.start();
    }

    /// Whether messages wait for room, so that another frame must look after them.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.driver.as_ref().is_some_and(Driver::is_waiting)
    }

    /// Whether the newest frame was made after everything that was sent.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.driver.as_ref().is_none_or(Driver::is_caught_up)
    }

    /// By hand: does all that is due on the host's clock.
    pub fn turn_by_hand(&mut self) {
        if let Some(driver) = &mut self.driver {
            driver.turn_until_idle();
        }
    }

    /// Ends the step of undo under way, so that the next change is a step of its own. Returns its number.
    pub fn end_step(&mut self) -> Option<StepId> {
        self.undo.end_step(&self.settings)
    }

    /// Changes the settings as one step of undo. Returns its number, if anything changed.
    pub fn edit(&mut self, change: impl FnOnce(&mut M::Settings)) -> Option<StepId> {
        self.end_step();
        change(&mut self.settings);
        self.end_step()
    }

    /// Changes the settings without a step of undo, as where they must fit something that was loaded.
    pub fn change_quietly(&mut self, change: impl Fn(&mut M::Settings)) {
        change(&mut self.settings);
        self.undo.amend(change);
    }

    /// Changes the settings, and those that undo and redo would bring back: what no step takes back.
    pub fn change_everywhere(&mut self, change: impl Fn(&mut M::Settings)) {
        change(&mut self.settings);
        self.undo.amend_all(change);
    }

    /// Does a deed: `command` makes the command from its number, under which the simulation keeps how things were.
    pub fn deed(&mut self, command: impl FnOnce(u64) -> ModelCommand<M>) -> StepId {
        self.deeds += 1;
        self.command(command(self.deeds));
        self.undo.deed(self.deeds, &self.settings)
    }

    /// Takes the last step back, or does it again with `redo`. Returns what became of it.
    pub fn undo(&mut self, redo: bool) -> Option<Undone> {
        let caught_up = self.is_caught_up();
        let frame = &self.driver.as_ref().map_or(&*self.nothing, Driver::published).frame;
        // What the simulation has not shown yet it surely keeps.
        let kept = |deed: u64| !caught_up || M::keeps(frame, deed);
        let undone = match redo {
            false => self.undo.undo(&mut self.settings, kept),
            true => self.undo.redo(&mut self.settings, kept),
        };
        self.follow(undone)
    }

    /// Takes just this step back, if it can still be.
    pub fn undo_step(&mut self, step: StepId) -> Option<Undone> {
        let caught_up = self.is_caught_up();
        let frame = &self.driver.as_ref().map_or(&*self.nothing, Driver::published).frame;
        let kept = |deed: u64| !caught_up || M::keeps(frame, deed);
        let undone = self.undo.undo_step(step, &mut self.settings, kept);
        self.follow(undone)
    }

    /// Whether just this step can be taken back.
    #[must_use]
    pub fn has_step(&self, step: StepId) -> bool {
        self.undo.has(step, &self.settings)
    }

    fn follow(&mut self, undone: Option<Undone>) -> Option<Undone> {
        if let Some(Undone::Deed(deed)) = undone
            && let Some(command) = M::exchange_command(deed)
        {
            self.command(command);
        }
        self.sync();
        undone
    }

    /// Takes settings as they are, as from a file: no step of undo.
    pub fn take(&mut self, settings: M::Settings, run: M::Run) {
        self.settings = settings.repaired();
        self.run = run;
        self.undo.forget(&self.settings);
        self.sync();
    }
}

fn start<M: Model>(
    host: &Host,
    shown: &Arc<AtomicBool>,
    settings: &M::Settings,
    run: &M::Run,
) -> Driver<M::Simulation> {
    host.drive(M::NAME, shown, || M::start(settings, run))
}
