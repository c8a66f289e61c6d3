//! S(k) as a map around k = 0, on a logarithmic scale of colours.

use egui::{Align2, Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::labs::ising::magnet::inspector::CorrelationFrame;
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens, colors, numbers,
        pattern::Raster,
        tokens::{regular, size},
    },
};

/// What the map keeps between frames.
#[derive(Default)]
pub(in crate::labs::ising) struct Map {
    raster: Raster,
    pixels: Vec<Color32>,
    version: u64,
    /// Ends of the scale.
    ends: [f64; 2],
}

/// Draws the map with its scale.
pub(super) fn structure_ui(found: &CorrelationFrame, map: &mut Map, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let side = (space.height() - 22.0).min(space.width() - 90.0);
    let left = space.left() + ((space.width() - side - 90.0) / 2.0).max(0.0) + 20.0;
    let rect = Rect::from_min_size(pos2(left, space.top()), Vec2::splat(side));
    let response = ui.allocate_rect(rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("ising.plot.structure")));
    let painter = ui.painter().clone();
    if found.states == 0 || found.structure.is_empty() {
        let text = t.get("ising.correlation.waiting");
        painter.rect_filled(rect, 3, tokens.plot);
        crate::widgets::plot::sentence(&painter, rect, text, tokens.t2);
        return;
    }
    if map.version != found.version {
        map.version = found.version;
        let mut values: Vec<f64> = found.structure.iter().map(|&value| f64::from(value.max(1e-6))).collect();
        let low = colors::percentile(&mut values, 0.01).ln();
        let high = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max).ln().max(low + 1.0);
        map.ends = [low.exp(), high.exp()];
        let place = |value: f32| (f64::from(value.max(1e-6)).ln() - low) / (high - low);
        map.pixels.clear();
        map.pixels.extend(found.structure.iter().map(|&value| colors::sequential(place(value))));
    }
    map.raster.draw(ui, &painter, rect, &map.pixels);
    let bar = Rect::from_min_size(pos2(rect.right() + 12.0, rect.top()), vec2(12.0, side));
    colors::bar(&painter, bar, colors::sequential);
    let ends =
        [(bar.right_top(), Align2::LEFT_TOP, map.ends[1]), (bar.right_bottom(), Align2::LEFT_BOTTOM, map.ends[0])];
    for (at, align, value) in ends {
        painter.text(at + vec2(5.0, 0.0), align, numbers::three_digits(value), regular(size::TICK), tokens.t2);
    }
    let largest = std::f64::consts::TAU * found.modes as f64 / found.side.max(1) as f64;
    let edge = numbers::three_digits(largest);
    let labels = [
        (rect.left_bottom(), Align2::LEFT_TOP, format!("\u{2212}{edge}")),
        (rect.center_bottom(), Align2::CENTER_TOP, format!("{} 0", t.get("ising.axis.wave"))),
        (rect.right_bottom(), Align2::RIGHT_TOP, edge),
    ];
    for (at, align, text) in labels {
        painter.text(at + vec2(0.0, 3.0), align, text, regular(size::TICK), tokens.t2);
    }
}
