//! `spinscape landscape walk`: walkers on a potential, how often they cross, and the exact rate beside it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::ThreadPool;
use serde::Serialize;

use crate::{
    cli::{
        CliError,
        output::{emit, failed, pool, progress_bar, refuse, writable},
    },
    physics::landscape::{
        points::{Kind, find_all},
        potentials::{Line, Plane, Potential, TILT, Wells},
        rates::{equilibrium, exact_rates, expected_crossings, kramers_rates, reach},
        walkers::{CORE, Crossings, Heat, Motion, Walker, Walkers},
    },
    platform::{stopping, writing},
};

/// Let walkers move on a potential, and count how often they cross its hills.
///
/// Lets walkers move and prints one CSV row.
///
/// Columns: potential, dynamics, temperature, step, walkers, time, escapes, rate, rate_err, exact_rate, kramers. An escape is
/// a change from the core of one well into that of another: on the line a core begins at 0.65 of the way from the top to the
/// bottom, in the plane it is as far around each minimum as 0.35 of the way to the nearest saddle. The rate is escapes a
/// walker and time, with its standard error over the walkers. Walkers start in the bottoms of the wells, as many in each;
/// exact_rate is what they escape at on average within the time by the lowest eigenvalue of the Fokker-Planck operator, and
/// kramers the same by Kramers' formula for high hills; both for overdamped walkers on the line only.
///
/// Of metropolis the step is the longest move along an axis, and a unit of time is a sweep. The dynamics euler is right for
/// rates with short steps, leimkuhler-matthews for where the walkers are; baoab has mass and friction.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct WalkArguments {
    /// The potential: the first three on the line, the others in the plane
    #[arg(long, value_enum, default_value_t = PotentialName::DoubleWell)]
    potential: PotentialName,
    /// How walkers move
    #[arg(long, value_enum, default_value_t = DynamicsName::Euler)]
    dynamics: DynamicsName,
    /// Temperature, in units of the potential
    #[arg(long, default_value_t = 0.0625, allow_hyphen_values = true)]
    temperature: f64,
    /// Walkers: to 1000000
    #[arg(long, default_value_t = 1000)]
    walkers: usize,
    /// Time to walk
    #[arg(long, default_value_t = 1000.0, allow_hyphen_values = true)]
    time: f64,
    /// Time of a step
    #[arg(long, default_value_t = 0.05, allow_hyphen_values = true)]
    step: f64,
    /// Friction of baoab
    #[arg(long, default_value_t = 1.0, allow_hyphen_values = true)]
    friction: f64,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// File for the histogram of the second half of the time, on the line: CSV with columns x, counted and exact, both as
    /// densities
    #[arg(long, value_name = "FILE")]
    histogram: Option<PathBuf>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PotentialName {
    DoubleWell,
    TiltedDoubleWell,
    SharpFlat,
    MullerBrown,
    Himmelblau,
    Rastrigin,
    Rosenbrock,
    MonkeySaddle,
}

/// How wide the flat well is beside the sharp one.
const FLAT: f64 = 1.5;

/// A potential, by how many dimensions it has.
enum Chosen {
    Line(Line),
    Plane(Plane),
}

impl PotentialName {
    fn potential(self) -> Chosen {
        match self {
            Self::DoubleWell => Chosen::Line(Line::DoubleWell { tilt: 0.0 }),
            Self::TiltedDoubleWell => Chosen::Line(Line::DoubleWell { tilt: TILT }),
            Self::SharpFlat => Chosen::Line(Line::SharpFlat { width: FLAT }),
            Self::MullerBrown => Chosen::Plane(Plane::MullerBrown),
            Self::Himmelblau => Chosen::Plane(Plane::Himmelblau),
            Self::Rastrigin => Chosen::Plane(Plane::Rastrigin),
            Self::Rosenbrock => Chosen::Plane(Plane::Rosenbrock),
            Self::MonkeySaddle => Chosen::Plane(Plane::MonkeySaddle),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DynamicsName {
    Euler,
    LeimkuhlerMatthews,
    Baoab,
    Metropolis,
}

/// The name of a choice as it is typed.
fn typed(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

#[derive(Serialize)]
struct Row {
    potential: String,
    dynamics: String,
    temperature: f64,
    step: f64,
    walkers: usize,
    time: f64,
    escapes: Option<u64>,
    rate: Option<f64>,
    rate_err: Option<f64>,
    exact_rate: Option<f64>,
    kramers: Option<f64>,
}

#[derive(Serialize)]
struct Bin {
    x: f64,
    counted: f64,
    exact: f64,
}

/// Most walkers.
const MOST_WALKERS: usize = 1_000_000;
/// Most steps of a walker.
const MOST_STEPS: f64 = 1e12;
/// Bins of the histogram, and how many T above the deepest well it ends.
const BINS: usize = 100;
const HIGH: f64 = 12.0;
/// Steps between two looks at where walkers are, and at whether to go on.
const PORTION: u64 = 20;
/// Part of the way from a minimum to the nearest saddle that is its core.
const NEAR: f64 = 1.0 - CORE;
/// Points along a side of the grid that minima are looked for from.
const GRID: usize = 40;

/// What came of a walk.
struct Walked {
    steps: u64,
    crossings: Vec<Crossings>,
    /// How many walkers were in each bin, and in all looks together.
    counts: Vec<u64>,
    looks: u64,
}

impl WalkArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        self.validate()?;
        if let (Some(out), Some(histogram)) = (&self.out, &self.histogram)
            && writing::is_same_file(out, histogram)
        {
            return Err(refuse("--out and --histogram are the same file: give two"));
        }
        let pool = pool(self.threads)?;
        for path in self.out.iter().chain(&self.histogram) {
            writable(path)?;
        }
        let steps = (self.time / self.step() - 1e-9).ceil().max(1.0) as u64;
        match self.potential.potential() {
            Chosen::Line(line) => self.on_the_line(&line, steps, &pool),
            Chosen::Plane(_) if self.histogram.is_some() => {
                Err(refuse("--histogram: is for potentials on the line: double-well, tilted-double-well, sharp-flat"))
            }
            Chosen::Plane(plane) => self.in_the_plane(plane, steps, &pool),
        }
    }

    fn validate(&self) -> Result<(), CliError> {
        let within = |name: &str, value: f64, [least, most]: [f64; 2]| {
            if value >= least && value <= most {
                return Ok(());
            }
            Err(refuse(format!("{name}: {value} is not allowed: give {least} to {most}")))
        };
        within("--temperature", self.temperature, [1e-6, 1e6])?;
        within("--step", self.step, [1e-9, 1e3])?;
        within("--time", self.time, [1e-9, 1e12])?;
        within("--friction", self.friction, [0.0, 1e6])?;
        if self.time / self.step() > MOST_STEPS {
            return Err(refuse(format!("--time: with this step it takes more than {MOST_STEPS} steps: give less")));
        }
        if !(1..=MOST_WALKERS).contains(&self.walkers) {
            return Err(refuse(format!("--walkers: {} is not allowed: give 1 to {MOST_WALKERS}", self.walkers)));
        }
        Ok(())
    }

    /// The time of a step: of Metropolis a sweep is one.
    fn step(&self) -> f64 {
        if self.dynamics == DynamicsName::Metropolis { 1.0 } else { self.step }
    }

    fn heat(&self) -> Heat {
        let motion = match self.dynamics {
            DynamicsName::Euler => Motion::Euler,
            DynamicsName::LeimkuhlerMatthews => Motion::LeimkuhlerMatthews,
            DynamicsName::Baoab => Motion::Baoab { friction: self.friction },
            DynamicsName::Metropolis => Motion::Metropolis,
        };
        Heat { motion, temperature: self.temperature, step: self.step }
    }

    fn on_the_line(&self, line: &Line, steps: u64, pool: &ThreadPool) -> Result<(), CliError> {
        // All three have two wells.
        let wells = line.wells().ok_or_else(|| failed("the potential has no second well"))?;
        let Wells { left, top, right } = wells;
        let cores = [top + CORE * (left - top), top + CORE * (right - top)];
        let core = |[x]: [f64; 1]| match x {
            x if x < cores[0] => Some(0),
            x if x > cores[1] => Some(1),
            _ => None,
        };
        let ends = reach(line, self.temperature, HIGH);
        let bin = |[x]: [f64; 1]| (x - ends[0]) / (ends[1] - ends[0]) * BINS as f64;
        let walked = self.walk(line, &[[left], [right]], steps, &core, &bin, pool)?;
        let is_overdamped = matches!(self.dynamics, DynamicsName::Euler | DynamicsName::LeimkuhlerMatthews);
        let time = walked.steps as f64 * self.step();
        let expected = |rates: [f64; 2]| Some(expected_crossings(rates, time)).filter(|_| is_overdamped);
        let exact_rate = expected(exact_rates(line, wells, self.temperature));
        let kramers = expected(kramers_rates(line, wells, self.temperature));
        if let Some(path) = self.histogram.as_deref().filter(|_| walked.looks > 0) {
            let width = (ends[1] - ends[0]) / BINS as f64;
            let exact = equilibrium(line, self.temperature, ends, BINS);
            let all = walked.looks as f64 * width;
            let mut csv = csv::Writer::from_writer(Vec::new());
            for (place, (&count, exact)) in walked.counts.iter().zip(exact).enumerate() {
                let x = ends[0] + width * (place as f64 + 0.5);
                csv.serialize(Bin { x, counted: count as f64 / all, exact }).map_err(failed)?;
            }
            emit(Some(path), &csv.into_inner().map_err(failed)?)?;
        }
        self.tell(&walked, true, [exact_rate, kramers], steps)
    }

    fn in_the_plane(&self, plane: Plane, steps: u64, pool: &ThreadPool) -> Result<(), CliError> {
        let points = find_all(&plane, plane.window(), GRID);
        let places = |kinds: [Kind; 2]| -> Vec<[f64; 2]> {
            points.iter().filter(|point| kinds.contains(&point.kind)).map(|point| point.at).collect()
        };
        let (minima, passes) = (places([Kind::Minimum; 2]), places([Kind::Saddle, Kind::Flat]));
        let distance = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        let radius = |&minimum: &[f64; 2]| {
            NEAR * passes.iter().map(|&pass| distance(pass, minimum)).fold(f64::INFINITY, f64::min)
        };
        let radii: Vec<f64> = minima.iter().map(radius).collect();
        let core = |at: [f64; 2]| {
            let is_in = |place: &usize| distance(minima[*place], at) < radii[*place];
            (0..minima.len()).find(is_in).map(|place| place as u32)
        };
        let walked = self.walk(&plane, &minima, steps, &core, &|_| -1.0, pool)?;
        self.tell(&walked, minima.len() > 1, [None; 2], steps)
    }

    /// Walks from the bottoms of the wells in turn; `bin` answers with a fraction where in its bin a place lies.
    fn walk<const D: usize>(
        &self,
        potential: &impl Potential<D>,
        bottoms: &[[f64; D]],
        steps: u64,
        core: &(impl Fn([f64; D]) -> Option<u32> + Sync),
        bin: &(impl Fn([f64; D]) -> f64 + Sync),
        pool: &ThreadPool,
    ) -> Result<Walked, CliError> {
        let places: Vec<[f64; D]> = bottoms.iter().copied().cycle().take(self.walkers).collect();
        let mut walkers = Walkers::new(&places, self.temperature, self.seed);
        let crossings = vec![Crossings::default(); self.walkers];
        let mut walked = Walked { steps: 0, crossings, counts: vec![0; BINS], looks: 0 };
        let heat = self.heat();
        let bar = progress_bar(1000);
        while walked.steps < steps && !stopping::is_asked() {
            let next = PORTION.min(steps - walked.steps);
            let note = |walker: &Walker<D>, crossings: &mut Crossings| {
                crossings.note(core(walker.at));
            };
            pool.install(|| walkers.run(potential, heat, next, &mut walked.crossings, note))
                .map_err(|error| refuse(format!("--step: {error}")))?;
            walked.steps += next;
            if self.histogram.is_some() && 2 * walked.steps > steps {
                for walker in walkers.iter() {
                    let place = bin(walker.at);
                    if place >= 0.0 && place < BINS as f64 {
                        walked.counts[place as usize] += 1;
                    }
                    walked.looks += 1;
                }
            }
            bar.set_position((1000.0 * walked.steps as f64 / steps as f64) as u64);
        }
        bar.finish_and_clear();
        if walked.steps == 0 { Err(CliError::Stopped) } else { Ok(walked) }
    }

    fn tell(
        &self,
        walked: &Walked,
        has_wells: bool,
        [exact_rate, kramers]: [Option<f64>; 2],
        steps: u64,
    ) -> Result<(), CliError> {
        let time = walked.steps as f64 * self.step();
        let counts = walked.crossings.iter().map(|crossings| crossings.count);
        let escapes: u64 = counts.clone().sum();
        let walkers = self.walkers as f64;
        let mean = escapes as f64 / walkers;
        let squares: f64 = counts.map(|count| (count as f64 - mean) * (count as f64 - mean)).sum();
        // Few counts scatter at least as much as counts do, and no count is not none for sure.
        let variance = (squares / (walkers - 1.0).max(1.0)).max(mean).max(1.0 / walkers);
        let of_wells = |value: f64| Some(value).filter(|_| has_wells);
        let row = Row {
            potential: typed(&self.potential),
            dynamics: typed(&self.dynamics),
            temperature: self.temperature,
            step: self.step,
            walkers: self.walkers,
            time,
            escapes: Some(escapes).filter(|_| has_wells),
            rate: of_wells(mean / time),
            rate_err: of_wells((variance / walkers).sqrt() / time),
            exact_rate,
            kramers,
        };
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.serialize(row).map_err(failed)?;
        emit(self.out.as_deref(), &csv.into_inner().map_err(failed)?)?;
        if walked.steps < steps { Err(CliError::StoppedEarly) } else { Ok(()) }
    }
}
