//! The page: what was done on it becomes settings, commands and jobs.

mod hand;

use std::{path::PathBuf, sync::Arc};

use egui::{Rect, Ui, pos2};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions, commands, controls, curves, draw, dreams_view, eyes, features,
    files::{self, Asking, Files},
    layout::Parts,
    likelihood::Likelihood,
    loading::Loading,
    pictures,
    scene::{Action, Scene},
    settings::{Activity, Look, RbmRun, RbmSettings, TEMPERATURES, Tab},
    sim::{RbmCommand, RbmFrame, RbmSimulation},
    tables,
};
use crate::{
    data::import::GreyPicture,
    labs::kit::{
        CardId, CommandId, CommandInfo, Host, Model, Observable, Page, PageContext, Session, StatusItem, StepId, Table,
        Task, controls::nudged, deck, lenient, page::failure_banner_ui, session::Runs,
    },
    physics::rbm::training::Cause,
    simulation::Speed,
    text::Texts,
    widgets::{
        banner::{Severity, banner},
        bubble::bubble,
    },
};

/// Gibbs steps a second while it only dreams.
const DREAM_SPEED: f64 = 20.0;
/// What a caption needs at the foot of its card, in points.
const CAPTION: f32 = 60.0;
/// Batches a second on a clock that is turned by hand.
const BATCHES_BY_HAND: f64 = 300.0;

/// The machine as the page runs it.
pub struct Restricted;

impl Model for Restricted {
    type Settings = RbmSettings;
    type Run = RbmRun;
    type Simulation = RbmSimulation;
    const NAME: &'static str = "rbm";

    fn start(settings: &RbmSettings, _run: &RbmRun) -> RbmSimulation {
        // Without threads of its own a machine learns on the simulation's thread.
        let pool = rayon::ThreadPoolBuilder::new().thread_name(|index| format!("learning {index}")).build();
        RbmSimulation::new(settings.clone(), pool.ok().map(Arc::new))
    }

    fn speed(_settings: &RbmSettings, run: &RbmRun, host: &Host) -> Speed {
        match (run.activity, host.is_by_hand()) {
            (Activity::Idle | Activity::Dreaming, _) => Speed::Limited(DREAM_SPEED),
            (Activity::Learning, false) => Speed::Unlimited,
            // A clock that stands still while there is work would never see the end of it.
            (Activity::Learning, true) => Speed::Limited(BATCHES_BY_HAND),
        }
    }

    fn settings_command(settings: &RbmSettings) -> RbmCommand {
        RbmCommand::Settings(Box::new(settings.clone()))
    }

    fn goes_on_hidden(run: &RbmRun) -> bool {
        run.activity == Activity::Learning && run.learns_hidden
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: RbmSettings,
    run: RbmRun,
    look: Look,
}

/// The page of the restricted machine.
pub struct RestrictedPage {
    host: Host,
    /// The machine with its settings.
    pub session: Session<Restricted>,
    look: Look,
    pictures: Loading,
    /// The makeup whose pictures the simulation has.
    handed: Option<super::settings::Configuration>,
    views: Views,
    likelihood: Likelihood,
    files: Files,
    /// A pasted picture on its way to the pad.
    pasting: Task<GreyPicture>,
    /// The number of the last request for the machine itself.
    asked: u64,
    /// How many pictures were put on the pad: the next one is another.
    pictures_put: usize,
}

/// What the cards keep between frames.
#[derive(Default)]
struct Views {
    data: pictures::DataView,
    features: features::FeaturesView,
    eyes: eyes::EyesView,
    dreams: dreams_view::DreamsView,
    pad: draw::Pad,
}

impl RestrictedPage {
    /// Builds a page with the quick digits, waiting for Learn.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        Self {
            host: host.clone(),
            session: Session::new(host, false),
            look: Look::default(),
            pictures: Loading::default(),
            handed: None,
            views: Views::default(),
            likelihood: Likelihood::default(),
            files: Files::default(),
            pasting: Task::default(),
            asked: 0,
            pictures_put: 0,
        }
    }

    /// The newest frame that the simulation has published; before the first one, an empty frame.
    #[must_use]
    pub fn frame(&self) -> &RbmFrame {
        self.session.frame()
    }

    fn do_what_was_asked(&mut self, actions: Vec<Action>, cx: &mut PageContext<'_>) {
        for action in actions {
            match action {
                Action::Learn(learn) => self.set_learning(learn),
                Action::Restart => self.begin_again_and_say(cx, |_| {}),
                Action::TakePreset(preset) => {
                    self.begin_again_and_say(cx, |settings| settings.take_preset(preset));
                    (self.look.preset, self.look.shown_label) = (Some(preset), None);
                }
                Action::TakeHidden(hidden) => {
                    self.begin_again_and_say(cx, |settings| settings.configuration.hidden = hidden);
                }
                Action::TakeLabels(labels) => {
                    self.begin_again_and_say(cx, |settings| settings.configuration.labels = labels);
                }
                Action::TakeKind(kind) => self.begin_again_and_say(cx, |settings| settings.take_kind(kind)),
                Action::TakeSeed(seed) => self.begin_again_and_say(cx, |settings| settings.trainer.seed = seed),
                Action::LearnFrom(source) => {
                    self.begin_again_and_say(cx, |settings| settings.configuration.source = source);
                    (self.look.preset, self.look.shown_label) = (None, None);
                }
                Action::LearnFromShelf => match self.drawings() {
                    Some(source) => self.do_what_was_asked(vec![Action::LearnFrom(source)], cx),
                    None => cx.notices.say(cx.texts.get("rbm.drawings.none")),
                },
                Action::CancelLoading => self.cancel_loading(),
                Action::Dream(dream) => self.set_dreaming(dream),
                Action::DreamAgain => self.dream_again(),
                Action::Stroke { tool, from, to, begins } => {
                    if begins {
                        self.session.end_step();
                    }
                    self.stroke(tool, from, to);
                }
                Action::EndStroke => {
                    self.session.end_step();
                }
                Action::PutPicture => self.put_a_picture(),
                Action::ClearPad => {
                    self.session.edit(|settings| {
                        settings.drawing.fill(0.0);
                        settings.hidden_pixels.fill(false);
                    });
                }
                Action::MeasureLikelihood => self.measure_likelihood(),
                Action::CancelMeasuring => self.likelihood.cancel(),
                Action::OpenPictures => self.files.ask(Asking::Pictures),
                Action::OpenMachine => self.files.ask(Asking::Machine),
                Action::SaveMachine => self.save_machine_as(files::free_name(false)),
                Action::SaveWeights => self.save_machine_as(files::free_name(true)),
                Action::Mend(trainer) => {
                    self.begin_again(|settings| settings.trainer = trainer);
                }
            }
        }
    }

    /// Gives the loading up and goes back to the pictures that are there.
    fn cancel_loading(&mut self) {
        let source = self.pictures.give_up();
        self.session.settings.configuration.source =
            source.unwrap_or_else(|| RbmSettings::default().configuration.source);
    }

    fn cards_ui(&mut self, ui: &mut Ui, parts: &Parts, cx: &PageContext<'_>) -> Vec<Action> {
        let (sequence, status, activity) = (self.session.sequence(), *self.session.status(), self.activity());
        let (settings, run, frame) = self.session.parts();
        let mut scene = Scene {
            settings,
            run,
            look: &mut self.look,
            frame,
            sequence,
            status,
            activity,
            loaded: self.pictures.there(),
            loading: self.pictures.progress(),
            has_files_under_way: self.files.is_busy(),
            actions: Vec::new(),
        };
        let (scene, views) = (&mut scene, &mut self.views);
        match *parts {
            Parts::Cards { data, features, eyes, dreams, draw, curves, controls } => {
                pictures::card_ui(scene, &mut views.data, ui, data, cx);
                features::card_ui(scene, &mut views.features, ui, features, &self.host, cx);
                eyes::card_ui(scene, &mut views.eyes, ui, eyes, cx);
                dreams_view::card_ui(scene, &mut views.dreams, ui, dreams, cx);
                draw::card_ui(scene, &mut views.pad, ui, draw, cx);
                curves::card_ui(scene, &self.likelihood, ui, curves, cx);
                controls::controls_ui(scene, ui, controls, cx);
            }
            Parts::Compact { hero, controls, curves } => {
                controls::tabs_card_ui(scene, ui, hero, cx, |scene, ui, tab| match tab {
                    Tab::Features => {
                        let [left, right] = controls::split(ui);
                        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("data"));
                        // The menu of the card is beside the title of the features.
                        deck::part_ui(cx, || pictures::content_ui(scene, &mut views.data, &mut child, cx));
                        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(right).id_salt("features"));
                        features::content_ui(scene, &mut views.features, &mut child, &self.host, cx);
                    }
                    Tab::Dreams => dreams_view::content_ui(scene, &mut views.dreams, ui, cx),
                    Tab::Draw => draw::content_ui(scene, &mut views.pad, ui, cx),
                    Tab::Eyes => eyes::content_ui(scene, &mut views.eyes, ui, cx),
                });
                controls::controls_ui(scene, ui, controls, cx);
                curves::card_ui(scene, &self.likelihood, ui, curves, cx);
            }
        }
        std::mem::take(&mut scene.actions)
    }

    fn banners_ui(&mut self, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) -> Option<Action> {
        let t = cx.texts;
        if let Some(failure) = self.session.failure().map(str::to_owned) {
            if failure_banner_ui(ui, rect, &failure, t) {
                self.session.recover();
                self.handed = None;
                self.set_activity(Activity::Idle);
            }
            return None;
        }
        if let Some(why) = self.pictures.refusal(&self.key()) {
            let text = t.fill("rbm.refused", &[("why", &why.text(t))]);
            let clicked = banner(ui, rect, Severity::Error, &text, t.get("rbm.refused.back"));
            return clicked.then_some(Action::CancelLoading);
        }
        if let Some(idle) = self.frame().died {
            let text = captions::died(idle, self.frame(), t);
            let clicked = banner(ui, rect, Severity::Error, &text, t.get("rbm.ran_away.action"));
            return clicked.then(|| Action::Mend(captions::mended(self.session.settings.trainer, Cause::Rate)));
        }
        let cause = self.frame().ran_away?;
        let text = captions::ran_away(cause, self.frame().epochs.floor() as u64, t);
        let clicked = banner(ui, rect, Severity::Error, &text, t.get("rbm.ran_away.action"));
        clicked.then(|| Action::Mend(captions::mended(self.session.settings.trainer, cause)))
    }
}

impl Page for RestrictedPage {
    fn id(&self) -> &'static str {
        "restricted"
    }

    fn title(&self) -> &'static str {
        "rbm.page"
    }

    fn runs(&self) -> Option<&dyn Runs> {
        Some(&self.session)
    }

    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        Some(&mut self.session)
    }

    fn logic(&mut self, now: f64, held: bool) {
        let polled = self.session.poll(now, held || self.views.pad.is_drawing());
        if polled.has_ended && self.session.run.activity == Activity::Learning {
            // What it has learned is seen in its dreams, which go on; not those of a machine that came to grief.
            let has_learned = self.frame().has_ended(&self.session.settings) && self.frame().ran_away.is_none();
            self.set_activity(if has_learned { Activity::Dreaming } else { Activity::Idle });
        }
        self.session.sync();
        self.poll_pictures();
        self.offer();
        let frame = self.session.frame();
        let loaded = self.pictures.there();
        self.likelihood.follow(&self.host, &self.session.settings, frame, frame.machine.as_ref(), loaded);
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let parts = Parts::new(cx.class, ui.max_rect());
        let banner_rect = match &parts {
            Parts::Cards { features, .. } => *features,
            Parts::Compact { hero, .. } => *hero,
        };
        // A large card takes the room of all cards but the controls.
        cx.deck.set_hero(parts.hero());
        cx.notices.keep_over(banner_rect.with_max_y(banner_rect.bottom() - CAPTION));
        let mut actions = self.cards_ui(ui, &parts, cx);
        self.look.has_met |= !actions.is_empty() || self.has_learned();
        if !self.look.has_met && cx.deck.enlarged().is_none() {
            // Beside the button, in the card that has most to say later.
            let beside = match &parts {
                Parts::Cards { eyes, .. } => *eyes,
                Parts::Compact { hero, .. } => *hero,
            };
            bubble(ui, pos2(beside.right() - 4.0, beside.top() + 70.0), cx.texts.get("rbm.hint"));
        }
        if self.files.sheet_ui(ui, &self.host, self.pictures.trying(), cx.texts) {
            self.pictures.give_up_trying();
        }
        actions.extend(self.banners_ui(ui, banner_rect, cx));
        self.do_what_was_asked(actions, cx);
        let frame = self.session.frame();
        self.files.follow(&self.host, &self.session.settings, frame, frame.machine.as_ref(), cx);
        self.take_opened(cx);
        self.take_pasted(ui, cx);
        // What was changed while drawing is felt in this frame, not in the next.
        self.session.sync();
        self.poll_pictures();
        let is_busy =
            self.pictures.is_busy() || self.files.is_busy() || self.likelihood.is_busy() || self.pasting.is_busy();
        if self.session.is_waiting() || is_busy {
            ui.ctx().request_repaint();
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, cx: &mut PageContext<'_>) {
        let steps_and_step = match command {
            commands::LEARN => return self.set_learning(!self.session.is_running()),
            commands::BATCH => return self.learn_a_batch(),
            commands::DREAM => return self.set_dreaming(self.activity() != Activity::Dreaming),
            commands::RESTART => return self.do_what_was_asked(vec![Action::Restart], cx),
            commands::WARMER => (1.0, 0.01),
            commands::COLDER => (-1.0, 0.01),
            commands::WARMER_FAST => (1.0, 0.1),
            commands::COLDER_FAST => (-1.0, 0.1),
            _ => return,
        };
        let temperature = &mut self.session.settings.temperature;
        *temperature = nudged(*temperature, steps_and_step.0, steps_and_step.1, TEMPERATURES);
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(self.frame(), self.session.status(), self.activity())
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        captions::status(&self.observables(), self.frame(), &self.session.settings, texts)
    }

    fn threads(&self) -> usize {
        self.frame().threads.max(1)
    }

    fn goes_on_hidden(&self) -> bool {
        self.session.goes_on_hidden()
    }

    fn set_shown(&mut self, shown: bool) {
        self.session.set_shown(shown);
        if !shown && self.has_learned() {
            // The other labs are offered the machine as it is now.
            self.ask_for_the_machine();
        }
    }

    fn undo(&mut self, redo: bool) -> bool {
        // An open question is closed first.
        if !redo && self.look.question.take().is_some() {
            return true;
        }
        let before = self.session.settings.configuration.clone();
        let undone = self.session.undo(redo);
        self.after_undo(&before, undone)
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        let before = self.session.settings.configuration.clone();
        let undone = self.session.undo_step(step);
        self.after_undo(&before, undone)
    }

    fn save(&self) -> Value {
        let mut settings = self.session.settings.clone();
        // The machine itself is not in the settings file: beginnings are counted anew.
        settings.configuration.run = 0;
        serde_json::to_value(Saved { settings, run: self.session.run, look: self.look.clone() }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.session.take(saved.settings, saved.run);
        self.look = saved.look;
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &tables::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        let (settings, frame, loaded) = (&self.session.settings, self.frame(), self.pictures.there());
        tables::table(card, &tables::Shown { settings, frame, loaded, measured: self.measured().copied().collect() })
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut PageContext<'_>) {
        self.open_files(paths);
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
