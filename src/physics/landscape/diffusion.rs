//! From data to noise and back: points diffuse, and the exact score of their smoothed density leads noise back to them.
//!
//! Forward dx = −x dt + √2 dW from each point, so that at time t the density is a mean of normal distributions about
//! x_i e^{−t} with variance v(t) = σ₀² e^{−2t} + 1 − e^{−2t} an axis. Backward, from noise at t = [`LONG`], either at random,
//! dx = −(x + 2s) dt + √2 dW, or along the flow that has the same densities, dx = −(x + s) dt, with time running down and the
//! score s = ∇ ln p_t (Song and others, arXiv 2011.13456). A learned network is replaced by the exact score here, and so every
//! sample is a training point with noise of σ₀: it creates nothing new.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::physics::{seeds, statistics::normal};

/// The time at which nothing but noise is left: the mean is still off by e^{−4}, 1.8 %.
pub const LONG: f64 = 4.0;
/// Samples that share a stream of random numbers.
const PORTION: usize = 64;

/// How samples come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sampler {
    /// Along the flow, by Heun's method; without noise after the beginning.
    #[default]
    Ode,
    /// At random, by Euler and Maruyama.
    Sde,
}

/// How the times of the steps back lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spacing {
    /// Even in ln(e^{2t} − 1 + σ₀²): short where the density changes fast.
    #[default]
    Logarithmic,
    /// Even in t. Near the end the last steps are far too long: Heun's method blows up there.
    Uniform,
}

/// Points of the plane, smoothed.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothed {
    points: Vec<[f64; 2]>,
    sigma: f64,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DiffusionError {
    /// There is nothing to come back to.
    #[error("there are no points")]
    NoPoints,
    /// A coordinate that cannot be meant.
    #[error("the coordinate {0} is not allowed: give numbers between -1000 and 1000")]
    Coordinate(f64),
    /// A width of the smoothing that cannot be meant.
    #[error("the width {0} is not allowed: give a number above 0, up to 10")]
    Width(f64),
}

/// Largest coordinate.
const FAR: f64 = 1000.0;

impl Smoothed {
    /// Points with a normal distribution of this width about each.
    ///
    /// # Errors
    /// If there are none, or a number is out of range.
    pub fn new(points: Vec<[f64; 2]>, sigma: f64) -> Result<Self, DiffusionError> {
        if points.is_empty() {
            return Err(DiffusionError::NoPoints);
        }
        if let Some(&wrong) = points.iter().flatten().find(|x| x.is_nan() || x.abs() > FAR) {
            return Err(DiffusionError::Coordinate(wrong));
        }
        if !(sigma > 0.0 && sigma <= 10.0) {
            return Err(DiffusionError::Width(sigma));
        }
        Ok(Self { points, sigma })
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// Variance of each normal distribution at a time, along each axis.
    #[must_use]
    pub fn variance(&self, time: f64) -> f64 {
        self.sigma * self.sigma * libm::exp(-2.0 * time) - libm::expm1(-2.0 * time)
    }

    /// ∇ ln p_t at a place.
    #[must_use]
    pub fn score(&self, [x, y]: [f64; 2], time: f64) -> [f64; 2] {
        let (shrunk, variance) = (libm::exp(-time), self.variance(time));
        let square = |[a, b]: [f64; 2]| {
            let (dx, dy) = (x - shrunk * a, y - shrunk * b);
            dx * dx + dy * dy
        };
        let least = self.points.iter().map(|&point| square(point)).fold(f64::INFINITY, f64::min);
        let (mut sum, mut mean) = (0.0, [0.0; 2]);
        for &[a, b] in &self.points {
            let weight = libm::exp((least - square([a, b])) / (2.0 * variance));
            sum += weight;
            mean = [mean[0] + weight * a, mean[1] + weight * b];
        }
        [(shrunk * mean[0] / sum - x) / variance, (shrunk * mean[1] / sum - y) / variance]
    }

    /// The chance that each point was the beginning of what is here at this time.
    #[must_use]
    pub fn origins(&self, [x, y]: [f64; 2], time: f64) -> Vec<f64> {
        let (shrunk, variance) = (libm::exp(-time), self.variance(time));
        let exponents: Vec<f64> = self
            .points
            .iter()
            .map(|&[a, b]| {
                let (dx, dy) = (x - shrunk * a, y - shrunk * b);
                -(dx * dx + dy * dy) / (2.0 * variance)
            })
            .collect();
        let most = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = exponents.iter().map(|exponent| libm::exp(exponent - most)).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / sum).collect()
    }

    /// How often two samples that come back from one noisy point of this time agree in class, and in point: means of Σ W² and
    /// Σ w² over so many noisy points, with w the chances of the origins and W their sums over each class. Where the first
    /// leaves chance behind the class is decided, where the second does the sample is a copy.
    ///
    /// # Panics
    /// If there are not as many classes as points.
    #[must_use]
    pub fn agreement(&self, classes: &[usize], time: f64, count: usize, seed: u64) -> [f64; 2] {
        assert_eq!(classes.len(), self.points.len(), "a class for each point");
        let kinds = classes.iter().max().map_or(0, |&most| most + 1);
        let (shrunk, width) = (libm::exp(-time), libm::sqrt(self.variance(time)));
        let one = |portion: usize| {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[portion as u64]));
            let mut sums = [0.0; 2];
            for index in portion * PORTION..((portion + 1) * PORTION).min(count) {
                let origin = self.points[index % self.points.len()];
                let at = origin.map(|x| shrunk * x + width * normal(rng.random(), rng.random()));
                let mut by_class = vec![0.0; kinds];
                for (weight, &class) in self.origins(at, time).into_iter().zip(classes) {
                    sums[1] += weight * weight;
                    by_class[class] += weight;
                }
                sums[0] += by_class.iter().map(|weight| weight * weight).sum::<f64>();
            }
            sums
        };
        // Summed in order: a sum must not depend on how threads share the points.
        let sums: Vec<[f64; 2]> = (0..count.div_ceil(PORTION)).into_par_iter().map(one).collect();
        let sum = sums.iter().fold([0.0; 2], |[a, b], [c, d]| [a + c, b + d]);
        sum.map(|sum| sum / count as f64)
    }

    /// The point that is nearest to a place.
    #[must_use]
    pub fn nearest(&self, [x, y]: [f64; 2]) -> usize {
        let square = |&[a, b]: &[f64; 2]| (x - a) * (x - a) + (y - b) * (y - b);
        let nearer = |a: &usize, b: &usize| square(&self.points[*a]).total_cmp(&square(&self.points[*b]));
        (0..self.points.len()).min_by(nearer).unwrap_or_default()
    }

    /// Times from [`LONG`] down to 0 in so many steps.
    #[must_use]
    pub fn times(&self, steps: usize, spacing: Spacing) -> Vec<f64> {
        if spacing == Spacing::Uniform {
            return (0..=steps).map(|step| LONG * (1.0 - step as f64 / steps as f64)).collect();
        }
        let square = self.sigma * self.sigma;
        let (from, to) = (libm::log(libm::expm1(2.0 * LONG) + square), libm::log(square));
        let time = |step: usize| {
            let part = step as f64 / steps as f64;
            // At the end rounding must not leave a time below 0.
            (0.5 * libm::log1p(libm::exp(from + (to - from) * part) - square)).max(0.0)
        };
        (0..=steps).map(time).collect()
    }

    /// Samples that come back from noise at these times. `go_on` is told the share that is done, and ends the work by
    /// answering `false`.
    pub fn sample(
        &self,
        count: usize,
        times: &[f64],
        sampler: Sampler,
        seed: u64,
        go_on: &(impl Fn(f64) -> bool + Sync),
    ) -> Option<Vec<[f64; 2]>> {
        portions(count, seed, go_on, |rng| {
            let mut last = [0.0; 2];
            self.come_back(times, sampler, rng, |at| last = at);
            last
        })
    }

    /// The whole ways of the samples that [`Smoothed::sample`] gives: for each its places at all times.
    pub fn ways_back(
        &self,
        count: usize,
        times: &[f64],
        sampler: Sampler,
        seed: u64,
        go_on: &(impl Fn(f64) -> bool + Sync),
    ) -> Option<Vec<Vec<[f64; 2]>>> {
        portions(count, seed, go_on, |rng| {
            let mut way = Vec::with_capacity(times.len());
            self.come_back(times, sampler, rng, |at| way.push(at));
            way
        })
    }

    /// Ways of the points into noise, one from each: its places at these times, which fall to 0, where it is the point with
    /// noise of σ₀. Between two times x → x e^{−Δ} + √(1 − e^{−2Δ}) η, exactly.
    #[must_use]
    pub fn ways_out(&self, times: &[f64], seed: u64) -> Vec<Vec<[f64; 2]>> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let way = |&point: &[f64; 2]| {
            let mut at = point.map(|x| x + self.sigma * normal(rng.random(), rng.random()));
            let mut before = 0.0;
            let mut way: Vec<[f64; 2]> = times
                .iter()
                .rev()
                .map(|&time| {
                    let passed: f64 = time - before;
                    before = time;
                    let (shrunk, width) = (libm::exp(-passed), libm::sqrt(-libm::expm1(-2.0 * passed)));
                    at = at.map(|x| shrunk * x + width * normal(rng.random(), rng.random()));
                    at
                })
                .collect();
            way.reverse();
            way
        };
        self.points.iter().map(way).collect()
    }

    /// One sample comes back from noise; `visit` is told its place at each time.
    fn come_back(
        &self,
        times: &[f64],
        sampler: Sampler,
        rng: &mut Xoshiro256PlusPlus,
        mut visit: impl FnMut([f64; 2]),
    ) {
        let mut two = || [(); 2].map(|()| normal(rng.random(), rng.random()));
        let mut at = two();
        visit(at);
        for pair in times.windows(2) {
            at = match sampler {
                Sampler::Ode => self.heun(at, pair[0], pair[1]),
                Sampler::Sde => self.euler(at, pair[0], pair[1], two()),
            };
            visit(at);
        }
    }

    /// dx/dt of the flow.
    fn flow(&self, at: [f64; 2], time: f64) -> [f64; 2] {
        let score = self.score(at, time);
        [-at[0] - score[0], -at[1] - score[1]]
    }

    fn heun(&self, at: [f64; 2], from: f64, to: f64) -> [f64; 2] {
        let step = to - from;
        let first = self.flow(at, from);
        let guess = [at[0] + step * first[0], at[1] + step * first[1]];
        let second = self.flow(guess, to);
        [at[0] + 0.5 * step * (first[0] + second[0]), at[1] + 0.5 * step * (first[1] + second[1])]
    }

    fn euler(&self, at: [f64; 2], from: f64, to: f64, noise: [f64; 2]) -> [f64; 2] {
        let (step, score) = (from - to, self.score(at, from));
        let width = libm::sqrt(2.0 * step);
        std::array::from_fn(|axis| at[axis] + step * (at[axis] + 2.0 * score[axis]) + width * noise[axis])
    }
}

/// So many results of `one`, in portions that each have a stream of random numbers of their own, so that they do not depend on
/// the number of threads.
fn portions<T: Send>(
    count: usize,
    seed: u64,
    go_on: &(impl Fn(f64) -> bool + Sync),
    one: impl Fn(&mut Xoshiro256PlusPlus) -> T + Sync,
) -> Option<Vec<T>> {
    let portions = count.div_ceil(PORTION);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let portion = |portion: usize| {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[portion as u64]));
        let here = PORTION.min(count - portion * PORTION);
        let found: Vec<T> = (0..here).map(|_| one(&mut rng)).collect();
        let finished = 1 + done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        go_on(finished as f64 / portions as f64).then_some(found)
    };
    let found: Option<Vec<Vec<T>>> = (0..portions).into_par_iter().map(portion).collect();
    found.map(|found| found.into_iter().flatten().collect())
}

/// Points along a spiral of two turns, with radius from 0.2 to 2.
#[must_use]
pub fn spiral(count: usize) -> Vec<[f64; 2]> {
    let point = |index: usize| {
        let part = (index as f64 + 0.5) / count as f64;
        let (radius, angle) = (0.2 + 1.8 * part, 4.0 * std::f64::consts::PI * part);
        [radius * libm::cos(angle), radius * libm::sin(angle)]
    };
    (0..count).map(point).collect()
}
