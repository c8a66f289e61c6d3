//! What can be done on the page of sharp and flat valleys, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key};

/// Run or pause.
pub(super) const RUN: &str = "sharp.run";
/// One unit of time.
pub(super) const STEP: &str = "sharp.step";
/// All crowds start anew.
pub(super) const RESTART: &str = "sharp.restart";

/// All commands of the page.
pub(super) static COMMANDS: [CommandInfo; 3] = [
    CommandInfo { id: RUN, words: "keys.run", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: STEP, words: "keys.sharp.step", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: RESTART, words: "keys.sharp.restart", shortcuts: &[key(Key::R)] },
];
