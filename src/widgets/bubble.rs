//! A first word to who has just come: a bubble with a tip, until the thing that it speaks of was used.

use egui::{Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::{Tokens, rich::rich, tokens::regular};

/// Widest text, in points.
const WIDEST: f32 = 230.0;

/// Draws a bubble at the left of a point, with its tip there.
pub fn bubble(ui: &Ui, tip: Pos2, text: &str) {
    let tokens = Tokens::of(ui);
    let mut job = rich(text, regular(15.0), tokens.onacc);
    job.wrap.max_width = WIDEST;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = galley.size() + vec2(28.0, 20.0);
    let place = Rect::from_min_size(pos2(tip.x - size.x - 14.0, tip.y - size.y / 2.0), size);
    ui.painter().rect_filled(place, 8, tokens.acc);
    let base = place.right() - 1.0;
    let arrow = vec![pos2(base, tip.y - 9.0), tip, pos2(base, tip.y + 9.0)];
    ui.painter().add(Shape::convex_polygon(arrow, tokens.acc, Stroke::NONE));
    ui.painter().galley(place.min + vec2(14.0, 10.0), galley, tokens.onacc);
}
