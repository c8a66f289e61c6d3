//! The picture of the lattice: zoom, pan, paint.

use std::sync::{Arc, LazyLock};

use egui::{
    Color32, ColorImage, CornerRadius, CursorIcon, Key, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, TextureHandle, TextureOptions, Ui, UiBuilder, Vec2, WidgetInfo, emath::GuiRounding as _, pos2, vec2,
};

use crate::labs::ising::common::brush::BrushTool;
use crate::labs::ising::common::brush_ring;
use crate::widgets::tip::Tip;
use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            common::brush::Stroke as BrushStroke,
            magnet::{
                cluster_meter::{LARGEST, UP},
                picture::{Picture, ViewRequest},
                settings::BRUSH,
                sim::IsingCommand,
                view::{Placed, View},
            },
        },
    },
    widgets::{
        buttons::{IconButton, Look},
        icons::{self, Icon},
        rich,
        tokens::{SPIN_DOWN, SPIN_UP, Tokens, blend, regular, size},
    },
};

/// A picture on its way to the graphics card; its bytes are used again.
#[derive(Default)]
struct Shown {
    image: Arc<ColorImage>,
    texture: Option<TextureHandle>,
    sequence: u64,
}

/// What the hero keeps between frames.
#[derive(Default)]
pub(in crate::labs::ising) struct Hero {
    lattice: Shown,
    overview: Shown,
    requested: Option<ViewRequest>,
    /// Where the brush was last, in spins.
    stroke: Option<[f64; 2]>,
    /// Scroll that did not make a whole step yet.
    scroll: f32,
}

/// Where spins are on screen.
#[derive(Clone, Copy, Debug)]
pub(in crate::labs::ising) struct SpinsOnScreen {
    /// The picture.
    pub picture: Rect,
    /// Points a spin.
    pub spin: f32,
    /// What it shows.
    pub request: ViewRequest,
}

impl SpinsOnScreen {
    fn new(hero: Rect, placed: &Placed, points_per_pixel: f32) -> Self {
        let pixels = placed.request.columns as f32 * placed.zoom.pixels as f32;
        let width = pixels * points_per_pixel;
        // A picture smaller than its square stands in the middle, on whole pixels.
        let margin = ((hero.width() - width).max(0.0) / 2.0 / points_per_pixel).floor() * points_per_pixel;
        let picture = Rect::from_min_size(hero.min + Vec2::splat(margin), Vec2::splat(width));
        Self { picture, spin: placed.zoom.scale() as f32 * points_per_pixel, request: placed.request }
    }

    /// The spin under a point; may lie beyond the torus's edge.
    fn spin_at(&self, at: Pos2) -> [f64; 2] {
        let offset = (at - self.picture.min) / self.spin;
        [self.request.x as f64 + f64::from(offset.x), self.request.y as f64 + f64::from(offset.y)]
    }

    /// Where a place of the lattice is, if it shows.
    pub fn rect_of(&self, place: usize, side: usize) -> Option<Rect> {
        let offset = |at: usize, corner: usize| (at + side - corner) % side;
        let (x, y) = (offset(place % side, self.request.x), offset(place / side, self.request.y));
        let across = self.request.columns * self.request.block;
        let corner = self.picture.min + vec2(x as f32, y as f32) * self.spin;
        (x < across && y < across).then(|| Rect::from_min_size(corner, Vec2::splat(self.spin)))
    }
}

/// Draws the hero and handles the pointer on it.
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    let tokens = Tokens::of(ui);
    let points_per_pixel = 1.0 / ui.ctx().pixels_per_point();
    // On whole pixels, so that every spin is sharp.
    let hero = rect.round_to_pixels(ui.ctx().pixels_per_point());
    let hero = Rect::from_min_size(hero.min, Vec2::splat(hero.width().min(hero.height())));
    let pixels = (hero.width() / points_per_pixel).round() as u32;
    let side = lab.settings.size;
    let sense = Sense::click_and_drag() | Sense::focusable_noninteractive();
    let response = ui.interact(hero, ui.scope_id().with("lattice"), sense);
    let name = cx.texts.get("ising.hero.name");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));

    navigate(lab, ui, &response, side, pixels, points_per_pixel);
    let placed = lab.view.placed(side, pixels);
    if lab.hero.requested != Some(placed.request) {
        lab.hero.requested = Some(placed.request);
        lab.command(IsingCommand::View(placed.request));
    }
    let on_screen = SpinsOnScreen::new(hero, &placed, points_per_pixel);
    paint_with_brush(lab, ui, &response, &on_screen);

    ui.painter().rect_filled(hero, CornerRadius::same(3), tokens.plot);
    draw_picture(lab, ui, hero, &on_screen);
    ui.painter().rect_stroke(hero, CornerRadius::same(3), Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    let texts = cx.texts;
    brush_ring::legend_ui(
        ui,
        hero,
        &[(SPIN_UP, texts.get("ising.legend.up")), (SPIN_DOWN, texts.get("ising.legend.down"))],
    );
    if !placed.is_whole {
        overview(lab, ui, hero, &placed);
    }
    zoom_bar(lab, ui, hero, &placed, pixels, cx);
    if !lab.folds.met_thermometer {
        hint(ui, hero, cx.texts.get("ising.hint"));
    }
    brush_ring(lab, ui, &response, hero, &on_screen, cx);
}

fn navigate(lab: &mut IsingLab, ui: &Ui, response: &Response, side: usize, pixels: u32, points_per_pixel: f32) {
    if let Some(pointer) = response.hover_pos() {
        let scroll = ui.input(|input| input.smooth_scroll_delta().y + (input.zoom_delta() - 1.0) * 200.0);
        lab.hero.scroll += scroll;
        while lab.hero.scroll.abs() >= 24.0 {
            let closer = lab.hero.scroll > 0.0;
            lab.hero.scroll -= 24.0_f32.copysign(lab.hero.scroll);
            let anchor = (pointer - response.rect.center()) / points_per_pixel;
            lab.view.zoom_by(closer, [f64::from(anchor.x), f64::from(anchor.y)], side, pixels);
        }
    } else {
        lab.hero.scroll = 0.0;
    }
    let pans = response.dragged_by(PointerButton::Middle)
        || (lab.settings.brush == BrushTool::Move && response.dragged_by(PointerButton::Primary));
    if pans {
        let moved = response.drag_delta() / points_per_pixel;
        lab.view.pan([f64::from(moved.x), f64::from(moved.y)], side);
    }
    if response.has_focus() {
        let closer =
            ui.input(|input| i32::from(input.key_pressed(Key::PageUp)) - i32::from(input.key_pressed(Key::PageDown)));
        if closer != 0 {
            lab.view.zoom_by(closer > 0, [0.0; 2], side, pixels);
        }
    }
    if response.double_clicked() {
        lab.view = View::default();
    }
}

fn paint_with_brush(lab: &mut IsingLab, ui: &Ui, response: &Response, on_screen: &SpinsOnScreen) {
    let tool = lab.settings.brush;
    let (left, right) = ui.input(|input| (input.pointer.primary_down(), input.pointer.secondary_down()));
    let painting = tool != BrushTool::Move && response.is_pointer_button_down_on() && (left || right);
    let Some(pointer) = response.interact_pointer_pos().filter(|_| painting) else {
        lab.hero.stroke = None;
        return;
    };
    let to = on_screen.spin_at(pointer);
    let from = lab.hero.stroke.unwrap_or(to);
    // A resting brush goes on painting only while the magnet runs and would undo it.
    if lab.hero.stroke != Some(to) || lab.driver.status().running {
        let radius = lab.settings.brush_radius;
        lab.command(IsingCommand::Paint(BrushStroke { from, to, radius, tool, opposite: right && !left }));
    }
    lab.hero.stroke = Some(to);
}

/// Colours of all levels: of spins, and of the hatch on held ones. Made once, not for every picture.
static COLOURS: LazyLock<[[Color32; 256]; 2]> = LazyLock::new(|| [colours(false), colours(true)]);

fn colours(held: bool) -> [Color32; 256] {
    std::array::from_fn(|level| {
        let color = blend(SPIN_DOWN, SPIN_UP, level as f64 / 255.0);
        if held { blend(color, Color32::from_rgb(0xF5, 0xF5, 0xF3), 0.45) } else { color }
    })
}

/// Colours of clusters: up ones bright, down ones dark, the largest as spins are.
static CLUSTER_COLOURS: LazyLock<[Color32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|index| {
        let (hue, is_up) = (index as u8 & !UP, index as u8 & UP != 0);
        if hue == LARGEST {
            return if is_up { SPIN_UP } else { SPIN_DOWN };
        }
        // Steps of the golden section keep neighbouring numbers apart.
        let turn = (f32::from(hue) * 0.618_034).fract();
        let (saturation, value) = if is_up { (0.45, 0.95) } else { (0.75, 0.42) };
        egui::ecolor::Hsva::new(turn, saturation, value, 1.0).into()
    })
});

impl Shown {
    fn update(&mut self, ui: &Ui, name: &str, picture: &Picture, clusters: &[u8], sequence: u64) {
        if self.sequence == sequence && self.texture.is_some() {
            return;
        }
        self.sequence = sequence;
        let size = [picture.view.columns, picture.view.rows];
        if picture.levels.len() != size[0] * size[1] || picture.levels.is_empty() {
            return;
        }
        // egui lets go of the picture once it is uploaded, so this does not copy.
        let image = Arc::make_mut(&mut self.image);
        image.size = size;
        image.source_size = vec2(size[0] as f32, size[1] as f32);
        let [table, hatch] = &*COLOURS;
        image.pixels.clear();
        if clusters.len() == picture.levels.len() {
            image.pixels.extend(clusters.iter().map(|&colour| CLUSTER_COLOURS[usize::from(colour)]));
        } else {
            image.pixels.extend(picture.levels.iter().map(|&level| table[usize::from(level)]));
        }
        if !picture.held.is_empty() {
            for (index, (pixel, &held)) in image.pixels.iter_mut().zip(&picture.held).enumerate() {
                let (x, y) = (index % size[0] + picture.view.x, index / size[0] + picture.view.y);
                if held == 1 && (x + y) % 3 == 0 {
                    *pixel = hatch[usize::from(picture.levels[index])];
                }
            }
        }
        match &mut self.texture {
            Some(texture) if texture.size() == size => {
                texture.set_partial([0, 0], Arc::clone(&self.image), TextureOptions::NEAREST);
            }
            _ => self.texture = Some(ui.ctx().load_texture(name, Arc::clone(&self.image), TextureOptions::NEAREST)),
        }
    }

    fn draw(&self, ui: &Ui, rect: Rect) {
        if let Some(texture) = &self.texture {
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        }
    }
}

fn draw_picture(lab: &mut IsingLab, ui: &Ui, hero: Rect, on_screen: &SpinsOnScreen) {
    let published = lab.driver.published();
    let picture = &published.frame.picture;
    if picture.side != lab.settings.size {
        return;
    }
    // Colours are those of a state a little before; of another view they are left out.
    let clusters = &published.frame.clusters;
    let is_coloured = lab.settings.colour_clusters && clusters.view == picture.view;
    let colours = if is_coloured { &clusters.colours[..] } else { &[] };
    lab.hero.lattice.update(ui, "lattice", picture, colours, published.sequence);
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
    if let Some(texture) = &lab.hero.lattice.texture {
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        clipped.image(texture.id(), rect, whole, Color32::WHITE);
    }
}

fn overview(lab: &mut IsingLab, ui: &mut Ui, hero: Rect, placed: &Placed) {
    let tokens = Tokens::of(ui);
    let published = lab.driver.published();
    let picture = &published.frame.overview;
    if picture.side != lab.settings.size {
        return;
    }
    lab.hero.overview.update(ui, "overview", picture, &[], published.sequence);
    let width = (hero.width() * 0.2).clamp(90.0, 150.0);
    let rect = Rect::from_min_size(pos2(hero.right() - width - 10.0, hero.top() + 10.0), Vec2::splat(width));
    ui.painter().rect_filled(rect.expand(2.0), 2, tokens.panel);
    lab.hero.overview.draw(ui, rect);
    ui.painter().rect_stroke(rect, 2, Stroke::new(2.0, tokens.edge), StrokeKind::Outside);
    let scale = width / lab.settings.size as f32;
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

fn zoom_bar(lab: &mut IsingLab, ui: &mut Ui, hero: Rect, placed: &Placed, pixels: u32, cx: &LabContext<'_>) {
    let tokens = Tokens::of(ui);
    let side = lab.settings.size;
    let bar = Rect::from_min_size(pos2(hero.left() + 10.0, hero.bottom() - 42.0), vec2(206.0, 34.0));
    ui.painter().rect(bar, 6, tokens.panel, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(bar.shrink2(vec2(3.0, 2.0))).layout(layout).id_salt("zoom"));
    row.spacing_mut().item_spacing.x = 2.0;
    let small = vec2(30.0, 30.0);
    let out = IconButton::icon_only(Icon::Minus, cx.texts.get("zoom.out")).look(Look::Bare).min_size(small);
    if out.show(&mut row).tip(cx.texts.get("zoom.out")).clicked() {
        lab.view.zoom_by(false, [0.0; 2], side, pixels);
    }
    let zoom = placed.zoom;
    let text = if zoom.block > 1 { format!("1 : {}", zoom.block) } else { format!("\u{d7} {}", zoom.pixels) };
    let (place, _) = row.allocate_exact_size(vec2(44.0, 30.0), Sense::hover());
    let font = crate::widgets::tokens::bold(size::BODY);
    row.painter().text(place.center(), egui::Align2::CENTER_CENTER, text, font, tokens.text);
    let closer = IconButton::icon_only(Icon::Plus, cx.texts.get("zoom.in")).look(Look::Bare).min_size(small);
    if closer.show(&mut row).tip(cx.texts.get("zoom.in")).clicked() {
        lab.view.zoom_by(true, [0.0; 2], side, pixels);
    }
    let whole = IconButton::new(cx.texts.get("zoom.whole")).icon(Icon::Whole).look(Look::Bare);
    if whole.min_size(vec2(80.0, 30.0)).show(&mut row).tip(cx.texts.get("zoom.whole.tip")).clicked() {
        lab.view = View::default();
    }
}

fn hint(ui: &Ui, hero: Rect, text: &str) {
    let tokens = Tokens::of(ui);
    let mut job = rich(text, regular(15.0), tokens.onacc);
    job.wrap.max_width = 230.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let size = galley.size() + vec2(28.0, 20.0);
    let at = pos2(hero.right() - size.x - 18.0, hero.top() + hero.height() * 0.36 - size.y / 2.0);
    let bubble = Rect::from_min_size(at, size);
    ui.painter().rect_filled(bubble, 8, tokens.acc);
    let tip = pos2(hero.right() - 4.0, bubble.center().y);
    let base = bubble.right() - 1.0;
    let arrow = vec![pos2(base, tip.y - 9.0), tip, pos2(base, tip.y + 9.0)];
    ui.painter().add(egui::Shape::convex_polygon(arrow, tokens.acc, Stroke::NONE));
    ui.painter().galley(bubble.min + vec2(14.0, 10.0), galley, tokens.onacc);
}

fn brush_ring(
    lab: &IsingLab,
    ui: &Ui,
    response: &Response,
    hero: Rect,
    on_screen: &SpinsOnScreen,
    cx: &LabContext<'_>,
) {
    if lab.settings.brush == BrushTool::Move {
        if response.contains_pointer() {
            ui.ctx().set_cursor_icon(if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab });
        }
        return;
    }
    brush_ring::ring_ui(ui, response, hero, on_screen.spin, (lab.settings.brush, lab.settings.brush_radius), cx);
}

/// Where the spins are on screen now, for what is drawn over them.
pub(in crate::labs::ising) fn on_screen(lab: &IsingLab, ui: &Ui, rect: Rect) -> SpinsOnScreen {
    let hero = rect.round_to_pixels(ui.ctx().pixels_per_point());
    let points_per_pixel = 1.0 / ui.ctx().pixels_per_point();
    let pixels = (hero.width().min(hero.height()) / points_per_pixel).round() as u32;
    let placed = lab.view.placed(lab.settings.size, pixels);
    SpinsOnScreen::new(
        Rect::from_min_size(hero.min, Vec2::splat(hero.width().min(hero.height()))),
        &placed,
        points_per_pixel,
    )
}

/// Makes the brush wider or narrower by a quarter, at least by one.
pub(in crate::labs::ising) fn resize_brush(lab: &mut IsingLab, wider: bool) {
    let radius = lab.settings.brush_radius;
    let step = (radius / 4).max(1);
    let next = if wider { radius + step } else { radius.saturating_sub(step) };
    lab.settings.brush_radius = next.clamp(*BRUSH.start(), *BRUSH.end());
}
