//! Plots in the design's dress: fixed bounds, few ticks, dashes as well as colours.

use egui::{Color32, Pos2, Rect, Ui, UiBuilder, pos2, vec2};
use egui_plot::{GridMark, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotResponse, PlotUi};

use super::{
    axes::Margins,
    tokens::{Tokens, regular, size},
};
pub use super::{
    axes::{Axes, TickSize},
    ticks::{log_ticks, round_ticks},
};

fn marks(ticks: Vec<f64>) -> impl Fn(egui_plot::GridInput) -> Vec<GridMark> {
    let step = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(1.0, f64::max);
    move |_| ticks.iter().map(|&value| GridMark { value, step_size: step }).collect()
}

/// A plot with these axes that fills its space; no pan, no zoom, no hover text.
#[must_use]
pub fn plot<'a>(ui: &Ui, id: &'a str, axes: &Axes<'a>) -> Framed<'a> {
    framed(ui, id, axes, [false; 2])
}

/// A plot inside its axes: their names and ticks are laid out first, and the plot has the rest of the space.
pub struct Framed<'a> {
    plot: Plot<'a>,
    margins: Margins,
}

impl<'a> Framed<'a> {
    /// Shows axes and plot in the available space.
    pub fn show<R>(self, ui: &mut Ui, content: impl FnOnce(&mut PlotUi<'a>) -> R + 'a) -> PlotResponse<R> {
        let space = ui.available_rect_before_wrap();
        ui.allocate_rect(space, egui::Sense::hover());
        let inner = self.margins.inside(space);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("inside the axes"));
        let response = self.plot.show(&mut child, content);
        self.margins.paint(ui, space, inner);
        response
    }
}

fn framed<'a>(ui: &Ui, id: &'a str, axes: &Axes<'a>, logarithmic: [bool; 2]) -> Framed<'a> {
    let tokens = Tokens::of(ui);
    let margins = Margins::of(ui, axes, logarithmic);
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
        .show_axes([false, false])
        .grid_color(tokens.grid)
        .grid_fade(0.0)
        .grid_spacing(2.0..=3.0)
        .set_margin_fraction(vec2(0.0, 0.0))
        .min_size(vec2(40.0, 30.0))
        .x_grid_spacer(marks(margins.x_ticks()))
        .y_grid_spacer(marks(margins.y_ticks()))
        .default_x_bounds(axes.x[0], axes.x[1])
        .default_y_bounds(axes.y[0], axes.y[1])
        .auto_bounds([false, false]);
    Framed { plot, margins }
}

/// A sentence in the middle of an empty plot or picture, wrapped to its width.
pub fn sentence(painter: &egui::Painter, frame: Rect, text: &str, color: Color32) {
    let mut job = super::rich(text, regular(size::CAPTION), color);
    job.wrap.max_width = (frame.width() - 24.0).max(40.0);
    job.halign = egui::Align::Center;
    let galley = painter.fonts_mut(|fonts| fonts.layout_job(job));
    let top = frame.center().y - galley.size().y / 2.0;
    painter.galley(pos2(frame.center().x, top.max(frame.top())), galley, color);
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

/// Shows a plot as [`painted`] does, where bounds, ticks and points along x, y or both are powers of ten.
pub fn painted_log<'a>(
    ui: &mut Ui,
    id: &'a str,
    axes: &Axes<'a>,
    logarithmic: [bool; 2],
    add: impl FnOnce(&mut PlotUi<'a>) + 'a,
    over: impl FnOnce(&egui::Painter, &dyn Fn(f64, f64) -> Pos2),
) {
    let (x, y) = (axes.x, axes.y);
    let response = framed(ui, id, axes, logarithmic).show(ui, move |plot_ui| {
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
