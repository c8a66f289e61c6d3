//! The page: what was done on it becomes settings, commands and deeds.

use egui::{Rect, Ui, Vec2};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions, commands, controls,
    frame::{LatticeCommand, LatticeFrame},
    hero,
    look::{LatticeLook, LatticePen, LatticeRun},
    plots, preset_buttons,
    presets::Preset,
    scene::{Action, Scene},
    settings::LatticeSettings,
    sim::LatticeSimulation,
    tables,
};
use crate::{
    labs::{
        ising::common::{
            known_torus::KnownTorus,
            telling::Telling,
            thermometer_card::{self, thermometer_card_ui},
        },
        kit::{
            CardId, CommandId, CommandInfo, Host, Model, Observable, Page, PageContext, Repair, Session, StatusItem,
            StepId, Table, controls::nudged, lenient, page::failure_banner_ui, session::Runs,
        },
    },
    physics::ising::{Start, graph::geometry::LARGEST_ODD},
    simulation::Speed,
    text::Texts,
    widgets::layout::{Class, LabLayout},
};

/// The magnet as the page runs it.
pub struct Lattices;

impl Model for Lattices {
    type Settings = LatticeSettings;
    type Run = LatticeRun;
    type Simulation = LatticeSimulation;
    const NAME: &'static str = "lattices";

    fn start(settings: &LatticeSettings, _run: &LatticeRun) -> LatticeSimulation {
        LatticeSimulation::new(settings.clone())
    }

    fn speed(_settings: &LatticeSettings, run: &LatticeRun, _host: &Host) -> Speed {
        run.sweeps_per_second.map_or(Speed::Unlimited, Speed::Limited)
    }

    fn settings_command(settings: &LatticeSettings) -> LatticeCommand {
        LatticeCommand::Settings(settings.clone())
    }

    fn exchange_command(deed: u64) -> Option<LatticeCommand> {
        Some(LatticeCommand::Exchange(deed))
    }

    fn keeps(frame: &LatticeFrame, deed: u64) -> bool {
        frame.oldest_deed.is_some_and(|oldest| deed >= oldest)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: LatticeSettings,
    run: LatticeRun,
    pen: LatticePen,
    look: LatticeLook,
    paused: bool,
}

/// The page of other lattices.
pub struct LatticesPage {
    /// The magnet with its settings.
    pub session: Session<Lattices>,
    pen: LatticePen,
    look: LatticeLook,
    hero: hero::Hero,
    /// The number of the cooling that sets the temperature; 0 where the settings do.
    cooling: u64,
    /// Coolings begun so far.
    coolings: u64,
    telling: Telling,
    torus: KnownTorus,
}

/// Height of a card of presets, in points.
const PRESETS: f32 = 112.0;

impl LatticesPage {
    /// Builds a page whose magnet starts, and runs, when it is first shown.
    #[must_use]
    pub fn new(host: &Host, telling: &Telling) -> Self {
        Self {
            session: Session::new(host, true),
            pen: LatticePen::default(),
            look: LatticeLook::default(),
            hero: hero::Hero::default(),
            cooling: 0,
            coolings: 0,
            telling: telling.clone(),
            torus: KnownTorus::default(),
        }
    }

    /// The newest frame of the magnet.
    #[must_use]
    pub fn frame(&self) -> &LatticeFrame {
        self.session.frame()
    }

    /// Whether the newest frame is of the cooling that sets the temperature.
    fn shows_the_cooling(&self) -> bool {
        self.cooling != 0 && self.frame().cooling == self.cooling
    }

    /// T of the thermometer in J/k: that of the settings, or as far as a cooling came.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        if self.shows_the_cooling() { self.frame().temperature } else { self.session.settings.temperature }
    }

    /// Why the lattice cannot have this side, and which it can.
    fn refusal(&self, side: usize, t: Texts) -> String {
        let settings = &self.session.settings;
        let smallest = (2..).find(|&side| settings.allows(side)).unwrap_or(2).next_multiple_of(2);
        let largest = settings.offered().last().unwrap_or(smallest);
        let key = if settings.allows(3) { "ising.lattice.size.wrong" } else { "ising.size.wrong" };
        let odd = largest.saturating_sub(1).min(LARGEST_ODD);
        let [size, low, high, odd] = [side, smallest, largest, odd].map(|number| number.to_string());
        t.fill(key, &[("size", &*size), ("low", &low), ("high", &high), ("odd", &odd)])
    }

    /// How much of a cooling is done, while it lasts.
    fn cooling_done(&self) -> Option<f64> {
        match self.cooling {
            0 => None,
            _ if self.shows_the_cooling() => self.frame().anneal,
            _ => Some(0.0),
        }
    }

    /// Sets the temperature by hand, in J/k; a cooling ends.
    pub fn take_temperature(&mut self, temperature: f64) {
        self.end_cooling();
        self.session.settings.temperature = temperature;
    }

    /// Ends a cooling at the temperature that is shown. How far it came is a step of undo.
    fn end_cooling(&mut self) {
        if self.cooling == 0 {
            return;
        }
        self.session.settings.temperature = self.temperature();
        self.session.end_step();
        self.cooling = 0;
        self.session.command(LatticeCommand::EndCooling);
    }

    /// Begins to cool to T = 0, and runs.
    pub fn cool(&mut self) {
        self.end_cooling();
        self.coolings += 1;
        self.cooling = self.coolings;
        self.session.command(LatticeCommand::Cool(self.cooling));
        self.session.set_running(true);
    }

    fn restart(&mut self, cx: &mut PageContext<'_>) {
        self.end_cooling();
        let step = self.session.deed(LatticeCommand::Restart);
        cx.offer_undo(cx.texts.get("ising.notice.restarted"), step);
    }

    fn take_preset(&mut self, preset: Preset) {
        self.end_cooling();
        self.session.edit(|settings| *settings = preset.settings());
        self.session.run.sweeps_per_second = Some(preset.sweeps_per_second());
    }

    fn set_tempering(&mut self, tempering: bool) {
        self.end_cooling();
        self.session.edit(|settings| {
            settings.tempering = tempering;
            if tempering {
                settings.ladder = settings.suggested_ladder();
            }
        });
    }

    fn begin_stroke(&mut self) {
        // A cooling that is over is a step before the stroke; one that lasts goes on.
        if self.cooling_done().is_none() {
            self.end_cooling();
        }
        self.session.deed(LatticeCommand::BeginStroke);
    }

    /// Sends what changed, within the ranges that go together.
    fn sync(&mut self) {
        if self.session.settings.tempering {
            self.end_cooling();
        }
        let repaired = self.session.settings.clone().repaired();
        self.session.settings = repaired;
        self.look.fit(self.session.settings.side);
        self.session.sync();
    }

    fn do_what_was_asked(&mut self, actions: Vec<Action>, cx: &mut PageContext<'_>) {
        for action in actions {
            match action {
                Action::Run(run) => self.session.set_running(run),
                Action::Step => self.session.step(1),
                Action::Restart => self.restart(cx),
                Action::StartFrom(start) => {
                    self.session.change_quietly(|settings| settings.start = start);
                    self.restart(cx);
                }
                Action::UpShare(share) => self.session.change_quietly(|settings| {
                    (settings.start, settings.up_share) = (Start::Random, share);
                }),
                Action::TakePreset(preset) => self.take_preset(preset),
                Action::Tempering(tempering) => self.set_tempering(tempering),
                Action::Cool => self.cool(),
                Action::EndCooling => self.end_cooling(),
                Action::RefuseSide(side) => cx.notices.say(self.refusal(side, cx.texts)),
                Action::TakeTemperature(temperature) => self.take_temperature(temperature),
                Action::Canvas(canvas) => self.session.command(LatticeCommand::Canvas(canvas)),
                Action::Paint { dab, begins } => {
                    if begins {
                        self.begin_stroke();
                    }
                    self.session.command(LatticeCommand::Paint(dab));
                }
            }
        }
    }

    fn parts_ui(&mut self, ui: &mut Ui, layout: &LabLayout, cx: &mut PageContext<'_>) -> Vec<Action> {
        let (temperature, cooling) = (self.temperature(), self.cooling_done());
        let (sequence, is_running) = (self.session.sequence(), self.session.is_running());
        let (settings, run, frame) = self.session.parts();
        let (pen, look) = (&mut self.pen, &mut self.look);
        let actions = Vec::new();
        let mut scene = Scene { settings, run, pen, look, frame, sequence, temperature, cooling, is_running, actions };
        let scene = &mut scene;
        cx.deck.set_hero(layout.hero);
        cx.notices.keep_over(layout.hero);
        if cx.deck.enlarged().is_none() {
            hero::hero_ui(scene, &mut self.hero, ui, layout.hero, cx);
        }
        thermometer_ui(scene, ui, layout.upright, cx);
        // A card lower than this has no room for the presets.
        let below = layout.below.filter(|below| below.height() >= PRESETS);
        controls::controls_ui(scene, ui, layout.controls, cx, below.is_some());
        if let Some(below) = below {
            preset_buttons::card_ui(scene, ui, below, cx.texts);
        }
        plots::plots_ui(scene, &mut self.torus, ui, layout, cx);
        std::mem::take(&mut scene.actions)
    }

    fn failure_ui(&mut self, ui: &mut Ui, rect: Rect, t: Texts) {
        if let Some(failure) = self.session.failure().map(str::to_owned)
            && failure_banner_ui(ui, rect, &failure, t)
        {
            self.session.settings.temperature = self.temperature();
            self.cooling = 0;
            self.session.recover();
            // The new magnet must be told again what is on screen.
            self.hero = hero::Hero::default();
        }
    }
}

fn thermometer_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let settings = &scene.settings;
    let magnet = thermometer_card::Magnet {
        critical: settings.critical_temperature(),
        never_orders: settings.never_orders(),
        hottest: settings.hottest(),
        with_tip: true,
    };
    let mut temperature = scene.temperature;
    if thermometer_card_ui(ui, rect, cx, &magnet, &mut temperature) {
        scene.act(Action::TakeTemperature(temperature));
    }
}

impl Page for LatticesPage {
    fn id(&self) -> &'static str {
        "lattices"
    }

    fn title(&self) -> &'static str {
        "ising.page.lattices"
    }

    fn runs(&self) -> Option<&dyn Runs> {
        Some(&self.session)
    }

    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        Some(&mut self.session)
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.session.poll(now, held || self.hero.is_drawing());
        self.sync();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        cx.texts = self.telling.told(cx.texts);
        let ppp = ui.ctx().pixels_per_point();
        let layout = LabLayout::new(cx.class, ui.max_rect(), |most| {
            let size = self.hero.size_within(most, &self.session.frame().sheet, ppp);
            // The column of a compact window does not move under the pointer that chooses another lattice in it.
            if cx.class == Class::Compact { Vec2::splat(most) } else { size }
        });
        let actions = self.parts_ui(ui, &layout, cx);
        self.do_what_was_asked(actions, cx);
        self.failure_ui(ui, layout.hero, cx.texts);
        // What was changed while drawing is felt in this frame, not in the next.
        self.sync();
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
            commands::RESTART => return self.restart(cx),
            commands::WIDER => return self.pen.resize(true),
            commands::NARROWER => return self.pen.resize(false),
            commands::WARMER => (1.0, 0.01),
            commands::COLDER => (-1.0, 0.01),
            commands::WARMER_FAST => (1.0, 0.1),
            commands::COLDER_FAST => (-1.0, 0.1),
            _ => return,
        };
        let hottest = self.session.settings.hottest();
        self.take_temperature(nudged(self.temperature(), steps, step, 0.0..=hottest));
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(self.frame(), self.session.status())
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        captions::status(&self.observables(), self.frame(), self.telling.told(texts))
    }

    fn set_shown(&mut self, shown: bool) {
        if shown {
            // The magnet may start now.
            self.sync();
        }
        self.session.set_shown(shown);
    }

    fn undo(&mut self, redo: bool) -> bool {
        self.end_cooling();
        let undone = self.session.undo(redo);
        undone.is_some()
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        self.session.undo_step(step).is_some()
    }

    fn save(&self) -> Value {
        // Where a cooling came to is where they will want to go on.
        let settings = LatticeSettings { temperature: self.temperature(), ..self.session.settings.clone() };
        let (run, pen, look) = (self.session.run.clone(), self.pen.clone(), self.look.clone());
        let paused = !self.session.is_wanted();
        serde_json::to_value(Saved { settings, run, pen, look, paused }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.session.take(saved.settings, saved.run.repaired());
        self.session.set_running(!saved.paused);
        if std::mem::take(&mut self.cooling) != 0 {
            self.session.command(LatticeCommand::EndCooling);
        }
        (self.pen, self.look) = (saved.pen.repaired(), saved.look);
        self.sync();
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &plots::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        tables::table(card, self.frame())
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
