//! Dreams that go on, and the film of how they come out of where they began.

use std::collections::VecDeque;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::settings::{DREAMS, DreamStart, RbmSettings};
use crate::{
    data::samples::Source,
    physics::{
        rbm::{
            Binarise, Samples, VisibleKind,
            bits::Bits,
            chains::Chains,
            measures::class_probabilities,
            network::{Clamp, Network},
            tempering::Tempered,
        },
        seeds,
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
    /// States before the last step, and how much a step changes: 0 for nothing, 1 for as much as one dream differs from another.
    before: Bits,
    looseness: Option<f64>,
    /// Mean energies a spin of the dreams of a magnet, the newest last.
    energies: VecDeque<f64>,
}

impl Dreams {
    /// Begins where the settings say.
    pub fn new(network: &Network, samples: &Samples, settings: &RbmSettings) -> Self {
        let seed = settings.trainer.seed;
        let from_start = |count: usize, seed: u64| begin(network, samples, settings, count, seed);
        let chains = if settings.tempered {
            DreamChains::Tempered(Box::new(Tempered::beginning(RUNGS, seed, |seed| from_start(DREAMS, seed))))
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
            before: Bits::zeros(0, 0),
            looseness: None,
            energies: VecDeque::new(),
        }
    }

    /// Returns the number of Gibbs steps since the dreams began.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One Gibbs step of the dreams and a few of the film, which begins again when it has ended and the machine has
    /// learned since.
    pub fn step(&mut self, network: &Network, samples: &Samples, settings: &RbmSettings, updates: u64) {
        let temperature = settings.temperature as f32;
        match &mut self.chains {
            DreamChains::Plain(chains) => chains.run(network, temperature, 1, self.clamp.as_ref()),
            DreamChains::Tempered(tempered) => tempered.run(network, temperature, 1, self.clamp.as_ref()),
        }
        self.steps += 1;
        self.note_change(network.shape().visible);
        if self.film.shots.is_empty() {
            self.record(network, temperature);
            self.filmed_at = updates;
        }
        for _ in 0..FILM_PACE {
            if !self.record_next(network, temperature) {
                if updates > self.filmed_at && self.steps.is_multiple_of(64) {
                    self.film_anew(network, samples, settings, updates);
                }
                break;
            }
        }
        if self.is_magnet && self.steps.is_multiple_of(5) {
            let bits = &self.shown().visible().bits;
            let side = network.shape().visible.isqrt();
            let mean = (0..DREAMS).map(|row| energy(bits, row, side)).sum::<f64>() / DREAMS as f64;
            self.energies.push_back(mean);
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

    /// Takes the film again with the machine of now, from a beginning of its own.
    fn film_anew(&mut self, network: &Network, samples: &Samples, settings: &RbmSettings, updates: u64) {
        self.seed = self.seed.wrapping_add(2);
        self.filmed = begin(network, samples, settings, FILMED, self.seed);
        self.film.shots.clear();
        self.filmed_at = updates;
        self.record(network, settings.temperature as f32);
    }

    /// How many of the dreams the machine itself reads as the label that they are held to, and how many there are.
    pub fn read(&mut self, network: &Network, label: usize) -> Option<[usize; 2]> {
        if label >= network.shape().classes || network.shape().kind != VisibleKind::Binary {
            return None;
        }
        let bits = &self.shown().visible().bits;
        let is_read = |row: &usize| {
            let classes = class_probabilities(network, bits, *row);
            let most = (0..classes.len()).max_by(|&a, &b| classes[a].total_cmp(&classes[b]));
            most == Some(label)
        };
        Some([(0..DREAMS).filter(is_read).count(), DREAMS])
    }

    /// How much a step changes: 0 for nothing, 1 for as much as one dream differs from another; none before some steps.
    pub fn looseness(&self) -> Option<f64> {
        self.looseness.filter(|_| self.steps > 20)
    }

    fn note_change(&mut self, pixels: usize) {
        let bits = self.shown().visible().bits.clone();
        let differ = |a: &Bits, row: usize, other: usize| {
            let pairs = a.values(row).zip(bits.values(other)).take(pixels);
            pairs.filter(|(a, b)| a != b).count() as f64
        };
        let unlike: f64 = (0..DREAMS).map(|row| differ(&bits, row, (row + 1) % DREAMS)).sum();
        if self.before.units() == bits.units() && unlike > 0.0 {
            let changed: f64 = (0..DREAMS).map(|row| differ(&self.before, row, row)).sum();
            let newest = changed / unlike;
            self.looseness = Some(self.looseness.map_or(newest, |mean| mean + 0.1 * (newest - mean)));
        }
        self.before = bits;
    }

    /// The chains that are shown.
    fn shown(&mut self) -> &mut Chains {
        match &mut self.chains {
            DreamChains::Plain(chains) => chains,
            DreamChains::Tempered(tempered) => tempered.coldest(),
        }
    }

    fn record(&mut self, network: &Network, temperature: f32) {
        let pixels = network.shape().visible;
        let pictures = self.filmed.pictures(network, temperature, self.clamp.as_ref());
        self.film.shots.push((0..FILMED).flat_map(|row| pictures.row(row)[..pixels].to_vec()).collect());
    }

    /// Pictures for a frame.
    pub fn fill(&mut self, network: &Network, settings: &RbmSettings, dreams: &mut Vec<f32>, film: &mut Film) {
        let pixels = network.shape().visible;
        dreams.clear();
        let (is_magnet, clamp) = (self.is_magnet, self.clamp.clone());
        let chains = self.shown();
        if is_magnet {
            // Spins are up or down, also in a dream.
            let bits = &chains.visible().bits;
            (0..DREAMS).for_each(|row| dreams.extend(bits.values(row).take(pixels).map(|on| f32::from(u8::from(on)))));
        } else {
            let pictures = chains.pictures(network, settings.temperature as f32, clamp.as_ref());
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
        DreamStart::Noise => {
            let mut chains = Chains::from_noise(network, count, seed);
            if let Some(mean) = settings.label.and_then(|label| mean_picture(samples, label)) {
                let drawn = |row: usize| {
                    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[row as u64]));
                    match network.shape().kind {
                        VisibleKind::Gaussian => mean.clone(),
                        VisibleKind::Binary => {
                            mean.iter().map(|&on| f32::from(u8::from(rng.random::<f32>() < on))).collect()
                        }
                    }
                };
                chains.set_pictures(network, drawn);
            }
            chains
        }
        DreamStart::Data => {
            // Asked for a label, it begins at pictures that have it, as far as there are such.
            let all = || (0..samples.len()).collect::<Vec<usize>>();
            let from = settings.label.map_or_else(all, |label| with_label(samples, label));
            let from = if from.is_empty() { all() } else { from };
            let place = |chain: usize| (chain * from.len() / count + seed as usize % 97) % from.len();
            let which: Vec<usize> = (0..count).map(|chain| from[place(chain)]).collect();
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

/// The mean of the pictures with a label, 0 to 1 a pixel: each pixel drawn by it is no picture yet, but leads to one.
fn mean_picture(samples: &Samples, label: usize) -> Option<Vec<f32>> {
    let which: Vec<u32> = with_label(samples, label).into_iter().map(|index| index as u32).collect();
    (!which.is_empty()).then(|| samples.select(&which).means())
}

/// The places of the pictures with a label.
fn with_label(samples: &Samples, label: usize) -> Vec<usize> {
    let has_it = |&index: &usize| samples.label(index).is_some_and(|found| usize::from(found) == label);
    (0..samples.len()).filter(has_it).collect()
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
