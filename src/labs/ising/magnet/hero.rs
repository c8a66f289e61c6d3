//! The picture of the lattice: zoom, pan, paint.

use egui::{
    Color32, CornerRadius, CursorIcon, Key, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, emath::GuiRounding as _, pos2, vec2,
};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::{
            common::{
                brush::{BrushTool, Stroke as BrushStroke},
                brush_ring,
            },
            magnet::{
                lattice_texture::LatticeTexture,
                picture::ViewRequest,
                scene::{Action, Scene},
                settings::Pen,
                spins_on_screen::SpinsOnScreen,
                view::{Placed, Shown, View},
            },
        },
        kit::{
            PageContext,
            canvas::{self, Canvas},
        },
    },
    widgets::{
        bubble::bubble,
        buttons::{IconButton, Look},
        icons::Icon,
        numbers,
        tokens::{SPIN_DOWN, SPIN_UP, Tokens, size},
    },
};

/// What the hero keeps between frames.
#[derive(Default)]
pub(super) struct Hero {
    /// What part of the lattice is shown.
    pub view: View,
    lattice: LatticeTexture,
    overview: LatticeTexture,
    /// Pixels along the largest square that the picture could have.
    room: u32,
    requested: Option<ViewRequest>,
    canvas: Canvas,
    /// Scroll that did not make a whole step yet.
    scroll: f32,
}

impl Hero {
    /// How large the picture of a lattice of this side is where the largest square that it could have is `most` points
    /// wide.
    pub fn size_within(&mut self, most: f32, side: usize, pixels_per_point: f32) -> Vec2 {
        self.room = (most * pixels_per_point).floor() as u32;
        Vec2::splat(self.view.placed(side, self.room).frame as f32 / pixels_per_point)
    }
}

/// Draws the hero and handles the pointer on it. Returns where the spins are.
pub(super) fn hero_ui(
    scene: &mut Scene<'_>,
    state: &mut Hero,
    ui: &mut Ui,
    rect: Rect,
    cx: &PageContext<'_>,
) -> SpinsOnScreen {
    let tokens = Tokens::of(ui);
    let points_per_pixel = 1.0 / ui.ctx().pixels_per_point();
    // On whole pixels, so that every spin is sharp.
    let side = scene.settings.size;
    let frame = state.view.placed(side, state.room).frame;
    let corner = rect.min.round_to_pixels(ui.ctx().pixels_per_point());
    let hero = Rect::from_min_size(corner, Vec2::splat(frame as f32 * points_per_pixel));
    let sense = Sense::click_and_drag() | Sense::focusable_noninteractive();
    let response = ui.interact(hero, ui.scope_id().with("lattice"), sense);
    let name = cx.texts.get("ising.hero.name");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));

    navigate(scene.pen.brush, state, ui, &response, side, points_per_pixel);
    let placed = state.view.placed(side, state.room);
    if state.requested != Some(placed.request) {
        state.requested = Some(placed.request);
        scene.act(Action::View(placed.request));
    }
    let on_screen = SpinsOnScreen::new(hero, &placed, points_per_pixel);
    paint_with_brush(scene, state, ui, &response, &on_screen);

    ui.painter().rect_filled(hero, CornerRadius::same(3), tokens.plot);
    picture_ui(scene, state, ui, hero, &on_screen);
    ui.painter().rect_stroke(hero, CornerRadius::same(3), Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    let texts = cx.texts;
    let entries = [(SPIN_UP, texts.get("ising.legend.up")), (SPIN_DOWN, texts.get("ising.legend.down"))];
    brush_ring::legend_ui(ui, hero, &entries);
    if !placed.is_whole {
        overview_ui(scene, state, ui, hero, &placed);
    }
    zoom_bar_ui(state, ui, hero, &placed, side, cx);
    release_ui(scene, ui, hero, cx);
    if !scene.look.met_thermometer {
        let tip = pos2(hero.right() - 4.0, hero.top() + 0.36 * hero.height());
        bubble(ui, tip, cx.texts.get("ising.hint"));
    }
    brush_ui(scene.pen, ui, &response, hero, &on_screen, cx);
    on_screen
}

fn navigate(tool: BrushTool, state: &mut Hero, ui: &Ui, response: &Response, side: usize, points_per_pixel: f32) {
    if let Some(pointer) = response.hover_pos() {
        let scroll = ui.input(|input| input.smooth_scroll_delta().y + (input.zoom_delta() - 1.0) * 200.0);
        state.scroll += scroll;
        while state.scroll.abs() >= 24.0 {
            let closer = state.scroll > 0.0;
            state.scroll -= 24.0_f32.copysign(state.scroll);
            let anchor = (pointer - response.rect.min) / points_per_pixel;
            state.view.zoom_by(closer, Some([f64::from(anchor.x), f64::from(anchor.y)]), side, state.room);
        }
    } else {
        state.scroll = 0.0;
    }
    let pans = response.dragged_by(PointerButton::Middle)
        || (tool == BrushTool::Move && response.dragged_by(PointerButton::Primary));
    if pans {
        let moved = response.drag_delta() / points_per_pixel;
        state.view.pan([f64::from(moved.x), f64::from(moved.y)], side, state.room);
    }
    if response.has_focus() {
        let closer =
            ui.input(|input| i32::from(input.key_pressed(Key::PageUp)) - i32::from(input.key_pressed(Key::PageDown)));
        if closer != 0 {
            state.view.zoom_by(closer > 0, None, side, state.room);
        }
    }
    if response.double_clicked() {
        state.view = View::default();
    }
}

/// Turns what the pointer did since the last frame into pieces of strokes.
fn paint_with_brush(scene: &mut Scene<'_>, state: &mut Hero, ui: &Ui, response: &Response, on_screen: &SpinsOnScreen) {
    let Pen { brush: tool, brush_radius: radius } = *scene.pen;
    if tool == BrushTool::Move {
        state.canvas = Canvas::default();
        return;
    }
    let paint = |from: Pos2, to: Pos2, opposite: bool, begins: bool| {
        let (from, to) = (on_screen.spin_at(from), on_screen.spin_at(to));
        Action::Paint { stroke: BrushStroke { from, to, radius, tool, opposite }, begins }
    };
    let followed = state.canvas.follow(ui, response);
    for piece in &followed.pieces {
        scene.act(paint(piece.from, piece.to, piece.is_secondary, piece.begins));
    }
    // A resting brush goes on painting while the magnet runs and would undo it.
    if followed.pieces.is_empty()
        && scene.is_running
        && let Some((at, opposite)) = state.canvas.resting()
    {
        scene.act(paint(at, at, opposite, false));
    }
}

fn picture_ui(scene: &Scene<'_>, state: &mut Hero, ui: &Ui, hero: Rect, on_screen: &SpinsOnScreen) {
    let picture = &scene.frame.picture;
    if picture.side != scene.settings.size {
        return;
    }
    // Colours are those of a state a little before; of another view they are left out.
    let clusters = &scene.frame.clusters;
    let is_coloured = scene.look.colour_clusters && clusters.view == picture.view;
    let colours = if is_coloured { &clusters.colours[..] } else { &[] };
    let marked = if scene.run.look_inside { &scene.frame.inside.pixels[..] } else { &[] };
    state.lattice.update(ui, "lattice", picture, (colours, marked), scene.sequence);
    // A frame made for the view before this one is drawn where its own spins are.
    let ppp = ui.ctx().pixels_per_point();
    let shown = picture.view;
    let same_scale = shown.block == on_screen.request.block && shown.columns == on_screen.request.columns;
    let mut rect = on_screen.picture;
    if same_scale && (shown.x, shown.y) != (on_screen.request.x, on_screen.request.y) {
        let side = picture.side as i64;
        let offset = |shown: usize, wanted: usize| {
            let distance = (shown as i64 - wanted as i64).rem_euclid(side);
            (if distance > side / 2 { distance - side } else { distance }) as f32
        };
        let moved = vec2(offset(shown.x, on_screen.request.x), offset(shown.y, on_screen.request.y));
        rect = rect.translate(moved * on_screen.spin).round_to_pixels(ppp);
    }
    let clipped = ui.painter().with_clip_rect(hero.intersect(ui.clip_rect()));
    state.lattice.draw(&clipped, rect);
}

fn overview_ui(scene: &Scene<'_>, state: &mut Hero, ui: &Ui, hero: Rect, placed: &Placed) {
    let tokens = Tokens::of(ui);
    let picture = &scene.frame.overview;
    if picture.side != scene.settings.size {
        return;
    }
    state.overview.update(ui, "overview", picture, (&[], &[]), scene.sequence);
    let width = (hero.width() * 0.2).clamp(90.0, 150.0);
    let rect = Rect::from_min_size(pos2(hero.right() - width - 10.0, hero.top() + 10.0), Vec2::splat(width));
    ui.painter().rect_filled(rect.expand(2.0), 2, tokens.panel);
    state.overview.draw(ui.painter(), rect);
    ui.painter().rect_stroke(rect, 2, Stroke::new(2.0, tokens.edge), StrokeKind::Outside);
    let scale = width / scene.settings.size as f32;
    let request = &placed.request;
    let across = (request.columns * request.block) as f32 * scale;
    let corner = rect.min + vec2(request.x as f32, request.y as f32) * scale;
    let clipped = ui.painter().with_clip_rect(rect);
    // The torus joins on: a frame that leaves on the right comes in on the left.
    for wrap in [vec2(0.0, 0.0), vec2(-width, 0.0), vec2(0.0, -width), vec2(-width, -width)] {
        let frame = Rect::from_min_size(corner + wrap, Vec2::splat(across));
        clipped.rect_stroke(frame, 0, Stroke::new(3.0, Color32::BLACK), StrokeKind::Middle);
        clipped.rect_stroke(frame, 0, Stroke::new(1.5, Color32::WHITE), StrokeKind::Middle);
    }
}

/// The part of the picture that notices may cover: clear of the zoom bar.
pub(super) fn for_notices(hero: Rect) -> Rect {
    hero.with_max_y(hero.bottom() - 48.0)
}

/// Width of the button that lets frozen spins go, in points.
const RELEASE: f32 = 210.0;

/// Draws the button that lets all frozen spins go, in the lower right corner of the picture, while there are any.
fn release_ui(scene: &mut Scene<'_>, ui: &mut Ui, hero: Rect, cx: &PageContext<'_>) {
    let pinned = scene.frame.pinned;
    if pinned == 0 {
        return;
    }
    let text = cx.texts.plural("ising.brush.release", pinned, &[("count", &numbers::whole(pinned as u64))]);
    let end = hero.max - vec2(10.0, 10.0);
    let place = Rect::from_min_max(end - vec2(RELEASE, 34.0), end);
    canvas::cover(ui, place, "release");
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("release"));
    if IconButton::new(&text).icon(Icon::Close).tight().min_size(place.size()).show(&mut child).clicked() {
        scene.act(Action::ReleaseAll);
    }
}

fn zoom_bar_ui(state: &mut Hero, ui: &mut Ui, hero: Rect, placed: &Placed, side: usize, cx: &PageContext<'_>) {
    let (tokens, t) = (Tokens::of(ui), cx.texts);
    let bar = Rect::from_min_size(pos2(hero.left() + 10.0, hero.bottom() - 44.0), vec2(282.0, 34.0));
    canvas::cover(ui, bar, "zoom");
    ui.painter().rect(bar, 6, tokens.panel, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(bar.shrink2(vec2(3.0, 2.0))).layout(layout).id_salt("zoom"));
    row.spacing_mut().item_spacing.x = 2.0;
    let small = vec2(30.0, 30.0);
    let out = IconButton::icon_only(Icon::Minus, t.get("zoom.out")).look(Look::Bare).min_size(small);
    if out.show(&mut row).tip(t.get("zoom.out")).clicked() {
        state.view.zoom_by(false, None, side, state.room);
    }
    let zoom = placed.zoom;
    let text = if zoom.block > 1 { format!("1 : {}", zoom.block) } else { format!("\u{d7} {}", zoom.pixels) };
    let (place, _) = row.allocate_exact_size(vec2(44.0, 30.0), Sense::hover());
    let font = crate::widgets::tokens::bold(size::BODY);
    row.painter().text(place.center(), egui::Align2::CENTER_CENTER, text, font, tokens.text);
    let closer = IconButton::icon_only(Icon::Plus, t.get("zoom.in")).look(Look::Bare).min_size(small);
    if closer.show(&mut row).tip(t.get("zoom.in")).clicked() {
        state.view.zoom_by(true, None, side, state.room);
    }
    let choices = [
        (Shown::Whole, Icon::Whole, placed.is_whole, "zoom.whole", "zoom.whole.tip"),
        (Shown::Fill, Icon::FullScreen, placed.is_fill, "zoom.fill", "zoom.fill.tip"),
    ];
    for (shown, icon, is_this, name, tip) in choices {
        let button = IconButton::new(t.get(name)).icon(icon).look(Look::Bare).tight().selected(is_this);
        if button.min_size(vec2(82.0, 30.0)).show(&mut row).tip(t.get(tip)).clicked() {
            state.view = View { shown, centre: None };
        }
    }
}

/// The brush around the pointer; the hand that moves the picture where that is the tool.
fn brush_ui(pen: &Pen, ui: &Ui, response: &Response, hero: Rect, on_screen: &SpinsOnScreen, cx: &PageContext<'_>) {
    if pen.brush == BrushTool::Move {
        if response.contains_pointer() {
            ui.ctx().set_cursor_icon(if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab });
        }
        return;
    }
    brush_ring::ring_ui(ui, response, hero, on_screen.spin, (pen.brush, pen.brush_radius), cx);
}
