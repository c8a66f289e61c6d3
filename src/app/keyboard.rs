//! What had the keyboard when a frame began.

use egui::{Id, Ui};

/// What had the keyboard when the frame began: it may have let it go while it read a key of this frame.
pub(super) struct HadKeyboard {
    /// The widget that had it.
    pub focused: Option<Id>,
    /// A text was being typed.
    pub typing: bool,
}

impl HadKeyboard {
    /// Looks at the beginning of a frame.
    pub fn of(ui: &Ui) -> Self {
        Self { focused: ui.memory(egui::Memory::focused), typing: ui.ctx().text_edit_focused() }
    }
}
