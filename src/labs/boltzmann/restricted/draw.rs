//! Draw, and it fills in the rest: the drawing, the hidden units that answer, and what the machine would draw.

use egui::{Align2, Color32, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{
    scene::{Action, Scene},
    settings::{RbmSettings, Tool},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, canvas::Canvas, deck},
    physics::segment::squared_distance,
    text::Texts,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{caption_height, caption_in},
        colors,
        icons::Icon,
        mosaic::{Mosaic, TileGrid},
        tokens::{bold, regular, size},
    },
};

/// Hidden units shown in the grid.
const UNITS: usize = 256;
/// Radius of the pen in parts of the drawing's side, and of the other tools.
const PEN: f32 = 0.05;
const WIDE: f32 = 0.09;

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct Pad {
    pub tool: Tool,
    drawing: Mosaic,
    completed: Mosaic,
    units: Mosaic,
    canvas: Canvas,
}

impl Pad {
    pub fn is_drawing(&self) -> bool {
        self.canvas.is_drawing()
    }
}

/// Draws the card on which a person draws and the machine completes.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut Pad, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    deck::card_ui(ui, rect, "draw", "draw", cx, |ui| content_ui(scene, view, ui, cx));
}

/// Draws what is in the card, for a card with tabs.
pub(super) fn content_ui(scene: &mut Scene<'_>, view: &mut Pad, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    deck::title_ui(ui, cx, t.get("rbm.draw"), t.get("rbm.draw.symbol"), |_| {});
    let space = ui.available_rect_before_wrap();
    let text = caption(scene, cx);
    let below = caption_height(ui, &text, space.width());
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - below), space.max), &text);
    let room = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - below - 6.0));
    let stacked = room.height() > 5.0 * 52.0;
    let tools_width = if stacked { 64.0 } else { 92.0 };
    tools_ui(scene, view, ui, Rect::from_min_size(room.min, vec2(tools_width, room.height())), stacked, cx);
    let pictures = Rect::from_min_max(pos2(room.left() + tools_width + 14.0, room.top()), room.max);
    let [width, height] = scene.frame.size.map(|side| side.max(1) as f32);
    let flow = Flow::new(pictures, vec2(width, height), scene.frame.shape.is_some_and(|shape| shape.classes > 0));
    let tokens = Tokens::of(ui);
    let name = |ui: &Ui, rect: Rect, key: &'static str| {
        let at = rect.center_top() - vec2(0.0, 12.0);
        ui.painter().text(at, Align2::CENTER_CENTER, t.get(key), regular(size::CAPTION), tokens.t2);
    };
    for (rect, key) in flow.tiles.into_iter().zip(["rbm.draw.yours", "rbm.draw.units", "rbm.draw.completed"]) {
        name(ui, rect, key);
    }
    for (arrow, key) in flow.arrows.into_iter().zip(["rbm.draw.look", "rbm.draw.dream"]) {
        ui.painter().arrow(arrow.start, arrow.along, Stroke::new(1.6, tokens.t2));
        ui.painter().text(arrow.word, Align2::CENTER_CENTER, t.get(key), regular(size::TICK), tokens.t2);
    }
    let [yours, hidden, made] = flow.tiles;
    drawing_ui(scene, view, ui, yours, cx);
    units_ui(scene, view, ui, hidden, cx);
    completed_ui(scene, view, ui, made, cx);
    if !scene.frame.classes.is_empty()
        && let Some(rect) = flow.guess
    {
        if flow.is_folded {
            name(ui, rect, "rbm.draw.guess");
        }
        bars_ui(scene, ui, rect);
    }
}

/// From this probability on a guess is called one.
const SURE: f64 = 0.6;
/// Between two pictures in a row, with a word below.
const ARROW: f32 = 44.0;
/// In a row the hidden units are smaller than the pictures by this factor.
const UNITS_PART: f32 = 0.7;
/// Over a picture, for its name.
const NAME: f32 = 22.0;

struct Arrow {
    start: Pos2,
    along: Vec2,
    word: Pos2,
}

/// Where drawing, hidden units, completion and guess stand: in a row, or folded into two rows where there is more height.
struct Flow {
    tiles: [Rect; 3],
    arrows: [Arrow; 2],
    guess: Option<Rect>,
    is_folded: bool,
}

impl Flow {
    fn new(room: Rect, picture: Vec2, has_guess: bool) -> Self {
        // Room for the guess is kept before there is a drawing: the pad must not move under the pen.
        let bars = if has_guess { 96.0 } else { 0.0 };
        let side_in_row = ((room.width() - bars - 2.0 * ARROW) / (2.0 + UNITS_PART)).min(room.height() - NAME);
        let side_folded = ((room.width() - ARROW) / 2.0).min((room.height() - 2.0 * NAME - ARROW) / 2.0);
        let is_folded = side_folded > 1.2 * side_in_row;
        let side = if is_folded { side_folded } else { side_in_row }.max(1.0);
        let tile = picture * side / picture.max_elem();
        let at = |x: f32, y: f32| {
            Rect::from_min_size(room.min + vec2(x * (side + ARROW), NAME + y * (side + NAME + ARROW)), tile)
        };
        let across = |from: Rect| {
            let start = pos2(from.right() + 9.0, from.center().y);
            Arrow { start, along: vec2(ARROW - 18.0, 0.0), word: start + vec2(ARROW / 2.0 - 9.0, 14.0) }
        };
        if !is_folded {
            let left = room.min + vec2(0.0, NAME);
            let units = vec2(side, tile.y) * UNITS_PART;
            let middle = left + vec2(tile.x + ARROW, (tile.y - units.y) / 2.0);
            let right = left + vec2(tile.x + units.x + 2.0 * ARROW, 0.0);
            let tiles = [(left, tile), (middle, units), (right, tile)].map(|(at, size)| Rect::from_min_size(at, size));
            let left_top = tiles[2].right_top() + vec2(16.0, 0.0);
            let guess = has_guess.then(|| Rect::from_min_max(left_top, pos2(room.right(), room.top() + NAME + side)));
            return Self { tiles, arrows: [across(tiles[0]), across(tiles[1])], guess, is_folded };
        }
        let tiles = [at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0)];
        let start = tiles[0].center_bottom() + vec2(0.0, 9.0);
        let down = Arrow { start, along: vec2(0.0, ARROW - 18.0), word: start + vec2(34.0, ARROW / 2.0 - 9.0) };
        let guess = has_guess.then(|| Rect::from_min_size(at(1.0, 0.0).min, tile));
        Self { tiles, arrows: [down, across(tiles[1])], guess, is_folded }
    }
}

fn caption(scene: &Scene<'_>, cx: &PageContext<'_>) -> String {
    let t = cx.texts;
    if !scene.settings.drawing.iter().any(|&ink| ink > 0.0) {
        return t.get("rbm.draw.caption.empty").to_owned();
    }
    let key = if scene.settings.hidden_pixels.contains(&true) { "rbm.draw.caption.hidden" } else { "rbm.draw.caption" };
    match guess(&scene.frame.classes, scene.has_learned(), t) {
        Some(guess) => format!("{guess} {}", t.get(key)),
        None => t.get(key).to_owned(),
    }
}

/// What it takes the drawing for, in words; nothing of a machine that cannot tell yet.
fn guess(classes: &[f64], has_learned: bool, t: Texts) -> Option<String> {
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by(|&a, &b| classes[b].total_cmp(&classes[a]));
    let (&[first, second, ..], true) = (&order[..], has_learned) else { return None };
    let percent = |class: usize| format!("{:.0}", 100.0 * classes[class]);
    if classes[first] >= SURE {
        return Some(t.fill("rbm.draw.guess.is", &[("label", &first.to_string()), ("percent", &percent(first))]));
    }
    let [first, second] = [first, second].map(|class| class.to_string());
    Some(t.fill("rbm.draw.guess.or", &[("first", &first), ("second", &second)]))
}

fn tools_ui(scene: &mut Scene<'_>, view: &mut Pad, ui: &mut Ui, rect: Rect, stacked: bool, cx: &PageContext<'_>) {
    let t = cx.texts;
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("draw tools"));
    child.spacing_mut().item_spacing = vec2(4.0, 5.0);
    let rows = if stacked { 5.0 } else { 4.0 };
    let height = ((rect.height() + 5.0) / rows - 5.0).clamp(28.0, 52.0);
    let cell = vec2(rect.width(), height);
    let button = |label: &'static str, icon| {
        let button = IconButton::new(t.get(label)).icon(icon).tight().min_size(cell);
        if stacked { button.stacked() } else { button }
    };
    let all = [
        (Tool::Draw, Icon::Pencil, "rbm.tool.draw", "rbm.tool.draw.tip"),
        (Tool::Erase, Icon::Eraser, "rbm.tool.erase", "rbm.tool.erase.tip"),
        (Tool::Hide, Icon::Half, "rbm.tool.hide", "rbm.tool.hide.tip"),
    ];
    for (tool, icon, label, tip) in all {
        let chosen = view.tool == tool;
        if button(label, icon).selected(chosen).show(&mut child).tip(t.get(tip)).clicked() {
            view.tool = tool;
        }
    }
    let rest = [
        (Action::ClearPad, Icon::Clear, "rbm.tool.clear", "rbm.tool.clear.tip"),
        (Action::PutPicture, Icon::Dice, "rbm.tool.sample", "rbm.tool.sample.tip"),
    ];
    let rest_ui = |ui: &mut Ui, scene: &mut Scene<'_>| {
        for (action, icon, label, tip) in rest {
            let half = vec2((rect.width() - 4.0) / 2.0, height);
            let small = IconButton::icon_only(icon, t.get(label)).min_size(half);
            let response = if stacked { button(label, icon).show(ui) } else { small.show(ui) };
            if response.tip(t.get(tip)).clicked() {
                scene.act(action);
            }
        }
    };
    // Where there is little height, the last two share a row.
    if stacked {
        rest_ui(&mut child, scene);
    } else {
        child.horizontal(|ui| rest_ui(ui, scene));
    }
}

/// Draws ink, paper or a hidden part along a line, in parts of the drawing's width and height.
pub(super) fn stroke(
    settings: &mut RbmSettings,
    [width, height]: [usize; 2],
    tool: Tool,
    from: [f32; 2],
    to: [f32; 2],
) {
    if width * height == 0 || settings.drawing.len() != width * height {
        return;
    }
    let side = width.max(height) as f32;
    let radius = (side * if tool == Tool::Draw { PEN } else { WIDE }).max(0.5);
    let at = |point: [f32; 2]| [point[0] * width as f32, point[1] * height as f32];
    let (from, to) = (at(from), at(to));
    for pixel in 0..width * height {
        let centre = [(pixel % width) as f32 + 0.5, (pixel / width) as f32 + 0.5];
        if squared_distance(centre, from, to) > radius * radius {
            continue;
        }
        match tool {
            Tool::Draw => (settings.drawing[pixel], settings.hidden_pixels[pixel]) = (1.0, false),
            Tool::Erase => (settings.drawing[pixel], settings.hidden_pixels[pixel]) = (0.0, false),
            Tool::Hide => settings.hidden_pixels[pixel] = true,
        }
    }
}

fn drawing_ui(scene: &mut Scene<'_>, view: &mut Pad, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let response = ui.interact(rect, ui.scope_id().with("drawing"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("rbm.draw.yours")));
    let [width, height] = scene.frame.size;
    if width * height == 0 || scene.settings.drawing.len() != width * height {
        ui.painter().rect_stroke(rect, 3, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
        return;
    }
    draw_on(scene, view, ui, &response, rect);
    let pixels = scene.settings.drawing.iter().map(|&ink| scene.palette()(f64::from(ink))).collect();
    view.drawing.set(ui, [width, height], pixels);
    let painter = ui.painter();
    view.drawing.draw(painter, 0, rect);
    let cell = rect.size() / vec2(width as f32, height as f32);
    for (pixel, _) in scene.settings.hidden_pixels.iter().enumerate().filter(|(_, hidden)| **hidden) {
        let place = vec2((pixel % width) as f32, (pixel / width) as f32) * cell;
        let square = Rect::from_min_size(rect.min + place, cell);
        painter.rect_filled(square, 0, tokens.ctl);
        painter.line_segment([square.left_bottom(), square.right_top()], Stroke::new(1.0, tokens.t3));
    }
    painter.rect_stroke(rect, 3, Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    if response.has_focus() {
        crate::widgets::buttons::focus_ring(ui, rect);
        let place = vec2(view.canvas.cursor[0] as f32, view.canvas.cursor[1] as f32) * cell;
        let square = Rect::from_min_size(rect.min + place, cell);
        ui.painter().rect_stroke(square, 0, Stroke::new(2.0, tokens.acc), StrokeKind::Outside);
    }
}

/// Draws what the pointer and the keyboard did since the last frame.
fn draw_on(scene: &mut Scene<'_>, view: &mut Pad, ui: &Ui, response: &Response, rect: Rect) {
    let size = scene.frame.size;
    let part = |at: Pos2| [(at.x - rect.left()) / rect.width(), (at.y - rect.top()) / rect.height()];
    let followed = view.canvas.follow(ui, response);
    for piece in followed.pieces {
        let tool = if piece.is_secondary { Tool::Erase } else { view.tool };
        scene.act(Action::Stroke { tool, from: part(piece.from), to: part(piece.to), begins: piece.begins });
    }
    if followed.has_ended {
        scene.act(Action::EndStroke);
    }
    if let Some([x, y]) = view.canvas.by_keyboard(ui, response, size) {
        let at = [(x as f32 + 0.5) / size[0] as f32, (y as f32 + 0.5) / size[1] as f32];
        scene.act(Action::Stroke { tool: view.tool, from: at, to: at, begins: true });
        scene.act(Action::EndStroke);
    }
}

fn units_ui(scene: &mut Scene<'_>, view: &mut Pad, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let looked = &scene.frame.looked;
    let count = looked.len().min(UNITS);
    let response = ui.interact(rect, ui.scope_id().with("units"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, cx.texts.get("rbm.draw.units")));
    if count == 0 {
        ui.painter().rect_stroke(rect, 3, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
        return;
    }
    let pixels: Vec<Color32> = looked[..count].iter().map(|&on| colors::sequential(f64::from(on))).collect();
    view.units.set(ui, [1, 1], pixels);
    let gap = if count > 144 { 1.0 } else { 2.0 };
    let grid = TileGrid::new(rect, count, 1.0, gap, rect.width());
    for index in 0..count {
        view.units.draw(ui.painter(), index, grid.rect(index));
        if index == scene.settings.followed {
            ui.painter().rect_stroke(grid.rect(index), 1, Stroke::new(2.0, tokens.acc), StrokeKind::Outside);
        }
    }
    if response.clicked()
        && let Some(unit) = response.interact_pointer_pos().and_then(|at| grid.at(at, count))
    {
        scene.settings.followed = unit;
    }
}

fn completed_ui(scene: &Scene<'_>, view: &mut Pad, ui: &Ui, rect: Rect, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let frame = scene.frame;
    let response = ui.interact(rect, ui.scope_id().with("completed"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, cx.texts.get("rbm.draw.completed")));
    if !frame.completed.is_empty() {
        let pixels = frame.completed.iter().map(|&ink| scene.palette()(f64::from(ink))).collect();
        view.completed.set(ui, frame.size, pixels);
        view.completed.draw(ui.painter(), 0, rect);
    }
    let ink = if frame.completed.is_empty() { tokens.line } else { tokens.acc };
    ui.painter().rect_stroke(rect, 3, Stroke::new(2.0, ink), StrokeKind::Outside);
}

/// What it takes the drawing for.
fn bars_ui(scene: &Scene<'_>, ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    let classes = &scene.frame.classes;
    let height = rect.height() / classes.len() as f32;
    let best = (0..classes.len()).max_by(|&a, &b| classes[a].total_cmp(&classes[b]));
    for (class, &probability) in classes.iter().enumerate() {
        let y = rect.top() + (class as f32 + 0.5) * height;
        let chosen = best == Some(class);
        let font = if chosen { bold(size::CAPTION) } else { regular(size::TICK) };
        let ink = if chosen { tokens.text } else { tokens.t2 };
        ui.painter().text(pos2(rect.left(), y), Align2::LEFT_CENTER, class.to_string(), font, ink);
        let track =
            Rect::from_min_max(pos2(rect.left() + 14.0, y - height * 0.3), pos2(rect.right() - 2.0, y + height * 0.3));
        ui.painter().rect_filled(track, 2, tokens.ctl);
        let filled = Rect::from_min_size(track.min, vec2(track.width() * probability as f32, track.height()));
        ui.painter().rect_filled(filled, 2, if chosen { tokens.acc } else { tokens.t3 });
    }
}
