//! The picture of the page: any lattice, with the brush.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, CornerRadius, PointerButton, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, Vec2, WidgetInfo, emath::GuiRounding as _, pos2, vec2,
};

use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            common::{brush::BrushTool, brush_ring},
            lattices::{
                frame::{Dab, LatticeCommand},
                pixel_map::{Canvas, MOST_PIXELS, Sheet, ink},
            },
        },
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
pub(in crate::labs::ising) struct Hero {
    image: Arc<ColorImage>,
    texture: Option<TextureHandle>,
    sequence: u64,
    is_dark: bool,
    requested: Option<Canvas>,
    /// Where the brush was last, in pixels of the picture.
    stroke: Option<[f64; 2]>,
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
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    let tokens = Tokens::of(ui);
    let ppp = ui.ctx().pixels_per_point();
    let hero = rect.round_to_pixels(ppp);
    let hero = Rect::from_min_size(hero.min, Vec2::splat(hero.width().min(hero.height())));
    let sense = Sense::click_and_drag() | Sense::focusable_noninteractive();
    let response = ui.interact(hero, ui.scope_id().with("lattices"), sense);
    let name = cx.texts.get("ising.hero.name");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
    let settings = &lab.settings.lattices;
    let canvas = Canvas {
        pixels: ((hero.width() * ppp).round() as usize).min(MOST_PIXELS),
        look: settings.look,
        layer: settings.layer,
        marks: settings.marks,
    };
    if lab.lattices.hero.requested != Some(canvas) {
        lab.lattices.hero.requested = Some(canvas);
        lab.lattices.command(LatticeCommand::Canvas(canvas));
    }
    ui.painter().rect_filled(hero, CornerRadius::same(3), tokens.plot);
    ui.painter().rect_stroke(hero, CornerRadius::same(3), Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    let mut keeper = std::mem::take(&mut lab.lattices.hero);
    let Some(published) = lab.lattices.published() else {
        lab.lattices.hero = keeper;
        return;
    };
    let sheet = &published.frame.sheet;
    let (width, height, scale, has_marks) = (sheet.width, sheet.height, sheet.scale, sheet.has_marks);
    let has_holes = matches!(published.frame.settings.disorder(), Disorder::DilutedSites(share) if share > 0.0);
    keeper.update(ui, sheet, published.sequence);
    // Pixel on pixel where the picture is as large as the screen wants it, else as large as fits.
    let most = width.max(height).max(1) as f32 / ppp;
    let zoom = if canvas.pixels == MOST_PIXELS { hero.width() / most } else { 1.0 };
    let size = vec2(width as f32, height as f32) / ppp * zoom;
    let corner = (hero.min + (hero.size() - size) / 2.0).round_to_pixels(ppp);
    let picture = Rect::from_min_size(corner, size);
    if let Some(texture) = &keeper.texture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), picture, whole, Color32::WHITE);
    }
    let pixel = zoom / ppp;
    let settings = &lab.settings.lattices;
    let (tool, radius) = (settings.brush, settings.brush_radius);
    let dab = |to: [f64; 2], from: Option<[f64; 2]>, opposite: bool| Dab {
        from: from.unwrap_or(to),
        to,
        radius: ((f64::from(radius) + 0.5) * scale).max(0.7),
        tool: match tool {
            BrushTool::Up if opposite => BrushTool::Down,
            BrushTool::Down if opposite => BrushTool::Up,
            tool => tool,
        },
    };
    let can_paint = !settings.tempering;
    let (left, right) = ui.input(|input| (input.pointer.primary_down(), input.pointer.secondary_down()));
    let painting = can_paint && response.is_pointer_button_down_on() && (left || right);
    let mut paint = None;
    match response.interact_pointer_pos().filter(|_| painting) {
        Some(pointer) => {
            let at = (pointer - picture.min) / pixel;
            let to = [f64::from(at.x), f64::from(at.y)];
            // A resting brush goes on painting only while the magnet runs and would undo it.
            if keeper.stroke != Some(to) || lab.lattices.running {
                paint = Some(dab(to, keeper.stroke, right && !left));
            }
            keeper.stroke = Some(to);
        }
        // A click between two frames.
        None if can_paint && response.clicked_by(PointerButton::Primary) => {
            if let Some(pointer) = response.interact_pointer_pos() {
                let at = (pointer - picture.min) / pixel;
                paint = Some(dab([f64::from(at.x), f64::from(at.y)], None, false));
            }
        }
        None => keeper.stroke = None,
    }
    lab.lattices.hero = keeper;
    if let Some(dab) = paint {
        lab.lattices.command(LatticeCommand::Paint(dab));
    }
    let texts = cx.texts;
    let mut entries = vec![(SPIN_UP, texts.get("ising.legend.up")), (SPIN_DOWN, texts.get("ising.legend.down"))];
    if has_holes {
        entries.push((palette(tokens)[usize::from(ink::EMPTY)], texts.get("ising.legend.empty")));
    }
    if has_marks {
        entries.push((FRUSTRATED, texts.get("ising.legend.frustrated")));
        if scale >= 12.0 && lab.settings.lattices.chance.is_glass() {
            entries.push((PALE, texts.get("ising.legend.negative")));
        }
    }
    brush_ring::legend_ui(ui, hero, &entries);
    if can_paint {
        brush_ring::ring_ui(ui, &response, hero, scale as f32 * pixel, (tool, radius), cx);
    }
}
