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

    /// Pixels along a side of a whole lattice.
    fn extent(self, side: usize) -> u32 {
        (side as u32).div_ceil(self.block) * self.pixels
    }
}

/// How much of the lattice is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Shown {
    /// All of it, or all but its rim where the whole would be small.
    #[default]
    Best,
    /// All of it.
    Whole,
    /// One step closer than the whole.
    Fill,
    /// As much as there is room for at this zoom.
    Closer(Zoom),
}

/// The view of the hero picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// How much of the lattice.
    pub shown: Shown,
    /// The spin in the middle of the picture, x and y; none is that in the middle of the lattice.
    pub centre: Option<[f64; 2]>,
}

/// A view worked out for a lattice and a square on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What to ask of the simulation.
    pub request: ViewRequest,
    /// Size of a spin.
    pub zoom: Zoom,
    /// Pixels along the side of the picture: all of the square, or less where the whole lattice is smaller.
    pub frame: u32,
    /// Whether the whole lattice shows.
    pub is_whole: bool,
    /// Whether this is one step closer than the whole.
    pub is_fill: bool,
}

/// A whole lattice that takes less of its square than this is not what one sees first.
const SMALL: f64 = 0.7;

impl View {
    /// Works the view out for a lattice and a square of this many physical pixels.
    ///
    /// A closer view keeps the frame of the whole one, so that nothing moves when one zooms, unless the whole one is small.
    #[must_use]
    pub fn placed(&self, side: usize, pixels: u32) -> Placed {
        let whole = Zoom::whole(side, pixels);
        let (fill, extent) = (whole.finer(), whole.extent(side));
        let is_small = f64::from(extent) < SMALL * f64::from(pixels);
        let zoom = match self.shown {
            Shown::Best if is_small => fill,
            Shown::Best | Shown::Whole => whole,
            Shown::Fill => fill,
            Shown::Closer(zoom) => zoom,
        };
        if zoom.scale() <= whole.scale() {
            let request = ViewRequest::whole(side, pixels as usize);
            return Placed { request, zoom: whole, frame: extent, is_whole: true, is_fill: false };
        }
        let frame = if is_small { pixels } else { extent };
        // One more than fits, so that no edge of the square stays empty while panning by fractions.
        let across = (frame.div_ceil(zoom.pixels) as usize).min(side.div_ceil(zoom.block as usize));
        let span = (across * zoom.block as usize) as f64;
        let [x, y] = self.centre_of(side).map(|centre| (centre - span / 2.0).rem_euclid(side as f64).floor() as usize);
        let request = ViewRequest {
            x: x % side,
            y: y % side,
            columns: across,
            rows: across,
            block: zoom.block as usize,
            with_overview: true,
        };
        Placed { request, zoom, frame, is_whole: false, is_fill: zoom == fill }
    }

    fn centre_of(&self, side: usize) -> [f64; 2] {
        self.centre.unwrap_or([side as f64 / 2.0; 2])
    }

    /// One step closer or further. The spin under `anchor` keeps its place, or the one in the middle where there is none;
    /// `anchor` is relative to the upper left corner of the picture, in pixels.
    pub fn zoom_by(&mut self, closer: bool, anchor: Option<[f64; 2]>, side: usize, pixels: u32) {
        let before = self.placed(side, pixels);
        let from = if before.is_whole { [side as f64 / 2.0; 2] } else { self.centre_of(side) };
        let next = if closer { before.zoom.finer() } else { before.zoom.coarser() };
        let whole = Zoom::whole(side, pixels);
        if next.scale() <= whole.scale() {
            *self = Self { shown: Shown::Whole, centre: None };
            return;
        }
        self.shown = if next == whole.finer() { Shown::Fill } else { Shown::Closer(next) };
        self.centre = Some(from);
        let after = self.placed(side, pixels);
        if let Some(anchor) = anchor {
            let offset =
                |placed: &Placed, axis: usize| (anchor[axis] - f64::from(placed.frame) / 2.0) / placed.zoom.scale();
            self.centre = Some(
                [0, 1].map(|axis| (from[axis] + offset(&before, axis) - offset(&after, axis)).rem_euclid(side as f64)),
            );
        }
    }

    /// Moves the picture of a square of this many pixels by `moved` pixels; does nothing while the whole lattice shows.
    pub fn pan(&mut self, moved: [f64; 2], side: usize, pixels: u32) {
        let placed = self.placed(side, pixels);
        if placed.is_whole {
            return;
        }
        let from = self.centre_of(side);
        let place = |axis: usize| (from[axis] - moved[axis] / placed.zoom.scale()).rem_euclid(side as f64);
        self.centre = Some([0, 1].map(place));
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
        // A frame that stays as it is, and one that grows with the first step.
        for (side, pixels) in [(256, 600), (512, 1000)] {
            let mut view = View { shown: Shown::Whole, centre: None };
            let anchor = [400.0, 210.0];
            let under = |view: &View| {
                let placed = view.placed(side, pixels);
                let (middle, centre) = (f64::from(placed.frame) / 2.0, view.centre_of(side));
                [0, 1].map(|axis| centre[axis] + (anchor[axis] - middle) / placed.zoom.scale())
            };
            let seen = under(&view);
            for _ in 0..3 {
                view.zoom_by(true, Some(anchor), side, pixels);
                let now = under(&view);
                assert!((0..2).all(|axis| (seen[axis] - now[axis]).abs() < 1e-9), "{seen:?} {now:?}");
            }
            for _ in 0..9 {
                view.zoom_by(false, Some(anchor), side, pixels);
            }
            assert!(view.placed(side, pixels).is_whole);
        }
    }

    #[test]
    fn the_frame_fits_its_picture() {
        for side in [16, 64, 100, 256, 512, 1000, 1024, 4096] {
            for pixels in [420, 500, 512, 549, 600, 861, 1000, 1999] {
                for shown in [Shown::Best, Shown::Whole, Shown::Fill] {
                    let placed = View { shown, centre: None }.placed(side, pixels);
                    let picture = placed.request.columns as u32 * placed.zoom.pixels;
                    assert!(placed.frame <= pixels && placed.frame <= picture, "{side} in {pixels}: {placed:?}");
                    assert!(!placed.is_whole || placed.frame == picture, "{side} in {pixels}: {placed:?}");
                    let is_large = f64::from(placed.frame) >= SMALL * f64::from(pixels);
                    assert!(is_large || shown == Shown::Whole, "{side} in {pixels}: {placed:?}");
                }
            }
        }
    }
}
