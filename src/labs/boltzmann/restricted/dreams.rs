//! Dreams that go on, and the film of how they come out of where they began.

use std::collections::VecDeque;

use super::settings::{DREAMS, DreamStart, RbmSettings};
use crate::{
    data::samples::Source,
    physics::{
        rbm::{
            Binarise, Samples, VisibleKind,
            bits::Bits,
            chains::Chains,
            network::{Clamp, Network},
            tempering::Tempered,
        },
        statistics::{Bins, Estimate},
    },
};

/// Chains of the film.
pub const FILMED: usize = 3;
/// The film shows these Gibbs steps: 1, 2, 4 … 512.
pub const RECORDED_STEPS: usize = 10;
/// Temperatures of a tempered dream.
const RUNGS: usize = 6;
/// Energies kept, and the bins for their error.
const ENERGIES: usize = 200;
const BINS: usize = 16;
/// Gibbs steps of the film for one of the dreams.
const FILM_PACE: u64 = 4;

/// How dreams came from where they began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Film {
    /// Pictures at the beginning and after 1, 2, 4 … Gibbs steps, as far as they have come: [shots][chains × pixels].
    pub shots: Vec<Vec<f32>>,
}

enum DreamChains {
    Plain(Box<Chains>),
    Tempered(Box<Tempered>),
}

/// The dreams.
pub struct Dreams {
    chains: DreamChains,
    filmed: Chains,
    film: Film,
    /// Updates that the machine had when the film began.
    filmed_at: u64,
    steps: u64,
    seed: u64,
    clamp: Option<Clamp>,
    is_magnet: bool,
    /// Mean energies a spin of the dreams of a magnet, the newest last.
    energies: VecDeque<f64>,
}

impl Dreams {
    /// Begins where the settings say.
    pub fn new(network: &Network, samples: &Samples, settings: &RbmSettings) -> Self {
        let seed = settings.trainer.seed;
        let from_start = |count: usize, seed: u64| begin(network, samples, settings, count, seed);
        let chains = if settings.tempered {
            DreamChains::Tempered(Box::new(Tempered::from_noise(network, DREAMS, RUNGS, seed)))
        } else {
            DreamChains::Plain(Box::new(from_start(DREAMS, seed)))
        };
        Self {
            chains,
            filmed: from_start(FILMED, seed.wrapping_add(1)),
            film: Film::default(),
            filmed_at: 0,
            steps: 0,
            seed,
            clamp: settings.label.and_then(|label| Clamp::label(network.shape(), label)),
            is_magnet: matches!(settings.configuration.source, Source::Magnet { .. })
                && settings.configuration.kind == VisibleKind::Binary,
            energies: VecDeque::new(),
        }
    }

    /// Returns the number of Gibbs steps since the dreams began.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One Gibbs step of the dreams and a few of the film, which begins again when it has ended and the machine has
    /// learned since.
    pub fn step(&mut self, network: &Network, settings: &RbmSettings, updates: u64) {
        let temperature = settings.temperature as f32;
        match &mut self.chains {
            DreamChains::Plain(chains) => chains.run(network, temperature, 1, self.clamp.as_ref()),
            DreamChains::Tempered(tempered) => tempered.run(network, temperature, 1, self.clamp.as_ref()),
        }
        self.steps += 1;
        if self.film.shots.is_empty() {
            self.record(network, temperature);
            self.filmed_at = updates;
        }
        for _ in 0..FILM_PACE {
            if !self.record_next(network, temperature) {
                if updates > self.filmed_at && self.steps.is_multiple_of(64) {
                    self.film_anew(network, updates, temperature);
                }
                break;
            }
        }
        if self.is_magnet && self.steps.is_multiple_of(5) {
            let chains = match &mut self.chains {
                DreamChains::Plain(chains) => chains.as_mut(),
                DreamChains::Tempered(tempered) => tempered.coldest(),
            };
            let bits = &chains.visible().bits;
            let side = network.shape().visible.isqrt();
            self.energies.push_back((0..DREAMS).map(|row| energy(bits, row, side)).sum::<f64>() / DREAMS as f64);
            if self.energies.len() > ENERGIES {
                self.energies.pop_front();
            }
        }
    }

    /// One Gibbs step of the film; answers whether there was one to take.
    fn record_next(&mut self, network: &Network, temperature: f32) -> bool {
        if self.film.shots.len() > RECORDED_STEPS {
            return false;
        }
        self.filmed.run(network, temperature, 1, self.clamp.as_ref());
        if self.filmed.steps() == 1 << (self.film.shots.len() - 1) {
            self.record(network, temperature);
        }
        true
    }

    /// Takes the film to its end: a run that is over leaves no empty picture.
    pub fn end_film(&mut self, network: &Network, settings: &RbmSettings) {
        if !self.film.shots.is_empty() {
            while self.record_next(network, settings.temperature as f32) {}
        }
    }

    /// Takes the film again with the machine of now, from noise of its own.
    fn film_anew(&mut self, network: &Network, updates: u64, temperature: f32) {
        self.seed = self.seed.wrapping_add(2);
        self.filmed = Chains::from_noise(network, FILMED, self.seed);
        self.film.shots.clear();
        self.filmed_at = updates;
        self.record(network, temperature);
    }

    fn record(&mut self, network: &Network, temperature: f32) {
        let pixels = network.shape().visible;
        let pictures = self.filmed.pictures(network, temperature, self.clamp.as_ref());
        self.film.shots.push((0..FILMED).flat_map(|row| pictures.row(row)[..pixels].to_vec()).collect());
    }

    /// Pictures for a frame.
    pub fn fill(&mut self, network: &Network, settings: &RbmSettings, dreams: &mut Vec<f32>, film: &mut Film) {
        let pixels = network.shape().visible;
        let chains = match &mut self.chains {
            DreamChains::Plain(chains) => chains.as_mut(),
            DreamChains::Tempered(tempered) => tempered.coldest(),
        };
        dreams.clear();
        if self.is_magnet {
            // Spins are up or down, also in a dream.
            let bits = &chains.visible().bits;
            (0..DREAMS).for_each(|row| dreams.extend(bits.values(row).take(pixels).map(|on| f32::from(u8::from(on)))));
        } else {
            let pictures = chains.pictures(network, settings.temperature as f32, self.clamp.as_ref());
            (0..DREAMS).for_each(|row| dreams.extend_from_slice(&pictures.row(row)[..pixels]));
        }
        film.clone_from(&self.film);
    }

    /// Energy a spin of the dreams as a magnet, and its error; there is none before some steps.
    pub fn magnet_energy(&self) -> Option<[f64; 2]> {
        if self.energies.len() < 2 * BINS {
            return None;
        }
        let Estimate { value, error } =
            Bins::new(self.energies.iter().map(|&energy| [energy]), BINS).jackknife(|[mean]| mean);
        Some([value, error])
    }
}

fn begin(network: &Network, samples: &Samples, settings: &RbmSettings, count: usize, seed: u64) -> Chains {
    match settings.start {
        DreamStart::Noise => Chains::from_noise(network, count, seed),
        DreamStart::Data => {
            let which: Vec<usize> =
                (0..count).map(|chain| (chain * samples.len() / count + seed as usize % 97) % samples.len()).collect();
            Chains::from_samples(network, samples, &which, Binarise::Sample, seed)
        }
        DreamStart::Drawing => {
            let mut chains = Chains::from_noise(network, count, seed);
            if settings.drawing.len() == network.shape().visible {
                chains.set_pictures(network, |_| settings.drawing.clone());
            }
            chains
        }
    }
}

/// −Σ s s′ over neighbours on the torus, a spin.
fn energy(bits: &Bits, row: usize, side: usize) -> f64 {
    let spin = |x: usize, y: usize| if bits.get(row, y % side * side + x % side) { 1 } else { -1 };
    let at = |x: usize, y: usize| spin(x, y) * (spin(x + 1, y) + spin(x, y + 1));
    let sum: i32 = (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| at(x, y)).sum();
    -f64::from(sum) / (side * side) as f64
}

/// The mean energy a spin of pictures of magnets.
pub fn magnet_energy(samples: &Samples) -> f64 {
    let side = samples.width();
    let mut bits = Bits::zeros(1, samples.pixels());
    let of = |index: usize, bits: &mut Bits| {
        samples.grey(index).iter().enumerate().for_each(|(pixel, &grey)| bits.set(0, pixel, grey >= 128));
        energy(bits, 0, side)
    };
    let count = samples.len();
    (0..count).map(|index| of(index, &mut bits)).sum::<f64>() / count as f64
}
