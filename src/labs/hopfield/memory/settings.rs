//! What acts on the network, as one plain struct: controls edit it, undo steps through it, the settings file keeps it. And how
//! it is run, which is saved but not undone.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::picture::Picture;
use crate::{
    data::{drawings::DrawnSet, import::Ink},
    labs::kit::Repair,
    physics::hopfield::{
        Dynamics, Patterns, Rule,
        dense::HIGHEST_POWER,
        patterns::{random_bits, with_noise},
    },
};

/// Sides of the pad.
pub const SIDES: std::ops::RangeInclusive<usize> = 5..=64;
/// Sides offered by buttons.
pub const OFFERED_SIDES: [usize; 7] = [8, 10, 16, 20, 28, 40, 64];
/// Built-in pictures are told apart from this side on.
pub const SMALLEST_DRAWN: usize = 8;
/// Memories on the shelf at most.
pub const MOST_MEMORIES: usize = 200;
/// Highest temperature of the slider, in units where a clean Hebb memory pulls with 1.
pub const HOTTEST: f64 = 1.5;
/// Range of the limited speed in neurons a second; faster than that it runs as fast as it goes.
pub const SPEEDS: std::ops::RangeInclusive<f64> = 1.0..=1e6;
/// Up to this speed the neuron that is asked is shown with its field.
pub const EXPLAINED: f64 = 12.0;
/// Range of β of the modern network.
pub const BETAS: std::ops::RangeInclusive<f64> = 0.001..=1.0;
/// Range of the gain of graded neurons.
pub const GAINS: std::ops::RangeInclusive<f64> = 1.0..=20.0;

/// What the neurons are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Neurons {
    /// +1 or −1.
    #[default]
    OnOff,
    /// Graded outputs, continuous time (Hopfield 1984).
    Graded,
    /// Continuous state with softmax (Ramsauer and others 2020).
    Modern,
}

/// Who updates when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// One by one in random order.
    #[default]
    Random,
    /// One by one, row by row.
    RowByRow,
    /// All at once.
    AllAtOnce,
    /// In random order with noise.
    Noisy,
    /// With noise that fades away.
    Annealed,
}

impl Order {
    /// In the order of the controls.
    pub const ALL: [Self; 5] = [Self::Random, Self::RowByRow, Self::AllAtOnce, Self::Noisy, Self::Annealed];

    /// Whether the temperature matters.
    #[must_use]
    pub fn has_noise(self) -> bool {
        matches!(self, Self::Noisy | Self::Annealed)
    }
}

/// Where a memory comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A person drew or imported it.
    #[default]
    Made,
    /// It comes with the program: a set by its place in [`DrawnSet::ALL`], and a picture of it.
    Drawn(u8, u8),
    /// Drawn by lot with this seed.
    Random(u64),
}

/// A memory on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Its name; empty for a built-in picture that keeps its own.
    pub name: String,
    /// Its picture.
    pub picture: Picture,
    /// Whether the network learns it.
    pub on: bool,
    /// Where it comes from.
    pub source: Source,
    /// How it was before the pad had another side: what another side is made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Picture>,
}

impl Memory {
    /// A memory that is on.
    #[must_use]
    pub fn new(name: String, picture: Picture, source: Source) -> Self {
        Self { name, picture, on: true, source, original: None }
    }

    /// Brings it to another side of the pad: built-in and random pictures are drawn anew, others resampled from their original.
    fn take_side(&mut self, side: usize) {
        self.picture = match self.source {
            Source::Drawn(set, index) => DrawnSet::ALL[usize::from(set)].draw(index.into(), side).into(),
            Source::Random(seed) => random_picture(seed, side),
            Source::Made => {
                let original = self.original.get_or_insert_with(|| self.picture.clone());
                original.resampled(side)
            }
        };
    }
}

/// A picture of so many cells along a side, each on or off by lot.
#[must_use]
pub fn random_picture(seed: u64, side: usize) -> Picture {
    random_bits(side * side, &mut Xoshiro256PlusPlus::seed_from_u64(seed)).into()
}

/// What was done to the clean picture on the pad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Occlusion {
    /// Nothing.
    #[default]
    None,
    /// The left half is off.
    Left,
    /// The right half is off.
    Right,
    /// The upper half is off.
    Top,
    /// The lower half is off.
    Bottom,
}

/// Everything that acts on the network: sent, undone and saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HopfieldSettings {
    /// Cells along a side of the pad; N is its square.
    pub side: usize,
    /// The shelf, in order.
    pub memories: Vec<Memory>,
    /// What is on in the pictures from files that are on the shelf, so that others and probes are read as they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ink: Option<Ink>,
    /// What recall begins with.
    pub pad: Picture,
    /// The picture on the pad before it was spoiled.
    pub clean: Picture,
    /// Fraction of the bits that are turned.
    pub noise: f64,
    /// Which of them.
    pub noise_seed: u64,
    /// Which half is hidden.
    pub hidden: Occlusion,
    /// The clean picture as it was before the pad had another side, as long as it is that picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Picture>,
    /// The learning rule.
    pub rule: Rule,
    /// The power of the polynomial rule, kept while another rule is chosen.
    pub power: u32,
    /// What the neurons are.
    pub neurons: Neurons,
    /// Who updates when.
    pub order: Order,
    /// T for the orders with noise.
    pub temperature: f64,
    /// β of the modern network.
    pub beta: f64,
    /// Gain of graded neurons.
    pub gain: f64,
    /// Seed of the order and of the noise.
    pub seed: u64,
}

/// How the network is run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HopfieldRun {
    /// Neurons a second; none means as fast as it goes.
    pub speed: Option<f64>,
}

impl Default for HopfieldRun {
    fn default() -> Self {
        Self { speed: Some(250.0) }
    }
}

impl Repair for HopfieldRun {
    fn repaired(self) -> Self {
        let in_range = |speed: f64| if speed.is_finite() { speed.clamp(*SPEEDS.start(), *SPEEDS.end()) } else { 250.0 };
        Self { speed: self.speed.map(in_range) }
    }
}

impl Default for HopfieldSettings {
    fn default() -> Self {
        let side = 20;
        // The class that confuses Hebb and not the others: look-alike digits.
        let digits = [1, 2, 3, 4, 6, 7];
        let memories: Vec<Memory> = digits.iter().map(|&digit| drawn(DrawnSet::Digits, digit, side)).collect();
        let clean = memories[2].picture.clone();
        let blank = Self {
            side,
            memories,
            ink: None,
            pad: clean.clone(),
            clean,
            noise: 0.2,
            noise_seed: 1982,
            hidden: Occlusion::None,
            original: None,
            rule: Rule::PseudoInverse,
            power: 3,
            neurons: Neurons::OnOff,
            order: Order::Random,
            temperature: 0.4,
            beta: 0.03,
            gain: 10.0,
            seed: 1982,
        };
        blank.corrupted()
    }
}

/// A built-in picture as a memory.
#[must_use]
pub fn drawn(set: DrawnSet, index: usize, side: usize) -> Memory {
    let place = DrawnSet::ALL.iter().position(|&other| other == set).unwrap_or_default();
    Memory::new(String::new(), set.draw(index, side).into(), Source::Drawn(place as u8, index as u8))
}

impl HopfieldSettings {
    /// The number of neurons N, one for each cell of the pad.
    #[must_use]
    pub fn neuron_count(&self) -> usize {
        self.side * self.side
    }

    /// The order and its temperature as the model knows them.
    #[must_use]
    pub fn dynamics(&self) -> Dynamics {
        match self.order {
            Order::Random => Dynamics::RandomOrder,
            Order::RowByRow => Dynamics::Sequential,
            Order::AllAtOnce => Dynamics::Synchronous,
            Order::Noisy => Dynamics::HeatBath { temperature: self.temperature },
            Order::Annealed => Dynamics::Annealed { from: self.temperature, sweeps: 40 },
        }
    }

    /// The ink that the pictures of the shelf were read with, where there are such.
    #[must_use]
    pub fn ink_of_the_shelf(&self) -> Option<Ink> {
        let is_made = |memory: &Memory| memory.source == Source::Made;
        self.ink.filter(|_| self.memories.iter().any(is_made))
    }

    /// The memories that are switched on, by their places on the shelf.
    #[must_use]
    pub fn active(&self) -> Vec<usize> {
        (0..self.memories.len()).filter(|&index| self.memories[index].on).collect()
    }

    /// The memories that are switched on, as the network learns them.
    #[must_use]
    pub fn patterns(&self) -> Option<Patterns> {
        let mut patterns = Patterns::new(self.neuron_count()).ok()?;
        for memory in self.memories.iter().filter(|memory| memory.on) {
            patterns.push(&memory.picture.0).ok()?;
        }
        Some(patterns)
    }

    /// With the pad worked out anew from the clean picture, its noise and what is hidden.
    #[must_use]
    pub fn corrupted(mut self) -> Self {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.noise_seed);
        let mut bits = with_noise(&self.clean.0, self.noise, &mut rng);
        let side = self.side;
        for (index, bit) in bits.iter_mut().enumerate() {
            let (x, y) = (2 * (index % side), 2 * (index / side));
            let hidden = match self.hidden {
                Occlusion::None => false,
                Occlusion::Left => x < side,
                Occlusion::Right => x + 1 > side,
                Occlusion::Top => y < side,
                Occlusion::Bottom => y + 1 > side,
            };
            if hidden {
                *bit = -1;
            }
        }
        self.pad = bits.into();
        self
    }

    /// Puts a picture on the pad, clean.
    pub fn put_on_pad(&mut self, picture: Picture) {
        (self.noise, self.hidden) = (0.0, Occlusion::None);
        self.pad = picture.clone();
        self.clean = picture;
    }

    /// All pictures on a pad of another side; going there and back restores them.
    #[must_use]
    pub fn with_side(mut self, side: usize) -> Self {
        let shown = self.memories.iter().position(|memory| memory.picture == self.clean);
        self.memories.iter_mut().for_each(|memory| memory.take_side(side));
        let original = self.original.take().filter(|original| original.resampled(self.side) == self.clean);
        let original = original.unwrap_or_else(|| self.clean.clone());
        let was_clean = self.pad == self.clean;
        self.clean = match shown {
            Some(index) => self.memories[index].picture.clone(),
            None => original.resampled(side),
        };
        self.pad = if was_clean { self.clean.clone() } else { self.pad.resampled(side) };
        (self.side, self.original) = (side, Some(original));
        if self.noise > 0.0 || self.hidden != Occlusion::None { self.corrupted() } else { self }
    }
}

impl Repair for HopfieldSettings {
    fn repaired(mut self) -> Self {
        let fallback = Self::default();
        if !SIDES.contains(&self.side) {
            return fallback;
        }
        let neurons = self.neuron_count();
        let known = |memory: &Memory| match memory.source {
            Source::Made | Source::Random(_) => true,
            Source::Drawn(set, index) => {
                DrawnSet::ALL.get(usize::from(set)).is_some_and(|set| usize::from(index) < set.names().len())
            }
        };
        self.memories.retain(|memory| memory.picture.0.len() == neurons && known(memory));
        self.memories.truncate(MOST_MEMORIES);
        let originals = self.memories.iter_mut().map(|memory| &mut memory.original).chain([&mut self.original]);
        // Of a picture that is no square nothing can be made.
        originals.for_each(|original| *original = original.take().filter(Picture::is_a_pad));
        for picture in [&mut self.pad, &mut self.clean] {
            if picture.0.len() != neurons {
                *picture = vec![-1; neurons].into();
            }
        }
        let number = |value: f64, fallback: f64| if value.is_finite() { value } else { fallback };
        self.noise = number(self.noise, 0.0).clamp(0.0, 0.5);
        self.temperature = number(self.temperature, fallback.temperature).clamp(0.0, HOTTEST);
        self.beta = number(self.beta, fallback.beta).clamp(*BETAS.start(), *BETAS.end());
        self.gain = number(self.gain, fallback.gain).clamp(*GAINS.start(), *GAINS.end());
        self.power = self.power.clamp(2, HIGHEST_POWER);
        if let Rule::Polynomial(power) = &mut self.rule {
            *power = self.power;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_the_file_and_broken_ones_are_repaired() {
        let settings = HopfieldSettings::default();
        let text = serde_json::to_string(&settings).expect("plain data");
        assert_eq!(serde_json::from_str::<HopfieldSettings>(&text).expect("as written"), settings);
        let mut broken = settings.clone();
        broken.memories[0].picture = vec![1; 7].into();
        broken.memories[1].source = Source::Drawn(0, 99);
        broken.pad = vec![1; 3].into();
        broken.temperature = f64::NAN;
        let repaired = broken.repaired();
        assert_eq!((repaired.memories.len(), repaired.pad.0.len()), (4, 400));
        assert_eq!(repaired.clone().repaired(), repaired);
    }

    #[test]
    fn noise_moves_without_changing_which_bits_come_first_and_goes_back_to_clean() {
        let settings = HopfieldSettings::default();
        let turned = |noise: f64| {
            let corrupted = HopfieldSettings { noise, ..settings.clone() }.corrupted();
            corrupted.pad.0.iter().zip(&*settings.clean.0).map(|(a, b)| a != b).collect::<Vec<_>>()
        };
        let (little, much) = (turned(0.1), turned(0.3));
        assert!(little.iter().zip(&much).all(|(&little, &much)| !little || much));
        assert_eq!(turned(0.0).iter().filter(|&&turned| turned).count(), 0);
        let hidden = HopfieldSettings { noise: 0.0, hidden: Occlusion::Left, ..settings.clone() }.corrupted();
        assert!((0..400).all(|index| if index % 20 < 10 {
            hidden.pad.0[index] == -1
        } else {
            hidden.pad.0[index] == settings.clean.0[index]
        }));
    }
}
