//! The shelf of memories and how full it is.

use egui::{
    Align, Key, Layout, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::{
    captions, gauge,
    scene::{Action, Scene},
    settings::{Memory, SMALLEST_DRAWN},
};
use crate::widgets::tip::Tip;
use crate::{
    data::drawings::DrawnSet,
    labs::kit::PageContext,
    widgets::{
        Tokens,
        buttons::{IconButton, Look, focus_ring},
        card::{card_in, title_row},
        icons::{self, Icon},
        layout::Class,
        rich,
        tokens::{bold, regular, size},
    },
};

/// What the shelf keeps between frames.
#[derive(Default)]
pub(super) struct ShelfView {
    /// The memory that is dragged to another place.
    dragged: Option<usize>,
    /// The memory that is renamed, and its name so far.
    renaming: Option<(usize, String)>,
    /// How many memories there were in the last frame; none before the first.
    count: Option<usize>,
    /// The first of the memories that came last, and when they came, in seconds.
    newcomers: Option<(usize, f64)>,
}

/// Newcomers are marked for so long, in seconds.
const MARKED: f64 = 1.5;

impl ShelfView {
    /// Notes which memories have come since the last frame. Returns whether some have.
    fn note(&mut self, count: usize, now: f64) -> bool {
        let before = self.count.replace(count);
        let came = before.is_some_and(|before| before < count);
        if came {
            self.newcomers = before.map(|first| (first, now));
        } else if before.is_some_and(|before| count < before) {
            self.newcomers = None;
        }
        came
    }

    /// How strongly a memory is marked as new, 0 to 1.
    fn mark_of(&self, index: usize, now: f64) -> f32 {
        let Some((_, since)) = self.newcomers.filter(|(first, _)| index >= *first) else { return 0.0 };
        (1.0 - (now - since) / MARKED).clamp(0.0, 1.0) as f32
    }
}

/// Draws the card of the memories and of how full the network is.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut ShelfView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let compact = cx.class == Class::Compact;
    let gauge_width = if compact { 176.0 } else { 270.0 };
    card_in(ui, rect, "shelf", |ui| {
        let space = ui.max_rect();
        let space = if compact { space.expand2(vec2(4.0, 6.0)) } else { space };
        let gauge_rect = Rect::from_min_max(pos2(space.right() - gauge_width, space.top()), space.max);
        let shelf = Rect::from_min_max(space.min, pos2(gauge_rect.left() - 18.0, space.bottom()));
        let mut left = ui.new_child(UiBuilder::new().max_rect(shelf).id_salt("memories"));
        if !compact {
            heading_ui(scene, &mut left, cx);
        }
        memories_ui(scene, view, &mut left, cx);
        let mut right = ui.new_child(UiBuilder::new().max_rect(gauge_rect).id_salt("gauge"));
        gauge::gauge_ui(scene, &mut right, cx);
    });
}

fn heading_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        title_row(ui, t.get("hopfield.shelf"), &format!("P = {}", scene.settings.active().len()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| buttons_ui(scene, ui, cx));
    });
}

fn buttons_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.x = 6.0;
    let sets = IconButton::new(t.get("hopfield.sets")).icon(Icon::Plus).tight().min_size(vec2(110.0, 28.0)).show(ui);
    sets_ui(scene, &sets.tip(t.get("hopfield.sets.tip")), cx);
    if !scene.settings.memories.is_empty() {
        let all = IconButton::new(t.get("hopfield.forget_all")).icon(Icon::Bin).look(Look::Bare).tight();
        let all = all.min_size(vec2(0.0, 28.0)).show(ui);
        if all.tip(t.get("hopfield.forget_all.tip")).clicked() {
            scene.act(Action::ForgetAll);
        }
    }
}

/// Draws the buttons without words, one above the other, where there is little room.
fn small_buttons_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.vertical(|ui| {
        let small = vec2(32.0, 32.0);
        let sets = IconButton::icon_only(Icon::More, t.get("hopfield.sets")).min_size(small).show(ui);
        sets_ui(scene, &sets.tip(t.get("hopfield.sets.tip")), cx);
        let all = IconButton::icon_only(Icon::Bin, t.get("hopfield.forget_all")).min_size(small);
        if all.show(ui).tip(t.get("hopfield.forget_all.tip")).clicked() {
            scene.act(Action::ForgetAll);
        }
    });
}

fn sets_ui(scene: &mut Scene<'_>, button: &Response, cx: &PageContext<'_>) {
    let t = cx.texts;
    Popup::menu(button).show(|ui| {
        let names = [
            (Some(DrawnSet::Digits), "hopfield.set.digits"),
            (Some(DrawnSet::Letters), "hopfield.set.letters"),
            (Some(DrawnSet::Pictures), "hopfield.set.pictures"),
            (Some(DrawnSet::ChineseNumerals), "hopfield.set.numerals"),
            (None, "hopfield.set.random"),
        ];
        for (set, key) in names {
            let enabled = set.is_none() || scene.settings.side >= SMALLEST_DRAWN;
            let entry = egui::Button::new(t.get(key)).min_size(vec2(180.0, 32.0)).frame(false);
            if ui.add_enabled(enabled, entry).on_disabled_hover_text(t.get("hopfield.set.small")).clicked() {
                scene.act(Action::AddSet(set));
            }
        }
        let entry = egui::Button::new(t.get("hopfield.set.features")).min_size(vec2(180.0, 32.0)).frame(false);
        let entry = ui.add_enabled(scene.has_machine, entry).on_hover_text(t.get("hopfield.set.features.tip"));
        if entry.on_disabled_hover_text(t.get("hopfield.set.features.none")).clicked() {
            scene.act(Action::AddFeatures);
        }
    });
}

/// What a memory's name needs under its picture, in points.
const NAME: f32 = 26.0;
/// Room between pictures in one row, and in two, in points.
const BETWEEN: f32 = 10.0;
const CLOSE: f32 = 3.0;
/// Room between pictures that are a little smaller so that all stand in one row with their names, and their least size.
const NEAR: f32 = 6.0;
const LEAST_NAMED: f32 = 36.0;
/// Pictures of two rows are at least this large, in points.
const SMALLEST: f32 = 27.0;

/// How the pictures stand on the shelf: large ones in a row with their names, or more of them in two rows without.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rows {
    /// Side of a picture.
    thumb: f32,
    /// Pictures in a row.
    columns: usize,
    has_names: bool,
    /// Room between pictures.
    gap: f32,
    /// Room of the pictures with what scrolls, across.
    width: f32,
}

impl Rows {
    /// For so many pictures in this room, a part of which what is beside them takes.
    fn new(count: usize, space: Vec2, largest: f32, beside: f32, [bar, margin]: [f32; 2]) -> Self {
        // What is beside the pictures has the size of one with its name.
        let named = (space.y - NAME).clamp(40.0, largest);
        let room = space.x - beside - named - BETWEEN;
        let natural = |columns: usize, thumb: f32, gap: f32| columns as f32 * (thumb + 4.0 + gap) + margin;
        let width = natural(count, named, BETWEEN);
        if width <= room {
            return Self { thumb: named, columns: count.max(1), has_names: true, gap: BETWEEN, width };
        }
        // A little smaller and closer, names and all.
        let smaller = (room - margin) / count as f32 - 4.0 - NEAR;
        if smaller >= LEAST_NAMED {
            let width = natural(count, smaller, NEAR);
            return Self { thumb: smaller, columns: count, has_names: true, gap: NEAR, width };
        }
        let columns = count.div_ceil(2);
        let across = (room - margin) / columns as f32 - 4.0 - CLOSE;
        let down = |height: f32| 0.5 * (height - CLOSE) - 4.0;
        // As large as lets all be seen at once; where even the smallest are too many, a bar lies under them.
        let has_bar = across < SMALLEST;
        let thumb = if has_bar { down(space.y - bar) } else { down(space.y).min(across) }.clamp(SMALLEST, largest);
        let fitting = ((room - margin) / (thumb + 4.0 + CLOSE)).floor() as usize;
        let columns = if has_bar { columns } else { columns.max(fitting) };
        Self { thumb, columns, has_names: false, gap: CLOSE, width: natural(columns, thumb, CLOSE).min(room).max(0.0) }
    }
}

fn memories_ui(scene: &mut Scene<'_>, view: &mut ShelfView, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let tokens = Tokens::of(ui);
    let mut places: Vec<Rect> = Vec::new();
    let compact = cx.class == Class::Compact;
    let space = ui.available_rect_before_wrap();
    let count = scene.settings.memories.len();
    let (largest, beside) = if compact { (48.0, 52.0) } else { (76.0, 14.0) };
    let scroll = ui.spacing().scroll;
    let margin = scroll.content_margin.sum().x + 1.0;
    let rows = Rows::new(count, space.size(), largest, beside, [scroll.bar_width + 4.0, margin]);
    let row = Rect::from_min_size(space.min, vec2(rows.width, space.height()));
    let came = view.note(count, ui.input(|input| input.time));
    let mut scrolled = ui.new_child(UiBuilder::new().max_rect(row).id_salt("row"));
    ScrollArea::horizontal().auto_shrink([false, false]).show(&mut scrolled, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(rows.gap);
        for first in (0..count).step_by(rows.columns) {
            ui.horizontal(|ui| {
                for index in first..(first + rows.columns).min(count) {
                    places.push(memory_ui(scene, view, ui, index, rows, cx));
                }
            });
        }
        if let Some(last) = places.last().filter(|_| came) {
            ui.scroll_to_rect(*last, None);
        }
    });
    // What is stored next looks as large as one that has its name.
    let thumb = if rows.has_names { rows.thumb } else { (space.height() - NAME).clamp(40.0, largest) };
    let rest = Rect::from_min_max(pos2(row.right() + 6.0, space.top()), space.max);
    let mut beside =
        ui.new_child(UiBuilder::new().max_rect(rest).layout(Layout::left_to_right(Align::Min)).id_salt("beside"));
    store_tile_ui(scene, &mut beside, thumb, cx);
    if compact {
        small_buttons_ui(scene, &mut beside, cx);
    }
    if scene.settings.memories.is_empty() {
        beside.add_space(8.0);
        beside.label(rich(t.get("hopfield.shelf.empty"), regular(size::BODY), tokens.t2));
    }
    if let Some(from) = view.dragged {
        reorder_ui(scene, view, ui, from, &places);
    }
}

/// Shows where the dragged memory would come to stand, and moves it there when it is let go.
fn reorder_ui(scene: &mut Scene<'_>, view: &mut ShelfView, ui: &Ui, from: usize, places: &[Rect]) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    // Row by row, as one reads.
    let is_before = |place: &&Rect| {
        let is_above = place.bottom() < pointer.y && places.last().is_some_and(|last| last.top() > place.top());
        is_above || (place.top() <= pointer.y.max(places[0].top()) && place.center().x < pointer.x)
    };
    let to = places.iter().filter(is_before).count();
    let mark = match (to.checked_sub(1).and_then(|before| places.get(before)), places.get(to)) {
        // At the end of a row, not at the beginning of the next.
        (Some(before), Some(after)) if after.top() > before.top() && pointer.y <= before.bottom() => {
            Some((before.right() + 5.0, before.y_range()))
        }
        (_, Some(after)) => Some((after.left() - 5.0, after.y_range())),
        (Some(before), None) => Some((before.right() + 5.0, before.y_range())),
        (None, None) => None,
    };
    if let Some((x, range)) = mark {
        ui.painter().vline(x, range, Stroke::new(3.0, Tokens::of(ui).acc));
    }
    if ui.input(|input| input.pointer.any_released()) {
        view.dragged = None;
        scene.act(Action::Move(from, if to > from { to - 1 } else { to }));
    }
}

/// Draws one memory. Returns where it lies.
fn memory_ui(
    scene: &mut Scene<'_>,
    view: &mut ShelfView,
    ui: &mut Ui,
    index: usize,
    rows: Rows,
    cx: &PageContext<'_>,
) -> Rect {
    let thumb = rows.thumb;
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let memory = scene.settings.memories[index].clone();
    let name = captions::name(&memory, t);
    let (rect, response) = ui.allocate_exact_size(
        vec2(thumb + 4.0, thumb + if rows.has_names { 24.0 } else { 4.0 }),
        Sense::click_and_drag(),
    );
    let state = if memory.on { name.clone() } else { t.fill("hopfield.memory.off", &[("name", &name)]) };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, t.fill("hopfield.memory", &[("name", &state)])));
    let picture = Rect::from_min_size(rect.min + vec2(2.0, 2.0), Vec2::splat(thumb));
    scene.thumbnails.draw(ui, picture, &memory.picture.0);
    let on_pad = scene.settings.clean == memory.picture;
    if !memory.on {
        ui.painter().rect_filled(picture, 0, tokens.card.gamma_multiply(0.72));
        icons::paint(
            ui.painter(),
            Rect::from_center_size(picture.center(), Vec2::splat(24.0)),
            Icon::Pause,
            tokens.text,
        );
    }
    if on_pad {
        ui.painter().rect_stroke(picture.expand(2.0), 4, Stroke::new(2.5, tokens.acc), StrokeKind::Outside);
    } else if response.hovered() {
        ui.painter().rect_stroke(picture.expand(1.0), 3, Stroke::new(2.0, tokens.edge), StrokeKind::Outside);
    }
    if response.has_focus() {
        focus_ring(ui, picture.expand(3.0));
    }
    let mark = view.mark_of(index, ui.input(|input| input.time));
    if mark > 0.0 {
        let stroke = Stroke::new(3.0, tokens.ok.gamma_multiply(mark));
        ui.painter().rect_stroke(picture.expand(2.0), 4, stroke, StrokeKind::Outside);
        ui.ctx().request_repaint();
    }
    if rows.has_names {
        name_ui(ui, picture, &name, on_pad, memory.on);
    }

    if response.clicked() {
        scene.act(Action::Probe(index));
    }
    if response.drag_started() {
        view.dragged = Some(index);
    }
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
        scene.act(Action::Forget(index));
    }
    // Where the name is not under it, the tip says it.
    let tip = t.get("hopfield.memory.tip");
    let response = if rows.has_names { response.tip(tip) } else { response.tip(format!("{name}: {tip}")) };
    menu_ui(scene, view, &response, index, (&memory, &name), cx);
    rect
}

/// Draws a memory's name under its picture.
fn name_ui(ui: &Ui, picture: Rect, name: &str, on_pad: bool, is_on: bool) {
    let tokens = Tokens::of(ui);
    let mut job = rich(
        name,
        if on_pad { bold(size::CAPTION) } else { regular(size::CAPTION) },
        if is_on { tokens.text } else { tokens.t3 },
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(picture.width() + 10.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(picture.center().x - galley.size().x / 2.0, picture.bottom() + 3.0);
    ui.painter().galley(at, galley, tokens.text);
}

fn menu_ui(
    scene: &mut Scene<'_>,
    view: &mut ShelfView,
    response: &Response,
    index: usize,
    (memory, name): (&Memory, &str),
    cx: &PageContext<'_>,
) {
    let t = cx.texts;
    let popup = Popup::context_menu(response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_min_width(190.0);
        let entry = |ui: &mut Ui, text: &str| {
            ui.add(egui::Button::new(text).min_size(vec2(190.0, 32.0)).frame(false)).clicked()
        };
        if entry(ui, t.get("hopfield.memory.probe")) {
            scene.act(Action::Probe(index));
            ui.close();
        }
        if entry(ui, t.get(if memory.on { "hopfield.memory.switch_off" } else { "hopfield.memory.switch_on" })) {
            scene.act(Action::Switch(index));
            ui.close();
        }
        if entry(ui, t.get("hopfield.memory.forget")) {
            // A name that was being typed is forgotten with it.
            view.renaming = None;
            scene.act(Action::Forget(index));
            ui.close();
            return;
        }
        let renaming = view.renaming.get_or_insert_with(|| (index, name.to_owned()));
        if renaming.0 != index {
            *renaming = (index, name.to_owned());
        }
        ui.separator();
        ui.label(rich(t.get("hopfield.memory.rename"), regular(size::CAPTION), Tokens::of(ui).t2));
        let field = ui.add(egui::TextEdit::singleline(&mut renaming.1).desired_width(180.0).char_limit(40));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, t.get("hopfield.memory.rename")));
        if field.lost_focus() && renaming.1 != name {
            scene.act(Action::Rename(index, renaming.1.trim().to_owned()));
            ui.close();
        }
    });
}

fn store_tile_ui(scene: &mut Scene<'_>, ui: &mut Ui, thumb: f32, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (rect, response) = ui.allocate_exact_size(vec2(thumb + 12.0, thumb + 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, t.get("hopfield.store")));
    let tile = Rect::from_min_size(rect.min + vec2(6.0, 2.0), Vec2::splat(thumb));
    let ink = if response.hovered() { tokens.text } else { tokens.t2 };
    let corners = [tile.left_top(), tile.right_top(), tile.right_bottom(), tile.left_bottom(), tile.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, Stroke::new(1.5, ink), 4.0, 4.0));
    icons::paint(ui.painter(), Rect::from_center_size(tile.center(), Vec2::splat(24.0)), Icon::Plus, ink);
    if response.has_focus() {
        focus_ring(ui, tile.expand(2.0));
    }
    let font = regular(size::CAPTION);
    let at = pos2(tile.center().x, tile.bottom() + 3.0);
    ui.painter().text(at, egui::Align2::CENTER_TOP, t.get("hopfield.store.short"), font, ink);
    if response.tip(t.get("hopfield.store.tip")).clicked() {
        scene.act(Action::Store);
    }
}
