//! What it dreams: films from the beginning on, the dreams of now, and how it dreams.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    dreams::{FILMED, RECORDED_STEPS},
    scene::{Action, Scene},
    settings::{Activity, DREAMS, DreamStart, TEMPERATURES},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, deck},
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        card::{caption_height, caption_in, title_row},
        icons::Icon,
        layout::Class,
        mosaic::{Mosaic, TileGrid},
        numbers,
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
    },
};

/// A step that changes more than this part of what two dreams differ in leaves hardly anything of a picture, and one that
/// changes less than that part leaves nearly all.
const MOLTEN: f64 = 0.75;
const FROZEN: f64 = 0.06;

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct DreamsView {
    film: Mosaic,
    dreams: Mosaic,
}

/// Draws the card of the dreams and of the film of how they come.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut DreamsView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    deck::card_ui(ui, rect, "dreams", "dreams", cx, |ui| content_ui(scene, view, ui, cx));
}

/// Draws what is in the card, for a card with tabs.
pub(super) fn content_ui(scene: &mut Scene<'_>, view: &mut DreamsView, ui: &mut Ui, cx: &PageContext<'_>) {
    let space = ui.available_rect_before_wrap();
    if cx.class == Class::Compact {
        let film = Rect::from_min_size(space.min, vec2(space.width(), 0.34 * space.height()));
        let rest = Rect::from_min_max(pos2(space.left(), film.bottom() + 10.0), space.max);
        let controls = Rect::from_min_max(pos2(rest.right() - 250.0, rest.top()), rest.max);
        films_ui(scene, view, ui, film, cx);
        now_ui(scene, view, ui, Rect::from_min_max(rest.min, pos2(controls.left() - 14.0, rest.bottom())), cx);
        knobs_ui(scene, ui, controls, cx);
        return;
    }
    let knobs_width = 250.0;
    let now_width = (1.32 * space.height()).min(0.27 * space.width());
    let right = Rect::from_min_max(pos2(space.right() - knobs_width, space.top()), space.max);
    let middle = Rect::from_min_max(
        pos2(right.left() - 18.0 - now_width, space.top()),
        pos2(right.left() - 18.0, space.bottom()),
    );
    films_ui(scene, view, ui, Rect::from_min_max(space.min, pos2(middle.left() - 18.0, space.bottom())), cx);
    ui.painter().vline(middle.left() - 9.0, space.y_range(), Stroke::new(1.0, Tokens::of(ui).line));
    now_ui(scene, view, ui, middle, cx);
    knobs_ui(scene, ui, right, cx);
}

fn films_ui(scene: &mut Scene<'_>, view: &mut DreamsView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("films"));
    let from = match scene.settings.start {
        DreamStart::Noise if scene.settings.label.is_some() => "rbm.dreams.from_label",
        DreamStart::Noise => "rbm.dreams.from_noise",
        DreamStart::Data => "rbm.dreams.from_data",
        DreamStart::Drawing => "rbm.dreams.from_drawing",
    };
    deck::title_ui(&mut child, cx, t.get("rbm.dreams"), t.get(from), |_| {});
    let room = Rect::from_min_max(pos2(rect.left(), rect.top() + 26.0), rect.max);
    let frame = scene.frame;
    if frame.film.shots.is_empty() {
        empty_ui(scene, ui, room, cx);
        return;
    }
    let palette = scene.palette();
    view.film.stamped(ui, scene.sequence, frame.size, || {
        frame.film.shots.iter().flatten().map(|&ink| palette(f64::from(ink))).collect()
    });
    let shots = frame.film.shots.len();
    let aspect = frame.size[1] as f32 / frame.size[0] as f32;
    let columns = (RECORDED_STEPS + 1) as f32;
    let left = if room.width() > 560.0 { 56.0 } else { 0.0 };
    let arrow = if room.width() > 560.0 { 20.0 } else { 5.0 };
    let across = (room.width() - left + arrow) / columns - arrow;
    let down = ((room.height() - 20.0) / FILMED as f32 - 6.0) / aspect;
    let tile = vec2(across.min(down), across.min(down) * aspect);
    let step = (room.width() - left - tile.x) / (columns - 1.0);
    for shot in 0..=RECORDED_STEPS {
        let x = room.left() + left + shot as f32 * step;
        let name = if shot == 0 { t.get("rbm.dreams.start").to_owned() } else { (1_u32 << (shot - 1)).to_string() };
        let above = pos2(x + tile.x / 2.0, room.top() + 8.0);
        ui.painter().text(above, egui::Align2::CENTER_CENTER, name, regular(size::CAPTION), tokens.t2);
        for chain in 0..FILMED {
            let top = room.top() + 20.0 + chain as f32 * (tile.y + 6.0);
            let place = Rect::from_min_size(pos2(x, top), tile);
            if shot < shots {
                view.film.draw(ui.painter(), shot * FILMED + chain, place);
            }
            ui.painter().rect_stroke(place, 2, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
            if shot > 0 && step - tile.x > 14.0 {
                let middle = pos2(x - (step - tile.x) / 2.0, place.center().y);
                ui.painter().arrow(middle - vec2(5.0, 0.0), vec2(10.0, 0.0), Stroke::new(1.3, tokens.t3));
            }
            if shot == 0 && left > 0.0 {
                let text = t.fill("rbm.dreams.chain", &[("chain", &(chain + 1).to_string())]);
                let at = pos2(room.left(), place.center().y);
                ui.painter().text(at, egui::Align2::LEFT_CENTER, text, regular(size::CAPTION), tokens.t2);
            }
        }
    }
}

fn empty_ui(scene: &Scene<'_>, ui: &mut Ui, room: Rect, cx: &PageContext<'_>) {
    let key = match (scene.frame.ready, scene.has_learned()) {
        (false, _) => "rbm.loading",
        (true, false) => "rbm.dreams.empty",
        (true, true) => "rbm.dreams.wait",
    };
    let tokens = Tokens::of(ui);
    let text = crate::widgets::rich(cx.texts.get(key), regular(size::BODY), tokens.t2);
    ui.put(room, egui::Label::new(text));
}

fn now_ui(scene: &mut Scene<'_>, view: &mut DreamsView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("now"));
    let frame = scene.frame;
    let mut steps = t.fill("rbm.dreams.steps", &[("steps", &numbers::whole(frame.dream_steps))]);
    if let (Some([read, all]), Some(label)) = (frame.read, scene.settings.label) {
        let whole = |count: usize| numbers::whole(count as u64);
        let values = [("read", &*whole(read)), ("all", &*whole(all)), ("label", &*label.to_string())];
        steps = format!("{steps} · {}", t.fill("rbm.dreams.read", &values));
    }
    title_row(&mut child, t.get("rbm.dreams.now"), &steps);
    let mut room = Rect::from_min_max(pos2(rect.left(), rect.top() + 26.0), rect.max);
    let mut below = None;
    if let Some([data, dream, error]) = frame.magnet {
        let values = [numbers::fixed(data, 3), numbers::fixed(dream, 3), numbers::fixed(error, 3)];
        let values = [("data", &*values[0]), ("dream", &values[1]), ("error", &values[2])];
        below = Some(t.fill("rbm.dreams.magnet", &values));
    } else if let Some(key) = state(frame.looseness) {
        below = Some(t.get(key).to_owned());
    }
    if let Some(text) = below {
        let height = caption_height(ui, &text, rect.width());
        caption_in(ui, Rect::from_min_max(pos2(rect.left(), rect.bottom() - height), rect.max), &text);
        room.max.y -= height + 6.0;
    }
    if frame.dreams.is_empty() {
        return;
    }
    let palette = scene.palette();
    view.dreams
        .stamped(ui, scene.sequence, frame.size, || frame.dreams.iter().map(|&ink| palette(f64::from(ink))).collect());
    let aspect = frame.size[1] as f32 / frame.size[0] as f32;
    let grid = TileGrid::new(room, DREAMS, aspect, 3.0, 90.0);
    let area = Rect::from_min_size(room.min, grid.size());
    let response = ui.interact(area, ui.scope_id().with("dreams"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("rbm.dreams.now")));
    for index in 0..DREAMS {
        let place = grid.rect(index);
        view.dreams.draw(ui.painter(), index, place);
        ui.painter().rect_stroke(place, 2, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
    }
}

/// What is said of dreams by how much a step changes them.
fn state(looseness: Option<f64>) -> Option<&'static str> {
    match looseness? {
        loose if loose > MOLTEN => Some("rbm.dreams.molten"),
        loose if loose < FROZEN => Some("rbm.dreams.frozen.state"),
        _ => None,
    }
}

fn knobs_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let t = cx.texts;
    let roomy = rect.height() > 250.0;
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("dream knobs"));
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut child, |ui| {
        ui.set_max_width(ui.available_width() - 4.0);
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 6.0) / 2.0;
            let dreams = scene.activity == Activity::Dreaming;
            let (icon, text) = if dreams { (Icon::Pause, t.get("pause")) } else { (Icon::Moon, t.get("rbm.dream")) };
            let button = IconButton::new(text).icon(icon).tight().selected(dreams).min_size(vec2(width, 32.0));
            let ready = scene.frame.ready && !scene.is_learning();
            let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
            if response.tip(t.get("rbm.dream.tip")).clicked() {
                scene.act(Action::Dream(!dreams));
            }
            let again = IconButton::new(t.get("rbm.dream.again")).icon(Icon::Reset).tight();
            let response = ui.add_enabled_ui(scene.frame.ready, |ui| again.min_size(vec2(width, 32.0)).show(ui)).inner;
            if response.tip(t.get("rbm.dream.again.tip")).clicked() {
                scene.act(Action::DreamAgain);
            }
        });
        let slider = BigSlider {
            name: t.get("rbm.temperature"),
            symbol: "T",
            shown: numbers::fixed(scene.settings.temperature, 2),
            ends: roomy.then(|| (t.get("rbm.temperature.safe"), t.get("rbm.temperature.wild"))),
            scale: Scale { low: *TEMPERATURES.start(), high: *TEMPERATURES.end(), logarithmic: true },
            default: 1.0,
            ..BigSlider::plain()
        };
        slider.show(ui, &mut scene.settings.temperature).tip(t.get("rbm.temperature.tip"));
        if roomy {
            heading(ui, t.get("rbm.dreams.begin"), "");
        }
        let options = [
            (DreamStart::Noise, t.get("rbm.start.noise")),
            (DreamStart::Data, t.get("rbm.start.data")),
            (DreamStart::Drawing, t.get("rbm.start.drawing")),
        ];
        segmented(ui, &mut scene.settings.start, &options);
        labels_ui(scene, ui, cx);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 6.0) / 2.0;
            let frozen = IconButton::new(t.get("rbm.dreams.frozen")).tight().selected(scene.settings.frozen);
            if frozen.min_size(vec2(width, 30.0)).show(ui).tip(t.get("rbm.dreams.frozen.tip")).clicked() {
                scene.settings.frozen ^= true;
            }
            let tempered = IconButton::new(t.get("rbm.dreams.tempered")).tight().selected(scene.settings.tempered);
            let response = tempered.min_size(vec2(width, 30.0)).show(ui);
            if response.tip(t.get("rbm.dreams.tempered.tip")).clicked() {
                scene.settings.tempered ^= true;
            }
        });
    });
}

/// Draws the buttons of the labels that dreams can be held to, as in "dream a 7".
fn labels_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let classes = scene.frame.shape.map_or(0, |shape| shape.classes).min(16);
    if classes == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 3.0);
        ui.label(crate::widgets::rich(t.get("rbm.dreams.label"), regular(size::BODY), tokens.text));
        let width = (ui.available_width() / classes as f32 - 2.0).max(28.0);
        for label in 0..classes {
            let chosen = scene.settings.label == Some(label);
            let text = label.to_string();
            let name = t.fill("rbm.dreams.label.tip", &[("label", &text)]);
            let button = IconButton::new(&text).name(&name).tight().selected(chosen).min_size(vec2(width, 28.0));
            if button.show(ui).tip(&name).clicked() {
                scene.settings.label = if chosen { None } else { Some(label) };
                // A digit is asked for to be seen.
                if !chosen && scene.activity == Activity::Idle && scene.has_learned() {
                    scene.act(Action::Dream(true));
                }
            }
        }
    });
}
