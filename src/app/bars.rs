//! Top bar and status bar.

use std::sync::Arc;

use egui::{Align, Color32, Galley, Layout, Popup, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Spinscape, preferences::SCALES, preferences::ThemeChoice};
use crate::{
    labs::kit::StatusItem,
    text::Language,
    widgets::{
        Tokens,
        buttons::{IconButton, Look, focus_ring},
        icons::Icon,
        keys::chip,
        layout::Class,
        rich,
        tip::Tip,
        tokens::{bold, regular, size},
    },
};

/// Steps of the scale's buttons, in percent.
const SCALE_STEP: u32 = 10;

/// What the tabs say beside their numbers: as much as there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TabWords {
    /// The title of each lab.
    Title,
    /// One word for each.
    Short,
    /// One word for the lab on screen.
    OfChosen,
}

/// Room beside the words of a tab, for its number; and the width of a tab without words, in points.
const TAB_PADDING: f32 = 58.0;
const BARE_TAB: f32 = 40.0;
/// Width of what stands at the right end of the bar, before it was drawn once, in points.
const RIGHT_END: f32 = 390.0;

impl Spinscape {
    pub(super) fn top_bar(&mut self, ui: &mut Ui, class: Class) {
        let tokens = Tokens::of(ui);
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let (logo, _) = ui.allocate_exact_size(vec2(38.0, 26.0), Sense::hover());
            paint_logo(ui, logo);
            if class != Class::Compact {
                ui.label(rich("Spinscape", bold(size::APP), tokens.text));
                ui.add_space(28.0);
            } else {
                ui.add_space(6.0);
            }
            let right_end = egui::Id::unique("width of the right end of the top bar");
            let right = ui.data(|data| data.get_temp(right_end)).unwrap_or(RIGHT_END);
            let room = ui.available_width() - right;
            let fits = |words: &TabWords| {
                let width = |index| self.tab_face(ui, index, *words).size().x + TAB_PADDING + 8.0;
                (0..self.labs.len()).map(width).sum::<f32>() <= room
            };
            let words = [TabWords::Title, TabWords::Short].into_iter().find(fits).unwrap_or(TabWords::OfChosen);
            for index in 0..self.labs.len() {
                self.tab(ui, index, words);
            }
            let end = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.top_right(ui, class);
                ui.min_rect().width()
            });
            ui.data_mut(|data| data.insert_temp(right_end, end.inner));
        });
    }

    /// What stands on a tab beside its number.
    fn tab_face(&self, ui: &Ui, index: usize, words: TabWords) -> Arc<Galley> {
        let tokens = Tokens::of(ui);
        let chosen = index == self.current;
        let lab = &self.labs[index];
        let text = match words {
            TabWords::Title => self.texts.get(lab.title()),
            TabWords::OfChosen if !chosen => "",
            TabWords::Short | TabWords::OfChosen => self.texts.get(lab.short_title()),
        };
        let font = if chosen { bold(16.0) } else { regular(16.0) };
        let ink = if chosen { tokens.text } else { tokens.t2 };
        ui.fonts_mut(|fonts| fonts.layout_job(rich(text, font, ink)))
    }

    fn tab(&mut self, ui: &mut Ui, index: usize, words: TabWords) {
        let tokens = Tokens::of(ui);
        let title = self.texts.get(self.labs[index].title());
        let chosen = index == self.current;
        let ink = if chosen { tokens.text } else { tokens.t2 };
        let galley = self.tab_face(ui, index, words);
        let is_bare = galley.size().x <= 0.0;
        let padding = if is_bare { BARE_TAB } else { TAB_PADDING };
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + padding, 38.0), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, title));
        if chosen {
            ui.painter().rect(rect, 6, tokens.accbg, Stroke::new(2.0, tokens.acc), egui::StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 6, tokens.hover);
        }
        let key = if is_bare { rect.center().x } else { rect.left() + 25.0 };
        let key = Rect::from_center_size(pos2(key, rect.center().y), vec2(19.0, 19.0));
        ui.painter().rect_stroke(key, 4, Stroke::new(1.0, tokens.edge), egui::StrokeKind::Inside);
        let number = (index + 1).to_string();
        ui.painter().text(key.center(), egui::Align2::CENTER_CENTER, number, regular(size::TICK), ink);
        ui.painter().galley(pos2(rect.left() + 43.0, rect.center().y - galley.size().y / 2.0), galley, ink);
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        let goes_on = !chosen && self.labs[index].goes_on_hidden();
        if goes_on {
            let at = pos2(rect.right() - 8.0, rect.top() + 9.0);
            ui.painter().circle_stroke(at, 4.0, Stroke::new(2.0, tokens.ok));
        }
        let response = match (goes_on, words) {
            (true, _) => response.tip(self.texts.get("tab.goes_on")),
            (false, TabWords::Title) => response,
            (false, _) => response.tip(title),
        };
        if response.clicked() {
            self.show_lab_at(index);
        }
    }

    /// From right to left.
    fn top_right(&mut self, ui: &mut Ui, class: Class) {
        let t = self.texts;
        ui.spacing_mut().item_spacing.x = 8.0;
        if IconButton::icon_only(Icon::Help, t.get("help")).show(ui).tip(t.get("help.tip")).clicked() {
            self.help_open = !self.help_open;
        }
        let full = IconButton::icon_only(Icon::FullScreen, t.get("fullscreen")).show(ui);
        if full.tip(t.get("fullscreen.tip")).clicked() {
            toggle_full_screen(ui);
        }
        let camera = IconButton::icon_only(Icon::Camera, t.get("picture")).show(ui).tip(t.get("picture.tip"));
        if camera.clicked() {
            self.captures.take(ui.ctx(), self.labs[self.current].id());
        }
        if camera.secondary_clicked() {
            self.captures.take_as(ui.ctx(), self.labs[self.current].id(), self.texts);
        }
        self.scale_control(ui);
        if class == Class::Compact {
            let more = IconButton::icon_only(Icon::More, t.get("more")).show(ui).tip(t.get("more.tip"));
            Popup::menu(&more).show(|ui| {
                self.language_menu(ui);
                ui.separator();
                self.theme_menu(ui);
            });
            return;
        }
        let icon = match self.preferences.theme {
            ThemeChoice::Dark => Icon::Moon,
            ThemeChoice::Light => Icon::Sun,
            ThemeChoice::System => Icon::System,
        };
        let theme = IconButton::icon_only(icon, t.get("theme")).show(ui).tip(t.get("theme.tip"));
        Popup::menu(&theme).show(|ui| self.theme_menu(ui));
        self.language_button(ui);
    }

    fn language_button(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let english = self.texts.language == Language::English;
        let mut job = egui::text::LayoutJob::default();
        let style =
            |chosen: bool| if chosen { (bold(size::BODY), tokens.text) } else { (regular(size::BODY), tokens.t2) };
        let ((first, first_ink), (second, second_ink)) = (style(english), style(!english));
        rich::append(&mut job, "EN", &first, first_ink);
        rich::append(&mut job, " / ", &regular(size::BODY), tokens.t3);
        rich::append(&mut job, "中", &second, second_ink);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 22.0, 34.0), Sense::click());
        let name = self.texts.get("language");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let ground = if response.hovered() { tokens.hover } else { tokens.ctl };
        ui.painter().rect_filled(rect, 6, ground);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.text);
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        if response.tip(self.texts.get("language.tip")).clicked() {
            self.set_language(if english { Language::Chinese } else { Language::English });
        }
    }

    fn language_menu(&mut self, ui: &mut Ui) {
        // Each language is named in itself.
        for (language, name) in [(Language::English, "English"), (Language::Chinese, "简体中文")] {
            if ui.selectable_label(self.texts.language == language, name).clicked() {
                self.set_language(language);
            }
        }
    }

    fn theme_menu(&mut self, ui: &mut Ui) {
        let t = self.texts;
        for (theme, name) in [
            (ThemeChoice::Dark, t.get("theme.dark")),
            (ThemeChoice::Light, t.get("theme.light")),
            (ThemeChoice::System, t.get("theme.system")),
        ] {
            if ui.selectable_label(self.preferences.theme == theme, name).clicked() {
                self.set_theme(ui.ctx(), theme);
            }
        }
    }

    fn scale_control(&mut self, ui: &mut Ui) {
        let (t, tokens) = (self.texts, Tokens::of(ui));
        let (rect, _) = ui.allocate_exact_size(vec2(116.0, 34.0), Sense::hover());
        ui.painter().rect_filled(rect, 6, tokens.ctl);
        let mut row = ui.new_child(
            egui::UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)).id_salt("scale"),
        );
        row.spacing_mut().item_spacing.x = 0.0;
        let scale = self.preferences.scale;
        let small = vec2(32.0, 34.0);
        let less = IconButton::icon_only(Icon::Minus, t.get("scale.less")).look(Look::Bare).min_size(small);
        if less.show(&mut row).tip(t.get("scale.less")).clicked() {
            self.set_scale(scale.saturating_sub(SCALE_STEP));
        }
        let (middle, response) = row.allocate_exact_size(vec2(52.0, 34.0), Sense::click());
        let text = format!("{} %", self.scale_in_force);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, t.fill("scale.name", &[("percent", &scale.to_string())]))
        });
        row.painter().text(middle.center(), egui::Align2::CENTER_CENTER, text, regular(size::BODY), tokens.text);
        if response.has_focus() {
            focus_ring(&row, middle.shrink(3.0));
        }
        if response.tip(t.get("scale.tip")).clicked() {
            self.set_scale(*SCALES.start());
        }
        let more = IconButton::icon_only(Icon::Plus, t.get("scale.more")).look(Look::Bare).min_size(small);
        if more.show(&mut row).tip(t.get("scale.more")).clicked() {
            self.set_scale(scale + SCALE_STEP);
        }
    }

    pub(super) fn status_bar(&mut self, ui: &mut Ui, class: Class) {
        let (t, tokens) = (self.texts, Tokens::of(ui));
        let running = self.labs[self.current].front().is_running();
        let items = self.status_items();
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let (dot, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 4.5, if running { tokens.ok } else { tokens.warn });
            let word = if running { t.get("running") } else { t.get("paused") };
            ui.label(rich(word, bold(size::CAPTION), tokens.text));
            ui.add_space(14.0);
            // The keys have the right end; items that have no room are left out, the least important first.
            let keys = if class == Class::Compact { 0.0 } else { 250.0 };
            let end = ui.max_rect().right() - keys;
            for item in items {
                let width = item_width(ui, &item);
                if ui.cursor().left() + width > end {
                    break;
                }
                show_item(ui, &item, width);
            }
            if class == Class::Compact {
                return;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                let run = if running { t.get("status.key.pause") } else { t.get("status.key.run") };
                for (key, text) in [("?", t.get("status.key.all")), ("→", t.get("status.key.step")), ("Space", run)] {
                    ui.label(rich(text, regular(size::CAPTION), tokens.t2));
                    chip(ui, key);
                    ui.add_space(4.0);
                }
            });
        });
    }

    fn status_items(&self) -> Vec<StatusItem> {
        let t = self.texts;
        let mut items = self.labs[self.current].front().status(t);
        let item = |value: String, after: &str, tip: &str| StatusItem {
            before: String::new(),
            value,
            after: after.to_owned(),
            tip: tip.to_owned(),
        };
        let cost = self.frame_cost.as_secs_f64() * 1e3;
        items.insert(1.min(items.len()), item(self.frames.len().to_string(), "FPS", t.get("status.fps.tip")));
        items.push(item(format!("{cost:.1}"), "ms", t.get("status.frame.tip")));
        let threads = self.labs[self.current].front().threads();
        let unit = if threads == 1 { "status.thread" } else { "status.threads" };
        items.push(item(threads.to_string(), t.get(unit), t.get("status.threads.tip")));
        items
    }
}

fn item_job(ui: &Ui, item: &StatusItem) -> egui::text::LayoutJob {
    let tokens = Tokens::of(ui);
    let (plain, strong) = (regular(size::CAPTION), bold(size::CAPTION));
    let mut job = egui::text::LayoutJob::default();
    let space = |text: &str| if text.is_empty() { "" } else { " " };
    rich::append(&mut job, &item.before, &plain, tokens.t2);
    rich::append(&mut job, space(&item.before), &plain, tokens.t2);
    rich::append(&mut job, &item.value, &strong, tokens.text);
    rich::append(&mut job, space(&item.after), &plain, tokens.t2);
    rich::append(&mut job, &item.after, &plain, tokens.t2);
    job
}

/// Width in steps, so that a number that lives does not push its neighbours about.
fn item_width(ui: &Ui, item: &StatusItem) -> f32 {
    let width = ui.fonts_mut(|fonts| fonts.layout_job(item_job(ui, item))).size().x;
    ((width + 12.0) / 16.0).ceil() * 16.0
}

fn show_item(ui: &mut Ui, item: &StatusItem, width: f32) {
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(item_job(ui, item)));
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    let name = rich::plain(galley.text());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    response.tip(&item.tip);
}

pub(super) fn toggle_full_screen(ui: &Ui) {
    let now = ui.input(|input| input.viewport().fullscreen).unwrap_or(false);
    ui.ctx().send_viewport_cmd(egui::ViewportCommand::Fullscreen(!now));
}

/// Two valleys and a ball.
fn paint_logo(ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    let at = |x: f32, y: f32| rect.min + vec2(x * rect.width(), y * rect.height());
    let points: Vec<_> = (0..=40)
        .map(|i| i as f32 / 40.0)
        .map(|x| {
            let u = 2.2 * x - 1.1;
            // A double well, a little tilted.
            let well = (u * u - 0.55) * (u * u - 0.55) * 1.6 - 0.16 * u + 0.2;
            at(x, 0.95 - 0.8 * well.min(1.0))
        })
        .collect();
    ui.painter().add(Shape::line(points, Stroke::new(3.0, tokens.acc)));
    ui.painter().circle_filled(at(0.17, 0.62), 4.5, crate::widgets::tokens::SPIN_UP);
}
