//! How often a walker crosses from one well into the other: exactly, and by Kramers' formula.

use super::potentials::{Line, Potential, Wells};

/// Points of the grid on which the Fokker–Planck operator is written down.
const POINTS: usize = 6001;
/// The grid ends where U is so many T above the deepest well.
const HIGH: f64 = 40.0;
/// Bisections: each halves the ratio of the bounds of λ₁.
const HALVINGS: usize = 60;

/// The relaxation rate λ₁ of overdamped walkers, dx = −U′ dt + √(2T) dW: the lowest eigenvalue above 0 of the Fokker–Planck
/// operator. It is the sum of the rates of both directions where there are two wells.
///
/// The operator is written as hops between the points of a grid, T/h² e^{−ΔU/2T} each way, which is BᵀB with a bidiagonal B;
/// singular values of such a matrix are counted without loss of relative accuracy (Fernando 1998, "Accurately counting
/// singular values of bidiagonal matrices", SIAM J. Matrix Anal. Appl. 20, 373), so that small rates are as exact as large
/// ones. The grid itself is off by some (h²/24) U″/T, less than 10⁻⁴.
///
/// # Panics
/// If T is not above 0.
#[must_use]
pub fn relaxation_rate(line: &Line, temperature: f64) -> f64 {
    assert!(temperature > 0.0, "T is above 0");
    let [low, high] = reach(line, temperature, HIGH);
    let step = (high - low) / (POINTS - 1) as f64;
    let energy = |place: usize| line.energy([low + step * place as f64]);
    let hop = temperature / (step * step);
    // Squares of the diagonal and of what stands beside it.
    let pairs: Vec<[f64; 2]> = (0..POINTS - 1)
        .map(|place| {
            let half = libm::exp((energy(place + 1) - energy(place)) / (2.0 * temperature));
            [hop / half, hop * half]
        })
        .collect();
    // How many singular values are below σ, whose square this is: the 0 of equilibrium is always one.
    let below = |square: f64| {
        let mut rest = -square;
        let mut count = 0;
        for &[diagonal, beside] in &pairs {
            let pivot = diagonal + rest;
            count += usize::from(pivot < 0.0);
            rest = beside * (rest / pivot) - square;
        }
        // The last row of B is empty.
        count + usize::from(rest < 0.0)
    };
    // From far below any rate of interest to the fastest hop.
    let (mut least, mut most) = (libm::log(1e-300), libm::log(4.0 * hop * libm::exp(HIGH)));
    for _ in 0..HALVINGS {
        let middle = 0.5 * (least + most);
        if below(libm::exp(middle)) < 2 { least = middle } else { most = middle }
    }
    libm::exp(0.5 * (least + most))
}

/// The wells, or the one at 0 for both where there is no second one, and U at the bottom of the deeper one.
fn bottoms(line: &Line) -> (Wells, f64) {
    let wells = line.wells().unwrap_or(Wells { left: 0.0, top: 0.0, right: 0.0 });
    (wells, line.energy([wells.left]).min(line.energy([wells.right])))
}

/// Where U is so many T above the deepest well, on the left and on the right: further a walker comes with a chance of e to the
/// minus so many only.
#[must_use]
pub fn reach(line: &Line, temperature: f64, high: f64) -> [f64; 2] {
    let (wells, deepest) = bottoms(line);
    let end = |from: f64, way: f64| {
        let mut far = 0.25;
        while line.energy([from + way * far]) < deepest + high * temperature {
            far *= 1.02;
        }
        from + way * far
    };
    [end(wells.left, -1.0), end(wells.right, 1.0)]
}

/// ∫ e^{−U/T} over a stretch of the line, in units of its integrand in the deepest well.
fn weight(line: &Line, temperature: f64, from: f64, to: f64) -> f64 {
    let (_, deepest) = bottoms(line);
    simpson(from, to, &|x| libm::exp((deepest - line.energy([x])) / temperature))
}

/// The share of the time in equilibrium that a walker is on the left of the hill.
#[must_use]
pub fn share_on_the_left(line: &Line, wells: Wells, temperature: f64) -> f64 {
    let [low, high] = reach(line, temperature, HIGH);
    let left = weight(line, temperature, low, wells.top);
    left / (left + weight(line, temperature, wells.top, high))
}

/// The density e^{−U/T}/Z of equilibrium in bins between two places, a mean over each bin.
#[must_use]
pub fn equilibrium(line: &Line, temperature: f64, [from, to]: [f64; 2], bins: usize) -> Vec<f64> {
    let (wells, _) = bottoms(line);
    let [low, high] = reach(line, temperature, HIGH);
    let total = weight(line, temperature, low, wells.top) + weight(line, temperature, wells.top, high);
    let width = (to - from) / bins as f64;
    let start = |bin: usize| from + width * bin as f64;
    (0..bins).map(|bin| weight(line, temperature, start(bin), start(bin + 1)) / (width * total)).collect()
}

/// ∫ f from one end to the other by Simpson's rule.
pub(super) fn simpson(from: f64, to: f64, f: &dyn Fn(f64) -> f64) -> f64 {
    const HALVES: usize = 4000;
    let step = (to - from) / HALVES as f64;
    let sum: f64 =
        (1..HALVES).map(|place| if place % 2 == 1 { 4.0 } else { 2.0 } * f(from + step * place as f64)).sum();
    step / 3.0 * (f(from) + sum + f(to))
}

/// The rates from left to right and back of which λ₁ consists: in equilibrium as many walkers cross either way.
#[must_use]
pub fn exact_rates(line: &Line, wells: Wells, temperature: f64) -> [f64; 2] {
    let (relaxation, left) = (relaxation_rate(line, temperature), share_on_the_left(line, wells, temperature));
    [(1.0 - left) * relaxation, left * relaxation]
}

/// Kramers' rates from left to right and back, √(U″(well) |U″(top)|)/2π e^{−ΔU/T} (Kramers 1940): for hills high above T; at
/// those that one can wait for it is some 4 to 11 % too high.
#[must_use]
pub fn kramers_rates(line: &Line, wells: Wells, temperature: f64) -> [f64; 2] {
    let curvature = |x: f64| line.hessian([x])[0][0].abs();
    let from = |well: f64| {
        let hill = line.energy([wells.top]) - line.energy([well]);
        // On a top with a kink the curvature of the side counts that the walker comes from.
        let top = curvature(wells.top + 1e-9 * (well - wells.top));
        libm::sqrt(curvature(well) * top) / (2.0 * std::f64::consts::PI) * libm::exp(-hill / temperature)
    };
    [from(wells.left), from(wells.right)]
}

/// Crossings a walker and time that are expected in this time from walkers of which half start in each well, by these rates:
/// 2 k₁k₂/(k₁ + k₂) in the long run, and what the shares of the wells give on their way to equilibrium.
#[must_use]
pub fn expected_crossings([right, left]: [f64; 2], time: f64) -> f64 {
    let sum = right + left;
    let on_the_left = left / sum;
    let excess = (0.5 - on_the_left) * (right - left);
    2.0 * right * left / sum + excess * -libm::expm1(-sum * time) / (sum * time)
}
