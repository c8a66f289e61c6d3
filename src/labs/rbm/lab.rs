//! The lab's window side: settings, undo, pictures, files, and the order in which things are drawn.

use std::{path::PathBuf, sync::Arc};

use egui::{Rect, Ui, util::undoer::Undoer};
use serde::{Deserialize, Serialize};

use super::{
    controls, curves, draw, dreams_view, eyes, features, files, keys,
    layout::Parts,
    loading::Loading,
    pictures,
    settings::{Preset, RbmSettings},
    sim::{RbmCommand, RbmFrame, RbmSimulation},
    words,
};
use crate::{
    data::samples::Source,
    labs::{Host, Lab, LabContext, StatusItem, saving::Saving},
    physics::rbm::{Machine, RbmError},
    simulation::{Driver, Message, Speed},
    text::Texts,
    widgets::banner::{Severity, banner},
};

/// Gibbs steps a second while it only dreams.
const DREAM_SPEED: f64 = 20.0;

/// Batches a second on a clock that is turned by hand.
const BATCHES_BY_HAND: f64 = 300.0;

/// What the compact layout shows in its large place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// Pictures and hidden features.
    #[default]
    Features,
    /// Dreams.
    Dreams,
    /// Drawing and completion.
    Draw,
    /// Eyes open and eyes closed.
    Eyes,
}

/// Folds and tabs: what is open, not what is simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Folds {
    pub more: bool,
    pub tab: Tab,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    settings: RbmSettings,
    folds: Folds,
}

/// The Boltzmann lab.
pub struct RbmLab {
    pub(super) host: Host,
    pub(super) driver: Driver<RbmSimulation>,
    /// What the person set and drew; the simulation follows.
    pub settings: RbmSettings,
    pub(super) sent: RbmSettings,
    pub(super) undoer: Undoer<RbmSettings>,
    pub(super) pictures: Loading,
    pub(super) learning: bool,
    pub(super) dreaming: bool,
    on_screen: bool,
    pub(super) now: f64,
    pub(super) folds: Folds,
    /// A number of hidden units that waits for an answer.
    pub(super) asked_hidden: Option<usize>,
    /// A preset that waits for an answer, because a machine would be forgotten.
    pub(super) asked_preset: Option<Preset>,
    /// The preset taken last, to say what it is for.
    pub(super) preset: Option<Preset>,
    pub(super) data_view: pictures::DataView,
    pub(super) features_view: features::FeaturesView,
    pub(super) eyes_view: eyes::EyesView,
    pub(super) dreams_view: dreams_view::DreamsView,
    pub(super) pad: draw::Pad,
    pub(super) curves: curves::Curves,
    pub(super) files: files::Files,
    pub(super) saving: Saving,
    /// How many pictures were put on the pad: the next one is another.
    pub(super) pictures_put: usize,
}

impl RbmLab {
    /// A lab with the quick digits, waiting for Learn.
    #[must_use]
    pub fn new(host: Host) -> Self {
        let settings = RbmSettings::default();
        let driver = start(&host, &settings);
        let mut lab = Self {
            host,
            driver,
            sent: settings.clone(),
            undoer: Undoer::default(),
            settings,
            pictures: Loading::default(),
            learning: false,
            dreaming: false,
            on_screen: false,
            now: 0.0,
            folds: Folds::default(),
            asked_hidden: None,
            asked_preset: None,
            preset: Some(Preset::Digits),
            data_view: pictures::DataView::default(),
            features_view: features::FeaturesView::default(),
            eyes_view: eyes::EyesView::default(),
            dreams_view: dreams_view::DreamsView::default(),
            pad: draw::Pad::default(),
            curves: curves::Curves::default(),
            files: files::Files::default(),
            saving: Saving::default(),
            pictures_put: 0,
        };
        lab.send_run();
        lab
    }

    /// The newest frame.
    #[must_use]
    pub fn frame(&self) -> &RbmFrame {
        self.driver.frame()
    }

    /// Whether it learns now.
    #[must_use]
    pub fn is_learning(&self) -> bool {
        self.learning && self.driver.failure().is_none()
    }

    /// Whether something runs now.
    #[must_use]
    pub fn is_running_now(&self) -> bool {
        (self.learning || self.dreaming) && self.driver.failure().is_none()
    }

    /// Learns, or pauses everything.
    pub fn set_learning(&mut self, learning: bool) {
        if learning && self.has_ended() {
            // The epochs planned are done: as many again.
            let done = self.frame().epochs.round() as u32;
            let planned = self.settings.trainer.epochs;
            self.settings.trainer.epochs = done.saturating_add(planned).max(planned);
        }
        self.learning = learning;
        self.dreaming = false;
        self.send_changes();
        self.send_run();
    }

    /// Dreams with the machine as it is, or pauses.
    pub fn set_dreaming(&mut self, dreaming: bool) {
        self.dreaming = dreaming;
        self.learning = false;
        self.send_changes();
        self.send_run();
    }

    fn send_run(&mut self) {
        let speed = match (self.learning, &self.host.by_hand) {
            (false, _) => Speed::Limited(DREAM_SPEED),
            (true, None) => Speed::Unlimited,
            // A clock that stands still while there is work would never see the end of it.
            (true, Some(_)) => Speed::Limited(BATCHES_BY_HAND),
        };
        self.driver.send(Message::Speed(speed));
        self.driver.command(RbmCommand::Learn(self.learning));
        self.driver.send(Message::Run((self.learning || self.dreaming) && self.on_screen));
    }

    /// Whether the epochs planned are done.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.frame().ready && self.frame().epochs >= f64::from(self.settings.trainer.epochs)
    }

    /// Whether there is something that a new beginning would forget.
    #[must_use]
    pub fn has_learned(&self) -> bool {
        self.frame().updates > 0
    }

    /// Learning begins again from nothing; undo brings the machine back.
    pub fn restart(&mut self) {
        self.keep_for_undo();
        self.restart_without_undo();
    }

    /// The same where the step of undo was taken before.
    pub(super) fn restart_without_undo(&mut self) {
        self.settings.makeup.run += 1;
        self.learning = false;
        self.dreaming = false;
        self.send_changes();
        self.send_run();
    }

    /// One batch, and then a rest.
    pub fn learn_a_batch(&mut self) {
        self.set_learning(false);
        self.driver.command(RbmCommand::Batch);
        self.driver.send(Message::Step(1));
    }

    /// Pictures from the shelf of the memory lab; none if there are none of a usable size.
    pub(super) fn drawings(&self) -> Option<Source> {
        let shelf = self.host.shelf.0.borrow();
        let side = shelf.first()?.len().isqrt();
        let ink =
            |picture: &Arc<[i8]>| -> Vec<u8> { picture.iter().map(|&bit| if bit > 0 { 255 } else { 0 }).collect() };
        let grey = shelf.iter().filter(|picture| picture.len() == side * side).flat_map(ink).collect();
        Some(Source::Drawings { side, grey })
    }

    /// Takes a preset over.
    pub fn take_preset(&mut self, preset: Preset) {
        self.keep_for_undo();
        self.settings.take_preset(preset);
        self.preset = Some(preset);
        self.asked_preset = None;
        self.asked_hidden = None;
        self.learning = false;
        self.dreaming = false;
        self.send_changes();
        self.send_run();
    }

    /// The state of now becomes a step of undo.
    pub(super) fn keep_for_undo(&mut self) {
        self.undoer.feed_state(self.now, &self.settings);
        self.undoer.add_undo(&self.settings);
    }

    /// Learns from other pictures.
    pub fn learn_from(&mut self, source: Source) {
        self.keep_for_undo();
        self.preset = None;
        self.settings.makeup.run += 1;
        self.settings.makeup.source = source;
        self.settings.shown_label = None;
        self.learning = false;
        self.dreaming = false;
        self.send_changes();
        self.send_run();
    }

    /// Begins the dreams again.
    pub fn dream_again(&mut self) {
        self.driver.command(RbmCommand::DreamAgain);
        if !self.is_running_now() {
            self.driver.send(Message::Step(1));
        }
    }

    /// Brings a card of the compact layout to the front.
    pub fn show_tab(&mut self, tab: Tab) {
        self.folds.tab = tab;
    }

    fn send_changes(&mut self) {
        if self.settings == self.sent {
            return;
        }
        self.sent.clone_from(&self.settings);
        self.driver.command(RbmCommand::Settings(Box::new(self.settings.clone())));
        if self.pictures.handed.as_ref() != Some(&self.settings.makeup) {
            self.follow_pictures();
        }
    }

    /// A machine from a file: its sizes become the settings.
    pub(super) fn take_machine(&mut self, machine: &Machine) -> Result<(), RbmError> {
        let Some(loaded) = &self.pictures.there else { return Err(RbmError::Empty) };
        if loaded.train.pixels() != machine.shape.visible {
            return Err(RbmError::Pixels { expected: machine.shape.visible, found: loaded.train.pixels() });
        }
        let (train, validation) = (loaded.train.clone(), loaded.validation.clone());
        self.keep_for_undo();
        let makeup = &mut self.settings.makeup;
        makeup.run += 1;
        makeup.hidden = machine.shape.hidden;
        makeup.kind = machine.shape.kind;
        makeup.labels = machine.shape.classes > 0;
        let makeup = makeup.clone();
        self.pictures.handed = Some(makeup.clone());
        self.learning = false;
        self.dreaming = false;
        self.send_changes();
        self.driver.command(RbmCommand::Machine { machine: Box::new(machine.clone()), makeup, train, validation });
        self.send_run();
        Ok(())
    }

    fn stop_where_it_ended(&mut self) {
        if self.learning && self.on_screen && self.driver.is_caught_up() && !self.driver.status().running {
            self.learning = false;
            self.send_run();
        }
    }

    fn banners(&mut self, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
        let t = cx.texts;
        if let Some(failure) = self.driver.failure().map(str::to_owned) {
            if banner(ui, rect, Severity::Error, &t.fill("lab.failed", &[("why", &failure)]), t.get("lab.restart")) {
                self.recover();
            }
            return;
        }
        let key = self.key();
        if let Some(why) = self.pictures.refusal(&key) {
            let text = t.fill("rbm.refused", &[("why", &why.text(t))]);
            if banner(ui, rect, Severity::Error, &text, t.get("rbm.refused.back")) {
                self.cancel_loading();
            }
            return;
        }
        if let Some(cause) = self.frame().ran_away {
            let epoch = self.frame().epochs.floor() as u64;
            let text = words::ran_away(cause, epoch, t);
            if banner(ui, rect, Severity::Error, &text, t.get("rbm.ran_away.action")) {
                words::mend(&mut self.settings.trainer, cause);
                self.restart();
            }
        }
    }

    fn recover(&mut self) {
        self.driver = start(&self.host, &self.settings);
        self.sent = self.settings.clone();
        self.learning = false;
        self.dreaming = false;
        self.pictures.handed = None;
        self.send_run();
    }
}

fn start(host: &Host, settings: &RbmSettings) -> Driver<RbmSimulation> {
    // Without threads of its own a machine learns on the simulation's thread.
    let pool = rayon::ThreadPoolBuilder::new().thread_name(|index| format!("learning {index}")).build();
    let pool = pool.ok().map(Arc::new);
    host.drive("rbm", &Arc::new(std::sync::atomic::AtomicBool::new(true)), || RbmSimulation::new(settings.clone(), pool.clone()))
}

impl Lab for RbmLab {
    fn id(&self) -> &'static str {
        "rbm"
    }

    fn title(&self) -> &'static str {
        "rbm.title"
    }

    fn logic(&mut self, now: f64, _held: bool) {
        self.now = now;
        self.driver.poll();
        self.stop_where_it_ended();
        if !self.pad.is_drawing() {
            self.undoer.feed_state(now, &self.settings);
        }
        self.send_changes();
        self.follow_pictures();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut LabContext<'_>) {
        let parts = Parts::new(cx.class, ui.max_rect());
        let banner_rect = match &parts {
            Parts::Cards { features, .. } => *features,
            Parts::Compact { hero, .. } => *hero,
        };
        match parts {
            Parts::Cards { data, features, eyes, dreams, draw, curves, controls } => {
                pictures::show(self, ui, data, cx);
                features::show(self, ui, features, cx);
                eyes::show(self, ui, eyes, cx);
                dreams_view::show(self, ui, dreams, cx);
                draw::show(self, ui, draw, cx);
                curves::show(self, ui, curves, cx);
                controls::show(self, ui, controls, cx);
            }
            Parts::Compact { hero, controls, curves } => {
                controls::tabs(self, ui, hero, cx);
                controls::show(self, ui, controls, cx);
                curves::show(self, ui, curves, cx);
            }
        }
        files::show(self, ui, cx);
        self.banners(ui, banner_rect, cx);
        self.send_changes();
        self.follow_pictures();
        if self.driver.is_waiting()
            || self.pictures.is_busy()
            || self.files.is_busy()
            || self.saving.is_busy()
            || self.curves.is_busy()
        {
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
            self.driver.send(Message::Run((self.learning || self.dreaming) && on_screen));
        }
    }

    fn undo(&mut self, redo: bool) -> bool {
        if self.asked_hidden.take().is_some() | self.asked_preset.take().is_some() {
            // An open question is closed first.
            return true;
        }
        let state = if redo { self.undoer.redo(&self.settings) } else { self.undoer.undo(&self.settings) };
        let Some(state) = state.cloned() else { return false };
        if state.makeup != self.settings.makeup {
            self.learning = false;
            self.dreaming = false;
            self.pictures.handed = None;
            self.send_run();
        }
        self.preset = None;
        self.settings = state;
        self.send_changes();
        true
    }

    fn save(&self) -> serde_json::Value {
        let mut settings = self.settings.clone();
        // The machine itself is not in the settings file: what is restored begins anew.
        settings.makeup.run = 0;
        serde_json::to_value(Saved { settings, folds: self.folds }).unwrap_or_default()
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
        self.open_files(paths);
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
