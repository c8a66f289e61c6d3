//! The settings file, written beside the window whenever its content changed.

use std::{
    path::PathBuf,
    sync::mpsc::{Sender, channel},
    thread::{self, JoinHandle},
};

use super::{console, files, writing::write_whole};

/// Writes the newest content of a file on a thread of its own.
pub struct Saver {
    /// None takes the file away.
    sender: Option<Sender<Option<Vec<u8>>>>,
    thread: Option<JoinHandle<()>>,
}

impl Saver {
    /// Starts a saver for this file. Where no thread can be had, nothing is saved.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        let (sender, receiver) = channel::<Option<Vec<u8>>>();
        let thread = thread::Builder::new().name("saver".to_owned()).spawn(move || {
            while let Ok(mut content) = receiver.recv() {
                // Only the newest counts.
                while let Ok(newer) = receiver.try_recv() {
                    content = newer;
                }
                let done = match &content {
                    Some(content) => write_whole(&path, content),
                    None => files::remove(&path),
                };
                if let Err(error) = done {
                    console::say(&format!("could not write {}: {error}", path.display()));
                }
            }
        });
        Self { sender: Some(sender), thread: thread.ok() }
    }

    /// Hands over new content and returns at once.
    pub fn save(&self, content: Vec<u8>) {
        self.send(Some(content));
    }

    /// Takes the file away, if there is one, and returns at once.
    pub fn remove(&self) {
        self.send(None);
    }

    fn send(&self, content: Option<Vec<u8>>) {
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
    use crate::platform::files;

    #[test]
    fn the_last_content_is_on_disk_when_the_saver_is_gone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("deep/settings.json");
        let saver = Saver::new(path.clone());
        for index in 0..100 {
            saver.save(format!("content {index}").into_bytes());
        }
        drop(saver);
        assert_eq!(files::read(&path, 100).expect("written"), b"content 99");
    }
}
