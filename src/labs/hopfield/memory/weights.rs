//! The connections as a picture: the matrix w_ij, averaged down, red where neurons pull together, blue where they push apart.

use std::sync::Arc;

use egui::{Align2, Color32, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::{captions, scene::Scene, settings::Neurons, trained::Trained};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        card::{caption_height, caption_in},
        colors, numbers,
        pattern::Raster,
        tokens::{regular, size},
    },
};

/// What the picture keeps between frames.
#[derive(Default)]
pub(super) struct WeightsView {
    raster: Raster,
    of: Option<Arc<Trained>>,
    pixels: Vec<Color32>,
}

impl WeightsView {
    fn update(&mut self, trained: &Arc<Trained>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, trained)) {
            return;
        }
        self.of = Some(Arc::clone(trained));
        self.pixels.clear();
        let mut sizes: Vec<f64> = trained.matrix.iter().map(|value| value.abs()).collect();
        let scale = colors::percentile(&mut sizes, 0.99);
        self.pixels.extend(trained.matrix.iter().map(|value| colors::diverging(value / scale)));
    }
}

/// Draws the picture with its scale and caption.
pub(super) fn weights_ui(scene: &mut Scene<'_>, view: &mut WeightsView, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let Some(trained) = scene.learning.trained() else {
        let text = t.get("hopfield.likeness.empty");
        crate::widgets::plot::sentence(ui.painter(), ui.available_rect_before_wrap(), text, tokens.t2);
        return;
    };
    let has_pairs = trained.network.quadratic().is_some();
    if !has_pairs || scene.settings.neurons == Neurons::Modern {
        pulls_ui(scene, ui, cx);
        return;
    }
    view.update(trained);
    let caption = t.get("hopfield.weights.caption");
    let width = ui.available_width();
    let caption_space = caption_height(ui, caption, width).max(20.0);
    let side = (width - 74.0).min(ui.available_height() - caption_space - 8.0);
    let (space, response) = ui.allocate_exact_size(vec2(width, side), Sense::hover());
    let rect = Rect::from_min_size(space.min, Vec2::splat(side));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("hopfield.weights")));
    let painter = ui.painter().clone();
    view.raster.draw(ui, &painter, rect, &view.pixels);
    let bar = Rect::from_min_size(pos2(rect.right() + 12.0, rect.top()), vec2(12.0, side));
    colors::bar(&painter, bar, |share| colors::diverging(2.0 * share - 1.0));
    let words = [
        (bar.right_top(), Align2::LEFT_TOP, t.get("hopfield.weights.together")),
        (bar.right_center(), Align2::LEFT_CENTER, "0"),
        (bar.right_bottom(), Align2::LEFT_BOTTOM, t.get("hopfield.weights.apart")),
    ];
    for (at, align, word) in words {
        painter.text(at + vec2(5.0, 0.0), align, word, regular(size::TICK), tokens.t2);
    }
    if let Some(pointer) = response.hover_pos().filter(|&pointer| rect.contains(pointer))
        && let Some(weights) = trained.network.quadratic()
    {
        let count = weights.neurons();
        let place = ((pointer - rect.min) / side * count as f32).floor();
        let at = |value: f32| (value as usize).min(count - 1);
        let (row, column) = (at(place.y), at(place.x));
        let value = numbers::fixed(weights.weight(row, column), 4);
        let (row, column) = ((row + 1).to_string(), (column + 1).to_string());
        let values = [("row", row.as_str()), ("column", &column), ("value", &value)];
        response.on_hover_text_at_pointer(t.fill("hopfield.weights.value", &values));
    }
    let (place, _) = ui.allocate_exact_size(vec2(width, caption_space), Sense::hover());
    caption_in(ui, place, caption);
}

/// Draws, for networks without pairs, how strongly each memory pulls at this moment.
fn pulls_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let caption = t.get("hopfield.pulls.caption");
    let height = caption_height(ui, caption, space.width()).max(20.0);
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - height), space.max), caption);
    let rows = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - height - 8.0));
    let active = scene.settings.active();
    let pulls = &scene.frame.attention;
    if pulls.len() != active.len() {
        return;
    }
    let row_height = (rows.height() / pulls.len() as f32).clamp(24.0, 48.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("pulls"));
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (&index, pull) in active.iter().zip(pulls) {
            let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), row_height), Sense::hover());
            let thumb = row_height - 6.0;
            let picture = Rect::from_min_size(row.min + vec2(2.0, 3.0), Vec2::splat(thumb));
            let memory = &scene.settings.memories[index];
            scene.thumbnails.draw(ui, picture, &memory.picture.0);
            let track = Rect::from_min_max(
                pos2(picture.right() + 12.0, row.center().y - 7.0),
                pos2(row.right() - 58.0, row.center().y + 7.0),
            );
            ui.painter().rect_filled(track, 3, tokens.plot);
            let bar = Rect::from_min_size(track.min, vec2(track.width() * *pull as f32, track.height()));
            ui.painter().rect_filled(bar, 3, tokens.series[4]);
            let text = format!("{:.0} %", 100.0 * pull);
            let at = pos2(row.right() - 6.0, row.center().y);
            ui.painter().text(at, Align2::RIGHT_CENTER, &text, regular(size::BODY), tokens.text);
            let name = t.fill("hopfield.pulls.of", &[("name", &captions::name(memory, t)), ("percent", &text)]);
            response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &name));
        }
    });
}
