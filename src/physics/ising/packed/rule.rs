//! What a local rule comes to for 64 spins at a time: a few probabilities as binary digits, with the rest that the digits
//! leave out.
//!
//! A spin belongs to one class, by what its neighbours' field says; in each class the *favoured* direction is left with a
//! probability q, and the other one always (Metropolis) or with 1 − q (heat bath). q is cut off after [`DIGITS`] binary
//! digits, so that a mask of bits that are each one with that probability costs as many random words; what is cut off,
//! r = (q − q_cut)/(1 − q_cut), is made good by rare events, so that q is exact to double precision.

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::lanes::{Around, LANES, Lanes};
use crate::physics::ising::{Parameters, local::FlipProbability, threshold};

/// Binary digits of a probability, and random words for 64 spins.
pub const DIGITS: usize = 12;
/// Classes: so many neighbours up, 0 to 4. Without a field a class and its mirror image are one.
pub const CLASSES: usize = 5;

const ALL: u64 = u64::MAX;

/// A probability as the masks are made of it: x ← (x ^ `change`) & word for each digit, then x ^ `last`.
///
/// From the least significant digit on, a mask of probability p becomes one of (p + digit)/2 by OR or AND with a random
/// word. OR is AND of complements, and the complement of a random word is as random: so complementing where the digit
/// changes leaves one operation for either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C, align(64))]
pub struct Digits {
    /// Eight times over, so that they are used from memory as they are.
    pub change: [Lanes; DIGITS],
    pub last: u64,
    /// Zeros where a rare event makes the mask zero, and ones where it makes it one.
    pub rare: u64,
}

impl Digits {
    /// The digits of a probability, 0 to 1, and the part that they leave out, 2⁻¹¹ at most: of a probability above one half
    /// they are those of its complement, because what they leave out counts among the rest of the bits, and of 0.9999 that
    /// would be nearly all of it.
    #[must_use]
    pub fn of(probability: f64) -> (Self, f64) {
        if probability > 0.5 {
            let (digits, rest) = Self::of(1.0 - probability);
            return (Self { last: !digits.last, rare: 0, ..digits }, rest);
        }
        let scale = f64::from(1_u32 << DIGITS);
        let whole = (probability * scale).floor();
        let cut = whole / scale;
        let mut digits = Self { rare: ALL, ..Self::default() };
        let mut before = 0;
        for (place, change) in digits.change.iter_mut().enumerate() {
            let digit = if whole as u32 >> place & 1 == 1 { ALL } else { 0 };
            *change = [digit ^ before; LANES];
            before = digit;
        }
        digits.last = before;
        (digits, ((probability - cut) / (1.0 - cut)).clamp(0.0, 1.0))
    }
}

/// One class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Class {
    pub digits: Digits,
    /// Ones where the favoured direction is up.
    pub favoured: u64,
    /// Ones where the other direction is always left, and not with 1 − q.
    pub always: u64,
    /// The part of q that the digits leave out.
    pub rest: f64,
}

impl Class {
    /// The class of spins with this sum of neighbours.
    fn new(parameters: &Parameters, rule: FlipProbability, neighbour_sum: i32) -> Self {
        let pull = f64::from(parameters.coupling.sign() * neighbour_sum) + parameters.field;
        let favoured: i8 = if pull >= 0.0 { 1 } else { -1 };
        let (stay, leave) = (rule(parameters, favoured, neighbour_sum), rule(parameters, -favoured, neighbour_sum));
        let (digits, rest) = Digits::of(stay);
        // Heat bath leaves with 1 − q; whatever does not is Metropolis, which always leaves.
        let always = if leave >= 1.0 && stay > 0.0 { ALL } else { 0 };
        Self { digits, favoured: if favoured > 0 { ALL } else { 0 }, always, rest }
    }
}

/// Spins asked at once.
pub const VECTOR: usize = 64 * LANES;
/// Quiet vectors that have an entry in the table.
const WAITING: usize = 64;
/// 2⁻⁵⁵: what is left of a word behind a place, as a number below one.
const UNIFORM: f64 = f64::from_bits((1023 - 55) << 52);
/// Candidates in one vector that have an entry: more than these come less than once in 10¹⁴.
const MANY: usize = 12;

/// When rare events come: every spin is a candidate with the largest probability that any class leaves out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RareEvents {
    /// How often a spin is a candidate.
    pub rate: f64,
    /// P(at most n vectors without a candidate come next), n = 0, 1 …, as thresholds for 64-bit words.
    waiting: Vec<u64>,
    /// ln P(a vector has none).
    log_survival: f64,
    /// P(at most n candidates in a vector that has some), n = 1, 2 …
    many: Vec<u64>,
}

impl RareEvents {
    pub fn new(rate: f64) -> Self {
        // Binomial, from the probability of none: in logarithms, so that small rates keep all their digits.
        let log_survival = VECTOR as f64 * libm::log1p(-rate);
        let some = -libm::expm1(log_survival);
        let waiting = (1..=WAITING).map(|vectors| threshold(-libm::expm1(log_survival * vectors as f64))).collect();
        let mut chance = libm::exp(log_survival);
        let mut sum = 0.0;
        let many = (0..MANY).map(|before| {
            chance *= (VECTOR - before) as f64 / (before + 1) as f64 * rate / (1.0 - rate);
            sum += chance / some;
            threshold(sum.min(1.0))
        });
        Self { rate, waiting, log_survival, many: if rate > 0.0 { many.collect() } else { Vec::new() } }
    }

    /// Vectors without a candidate before the next one that has some.
    pub fn waiting_vectors(&self, words: &mut impl Rng) -> u64 {
        if self.rate == 0.0 {
            return u64::MAX;
        }
        let word = words.next_u64();
        let count = self.waiting.partition_point(|&threshold| threshold <= word) as u64;
        if count < WAITING as u64 {
            return count;
        }
        // What the table does not reach is geometric again.
        let uniform = 1.0 - words.random::<f64>();
        count.saturating_add((libm::log(uniform) / self.log_survival) as u64)
    }

    /// The candidates of a vector that has some: calls with the place of each, and with luck of 0 to 1.
    pub fn candidates(&self, words: &mut impl Rng, mut call: impl FnMut(usize, f64)) {
        let word = words.next_u64();
        let count = 1 + self.many.partition_point(|&threshold| threshold <= word);
        let mut seen = [VECTOR; MANY + 1];
        for index in 0..count {
            // Another place than those before.
            let (place, uniform) = loop {
                let word = words.next_u64();
                let place = (word % VECTOR as u64) as usize;
                if !seen[..index].contains(&place) {
                    break (place, (word >> 9) as f64 * UNIFORM);
                }
            };
            seen[index] = place;
            call(place, uniform);
        }
    }
}

/// A rule at some parameters, for the kernel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// By the number of neighbours that are up.
    pub classes: [Class; CLASSES],
    /// Without a field up and down are alike: three classes by how many neighbours agree are enough.
    pub is_symmetric: bool,
    /// Ones where neighbours want to differ.
    pub differ: u64,
    /// When a spin is asked again because the digits leave something out.
    pub rare_events: RareEvents,
}

impl Rule {
    /// Tabulates a local rule at these parameters: five classes by the number of neighbours that are up, with twelve
    /// binary digits of each probability and the rare events that make it exact.
    #[must_use]
    pub fn new(parameters: &Parameters, rule: FlipProbability) -> Self {
        let class = |up: usize| Class::new(parameters, rule, 2 * up as i32 - 4);
        let classes: [Class; CLASSES] = std::array::from_fn(class);
        let rarest = classes.iter().fold(0.0_f64, |most, class| most.max(class.rest));
        Self {
            is_symmetric: parameters.field == 0.0,
            differ: if parameters.coupling.sign() < 0 { ALL } else { 0 },
            rare_events: RareEvents::new(rarest),
            classes,
        }
    }

    /// What a rare event makes of a spin, if its class leaves out more than `uniform` (0 to 1) of the rate: as though the
    /// mask were one, or none.
    pub fn decide(&self, around: &Around<1>, bit: u32, uniform: f64) -> Option<bool> {
        let at = |words: &Lanes<1>| words[0] >> bit & 1;
        let up = at(&around.above) + at(&around.below) + at(&around.same) + at(&around.beside);
        let class = &self.classes[up as usize];
        if uniform * self.rare_events.rate >= class.rest {
            return None;
        }
        let (spin, favoured) = (at(&around.spins) == 1, class.favoured != 0);
        let mask = class.digits.rare != 0;
        let flips = mask ^ (spin != favoured && !(mask && class.always != 0));
        Some(spin != flips)
    }
}
