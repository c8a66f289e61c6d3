//! Eyes open, eyes closed: ⟨v h⟩ of the data, ⟨v h⟩ of the dream, and their difference, which is how weights move.

use egui::{Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::LineStyle;

use super::{correlations::Correlations, scene::Scene};
use crate::{
    labs::kit::{PageContext, deck},
    widgets::{
        Tokens,
        card::{caption_height, caption_in},
        colors,
        icons::{self, Icon},
        mosaic::{Mosaic, TileGrid},
        numbers,
        plot::{Axes, line, painted, round_ticks},
        tokens::{regular, size},
    },
};

/// Points of the comparison at most.
const POINTS: usize = 700;
/// The difference of a correlation that has the full colour: always the same, so that it fades as learning ends.
const CHANGE: f64 = 0.1;

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct EyesView {
    data: Mosaic,
    dream: Mosaic,
    change: Mosaic,
}

/// Draws the card that compares pairs in the data with pairs in the dream.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut EyesView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    deck::card_ui(ui, rect, "eyes", "eyes", cx, |ui| content_ui(scene, view, ui, cx));
}

/// Draws what is in the card, for a card with tabs.
pub(super) fn content_ui(scene: &mut Scene<'_>, view: &mut EyesView, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    deck::title_ui(ui, cx, t.get("rbm.eyes"), "v_{i} h_{j}", |_| {});
    let space = ui.available_rect_before_wrap();
    let now = scene.frame.now.clone();
    if now.units.is_empty() {
        let text = t.get(if scene.frame.ready { "rbm.eyes.empty" } else { "rbm.loading" });
        let text = crate::widgets::rich(text, regular(size::BODY), tokens.t2);
        ui.put(space, egui::Label::new(text));
        return;
    }
    let upper = Rect::from_min_size(space.min, vec2(space.width(), 0.56 * space.height()));
    three_ui(scene, view, ui, upper, &now, cx);
    let lower = Rect::from_min_max(pos2(space.left(), upper.bottom() + 6.0), space.max);
    compare_ui(scene, ui, lower, cx);
}

fn three_ui(
    scene: &mut Scene<'_>,
    view: &mut EyesView,
    ui: &mut Ui,
    rect: Rect,
    now: &Correlations,
    cx: &PageContext<'_>,
) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let size_of_tile = scene.frame.size;
    let largest = |values: &[f32]| {
        let mut values: Vec<f64> = values.iter().map(|&value| f64::from(value.abs())).collect();
        colors::percentile(&mut values, 0.995)
    };
    let scale = largest(&now.data).max(largest(&now.dream));
    let pairs = |values: &[f32]| -> Vec<Color32> {
        values.iter().map(|&value| colors::sequential(f64::from(value) / scale)).collect()
    };
    let change: Vec<f32> = now.data.iter().zip(&now.dream).map(|(data, dream)| data - dream).collect();
    let moved = change.iter().map(|&value| colors::diverging(f64::from(value) / CHANGE)).collect();
    view.data.set(ui, size_of_tile, pairs(&now.data));
    view.dream.set(ui, size_of_tile, pairs(&now.dream));
    view.change.set(ui, size_of_tile, moved);
    let gap = 26.0;
    let width = (rect.width() - 2.0 * gap) / 3.0;
    let columns = [
        (Some(Icon::Eye), "rbm.eyes.open", "rbm.eyes.open.note"),
        (Some(Icon::EyeClosed), "rbm.eyes.closed", "rbm.eyes.closed.note"),
        (None, "rbm.eyes.change", "rbm.eyes.change.note"),
    ];
    let aspect = size_of_tile[1] as f32 / size_of_tile[0] as f32;
    let mut clicked = None;
    for (index, (icon, name, below)) in columns.into_iter().enumerate() {
        let left = rect.left() + index as f32 * (width + gap);
        let mut at = left;
        if let Some(icon) = icon {
            let place = Rect::from_center_size(pos2(left + 8.0, rect.top() + 9.0), egui::Vec2::splat(16.0));
            icons::paint(ui.painter(), place, icon, tokens.text);
            at += 22.0;
        }
        let painter = ui.painter();
        let font = crate::widgets::tokens::bold(size::BODY);
        painter.text(pos2(at, rect.top() + 9.0), egui::Align2::LEFT_CENTER, t.get(name), font, tokens.text);
        let room = Rect::from_min_max(pos2(left, rect.top() + 24.0), pos2(left + width, rect.bottom() - 22.0));
        let grid = TileGrid::new(room, now.units.len(), aspect, 2.0, 200.0);
        let mosaic = [&view.data, &view.dream, &view.change][index];
        for (tile, &unit) in now.units.iter().enumerate() {
            let place = grid.rect(tile);
            mosaic.draw(painter, tile, place);
            if unit == scene.settings.followed {
                painter.rect_stroke(place, 1, Stroke::new(2.0, tokens.acc), StrokeKind::Outside);
            }
        }
        let area = Rect::from_min_size(grid.rect(0).min, grid.size());
        let response = ui.interact(area, ui.scope_id().with(("eyes", index)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get(name)));
        if response.clicked()
            && let Some(tile) = response.interact_pointer_pos().and_then(|at| grid.at(at, now.units.len()))
        {
            clicked = Some(now.units[tile]);
        }
        let painter = ui.painter();
        let note = pos2(left, area.bottom() + 11.0);
        painter.text(note, egui::Align2::LEFT_CENTER, t.get(below), regular(size::CAPTION), tokens.t2);
        if index < 2 {
            let sign = ["\u{2212}", "="][index];
            let place = pos2((area.right() + left + width + gap) / 2.0, area.center().y);
            painter.text(place, egui::Align2::CENTER_CENTER, sign, crate::widgets::tokens::bold(20.0), tokens.text);
        }
    }
    if let Some(unit) = clicked {
        scene.settings.followed = unit;
    }
}

/// Draws each pair of pixels: how much more often both are on than by chance, in the data and in free dreams.
fn compare_ui(scene: &Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (Some(now), Some((early_epoch, early))) = (&scene.frame.pairs, &scene.frame.early_pairs) else { return };
    let plot_width = (0.58 * rect.width()).min(330.0);
    let place = Rect::from_min_max(rect.min, pos2(rect.left() + plot_width, rect.bottom()));
    let all = || now.data.iter().chain(&now.dream).chain(&early.dream).copied();
    let (low, high) = all().fold((-0.02_f64, 0.05_f64), |(low, high), value| (low.min(value), high.max(value)));
    let ends = [(low * 21.0).floor() / 20.0, (high * 21.0).ceil() / 20.0];
    let ticks = round_ticks(ends[0], ends[1], 4);
    let axes = Axes {
        x: ends,
        y: ends,
        x_ticks: ticks.clone(),
        y_ticks: ticks,
        x_label: Some(t.get("rbm.eyes.x")),
        y_label: t.get("rbm.eyes.y"),
    };
    let (orange, teal, guide) = (tokens.warn, tokens.acc, tokens.reference);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("compare"));
    let step = now.data.len().div_ceil(POINTS).max(1);
    let dots = |dream: &[f64]| -> Vec<[f64; 2]> {
        now.data.iter().zip(dream).step_by(step).map(|(&data, &dream)| [data, dream]).collect()
    };
    let (before, current) = (dots(&early.dream), dots(&now.dream));
    let noise = now.noise;
    painted(
        &mut child,
        "eyes compare",
        &axes,
        move |plot| plot.line(line(&[[ends[0]; 2], [ends[1]; 2]], guide, 1.5, LineStyle::dashed_dense())),
        |painter, at| {
            // As far from the line as chance alone takes a dot.
            let corner = |end: usize, side: f64| at(ends[end], ends[end] + side * noise);
            let band = vec![corner(0, 1.0), corner(1, 1.0), corner(1, -1.0), corner(0, -1.0)];
            painter.add(egui::Shape::convex_polygon(band, guide.gamma_multiply(0.5), Stroke::NONE));
            for point in &before {
                painter.circle_stroke(at(point[0], point[1]), 2.6, Stroke::new(1.0, orange));
            }
            for point in &current {
                painter.circle_filled(at(point[0], point[1]), 2.0, teal);
            }
        },
    );
    let right = Rect::from_min_max(pos2(place.right() + 14.0, rect.top() + 4.0), rect.max);
    let mut y = right.top() + 8.0;
    let whole = |epoch: u64| numbers::whole(epoch);
    let rows = [
        (true, t.fill("rbm.eyes.early", &[("epoch", &whole(*early_epoch))]), early.mismatch),
        (false, t.fill("rbm.eyes.now", &[("epoch", &whole(scene.frame.epochs.floor() as u64))]), now.mismatch),
    ];
    for (hollow, text, mismatch) in rows {
        let dot = pos2(right.left() + 6.0, y);
        if hollow {
            ui.painter().circle_stroke(dot, 4.0, Stroke::new(1.6, orange));
        } else {
            ui.painter().circle_filled(dot, 4.0, teal);
        }
        let text = format!("{text}  {}", numbers::fixed(mismatch, 3));
        let left = pos2(right.left() + 18.0, y);
        ui.painter().text(left, egui::Align2::LEFT_CENTER, text, regular(size::CAPTION), tokens.text);
        y += 18.0;
    }
    let chance = t.fill("rbm.eyes.noise", &[("noise", &numbers::fixed(noise, 3))]);
    ui.painter().text(
        pos2(right.left() + 18.0, y),
        egui::Align2::LEFT_CENTER,
        chance,
        regular(size::CAPTION),
        tokens.t2,
    );
    y += 12.0;
    let caption = t.get(caption(early.mismatch, now.mismatch, noise));
    let below = Rect::from_min_max(pos2(right.left(), y + 4.0), right.max);
    if caption_height(ui, caption, below.width()) <= below.height() + 4.0 {
        caption_in(ui, below, caption);
    }
}

/// What can be said of the mismatch before learning and now: a fall only where it is larger than chance.
fn caption(early: f64, now: f64, noise: f64) -> &'static str {
    if now <= 1.5 * noise {
        "rbm.eyes.caption.matched"
    } else if early - now > noise {
        "rbm.eyes.caption.falls"
    } else if now - early > noise {
        "rbm.eyes.caption.rises"
    } else {
        "rbm.eyes.caption"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_is_claimed_only_where_it_is_larger_than_chance() {
        assert_eq!(caption(0.050, 0.046, 0.0055), "rbm.eyes.caption");
        assert_eq!(caption(0.050, 0.040, 0.0055), "rbm.eyes.caption.falls");
        assert_eq!(caption(0.050, 0.080, 0.0055), "rbm.eyes.caption.rises");
        assert_eq!(caption(0.050, 0.007, 0.0055), "rbm.eyes.caption.matched");
    }
}
