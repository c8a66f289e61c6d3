//! Which site each pixel of the picture shows: worked out once for a lattice and a view, so that a picture is one look-up a
//! pixel whatever the lattice.
//!
//! In the plane each pixel shows the nearest site, so that sites of the triangular lattice are hexagons and those of the
//! honeycomb triangles.

use super::{
    ink,
    look::Projection,
    marks::{Paper, marks},
};
use crate::physics::ising::graph::{Design, Edges, Geometry, Graph};

/// Longest side of a picture in pixels.
pub const MOST_PIXELS: usize = 1200;

/// What is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Canvas {
    /// Longest side of the picture in pixels.
    pub pixels: usize,
    /// How a magnet in space is shown.
    pub projection: Projection,
    /// The uppermost layer shown.
    pub layer: usize,
    /// Whether frustrated rings and negative bonds are marked.
    pub marks: bool,
}

/// A pixel that shows no site.
const NOWHERE: u32 = u32::MAX;
/// The shade is kept above the site.
const SHADE: u32 = 28;
/// Cells at least so many pixels wide are whole pixels.
const WHOLE: f64 = 4.0;

/// The site of each pixel.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    canvas: Canvas,
    width: usize,
    height: usize,
    /// Pixels a site.
    scale: f64,
    sites: Vec<u32>,
    marks: Vec<(u32, u8)>,
}

/// A picture of the magnet: an [`ink`] a pixel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Pixels a site.
    pub scale: f64,
    /// Row by row.
    pub inks: Vec<u8>,
    /// Whether the graph has frustrated rings or negative bonds that are marked here.
    pub has_marks: bool,
}

impl Atlas {
    /// Works out which sites to show.
    #[must_use]
    pub fn new(graph: &Graph, canvas: Canvas) -> Self {
        let canvas = Canvas { pixels: canvas.pixels.clamp(16, MOST_PIXELS), ..canvas };
        let mut atlas = Self { canvas, ..Self::default() };
        match (graph.design().geometry, canvas.projection) {
            (Geometry::Cubic, Projection::Cube) => atlas.cube(graph.design()),
            (Geometry::Cubic, Projection::Layers) => atlas.layers(graph.design()),
            _ => {
                atlas.plane(graph.design());
                if canvas.marks {
                    let (size, layer) = ([atlas.width, atlas.height], atlas.layer(graph.design()));
                    atlas.marks = marks(graph, Paper { size, scale: atlas.scale, layer });
                }
            }
        }
        atlas
    }

    /// What it was made for.
    #[must_use]
    pub fn canvas(&self) -> Canvas {
        self.canvas
    }

    /// The site that a pixel shows.
    #[must_use]
    pub fn site(&self, x: usize, y: usize) -> Option<usize> {
        let code = (x < self.width).then(|| self.sites.get(y * self.width + x)).flatten()?;
        (*code != NOWHERE).then_some((code & ((1 << SHADE) - 1)) as usize)
    }

    /// Pixels across and down.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// Draws spins: ±1, and 0 where there is none.
    pub fn draw(&self, spins: &[i8], sheet: &mut Sheet) {
        (sheet.width, sheet.height, sheet.scale) = (self.width, self.height, self.scale);
        sheet.has_marks = !self.marks.is_empty();
        sheet.inks.clear();
        sheet.inks.extend(self.sites.iter().map(|&code| {
            if code == NOWHERE {
                return ink::GROUND;
            }
            let shade = (code >> SHADE) as u8;
            match spins.get((code & ((1 << SHADE) - 1)) as usize) {
                Some(1) => ink::SPIN + 2 * shade + 1,
                Some(-1) => ink::SPIN + 2 * shade,
                _ => ink::EMPTY,
            }
        }));
        for &(pixel, ink) in &self.marks {
            sheet.inks[pixel as usize] = ink;
        }
    }

    fn fill(&mut self, site: impl Fn(usize, usize) -> Option<(usize, u32)>) {
        let (width, height) = (self.width, self.height);
        self.sites.clear();
        self.sites.reserve(width * height);
        for y in 0..height {
            self.sites
                .extend((0..width).map(|x| site(x, y).map_or(NOWHERE, |(site, shade)| site as u32 | shade << SHADE)));
        }
    }

    /// Width and height of the lattice on paper.
    fn paper(design: &Design) -> [f64; 2] {
        let [across, down, _] = design.lengths().map(|length| length as f64);
        let [pitch_x, pitch_y] = design.geometry.pitch();
        // Rows that lean wrap round on a torus; with edges they are drawn as they lean.
        let leans = design.geometry == Geometry::Triangular && design.edges != Edges::Periodic;
        let lean = if leans { 0.5 * (down - 1.0) } else { 0.0 };
        [across * pitch_x + lean, down * pitch_y]
    }

    /// The layer that a picture of one layer shows.
    fn layer(&self, design: &Design) -> usize {
        if design.geometry == Geometry::Cubic { self.canvas.layer.min(design.lengths()[2] - 1) } else { 0 }
    }

    fn plane(&mut self, design: &Design) {
        let Design { geometry, edges, .. } = *design;
        let lengths = design.lengths();
        let [wide, high] = Self::paper(design);
        let exact = self.canvas.pixels as f64 / wide.max(high);
        self.scale = if exact >= WHOLE { exact.floor() } else { exact };
        (self.width, self.height) = ((wide * self.scale) as usize, (high * self.scale) as usize);
        let layer = self.layer(design);
        let [across, down] = [lengths[0] as i64, lengths[1] as i64];
        let [pitch_x, pitch_y] = geometry.pitch();
        let scale = self.scale;
        let lean = if geometry == Geometry::Triangular { 0.5 } else { 0.0 };
        let is_square = matches!(geometry, Geometry::Square | Geometry::Cubic);
        self.fill(|px, py| {
            let [u, v] = [(px as f64 + 0.5) / scale, (py as f64 + 0.5) / scale];
            let y0 = (v / pitch_y).floor() as i64;
            let (mut best, mut nearest) = ((0, 0), f64::INFINITY);
            if is_square {
                best = ((u / pitch_x).floor() as i64, y0);
            } else {
                for y in y0 - 1..=y0 + 1 {
                    let x0 = (u / pitch_x - 0.5 - lean * y as f64).round() as i64;
                    for x in x0 - 1..=x0 + 1 {
                        let is_even = (x + y).rem_euclid(2) == 0;
                        let [sx, sy] = geometry.position(x as f64, y as f64, is_even);
                        let distance = (sx + 0.5 * pitch_x - u).powi(2) + (sy + 0.5 * pitch_y - v).powi(2);
                        if distance < nearest {
                            (best, nearest) = ((x, y), distance);
                        }
                    }
                }
            }
            let inside = (0..across).contains(&best.0) && (0..down).contains(&best.1);
            (inside || edges == Edges::Periodic).then(|| {
                let (x, y) = (best.0.rem_euclid(across), best.1.rem_euclid(down));
                ((x + across * (y + down * layer as i64)) as usize, 0)
            })
        });
    }

    /// All layers, tile by tile.
    fn layers(&mut self, design: &Design) {
        let side = design.side;
        let tiles = (1..=side).find(|tiles| tiles * tiles >= side).unwrap_or(1);
        let gap = if side / tiles > 4 { 0.6 } else { 1.0 };
        let units = (tiles * side) as f64 + gap * (tiles - 1) as f64;
        let exact = self.canvas.pixels as f64 / units;
        self.scale = if exact >= WHOLE { exact.floor() } else { exact };
        let scale = self.scale;
        let rows = side.div_ceil(tiles);
        self.width = (units * scale) as usize;
        self.height = (((rows * side) as f64 + gap * (rows - 1) as f64) * scale) as usize;
        let tile = side as f64 + gap;
        self.fill(|px, py| {
            let [u, v] = [(px as f64 + 0.5) / scale, (py as f64 + 0.5) / scale];
            let [column, row] = [u, v].map(|at| (at / tile) as usize);
            let [x, y] = [u - column as f64 * tile, v - row as f64 * tile];
            let layer = row * tiles + column;
            let inside = x < side as f64 && y < side as f64 && layer < side;
            inside.then_some((x as usize + side * (y as usize + side * layer), 0))
        });
    }

    /// The cube seen along its diagonal, down to a layer: the top and the two sides in front.
    fn cube(&mut self, design: &Design) {
        let side = design.side;
        let layer = self.canvas.layer.min(side - 1);
        let n = side as f64;
        self.scale = self.canvas.pixels as f64 / (2.0 * n);
        let (scale, cosine) = (self.scale, 0.5 * 3_f64.sqrt());
        self.width = (2.0 * cosine * n * scale) as usize;
        self.height = (2.0 * n * scale) as usize;
        // The corner in front of all, at the height of the layer on top.
        let front = [cosine * n, n + layer as f64];
        self.fill(|px, py| {
            let x = (px as f64 + 0.5) / scale - front[0];
            let y = (py as f64 + 0.5) / scale - front[1];
            // Along the two edges that go up from the corner on top, to the left and to the right.
            let left = -x / (2.0 * cosine) - y;
            let right = x / (2.0 * cosine) - y;
            let fits = |value: f64| (0.0..n).contains(&value);
            let at = |x: f64, y: f64, z: f64| {
                let place = |value: f64| (value as usize).min(side - 1);
                place(x) + side * (place(y) + side * place(z))
            };
            if fits(left) && fits(right) {
                return Some((at(n - left, n - right, layer as f64), 0));
            }
            let depth = |along: f64| y + along / 2.0;
            let below = n - layer as f64;
            let along = x.abs() / cosine;
            let z = depth(along);
            (along < n && (0.0..below).contains(&z)).then(|| {
                let z = layer as f64 + z;
                if x < 0.0 { (at(n - along, n - 0.5, z), 1) } else { (at(n - 0.5, n - along, z), 2) }
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::ising::graph::Disorder;

    fn shown(design: Design, canvas: Canvas) -> (Graph, Atlas, Vec<usize>) {
        let graph = Graph::new(design, 1.0).expect("an allowed design");
        let atlas = Atlas::new(&graph, canvas);
        let mut pixels = vec![0; graph.sites()];
        for y in 0..atlas.height {
            for x in 0..atlas.width {
                if let Some(site) = atlas.site(x, y) {
                    pixels[site] += 1;
                }
            }
        }
        (graph, atlas, pixels)
    }

    #[test]
    fn every_site_of_a_plane_has_its_share_of_the_picture_and_touches_its_neighbours() {
        for geometry in [Geometry::Square, Geometry::Triangular, Geometry::Honeycomb] {
            for edges in [Edges::Periodic, Edges::Free] {
                let design = Design { geometry, side: 16, edges, ..Design::default() };
                let (graph, atlas, pixels) = shown(design, Canvas { pixels: 640, ..Canvas::default() });
                let whole: usize = pixels.iter().sum();
                let mean = whole / pixels.len();
                assert!(mean > 100, "{geometry:?}: {mean} pixels");
                if edges == Edges::Periodic {
                    assert_eq!(whole, atlas.width * atlas.height);
                    assert!(pixels.iter().all(|&count| count.abs_diff(mean) < mean / 5), "{geometry:?}: {pixels:?}");
                }
                // Pixels side by side show one site or two that are neighbours, but for corners where more than two meet.
                let (mut borders, mut strange) = (0, 0);
                for y in 0..atlas.height - 1 {
                    for x in 0..atlas.width - 1 {
                        let here = atlas.site(x, y);
                        for there in [atlas.site(x + 1, y), atlas.site(x, y + 1)] {
                            if let (Some(a), Some(b)) = (here, there)
                                && a != b
                            {
                                borders += 1;
                                strange += usize::from(graph.around(a).all(|(other, _)| other != b));
                            }
                        }
                    }
                }
                assert!(strange * 25 < borders, "{geometry:?} {edges:?}: {strange} of {borders}");
            }
        }
    }

    #[test]
    fn a_cube_shows_its_top_layer_and_two_sides_and_layers_all_of_it() {
        let design = Design { geometry: Geometry::Cubic, side: 8, ..Design::default() };
        for layer in [0, 3, 7] {
            let canvas = Canvas { pixels: 400, layer, ..Canvas::default() };
            let (_, _, pixels) = shown(design, canvas);
            for (site, &count) in pixels.iter().enumerate() {
                let (x, y, z) = (site % 8, site / 8 % 8, site / 64);
                let on_a_face = z == layer || (z > layer && (x == 7 || y == 7));
                assert_eq!(count > 0, on_a_face, "layer {layer}: {x} {y} {z} has {count} pixels");
            }
        }
        let (_, _, pixels) = shown(design, Canvas { pixels: 400, projection: Projection::Layers, ..Canvas::default() });
        assert!(pixels.iter().all(|&count| count > 100));
        let (_, _, pixels) =
            shown(design, Canvas { pixels: 400, projection: Projection::Layer, layer: 5, ..Canvas::default() });
        assert!(pixels.iter().enumerate().all(|(site, &count)| (count == 2500) == (site / 64 == 5)));
    }

    #[test]
    fn marks_are_those_of_frustrated_rings() {
        let design = Design { side: 16, disorder: Disorder::PlusMinus, seed: 3, ..Design::default() };
        let (graph, atlas, _) = shown(design, Canvas { pixels: 640, marks: true, ..Canvas::default() });
        let frustrated: usize = (0..256).map(|site| graph.rings(site).filter(|(_, is)| *is).count()).sum();
        let mut sheet = Sheet::default();
        atlas.draw(&vec![1; 256], &mut sheet);
        // One mark covers the corner that the four squares of its ring share.
        let marked = (0..256)
            .filter(|site| {
                let (x, y) = ((site % 16 + 1) * 40 % 640, (site / 16 + 1) * 40 % 640);
                sheet.inks[y * 640 + x] == ink::FRUSTRATED
            })
            .count();
        assert_eq!(marked, frustrated);
        let plain = shown(Design { side: 16, ..Design::default() }, atlas.canvas()).1;
        plain.draw(&vec![1; 256], &mut sheet);
        assert!(!sheet.has_marks);
    }
}
