//! The lab's window side: settings, undo, the running simulation, and the order in which things are drawn.

use std::path::PathBuf;

use egui::{Rect, Ui, util::undoer::Undoer};
use serde::{Deserialize, Serialize};

use crate::{
    labs::{
        Host, Lab, LabContext, StatusItem,
        ising::{
            common::thermometer_card,
            lattices::page::{self as lattices, Lattices},
            magnet::{
                captions, controls,
                frame::IsingFrame,
                hero, plots,
                ramp::DriveKind,
                settings::{HOTTEST, IsingSettings},
                sim::{IsingCommand, IsingSimulation},
                spin_by_spin,
                view::View,
            },
            study::page::{self as study, Page, Study},
        },
        kit::saving::Saving,
    },
    physics::ising::exact,
    simulation::{Driver, Message, Speed},
    text::Texts,
    widgets::{
        layout::{Class, LabLayout},
        notices::Offer,
    },
};

/// Folds and tabs: what is open, not what is simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::labs::ising) struct Folds {
    /// Size, coupling, seed.
    pub more: bool,
    /// Tab of the compact layout.
    pub tab: plots::Plot,
    /// The magnet or a study.
    pub page: Page,
    /// Plots in the cards of the other layouts.
    pub slots: plots::Slots,
    /// Someone has turned the thermometer before.
    pub met_thermometer: bool,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    settings: IsingSettings,
    folds: Folds,
}

/// The Ising lab.
pub struct IsingLab {
    pub(in crate::labs::ising) host: Host,
    pub(in crate::labs::ising) driver: Driver<IsingSimulation>,
    /// What the person set; the simulation follows.
    pub settings: IsingSettings,
    sent: IsingSettings,
    undoer: Undoer<IsingSettings>,
    running: bool,
    on_screen: bool,
    /// A study is on screen in its place.
    rests: bool,
    /// The last thing done was a restart on this page, which undo takes back first.
    pub(in crate::labs::ising) restarted: Option<Page>,
    pub(in crate::labs::ising) folds: Folds,
    pub(in crate::labs::ising) view: View,
    pub(in crate::labs::ising) hero: hero::Hero,
    pub(in crate::labs::ising) plots: plots::Plots,
    pub(in crate::labs::ising) study: Study,
    pub(in crate::labs::ising) lattices: Lattices,
    pub(in crate::labs::ising) saving: Saving,
}

impl IsingLab {
    /// A lab with the default settings, running.
    #[must_use]
    pub fn new(host: Host) -> Self {
        let settings = IsingSettings::default();
        let driver = start(&host, &settings);
        let mut lab = Self {
            host,
            driver,
            sent: settings.clone(),
            undoer: Undoer::default(),
            settings,
            running: true,
            on_screen: true,
            rests: false,
            restarted: None,
            folds: Folds::default(),
            view: View::default(),
            hero: hero::Hero::default(),
            plots: plots::Plots::default(),
            study: Study::default(),
            lattices: Lattices::default(),
            saving: Saving::default(),
        };
        lab.begin();
        lab
    }

    fn begin(&mut self) {
        self.driver.send(Message::Speed(speed(&self.settings)));
        self.driver.send(Message::Run(self.running && self.on_screen && !self.rests));
    }

    /// The newest frame.
    #[must_use]
    pub fn frame(&self) -> &IsingFrame {
        self.driver.frame()
    }

    /// Sends a command to the magnet.
    pub fn command(&mut self, command: IsingCommand) {
        self.driver.command(command);
    }

    /// Runs or pauses.
    pub fn set_running(&mut self, running: bool) {
        self.running = running;
        self.driver.send(Message::Run(running));
    }

    /// Does one step, paused.
    pub fn step(&mut self) {
        self.set_running(false);
        self.driver.send(Message::Step(1));
    }

    /// Takes the hint about the thermometer as read.
    pub fn know_the_thermometer(&mut self) {
        self.folds.met_thermometer = true;
    }

    /// Begins again from the start state; can be taken back.
    pub fn restart(&mut self, cx: &mut LabContext<'_>) {
        self.send_settings();
        self.command(IsingCommand::Restart);
        self.restarted = Some(Page::Magnet);
        cx.notices.offer(cx.texts.get("ising.notice.restarted"), cx.texts.get("undo"), Offer::Undo);
    }

    /// Stops what turns a knob by itself, because the person takes it.
    pub(in crate::labs::ising) fn take_the_knob(&mut self) {
        if self.frame().drive.is_some() {
            self.command(IsingCommand::Drive(None));
            self.plots.driven = None;
        }
    }

    /// Begins to turn a knob by itself, and runs.
    pub fn drive(&mut self, kind: DriveKind) {
        self.settings.look_inside = false;
        if kind == DriveKind::CycleField {
            self.bring(plots::Plot::Loop);
        }
        self.folds.met_thermometer = true;
        // It begins where the knob stands now.
        self.send_settings();
        self.command(IsingCommand::Drive(Some(kind)));
        self.set_running(true);
    }

    fn send_settings(&mut self) {
        if self.settings == self.sent {
            return;
        }
        if speed(&self.settings) != speed(&self.sent) {
            self.driver.send(Message::Speed(speed(&self.settings)));
        }
        if self.settings.size != self.sent.size {
            self.view = View::default();
        }
        if self.settings.look_inside != self.sent.look_inside {
            self.view = if self.settings.look_inside { spin_by_spin::view(&self.settings) } else { View::default() };
        }
        self.sent.clone_from(&self.settings);
        self.restarted = None;
        self.command(IsingCommand::Settings(Box::new(self.settings.clone())));
    }

    fn follow_the_drive(&mut self) {
        let frame = self.driver.frame();
        let driven = frame.drive.map(|(kind, _)| kind);
        // While it turns by itself, and for the frame at its end, the knob follows.
        match driven.or(self.plots.driven) {
            Some(DriveKind::Heat | DriveKind::Cool) => {
                self.settings.temperature = frame.settings.temperature;
                self.sent.temperature = frame.settings.temperature;
            }
            Some(DriveKind::CycleField) => {
                self.settings.field = frame.settings.field;
                self.sent.field = frame.settings.field;
            }
            None => {}
        }
        self.plots.driven = driven;
    }

    /// While a study is on screen the magnet rests, so that the study has the whole processor.
    fn rest_behind_a_study(&mut self) {
        let rests = self.folds.page != Page::Magnet;
        if rests != self.rests {
            self.rests = rests;
            self.driver.send(Message::Run(self.running && self.on_screen && !rests));
        }
        self.lattices.show_or_rest(self.on_screen && self.folds.page == Page::Lattices);
    }

    /// The texts as the lesson wants them. The other pages have no such story.
    fn words(&self, texts: Texts) -> Texts {
        texts.retold(self.settings.as_voters && self.folds.page == Page::Magnet)
    }

    fn magnet(&mut self, ui: &mut Ui, layout: &LabLayout, cx: &mut LabContext<'_>) {
        hero::show(self, ui, layout.hero, cx);
        self.thermometer(ui, layout.upright, cx);
        controls::show(self, ui, layout.controls, cx, layout.below.is_some());
        if let Some(below) = layout.below {
            controls::brush_card(self, ui, below, cx);
        }
        plots::show(self, ui, layout, cx);
        if self.settings.look_inside {
            spin_by_spin::show(self, ui, layout.hero, cx);
        }
        if let Some(failure) = self.driver.failure().map(str::to_owned)
            && failure_banner(ui, layout.hero, &failure, cx.texts)
        {
            self.recover();
        }
    }

    fn thermometer(&mut self, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
        let critical = Some(exact::critical_temperature());
        let with_tip = self.folds.met_thermometer;
        let magnet = thermometer_card::Magnet { critical, never_orders: false, hottest: HOTTEST, with_tip };
        if thermometer_card::show(ui, rect, cx, &magnet, &mut self.settings.temperature) {
            self.folds.met_thermometer = true;
            self.take_the_knob();
        }
    }

    fn recover(&mut self) {
        self.driver = start(&self.host, &self.settings);
        self.begin();
        self.hero = hero::Hero::default();
        // The new magnet must be told again what is on screen.
        self.plots = plots::Plots::default();
    }
}

fn start(host: &Host, settings: &IsingSettings) -> Driver<IsingSimulation> {
    host.drive("ising", &std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true)), || {
        IsingSimulation::new(settings.clone())
    })
}

fn speed(settings: &IsingSettings) -> Speed {
    if settings.look_inside {
        Speed::Limited(settings.asks_per_second)
    } else {
        settings.sweeps_per_second.map_or(Speed::Unlimited, Speed::Limited)
    }
}

impl Lab for IsingLab {
    fn id(&self) -> &'static str {
        "ising"
    }

    fn title(&self) -> &'static str {
        "ising.title"
    }

    fn logic(&mut self, now: f64, _held: bool) {
        self.driver.poll();
        self.rest_behind_a_study();
        self.follow_the_drive();
        self.follow_lattices();
        self.undoer.feed_state(now, &self.settings);
        self.send_settings();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut LabContext<'_>) {
        let layout = LabLayout::new(cx.class, ui.max_rect());
        self.saving.poll(&self.host, cx);
        cx.texts = self.words(cx.texts);
        match self.folds.page {
            Page::Magnet => self.magnet(ui, &layout, cx),
            Page::Lattices => lattices::show(self, ui, &layout, cx),
            Page::Scan | Page::Scaling => study::show(self, ui, &layout, cx),
        }
        // What was changed while drawing is felt in this frame, not in the next.
        self.send_settings();
        if self.driver.is_waiting() {
            ui.ctx().request_repaint();
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut LabContext<'_>) {
        controls::keys(self, ui, cx);
    }

    fn is_running(&self) -> bool {
        match self.folds.page {
            Page::Magnet => self.running && self.driver.failure().is_none(),
            Page::Lattices => self.lattices.is_running(),
            Page::Scan | Page::Scaling => self.is_scanning(),
        }
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        if self.folds.page == Page::Lattices {
            lattices::status(self, texts)
        } else {
            captions::status(self, self.words(texts))
        }
    }

    fn set_on_screen(&mut self, on_screen: bool) {
        if self.on_screen != on_screen {
            self.on_screen = on_screen;
            self.driver.send(Message::Run(self.running && on_screen && !self.rests));
            self.lattices.show_or_rest(on_screen && self.folds.page == Page::Lattices);
        }
    }

    fn undo(&mut self, redo: bool) -> bool {
        if let Some(page) = self.restarted.filter(|_| !redo) {
            self.restarted = None;
            match page {
                Page::Lattices => self.undo_lattices(),
                _ => self.command(IsingCommand::UndoRestart),
            }
            return true;
        }
        let state = if redo { self.undoer.redo(&self.settings) } else { self.undoer.undo(&self.settings) };
        let Some(state) = state.cloned() else { return false };
        self.take_the_knob();
        self.take_the_heat();
        self.settings = state;
        true
    }

    fn save(&self) -> serde_json::Value {
        // The drive's knob is not the person's choice, but where it stands is where they will want to go on.
        serde_json::to_value(Saved { settings: self.settings.clone(), folds: self.folds }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &serde_json::Value) -> bool {
        let Ok(saved) = serde_json::from_value::<Saved>(saved.clone()) else { return false };
        self.take_the_heat();
        self.settings = saved.settings.repaired();
        // One spin at a time is a thing of the moment.
        self.settings.look_inside = false;
        self.folds = saved.folds;
        self.undoer = Undoer::default();
        self.send_settings();
        true
    }

    fn has_frame(&self) -> bool {
        match self.folds.page {
            Page::Lattices => self.lattices.has_frame(),
            _ => self.driver.published().sequence > 0,
        }
    }

    fn turn_by_hand(&mut self) {
        self.driver.turn_until_idle();
        self.lattices.turn_by_hand();
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut LabContext<'_>) {
        if let Some(path) = paths.into_iter().next() {
            self.folds.page = Page::Scan;
            self.study.read(&self.host, path);
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

/// Shows that the model failed. Returns whether to begin again.
pub(in crate::labs::ising) fn failure_banner(ui: &mut Ui, hero: Rect, failure: &str, texts: Texts) -> bool {
    use crate::widgets::{banner::Severity, banner::banner};
    let text = texts.fill("lab.failed", &[("why", failure)]);
    banner(ui, hero, Severity::Error, &text, texts.get("lab.restart"))
}

/// The layout's class that shows tabs instead of cards.
pub(in crate::labs::ising) fn has_tabs(class: Class) -> bool {
    class == Class::Compact
}
