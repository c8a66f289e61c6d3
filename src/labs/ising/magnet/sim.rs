//! The magnet behind the lab: commands in, frames out.
//!
//! A step is a sweep, or one spin asked while looking inside. Work is counted in spins tried.

use std::collections::VecDeque;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{
    labs::ising::{
        common::{
            block_sums::BlockSums, brush::Stroke, coarsening::Growth, kept_states::KeptStates, live_averages::Meter,
            trail::TrailDot,
        },
        magnet::{
            cluster_inside::ClusterInside,
            frame::MagnetFrame,
            inspector::{Inspector, Watch},
            kept::{Kept, Running},
            left,
            picture::{OVERVIEW, ViewRequest},
            ramp::{LoopArea, Ramp, RampFrame, RampKind},
            settings::MagnetSettings,
            small_magnets::{Companions, LEVELS},
            traces::{LOOP, TRAIL, Traces},
        },
    },
    labs::kit::Repair,
    physics::{
        ising::{
            Counts, Coupling, Dynamics, Engine, Parameters, Spins,
            attempt::{Attempt, attempt},
            exact,
        },
        statistics::History,
    },
    simulation::{Budget, Progress, Simulation},
};

/// Field cycles remembered.
const LOOPS: usize = 100;
/// Temperatures of the ghost curves behind the free-energy landscape, in J/k.
pub const GHOSTS: [f64; 2] = [2.0, 3.5];
/// Steps after which the ghost curves are known well enough.
const GHOST_STEPS: u64 = 4000;
/// Brush pieces that wait for a long update to end; the pointer makes at most some 100 a second.
const WAITING_TOUCHES: usize = 1000;

/// What the lab can tell the magnet.
#[derive(Clone, Debug)]
pub enum MagnetCommand {
    /// New settings; rebuilds what must be rebuilt.
    Settings(Box<MagnetSettings>),
    /// A piece of a brush stroke.
    Paint(Stroke),
    /// What part of the lattice to show.
    View(ViewRequest),
    /// Begin again from the start state of the settings, a deed with this number.
    Restart(u64),
    /// What is painted from now on belongs to the deed with this number.
    BeginStroke(u64),
    /// Let all pinned spins go, a deed with this number.
    ReleaseAll(u64),
    /// Exchange the spins and pins of now for those that are kept for this deed.
    Exchange(u64),
    /// Turn a knob by itself, as the ramp with this number.
    Ramp(u64, RampKind),
    /// End the ramp; what it turned stands at this value.
    EndRamp(f64),
    /// Try one spin at a time, and say why it turned or did not.
    LookInside(bool),
    /// Forget the dots and loops of the plots.
    ClearTrails,
    /// What the window wants to see beyond the lattice itself.
    Watch(Watch),
}

/// What waits for a moment at which no cluster is under way.
#[derive(Clone, Debug)]
enum Touch {
    Paint(Stroke),
    Keep(u64),
    Exchange(u64),
}

/// The simulation of the Ising lab.
pub struct MagnetSimulation {
    settings: MagnetSettings,
    /// The settings sent last: a knob that is another one there was touched by hand.
    sent: MagnetSettings,
    running: Running,
    kept: KeptStates<Kept>,
    looks_inside: bool,
    /// For asking and the brush; the lattice's own generator is not disturbed by either.
    rng: Xoshiro256PlusPlus,
    view: ViewRequest,
    touches: VecDeque<Touch>,
    ramp: Option<Ramp>,
    /// What the last ramp shows, until its knob is set by hand.
    ramp_frame: Option<RampFrame>,
    attempt: Option<Attempt>,
    inside: ClusterInside,
    companions: Companions,
    ghosts: [Companions; 2],
    traces: Traces,
    moved_since_observed: bool,
    /// Those of the end of the last sweep, unless spins have turned since.
    counts: Option<Counts>,
    columns: BlockSums,
    meter: Meter,
    inspector: Inspector,
    growth: Growth,
    loops: VecDeque<LoopArea>,
}

impl MagnetSimulation {
    /// A magnet with these settings.
    ///
    /// # Panics
    /// Never: settings that are out of range are repaired first.
    #[must_use]
    pub fn new(settings: MagnetSettings) -> Self {
        let settings = settings.repaired();
        Self {
            running: Running::new(&settings),
            sent: settings.clone(),
            kept: KeptStates::default(),
            looks_inside: false,
            rng: Xoshiro256PlusPlus::seed_from_u64(!settings.seed),
            view: ViewRequest::whole(settings.size, 512),
            touches: VecDeque::new(),
            ramp: None,
            ramp_frame: None,
            attempt: None,
            inside: ClusterInside::default(),
            companions: Companions::new(settings.parameters(), settings.dynamics, settings.seed),
            ghosts: GHOSTS.map(|temperature| {
                let parameters = Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic };
                Companions::new(parameters, Dynamics::SwendsenWang, settings.seed)
            }),
            traces: Traces::default(),
            moved_since_observed: true,
            counts: None,
            columns: BlockSums::default(),
            meter: Meter::default(),
            inspector: Inspector::default(),
            growth: Growth::default(),
            loops: VecDeque::new(),
            settings,
        }
    }

    fn order(&self, counts: &Counts) -> f64 {
        match self.settings.coupling {
            Coupling::Ferromagnetic => counts.magnetization(),
            Coupling::Antiferromagnetic => counts.staggered_magnetization(),
        }
    }

    fn set(&mut self, settings: MagnetSettings) {
        let mut settings = settings.repaired();
        let before = std::mem::replace(&mut self.sent, settings.clone());
        if let Some(shown) = &self.ramp_frame {
            let knob = shown.kind.knob();
            if knob.of(&settings) == knob.of(&before) {
                // Nobody touched the knob: it stands where the ramp has turned it.
                *knob.of_mut(&mut settings) = shown.value;
            } else {
                self.end_ramp();
            }
        }
        let rebuild = settings.needs_another_lattice(&self.settings);
        let other_order = settings.coupling != self.settings.coupling;
        self.settings = settings;
        if rebuild {
            self.running = Running::new(&self.settings);
        }
        if rebuild || other_order {
            self.clear_plots();
        }
        self.set_engines();
    }

    fn end_ramp(&mut self) {
        (self.ramp, self.ramp_frame) = (None, None);
    }

    fn begin_ramp(&mut self, number: u64, kind: RampKind) {
        self.ramp = Some(Ramp::new(number, kind, &self.settings));
        self.show_ramp();
    }

    fn show_ramp(&mut self) {
        let Some(ramp) = &self.ramp else { return };
        let (number, kind) = (ramp.number, ramp.kind);
        let value = kind.knob().of(&self.settings);
        self.ramp_frame = Some(RampFrame { number, kind, progress: Some(ramp.progress()), value });
    }

    fn set_engines(&mut self) {
        let (parameters, dynamics) = (self.settings.parameters(), self.settings.dynamics);
        if parameters != self.running.engine.parameters() {
            // A large cluster at the old temperature would keep the person waiting.
            self.running.engine.give_up();
            self.inside.forget();
            self.measure_again();
            self.growth.begin();
        } else if dynamics != self.running.engine.dynamics() {
            self.measure_again();
        }
        self.running.engine.set_parameters(parameters);
        self.running.engine.set_dynamics(dynamics);
        self.companions.set(parameters, dynamics);
    }

    fn measure_again(&mut self) {
        self.meter.begin_again(&mut self.running.engine);
        self.inspector.begin_again();
    }

    fn restart(&mut self, deed: u64) {
        let before = std::mem::replace(&mut self.running, Running::new(&self.settings));
        self.kept.keep(deed, Kept::Running(Box::new(before)));
        self.clear_plots();
    }

    /// Exchanges what is kept for a deed for what is now.
    fn exchange(&mut self, deed: u64) {
        let Self { kept, running, .. } = self;
        let was_a_run = kept.exchange(deed, |kept| kept.exchange(running) && kept.is_a_run());
        if was_a_run == Some(true) {
            self.clear_plots();
            self.set_engines();
        }
    }

    fn clear_plots(&mut self) {
        self.traces.clear();
        self.touches.clear();
        self.counts = None;
        self.attempt = None;
        self.inside.forget();
        self.growth.begin();
        self.measure_again();
        self.inspector.forget();
    }

    fn do_what_waits(&mut self) {
        if self.touches.is_empty() {
            return;
        }
        while let Some(touch) = self.touches.pop_front() {
            match touch {
                Touch::Paint(stroke) => stroke.paint(self.running.engine.lattice_mut(), &mut self.rng),
                Touch::Keep(deed) => {
                    self.kept.keep(deed, Kept::Lattice(Box::new(self.running.engine.lattice().clone())));
                }
                Touch::Exchange(deed) => self.exchange(deed),
            }
        }
        self.counts = None;
        self.inside.forget();
        self.moved_since_observed = true;
        self.measure_again();
    }

    fn attempt(&mut self) {
        let parameters = self.settings.parameters();
        if self.settings.dynamics == Dynamics::Wolff {
            self.look_at_a_cluster(&parameters);
            return;
        }
        let side = self.running.engine.lattice().side();
        let view = self.view.clamped(side);
        // One of the spins that show, two away from the edge where they are many: an update that picks at random among
        // some of the spins keeps the Boltzmann distribution of these as well.
        let (across, edge) = if view.block == 1 && view.columns < side { (view.columns, 2) } else { (side, 0) };
        let (across, edge) = if across > 8 { (across - 2 * edge, edge) } else { (across, 0) };
        let mut coordinate = |corner: usize| (corner + edge + self.rng.random_range(0..across)) % side;
        let place = coordinate(view.x) + coordinate(view.y) * side;
        self.attempt = Some(attempt(self.running.engine.lattice_mut(), place, &parameters, &mut self.rng));
        self.counts = None;
        self.count_asks(1);
    }

    fn count_asks(&mut self, asks: u64) {
        self.running.asks += asks;
        if self.running.asks >= self.running.engine.lattice().len() as u64 {
            self.running.asks = 0;
            self.after_sweep();
        }
    }

    /// Grows a cluster, or turns the one that has grown.
    fn look_at_a_cluster(&mut self, parameters: &Parameters) {
        self.attempt = None;
        if let Some(asked) = self.inside.step(self.running.engine.lattice_mut(), parameters, &mut self.rng) {
            self.counts = None;
            self.count_asks(asked as u64);
        }
    }

    fn after_sweep(&mut self) {
        self.running.sweeps += 1;
        let counts = self.running.engine.lattice().counts();
        self.counts = Some(counts);
        let (order, energy) = (self.order(&counts), counts.energy(&self.running.engine.parameters()));
        self.traces.order.push(self.running.sweeps, order);
        self.traces.energy.push(self.running.sweeps, energy);
        self.meter.push(energy, order, &mut self.running.engine);
        if self.inspector.wants_state(true) {
            self.inspector.take_state(self.running.engine.lattice(), self.settings.is_staggered());
        }
        let dot = TrailDot { temperature: self.settings.temperature, order: order.abs(), energy };
        self.traces.leave(dot, [self.settings.field, counts.magnetization()]);
        if self.settings.field == 0.0 {
            self.growth.push(energy, self.settings.temperature);
        }
        if let Some(mut ramp) = self.ramp.take() {
            if let Some(area) = ramp.enclose(&self.settings, counts.magnetization()) {
                self.loops.push_back(area);
                if self.loops.len() > LOOPS {
                    self.loops.pop_front();
                }
            }
            let ended = ramp.advance(&mut self.settings);
            self.ramp = Some(ramp);
            self.show_ramp();
            if ended {
                self.ramp = None;
                self.ramp_frame.iter_mut().for_each(|shown| shown.progress = None);
            }
            self.set_engines();
        }
    }
}

impl Simulation for MagnetSimulation {
    type Command = MagnetCommand;
    type Frame = MagnetFrame;

    fn apply(&mut self, command: MagnetCommand) {
        match command {
            MagnetCommand::Settings(settings) => self.set(*settings),
            MagnetCommand::Paint(stroke) => {
                if self.touches.len() < WAITING_TOUCHES {
                    self.touches.push_back(Touch::Paint(stroke));
                }
            }
            MagnetCommand::BeginStroke(deed) => self.touches.push_back(Touch::Keep(deed)),
            MagnetCommand::ReleaseAll(deed) => {
                let release = Stroke::release_everything(self.settings.size);
                self.touches.extend([Touch::Keep(deed), Touch::Paint(release)]);
            }
            MagnetCommand::Exchange(deed) => self.touches.push_back(Touch::Exchange(deed)),
            MagnetCommand::View(view) => self.view = view,
            MagnetCommand::Restart(deed) => self.restart(deed),
            MagnetCommand::Ramp(number, kind) => self.begin_ramp(number, kind),
            MagnetCommand::EndRamp(value) => {
                if let Some(shown) = self.ramp_frame {
                    self.end_ramp();
                    *shown.kind.knob().of_mut(&mut self.settings) = value;
                    self.settings = self.settings.clone().repaired();
                    self.set_engines();
                }
            }
            MagnetCommand::LookInside(inside) => {
                self.looks_inside = inside;
                if !inside {
                    self.attempt = None;
                }
                self.inside.forget();
            }
            MagnetCommand::ClearTrails => {
                self.traces.clear_trails();
                self.loops.clear();
            }
            MagnetCommand::Watch(watch) => self.inspector.watch(watch),
        }
        // A cluster that is being grown would be spoilt by a brush: give it up, or paint when it has ended.
        if !self.touches.is_empty() {
            self.running.engine.give_up();
        }
        if self.running.engine.can_be_touched() {
            self.do_what_waits();
        }
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        let mut progress = Progress::default();
        while progress.work < budget.work && progress.steps < budget.steps {
            if self.running.engine.can_be_touched() {
                self.do_what_waits();
            }
            if self.looks_inside && self.running.engine.is_between_sweeps() {
                self.attempt();
                progress.work += 1;
                progress.steps += 1;
                continue;
            }
            let slice = self.running.engine.advance(budget.work - progress.work);
            progress.work += slice.work;
            self.counts = None;
            if slice.finished {
                progress.steps += 1;
                self.after_sweep();
            }
        }
        self.moved_since_observed = true;
        if self.inspector.watched().landscape {
            self.companions.step();
        }
        progress
    }

    fn observe(&mut self, frame: &mut MagnetFrame) {
        let moved = std::mem::take(&mut self.moved_since_observed);
        if self.inspector.watched().landscape {
            self.companions.prepare_picture(moved);
            let unknown = self.ghosts.iter_mut().filter(|ghost| ghost.steps() < GHOST_STEPS);
            for ghost in unknown {
                ghost.prepare_picture(false);
                if moved {
                    ghost.step();
                }
            }
        }
        let is_staggered = self.settings.is_staggered();
        // While it runs, states are taken at the end of sweeps.
        if self.running.engine.is_between_sweeps() && self.inspector.wants_state(moved) {
            self.inspector.take_state(self.running.engine.lattice(), is_staggered);
        }
        let live = self.meter.live();
        self.inspector.look(&live, &self.settings, self.view, moved);
        let lattice = self.running.engine.lattice();
        frame.live = live;
        let is_hot = self.settings.temperature >= exact::critical_temperature() || self.settings.field != 0.0;
        self.inspector.show_correlation(&mut frame.correlation, is_hot);
        self.inspector.show_clusters(&mut frame.clusters);
        refill(&mut frame.growth, self.growth.points().iter().copied(), 256);
        frame.growth_exponent = self.growth.exponent(lattice.side());
        refill(&mut frame.loops, self.loops.iter().copied(), LOOPS);
        self.inspector.show_blur(&mut frame.blur, lattice, self.running.sweeps, is_staggered);
        let staggered = self.inspector.watched().staggered && is_staggered;
        frame.picture.draw(lattice, self.view, staggered, &mut self.columns);
        if self.view.with_overview {
            let whole = ViewRequest::whole(lattice.side(), OVERVIEW);
            frame.overview.draw(lattice, whole, staggered, &mut self.columns);
        }
        frame.settings.clone_from(&self.settings);
        frame.sweeps = self.running.sweeps;
        let counts = *self.counts.get_or_insert_with(|| lattice.counts());
        frame.magnetization = counts.magnetization();
        frame.order = self.order(&counts);
        frame.energy = counts.energy(&self.running.engine.parameters());
        frame.pinned = lattice.pinned_count();
        refill(&mut frame.order_history, self.traces.order.stretches().copied(), History::CAPACITY);
        refill(&mut frame.energy_history, self.traces.energy.stretches().copied(), History::CAPACITY);
        refill(&mut frame.trail, self.traces.trail.dots().copied(), TRAIL.most);
        refill(&mut frame.field_loop, self.traces.field_loop.dots().copied(), LOOP.most);
        refill(&mut frame.companion_counts, self.companions.counts().iter().copied(), LEVELS);
        for (counts, ghost) in frame.ghost_counts.iter_mut().zip(&self.ghosts) {
            refill(counts, ghost.counts().iter().copied(), LEVELS);
        }
        frame.companion_ball = self.companions.ball();
        frame.attempt = self.attempt;
        self.inside.show(&mut frame.inside, lattice, self.view);
        frame.ramp = self.ramp_frame;
        frame.oldest_deed = self.kept.oldest();
    }

    fn is_whole(&self) -> bool {
        // A cluster is flipped spin by spin: half of one is no state of the magnet.
        self.running.engine.can_be_touched()
    }

    fn leave(&mut self) -> Option<Vec<u8>> {
        if self.running.sweeps == 0 && self.kept.oldest().is_none() {
            // As it begins anyway.
            return None;
        }
        self.running.engine.give_up();
        while !self.running.engine.can_be_touched() {
            self.running.engine.advance(1);
        }
        left::leave(&self.running, self.traces.clone())
    }

    fn take_up(&mut self, left: &[u8]) {
        let Some((running, traces)) = left::taken_up(left, &self.settings) else { return };
        self.running = running;
        self.clear_plots();
        self.traces.take_up(traces);
    }

    fn supersedes(newer: &MagnetCommand, older: &MagnetCommand) -> bool {
        matches!(
            (newer, older),
            (MagnetCommand::Settings(_), MagnetCommand::Settings(_)) | (MagnetCommand::View(_), MagnetCommand::View(_))
        )
    }
}

/// Copies into memory that is used again; `most` is reserved at once, so that it never grows later.
fn refill<T>(target: &mut Vec<T>, values: impl Iterator<Item = T>, most: usize) {
    target.clear();
    target.reserve(most);
    target.extend(values);
}
