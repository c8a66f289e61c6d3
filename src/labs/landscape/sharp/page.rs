//! The page of sharp and flat valleys: it owns the session, and turns what was asked for into commands.

use egui::{Rect, Ui};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions, commands,
    controls::{self, ControlAction},
    counted, curves,
    frame::SharpFrame,
    panels,
    settings::{SharpLook, SharpRun, SharpSettings, Tab},
    sim::{SharpCommand, SharpSimulation},
    tables,
};
use crate::{
    labs::kit::{
        CardId, CommandId, CommandInfo, Host, Model, Observable, Page, PageContext, Session, StatusItem, StepId, Table,
        controls::{column_ui, pages_row_ui},
        deck, lenient,
        page::failure_banner_ui,
        session::Runs,
        status_of,
    },
    simulation::Speed,
    text::Texts,
    widgets::{
        buttons::segmented,
        card::captioned,
        layout::{Class, LabLayout, columns},
    },
};

/// The model of the page.
pub struct SharpFlat;

impl Model for SharpFlat {
    type Settings = SharpSettings;
    type Run = SharpRun;
    type Simulation = SharpSimulation;
    const NAME: &'static str = "sharp and flat";

    fn start(settings: &SharpSettings, _run: &SharpRun) -> SharpSimulation {
        SharpSimulation::new(*settings)
    }

    fn speed(settings: &SharpSettings, run: &SharpRun, _host: &Host) -> Speed {
        Speed::Limited(run.speed / settings.step)
    }

    fn settings_command(settings: &SharpSettings) -> SharpCommand {
        SharpCommand::Set(*settings)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: SharpSettings,
    run: SharpRun,
    look: SharpLook,
}

/// The page of sharp and flat valleys.
pub struct SharpPage {
    /// The crowds with their settings.
    pub session: Session<SharpFlat>,
    look: SharpLook,
}

impl SharpPage {
    /// Builds the page; its crowds run when it is first shown.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        Self { session: Session::new(host, true), look: SharpLook::default() }
    }

    /// The newest frame of the crowds.
    #[must_use]
    pub fn frame(&self) -> &SharpFrame {
        self.session.frame()
    }

    fn do_action(&mut self, action: ControlAction) {
        match action {
            ControlAction::Run => {
                let run = !self.session.is_running();
                self.session.set_running(run);
            }
            ControlAction::Step => self.session.step((1.0 / self.session.settings.step).round() as u64),
            ControlAction::Restart => self.session.command(SharpCommand::Restart),
            ControlAction::Clear => self.session.command(SharpCommand::Clear),
        }
    }

    fn card_ui(&self, tab: Tab, titled: bool, ui: &mut Ui, cx: &PageContext<'_>) {
        let (t, frame) = (cx.texts, self.session.frame());
        ui.spacing_mut().item_spacing.y = 4.0;
        let (title, symbol, caption) = match tab {
            Tab::Heat => ("sharp.heat", "P(flat)", captions::heat(frame, t)),
            Tab::Time => ("sharp.time", "P(flat)", t.get("sharp.caption.time")),
            Tab::Counted => ("sharp.counted", "P(flat)", t.get("sharp.caption.error")),
        };
        if titled {
            deck::title_ui(ui, cx, t.get(title), symbol, |_| {});
        }
        captioned(ui, caption, |ui| match tab {
            Tab::Heat => curves::heat_ui(frame, ui, cx),
            Tab::Time => curves::time_ui(frame, ui, cx),
            Tab::Counted => counted::counted_ui(frame, ui, cx),
        });
    }

    fn cards_ui(&mut self, places: &Places, ui: &mut Ui, cx: &PageContext<'_>) {
        let (t, frame) = (cx.texts, self.session.frame());
        deck::card_ui(ui, places.crowds, "crowds", "crowds", cx, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            deck::title_ui(ui, cx, t.get("sharp.crowds"), "", |_| {});
            captioned(ui, &captions::crowds(frame, t), |ui| panels::panels_ui(frame, ui, cx));
        });
        let card = |tab| match tab {
            Tab::Heat => "heat",
            Tab::Time => "time",
            Tab::Counted => "counted",
        };
        if cx.class == Class::Compact {
            let tabs = [
                (Tab::Heat, t.get("sharp.tab.heat")),
                (Tab::Time, t.get("sharp.tab.time")),
                (Tab::Counted, t.get("sharp.tab.counted")),
            ];
            deck::card_ui(ui, places.heat, card(self.look.tab), "sharp tabs", cx, |ui| {
                segmented(ui, &mut self.look.tab, &tabs);
                self.card_ui(self.look.tab, false, ui, cx);
            });
            return;
        }
        for (place, tab) in [(places.heat, Tab::Heat), (places.time, Tab::Time), (places.counted, Tab::Counted)] {
            deck::card_ui(ui, place, card(tab), card(tab), cx, |ui| self.card_ui(tab, true, ui, cx));
        }
    }
}

/// Where the cards and the controls are; in a compact window the smaller cards share a place.
struct Places {
    crowds: Rect,
    heat: Rect,
    time: Rect,
    counted: Rect,
    controls: Rect,
}

fn places(class: Class, space: Rect) -> Places {
    let layout = LabLayout::new(class, space, egui::Vec2::splat);
    let controls = layout.controls;
    if class == Class::Compact {
        let [heat, time, counted] = [layout.plots; 3];
        return Places { crowds: layout.hero.union(layout.upright), heat, time, counted, controls };
    }
    let row = Rect::from_x_y_ranges(layout.plots.x_range(), layout.hero.y_range());
    let upper = columns(row, &[1.25, 1.0]);
    let lower = columns(layout.plots, &[1.25, 1.0]);
    Places { crowds: upper[0], heat: upper[1], time: lower[0], counted: lower[1], controls }
}

impl Page for SharpPage {
    fn id(&self) -> &'static str {
        "sharp"
    }

    fn title(&self) -> &'static str {
        "sharp.page"
    }

    fn runs(&self) -> Option<&dyn Runs> {
        Some(&self.session)
    }

    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        Some(&mut self.session)
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.session.poll(now, held);
        self.session.sync();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let places = places(cx.class, ui.max_rect());
        let t = cx.texts;
        let is_running = self.session.is_running();
        let (settings, run, frame) = self.session.parts();
        let has_dots = !frame.dots.is_empty();
        let mut column = (settings, run, cx, None);
        column_ui(
            ui,
            places.controls,
            &mut column,
            |ui, (_, _, cx, action)| {
                pages_row_ui(ui, cx);
                *action = controls::run_row_ui(is_running, ui, t);
            },
            |ui, (settings, run, cx, action)| {
                *action = controls::controls_ui(settings, run, has_dots, ui, cx).or(*action);
            },
        );
        let (_, _, cx, action) = column;
        cx.deck.set_hero(places.crowds);
        cx.notices.keep_over(places.time);
        let cx = &*cx;
        self.cards_ui(&places, ui, cx);
        if let Some(action) = action {
            self.do_action(action);
        }
        if let Some(failure) = self.session.failure().map(str::to_owned)
            && failure_banner_ui(ui, places.crowds, &failure, t)
        {
            self.session.recover();
        }
        // What was changed while drawing is felt in this frame, not in the next.
        self.session.sync();
        if self.session.is_waiting() {
            ui.ctx().request_repaint();
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, _cx: &mut PageContext<'_>) {
        self.do_action(match command {
            commands::RUN => ControlAction::Run,
            commands::STEP => ControlAction::Step,
            _ => ControlAction::Restart,
        });
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(self.session.frame())
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        status_of(&self.observables(), texts)
    }

    fn set_shown(&mut self, shown: bool) {
        self.session.set_shown(shown);
    }

    fn undo(&mut self, redo: bool) -> bool {
        self.session.undo(redo).is_some()
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        self.session.undo_step(step).is_some()
    }

    fn save(&self) -> Value {
        let saved = Saved { settings: self.session.settings, run: self.session.run, look: self.look };
        serde_json::to_value(saved).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.session.take(saved.settings, saved.run.repaired());
        self.look = saved.look;
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &tables::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        tables::table(self.session.frame(), card)
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
