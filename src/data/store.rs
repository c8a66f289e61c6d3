//! Small files of the program's own, written whole or not at all, and never on the window's thread.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::mpsc::{Sender, channel},
    thread::{self, JoinHandle},
};

/// A file's name without its folder, for messages.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Writes a file by way of a temporary one beside it, so that a crash leaves the old one or the new one, never half.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // Nothing half done is left behind; the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Writes the newest content of a file on a thread of its own.
pub struct Saver {
    sender: Option<Sender<Vec<u8>>>,
    thread: Option<JoinHandle<()>>,
}

impl Saver {
    /// A saver for this file. Where no thread can be had, nothing is saved.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        let (sender, receiver) = channel::<Vec<u8>>();
        let thread = thread::Builder::new().name("saver".to_owned()).spawn(move || {
            while let Ok(mut content) = receiver.recv() {
                // Only the newest counts.
                while let Ok(newer) = receiver.try_recv() {
                    content = newer;
                }
                if let Err(error) = write_atomically(&path, &content) {
                    eprintln!("spinscape: could not write {}: {error}", path.display());
                }
            }
        });
        Self { sender: Some(sender), thread: thread.ok() }
    }

    /// Hands over new content.
    pub fn save(&self, content: Vec<u8>) {
        if let Some(sender) = &self.sender {
            // The thread lives as long as this sender.
            let _ = sender.send(content);
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        // What was handed over last is written before the program ends.
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_content_is_on_disk_when_the_saver_is_gone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("deep/settings.json");
        let saver = Saver::new(path.clone());
        for index in 0..100 {
            saver.save(format!("content {index}").into_bytes());
        }
        drop(saver);
        assert_eq!(fs::read_to_string(path).expect("written"), "content 99");
    }
}
