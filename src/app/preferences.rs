//! What persists between runs: language, theme, scale, last lab, and each lab's settings.
//!
//! A file that is missing, broken or from a later version gives the defaults and a notice. One that cannot be read is kept
//! beside the new one, so that nothing in it is lost.

use std::{collections::BTreeMap, io, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    platform::{
        files::{self, ReadError},
        folders,
    },
    text::Language,
};

/// The version this program writes and reads.
const VERSION: u32 = 1;
/// Largest settings file that is read, in bytes.
const LARGEST_FILE: u64 = 1 << 30;

/// Dark, light, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// Light on dark: for screens.
    #[default]
    Dark,
    /// Dark on light: for bright rooms.
    Light,
    /// As the system is set.
    System,
}

/// Range of the scale in percent.
pub const SCALES: std::ops::RangeInclusive<u32> = 100..=200;

/// What persists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    version: u32,
    /// None follows the system's locale.
    pub language: Option<Language>,
    /// The theme.
    pub theme: ThemeChoice,
    /// Scale of everything in percent, 100 to 200.
    pub scale: u32,
    /// The lab on screen.
    pub lab: String,
    /// Each lab's settings, as the lab wrote them.
    pub labs: BTreeMap<String, serde_json::Value>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            version: VERSION,
            language: None,
            theme: ThemeChoice::Dark,
            scale: 100,
            lab: String::new(),
            labs: BTreeMap::new(),
        }
    }
}

/// What was found where the settings should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Settings that could be read.
    Settings,
    /// No file: the first start.
    Nothing,
    /// A file that cannot be read as settings.
    Broken,
    /// A file of a later version.
    Future,
}

/// Where the settings are kept; none if the system names no place for them.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    folders::settings().map(|folder| folder.join("settings.json"))
}

impl Preferences {
    /// Reads a settings file; on any trouble the defaults, with what was the matter.
    #[must_use]
    pub fn load(path: &std::path::Path) -> (Self, Found) {
        // A pipe would be waited for without end, and a device says anything.
        let is_strange = files::exists(path) && !files::is_file(path);
        let content = if is_strange { Ok(Vec::new()) } else { files::read(path, LARGEST_FILE) };
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(ReadError::System(error)) if error.kind() == io::ErrorKind::NotFound => {
                return (Self::default(), Found::Nothing);
            }
            // No settings are so large, or forbid to be read: kept like any other file that says nothing.
            Err(ReadError::System(_) | ReadError::TooLarge { .. }) => Vec::new(),
        };
        let value: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
        let version = value.as_ref().and_then(|value| value.get("version")?.as_u64());
        let found = match (value, version) {
            (Some(_), Some(version)) if version > u64::from(VERSION) => Found::Future,
            (Some(value), Some(_)) => match serde_json::from_value::<Self>(value) {
                Ok(mut read) => {
                    read.scale = read.scale.clamp(*SCALES.start(), *SCALES.end());
                    return (read, Found::Settings);
                }
                Err(_) => Found::Broken,
            },
            _ => Found::Broken,
        };
        // Kept, not overwritten; where that fails the defaults still hold.
        let _ = files::set_aside(path);
        (Self::default(), found)
    }

    /// Returns the content of the settings file: JSON with a final line end.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(content: &str) -> (Preferences, Found, bool) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("settings.json");
        crate::platform::writing::write_whole(&path, content.as_bytes()).expect("written");
        let (preferences, found) = Preferences::load(&path);
        (preferences, found, folder.path().join("settings.json.old").exists())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_in_place_of_the_settings_is_set_aside_and_not_waited_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("settings.json");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo is there");
        assert!(made.success());
        assert_eq!(Preferences::load(&path), (Preferences::default(), Found::Broken));
        assert!(!path.exists() && folder.path().join("settings.json.old").exists());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written =
            Preferences { scale: 140, theme: ThemeChoice::Light, lab: "ising".to_owned(), ..Preferences::default() };
        let text = String::from_utf8(written.to_bytes()).expect("JSON is text");
        assert_eq!(loaded(&text), (written, Found::Settings, false));
    }

    #[test]
    fn broken_and_future_files_give_the_defaults_and_are_kept() {
        for (content, expected) in [
            ("", Found::Broken),
            ("{\"version\": 1, \"scale\": \"wide\"}", Found::Broken),
            ("[1, 2", Found::Broken),
            ("{\"version\": 99, \"scale\": 170}", Found::Future),
        ] {
            assert_eq!(loaded(content), (Preferences::default(), expected, true), "{content}");
        }
        // A second and a third accident keep what the first one kept; bytes that are no text are kept too.
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("settings.json");
        for (content, kept) in [
            (&b"first"[..], "settings.json.old"),
            (b"\xFF\xFE", "settings.json.old.2"),
            (b"third", "settings.json.old.3"),
        ] {
            crate::platform::writing::write_whole(&path, content).expect("written");
            assert_eq!(Preferences::load(&path).1, Found::Broken);
            assert_eq!(files::read(&folder.path().join(kept), 10).expect("kept"), content);
        }
        let missing = Preferences::load(std::path::Path::new("/nowhere/at/all/settings.json"));
        assert_eq!(missing, (Preferences::default(), Found::Nothing));
    }
}
