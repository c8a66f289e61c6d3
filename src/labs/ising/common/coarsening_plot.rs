//! Growing domains after a quench, on logarithmic axes, with the law they ought to follow.

use egui::{Align2, Ui, vec2};
use egui_plot::LineStyle;

use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens, numbers,
        plot::{Axes, line, log_ticks, painted_log},
        tokens::{bold, regular, size},
    },
};

/// How patches ought to grow.
pub(in crate::labs::ising) struct Law {
    /// n of R ∝ t^n.
    pub exponent: f64,
    /// The law as it is written beside its line.
    pub name: &'static str,
    /// What to say while there are no patches.
    pub nothing: &'static str,
}

/// Draws sizes of patches against time, the law beside them.
pub(in crate::labs::ising) fn coarsening_ui(
    growth: &[[f64; 2]],
    exponent: Option<f64>,
    side: usize,
    law: &Law,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let largest = side as f64;
    let longest = growth.last().map_or(1000.0, |point| point[0].max(1000.0));
    let (x, y) = ([0.0, longest.log10() + 0.1], [0.0, largest.log10() + 0.1]);
    let axes = Axes {
        x,
        y,
        x_ticks: log_ticks(x[0], x[1], 5),
        y_ticks: log_ticks(y[0], y[1], 5),
        x_label: Some(t.get("ising.axis.since")),
        y_label: t.get("ising.axis.patch"),
    };
    let color = tokens.series[4];
    let points: Vec<[f64; 2]> = growth.iter().map(|point| point.map(f64::log10)).collect();
    let anchor = points.iter().find(|point| point[0] >= 1.0);
    let guide: Vec<[f64; 2]> =
        anchor.map(|[x0, y0]| [0.4, x[1]].map(|x| [x, y0 + law.exponent * (x - x0) + 0.12]).into()).unwrap_or_default();
    painted_log(
        ui,
        "growth",
        &axes,
        [true, true],
        |plot_ui| {
            plot_ui.line(line(&guide, tokens.reference, 1.5, LineStyle::Dashed { length: 6.0 }));
            plot_ui.line(line(&points, color, 2.0, LineStyle::Solid));
        },
        |painter, at| {
            if points.is_empty() {
                crate::widgets::plot::sentence(painter, painter.clip_rect(), t.get(law.nothing), tokens.t2);
                return;
            }
            for point in &points {
                painter.circle_filled(at(point[0], point[1]), 2.5, color);
            }
            let corner = at(x[0], y[1]) + vec2(8.0, 4.0);
            crate::widgets::rich::paint(
                painter,
                corner,
                Align2::LEFT_TOP,
                law.name,
                regular(size::CAPTION),
                tokens.reference,
            );
            if let Some(exponent) = exponent {
                let text = t.fill("ising.growth.exponent", &[("value", &numbers::fixed(exponent, 2))]);
                painter.text(corner + vec2(0.0, 17.0), Align2::LEFT_TOP, text, bold(size::CAPTION), color);
            }
        },
    );
}
