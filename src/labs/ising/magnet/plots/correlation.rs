//! G(r) on logarithmic axes, with the line it lies on at the critical point and the decay it follows elsewhere.

use egui::{Align2, Stroke, Ui, vec2};
use egui_plot::LineStyle;

use crate::{
    labs::{ising::magnet::frame::MagnetFrame, kit::PageContext},
    physics::{ising::exact, statistics::Estimate},
    widgets::{
        Tokens, numbers,
        plot::{Axes, line, log_ticks, measured_point, painted_log},
        tokens::{regular, size},
    },
};

/// Lowest correlation shown.
const LOWEST: f64 = 0.005;

/// Draws the correlation function G(r) against the distance r.
pub(super) fn correlation_ui(frame: &MagnetFrame, connected: bool, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let found = &frame.correlation;
    let farthest = (frame.settings.size as f64 / 2.0).max(4.0);
    let x = [-0.05, farthest.log10() + 0.05];
    let y = [LOWEST.log10(), 0.08];
    let axes = Axes {
        x,
        y,
        x_ticks: log_ticks(0.0, x[1], 6),
        y_ticks: log_ticks(y[0], y[1], 6),
        x_label: Some(t.get("ising.axis.distance")),
        y_label: t.get(if connected { "ising.axis.connected" } else { "ising.axis.correlation" }),
    };
    let offset = if connected { found.order_square } else { 0.0 };
    let point = |r: f64, value: Estimate| {
        let log = |value: f64| value.max(1e-9).log10();
        let value = Estimate { value: value.value - offset, ..value };
        let bar = [log(value.value - value.error), log(value.value + value.error)];
        (value.value > LOWEST && r > 0.0).then(|| ([r.log10(), log(value.value)], bar))
    };
    let radial: Vec<_> = found.distances.iter().zip(&found.radial).filter_map(|(&r, &value)| point(r, value)).collect();
    let axis: Vec<_> = found.axes.iter().filter_map(|&(r, value)| point(r, value)).collect();
    let guide = guide(frame, connected);
    let (color, second) = (tokens.series[4], tokens.series[1]);
    let is_known = !radial.is_empty();
    // A gap where it is below what is shown.
    let mut paths: Vec<Vec<[f64; 2]>> = vec![Vec::new()];
    for (&r, &value) in found.distances.iter().zip(&found.radial) {
        match (point(r, value), paths.last_mut()) {
            (Some((place, _)), Some(path)) => path.push(place),
            _ => paths.push(Vec::new()),
        }
    }
    // Hot curves leave the upper right free, others the lower left.
    let near = found.distances.iter().zip(&found.radial).find(|(r, _)| **r >= 6.0);
    let low = near.is_none_or(|(_, g)| g.value > 0.12 + offset);
    let guide_line = guide.as_ref().map(|(points, _)| points.clone());
    painted_log(
        ui,
        "correlation",
        &axes,
        [true, true],
        |plot_ui| {
            if let Some(points) = &guide_line {
                plot_ui.line(line(points, tokens.reference, 1.5, LineStyle::Dashed { length: 6.0 }));
            }
            for path in paths.iter().filter(|path| !path.is_empty()) {
                plot_ui.line(line(path, color, 1.5, LineStyle::Solid));
            }
        },
        |painter, at| {
            for (place, bar) in &axis {
                painter.circle_stroke(at(place[0], place[1]), 4.0, Stroke::new(1.5, second));
                painter.line_segment([at(place[0], bar[0].max(y[0])), at(place[0], bar[1])], Stroke::new(1.0, second));
            }
            for (place, bar) in &radial {
                measured_point(painter, at, *place, [bar[0].max(y[0]), bar[1]], 3.0, color);
            }
            let corner = at(x[1], y[1]);
            let mut lines = Vec::new();
            if let Some((_, label)) = &guide {
                lines.push((label.clone(), tokens.reference));
            }
            if is_known {
                let is_hot = frame.settings.temperature > exact::critical_temperature();
                if frame.settings.field == 0.0 && (is_hot || found.length.is_some()) {
                    let known = |length: Estimate| numbers::with_error(length.value, length.error);
                    lines.push((format!("ξ = {}", found.length.map_or_else(|| "—".to_owned(), known)), tokens.text));
                }
                lines.push((t.get("ising.correlation.radial").to_owned(), color));
                lines.push((t.get("ising.correlation.axes").to_owned(), second));
            } else {
                crate::widgets::plot::sentence(
                    painter,
                    painter.clip_rect(),
                    t.get("ising.correlation.waiting"),
                    tokens.t2,
                );
            }
            let (start, align) = if low { (at(x[0], y[0]), Align2::LEFT_BOTTOM) } else { (corner, Align2::RIGHT_TOP) };
            for (row, (text, ink)) in lines.iter().enumerate() {
                let step = 17.0 * if low { row as f32 - (lines.len() - 1) as f32 } else { row as f32 };
                let offset = if low { vec2(8.0, step - 4.0) } else { vec2(-6.0, step + 4.0) };
                crate::widgets::rich::paint(painter, start + offset, align, text, regular(size::CAPTION), *ink);
            }
        },
    );
}

/// The line or decay to compare with, and its formula.
fn guide(frame: &MagnetFrame, connected: bool) -> Option<(Vec<[f64; 2]>, String)> {
    let settings = &frame.settings;
    if settings.field != 0.0 {
        return None;
    }
    let farthest = (settings.size as f64 / 2.0).log10();
    let places = (0..=60).map(|step| farthest * f64::from(step) / 60.0);
    let found = &frame.correlation;
    if (settings.temperature - exact::critical_temperature()).abs() < 0.02 && !connected {
        let points = places.map(|x| [x, exact::critical_correlation(10f64.powf(x)).log10()]).collect();
        return Some((points, "0.7034 r^{−1/4}".to_owned()));
    }
    let is_hot = settings.temperature > exact::critical_temperature();
    if !is_hot && !connected {
        let level = found.order_square;
        return (level > LOWEST).then(|| {
            let level = level.log10();
            (vec![[0.0, level], [farthest, level]], "|m|²".to_owned())
        });
    }
    if !is_hot {
        // Below T_c the connected part falls by another law, and its second moment is not its decay.
        return None;
    }
    let length = found.length?.value;
    let offset = if connected { found.order_square } else { 0.0 };
    // The amplitude is that of the measured curve at about one length.
    let anchor = found.distances.iter().position(|&r| r >= length.max(2.0))?;
    let (r, value) = (found.distances[anchor], found.radial.get(anchor)?.value - offset);
    let shape = |r: f64| -0.5 * r.log10() - r / length * std::f64::consts::LOG10_E;
    if value <= 0.0 {
        return None;
    }
    let lift = value.log10() - shape(r);
    let points = places.map(|x| [x, lift + shape(10_f64.powf(x))]).filter(|point| point[1] > LOWEST.log10() - 0.5);
    Some((points.collect(), "r^{−1/2} e^{−r/ξ}".to_owned()))
}
