//! The plots of one magnet: energy and order against temperature and over time, growing patches, averages.

use std::sync::{LazyLock, OnceLock};

use egui::{Align2, Color32, Painter, Pos2, Stroke, Ui, pos2, vec2};
use egui_plot::LineStyle;

use super::{
    frame::LatticeFrame,
    settings::{DisorderKind, Exact, Rule},
};
use crate::{
    labs::{
        ising::common::{
            averages_table::{Beside, averages_table_ui},
            coarsening_plot::{Law, coarsening_ui},
            known_torus::KnownTorus,
            time_plot::{OverTime, order_and_energy_ui},
            trail::TrailDot,
        },
        kit::PageContext,
    },
    physics::ising::{
        exact::{self, planar::Planar},
        graph::Geometry,
    },
    text::Texts,
    widgets::{
        Tokens, numbers,
        plot::{Axes, ball, line, measured_point, painted, round_ticks},
        rich,
        tokens::{bold, regular, size},
    },
};

/// Up to this side energies are compared with those of this very size.
const SMALL: usize = 16;
/// The highest temperature of exact curves in J/k.
const HOTTEST: f64 = 6.0;

/// Exact curves of the lattices that were solved, as they are first looked at: (T, |m|) and (T, e).
struct Curves {
    order: Vec<[f64; 2]>,
    energy: Vec<[f64; 2]>,
}

impl Curves {
    fn new(lattice: Exact, critical: f64) -> Self {
        // Dense where they are steep.
        let below = |i: u32| critical * (1.0 - (1.0 - f64::from(i) / 120.0).powi(3));
        let above = |i: u32| critical + (HOTTEST - critical) * (f64::from(i) / 80.0).powi(2);
        let energy = (0..=120).map(below).chain((1..=80).map(above)).map(|t| [t, lattice.energy(t)]).collect();
        let order = (0..=120).map(below).map(|t| [t, lattice.spontaneous_magnetization(t)]);
        Self { order: order.chain([[HOTTEST, 0.0]]).collect(), energy }
    }

    fn of(lattice: Exact) -> &'static Self {
        static SQUARE: LazyLock<Curves> = LazyLock::new(|| Curves::new(Exact::Square, exact::critical_temperature()));
        static TRIANGULAR: LazyLock<Curves> = LazyLock::new(|| Curves::of_planar(Planar::Triangular));
        static HONEYCOMB: LazyLock<Curves> = LazyLock::new(|| Curves::of_planar(Planar::Honeycomb));
        match lattice {
            Exact::Square => &SQUARE,
            Exact::Planar(Planar::Triangular) => &TRIANGULAR,
            Exact::Planar(Planar::Honeycomb) => &HONEYCOMB,
        }
    }

    fn of_planar(lattice: Planar) -> Self {
        Self::new(Exact::Planar(lattice), lattice.critical_temperature())
    }
}

/// Who solved it, for its order and for its energy.
fn solved_by(lattice: Exact) -> [&'static str; 2] {
    match lattice {
        Exact::Square => ["Onsager–Yang 1952", "Onsager 1944"],
        Exact::Planar(Planar::Triangular) => ["Potts 1952", "Houtappel 1950"],
        Exact::Planar(Planar::Honeycomb) => ["Naya 1954", "Houtappel 1950"],
    }
}

/// e against T of the square torus of this very side, if it is a small one; worked out as it is first looked at.
fn small_torus(side: usize) -> Option<&'static [[f64; 2]]> {
    static TORI: [OnceLock<Vec<[f64; 2]>>; SMALL + 1] = [const { OnceLock::new() }; SMALL + 1];
    let curve = || {
        let temperatures = (0..=200).map(|i| HOTTEST * f64::from(i) / 200.0);
        temperatures.map(|t| [t, exact::finite_torus(side, t).energy]).collect()
    };
    Some(TORI.get(side)?.get_or_init(curve))
}

/// Names an exact curve in the free part of its plot: from a place on, within the plot's lower right corner.
fn name_curve(painter: &Painter, [place, corner]: [Pos2; 2], who: &str, tokens: &Tokens, t: Texts) {
    let text = t.fill("ising.plot.exact.by", &[("who", who)]);
    let mut job = rich(&text, regular(size::CAPTION), tokens.t2);
    job.wrap.max_width = (corner.x - place.x).max(0.0);
    let label = painter.layout_job(job);
    let top = place.y.min(corner.y - label.size().y - 2.0);
    painter.galley(pos2(place.x, top), label, tokens.t2);
}

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
    let known = frame.settings.exact();
    painted(
        ui,
        "lattice order",
        &axes,
        |plot_ui| {
            if let Some(lattice) = known {
                plot_ui.line(line(&Curves::of(lattice).order, tokens.reference, 2.0, LineStyle::Solid));
            }
        },
        |painter, at| {
            critical_line(frame, painter, at, &axes, tokens);
            if let (Some(lattice), Some(critical)) = (known, frame.settings.critical_temperature()) {
                let ends = [at(critical + 0.04 * right, 0.84), at(right, axes.y[0])];
                name_curve(painter, ends, solved_by(lattice)[0], tokens, t);
            }
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
    let solved = settings.exact();
    // Of a few spins the curve of the endless lattice is far away.
    let small = small_torus(settings.side).filter(|_| solved == Some(Exact::Square));
    let is_known_glass = settings.disorder_kind == DisorderKind::PlusMinus
        && settings.geometry == Geometry::Square
        && settings.next_coupling == 0.0
        && settings.acting_field() == 0.0;
    painted(
        ui,
        "lattice energy",
        &axes,
        |plot_ui| {
            if let Some(curve) = small {
                plot_ui.line(line(curve, tokens.reference, 2.0, LineStyle::Solid));
            } else if let Some(lattice) = solved {
                plot_ui.line(line(&Curves::of(lattice).energy, tokens.reference, 2.0, LineStyle::Solid));
            }
        },
        |painter, at| {
            critical_line(frame, painter, at, &axes, tokens);
            if let (Some(lattice), Some(critical)) = (solved, settings.critical_temperature()) {
                let ends = [at(critical + 0.04 * right, 0.72 * low), at(right, axes.y[0])];
                let who = if small.is_some() { "Kaufman 1949" } else { solved_by(lattice)[1] };
                name_curve(painter, ends, who, tokens, t);
            }
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
pub(super) fn averages_ui(frame: &LatticeFrame, known: &mut KnownTorus, ui: &mut Ui, cx: &PageContext<'_>) {
    let order_symbol = if frame.settings.is_staggered() { "|m_{s}|" } else { "|m|" };
    let temperature = frame.temperature;
    let exact = frame.settings.exact().filter(|_| temperature > 0.0).map_or_else(Default::default, |lattice| {
        // Of an endless lattice: at T_c its specific heat has no end either.
        let endless = |value: f64| format!("{} ∞", numbers::fixed(value, 5));
        let from_critical = temperature / frame.settings.critical_temperature().unwrap_or(1.0) - 1.0;
        let order =
            if from_critical < 0.0 { endless(lattice.spontaneous_magnetization(temperature)) } else { String::new() };
        if lattice == Exact::Square {
            let torus = known.at(frame.settings.side, temperature);
            let of_this_size = |value: f64| numbers::fixed(value, 5);
            return [of_this_size(torus.energy), order, of_this_size(torus.specific_heat), String::new()];
        }
        let heat = if from_critical.abs() > 1e-3 { endless(lattice.specific_heat(temperature)) } else { String::new() };
        [endless(lattice.energy(temperature)), order, heat, String::new()]
    });
    averages_table_ui(&frame.live, Beside { order_symbol, exact }, ui, cx);
}
