//! Covariances of pairs of pixels in the data and in free dreams: what a machine must learn beyond how often each pixel is on.
//!
//! A machine without weights, whose visible biases follow the data, has every mean right and every covariance zero; while it
//! learns, those of its dreams rise to those of the data. The dreams are chains of their own, which begin at noise and never
//! restart. They are independent of each other, so that each covariance has at most the noise 0.25/√n (a product of two
//! deviations of binary pixels has a standard deviation of at most ¼; for Gaussian ones it is about their variance).

use super::{
    bits::Bits,
    chains::Chains,
    machine::VisibleKind,
    network::Network,
    samples::{Binarise, INK, Samples},
};

/// Pixels at most: those that vary most.
const PIXELS: usize = 64;
/// Dreams: enough that the noise is small beside the covariances of strokes.
pub const DREAMS: usize = 2048;
/// Dreams that take a step together.
const PORTION: usize = 256;
/// Pictures of the data at most.
const PICTURES: usize = 20_000;

/// Pairs of pixels, and the dreams in which they are counted.
pub struct PixelPairs {
    pixels: Vec<usize>,
    data: Vec<f64>,
    portions: Vec<Portion>,
    next: usize,
    steps: u64,
    is_binary: bool,
}

/// Chains with Σ v_i and Σ v_i v_j of their states.
struct Portion {
    chains: Chains,
    sums: Moments,
}

/// Sums over pictures.
#[derive(Clone, Default)]
struct Moments {
    count: f64,
    first: Vec<f64>,
    squares: f64,
    /// i < j, row by row.
    second: Vec<f64>,
}

impl Moments {
    fn new(pixels: usize) -> Self {
        Self {
            count: 0.0,
            first: vec![0.0; pixels],
            squares: 0.0,
            second: vec![0.0; pixels * pixels.saturating_sub(1) / 2],
        }
    }

    fn add(&mut self, values: &[f32]) {
        self.count += 1.0;
        let mut pair = 0;
        for (i, &value) in values.iter().enumerate() {
            self.first[i] += f64::from(value);
            self.squares += f64::from(value * value);
            let rest = &values[i + 1..];
            if value != 0.0 {
                for (sum, &other) in self.second[pair..].iter_mut().zip(rest) {
                    *sum += f64::from(value * other);
                }
            }
            pair += rest.len();
        }
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.squares += other.squares;
        self.first.iter_mut().zip(&other.first).for_each(|(sum, value)| *sum += value);
        self.second.iter_mut().zip(&other.second).for_each(|(sum, value)| *sum += value);
    }

    /// The mean over the pixels of their variances.
    fn variance(&self) -> f64 {
        let means: f64 = self.first.iter().map(|sum| (sum / self.count) * (sum / self.count)).sum();
        (self.squares / self.count - means) / self.first.len().max(1) as f64
    }

    fn covariances(&self) -> Vec<f64> {
        let mean: Vec<f64> = self.first.iter().map(|sum| sum / self.count).collect();
        let pairs = (0..mean.len()).flat_map(|i| (i + 1..mean.len()).map(move |j| (i, j)));
        pairs.zip(&self.second).map(|((i, j), sum)| sum / self.count - mean[i] * mean[j]).collect()
    }
}

/// Covariances of the same pairs in the data and in the dreams.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Covariances {
    /// Of the data, a number a pair.
    pub data: Vec<f64>,
    /// Of the dreams.
    pub dream: Vec<f64>,
    /// Standard deviation that chance alone gives each number of the dreams, at most.
    pub noise: f64,
    /// Root mean square of the differences.
    pub mismatch: f64,
}

impl PixelPairs {
    /// The pixels of these pictures that vary most, with dreams of this machine that begin at noise.
    #[must_use]
    pub fn new(network: &Network, samples: &Samples, how: Binarise, seed: u64) -> Self {
        let kind = network.shape().kind;
        let is_on = |grey: u8| match (kind, how) {
            (VisibleKind::Binary, Binarise::Threshold) => f32::from(u8::from(grey >= 128)),
            // Pixels drawn by chance from greys have the covariances of the greys.
            _ => f32::from(grey) / 255.0,
        };
        let every = samples.len().div_ceil(PICTURES).max(1);
        let pictures = || (0..samples.len()).step_by(every).map(|index| samples.grey(index));
        let count = pictures().count().max(1) as f64;
        let (mut mean, mut square) = (vec![0.0; samples.pixels()], vec![0.0; samples.pixels()]);
        for picture in pictures() {
            for ((mean, square), &grey) in mean.iter_mut().zip(&mut square).zip(picture) {
                let value = f64::from(is_on(grey));
                *mean += value / count;
                *square += value * value / count;
            }
        }
        let variance = |pixel: usize| square[pixel] - mean[pixel] * mean[pixel];
        let mut pixels: Vec<usize> = (0..samples.pixels()).collect();
        pixels.sort_by(|&a, &b| variance(b).total_cmp(&variance(a)));
        pixels.truncate(PIXELS);
        pixels.sort_unstable();
        let mut moments = Moments::new(pixels.len());
        let mut values = vec![0.0; pixels.len()];
        for picture in pictures() {
            values.iter_mut().zip(&pixels).for_each(|(value, &pixel)| *value = is_on(picture[pixel]));
            moments.add(&values);
        }
        let portion = |index: usize| Portion {
            chains: Chains::from_noise(network, PORTION, seed.wrapping_add(index as u64)),
            sums: Moments::default(),
        };
        let portions = (0..DREAMS / PORTION).map(portion).collect();
        let is_binary = kind == VisibleKind::Binary;
        Self { data: moments.covariances(), pixels, portions, next: 0, steps: 0, is_binary }
    }

    /// One Gibbs step of some of the dreams, and their counts anew.
    pub fn step(&mut self, network: &Network) {
        let portion = &mut self.portions[self.next];
        portion.chains.run(network, 1.0, 1, None);
        portion.sums = Moments::new(self.pixels.len());
        let layer = portion.chains.visible();
        let mut values = vec![0.0; self.pixels.len()];
        for row in 0..PORTION {
            for (value, &pixel) in values.iter_mut().zip(&self.pixels) {
                *value = if self.is_binary { on(&layer.bits, row, pixel) } else { layer.input.row(row)[pixel] / INK };
            }
            portion.sums.add(&values);
        }
        self.next = (self.next + 1) % self.portions.len();
        self.steps += 1;
    }

    /// Gibbs steps that each dream has taken.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps / self.portions.len() as u64
    }

    /// What was counted last; none before each dream has taken a step.
    #[must_use]
    pub fn covariances(&self) -> Option<Covariances> {
        if self.steps() == 0 {
            return None;
        }
        let mut all = Moments::new(self.pixels.len());
        self.portions.iter().for_each(|portion| all.join(&portion.sums));
        let dream = all.covariances();
        let squares: f64 = dream.iter().zip(&self.data).map(|(dream, data)| (dream - data) * (dream - data)).sum();
        let mismatch = libm::sqrt(squares / self.data.len().max(1) as f64);
        let largest = if self.is_binary { 0.25 } else { all.variance() };
        let noise = largest / libm::sqrt(DREAMS as f64);
        Some(Covariances { data: self.data.clone(), dream, noise, mismatch })
    }
}

fn on(bits: &Bits, row: usize, pixel: usize) -> f32 {
    f32::from(u8::from(bits.get(row, pixel)))
}
