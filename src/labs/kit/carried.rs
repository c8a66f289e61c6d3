//! Files in which simulations leave what the next start of the program goes on with.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    platform::{Saver, files},
    simulation::Carrier,
};

/// Largest file that is taken up, in bytes: the largest machine with all that its learning needs, several times over.
const LARGEST: u64 = 1 << 30;

/// A file beside the settings.
pub struct CarriedFile {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    saver: Option<Saver>,
    /// Something was taken up, and nothing left since.
    is_owed: bool,
    /// A hash of what is in the file.
    there: Option<u64>,
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

impl CarriedFile {
    /// A file at this path, which need not exist.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, state: Mutex::default() }
    }
}

impl Carrier for CarriedFile {
    fn take_up(&self) -> Option<Vec<u8>> {
        // What is no plain file would be waited for, or has no end.
        let left = files::is_file(&self.path).then(|| files::read(&self.path, LARGEST).ok()).flatten();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_owed = left.is_some();
        state.there = left.as_deref().map(hash);
        left
    }

    fn leave(&self, left: Option<Vec<u8>>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_owed = false;
        let content = left.as_deref().map(hash);
        if state.there == content {
            return;
        }
        state.there = content;
        let saver = state.saver.get_or_insert_with(|| Saver::new(self.path.clone()));
        match left {
            Some(left) => saver.save(left),
            None => saver.remove(),
        }
    }

    fn came_to_grief(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.is_owed) {
            state.there = None;
            // Kept beside, for whoever looks into it; where that fails, the next start may fail again.
            let _ = files::set_aside(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_taken_up_and_nothing_left_takes_the_file_away() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("carried/model");
        let again = || CarriedFile::new(path.clone());
        assert_eq!(again().take_up(), None);
        again().leave(Some(b"state".to_vec()));
        assert_eq!(again().take_up().as_deref(), Some(&b"state"[..]));
        let carrier = again();
        carrier.take_up();
        carrier.leave(None);
        drop(carrier);
        assert_eq!(again().take_up(), None);
    }

    #[test]
    fn what_brought_a_model_to_grief_is_set_aside_and_what_did_not_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("model");
        CarriedFile::new(path.clone()).leave(Some(b"state".to_vec()));
        let carrier = CarriedFile::new(path.clone());
        carrier.take_up();
        carrier.leave(Some(b"newer".to_vec()));
        carrier.came_to_grief();
        drop(carrier);
        let carrier = CarriedFile::new(path.clone());
        assert_eq!(carrier.take_up().as_deref(), Some(&b"newer"[..]));
        carrier.came_to_grief();
        assert_eq!(CarriedFile::new(path).take_up(), None);
        assert!(folder.path().join("model.old").exists());
    }
}
