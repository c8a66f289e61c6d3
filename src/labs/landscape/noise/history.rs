//! Ways over time, and when twins agree: both over one logarithmic axis of time that runs from noise to the drawing.

use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::{
    field::color,
    film::{Film, SHORT, Shown, Twins},
    playhead::{share, time_at},
    settings::Direction,
};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens, rich,
        tokens::{bold, regular, size},
    },
};

/// Which of the two plots is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Both, one over the other.
    Both,
    /// The ways alone.
    Ways,
    /// The agreement of twins alone.
    Twins,
}

/// Ways that are shown; more would be a tangle.
const WAYS: usize = 54;
/// Room for the ticks at the left and under the plots.
const LEFT: f32 = 46.0;
const UNDER: f32 = 38.0;
/// Height of the upper plot as a share of both.
const UPPER: f32 = 0.58;
/// Half the range of x.
const RANGE: f32 = 2.8;

/// Draws the plots. Returns the time that the pointer asks for.
pub(super) fn history_ui(shown: &Shown<'_>, part: Part, ui: &mut Ui, cx: &PageContext<'_>) -> Option<f64> {
    let (t, tokens, Shown { film, moment, direction }) = (cx.texts, Tokens::of(ui), *shown);
    let space = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(space.min + vec2(LEFT, 2.0), space.max - vec2(6.0, UNDER));
    let cut = inner.top() + UPPER * inner.height();
    let (upper, lower) = match part {
        Part::Both => (
            Some(Rect::from_min_max(inner.min, pos2(inner.right(), cut - 5.0))),
            Some(Rect::from_min_max(pos2(inner.left(), cut + 5.0), inner.max)),
        ),
        Part::Ways => (Some(inner), None),
        Part::Twins => (None, Some(inner)),
    };
    let response = ui.interact(inner, ui.scope_id().with("time"), Sense::click_and_drag());
    let painter = ui.painter();
    let x = |time: f64| inner.left() + inner.width() * share(time) as f32;
    let plots: Vec<Rect> = [upper, lower].into_iter().flatten().collect();
    for rect in &plots {
        painter.rect(*rect, 0, tokens.plot, Stroke::new(1.0, tokens.grid), egui::StrokeKind::Inside);
        for decade in [1.0, 0.1, 0.01, 0.001] {
            painter.vline(x(decade), rect.y_range(), Stroke::new(1.0, tokens.grid));
        }
    }
    if let Some(rect) = upper {
        let y = |value: f32| rect.center().y - value / RANGE * rect.height() / 2.0;
        let ticks = [(-2.0, "\u{2212}2"), (0.0, "0"), (2.0, "2")].map(|(value, words)| (y(value), words));
        scale(painter, rect, &ticks, t.get("noise.axis.x"), tokens);
        ways(&painter.with_clip_rect(rect), film, direction, &|time, value| pos2(x(time), y(value)), tokens);
        ends(painter, rect, cx, tokens);
    }
    if let Some(rect) = lower {
        let up = |value: f64| rect.bottom() - 4.0 - (rect.height() - 12.0) * value as f32;
        let ticks = [(0.0, "0"), (0.5, "0.5"), (1.0, "1")].map(|(value, words)| (up(value), words));
        scale(painter, rect, &ticks, t.get("noise.axis.twins"), tokens);
        twins(film, painter, &|time, value| pos2(x(time), up(value)), cx, tokens);
    }
    clocks(film, painter, &plots, lower, &x, cx, tokens);
    let now = x(film.times[moment]);
    for rect in &plots {
        painter.vline(now, rect.y_range(), Stroke::new(2.0, tokens.text));
    }
    for (time, words) in [(4.0, "4"), (1.0, "1"), (0.1, "0.1"), (0.01, "0.01"), (0.001, "0.001")] {
        let at = pos2(x(time), inner.bottom() + 4.0);
        painter.text(at, Align2::CENTER_TOP, words, regular(size::TICK), tokens.t2);
    }
    let below = pos2(inner.center().x, inner.bottom() + 20.0);
    painter.text(below, Align2::CENTER_TOP, t.get("noise.axis.time"), regular(size::CAPTION), tokens.t2);
    let pointer = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged())?;
    Some(time_at(f64::from((pointer.x - inner.left()) / inner.width())))
}

/// Paints the lines and labels of an axis along y, and its name.
fn scale(painter: &Painter, rect: Rect, ticks: &[(f32, &str)], name: &str, tokens: &Tokens) {
    for &(y, words) in ticks {
        painter.hline(rect.x_range(), y, Stroke::new(1.0, tokens.grid));
        painter.text(pos2(rect.left() - 6.0, y), Align2::RIGHT_CENTER, words, regular(size::TICK), tokens.t2);
    }
    let galley = painter.layout_job(rich(name, regular(size::CAPTION), tokens.t2));
    let half = galley.size().x.min(rect.height()) / 2.0;
    let place = pos2(rect.left() - LEFT, rect.center().y + half);
    painter.add(egui::epaint::TextShape::new(place, galley, tokens.t2).with_angle(-std::f32::consts::FRAC_PI_2));
}

/// Names both ends of the ways.
fn ends(painter: &Painter, rect: Rect, cx: &PageContext<'_>, tokens: &Tokens) {
    for (at, align, key) in [
        (rect.left_top() + vec2(8.0, 6.0), Align2::LEFT_TOP, "noise.ends.noise"),
        (rect.right_top() + vec2(-8.0, 6.0), Align2::RIGHT_TOP, "noise.ends.drawing"),
    ] {
        let words = painter.layout_no_wrap(cx.texts.get(key).to_owned(), regular(size::CAPTION), tokens.text);
        let place = align.anchor_size(at, words.size());
        painter.rect_filled(place.expand(2.0), 2, tokens.plot.gamma_multiply(0.8));
        painter.galley(place.min, words, tokens.text);
    }
}

/// Marks the measured times in all plots, with their names in that of the twins.
fn clocks(
    film: &Film,
    painter: &Painter,
    plots: &[Rect],
    named: Option<Rect>,
    x: &dyn Fn(f64) -> f32,
    cx: &PageContext<'_>,
    tokens: &Tokens,
) {
    for (time, key, color, down) in
        [(film.decided, "noise.mark.decided", tokens.acc, 0.3), (film.copied, "noise.mark.copied", tokens.warn, 0.12)]
    {
        // What is earlier than the axis has no place on it.
        let Some(time) = time.filter(|&time| time >= SHORT) else { continue };
        for rect in plots {
            let ends = [pos2(x(time), rect.top()), pos2(x(time), rect.bottom())];
            painter.extend(Shape::dashed_line(&ends, Stroke::new(2.0, color), 4.0, 4.0));
        }
        let Some(last) = named else { continue };
        let words = painter.layout_no_wrap(cx.texts.get(key).to_owned(), bold(size::CAPTION), color);
        let left = x(time) - words.size().x - 6.0;
        let left = if left < last.left() + 4.0 { x(time) + 6.0 } else { left };
        let at = pos2(left, last.top() + down * last.height() - words.size().y / 2.0);
        painter.rect_filled(Rect::from_min_size(at, words.size()).expand(2.0), 2, tokens.plot);
        painter.galley(at, words, color);
    }
}

/// The points whose ways are shown: every one, or as many as there is room for.
pub(super) fn shown_ways(film: &Film, direction: Direction) -> impl ExactSizeIterator<Item = usize> + use<> {
    let count = if direction == Direction::Back { film.back[0].len() } else { film.out[0].len() };
    (0..count).step_by(count.div_ceil(WAYS))
}

/// Paints x of some points against time; those of the second kind dashed.
fn ways(painter: &Painter, film: &Film, direction: Direction, at: &dyn Fn(f64, f32) -> Pos2, tokens: &Tokens) {
    let places = if direction == Direction::Back { &film.back } else { &film.out };
    // As many moments as the plot can show.
    let moments: Vec<usize> = (0..film.times.len()).step_by((film.times.len() / 220).max(1)).collect();
    for index in shown_ways(film, direction) {
        let kind = film.kind(index, direction);
        // What flew away would be a line without end.
        let x = |moment: usize| places[moment][index][0].clamp(-2.0 * RANGE, 2.0 * RANGE);
        let way: Vec<Pos2> = moments.iter().map(|&moment| at(film.times[moment], x(moment))).collect();
        if way.iter().any(|place| !place.y.is_finite()) {
            continue;
        }
        let stroke = Stroke::new(1.0, color(kind, tokens).gamma_multiply(0.8));
        if kind == 0 {
            painter.add(Shape::line(way, stroke));
        } else {
            painter.extend(Shape::dashed_line(&way, stroke, 5.0, 3.0));
        }
    }
}

fn twins(film: &Film, painter: &Painter, at: &dyn Fn(f64, f64) -> Pos2, cx: &PageContext<'_>, tokens: &Tokens) {
    let line = |of: &dyn Fn(&Twins) -> f64| -> Vec<Pos2> {
        film.twins
            .iter()
            .filter(|twins| twins.time >= SHORT)
            .map(|twins| at(twins.time, of(twins).clamp(0.0, 1.0)))
            .collect()
    };
    let named = |key: &'static str, place: Pos2, align: Align2, color: Color32| {
        painter.text(place, align, cx.texts.get(key), bold(size::CAPTION), color);
    };
    if film.has_classes {
        painter.add(Shape::line(line(&|twins| twins.class), Stroke::new(2.5, tokens.series[0])));
        let place = at(film.decided.unwrap_or(0.3) / 8.0, 0.93);
        named("noise.twins.class", place, Align2::LEFT_TOP, tokens.series[0]);
    }
    let points = line(&|twins| twins.point);
    painter.extend(Shape::dashed_line(&points, Stroke::new(2.5, tokens.series[1]), 7.0, 3.0));
    named("noise.twins.point", at(0.06, 0.2), Align2::CENTER_BOTTOM, tokens.series[1]);
}
