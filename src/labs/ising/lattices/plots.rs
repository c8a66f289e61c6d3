//! The plots of the page: what one magnet does, or what replicas know of each other.

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};
use egui_plot::LineStyle;

use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            common::{
                averages_table::{Beside, table},
                coarsening_plot::{Law, growing},
                time_plot::{OverTime, order_and_energy},
                trail::TrailDot,
            },
            lattices::{
                facts,
                frame::LatticeFrame,
                settings::{Chance, LatticeSettings, Rule},
            },
            magnet::page::has_tabs,
        },
    },
    physics::ising::graph::{Edges, Geometry},
    text::Texts,
    widgets::{
        Tokens,
        buttons::segmented,
        card::{captioned, card_in, title_row},
        layout::{LabLayout, columns},
        numbers,
        plot::{Axes, TickSize, ball, line, measured_point, painted, round_ticks},
        rich,
        tokens::{GAP, bold, regular, size},
    },
};

/// e₀ of large ±J square samples in J (De Simone et al. 1995; Palmer and Adler 1999).
const GROUND: f64 = -1.4017;

/// A card; in small windows a tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::labs::ising) enum Tab {
    /// e against T.
    #[default]
    Energy,
    /// Order and energy over time.
    Time,
    /// Order against T, growth of patches, or exchanges of replicas.
    Third,
    /// Averages, or the overlap of replicas.
    Fourth,
    /// What magnet it is.
    About,
}

const TABS: [Tab; 5] = [Tab::Energy, Tab::Time, Tab::Third, Tab::Fourth, Tab::About];

/// What the third card is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Third {
    Order,
    Growth,
    Exchanges,
}

fn third(settings: &LatticeSettings) -> Third {
    match settings {
        _ if settings.tempering => Third::Exchanges,
        _ if settings.is_plain_square() => Third::Growth,
        _ => Third::Order,
    }
}

impl Tab {
    /// Title, symbol and short name.
    fn names(self, settings: &LatticeSettings) -> [&'static str; 3] {
        match (self, settings.tempering) {
            (Self::Energy, _) => ["ising.plot.energy", "e", "ising.tab.energy"],
            (Self::Time, _) => ["ising.plot.time", "", "ising.tab.time"],
            (Self::Third, _) => match third(settings) {
                Third::Order if settings.is_staggered() => ["ising.plot.staggered", "|m_{s}|", "ising.tab.order"],
                Third::Order => ["ising.plot.order", "|m|", "ising.tab.order"],
                Third::Growth => ["ising.plot.growth", "R(t)", "ising.tab.growth"],
                Third::Exchanges => ["ising.plot.exchanges", "", "ising.tab.exchanges"],
            },
            (Self::Fourth, false) => ["ising.plot.measured", "", "ising.tab.measured"],
            (Self::Fourth, true) => ["ising.plot.overlap", "P(q)", "ising.tab.overlap"],
            (Self::About, _) => ["ising.plot.about", "", "ising.tab.about"],
        }
    }
}

/// Draws all cards that the layout has room for.
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, layout: &LabLayout, cx: &LabContext<'_>) {
    let compact = has_tabs(layout.class);
    let tick = if compact { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    if compact {
        card_in(ui, layout.plots, "lattice tabs", |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let names = TABS.map(|tab| (tab, cx.texts.get(tab.names(&lab.settings.lattices)[2])));
            segmented(ui, &mut lab.lattices.tab, &names);
            content(lab, ui, lab.lattices.tab, cx);
        });
        return;
    }
    let place = |ui: &mut Ui, rect: Rect, tab: Tab| {
        let [title, symbol, _] = tab.names(&lab.settings.lattices);
        card_in(ui, rect, title, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            title_row(ui, cx.texts.get(title), symbol);
            content(lab, ui, tab, cx);
        });
    };
    let Some(side) = layout.side else {
        let shares = [1.05, 1.15, 1.0, 1.0];
        columns(layout.plots, &shares).into_iter().zip(TABS).for_each(|(rect, tab)| place(ui, rect, tab));
        return;
    };
    // What magnet it is stands beside it, over the card that needs most room.
    let upper = Rect::from_min_size(side.min, vec2(side.width(), 0.5 * (side.height() - GAP)));
    let lower = Rect::from_min_max(pos2(side.left(), upper.bottom() + GAP), side.max);
    place(ui, upper, Tab::About);
    place(ui, lower, Tab::Fourth);
    columns(layout.plots, &[1.0; 3]).into_iter().zip(TABS).for_each(|(rect, tab)| place(ui, rect, tab));
}

fn content(lab: &IsingLab, ui: &mut Ui, tab: Tab, cx: &LabContext<'_>) {
    let Some(frame) = lab.lattices.frame() else { return };
    let t = cx.texts;
    let tempering = frame.settings.tempering;
    let settings = &frame.settings;
    let caption = match (tab, tempering) {
        (Tab::About, _) => return facts::show(frame, ui, t),
        (Tab::Energy, false) if settings.critical_temperature().is_some() && !settings.chance.is_glass() => {
            "ising.caption.lattice.energy"
        }
        (Tab::Energy, false) => "ising.caption.lattice.energy_plain",
        (Tab::Energy, true) => "ising.caption.lattice.rungs",
        (Tab::Time, false) => "ising.caption.lattice.time",
        (Tab::Time, true) => "ising.caption.lattice.overlap_time",
        (Tab::Third, _) => match third(settings) {
            Third::Order if settings.rule == Rule::Exchange => "ising.caption.lattice.kept",
            Third::Order
                if settings.never_orders() && settings.edges != Edges::Fixed && settings.chance != Chance::Field =>
            {
                "ising.caption.lattice.no_order"
            }
            Third::Order if settings.critical_temperature().is_none() => "ising.caption.lattice.some_order",
            Third::Order => "ising.caption.lattice.order",
            Third::Growth if settings.rule == Rule::Exchange => "ising.caption.lattice.exchange",
            Third::Growth if matches!(settings.rule, Rule::Wolff | Rule::SwendsenWang) => {
                "ising.caption.growth.cluster"
            }
            Third::Growth => "ising.caption.lattice.growth",
            Third::Exchanges => "ising.caption.lattice.exchanges",
        },
        (Tab::Fourth, false) => "ising.caption.lattice.measured",
        (Tab::Fourth, true) => "ising.caption.lattice.overlap",
    };
    captioned(ui, t.get(caption), |ui| match tab {
        Tab::Energy => energy(frame, ui, t),
        Tab::Time => time(frame, ui, cx),
        Tab::Third => match third(settings) {
            Third::Order => order(frame, ui, t),
            Third::Growth => growth(frame, ui, cx),
            Third::Exchanges => exchanges(frame, ui, t),
        },
        Tab::Fourth if tempering => overlap(frame, ui, t),
        Tab::Fourth => averages(frame, ui, cx),
        Tab::About => {}
    });
}

/// The lowest energy per spin that bonds of this lattice could have, in J, if all were satisfied.
fn floor(frame: &LatticeFrame) -> f64 {
    let settings = &frame.settings;
    let bonds = settings.geometry.coordination() as f64 / 2.0 + 2.0 * settings.design().next_coupling.abs();
    let strength = if settings.chance == Chance::Field { settings.strength } else { 0.0 };
    -(bonds + settings.acting_field().abs() + strength)
}

/// The right end of axes of temperature, in J/k.
fn warmest(frame: &LatticeFrame) -> f64 {
    if let Some(rung) = frame.rungs.last() {
        return 1.05 * rung.temperature;
    }
    let seen = frame.trail.iter().map(|dot| dot.temperature).fold(frame.settings.temperature, f64::max);
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

fn order(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
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
            ball(painter, at(frame.settings.temperature, frame.order.abs()), 6.0, color, tokens.text);
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

fn energy(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let settings = &frame.settings;
    let right = warmest(frame);
    let low = if settings.chance.is_glass() { 0.75 * floor(frame) } else { floor(frame) };
    let axes = Axes {
        x: [0.0, right],
        y: [low.min(frame.lowest.unwrap_or(low)) * 1.1, 0.1],
        x_ticks: round_ticks(0.0, right, 6),
        y_ticks: round_ticks(low, 0.0, 5),
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: t.get("ising.axis.energy"),
    };
    let color = tokens.series[1];
    let is_known_glass = settings.chance == Chance::PlusMinus
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
            let is_sought = settings.chance.is_glass() || settings.chance == Chance::Field;
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
            let temperature = frame.rungs.get(frame.rung).map_or(settings.temperature, |rung| rung.temperature);
            ball(painter, at(temperature, frame.energy), 6.0, color, tokens.text);
        },
    );
}

fn time(frame: &LatticeFrame, ui: &mut Ui, cx: &LabContext<'_>) {
    let (symbol, now) = if frame.settings.tempering {
        (["q", "ising.axis.q_short"], frame.overlap)
    } else if frame.settings.is_staggered() {
        (["m_{s}", "ising.axis.ms_short"], frame.order)
    } else {
        (["m", "ising.axis.m_short"], frame.order)
    };
    let order = OverTime { symbol, now, history: &frame.order_history };
    let energy = OverTime { symbol: ["e", "ising.axis.e_short"], now: frame.energy, history: &frame.energy_history };
    order_and_energy(frame.sweeps, &order, &energy, ui, cx);
}

fn growth(frame: &LatticeFrame, ui: &mut Ui, cx: &LabContext<'_>) {
    let settings = &frame.settings;
    let is_cold = settings.critical_temperature().is_some_and(|critical| settings.temperature < critical);
    let points = if is_cold { &frame.growth[..] } else { &[] };
    let nothing = "ising.growth.empty";
    let law = match settings.rule {
        Rule::Exchange => Law { exponent: 1.0 / 3.0, name: "t^{1/3}", nothing },
        _ => Law { exponent: 0.5, name: "t^{1/2}", nothing },
    };
    growing(points, frame.growth_exponent, settings.side, &law, ui, cx);
}

fn averages(frame: &LatticeFrame, ui: &mut Ui, cx: &LabContext<'_>) {
    let order_symbol = if frame.settings.is_staggered() { "|m_{s}|" } else { "|m|" };
    table(&frame.live, Beside { order_symbol, ..Beside::default() }, ui, cx);
}

fn exchanges(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let highest = frame.rungs.last().map_or(2.0, |rung| 1.05 * rung.temperature);
    let axes = Axes {
        x: [0.0, highest],
        y: [0.0, 1.0],
        x_ticks: round_ticks(0.0, highest, 6),
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: t.get("ising.axis.exchange"),
    };
    painted(
        ui,
        "exchanges",
        &axes,
        |_| {},
        |painter, at| {
            for (index, pair) in frame.rungs.windows(2).enumerate() {
                let share = pair[0].exchange.unwrap_or(0.0);
                let bar = Rect::from_two_pos(at(pair[0].temperature, 0.0), at(pair[1].temperature, share));
                let is_near = index == frame.rung || index + 1 == frame.rung;
                let fill = if is_near { tokens.series[4] } else { tokens.series[1] };
                painter.rect(
                    bar,
                    0,
                    fill.gamma_multiply(0.75),
                    Stroke::new(1.0, tokens.card),
                    egui::StrokeKind::Inside,
                );
            }
            for rung in &frame.rungs {
                let foot = at(rung.temperature, 0.0);
                painter.vline(foot.x, foot.y - 6.0..=foot.y, Stroke::new(1.5, tokens.text));
            }
            if let Some(done) = frame.placing {
                let corner = at(0.0, 1.0) + vec2(8.0, 4.0);
                let text = t.fill("ising.ladder.placing", &[("percent", &format!("{:.0}", 100.0 * done))]);
                painter.text(corner, Align2::LEFT_TOP, text, bold(size::CAPTION), tokens.warn);
            }
        },
    );
}

fn overlap(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let total: f32 = frame.overlaps.iter().sum();
    let levels = frame.overlaps.len().max(2);
    let step = 2.0 / (levels - 1) as f64;
    let density = |count: f32| f64::from(count / total.max(1.0)) / step;
    let highest = frame.overlaps.iter().map(|&count| density(count)).fold(1.0, f64::max) * 1.12;
    let axes = Axes {
        x: [-1.05, 1.05],
        y: [0.0, highest],
        x_ticks: vec![-1.0, -0.5, 0.0, 0.5, 1.0],
        y_ticks: round_ticks(0.0, highest, 4),
        x_label: Some(t.get("ising.axis.overlap")),
        y_label: "P(q)",
    };
    let color = tokens.series[4];
    let points: Vec<[f64; 2]> = frame
        .overlaps
        .iter()
        .enumerate()
        .flat_map(|(level, &count)| {
            let centre = -1.0 + step * level as f64;
            [-0.5, 0.5].map(|side| [centre + side * step, density(count)])
        })
        .collect();
    painted(
        ui,
        "overlap",
        &axes,
        |plot_ui| {
            if total > 0.0 {
                plot_ui.line(line(&points, color, 2.0, LineStyle::Solid).fill(0.0));
            }
        },
        |painter, at| {
            if total == 0.0 {
                crate::widgets::plot::sentence(painter, painter.clip_rect(), t.get("ising.overlap.empty"), tokens.t2);
                return;
            }
            let temperature = frame.rungs.get(frame.rung).map_or(0.0, |rung| rung.temperature);
            // The middle is where a frozen magnet has least.
            let top = at(0.0, highest) + vec2(0.0, 4.0);
            let text = format!("T = {}", numbers::fixed(temperature, 3));
            painter.text(top, Align2::CENTER_TOP, text, bold(size::CAPTION), color);
            ball(painter, at(frame.overlap, 0.0), 5.0, color, tokens.text);
        },
    );
}
