//! Every text that a person reads, by key, from one table a language (`assets/text/*.toml`).
//!
//! Placeholders are written `{name}`; `_{c}` sets a low-aligned run, as in T_{c}. The two tables are written together,
//! label by label; `tests/texts.rs` holds them complete, used, and drawable with the bundled fonts.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

type Table = HashMap<String, String>;

static ENGLISH: LazyLock<Table> = LazyLock::new(|| parse(include_str!("../../assets/text/en.toml")));
static CHINESE: LazyLock<Table> = LazyLock::new(|| parse(include_str!("../../assets/text/zh-CN.toml")));
static ENGLISH_RETOLD: LazyLock<Table> = LazyLock::new(|| retold(&ENGLISH));
static CHINESE_RETOLD: LazyLock<Table> = LazyLock::new(|| retold(&CHINESE));

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language for a locale such as `zh-Hans-CN` or `en_GB.UTF-8`.
    #[must_use]
    pub fn for_locale(locale: &str) -> Self {
        if locale.to_lowercase().starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// All texts of the language by key, for tests and the font's subset.
    #[must_use]
    pub fn table(self) -> &'static HashMap<String, String> {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }

    fn retold(self) -> &'static Table {
        match self {
            Self::English => &ENGLISH_RETOLD,
            Self::Chinese => &CHINESE_RETOLD,
        }
    }
}

/// Before keys of texts that tell the same of something else; see [`Texts::retold`].
pub const RETOLD: &str = "voters:";

/// Behind keys of texts that speak of one thing; see [`Texts::plural`].
pub const ONE: &str = ":one";

/// The texts of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Which language.
    pub language: Language,
    retold: bool,
}

impl Texts {
    /// The texts of a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, retold: false }
    }

    /// Returns texts that tell of voters where there are such: it is only wording, the model stays what it is.
    #[must_use]
    pub fn retold(self, retold: bool) -> Self {
        Self { retold, ..self }
    }

    /// The text of a key. A key that is missing shows itself; the tests find it before a person does.
    #[must_use]
    pub fn get(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    fn find(self, key: &str) -> Option<&'static str> {
        let retold = if self.retold { self.language.retold().get(key) } else { None };
        retold.or_else(|| self.language.table().get(key)).map(String::as_str)
    }

    /// The text of a key with its placeholders filled.
    #[must_use]
    pub fn fill(self, key: &'static str, values: &[(&str, &str)]) -> String {
        filled(self.get(key), values)
    }

    /// As [`Texts::fill`], for a text that speaks of so many things: a language that says it otherwise of one has that under
    /// the key with [`ONE`] behind it.
    #[must_use]
    pub fn plural(self, key: &'static str, count: usize, values: &[(&str, &str)]) -> String {
        let one = if count == 1 { self.find(&format!("{key}{ONE}")) } else { None };
        filled(one.unwrap_or_else(|| self.get(key)), values)
    }

    /// Sentences one after another, as the language sets them.
    #[must_use]
    pub fn sentences(self, sentences: &[String]) -> String {
        sentences.join(match self.language {
            Language::English => " ",
            Language::Chinese => "",
        })
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn parse(source: &str) -> Table {
    // The tables are part of the program and a test reads them: an unreadable one never ships.
    toml::from_str(source).expect("a table of quoted keys and texts")
}

fn retold(table: &Table) -> Table {
    let own = |(key, text): (&String, &String)| Some((key.strip_prefix(RETOLD)?.to_owned(), text.clone()));
    table.iter().filter_map(own).collect()
}
