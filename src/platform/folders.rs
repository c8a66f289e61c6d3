//! Folders that the system names.

use std::path::PathBuf;

/// Returns the folder of the program's settings; none if the system names no place for them.
#[must_use]
pub fn settings() -> Option<PathBuf> {
    #[cfg(feature = "desktop")]
    return directories::ProjectDirs::from("", "", "Spinscape").map(|folders| folders.config_dir().to_owned());
    #[cfg(not(feature = "desktop"))]
    None
}

/// Returns the folder where files go if nobody says otherwise: the person's pictures folder, else their home, else the
/// folder that the program runs in.
#[must_use]
pub fn pictures() -> PathBuf {
    #[cfg(feature = "desktop")]
    if let Some(person) = directories::UserDirs::new() {
        return match person.picture_dir() {
            Some(pictures) if super::files::is_folder(pictures) => pictures.to_owned(),
            _ => person.home_dir().to_owned(),
        };
    }
    PathBuf::from(".")
}
