//! The plots of the lab: order and energy against temperature, against time, against the field.

use std::sync::LazyLock;

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;
use serde::{Deserialize, Serialize};

use super::{
    IsingLab,
    lab::{has_tabs, is_staggered},
    plots_energy,
    settings::{HOTTEST, STRONGEST_FIELD},
    sim::{IsingCommand, IsingFrame, TrailDot},
    words,
};
use crate::{
    labs::LabContext,
    physics::{ising::exact, statistics::history::Stretch},
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        card::{caption_height, caption_in, card_in, title_row},
        icons::Icon,
        layout::{LabLayout, columns},
        numbers,
        plot::{Axes, TickSize, ball, line, painted, round_ticks},
        tokens::{bold, regular, size},
    },
};

/// Which plot the compact layout shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Tab {
    #[default]
    Order,
    Energy,
    Time,
    Landscape,
    Loop,
}

/// What the plots keep between frames.
#[derive(Debug, Default)]
pub(super) struct Plots {
    /// What the last frame turned by itself.
    pub driven: Option<super::drive::DriveKind>,
}

/// |m| of the infinite lattice, dense where it falls.
static ORDER_CURVE: LazyLock<Vec<[f64; 2]>> = LazyLock::new(|| {
    let critical = exact::critical_temperature();
    let below = (0..=200).map(|i| critical * (1.0 - (1.0 - f64::from(i) / 200.0).powi(3)));
    let curve = below.map(|t| [t, exact::spontaneous_magnetization(t)]);
    curve.chain([[critical, 0.0], [HOTTEST, 0.0]]).collect()
});

static ENERGY_CURVE: LazyLock<Vec<[f64; 2]>> =
    LazyLock::new(|| (0..=400).map(|i| HOTTEST * f64::from(i) / 400.0).map(|t| [t, exact::energy(t)]).collect());

/// Draws all plots that the layout has room for.
pub(super) fn show(lab: &mut IsingLab, ui: &mut Ui, layout: &LabLayout, cx: &mut LabContext<'_>) {
    let tick = if has_tabs(layout.class) { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    if has_tabs(layout.class) {
        tabs(lab, ui, layout.plots, cx);
    } else if let Some(side) = layout.side {
        let half = (side.height() - crate::widgets::tokens::GAP) / 2.0;
        let upper = Rect::from_min_size(side.min, vec2(side.width(), half));
        let lower = Rect::from_min_max(pos2(side.left(), upper.bottom() + crate::widgets::tokens::GAP), side.max);
        card(lab, ui, upper, Tab::Energy, cx, false);
        card(lab, ui, lower, Tab::Loop, cx, false);
        let strip = columns(layout.plots, &[1.1, 1.1, 1.0]);
        for (rect, tab) in strip.into_iter().zip([Tab::Order, Tab::Time, Tab::Landscape]) {
            card(lab, ui, rect, tab, cx, false);
        }
    } else {
        let strip = columns(layout.plots, &[1.1, 1.0, 1.2, 1.0]);
        let first = if lab.settings.against_field { Tab::Loop } else { Tab::Order };
        for (rect, tab) in strip.into_iter().zip([first, Tab::Energy, Tab::Time, Tab::Landscape]) {
            card(lab, ui, rect, tab, cx, true);
        }
    }
}

fn tabs(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    if lab.settings.against_field != (lab.folds.tab == Tab::Loop) {
        // The setting and the tab say the same: whichever was changed last wins.
        lab.folds.tab = if lab.settings.against_field { Tab::Loop } else { Tab::Order };
    }
    card_in(ui, rect, "plot tabs", |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let options = [
            (Tab::Order, t.get("ising.tab.order")),
            (Tab::Energy, t.get("ising.tab.energy")),
            (Tab::Time, t.get("ising.tab.time")),
            (Tab::Landscape, t.get("ising.tab.landscape")),
            (Tab::Loop, t.get("ising.tab.loop")),
        ];
        if segmented(ui, &mut lab.folds.tab, &options) {
            lab.settings.against_field = lab.folds.tab == Tab::Loop;
        }
        let tab = lab.folds.tab;
        content(lab, ui, tab, cx, None);
    });
}

/// One plot as a card. `switches`: the card of m against T can become that of m against h.
fn card(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, tab: Tab, cx: &mut LabContext<'_>, switches: bool) {
    let id = match tab {
        Tab::Order => "order card",
        Tab::Energy => "energy card",
        Tab::Time => "time card",
        Tab::Landscape => "landscape card",
        Tab::Loop => "loop card",
    };
    card_in(ui, rect, id, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        content(lab, ui, tab, cx, Some(switches));
    });
}

/// Title (if `titled` with its buttons), plot and caption.
fn content(lab: &mut IsingLab, ui: &mut Ui, tab: Tab, cx: &mut LabContext<'_>, titled: Option<bool>) {
    let t = cx.texts;
    let staggered = is_staggered(&lab.settings);
    let (title, symbol, caption) = {
        let frame = lab.frame();
        match tab {
            Tab::Order if staggered => ("ising.plot.staggered", "|m_{s}|", words::order_caption(frame)),
            Tab::Order => ("ising.plot.order", "|m|", words::order_caption(frame)),
            Tab::Energy => ("ising.plot.energy", "e", words::energy_caption(frame)),
            Tab::Time => ("ising.plot.time", "", words::time_caption(frame)),
            Tab::Landscape => ("ising.plot.landscape", "F(m)", words::landscape_caption(frame)),
            Tab::Loop => ("ising.plot.loop", "m(h)", words::loop_caption(frame)),
        }
    };
    if let Some(switches) = titled {
        ui.horizontal(|ui| {
            title_row(ui, t.get(title), symbol);
            if matches!(tab, Tab::Order | Tab::Energy | Tab::Loop) {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| plot_buttons(lab, ui, tab, cx, switches));
            }
        });
    }
    let caption = t.get(caption);
    let space = ui.available_rect_before_wrap();
    let height = caption_height(ui, caption, space.width()).max(20.0);
    let plot_rect = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - height - 6.0));
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - height), space.max), caption);
    let mut child = ui.new_child(UiBuilder::new().max_rect(plot_rect).id_salt("plot"));
    let ui = &mut child;
    match tab {
        Tab::Order => against_temperature(lab.frame(), ui, cx, true),
        Tab::Energy => against_temperature(lab.frame(), ui, cx, false),
        Tab::Time => against_time(lab.frame(), ui, cx),
        Tab::Landscape => plots_energy::landscape(lab.frame(), lab.settings.ghost_curves, ui, cx),
        Tab::Loop => against_field(lab.frame(), ui, cx),
    }
}

fn plot_buttons(lab: &mut IsingLab, ui: &mut Ui, tab: Tab, cx: &LabContext<'_>, switches: bool) {
    let small = vec2(28.0, 28.0);
    let tip = cx.texts.get("ising.plot.clear");
    let clear = IconButton::icon_only(Icon::Clear, tip).look(Look::Bare).min_size(small).show(ui);
    if clear.on_hover_text(tip).clicked() {
        lab.command(IsingCommand::ClearTrails);
    }
    if switches && matches!(tab, Tab::Order | Tab::Loop) {
        let tip = cx.texts.get("ising.plot.switch");
        let switch = IconButton::icon_only(Icon::Cycle, tip).look(Look::Bare).min_size(small).show(ui);
        if switch.on_hover_text(tip).clicked() {
            lab.settings.against_field = tab == Tab::Order;
        }
    }
}

fn against_temperature(frame: &IsingFrame, ui: &mut Ui, cx: &LabContext<'_>, order: bool) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let value = move |dot: &TrailDot| if order { dot.order } else { dot.energy };
    let now = TrailDot { temperature: frame.settings.temperature, order: frame.order.abs(), energy: frame.energy };
    let without_field = frame.settings.field == 0.0;
    let axes = Axes {
        x: [0.0, HOTTEST],
        y: if order { [-0.02, 1.06] } else { [-2.1, 0.1] },
        x_ticks: (0..=5).map(f64::from).collect(),
        y_ticks: if order { vec![0.0, 0.5, 1.0] } else { vec![-2.0, -1.5, -1.0, -0.5, 0.0] },
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: match (order, is_staggered(&frame.settings)) {
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
                let mut job = crate::widgets::rich(t.get(key), regular(size::CAPTION), tokens.t2);
                let (place, end) = if order { (at(0.15, 0.74), at(2.1, 0.0)) } else { (at(2.75, -1.3), at(4.9, 0.0)) };
                job.wrap.max_width = end.x - place.x;
                let label = painter.layout_job(job);
                painter.galley(place, label, tokens.t2);
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

fn against_field(frame: &IsingFrame, ui: &mut Ui, cx: &LabContext<'_>) {
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

fn against_time(frame: &IsingFrame, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    // The lower plot has the axis of both.
    let axis = 40.0;
    let upper_height = (space.height() - axis - 6.0) / 2.0;
    let label_width = 78.0;
    let plots = Rect::from_min_max(space.min, pos2(space.right() - label_width, space.bottom()));
    let upper = Rect::from_min_size(plots.min, vec2(plots.width(), upper_height));
    let lower = Rect::from_min_max(pos2(plots.left(), upper.bottom() + 6.0), plots.max);
    let first = frame.order_history.first().map_or(0.0, |stretch| stretch.start as f64);
    let last = (frame.sweeps as f64).max(first + 50.0);
    let staggered = is_staggered(&frame.settings);
    let lowest = frame.energy_history.iter().map(|stretch| stretch.lowest).fold(-2.0, f64::min);
    let series = [
        (
            upper,
            "m time",
            if staggered { "m_{s}" } else { "m" },
            frame.order,
            &frame.order_history,
            [-1.1, 1.1],
            vec![-1.0, 0.0, 1.0],
            tokens.series[0],
            LineStyle::Solid,
        ),
        (
            lower,
            "e time",
            "e",
            frame.energy,
            &frame.energy_history,
            [lowest - 0.15, 0.2],
            round_ticks(lowest, 0.2, 3),
            tokens.series[1],
            LineStyle::Dashed { length: 7.0 },
        ),
    ];
    for (rect, id, symbol, now, history, y, y_ticks, color, style) in series {
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
        let axes = Axes {
            x: [first, last],
            y,
            x_ticks: round_ticks(first, last, 5),
            y_ticks,
            x_label: (id == "e time").then(|| t.get("ising.axis.time")),
            y_label: if id == "e time" {
                t.get("ising.axis.e_short")
            } else if staggered {
                t.get("ising.axis.ms_short")
            } else {
                t.get("ising.axis.m_short")
            },
        };
        // A dash is lost in a band of noise: it is for lines that are calm.
        let style = if is_calm(history) { style } else { LineStyle::Solid };
        let points = zigzag(history, now, last);
        let mut end = rect.right_center();
        painted(
            &mut child,
            id,
            &axes,
            |plot_ui| plot_ui.line(line(&points, color, 2.0, style)),
            |_, at| end = at(last, now),
        );
        ball(ui.painter(), end, 4.5, color, tokens.card);
        let mut job = crate::widgets::rich(symbol, bold(size::BODY), color);
        crate::widgets::rich::append(&mut job, &format!(" {}", numbers::fixed(now, 3)), &bold(size::BODY), color);
        let label = ui.painter().layout_job(job);
        ui.painter().galley(end + vec2(8.0, -label.size().y / 2.0), label, color);
    }
}

fn is_calm(history: &[Stretch]) -> bool {
    let widest = history.iter().map(|stretch| stretch.highest - stretch.lowest).fold(0.0, f64::max);
    widest < 0.03
}

/// Lowest and highest value of each stretch as one line.
fn zigzag(history: &[Stretch], now: f64, last: f64) -> Vec<[f64; 2]> {
    let mut points = Vec::with_capacity(2 * history.len() + 1);
    for (index, stretch) in history.iter().enumerate() {
        let x = stretch.start as f64;
        let pair = [[x, stretch.lowest], [x, stretch.highest]];
        if index % 2 == 0 { points.extend(pair) } else { points.extend([pair[1], pair[0]]) }
    }
    points.push([last, now]);
    points
}
