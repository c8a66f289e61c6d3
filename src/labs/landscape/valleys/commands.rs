//! What can be done on the page of valleys, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key};

/// Walk the way, or pause.
pub(super) const WALK: &str = "valleys.walk";
/// One flip on.
pub(super) const ON: &str = "valleys.on";
/// One flip back.
pub(super) const BACK: &str = "valleys.back";
/// To the beginning of the way.
pub(super) const RESET: &str = "valleys.reset";

/// All commands of the page.
pub(super) static COMMANDS: [CommandInfo; 4] = [
    CommandInfo { id: WALK, words: "keys.valleys.walk", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: ON, words: "keys.valleys.on", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: BACK, words: "keys.valleys.back", shortcuts: &[key(Key::ArrowLeft)] },
    CommandInfo { id: RESET, words: "keys.valleys.reset", shortcuts: &[key(Key::R)] },
];
