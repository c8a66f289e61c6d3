//! Text with low-aligned runs (T_{c}) and a bold title with its regular symbol.

use egui::{Align, Color32, FontId, TextFormat, Ui, text::LayoutJob};

use super::tokens::{Tokens, bold, regular, size};

/// Lays out a text in which `_{c}` is a smaller, low-aligned run.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "fonts are made where they are used")]
pub fn rich(text: &str, font: FontId, color: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, text, &font, color);
    job
}

/// A bold title and its symbol in regular type.
#[must_use]
pub fn title(text: &str, symbol: &str, size: f32, color: Color32, second: Color32) -> LayoutJob {
    let mut job = rich(text, bold(size), color);
    if !symbol.is_empty() {
        append(&mut job, " ", &regular(size), second);
        append(&mut job, symbol, &regular(size), second);
    }
    job
}

/// A line in caption type, wrapped: what a choice does.
pub fn note(ui: &mut Ui, text: &str) {
    let mut job = rich(text, regular(size::CAPTION), Tokens::of(ui).t2);
    job.wrap.max_width = ui.available_width();
    ui.label(job);
}

/// Appends such a text to a job.
pub fn append(job: &mut LayoutJob, text: &str, font: &FontId, color: Color32) {
    let low = FontId::new(font.size * 0.72, font.family.clone());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_{") {
        let (inside, after) = after.split_once('}').unwrap_or((after, ""));
        job.append(before, 0.0, TextFormat::simple(font.clone(), color));
        let format = TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(low.clone(), color) };
        job.append(inside, 0.0, format);
        rest = after;
    }
    job.append(rest, 0.0, TextFormat::simple(font.clone(), color));
}

/// The text without its marks, for screen readers and tests.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace("_{", "").replace('}', "")
}
