//! What is known exactly about the triangular and the honeycomb ferromagnet at h = 0, with J = k = 1, infinitely large.
//!
//! The free energy is a double integral (Wannier 1945, Houtappel 1950); one of the two is done by hand:
//! ln Z/N = const + w (1/π) ∫₀^π ln(A + √(A² − B²)) dφ. With C = cosh 2K, S = sinh 2K, K = 1/T and u = cos(φ/2) the
//! triangular lattice has w = ½, A − B = C³ + S³ − 3S + 2S(1 − u)(2 + u) and B = 2Su; the honeycomb has w = ¼,
//! A − B = C³ − 3C² + 4 + 2S²(1 − u)(2 + u) and B = 2S²u. Energy and specific heat are its derivatives, taken under the
//! integral. Magnetizations are those of Potts (1952) and Naya (1954).

use std::f64::consts::PI;

/// Below this temperature every quantity here equals its limit at T = 0 to double precision, and sinh⁶ would overflow soon.
const FROZEN: f64 = 0.05;

/// A plane lattice that was solved after Onsager's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planar {
    /// Each spin has six neighbours.
    Triangular,
    /// Each spin has three neighbours.
    Honeycomb,
}

/// A function of K with its first two derivatives.
type Jet = [f64; 3];

impl Planar {
    /// T_c in J/k: 4/ln 3 and 2/ln(2 + √3).
    #[must_use]
    pub fn critical_temperature(self) -> f64 {
        match self {
            Self::Triangular => 4.0 / libm::log(3.0),
            Self::Honeycomb => 2.0 / libm::log(2.0 + libm::sqrt(3.0)),
        }
    }

    fn neighbours(self) -> f64 {
        match self {
            Self::Triangular => 6.0,
            Self::Honeycomb => 3.0,
        }
    }

    /// |m| of the infinite lattice, 0 from T_c on.
    #[must_use]
    pub fn spontaneous_magnetization(self, temperature: f64) -> f64 {
        if temperature >= self.critical_temperature() {
            return 0.0;
        } else if temperature < FROZEN {
            return 1.0;
        }
        let z = libm::exp(-2.0 / temperature);
        let (z2, z3) = (z * z, z * z * z);
        let eighth = match self {
            Self::Triangular => 1.0 - 16.0 * z3 * z3 / ((1.0 + 3.0 * z2) * libm::pow(1.0 - z2, 3.0)),
            Self::Honeycomb => 1.0 - 16.0 * z3 * (1.0 + z3) / (libm::pow(1.0 - z, 3.0) * libm::pow(1.0 - z2, 3.0)),
        };
        libm::pow(eighth.max(0.0), 0.125)
    }

    /// Energy per spin in J; −2 (triangular) and −2/√3 (honeycomb) at T_c.
    #[must_use]
    pub fn energy(self, temperature: f64) -> f64 {
        if temperature < FROZEN { -self.neighbours() / 2.0 } else { -self.derivatives(1.0 / temperature)[0] }
    }

    /// Specific heat per spin in k; it grows without bound at T_c, where this is what double precision leaves of it.
    #[must_use]
    pub fn specific_heat(self, temperature: f64) -> f64 {
        if temperature < FROZEN || temperature.is_infinite() {
            return 0.0;
        }
        let k = 1.0 / temperature;
        // Near T = 0 it is a difference of equal numbers.
        (k * k * self.derivatives(k)[1]).max(0.0)
    }

    /// First and second derivative of ln Z/N after K.
    fn derivatives(self, k: f64) -> [f64; 2] {
        let (c, s) = (libm::cosh(2.0 * k), libm::sinh(2.0 * k));
        // A − B at φ = 0, where it is smallest, and half of B there, with derivatives after K.
        let (gap, half, weight): (Jet, Jet, f64) = match self {
            Self::Triangular => {
                // (C³)² − (3S − S³)² = (1 − 3S²)²: no digits are lost near T_c.
                let root = 1.0 - 3.0 * s * s;
                let gap = root * root / (c * c * c + 3.0 * s - s * s * s);
                let gap = if 3.0 * s * s < 4.0 { gap } else { c * c * c + s * s * s - 3.0 * s };
                let rising = c * s + s * s - 1.0;
                let first = 6.0 * c * rising;
                let second = 12.0 * s * rising + 6.0 * c * (2.0 * (s * s + c * c) + 4.0 * s * c);
                ([gap, first, second], [s, 2.0 * c, 4.0 * s], 0.5)
            }
            Self::Honeycomb => {
                let gap = (c - 2.0) * (c - 2.0) * (c + 1.0);
                let first = 6.0 * s * c * (c - 2.0);
                let second = 12.0 * ((c * c + s * s) * (c - 2.0) + s * s * c);
                ([gap, first, second], [s * s, 4.0 * s * c, 8.0 * (c * c + s * s)], 0.25)
            }
        };
        let integrand = |phi: f64| {
            let u = libm::cos(0.5 * phi);
            let sine = libm::sin(0.25 * phi);
            let w = 2.0 * sine * sine * (2.0 + u);
            let least: Jet = std::array::from_fn(|order| gap[order] + 2.0 * half[order] * w);
            let most: Jet = std::array::from_fn(|order| least[order] + 4.0 * half[order] * u);
            let [d, d1, d2] = product(least, most);
            let root = libm::sqrt(d);
            let [a, a1, a2] = [0, 1, 2].map(|order: usize| 0.5 * (least[order] + most[order]));
            let (q, q1) = (a + root, a1 + d1 / (2.0 * root));
            let q2 = a2 + d2 / (2.0 * root) - d1 * d1 / (4.0 * d * root);
            [q1 / q, q2 / q - q1 * q1 / (q * q)]
        };
        integral(integrand).map(|sum| weight * sum / PI)
    }
}

/// The product of two functions.
fn product(f: Jet, g: Jet) -> Jet {
    [f[0] * g[0], f[1] * g[0] + f[0] * g[1], f[2] * g[0] + 2.0 * f[1] * g[1] + f[0] * g[2]]
}

/// ∫₀^π by the rule of Takahasi and Mori (1974), whose places crowd at the ends: near T_c the integrand has a peak at φ = 0 as
/// narrow as the distance from it.
fn integral(f: impl Fn(f64) -> [f64; 2]) -> [f64; 2] {
    const STEP: f64 = 1.0 / 32.0;
    // Beyond, places are nearer to the ends than a peak could be narrow in double precision.
    const REACH: i32 = 128;
    let mut sum = [0.0; 2];
    for step in -REACH..=REACH {
        let t = STEP * f64::from(step);
        let inner = 0.5 * PI * libm::sinh(t);
        // The distance from the left end, without a difference of nearly equal numbers.
        let place = PI / (1.0 + libm::exp(-2.0 * inner));
        let cosh = libm::cosh(inner);
        let weight = 0.25 * PI * PI * STEP * libm::cosh(t) / (cosh * cosh);
        if place > 0.0 && weight > 0.0 {
            let value = f(place);
            sum = [0, 1].map(|part: usize| sum[part] + weight * value[part]);
        }
    }
    sum
}
