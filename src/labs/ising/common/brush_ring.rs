//! What is drawn over a picture of spins: what its colours mean, and the brush around the pointer.

use egui::{Color32, CursorIcon, Rect, Response, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::{
    labs::{ising::common::brush::BrushTool, kit::PageContext},
    widgets::{
        icons::{self, Icon},
        rich,
        tokens::{Tokens, regular, size},
    },
};

/// What the colours of a picture mean, in its upper left corner.
pub(in crate::labs::ising) fn legend_ui(ui: &Ui, hero: Rect, entries: &[(Color32, &str)]) {
    let tokens = Tokens::of(ui);
    let lay = |&(color, text): &(Color32, &str)| {
        (color, ui.fonts_mut(|fonts| fonts.layout_job(rich(text, regular(size::CAPTION), tokens.text))))
    };
    let galleys: Vec<_> = entries.iter().map(lay).collect();
    let width: f32 = galleys.iter().map(|(_, galley)| galley.size().x + 38.0).sum();
    let chip = Rect::from_min_size(hero.min + vec2(10.0, 10.0), vec2(width + 8.0, 26.0));
    ui.painter().rect(chip, 12, tokens.panel, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let mut x = chip.left() + 12.0;
    for (color, galley) in galleys {
        let square = Rect::from_min_size(pos2(x, chip.center().y - 6.0), Vec2::splat(12.0));
        ui.painter().rect(square, 2, color, Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
        x += 19.0;
        let width = galley.size().x;
        ui.painter().galley(pos2(x, chip.center().y - galley.size().y / 2.0), galley, tokens.text);
        x += width + 19.0;
    }
}

/// The brush around the pointer, and what it does.
pub(in crate::labs::ising) fn ring_ui(
    ui: &Ui,
    response: &Response,
    hero: Rect,
    spin: f32,
    (tool, spins): (BrushTool, u32),
    cx: &PageContext<'_>,
) {
    let tokens = Tokens::of(ui);
    let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) else { return };
    let clipped = ui.painter().with_clip_rect(hero.intersect(ui.clip_rect()));
    let radius = ((spins as f32 + 0.5) * spin).max(3.0);
    clipped.circle_stroke(pointer, radius, Stroke::new(4.0, Color32::BLACK));
    clipped.circle_stroke(pointer, radius, Stroke::new(2.0, Color32::WHITE));
    let (icon, key) = match tool {
        BrushTool::Up => (Icon::Up, "ising.brush.up.does"),
        BrushTool::Down => (Icon::Down, "ising.brush.down.does"),
        BrushTool::Heat => (Icon::Heat, "ising.brush.heat.does"),
        BrushTool::Freeze => (Icon::Freeze, "ising.brush.freeze.does"),
        BrushTool::Move => return,
    };
    let text = cx.texts.fill(key, &[("radius", &spins.to_string())]);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(rich(&text, regular(size::CAPTION), tokens.text)));
    let size = galley.size() + vec2(42.0, 10.0);
    let mut at = pos2(pointer.x + radius + 10.0, pointer.y - size.y / 2.0);
    if at.x + size.x > hero.right() {
        at.x = pointer.x - radius - 10.0 - size.x;
    }
    let chip = Rect::from_min_size(at, size);
    clipped.rect(chip, 6, tokens.panel, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let icon_rect = Rect::from_center_size(pos2(chip.left() + 16.0, chip.center().y), Vec2::splat(15.0));
    icons::paint(&clipped, icon_rect, icon, tokens.text);
    clipped.galley(pos2(chip.left() + 30.0, chip.top() + 5.0), galley, tokens.text);
    ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
}
