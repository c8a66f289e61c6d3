//! What the hidden units look for: the weights of each as a picture.

use egui::{Color32, Modal, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{pictures::coloured, scene::Scene, settings::FeatureOrder};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{Host, PageContext, Task, deck},
    physics::rbm::Samples,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{self, caption_height, caption_in},
        colors,
        icons::Icon,
        mosaic::{Mosaic, TileGrid},
        numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// Training pictures that are searched for those that excite a unit most.
const SEARCHED: usize = 2000;
/// How many of them are shown.
const EXCITING: usize = 12;

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct FeaturesView {
    mosaic: Mosaic,
    large: Mosaic,
    exciting: Mosaic,
    open: bool,
    found_for: Option<(usize, u64)>,
    /// Indices of pictures, on their way.
    searching: Task<Vec<usize>>,
}

/// Draws the card of the features, one for each hidden unit.
pub(super) fn card_ui(
    scene: &mut Scene<'_>,
    view: &mut FeaturesView,
    ui: &mut Ui,
    rect: Rect,
    host: &Host,
    cx: &PageContext<'_>,
) {
    deck::card_ui(ui, rect, "features", "features", cx, |ui| content_ui(scene, view, ui, host, cx));
}

/// Draws what is in the card, for a card with tabs.
pub(super) fn content_ui(
    scene: &mut Scene<'_>,
    view: &mut FeaturesView,
    ui: &mut Ui,
    host: &Host,
    cx: &PageContext<'_>,
) {
    let t = cx.texts;
    let shown = scene.frame.feature_units.len();
    let hidden = scene.frame.shape.map_or(scene.settings.configuration.hidden, |shape| shape.hidden);
    let counts = [("shown", numbers::whole(shown as u64)), ("count", numbers::whole(hidden as u64))];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let title = if shown < hidden && shown > 0 { t.fill("rbm.features.some", &counts) } else { counts[1].1.to_owned() };
    deck::title_ui(ui, cx, t.get("rbm.features"), &title, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let by_use = scene.settings.order == FeatureOrder::Use;
        let button = IconButton::new(t.get("rbm.features.by_use")).selected(by_use);
        if button.min_size(vec2(0.0, 26.0)).show(ui).tip(t.get("rbm.features.by_use.tip")).clicked() {
            scene.settings.order = if by_use { FeatureOrder::Place } else { FeatureOrder::Use };
        }
        let own = IconButton::new(t.get("rbm.features.own")).selected(scene.look.own_scale);
        if own.min_size(vec2(0.0, 26.0)).show(ui).tip(t.get("rbm.features.own.tip")).clicked() {
            scene.look.own_scale ^= true;
        }
    });
    let space = ui.available_rect_before_wrap();
    let text = caption(scene, cx);
    let below = caption_height(ui, &text, space.width());
    let room = Rect::from_min_max(space.min + vec2(0.0, 2.0), pos2(space.right() - 44.0, space.bottom() - below - 8.0));
    tiles_ui(scene, view, ui, room, cx);
    let bar = Rect::from_min_max(pos2(space.right() - 34.0, room.top()), pos2(space.right() - 22.0, room.bottom()));
    colour_bar_ui(scene, ui, bar);
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - below), space.max), &text);
    if view.open {
        enlarged_ui(scene, view, ui, host, cx);
    }
}

fn caption(scene: &Scene<'_>, cx: &PageContext<'_>) -> String {
    let t = cx.texts;
    let activity = &scene.frame.activity;
    let dead = activity.iter().filter(|&&on| on < 0.01).count();
    let stuck = activity.iter().filter(|&&on| on > 0.99).count();
    if scene.has_learned() && dead + stuck > 0 {
        let fill = [("dead", dead.to_string()), ("stuck", stuck.to_string())];
        return t.fill("rbm.features.caption.dead", &fill.each_ref().map(|(name, value)| (*name, value.as_str())));
    }
    let key = if scene.has_learned() { "rbm.features.caption" } else { "rbm.features.caption.noise" };
    t.get(key).to_owned()
}

/// The size of weight that gets the full colour.
fn scale_of(weights: &[f32]) -> f64 {
    let mut sizes: Vec<f64> = weights.iter().map(|weight| f64::from(weight.abs())).collect();
    colors::percentile(&mut sizes, 0.99)
}

fn colour(weights: &[f32], scale: f64) -> impl Iterator<Item = Color32> + '_ {
    weights.iter().map(move |&weight| colors::diverging(f64::from(weight) / scale))
}

fn tiles_ui(scene: &mut Scene<'_>, view: &mut FeaturesView, ui: &mut Ui, room: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let frame = scene.frame;
    let Some(shape) = frame.shape.filter(|_| !frame.feature_units.is_empty()) else { return };
    let own = scene.look.own_scale;
    let stamp = 2 * scene.sequence + u64::from(own);
    view.mosaic.stamped(ui, stamp, frame.size, || {
        let common = scale_of(&frame.features);
        let tile = |weights: &[f32]| -> Vec<Color32> {
            let scale = if own { scale_of(weights) } else { common };
            colour(weights, scale).collect()
        };
        frame.features.chunks_exact(shape.visible).flat_map(tile).collect()
    });
    let units = frame.feature_units.clone();
    let aspect = frame.size[1] as f32 / frame.size[0] as f32;
    let grid = TileGrid::new(room, units.len(), aspect, 3.0, 96.0);
    let grid = grid.centred(room);
    let area = Rect::from_min_size(grid.rect(0).min, grid.size());
    let response = ui.interact(area, ui.scope_id().with("features"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("rbm.features")));
    for (index, &unit) in units.iter().enumerate() {
        let place = grid.rect(index);
        view.mosaic.draw(ui.painter(), index, place);
        if unit == scene.settings.followed {
            ui.painter().rect_stroke(place, 2, Stroke::new(2.5, tokens.acc), StrokeKind::Outside);
        }
    }
    let pointed = response.hover_pos().and_then(|at| grid.at(at, units.len()));
    if response.clicked()
        && let Some(index) = pointed
    {
        scene.settings.followed = units[index];
        view.open = true;
    }
    if response.has_focus() {
        crate::widgets::buttons::focus_ring(ui, area);
        let steps = crate::widgets::focus::arrow_steps(ui, &response);
        let at = units.iter().position(|&unit| unit == scene.settings.followed).unwrap_or(0);
        if steps != 0.0 {
            let next = (at as i64 + steps as i64).clamp(0, units.len() as i64 - 1);
            scene.settings.followed = units[next as usize];
        }
    }
    if let Some(index) = pointed {
        let unit = units[index];
        let on = scene.frame.activity.get(unit).map_or(String::new(), |on| format!("{:.0} %", 100.0 * on));
        response.tip(t.fill("rbm.features.hover", &[("unit", &(unit + 1).to_string()), ("on", &on)]));
    }
}

/// The scale of colours with its ends.
fn colour_bar_ui(scene: &Scene<'_>, ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    colors::bar(ui.painter(), rect, |share| colors::diverging(2.0 * share - 1.0));
    let (plus, minus) = if scene.look.own_scale || scene.frame.features.is_empty() {
        ("+".to_owned(), "\u{2212}".to_owned())
    } else {
        let scale = scale_of(&scene.frame.features);
        (numbers::fixed(scale, 1), numbers::fixed(-scale, 1))
    };
    for (text, at) in [(plus, rect.top() + 7.0), ("0".to_owned(), rect.center().y), (minus, rect.bottom() - 7.0)] {
        let place = pos2(rect.right() + 4.0, at);
        ui.painter().text(place, egui::Align2::LEFT_CENTER, text, regular(size::TICK), tokens.t2);
    }
}

/// The followed unit alone: its weights, the pictures that excite it most, and its numbers.
fn enlarged_ui(scene: &mut Scene<'_>, view: &mut FeaturesView, ui: &mut Ui, host: &Host, cx: &PageContext<'_>) {
    let t = cx.texts;
    let unit = scene.settings.followed;
    let Some(place) = scene.frame.feature_units.iter().position(|&shown| shown == unit) else {
        view.open = false;
        return;
    };
    let Some(shape) = scene.frame.shape else { return };
    let (width, height) = (scene.frame.size[0], scene.frame.size[1]);
    let weights = scene.frame.features[place * shape.visible..][..shape.visible].to_vec();
    let scale = scale_of(&weights);
    view.large.set(ui, [width, height], colour(&weights, scale).collect());
    find_exciting(scene, view, ui, unit, &weights, host);
    let frame = card::frame(Tokens::of(ui)).inner_margin(20);
    let modal = Modal::new(egui::Id::unique("feature")).frame(frame).show(ui.ctx(), |ui| {
        let tokens = Tokens::of(ui);
        ui.set_width(620.0_f32.min(ui.ctx().content_rect().width() - 60.0));
        let mut close = false;
        ui.horizontal(|ui| {
            let title = t.fill("rbm.feature", &[("unit", &(unit + 1).to_string())]);
            ui.label(rich(&title, bold(19.0), tokens.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = IconButton::icon_only(Icon::Close, t.get("close")).show(ui).clicked();
            });
        });
        ui.add_space(8.0);
        ui.horizontal_top(|ui| {
            let side = 280.0;
            let tall = side * height as f32 / width as f32;
            let (rect, response) = ui.allocate_exact_size(vec2(side, tall), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("rbm.features")));
            view.large.draw(ui.painter(), 0, rect);
            ui.painter().rect_stroke(rect, 3, Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
            ui.add_space(14.0);
            ui.vertical(|ui| {
                let on = scene.frame.activity.get(unit).copied().unwrap_or(0.0);
                let strongest = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
                for (key, value) in [
                    (
                        "rbm.feature.on",
                        t.fill("rbm.feature.share", &[("percent", &numbers::fixed(f64::from(100.0 * on), 1))]),
                    ),
                    ("rbm.feature.strongest", numbers::fixed(f64::from(strongest), 2)),
                ] {
                    ui.horizontal(|ui| {
                        ui.label(rich(t.get(key), regular(size::BODY), tokens.t2));
                        ui.label(rich(&value, bold(size::VALUE), tokens.text));
                    });
                }
                ui.add_space(10.0);
                ui.label(rich(t.get("rbm.feature.exciting"), bold(size::BODY), tokens.text));
                let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), 180.0), Sense::hover());
                let count = view.exciting.len().max(1);
                let grid = TileGrid::new(area, count, height as f32 / width as f32, 5.0, 66.0);
                for index in 0..view.exciting.len() {
                    view.exciting.draw(ui.painter(), index, grid.rect(index));
                }
            });
        });
        close
    });
    if modal.inner || modal.should_close() {
        view.open = false;
    }
}

/// The pictures with the largest Σ w v, looked for beside the window; again when an epoch has gone by.
fn find_exciting(scene: &Scene<'_>, view: &mut FeaturesView, ui: &Ui, unit: usize, weights: &[f32], host: &Host) {
    let epoch = scene.frame.epochs.floor() as u64;
    let Some(loaded) = scene.loaded else { return };
    let samples = &loaded.train;
    if samples.pixels() != weights.len() {
        return;
    }
    if !view.searching.is_busy() && view.found_for != Some((unit, epoch)) {
        view.found_for = Some((unit, epoch));
        let (weights, samples) = (weights.to_vec(), samples.clone());
        view.searching.start(host, "exciting pictures", (), 0.0, move |_| Some(Ok(exciting(&samples, &weights))));
    }
    if let Some((_, best)) = view.searching.poll_or_tell(host) {
        let pixels = best.iter().flat_map(|&index| coloured(samples.grey(index), scene.palette())).collect();
        view.exciting.set(ui, [samples.width(), samples.height()], pixels);
    }
}

fn exciting(samples: &Samples, weights: &[f32]) -> Vec<usize> {
    let pull = |index: usize| -> f32 {
        samples.grey(index).iter().zip(weights).map(|(&grey, weight)| f32::from(grey) * weight).sum()
    };
    let mut pulls: Vec<(f32, usize)> = (0..samples.len().min(SEARCHED)).map(|index| (pull(index), index)).collect();
    pulls.sort_by(|a, b| b.0.total_cmp(&a.0));
    pulls.into_iter().take(EXCITING).map(|(_, index)| index).collect()
}
