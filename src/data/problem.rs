//! What is wrong with a file, as a sentence in the person's language.

use std::{fmt, io, path::Path};

use crate::{
    physics::rbm::RbmError,
    platform::files::{ReadError, name_of},
    text::{Language, Texts},
};

/// What is wrong: a sentence of the tables, with what it is about. Printed without a language it is English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    key: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// What stands in the place of a name in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text that every language has in common: a name, a number.
    Plain(String),
    /// Words of the tables.
    Words(&'static str),
    /// Another sentence.
    Sentence(Box<Problem>),
}

impl Problem {
    /// The sentence of this key.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, parts: Vec::new() }
    }

    /// Puts what is the same in every language at a place of the sentence.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: impl fmt::Display) -> Self {
        // What other libraries say may have several lines; a problem is one sentence.
        let value: Vec<String> = value.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
        self.parts.push((place, Part::Plain(value.join(" ").trim_end().to_owned())));
        self
    }

    /// Puts words of the tables at a place of the sentence.
    #[must_use]
    pub fn with_words(mut self, place: &'static str, key: &'static str) -> Self {
        self.parts.push((place, Part::Words(key)));
        self
    }

    fn because(mut self, why: Self) -> Self {
        self.parts.push(("why", Part::Sentence(Box::new(why))));
        self
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::new("problem.read").with("name", name_of(path)).because(Self::from(error))
    }

    /// A file that was not read: too large, or refused by the system.
    #[must_use]
    pub fn unread(path: &Path, error: &ReadError) -> Self {
        match error {
            ReadError::TooLarge { bytes, most } => {
                let problem = Self::new("problem.large").with("name", name_of(path));
                problem.with("megabytes", bytes >> 20).with("most", most >> 20)
            }
            ReadError::System(error) => Self::unreadable(path, error),
        }
    }

    /// A file that cannot be written.
    #[must_use]
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::new("problem.write").with("name", path.display()).because(Self::from(error))
    }

    /// A fault of the program itself.
    #[must_use]
    pub fn unexpected(why: impl fmt::Display) -> Self {
        Self::new("problem.unexpected").with("why", why)
    }

    /// What could not be brought into the form of a file.
    #[must_use]
    pub fn encoding(error: impl fmt::Display) -> Self {
        Self::new("problem.encode").with("why", error)
    }

    /// A number of a file, or a setting, that is out of range. `field` is a key of the tables.
    #[must_use]
    pub fn out_of_range(
        name: &str,
        field: &'static str,
        found: impl fmt::Display,
        [least, most]: [impl fmt::Display; 2],
    ) -> Self {
        let problem = Self::new("problem.range").with("name", name).with_words("field", field);
        problem.with("found", found).with("least", least).with("most", most)
    }

    /// A file whose content does not fit a machine.
    #[must_use]
    pub fn misfit(name: &str, error: &RbmError) -> Self {
        Self::new("problem.misfit").with("name", name).because(Self::from(error))
    }

    /// The sentence in a language.
    #[must_use]
    pub fn text(&self, t: Texts) -> String {
        let parts = self.parts.iter().map(|(place, part)| {
            let part = match part {
                Part::Plain(text) => text.clone(),
                Part::Words(key) => t.get(key).to_owned(),
                Part::Sentence(problem) => problem.text(t),
            };
            (*place, part)
        });
        let parts: Vec<(&str, String)> = parts.collect();
        let places: Vec<(&str, &str)> = parts.iter().map(|(place, part)| (*place, part.as_str())).collect();
        t.fill(self.key, &places)
    }
}

impl From<&io::Error> for Problem {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::new("problem.missing"),
            io::ErrorKind::PermissionDenied => Self::new("problem.denied"),
            io::ErrorKind::IsADirectory => Self::new("problem.folder"),
            io::ErrorKind::NotADirectory => Self::new("problem.no_folder"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::new("problem.full"),
            io::ErrorKind::ReadOnlyFilesystem => Self::new("problem.read_only"),
            _ => Self::new("problem.system").with("words", error),
        }
    }
}

impl From<&RbmError> for Problem {
    fn from(error: &RbmError) -> Self {
        match error {
            RbmError::Pixels { expected, found } => {
                Self::new("problem.pixels").with("expected", expected).with("found", found)
            }
            RbmError::Length { name, expected, found } => {
                Self::new("problem.length").with("list", name).with("expected", expected).with("found", found)
            }
            RbmError::NotFinite { name } => Self::new("problem.not_finite").with("list", name),
            RbmError::Empty => Self::new("problem.empty"),
            RbmError::TooLarge { units, most } => {
                Self::new("problem.too_large").with("units", units).with("most", most)
            }
            RbmError::Size { name, size, least, most } => {
                let problem = Self::new("problem.size").with("what", name).with("size", size);
                problem.with("least", least).with("most", most)
            }
            RbmError::Setting { name, value, allowed } => {
                Self::new("problem.setting").with("what", name).with("value", value).with("allowed", allowed)
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Texts::new(Language::English)))
    }
}

impl std::error::Error for Problem {}
