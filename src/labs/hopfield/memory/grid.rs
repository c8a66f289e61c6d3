//! Where the cells of the pad lie on screen.

use egui::{Pos2, Rect, Ui, Vec2, emath::GuiRounding, pos2, vec2};

/// A square of cells on screen, each of a whole number of pixels.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The square.
    pub rect: Rect,
    /// The side of a cell in points.
    pub cell: f32,
    /// Cells along a side.
    pub side: i32,
}

impl Grid {
    /// Fits so many cells along a side into the room.
    pub fn new(ui: &Ui, room: Rect, side: usize) -> Self {
        let ppp = ui.ctx().pixels_per_point();
        // Whole pixels a cell.
        let pixels = (room.width().min(room.height()) * ppp / side as f32).floor().max(1.0);
        let cell = pixels / ppp;
        let rect = Rect::from_min_size(room.min, Vec2::splat(cell * side as f32));
        let free = (room.size() - rect.size()) / 2.0;
        let min = pos2(room.left() + free.x.min(24.0), room.top()).round_to_pixels(ppp);
        Self { rect: Rect::from_min_size(min, rect.size()), cell, side: side as i32 }
    }

    /// The cell at a place on screen, also outside the pad.
    pub fn cell_at(&self, at: Pos2) -> [i32; 2] {
        let place = (at - self.rect.min) / self.cell;
        [place.x.floor() as i32, place.y.floor() as i32]
    }

    /// The square of the neuron with this number.
    pub fn cell_rect(&self, neuron: usize) -> Rect {
        let (x, y) = (neuron % self.side as usize, neuron / self.side as usize);
        self.span([x as i32, y as i32], [x as i32, y as i32])
    }

    /// The rectangle from one cell to another, both included.
    pub fn span(&self, from: [i32; 2], to: [i32; 2]) -> Rect {
        let at = |x: i32, y: i32| self.rect.min + vec2(x as f32, y as f32) * self.cell;
        let (low, high) = ([from[0].min(to[0]), from[1].min(to[1])], [from[0].max(to[0]) + 1, from[1].max(to[1]) + 1]);
        Rect::from_min_max(at(low[0], low[1]), at(high[0], high[1]))
    }
}
