//! Sharp valleys and flat ones: which of them noise prefers, exactly.
//!
//! U(x) = ¼ ((x/a)² − 1)² with a = w on the left (flat) and 1 on the right (sharp): equal depths and equal hills. Thermal noise
//! is in the flat valley w/(1 + w) of the time, at every temperature. Noise that follows the curvature, dx = −U′ dt + √(2TD) dW
//! with D = c/a² (Itô) and c = 2w²/(1 + w²), so that both bottoms have the same mean D, has the density
//! p = (C/D) exp((U(0) − U(x))/(TD)) on each side: it prefers the flat valley exponentially in 1/T.

use super::{
    potentials::{Line, Potential},
    rates::simpson,
};

/// The well with noise that follows its curvature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvedNoise {
    width: f64,
}

/// The integral ends where the exponent has fallen so far.
const LOW: f64 = 50.0;

impl CurvedNoise {
    /// With a flat valley so many times as wide as the sharp one.
    #[must_use]
    pub fn new(width: f64) -> Self {
        Self { width }
    }

    fn line(self) -> Line {
        Line::SharpFlat { width: self.width }
    }

    /// D at a place.
    #[must_use]
    pub fn diffusion(self, x: f64) -> f64 {
        let square = self.width * self.width;
        let both = 2.0 * square / (1.0 + square);
        if x < 0.0 { both / square } else { both }
    }

    /// The share of the time in the flat valley, by quadrature.
    #[must_use]
    pub fn share_of_the_flat(self, temperature: f64) -> f64 {
        let line = self.line();
        let part = |way: f64| {
            let diffusion = self.diffusion(way);
            let exponent = |x: f64| (line.energy([0.0]) - line.energy([x])) / (temperature * diffusion);
            // The highest exponent is that of the bottom: without it nothing overflows.
            let bottom = if way < 0.0 { -self.width } else { 1.0 };
            let highest = exponent(bottom);
            let mut end = bottom;
            while exponent(end) > highest - LOW {
                end *= 1.01;
            }
            let sum = simpson(0.0, end.abs(), &|x| libm::exp(exponent(way * x) - highest));
            libm::log(sum / diffusion) + highest
        };
        let (flat, sharp) = (part(-1.0), part(1.0));
        1.0 / (1.0 + libm::exp(sharp - flat))
    }
}

impl Potential<1> for CurvedNoise {
    fn energy(&self, at: [f64; 1]) -> f64 {
        self.line().energy(at)
    }

    fn gradient(&self, at: [f64; 1]) -> [f64; 1] {
        self.line().gradient(at)
    }

    fn hessian(&self, at: [f64; 1]) -> [[f64; 1]; 1] {
        self.line().hessian(at)
    }

    fn noise(&self, [x]: [f64; 1]) -> f64 {
        self.diffusion(x)
    }
}

/// The share of the time that thermal noise is in a flat valley so many times as wide as the sharp one, at every temperature.
#[must_use]
pub fn thermal_share_of_the_flat(width: f64) -> f64 {
    width / (1.0 + width)
}
