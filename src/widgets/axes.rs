//! What stands around a plot: the names of its axes and their ticks, laid out before the plot so that they have their room.
//!
//! Ticks and names are set in rich text. Nothing leaves the rectangle that plot and axes share: a label at the end of an
//! axis moves inwards, labels without room between them are thinned out, and a name that is too long ends in ….

use std::sync::Arc;

use egui::{Galley, Rect, Ui, epaint::TextShape, pos2, text::TextWrapping, vec2};

use super::{
    rich, ticks,
    tokens::{Tokens, regular, size},
};

/// Room between the name of an axis, its ticks and the plot, in points.
const GAP: f32 = 4.0;
/// Room between two labels of an axis along the text and across it, in points.
const BETWEEN: [f32; 2] = [8.0, 1.0];
/// Ticks along y have at least this width, in points, so that plots one above the other begin at one place.
const NARROWEST: f32 = 22.0;

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

/// A tick: its place on the axis and its label.
struct Tick {
    value: f64,
    label: Arc<Galley>,
}

/// Names and ticks of both axes, laid out.
pub(super) struct Margins {
    bounds: [[f64; 2]; 2],
    ticks: [Vec<Tick>; 2],
    /// Whether the axis along x is shown.
    below: bool,
    names: [String; 2],
    name_height: f32,
}

impl Margins {
    /// Lays out the ticks of these axes.
    pub fn of(ui: &Ui, axes: &Axes<'_>, logarithmic: [bool; 2]) -> Self {
        let tokens = Tokens::of(ui);
        let points = ui.data(|data| data.get_temp::<TickSize>(egui::Id::NULL)).map_or(size::TICK, |tick| tick.0);
        let laid = |given: &[f64], bounds: [f64; 2], logarithmic: bool| {
            let values = ticks::at_least_two(given, bounds, logarithmic);
            let texts = ticks::texts(&values, logarithmic);
            let tick = |(value, text): (f64, String)| {
                let job = rich(&text, regular(points), tokens.t2);
                Tick { value, label: ui.fonts_mut(|fonts| fonts.layout_job(job)) }
            };
            values.into_iter().zip(texts).map(tick).collect::<Vec<_>>()
        };
        Self {
            bounds: [axes.x, axes.y],
            ticks: [laid(&axes.x_ticks, axes.x, logarithmic[0]), laid(&axes.y_ticks, axes.y, logarithmic[1])],
            below: axes.x_label.is_some(),
            names: [axes.x_label.unwrap_or_default().to_owned(), axes.y_label.to_owned()],
            name_height: ui.fonts_mut(|fonts| fonts.row_height(&regular(size::CAPTION))),
        }
    }

    /// Places of the ticks along x.
    pub fn x_ticks(&self) -> Vec<f64> {
        self.ticks[0].iter().map(|tick| tick.value).collect()
    }

    /// Places of the ticks along y.
    pub fn y_ticks(&self) -> Vec<f64> {
        self.ticks[1].iter().map(|tick| tick.value).collect()
    }

    /// The room that is left for the plot.
    pub fn inside(&self, space: Rect) -> Rect {
        let name = |axis: usize| if self.names[axis].is_empty() { 0.0 } else { self.name_height + GAP };
        let widest = self.ticks[1].iter().map(|tick| tick.label.size().x).fold(NARROWEST, f32::max);
        let highest = self.ticks[0].iter().map(|tick| tick.label.size().y).fold(0.0, f32::max);
        let left = name(1) + widest + GAP;
        let bottom = if self.below { highest + GAP + name(0) } else { 0.0 };
        Rect::from_min_max(space.min + vec2(left, 0.0), space.max - vec2(0.0, bottom))
    }

    /// Paints names and ticks into `space` around the plot at `inner`.
    pub fn paint(&self, ui: &Ui, space: Rect, inner: Rect) {
        if !inner.is_positive() {
            return;
        }
        if self.below {
            // The lowest tick along y stands left of the corner, the first one along x under it.
            let limits = [inner.left() - GAP, space.right()];
            for (tick, place) in shown(&self.ticks[0], self.bounds[0], [inner.left(), inner.right()], limits, 0) {
                ui.painter().galley(
                    pos2(place, inner.bottom() + GAP / 2.0),
                    Arc::clone(&tick.label),
                    Tokens::of(ui).t2,
                );
            }
            let name = self.name(ui, 0, space.width());
            let x = (inner.center().x - name.size().x / 2.0).clamp(space.left(), space.right() - name.size().x);
            ui.painter().galley(pos2(x, space.bottom() - name.size().y), name, Tokens::of(ui).t2);
        }
        let limits = [space.top(), space.bottom()];
        for (tick, place) in shown(&self.ticks[1], self.bounds[1], [inner.bottom(), inner.top()], limits, 1) {
            let x = inner.left() - GAP - tick.label.size().x;
            ui.painter().galley(pos2(x, place), Arc::clone(&tick.label), Tokens::of(ui).t2);
        }
        // From bottom to top, in the middle of the plot where it fits there.
        let name = self.name(ui, 1, space.height());
        let length = name.size().x;
        let foot =
            (inner.center().y + length / 2.0).clamp(space.top() + length, space.bottom().max(space.top() + length));
        let shape = TextShape::new(pos2(space.left(), foot), name, Tokens::of(ui).t2);
        ui.painter().add(shape.with_angle(-std::f32::consts::FRAC_PI_2));
    }

    fn name(&self, ui: &Ui, axis: usize, room: f32) -> Arc<Galley> {
        let mut job = rich(&self.names[axis], regular(size::CAPTION), Tokens::of(ui).t2);
        job.wrap = TextWrapping::truncate_at_width(room);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// The labels that have room along an axis whose bounds lie at `ends`, with the least coordinate of each label: all, or
/// every second, third and so on. A label that would leave the limits is moved between them.
fn shown(ticks: &[Tick], bounds: [f64; 2], ends: [f32; 2], [low, high]: [f32; 2], axis: usize) -> Vec<(&Tick, f32)> {
    let place = |tick: &Tick| {
        let share = (tick.value - bounds[0]) / (bounds[1] - bounds[0]);
        let centre = ends[0] + (ends[1] - ends[0]) * share as f32;
        let length = tick.label.size()[axis];
        (centre - length / 2.0).min(high - length).max(low)
    };
    let placed: Vec<(&Tick, f32)> = ticks.iter().map(|tick| (tick, place(tick))).collect();
    let fits = |every: &usize| {
        let kept: Vec<_> = placed.iter().step_by(*every).collect();
        kept.windows(2).all(|pair| {
            let [first, second] = if pair[0].1 < pair[1].1 { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
            first.1 + first.0.label.size()[axis] + BETWEEN[axis] <= second.1
        })
    };
    let every = (1..=placed.len()).find(fits).unwrap_or(1);
    placed.into_iter().step_by(every).collect()
}
