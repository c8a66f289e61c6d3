//! An endless supply of digits which look written by hand.
//!
//! A digit starts as a skeleton of pen strokes. A random hand then blends, shakes, bends, leans and turns it, a pen of
//! random width inks it, and the picture is scaled and centred in the way of the MNIST collection: the ink fits a box
//! of 20 by 20 pixels, and its centre of mass lies in the middle of 28 by 28.
//!
//! Only `+ - * /`, square roots and `libm` do the reckoning, so a seed gives the same bytes on every machine.

mod skeletons;

use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::physics::segment::squared_distance;
use skeletons::{DIGITS, Family, Knot};

/// Width and height of a picture in pixels.
pub const SIDE: usize = 28;

const PIXELS: usize = SIDE * SIDE;

/// The ink fits a square of this many pixels.
const BOX: f32 = 20.0;

/// Line pieces per pair of control points.
const PIECES: usize = 6;

type Point = [f32; 2];

/// Draws one digit, 0 for paper to 255 for full ink, row by row.
///
/// Of a `label` above 9 only the last decimal place counts. The same label and seed always give the same picture.
#[must_use]
pub fn digit(label: u8, seed: u64) -> [u8; PIXELS] {
    let mut hand = Hand::new(seed);
    let knots = hand.knots(DIGITS[usize::from(label % 10)]);
    let mut strokes: Vec<Vec<Point>> = knots.iter().map(|stroke| curve(stroke)).collect();
    hand.bend(&mut strokes);
    let pen = hand.pen();
    fit(&mut strokes, pen.reach());
    centred(&hand.ink(&strokes, &pen))
}

/// Draws `count` digits and returns their pictures, one after the other, and their labels.
///
/// Picture i depends only on the seed and i. Every ten pictures in a row hold each digit once, in random order.
#[must_use]
pub fn labelled(count: usize, seed: u64) -> (Vec<u8>, Vec<u8>) {
    let labels = labels(count, seed);
    let images = labels.iter().enumerate().flat_map(|(i, &label)| digit_at(i, label, seed)).collect();
    (images, labels)
}

/// The labels of the first `count` pictures of [`labelled`].
#[must_use]
pub fn labels(count: usize, seed: u64) -> Vec<u8> {
    (0..count as u64).map(|i| label_at(i, seed)).collect()
}

/// Picture `i` of [`labelled`], whose label is known.
#[must_use]
pub fn digit_at(i: usize, label: u8, seed: u64) -> [u8; PIXELS] {
    digit(label, mixed(seed, i as u64))
}

/// The label of picture `i`: its place in the shuffled ten it belongs to.
fn label_at(i: u64, seed: u64) -> u8 {
    // The turned seed keeps the shuffles apart from the pictures.
    let mut hand = Hand::new(mixed(!seed, i / 10));
    let mut ten: [u8; 10] = core::array::from_fn(|k| k as u8);
    (1..10).for_each(|k| ten.swap(k, hand.below(k as u32 + 1) as usize));
    ten[(i % 10) as usize]
}

/// One seed out of two, with no plain relation between neighbours.
fn mixed(seed: u64, i: u64) -> u64 {
    Xoshiro256PlusPlus::seed_from_u64(seed).next_u64() ^ Xoshiro256PlusPlus::seed_from_u64(!i).next_u64()
}

/// The pen of one writer.
struct Pen {
    /// Half the width of the line where it is widest, in pixels.
    radius: f32,
    /// How much the line thins and swells again on its way.
    swell: f32,
    /// How many pixels the edge of the line takes from ink to paper.
    edge: f32,
}

impl Pen {
    /// How far from the middle of the line there still is a trace of ink.
    fn reach(&self) -> f32 {
        self.radius + self.edge / 2.0
    }
}

/// One writer's hand: the source of all chance.
struct Hand(Xoshiro256PlusPlus);

impl Hand {
    fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Even between `low` and `high`.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        // 24 bits fill the fraction of an f32 exactly.
        low + (high - low) * ((self.0.next_u64() >> 40) as f32 / 16_777_216.0)
    }

    /// A whole number from 0 up to, without, `end`.
    fn below(&mut self, end: u32) -> u32 {
        (((self.0.next_u64() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// Bell-shaped around 0 with the given spread, and never beyond 3.5 spreads: no hand is that wild.
    fn around(&mut self, spread: f32) -> f32 {
        let sum: f32 = (0..4).map(|_| self.between(-1.0, 1.0)).sum();
        sum * spread * 0.866
    }

    /// Control points in units of the digit's height: a blend of two shapes, shaken.
    fn knots(&mut self, families: &'static [Family]) -> Vec<Vec<Point>> {
        let family = self.family(families);
        let count = family.shapes.len() as u32;
        let (first, step) = (self.below(count), 1 + self.below(count - 1));
        let shape = |k: u32| family.shapes[(k % count) as usize];
        let pairs = shape(first).iter().zip(shape(first + step));
        let share = self.between(-0.1, 0.9);
        let shake = self.between(0.007, 0.04);
        pairs.map(|(one, other)| self.blend(one, other, share, shake)).collect()
    }

    /// One family, the more likely the larger its share.
    fn family(&mut self, families: &'static [Family]) -> &'static Family {
        let mut left = self.below(families.iter().map(|family| family.share).sum());
        for family in families {
            if left < family.share {
                return family;
            }
            left -= family.share;
        }
        &families[0]
    }

    /// One stroke between two others, each of its points a little off.
    fn blend(&mut self, one: &[Knot], other: &[Knot], share: f32, shake: f32) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::with_capacity(one.len());
        let mut off = [self.around(shake), self.around(shake)];
        for (k, (a, b)) in one.iter().zip(other).enumerate() {
            // Both halves of a corner move together, and neighbours move somewhat alike.
            if k > 0 && one[k - 1] != *a {
                off = off.map(|old| 0.65 * old + self.around(shake));
            }
            let mix = |a: i16, b: i16| (f32::from(a) + share * f32::from(b - a)) / 100.0;
            points.push([mix(a.0, b.0) + off[0], mix(a.1, b.1) + off[1]]);
        }
        points
    }

    /// Bends all strokes together: smooth waves, uneven halves, aspect, slant and a turn.
    fn bend(&mut self, strokes: &mut [Vec<Point>]) {
        let waves: [Wave; 4] = core::array::from_fn(|_| Wave::new(self));
        let (taper, sag, sway) = (self.around(0.17), self.around(0.15), self.around(0.05));
        let aspect = 1.0 + self.around(0.16);
        let slant = (0.10 + self.around(0.24)).clamp(-0.35, 0.5);
        let turn = self.around(0.11);
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        for point in strokes.iter_mut().flatten() {
            let (x, y) = (point[0] - 0.35, point[1] - 0.5);
            let bow = 0.25 - y * y;
            let wide = x * aspect * (1.0 + taper * 2.0 * y) - slant * y + sway * 4.0 * bow;
            let tall = y + sag * bow;
            let wave = |k: usize| waves[k].at(x, y) + waves[k + 1].at(x, y);
            let (x, y) = (wide + wave(0), tall + wave(2));
            *point = [x * cos - y * sin, x * sin + y * cos];
        }
    }

    fn pen(&mut self) -> Pen {
        let radius = (1.31 + self.around(0.31)).max(0.6);
        Pen { radius, swell: self.between(0.0, 0.22), edge: self.between(1.0, 1.6).min(0.45 + radius) }
    }

    /// Inks the strokes: every pixel takes the darkest mark any piece of line leaves on it.
    fn ink(&mut self, strokes: &[Vec<Point>], pen: &Pen) -> [f32; PIXELS] {
        let mut page = [0.0; PIXELS];
        for stroke in strokes {
            let mut radius = pen.radius;
            for piece in stroke.windows(2) {
                // The width wanders, but always back towards the pen's own.
                radius += 0.3 * (pen.radius - radius) + self.around(pen.swell * pen.radius * 0.5);
                radius = radius.max(0.45).min(pen.radius);
                mark(&mut page, piece[0], piece[1], radius, pen.edge);
            }
        }
        page
    }
}

/// One slow wave across the paper.
struct Wave {
    height: f32,
    along: Point,
    start: f32,
}

impl Wave {
    fn new(hand: &mut Hand) -> Self {
        let along = [hand.around(4.0), hand.around(4.0)];
        Self { height: hand.around(0.03), along, start: hand.between(0.0, core::f32::consts::TAU) }
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        self.height * libm::sinf(self.along[0] * x + self.along[1] * y + self.start)
    }
}

/// A smooth line through the control points (Catmull-Rom).
fn curve(knots: &[Point]) -> Vec<Point> {
    let last = knots.len() - 1;
    let mut line = vec![knots[0]];
    for k in 0..last {
        let four = [knots[k.saturating_sub(1)], knots[k], knots[k + 1], knots[(k + 2).min(last)]];
        if four[1] == four[2] {
            continue;
        }
        for step in 1..=PIECES {
            let t = step as f32 / PIECES as f32;
            line.push([spline(four.map(|p| p[0]), t), spline(four.map(|p| p[1]), t)]);
        }
    }
    line
}

fn spline([a, b, c, d]: [f32; 4], t: f32) -> f32 {
    let bend = 2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a);
    b + 0.5 * t * (c - a + t * bend)
}

/// Scales and moves the strokes so that their ink fills the box in the middle of the page.
fn fit(strokes: &mut [Vec<Point>], reach: f32) {
    let (low, high) = bounds(strokes);
    let longest = (high[0] - low[0]).max(high[1] - low[1]).max(0.01);
    // Only a pixel whose middle is reached takes ink, which leaves half a pixel free at either end.
    let scale = (BOX + 1.0 - 2.0 * reach) / longest;
    for point in strokes.iter_mut().flatten() {
        for axis in 0..2 {
            point[axis] = SIDE as f32 / 2.0 + (point[axis] - (low[axis] + high[axis]) / 2.0) * scale;
        }
    }
}

fn bounds(strokes: &[Vec<Point>]) -> (Point, Point) {
    let first = ([f32::MAX; 2], [f32::MIN; 2]);
    strokes
        .iter()
        .flatten()
        .fold(first, |(low, high), p| ([low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])]))
}

/// Leaves the ink of one straight piece of line on the page.
fn mark(page: &mut [f32; PIXELS], from: Point, to: Point, radius: f32, edge: f32) {
    let reach = radius + edge / 2.0;
    let span = |axis: usize| {
        let (low, high) = (from[axis].min(to[axis]) - reach, from[axis].max(to[axis]) + reach);
        low.max(0.0) as usize..(high.max(0.0) as usize + 1).min(SIDE)
    };
    for y in span(1) {
        for x in span(0) {
            let away = squared_distance([x as f32 + 0.5, y as f32 + 0.5], from, to).sqrt();
            let ink = ((reach - away) / edge).clamp(0.0, 1.0);
            let pixel = &mut page[y * SIDE + x];
            *pixel = pixel.max(ink);
        }
    }
}

/// Moves the ink by whole pixels so that its centre of mass lies in the middle.
fn centred(page: &[f32; PIXELS]) -> [u8; PIXELS] {
    let mass: f32 = page.iter().sum::<f32>().max(1e-6);
    let mean =
        |place: fn(usize) -> usize| page.iter().enumerate().map(|(k, ink)| ink * place(k) as f32).sum::<f32>() / mass;
    let middle = (SIDE - 1) as f32 / 2.0;
    let shift = |mean: f32| (mean - middle + 100.5) as usize;
    let (right, down) = (shift(mean(|k| k % SIDE)), shift(mean(|k| k / SIDE)));
    core::array::from_fn(|k| {
        let (x, y) = ((k % SIDE + right).wrapping_sub(100), (k / SIDE + down).wrapping_sub(100));
        let ink = if x < SIDE && y < SIDE { page[y * SIDE + x] } else { 0.0 };
        (ink * 255.0 + 0.5) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inked(image: &[u8]) -> impl Iterator<Item = (usize, usize, f32)> {
        let pixels = image.iter().enumerate().filter(|(_, ink)| **ink > 0);
        pixels.map(|(k, ink)| (k % SIDE, k / SIDE, f32::from(*ink)))
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(labelled(300, 5), labelled(300, 5));
        assert_ne!(labelled(300, 5).0, labelled(300, 6).0);
        let (few, many) = (labelled(20, 5), labelled(300, 5));
        assert_eq!(few.0, many.0[..20 * PIXELS]);
        assert_eq!(few.1, many.1[..20]);
    }

    #[test]
    fn the_bytes_are_those_of_every_other_machine() {
        let add = |sum: u64, ink: &u8| sum.wrapping_mul(31).wrapping_add(u64::from(*ink));
        assert_eq!(labelled(1000, 1).0.iter().fold(0, add), 12_863_993_052_758_386_287);
    }

    #[test]
    fn every_label_comes_equally_often_in_mixed_order() {
        let (_, labels) = labelled(1000, 3);
        assert!((0..10).all(|digit| labels.iter().filter(|&&label| label == digit).count() == 100));
        assert_ne!(labels[..10], labels[10..20]);
    }

    #[test]
    fn the_ink_fits_the_box_and_lies_in_the_middle() {
        for image in labelled(2000, 9).0.chunks_exact(PIXELS) {
            for place in [|(x, _, _): (usize, usize, f32)| x, |(_, y, _): (usize, usize, f32)| y] {
                let (low, high) = inked(image).map(place).fold((SIDE, 0), |(low, high), k| (low.min(k), high.max(k)));
                assert!(high - low < 21);
                let mass: f32 = inked(image).map(|pixel| pixel.2).sum();
                let mean = inked(image).map(|pixel| pixel.2 * place(pixel) as f32).sum::<f32>() / mass;
                assert!((mean - 13.5).abs() < 1.0);
            }
        }
    }

    #[test]
    fn no_picture_is_empty_or_drowned() {
        let images = labelled(2000, 4).0;
        let mean = |image: &[u8]| image.iter().map(|&ink| f32::from(ink)).sum::<f32>() / image.len() as f32;
        assert!(images.chunks_exact(PIXELS).all(|image| (4.0..100.0).contains(&mean(image))));
        assert!((mean(&images) - 33.0).abs() < 4.0);
    }
}
