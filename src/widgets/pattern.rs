//! Pictures of ±1 (or values between): the pad and the thumbnails that stand for a memory everywhere.

use std::{collections::HashMap, sync::Arc};

use egui::{Color32, ColorImage, Painter, Rect, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::{
    textures,
    tokens::{SPIN_DOWN, SPIN_UP, Tokens, blend},
};

/// The colour of a value from −1 to 1.
#[must_use]
pub fn color(value: f32) -> Color32 {
    match value {
        v if v >= 1.0 => SPIN_UP,
        v if v <= -1.0 => SPIN_DOWN,
        v => blend(SPIN_DOWN, SPIN_UP, f64::from(0.5 * (v + 1.0))),
    }
}

fn image(side: usize, pixels: impl Iterator<Item = Color32>) -> ColorImage {
    ColorImage { size: [side, side], source_size: vec2(side as f32, side as f32), pixels: pixels.collect() }
}

/// Draws a texture over a square.
fn draw(painter: &Painter, texture: &TextureHandle, rect: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), rect, whole, Color32::WHITE);
}

/// Textures of small pictures, kept while they are on screen.
#[derive(Default)]
pub struct Thumbnails {
    kept: HashMap<usize, Kept>,
    frame: u64,
}

struct Kept {
    /// Keeps the address that is the key from being used by another picture.
    bits: Arc<[i8]>,
    texture: TextureHandle,
    used: u64,
}

impl Thumbnails {
    /// Forgets what has not been drawn lately.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        let frame = self.frame;
        self.kept.retain(|_, kept| kept.used + 2 >= frame);
    }

    /// Draws a square picture with an outline.
    pub fn draw(&mut self, ui: &Ui, rect: Rect, bits: &Arc<[i8]>) {
        let side = bits.len().isqrt();
        if side == 0 {
            return;
        }
        let frame = self.frame;
        let kept = self.kept.entry(Arc::as_ptr(bits).addr()).or_insert_with(|| {
            let pixels = bits.iter().map(|&bit| if bit > 0 { SPIN_UP } else { SPIN_DOWN });
            let image = Arc::new(image(side, pixels));
            let texture = ui.ctx().load_texture("thumbnail", Arc::clone(&image), TextureOptions::NEAREST);
            textures::keep(ui.ctx(), texture.id(), &image);
            Kept { bits: Arc::clone(bits), texture, used: frame }
        });
        debug_assert_eq!(kept.bits.len(), bits.len());
        kept.used = frame;
        draw(ui.painter(), &kept.texture, rect);
        ui.painter().rect_stroke(rect, 3, Stroke::new(1.0, Tokens::of(ui).edge), StrokeKind::Outside);
    }
}

/// A large picture that changes with every frame.
#[derive(Default)]
pub struct Raster {
    texture: Option<TextureHandle>,
    shown: Vec<Color32>,
}

impl Raster {
    /// Draws square pixels, row by row; uploads only what is new.
    pub fn draw(&mut self, ui: &Ui, painter: &Painter, rect: Rect, pixels: &[Color32]) {
        let side = pixels.len().isqrt();
        if side == 0 {
            return;
        }
        let same_size = self.texture.as_ref().is_some_and(|texture| texture.size() == [side, side]);
        if !same_size || self.shown != pixels {
            self.shown.clear();
            self.shown.extend_from_slice(pixels);
            let image = Arc::new(image(side, pixels.iter().copied()));
            match &mut self.texture {
                Some(texture) if same_size => texture.set_partial([0, 0], Arc::clone(&image), TextureOptions::NEAREST),
                _ => {
                    self.texture = Some(ui.ctx().load_texture("raster", Arc::clone(&image), TextureOptions::NEAREST));
                }
            }
            if let Some(texture) = &self.texture {
                textures::keep(ui.ctx(), texture.id(), &image);
            }
        }
        if let Some(texture) = &self.texture {
            draw(painter, texture, rect);
        }
    }
}
