//! The theory of Hebb's rule with many random memories: Amit, Gutfreund, Sompolinsky (1985, 1987), replica symmetric.
//!
//! At load α and temperature T the overlap m, the order q of the neurons and the noise r of the other memories obey
//!
//! m = ∫Dz tanh β(m + σz), q = ∫Dz tanh² β(m + σz), r = q/(1 − β(1 − q))², σ² = α r,
//!
//! with Dz the normal distribution. For given T each m gives σ from the first, then q, r and α = σ²/r: no iteration that might
//! miss a branch.

use std::f64::consts::PI;

/// A point of the theory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retrieval {
    /// α = P/N.
    pub load: f64,
    /// m.
    pub overlap: f64,
}

/// Below this temperature the equations of T = 0 stand for those of T: the integrals' cost grows as 1/T.
const COLDEST: f64 = 0.005;
/// 2/√π.
const TWO_OVER_ROOT_PI: f64 = std::f64::consts::FRAC_2_SQRT_PI;

/// The load beyond which Hebb's rule holds nothing at T = 0, α_c = 0.137906, and the overlap there, m_c = 0.967417.
#[must_use]
pub fn critical() -> Retrieval {
    // √(2α) as a function of y = m/√(2αr) rises, then falls; its slope has one zero.
    let slope = |y: f64| {
        let gauss = TWO_OVER_ROOT_PI * libm::exp(-y * y);
        (y * gauss - libm::erf(y)) / (y * y) + 2.0 * y * gauss
    };
    let y = bisect(0.5, 3.0, |y| slope(y) < 0.0);
    Retrieval { load: load_at(y), overlap: libm::erf(y) }
}

/// α as a function of y = m/√(2αr) at T = 0, from m = erf y and C = β(1 − q) → (2/√π) e^(−y²) / √(2αr).
fn load_at(y: f64) -> f64 {
    let root = libm::erf(y) / y - TWO_OVER_ROOT_PI * libm::exp(-y * y);
    0.5 * root * root
}

/// The overlap of retrieval states at T = 0 and this load; none beyond the critical load or below zero.
#[must_use]
pub fn overlap_at_zero_temperature(load: f64) -> Option<f64> {
    let critical = critical();
    if !(0.0..=critical.load).contains(&load) {
        return None;
    }
    if load == 0.0 {
        return Some(1.0);
    }
    // y falls from 1/√(2α) to that of the critical point as α grows.
    let lowest = bisect(0.1, 5.0, |y| libm::erf(y) > critical.overlap);
    let y = bisect(lowest, 1.0 / (2.0 * load).sqrt() + 1.0, |y| load_at(y) < load);
    Some(libm::erf(y))
}

/// T_g = 1 + √α: below it the network is a glass at least.
#[must_use]
pub fn glass_temperature(load: f64) -> f64 {
    1.0 + load.sqrt()
}

/// The largest load at which retrieval states exist at this temperature, and their overlap there: the line T_M.
/// None from T = 1 up, where nothing is retrieved; below T = 0.005 it is [`critical`].
#[must_use]
pub fn retrieval_appears(temperature: f64) -> Option<Retrieval> {
    if temperature < COLDEST {
        return Some(critical());
    }
    let ceiling = ceiling(temperature)?;
    let load = |overlap: f64| Branch::at(temperature, overlap).load;
    // One maximum, by golden section.
    let ratio = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut low, mut high) = (0.0, ceiling);
    let (mut left, mut right) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut at_left, mut at_right) = (load(left), load(right));
    while high - low > 1e-7 {
        if at_left > at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - ratio * (high - low);
            at_left = load(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + ratio * (high - low);
            at_right = load(right);
        }
    }
    let overlap = 0.5 * (low + high);
    Some(Retrieval { load: load(overlap), overlap })
}

/// The load below which retrieval states are the deepest of all, and their overlap there: the line T_c.
/// None below T = 0.005, where only the limit is of interest (α = 0.051), and from T = 1 up.
#[must_use]
pub fn retrieval_is_global(temperature: f64) -> Option<Retrieval> {
    let appears = retrieval_appears(temperature).filter(|_| temperature >= COLDEST)?;
    let ceiling = ceiling(temperature)?;
    let overlap = bisect(appears.overlap, ceiling, |overlap| {
        let branch = Branch::at(temperature, overlap);
        branch.load <= 0.0 || branch.free_energy() < glass(temperature, branch.load).free_energy()
    });
    Some(Retrieval { load: Branch::at(temperature, overlap).load, overlap })
}

/// The overlap of the retrieval state at this temperature and load; none where there is no such state.
#[must_use]
pub fn overlap(temperature: f64, load: f64) -> Option<f64> {
    if temperature < COLDEST {
        return overlap_at_zero_temperature(load);
    }
    let appears = retrieval_appears(temperature)?;
    if !(0.0..=appears.load).contains(&load) {
        return None;
    }
    let ceiling = ceiling(temperature)?;
    Some(bisect(appears.overlap, ceiling, |overlap| Branch::at(temperature, overlap).load < load))
}

/// The overlap at α = 0: the solution of m = tanh(m/T) that is not zero.
fn ceiling(temperature: f64) -> Option<f64> {
    (temperature > 0.0 && temperature < 1.0)
        .then(|| bisect(1e-9, 1.0, |overlap| libm::tanh(overlap / temperature) < overlap))
}

/// A solution of the equations.
#[derive(Clone, Copy, Debug)]
struct Branch {
    temperature: f64,
    overlap: f64,
    /// σ = √(αr).
    noise: f64,
    order: f64,
    load: f64,
}

impl Branch {
    /// The solution with this overlap.
    fn at(temperature: f64, overlap: f64) -> Self {
        let gain = |noise: f64| average(temperature, overlap, noise, libm::tanh);
        // Noise only weakens the mean answer, so the solution is unique.
        let noise = bisect(0.0, 2.0, |noise| gain(noise) < overlap);
        Self::with_noise(temperature, overlap, noise)
    }

    fn with_noise(temperature: f64, overlap: f64, noise: f64) -> Self {
        let order = average(temperature, overlap, noise, |x| {
            let answer = libm::tanh(x);
            answer * answer
        });
        let rest = 1.0 - (1.0 - order) / temperature;
        let load = if order > 0.0 { noise * noise * rest * rest / order } else { 0.0 };
        Self { temperature, overlap, noise, order, load }
    }

    /// f(α, T) of AGS 1987, equation for one condensed memory.
    fn free_energy(&self) -> f64 {
        let (t, q, load) = (self.temperature, self.order, self.load);
        let rest = 1.0 - (1.0 - q) / t;
        let r = q / (rest * rest);
        let entropy = average(t, self.overlap, self.noise, |x| x.abs() + libm::log1p(libm::exp(-2.0 * x.abs())));
        let others = libm::log(rest) - q / (t * rest);
        0.5 * (load + self.overlap * self.overlap + load * r * (1.0 - q) / t) + 0.5 * load * t * others - t * entropy
    }
}

/// The glass, m = 0, at this load.
fn glass(temperature: f64, load: f64) -> Branch {
    let at = |noise: f64| Branch::with_noise(temperature, 0.0, noise);
    // Below this noise β(1 − q) > 1 and the formula for the load turns back.
    let lowest = bisect(0.0, 4.0, |noise| (1.0 - at(noise).order) < temperature);
    at(bisect(lowest, 8.0, |noise| at(noise).load > load))
}

/// ∫Dz f(β(m + σz)), by the trapezoidal rule: exponentially accurate, as tanh has no pole nearer than πT/2σ to the real axis.
fn average(temperature: f64, overlap: f64, noise: f64, function: impl Fn(f64) -> f64) -> f64 {
    const REACH: f64 = 8.5;
    let nearest_pole = PI * temperature / (2.0 * noise.max(1e-3));
    let step = (nearest_pole / 5.0).min(0.1);
    let count = libm::ceil(REACH / step) as i32;
    let weigh = |place: i32| {
        let z = f64::from(place) * step;
        libm::exp(-0.5 * z * z) * function((overlap + noise * z) / temperature)
    };
    let sum: f64 = (-count..=count).map(weigh).sum();
    sum * step / (2.0 * PI).sqrt()
}

/// The place in an interval where a condition becomes true.
fn bisect(mut low: f64, mut high: f64, is_true: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if middle == low || middle == high {
            break;
        }
        *(if is_true(middle) { &mut high } else { &mut low }) = middle;
    }
    0.5 * (low + high)
}
