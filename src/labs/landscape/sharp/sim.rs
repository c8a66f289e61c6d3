//! Three crowds on one potential: with thermal noise, with noise that follows the curvature, and without noise.
//!
//! All start at the same places, evenly from −2w to 2. Once they have mixed, each ball keeps how often it was in the flat
//! valley: balls are independent of each other, so that the scatter of these shares gives an honest error.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    frame::{BALLS, COLUMNS, HeatDot, SharpFrame, column, range},
    settings::{SharpSettings, TEMPERATURES},
};
use crate::{
    labs::kit::Repair,
    physics::{
        landscape::{
            potentials::{Line, Potential},
            sharp_flat::{CurvedNoise, thermal_share_of_the_flat},
            walkers::{Heat, Motion, Walker, Walkers},
        },
        statistics::Estimate,
    },
    simulation::{Budget, Progress, Simulation},
};

/// Balls of each crowd.
pub(super) const CROWD: usize = 1000;
/// The crowds have mixed after this time, at the temperatures and widths at which they do in a class.
pub(super) const MIXES: f64 = 50.0;
/// A mean over less than this time is no point of the plot against temperature.
const WORTH_A_DOT: f64 = 20.0;
/// Points that are kept, of the history and against temperature.
const MOST_POINTS: usize = 400;
const MOST_DOTS: usize = 64;
/// Places of an exact curve against temperature.
const CURVE: usize = 48;

/// What a person tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum SharpCommand {
    /// New settings, whole.
    Set(SharpSettings),
    /// All crowds start anew.
    Restart,
    /// What was counted at temperatures is forgotten.
    Clear,
}

/// What is kept of a ball: steps in the flat valley, while steps are counted.
#[derive(Clone, Copy, Debug, Default)]
struct Note {
    flat: u32,
}

struct Run {
    walkers: Walkers<1>,
    notes: Vec<Note>,
    histogram: Vec<u64>,
}

/// The simulation of the page.
pub struct SharpSimulation {
    settings: SharpSettings,
    runs: [Run; 3],
    /// Steps since the start, and of them those that are counted.
    steps: u64,
    counted: u32,
    /// Time since the start, and when counting began: after a change of temperature later than [`MIXES`].
    time: f64,
    counts_from: f64,
    history: Vec<[f32; 4]>,
    /// Steps between two points of the history.
    stride: u64,
    dots: Vec<HeatDot>,
    curves: Vec<[f64; 3]>,
    exact: [f64; 3],
    exact_densities: [Vec<f32>; 3],
    thrown: bool,
}

impl SharpSimulation {
    /// Crowds with these settings at their starts.
    #[must_use]
    pub fn new(settings: SharpSettings) -> Self {
        let settings = settings.repaired();
        let mut made = Self {
            settings,
            runs: starts(settings),
            steps: 0,
            counted: 0,
            time: 0.0,
            counts_from: MIXES,
            history: Vec::with_capacity(MOST_POINTS + 1),
            stride: 1,
            dots: Vec::with_capacity(MOST_DOTS + 1),
            curves: Vec::new(),
            exact: [0.0; 3],
            exact_densities: Default::default(),
            thrown: false,
        };
        made.work_out();
        made
    }

    /// Everything exact.
    fn work_out(&mut self) {
        let SharpSettings { width, temperature, .. } = self.settings;
        let (line, curved) = (Line::SharpFlat { width }, CurvedNoise::new(width));
        let thermal = thermal_share_of_the_flat(width);
        // Starts lie evenly over both valleys, which are as long as they are wide.
        self.exact = [thermal, curved.share_of_the_flat(temperature), thermal];
        let of = |log: &dyn Fn(f64) -> f64| normalised(log, width);
        self.exact_densities = [
            of(&|x| -line.energy([x]) / temperature),
            of(&|x| {
                let diffusion = curved.diffusion(x);
                (line.energy([0.0]) - line.energy([x])) / (temperature * diffusion) - diffusion.ln()
            }),
            Vec::new(),
        ];
        let (low, high) = (*TEMPERATURES.start(), *TEMPERATURES.end());
        let at = |place: usize| {
            let temperature = low * (high / low).powf(place as f64 / (CURVE - 1) as f64);
            [temperature, thermal, curved.share_of_the_flat(temperature)]
        };
        self.curves = (0..CURVE).map(at).collect();
    }

    fn restart(&mut self) {
        self.runs = starts(self.settings);
        (self.steps, self.time, self.stride, self.thrown) = (0, 0.0, 1, false);
        self.history.clear();
        self.count_from(MIXES);
    }

    fn count_from(&mut self, time: f64) {
        self.counts_from = time;
        self.counted = 0;
        for run in &mut self.runs {
            run.notes.fill(Note::default());
            run.histogram.fill(0);
        }
    }

    fn set(&mut self, settings: SharpSettings) {
        let settings = settings.repaired();
        let before = std::mem::replace(&mut self.settings, settings);
        if before == settings {
            return;
        }
        if before.width != settings.width || before.step != settings.step {
            // Other valleys, or another shift by the step: what was counted means nothing here.
            self.dots.clear();
        }
        self.work_out();
        if before.width != settings.width || before.seed != settings.seed || self.thrown {
            self.restart();
        } else {
            // They go on from where they are, and must mix again.
            self.count_from(self.time + MIXES);
        }
    }

    /// The mean share of a crowd while it was counted: from balls that know nothing of each other.
    fn counted(&self, run: &Run) -> Option<Estimate> {
        if self.counted == 0 {
            return None;
        }
        let share = |note: &Note| f64::from(note.flat) / f64::from(self.counted);
        let mean = run.notes.iter().map(share).sum::<f64>() / CROWD as f64;
        let scatter = run.notes.iter().map(|note| (share(note) - mean).powi(2)).sum::<f64>();
        Some(Estimate { value: mean, error: (scatter / (CROWD * (CROWD - 1)) as f64).sqrt() })
    }

    fn counted_for(&self) -> f64 {
        f64::from(self.counted) * self.settings.step
    }

    fn note_dot(&mut self) {
        if self.counted_for() < WORTH_A_DOT {
            return;
        }
        let (Some(thermal), Some(curved)) = (self.counted(&self.runs[0]), self.counted(&self.runs[1])) else { return };
        let dot =
            HeatDot { temperature: self.settings.temperature, time: self.counted_for(), shares: [thermal, curved] };
        match self.dots.iter_mut().find(|known| known.temperature == dot.temperature) {
            // After a new start what was counted for longer stays.
            Some(known) if known.time > dot.time => {}
            Some(known) => *known = dot,
            None => self.dots.push(dot),
        }
        let surplus = self.dots.len().saturating_sub(MOST_DOTS);
        self.dots.drain(..surplus);
    }

    fn note_history(&mut self) {
        if !self.steps.is_multiple_of(self.stride) {
            return;
        }
        let shares = self.runs.each_ref().map(share_now);
        self.history.push([self.time as f32, shares[0] as f32, shares[1] as f32, shares[2] as f32]);
        if self.history.len() > MOST_POINTS {
            // Every second point, and from now on half as often.
            let mut place = 0;
            self.history.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.stride *= 2;
        }
    }

    fn step(&mut self) {
        let SharpSettings { width, temperature, step, .. } = self.settings;
        let counts = self.time >= self.counts_from;
        let look = |walker: &Walker<1>, note: &mut Note| note.flat += u32::from(counts && walker.at[0] < 0.0);
        let heat = |motion| Heat { motion, temperature, step };
        let (line, curved) = (Line::SharpFlat { width }, CurvedNoise::new(width));
        let [thermal, follows, descent] = &mut self.runs;
        let done = [
            thermal.walkers.run(&line, heat(Motion::Euler), 1, &mut thermal.notes, look),
            follows.walkers.run(&curved, heat(Motion::Euler), 1, &mut follows.notes, look),
            descent.walkers.run(&line, heat(Motion::Descent), 1, &mut descent.notes, look),
        ];
        self.thrown = done.iter().any(Result::is_err);
        self.steps += 1;
        self.time += step;
        if counts {
            self.counted += 1;
            // Places of balls change little from step to step.
            if self.counted.is_multiple_of(10) {
                for run in &mut self.runs {
                    run.walkers.iter().filter_map(|walker| place_of(walker.at[0], width)).for_each(|place| {
                        run.histogram[place] += 1;
                    });
                }
            }
        }
        self.note_history();
    }
}

fn starts(settings: SharpSettings) -> [Run; 3] {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(settings.seed);
    let length = 2.0 * settings.width + 2.0;
    let places: Vec<[f64; 1]> = (0..CROWD).map(|_| [length * rng.random::<f64>() - 2.0 * settings.width]).collect();
    // The same noise is not the same for all: each crowd has a seed of its own.
    [0, 1, 2].map(|crowd: u64| Run {
        walkers: Walkers::new(&places, settings.temperature, settings.seed.wrapping_mul(3).wrapping_add(crowd)),
        notes: vec![Note::default(); CROWD],
        histogram: vec![0; COLUMNS],
    })
}

fn share_now(run: &Run) -> f64 {
    run.walkers.iter().filter(|walker| walker.at[0] < 0.0).count() as f64 / CROWD as f64
}

fn place_of(x: f64, width: f64) -> Option<usize> {
    let [low, high] = range(width);
    let place = (x - low) / (high - low) * COLUMNS as f64;
    (place >= 0.0 && place < COLUMNS as f64).then_some(place as usize)
}

/// The density at the middle of each column, from its logarithm up to a constant.
fn normalised(log: &dyn Fn(f64) -> f64, width: f64) -> Vec<f32> {
    let [low, high] = range(width);
    let cell = (high - low) / COLUMNS as f64;
    let logs: Vec<f64> = (0..COLUMNS).map(|place| log(column(place, width))).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = logs.iter().map(|log| (log - most).exp()).sum();
    logs.iter().map(|log| ((log - most).exp() / (sum * cell)) as f32).collect()
}

impl Simulation for SharpSimulation {
    type Command = SharpCommand;
    type Frame = SharpFrame;

    fn apply(&mut self, command: SharpCommand) {
        match command {
            SharpCommand::Set(settings) => self.set(settings),
            SharpCommand::Restart => self.restart(),
            SharpCommand::Clear => self.dots.clear(),
        }
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        let mut progress = Progress::default();
        let each = 3 * CROWD as u64;
        while progress.steps < budget.steps && progress.work < budget.work && !self.thrown {
            self.step();
            progress.steps += 1;
            progress.work += each;
        }
        self.note_dot();
        progress
    }

    fn is_finished(&self) -> bool {
        self.thrown
    }

    fn observe(&mut self, frame: &mut SharpFrame) {
        let SharpSettings { width, temperature, .. } = self.settings;
        (frame.width, frame.temperature, frame.time, frame.thrown) = (width, temperature, self.time, self.thrown);
        frame.counted_for = (self.counted > 0).then(|| self.counted_for());
        let [low, high] = range(width);
        let cell = (high - low) / COLUMNS as f64;
        for (crowd, run) in self.runs.iter().enumerate() {
            let shown = &mut frame.crowds[crowd];
            shown.balls.clear();
            shown.balls.extend(run.walkers.iter().take(BALLS).map(|walker| walker.at[0] as f32));
            shown.density.clear();
            shown.density.resize(COLUMNS, 0.0);
            let total: u64 = run.histogram.iter().sum();
            if total > 0 {
                let share = |count: u64| (count as f64 / (total as f64 * cell)) as f32;
                shown.density.iter_mut().zip(&run.histogram).for_each(|(density, &count)| *density = share(count));
            } else {
                let each = (1.0 / (CROWD as f64 * cell)) as f32;
                let places = run.walkers.iter().filter_map(|walker| place_of(walker.at[0], width));
                places.for_each(|place| shown.density[place] += each);
            }
            shown.exact_density.clone_from(&self.exact_densities[crowd]);
            shown.now = share_now(run);
            shown.counted = self.counted(run);
            shown.exact = self.exact[crowd];
        }
        frame.history.clone_from(&self.history);
        frame.dots.clone_from(&self.dots);
        frame.curves.clone_from(&self.curves);
    }

    fn supersedes(newer: &SharpCommand, older: &SharpCommand) -> bool {
        matches!((newer, older), (SharpCommand::Set(_), SharpCommand::Set(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(simulation: &mut SharpSimulation, time: f64) -> SharpFrame {
        let steps = (time / simulation.settings.step) as u64;
        simulation.advance(Budget { work: u64::MAX, steps });
        let mut frame = SharpFrame::default();
        simulation.observe(&mut frame);
        frame
    }

    #[test]
    fn shares_are_the_exact_ones_within_their_own_errors() {
        let mut simulation = SharpSimulation::new(SharpSettings::default());
        assert_eq!(run(&mut simulation, 49.0).counted_for, None, "they have not mixed yet");
        let frame = run(&mut simulation, 200.0);
        for (crowd, bias) in frame.crowds.iter().zip([0.003, 0.003, 0.0]) {
            let counted = crowd.counted.expect("counted");
            // The step itself shifts a share by up to 0.003 (measured elsewhere by a kernel without chance).
            let off = (counted.value - crowd.exact).abs();
            assert!(off < 4.0 * counted.error + bias, "{counted:?}, exactly {}", crowd.exact);
            assert!(counted.error > 1e-3 && counted.error < 0.02, "{counted:?}");
        }
        // Half a thousand balls with a mean of p each: the scatter of those that never move is that of a coin.
        let descent = frame.crowds[2].counted.expect("counted");
        assert!((descent.error - (0.6 * 0.4 / 1000.0_f64).sqrt()).abs() < 1e-3);
        // Densities: the counted one is the exact one within a few percent of its height.
        for crowd in &frame.crowds[..2] {
            let most = crowd.exact_density.iter().copied().fold(0.0, f32::max);
            for (counted, exact) in crowd.density.iter().zip(&crowd.exact_density) {
                assert!((counted - exact).abs() < 0.12 * most, "{counted} {exact}");
            }
        }
        assert_eq!(frame.dots.len(), 1);
    }

    #[test]
    fn another_temperature_counts_anew_and_other_valleys_forget() {
        let mut simulation = SharpSimulation::new(SharpSettings::default());
        run(&mut simulation, 75.0);
        let hot = SharpSettings { temperature: 0.4, ..SharpSettings::default() };
        simulation.apply(SharpCommand::Set(hot));
        let frame = run(&mut simulation, 10.0);
        assert_eq!((frame.counted_for, frame.dots.len()), (None, 1), "the crowd has to mix again");
        assert!(run(&mut simulation, 70.0).dots.len() == 2);
        simulation.apply(SharpCommand::Set(SharpSettings { width: 2.0, ..hot }));
        let frame = run(&mut simulation, 1.0);
        assert!(frame.dots.is_empty() && frame.time < 1.1);
        assert!((frame.crowds[0].exact - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_history_is_bounded_and_the_same_seed_gives_the_same_frame() {
        let frame = |portions: u64| {
            let mut simulation = SharpSimulation::new(SharpSettings::default());
            for _ in 0..portions {
                simulation.advance(Budget { work: u64::MAX, steps: 2000 / portions });
            }
            let mut frame = SharpFrame::default();
            simulation.observe(&mut frame);
            frame
        };
        let whole = frame(1);
        assert!(whole.history.len() <= MOST_POINTS && whole.history.len() > MOST_POINTS / 4);
        assert_eq!(whole, frame(4));
    }
}
