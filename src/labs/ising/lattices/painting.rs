//! The brush on the picture: what the pointer did becomes pieces of strokes.

use egui::{Pos2, Rect, Response, Ui};

use super::{
    frame::Dab,
    scene::{Action, Scene},
};
use crate::labs::{ising::common::brush::BrushTool, kit::canvas::Canvas};

/// A picture on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Where it is, in points.
    pub rect: Rect,
    /// Points a pixel of it.
    pub pixel: f32,
    /// Pixels of it from a spin to the next.
    pub scale: f64,
}

/// Follows the pointer and notes what is to be painted.
pub(super) fn paint(scene: &mut Scene<'_>, canvas: &mut Canvas, ui: &Ui, response: &Response, sheet: Sheet) {
    let radius = ((f64::from(scene.pen.brush_radius) + 0.5) * sheet.scale).max(0.7);
    let brush = scene.pen.brush;
    let dab = |from: Pos2, to: Pos2, is_opposite: bool| {
        let at = |place: Pos2| {
            let place = (place - sheet.rect.min) / sheet.pixel;
            [f64::from(place.x), f64::from(place.y)]
        };
        let tool = match brush {
            BrushTool::Up if is_opposite => BrushTool::Down,
            BrushTool::Down if is_opposite => BrushTool::Up,
            tool => tool,
        };
        Dab { from: at(from), to: at(to), radius, tool }
    };
    let followed = canvas.follow(ui, response);
    for piece in &followed.pieces {
        let dab = dab(piece.from, piece.to, piece.is_secondary);
        scene.act(Action::Paint { dab, begins: piece.begins });
    }
    // A resting brush goes on painting only while the magnet runs and would undo it.
    if let Some((at, is_secondary)) = canvas.resting()
        && followed.pieces.is_empty()
        && scene.is_running
    {
        scene.act(Action::Paint { dab: dab(at, at, is_secondary), begins: false });
    }
}
