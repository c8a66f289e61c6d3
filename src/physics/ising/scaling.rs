//! Finite-size scaling: near T_c curves of all sizes fall onto one, |m| L^{β/ν} and χ L^{−γ/ν} against (T − T_c) L^{1/ν}.
//!
//! Binder cumulants of all sizes, which are not scaled, cross at T_c (Binder 1981). T_c and the exponents are those with which
//! the curves are most nearly one (Houdayer and Hartmann 2004); their errors come from doing it all again with values drawn
//! anew within their errors.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{record::Measured, study::Point};
use crate::physics::statistics::{Estimate, lowest, normal, slope};

/// Repetitions with values drawn anew.
const REPETITIONS: u64 = 100;
/// Points up to this |T − T_c| L^{1/ν} are near: further away even the exact curves part.
pub const NEAR: f64 = 6.0;
/// Points that have to lie near, for each of the two largest sizes.
const LEAST_NEAR: usize = 5;
/// How steeply a fit is kept from making a quantity less of one curve than it is known to be.
const WALL: f64 = 1e3;

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
    /// T_c in J/k, with which the curves fall together.
    pub critical_temperature: Estimate,
    /// 1/ν, the power of L that stretches the distance from T_c.
    pub inverse_nu: Estimate,
    /// β/ν, the power of 1/L with which |m| falls at T_c.
    pub beta_over_nu: Estimate,
    /// γ/ν, the power of L with which χ rises at T_c.
    pub gamma_over_nu: Estimate,
}

impl Fit {
    /// The exponents without their errors.
    #[must_use]
    pub fn exponents(&self) -> Exponents {
        exponents(&[self.critical_temperature, self.inverse_nu, self.beta_over_nu, self.gamma_over_nu].map(|e| e.value))
    }
}

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// Cumulants of two sizes do not cross between the temperatures.
    NoCrossing,
    /// Near the crossing too few temperatures were measured for the larger sizes.
    TooFarApart,
}

/// One of the quantities that are scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// U, which is not scaled.
    Binder,
    /// |m|, scaled with L^{β/ν}.
    Order,
    /// χ, scaled with L^{−γ/ν}.
    Susceptibility,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Binder, Self::Order, Self::Susceptibility];

    /// Its value at a point.
    #[must_use]
    pub fn of(self, measured: &Measured) -> Option<Estimate> {
        match self {
            Self::Binder => Some(measured.binder),
            Self::Order => Some(measured.abs_magnetization),
            Self::Susceptibility => measured.susceptibility,
        }
    }

    /// What values of a size are multiplied with.
    #[must_use]
    pub fn scale(self, exponents: &Exponents, size: usize) -> f64 {
        let power = match self {
            Self::Binder => 0.0,
            Self::Order => exponents.beta / exponents.nu,
            Self::Susceptibility => -exponents.gamma / exponents.nu,
        };
        libm::pow(size as f64, power)
    }
}

/// How far the curves of a quantity are from being one with these exponents: [`collapse`] of the points near T_c.
#[must_use]
pub fn misfit(points: &[Point], exponents: &Exponents, quantity: Quantity) -> Option<f64> {
    let curves = curves(points, &mut |estimate| estimate);
    misfit_of(&curves, exponents, quantity)
}

fn misfit_of(curves: &[Curve], exponents: &Exponents, quantity: Quantity) -> Option<f64> {
    let scaled = |(size, rows): &Curve| -> Vec<Scaled> {
        let scale = quantity.scale(exponents, *size);
        rows.iter()
            .map(|row| {
                let value = row.values[quantity as usize];
                [exponents.distance(*size, row.temperature), value.value * scale, value.error * scale]
            })
            .filter(|[x, ..]| x.abs() <= NEAR)
            .collect()
    };
    collapse(&curves.iter().map(scaled).collect::<Vec<_>>())
}

/// What was measured at one temperature, by [`Quantity`].
#[derive(Clone, Copy)]
struct Row {
    temperature: f64,
    values: [Estimate; 3],
}

/// The rows of one size, by rising temperature.
type Curve = (usize, Vec<Row>);

/// The exponents with which curves of U, |m| and χ near T_c are most nearly one, each point weighed by its error. Where the
/// exact ones are known they are given as `known`, and no fit is found that makes |m| or χ less of one curve than these.
///
/// Errors are the scatter of fits to values drawn anew, and grow with what even the best fit leaves.
///
/// # Errors
/// If the points do not tell.
pub fn fit(points: &[Point], known: Option<&Exponents>, seed: u64) -> Result<Fit, NoFit> {
    let plain = curves(points, &mut |estimate| estimate);
    let start = first_guess(&plain).ok_or(NoFit::NoCrossing)?;
    let is_near = |size: usize, row: &&Row| exponents(&start).distance(size, row.temperature).abs() <= NEAR;
    let near = |(size, rows): &Curve| rows.iter().filter(|row| is_near(*size, row)).count();
    if plain.iter().rev().take(2).any(|curve| near(curve) < LEAST_NEAR) {
        return Err(NoFit::TooFarApart);
    }
    let known = known.map(|known| (*known, Quantity::ALL.map(|quantity| misfit_of(&plain, known, quantity))));
    let starts = [Some(start), known.map(|(known, _)| parameters(&known))];
    let fits = starts.into_iter().flatten().map(|start| best(&plain, start, known.as_ref()));
    let (values, left) = fits.min_by(|a, b| a.1.total_cmp(&b.1)).ok_or(NoFit::NoCrossing)?;
    if !left.is_finite() {
        return Err(NoFit::TooFarApart);
    }
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut drawn = |estimate: Estimate| {
        let value = estimate.value + estimate.error * normal(rng.random(), rng.random());
        Estimate { value, ..estimate }
    };
    let again: Vec<[f64; 4]> = (0..REPETITIONS)
        .map(|_| best(&curves(points, &mut drawn), values, None))
        .filter_map(|(values, left)| left.is_finite().then_some(values))
        .collect();
    // What the best fit leaves beyond the noise is in the points as well: corrections to scaling.
    let excess = libm::sqrt((left / Quantity::ALL.len() as f64).max(1.0));
    let with_error = |parameter: usize| {
        let scatter = Estimate::of_independent(&again.iter().map(|all| all[parameter]).collect::<Vec<_>>());
        Estimate { value: values[parameter], error: excess * scatter.error * libm::sqrt(again.len() as f64) }
    };
    Ok(Fit {
        critical_temperature: with_error(0),
        inverse_nu: with_error(1),
        beta_over_nu: with_error(2),
        gamma_over_nu: with_error(3),
    })
}

/// T_c, 1/ν, β/ν and γ/ν as exponents.
fn exponents(&[critical_temperature, inverse_nu, beta_over_nu, gamma_over_nu]: &[f64; 4]) -> Exponents {
    let nu = 1.0 / inverse_nu;
    Exponents { critical_temperature, nu, beta: beta_over_nu * nu, gamma: gamma_over_nu * nu }
}

fn parameters(exponents: &Exponents) -> [f64; 4] {
    let Exponents { critical_temperature, nu, beta, gamma } = exponents;
    [*critical_temperature, 1.0 / nu, beta / nu, gamma / nu]
}

/// The parameters with the least sum of misfits, and that sum.
fn best(curves: &[Curve], start: [f64; 4], known: Option<&(Exponents, [Option<f64>; 3])>) -> ([f64; 4], f64) {
    let [low, high] = [f64::min, f64::max].map(|choose| {
        let temperatures = curves.iter().flat_map(|(_, rows)| rows).map(|row| row.temperature);
        temperatures.reduce(choose).unwrap_or_default()
    });
    lowest(start, [0.01, 0.05, 0.02, 0.05], |values| {
        if !((low..=high).contains(&values[0]) && (0.3..3.0).contains(&values[1])) {
            return f64::INFINITY;
        }
        let tried = exponents(values);
        let mut sum = 0.0;
        for quantity in Quantity::ALL {
            let Some(misfit) = misfit_of(curves, &tried, quantity) else { return f64::INFINITY };
            sum += misfit;
            if let Some((_, known)) = known
                && quantity != Quantity::Binder
                && let Some(most) = known[quantity as usize]
            {
                sum += WALL * (misfit - most).max(0.0);
            }
        }
        sum
    })
}

fn curves(points: &[Point], value: &mut dyn FnMut(Estimate) -> Estimate) -> Vec<Curve> {
    let mut curves: Vec<Curve> = Vec::new();
    for point in points {
        let values = Quantity::ALL.map(|quantity| quantity.of(&point.measured));
        let [Some(binder), Some(order), Some(susceptibility)] = values else { continue };
        // What is not known to any error says nothing.
        if ![binder, order, susceptibility].iter().all(|e| e.value.is_finite() && e.error.is_finite() && e.error > 0.0)
        {
            continue;
        }
        let row = Row {
            temperature: point.run.parameters.temperature,
            values: [binder, order, susceptibility].map(&mut *value),
        };
        match curves.iter_mut().find(|(size, _)| *size == point.run.side) {
            Some((_, curve)) => curve.push(row),
            None => curves.push((point.run.side, vec![row])),
        }
    }
    curves.retain(|(_, curve)| curve.len() >= 3);
    curves.sort_by_key(|(size, _)| *size);
    for (_, curve) in &mut curves {
        curve.sort_by(|a, b| a.temperature.total_cmp(&b.temperature));
    }
    curves
}

/// Where to begin: T_c where the cumulants of the largest two sizes cross, by a straight line through the points around, and
/// the exponents from how |m| and χ there change with L.
fn first_guess(curves: &[Curve]) -> Option<[f64; 4]> {
    let [.., (_, small), (_, large)] = curves else { return None };
    let critical = crossing(small, large)?;
    let power = |quantity: Quantity| {
        let logarithm = |(size, rows): &Curve| {
            let value = straight(rows, critical, quantity)?;
            (value > 0.0).then(|| (libm::log(*size as f64), libm::log(value)))
        };
        slope(curves.iter().filter_map(logarithm).collect::<Vec<_>>())
    };
    Some([critical, 1.0, -power(Quantity::Order)?, power(Quantity::Susceptibility)?])
}

/// Where the larger size's cumulant falls below the smaller's. Noise can make several such places where temperatures are
/// close: of all splits into a part above and a part below, the one that is violated least, by differences in their errors.
fn crossing(small: &[Row], large: &[Row]) -> Option<f64> {
    let differences: Vec<(f64, f64)> = large
        .iter()
        .filter_map(|row| {
            let other = small.iter().find(|other| other.temperature == row.temperature)?;
            let [a, b] = [row, other].map(|row| row.values[Quantity::Binder as usize]);
            Some((row.temperature, (a.value - b.value) / a.error.hypot(b.error)))
        })
        .collect();
    // The sum of what lies before a place, less that of what lies after, is largest at the crossing.
    let sum = |part: &[(f64, f64)]| part.iter().map(|(_, difference)| difference).sum::<f64>();
    let parts = |place: &usize| [sum(&differences[..=*place]), sum(&differences[place + 1..])];
    let contrast = |place: &usize| parts(place)[0] - parts(place)[1];
    let last = differences.len().checked_sub(1)?;
    // Of equal places the first, as noise decides between them anyway.
    let place = (0..last).rev().max_by(|a, b| contrast(a).total_cmp(&contrast(b)))?;
    let [before, after] = parts(&place);
    let [(below, d), (above, e)] = [differences[place], differences[place + 1]];
    let share = if d > e { (d / (d - e)).clamp(0.0, 1.0) } else { 0.5 };
    (before > 0.0 && after < 0.0).then_some(below + share * (above - below))
}

/// A quantity at a temperature, by the straight line between the two points around.
fn straight(rows: &[Row], temperature: f64, quantity: Quantity) -> Option<f64> {
    let pair = rows.windows(2).find(|pair| pair[0].temperature <= temperature && temperature <= pair[1].temperature)?;
    let share = (temperature - pair[0].temperature) / (pair[1].temperature - pair[0].temperature);
    let [a, b] = [0, 1].map(|index: usize| pair[index].values[quantity as usize].value);
    Some(a + share * (b - a))
}

#[cfg(test)]
mod tests {
    use super::*;

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
