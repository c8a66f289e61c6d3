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
    let rounded = (value * 1000.0).round() / 1000.0;
    if rounded.abs() >= 10_000.0 {
        let text = numbers::whole(rounded.abs() as u64);
        return if rounded < 0.0 { format!("\u{2212}{text}") } else { text };
    }
    let text = format!("{rounded}");
    text.replace('-', "\u{2212}")
}

/// A plot with these axes that fills its space; no pan, no zoom, no hover text.
#[must_use]
pub fn plot<'a>(ui: &Ui, id: &'a str, axes: &Axes<'a>) -> Plot<'a> {
    let tokens = Tokens::of(ui);
    let tick = ui.data(|data| data.get_temp::<TickSize>(egui::Id::NULL)).map_or(size::TICK, |tick| tick.0);
    let text = |label: &str| egui::RichText::new(label).font(regular(size::CAPTION)).color(tokens.t2);
    let formatter = |mark: GridMark, _: &std::ops::RangeInclusive<f64>| tick_text(mark.value);
    let dress = |hints: AxisHints<'a>| {
        hints.formatter(formatter).tick_label_color(tokens.t2).tick_label_font(FontId::proportional(tick))
    };
    // Labels are never faded by their distance, only by lack of room.
    let x_axis = dress(AxisHints::new_x()).label_spacing(8.0..=16.0);
    let y_axis = dress(AxisHints::new_y()).label_spacing(8.0..=14.0).min_thickness(34.0);
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
    let (x, y) = (axes.x, axes.y);
    let response = plot(ui, id, axes).show(ui, move |plot_ui| {
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
}
