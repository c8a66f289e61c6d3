//! What can be done on the page, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key, shift};

/// The name of the command that recalls the picture on the pad, or pauses.
pub(super) const RECALL: &str = "hopfield.recall";
/// One snapshot on in the film; at its end one neuron on.
pub(super) const FORWARD: &str = "hopfield.forward";
/// One snapshot back in the film.
pub(super) const BACK: &str = "hopfield.back";
/// Back to the probe.
pub(super) const AGAIN: &str = "hopfield.again";
/// Store what the pad shows.
pub(super) const STORE: &str = "hopfield.store";
/// More noise by a hundredth, and by a tenth; less likewise.
pub(super) const WARMER: &str = "hopfield.temperature.up";
pub(super) const WARMER_FAST: &str = "hopfield.temperature.up.fast";
pub(super) const COLDER: &str = "hopfield.temperature.down";
pub(super) const COLDER_FAST: &str = "hopfield.temperature.down.fast";
/// A wider brush, and a narrower one.
pub(super) const WIDER: &str = "hopfield.brush.wider";
pub(super) const NARROWER: &str = "hopfield.brush.narrower";

/// All commands of the page, in the order of the sheet of keys.
pub(super) static COMMANDS: [CommandInfo; 11] = [
    CommandInfo { id: RECALL, words: "keys.recall", shortcuts: &[key(Key::Space)] },
    CommandInfo { id: FORWARD, words: "keys.film.on", shortcuts: &[key(Key::ArrowRight)] },
    CommandInfo { id: BACK, words: "keys.film", shortcuts: &[key(Key::ArrowLeft)] },
    CommandInfo { id: AGAIN, words: "keys.again", shortcuts: &[key(Key::R)] },
    CommandInfo { id: STORE, words: "keys.store", shortcuts: &[key(Key::Enter)] },
    CommandInfo { id: WARMER, words: "keys.warmer", shortcuts: &[key(Key::ArrowUp)] },
    CommandInfo { id: COLDER, words: "keys.colder", shortcuts: &[key(Key::ArrowDown)] },
    CommandInfo { id: WARMER_FAST, words: "keys.warmer.fast", shortcuts: &[shift(Key::ArrowUp)] },
    CommandInfo { id: COLDER_FAST, words: "keys.colder.fast", shortcuts: &[shift(Key::ArrowDown)] },
    CommandInfo { id: WIDER, words: "keys.brush.wider", shortcuts: &[key(Key::CloseBracket)] },
    CommandInfo { id: NARROWER, words: "keys.brush.narrower", shortcuts: &[key(Key::OpenBracket)] },
];
