//! A key's chip, as on the status bar and the sheet of keys.

use egui::{Sense, Stroke, StrokeKind, Ui, vec2};

use super::tokens::{Tokens, regular, size};

/// Shows a key as a chip.
pub fn chip(ui: &mut Ui, key: &str) {
    let tokens = Tokens::of(ui);
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(key.to_owned(), regular(size::TICK), tokens.t2));
    let (rect, _) = ui.allocate_exact_size(vec2((galley.size().x + 8.0).max(18.0), 19.0), Sense::hover());
    ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.t2);
}
