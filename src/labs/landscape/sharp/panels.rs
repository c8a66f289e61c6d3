//! The three crowds, one over the other: balls on the potential, their density, and the exact one.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::frame::{COLUMNS, Crowd, CrowdFrame, SharpFrame, column, range};
use crate::{
    labs::kit::PageContext,
    physics::landscape::potentials::Potential,
    widgets::{
        Tokens, numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// The energy at the upper edge of a picture; the hill between the valleys is ¼.
const HIGHEST: f64 = 0.62;

/// The colour of a crowd.
pub(super) fn color(crowd: Crowd, tokens: &Tokens) -> Color32 {
    tokens.series[[1, 2, 4][crowd.place()]]
}

/// Draws the crowds.
pub(super) fn panels_ui(frame: &SharpFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let space = ui.available_rect_before_wrap();
    let gap = 8.0;
    let height = (space.height() - 2.0 * gap) / 3.0;
    for crowd in Crowd::ALL {
        let top = space.top() + crowd.place() as f32 * (height + gap);
        let rect = Rect::from_min_size(pos2(space.left(), top), vec2(space.width(), height));
        panel_ui(frame, crowd, ui, rect, cx);
    }
}

fn panel_ui(frame: &SharpFrame, crowd: Crowd, ui: &Ui, rect: Rect, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let shown = &frame.crowds[crowd.place()];
    ui.painter().rect(rect, 3, tokens.plot, Stroke::new(1.0, tokens.grid), egui::StrokeKind::Inside);
    if shown.density.len() != COLUMNS {
        return;
    }
    let painter = ui.painter().with_clip_rect(rect);
    let [low, high] = range(frame.width);
    let inner = rect.shrink2(vec2(0.0, 6.0));
    let x = |x: f64| inner.left() + inner.width() * ((x - low) / (high - low)) as f32;
    let y = |energy: f64| inner.bottom() - 8.0 - (inner.height() - 8.0) * (energy / HIGHEST).min(1.5) as f32;
    let ink = color(crowd, tokens);
    densities(shown, crowd, &painter, inner, &x, frame.width, ink, tokens);
    let line = frame.line();
    let curve: Vec<Pos2> = (0..=160)
        .map(|step| low + (high - low) * f64::from(step) / 160.0)
        .map(|at| pos2(x(at), y(line.energy([at]))))
        .collect();
    painter.add(Shape::line(curve, Stroke::new(2.0, tokens.text)));
    for &ball in &shown.balls {
        let at = f64::from(ball);
        painter.circle(pos2(x(at), y(line.energy([at])) - 5.0), 4.5, ink, Stroke::new(1.0, tokens.plot));
    }
    words(frame, shown, crowd, &painter, rect, cx, tokens);
}

/// Paints the counted density as bars and the exact one as a line, on a scale of its own.
#[expect(clippy::too_many_arguments, reason = "a part of one picture")]
fn densities(
    shown: &CrowdFrame,
    crowd: Crowd,
    painter: &egui::Painter,
    inner: Rect,
    x: &dyn Fn(f64) -> f32,
    width: f64,
    ink: Color32,
    tokens: &Tokens,
) {
    let most = shown.density.iter().chain(&shown.exact_density).copied().fold(1e-6, f32::max);
    let up = |density: f32| inner.bottom() - 0.62 * inner.height() * density / most;
    let half = (x(column(1, width)) - x(column(0, width))) / 2.0;
    for (place, &density) in shown.density.iter().enumerate().filter(|(_, density)| **density > 0.0) {
        let middle = x(column(place, width));
        let bar = Rect::from_min_max(pos2(middle - half, up(density)), pos2(middle + half, inner.bottom()));
        painter.rect_filled(bar, 0, ink.gamma_multiply(0.35));
    }
    if crowd != Crowd::Descent {
        let line = |(place, &density): (usize, &f32)| pos2(x(column(place, width)), up(density));
        let exact: Vec<Pos2> = shown.exact_density.iter().enumerate().map(line).collect();
        painter.extend(Shape::dashed_line(&exact, Stroke::new(1.5, tokens.reference), 5.0, 3.0));
    }
}

fn words(
    frame: &SharpFrame,
    shown: &CrowdFrame,
    crowd: Crowd,
    painter: &egui::Painter,
    rect: Rect,
    cx: &PageContext<'_>,
    tokens: &Tokens,
) {
    let t = cx.texts;
    let name = painter.layout_no_wrap(t.get(crowd.words()[0]).to_owned(), bold(size::BODY), color(crowd, tokens));
    let place = pos2(rect.center().x - name.size().x / 2.0, rect.top() + 6.0);
    painter.rect_filled(Rect::from_min_size(place, name.size()).expand(2.0), 2, tokens.plot.gamma_multiply(0.8));
    painter.galley(place, name, color(crowd, tokens));
    let share = match shown.counted {
        Some(counted) => {
            let counted = numbers::with_error(counted.value, counted.error);
            t.fill("sharp.share.counted", &[("share", &counted), ("exact", &numbers::fixed(shown.exact, 3))])
        }
        None => t.fill("sharp.share.now", &[("share", &numbers::fixed(shown.now, 2))]),
    };
    let galley = painter.layout_job(rich(&share, regular(size::CAPTION), tokens.text));
    let at = pos2(rect.center().x - galley.size().x / 2.0, rect.top() + 26.0);
    painter.rect_filled(Rect::from_min_size(at, galley.size()).expand(2.0), 2, tokens.plot.gamma_multiply(0.8));
    painter.galley(at, galley, tokens.text);
    if crowd == Crowd::Thermal {
        let w = numbers::fixed(frame.width, 1);
        let ends = [
            (rect.left_top() + vec2(10.0, 6.0), Align2::LEFT_TOP, t.fill("sharp.flat", &[("width", &w)])),
            (rect.right_top() + vec2(-10.0, 6.0), Align2::RIGHT_TOP, t.get("sharp.sharp").to_owned()),
        ];
        for (at, align, words) in ends {
            let words = painter.layout_no_wrap(words, regular(size::CAPTION), tokens.t2);
            let place = align.anchor_size(at, words.size());
            painter.rect_filled(place.expand(2.0), 2, tokens.plot.gamma_multiply(0.8));
            painter.galley(place.min, words, tokens.t2);
        }
    }
}
