//! Files and folders as bytes and paths, read within a bound.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{OnceLock, mpsc},
    time::Duration,
};

use super::stopping;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is larger than its reader takes.
    #[error("{bytes} bytes are more than the {most} that are read")]
    TooLarge {
        /// Size of the file, in bytes; of one that grew while it was read, what was seen of it.
        bytes: u64,
        /// The largest size that is read, in bytes.
        most: u64,
    },
    /// The system refused.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// A file that is read piece by piece.
pub struct Opened {
    /// Size of the file when it was opened, in bytes.
    pub size: u64,
    content: BufReader<File>,
    is_pipe: bool,
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_pipe { stopping::waiting(|| self.content.read(buffer)) } else { self.content.read(buffer) }
    }
}

/// Who is told that a pipe is waited for.
static TELL: OnceLock<fn(&Path)> = OnceLock::new();
/// Time after which a pipe that says nothing is worth a word.
const PATIENCE: Duration = Duration::from_millis(700);

/// Chooses who is told of a pipe that nobody writes into; the first choice holds.
pub fn tell_of_waiting(tell: fn(&Path)) {
    let _ = TELL.set(tell);
}

/// Does something that may wait for a pipe's other end, with a word after a while.
fn watched<T>(path: &Path, work: impl FnOnce() -> T) -> T {
    let Some(&tell) = TELL.get() else { return stopping::waiting(work) };
    let (done, news) = mpsc::channel::<()>();
    let path = path.to_owned();
    std::thread::spawn(move || {
        if news.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            tell(&path);
        }
    });
    let result = stopping::waiting(work);
    drop(done);
    result
}

fn is_pipe(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        fs::metadata(path).is_ok_and(|about| about.file_type().is_fifo())
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Returns a path's last part, for messages; of a path without one (`/`, `..`) the whole.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads a whole file of at most `most` bytes.
///
/// # Errors
/// If the file is larger, also if it grows beyond that while it is read, or if it cannot be opened or read.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let opened = open(path)?;
    if opened.size > most {
        return Err(ReadError::TooLarge { bytes: opened.size, most });
    }
    let mut bytes = Vec::with_capacity(opened.size as usize);
    // A pipe or a device has no size of its own: it is cut off one byte beyond the bound.
    opened.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64, most });
    }
    Ok(bytes)
}

/// Opens a file to read it piece by piece; the reader sets its own bound. Of a pipe it waits for the first bytes.
///
/// # Errors
/// If the file cannot be opened.
pub fn open(path: &Path) -> io::Result<Opened> {
    let is_pipe = is_pipe(path);
    let open = || {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(Opened { size, content: BufReader::new(file), is_pipe })
    };
    if !is_pipe {
        return open();
    }
    watched(path, || {
        let mut opened = open()?;
        opened.content.fill_buf()?;
        Ok(opened)
    })
}

/// Returns the paths of what is in a folder, by name, so that their order does not depend on the file system.
///
/// # Errors
/// If the path is no folder, or it cannot be listed.
pub fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths?;
    paths.sort();
    Ok(paths)
}

/// Whether there is a folder at this path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is a file at this path.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is anything at this path.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Returns the first of `ising-001.png`, `ising-002.png` … that does not exist in the folder yet.
#[must_use]
pub fn free_path(folder: &Path, stem: &str, ending: &str) -> PathBuf {
    let mut names = (1..).map(|index| folder.join(format!("{stem}-{index:03}.{ending}")));
    // The range has no end, so there is always a next name.
    names.find(|path| !exists(path)).unwrap_or_else(|| folder.join(stem))
}

/// A lock on a file, for as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why a file was not locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another program has it.
    #[error("it is in use")]
    Taken,
    /// The system has no such locks, or refused.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// Makes a file if there is none, and locks it until the answer is dropped.
///
/// # Errors
/// If another has locked it, or the system refuses.
pub fn lock(path: &Path) -> Result<Lock, LockError> {
    let file = File::options().create(true).append(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(fs::TryLockError::WouldBlock) => Err(LockError::Taken),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Takes a file away; that there is none is no error.
///
/// # Errors
/// If the system refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives a file the name that it has with `.old` behind it, or `.old.2`, `.old.3` … where these are taken: nothing that was
/// set aside before is lost. It is not opened for it, so that a pipe is set aside as well.
///
/// # Errors
/// If the file cannot be renamed.
pub fn set_aside(path: &Path) -> io::Result<()> {
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let names = std::iter::once(with(".old")).chain((2..).map(|number| with(&format!(".old.{number}"))));
    // A link to nothing is there too.
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    // The range has no end, so there is always a next name.
    let free = names.into_iter().find(is_free).unwrap_or_else(|| with(".old"));
    fs::rename(path, free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::writing::write_whole;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_refused_one_byte_beyond() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("deep/file");
        write_whole(&path, b"12345").expect("written");
        assert_eq!(read(&path, 5).expect("fits"), b"12345");
        assert!(matches!(read(&path, 4), Err(ReadError::TooLarge { bytes: 5, most: 4 })));
        assert!(matches!(read(&folder.path().join("none"), 4), Err(ReadError::System(_))));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_without_a_size_is_cut_off_at_the_bound() {
        assert!(matches!(read(Path::new("/dev/zero"), 1000), Err(ReadError::TooLarge { bytes: 1001, most: 1000 })));
    }

    #[test]
    fn a_folder_is_listed_by_name_and_offers_the_first_free_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["picture-002.png", "picture-001.png"] {
            write_whole(&folder.path().join(name), b"").expect("written");
        }
        let names: Vec<String> = list(folder.path()).expect("listed").iter().map(|path| name_of(path)).collect();
        assert_eq!(names, ["picture-001.png", "picture-002.png"]);
        assert_eq!(name_of(&free_path(folder.path(), "picture", "png")), "picture-003.png");
    }
}
