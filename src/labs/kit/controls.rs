//! Rows that the control columns of all labs have.

use egui::{Align, Layout, Rect, ScrollArea, Ui, vec2};

use super::PageContext;
use crate::widgets::tip::Tip;
use crate::{
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        card::card_in,
        icons::Icon,
        layout::Class,
        rich,
        slider::typed_value,
        stepper::{Stepped, stepper},
        tokens::{bold, regular, size},
    },
};

/// Draws the column of controls: what stays in place on top, and the rest below, which scrolls where the window is low.
pub fn column_ui<T>(
    ui: &mut Ui,
    rect: Rect,
    state: &mut T,
    top: impl FnOnce(&mut Ui, &mut T),
    rest: impl FnOnce(&mut Ui, &mut T),
) {
    card_in(ui, rect, "controls", |ui| {
        top(ui, state);
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            // Room for the bar, so that it never lies on a value.
            ui.set_max_width(ui.available_width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            rest(ui, state);
        });
    });
}

/// Height of the row of pages, in points.
const PAGES_ROW: f32 = 30.0;

/// The first row of the column of a lab of several pages: a button for each, the page on screen chosen. A click brings
/// another page on screen. Draws nothing for a lab of one page.
pub fn pages_row_ui(ui: &mut Ui, cx: &mut PageContext<'_>) {
    if cx.wishes.pages.len() < 2 {
        return;
    }
    let mut clicked = None;
    let gap = 6.0;
    let words = |title| cx.texts.get(title);
    let wanted = |title| {
        let ink = Tokens::of(ui).text;
        ui.fonts_mut(|fonts| fonts.layout_job(rich(words(title), bold(size::BODY), ink))).size().x + 8.0
    };
    let widths: Vec<f32> = cx.wishes.pages.iter().map(|&(_, title)| wanted(title)).collect();
    let count = widths.len() as f32;
    // Names of one length have buttons of one width; a long name takes more where it needs it.
    let room = ui.available_width() - gap * (count - 1.0);
    let even = room / count;
    let over: f32 = widths.iter().map(|width| (width - even).max(0.0)).sum();
    let spare: f32 = widths.iter().map(|width| (even - width).max(0.0)).sum();
    let given = if spare > 0.0 { (over / spare).min(1.0) } else { 0.0 };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (&(page, title), &width) in cx.wishes.pages.iter().zip(&widths) {
            let width = if width > even { width } else { even - given * (even - width) };
            let button = IconButton::new(words(title)).tight().selected(page == cx.wishes.here.1);
            if button.min_size(vec2(width, PAGES_ROW)).show(ui).clicked() {
                clicked = Some(page);
            }
        }
    });
    if clicked.is_some() {
        cx.wishes.page = clicked;
    }
    ui.add_space(8.0);
}

/// The gap between groups of controls, in points.
#[must_use]
pub fn group_gap(class: Class) -> f32 {
    if class == Class::Compact { 5.0 } else { 9.0 }
}

/// One button of the row that runs a model.
pub struct TransportButton<'a> {
    /// Its icon.
    pub icon: Icon,
    /// Its word.
    pub label: &'a str,
    /// What it does.
    pub tip: &'a str,
}

/// The row that runs a model: the primary button with the Space key's chip, and smaller ones beside it. Returns the place
/// of the button that was clicked; 0 is the primary one.
pub fn transport_ui(ui: &mut Ui, main: &TransportButton<'_>, others: &[TransportButton<'_>]) -> Option<usize> {
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let width = ui.available_width();
        let share = if others.len() > 1 { 0.25 } else { 0.33 };
        let side = (width * share).min(120.0);
        let count = others.len() as f32;
        let button = IconButton::new(main.label).icon(main.icon).key("Space").look(Look::Primary).tight();
        let button = button.min_size(vec2(width - count * (side + 8.0), 44.0)).show(ui);
        if button.tip(main.tip).clicked() {
            clicked = Some(0);
        }
        for (place, other) in others.iter().enumerate() {
            let button = IconButton::new(other.label).icon(other.icon).tight().min_size(vec2(side, 44.0)).show(ui);
            if button.tip(other.tip).clicked() {
                clicked = Some(place + 1);
            }
        }
    });
    clicked
}

/// What a row of three buttons that runs a model was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Run, or pause.
    Toggle,
    /// Do one step.
    Step,
    /// Begin again.
    Reset,
}

/// The row of most models: a button with the word `run` that becomes «Pause» while it runs, a step, and a reset, with the
/// tooltip of each. Returns what was asked for.
pub fn transport_row_ui(ui: &mut Ui, running: bool, run: &str, tips: [&str; 3], t: Texts) -> Option<Transport> {
    let (icon, label) = if running { (Icon::Pause, t.get("pause")) } else { (Icon::Play, run) };
    let main = TransportButton { icon, label, tip: tips[0] };
    let step = TransportButton { icon: Icon::Step, label: t.get("step"), tip: tips[1] };
    let reset = TransportButton { icon: Icon::Reset, label: t.get("reset"), tip: tips[2] };
    match transport_ui(ui, &main, &[step, reset])? {
        0 => Some(Transport::Toggle),
        1 => Some(Transport::Step),
        _ => Some(Transport::Reset),
    }
}

/// A stepper through some values, the lowest first, with its name, symbol and tooltip.
pub fn stepper_ui(
    ui: &mut Ui,
    value: &mut u32,
    [name, symbol, tip]: [&str; 3],
    values: &[u32],
    default: u32,
    t: Texts,
) {
    let words = (t.get("stepper.less"), t.get("stepper.more"));
    match stepper(ui, name, symbol, &value.to_string(), tip, words) {
        Stepped::No => {}
        Stepped::Down => *value = values.iter().rev().find(|&&other| other < *value).copied().unwrap_or(*value),
        Stepped::Up => *value = values.iter().find(|&&other| other > *value).copied().unwrap_or(*value),
        Stepped::Default => *value = default,
    }
}

/// A row that says how far some work is, with a button to cancel it. Returns whether that was clicked.
pub fn progress_ui(ui: &mut Ui, text: &str, done: f64, t: Texts) -> bool {
    let mut cancelled = false;
    ui.horizontal(|ui| {
        let tokens = Tokens::of(ui);
        let bar = egui::ProgressBar::new(done as f32)
            .desired_width(ui.available_width() - 104.0)
            .desired_height(36.0)
            .corner_radius(6)
            .fill(tokens.accbg)
            .text(rich(text, regular(size::BODY), tokens.text));
        ui.add(bar);
        cancelled = IconButton::new(t.get("cancel")).icon(Icon::Close).min_size(vec2(96.0, 36.0)).show(ui).clicked();
    });
    cancelled
}

/// The largest seed that can be typed and shown whole.
const LARGEST_SEED: f64 = 9e15;

/// A seed that can be typed or rolled. Returns the new one.
pub fn seed_ui(ui: &mut Ui, name: &str, seed: u64, t: Texts) -> Option<u64> {
    let mut wanted = None;
    ui.horizontal(|ui| {
        let tokens = Tokens::of(ui);
        ui.label(rich(name, regular(size::BODY), tokens.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let dice = IconButton::icon_only(Icon::Dice, t.get("seed.roll")).min_size(vec2(32.0, 32.0)).show(ui);
            if dice.tip(t.get("seed.tip")).clicked() {
                wanted = Some(u64::from(rand::random::<u32>()));
            }
            let id = ui.scope_id().with(("seed", name));
            if let Some(typed) = typed_value(ui, id, name, &seed.to_string(), size::VALUE, tokens.text) {
                wanted = Some(typed.clamp(0.0, LARGEST_SEED).round() as u64);
            }
        });
    });
    wanted.filter(|&wanted| wanted != seed)
}

/// A value that arrow keys move by a step, onto the step's grid and within its range.
#[must_use]
pub fn nudged(value: f64, steps: f64, step: f64, range: std::ops::RangeInclusive<f64>) -> f64 {
    (((value / step).round() + steps) * step).clamp(*range.start(), *range.end())
}

/// Buttons of equal width in a row, drawn by `face` with the size of each.
pub fn row_ui<T: Copy>(ui: &mut Ui, height: f32, faces: &[T], mut face: impl FnMut(&mut Ui, T, egui::Vec2)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let count = faces.len() as f32;
        let width = (ui.available_width() - 6.0 * (count - 1.0)) / count;
        for &item in faces {
            face(ui, item, vec2(width, height));
        }
    });
}
