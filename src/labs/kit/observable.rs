//! Numbers of a page by name: what the status bar shows, and what recorders and lessons ask for.

use crate::{text::Texts, widgets::numbers};

/// The items of the status bar: the observables that have words.
#[must_use]
pub fn status_of(observables: &[Observable], t: Texts) -> Vec<StatusItem> {
    observables.iter().filter(|found| !found.words.is_empty()).map(|found| found.status(t)).collect()
}

/// An item of the status bar: words, and the value in bold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusItem {
    /// Words before the value.
    pub before: String,
    /// The value.
    pub value: String,
    /// Unit or words after it.
    pub after: String,
    /// What it means, for the tooltip.
    pub tip: String,
}

/// A number of the newest frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Observable {
    /// Its name, such as `energy` or `overlap:3`.
    pub id: String,
    /// The key of its short words or of its symbol in the status bar; empty where the value stands alone.
    pub words: &'static str,
    /// The key of the sentence that says what it is.
    pub tip: &'static str,
    /// The unit as it is written after the value; empty for pure numbers.
    pub unit: &'static str,
    /// The key of words after the value where the unit is a word; else empty.
    pub unit_words: &'static str,
    /// The value; none where it has no meaning now.
    pub value: Option<f64>,
    /// Its standard error, where one is known.
    pub error: Option<f64>,
    /// How it is written.
    pub format: Format,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As a whole number, in groups of three digits.
    Whole,
    /// With so many decimals.
    Decimals(usize),
    /// With three significant digits.
    ThreeDigits,
}

impl Observable {
    /// Builds an observable that has no error of its own.
    pub fn new(id: impl Into<String>, value: f64, format: Format) -> Self {
        Self { id: id.into(), words: "", tip: "", unit: "", unit_words: "", value: Some(value), error: None, format }
    }

    /// Builds it with the keys of its words and of what it is.
    #[must_use]
    pub fn said(self, words: &'static str, tip: &'static str) -> Self {
        Self { words, tip, ..self }
    }

    /// Builds it with a unit.
    #[must_use]
    pub fn in_units(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// Builds it with the key of a unit that is a word of a language.
    #[must_use]
    pub fn counted(self, unit_words: &'static str) -> Self {
        Self { unit_words, ..self }
    }

    /// The value as it is written; a dash where it has no meaning now.
    #[must_use]
    pub fn written(&self) -> String {
        let Some(value) = self.value.filter(|value| value.is_finite()) else { return "\u{2014}".to_owned() };
        match self.format {
            Format::Whole => numbers::whole(value.max(0.0).round() as u64),
            Format::Decimals(decimals) => numbers::fixed(value, decimals),
            Format::ThreeDigits => numbers::three_digits(value),
        }
    }

    /// The item of the status bar that shows it.
    #[must_use]
    pub fn status(&self, texts: Texts) -> StatusItem {
        let word = |key: &'static str| if key.is_empty() { String::new() } else { texts.get(key).to_owned() };
        let after = if self.unit_words.is_empty() { self.unit.to_owned() } else { word(self.unit_words) };
        StatusItem { before: word(self.words), value: self.written(), after, tip: word(self.tip) }
    }
}
