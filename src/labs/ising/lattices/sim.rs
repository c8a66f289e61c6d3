//! The magnet on other lattices behind its page: one magnet, or a ladder of replicas.

use std::{collections::VecDeque, sync::Arc};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{
    labs::ising::{
        common::{brush::BrushTool, coarsening::Growth, live_averages::Meter, trail::TrailDot},
        lattices::{
            frame::{Dab, LatticeCommand, LatticeFrame},
            pixel_map::{Atlas, Canvas},
            replicas::{LEVELS, Ladder},
            settings::LatticeSettings,
            single::Single,
        },
    },
    physics::{
        ising::{Dynamics, graph::Graph},
        segment::squared_distance,
        statistics::History,
    },
    simulation::{Budget, Progress, Simulation},
};

/// Steps that the plots over time look back.
const HISTORY: u64 = 20_000;
/// Distance of the dots of the trail, in J/k and J together, and how many are kept.
const TRAIL: (f64, usize) = (0.04, 400);

enum Running {
    One(Single),
    Many(Ladder),
}

impl Running {
    fn new(settings: &LatticeSettings, graph: &Arc<Graph>) -> Self {
        if settings.tempering {
            return Self::Many(Ladder::new(graph, &settings.rungs(), settings.field, settings.seed));
        }
        Self::One(Single::new(graph, settings))
    }
}

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
    graph: Arc<Graph>,
    running: Running,
    sweeps: u64,
    /// What the last restart threw away.
    before_restart: Option<(Running, u64)>,
    canvas: Canvas,
    /// None until it is asked for again: after another graph or view.
    atlas: Option<Atlas>,
    /// Memory for the spins of a picture.
    spins: Vec<i8>,
    rng: Xoshiro256PlusPlus,
    meter: Meter,
    energy_history: History,
    order_history: History,
    trail: VecDeque<TrailDot>,
    growth: Growth,
    lowest: Option<f64>,
    anneal: Option<Anneal>,
    annealings: u64,
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
            running: Running::new(&settings, &graph),
            graph,
            sweeps: 0,
            before_restart: None,
            canvas: Canvas { pixels: 512, ..Canvas::default() },
            atlas: None,
            spins: Vec::new(),
            rng: Xoshiro256PlusPlus::seed_from_u64(!settings.seed),
            meter: Meter::default(),
            energy_history: History::new(HISTORY),
            order_history: History::new(HISTORY),
            trail: VecDeque::with_capacity(TRAIL.1 + 1),
            growth: Growth::default(),
            lowest: None,
            anneal: None,
            annealings: 0,
            settings,
        }
    }

    fn set(&mut self, mut settings: LatticeSettings) {
        if self.anneal.is_some() {
            // What turns by itself is not set back by a window that is a frame behind.
            settings.temperature = self.settings.temperature;
        }
        let settings = settings.repaired();
        let another_graph = settings.needs_another_graph(&self.settings);
        let another_run = another_graph || settings.needs_another_run(&self.settings);
        let another_rule = settings.rule != self.settings.rule;
        let another_field = settings.acting_field() != self.settings.acting_field();
        self.settings = settings;
        if another_graph {
            self.graph = graph_of(&self.settings);
            self.atlas = None;
            self.lowest = None;
        }
        if another_run {
            self.restart();
            // It was of another graph.
            self.before_restart = None;
        }
        if another_rule {
            // A new run follows its rule already.
            if let Running::One(magnet) = &mut self.running
                && !another_run
            {
                magnet.follow_rule(&self.graph, &self.settings, self.sweeps);
            }
            self.measure_again();
            self.growth.begin();
        }
        if another_field {
            // The field is part of the energy.
            self.lowest = None;
            self.trail.clear();
        }
        self.set_magnet();
    }

    fn set_magnet(&mut self) {
        let (temperature, field) = (self.settings.temperature, self.settings.acting_field());
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

    fn restart(&mut self) {
        let running = Running::new(&self.settings, &self.graph);
        self.before_restart = Some((std::mem::replace(&mut self.running, running), self.sweeps));
        self.sweeps = 0;
        self.end_annealing();
        self.clear_plots();
    }

    fn clear_plots(&mut self) {
        self.trail.clear();
        self.energy_history.clear();
        self.order_history.clear();
        self.growth.begin();
        self.measure_again();
    }

    fn paint(&mut self, dab: Dab) {
        let Running::One(magnet) = &mut self.running else { return };
        let canvas = self.canvas;
        let atlas = self.atlas.get_or_insert_with(|| Atlas::new(&self.graph, canvas));
        let Dab { from, to, radius, tool } = dab;
        let [width, height] = atlas.size();
        let range = |axis: usize, end: usize| {
            let low = (from[axis].min(to[axis]) - radius).floor().clamp(0.0, end as f64) as usize;
            low..(from[axis].max(to[axis]) + radius).ceil().clamp(0.0, end as f64) as usize
        };
        let mut sites: Vec<usize> = Vec::new();
        for y in range(1, height) {
            for x in range(0, width) {
                if squared_distance([x as f64 + 0.5, y as f64 + 0.5], from, to) <= radius * radius {
                    sites.extend(atlas.site(x, y));
                }
            }
        }
        // A site has many pixels and one coin.
        sites.sort_unstable();
        sites.dedup();
        for site in sites {
            let spin = match tool {
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
                let rung = ladder.nearest(self.settings.temperature);
                (ladder.replica(rung).energy() / spins, ladder.overlap(rung), ladder.coldest() / spins)
            }
        };
        self.energy_history.push(self.sweeps, energy);
        self.order_history.push(self.sweeps, order);
        if self.lowest.is_none_or(|known| lowest < known - 1e-9) {
            self.lowest = Some(lowest);
        }
        let Running::One(magnet) = &mut self.running else { return };
        self.meter.push(energy, order, magnet);
        if self.settings.is_plain_square() {
            self.growth.push(energy, self.settings.temperature);
        }
        let dot = TrailDot { temperature: self.settings.temperature, order: order.abs(), energy };
        let far = |last: &TrailDot| (dot.temperature - last.temperature).hypot(dot.energy - last.energy) >= TRAIL.0;
        if self.trail.back().is_none_or(far) {
            self.trail.push_back(dot);
            if self.trail.len() > TRAIL.1 {
                self.trail.pop_front();
            }
        }
        self.cool();
    }

    fn cool(&mut self) {
        let Some(mut anneal) = self.anneal else { return };
        anneal.done += 1;
        self.settings.temperature = anneal.from * (1.0 - anneal.progress());
        self.anneal = Some(anneal);
        if anneal.done >= anneal.total {
            self.end_annealing();
        }
        self.set_magnet();
    }

    fn end_annealing(&mut self) {
        self.annealings += u64::from(self.anneal.take().is_some());
    }
}

impl Simulation for LatticeSimulation {
    type Command = LatticeCommand;
    type Frame = LatticeFrame;

    fn apply(&mut self, command: LatticeCommand) {
        match command {
            LatticeCommand::Settings(settings) => self.set(settings),
            LatticeCommand::Restart => self.restart(),
            LatticeCommand::UndoRestart => {
                if let Some((running, sweeps)) = self.before_restart.take() {
                    (self.running, self.sweeps) = (running, sweeps);
                    self.clear_plots();
                    self.set_magnet();
                }
            }
            LatticeCommand::Canvas(canvas) => {
                self.canvas = canvas;
                self.atlas = None;
            }
            LatticeCommand::Paint(dab) => self.paint(dab),
            LatticeCommand::Anneal(on) => {
                self.end_annealing();
                let (from, total) = (self.settings.temperature, self.settings.anneal_sweeps);
                self.anneal = (on && !self.settings.tempering).then_some(Anneal { from, done: 0, total });
            }
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
                let rung = ladder.nearest(self.settings.temperature);
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
        frame.sweeps = self.sweeps;
        frame.spins = self.graph.spins();
        frame.lengths = self.graph.design().lengths();
        frame.lowest = self.lowest;
        frame.live = self.meter.live();
        frame.energy_history.clear();
        frame.energy_history.extend(self.energy_history.stretches().copied());
        frame.order_history.clear();
        frame.order_history.extend(self.order_history.stretches().copied());
        frame.trail.clear();
        frame.trail.extend(self.trail.iter().copied());
        frame.growth.clear();
        frame.growth.extend_from_slice(self.growth.points());
        frame.growth_exponent = self.growth.exponent(self.settings.side);
        frame.anneal = self.anneal.map(Anneal::progress);
        frame.annealings = self.annealings;
    }

    fn supersedes(newer: &LatticeCommand, older: &LatticeCommand) -> bool {
        matches!(
            (newer, older),
            (LatticeCommand::Settings(_), LatticeCommand::Settings(_))
                | (LatticeCommand::Canvas(_), LatticeCommand::Canvas(_))
        )
    }
}
