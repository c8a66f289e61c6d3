//! Columns that scroll, and what brings a part of one into view.
//!
//! The room of the scroll bar is always kept free (see [`tokens`](super::tokens)), so that no row is laid out anew when a
//! column becomes longer than its card.

use egui::{Rect, ScrollArea, Ui};

/// Shows a column that scrolls if it must and fills its card.
pub fn scroll_column_ui<R>(ui: &mut Ui, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, content).inner
}

/// Brings what opens under `heading` in this frame into view, as far as there is room: at most the heading comes to the
/// top of the column.
pub fn show_what_opens(ui: &Ui, heading: Rect) {
    // A column never scrolls beyond its end: a short part comes to the foot of the view, a long one to its head.
    let foot = heading.top() + ui.clip_rect().height();
    ui.scroll_to_rect(heading.with_max_y(foot), None);
}
