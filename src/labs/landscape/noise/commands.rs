//! What can be done on the page of data and noise, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key, shift};

/// Let time pass, or stop it.
pub(super) const RUN: &str = "noise.run";
/// One moment on.
pub(super) const ON: &str = "noise.on";
/// One moment back.
pub(super) const BEFORE: &str = "noise.before";
/// Ten moments on.
pub(super) const FAR_ON: &str = "noise.far_on";
/// Ten moments back.
pub(super) const FAR_BEFORE: &str = "noise.far_before";
/// To where time begins.
pub(super) const RESET: &str = "noise.reset";

/// All commands of the page.
pub(super) static COMMANDS: [CommandInfo; 6] = [
    CommandInfo { id: RUN, words: "keys.noise.run", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: ON, words: "keys.noise.on", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: BEFORE, words: "keys.noise.before", shortcuts: &[key(Key::ArrowLeft)] },
    CommandInfo { id: FAR_ON, words: "keys.noise.far_on", shortcuts: &[shift(Key::ArrowRight)] },
    CommandInfo { id: FAR_BEFORE, words: "keys.noise.far_before", shortcuts: &[shift(Key::ArrowLeft)] },
    CommandInfo { id: RESET, words: "keys.noise.reset", shortcuts: &[key(Key::R)] },
];
