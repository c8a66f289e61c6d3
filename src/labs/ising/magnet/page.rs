//! The page: what was done on it becomes settings and commands.

use egui::Ui;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions,
    cards::Plot,
    commands, controls,
    frame::MagnetFrame,
    hero::{self, Hero, hero_ui},
    inspector::Watch,
    lent_card::LentCard,
    plots::{Plots, plots_ui},
    ramp::{Knob, RampFrame, RampKind},
    scene::{Action, Look, Scene},
    settings::{HOTTEST, MagnetRun, MagnetSettings, Pen},
    sim::{MagnetCommand, MagnetSimulation},
    spin_by_spin, tables,
    view::View,
};
use crate::{
    labs::{
        ising::common::{telling::Telling, thermometer_card},
        kit::{
            CardId, CommandId, CommandInfo, Host, Model, Observable, Page, PageContext, Repair, Session, StatusItem,
            StepId, Table, controls::nudged, lenient, page::failure_banner_ui, session::Runs,
        },
    },
    physics::ising::{Dynamics, Start, exact},
    simulation::Speed,
    text::Texts,
    widgets::layout::LabLayout,
};

/// The magnet as the page runs it.
pub struct Magnet;

impl Model for Magnet {
    type Settings = MagnetSettings;
    type Run = MagnetRun;
    type Simulation = MagnetSimulation;
    const NAME: &'static str = "ising";

    fn start(settings: &MagnetSettings, _run: &MagnetRun) -> MagnetSimulation {
        MagnetSimulation::new(settings.clone())
    }

    fn speed(_settings: &MagnetSettings, run: &MagnetRun, _host: &Host) -> Speed {
        if run.look_inside {
            Speed::Limited(run.attempts_per_second)
        } else {
            run.sweeps_per_second.map_or(Speed::Unlimited, Speed::Limited)
        }
    }

    fn settings_command(settings: &MagnetSettings) -> MagnetCommand {
        MagnetCommand::Settings(Box::new(settings.clone()))
    }

    fn exchange_command(deed: u64) -> Option<MagnetCommand> {
        Some(MagnetCommand::Exchange(deed))
    }

    fn keeps(frame: &MagnetFrame, deed: u64) -> bool {
        frame.oldest_deed.is_some_and(|oldest| deed >= oldest)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: MagnetSettings,
    run: MagnetRun,
    pen: Pen,
    look: Look,
    paused: bool,
}

/// The page of the square magnet.
pub struct MagnetPage {
    /// The magnet with its settings.
    pub session: Session<Magnet>,
    /// What the pointer paints with.
    pub pen: Pen,
    look: Look,
    hero: Hero,
    plots: Plots,
    watched: Watch,
    looks_inside: bool,
    /// Ramps begun, and the last of them that a hand has ended: frames on their way still show it.
    ramps: u64,
    ended_ramp: u64,
    cards: LentCard,
    telling: Telling,
}

impl MagnetPage {
    /// Builds a page with the default settings, running.
    #[must_use]
    pub fn new(host: &Host, telling: &Telling) -> Self {
        Self {
            session: Session::new(host, true),
            pen: Pen::default(),
            look: Look::default(),
            hero: Hero::default(),
            plots: Plots::default(),
            watched: Watch::default(),
            looks_inside: false,
            ramps: 0,
            ended_ramp: 0,
            cards: LentCard::default(),
            telling: telling.clone(),
        }
    }

    /// The newest frame that the simulation has published; before the first one, an empty frame.
    #[must_use]
    pub fn frame(&self) -> &MagnetFrame {
        self.session.frame()
    }

    /// What the last ramp shows of its knob, unless a hand has set the knob since.
    fn ramp(&self) -> Option<RampFrame> {
        self.frame().ramp.filter(|ramp| ramp.number > self.ended_ramp)
    }

    /// T in J/k as it stands now, also where a ramp turns it.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        self.knob(Knob::Temperature)
    }

    fn knob(&self, knob: Knob) -> f64 {
        let turned = self.ramp().filter(|ramp| ramp.kind.knob() == knob).map(|ramp| ramp.value);
        turned.unwrap_or_else(|| knob.of(&self.session.settings))
    }

    /// Sets T by hand.
    pub fn set_temperature(&mut self, temperature: f64) {
        self.set_knob(Knob::Temperature, temperature);
    }

    fn set_knob(&mut self, knob: Knob, value: f64) {
        self.end_ramp();
        self.cards.give_back(&mut self.look);
        *knob.of_mut(&mut self.session.settings) = value;
    }

    /// Ends a ramp, if one turned a knob; the knob stays where it was seen last.
    fn end_ramp(&mut self) {
        let Some(ramp) = self.ramp() else { return };
        self.ended_ramp = self.ramps;
        // How things stood before the next change is what was seen, not where the ramp began.
        self.session.change_quietly(|settings| *ramp.kind.knob().of_mut(settings) = ramp.value);
        self.session.command(MagnetCommand::EndRamp(ramp.value));
    }

    /// Begins to turn a knob by itself, and runs.
    pub fn begin_ramp(&mut self, kind: RampKind) {
        self.end_ramp();
        self.session.run.look_inside = false;
        self.cards.give_back(&mut self.look);
        if kind == RampKind::CycleField && !self.plots.shows(Plot::Loop) {
            self.cards.lend(&mut self.look, Plot::Loop);
        }
        self.look.met_thermometer = true;
        self.session.end_step();
        self.ramps += 1;
        self.session.command(MagnetCommand::Ramp(self.ramps, kind));
        self.session.set_running(true);
    }

    /// Takes the hint about the thermometer as read.
    pub fn know_the_thermometer(&mut self) {
        self.look.met_thermometer = true;
    }

    /// The picture shows every second spin turned over, where J = −1, or not.
    pub fn show_staggered(&mut self, staggered: bool) {
        self.look.staggered_picture = staggered;
    }

    /// The picture has a colour for each cluster, or not.
    pub fn colour_clusters(&mut self, colour: bool) {
        self.look.colour_clusters = colour;
    }

    /// The magnet is told of as voters with opinions, or not.
    pub fn tell_of_voters(&mut self, tell: bool) {
        self.look.as_voters = tell;
    }

    /// Puts a plot into a card.
    pub fn put_plot(&mut self, slot: usize, plot: Plot) {
        self.look.slots.put(slot, plot);
    }

    fn restart(&mut self, start: Option<Start>, cx: &mut PageContext<'_>) {
        self.cards.give_back(&mut self.look);
        if let Some(start) = start {
            self.session.change_quietly(|settings| settings.start = start);
        }
        let step = self.session.deed(MagnetCommand::Restart);
        cx.offer_undo(cx.texts.get("ising.notice.restarted"), step);
    }

    fn do_what_was_asked(&mut self, actions: Vec<Action>, cx: &mut PageContext<'_>) {
        for action in actions {
            match action {
                Action::Run(run) => self.session.set_running(run),
                Action::Step => self.session.step(1),
                Action::Restart(start) => self.restart(start, cx),
                Action::Knob(knob, value) => {
                    self.look.met_thermometer |= knob == Knob::Temperature;
                    self.set_knob(knob, value);
                }
                Action::Ramp(kind) => self.begin_ramp(kind),
                Action::EndRamp => self.end_ramp(),
                Action::Paint { stroke, begins } => {
                    if begins {
                        self.session.deed(MagnetCommand::BeginStroke);
                    }
                    self.session.command(MagnetCommand::Paint(stroke));
                }
                Action::ReleaseAll => {
                    self.session.deed(MagnetCommand::ReleaseAll);
                }
                Action::View(view) => self.session.command(MagnetCommand::View(view)),
                Action::ClearTrails => self.session.command(MagnetCommand::ClearTrails),
                Action::ShowPage(page) => cx.wishes.page = Some(page),
            }
        }
    }

    fn parts_ui(&mut self, ui: &mut Ui, layout: &LabLayout, cx: &mut PageContext<'_>) -> Vec<Action> {
        let knobs = [self.knob(Knob::Temperature), self.knob(Knob::Field)];
        let ramp = self.ramp().and_then(|ramp| Some((ramp.kind, ramp.progress?)));
        let sequence = self.session.sequence();
        let is_running = self.session.is_running();
        let (settings, run, frame) = self.session.parts();
        let mut scene = Scene {
            settings,
            run,
            pen: &mut self.pen,
            look: &mut self.look,
            frame,
            sequence,
            is_running,
            knobs,
            ramp,
            actions: Vec::new(),
        };
        cx.deck.set_hero(layout.hero);
        cx.notices.keep_over(hero::for_notices(layout.hero));
        let on_screen = if cx.deck.enlarged().is_none() {
            Some(hero_ui(&mut scene, &mut self.hero, ui, layout.hero, cx))
        } else {
            None
        };
        let mut temperature = knobs[0];
        let thermometer = thermometer_card::Magnet {
            critical: Some(exact::critical_temperature()),
            never_orders: false,
            hottest: HOTTEST,
            with_tip: scene.look.met_thermometer,
        };
        if thermometer_card::thermometer_card_ui(ui, layout.upright, cx, &thermometer, &mut temperature) {
            scene.act(Action::Knob(Knob::Temperature, temperature));
        }
        controls::controls_ui(&mut scene, ui, layout.controls, cx, layout.below.is_some());
        if let Some(below) = layout.below {
            controls::brush(scene.pen).card_ui(ui, below, cx.texts);
        }
        plots_ui(&mut scene, &mut self.plots, ui, layout, cx);
        if let Some(on_screen) = on_screen.filter(|_| scene.run.look_inside) {
            spin_by_spin::spin_by_spin_ui(scene.frame, &on_screen, ui, layout.hero, cx);
        }
        scene.actions
    }

    /// Tells the magnet what was changed in place: what is watched, how it is run, and the settings.
    fn send_changes(&mut self) {
        let watch = self.plots.watch(&self.look);
        if watch != self.watched {
            self.watched = watch;
            self.session.command(MagnetCommand::Watch(watch));
        }
        let inside = self.session.run.look_inside;
        if inside != self.looks_inside {
            self.looks_inside = inside;
            // A cluster is seen from afar, a single spin from near.
            let is_near = inside && self.session.settings.dynamics != Dynamics::Wolff;
            self.hero.view = if is_near { spin_by_spin::view() } else { View::default() };
            self.session.command(MagnetCommand::LookInside(inside));
        }
        if let Some(before) = self.session.sync()
            && before.size != self.session.settings.size
        {
            self.hero.view = View::default();
        }
    }

    /// The texts as the class is told: of spins or of voters.
    fn told(&self, texts: Texts) -> Texts {
        texts.retold(self.look.as_voters)
    }
}

impl Page for MagnetPage {
    fn id(&self) -> &'static str {
        "magnet"
    }

    fn title(&self) -> &'static str {
        "ising.page.magnet"
    }

    fn runs(&self) -> Option<&dyn Runs> {
        Some(&self.session)
    }

    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        Some(&mut self.session)
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.session.poll(now, held);
        self.telling.tell_of_voters(self.look.as_voters);
        self.send_changes();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let (side, ppp) = (self.session.settings.size, ui.ctx().pixels_per_point());
        let layout = LabLayout::new(cx.class, ui.max_rect(), |most| self.hero.size_within(most, side, ppp));
        cx.texts = self.told(cx.texts);
        let actions = self.parts_ui(ui, &layout, cx);
        self.do_what_was_asked(actions, cx);
        if let Some(failure) = self.session.failure().map(str::to_owned)
            && failure_banner_ui(ui, layout.hero, &failure, cx.texts)
        {
            self.session.recover();
            // The new magnet must be told again what is on screen.
            (self.hero, self.plots, self.watched) = (Hero::default(), Plots::default(), Watch::default());
            (self.looks_inside, self.ended_ramp) = (false, self.ramps);
        }
        // What was changed while drawing is felt in this frame, not in the next.
        self.send_changes();
        if self.session.is_waiting() {
            ui.ctx().request_repaint();
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, cx: &mut PageContext<'_>) {
        let (steps, step) = match command {
            commands::RUN => return self.session.set_running(!self.session.is_running()),
            commands::STEP => return self.session.step(1),
            commands::RESTART => return self.restart(None, cx),
            commands::WIDER => return self.pen.resize(true),
            commands::NARROWER => return self.pen.resize(false),
            commands::WARMER => (1.0, 0.01),
            commands::COLDER => (-1.0, 0.01),
            commands::WARMER_FAST => (1.0, 0.1),
            commands::COLDER_FAST => (-1.0, 0.1),
            _ => return,
        };
        self.look.met_thermometer = true;
        self.set_temperature(nudged(self.temperature(), steps, step, 0.0..=HOTTEST));
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(self.frame(), self.session.status(), self.session.run.look_inside)
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        captions::status(&self.observables(), &self.session.settings, self.told(texts))
    }

    fn set_shown(&mut self, shown: bool) {
        self.session.set_shown(shown);
    }

    fn undo(&mut self, redo: bool) -> bool {
        self.end_ramp();
        self.session.undo(redo).is_some()
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        self.session.undo_step(step).is_some()
    }

    fn save(&self) -> Value {
        let mut settings = self.session.settings.clone();
        (settings.temperature, settings.field) = (self.temperature(), self.knob(Knob::Field));
        let mut look = self.look.clone();
        self.cards.clone().give_back(&mut look);
        let paused = !self.session.is_wanted();
        let saved = Saved { settings, run: self.session.run.clone(), pen: self.pen, look, paused };
        serde_json::to_value(saved).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.end_ramp();
        self.session.take(saved.settings, saved.run.repaired());
        self.session.set_running(!saved.paused);
        (self.pen, self.look, self.cards) = (saved.pen.repaired(), saved.look, LentCard::default());
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &Plot::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        tables::table(Plot::of(card)?, self.frame())
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
