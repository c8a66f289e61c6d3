//! What can be done on the page, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key, shift};

/// The name of the command that runs the magnet, or pauses it.
pub(super) const RUN: &str = "magnet.run";
/// The name of the command that does one sweep.
pub(super) const STEP: &str = "magnet.step";
/// The name of the command that begins again from the start state.
pub(super) const RESTART: &str = "magnet.restart";
/// Warmer by a hundredth, and by a tenth; colder likewise.
pub(super) const WARMER: &str = "magnet.temperature.up";
pub(super) const WARMER_FAST: &str = "magnet.temperature.up.fast";
pub(super) const COLDER: &str = "magnet.temperature.down";
pub(super) const COLDER_FAST: &str = "magnet.temperature.down.fast";
/// A wider brush, and a narrower one.
pub(super) const WIDER: &str = "magnet.brush.wider";
pub(super) const NARROWER: &str = "magnet.brush.narrower";

/// All commands of the page, in the order of the sheet of keys.
pub(super) static COMMANDS: [CommandInfo; 9] = [
    CommandInfo { id: RUN, words: "keys.run", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: STEP, words: "keys.step", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: RESTART, words: "keys.reset", shortcuts: &[key(Key::R)] },
    CommandInfo { id: WARMER, words: "keys.warmer", shortcuts: &[key(Key::ArrowUp)] },
    CommandInfo { id: COLDER, words: "keys.colder", shortcuts: &[key(Key::ArrowDown)] },
    CommandInfo { id: WARMER_FAST, words: "keys.warmer.fast", shortcuts: &[shift(Key::ArrowUp)] },
    CommandInfo { id: COLDER_FAST, words: "keys.colder.fast", shortcuts: &[shift(Key::ArrowDown)] },
    CommandInfo { id: WIDER, words: "keys.brush.wider", shortcuts: &[key(Key::CloseBracket)] },
    CommandInfo { id: NARROWER, words: "keys.brush.narrower", shortcuts: &[key(Key::OpenBracket)] },
];
