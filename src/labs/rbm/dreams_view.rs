//! What it dreams: films from the beginning on, the dreams of now, and how it dreams.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    RbmLab,
    dreams::{FILMED, SHOTS},
    settings::{DREAMS, DreamStart, TEMPERATURES},
};
use crate::{
    labs::LabContext,
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        card::{caption_height, caption_in, card_in, title_row},
        colors,
        icons::Icon,
        layout::Class,
        mosaic::{Mosaic, TileGrid},
        numbers,
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
    },
};

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct DreamsView {
    film: Mosaic,
    dreams: Mosaic,
}

/// Draws the card.
pub(super) fn show(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    card_in(ui, rect, "dreams", |ui| content(lab, ui, cx));
}

/// The content.
pub(super) fn content(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let space = ui.available_rect_before_wrap();
    if cx.class == Class::Compact {
        let film = Rect::from_min_size(space.min, vec2(space.width(), 0.34 * space.height()));
        let rest = Rect::from_min_max(pos2(space.left(), film.bottom() + 10.0), space.max);
        let controls = Rect::from_min_max(pos2(rest.right() - 250.0, rest.top()), rest.max);
        films(lab, ui, film, cx);
        now(lab, ui, Rect::from_min_max(rest.min, pos2(controls.left() - 14.0, rest.bottom())), cx);
        knobs(lab, ui, controls, cx);
        return;
    }
    let knobs_width = 250.0;
    let now_width = (1.32 * space.height()).min(0.27 * space.width());
    let right = Rect::from_min_max(pos2(space.right() - knobs_width, space.top()), space.max);
    let middle = Rect::from_min_max(
        pos2(right.left() - 18.0 - now_width, space.top()),
        pos2(right.left() - 18.0, space.bottom()),
    );
    films(lab, ui, Rect::from_min_max(space.min, pos2(middle.left() - 18.0, space.bottom())), cx);
    ui.painter().vline(middle.left() - 9.0, space.y_range(), Stroke::new(1.0, Tokens::of(ui).line));
    now(lab, ui, middle, cx);
    knobs(lab, ui, right, cx);
}

fn films(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("films"));
    let from = match lab.settings.start {
        DreamStart::Noise => "rbm.dreams.from_noise",
        DreamStart::Data => "rbm.dreams.from_data",
        DreamStart::Drawing => "rbm.dreams.from_drawing",
    };
    title_row(&mut child, t.get("rbm.dreams"), t.get(from));
    let room = Rect::from_min_max(pos2(rect.left(), rect.top() + 26.0), rect.max);
    let frame = lab.driver.frame();
    if frame.film.shots.is_empty() {
        empty(lab, ui, room, cx);
        return;
    }
    lab.dreams_view.film.stamped(ui, lab.driver.published().sequence, frame.size, || {
        frame.film.shots.iter().flatten().map(|&ink| colors::ink(f64::from(ink))).collect()
    });
    let shots = frame.film.shots.len();
    let aspect = frame.size[1] as f32 / frame.size[0] as f32;
    let columns = (SHOTS + 1) as f32;
    let left = if room.width() > 560.0 { 56.0 } else { 0.0 };
    let arrow = if room.width() > 560.0 { 20.0 } else { 5.0 };
    let across = (room.width() - left + arrow) / columns - arrow;
    let down = ((room.height() - 20.0) / FILMED as f32 - 6.0) / aspect;
    let tile = vec2(across.min(down), across.min(down) * aspect);
    let step = (room.width() - left - tile.x) / (columns - 1.0);
    for shot in 0..=SHOTS {
        let x = room.left() + left + shot as f32 * step;
        let name = if shot == 0 { t.get("rbm.dreams.start").to_owned() } else { (1_u32 << (shot - 1)).to_string() };
        let above = pos2(x + tile.x / 2.0, room.top() + 8.0);
        ui.painter().text(above, egui::Align2::CENTER_CENTER, name, regular(size::CAPTION), tokens.t2);
        for chain in 0..FILMED {
            let top = room.top() + 20.0 + chain as f32 * (tile.y + 6.0);
            let place = Rect::from_min_size(pos2(x, top), tile);
            if shot < shots {
                lab.dreams_view.film.draw(ui.painter(), shot * FILMED + chain, place);
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

fn empty(lab: &RbmLab, ui: &mut Ui, room: Rect, cx: &LabContext<'_>) {
    let key = match (lab.frame().ready, lab.has_learned()) {
        (false, _) => "rbm.loading",
        (true, false) => "rbm.dreams.empty",
        (true, true) => "rbm.dreams.wait",
    };
    let tokens = Tokens::of(ui);
    let text = crate::widgets::rich(cx.texts.get(key), regular(size::BODY), tokens.t2);
    ui.put(room, egui::Label::new(text));
}

fn now(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("now"));
    let frame = lab.driver.frame();
    let steps = t.fill("rbm.dreams.steps", &[("steps", &numbers::whole(frame.dream_steps))]);
    title_row(&mut child, t.get("rbm.dreams.now"), &steps);
    let mut room = Rect::from_min_max(pos2(rect.left(), rect.top() + 26.0), rect.max);
    if let Some([data, dream, error]) = frame.magnet {
        let values = [numbers::fixed(data, 3), numbers::fixed(dream, 3), numbers::fixed(error, 3)];
        let text = t.fill("rbm.dreams.magnet", &[("data", &values[0]), ("dream", &values[1]), ("error", &values[2])]);
        let height = caption_height(ui, &text, rect.width());
        caption_in(ui, Rect::from_min_max(pos2(rect.left(), rect.bottom() - height), rect.max), &text);
        room.max.y -= height + 6.0;
    }
    if frame.dreams.is_empty() {
        return;
    }
    lab.dreams_view.dreams.stamped(ui, lab.driver.published().sequence, frame.size, || {
        frame.dreams.iter().map(|&ink| colors::ink(f64::from(ink))).collect()
    });
    let aspect = frame.size[1] as f32 / frame.size[0] as f32;
    let grid = TileGrid::new(room, DREAMS, aspect, 3.0, 90.0);
    let area = Rect::from_min_size(room.min, grid.size());
    let response = ui.interact(area, ui.scope_id().with("dreams"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.get("rbm.dreams.now")));
    for index in 0..DREAMS {
        let place = grid.rect(index);
        lab.dreams_view.dreams.draw(ui.painter(), index, place);
        ui.painter().rect_stroke(place, 2, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
    }
}

fn knobs(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    let t = cx.texts;
    let roomy = rect.height() > 250.0;
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("dream knobs"));
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut child, |ui| {
        ui.set_max_width(ui.available_width() - 4.0);
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 6.0) / 2.0;
            let dreams = lab.dreaming;
            let (icon, text) = if dreams { (Icon::Pause, t.get("pause")) } else { (Icon::Moon, t.get("rbm.dream")) };
            let button = IconButton::new(text).icon(icon).tight().selected(dreams).min_size(vec2(width, 32.0));
            let ready = lab.frame().ready && !lab.is_learning();
            let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
            if response.on_hover_text(t.get("rbm.dream.tip")).clicked() {
                lab.set_dreaming(!dreams);
            }
            let again = IconButton::new(t.get("rbm.dream.again")).icon(Icon::Reset).tight();
            let response = ui.add_enabled_ui(lab.frame().ready, |ui| again.min_size(vec2(width, 32.0)).show(ui)).inner;
            if response.on_hover_text(t.get("rbm.dream.again.tip")).clicked() {
                lab.dream_again();
            }
        });
        let slider = BigSlider {
            name: t.get("rbm.temperature"),
            symbol: "T",
            shown: numbers::fixed(lab.settings.temperature, 2),
            ends: roomy.then(|| (t.get("rbm.temperature.safe"), t.get("rbm.temperature.wild"))),
            scale: Scale { low: *TEMPERATURES.start(), high: *TEMPERATURES.end(), logarithmic: true },
            default: 1.0,
            ..BigSlider::plain()
        };
        slider.show(ui, &mut lab.settings.temperature).on_hover_text(t.get("rbm.temperature.tip"));
        if roomy {
            heading(ui, t.get("rbm.dreams.begin"), "");
        }
        let options = [
            (DreamStart::Noise, t.get("rbm.start.noise")),
            (DreamStart::Data, t.get("rbm.start.data")),
            (DreamStart::Drawing, t.get("rbm.start.drawing")),
        ];
        segmented(ui, &mut lab.settings.start, &options);
        labels(lab, ui, cx);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 6.0) / 2.0;
            let frozen = IconButton::new(t.get("rbm.dreams.frozen")).tight().selected(lab.settings.frozen);
            if frozen.min_size(vec2(width, 30.0)).show(ui).on_hover_text(t.get("rbm.dreams.frozen.tip")).clicked() {
                lab.settings.frozen ^= true;
            }
            let tempered = IconButton::new(t.get("rbm.dreams.tempered")).tight().selected(lab.settings.tempered);
            let response = tempered.min_size(vec2(width, 30.0)).show(ui);
            if response.on_hover_text(t.get("rbm.dreams.tempered.tip")).clicked() {
                lab.settings.tempered ^= true;
            }
        });
    });
}

/// "Dream a 7".
fn labels(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let classes = lab.frame().shape.map_or(0, |shape| shape.classes).min(16);
    if classes == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(crate::widgets::rich(t.get("rbm.dreams.label"), regular(size::BODY), tokens.text));
        let width = (ui.available_width() / classes as f32 - 2.0).max(13.0);
        for label in 0..classes {
            let chosen = lab.settings.label == Some(label);
            let text = label.to_string();
            let name = t.fill("rbm.dreams.label.tip", &[("label", &text)]);
            let button = IconButton::new(&text).name(&name).tight().selected(chosen).min_size(vec2(width, 28.0));
            if button.show(ui).on_hover_text(&name).clicked() {
                lab.settings.label = if chosen { None } else { Some(label) };
            }
        }
    });
}
