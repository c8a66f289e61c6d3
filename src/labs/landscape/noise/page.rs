//! The page of data and noise: it owns settings, film and undo, and turns what was asked for into deeds.

use std::path::PathBuf;

use egui::{Rect, Ui};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions, commands,
    controls::{self, Changes, ControlAction},
    drawing::Pad,
    field::{self, Ground},
    film::Shown,
    history::{self, Part},
    moments,
    presets::dots,
    settings::{Direction, FEWEST_DOTS, NoiseLook, NoiseRun, NoiseSettings, Tab},
    tables,
    work::Work,
};
use crate::{
    labs::kit::{
        CardId, CommandId, CommandInfo, Edited, Host, Observable, Page, PageContext, StatusItem, StepId, Table,
        controls::{column_ui, pages_row_ui, progress_ui},
        deck, lenient, status_of,
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::segmented,
        card::captioned,
        layout::{Class, LabLayout},
        plot::sentence,
        tokens::GAP,
    },
};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: NoiseSettings,
    run: NoiseRun,
    look: NoiseLook,
}

/// The page of data and noise.
pub struct NoisePage {
    host: Host,
    /// What is set on the page.
    pub settings: Edited<NoiseSettings>,
    /// How the film is run.
    pub run: NoiseRun,
    /// How it is looked at.
    pub look: NoiseLook,
    work: Work,
    pad: Pad,
    ground: Ground,
    is_shown: bool,
    now: f64,
}

/// Where the cards and the controls are; in a compact window the other cards share a place.
struct Places {
    field: Rect,
    history: Rect,
    drawing: Rect,
    moments: Rect,
    controls: Rect,
}

fn places(class: Class, space: Rect) -> Places {
    let layout = LabLayout::new(class, space, egui::Vec2::splat);
    if class == Class::Compact {
        let field = layout.hero.union(layout.upright);
        let [history, drawing, moments] = [layout.plots; 3];
        return Places { field, history, drawing, moments, controls: layout.controls };
    }
    let row = Rect::from_x_y_ranges(layout.plots.x_range(), layout.hero.y_range());
    // The field is a square under its title and over its caption.
    let width = (row.height() - 46.0).min(0.5 * row.width());
    let (field, history) = row.split_left_right_at_x(row.left() + width);
    let (drawing, moments) = layout.plots.split_left_right_at_x(layout.plots.left() + 1.25 * layout.plots.height());
    let after = |rect: Rect| Rect::from_min_max(rect.min + egui::vec2(GAP, 0.0), rect.max);
    Places { field, history: after(history), drawing, moments: after(moments), controls: layout.controls }
}

impl NoisePage {
    /// Builds the page; it works its film out when it is first shown.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        Self {
            host: host.clone(),
            settings: Edited::default(),
            run: NoiseRun::default(),
            look: NoiseLook::default(),
            work: Work::default(),
            pad: Pad::default(),
            ground: Ground::default(),
            is_shown: false,
            now: 0.0,
        }
    }

    /// Goes to a time, from 4 for noise to 0 for the drawing, and stops there.
    pub fn go_to(&mut self, time: f64) {
        self.work.playhead.go_to(time);
    }

    /// Goes to where the slider was moved; where that is less than a moment away, as by an arrow key, one moment on.
    fn slide_to(&mut self, time: f64) {
        let Some(film) = &self.work.film else { return };
        let moment = self.work.playhead.moment(film);
        if film.at(time) != moment {
            return self.work.playhead.go_to(time);
        }
        let direction = if time > film.times[moment] { Direction::Out } else { Direction::Back };
        self.work.playhead.step(1, direction, film);
    }

    fn step(&mut self, moments: i64) {
        if let Some(film) = &self.work.film {
            self.work.playhead.step(moments, self.run.direction, film);
        }
    }

    fn on_control(&mut self, action: ControlAction) {
        match action {
            ControlAction::Run => self.work.playhead.toggle(self.run.direction),
            ControlAction::Step => self.step(1),
            ControlAction::Reset => {
                self.work.playhead.pause();
                self.work.playhead.rewind(self.run.direction);
            }
            ControlAction::GoTo(time) => self.slide_to(time),
            ControlAction::Draw(preset) => {
                self.settings.end_step();
                self.settings.drawing = dots(preset);
                self.settings.end_step();
            }
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, cx: &PageContext<'_>) {
        let t = cx.texts;
        ui.spacing_mut().item_spacing.y = 4.0;
        deck::title_ui(ui, cx, t.get("noise.field"), "∇ ln p_{t}", |_| {});
        let Some(film) = &self.work.film else { return waiting_ui(self.settings.drawing.len(), ui, cx) };
        if let Some(done) = self.work.progress(self.now)
            && progress_ui(ui, t.get("noise.working"), done, t)
        {
            // What is on screen stays, and the controls say what it is.
            *self.settings = film.of.clone();
        }
        let moment = self.work.playhead.moment(film);
        let caption = captions::field(film, moment, self.run.direction, t);
        let shown = Shown { film, moment, direction: self.run.direction };
        let (look, ground, version) = (&self.look, &mut self.ground, self.work.version);
        captioned(ui, &caption, |ui| field::field_ui(&shown, look, ground, version, ui, cx));
    }

    /// Draws a card that stands by itself, or under the tabs of a compact window.
    fn card_ui(&mut self, tab: Tab, titled: bool, ui: &mut Ui, cx: &PageContext<'_>) {
        let t = cx.texts;
        ui.spacing_mut().item_spacing.y = 4.0;
        let (key, symbol) = match tab {
            Tab::History | Tab::Twins => ("noise.history", String::new()),
            Tab::Drawing => {
                let count = self.settings.drawing.len();
                ("noise.drawing", t.plural("noise.drawing.points", count, &[("count", &count.to_string())]))
            }
            Tab::Moments => ("noise.moments", String::new()),
        };
        if titled {
            deck::title_ui(ui, cx, t.get(key), &symbol, |_| {});
        }
        if tab == Tab::Drawing {
            let caption = captions::drawing(&self.settings, t);
            let (pad, settings, pen) = (&mut self.pad, &mut self.settings, &mut self.look.pen);
            if captioned(ui, &caption, |ui| pad.ui(&mut settings.drawing, pen, ui, cx)) {
                settings.end_step();
            }
            return;
        }
        let Some(film) = &self.work.film else { return waiting_ui(self.settings.drawing.len(), ui, cx) };
        let shown = Shown { film, moment: self.work.playhead.moment(film), direction: self.run.direction };
        if tab != Tab::Moments {
            // There is room for both, but not in the corner of a compact window.
            let is_low = cx.class == Class::Compact && cx.deck.enlarged() != Some("history");
            let (part, caption) = match (is_low, tab) {
                (true, Tab::History) => {
                    let count = history::shown_ways(film, shown.direction).len().to_string();
                    (Part::Ways, t.fill("noise.caption.ways", &[("count", &count)]))
                }
                (true, _) => (Part::Twins, captions::history(film, t)),
                (false, _) => (Part::Both, captions::history(film, t)),
            };
            let time = captioned(ui, &caption, |ui| history::history_ui(&shown, part, ui, cx));
            if let Some(time) = time {
                self.work.playhead.go_to(time);
            }
            return;
        }
        let caption = captions::moments(film, t);
        let clicked = captioned(ui, &caption, |ui| moments::moments_ui(&shown, ui, cx));
        if let Some((direction, time)) = clicked {
            self.run.direction = direction;
            self.work.playhead.go_to(time);
        }
    }

    fn cards_ui(&mut self, places: &Places, ui: &mut Ui, cx: &PageContext<'_>) {
        let card = |tab| match tab {
            Tab::History | Tab::Twins => "history",
            Tab::Drawing => "drawing",
            Tab::Moments => "moments",
        };
        if cx.class == Class::Compact {
            let t = cx.texts;
            let tabs = [
                (Tab::History, t.get("noise.tab.history")),
                (Tab::Twins, t.get("noise.tab.twins")),
                (Tab::Drawing, t.get("noise.tab.drawing")),
                (Tab::Moments, t.get("noise.tab.moments")),
            ];
            deck::card_ui(ui, places.history, card(self.look.tab), "noise tabs", cx, |ui| {
                segmented(ui, &mut self.look.tab, &tabs);
                self.card_ui(self.look.tab, false, ui, cx);
            });
            return;
        }
        for (place, tab) in
            [(places.history, Tab::History), (places.drawing, Tab::Drawing), (places.moments, Tab::Moments)]
        {
            deck::card_ui(ui, place, card(tab), card(tab), cx, |ui| self.card_ui(tab, true, ui, cx));
        }
    }
}

/// What stands in place of a film that is not there.
fn waiting_ui(dots: usize, ui: &Ui, cx: &PageContext<'_>) {
    let key = if dots < FEWEST_DOTS { "noise.empty" } else { "noise.working" };
    sentence(ui.painter(), ui.available_rect_before_wrap(), cx.texts.get(key), Tokens::of(ui).t2);
}

impl Page for NoisePage {
    fn id(&self) -> &'static str {
        "noise"
    }

    fn title(&self) -> &'static str {
        "noise.page"
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.now = now;
        self.settings.look(now, held);
        if !self.is_shown {
            return;
        }
        let read = self.work.follow(&self.host, &self.settings, &self.run, self.pad.is_drawing(), now);
        if let Some(drawing) = read {
            self.settings.end_step();
            self.settings.drawing = drawing;
            self.settings.end_step();
        }
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let places = places(cx.class, ui.max_rect());
        let (work, t) = (&self.work, cx.texts);
        let changes = Changes { settings: &mut self.settings, run: &mut self.run, look: &mut self.look };
        let mut column = (changes, cx, None);
        column_ui(
            ui,
            places.controls,
            &mut column,
            |ui, (_, cx, action)| {
                pages_row_ui(ui, cx);
                *action = controls::run_row_ui(work, ui, t);
            },
            |ui, (changes, cx, action)| {
                *action = controls::controls_ui(changes, work, ui, cx).or(*action);
            },
        );
        let (_, cx, action) = column;
        cx.deck.set_hero(places.field);
        cx.notices.keep_over(places.moments);
        let cx = &*cx;
        deck::card_ui(ui, places.field, "field", "field", cx, |ui| self.field_ui(ui, cx));
        self.cards_ui(&places, ui, cx);
        if let Some(action) = action {
            self.on_control(action);
        }
        if self.work.playhead.is_playing() {
            ui.ctx().request_repaint();
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, _cx: &mut PageContext<'_>) {
        match command {
            commands::RUN => self.on_control(ControlAction::Run),
            commands::ON => self.step(1),
            commands::BEFORE => self.step(-1),
            commands::FAR_ON => self.step(10),
            commands::FAR_BEFORE => self.step(-10),
            _ => self.on_control(ControlAction::Reset),
        }
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(&self.work, &self.settings)
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        status_of(&self.observables(), texts)
    }

    fn is_running(&self) -> bool {
        self.work.playhead.is_playing()
    }

    fn set_shown(&mut self, shown: bool) {
        self.is_shown = shown;
        if !shown {
            self.work.playhead.pause();
        }
    }

    fn undo(&mut self, redo: bool) -> bool {
        self.settings.undo(redo)
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        self.settings.undo_step(step)
    }

    fn has_step(&self, step: StepId) -> bool {
        self.settings.has_step(step)
    }

    fn save(&self) -> Value {
        let saved = Saved { settings: self.settings.clone(), run: self.run, look: self.look };
        serde_json::to_value(saved).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.settings.take(saved.settings);
        (self.run, self.look) = (saved.run.repaired(), saved.look);
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &tables::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        tables::table(&self.work, &self.settings, self.run.direction, card)
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut PageContext<'_>) {
        if let Some(path) = paths.into_iter().next() {
            self.work.read(&self.host, path, self.now);
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
