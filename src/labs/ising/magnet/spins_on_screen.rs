//! Where spins are on screen.

use egui::{Pos2, Rect, Vec2, vec2};

use crate::labs::ising::magnet::{picture::ViewRequest, view::Placed};

/// The picture of the lattice as it lies on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct SpinsOnScreen {
    /// The picture.
    pub picture: Rect,
    /// Points a spin.
    pub spin: f32,
    /// What it shows.
    pub request: ViewRequest,
}

impl SpinsOnScreen {
    /// Places the picture in its frame, which is as large as the picture or crops it.
    pub fn new(hero: Rect, placed: &Placed, points_per_pixel: f32) -> Self {
        let pixels = placed.request.columns as f32 * placed.zoom.pixels as f32;
        let width = pixels * points_per_pixel;
        let picture = Rect::from_min_size(hero.min, Vec2::splat(width));
        Self { picture, spin: placed.zoom.scale() as f32 * points_per_pixel, request: placed.request }
    }

    /// The spin under a point, x and y; may lie beyond the torus's edge.
    pub fn spin_at(&self, at: Pos2) -> [f64; 2] {
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
