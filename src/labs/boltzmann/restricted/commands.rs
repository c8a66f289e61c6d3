//! What can be done on the page, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key, shift};

/// The name of the command that learns, or pauses.
pub(super) const LEARN: &str = "rbm.run";
/// The name of the command that learns from one batch.
pub(super) const BATCH: &str = "rbm.step";
/// The name of the command that dreams on, or pauses.
pub(super) const DREAM: &str = "rbm.dream";
/// The name of the command that begins again from the start state.
pub(super) const RESTART: &str = "rbm.restart";
/// Dreams warmer by a hundredth, and by a tenth; colder likewise.
pub(super) const WARMER: &str = "rbm.temperature.up";
pub(super) const WARMER_FAST: &str = "rbm.temperature.up.fast";
pub(super) const COLDER: &str = "rbm.temperature.down";
pub(super) const COLDER_FAST: &str = "rbm.temperature.down.fast";

/// All commands of the page, in the order of the sheet of keys.
pub(super) static COMMANDS: [CommandInfo; 8] = [
    CommandInfo { id: LEARN, words: "keys.rbm.run", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: BATCH, words: "keys.rbm.step", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: DREAM, words: "keys.dream", shortcuts: &[key(Key::D)] },
    CommandInfo { id: RESTART, words: "keys.reset", shortcuts: &[key(Key::R)] },
    CommandInfo { id: WARMER, words: "keys.warmer", shortcuts: &[key(Key::ArrowUp)] },
    CommandInfo { id: COLDER, words: "keys.colder", shortcuts: &[key(Key::ArrowDown)] },
    CommandInfo { id: WARMER_FAST, words: "keys.warmer.fast", shortcuts: &[shift(Key::ArrowUp)] },
    CommandInfo { id: COLDER_FAST, words: "keys.colder.fast", shortcuts: &[shift(Key::ArrowDown)] },
];
