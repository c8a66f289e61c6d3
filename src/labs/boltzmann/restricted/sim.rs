//! The simulation of the lab: a machine that learns, dreams that go on, and the drawing that it completes.

use std::sync::Arc;

pub use super::run::LikelihoodPoint;
use super::{
    carried::{self, Waiting},
    correlations::Correlations,
    dreams::Film,
    pad::Completion,
    run::{Before, Run},
    settings::{Configuration, RbmSettings},
};
use crate::{
    physics::rbm::{
        Machine, Method, Samples, Shape,
        pairs::Covariances,
        trainer::RUNAWAY,
        training::{Cause, EpochMeasures, Training},
    },
    simulation::{Budget, Progress, Simulation},
};

/// Features that are shown.
pub const FEATURES: usize = 100;
/// Hidden units whose correlations are shown.
pub const TILES: usize = 16;
/// Points of a curve that a frame carries.
const POINTS: usize = 300;
/// Machines that a person can come back to.
const KEPT: usize = 4;
/// Gibbs steps of the dreams take this part of the time that learning takes.
const DREAM_SHARE: usize = 10;

/// What the lab can tell it.
#[derive(Clone, Debug)]
pub enum RbmCommand {
    /// New settings; another makeup waits for its pictures.
    Settings(Box<RbmSettings>),
    /// The pictures of a makeup: training ones and those held back.
    Pictures {
        /// For which makeup.
        configuration: Configuration,
        /// Training pictures.
        train: Samples,
        /// Pictures held back.
        validation: Option<Samples>,
    },
    /// Learn or not; not learning, it only dreams.
    Learn(bool),
    /// Learn from one batch, also while it is paused; a step must be asked for as well.
    Batch,
    /// Begin the dreams again.
    DreamAgain,
    /// Show the machine itself in the frames from now on, with this number: later ones are larger.
    Show(u64),
    /// Go on with a machine from a file when the pictures of its makeup come.
    Machine {
        /// The machine.
        machine: Box<Machine>,
        /// Epochs that it has learned.
        epochs: u64,
        /// The makeup that it belongs to.
        configuration: Configuration,
    },
}

/// What the window draws.
#[derive(Clone, Debug, Default)]
pub struct RbmFrame {
    /// Whether pictures are there and a machine for them.
    pub ready: bool,
    /// Whether it is a machine that has learned, here or elsewhere.
    pub taught: bool,
    /// Whether it learns.
    pub learning: bool,
    /// Threads that it learns with.
    pub threads: usize,
    /// Pixels along the upper and the left edge.
    pub size: [usize; 2],
    /// Sizes of the machine.
    pub shape: Option<Shape>,
    /// Epochs done, with the part of the one under way.
    pub epochs: f64,
    /// Updates.
    pub updates: u64,
    /// The largest weight.
    pub largest_weight: f32,
    /// Why it ran away.
    pub ran_away: Option<Cause>,
    /// Hidden units that are shown, in order.
    pub feature_units: Vec<usize>,
    /// Their weights: [features × pixels].
    pub features: Vec<f32>,
    /// How often each hidden unit is on.
    pub activity: Vec<f32>,
    /// Eyes open, eyes closed.
    pub now: Correlations,
    /// Covariances of pairs of pixels in the data and in free dreams.
    pub pairs: Option<Arc<Covariances>>,
    /// The same before learning, with the epoch at which it was.
    pub early_pairs: Option<(u64, Arc<Covariances>)>,
    /// Hidden units that never answer or always do, where these are so many that learning has stopped for them.
    pub died: Option<usize>,
    /// How many of the dreams shown are read as the label that they are held to, and how many there are.
    pub read: Option<[usize; 2]>,
    /// The dreams, a picture each: [chains × pixels], 0 to 1.
    pub dreams: Vec<f32>,
    /// The films: how dreams came from where they began.
    pub film: Film,
    /// How much a step changes the dreams: 0 for nothing, 1 for as much as one of them differs from another.
    pub looseness: Option<f64>,
    /// Gibbs steps of the dreams.
    pub dream_steps: u64,
    /// Energy a spin of the data and of the dreams with its error, for a magnet.
    pub magnet: Option<[f64; 3]>,
    /// Hidden units given the drawing: probabilities.
    pub looked: Vec<f32>,
    /// The drawing as the machine completes it.
    pub completed: Vec<f32>,
    /// p(label | drawing).
    pub classes: Vec<f64>,
    /// Measures at the end of epochs.
    pub curve: Vec<EpochMeasures>,
    /// Exact likelihood, for small machines.
    pub likelihood: Vec<LikelihoodPoint>,
    /// The best likelihood that any machine could have on the pictures of that curve, nats.
    pub best_likelihood: Option<f64>,
    /// The machine itself, when it was asked for.
    pub machine: Option<(u64, Arc<Machine>)>,
}

impl RbmFrame {
    /// Whether the epochs planned are done.
    #[must_use]
    pub fn has_ended(&self, settings: &RbmSettings) -> bool {
        self.ready && self.epochs >= f64::from(settings.trainer.epochs)
    }
}

/// The simulation.
pub struct RbmSimulation {
    settings: RbmSettings,
    pool: Option<Arc<rayon::ThreadPool>>,
    run: Option<Run>,
    /// Machines of other makeups, the newest last: undo comes back to them.
    kept: Vec<Run>,
    /// A machine from a file, until its pictures come.
    opened: Option<Waiting>,
    /// The machine of the last start of the program, until its pictures come.
    left: Option<Left>,
    learning: bool,
    completion: Completion,
    wanted: Option<u64>,
    /// The machine as it was when it was asked for last. Every frame carries it: the window does not see each of them.
    asked_for: Option<(u64, Arc<Machine>)>,
    since_dream: usize,
    /// Batches asked for one by one.
    owed_batches: u64,
}

/// What was left by the last start of the program: read, and as it was written.
struct Left {
    machine: Waiting,
    bytes: Vec<u8>,
}

impl RbmSimulation {
    /// Nothing to learn from yet. `pool`: threads for large machines.
    #[must_use]
    pub fn new(settings: RbmSettings, pool: Option<Arc<rayon::ThreadPool>>) -> Self {
        Self {
            settings,
            pool,
            run: None,
            kept: Vec::new(),
            opened: None,
            left: None,
            learning: false,
            completion: Completion::default(),
            wanted: None,
            asked_for: None,
            since_dream: 0,
            owed_batches: 0,
        }
    }

    fn take_settings(&mut self, settings: RbmSettings) {
        let before = std::mem::replace(&mut self.settings, settings);
        if before.configuration != self.settings.configuration {
            self.change_configuration();
        }
        let Some(run) = &mut self.run else { return };
        if *run.training.trainer().settings() != self.settings.trainer {
            // The lab sends only what it has checked.
            let _ = run.training.set_settings(self.settings.trainer);
        }
        if !self.settings.frozen {
            run.frozen = None;
        } else if run.frozen.is_none() {
            run.frozen = Some(run.training.trainer().network().clone());
        }
        let dreams_anew = before.start != self.settings.start
            || before.label != self.settings.label
            || before.tempered != self.settings.tempered;
        if dreams_anew {
            run.dream_again(&self.settings);
        }
        self.completion.set_drawing(&self.settings.drawing, &self.settings.hidden_pixels);
    }

    /// Puts the machine of the old makeup away, and takes that of the new one up again if it is still there.
    fn change_configuration(&mut self) {
        if let Some(run) = self.run.take() {
            self.kept.push(run);
        }
        if let Some(place) = self.kept.iter().position(|run| run.configuration == self.settings.configuration) {
            self.run = Some(self.kept.remove(place));
        }
        let surplus = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..surplus);
    }

    fn take_pictures(&mut self, configuration: Configuration, train: Samples, validation: Option<Samples>) {
        if configuration != self.settings.configuration
            || self.run.as_ref().is_some_and(|run| run.configuration == configuration)
        {
            return;
        }
        let opened = self.opened.take_if(|waiting| waiting.is_of(&configuration));
        let left = || self.left.take_if(|left| left.machine.is_of(&configuration)).map(|left| left.machine);
        // Pictures that have become others meanwhile, as a file may, begin a new machine. Settings were checked by the lab.
        let before = opened.or_else(left);
        let before =
            before.map(|it| it.begin(configuration.clone(), &self.settings, train.clone(), validation.clone()));
        self.run = before.and_then(Result::ok).or_else(|| self.untaught(configuration, train, validation));
        if let Some(run) = &mut self.run
            && self.settings.frozen
        {
            run.frozen = Some(run.training.trainer().network().clone());
        }
        self.completion.set_drawing(&self.settings.drawing, &self.settings.hidden_pixels);
    }

    /// A machine that has learned nothing.
    fn untaught(&self, configuration: Configuration, train: Samples, validation: Option<Samples>) -> Option<Run> {
        let shape = self.settings.shape(train.pixels(), train.classes());
        let machine = Machine::new(shape, &train.means(), self.settings.trainer.seed).ok()?;
        let training = Training::new(machine, self.settings.trainer, train, validation).ok()?;
        Some(Run::new(configuration, training, &self.settings, Before::default()))
    }

    /// One batch; answers how many pictures it had.
    fn learn(&mut self) -> u64 {
        let Some(run) = &mut self.run else { return 0 };
        let batch = run.training.trainer().batch() as u64;
        run.learn();
        batch
    }

    /// A Gibbs step of all dreams, of the film and of the completion.
    fn dream(&mut self) {
        let Some(run) = &mut self.run else { return };
        run.dream(&self.settings);
        self.completion.step(run.training.trainer().network());
    }

    fn end_film(&mut self) {
        let Some(run) = &mut self.run else { return };
        let network = run.frozen.as_ref().unwrap_or_else(|| run.training.trainer().network());
        run.dreams.end_film(network, &self.settings);
    }

    fn in_pool<R: Send>(&mut self, work: impl FnOnce(&mut Self) -> R + Send) -> R {
        match self.pool.clone() {
            Some(pool) if self.is_large() => pool.install(|| work(self)),
            _ => work(self),
        }
    }

    /// Whether several threads are worth their start.
    fn is_large(&self) -> bool {
        self.run.as_ref().is_some_and(|run| {
            let trainer = run.training.trainer();
            trainer.network().grain(trainer.batch()).is_some()
        })
    }

    fn slice(&mut self, budget: Budget) -> Progress {
        let mut progress = Progress::default();
        while progress.work < budget.work && progress.steps < budget.steps {
            if (self.learning || self.owed_batches > 0) && !self.has_ended() {
                self.owed_batches = self.owed_batches.saturating_sub(1);
                progress.work += self.learn().max(1);
                self.since_dream += 1;
                let every = self.dream_spacing();
                if self.since_dream >= every {
                    self.since_dream = 0;
                    self.dream();
                }
            } else {
                self.dream();
                progress.work += super::settings::DREAMS as u64;
            }
            progress.steps += 1;
            if self.is_finished() {
                self.end_film();
                break;
            }
        }
        progress
    }

    /// Batches between two Gibbs steps of the dreams.
    fn dream_spacing(&self) -> usize {
        let Some(run) = &self.run else { return 1 };
        let trainer = run.training.trainer();
        let (Method::Cd(steps) | Method::Pcd(steps)) = trainer.settings().method;
        let learning = trainer.batch() * (2 + steps as usize);
        (DREAM_SHARE * 2 * super::settings::DREAMS).div_ceil(learning)
    }

    /// Whether the epochs planned are done.
    fn has_ended(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.training.epoch() >= u64::from(self.settings.trainer.epochs))
    }

    fn fill(&mut self, frame: &mut RbmFrame) {
        frame.learning = self.learning;
        frame.threads = match &self.pool {
            Some(pool) if self.is_large() => pool.current_num_threads(),
            _ => 1,
        };
        frame.ready = self.run.is_some();
        frame.taught = self.run.as_ref().is_some_and(Run::is_taught);
        let Some(run) = &mut self.run else {
            *frame = RbmFrame { machine: self.asked_for.clone(), ..RbmFrame::default() };
            return;
        };
        let units = run.units_shown(&self.settings, TILES);
        run.correlations.follow(&run.training, units);
        let training = &run.training;
        let network = training.trainer().network();
        let shape = network.shape();
        frame.size = [training.train().width(), training.train().height()];
        frame.shape = Some(shape);
        frame.epochs = training.epochs_done();
        frame.updates = training.trainer().updates();
        frame.largest_weight = training.trainer().largest_weight().min(RUNAWAY);
        frame.ran_away = training.ran_away();
        frame.activity.clear();
        frame.activity.extend_from_slice(training.activity());
        frame.feature_units = run.units_shown(&self.settings, FEATURES);
        frame.features.clear();
        for &unit in &frame.feature_units {
            frame.features.extend((0..shape.visible).map(|pixel| network.weights().row(pixel)[unit]));
        }
        frame.now.clone_from(&run.correlations.mean);
        frame.pairs.clone_from(&run.now_pairs);
        frame.early_pairs.clone_from(&run.early_pairs);
        frame.died = run.died;
        let dreaming = run.frozen.as_ref().unwrap_or(network);
        run.dreams.fill(dreaming, &self.settings, &mut frame.dreams, &mut frame.film);
        frame.read = self.settings.label.and_then(|label| run.dreams.read(dreaming, label));
        frame.looseness = run.dreams.looseness();
        frame.dream_steps = run.dreams.steps();
        frame.magnet = run.magnet_energy.and_then(|data| {
            let [energy, error] = run.dreams.magnet_energy()?;
            Some([data, energy, error])
        });
        self.completion.fill(network, &mut frame.looked, &mut frame.completed, &mut frame.classes);
        thin(training.curve(), &mut frame.curve);
        thin(&run.likelihood, &mut frame.likelihood);
        frame.best_likelihood = run.best_likelihood.filter(|_| !run.likelihood.is_empty());
        if let Some(number) = self.wanted.take() {
            self.asked_for = Some((number, Arc::new(network.machine())));
        }
        frame.machine.clone_from(&self.asked_for);
    }
}

/// At most so many points, evenly, with the last one.
fn thin<T: Copy>(points: &[T], to: &mut Vec<T>) {
    to.clear();
    let every = points.len().div_ceil(POINTS).max(1);
    to.extend(points.iter().step_by(every).copied());
    if points.len() > 1 && !(points.len() - 1).is_multiple_of(every) {
        to.extend(points.last().copied());
    }
}

impl Simulation for RbmSimulation {
    type Command = RbmCommand;
    type Frame = RbmFrame;

    fn apply(&mut self, command: RbmCommand) {
        match command {
            RbmCommand::Settings(settings) => self.take_settings(*settings),
            RbmCommand::Pictures { configuration, train, validation } => {
                self.take_pictures(configuration, train, validation);
            }
            RbmCommand::Learn(learn) => {
                self.learning = learn;
                if learn && let Some(run) = &mut self.run {
                    run.has_heard_of_the_dead |= run.died.take().is_some();
                }
            }
            RbmCommand::Batch => self.owed_batches += 1,
            RbmCommand::DreamAgain => {
                if let Some(run) = &mut self.run {
                    run.dream_again(&self.settings);
                }
            }
            RbmCommand::Show(number) => self.wanted = Some(number),
            RbmCommand::Machine { machine, epochs, configuration } => {
                self.opened = Some(Waiting::for_machine(machine, epochs, configuration));
            }
        }
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        if self.run.is_none() {
            // Nothing to do until pictures come.
            return Progress { work: budget.work, steps: budget.steps.min(1) };
        }
        self.in_pool(|simulation| simulation.slice(budget))
    }

    fn observe(&mut self, frame: &mut RbmFrame) {
        self.completion.look(self.run.as_ref().map(|run| run.training.trainer().network()));
        self.fill(frame);
    }

    fn is_finished(&self) -> bool {
        let is_lost = |run: &Run| run.training.ran_away().is_some() || run.died.is_some();
        self.learning && (self.has_ended() || self.run.as_ref().is_some_and(is_lost))
    }

    fn leave(&mut self) -> Option<Vec<u8>> {
        // What still waits for its pictures is left as it was found.
        self.run.as_ref().and_then(carried::leave).or_else(|| self.left.as_ref().map(|left| left.bytes.clone()))
    }

    fn take_up(&mut self, left: &[u8]) {
        self.left = Waiting::from_bytes(left).map(|machine| Left { machine, bytes: left.to_vec() });
    }

    fn supersedes(newer: &RbmCommand, older: &RbmCommand) -> bool {
        matches!((newer, older), (RbmCommand::Settings(_), RbmCommand::Settings(_)))
    }
}
