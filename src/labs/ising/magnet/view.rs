//! What part of the lattice the hero picture shows, and how large: whole pixels a spin, or whole spins a pixel.

use crate::labs::ising::magnet::picture::ViewRequest;

/// Pixels a spin that zooming in steps through.
const STEPS: [u32; 15] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48];

/// Size of a spin on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zoom {
    /// Spins along a pixel's side; 1 if a spin has a pixel or more.
    pub block: u32,
    /// Pixels along a spin's (or block's) side.
    pub pixels: u32,
}

impl Zoom {
    /// The zoom at which a whole lattice fits into a square of this many pixels.
    #[must_use]
    pub fn whole(side: usize, pixels: u32) -> Self {
        let (side, pixels) = (side as u32, pixels.max(1));
        if side <= pixels {
            Self { block: 1, pixels: pixels / side }
        } else {
            Self { block: side.div_ceil(pixels), pixels: 1 }
        }
    }

    fn finer(self) -> Self {
        if self.block > 1 {
            return Self { block: self.block / 2, pixels: 1 };
        }
        let next = STEPS.into_iter().find(|&step| step > self.pixels);
        Self { block: 1, pixels: next.unwrap_or(self.pixels) }
    }

    fn coarser(self) -> Self {
        let previous = STEPS.into_iter().rev().find(|&step| step < self.pixels);
        match previous {
            Some(pixels) if self.block == 1 => Self { block: 1, pixels },
            _ => Self { block: self.block * 2, pixels: 1 },
        }
    }

    /// Pixels a spin, for comparisons.
    #[must_use]
    pub fn scale(self) -> f64 {
        f64::from(self.pixels) / f64::from(self.block)
    }
}

/// The view of the hero picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// None shows the whole.
    pub zoom: Option<Zoom>,
    /// The spin in the middle of the picture, x and y.
    pub centre: [f64; 2],
}

impl Default for View {
    fn default() -> Self {
        Self { zoom: None, centre: [0.0; 2] }
    }
}

/// A view worked out for a lattice and a square on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What to ask of the simulation.
    pub request: ViewRequest,
    /// Size of a spin.
    pub zoom: Zoom,
    /// Whether the whole lattice shows.
    pub is_whole: bool,
}

impl View {
    /// Works the view out for a lattice and a square of this many physical pixels.
    #[must_use]
    pub fn placed(&self, side: usize, pixels: u32) -> Placed {
        let whole = Zoom::whole(side, pixels);
        let zoom = match self.zoom {
            Some(zoom) if zoom.scale() > whole.scale() => zoom,
            _ => {
                let request = ViewRequest::whole(side, pixels as usize);
                return Placed { request, zoom: whole, is_whole: true };
            }
        };
        // One more than fits, so that no edge of the square stays empty while panning by fractions.
        let across = (pixels.div_ceil(zoom.pixels) as usize).min(side.div_ceil(zoom.block as usize));
        let span = (across * zoom.block as usize) as f64;
        let corner = |centre: f64| (centre - span / 2.0).rem_euclid(side as f64).floor() as usize % side;
        let request = ViewRequest {
            x: corner(self.centre[0]),
            y: corner(self.centre[1]),
            columns: across,
            rows: across,
            block: zoom.block as usize,
            with_overview: true,
        };
        Placed { request, zoom, is_whole: false }
    }

    /// One step closer or further, keeping the spin under `anchor` in its place. `anchor` is relative to the middle of
    /// the square, in pixels.
    pub fn zoom_by(&mut self, closer: bool, anchor: [f64; 2], side: usize, pixels: u32) {
        let before = self.placed(side, pixels);
        if before.is_whole {
            self.centre = [side as f64 / 2.0; 2];
        }
        let next = if closer { before.zoom.finer() } else { before.zoom.coarser() };
        if next.scale() <= Zoom::whole(side, pixels).scale() {
            *self = Self::default();
            return;
        }
        for (centre, anchor) in self.centre.iter_mut().zip(anchor) {
            *centre = (*centre + anchor / before.zoom.scale() - anchor / next.scale()).rem_euclid(side as f64);
        }
        self.zoom = Some(next);
    }

    /// Moves the picture by this many pixels.
    pub fn pan(&mut self, pixels: [f64; 2], side: usize) {
        let Some(zoom) = self.zoom else { return };
        for (centre, moved) in self.centre.iter_mut().zip(pixels) {
            *centre = (*centre - moved / zoom.scale()).rem_euclid(side as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_lattice_has_whole_pixels_or_whole_blocks() {
        assert_eq!(Zoom::whole(256, 618), Zoom { block: 1, pixels: 2 });
        assert_eq!(Zoom::whole(4096, 683), Zoom { block: 6, pixels: 1 });
        let placed = View::default().placed(4096, 683);
        assert_eq!((placed.request.columns, placed.request.block), (683, 6));
    }

    #[test]
    fn zooming_keeps_the_spin_under_the_pointer() {
        let mut view = View::default();
        let anchor = [100.0, -40.0];
        view.zoom_by(true, anchor, 256, 600);
        let under = |view: &View| {
            let zoom = view.placed(256, 600).zoom;
            [0, 1].map(|axis| view.centre[axis] + anchor[axis] / zoom.scale())
        };
        let before = under(&view);
        view.zoom_by(true, anchor, 256, 600);
        let after = under(&view);
        assert!((0..2).all(|axis| (before[axis] - after[axis]).abs() < 1e-9));
        for _ in 0..9 {
            view.zoom_by(false, anchor, 256, 600);
        }
        assert!(view.placed(256, 600).is_whole);
    }
}
