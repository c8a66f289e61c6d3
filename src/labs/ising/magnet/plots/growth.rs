//! Growing patches after a quench, and the areas of field cycles: power laws on logarithmic axes.

use egui::{Align2, Ui, vec2};
use egui_plot::LineStyle;

use crate::labs::ising::common::coarsening_plot::{Law, coarsening_ui};
use crate::{
    labs::{ising::magnet::frame::MagnetFrame, kit::PageContext},
    physics::ising::exact,
    widgets::{
        Tokens, numbers,
        plot::{Axes, line, log_ticks, painted_log},
        tokens::{bold, size},
    },
};

/// R against time since the quench.
pub(super) fn domains_ui(frame: &MagnetFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let is_quench = frame.settings.field == 0.0 && frame.settings.temperature < exact::critical_temperature();
    let points = if is_quench { &frame.growth[..] } else { &[] };
    let law = Law { exponent: 0.5, name: "t^{1/2}", nothing: "ising.growth.empty" };
    coarsening_ui(points, frame.growth_exponent, frame.settings.size, &law, ui, cx);
}

/// Area against rate, a colour for each temperature.
pub(super) fn areas_ui(frame: &MagnetFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let loops = &frame.loops;
    let fold = |value: fn(&crate::labs::ising::magnet::ramp::LoopArea) -> f64, low: f64, high: f64| {
        let all = loops.iter().map(value).filter(|value| *value > 0.0);
        let bounds = all.fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
        [bounds.0.log10() - 0.1, bounds.1.log10() + 0.1]
    };
    let (x, y) = (fold(|area| area.rate, 3e-4, 3e-2), fold(|area| area.area, 0.1, 6.0));
    let axes = Axes {
        x,
        y,
        x_ticks: log_ticks(x[0], x[1], 5),
        y_ticks: log_ticks(y[0], y[1], 5),
        x_label: Some(t.get("ising.axis.rate")),
        y_label: t.get("ising.axis.area"),
    };
    let mut temperatures: Vec<f64> = loops.iter().map(|area| area.temperature).collect();
    temperatures.sort_by(f64::total_cmp);
    temperatures.dedup();
    let of = |temperature: f64| -> Vec<[f64; 2]> {
        let mut points: Vec<[f64; 2]> = loops
            .iter()
            .filter(|area| area.temperature == temperature && area.area > 0.0)
            .map(|area| [area.rate.log10(), area.area.log10()])
            .collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        points
    };
    let curves: Vec<_> = temperatures
        .iter()
        .enumerate()
        .map(|(index, &temperature)| (temperature, of(temperature), tokens.series[index % tokens.series.len()]))
        .collect();
    painted_log(
        ui,
        "areas",
        &axes,
        [true, true],
        |plot_ui| {
            for (_, points, color) in &curves {
                plot_ui.line(line(points, *color, 1.5, LineStyle::Solid));
            }
        },
        |painter, at| {
            for (row, (temperature, points, color)) in curves.iter().enumerate() {
                for point in points {
                    painter.circle_filled(at(point[0], point[1]), 3.5, *color);
                }
                let corner = at(x[0], y[1]) + vec2(8.0, 4.0 + 17.0 * row as f32);
                let text = format!("T = {}", numbers::fixed(*temperature, 2));
                painter.text(corner, Align2::LEFT_TOP, text, bold(size::CAPTION), *color);
            }
            if curves.is_empty() {
                crate::widgets::plot::sentence(painter, painter.clip_rect(), t.get("ising.loops.empty"), tokens.t2);
            }
        },
    );
}
