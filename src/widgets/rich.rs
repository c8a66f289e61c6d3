//! Text with subscripts (`T_{c}`) and superscripts (`x^{1/2}`, `10^{-4}`), and a bold title with its regular symbol.
//!
//! A run in braces after `_` or `^` is set smaller, at the foot or at the head of the line; a hyphen in it is a minus.
//! Everything else stands as it is written.

use egui::{Align, Align2, Color32, FontId, Painter, Pos2, TextFormat, Ui, text::LayoutJob};

use super::tokens::{Tokens, bold, regular, size};

/// Lays out a text with its subscripts and superscripts, in one line.
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

/// Paints a text with its subscripts and superscripts in one line, aligned to a place.
#[expect(clippy::needless_pass_by_value, reason = "fonts are made where they are used")]
pub fn paint(painter: &Painter, place: Pos2, align: Align2, text: &str, font: FontId, color: Color32) {
    let mut job = LayoutJob::default();
    append(&mut job, text, &font, color);
    let galley = painter.layout_job(job);
    painter.galley(align.anchor_size(place, galley.size()).min, galley, color);
}

/// Size of a subscript or superscript, as a share of the size of the text.
const SCRIPT: f32 = 0.72;

/// How a piece of a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Line,
    Subscript,
    Superscript,
}

/// Cuts a text into its pieces, without their marks. A brace that is never closed reaches to the end.
fn pieces(text: &str) -> impl Iterator<Item = (Place, &str)> {
    let mut rest = text;
    let mut next = None;
    std::iter::from_fn(move || {
        if let Some(script) = next.take() {
            return Some(script);
        }
        if rest.is_empty() {
            return None;
        }
        let starts = [("_{", Place::Subscript), ("^{", Place::Superscript)];
        let first = starts.iter().filter_map(|&(mark, place)| Some((rest.find(mark)?, place))).min_by_key(|at| at.0);
        let Some((at, place)) = first else { return Some((Place::Line, std::mem::take(&mut rest))) };
        let (before, marked) = rest.split_at(at);
        let (inside, after) = marked[2..].split_once('}').unwrap_or((&marked[2..], ""));
        rest = after;
        next = Some((place, inside));
        Some((Place::Line, before))
    })
}

/// Appends a text with its subscripts and superscripts to a job.
pub fn append(job: &mut LayoutJob, text: &str, font: &FontId, color: Color32) {
    let script = FontId::new(font.size * SCRIPT, font.family.clone());
    for (place, piece) in pieces(text) {
        let valign = match place {
            Place::Line => {
                job.append(piece, 0.0, TextFormat::simple(font.clone(), color));
                continue;
            }
            Place::Subscript => Align::BOTTOM,
            Place::Superscript => Align::TOP,
        };
        let format = TextFormat { valign, ..TextFormat::simple(script.clone(), color) };
        job.append(&piece.replace('-', "\u{2212}"), 0.0, format);
    }
}

/// The text in one line without its marks, for screen readers and tests: `T_{c}` is Tc, `10^{-4}` is 10^−4 and
/// `t^{1/2}` is t^(1/2).
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (place, piece) in pieces(text) {
        match place {
            Place::Line => plain.push_str(piece),
            Place::Subscript => plain.push_str(&piece.replace('-', "\u{2212}")),
            Place::Superscript => {
                let power = piece.replace('-', "\u{2212}");
                let simple = power.chars().all(|c| c.is_alphanumeric() || c == '\u{2212}');
                let power = if simple { power } else { format!("({power})") };
                plain.push('^');
                plain.push_str(&power);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<(String, f32, Align)> {
        let job = rich(text, regular(20.0), Color32::WHITE);
        let cut = |section: &egui::text::LayoutSection| {
            let range = section.byte_range.start.0..section.byte_range.end.0;
            // To a tenth of a point: how sizes are rounded on the way is no matter.
            let size = (section.format.font_id.size * 10.0).round() / 10.0;
            (job.text[range].to_owned(), size, section.format.valign)
        };
        job.sections.iter().map(cut).filter(|(run, ..)| !run.is_empty()).collect()
    }

    #[test]
    fn powers_are_set_high_and_small_and_indices_low() {
        let run = |text: &str, size: f32, align: Align| (text.to_owned(), size, align);
        let line = |text: &str| run(text, 20.0, Align::BOTTOM);
        let (high, low) = (|text: &str| run(text, 14.4, Align::TOP), |text: &str| run(text, 14.4, Align::BOTTOM));
        assert_eq!(runs("x^{1/2}"), [line("x"), high("1/2")]);
        assert_eq!(runs("r^{-1/4} e"), [line("r"), high("\u{2212}1/4"), line(" e")]);
        assert_eq!(runs("T_{c} L^{1/ν}"), [line("T"), low("c"), line(" L"), high("1/ν")]);
        assert_eq!(runs("10^{-4"), [line("10"), high("\u{2212}4")]);
        assert_eq!(
            runs("a^2 {b}"),
            [line("a^2 {b}")],
            "braces without a mark and powers without braces stand as typed"
        );
    }

    #[test]
    fn what_is_read_aloud_keeps_the_power() {
        assert_eq!(plain("T_{c} = 2.269"), "Tc = 2.269");
        assert_eq!(plain("10^{-4}"), "10^\u{2212}4");
        assert_eq!(plain("t^{1/2} and r^{-1/4}"), "t^(1/2) and r^(\u{2212}1/4)");
    }
}
