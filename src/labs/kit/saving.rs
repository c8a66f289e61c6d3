//! Files that a page saves: written beside the window, then named in a notice.

use std::path::{Path, PathBuf};

use super::{Host, PageContext, Task};
use crate::{data::Problem, platform::files::name_of, widgets::notices::Offer};

/// A file under way.
#[derive(Default)]
pub struct Saving {
    /// The key of the notice that names the file.
    task: Task<PathBuf, &'static str>,
}

impl Saving {
    /// Whether a file is being written.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.task.is_busy()
    }

    /// Begins to write; `done` is the key of the notice that names the file. `write` returns the file's path.
    pub fn start(
        &mut self,
        host: &Host,
        done: &'static str,
        write: impl FnOnce() -> Result<PathBuf, Problem> + Send + 'static,
    ) {
        self.task.start(host, "saving", done, 0.0, move |_| Some(write()));
    }

    /// Says what became of it.
    pub fn poll(&mut self, host: &Host, cx: &mut PageContext<'_>) {
        let Some((done, path)) = self.task.poll_or_tell(host) else { return };
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let text = cx.texts.fill(done, &[("name", &name_of(&path))]);
        cx.notices.offer(text, cx.texts.get("notice.picture.open"), Offer::OpenFolder(folder));
    }
}
