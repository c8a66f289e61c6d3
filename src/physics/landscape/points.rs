//! Where a surface is level: its minima, saddles and maxima, found by Newton's method from a grid.

use super::potentials::Potential;

/// A point where ∇U = 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelPoint {
    /// Where.
    pub at: [f64; 2],
    /// U there.
    pub energy: f64,
    /// What it is.
    pub kind: Kind,
    /// How often ∇U turns on a small circle about it: 1 for minima and maxima, −1 for saddles, −2 for a monkey saddle.
    pub index: i32,
}

/// What a level point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Up on all sides.
    Minimum,
    /// Up on two sides and down on two.
    Saddle,
    /// Down on all sides.
    Maximum,
    /// The second derivatives do not tell, as on a monkey saddle.
    Flat,
}

/// Newton's method gives up after so many steps.
const STEPS: usize = 200;
/// Two points nearer than this part of the window are one.
const SAME: f64 = 1e-5;
/// A curvature below this part of the largest one says nothing.
const FLAT: f64 = 1e-6;
/// Places on the small circle about a point.
const CIRCLE: usize = 64;

/// All level points in a window that Newton's method finds from the points of a grid, so many along each side, from the
/// deepest up. The sum of their indices is 1 where the surface rises on all sides of the window and none was missed
/// (Poincaré and Hopf), which is the number of minima less that of saddles and with that of maxima.
pub fn find_all(potential: &impl Potential<2>, window: [[f64; 2]; 2], grid: usize) -> Vec<LevelPoint> {
    let [[left, right], [bottom, top]] = window;
    let reach = (right - left).max(top - bottom);
    let along = |from: f64, to: f64, step: usize| from + (to - from) * (step as f64 + 0.5) / grid as f64;
    let mut found: Vec<LevelPoint> = Vec::new();
    for row in 0..grid {
        for column in 0..grid {
            let start = [along(left, right, column), along(bottom, top, row)];
            let Some(at) = newton(potential, start, reach) else { continue };
            let is_inside = (left..=right).contains(&at[0]) && (bottom..=top).contains(&at[1]);
            let is_known = found.iter().any(|point| distance(point.at, at) < SAME * reach);
            if is_inside && !is_known {
                found.push(about(potential, at, SAME * reach));
            }
        }
    }
    found.sort_by(|a, b| a.energy.total_cmp(&b.energy));
    found
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// Newton's method for ∇U = 0, as far as steps make a difference; none where it does not come to rest.
fn newton(potential: &impl Potential<2>, start: [f64; 2], reach: f64) -> Option<[f64; 2]> {
    let mut at = start;
    let mut last = f64::INFINITY;
    for _ in 0..STEPS {
        let [gx, gy] = potential.gradient(at);
        let [[a, b], [_, c]] = potential.hessian(at);
        let determinant = a * c - b * b;
        let step = [(c * gx - b * gy) / determinant, (a * gy - b * gx) / determinant];
        let length = libm::hypot(step[0], step[1]);
        if !length.is_finite() {
            // Where all curvature is gone it stands on a flat point, or nowhere.
            return (gx == 0.0 && gy == 0.0).then_some(at);
        }
        // A leap across the whole window leads nowhere near.
        let share = f64::min(1.0, 0.1 * reach / length);
        at = [at[0] - share * step[0], at[1] - share * step[1]];
        if length < 1e-13 * reach || (length < 1e-9 * reach && length >= last) {
            return Some(at);
        }
        last = length;
    }
    None
}

fn about(potential: &impl Potential<2>, at: [f64; 2], near: f64) -> LevelPoint {
    let [[a, b], [_, c]] = potential.hessian(at);
    let (mean, half) = (0.5 * (a + c), libm::hypot(0.5 * (a - c), b));
    let curvatures = [mean - half, mean + half];
    let largest = curvatures[0].abs().max(curvatures[1].abs());
    // Scales of curvature are those a little way off, where a flat point has some.
    let around = (0..CIRCLE).map(|place| {
        let [[a, b], [_, c]] = potential.hessian(on_circle(at, near, place));
        a.abs().max(b.abs()).max(c.abs())
    });
    let scale = around.fold(largest, f64::max);
    let kind = match curvatures {
        [low, high] if low.abs().min(high.abs()) < FLAT * scale || scale < FLAT => Kind::Flat,
        [low, _] if low > 0.0 => Kind::Minimum,
        [_, high] if high < 0.0 => Kind::Maximum,
        _ => Kind::Saddle,
    };
    let index = match kind {
        Kind::Minimum | Kind::Maximum => 1,
        Kind::Saddle => -1,
        Kind::Flat => turns(potential, at, 100.0 * near),
    };
    LevelPoint { at, energy: potential.energy(at), kind, index }
}

fn on_circle([x, y]: [f64; 2], radius: f64, place: usize) -> [f64; 2] {
    let angle = 2.0 * std::f64::consts::PI * place as f64 / CIRCLE as f64;
    [x + radius * libm::cos(angle), y + radius * libm::sin(angle)]
}

/// How often ∇U turns on a circle about a point.
fn turns(potential: &impl Potential<2>, at: [f64; 2], radius: f64) -> i32 {
    let direction = |place: usize| {
        let [gx, gy] = potential.gradient(on_circle(at, radius, place % CIRCLE));
        libm::atan2(gy, gx)
    };
    let turn = 2.0 * std::f64::consts::PI;
    let sum: f64 = (0..CIRCLE)
        .map(|place| {
            let step = direction(place + 1) - direction(place);
            step - turn * libm::round(step / turn)
        })
        .sum();
    libm::round(sum / turn) as i32
}
