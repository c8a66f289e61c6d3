//! The rasteriser of the built-in pictures: lays a drawing made of pen strokes and filled areas on a square grid of
//! pixels. Points are snapped to the grid and the pen is a whole number of pixels wide, so that bars are equally thick
//! everywhere and what is symmetric stays symmetric, even on a very small pad.

use crate::physics::segment;

/// A point of a drawing. The unit square, top left (0, 0), is where the middle of the pen may go.
pub type Point = (f64, f64);

/// One stroke or area of a drawing. Later marks lie over earlier ones.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    points: &'static [Point],
    /// How far from a corner the outline starts to round it.
    round: f64,
    closed: bool,
    filled: bool,
    value: i8,
}

/// A stroke with sharp corners through the points.
pub const fn line(points: &'static [Point]) -> Mark {
    Mark { points, round: 0.0, closed: false, filled: false, value: INK }
}

/// A stroke through the points whose corners are rounded.
pub const fn bend(round: f64, points: &'static [Point]) -> Mark {
    Mark { points, round, closed: false, filled: false, value: INK }
}

/// A closed stroke with rounded corners; with much rounding a rectangle becomes an ellipse.
pub const fn ring(round: f64, points: &'static [Point]) -> Mark {
    Mark { points, round, closed: true, filled: false, value: INK }
}

/// A closed stroke with rounded corners and everything inside it.
pub const fn area(round: f64, points: &'static [Point]) -> Mark {
    Mark { points, round, closed: true, filled: true, value: INK }
}

impl Mark {
    /// Returns this mark made with the rubber instead of the pen.
    pub const fn rubbed(self) -> Self {
        Self { value: PAPER, ..self }
    }

    /// The chain through the corners with the roundings in place; closed marks end where they began.
    fn outline(&self, corners: &[Point], reach: Point) -> Vec<Point> {
        let count = corners.len();
        let is_end = |i: usize| !self.closed && (i == 0 || i + 1 == count);
        let mut outline = Vec::new();
        for (i, &corner) in corners.iter().enumerate() {
            if is_end(i) || self.round == 0.0 {
                outline.push(corner);
                continue;
            }
            // Two roundings share a side, but the first and the last side of an open stroke belong to one alone.
            let leg = |other: usize| towards(corner, corners[other], reach, if is_end(other) { 1.0 } else { 0.5 });
            let (from, to) = (leg((i + count - 1) % count), leg((i + 1) % count));
            for piece in 0..=PIECES {
                let t = f64::from(piece) / f64::from(PIECES);
                let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * CIRCLE * t * (1.0 - t), t * t);
                let mix = |p: f64, q: f64, r: f64| (a * p + b * q + c * r) / (a + b + c);
                outline.push((mix(from.0, corner.0, to.0), mix(from.1, corner.1, to.1)));
            }
        }
        if self.closed {
            outline.extend(outline.first().copied());
        }
        outline
    }
}

const INK: i8 = 1;
const PAPER: i8 = -1;
/// Pieces a rounded corner is cut into.
const PIECES: u32 = 8;
/// Weight of a corner's rounding; with this one the rounding of a square is a circle.
const CIRCLE: f64 = std::f64::consts::FRAC_1_SQRT_2;
/// Decides ties alike on both sides of the middle, whatever the last digit of the arithmetic.
const HAIR: f64 = 1e-6;
/// The pen's radius in pens, a little generous so that the corner of a pen of 3 by 4 pixels still counts.
const RADIUS: f64 = 0.505;

/// Draws the marks: `side`² values row by row from the top. The pen's width and height are shares of the side.
pub fn rasterise(marks: &[Mark], pen: Point, side: usize) -> Vec<i8> {
    let (across, down) = (Grid::new(pen.0, side), Grid::new(pen.1, side));
    let mut pixels = vec![PAPER; side * side];
    for mark in marks {
        let corners: Vec<Point> = mark.points.iter().map(|&(x, y)| (across.snap(x), down.snap(y))).collect();
        let reach = (mark.round * across.span, mark.round * down.span);
        let outline = mark.outline(&corners, reach);
        for (i, pixel) in pixels.iter_mut().enumerate() {
            let at = (across.pixel(i % side), down.pixel(i / side));
            if squared_distance(&outline, at) <= RADIUS * RADIUS || mark.filled && is_inside(&outline, at) {
                *pixel = mark.value;
            }
        }
    }
    pixels
}

/// How the coordinates from 0 to 1 lie on a row or column of pixels. Places are measured in pens, so that an oblong pen
/// is a circle of diameter 1 too.
struct Grid {
    /// Pixels to a pen.
    pen: f64,
    /// Where the coordinate 0 lies, in pixels.
    start: f64,
    /// Pixels between the coordinates 0 and 1.
    pixels: f64,
    /// Widths of the pen between the coordinates 0 and 1.
    span: f64,
}

impl Grid {
    fn new(pen: f64, side: usize) -> Self {
        let margin = ((side + 2) / 16) as f64;
        let pen = (pen * side as f64).round().max(1.0);
        // Even, so that the middle is a place for the pen too; a pixel left over stays paper.
        let pixels = ((side as f64 - 2.0 * margin - pen) / 2.0).floor().max(0.0) * 2.0;
        Self { pen, start: margin + pen / 2.0, pixels, span: pixels / pen }
    }

    /// Where a coordinate lies: the pen's edges meet the pixels' edges, rounded alike on both sides of the middle.
    fn snap(&self, x: f64) -> f64 {
        let whole = |x: f64| (x * self.pixels + 0.5 - HAIR).floor();
        (self.start + if x > 0.5 { self.pixels - whole(1.0 - x) } else { whole(x) }) / self.pen
    }

    /// Where the middle of a pixel lies.
    fn pixel(&self, index: usize) -> f64 {
        (index as f64 + 0.5) / self.pen
    }
}

/// The point as far as `reach` from one point towards another, but at most this share of the way.
fn towards(from: Point, to: Point, reach: Point, share: f64) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    // The way in units of the reach, which differs across and down.
    let way = (dx / reach.0.max(HAIR)).hypot(dy / reach.1.max(HAIR));
    let t = share.min(1.0 / way.max(HAIR));
    (from.0 + t * dx, from.1 + t * dy)
}

/// The square of the distance from a point to a chain of straight pieces.
fn squared_distance(chain: &[Point], at: Point) -> f64 {
    let to_piece = |ends: &[Point]| segment::squared_distance(at.into(), ends[0].into(), ends[1].into());
    chain.windows(2).map(to_piece).fold(f64::INFINITY, f64::min)
}

/// Whether a ray from the point leaves the closed chain an odd number of times.
fn is_inside(chain: &[Point], at: Point) -> bool {
    let crosses = |ends: &&[Point]| {
        let (a, b) = (ends[0], ends[1]);
        (a.1 > at.1) != (b.1 > at.1) && at.0 < a.0 + (at.1 - a.1) / (b.1 - a.1) * (b.0 - a.0)
    };
    chain.windows(2).filter(crosses).count() % 2 == 1
}
