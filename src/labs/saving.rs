//! Files that a lab saves: written beside the window, then told in a notice.

use std::path::{Path, PathBuf};

use super::{Host, LabContext};
use crate::{
    data::Problem,
    platform::files::name_of,
    simulation::{Job, Outcome},
    widgets::notices::Offer,
};

/// A file under way.
#[derive(Default)]
pub struct Saving {
    job: Option<(Job<Result<PathBuf, Problem>>, &'static str)>,
}

impl Saving {
    /// Whether a file is being written.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Begins to write; `done` is the key of the notice that names the file.
    pub fn start(
        &mut self,
        host: &Host,
        done: &'static str,
        write: impl FnOnce() -> Result<PathBuf, Problem> + Send + 'static,
    ) {
        self.job = Some((host.job("saving", move |_| Some(write())), done));
    }

    /// Says what became of it.
    pub fn follow(&mut self, cx: &mut LabContext<'_>) {
        let Some((job, done)) = &self.job else { return };
        let (Some(outcome), done) = (job.take(), *done) else { return };
        self.job = None;
        let t = cx.texts;
        match outcome {
            Outcome::Done(Ok(path)) => {
                let name = name_of(&path);
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                let text = t.fill(done, &[("name", &name)]);
                cx.notices.offer(text, t.get("notice.picture.open"), Offer::OpenFolder(folder));
            }
            Outcome::Done(Err(problem)) => cx.notices.say(problem.text(t)),
            Outcome::Failed(why) => cx.notices.say(Problem::unexpected(why).text(t)),
            Outcome::Cancelled => {}
        }
    }
}
