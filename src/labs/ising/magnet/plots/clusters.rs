//! How many clusters of each size, on logarithmic axes, with the line of the critical point.

use egui::{Align2, Ui, vec2};
use egui_plot::LineStyle;

use crate::{
    labs::{ising::magnet::frame::MagnetFrame, kit::PageContext},
    physics::ising::{clusters::ClusterKind, exact},
    widgets::{
        Tokens, numbers,
        plot::{Axes, line, log_ticks, measured_point, painted_log},
        tokens::{bold, regular, size},
    },
};

/// Draws the numbers of clusters n(s) against their size s.
pub(super) fn clusters_ui(frame: &MagnetFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let found = &frame.clusters;
    let spins = (frame.settings.size as f64).powi(2);
    let x = [-0.1, spins.log10() + 0.1];
    let y = [-(2.0 * spins.log10()).min(12.0), -0.5];
    let axes = Axes {
        x,
        y,
        x_ticks: log_ticks(0.0, x[1], 4),
        y_ticks: (1..=6).map(|step| (-2.0 * f64::from(step)).max(y[0].floor())).filter(|tick| *tick >= y[0]).collect(),
        x_label: Some(t.get("ising.axis.cluster")),
        y_label: t.get("ising.axis.clusters"),
    };
    let color = tokens.series[0];
    let points: Vec<_> = found
        .distribution
        .iter()
        .filter(|(_, density)| density.value > 0.0)
        .map(|(size, density)| {
            let log = |value: f64| value.max(1e-15).log10();
            let bar = [log(density.value - density.error), log(density.value + density.error)];
            ([size.log10(), log(density.value)], bar)
        })
        .collect();
    // The critical law, through the point of clusters of some ten spins.
    let exponent = found.kind.size_exponent();
    let settings = &frame.settings;
    let is_critical = settings.field == 0.0 && (settings.temperature - exact::critical_temperature()).abs() < 0.05;
    let anchor = points.iter().find(|(place, _)| place[0] >= 1.0 && is_critical).map(|(place, _)| *place);
    let guide: Vec<[f64; 2]> =
        anchor.map(|[x0, y0]| [0.5, 0.9 * x[1]].map(|x| [x, y0 - exponent * (x - x0)]).into()).unwrap_or_default();
    painted_log(
        ui,
        "clusters",
        &axes,
        [true, true],
        |plot_ui| plot_ui.line(line(&guide, tokens.reference, 1.5, LineStyle::Dashed { length: 6.0 })),
        |painter, at| {
            for (place, bar) in &points {
                measured_point(painter, at, *place, [bar[0].max(y[0]), bar[1]], 3.0, color);
            }
            let corner = at(x[1], y[1]) + vec2(-6.0, 4.0);
            if points.is_empty() {
                crate::widgets::plot::sentence(
                    painter,
                    painter.clip_rect(),
                    t.get("ising.correlation.waiting"),
                    tokens.t2,
                );
                return;
            }
            let with_error =
                |value: crate::physics::statistics::Estimate| numbers::with_error(value.value, value.error);
            let mut lines = Vec::new();
            if is_critical {
                lines.push((format!("s^{{\u{2212}{exponent:.2}}}"), tokens.reference));
                if let Some(dimension) = found.dimension {
                    let exact = numbers::fixed(found.kind.dimension(), 3);
                    let values = [("value", &*with_error(dimension)), ("exact", &exact)];
                    lines.push((t.fill("ising.clusters.dimension", &values), tokens.text));
                }
            }
            if let Some(largest) = found.largest {
                lines.push((t.fill("ising.clusters.largest", &[("share", &with_error(largest))]), tokens.text));
            }
            for (row, (text, ink)) in lines.iter().enumerate() {
                let font = if *ink == tokens.text { bold(size::CAPTION) } else { regular(size::CAPTION) };
                crate::widgets::rich::paint(
                    painter,
                    corner + vec2(0.0, 17.0 * row as f32),
                    Align2::RIGHT_TOP,
                    text,
                    font,
                    *ink,
                );
            }
        },
    );
}

/// The name of a kind.
pub(in crate::labs::ising) fn name(kind: ClusterKind) -> &'static str {
    match kind {
        ClusterKind::Geometric => "ising.clusters.geometric",
        ClusterKind::FortuinKasteleyn => "ising.clusters.random",
    }
}
