//! The lab's window side: settings, undo, learning, the running network, and the order in which things are drawn.

use std::path::PathBuf;

use egui::{Rect, Ui, util::undoer::Undoer};
use serde::{Deserialize, Serialize};

use super::{
    cards, controls, experiments, import, keys,
    layout::Parts,
    learning::{Learning, Lesson, Refusal},
    pad, phase, race,
    settings::{EXPLAINED, HopfieldSettings, Memory, Neurons, Order},
    shelf,
    sim::{HopfieldCommand, HopfieldFrame, HopfieldSimulation},
    sketch, weights, words,
};
use crate::{
    labs::{Host, Lab, LabContext, StatusItem, kit::saving::Saving},
    physics::hopfield::patterns::overlap,
    simulation::{Driver, Message, Speed},
    text::Texts,
    widgets::{
        banner::{Severity, banner},
        pattern::Thumbnails,
    },
};

/// Sweeps that "to the end" goes at most.
const LAST_SWEEPS: u64 = 300;

/// What a card with tabs shows. The compact layout has all in one card, the others in two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// The film of the recall and its energy.
    #[default]
    Film,
    /// Overlaps with the memories.
    Likeness,
    /// The weights.
    Connections,
    /// The phase map.
    Phase,
    /// All rules side by side.
    Race,
    /// Capacity and basins.
    Experiments,
}

/// Folds and tabs: what is open, not what is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Folds {
    pub more: bool,
    /// Tab of the compact layout.
    pub all: Tab,
    /// Film, race or experiments.
    pub below: Tab,
    /// Connections or phase map.
    pub side: Tab,
}

impl Default for Folds {
    fn default() -> Self {
        Self { more: false, all: Tab::Likeness, below: Tab::Film, side: Tab::Connections }
    }
}

#[derive(Serialize, Deserialize)]
struct Saved {
    settings: HopfieldSettings,
    folds: Folds,
}

/// The Hopfield lab.
pub struct HopfieldLab {
    pub(super) host: Host,
    pub(super) driver: Driver<HopfieldSimulation>,
    /// What the person set and drew; the simulation follows.
    pub settings: HopfieldSettings,
    pub(super) sent: HopfieldSettings,
    pub(super) undoer: Undoer<HopfieldSettings>,
    pub(super) learning: Learning,
    pub(super) running: bool,
    on_screen: bool,
    pub(super) now: f64,
    pub(super) folds: Folds,
    /// Snapshot of the film that is shown in place of the network's state.
    pub(super) scrub: Option<usize>,
    pub(super) thumbnails: Thumbnails,
    pub(super) pad: sketch::Pad,
    pub(super) shelf: shelf::Shelf,
    pub(super) weights: weights::Weights,
    pub(super) phase: phase::Phase,
    pub(super) race: race::Race,
    pub(super) experiments: experiments::Experiments,
    pub(super) import: import::Import,
    pub(super) saving: Saving,
    /// The memory at the head of the likeness, to bring it into view once.
    pub(super) best_shown: Option<usize>,
}

impl HopfieldLab {
    /// A lab with the default settings, waiting for Recall.
    #[must_use]
    pub fn new(host: Host) -> Self {
        let settings = HopfieldSettings::default();
        let driver = start(&host, &settings);
        let mut lab = Self {
            host,
            driver,
            sent: settings.clone(),
            undoer: Undoer::default(),
            settings,
            learning: Learning::default(),
            running: false,
            on_screen: false,
            now: 0.0,
            folds: Folds::default(),
            scrub: None,
            thumbnails: Thumbnails::default(),
            pad: sketch::Pad::default(),
            shelf: shelf::Shelf::default(),
            weights: weights::Weights::default(),
            phase: phase::Phase::default(),
            race: race::Race::default(),
            experiments: experiments::Experiments::default(),
            import: import::Import::default(),
            saving: Saving::default(),
            best_shown: None,
        };
        lab.driver.send(Message::Speed(speed(&lab.settings)));
        lab.offer_shelf();
        lab
    }

    /// The newest frame.
    #[must_use]
    pub fn frame(&self) -> &HopfieldFrame {
        self.driver.frame()
    }

    /// Whether the frame is about the probe that is on the pad.
    pub(super) fn is_current(&self) -> bool {
        self.frame().probe == self.settings.pad
    }

    /// What the pad shows, −1 to 1: the film where it is scrubbed, the network's state, or what was drawn a moment ago.
    #[must_use]
    pub fn shown(&self) -> Vec<f32> {
        let frame = self.frame();
        if let Some(snapshot) = self.scrub.and_then(|index| frame.film.get(index)) {
            return snapshot.state.iter().map(|&bit| f32::from(bit)).collect();
        }
        if frame.outputs.len() == self.settings.neuron_count() && (self.running || self.is_current()) {
            return frame.outputs.clone();
        }
        self.settings.pad.0.iter().map(|&bit| f32::from(bit)).collect()
    }

    /// The same as ±1.
    #[must_use]
    pub fn shown_bits(&self) -> Vec<i8> {
        self.shown().iter().map(|&output| if output < 0.0 { -1 } else { 1 }).collect()
    }

    /// Overlaps with the memories that are on, of what is shown.
    pub(super) fn shown_overlaps(&self) -> Vec<f64> {
        let frame = self.frame();
        if let Some(snapshot) = self.scrub.and_then(|index| frame.film.get(index)) {
            return snapshot.overlaps.to_vec();
        }
        let on = || self.settings.memories.iter().filter(|memory| memory.on);
        let knows_all = frame.overlaps.len() == on().count();
        if knows_all && (self.running || self.is_current()) {
            return frame.overlaps.clone();
        }
        // The network is still learning: the overlaps do not wait for it.
        let bits = self.shown_bits();
        let fits = |memory: &&Memory| memory.picture.0.len() == bits.len();
        on().filter(fits).map(|memory| overlap(&memory.picture.0, &bits)).collect()
    }

    /// Whether it runs now.
    #[must_use]
    pub fn is_running_now(&self) -> bool {
        self.running && self.driver.failure().is_none()
    }

    /// Runs or pauses. What has come to rest begins again with the same probe.
    pub fn set_running(&mut self, running: bool) {
        self.scrub = None;
        if running {
            self.send_changes();
            if self.frame().settled.is_some() && self.frame().updates > 0 && self.is_current() {
                self.driver.command(HopfieldCommand::Again);
            }
            self.undoer.feed_state(self.now, &self.settings);
            self.undoer.add_undo(&self.settings);
        }
        self.running = running;
        self.driver.send(Message::Run(running && self.on_screen));
    }

    /// Pauses; what the pad shows stays.
    pub(super) fn pause(&mut self) {
        self.running = false;
        self.driver.send(Message::Run(false));
    }

    /// So many steps, paused.
    pub fn step(&mut self, steps: u64) {
        self.set_running(false);
        self.send_changes();
        self.driver.send(Message::Step(steps));
    }

    /// One sweep: each neuron once.
    pub fn sweep(&mut self) {
        self.step(self.steps_in_a_sweep());
    }

    /// As fast as it goes until it comes to rest; with noise, which never rests, three hundred sweeps.
    pub fn to_the_end(&mut self) {
        self.step(LAST_SWEEPS * self.steps_in_a_sweep());
    }

    fn steps_in_a_sweep(&self) -> u64 {
        let one_by_one = self.settings.neurons == Neurons::OnOff && self.settings.order != Order::AllAtOnce;
        if one_by_one { self.settings.neuron_count() as u64 } else { 1 }
    }

    /// How much of a lesson is learned, where it takes longer than a glance.
    pub(super) fn learning_progress(&self) -> Option<f64> {
        self.learning.progress(self.now)
    }

    /// Back to the probe.
    pub fn again(&mut self) {
        self.set_running(false);
        self.driver.command(HopfieldCommand::Again);
    }

    /// Whether it is slow enough, or paused, to show each neuron's reason.
    pub(super) fn explains(&self) -> bool {
        self.settings.neurons == Neurons::OnOff
            && (!self.running || self.settings.speed.is_some_and(|speed| speed <= EXPLAINED))
    }

    /// Brings a card to the front.
    pub fn show_tab(&mut self, tab: Tab) {
        self.folds.all = tab;
        match tab {
            Tab::Film | Tab::Race | Tab::Experiments => self.folds.below = tab,
            Tab::Connections | Tab::Phase => self.folds.side = tab,
            Tab::Likeness => {}
        }
    }

    fn send_changes(&mut self) {
        if self.settings == self.sent {
            return;
        }
        if speed(&self.settings) != speed(&self.sent) {
            self.driver.send(Message::Speed(speed(&self.settings)));
        }
        let probe = self.settings.pad != self.sent.pad;
        self.offer_shelf();
        self.sent.clone_from(&self.settings);
        self.driver.command(HopfieldCommand::Settings(Box::new(self.settings.clone())));
        if probe {
            self.scrub = None;
            self.driver.command(HopfieldCommand::Probe(self.settings.pad.clone()));
        }
    }

    /// Other labs may learn from these memories.
    fn offer_shelf(&self) {
        let pictures = self.settings.memories.iter().map(|memory| memory.picture.0.clone());
        self.host.shelf.0.replace(pictures.collect());
    }

    fn learn(&mut self) {
        let pictures = self.settings.memories.iter().filter(|memory| memory.on);
        let lesson = Lesson {
            rule: self.settings.rule,
            neurons: self.settings.neuron_count(),
            pictures: pictures.map(|memory| memory.picture.clone()).collect(),
        };
        let rule_before = self.learning.rule();
        let learned = self.learning.follow(lesson, &self.host, self.now);
        if let Some(trained) = learned.or_else(|| self.learning.wake_up().map(Some)) {
            self.driver.command(HopfieldCommand::Trained(trained));
            if self.learning.rule() != rule_before && !self.running {
                // Another rule is tried with the same probe, not with what the last one made of it.
                self.driver.command(HopfieldCommand::Again);
            }
        }
    }

    fn stop_where_it_ended(&mut self) {
        // Only a frame made after everything was heard says that the run asked for has come to its end.
        if self.running && self.on_screen && self.driver.is_caught_up() && !self.driver.status().running {
            self.running = false;
        }
    }

    fn banners(&mut self, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
        let t = cx.texts;
        if let Some(failure) = self.driver.failure().map(str::to_owned) {
            let text = t.fill("lab.failed", &[("why", &failure)]);
            if banner(ui, rect, Severity::Error, &text, t.get("lab.restart")) {
                self.recover();
            }
            return;
        }
        let refusal = self.learning.refused.as_ref().map(|(_, refusal)| words::refusal(refusal, t));
        if let Some(text) = refusal {
            let severity = match self.learning.refused {
                Some((_, Refusal::Cancelled)) => Severity::Warning,
                _ => Severity::Error,
            };
            if banner(ui, rect, severity, &text, t.get("hopfield.learn.again")) {
                self.learning.try_again();
            }
        }
    }

    fn recover(&mut self) {
        self.driver = start(&self.host, &self.settings);
        self.sent = self.settings.clone();
        self.running = false;
        self.driver.send(Message::Speed(speed(&self.settings)));
        let trained = self.learning.trained().cloned();
        self.driver.command(HopfieldCommand::Trained(trained));
    }
}

fn start(host: &Host, settings: &HopfieldSettings) -> Driver<HopfieldSimulation> {
    host.drive("hopfield", &std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true)), || {
        HopfieldSimulation::new(settings.clone())
    })
}

/// Steps a second. All neurons at once, and steps of the other kinds, stand for N neurons each.
fn speed(settings: &HopfieldSettings) -> Speed {
    let neurons = settings.neuron_count() as f64;
    let per_step = match (settings.neurons, settings.order) {
        (Neurons::OnOff, Order::AllAtOnce) | (Neurons::Modern, _) => neurons / 2.0,
        (Neurons::OnOff, _) => 1.0,
        (Neurons::Graded, _) => 8.0,
    };
    settings.speed.map_or(Speed::Unlimited, |speed| Speed::Limited((speed / per_step).max(0.5)))
}

impl Lab for HopfieldLab {
    fn id(&self) -> &'static str {
        "hopfield"
    }

    fn title(&self) -> &'static str {
        "hopfield.title"
    }

    fn logic(&mut self, now: f64, _held: bool) {
        self.now = now;
        self.driver.poll();
        self.stop_where_it_ended();
        if !self.pad.is_drawing() {
            self.undoer.feed_state(now, &self.settings);
        }
        self.send_changes();
        self.learn();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut LabContext<'_>) {
        let tall = matches!(self.folds.all, Tab::Race | Tab::Experiments);
        let parts = Parts::new(cx.class, ui.max_rect(), tall);
        self.thumbnails.begin_frame();
        shelf::show(self, ui, parts.shelf, cx);
        pad::show(self, ui, parts.pad, cx);
        cards::show(self, ui, &parts, cx);
        controls::show(self, ui, parts.controls, cx);
        self.saving.poll(&self.host, cx);
        import::show(self, ui, cx);
        self.banners(ui, parts.pad, cx);
        // What was changed while drawing is felt in this frame, not in the next.
        self.send_changes();
        self.learn();
        if self.driver.is_waiting() || self.learning.is_busy() {
            ui.ctx().request_repaint();
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut LabContext<'_>) {
        keys::keys(self, ui, cx);
    }

    fn is_running(&self) -> bool {
        self.is_running_now()
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        words::status(self, texts)
    }

    fn set_on_screen(&mut self, on_screen: bool) {
        if self.on_screen != on_screen {
            self.on_screen = on_screen;
            self.driver.send(Message::Run(self.running && on_screen));
        }
    }

    fn undo(&mut self, redo: bool) -> bool {
        let state = if redo { self.undoer.redo(&self.settings) } else { self.undoer.undo(&self.settings) };
        let Some(state) = state.cloned() else { return false };
        self.running = false;
        self.driver.send(Message::Run(false));
        self.scrub = None;
        self.settings = state;
        self.send_changes();
        // Taken back to the same probe as before a recall: the recall is taken back with it.
        self.driver.command(HopfieldCommand::Again);
        true
    }

    fn save(&self) -> serde_json::Value {
        serde_json::to_value(Saved { settings: self.settings.clone(), folds: self.folds }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &serde_json::Value) -> bool {
        let Ok(saved) = serde_json::from_value::<Saved>(saved.clone()) else { return false };
        self.settings = saved.settings.repaired();
        self.folds = saved.folds;
        self.undoer = Undoer::default();
        self.send_changes();
        true
    }

    fn has_frame(&self) -> bool {
        self.driver.published().sequence > 0
    }

    fn turn_by_hand(&mut self) {
        self.driver.turn_until_idle();
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut LabContext<'_>) {
        self.import_files(paths);
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
