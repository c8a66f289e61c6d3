//! The couplings as a matrix of colours.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::explored::Explored;
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens, colors, numbers,
        rich::note,
        slider::heading,
        tokens::{regular, size},
    },
};

/// Draws the matrix with its scale, as wide as there is room, and at most so high.
pub(super) fn bonds_ui(explored: &Explored, most: f32, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    heading(ui, t.get("valleys.bonds"), "J_{ij}");
    let spins = explored.spins();
    let scale_room = 76.0;
    let side = (ui.available_width() - scale_room).min(most).max(80.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), side), Sense::hover());
    let matrix = Rect::from_min_size(rect.min, vec2(side, side));
    let cell = side / spins as f32;
    let largest = explored.couplings.pairs().fold(f64::MIN_POSITIVE, |most, (.., value)| most.max(value.abs()));
    let place = |i: usize, j: usize| {
        Rect::from_min_size(matrix.min + cell * vec2(j as f32, i as f32), vec2(cell, cell)).expand(0.2)
    };
    ui.painter().rect_filled(matrix, 0, colors::diverging(0.0));
    for (i, j, value) in explored.couplings.pairs() {
        let color = colors::diverging(value / largest);
        ui.painter().rect_filled(place(i, j).intersect(matrix), 0, color);
        ui.painter().rect_filled(place(j, i).intersect(matrix), 0, color);
    }
    let bar = Rect::from_min_size(pos2(matrix.right() + 12.0, matrix.top()), vec2(14.0, side));
    colors::bar(ui.painter(), bar, |share| colors::diverging(2.0 * share - 1.0));
    let words = [
        (bar.right_top(), Align2::LEFT_TOP, format!("+{}", numbers::three_digits(largest))),
        (bar.right_center(), Align2::LEFT_CENTER, "0".to_owned()),
        (bar.right_bottom(), Align2::LEFT_BOTTOM, numbers::three_digits(-largest)),
    ];
    for (at, align, words) in words {
        ui.painter().text(at + vec2(6.0, 0.0), align, words, regular(size::TICK), tokens.t2);
    }
    if let Some(pointer) = response.hover_pos().filter(|pointer| matrix.contains(*pointer)) {
        let index = |along: f32| ((along / cell) as usize).min(spins - 1);
        let (i, j) = (index(pointer.y - matrix.top()), index(pointer.x - matrix.left()));
        let text = format!("J_{{{i} {j}}} = {}", numbers::fixed(explored.couplings.coupling(i, j), 4));
        response.on_hover_text_at_pointer(crate::widgets::rich(&text, regular(size::BODY), tokens.text));
    }
    note(ui, t.get("valleys.bonds.note"));
}
