//! Plots in the design's dress: fixed bounds, few ticks, dashes as well as colours.

use egui::{Color32, FontId, Pos2, Ui, vec2};
use egui_plot::{AxisHints, GridMark, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotUi};

use super::{
    numbers,
    tokens::{Tokens, regular, size},
};

/// Axes of a plot.
#[derive(Clone, Debug)]
pub struct Axes<'a> {
    /// Bounds along x.
    pub x: [f64; 2],
    /// Bounds along y.
    pub y: [f64; 2],
    /// Ticks along x.
    pub x_ticks: Vec<f64>,
    /// Ticks along y.
    pub y_ticks: Vec<f64>,
    /// Name and unit along x; none hides the ticks too.
    pub x_label: Option<&'a str>,
    /// Name and unit along y.
    pub y_label: &'a str,
}

/// Size of tick labels, which a compact window has larger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TickSize(pub f32);

fn marks(ticks: Vec<f64>) -> impl Fn(egui_plot::GridInput) -> Vec<GridMark> {
    let step = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(1.0, f64::max);
    move |_| ticks.iter().map(|&value| GridMark { value, step_size: step }).collect()
}

/// Few round ticks in a range, at most so many.
#[must_use]
pub fn round_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let span = high - low;
    if span.is_nan() || span <= 0.0 || most == 0 {
        return Vec::new();
    }
    let raw = span / most as f64;
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|&step| step >= raw);
    let step = step.unwrap_or(10.0 * power);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|index| index as f64 * step).collect()
}

fn tick_text(value: f64) -> String {
    tick_text_of((value * 1000.0).round() / 1000.0)
}

fn tick_text_of(rounded: f64) -> String {
    if rounded.abs() >= 10_000.0 {
        let text = numbers::whole(rounded.abs() as u64);
        return if rounded < 0.0 { format!("\u{2212}{text}") } else { text };
    }
    let text = format!("{rounded}");
    text.replace('-', "\u{2212}")
}

/// Ticks of a logarithmic axis, as powers of ten: 1, 2 and 5 of each decade, or only decades where those are too many.
#[must_use]
pub fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let decades = low.floor() as i32..=high.ceil() as i32;
    for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let all =
            decades.clone().flat_map(|decade| steps.iter().map(move |step: &f64| f64::from(decade) + step.log10()));
        let ticks: Vec<f64> = all.filter(|tick| (low - 1e-9..=high + 1e-9).contains(tick)).collect();
        if ticks.len() <= most {
            return ticks;
        }
    }
    round_ticks(low, high, most).into_iter().map(f64::round).collect()
}

/// The number at a place of a logarithmic axis.
fn power_text(place: f64) -> String {
    let value = 10_f64.powf(place);
    if (0.001..999_999.0).contains(&value) {
        let decimals = (1.0 - place).ceil().clamp(0.0, 6.0);
        let unit = 10_f64.powf(decimals);
        return tick_text_of((value * unit).round() / unit);
    }
    let power = format!("{place:.0}").replace('-', "\u{2212}");
    format!("1e{power}")
}

/// A plot with these axes that fills its space; no pan, no zoom, no hover text.
#[must_use]
pub fn plot<'a>(ui: &Ui, id: &'a str, axes: &Axes<'a>) -> Plot<'a> {
    plot_with(ui, id, axes, [tick_text; 2])
}

fn plot_with<'a>(ui: &Ui, id: &'a str, axes: &Axes<'a>, texts: [fn(f64) -> String; 2]) -> Plot<'a> {
    let tokens = Tokens::of(ui);
    let tick = ui.data(|data| data.get_temp::<TickSize>(egui::Id::NULL)).map_or(size::TICK, |tick| tick.0);
    let text = |label: &str| egui::RichText::new(label).font(regular(size::CAPTION)).color(tokens.t2);
    let dress = |hints: AxisHints<'a>, text: fn(f64) -> String| {
        let formatter = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| text(mark.value);
        hints.formatter(formatter).tick_label_color(tokens.t2).tick_label_font(FontId::proportional(tick))
    };
    // Labels are never faded by their distance, only by lack of room.
    let x_axis = dress(AxisHints::new_x(), texts[0]).label_spacing(8.0..=16.0);
    let y_axis = dress(AxisHints::new_y(), texts[1]).label_spacing(8.0..=14.0).min_thickness(34.0);
    let x_axis = match axes.x_label {
        Some(label) => x_axis.label(text(label)),
        None => x_axis,
    };
    let plot = Plot::new(id)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .sense(egui::Sense::hover())
        .show_axes([axes.x_label.is_some(), true])
        .grid_color(tokens.grid)
        .grid_fade(0.0)
        .grid_spacing(2.0..=3.0)
        .set_margin_fraction(vec2(0.0, 0.0))
        .min_size(vec2(40.0, 30.0))
        .x_grid_spacer(marks(axes.x_ticks.clone()))
        .y_grid_spacer(marks(axes.y_ticks.clone()))
        .custom_y_axes(vec![y_axis.label(text(axes.y_label))])
        .default_x_bounds(axes.x[0], axes.x[1])
        .default_y_bounds(axes.y[0], axes.y[1])
        .auto_bounds([false, false]);
    if axes.x_label.is_some() { plot.custom_x_axes(vec![x_axis]) } else { plot }
}

/// Shows a plot and draws over it with plain painter calls, in screen positions.
pub fn painted<'a>(
    ui: &mut Ui,
    id: &'a str,
    axes: &Axes<'a>,
    add: impl FnOnce(&mut PlotUi<'a>) + 'a,
    over: impl FnOnce(&egui::Painter, &dyn Fn(f64, f64) -> Pos2),
) {
    painted_log(ui, id, axes, [false; 2], add, over);
}

/// The same, where bounds, ticks and points along x, y or both are powers of ten.
pub fn painted_log<'a>(
    ui: &mut Ui,
    id: &'a str,
    axes: &Axes<'a>,
    logarithmic: [bool; 2],
    add: impl FnOnce(&mut PlotUi<'a>) + 'a,
    over: impl FnOnce(&egui::Painter, &dyn Fn(f64, f64) -> Pos2),
) {
    let (x, y) = (axes.x, axes.y);
    let texts = logarithmic.map(|log| if log { power_text as fn(f64) -> String } else { tick_text });
    let response = plot_with(ui, id, axes, texts).show(ui, move |plot_ui| {
        plot_ui.set_plot_bounds_x(x[0]..=x[1]);
        plot_ui.set_plot_bounds_y(y[0]..=y[1]);
        add(plot_ui);
    });
    let transform = response.transform;
    // A mark on the axis is drawn whole.
    let painter = ui.painter().with_clip_rect(transform.frame().expand(8.0));
    over(&painter, &|x, y| transform.position_from_point(&PlotPoint::new(x, y)));
}

/// A line through points.
#[must_use]
pub fn line<'a>(points: &[[f64; 2]], color: Color32, width: f32, style: LineStyle) -> Line<'a> {
    Line::new("", PlotPoints::from(points.to_vec()))
        .color(color)
        .width(width)
        .style(style)
        .allow_hover(false)
        .allow_band(false)
}

/// A point of a measurement with its error bar, both ends in plot units.
pub fn measured_point(
    painter: &egui::Painter,
    at: &dyn Fn(f64, f64) -> Pos2,
    place: [f64; 2],
    bar: [f64; 2],
    radius: f32,
    color: Color32,
) {
    if bar.iter().all(|end| end.is_finite()) && bar[1] > bar[0] {
        painter.line_segment([at(place[0], bar[0]), at(place[0], bar[1])], egui::Stroke::new(1.5, color));
    }
    painter.circle_filled(at(place[0], place[1]), radius, color);
}

/// A round mark with an outline.
pub fn ball(painter: &egui::Painter, at: Pos2, radius: f32, fill: Color32, outline: Color32) {
    painter.circle(at, radius, fill, egui::Stroke::new(2.0, outline));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(round_ticks(0.0, 3000.0, 6), [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0]);
        assert_eq!(round_ticks(-2.1, -0.4, 3), [-2.0, -1.0]);
        assert_eq!(tick_text(-0.5), "\u{2212}0.5");
    }

    #[test]
    fn logarithmic_ticks_are_round_numbers() {
        let texts = |low: f64, high: f64| log_ticks(low, high, 6).into_iter().map(power_text).collect::<Vec<_>>();
        assert_eq!(texts(0.0, 1.0), ["1", "2", "5", "10"]);
        assert_eq!(texts(-2.1, 0.1), ["0.01", "0.03", "0.1", "0.3", "1"]);
        assert_eq!(texts(0.0, 5.0), ["1", "10", "100", "1000", "10\u{2009}000", "100\u{2009}000"]);
    }
}
