//! The plots of one magnet: energy and order against temperature and over time, growing patches, averages.

use egui::{Align2, Color32, Painter, Pos2, Stroke, Ui, vec2};

use super::{
    frame::LatticeFrame,
    settings::{DisorderKind, Rule},
};
use crate::{
    labs::{
        ising::common::{
            averages_table::{Beside, averages_table_ui},
            coarsening_plot::{Law, coarsening_ui},
            time_plot::{OverTime, order_and_energy_ui},
            trail::TrailDot,
        },
        kit::PageContext,
    },
    physics::ising::graph::Geometry,
    text::Texts,
    widgets::{
        Tokens, numbers,
        plot::{Axes, ball, measured_point, painted, round_ticks},
        rich,
        tokens::{bold, regular, size},
    },
};

/// e₀ of large ±J square samples in J (De Simone et al. 1995; Palmer and Adler 1999).
const GROUND: f64 = -1.4017;

/// The lowest energy per spin that bonds of this lattice could have, in J, if all were satisfied.
fn floor(frame: &LatticeFrame) -> f64 {
    let settings = &frame.settings;
    let bonds = settings.geometry.coordination() as f64 / 2.0 + 2.0 * settings.design().next_coupling.abs();
    let strongest = if settings.disorder_kind == DisorderKind::Field { settings.field_strength } else { 0.0 };
    -(bonds + settings.acting_field().abs() + strongest)
}

/// The right end of axes of temperature, in J/k.
fn warmest(frame: &LatticeFrame) -> f64 {
    if let Some(rung) = frame.rungs.last() {
        return 1.05 * rung.temperature;
    }
    let seen = frame.trail.iter().map(|dot| dot.temperature).fold(frame.temperature, f64::max);
    let critical = frame.settings.critical_temperature().unwrap_or(2.0);
    (seen.max(critical) + 0.5).ceil().min(frame.settings.hottest())
}

fn critical_line(
    frame: &LatticeFrame,
    painter: &Painter,
    at: &dyn Fn(f64, f64) -> Pos2,
    axes: &Axes<'_>,
    tokens: &Tokens,
) {
    let Some(critical) = frame.settings.critical_temperature().filter(|critical| *critical < axes.x[1]) else { return };
    let (top, bottom) = (at(critical, axes.y[1]), at(critical, axes.y[0]));
    painter.extend(egui::Shape::dashed_line(&[top, bottom], Stroke::new(1.5, tokens.acc), 4.0, 4.0));
    let label = painter.layout_job(rich("T_{c}", regular(size::CAPTION), tokens.acc));
    painter.galley(top + vec2(5.0, 2.0), label, tokens.acc);
}

/// Dots of the past, older ones paler.
fn trail(frame: &LatticeFrame, painter: &Painter, color: Color32, place: impl Fn(&TrailDot) -> Pos2) {
    for (index, dot) in frame.trail.iter().enumerate() {
        let age = (frame.trail.len() - index) as f32 / frame.trail.len() as f32;
        painter.circle_filled(place(dot), 3.0, color.gamma_multiply(1.0 - 0.6 * age));
    }
}

/// Draws order against temperature.
pub(super) fn order_ui(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let right = warmest(frame);
    let axes = Axes {
        x: [0.0, right],
        y: [-0.02, 1.06],
        x_ticks: round_ticks(0.0, right, 6),
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: t.get(if frame.settings.is_staggered() { "ising.axis.staggered" } else { "ising.axis.order" }),
    };
    let color = tokens.series[0];
    painted(
        ui,
        "lattice order",
        &axes,
        |_| {},
        |painter, at| {
            critical_line(frame, painter, at, &axes, tokens);
            trail(frame, painter, color, |dot| at(dot.temperature, dot.order));
            ball(painter, at(frame.temperature, frame.order.abs()), 6.0, color, tokens.text);
        },
    );
}

/// A level of energy with its words over it.
struct Level<'a> {
    energy: f64,
    text: &'a str,
    dashed: bool,
    colour: Color32,
    /// Where the words end, as a share of the width.
    at: f32,
}

impl Level<'_> {
    fn draw(&self, painter: &Painter, at: &dyn Fn(f64, f64) -> Pos2, axes: &Axes<'_>) {
        let ends = [at(axes.x[0], self.energy), at(axes.x[1], self.energy)];
        let stroke = Stroke::new(1.5, self.colour);
        if self.dashed {
            painter.extend(egui::Shape::dashed_line(&ends, stroke, 6.0, 4.0));
        } else {
            painter.line_segment(ends, stroke);
        }
        let place = ends[0].lerp(ends[1], self.at) + vec2(-6.0, 3.0);
        painter.text(place, Align2::RIGHT_TOP, self.text, bold(size::CAPTION), self.colour);
    }
}

/// Draws e against temperature, with the levels that are known or were seen.
pub(super) fn energy_ui(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let settings = &frame.settings;
    let right = warmest(frame);
    let low = if settings.disorder_kind.is_glass() { 0.75 * floor(frame) } else { floor(frame) };
    let axes = Axes {
        x: [0.0, right],
        y: [low.min(frame.lowest.unwrap_or(low)) * 1.1, 0.1],
        x_ticks: round_ticks(0.0, right, 6),
        y_ticks: round_ticks(low, 0.0, 5),
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: t.get("ising.axis.energy"),
    };
    let color = tokens.series[1];
    let is_known_glass = settings.disorder_kind == DisorderKind::PlusMinus
        && settings.geometry == Geometry::Square
        && settings.next_coupling == 0.0
        && settings.acting_field() == 0.0;
    painted(
        ui,
        "lattice energy",
        &axes,
        |_| {},
        |painter, at| {
            critical_line(frame, painter, at, &axes, tokens);
            let known = is_known_glass.then(|| t.fill("ising.glass.ground", &[("energy", &numbers::fixed(GROUND, 4))]));
            if let Some(text) = &known {
                Level { energy: GROUND, text, dashed: false, colour: tokens.t2, at: 0.52 }.draw(painter, at, &axes);
            }
            // Where the ground state is all the same, it is no discovery.
            let is_sought = settings.disorder_kind.is_glass() || settings.disorder_kind == DisorderKind::Field;
            if let Some(energy) = frame.lowest.filter(|_| is_sought) {
                let text = &t.fill("ising.lowest.seen", &[("energy", &numbers::fixed(energy, 4))]);
                Level { energy, text, dashed: true, colour: tokens.series[4], at: 1.0 }.draw(painter, at, &axes);
            }
            trail(frame, painter, color, |dot| at(dot.temperature, dot.energy));
            for rung in &frame.rungs {
                if let Some(energy) = rung.energy {
                    let bar = [energy.value - energy.error, energy.value + energy.error];
                    measured_point(painter, at, [rung.temperature, energy.value], bar, 3.5, color);
                }
            }
            let temperature = frame.rungs.get(frame.rung).map_or(frame.temperature, |rung| rung.temperature);
            ball(painter, at(temperature, frame.energy), 6.0, color, tokens.text);
        },
    );
}

/// Draws order and energy over time.
pub(super) fn time_ui(frame: &LatticeFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let (symbol, now) = if frame.settings.tempering {
        (["q", "ising.axis.q_short"], frame.overlap)
    } else if frame.settings.is_staggered() {
        (["m_{s}", "ising.axis.ms_short"], frame.order)
    } else {
        (["m", "ising.axis.m_short"], frame.order)
    };
    let order = OverTime { symbol, now, history: &frame.order_history };
    let energy = OverTime { symbol: ["e", "ising.axis.e_short"], now: frame.energy, history: &frame.energy_history };
    order_and_energy_ui(frame.sweeps, &order, &energy, ui, cx);
}

/// Draws how patches grow since the last quench.
pub(super) fn growth_ui(frame: &LatticeFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let settings = &frame.settings;
    let is_cold = settings.critical_temperature().is_some_and(|critical| frame.temperature < critical);
    let points = if is_cold { &frame.growth[..] } else { &[] };
    let nothing = "ising.growth.empty";
    let law = match settings.rule {
        Rule::Exchange => Law { exponent: 1.0 / 3.0, name: "t^{1/3}", nothing },
        _ => Law { exponent: 0.5, name: "t^{1/2}", nothing },
    };
    coarsening_ui(points, frame.growth_exponent, settings.side, &law, ui, cx);
}

/// Draws averages with their errors.
pub(super) fn averages_ui(frame: &LatticeFrame, ui: &mut Ui, cx: &PageContext<'_>) {
    let order_symbol = if frame.settings.is_staggered() { "|m_{s}|" } else { "|m|" };
    averages_table_ui(&frame.live, Beside { order_symbol, ..Beside::default() }, ui, cx);
}
