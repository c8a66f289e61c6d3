//! A state as a picture of its spins, each of which can be turned.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::explored::Explored;
use crate::{
    labs::kit::canvas::Canvas,
    text::Texts,
    widgets::{
        Tokens,
        buttons::focus_ring,
        tip::Tip,
        tokens::{SPIN_DOWN, SPIN_UP},
    },
};

/// Draws a state in a square, the spin that turns next with an outline. Returns the spin that was clicked, or chosen by
/// the keyboard.
pub(super) fn pad_ui(
    ui: &mut Ui,
    room: Rect,
    explored: &Explored,
    state: u32,
    next: Option<usize>,
    t: Texts,
) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let (spins, columns) = (explored.spins(), explored.columns());
    let rows = spins.div_ceil(columns);
    let cell = room.width() / columns.max(rows) as f32;
    let rect = Rect::from_min_size(room.min, cell * vec2(columns as f32, rows as f32));
    let response = ui.interact(rect, ui.scope_id().with("spins"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("valleys.pad")));
    let place = |spin: usize| {
        let at = vec2((spin % columns) as f32, (spin / columns) as f32);
        Rect::from_min_size(rect.min + cell * at, vec2(cell, cell))
    };
    for spin in 0..spins {
        let color = if state >> spin & 1 == 1 { SPIN_UP } else { SPIN_DOWN };
        ui.painter().rect(place(spin), 0, color, Stroke::new(1.0, tokens.plot), StrokeKind::Inside);
    }
    if let Some(next) = next {
        ui.painter().rect_stroke(place(next).shrink(1.0), 0, Stroke::new(3.0, tokens.acc), StrokeKind::Inside);
    }
    let mut canvas = ui.data(|data| data.get_temp::<Canvas>(response.id)).unwrap_or_default();
    let by_keyboard = canvas.by_keyboard(ui, &response, [columns, rows]);
    if response.has_focus() {
        let cursor = canvas.cursor[1] * columns + canvas.cursor[0];
        focus_ring(ui, place(cursor).shrink(2.0));
    }
    ui.data_mut(|data| data.insert_temp(response.id, canvas));
    let pointer = response.interact_pointer_pos().filter(|_| response.clicked() && by_keyboard.is_none());
    let pointed = pointer.and_then(|pointer| (0..spins).find(|&spin| place(spin).contains(pointer)));
    response.tip(t.get("valleys.pad.tip"));
    pointed.or(by_keyboard.map(|[x, y]| y * columns + x)).filter(|&spin| spin < spins)
}
