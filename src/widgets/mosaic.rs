//! Many small pictures in one texture: the tiles of a grid.

use std::sync::Arc;

use egui::{Color32, ColorImage, Painter, Rect, TextureFilter, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2};

use super::textures;

/// Tiles of one size.
#[derive(Default)]
pub struct Mosaic {
    texture: Option<TextureHandle>,
    shown: Vec<Color32>,
    tile: [usize; 2],
    columns: usize,
    stamp: Option<u64>,
}

/// Sharp where tiles are enlarged, smooth where they are made smaller.
const OPTIONS: TextureOptions = TextureOptions { minification: TextureFilter::Linear, ..TextureOptions::NEAREST };

impl Mosaic {
    /// Takes the pixels of all tiles, one tile after another; uploads only what is new.
    pub fn set(&mut self, ui: &Ui, tile: [usize; 2], pixels: Vec<Color32>) {
        let area = tile[0] * tile[1];
        let count = pixels.len().checked_div(area).unwrap_or(0);
        if count == 0 {
            self.texture = None;
            self.shown.clear();
            return;
        }
        if self.texture.is_some() && self.tile == tile && self.shown == pixels {
            return;
        }
        let columns = (count as f64).sqrt().ceil() as usize;
        let size = [columns * tile[0], count.div_ceil(columns) * tile[1]];
        let mut image = ColorImage::filled(size, Color32::TRANSPARENT);
        for (index, picture) in pixels.chunks_exact(area).enumerate() {
            let (left, top) = (index % columns * tile[0], index / columns * tile[1]);
            for (row, line) in picture.chunks_exact(tile[0]).enumerate() {
                image.pixels[(top + row) * size[0] + left..][..tile[0]].copy_from_slice(line);
            }
        }
        let image = Arc::new(image);
        match &mut self.texture {
            Some(texture) if texture.size() == size => texture.set_partial([0, 0], Arc::clone(&image), OPTIONS),
            texture => *texture = Some(ui.ctx().load_texture("mosaic", Arc::clone(&image), OPTIONS)),
        }
        if let Some(texture) = &self.texture {
            textures::keep(ui.ctx(), texture.id(), &image);
        }
        (self.shown, self.tile, self.columns) = (pixels, tile, columns);
    }

    /// Updates tiles that are coloured only where the stamp is another one than last time.
    pub fn stamped(&mut self, ui: &Ui, stamp: u64, tile: [usize; 2], pixels: impl FnOnce() -> Vec<Color32>) {
        if self.stamp != Some(stamp) {
            self.set(ui, tile, pixels());
            self.stamp = Some(stamp);
        }
    }

    /// How many tiles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len().checked_div(self.tile[0] * self.tile[1]).unwrap_or(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Draws the tile with this index in a rectangle.
    pub fn draw(&self, painter: &Painter, index: usize, rect: Rect) {
        let Some(texture) = self.texture.as_ref().filter(|_| index < self.len()) else { return };
        let size = texture.size_vec2();
        let tile = vec2(self.tile[0] as f32, self.tile[1] as f32);
        let min = vec2((index % self.columns) as f32, (index / self.columns) as f32) * tile;
        let uv = Rect::from_min_max((min / size).to_pos2(), ((min + tile) / size).to_pos2());
        painter.image(texture.id(), rect, uv, Color32::WHITE);
    }
}

/// Tiles may be smaller by this share where they fill a whole rectangle then.
const FULL: f32 = 0.8;

/// Places of a grid of tiles in a rectangle: as many columns as make the tiles largest, or nearly so and without a gap at
/// the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TileGrid {
    /// Tiles in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Size of a tile.
    pub tile: Vec2,
    origin: egui::Pos2,
    gap: f32,
}

impl TileGrid {
    /// For so many tiles whose height is `aspect` times their width, at most `largest` wide.
    #[must_use]
    pub fn new(room: Rect, count: usize, aspect: f32, gap: f32, largest: f32) -> Self {
        let width_with = |columns: usize| {
            let rows = count.div_ceil(columns) as f32;
            let across = (room.width() + gap) / columns as f32 - gap;
            let down = ((room.height() + gap) / rows - gap) / aspect;
            across.min(down).min(largest)
        };
        let count = count.max(1);
        let largest_of =
            |columns: &mut dyn Iterator<Item = usize>| columns.max_by(|&a, &b| width_with(a).total_cmp(&width_with(b)));
        let any = largest_of(&mut (1..=count)).unwrap_or(1);
        let full = largest_of(&mut (1..=count).filter(|columns| count.is_multiple_of(*columns)));
        let columns = full.filter(|&full| width_with(full) >= FULL * width_with(any)).unwrap_or(any);
        let width = width_with(columns).max(1.0);
        Self { columns, rows: count.div_ceil(columns), tile: vec2(width, width * aspect), origin: room.min, gap }
    }

    /// The place of a tile.
    #[must_use]
    pub fn rect(&self, index: usize) -> Rect {
        let step = self.tile + Vec2::splat(self.gap);
        let place = vec2((index % self.columns) as f32, (index / self.columns) as f32);
        Rect::from_min_size(self.origin + place * step, self.tile)
    }

    /// The space that all tiles take.
    #[must_use]
    pub fn size(&self) -> Vec2 {
        let across = self.columns as f32 * (self.tile.x + self.gap) - self.gap;
        vec2(across, self.rows as f32 * (self.tile.y + self.gap) - self.gap)
    }

    /// The tile under a point.
    #[must_use]
    pub fn at(&self, point: egui::Pos2, count: usize) -> Option<usize> {
        (0..count).find(|&index| self.rect(index).contains(point))
    }

    /// The grid in the middle of the room's width.
    #[must_use]
    pub fn centred(mut self, room: Rect) -> Self {
        self.origin = pos2(room.left() + (room.width() - self.size().x).max(0.0) / 2.0, room.top());
        self
    }
}
