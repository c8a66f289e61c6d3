//! Marks on the picture of a plane: frustrated rings, and bonds whose ends want to differ.

use super::ink;
use crate::physics::ising::graph::{Design, Edges, Geometry, Graph, Step, neighbour};

/// Marks are left out where cells are smaller than this, in pixels: those of rings, and those of bonds.
const SMALLEST_CELLS: [f64; 2] = [6.0, 12.0];

/// The picture that is marked.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Pixels across and down.
    pub size: [usize; 2],
    /// Pixels from a site to the next.
    pub scale: f64,
    /// The layer that is shown, from 0.
    pub layer: usize,
}

/// Works out all marks: places of pixels, row by row, with what they show. None where cells are small, or where all rings
/// are alike, so that marks would say nothing.
#[must_use]
pub fn marks(graph: &Graph, paper: Paper) -> Vec<(u32, u8)> {
    let design = graph.design();
    let lengths = design.lengths();
    if paper.scale < SMALLEST_CELLS[0] || !design.disorder.has_signs() {
        return Vec::new();
    }
    let is_joined = design.edges == Edges::Periodic;
    let leans = is_joined && design.geometry == Geometry::Triangular;
    let lean = if leans { (0.5 * lengths[1] as f64 * paper.scale).round() as i64 } else { 0 };
    let mut marker = Marker { paper, lean, is_joined, marks: Vec::new() };
    let plane = lengths[0] * lengths[1];
    for site in paper.layer * plane..(paper.layer + 1) * plane {
        if paper.scale >= SMALLEST_CELLS[1] {
            for &step in design.geometry.forward(site, design.side).iter().filter(|step| step[2] == 0) {
                let Some(other) = neighbour(site, step, lengths, design.edges) else { continue };
                if graph.around(site).any(|(to, coupling)| to == other && coupling < 0.0) {
                    marker.bond(design, site, step);
                }
            }
        }
        for (ring, is_frustrated) in graph.rings(site) {
            if is_frustrated {
                marker.ring(design, site, ring);
            }
        }
    }
    marker.marks
}

struct Marker {
    paper: Paper,
    /// Pixels by which the last row lies further right than the first, on a torus whose rows lean.
    lean: i64,
    is_joined: bool,
    marks: Vec<(u32, u8)>,
}

impl Marker {
    /// Where a corner of a ring is, in pixels.
    fn place(&self, design: &Design, site: usize, step: Step) -> [f64; 2] {
        let [across, down, _] = design.lengths();
        let x = (site % across) as i64 + i64::from(step[0]);
        let y = (site / across % down) as i64 + i64::from(step[1]);
        let at = design.geometry.position(x as f64, y as f64, (x + y).rem_euclid(2) == 0);
        let pitch = design.geometry.pitch();
        [0, 1].map(|axis| (at[axis] + 0.5 * pitch[axis]) * self.paper.scale)
    }

    fn bond(&mut self, design: &Design, site: usize, step: Step) {
        let scale = self.paper.scale;
        let [from, to] = [self.place(design, site, [0; 3]), self.place(design, site, step)];
        let middle = [0, 1].map(|axis| 0.5 * (from[axis] + to[axis]));
        let along = [0, 1].map(|axis| (to[axis] - from[axis]) / scale);
        let (half, thick) = (0.25 * scale, (0.06 * scale).max(1.0));
        self.stamp(middle, half + 1.0, |dx, dy| {
            let (on, off) = (dx * along[0] + dy * along[1], dx * along[1] - dy * along[0]);
            (on.abs() <= thick && off.abs() <= half).then_some(ink::PALE)
        });
    }

    fn ring(&mut self, design: &Design, site: usize, ring: &[Step]) {
        let corners = ring.iter().map(|&step| self.place(design, site, step));
        let sum = corners.fold([0.0; 2], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
        let middle = sum.map(|value| value / ring.len() as f64);
        let radius = (0.17 * self.paper.scale).clamp(1.5, 7.0);
        let rim = if self.paper.scale >= SMALLEST_CELLS[1] { 1.2 } else { 0.0 };
        self.stamp(middle, radius + rim + 1.0, |dx, dy| {
            let distance = dx.hypot(dy);
            let inside = distance <= radius + rim;
            inside.then_some(if distance <= radius { ink::FRUSTRATED } else { ink::PALE })
        });
    }

    /// Marks pixels around a point; beyond an edge that is joined they come in on the other side, as far along as rows lean.
    fn stamp(&mut self, middle: [f64; 2], reach: f64, mark: impl Fn(f64, f64) -> Option<u8>) {
        let reach = reach.ceil() as i64;
        let [width, height] = self.paper.size.map(|length| length as i64);
        let [x0, y0] = middle.map(|at| at.floor() as i64);
        for y in y0 - reach..=y0 + reach {
            for x in x0 - reach..=x0 + reach {
                if let Some(ink) = mark(x as f64 + 0.5 - middle[0], y as f64 + 0.5 - middle[1]) {
                    let x = x - y.div_euclid(height) * self.lean;
                    let is_inside = (0..width).contains(&x) && (0..height).contains(&y);
                    if is_inside || self.is_joined {
                        let (x, y) = (x.rem_euclid(width), y.rem_euclid(height));
                        self.marks.push(((y * width + x) as u32, ink));
                    }
                }
            }
        }
    }
}
