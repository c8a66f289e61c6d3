//! Which valley is found: counts of starts that were cooled slowly, or quenched.

use egui::{Align2, Color32, CornerRadius, Rect, Stroke, StrokeKind, Ui, vec2};

use super::{
    counts::{Found, percent},
    explored::Explored,
    work::Work,
};
use crate::{
    labs::kit::{PageContext, deck},
    physics::{landscape::starts::Cooling, statistics::Share},
    text::Texts,
    widgets::{
        Tokens,
        card::captioned,
        numbers,
        plot::{Axes, painted, round_ticks, sentence},
        tokens::{bold, regular, size},
    },
};

/// Valleys that have bars of their own.
const BARS: usize = 8;

/// Valleys that are told apart: each with its mirror, from the deepest pair on, and the number that both have.
pub(super) fn pairs(explored: &Explored) -> Vec<(String, Vec<usize>)> {
    let mut pairs = Vec::new();
    for (leaf, &partner) in explored.partners.iter().enumerate() {
        if partner >= leaf {
            let leaves = if partner == leaf { vec![leaf] } else { vec![leaf, partner] };
            pairs.push((explored.number(leaf).to_owned(), leaves));
        }
    }
    pairs
}

/// Draws the card's title and content.
pub(super) fn found_ui(work: &Work, ui: &mut Ui, cx: &PageContext<'_>, titled: bool) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 4.0;
    if titled {
        deck::title_ui(ui, cx, t.get("valleys.found"), "", |_| {});
    }
    let Some(explored) = &work.explored else { return };
    let caption = caption(work, explored, t);
    captioned(ui, &caption, |ui| bars_ui(&work.found, explored, ui, cx));
}

fn caption(work: &Work, explored: &Explored, t: Texts) -> String {
    let found = &work.found;
    if found.is_empty() {
        return t.get("valleys.found.caption.empty").to_owned();
    }
    let leaves = &explored.tree.leaves;
    // Several valleys may be equally deep.
    let deepest: Vec<usize> = (0..leaves.len()).filter(|&leaf| leaves[leaf].energy == leaves[0].energy).collect();
    if deepest.len() == leaves.len() {
        return t.get("valleys.found.caption.all").to_owned();
    }
    let [slow, quenched] = found.shares(&deepest);
    let (Some(slow), Some(quenched)) = (slow, quenched) else { return t.get("valleys.found.caption.one").to_owned() };
    // What is said of a difference is said only where both errors see it.
    let key = if is_clearly_more(slow, quenched) {
        "valleys.found.caption.slower"
    } else if is_clearly_more(quenched, slow) {
        "valleys.found.caption.less"
    } else {
        "valleys.found.caption.alike"
    };
    let [slow, quenched] = [slow, quenched].map(|share| percent(share.value()));
    t.fill(key, &[("slow", &slow), ("quench", &quenched)])
}

/// Whether one share is larger than another by three of their errors together.
fn is_clearly_more(one: Share, other: Share) -> bool {
    let error = |share: Share| (share.interval().1 - share.interval().0) / 2.0;
    one.value() - other.value() > 3.0 * error(one).hypot(error(other))
}

fn bars_ui(found: &Found, explored: &Explored, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let mut groups = pairs(explored);
    let rest: Vec<usize> = groups.drain(BARS.min(groups.len())..).flat_map(|(_, leaves)| leaves).collect();
    let count = groups.len();
    let has_rest = !rest.is_empty();
    if has_rest {
        groups.push((t.get("valleys.found.rest").to_owned(), rest));
    }
    let shares: Vec<[Option<Share>; 2]> = groups.iter().map(|(_, leaves)| found.shares(leaves)).collect();
    let tallest = shares.iter().flatten().flatten().map(|share| share.interval().1).fold(0.1, f64::max);
    let y = [0.0, 100.0 * (1.12 * tallest).min(1.08)];
    let axes = Axes {
        x: [0.4, groups.len() as f64 + 0.6],
        y,
        // An axis has two ticks at least; a single pair of valleys needs none.
        x_ticks: (1..=count).filter(|_| count > 1).map(|number| number as f64).collect(),
        y_ticks: round_ticks(y[0], y[1], 5),
        x_label: Some(t.get("valleys.axis.valley")),
        y_label: t.get("valleys.axis.share"),
    };
    let colors = [tokens.series[0], tokens.series[1]];
    painted(
        ui,
        "found",
        &axes,
        |_| {},
        |painter, at| {
            let frame = Rect::from_two_pos(at(axes.x[0], y[0]), at(axes.x[1], y[1]));
            if found.is_empty() {
                sentence(painter, frame, t.get("valleys.found.empty"), tokens.t2);
            }
            for (place, both) in shares.iter().enumerate() {
                let middle = place as f64 + 1.0;
                for (kind, share) in both.iter().enumerate() {
                    let Some(share) = share else { continue };
                    let left = middle + if kind == 0 { -0.36 } else { 0.02 };
                    let bar = Rect::from_two_pos(at(left, 0.0), at(left + 0.34, 100.0 * share.value()));
                    bar_ui(painter, bar, kind == 0, colors[kind]);
                    let (low, high) = share.interval();
                    let x = left + 0.17;
                    let ends = [at(x, 100.0 * low), at(x, 100.0 * high)];
                    painter.line_segment(ends, Stroke::new(1.5, tokens.text));
                }
            }
            if has_rest {
                let at = at(count as f64 + 1.0, y[1]);
                painter.text(
                    at + vec2(0.0, 4.0),
                    Align2::CENTER_TOP,
                    t.get("valleys.found.rest"),
                    regular(size::CAPTION),
                    tokens.t2,
                );
            }
            legend(found, painter, frame, colors, has_rest, t);
        },
    );
}

fn bar_ui(painter: &egui::Painter, bar: Rect, filled: bool, color: Color32) {
    if filled {
        painter.rect_filled(bar, CornerRadius::same(2), color);
    } else {
        painter.rect_stroke(bar, CornerRadius::same(2), Stroke::new(2.0, color), StrokeKind::Inside);
    }
}

/// Names of the two kinds: filled, and hollow.
fn legend(found: &Found, painter: &egui::Painter, frame: Rect, colors: [Color32; 2], has_rest: bool, t: Texts) {
    let slow = found.sweeps().map(|sweeps| {
        let sweeps = numbers::whole(u64::from(sweeps));
        t.fill("valleys.found.slow", &[("sweeps", &sweeps)])
    });
    let quench = (found.tries(Cooling::Quench) > 0).then(|| t.get("valleys.found.quench").to_owned());
    let mut top = frame.top() + if has_rest { 24.0 } else { 8.0 };
    for (words, (filled, color)) in [slow, quench].into_iter().zip([(true, colors[0]), (false, colors[1])]) {
        let Some(words) = words else { continue };
        let galley = painter.layout_no_wrap(words, bold(size::CAPTION), color);
        let left = frame.right() - 8.0 - galley.size().x;
        let swatch = Rect::from_min_size(egui::pos2(left - 20.0, top + 3.0), vec2(12.0, 12.0));
        bar_ui(painter, swatch, filled, color);
        painter.galley(egui::pos2(left, top), galley, color);
        top += 20.0;
    }
}
