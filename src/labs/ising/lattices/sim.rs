//! The magnet on other lattices behind its page: one magnet, or a ladder of replicas.

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{
    labs::{
        ising::{
            common::{
                brush::BrushTool, coarsening::Growth, kept_states::KeptStates, live_averages::Meter, trail::TrailDot,
            },
            lattices::{
                frame::{Dab, LatticeCommand, LatticeFrame},
                kept::{Kept, State},
                left,
                pixel_map::{Atlas, Canvas},
                replicas::LEVELS,
                running::Running,
                settings::LatticeSettings,
                strokes::sites_under,
                traces::Traces,
            },
        },
        kit::Repair,
    },
    physics::ising::{Dynamics, graph::Graph},
    simulation::{Budget, Progress, Simulation},
};

/// A cooling under way.
#[derive(Clone, Copy)]
struct Anneal {
    from: f64,
    done: u32,
    total: u32,
}

impl Anneal {
    fn progress(self) -> f64 {
        f64::from(self.done) / f64::from(self.total)
    }
}

/// The simulation of the page.
pub struct LatticeSimulation {
    settings: LatticeSettings,
    /// T in J/k: that of the settings, or as far as a cooling came.
    temperature: f64,
    /// The number of the cooling that has set the temperature; 0 where it is as the settings say.
    cooling: u64,
    anneal: Option<Anneal>,
    graph: Arc<Graph>,
    running: Running,
    sweeps: u64,
    kept: KeptStates<Kept>,
    canvas: Canvas,
    /// None until it is asked for again: after another graph or view.
    atlas: Option<Atlas>,
    /// Memory for the spins of a picture.
    spins: Vec<i8>,
    rng: Xoshiro256PlusPlus,
    meter: Meter,
    traces: Traces,
    growth: Growth,
}

fn graph_of(settings: &LatticeSettings) -> Arc<Graph> {
    // Settings are repaired where they come in.
    Arc::new(Graph::new(settings.design(), settings.sign()).expect("repaired settings"))
}

impl LatticeSimulation {
    /// A magnet with these settings, repaired if need be.
    #[must_use]
    pub fn new(settings: LatticeSettings) -> Self {
        let settings = settings.repaired();
        let graph = graph_of(&settings);
        Self {
            temperature: settings.temperature,
            cooling: 0,
            anneal: None,
            running: Running::new(&settings, &graph),
            graph,
            sweeps: 0,
            kept: KeptStates::default(),
            canvas: Canvas { pixels: 512, ..Canvas::default() },
            atlas: None,
            spins: Vec::new(),
            rng: Xoshiro256PlusPlus::seed_from_u64(!settings.seed),
            meter: Meter::default(),
            traces: Traces::default(),
            growth: Growth::default(),
            settings,
        }
    }

    fn set(&mut self, settings: LatticeSettings) {
        let settings = settings.repaired();
        let another_graph = settings.needs_another_graph(&self.settings);
        let another_run = another_graph || settings.needs_another_run(&self.settings);
        let another_rule = settings.rule != self.settings.rule;
        let another_field = settings.acting_field() != self.settings.acting_field();
        self.settings = settings;
        if self.cooling == 0 {
            self.temperature = self.settings.temperature;
        }
        if another_graph {
            self.graph = graph_of(&self.settings);
            self.atlas = None;
            self.traces.lowest = None;
        }
        if another_run {
            self.restart();
        }
        if another_rule {
            // A new run follows its rule already.
            if let Running::One(magnet) = &mut self.running
                && !another_run
            {
                let settings = LatticeSettings { temperature: self.temperature, ..self.settings.clone() };
                magnet.take_rule(&self.graph, &settings, self.sweeps);
            }
            self.measure_again();
            self.growth.begin();
        }
        if another_field {
            // The field is part of the energy.
            self.traces.lowest = None;
            self.traces.trail.clear();
        }
        self.set_magnet();
    }

    fn set_magnet(&mut self) {
        let (temperature, field) = (self.temperature, self.settings.acting_field());
        let Running::One(magnet) = &mut self.running else { return };
        if magnet.set_heat(temperature, field) {
            self.growth.begin();
            self.measure_again();
        }
    }

    fn measure_again(&mut self) {
        if let Running::One(magnet) = &mut self.running {
            self.meter.begin_again(magnet);
        }
    }

    /// Begins again from the start state, at the temperature of now. Returns what ran before.
    fn restart(&mut self) -> Running {
        let settings = LatticeSettings { temperature: self.temperature, ..self.settings.clone() };
        let before = std::mem::replace(&mut self.running, Running::new(&settings, &self.graph));
        self.sweeps = 0;
        self.anneal = None;
        self.clear_plots();
        before
    }

    fn restart_as_a_deed(&mut self, deed: u64) {
        let sweeps = self.sweeps;
        let state = self.restart().into_state();
        self.kept.keep(deed, Kept::new(&self.settings, state, Some(sweeps)));
    }

    fn begin_stroke(&mut self, deed: u64) {
        // Replicas are not painted.
        let Running::One(magnet) = &self.running else { return };
        self.kept.keep(deed, Kept::new(&self.settings, State::Spins(magnet.spins()), None));
    }

    /// Exchanges the state kept for a deed with that of now, if it is one of this magnet.
    fn exchange(&mut self, deed: u64) {
        let Self { kept, running, settings, sweeps, .. } = self;
        let is_another_time = kept.exchange(deed, |kept| {
            if !kept.fits(settings) || !running.exchange(&mut kept.state) {
                return None;
            }
            if let Some(then) = &mut kept.sweeps {
                std::mem::swap(then, sweeps);
            }
            Some(kept.sweeps.is_some())
        });
        match is_another_time.flatten() {
            Some(true) => self.clear_plots(),
            Some(false) => {
                self.growth.begin();
                self.measure_again();
            }
            None => {}
        }
    }

    fn clear_plots(&mut self) {
        self.traces.clear();
        self.growth.begin();
        self.measure_again();
    }

    fn paint(&mut self, dab: Dab) {
        let Running::One(magnet) = &mut self.running else { return };
        let canvas = self.canvas;
        let atlas = self.atlas.get_or_insert_with(|| Atlas::new(&self.graph, canvas));
        for site in sites_under(&dab, atlas) {
            let spin = match dab.tool {
                BrushTool::Up => 1,
                BrushTool::Down => -1,
                _ if self.rng.random::<bool>() => 1,
                _ => -1,
            };
            magnet.set_spin(site, spin);
        }
        self.growth.begin();
        self.measure_again();
    }

    fn after_sweep(&mut self) {
        self.sweeps += 1;
        let spins = self.graph.spins().max(1) as f64;
        let (energy, order, lowest) = match &self.running {
            Running::One(magnet) => {
                let order = magnet.order_sum(self.settings.is_staggered()) as f64 / spins;
                (magnet.energy() / spins, order, magnet.energy() / spins)
            }
            Running::Many(ladder) => {
                let rung = ladder.nearest(self.temperature);
                (ladder.replica(rung).energy() / spins, ladder.overlap(rung), ladder.coldest() / spins)
            }
        };
        self.traces.energy.push(self.sweeps, energy);
        self.traces.order.push(self.sweeps, order);
        self.traces.note_lowest(lowest);
        let Running::One(magnet) = &mut self.running else { return };
        self.meter.push(energy, order, magnet);
        if self.settings.is_plain_square() {
            self.growth.push(energy, self.temperature);
        }
        self.traces.leave(TrailDot { temperature: self.temperature, order: order.abs(), energy });
        self.cool();
    }

    fn cool(&mut self) {
        let Some(mut anneal) = self.anneal else { return };
        anneal.done += 1;
        self.temperature = anneal.from * (1.0 - anneal.progress());
        self.anneal = Some(anneal).filter(|anneal| anneal.done < anneal.total);
        self.set_magnet();
    }

    fn begin_cooling(&mut self, number: u64) {
        if !self.settings.tempering {
            self.cooling = number;
            self.anneal = Some(Anneal { from: self.temperature, done: 0, total: self.settings.anneal_sweeps });
        }
    }

    fn end_cooling(&mut self) {
        (self.cooling, self.anneal) = (0, None);
        self.temperature = self.settings.temperature;
        self.set_magnet();
    }
}

impl Simulation for LatticeSimulation {
    type Command = LatticeCommand;
    type Frame = LatticeFrame;

    fn apply(&mut self, command: LatticeCommand) {
        match command {
            LatticeCommand::Settings(settings) => self.set(settings),
            LatticeCommand::Restart(deed) => self.restart_as_a_deed(deed),
            LatticeCommand::BeginStroke(deed) => self.begin_stroke(deed),
            LatticeCommand::Exchange(deed) => self.exchange(deed),
            LatticeCommand::Canvas(canvas) => {
                self.canvas = canvas;
                self.atlas = None;
            }
            LatticeCommand::Paint(dab) => self.paint(dab),
            LatticeCommand::Cool(number) => self.begin_cooling(number),
            LatticeCommand::EndCooling => self.end_cooling(),
        }
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        let mut progress = Progress::default();
        let sites = self.graph.sites() as u64;
        let rule = self.settings.rule;
        // Looking at the order of neighbours that differ visits all sites, a word at a time or nearly.
        let looking = if self.settings.is_staggered() { sites / 8 } else { 0 };
        while progress.work < budget.work && progress.steps < budget.steps {
            let finished = match &mut self.running {
                Running::One(magnet) => {
                    progress.work += magnet.sweep(rule) + looking;
                    true
                }
                Running::Many(ladder) => {
                    progress.work += sites;
                    ladder.advance(rule.dynamics().unwrap_or(Dynamics::Metropolis))
                }
            };
            if finished {
                progress.steps += 1;
                self.after_sweep();
            }
        }
        progress
    }

    fn observe(&mut self, frame: &mut LatticeFrame) {
        let canvas = self.canvas;
        let atlas = self.atlas.get_or_insert_with(|| Atlas::new(&self.graph, canvas));
        let spins = self.graph.spins().max(1) as f64;
        frame.rungs.clear();
        frame.overlaps.clear();
        (frame.placing, frame.overlap, frame.recorded, frame.rung) = (None, 0.0, 0, 0);
        let staggered = self.settings.is_staggered();
        let (energy, order) = match &self.running {
            Running::One(magnet) => {
                magnet.copy_spins(&mut self.spins);
                atlas.draw(&self.spins, &mut frame.sheet);
                (magnet.energy(), magnet.order_sum(staggered))
            }
            Running::Many(ladder) => {
                let rung = ladder.nearest(self.temperature);
                ladder.show(&mut frame.rungs);
                frame.overlaps.reserve(LEVELS);
                frame.overlaps.extend_from_slice(ladder.overlaps(rung));
                frame.rung = rung;
                frame.overlap = ladder.overlap(rung);
                frame.placing = ladder.placing();
                frame.recorded = ladder.recorded();
                let replica = ladder.replica(rung);
                atlas.draw(replica.spins(), &mut frame.sheet);
                (replica.energy(), if staggered { replica.staggered_sum() } else { replica.spin_sum() })
            }
        };
        (frame.energy, frame.order) = (energy / spins, order as f64 / spins);
        frame.settings.clone_from(&self.settings);
        (frame.temperature, frame.cooling) = (self.temperature, self.cooling);
        frame.anneal = self.anneal.map(Anneal::progress);
        frame.oldest_deed = self.kept.oldest();
        frame.sweeps = self.sweeps;
        frame.spins = self.graph.spins();
        frame.lengths = self.graph.design().lengths();
        frame.lowest = self.traces.lowest;
        frame.live = self.meter.live();
        frame.energy_history.clear();
        frame.energy_history.extend(self.traces.energy.stretches().copied());
        frame.order_history.clear();
        frame.order_history.extend(self.traces.order.stretches().copied());
        frame.trail.clear();
        frame.trail.extend(self.traces.trail.dots().copied());
        frame.growth.clear();
        frame.growth.extend_from_slice(self.growth.points());
        frame.growth_exponent = self.growth.exponent(self.settings.side);
    }

    fn leave(&mut self) -> Option<Vec<u8>> {
        if self.sweeps == 0 && self.kept.oldest().is_none() {
            // As it begins anyway.
            return None;
        }
        left::leave(&self.settings, &self.running, self.sweeps, self.traces.clone())
    }

    fn take_up(&mut self, left: &[u8]) {
        let Some((running, sweeps, traces)) = left::taken_up(left, &self.settings, &self.graph) else { return };
        (self.running, self.sweeps) = (running, sweeps);
        self.clear_plots();
        self.traces.take_up(traces);
    }

    fn supersedes(newer: &LatticeCommand, older: &LatticeCommand) -> bool {
        matches!(
            (newer, older),
            (LatticeCommand::Settings(_), LatticeCommand::Settings(_))
                | (LatticeCommand::Canvas(_), LatticeCommand::Canvas(_))
        )
    }
}
