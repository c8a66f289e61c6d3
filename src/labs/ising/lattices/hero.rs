//! The picture of the page: any lattice, with the brush.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2,
    WidgetInfo, emath::GuiRounding as _, pos2, vec2,
};

use super::{
    ink, painting,
    pixel_map::{Canvas, MOST_PIXELS, Sheet},
    scene::{Action, Scene},
};
use crate::{
    labs::{
        ising::common::brush_ring,
        kit::{PageContext, canvas},
    },
    physics::ising::graph::Disorder,
    widgets::tokens::{SPIN_DOWN, SPIN_UP, Tokens, blend},
};

/// A frustrated ring.
const FRUSTRATED: Color32 = Color32::from_rgb(0xE0, 0x3A, 0x5C);
/// A bond whose ends want to differ.
const PALE: Color32 = Color32::from_rgb(0xF5, 0xF5, 0xF3);

/// What the picture keeps between frames.
#[derive(Default)]
pub(super) struct Hero {
    image: Arc<ColorImage>,
    texture: Option<TextureHandle>,
    sequence: u64,
    is_dark: bool,
    requested: Option<Canvas>,
    canvas: canvas::Canvas,
    /// Side of the largest square that the picture could have, in points.
    room: f32,
}

/// A picture that is narrower or lower than this part of its square has a margin.
const NARROWEST: f32 = 0.7;

/// Pixels along the longest side of a picture in a square of this side in points.
fn pixels_within(room: f32, ppp: f32) -> usize {
    ((room * ppp) as usize).min(MOST_PIXELS)
}

fn palette(tokens: &Tokens) -> [Color32; ink::COUNT] {
    let mut colours = [tokens.plot; ink::COUNT];
    colours[usize::from(ink::EMPTY)] = blend(tokens.plot, tokens.edge, 0.45);
    colours[usize::from(ink::FRUSTRATED)] = FRUSTRATED;
    colours[usize::from(ink::PALE)] = PALE;
    // The sides of the cube lie in shade.
    for (shade, light) in [1.0, 0.82, 0.64].into_iter().enumerate() {
        for (up, spin) in [SPIN_DOWN, SPIN_UP].into_iter().enumerate() {
            colours[usize::from(ink::SPIN) + 2 * shade + up] = blend(Color32::BLACK, spin, light);
        }
    }
    colours
}

impl Hero {
    /// Whether a stroke is under way.
    pub fn is_drawing(&self) -> bool {
        self.canvas.is_drawing()
    }

    /// How large the picture is drawn where the largest square that it could have is `most` points wide.
    pub fn size_within(&mut self, most: f32, sheet: &Sheet, ppp: f32) -> Vec2 {
        self.room = most;
        if sheet.width == 0 {
            return Vec2::splat(most);
        }
        let size = vec2(sheet.width as f32, sheet.height as f32) / ppp * self.zoom(sheet, ppp);
        size.clamp(Vec2::splat(NARROWEST * most), Vec2::splat(most))
    }

    /// How much larger the picture is drawn than it is, where the screen has more pixels than a picture may have.
    fn zoom(&self, sheet: &Sheet, ppp: f32) -> f32 {
        let most = sheet.width.max(sheet.height).max(1) as f32 / ppp;
        if pixels_within(self.room, ppp) == MOST_PIXELS { self.room / most } else { 1.0 }
    }

    fn update(&mut self, ui: &Ui, sheet: &Sheet, sequence: u64) {
        let is_dark = ui.visuals().dark_mode;
        let size = [sheet.width, sheet.height];
        let is_known = self.sequence == sequence && self.is_dark == is_dark && self.texture.is_some();
        if is_known || sheet.inks.is_empty() || sheet.inks.len() != size[0] * size[1] {
            return;
        }
        (self.sequence, self.is_dark) = (sequence, is_dark);
        let colours = palette(Tokens::of(ui));
        // egui lets go of the picture once it is uploaded, so this does not copy.
        let image = Arc::make_mut(&mut self.image);
        image.size = size;
        image.source_size = vec2(size[0] as f32, size[1] as f32);
        image.pixels.clear();
        image.pixels.extend(sheet.inks.iter().map(|&ink| colours[usize::from(ink).min(ink::COUNT - 1)]));
        match &mut self.texture {
            Some(texture) if texture.size() == size => {
                texture.set_partial([0, 0], Arc::clone(&self.image), TextureOptions::NEAREST);
            }
            _ => {
                let picture = Arc::clone(&self.image);
                self.texture = Some(ui.ctx().load_texture("lattices", picture, TextureOptions::NEAREST));
            }
        }
    }
}

/// Draws the picture and paints where the pointer says.
pub(super) fn hero_ui(scene: &mut Scene<'_>, hero: &mut Hero, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let ppp = ui.ctx().pixels_per_point();
    let place = rect.round_to_pixels(ppp);
    let sense = Sense::click_and_drag() | Sense::focusable_noninteractive();
    let response = ui.interact(place, ui.scope_id().with("lattices"), sense);
    let name = cx.texts.get("ising.hero.name");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
    let canvas = Canvas {
        pixels: pixels_within(hero.room, ppp),
        projection: scene.look.projection,
        layer: scene.look.layer,
        marks: scene.look.marks,
    };
    if hero.requested != Some(canvas) {
        hero.requested = Some(canvas);
        scene.act(Action::Canvas(canvas));
    }
    let frame = scene.frame;
    let picture = &frame.sheet;
    hero.update(ui, picture, scene.sequence);
    // Pixel on pixel where the picture is as large as the screen wants it, else as large as fits.
    let zoom = hero.zoom(picture, ppp);
    let size = vec2(picture.width as f32, picture.height as f32) / ppp * zoom;
    let corner = (place.min + (place.size() - size) / 2.0).round_to_pixels(ppp);
    let sheet = painting::Sheet { rect: Rect::from_min_size(corner, size), pixel: zoom / ppp, scale: picture.scale };
    // Nothing is known yet: the frame is empty, and as large as its place.
    let outline = if picture.width > 0 { sheet.rect } else { place };
    ui.painter().rect_filled(outline, CornerRadius::same(3), tokens.plot);
    ui.painter().rect_stroke(outline, CornerRadius::same(3), Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    if let Some(texture) = &hero.texture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), sheet.rect, whole, Color32::WHITE);
    }
    // Replicas are not painted.
    let can_paint = !scene.settings.tempering;
    if can_paint {
        painting::paint(scene, &mut hero.canvas, ui, &response, sheet);
    }
    legend_ui(scene, ui, outline, cx);
    if can_paint {
        let brush = (scene.pen.brush, scene.pen.brush_radius);
        brush_ring::ring_ui(ui, &response, place, sheet.scale as f32 * sheet.pixel, brush, cx);
    }
}

fn legend_ui(scene: &Scene<'_>, ui: &Ui, place: Rect, cx: &PageContext<'_>) {
    let (texts, picture) = (cx.texts, &scene.frame.sheet);
    let has_holes = matches!(scene.frame.settings.disorder(), Disorder::DilutedSites(_));
    let mut entries = vec![(SPIN_UP, texts.get("ising.legend.up")), (SPIN_DOWN, texts.get("ising.legend.down"))];
    if has_holes {
        entries.push((palette(Tokens::of(ui))[usize::from(ink::EMPTY)], texts.get("ising.legend.empty")));
    }
    if picture.has_marks {
        entries.push((FRUSTRATED, texts.get("ising.legend.frustrated")));
        if picture.scale >= 12.0 && scene.settings.disorder_kind.is_glass() {
            entries.push((PALE, texts.get("ising.legend.negative")));
        }
    }
    brush_ring::legend_ui(ui, place, &entries);
}
