//! Counted beside exact, as a small table on a card.

use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::{
    frame::{Crowd, SharpFrame},
    panels::color,
};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens, numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// Draws what drives each crowd, with its share in the flat valley: counted, and exact.
pub(super) fn counted_ui(frame: &SharpFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let [counted, exact] = [0.72, 1.0].map(|share| space.left() + share * space.width());
    let head = space.top() + 8.0;
    for (x, key) in [(counted, "sharp.counted.counted"), (exact, "sharp.counted.exact")] {
        ui.painter().text(pos2(x, head), Align2::RIGHT_CENTER, t.get(key), regular(size::CAPTION), tokens.t2);
    }
    let height = ((space.height() - 20.0) / 3.0).max(30.0);
    for crowd in Crowd::ALL {
        let shown = &frame.crowds[crowd.place()];
        let top = space.top() + 20.0 + crowd.place() as f32 * height;
        let row = Rect::from_min_size(pos2(space.left(), top), vec2(space.width(), height));
        ui.painter().hline(row.x_range(), row.top(), Stroke::new(1.0, tokens.line));
        let name = rich(t.get(crowd.words()[0]), bold(size::BODY), color(crowd, tokens));
        let name = ui.painter().layout_job(name);
        ui.painter().galley(row.min + vec2(0.0, 5.0), name, tokens.text);
        let mut note = rich(t.get(crowd.words()[1]), regular(size::CAPTION), tokens.t2);
        note.wrap.max_width = 0.5 * space.width();
        let note = ui.painter().layout_job(note);
        if note.size().y + 24.0 <= height {
            ui.painter().galley(row.min + vec2(0.0, 24.0), note, tokens.t2);
        }
        let value = match shown.counted {
            Some(counted) => numbers::with_error(counted.value, counted.error),
            None => "\u{2014}".to_owned(),
        };
        let middle = row.top() + 16.0;
        ui.painter().text(pos2(counted, middle), Align2::RIGHT_CENTER, value, bold(size::VALUE), tokens.text);
        let value = numbers::fixed(shown.exact, 3);
        ui.painter().text(pos2(exact, middle), Align2::RIGHT_CENTER, value, bold(size::VALUE), tokens.reference);
    }
}
