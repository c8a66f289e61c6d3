//! One writer for all files: what was there stays until the new content is whole.
//!
//! A regular file of our own with one name is replaced by a temporary one from beside it, with the same permissions. Where
//! that would change more than the content (several names for one file, another owner) or cannot be done (a folder that
//! takes no new file), the content is written in place, after a copy has been made. Links are followed, also those that lead
//! to nothing yet; devices and pipes are written into and never replaced.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// Links followed at most, as most systems do.
const MOST_LINKS: usize = 40;

/// Where a path leads through links.
fn target_of(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        path = folder_of(&path).join(next);
    }
    Err(io::Error::other("too many links lead on from here"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new file with a name that nobody can guess, readable for whom the system's habit allows.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".spinscape-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

/// Whether a file has one name only and the owner of a file that was made just now.
fn is_plainly_ours(found: &Metadata, new: &File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        found.nlink() == 1 && new.metadata().is_ok_and(|new| new.uid() == found.uid() && new.gid() == found.gid())
    }
    #[cfg(not(unix))]
    {
        let _ = (found, new);
        true
    }
}

/// Writes a file whole or not at all. Folders that are missing on the way are made.
///
/// # Errors
/// If it cannot be written. Where a file that had to be written in place was spoilt, the message names the copy of what it
/// was before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target_of(path)?;
    let found = match fs::metadata(&target) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder_of(&target))?;
            return put(beside(&target)?, &target, bytes);
        }
        Err(error) => return Err(error),
    };
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !found.is_file() {
        return OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    match way_to(&target, &found)? {
        Way::Replace(new) => {
            new.as_file().set_permissions(found.permissions())?;
            put(new, &target, bytes)
        }
        Way::InPlace => write_in_place(&target, bytes),
    }
}

/// How a regular file that is there comes to its new content.
enum Way {
    /// By a new one in its place.
    Replace(NamedTempFile),
    /// In place, after a copy.
    InPlace,
}

fn way_to(target: &Path, found: &Metadata) -> io::Result<Way> {
    // A file that forbids writing is not got around by putting another in its place.
    OpenOptions::new().write(true).open(target)?;
    Ok(match beside(target) {
        Ok(new) if is_plainly_ours(found, new.as_file()) => Way::Replace(new),
        _ => Way::InPlace,
    })
}

fn put(mut new: NamedTempFile, target: &Path, bytes: &[u8]) -> io::Result<()> {
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(target).map(|_| ()).map_err(|error| error.error)
}

fn write_in_place(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut copy = NamedTempFile::new()?;
    io::copy(&mut File::open(target)?, &mut copy)?;
    let written = OpenOptions::new().write(true).truncate(true).open(target).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| match copy.keep() {
        Ok((_, kept)) => io::Error::new(error.kind(), format!("{error}; what it was before is in {}", kept.display())),
        Err(_) => error,
    })
}

/// Tries whether a file can be written, and leaves everything as it was. Devices and pipes are not opened for it.
///
/// # Errors
/// If the file cannot be written.
pub fn try_to_write(path: &Path) -> io::Result<()> {
    let target = target_of(path)?;
    match fs::metadata(&target) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Ok(()),
        Ok(found) => match way_to(&target, &found)? {
            Way::Replace(_) => Ok(()),
            // The copy of what is there now must be readable, and have a place.
            Way::InPlace => NamedTempFile::new().and_then(|_| File::open(&target)).map(|_| ()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => beside(&target).map(|_| ()),
        Err(error) => Err(error),
    }
}

/// Whether two paths lead to the same file, be it there or not.
#[must_use]
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        let target = target_of(path).ok()?;
        let folder = fs::canonicalize(folder_of(&target)).ok()?;
        Some(folder.join(target.file_name()?))
    };
    a == b || place(a).is_some_and(|a| place(b) == Some(a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("listed").file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole_and_a_neighbour_called_new_is_not_touched() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, neighbour) = (folder.path().join("deep/table.csv"), folder.path().join("deep/table.csv.new"));
        write_whole(&path, b"one").expect("written");
        fs::write(&neighbour, b"mine").expect("written");
        write_whole(&path, b"two").expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"two");
        assert_eq!(fs::read(&neighbour).expect("there"), b"mine");
        assert_eq!(names(&folder.path().join("deep")), ["table.csv", "table.csv.new"]);
        assert!(write_whole(folder.path(), b"x").is_err());
    }

    #[test]
    fn trying_to_write_leaves_no_file_and_harms_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("table.csv");
        try_to_write(&path).expect("writable");
        assert!(names(folder.path()).is_empty());
        write_whole(&path, b"rows").expect("written");
        try_to_write(&path).expect("writable");
        assert_eq!(fs::read(&path).expect("there"), b"rows");
        assert!(try_to_write(&folder.path().join("no/such/folder.csv")).is_err());
        assert!(try_to_write(folder.path()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_names_and_permissions_stay_as_they_were() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        // A link that leads to nothing yet: its target is written, and a check does not take the link away.
        symlink("target.csv", at("link.csv")).expect("linked");
        try_to_write(&at("link.csv")).expect("writable");
        assert_eq!(fs::read_link(at("link.csv")).expect("a link"), Path::new("target.csv"));
        write_whole(&at("link.csv"), b"rows").expect("written");
        assert!(fs::symlink_metadata(at("link.csv")).expect("there").is_symlink());
        assert_eq!(fs::read(at("target.csv")).expect("there"), b"rows");
        // Permissions are those of before.
        fs::set_permissions(at("target.csv"), fs::Permissions::from_mode(0o640)).expect("set");
        write_whole(&at("link.csv"), b"more rows").expect("written");
        assert_eq!(fs::metadata(at("target.csv")).expect("there").permissions().mode() & 0o777, 0o640);
        // Two names of one file stay two names of one file.
        fs::hard_link(at("target.csv"), at("second.csv")).expect("linked");
        write_whole(&at("second.csv"), b"both").expect("written");
        assert_eq!(fs::read(at("target.csv")).expect("there"), b"both");
        assert_eq!(fs::metadata(at("target.csv")).expect("there").nlink(), 2);
        // A new file is readable as the system's habit has it, not for its maker alone.
        write_whole(&at("new.csv"), b"").expect("written");
        fs::write(at("habit"), b"").expect("written");
        let mode = |name: &str| fs::metadata(at(name)).expect("there").permissions().mode();
        assert_eq!(mode("new.csv"), mode("habit"));
        assert!(is_same_file(&at("link.csv"), &at("target.csv")) && !is_same_file(&at("new.csv"), &at("target.csv")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_written_into_and_stays_a_pipe() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there");
        assert!(made.success());
        try_to_write(&pipe).expect("writable");
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).expect("read")
        });
        write_whole(&pipe, b"through").expect("written");
        assert_eq!(reader.join().expect("it ends"), b"through");
        assert!(fs::symlink_metadata(&pipe).expect("there").file_type().is_fifo());
    }
}
