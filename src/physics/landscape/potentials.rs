//! Potentials of one and two dimensions: the wells, hills and passes that walkers roll through.
//!
//! All are in units of their own (mass 1, k = 1), with first and second derivatives written down, so that descent and
//! Newton's method are exact.

/// A potential in D dimensions.
pub trait Potential<const D: usize>: Send + Sync {
    /// The potential energy U at a place.
    fn energy(&self, at: [f64; D]) -> f64;

    /// The gradient ∇U at a place.
    fn gradient(&self, at: [f64; D]) -> [f64; D];

    /// The second derivatives ∂²U/∂x_i ∂x_j at a place, row by row.
    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D];

    /// D, by which the temperature of Euler's noise is multiplied at a place (Itô); 1 for thermal noise.
    fn noise(&self, _at: [f64; D]) -> f64 {
        1.0
    }
}

/// A potential on the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line {
    /// k x²/2: one valley, where everything is known.
    Harmonic {
        /// The stiffness k of the spring, above 0.
        stiffness: f64,
    },
    /// x⁴/4 − x²/2 − tilt · x: two wells near ±1 with a hill of ¼ between them where it is not tilted. Up to a tilt of
    /// 2/√27 = 0.385 there are two.
    DoubleWell {
        /// The slope that is added, to the right where it is above 0.
        tilt: f64,
    },
    /// ¼ ((x/a)² − 1)² with a = width on the left and 1 on the right: two wells of one depth with one hill of ¼, the left one
    /// so many times as wide.
    SharpFlat {
        /// How wide the left well is, above 0.
        width: f64,
    },
}

impl Line {
    /// Where the wells are and the top of the hill between them, from left to right; none where there is no second well.
    #[must_use]
    pub fn wells(&self) -> Option<Wells> {
        match *self {
            Self::Harmonic { .. } => None,
            Self::SharpFlat { width } => Some(Wells { left: -width, top: 0.0, right: 1.0 }),
            Self::DoubleWell { tilt } => {
                // x³ − x = tilt has three roots where |tilt| < 2/√27: 2/√3 cos((φ + 2πk)/3) with cos φ = tilt √27/2.
                let cosine = tilt * libm::sqrt(27.0) / 2.0;
                if cosine.abs() >= 1.0 {
                    return None;
                }
                let angle = libm::acos(cosine);
                let root =
                    |turn: f64| 2.0 / libm::sqrt(3.0) * libm::cos((angle + 2.0 * std::f64::consts::PI * turn) / 3.0);
                Some(Wells { left: root(1.0), top: root(2.0), right: root(0.0) })
            }
        }
    }
}

/// Two wells and the top of the hill between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wells {
    /// The bottom of the left one.
    pub left: f64,
    /// The top.
    pub top: f64,
    /// The bottom of the right one.
    pub right: f64,
}

impl Potential<1> for Line {
    fn energy(&self, [x]: [f64; 1]) -> f64 {
        match *self {
            Self::Harmonic { stiffness } => 0.5 * stiffness * x * x,
            Self::DoubleWell { tilt } => x * x * (0.25 * x * x - 0.5) - tilt * x,
            Self::SharpFlat { width } => {
                let a = if x < 0.0 { width } else { 1.0 };
                let z = (x / a) * (x / a) - 1.0;
                0.25 * z * z
            }
        }
    }

    fn gradient(&self, [x]: [f64; 1]) -> [f64; 1] {
        [match *self {
            Self::Harmonic { stiffness } => stiffness * x,
            Self::DoubleWell { tilt } => x * (x * x - 1.0) - tilt,
            Self::SharpFlat { width } => {
                let a = if x < 0.0 { width } else { 1.0 };
                x / (a * a) * ((x / a) * (x / a) - 1.0)
            }
        }]
    }

    fn hessian(&self, [x]: [f64; 1]) -> [[f64; 1]; 1] {
        [[match *self {
            Self::Harmonic { stiffness } => stiffness,
            Self::DoubleWell { .. } => 3.0 * x * x - 1.0,
            Self::SharpFlat { width } => {
                let a = if x < 0.0 { width } else { 1.0 };
                (3.0 * (x / a) * (x / a) - 1.0) / (a * a)
            }
        }]]
    }
}

/// A potential in the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    /// x⁴/4 − x²/2 + y²/2.
    DoubleWell,
    /// The double well with a slope of −x/10 added.
    TiltedDoubleWell,
    /// Three valleys on a curved way, with two passes (Müller and Brown, Theor. Chim. Acta 53, 75, 1979).
    MullerBrown,
    /// (x² + y − 11)² + (x + y² − 7)²: four valleys of one depth (Himmelblau 1972).
    Himmelblau,
    /// 20 + Σ (x² − 10 cos 2πx): a great bowl with a valley in every unit square (Rastrigin 1974).
    Rastrigin,
    /// (1 − x)² + 100 (y − x²)²: one long curved valley (Rosenbrock 1960).
    Rosenbrock,
    /// x³ − 3 x y² + (x² + y²)²/4: three ways down from one point, and a wall around them.
    MonkeySaddle,
}

impl Plane {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::DoubleWell,
        Self::TiltedDoubleWell,
        Self::MullerBrown,
        Self::Himmelblau,
        Self::Rastrigin,
        Self::Rosenbrock,
        Self::MonkeySaddle,
    ];

    /// The part of the plane that is worth looking at: from and to, along x and along y.
    #[must_use]
    pub fn window(self) -> [[f64; 2]; 2] {
        match self {
            Self::DoubleWell | Self::TiltedDoubleWell => [[-1.8, 1.8], [-1.5, 1.5]],
            Self::MullerBrown => [[-1.5, 1.2], [-0.2, 2.0]],
            Self::Himmelblau => [[-5.0, 5.0], [-5.0, 5.0]],
            Self::Rastrigin => [[-2.5, 2.5], [-2.5, 2.5]],
            Self::Rosenbrock => [[-2.0, 2.0], [-1.0, 3.0]],
            Self::MonkeySaddle => [[-4.0, 3.5], [-3.75, 3.75]],
        }
    }

    fn tilt(self) -> f64 {
        if self == Self::TiltedDoubleWell { TILT } else { 0.0 }
    }
}

/// The tilt of the double well that is tilted.
pub const TILT: f64 = 0.1;

/// A term of Müller and Brown's potential: A e^{a (x − x₀)² + b (x − x₀)(y − y₀) + c (y − y₀)²}.
struct Term {
    size: f64,
    a: f64,
    b: f64,
    c: f64,
    x: f64,
    y: f64,
}

const TERMS: [Term; 4] = [
    Term { size: -200.0, a: -1.0, b: 0.0, c: -10.0, x: 1.0, y: 0.0 },
    Term { size: -100.0, a: -1.0, b: 0.0, c: -10.0, x: 0.0, y: 0.5 },
    Term { size: -170.0, a: -6.5, b: 11.0, c: -6.5, x: -0.5, y: 1.5 },
    Term { size: 15.0, a: 0.7, b: 0.6, c: 0.7, x: -1.0, y: 1.0 },
];

impl Term {
    /// The term, and the derivatives of its exponent.
    fn at(&self, x: f64, y: f64) -> (f64, f64, f64) {
        let (x, y) = (x - self.x, y - self.y);
        let value = self.size * libm::exp(self.a * x * x + self.b * x * y + self.c * y * y);
        (value, 2.0 * self.a * x + self.b * y, self.b * x + 2.0 * self.c * y)
    }
}

const TURN: f64 = 2.0 * std::f64::consts::PI;

impl Potential<2> for Plane {
    fn energy(&self, [x, y]: [f64; 2]) -> f64 {
        match self {
            Self::DoubleWell | Self::TiltedDoubleWell => x * x * (0.25 * x * x - 0.5) - self.tilt() * x + 0.5 * y * y,
            Self::MullerBrown => TERMS.iter().map(|term| term.at(x, y).0).sum(),
            Self::Himmelblau => {
                let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
                a * a + b * b
            }
            Self::Rastrigin => 20.0 + x * x + y * y - 10.0 * (libm::cos(TURN * x) + libm::cos(TURN * y)),
            Self::Rosenbrock => {
                let (a, b) = (1.0 - x, y - x * x);
                a * a + 100.0 * b * b
            }
            Self::MonkeySaddle => {
                let square = x * x + y * y;
                x * x * x - 3.0 * x * y * y + 0.25 * square * square
            }
        }
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::DoubleWell | Self::TiltedDoubleWell => [x * (x * x - 1.0) - self.tilt(), y],
            Self::MullerBrown => TERMS.iter().fold([0.0; 2], |[gx, gy], term| {
                let (value, dx, dy) = term.at(x, y);
                [gx + value * dx, gy + value * dy]
            }),
            Self::Himmelblau => {
                let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
                [4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b]
            }
            Self::Rastrigin => [x, y].map(|x| 2.0 * x + 10.0 * TURN * libm::sin(TURN * x)),
            Self::Rosenbrock => {
                let b = y - x * x;
                [-2.0 * (1.0 - x) - 400.0 * x * b, 200.0 * b]
            }
            Self::MonkeySaddle => {
                let square = x * x + y * y;
                [3.0 * (x * x - y * y) + square * x, -6.0 * x * y + square * y]
            }
        }
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        match self {
            Self::DoubleWell | Self::TiltedDoubleWell => [[3.0 * x * x - 1.0, 0.0], [0.0, 1.0]],
            Self::MullerBrown => {
                let mut sum = [[0.0; 2]; 2];
                for term in &TERMS {
                    let (value, dx, dy) = term.at(x, y);
                    sum[0][0] += value * (dx * dx + 2.0 * term.a);
                    sum[0][1] += value * (dx * dy + term.b);
                    sum[1][1] += value * (dy * dy + 2.0 * term.c);
                }
                sum[1][0] = sum[0][1];
                sum
            }
            Self::Himmelblau => {
                let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
                let mixed = 4.0 * (x + y);
                [[4.0 * a + 8.0 * x * x + 2.0, mixed], [mixed, 2.0 + 4.0 * b + 8.0 * y * y]]
            }
            Self::Rastrigin => {
                let of = |x: f64| 2.0 + 10.0 * TURN * TURN * libm::cos(TURN * x);
                [[of(x), 0.0], [0.0, of(y)]]
            }
            Self::Rosenbrock => {
                let mixed = -400.0 * x;
                [[2.0 - 400.0 * (y - 3.0 * x * x), mixed], [mixed, 200.0]]
            }
            Self::MonkeySaddle => {
                let mixed = -6.0 * y + 2.0 * x * y;
                [[6.0 * x + 3.0 * x * x + y * y, mixed], [mixed, -6.0 * x + x * x + 3.0 * y * y]]
            }
        }
    }
}
