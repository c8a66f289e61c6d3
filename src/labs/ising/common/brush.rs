//! Strokes of the brush: continuous lines of discs on the torus.

use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::physics::ising::Spins;

/// What the brush does to the spins under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BrushTool {
    /// Turns spins up.
    #[default]
    Up,
    /// Turns spins down.
    Down,
    /// Sets each spin by a coin: infinitely hot.
    Heat,
    /// Holds spins as they are.
    Freeze,
    /// Does not paint: moves the picture.
    Move,
}

impl BrushTool {
    /// In the order of the controls.
    pub const ALL: [Self; 5] = [Self::Up, Self::Down, Self::Heat, Self::Freeze, Self::Move];
}

/// One piece of a stroke, in spins; the pieces of a stroke join on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Where the pointer was, x and y.
    pub from: [f64; 2],
    /// Where it is.
    pub to: [f64; 2],
    /// Radius of the brush in spins; 0 is a single spin.
    pub radius: u32,
    /// What it does to the spins.
    pub tool: BrushTool,
    /// The right button: the opposite of the tool (down for up, release for freeze).
    pub opposite: bool,
}

/// Distance of a point from the line between two others.
#[must_use]
pub fn distance(at: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let (px, py) = (at[0] - from[0], at[1] - from[1]);
    let length_squared = dx * dx + dy * dy;
    let along = if length_squared > 0.0 { ((px * dx + py * dy) / length_squared).clamp(0.0, 1.0) } else { 0.0 };
    let (ex, ey) = (px - along * dx, py - along * dy);
    (ex * ex + ey * ey).sqrt()
}

impl Stroke {
    /// Lets every held spin of a lattice go.
    #[must_use]
    pub fn release_everything(side: usize) -> Self {
        let centre = [side as f64 / 2.0; 2];
        Self { from: centre, to: centre, radius: side as u32, tool: BrushTool::Freeze, opposite: true }
    }

    /// Paints on a lattice. Only [`BrushTool::Heat`] draws from the generator.
    pub fn paint(&self, lattice: &mut impl Spins, rng: &mut impl Rng) {
        let radius = f64::from(self.radius) + 0.5;
        let side = lattice.side() as i64;
        let range = |a: f64, b: f64| {
            let (low, high) = ((a.min(b) - radius).floor() as i64, (a.max(b) + radius).ceil() as i64 + 1);
            // A stroke wider than the torus covers it once, around its middle.
            let first = if high - low > side { (low + high - side) / 2 } else { low };
            first..high.min(first + side)
        };
        for y in range(self.from[1], self.to[1]) {
            for x in range(self.from[0], self.to[0]) {
                // From the spin's centre to the line that the pointer drew.
                let distance = distance([x as f64 + 0.5, y as f64 + 0.5], self.from, self.to);
                // Half a spin more at radius 0, so that a thin line has no gaps.
                if distance * distance <= radius * radius + 0.05 {
                    let place = y.rem_euclid(side) * side + x.rem_euclid(side);
                    self.touch(lattice, place as usize, rng);
                }
            }
        }
    }

    fn touch(&self, lattice: &mut impl Spins, place: usize, rng: &mut impl Rng) {
        match self.tool {
            BrushTool::Up => lattice.set_spin(place, !self.opposite),
            BrushTool::Down => lattice.set_spin(place, self.opposite),
            BrushTool::Heat => lattice.set_spin(place, rng.next_u64() >> 63 == 1),
            BrushTool::Freeze => lattice.pin(place, !self.opposite),
            BrushTool::Move => {}
        }
    }
}

/// A radius in spins that is wider or narrower by a quarter, at least by one, within a range.
#[must_use]
pub fn resized(radius: u32, wider: bool, range: &std::ops::RangeInclusive<u32>) -> u32 {
    let step = (radius / 4).max(1);
    let next = if wider { radius.saturating_add(step) } else { radius.saturating_sub(step) };
    next.clamp(*range.start(), *range.end())
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;
    use crate::physics::ising::{Lattice, Start};

    fn painted(stroke: Stroke) -> Lattice {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        let mut lattice = Lattice::new(32, Start::Up, &mut rng).expect("an even side");
        stroke.paint(&mut lattice, &mut rng);
        lattice
    }

    #[test]
    fn a_fast_stroke_is_a_line_without_gaps() {
        for radius in [0, 2] {
            let stroke = Stroke { from: [2.2, 3.1], to: [28.7, 17.9], radius, tool: BrushTool::Down, opposite: false };
            let lattice = painted(stroke);
            for x in 3..28 {
                assert!((0..32).any(|y| lattice.spins()[y * 32 + x] < 0), "a gap at x = {x}");
            }
        }
    }

    #[test]
    fn a_stroke_goes_on_around_the_torus_and_a_huge_one_covers_it_once() {
        let stroke = Stroke { from: [0.5, 0.5], to: [0.5, 0.5], radius: 1, tool: BrushTool::Down, opposite: false };
        let lattice = painted(stroke);
        assert!(lattice.spins()[31] < 0 && lattice.spins()[31 * 32] < 0);
        let lattice = painted(Stroke { radius: 100, ..stroke });
        assert_eq!(lattice.spin_sum(), -1024);
        assert_eq!(lattice.recount().0, [-512, -512]);
    }
}
