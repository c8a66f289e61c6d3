//! The window: which lab is on screen, the bars around it, settings that persist, notices and keys.

mod bars;
mod capture;
mod commands;
mod fills;
mod frame_bench;
mod help;
mod keyboard;
mod keys;
pub mod preferences;
pub mod startup;

use std::{collections::VecDeque, path::PathBuf, sync::Arc, time::Duration};

use eframe::CreationContext;
use egui::{CentralPanel, Context, Frame, Panel, Ui, ViewportId, vec2};
use web_time::Instant;

use self::{
    frame_bench::FrameBench,
    preferences::{Found, Preferences, SCALES, ThemeChoice},
};
use crate::{
    labs::{
        self,
        kit::{ByHand, Host, Lab, Seams, page::WindowContext},
    },
    platform::{Saver, console, desktop, stopping},
    simulation::Clock,
    text::{Language, Texts},
    widgets::{
        Tokens,
        covered::Covered,
        fonts,
        layout::{Class, SMALLEST},
        notices::{Notices, Offer, Target},
        tokens,
    },
};

/// How the window is to begin.
#[derive(Clone, Default)]
pub struct Options {
    /// Simulations are driven by hand on this clock: in tests and for pictures.
    pub by_hand: Option<Arc<dyn Clock>>,
    /// What goes wrong or slowly when simulations are driven by hand.
    pub seams: Seams,
    /// Where pictures, drawings and tables go; none is the person's pictures folder.
    pub folder: Option<PathBuf>,
    /// The settings file; none keeps nothing.
    pub settings_file: Option<PathBuf>,
    /// The language where the settings name none; none asks the system.
    pub language: Option<Language>,
    /// Close after the first frame that shows a lattice, and print how long that took since this moment.
    pub close_after_first_frame: Option<Instant>,
    /// Draw each lab as fast as it goes for so many seconds, print the frames a second, and close.
    pub count_frames_for: Option<f64>,
}

/// The program's window.
pub struct Spinscape {
    options: Options,
    preferences: Preferences,
    texts: Texts,
    labs: Vec<Lab>,
    host: Host,
    ctx: Context,
    current: usize,
    notices: Notices,
    help_open: bool,
    captures: capture::Captures,
    saver: Option<Saver>,
    saved: Vec<u8>,
    saved_at: f64,
    /// The scale in force in percent, which a small window lowers.
    scale_in_force: u32,
    frames: VecDeque<f64>,
    frame_cost: Duration,
    wide_screen_seen: bool,
    first_frame_drawn: bool,
    frame_bench: Option<FrameBench>,
}

/// Settings are written at most this often, in seconds, and at the end.
const SAVE_EVERY: f64 = 3.0;
/// What goes on behind another lab wakes the window this often.
const HIDDEN: Duration = Duration::from_millis(500);
/// From this width on the projector scale is suggested at the first start, in points.
const WIDE_SCREEN: f32 = 2300.0;

impl Spinscape {
    /// Builds the window's content.
    #[must_use]
    pub fn new(cc: &CreationContext<'_>, options: Options) -> Self {
        let ctx = &cc.egui_ctx;
        fonts::install(ctx);
        tokens::apply(ctx);
        ctx.add_plugin(Covered::filling_by(cc.wgpu_render_state.as_ref().map(fills::prepare)));
        // The scale has its own keys and its own limits.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let wake_ctx = ctx.clone();
        let wake = Arc::new(move || wake_ctx.request_repaint_of(ViewportId::ROOT));
        let soon_ctx = ctx.clone();
        let wake_soon = Arc::new(move || soon_ctx.request_repaint_after_for(HIDDEN, ViewportId::ROOT));
        // Asked to stop, the window closes as by its cross: what is to be kept is kept.
        if options.by_hand.is_none() {
            stopping::when_asked({
                let wake = Arc::clone(&wake);
                move || wake()
            });
        }
        let by_hand = options.by_hand.clone().map(|clock| ByHand { clock, seams: options.seams.clone() });
        let carried = options.settings_file.as_ref().map(|path| path.with_file_name("carried"));
        let host = Host::new(wake, wake_soon, by_hand).carrying(carried);
        let (preferences, found) = match &options.settings_file {
            Some(path) => Preferences::load(path),
            None => (Preferences::default(), Found::Settings),
        };
        let frame_bench = options.count_frames_for.map(FrameBench::new);
        let language = preferences.language.or(options.language).unwrap_or_else(system_language);
        let mut app = Self {
            saver: options.settings_file.clone().map(Saver::new),
            texts: Texts::new(language),
            labs: labs::all(&host),
            host,
            ctx: ctx.clone(),
            current: 0,
            notices: Notices::default(),
            help_open: false,
            captures: capture::Captures::into_folder(options.folder.clone()),
            saved: Vec::new(),
            saved_at: 0.0,
            scale_in_force: preferences.scale,
            preferences,
            frames: VecDeque::new(),
            frame_cost: Duration::ZERO,
            wide_screen_seen: found != Found::Nothing,
            first_frame_drawn: false,
            options,
            frame_bench,
        };
        app.take_preferences(ctx, found);
        app
    }

    fn take_preferences(&mut self, ctx: &Context, found: Found) {
        self.apply_theme(ctx);
        let mut refused = false;
        for lab in &mut self.labs {
            if let Some(saved) = self.preferences.labs.get(lab.id()) {
                refused |= !lab.restore(saved);
            }
        }
        if let Some(index) = self.labs.iter().position(|lab| lab.id() == self.preferences.lab) {
            self.current = index;
        }
        for (index, lab) in self.labs.iter_mut().enumerate() {
            lab.set_shown(index == self.current);
        }
        match found {
            Found::Settings if refused => self.notices.say(self.texts.get("notice.settings.broken")),
            Found::Settings => {}
            Found::Nothing => self.notices.say(self.texts.get("notice.welcome")),
            Found::Broken => self.notices.say(self.texts.get("notice.settings.broken")),
            Found::Future => self.notices.say(self.texts.get("notice.settings.future")),
        }
        if found == Found::Settings {
            // Nothing to write until something changes; a first start is written down at once.
            self.saved = self.collected().to_bytes();
        }
    }

    /// What is in force now, for the file.
    fn collected(&self) -> Preferences {
        let mut preferences = self.preferences.clone();
        preferences.lab = self.labs[self.current].id().to_owned();
        preferences.labs = self.labs.iter().map(|lab| (lab.id().to_owned(), lab.save())).collect();
        preferences
    }

    fn save_if_changed(&mut self, now: f64, at_once: bool) {
        if self.saver.is_none() || (!at_once && now - self.saved_at < SAVE_EVERY) {
            return;
        }
        self.saved_at = now;
        let bytes = self.collected().to_bytes();
        if bytes != self.saved
            && let Some(saver) = &self.saver
        {
            saver.save(bytes.clone());
            self.saved = bytes;
        }
    }

    /// The preferences in force.
    #[must_use]
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// The lab on screen.
    pub fn lab(&mut self) -> &mut Lab {
        &mut self.labs[self.current]
    }

    /// All labs, in the order of their tabs.
    #[must_use]
    pub fn labs(&self) -> &[Lab] {
        &self.labs
    }

    /// Lets the lab on screen do something that it needs the window for.
    fn with_lab(&mut self, class: Class, work: impl FnOnce(&mut Lab, &mut WindowContext<'_>)) {
        let mut window = WindowContext { texts: self.texts, notices: &mut self.notices, class, export: None };
        work(&mut self.labs[self.current], &mut window);
        if let Some(export) = window.export {
            self.captures.export(&self.ctx, export);
        }
    }

    /// The notices on screen, for tests.
    #[must_use]
    pub fn notice_texts(&self) -> Vec<String> {
        self.notices.texts().map(str::to_owned).collect()
    }

    /// Shows all texts in this language from the next frame on.
    pub fn set_language(&mut self, language: Language) {
        self.preferences.language = Some(language);
        self.texts = Texts::new(language);
    }

    /// Shows the window in this theme from the next frame on.
    pub fn set_theme(&mut self, ctx: &Context, theme: ThemeChoice) {
        self.preferences.theme = theme;
        self.apply_theme(ctx);
    }

    fn apply_theme(&self, ctx: &Context) {
        ctx.set_theme(match self.preferences.theme {
            ThemeChoice::Dark => egui::ThemePreference::Dark,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::System => egui::ThemePreference::System,
        });
    }

    /// Changes the scale, in percent; a window that is too small for it lowers it and says so.
    pub fn set_scale(&mut self, percent: u32) {
        self.preferences.scale = percent.clamp(*SCALES.start(), *SCALES.end());
    }

    fn apply_scale(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let window = ctx.content_rect().size() * zoom;
        if window.x < 1.0 || window.y < 1.0 {
            return;
        }
        let fits = (window.x / SMALLEST.x).min(window.y / SMALLEST.y);
        let wanted = self.preferences.scale as f32 / 100.0;
        let in_force = wanted.min(fits).max(0.4);
        let percent = (in_force * 100.0).floor() as u32;
        if percent < self.preferences.scale && percent != self.scale_in_force {
            let text = self.texts.fill("notice.scale", &[("percent", &percent.to_string())]);
            self.notices.say(text);
        }
        self.scale_in_force = percent;
        let factor = percent as f32 / 100.0;
        if (factor - zoom).abs() > 0.004 {
            ctx.set_zoom_factor(factor);
        }
        if !self.wide_screen_seen {
            self.wide_screen_seen = true;
            if window.x > WIDE_SCREEN {
                let (text, label) = (self.texts.get("notice.wide"), self.texts.get("notice.wide.yes"));
                self.notices.offer(text, label, Offer::Scale(140));
            }
        }
    }

    /// Brings the lab with this name on screen; the other one pauses what only moves.
    pub fn show_lab(&mut self, id: &str) {
        if let Some(place) = self.labs.iter().position(|lab| lab.id() == id) {
            self.show_lab_at(place);
        }
    }

    /// Brings the lab with this place among the tabs on screen.
    fn show_lab_at(&mut self, place: usize) {
        if place < self.labs.len() && place != self.current {
            self.labs[self.current].set_shown(false);
            self.current = place;
            self.labs[place].set_shown(true);
        }
    }

    /// Counts this frame where frames are counted, and goes on to the next lab, or closes the window after the last one.
    fn bench_frames(&mut self, ctx: &Context) {
        let lab = &self.labs[self.current];
        let Some(bench) = &mut self.frame_bench else { return };
        if !bench.count(ctx, lab.id(), lab.front()) {
            return;
        }
        if self.current + 1 < self.labs.len() {
            self.show_lab_at(self.current + 1);
        } else {
            self.frame_bench = None;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            let class = Class::of(ctx.content_rect().size());
            self.with_lab(class, |lab, window| lab.dropped(dropped, window));
        }
    }

    fn accept(&mut self, offer: Offer) {
        match offer {
            Offer::UndoStep(Target { lab, page, step }) => {
                let lab = self.labs.iter_mut().find(|other| other.id() == lab);
                if let Some(page) = lab.and_then(|lab| lab.page_mut(page)) {
                    page.undo_step(step);
                }
            }
            Offer::Scale(percent) => self.set_scale(percent),
            Offer::OpenFolder(folder) => self.captures.open_folder(folder),
        }
    }

    fn count_frame(&mut self, now: f64, cost: Duration) {
        self.frames.push_back(now);
        while self.frames.front().is_some_and(|&first| now - first > 1.0) {
            self.frames.pop_front();
        }
        // A slow average, so that the number can be read.
        self.frame_cost = self.frame_cost.mul_f64(0.95) + cost.mul_f64(0.05);
    }

    fn close_after_first_frame(&mut self, ctx: &Context) {
        let Some(began) = self.options.close_after_first_frame else { return };
        if self.first_frame_drawn {
            // The pass before this one had a lattice in it and has been handed to the screen.
            let line = format!("first frame after {:.2} s", began.elapsed().as_secs_f64());
            // A reader that has gone wants to know nothing.
            let _ = console::print(&line);
            self.options.close_after_first_frame = None;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        } else {
            self.first_frame_drawn = self.labs[self.current].front().has_frame();
            ctx.request_repaint();
        }
    }
}

impl eframe::App for Spinscape {
    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut egui::RawInput) {
        if let Some(bench) = &mut self.frame_bench {
            bench.press_keys(input);
        }
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = ctx.input(|input| input.time);
        if stopping::is_asked() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        set_longest_click(ctx);
        self.apply_scale(ctx);
        if self.host.is_by_hand() {
            self.host.step_jobs();
            self.labs.iter_mut().for_each(Lab::turn_by_hand);
        }
        let held = ctx.input(|input| input.pointer.any_down()) || ctx.text_edit_focused();
        self.labs.iter_mut().for_each(|lab| lab.logic(now, held));
        let labs = &self.labs;
        self.notices.keep_steps(|target| {
            let lab = labs.iter().find(|lab| lab.id() == target.lab);
            lab.is_some_and(|lab| lab.pages().any(|page| page.id() == target.page && page.has_step(target.step)))
        });
        for problem in self.host.take_problems() {
            self.notices.say(problem.text(self.texts));
        }
        self.take_dropped_files(ctx);
        self.captures.collect(ctx, &mut self.notices, self.texts);
        self.save_if_changed(now, false);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let began = Instant::now();
        let class = Class::of(ui.ctx().content_rect().size());
        let before = keyboard::HadKeyboard::of(ui);
        let tokens = Tokens::of(ui);
        let bar = Frame::new().fill(tokens.panel).inner_margin(egui::Margin::symmetric(12, 0));
        let line = egui::Stroke::new(1.0, tokens.line);
        let top =
            Panel::top("top bar").exact_size(class.top_bar()).frame(bar).resizable(false).show_separator_line(false);
        let shown = top.show(ui, |ui| self.top_bar(ui, class));
        ui.painter().hline(shown.response.rect.x_range(), shown.response.rect.bottom() - 0.5, line);
        let bottom = Panel::bottom("status bar").exact_size(class.status_bar()).frame(bar);
        let bottom = bottom.resizable(false).show_separator_line(false);
        let shown = bottom.show(ui, |ui| self.status_bar(ui, class));
        ui.painter().hline(shown.response.rect.x_range(), shown.response.rect.top() + 0.5, line);
        // The window's ground is what the frame is cleared with.
        let page = CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            self.with_lab(class, |lab, window| lab.ui(ui, window));
        });
        self.keys(ui, class, &before);
        self.help(ui);
        let close = self.texts.get("close");
        let place = self.notices.take_place().unwrap_or(page.response.rect);
        // A picture of a card is taken without what lies over it.
        if !self.captures.hides_notices()
            && let Some(offer) = self.notices.ui(ui.ctx(), place, close)
        {
            self.accept(offer);
        }
        self.close_after_first_frame(ui.ctx());
        self.bench_frames(ui.ctx());
        let now = ui.input(|input| input.time);
        self.count_frame(now, began.elapsed());
    }

    fn on_exit(&mut self) {
        self.save_if_changed(f64::INFINITY, true);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let tokens = if visuals.dark_mode { &tokens::DARK } else { &tokens::LIGHT };
        tokens.win.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// The language that the system is set to; English where it does not say.
fn system_language() -> Language {
    desktop::locale().map_or(Language::English, |locale| Language::for_locale(&locale))
}

/// A mouse button held longer than this is no click, in seconds: at a few frames a second a click seems to last long.
const LONGEST_CLICK: f64 = 3.0;

/// Sets how long a click may last. For a finger the same limit is what makes a long press, which stays as egui has it.
fn set_longest_click(ctx: &Context) {
    let touched = ctx.input(egui::InputState::any_touches);
    let limit = if touched { egui::InputOptions::default().max_click_duration } else { LONGEST_CLICK };
    ctx.options_mut(|options| options.input_options.max_click_duration = limit);
}

/// The window's size at the first start, in points.
pub const FIRST_SIZE: egui::Vec2 = vec2(1600.0, 1000.0);
