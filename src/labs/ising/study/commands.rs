//! What can be done on the pages of a study, with its keys.

use egui::Key;

use crate::labs::kit::command::{CommandInfo, key};

/// Begin a scan, or stop the one that runs.
pub(super) const SCAN: &str = "study.scan";

/// All commands of the pages.
pub(super) static COMMANDS: [CommandInfo; 1] =
    [CommandInfo { id: SCAN, words: "keys.scan", shortcuts: &[key(Key::Space)] }];
