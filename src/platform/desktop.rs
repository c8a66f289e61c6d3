//! What the desktop does for a program besides keeping its files.

use std::{io, path::Path};

/// Shows a folder in the system's file manager, which runs on by itself.
///
/// # Errors
/// If the system has no file manager, or it does not start.
pub fn show_folder(folder: &Path) -> io::Result<()> {
    #[cfg(feature = "desktop")]
    return open::that_detached(folder);
    #[cfg(not(feature = "desktop"))]
    Err(io::Error::new(io::ErrorKind::Unsupported, format!("nothing shows {} here", folder.display())))
}

/// Returns the locale that the person set, such as `zh-Hans-CN` or `en-GB`; none where the system does not say.
#[must_use]
pub fn locale() -> Option<String> {
    #[cfg(feature = "desktop")]
    return sys_locale::get_locale();
    #[cfg(not(feature = "desktop"))]
    None
}
