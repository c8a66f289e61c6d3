//! What the brush does and how wide it is, as the pages with a brush show it.

use std::ops::RangeInclusive;

use egui::{Align, Layout, Rect, Ui, Vec2, vec2};

use super::brush::{BrushTool, resized};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::controls::row_ui,
    text::Texts,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{card_in, slim_card_in},
        icons::Icon,
        rich::rich,
        tokens::{bold, regular, size},
    },
};

/// A brush as its controls see it.
pub(in crate::labs::ising) struct BrushControls<'a> {
    /// What it can do here.
    pub tools: &'a [BrushTool],
    /// What it does.
    pub tool: &'a mut BrushTool,
    /// Its radius in spins.
    pub radius: &'a mut u32,
    /// The radii that it can have.
    pub radii: RangeInclusive<u32>,
}

/// Side of the buttons that make the brush wider and narrower, in points, and their width in a row.
const SMALL: f32 = 28.0;
const SMALL_IN_ROW: f32 = 32.0;
/// In a row a button narrower than this has its icon alone, in points.
const WORDS: f32 = 84.0;
/// A card lower than this has one row only, in points.
const TWO_ROWS: f32 = 112.0;

impl BrushControls<'_> {
    /// Draws the brush's size over a row of what it can do.
    pub fn show(&mut self, ui: &mut Ui, t: Texts) {
        ui.horizontal(|ui| {
            ui.label(rich(t.get("ising.brush"), regular(size::BODY), Tokens::of(ui).text));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                self.resize_ui(ui, t, Vec2::splat(SMALL), true);
                self.resize_ui(ui, t, Vec2::splat(SMALL), false);
                let text = t.fill("ising.brush.size", &[("radius", &self.radius.to_string())]);
                ui.label(rich(&text, bold(size::BODY), Tokens::of(ui).text));
            });
        });
        let tools = self.tools;
        row_ui(ui, 50.0, tools, |ui, tool, size| self.tool_ui(ui, t, tool, size, true));
    }

    /// Draws all of it in one row, with the icons above the words where the row is high enough.
    pub fn show_in_a_row(&mut self, ui: &mut Ui, t: Texts, height: f32) {
        let stacked = height >= 50.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let count = self.tools.len() as f32;
            let width = (ui.available_width() - 2.0 * (SMALL_IN_ROW + 4.0) - (count - 1.0) * 4.0) / count;
            let tools = self.tools;
            for &tool in tools {
                self.tool_ui(ui, t, tool, vec2(width, height), stacked);
            }
            self.resize_ui(ui, t, vec2(SMALL_IN_ROW, height), false);
            self.resize_ui(ui, t, vec2(SMALL_IN_ROW, height), true);
        });
    }

    /// Draws the brush in a card of its own, in one row where the card is low.
    pub fn card_ui(&mut self, ui: &mut Ui, rect: Rect, t: Texts) {
        if rect.height() >= TWO_ROWS {
            card_in(ui, rect, "brush card", |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                self.show(ui, t);
            });
        } else {
            slim_card_in(ui, rect, "brush card", |ui| {
                let height = ui.available_height();
                self.show_in_a_row(ui, t, height);
            });
        }
    }

    fn tool_ui(&mut self, ui: &mut Ui, t: Texts, tool: BrushTool, size: Vec2, stacked: bool) {
        let (icon, name, tip) = face(tool);
        let button = if stacked {
            IconButton::new(t.get(name)).icon(icon).stacked()
        } else if size.x < WORDS {
            IconButton::icon_only(icon, t.get(name))
        } else {
            IconButton::new(t.get(name)).icon(icon).tight()
        };
        let button = button.selected(*self.tool == tool);
        if button.min_size(size).show(ui).tip(t.get(tip)).clicked() {
            *self.tool = tool;
        }
    }

    fn resize_ui(&mut self, ui: &mut Ui, t: Texts, size: Vec2, wider: bool) {
        let (icon, words) =
            if wider { (Icon::Plus, "ising.brush.wider") } else { (Icon::Minus, "ising.brush.narrower") };
        if IconButton::icon_only(icon, t.get(words)).min_size(size).show(ui).tip(t.get(words)).clicked() {
            *self.radius = resized(*self.radius, wider, &self.radii);
        }
    }
}

/// Icon, name and tip of what a brush does.
fn face(tool: BrushTool) -> (Icon, &'static str, &'static str) {
    match tool {
        BrushTool::Up => (Icon::Up, "ising.brush.up", "ising.brush.up.tip"),
        BrushTool::Down => (Icon::Down, "ising.brush.down", "ising.brush.down.tip"),
        BrushTool::Heat => (Icon::Heat, "ising.brush.heat", "ising.brush.heat.tip"),
        BrushTool::Freeze => (Icon::Freeze, "ising.brush.freeze", "ising.brush.freeze.tip"),
        BrushTool::Move => (Icon::Move, "ising.brush.move", "ising.brush.move.tip"),
    }
}
