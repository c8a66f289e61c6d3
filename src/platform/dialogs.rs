//! The system's file dialogs: a request that says what is wanted, and the answer.
//!
//! A dialog waits for a person, and some portals hang: [`ask`] belongs on a job's thread.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// An empty answer that comes sooner than this is faster than a person can say no.
const AT_ONCE: Duration = Duration::from_secs(1);

/// What a dialog chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One file that is there.
    OpenFile,
    /// One or more files that are there.
    OpenFiles,
    /// One folder that is there.
    OpenFolder,
    /// The name of a file to write.
    SaveFile,
}

/// What is asked of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is to be chosen.
    pub kind: Kind,
    /// Title of the dialog's window.
    pub title: String,
    /// The words for "All files".
    pub all_files: String,
    /// Names, each with the endings of its files without their dots; the dialog begins with the first.
    pub filters: Vec<(String, Vec<String>)>,
    /// The folder to begin in; none leaves that to the system.
    pub folder: Option<PathBuf>,
    /// The name that is suggested for a file to write; may be empty.
    pub name: String,
}

impl Request {
    /// Makes a request with the window's title and the words for "All files", in the person's language: whatever filters
    /// it gets, all files are offered too.
    #[must_use]
    pub fn new(kind: Kind, title: &str, all_files: &str) -> Self {
        let (title, all_files) = (title.to_owned(), all_files.to_owned());
        Self { kind, title, all_files, filters: Vec::new(), folder: None, name: String::new() }
    }

    /// Adds a filter: files with these endings, under a name.
    #[must_use]
    pub fn filter(mut self, name: &str, endings: &[&str]) -> Self {
        self.filters.push((name.to_owned(), endings.iter().map(|&ending| ending.to_owned()).collect()));
        self
    }

    /// Begins in this folder.
    #[must_use]
    pub fn folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Suggests a name for the file to write.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The filters that the system is given, with all files after the others; none for a folder.
    #[cfg(any(feature = "desktop", test))]
    fn offered(&self) -> Vec<(String, Vec<String>)> {
        // macOS shows no names to choose a filter by: there the first one would hide all other files for good.
        let one_for_all = cfg!(target_os = "macos") && self.kind != Kind::SaveFile;
        if self.filters.is_empty() || self.kind == Kind::OpenFolder || one_for_all {
            return Vec::new();
        }
        let all = (self.all_files.clone(), vec!["*".to_owned()]);
        self.filters.iter().cloned().chain([all]).collect()
    }
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person chose these, at least one.
    Chosen(Vec<PathBuf>),
    /// The dialog came back without a choice.
    Empty {
        /// Time from the request to the answer.
        took: Duration,
    },
    /// This program was built without dialogs.
    NoneHere,
}

impl Answer {
    /// Returns what was chosen: nothing if the dialog was given up or none opened.
    #[must_use]
    pub fn into_paths(self) -> Vec<PathBuf> {
        match self {
            Self::Chosen(paths) => paths,
            Self::Empty { .. } | Self::NoneHere => Vec::new(),
        }
    }

    /// Returns the one path that was chosen.
    #[must_use]
    pub fn into_path(self) -> Option<PathBuf> {
        self.into_paths().into_iter().next()
    }

    /// Whether perhaps no dialog opened at all: it came back empty within a second. The system does not tell a missing
    /// portal from a person who gave up, so this is where to mention that a path can be typed.
    #[must_use]
    pub fn is_empty_at_once(&self) -> bool {
        match self {
            Self::Chosen(_) => false,
            Self::Empty { took } => *took < AT_ONCE,
            Self::NoneHere => true,
        }
    }
}

/// Shows the system's dialog and waits until the person has answered, which may take as long as it likes.
#[cfg(feature = "desktop")]
#[must_use]
pub fn ask(request: &Request) -> Answer {
    let began = std::time::Instant::now();
    let paths = pollster::block_on(show(request));
    if paths.is_empty() { Answer::Empty { took: began.elapsed() } } else { Answer::Chosen(paths) }
}

/// Says that there is no dialog here.
#[cfg(not(feature = "desktop"))]
#[must_use]
pub fn ask(_request: &Request) -> Answer {
    Answer::NoneHere
}

#[cfg(feature = "desktop")]
async fn show(request: &Request) -> Vec<PathBuf> {
    let mut dialog = rfd::AsyncFileDialog::new().set_title(&request.title);
    for (name, endings) in request.offered() {
        dialog = dialog.add_filter(name, &endings);
    }
    if let Some(folder) = &request.folder {
        dialog = dialog.set_directory(folder);
    }
    if !request.name.is_empty() {
        dialog = dialog.set_file_name(&request.name);
    }
    let one = match request.kind {
        Kind::OpenFiles => {
            let chosen = dialog.pick_files().await.unwrap_or_default();
            return chosen.iter().map(|file| file.path().to_owned()).collect();
        }
        Kind::OpenFile => dialog.pick_file().await,
        Kind::OpenFolder => dialog.pick_folder().await,
        Kind::SaveFile => dialog.save_file().await,
    };
    one.iter().map(|file| file.path().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_answer_within_a_second_speaks_of_a_missing_dialog() {
        let empty = |milliseconds| Answer::Empty { took: Duration::from_millis(milliseconds) };
        assert!(empty(0).is_empty_at_once() && empty(999).is_empty_at_once() && Answer::NoneHere.is_empty_at_once());
        assert!(!empty(1000).is_empty_at_once());
        let chosen = Answer::Chosen(vec![PathBuf::from("a.png"), PathBuf::from("b.png")]);
        assert!(!chosen.is_empty_at_once());
        assert_eq!(chosen.clone().into_paths().len(), 2);
        assert_eq!(chosen.into_path(), Some(PathBuf::from("a.png")));
        assert_eq!(empty(0).into_path(), None);
    }

    #[test]
    fn whoever_filters_offers_all_files_last() {
        let request = |kind| Request::new(kind, "Open", "All files").filter("PNG", &["png"]);
        let names = |kind| request(kind).offered().into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(Kind::SaveFile), ["PNG", "All files"]);
        assert_eq!(request(Kind::SaveFile).offered()[1].1, ["*"]);
        assert!(names(Kind::OpenFolder).is_empty());
        if cfg!(target_os = "macos") {
            assert!(names(Kind::OpenFile).is_empty() && names(Kind::OpenFiles).is_empty());
        } else {
            assert_eq!(names(Kind::OpenFile), ["PNG", "All files"]);
            assert_eq!(names(Kind::OpenFiles), names(Kind::OpenFile));
        }
    }
}
