//! What is known exactly about the square lattice at h = 0, with J = k = 1.
//!
//! Infinite lattice: energy and specific heat (Onsager 1944), spontaneous magnetization (announced by Onsager 1949, proved
//! by Yang 1952). Finite L × L torus: energy and specific heat from Kaufman's partition function (Kaufman 1949, in the form
//! of Ferdinand and Fisher 1969), in logarithms. Without a field J = −1 has the same energies on an even torus.

pub mod planar;

use std::f64::consts::{FRAC_PI_2, PI};

/// Below this temperature every quantity here equals its limit at T = 0 to double precision.
const FROZEN: f64 = 0.02;
/// Above this temperature the leading terms of the high-temperature series are exact to double precision.
const BOILING: f64 = 1e5;

/// T_c = 2/ln(1 + √2) = 2.269185… J/k.
#[must_use]
pub fn critical_temperature() -> f64 {
    2.0 / libm::log(1.0 + std::f64::consts::SQRT_2)
}

/// G(r) of the infinite lattice at T_c for distances `r` of many spins: 0.70338 r^{−1/4} (Wu, McCoy, Tracy and Barouch
/// 1976).
#[must_use]
pub fn critical_correlation(r: f64) -> f64 {
    0.703_38 * libm::pow(r, -0.25)
}

/// |m| of the infinite lattice: (1 − sinh(2/T)⁻⁴)^{1/8} below T_c, 0 above.
#[must_use]
pub fn spontaneous_magnetization(temperature: f64) -> f64 {
    if temperature >= critical_temperature() {
        0.0
    } else if temperature < FROZEN {
        1.0
    } else {
        libm::pow((1.0 - libm::pow(libm::sinh(2.0 / temperature), -4.0)).max(0.0), 0.125)
    }
}

/// Free energy of a wall between up and down, per bond along an axis, in J: 2 + T ln tanh(1/T) below T_c, 0 above (Onsager
/// 1944).
#[must_use]
pub fn surface_tension(temperature: f64) -> f64 {
    if temperature <= 0.0 {
        return 2.0;
    }
    (2.0 + temperature * libm::log(libm::tanh(1.0 / temperature))).max(0.0)
}

/// Complete elliptic integrals K(k) and E(k) from the complementary modulus k', by the arithmetic–geometric mean.
fn elliptic(modulus: f64, complementary: f64) -> (f64, f64) {
    let (mut a, mut b, mut c, mut weight) = (1.0, complementary, modulus, 0.5);
    let mut sum = weight * c * c;
    while f64::abs(c) > 1e-15 * a {
        (a, b, c) = (0.5 * (a + b), libm::sqrt(a * b), 0.5 * (a - b));
        weight *= 2.0;
        sum += weight * c * c;
    }
    let first = FRAC_PI_2 / a;
    (first, first * (1.0 - sum))
}

/// tanh²(2/T) and the elliptic modulus k = 2 sinh(2/T)/cosh²(2/T) with its complement k' = 2 tanh²(2/T) − 1.
fn onsager_modulus(temperature: f64) -> (f64, f64, f64) {
    let twice = 2.0 / temperature;
    let tanh = libm::tanh(twice);
    (tanh * tanh, 2.0 * tanh / libm::cosh(twice), 2.0 * tanh * tanh - 1.0)
}

/// Energy per spin of the infinite lattice in J; −√2 at T_c.
#[must_use]
pub fn energy(temperature: f64) -> f64 {
    if temperature < FROZEN {
        return -2.0;
    } else if temperature > BOILING {
        return -2.0 / temperature;
    }
    let (tanh_squared, modulus, complement) = onsager_modulus(temperature);
    let coth = 1.0 / libm::sqrt(tanh_squared);
    if complement.abs() < 1e-14 {
        return -coth;
    }
    let (first, _) = elliptic(modulus, complement.abs());
    -coth * (1.0 + complement * first / FRAC_PI_2)
}

/// Specific heat per spin of the infinite lattice in k; infinite at T_c, where it diverges as a logarithm.
#[must_use]
pub fn specific_heat(temperature: f64) -> f64 {
    if temperature < FROZEN {
        return 0.0;
    } else if temperature > BOILING {
        return 2.0 / (temperature * temperature);
    }
    let (tanh_squared, modulus, complement) = onsager_modulus(temperature);
    if complement.abs() < 1e-14 {
        return f64::INFINITY;
    }
    let (first, second) = elliptic(modulus, complement.abs());
    let prefactor = 4.0 / PI / (temperature * temperature * tanh_squared);
    // 1 − tanh² as 1/cosh², which keeps its digits at low temperature.
    let rest = modulus * modulus / (4.0 * tanh_squared);
    prefactor * (first - second - rest * (FRAC_PI_2 + complement * first))
}

/// Energy and specific heat per spin of the L × L torus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiniteTorus {
    /// In J.
    pub energy: f64,
    /// In k.
    pub specific_heat: f64,
}

/// ln of a product and its first two derivatives by K = J/T.
#[derive(Clone, Copy, Default)]
struct LogProduct {
    value: f64,
    first: f64,
    second: f64,
}

impl LogProduct {
    /// Multiplies by 2 cosh(x) (or 2 sinh(x) for x > 0), where x has these derivatives.
    fn times(&mut self, x: f64, first: f64, second: f64, cosh: bool) {
        let decay = libm::exp(-2.0 * x);
        let (sign, tanh) = if cosh { (1.0, libm::tanh(x)) } else { (-1.0, 1.0 / libm::tanh(x)) };
        self.value += x + libm::log1p(sign * decay);
        self.first += first * tanh;
        self.second += second * tanh + first * first * (1.0 - tanh * tanh);
    }
}

/// Kaufman's exact energy and specific heat of the torus of this side. The temperature must be above zero for C ≠ 0;
/// holds up to at least L = 1024.
#[must_use]
pub fn finite_torus(side: usize, temperature: f64) -> FiniteTorus {
    if temperature < 0.05 {
        return FiniteTorus { energy: -2.0, specific_heat: 0.0 };
    } else if temperature > BOILING {
        return FiniteTorus { energy: -2.0 / temperature, specific_heat: 2.0 / (temperature * temperature) };
    }
    let coupling = 1.0 / temperature;
    let (sinh, cosh) = (libm::sinh(2.0 * coupling), libm::cosh(2.0 * coupling));
    let half = side as f64 / 2.0;
    // cosh γ_l = cosh²2K/sinh 2K − cos(πl/L) and its derivatives by K.
    let slope = 2.0 * cosh * (1.0 - 1.0 / (sinh * sinh));
    let bend = 4.0 * sinh - 4.0 / sinh + 8.0 * cosh * cosh / (sinh * sinh * sinh);
    let gamma = |l: usize| {
        // cosh γ − 1 = (sinh 2K − 1)²/sinh 2K + 2 sin²(πl/2L), which does not cancel near T_c.
        let half_sine = libm::sin(PI * l as f64 / (2.0 * side as f64));
        let gap = (sinh - 1.0) * (sinh - 1.0) / sinh + 2.0 * half_sine * half_sine;
        let sinh_gamma = libm::sqrt(gap * (gap + 2.0));
        let first = slope / sinh_gamma;
        let second = (bend - first * first * (1.0 + gap)) / sinh_gamma;
        (libm::log1p(gap + sinh_gamma), first, second)
    };
    let [mut odd_cosh, mut odd_sinh, mut even_cosh, mut even_sinh] = [LogProduct::default(); 4];
    for r in 0..side {
        let (g, first, second) = gamma(2 * r + 1);
        odd_cosh.times(half * g, half * first, half * second, true);
        odd_sinh.times(half * g, half * first, half * second, false);
        if r > 0 {
            let (g, first, second) = gamma(2 * r);
            even_cosh.times(half * g, half * first, half * second, true);
            even_sinh.times(half * g, half * first, half * second, false);
        }
    }
    // γ_0 = 2K + ln tanh K changes its sign at T_c; its factors are kept apart from the logarithms.
    let zero = half * (2.0 * coupling + libm::log(libm::tanh(coupling)));
    let zero_first = half * (2.0 + 2.0 / sinh);
    let zero_second = half * (-4.0 * cosh / (sinh * sinh));
    let size = zero.abs();
    even_cosh.times(size, zero_first * zero.signum(), zero_second * zero.signum(), true);
    // Everything relative to the first product: ln Z = ln Z₁ + ln Σ f, with the derivatives of f.
    let (mut sum, mut sum_first, mut sum_second) = (1.0, 0.0, 0.0);
    for product in [odd_sinh, even_cosh] {
        let f = libm::exp(product.value - odd_cosh.value);
        let (u, v) = (product.first - odd_cosh.first, product.second - odd_cosh.second);
        sum += f;
        sum_first += f * u;
        sum_second += f * (v + u * u);
    }
    let f = libm::exp(even_sinh.value + size - odd_cosh.value);
    let (u, v) = (even_sinh.first - odd_cosh.first, even_sinh.second - odd_cosh.second);
    let decay = libm::exp(-2.0 * size);
    let (s, c) = (zero.signum() * -libm::expm1(-2.0 * size), 1.0 + decay);
    sum += f * s;
    sum_first += f * (c * zero_first + s * u);
    sum_second += f * (s * zero_first * zero_first + c * zero_second + 2.0 * c * zero_first * u + s * (v + u * u));
    let spins = (side * side) as f64;
    // The prefactor (2 sinh 2K)^{N/2}.
    let prefactor_first = spins * cosh / sinh;
    let prefactor_second = -2.0 * spins / (sinh * sinh);
    let first = prefactor_first + odd_cosh.first + sum_first / sum;
    let ratio = sum_first / sum;
    let second = prefactor_second + odd_cosh.second + sum_second / sum - ratio * ratio;
    FiniteTorus { energy: -first / spins, specific_heat: coupling * coupling * second / spins }
}
