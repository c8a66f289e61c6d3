//! The share of the flat valley against temperature and over time.

use egui::{Align2, Stroke, Ui, vec2};
use egui_plot::LineStyle;

use super::{
    frame::{Crowd, SharpFrame},
    panels::color,
    settings::TEMPERATURES,
};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        plot::{Axes, ball, line, measured_point, painted, round_ticks, sentence},
        tokens::{bold, size},
    },
};

/// Draws the exact shares against temperature with what was counted.
pub(super) fn heat_ui(frame: &SharpFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (low, high) = (*TEMPERATURES.start(), *TEMPERATURES.end());
    let axes = Axes {
        x: [low - 0.02, high + 0.02],
        y: [0.45, 1.02],
        x_ticks: round_ticks(low, high, 5),
        y_ticks: round_ticks(0.5, 1.0, 5),
        x_label: Some(t.get("sharp.axis.temperature")),
        y_label: t.get("sharp.axis.share"),
    };
    let curve = |of: usize| -> Vec<[f64; 2]> { frame.curves.iter().map(|row| [row[0], row[of]]).collect() };
    let (thermal, curved) = (curve(1), curve(2));
    let [first, second] = [Crowd::Thermal, Crowd::Curved].map(|crowd| color(crowd, tokens));
    let (thermal_line, curved_line) = (thermal.clone(), curved.clone());
    painted(
        ui,
        "share against temperature",
        &axes,
        move |plot| {
            plot.line(line(&thermal_line, first, 2.0, LineStyle::dashed_dense()));
            plot.line(line(&curved_line, second, 2.0, LineStyle::Solid));
        },
        |painter, at| {
            let now = [at(frame.temperature, axes.y[0]), at(frame.temperature, axes.y[1])];
            painter.extend(egui::Shape::dashed_line(&now, Stroke::new(1.0, tokens.acc), 4.0, 4.0));
            for dot in &frame.dots {
                for (share, ink) in dot.shares.iter().zip([first, second]) {
                    let bar = [share.value - share.error, share.value + share.error];
                    measured_point(painter, at, [dot.temperature, share.value], bar, 4.0, ink);
                }
            }
            // Names stand at the hot end, where the curves are far enough from each other to tell.
            for (curve, crowd, lift) in [(&thermal, Crowd::Thermal, 4.0), (&curved, Crowd::Curved, -4.0)] {
                let Some(end) = curve.get(curve.len() * 3 / 5) else { continue };
                let align = if lift > 0.0 { Align2::LEFT_TOP } else { Align2::LEFT_BOTTOM };
                let place = at(end[0], end[1]) + vec2(0.0, lift);
                painter.text(place, align, t.get(crowd.words()[0]), bold(size::CAPTION), color(crowd, tokens));
            }
        },
    );
}

/// Draws the shares over time, each with its exact value.
pub(super) fn time_ui(frame: &SharpFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let last = frame.history.last().map_or(10.0, |row| f64::from(row[0])).max(10.0);
    let axes = Axes {
        x: [0.0, 1.02 * last],
        y: [0.3, 1.02],
        x_ticks: round_ticks(0.0, last, 5),
        y_ticks: round_ticks(0.4, 1.0, 4),
        x_label: Some(t.get("sharp.axis.time")),
        y_label: t.get("sharp.axis.share"),
    };
    let curve = |crowd: Crowd| -> Vec<[f64; 2]> {
        frame.history.iter().map(|row| [f64::from(row[0]), f64::from(row[crowd.place() + 1])]).collect()
    };
    let curves = Crowd::ALL.map(|crowd| (curve(crowd), color(crowd, tokens)));
    let ends = curves.each_ref().map(|(curve, ink)| (curve.last().copied(), *ink));
    painted(
        ui,
        "share over time",
        &axes,
        move |plot| {
            let styles = [LineStyle::dashed_dense(), LineStyle::Solid, LineStyle::dotted_dense()];
            for ((curve, ink), style) in curves.iter().zip(styles) {
                plot.line(line(curve, *ink, 2.0, style));
            }
        },
        |painter, at| {
            for crowd in Crowd::ALL {
                let exact = frame.crowds[crowd.place()].exact;
                let level = [at(axes.x[0], exact), at(axes.x[1], exact)];
                painter.extend(egui::Shape::dashed_line(&level, Stroke::new(1.0, tokens.reference), 3.0, 5.0));
            }
            for (end, ink) in ends {
                if let Some(end) = end {
                    ball(painter, at(end[0], end[1]), 4.5, ink, tokens.plot);
                }
            }
            if frame.history.is_empty() {
                let space = egui::Rect::from_two_pos(at(axes.x[0], axes.y[0]), at(axes.x[1], axes.y[1]));
                sentence(painter, space, t.get("sharp.empty"), tokens.t2);
            }
        },
    );
}
