//! Order and energy against temperature, against time, and order against the field.

use std::sync::{Arc, LazyLock};

use egui::{Galley, Painter, Ui, pos2, vec2};
use egui_plot::LineStyle;

use crate::labs::ising::common::ranges::STRONGEST_FIELD;
use crate::labs::ising::common::time_plot::{OverTime, order_and_energy_ui};
use crate::labs::ising::common::trail::TrailDot;
use crate::{
    labs::{
        ising::magnet::{frame::MagnetFrame, settings::HOTTEST},
        kit::PageContext,
    },
    physics::ising::exact,
    widgets::{
        Tokens,
        plot::{Axes, ball, line, painted, round_ticks},
        tokens::{regular, size},
    },
};

/// |m| of the infinite lattice, dense where it falls.
static ORDER_CURVE: LazyLock<Vec<[f64; 2]>> = LazyLock::new(|| {
    let critical = exact::critical_temperature();
    let below = (0..=200).map(|i| critical * (1.0 - (1.0 - f64::from(i) / 200.0).powi(3)));
    let curve = below.map(|t| [t, exact::spontaneous_magnetization(t)]);
    curve.chain([[critical, 0.0], [HOTTEST, 0.0]]).collect()
});

static ENERGY_CURVE: LazyLock<Vec<[f64; 2]>> =
    LazyLock::new(|| (0..=400).map(|i| HOTTEST * f64::from(i) / 400.0).map(|t| [t, exact::energy(t)]).collect());

/// The range of temperatures shown, in J/k: about the critical one, and as far in halves as the dots go.
fn warmth(temperatures: impl Iterator<Item = f64>) -> [f64; 2] {
    temperatures.fold([1.0, 3.5], |[low, high]: [f64; 2], temperature| {
        [low.min((2.0 * temperature).floor() / 2.0), high.max((2.0 * temperature).ceil() / 2.0)]
    })
}

/// Lays a text out between two places so that no word is broken: smaller, and from further left, where there is little room.
/// Returns where it begins.
fn unbroken(painter: &Painter, text: &str, [left, right]: [f32; 2], tokens: &Tokens) -> (Arc<Galley>, f32) {
    let laid_out = |text: &str, size: f32, width: f32| {
        let mut job = crate::widgets::rich(text, regular(size), tokens.t2);
        job.wrap.max_width = width;
        painter.layout_job(job)
    };
    let longest = |size: f32| {
        let widths = text.split_whitespace().map(|word| laid_out(word, size, f32::INFINITY).size().x.ceil());
        widths.fold(0.0, f32::max)
    };
    let size = if longest(size::CAPTION) <= right - left { size::CAPTION } else { size::TICK };
    let width = (right - left).max(longest(size));
    (laid_out(text, size, width), right - width)
}

/// Order (or energy) against T: the exact curve, the trail and the dot of now.
pub(in crate::labs::ising) fn against_temperature_ui(
    frame: &MagnetFrame,
    ui: &mut Ui,
    cx: &PageContext<'_>,
    order: bool,
) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let value = move |dot: &TrailDot| if order { dot.order } else { dot.energy };
    let now = TrailDot { temperature: frame.settings.temperature, order: frame.order.abs(), energy: frame.energy };
    let without_field = frame.settings.field == 0.0;
    let [low, high] = warmth(frame.trail.iter().chain([&now]).map(|dot| dot.temperature));
    let axes = Axes {
        // So that a dot at an end is whole.
        x: [(low - 0.06).max(0.0), (high + 0.06).min(HOTTEST)],
        y: if order { [-0.02, 1.06] } else { [-2.1, 0.1] },
        x_ticks: round_ticks(low, high, 5),
        y_ticks: if order { vec![0.0, 0.5, 1.0] } else { vec![-2.0, -1.5, -1.0, -0.5, 0.0] },
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: match (order, frame.settings.is_staggered()) {
            (true, false) => t.get("ising.axis.order"),
            (true, true) => t.get("ising.axis.staggered"),
            (false, _) => t.get("ising.axis.energy"),
        },
    };
    // With a field the energy has its −h m and goes lower.
    let axes = if order || without_field {
        axes
    } else {
        Axes { y: [-4.1, 0.1], y_ticks: vec![-4.0, -3.0, -2.0, -1.0, 0.0], ..axes }
    };
    let color = if order { tokens.series[0] } else { tokens.series[1] };
    let trail = &frame.trail;
    painted(
        ui,
        if order { "order" } else { "energy" },
        &axes,
        |plot_ui| {
            if without_field {
                let curve = if order { &*ORDER_CURVE } else { &*ENERGY_CURVE };
                plot_ui.line(line(curve, tokens.reference, 2.0, LineStyle::Solid));
            }
        },
        |painter, at| {
            let critical = exact::critical_temperature();
            let (top, bottom) = (at(critical, axes.y[1]), at(critical, axes.y[0]));
            let dash = egui::Stroke::new(1.5, tokens.acc);
            painter.extend(egui::Shape::dashed_line(&[top, bottom], dash, 4.0, 4.0));
            let label = painter.layout_job(crate::widgets::rich("T_{c}", regular(size::CAPTION), tokens.acc));
            painter.galley(top + vec2(5.0, 2.0), label, tokens.acc);
            if without_field {
                let key = if order { "ising.plot.exact.order" } else { "ising.plot.exact.energy" };
                let [right, beside] = [0.98 * axes.x[1], critical + 0.04 * (high - low)];
                let (place, end) =
                    if order { (at(beside, 0.8), at(right, 0.0)) } else { (at(2.75, -1.3), at(right, 0.0)) };
                let (label, left) = unbroken(painter, t.get(key), [place.x, end.x], tokens);
                painter.galley(pos2(left, place.y), label, tokens.t2);
            }
            for (index, dot) in trail.iter().enumerate() {
                let age = (trail.len() - index) as f32 / trail.len() as f32;
                let faded = color.gamma_multiply(1.0 - 0.6 * age);
                painter.circle_filled(at(dot.temperature, value(dot)), 3.2, faded);
            }
            ball(painter, at(now.temperature, value(&now)), 6.5, color, tokens.text);
        },
    );
}

/// Draws the loop of m against the field h.
pub(in crate::labs::ising) fn against_field_ui(frame: &MagnetFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let axes = Axes {
        x: [-STRONGEST_FIELD, STRONGEST_FIELD],
        y: [-1.08, 1.08],
        x_ticks: vec![-2.0, -1.0, 0.0, 1.0, 2.0],
        y_ticks: vec![-1.0, 0.0, 1.0],
        x_label: Some(t.get("ising.axis.field")),
        y_label: t.get("ising.axis.m"),
    };
    let color = tokens.series[4];
    painted(
        ui,
        "loop",
        &axes,
        |plot_ui| plot_ui.line(line(&frame.field_loop, color, 2.0, LineStyle::Solid)),
        |painter, at| ball(painter, at(frame.settings.field, frame.magnetization), 6.5, color, tokens.text),
    );
}

/// Order and energy against sweeps.
pub(in crate::labs::ising) fn against_time_ui(frame: &MagnetFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let symbol =
        if frame.settings.is_staggered() { ["m_{s}", "ising.axis.ms_short"] } else { ["m", "ising.axis.m_short"] };
    let order = OverTime { symbol, now: frame.order, history: &frame.order_history };
    let energy = OverTime { symbol: ["e", "ising.axis.e_short"], now: frame.energy, history: &frame.energy_history };
    order_and_energy_ui(frame.sweeps, &order, &energy, ui, cx);
}
