//! What can be done in the window whatever page is shown, as data.

use egui::{Key, Modifiers};

use crate::labs::kit::command::{CommandInfo, Shortcut, ctrl, key, shift};

pub(super) const UNDO: &str = "undo";
pub(super) const REDO: &str = "redo";
pub(super) const NEXT_PAGE: &str = "page.next";
pub(super) const PREVIOUS_PAGE: &str = "page.previous";
pub(super) const THEME: &str = "theme";
pub(super) const SCALE_RESET: &str = "scale.reset";
pub(super) const PROJECTOR: &str = "projector";
pub(super) const PICTURE: &str = "picture";
pub(super) const PICTURE_AS: &str = "picture.as";
pub(super) const FULL_SCREEN: &str = "fullscreen";

const CTRL_SHIFT_Z: Shortcut = Shortcut { modifiers: Modifiers { shift: true, ..Modifiers::COMMAND }, key: Key::Z };

/// The window's commands, in the order of the sheet of keys.
pub(super) static COMMANDS: [CommandInfo; 10] = [
    CommandInfo { id: UNDO, words: "keys.undo", shortcuts: &[ctrl(Key::Z)] },
    CommandInfo { id: REDO, words: "keys.redo", shortcuts: &[CTRL_SHIFT_Z, ctrl(Key::Y)] },
    CommandInfo { id: NEXT_PAGE, words: "keys.page.next", shortcuts: &[ctrl(Key::PageDown)] },
    CommandInfo { id: PREVIOUS_PAGE, words: "keys.page.previous", shortcuts: &[ctrl(Key::PageUp)] },
    CommandInfo { id: THEME, words: "keys.theme", shortcuts: &[key(Key::T)] },
    CommandInfo { id: SCALE_RESET, words: "keys.scale.reset", shortcuts: &[ctrl(Key::Num0)] },
    CommandInfo { id: PROJECTOR, words: "keys.projector", shortcuts: &[key(Key::P)] },
    CommandInfo { id: PICTURE, words: "keys.picture", shortcuts: &[key(Key::S)] },
    CommandInfo { id: PICTURE_AS, words: "keys.picture.as", shortcuts: &[shift(Key::S)] },
    CommandInfo { id: FULL_SCREEN, words: "keys.fullscreen", shortcuts: &[key(Key::F11)] },
];

/// Keys that are no commands of the list, because they are told by what they type or by their place: the caps, and the key
/// of the words.
pub(super) const TYPED: [(&[&str], &str); 4] = [
    (&["1", "…", "9"], "keys.lab"),
    (&["+", "\u{2212}"], "keys.scale"),
    (&["Esc"], "keys.escape"),
    (&["?"], "keys.help"),
];
