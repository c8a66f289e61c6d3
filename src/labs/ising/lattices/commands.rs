//! What can be done on the page, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key, shift};

/// The name of the command that runs the magnet, or pauses it.
pub(super) const RUN: &str = "lattices.run";
/// The name of the command that does one step.
pub(super) const STEP: &str = "lattices.step";
/// The name of the command that begins again.
pub(super) const RESTART: &str = "lattices.restart";
/// The names of the commands that make it warmer or colder by a hundredth, and by a tenth.
pub(super) const WARMER: &str = "lattices.temperature.up";
pub(super) const WARMER_FAST: &str = "lattices.temperature.up.fast";
pub(super) const COLDER: &str = "lattices.temperature.down";
pub(super) const COLDER_FAST: &str = "lattices.temperature.down.fast";

/// The names of the commands that make the brush wider or narrower.
pub(super) const WIDER: &str = "lattices.brush.wider";
pub(super) const NARROWER: &str = "lattices.brush.narrower";

/// All commands of the page.
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
