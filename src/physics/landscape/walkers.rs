//! Walkers on a potential: balls that roll down, and balls that heat pushes about.
//!
//! In units of their own: mass 1 and k = 1. Many walkers are stepped together; each portion of them has a stream of random
//! numbers of its own, so that the same seed gives the same walks with any number of threads.

use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rayon::prelude::*;

use super::potentials::Potential;
use crate::physics::{seeds, statistics::normal};

/// How a walker moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motion {
    /// dx = −∇U dt: straight down the slope, without heat.
    Descent,
    /// Rolls with mass and friction, without heat.
    Momentum {
        /// The friction γ, in parts of the momentum lost in a unit of time.
        friction: f64,
    },
    /// dx = −∇U dt + √(2T) dW by Euler and Maruyama: right for rates where the step is short, too wide in its wells.
    Euler,
    /// Overdamped as with Euler, by Leimkuhler and Matthews (2013), with the noise (R_n + R_{n+1})/2: right for where it is at any step that
    /// is not far too long, but too slow from well to well.
    LeimkuhlerMatthews,
    /// With mass and friction, by BAOAB (Leimkuhler and Matthews 2013).
    Baoab {
        /// The friction γ, in parts of the momentum lost in a unit of time.
        friction: f64,
    },
    /// Metropolis: a move by at most a step in each direction is made with probability min(1, e^{−ΔU/T}).
    Metropolis,
}

/// How walkers move, how hot it is, and how long a step is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// How they move.
    pub motion: Motion,
    /// T.
    pub temperature: f64,
    /// The time of a step; of Metropolis the longest move along an axis.
    pub step: f64,
}

/// A walker whose coordinate is beyond this has been thrown out by too long a step.
const FAR: f64 = 1e6;
/// Walkers that share a stream of random numbers.
const PORTION: usize = 64;

/// Some walkers on a potential in D dimensions.
#[derive(Clone, Debug)]
pub struct Walkers<const D: usize> {
    portions: Vec<Portion<D>>,
    steps: u64,
}

#[derive(Clone, Debug)]
struct Portion<const D: usize> {
    walkers: Vec<Walker<D>>,
    rng: Xoshiro256PlusPlus,
}

/// One walker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walker<const D: usize> {
    /// Where it is.
    pub at: [f64; D],
    /// Its momentum, where it has any.
    pub momentum: [f64; D],
    /// The noise that the next step uses again (Leimkuhler and Matthews).
    noise: [f64; D],
    /// Whether the last step moved it; only Metropolis may refuse.
    pub has_moved: bool,
}

impl<const D: usize> Walker<D> {
    fn new(at: [f64; D]) -> Self {
        Self { at, momentum: [0.0; D], noise: [0.0; D], has_moved: true }
    }
}

/// Steps were so long that walkers were thrown out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the steps are too long: walkers are thrown out of their wells; give shorter ones")]
pub struct ThrownOut;

impl<const D: usize> Walkers<D> {
    /// Walkers at these places, at rest; with heat their momenta are those of the temperature from the first step on.
    #[must_use]
    pub fn new(places: &[[f64; D]], temperature: f64, seed: u64) -> Self {
        let portion = |(index, places): (usize, &[[f64; D]])| {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(seed, &[index as u64]));
            let walker = |&at: &[f64; D]| {
                let mut walker = Walker::new(at);
                walker.noise = numbers(&mut rng);
                walker.momentum = numbers(&mut rng).map(|number: f64| number * libm::sqrt(temperature));
                walker
            };
            Portion { walkers: places.iter().map(walker).collect(), rng }
        };
        Self { portions: places.chunks(PORTION).enumerate().map(portion).collect(), steps: 0 }
    }

    /// All walkers, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Walker<D>> {
        self.portions.iter().flat_map(|portion| &portion.walkers)
    }

    /// Steps made so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// So many steps for each walker, each of this length in time (Metropolis: the longest move); `look` is called after
    /// each step with the walker and the note that is kept of it.
    ///
    /// # Errors
    /// If the steps were so long that a walker was thrown out.
    ///
    /// # Panics
    /// If there are not as many notes as walkers.
    pub fn run<N: Send>(
        &mut self,
        potential: &impl Potential<D>,
        heat: Heat,
        steps: u64,
        notes: &mut [N],
        look: impl Fn(&Walker<D>, &mut N) + Sync,
    ) -> Result<(), ThrownOut> {
        assert_eq!(notes.len(), self.iter().count(), "a note for each walker");
        let moves = Moves::new(heat);
        let one = |(portion, notes): (&mut Portion<D>, &mut [N])| {
            let Portion { walkers, rng } = portion;
            for _ in 0..steps {
                for (walker, note) in walkers.iter_mut().zip(&mut *notes) {
                    moves.advance(walker, potential, rng);
                    look(walker, note);
                }
            }
            let is_here = |walker: &Walker<D>| walker.at.iter().all(|x| x.abs() < FAR);
            if walkers.iter().all(is_here) { Ok(()) } else { Err(ThrownOut) }
        };
        let done = self.portions.par_iter_mut().zip(notes.par_chunks_mut(PORTION)).map(one);
        let done = done.reduce(|| Ok(()), Result::and);
        self.steps += steps;
        done
    }
}

fn numbers<const D: usize>(rng: &mut impl Rng) -> [f64; D] {
    std::array::from_fn(|_| normal(rng.random(), rng.random()))
}

/// What does not change from step to step.
struct Moves {
    heat: Heat,
    /// √(2T dt) or what stands in its place.
    noise: f64,
    /// The part of a momentum that friction leaves in one step.
    kept: f64,
}

impl Moves {
    fn new(heat: Heat) -> Self {
        let Heat { motion, temperature, step } = heat;
        let kept = match motion {
            Motion::Momentum { friction } | Motion::Baoab { friction } => libm::exp(-friction * step),
            _ => 0.0,
        };
        let noise = match motion {
            Motion::Baoab { .. } => libm::sqrt((1.0 - kept * kept) * temperature),
            Motion::LeimkuhlerMatthews => libm::sqrt(0.5 * temperature * step),
            _ => libm::sqrt(2.0 * temperature * step),
        };
        Self { heat, noise, kept }
    }

    fn advance<const D: usize>(&self, walker: &mut Walker<D>, potential: &impl Potential<D>, rng: &mut impl Rng) {
        let Heat { motion, temperature, step } = self.heat;
        match motion {
            Motion::Descent => {
                let slope = potential.gradient(walker.at);
                walker.at = std::array::from_fn(|axis| walker.at[axis] - step * slope[axis]);
            }
            Motion::Euler => {
                let (slope, noise) = (potential.gradient(walker.at), numbers::<D>(rng));
                let width = self.noise * libm::sqrt(potential.noise(walker.at));
                walker.at = std::array::from_fn(|axis| walker.at[axis] - step * slope[axis] + width * noise[axis]);
            }
            Motion::LeimkuhlerMatthews => {
                // Each noise is used twice: a fresh pair at each step would halve the temperature.
                let (slope, next) = (potential.gradient(walker.at), numbers::<D>(rng));
                walker.at = std::array::from_fn(|axis| {
                    walker.at[axis] - step * slope[axis] + self.noise * (walker.noise[axis] + next[axis])
                });
                walker.noise = next;
            }
            Motion::Momentum { .. } => {
                let slope = potential.gradient(walker.at);
                walker.momentum = std::array::from_fn(|axis| self.kept * walker.momentum[axis] - step * slope[axis]);
                walker.at = std::array::from_fn(|axis| walker.at[axis] + step * walker.momentum[axis]);
            }
            Motion::Baoab { .. } => {
                let slope = potential.gradient(walker.at);
                let noise = numbers::<D>(rng);
                for axis in 0..D {
                    let before = walker.momentum[axis] - 0.5 * step * slope[axis];
                    let after = self.kept * before + self.noise * noise[axis];
                    walker.at[axis] += 0.5 * step * (before + after);
                    walker.momentum[axis] = after;
                }
                let slope = potential.gradient(walker.at);
                (0..D).for_each(|axis| walker.momentum[axis] -= 0.5 * step * slope[axis]);
            }
            Motion::Metropolis => {
                let there = std::array::from_fn(|axis| walker.at[axis] + step * (2.0 * rng.random::<f64>() - 1.0));
                let cost = potential.energy(there) - potential.energy(walker.at);
                walker.has_moved =
                    cost <= 0.0 || (temperature > 0.0 && rng.random::<f64>() < libm::exp(-cost / temperature));
                if walker.has_moved {
                    walker.at = there;
                }
            }
        }
    }
}

/// The part of the way from the top of a hill to the bottom of a well at which the well's core begins: a walker that changes
/// from core to core has crossed, one that only touched the top has not.
pub const CORE: f64 = 0.65;

/// Which core a walker was in last, and how often it has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crossings {
    core: Option<u32>,
    /// Changes from core to core.
    pub count: u64,
}

impl Crossings {
    /// Takes note of the core that the walker is in now; none between cores.
    pub fn note(&mut self, core: Option<u32>) {
        if let Some(core) = core {
            self.count += u64::from(self.core.is_some_and(|before| before != core));
            self.core = Some(core);
        }
    }
}
