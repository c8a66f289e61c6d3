//! Finite-size scaling: near T_c curves of all sizes fall onto one, |m| L^{β/ν} and χ L^{−γ/ν} against (T − T_c) L^{1/ν}.
//!
//! T_c comes from where Binder cumulants of two sizes cross (Binder 1981), exponents from how values there change with L; their
//! errors from doing it all again with values drawn anew within their errors.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::study::Point;
use crate::physics::statistics::{Estimate, normal, slope};

/// Repetitions with values drawn anew.
const REPETITIONS: u64 = 200;

/// What the curves are scaled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponents {
    /// T_c in J/k.
    pub critical_temperature: f64,
    /// ν of the correlation length.
    pub nu: f64,
    /// β of the order.
    pub beta: f64,
    /// γ of the susceptibility.
    pub gamma: f64,
}

impl Exponents {
    /// The exact ones of the square lattice: ν = 1, β = 1/8, γ = 7/4 (Onsager 1944, Yang 1952).
    #[must_use]
    pub fn exact() -> Self {
        Self { critical_temperature: super::exact::critical_temperature(), nu: 1.0, beta: 0.125, gamma: 1.75 }
    }

    /// (T − T_c) L^{1/ν}.
    #[must_use]
    pub fn distance(&self, size: usize, temperature: f64) -> f64 {
        (temperature - self.critical_temperature) * libm::pow(size as f64, 1.0 / self.nu)
    }
}

/// A point of a scaled curve: place, value, and the error of the value.
pub type Scaled = [f64; 3];

/// How far curves are from being one: the mean of (y − Y)²/σ² over all points, where Y is another size's curve at the same
/// place, by parabolas, and σ² has both errors. About 1 where they agree within errors; none where nothing overlaps.
#[must_use]
pub fn collapse(curves: &[Vec<Scaled>]) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for (index, curve) in curves.iter().enumerate() {
        for (other, master) in curves.iter().enumerate() {
            if other == index {
                continue;
            }
            for &[x, y, error] in curve {
                if let Some((value, other_error)) = interpolate(master, x) {
                    let variance = error * error + other_error * other_error;
                    if variance > 0.0 {
                        sum += (y - value) * (y - value) / variance;
                        count += 1;
                    }
                }
            }
        }
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// Value and error of a curve with rising places, by the parabola through the two points around and the next nearest one.
fn interpolate(curve: &[Scaled], x: f64) -> Option<(f64, f64)> {
    let after = curve.windows(2).position(|pair| pair[0][0] <= x && x <= pair[1][0])?;
    let before_is_nearer =
        |first: usize| curve.get(first + 2).is_none_or(|next| first > 0 && x - curve[first - 1][0] < next[0] - x);
    let first = if after > 0 && before_is_nearer(after) { after - 1 } else { after };
    let three = curve.get(first..first + 3)?;
    let (mut value, mut variance) = (0.0, 0.0);
    for (i, &[xi, y, error]) in three.iter().enumerate() {
        let others = three.iter().enumerate().filter(|(j, _)| *j != i);
        let weight: f64 = others.map(|(_, other)| (x - other[0]) / (xi - other[0])).product();
        value += weight * y;
        variance += weight * weight * error * error;
    }
    value.is_finite().then_some((value, libm::sqrt(variance)))
}

/// What scaling makes of a study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Where the cumulants of the two largest sizes cross, in J/k.
    pub critical_temperature: Estimate,
    /// 1/ν from the slopes of the cumulants there.
    pub inverse_nu: Estimate,
    /// β/ν from |m| there.
    pub beta_over_nu: Estimate,
    /// γ/ν from χ there.
    pub gamma_over_nu: Estimate,
}

/// Values of one size, by rising temperature: T, U, |m| and χ.
type Curve = (usize, Vec<[f64; 4]>);

/// Fits a study of at least two sizes at the same temperatures around T_c; none if cumulants do not cross there.
#[must_use]
pub fn fit(points: &[Point], seed: u64) -> Option<Fit> {
    let plain = estimate(&curves(points, &mut |estimate| estimate.value))?;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut drawn = |estimate: Estimate| {
        let error = if estimate.error.is_finite() { estimate.error } else { 0.0 };
        estimate.value + error * normal(rng.random(), rng.random())
    };
    let again: Vec<[f64; 4]> = (0..REPETITIONS)
        .filter_map(|_| estimate(&curves(points, &mut drawn)))
        .filter(|all| all.iter().all(|v| v.is_finite()))
        .collect();
    // Where most repetitions find no crossing, there is none to speak of.
    if 2 * (again.len() as u64) < REPETITIONS {
        return None;
    }
    let with_error = |quantity: usize| {
        let mean = again.iter().map(|all| all[quantity]).sum::<f64>() / again.len() as f64;
        let scatter: f64 = again.iter().map(|all| (all[quantity] - mean) * (all[quantity] - mean)).sum();
        Estimate { value: plain[quantity], error: libm::sqrt(scatter / (again.len() - 1) as f64) }
    };
    Some(Fit {
        critical_temperature: with_error(0),
        inverse_nu: with_error(1),
        beta_over_nu: with_error(2),
        gamma_over_nu: with_error(3),
    })
}

fn curves(points: &[Point], value: &mut dyn FnMut(Estimate) -> f64) -> Vec<Curve> {
    let mut curves: Vec<Curve> = Vec::new();
    for point in points {
        let measured = &point.measured;
        let Some(susceptibility) = measured.susceptibility else { continue };
        let row = [
            point.run.parameters.temperature,
            value(measured.binder),
            value(measured.abs_magnetization),
            value(susceptibility),
        ];
        match curves.iter_mut().find(|(size, _)| *size == point.run.side) {
            Some((_, curve)) => curve.push(row),
            None => curves.push((point.run.side, vec![row])),
        }
    }
    curves.retain(|(_, curve)| curve.len() >= 3);
    curves.sort_by_key(|(size, _)| *size);
    for (_, curve) in &mut curves {
        curve.sort_by(|a, b| a[0].total_cmp(&b[0]));
    }
    curves
}

/// T_c, 1/ν, β/ν, γ/ν.
fn estimate(curves: &[Curve]) -> Option<[f64; 4]> {
    let [.., (_, small), (_, large)] = curves else { return None };
    let critical = crossing(small, large)?;
    let logarithms = |value: &dyn Fn(&[[f64; 4]]) -> Option<f64>| -> Option<f64> {
        let pairs: Option<Vec<(f64, f64)>> =
            curves.iter().map(|(size, curve)| Some((libm::log(*size as f64), libm::log(value(curve)?)))).collect();
        slope(pairs?)
    };
    Some([
        critical,
        logarithms(&|curve| Some(-local(curve, critical, 1)?.1))?,
        -logarithms(&|curve| Some(local(curve, critical, 2)?.0))?,
        logarithms(&|curve| Some(local(curve, critical, 3)?.0))?,
    ])
}

/// Where the larger size's cumulant falls below the smaller's: the steepest change of sign of their difference, followed by
/// the polynomial through two points on each side. (It bends strongly: below T_c both are 2/3.)
fn crossing(small: &[[f64; 4]], large: &[[f64; 4]]) -> Option<f64> {
    let differences: Vec<(f64, f64)> = large
        .iter()
        .filter_map(|row| {
            let other = small.iter().find(|other| other[0] == row[0])?;
            Some((row[0], row[1] - other[1]))
        })
        .collect();
    let change = |place: &usize| differences[*place].1 - differences[place + 1].1;
    let place = (0..differences.len().saturating_sub(1))
        .filter(|&place| differences[place].1 >= 0.0 && differences[place + 1].1 < 0.0)
        .max_by(|a, b| change(a).total_cmp(&change(b)))?;
    let near = &differences[place.saturating_sub(1)..(place + 3).min(differences.len())];
    let (mut above, mut below) = (differences[place].0, differences[place + 1].0);
    for _ in 0..60 {
        let middle = 0.5 * (above + below);
        if polynomial(near, middle) >= 0.0 { above = middle } else { below = middle }
    }
    Some(0.5 * (above + below))
}

/// The polynomial of least degree through points, at a place (Lagrange).
fn polynomial(points: &[(f64, f64)], x: f64) -> f64 {
    let term = |(i, &(xi, yi)): (usize, &(f64, f64))| {
        let others = points.iter().enumerate().filter(|(j, _)| *j != i);
        yi * others.map(|(_, (xj, _))| (x - xj) / (xi - xj)).product::<f64>()
    };
    points.iter().enumerate().map(term).sum()
}

/// Value and slope at a temperature of the parabola through the three nearest points.
fn local(curve: &[[f64; 4]], temperature: f64, quantity: usize) -> Option<(f64, f64)> {
    let after = curve.iter().position(|row| row[0] > temperature)?;
    let first = if after >= 2
        && (after >= curve.len() - 1 || temperature - curve[after - 2][0] < curve[after + 1][0] - temperature)
    {
        after - 2
    } else {
        after.saturating_sub(1)
    };
    let three = curve.get(first..first + 3)?;
    let (x, y) = ([0, 1, 2].map(|i| three[i][0] - temperature), [0, 1, 2].map(|i| three[i][quantity]));
    let (mut value, mut slope) = (0.0, 0.0);
    for i in 0..3 {
        let (a, b) = (x[(i + 1) % 3], x[(i + 2) % 3]);
        let weight = y[i] / ((x[i] - a) * (x[i] - b));
        value += weight * a * b;
        slope -= weight * (a + b);
    }
    Some((value, slope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_is_followed_exactly() {
        let row = |x: f64| [x, 1.0 + 2.0 * x + 3.0 * x * x, 0.0, 0.0];
        let curve = [row(0.0), row(0.5), row(1.5), row(2.0)];
        for at in [0.1, 0.9, 1.7] {
            let (value, slope) = local(&curve, at, 1).expect("between its points");
            assert!((value - row(at)[1]).abs() < 1e-12 && (slope - 2.0 - 6.0 * at).abs() < 1e-12);
        }
    }

    #[test]
    fn the_collapse_of_one_curve_with_its_noise_is_one_and_grows_with_a_wrong_exponent() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut curve = |nu: f64, size: f64| -> Vec<Scaled> {
            // y = tanh x with errors of 0.01, x measured with an exponent of its own.
            let place = |step: i32| f64::from(step) * 0.1 * 8.0 / size;
            let stretch = size / 8.0;
            (-10..=10)
                .map(|step| {
                    let x = place(step) * stretch;
                    [x * stretch.powf(1.0 / nu - 1.0), 0.5 * x + 0.01 * normal(rng.random(), rng.random()), 0.01]
                })
                .collect()
        };
        let right: Vec<_> = [8.0, 16.0, 32.0].map(|size| curve(1.0, size)).into();
        let quality = collapse(&right).expect("they overlap");
        assert!((0.6..1.4).contains(&quality), "{quality}");
        let wrong: Vec<_> = [8.0, 16.0, 32.0].map(|size| curve(1.3, size)).into();
        assert!(collapse(&wrong).expect("they overlap") > 10.0);
    }
}
