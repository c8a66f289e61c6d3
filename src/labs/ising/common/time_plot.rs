//! Something between −1 and 1 against time, and the energy under it.

use egui::{Id, Rect, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use crate::{
    labs::kit::PageContext,
    physics::statistics::history::Stretch,
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        numbers,
        plot::{Axes, ball, line, painted, round_ticks},
        tip::Tip,
        tokens::{bold, size},
    },
};

/// Sweeps that are shown where nobody asks for more.
const LATELY: f64 = 3000.0;

/// A quantity over time.
pub(in crate::labs::ising) struct OverTime<'a> {
    /// Its symbol, and the key of the short label of its axis.
    pub symbol: [&'static str; 2],
    /// Its value now.
    pub now: f64,
    /// Its values before.
    pub history: &'a [Stretch],
}

/// Draws something between −1 and 1, and the energy under it.
pub(in crate::labs::ising) fn order_and_energy_ui(
    sweeps: u64,
    order: &OverTime<'_>,
    energy: &OverTime<'_>,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    // The lower plot has the axis of both.
    let axis = 40.0;
    let upper_height = (space.height() - axis - 6.0) / 2.0;
    let label_width = 78.0;
    let plots = Rect::from_min_max(space.min, pos2(space.right() - label_width, space.bottom()));
    let upper = Rect::from_min_size(plots.min, vec2(plots.width(), upper_height));
    let lower = Rect::from_min_max(pos2(plots.left(), upper.bottom() + 6.0), plots.max);
    let oldest = order.history.first().map_or(0.0, |stretch| stretch.start as f64);
    let is_whole =
        whole_ui(ui, Rect::from_min_max(pos2(plots.right() + 8.0, lower.bottom() - axis), space.max), sweeps, t);
    let first = if is_whole { oldest } else { oldest.max(sweeps as f64 - LATELY) };
    let last = (sweeps as f64).max(first + 50.0);
    let lowest = energy.history.iter().map(|stretch| stretch.lowest).fold(-2.0, f64::min);
    let energies = ([lowest - 0.15, 0.2], round_ticks(lowest, 0.2, 3));
    let dashed = LineStyle::Dashed { length: 7.0 };
    let series = [
        (upper, "m time", order, ([-1.1, 1.1], vec![-1.0, 0.0, 1.0]), tokens.series[0], LineStyle::Solid),
        (lower, "e time", energy, energies, tokens.series[1], dashed),
    ];
    for (rect, id, quantity, (y, y_ticks), color, style) in series {
        let OverTime { symbol: [symbol, label], now, history } = *quantity;
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
        let axes = Axes {
            x: [first, last],
            y,
            x_ticks: round_ticks(first, last, 5),
            y_ticks,
            x_label: (id == "e time").then(|| t.get("ising.axis.time")),
            y_label: t.get(label),
        };
        // A dash is lost in a band of noise: it is for lines that are calm.
        let style = if is_calm(history) { style } else { LineStyle::Solid };
        let shown = &history[history.partition_point(|stretch| (stretch.start as f64) < first)..];
        let points = zigzag(shown, now, last);
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

/// Draws what chooses between the last sweeps and all that is remembered, where these differ. Returns whether all is shown.
fn whole_ui(ui: &mut Ui, rect: Rect, sweeps: u64, t: Texts) -> bool {
    let id = Id::unique("whole history of the Ising lab");
    let mut is_whole = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    if sweeps as f64 > LATELY {
        let key = if is_whole { "ising.time.lately" } else { "ising.time.whole" };
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("whole"));
        let button = IconButton::new(t.get(key)).look(Look::Bare).tight().min_size(vec2(rect.width(), 24.0));
        if button.show(&mut child).tip(t.get("ising.time.tip")).clicked() {
            is_whole = !is_whole;
            ui.data_mut(|data| data.insert_temp(id, is_whole));
        }
    }
    is_whole
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
