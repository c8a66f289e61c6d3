//! The connections as a picture: the matrix w_ij, averaged down, red where neurons pull together, blue where they push apart.

use std::sync::Arc;

use egui::{Align2, Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{HopfieldLab, sim::Trained};
use crate::{
    labs::LabContext,
    widgets::{
        Tokens,
        card::{caption_height, caption_in},
        colors, numbers,
        pattern::Raster,
        tokens::{regular, size},
    },
};

/// Cells of the picture along a side at most.
const FINEST: usize = 200;

/// What the picture keeps between frames.
#[derive(Default)]
pub(super) struct Weights {
    raster: Raster,
    of: Option<Arc<Trained>>,
    pixels: Vec<Color32>,
    scale: f64,
}

impl Weights {
    fn update(&mut self, trained: &Arc<Trained>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, trained)) {
            return;
        }
        self.of = Some(Arc::clone(trained));
        self.pixels.clear();
        let values = match trained.network.quadratic() {
            Some(weights) => {
                let neurons = weights.neurons();
                let block = neurons.div_ceil(FINEST);
                averaged(neurons, block, |i, j| weights.weight(i, j))
            }
            // A dense network has no weights between pairs: the likeness of its memories with each other is shown.
            None => {
                let memories = &trained.memories;
                let along =
                    |i: usize, j: usize| crate::physics::hopfield::patterns::overlap(memories.get(i), memories.get(j));
                averaged(memories.len(), 1, |i, j| if i == j { 0.0 } else { along(i, j) })
            }
        };
        let mut sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
        self.scale = colors::percentile(&mut sizes, 0.99);
        self.pixels.extend(values.iter().map(|value| colors::diverging(value / self.scale)));
    }
}

/// Means over square blocks, row by row.
fn averaged(count: usize, block: usize, at: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let cells = count.div_ceil(block);
    let span = |cell: usize| cell * block..((cell + 1) * block).min(count);
    let mean = |row: usize, column: usize| {
        let sum: f64 = span(row).flat_map(|i| span(column).map(move |j| (i, j))).map(|(i, j)| at(i, j)).sum();
        sum / (span(row).len() * span(column).len()) as f64
    };
    (0..cells * cells).map(|cell| mean(cell / cells, cell % cells)).collect()
}

/// Whether the network has connections between pairs, so that its matrix is shown.
pub(super) fn has_pairs(lab: &HopfieldLab) -> bool {
    lab.learning.trained().is_none_or(|trained| trained.network.quadratic().is_some())
}

/// Draws the picture with its scale and caption.
pub(super) fn content(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let Some(trained) = lab.learning.trained().cloned() else {
        let text = t.get("hopfield.likeness.empty");
        let centre = ui.available_rect_before_wrap().center();
        ui.painter().text(centre, Align2::CENTER_CENTER, text, regular(size::BODY), tokens.t2);
        return;
    };
    let pairs = has_pairs(lab);
    lab.weights.update(&trained);
    let caption = t.get(if pairs { "hopfield.weights.caption" } else { "hopfield.weights.dense.caption" });
    let width = ui.available_width();
    let caption_space = caption_height(ui, caption, width).max(20.0);
    let side = (width - 74.0).min(ui.available_height() - caption_space - 8.0);
    let (space, response) = ui.allocate_exact_size(vec2(width, side), Sense::hover());
    let rect = Rect::from_min_size(space.min, Vec2::splat(side));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("hopfield.weights")));
    let painter = ui.painter().clone();
    let pixels = std::mem::take(&mut lab.weights.pixels);
    lab.weights.raster.draw(ui, &painter, rect, &pixels);
    lab.weights.pixels = pixels;
    let bar = Rect::from_min_size(pos2(rect.right() + 12.0, rect.top()), vec2(12.0, side));
    let steps = 40;
    for step in 0..steps {
        let part = Rect::from_min_size(
            pos2(bar.left(), bar.top() + side * step as f32 / steps as f32),
            vec2(bar.width(), side / steps as f32 + 1.0),
        );
        painter.rect_filled(part, 0, colors::diverging(1.0 - 2.0 * (f64::from(step) + 0.5) / f64::from(steps)));
    }
    let words = [
        (bar.right_top(), Align2::LEFT_TOP, t.get("hopfield.weights.together")),
        (bar.right_center(), Align2::LEFT_CENTER, "0"),
        (bar.right_bottom(), Align2::LEFT_BOTTOM, t.get("hopfield.weights.apart")),
    ];
    for (at, align, word) in words {
        painter.text(at + vec2(5.0, 0.0), align, word, regular(size::TICK), tokens.t2);
    }
    if let Some(pointer) = response.hover_pos().filter(|&pointer| rect.contains(pointer)) {
        let count = trained.network.quadratic().map_or(trained.memories.len(), |weights| weights.neurons());
        let place = ((pointer - rect.min) / side * count as f32).floor();
        let at = |value: f32| (value as usize).min(count - 1);
        let (row, column) = (at(place.y), at(place.x));
        let value = match trained.network.quadratic() {
            Some(weights) => weights.weight(row, column),
            None => {
                crate::physics::hopfield::patterns::overlap(trained.memories.get(row), trained.memories.get(column))
            }
        };
        let values =
            [("row", (row + 1).to_string()), ("column", (column + 1).to_string()), ("value", numbers::fixed(value, 4))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let key = if pairs { "hopfield.weights.value" } else { "hopfield.weights.dense.value" };
        response.on_hover_text_at_pointer(t.fill(key, &values));
    }
    let (place, _) = ui.allocate_exact_size(vec2(width, caption_space), Sense::hover());
    caption_in(ui, place, caption);
}
