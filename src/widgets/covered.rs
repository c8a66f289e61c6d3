//! What a later opaque rectangle or picture hides is not painted: the ground of a card under its plots, a plot's ground
//! under a picture.
//!
//! A graphics card does not care, but where a processor draws, every layer of the window costs as much as the first.
//! The hidden part is cut away along whole pixels by clip rectangles, so that every pixel comes out as it would have.
//! What is left of a ground, without its edge, may be handed to a quicker way to fill it.

use std::collections::HashSet;

use egui::{
    Color32, Context, FullOutput, PaintCallback, Plugin, Rect, Shape, TextureId,
    emath::TSTransform,
    epaint::{ClippedShape, ImageData, RectShape},
    pos2,
};

/// Smaller than this nothing hides and nothing is cut, in pixels: the gain would not pay for another call.
const WORTH_IT: i64 = 2500;
/// A shape is cut into no more pieces than this.
const MOST_PIECES: usize = 16;

/// Smaller than this no ground is filled by another way, in pixels.
const WORTH_FILLING: i64 = 4000;

/// A quicker way to fill a rectangle of whole pixels, in points, with an opaque colour.
pub type Fill = Box<dyn Fn(Rect, Color32) -> PaintCallback + Send + Sync>;

/// Cuts away what is hidden, just before a frame is handed to the renderer.
#[derive(Default)]
pub struct Covered {
    /// Textures none of whose pixels lets anything through.
    opaque: HashSet<TextureId>,
    /// What fills grounds, where there is such.
    fill: Option<Fill>,
}

impl Plugin for Covered {
    fn debug_name(&self) -> &'static str {
        "covered"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        self.look_at_textures(output);
        let shapes = std::mem::take(&mut output.shapes);
        output.shapes = self.cut(shapes, output.pixels_per_point);
        for freed in &output.textures_delta.free {
            self.opaque.remove(freed);
        }
    }
}

impl Covered {
    /// Builds the plugin of a window whose grounds are filled by this, if there is something that fills.
    #[must_use]
    pub fn filling_by(fill: Option<Fill>) -> Self {
        Self { fill, ..Self::default() }
    }

    fn look_at_textures(&mut self, output: &FullOutput) {
        // Their order does not matter: each is on its own.
        for (&id, deltas) in &output.textures_delta.set {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let is_opaque = image.pixels.iter().all(Color32::is_opaque);
                if !is_opaque {
                    self.opaque.remove(&id);
                } else if delta.pos.is_none() {
                    self.opaque.insert(id);
                }
            }
        }
    }

    /// The shapes of a frame without what is hidden, in their order.
    fn cut(&self, shapes: Vec<ClippedShape>, pixels_per_point: f32) -> Vec<ClippedShape> {
        let covers: Vec<(usize, Pixels)> = shapes
            .iter()
            .enumerate()
            .filter_map(|(place, shape)| Some((place, self.covers(shape, pixels_per_point)?)))
            .collect();
        let mut cut = Vec::with_capacity(shapes.len() + 8 * covers.len());
        for (place, shape) in shapes.into_iter().enumerate() {
            match bounds(&shape, pixels_per_point) {
                Some(bounds) => {
                    let later = &covers[covers.partition_point(|&(cover, _)| cover <= place)..];
                    let pieces = left_of(bounds, later);
                    let inner = self.fill.as_ref().and_then(|_| self.ground(&shape, pixels_per_point));
                    self.add(&shape, bounds, pieces, inner, pixels_per_point, &mut cut);
                }
                None => cut.push(shape),
            }
        }
        cut
    }

    /// The pixels of a ground that have its colour and nothing else, with that colour.
    fn ground(&self, shape: &ClippedShape, pixels_per_point: f32) -> Option<(Pixels, Color32)> {
        let Shape::Rect(rect) = &shape.shape else { return None };
        Some((self.covers(shape, pixels_per_point)?, rect.fill))
    }

    /// Adds the pieces of a shape. What lies in `inner` is filled in the quicker way, where it is worth that.
    fn add(
        &self,
        shape: &ClippedShape,
        bounds: Pixels,
        pieces: Vec<Pixels>,
        inner: Option<(Pixels, Color32)>,
        pixels_per_point: f32,
        cut: &mut Vec<ClippedShape>,
    ) {
        for piece in pieces {
            let mut left = vec![piece];
            if let (Some(fill), Some((inner, color))) = (&self.fill, inner) {
                let filled = inner.within(piece);
                if filled.area() >= WORTH_FILLING {
                    let rect = filled.rect(pixels_per_point);
                    cut.push(ClippedShape { clip_rect: rect, shape: Shape::Callback(fill(rect, color)), ..*shape });
                    left = piece.without(filled).collect();
                }
            }
            if left == [bounds] {
                // Nothing was taken from it.
                cut.push(shape.clone());
                continue;
            }
            let clipped = |piece: Pixels| ClippedShape { clip_rect: piece.rect(pixels_per_point), ..shape.clone() };
            cut.extend(left.into_iter().map(clipped));
        }
    }

    /// The pixels that this shape surely hides, where they are many.
    fn covers(&self, shape: &ClippedShape, pixels_per_point: f32) -> Option<Pixels> {
        let (rect, inset) = match &shape.shape {
            Shape::Rect(rect) if is_plain(rect) && rect.fill.is_opaque() => {
                let stroke = if rect.stroke.color.is_opaque() { 0.0 } else { rect.stroke.width };
                let corner = rect.corner_radius;
                let radius = [corner.nw, corner.ne, corner.sw, corner.se].into_iter().max().unwrap_or(0);
                // A quarter of a circle leaves less than a third of its radius free along the diagonal, and the edge
                // is softened over half a pixel on either side.
                (rect.rect, 1 + ((stroke + 0.3 * (f32::from(radius) + 1.0)) * pixels_per_point).ceil() as i64)
            }
            Shape::Mesh(mesh) if self.opaque.contains(&mesh.texture_id) && is_picture(mesh) => (mesh.calc_bounds(), 0),
            _ => return None,
        };
        if shape.transform_after_tessellation != TSTransform::IDENTITY {
            return None;
        }
        let whole = Pixels::inside(rect, pixels_per_point).shrunk(inset);
        let seen = whole.within(Pixels::clip(shape.clip_rect, pixels_per_point));
        (seen.area() >= WORTH_IT).then_some(seen)
    }
}

/// Whether a rectangle is drawn as it says: without texture, blur or turn.
fn is_plain(rect: &RectShape) -> bool {
    rect.brush.is_none() && rect.blur_width == 0.0 && rect.angle == 0.0
}

/// Whether a mesh is one upright rectangle in full colours.
fn is_picture(mesh: &egui::Mesh) -> bool {
    let bounds = mesh.calc_bounds();
    let is_corner = |at: egui::Pos2| {
        (at.x == bounds.left() || at.x == bounds.right()) && (at.y == bounds.top() || at.y == bounds.bottom())
    };
    mesh.vertices.len() == 4
        && mesh.indices.len() == 6
        && mesh.vertices.iter().all(|vertex| vertex.color.is_opaque() && is_corner(vertex.pos))
}

/// The pixels that a shape may paint, of those that are worth cutting.
fn bounds(shape: &ClippedShape, pixels_per_point: f32) -> Option<Pixels> {
    let rect = match &shape.shape {
        Shape::Rect(rect) if is_plain(rect) && rect.fill != Color32::TRANSPARENT => rect.visual_bounding_rect(),
        Shape::Mesh(mesh) if is_picture(mesh) => mesh.calc_bounds(),
        _ => return None,
    };
    if shape.transform_after_tessellation != TSTransform::IDENTITY {
        return None;
    }
    let clip = Pixels::clip(shape.clip_rect, pixels_per_point);
    let bounds = Pixels::around(rect, pixels_per_point).within(clip);
    (bounds.area() >= WORTH_IT).then_some(bounds)
}

/// What later shapes leave of these pixels, in pieces.
fn left_of(bounds: Pixels, later: &[(usize, Pixels)]) -> Vec<Pixels> {
    let mut hiding: Vec<Pixels> = later.iter().map(|(_, cover)| cover.within(bounds)).collect();
    hiding.retain(|cover| cover.area() >= WORTH_IT);
    hiding.sort_by_key(|cover| -cover.area());
    let mut pieces = vec![bounds];
    for cover in hiding {
        let left: Vec<Pixels> = pieces.iter().flat_map(|piece| piece.without(cover)).collect();
        if left.len() <= MOST_PIECES {
            pieces = left;
        }
    }
    pieces
}

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pixels {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Pixels {
    /// The pixels that lie wholly inside.
    fn inside(rect: Rect, scale: f32) -> Self {
        let (min, max) = (rect.min * scale, rect.max * scale);
        let up = |value: f32| (value - 0.01).ceil() as i64;
        let down = |value: f32| (value + 0.01).floor() as i64;
        Self { left: up(min.x), top: up(min.y), right: down(max.x), bottom: down(max.y) }
    }

    /// The pixels that may be touched: a soft edge reaches one further.
    fn around(rect: Rect, scale: f32) -> Self {
        let (min, max) = (rect.min * scale, rect.max * scale);
        Self {
            left: min.x.floor() as i64 - 2,
            top: min.y.floor() as i64 - 2,
            right: max.x.ceil() as i64 + 2,
            bottom: max.y.ceil() as i64 + 2,
        }
    }

    /// The pixels of a clip rectangle, which the renderer rounds.
    fn clip(rect: Rect, scale: f32) -> Self {
        let (min, max) = (rect.min * scale, rect.max * scale);
        Self {
            left: min.x.round() as i64,
            top: min.y.round() as i64,
            right: max.x.round() as i64,
            bottom: max.y.round() as i64,
        }
    }

    fn shrunk(self, by: i64) -> Self {
        Self { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }

    fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn area(self) -> i64 {
        (self.right - self.left).max(0) * (self.bottom - self.top).max(0)
    }

    /// What is left of it without the pixels of another: bands above and below, and what stands beside.
    fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let hidden = self.within(other);
        let parts = if hidden.area() == 0 {
            [Some(self), None, None, None]
        } else {
            [
                Some(Self { bottom: hidden.top, ..self }),
                Some(Self { right: hidden.left, ..hidden_rows(self, hidden) }),
                Some(Self { left: hidden.right, ..hidden_rows(self, hidden) }),
                Some(Self { top: hidden.bottom, ..self }),
            ]
        };
        parts.into_iter().flatten().filter(|part| part.area() > 0)
    }

    fn rect(self, scale: f32) -> Rect {
        let at = |x: i64, y: i64| pos2(x as f32 / scale, y as f32 / scale);
        Rect::from_min_max(at(self.left, self.top), at(self.right, self.bottom))
    }
}

/// A rectangle in the rows of what hides a part of it.
fn hidden_rows(rect: Pixels, hidden: Pixels) -> Pixels {
    Pixels { top: hidden.top, bottom: hidden.bottom, ..rect }
}

#[cfg(test)]
mod tests {
    use egui::{CornerRadius, Stroke, StrokeKind, vec2};

    use super::*;

    fn filled(min: [f32; 2], size: [f32; 2], fill: Color32) -> ClippedShape {
        let rect = Rect::from_min_size(min.into(), size.into());
        let shape = RectShape::new(rect, CornerRadius::ZERO, fill, Stroke::NONE, StrokeKind::Inside);
        ClippedShape::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 1000.0)), Shape::Rect(shape))
    }

    fn areas(shapes: &[ClippedShape], index: usize, of: &ClippedShape) -> i64 {
        let same = shapes.iter().filter(|shape| shape.shape == of.shape);
        let area: i64 = same.map(|shape| bounds_of(shape).area()).sum();
        assert!(index < shapes.len());
        area
    }

    fn bounds_of(shape: &ClippedShape) -> Pixels {
        Pixels::around(shape.shape.visual_bounding_rect(), 1.0).within(Pixels::clip(shape.clip_rect, 1.0))
    }

    #[test]
    fn an_opaque_ground_cuts_what_lies_under_it_but_its_softened_edge() {
        let card = filled([100.0, 100.0], [300.0, 200.0], Color32::GRAY);
        let plot = filled([150.0, 120.0], [200.0, 100.0], Color32::BLACK);
        let cut = Covered::default().cut(vec![card.clone(), plot.clone()], 1.0);
        assert_eq!(cut.last(), Some(&plot));
        // One pixel of softened edge, and a third of a point for corners, rounded up.
        let hidden = (200 - 4) * (100 - 4);
        assert_eq!(areas(&cut, 0, &card), bounds_of(&card).area() - hidden);
    }

    #[test]
    fn pieces_do_not_overlap_and_keep_their_place_in_the_order() {
        let card = filled([0.0, 0.0], [600.0, 600.0], Color32::GRAY);
        let plots: Vec<_> =
            (0..3).map(|index| filled([50.0 + 180.0 * index as f32, 60.0], [150.0, 200.0], Color32::BLACK)).collect();
        let shapes: Vec<_> = std::iter::once(card.clone()).chain(plots.clone()).collect();
        let cut = Covered::default().cut(shapes, 1.0);
        let pieces: Vec<_> = cut.iter().take_while(|shape| shape.shape == card.shape).map(bounds_of).collect();
        assert_eq!(cut.len(), pieces.len() + plots.len());
        for (index, piece) in pieces.iter().enumerate() {
            assert!(pieces[index + 1..].iter().all(|other| piece.within(*other).area() == 0), "{piece:?}");
        }
    }

    #[test]
    fn what_lets_light_through_and_what_lies_below_hide_nothing() {
        let card = filled([0.0, 0.0], [300.0, 300.0], Color32::GRAY);
        let veil = filled([50.0, 50.0], [200.0, 200.0], Color32::from_black_alpha(200));
        let cut = Covered::default().cut(vec![card.clone(), veil.clone()], 1.0);
        assert_eq!(cut, [card.clone(), veil]);
        let below = filled([50.0, 50.0], [200.0, 200.0], Color32::BLACK);
        let cut = Covered::default().cut(vec![below, card.clone()], 1.0);
        assert_eq!(cut, [card]);
    }

    #[test]
    fn a_picture_hides_what_is_under_it_only_while_its_texture_is_opaque() {
        let id = TextureId::Managed(7);
        let ground = filled([0.0, 0.0], [300.0, 300.0], Color32::BLACK);
        let mesh = Shape::image(
            id,
            Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 300.0)),
            Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)),
            Color32::WHITE,
        );
        let picture = ClippedShape::new(ground.clip_rect, mesh);
        let mut covered = Covered::default();
        assert_eq!(covered.cut(vec![ground.clone(), picture.clone()], 1.0), [ground.clone(), picture.clone()]);
        covered.opaque.insert(id);
        assert_eq!(covered.cut(vec![ground, picture.clone()], 1.0).last(), Some(&picture));
    }
}
