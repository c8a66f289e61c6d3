//! The race on screen: a tile for each rule, with what it made of the probe.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::{
    captions,
    race::{Race, Racer, Start},
    scene::{Action, Scene},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, controls::progress_ui},
    widgets::{
        Tokens,
        buttons::{IconButton, focus_ring},
        icons::Icon,
        numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// What a tile needs over its picture for its name, and below it for the result and two lines of verdict, in points.
const NAME: f32 = 24.0;
const RESULT: f32 = 22.0;
const VERDICT: f32 = 32.0;

/// Draws what each rule made of the picture on the pad, side by side.
pub(super) fn race_ui(scene: &mut Scene<'_>, race: &mut Race, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    if race.racers().is_empty() {
        let corner = Rect::from_min_size(space.min, vec2(space.width().min(360.0), space.height()));
        start_ui(scene, race, ui, corner, cx);
        return;
    }
    let columns = race.racers().len() + 1;
    let rows = if space.width() / columns as f32 >= 92.0 { 1 } else { 2 };
    let columns = columns.div_ceil(rows);
    let cell = vec2(space.width() / columns as f32, space.height() / rows as f32);
    let place = |index: usize| {
        let offset = vec2((index % columns) as f32 * cell.x, (index / columns) as f32 * cell.y);
        Rect::from_min_size(space.min + offset, cell).shrink(3.0)
    };
    let picture_side = (cell.x - 18.0).min(cell.y - NAME - RESULT - VERDICT - 10.0).clamp(32.0, 160.0);
    if let Some(start) = race.begun_with() {
        let rect = place(0);
        let centre = pos2(rect.center().x, rect.top() + NAME + picture_side / 2.0);
        ui.painter().text(
            pos2(rect.center().x, rect.top() + 8.0),
            Align2::CENTER_CENTER,
            t.get("hopfield.race.probe"),
            regular(size::CAPTION),
            tokens.t2,
        );
        scene.thumbnails.draw(ui, Rect::from_center_size(centre, Vec2::splat(picture_side)), &start.probe.0);
    }
    let rect = place(0);
    let foot = Rect::from_min_max(pos2(rect.left(), rect.top() + NAME + picture_side + 4.0), rect.max);
    start_ui(scene, race, ui, foot, cx);
    for (index, racer) in race.racers().iter().enumerate() {
        tile_ui(scene, ui, place(index + 1), racer, picture_side, cx);
    }
}

/// Draws the button that starts the race, or how far it is, with what to do next.
fn start_ui(scene: &mut Scene<'_>, race: &mut Race, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let t = cx.texts;
    let now = Start::of(scene.settings);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("start"));
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(done) = race.progress() {
        if progress_ui(&mut ui, &format!("{:.0} %", 100.0 * done), done, t) {
            race.cancel();
        }
        return;
    }
    let width = rect.width().min(130.0);
    let go = IconButton::new(t.get("hopfield.race.start")).icon(Icon::Play).tight().min_size(vec2(width, 28.0));
    let button = ui.add_enabled_ui(!now.pictures.is_empty(), |ui| go.show(ui)).inner;
    if button.tip(t.get("hopfield.race.tip")).clicked() {
        scene.act(Action::StartRace);
    }
    let stale = race.begun_with().is_some_and(|start| *start != now);
    let key = if race.racers().is_empty() || stale { "hopfield.race.hint" } else { "hopfield.race.done" };
    ui.add(egui::Label::new(rich(t.get(key), regular(size::TICK), Tokens::of(&ui).t2)).wrap());
}

fn tile_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, racer: &Racer, side: f32, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let name = captions::rule(racer.rule, t);
    let response = ui.interact(rect, ui.scope_id().with(("racer", name)), Sense::click());
    let (verdict, mood) = match &racer.end {
        Some(end) => captions::of_verdict(scene.settings, &end.verdict, end.updates, t),
        None => (t.get("hopfield.race.cannot").to_owned(), captions::Mood::Neutral),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {verdict}")));
    let chosen = scene.settings.rule == racer.rule;
    let outline = match (chosen, response.hovered()) {
        (true, _) => Some(tokens.acc),
        (false, true) => Some(tokens.edge),
        _ => None,
    };
    if let Some(color) = outline {
        ui.painter().rect_stroke(rect, 6, Stroke::new(2.0, color), StrokeKind::Inside);
    }
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    let title = ui.fonts_mut(|fonts| fonts.layout_job(rich(name, bold(size::CAPTION), tokens.text)));
    ui.painter().galley(pos2(rect.center().x - title.size().x / 2.0, rect.top() + 4.0), title, tokens.text);
    let picture = Rect::from_min_size(pos2(rect.center().x - side / 2.0, rect.top() + NAME), Vec2::splat(side));
    let ink = match mood {
        captions::Mood::Good => tokens.ok,
        captions::Mood::Caution => tokens.warn,
        captions::Mood::Neutral => tokens.t2,
    };
    if let Some(end) = &racer.end {
        scene.thumbnails.draw(ui, picture, &end.picture);
        ui.painter().rect_stroke(picture.expand(1.0), 3, Stroke::new(2.5, ink), StrokeKind::Outside);
        let values = [("updates", numbers::whole(end.updates)), ("overlap", numbers::fixed(end.overlap, 2))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let key = if rect.width() < 118.0 { "hopfield.race.result.short" } else { "hopfield.race.result" };
        let text = t.fill(key, &values);
        let at = pos2(rect.center().x, picture.bottom() + 12.0);
        ui.painter().text(at, Align2::CENTER_CENTER, text, regular(size::TICK), tokens.t2);
    }
    let mut job = rich(&verdict, regular(size::TICK), ink);
    job.wrap.max_width = rect.width() - 8.0;
    job.wrap.max_rows = 2;
    job.halign = egui::Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(rect.center().x, picture.bottom() + 22.0), galley, ink);
    if response.tip(verdict).clicked() {
        scene.settings.rule = racer.rule;
    }
}
