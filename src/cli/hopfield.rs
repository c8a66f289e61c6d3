//! `spinscape hopfield`: the capacity experiment as CSV, and a recall from files.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{
    CliError,
    arguments::{Values, values},
    output::{SPIN_COLOURS, emit, failed, pool_for, progress_bar, say, writable},
};
use crate::{
    data::{
        drawings::DrawnSet,
        import::{self, Conversion, Ink},
        pictures, tables,
    },
    physics::hopfield::{
        Dynamics, Patterns, Recall, Rule, Settled, Verdict,
        capacity::{Capacity, Point},
        patterns::with_noise,
        verdict::judge,
    },
    platform::stopping,
};

/// A recall that does not come to rest ends here.
const MOST_SWEEPS: u64 = 1000;
/// Most loads of a capacity experiment.
const MOST_LOADS: usize = 100_000;
/// Pixels a cell in the picture of a recall.
const CELL: usize = 10;

/// Subcommands of the memory.
#[derive(Debug, Subcommand)]
pub enum HopfieldCommand {
    Capacity(CapacityArguments),
    Recall(RecallArguments),
}

impl HopfieldCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument does not fit, a file cannot be read, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Capacity(arguments) => arguments.run(),
            Self::Recall(arguments) => arguments.run(),
        }
    }
}

/// What is on in pictures from files; none where they decide.
type InkChoice = Option<Ink>;

fn ink(text: &str) -> Result<InkChoice, String> {
    match text {
        "auto" => Ok(None),
        "dark" => Ok(Some(Ink::Dark)),
        "light" => Ok(Some(Ink::Light)),
        _ => Err(format!("'{text}' is no ink: give auto, dark or light")),
    }
}

const RULES: &str =
    "hebb, covariance, storkey, pseudo-inverse, perceptron, dense:POWER with a power from 2 to 30, or exponential";

fn rule(text: &str) -> Result<Rule, String> {
    let wrong = || format!("'{text}' is not a rule: give {RULES}");
    Ok(match text {
        "hebb" => Rule::Hebb,
        "covariance" => Rule::Covariance,
        "storkey" => Rule::Storkey,
        "pseudo-inverse" => Rule::PseudoInverse,
        "perceptron" => Rule::Perceptron,
        "exponential" => Rule::Exponential,
        _ => {
            let power = text.strip_prefix("dense:").and_then(|power| power.parse().ok()).ok_or_else(wrong)?;
            if !(2..=30).contains(&power) {
                return Err(wrong());
            }
            Rule::Polynomial(power)
        }
    })
}

fn dynamics(text: &str) -> Result<Dynamics, String> {
    let allowed = "random, sequential, synchronous, heat-bath:T or annealed:T with a temperature T from 0 up";
    let wrong = || format!("'{text}' is not a dynamics: give {allowed}");
    Ok(match text {
        "random" => Dynamics::RandomOrder,
        "sequential" => Dynamics::Sequential,
        "synchronous" => Dynamics::Synchronous,
        _ => {
            let (name, temperature) = text.split_once(':').ok_or_else(wrong)?;
            let temperature: f64 = temperature.parse().map_err(|_| wrong())?;
            let dynamics = match name {
                "heat-bath" => Dynamics::HeatBath { temperature },
                "annealed" => Dynamics::Annealed { from: temperature, sweeps: 40 },
                _ => return Err(wrong()),
            };
            dynamics.validate().map_err(|_| wrong())?;
            dynamics
        }
    })
}

/// Measure the final overlap against the load P/N for random patterns.
///
/// Writes one CSV row per load.
///
/// Each trial learns P = round(load · N) random unbiased patterns and recalls ten of them (all, if there are
/// fewer) by asking neurons in random order at T = 0, from the pattern with a fraction `noise` of its bits turned; noise 0
/// starts at the pattern. final_overlap is the mean m at the end, wrong_bits (1 − m)/2, recalled_fraction the share with
/// m >= 0.97; errors are standard errors over the trials, empty where there is only one. Of more than ten memories, ten
/// spread evenly are recalled. From load 1 on the pseudo-inverse has no weights left, and every state stays as it is.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct CapacityArguments {
    /// Neurons: 2 to 4096
    #[arg(long, default_value_t = 1000)]
    neurons: usize,
    /// Loads P/N: a list 0.05,0.1 or a range start:end:step
    #[arg(long, value_parser = values, allow_hyphen_values = true)]
    loads: Values,
    /// Learning rule: hebb, covariance, storkey, pseudo-inverse, perceptron, dense:POWER, exponential
    #[arg(long, value_parser = rule, default_value = "hebb")]
    rule: Rule,
    /// Fraction of the bits turned at the beginning
    #[arg(long, default_value_t = 0.1, allow_hyphen_values = true)]
    noise: f64,
    /// Networks for each load
    #[arg(long, default_value_t = 10)]
    trials: u32,
    /// Seed of the whole study
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl CapacityArguments {
    fn run(&self) -> Result<(), CliError> {
        let experiment = Capacity {
            neurons: self.neurons,
            loads: self.loads.at_most(MOST_LOADS).map_err(|why| CliError::Arguments(format!("--loads: {why}")))?,
            rule: self.rule,
            noise: self.noise,
            trials: self.trials,
            seed: self.seed,
        };
        let refuse = |error: crate::physics::hopfield::HopfieldError| CliError::Arguments(error.to_string());
        experiment.validate().map_err(refuse)?;
        let pool = pool_for(self.threads, experiment.jobs(), experiment.job_memory())?;
        if let Some(path) = &self.out {
            writable(path)?;
        }
        let bar = progress_bar(1000);
        let watch = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            !stopping::is_asked()
        };
        let finished = Mutex::new(Vec::new());
        // A panic elsewhere cannot have left half a point.
        let note = |place: usize, point: Point| {
            finished.lock().unwrap_or_else(PoisonError::into_inner).push((place, point));
        };
        let points = pool.install(|| experiment.run(&watch, &note)).map_err(refuse)?;
        bar.finish_and_clear();
        let is_whole = points.is_some();
        let points = points.unwrap_or_else(|| {
            let mut finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
            finished.sort_by_key(|(place, _)| *place);
            finished.into_iter().map(|(_, point)| point).collect()
        });
        let table = tables::capacity(&experiment, &points).map_err(failed)?;
        emit(self.out.as_deref(), &table)?;
        if is_whole { Ok(()) } else { Err(CliError::StoppedEarly) }
    }
}

/// Recall a picture and say which memory it is.
///
/// Learns pictures, recalls a probe, and prints one CSV row per memory.
///
/// Columns: memory, probe_overlap and overlap (before and after), energy, verdict, settled, sweeps, updates; energy, verdict
/// and what follows are the same in every row. Pictures from files are put into a square, resampled, and made black and
/// white where that parts light and dark best. A picture that cannot be read is passed over and named.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct RecallArguments {
    /// Folder of pictures, or builtin:digits, builtin:letters, builtin:pictures, builtin:numerals
    #[arg(long, value_name = "DIR")]
    memories: String,
    /// Cells along a side of the pad: 5 to 64
    #[arg(long, default_value_t = 20)]
    side: usize,
    /// Picture to begin with, or the name of a memory
    #[arg(long, value_name = "FILE")]
    probe: String,
    /// What is on in pictures from files: dark, light, or auto, which takes the ground for what lies along their edges; one
    /// answer for all memories and the probe
    #[arg(long, value_parser = ink, default_value = "auto", value_name = "INK")]
    ink: InkChoice,
    /// Fraction of the probe's bits turned first
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    noise: f64,
    /// Learning rule: hebb, covariance, storkey, pseudo-inverse, perceptron, dense:POWER, exponential
    #[arg(long, value_parser = rule, default_value = "pseudo-inverse")]
    rule: Rule,
    /// Who updates when: random, sequential, synchronous, heat-bath:T, annealed:T
    #[arg(long, value_parser = dynamics, default_value = "random")]
    dynamics: Dynamics,
    /// Seed of the noise and of the order
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Picture of the result
    #[arg(long, value_name = "PNG")]
    out: Option<PathBuf>,
    /// Print JSON in place of CSV
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    memory: &'a str,
    probe_overlap: f64,
    overlap: f64,
    energy: Option<f64>,
    verdict: &'a str,
    settled: &'a str,
    sweeps: u64,
    updates: u64,
}

#[derive(Serialize)]
struct Overlap<'a> {
    memory: &'a str,
    probe_overlap: f64,
    overlap: f64,
}

#[derive(Serialize)]
struct Report<'a> {
    energy: Option<f64>,
    verdict: &'a str,
    settled: &'a str,
    sweeps: u64,
    updates: u64,
    overlaps: Vec<Overlap<'a>>,
}

impl RecallArguments {
    fn run(&self) -> Result<(), CliError> {
        let refuse = |text: String| CliError::Arguments(text);
        if !(5..=64).contains(&self.side) {
            return Err(refuse(format!("--side: {} is not allowed: give 5 to 64", self.side)));
        }
        if !(0.0..=1.0).contains(&self.noise) {
            return Err(refuse(format!("--noise: {} is not allowed: give a fraction from 0 to 1", self.noise)));
        }
        if let Some(path) = &self.out {
            writable(path)?;
        }
        let (names, memories, ink) = self.learned()?;
        let clean = self.probe_picture(&names, &memories, ink)?;
        let mut rng = <rand::rngs::Xoshiro256PlusPlus as rand::SeedableRng>::seed_from_u64(self.seed);
        let probe = with_noise(&clean, self.noise, &mut rng);
        let failed = |error: crate::physics::hopfield::HopfieldError| CliError::Failed(error.to_string());
        let learned = self.rule.learn(&memories, &|_| !stopping::is_asked()).map_err(failed)?;
        let learned = learned.ok_or(CliError::Stopped)?;
        if let Some(notice) = learned.notice {
            say(&notice.to_string());
        }
        let network = Arc::new(learned.network);
        let mut recall = Recall::new(network, &probe, self.dynamics, self.seed).map_err(failed)?;
        let most = if self.dynamics.temperature(0) > 0.0 { 200 } else { MOST_SWEEPS };
        for _ in 0..most {
            if recall.settled().is_some() || stopping::is_asked() {
                break;
            }
            recall.sweep();
        }
        if stopping::is_asked() {
            return Err(CliError::Stopped);
        }
        if let Some(path) = &self.out {
            write_picture(path, recall.state(), self.side)?;
        }
        let before: Vec<f64> = memories.overlaps(&probe).collect();
        let after: Vec<f64> = memories.overlaps(recall.state()).collect();
        let verdict = in_words(&judge(recall.state(), &memories, recall.settled()), &names);
        let settled = match recall.settled() {
            Some(Settled::FixedPoint) => "fixed-point",
            Some(Settled::TwoCycle) => "two-cycle",
            Some(Settled::Cycle(_)) => "cycle",
            None => "moving",
        };
        let (energy, sweeps, updates) = (recall.energy(), recall.sweeps(), recall.updates());
        let broken = |error: &dyn std::fmt::Display| CliError::Failed(format!("cannot write the result: {error}"));
        let overlaps = names.iter().zip(before.iter().zip(&after));
        if self.json {
            let overlaps =
                overlaps.map(|(memory, (&probe_overlap, &overlap))| Overlap { memory, probe_overlap, overlap });
            let report = Report { energy, verdict: &verdict, settled, sweeps, updates, overlaps: overlaps.collect() };
            let text = serde_json::to_string_pretty(&report).map_err(|error| broken(&error))?;
            return emit(None, format!("{text}\n").as_bytes());
        }
        let mut csv = csv::Writer::from_writer(Vec::new());
        for (memory, (&probe_overlap, &overlap)) in overlaps {
            let row = Row { memory, probe_overlap, overlap, energy, verdict: &verdict, settled, sweeps, updates };
            csv.serialize(row).map_err(|error| broken(&error))?;
        }
        emit(None, &csv.into_inner().map_err(|error| broken(&error))?)
    }

    /// The memories with their names, and what is on in their pictures, where they came from files.
    fn learned(&self) -> Result<(Vec<String>, Patterns, Option<Ink>), CliError> {
        let failed = |text: String| CliError::Failed(text);
        let mut memories = Patterns::new(self.side * self.side).map_err(|error| failed(error.to_string()))?;
        let mut names = Vec::new();
        if let Some(name) = self.memories.strip_prefix("builtin:") {
            let set = match name {
                "digits" => DrawnSet::Digits,
                "letters" => DrawnSet::Letters,
                "pictures" => DrawnSet::Pictures,
                "numerals" => DrawnSet::ChineseNumerals,
                _ => {
                    let allowed = "builtin:digits, builtin:letters, builtin:pictures or builtin:numerals";
                    return Err(CliError::Arguments(format!("--memories: there is no builtin:{name}; give {allowed}")));
                }
            };
            for (index, name) in set.names().iter().enumerate() {
                names.push((*name).to_owned());
                memories.push(&set.draw(index, self.side)).map_err(|error| failed(error.to_string()))?;
            }
            return Ok((names, memories, None));
        }
        let folder = import::open_folder(Path::new(&self.memories), &|_| !stopping::is_asked())
            .map_err(|error| failed(format!("--memories: {error}")))?
            .ok_or(CliError::Stopped)?;
        if !folder.refused.is_empty() {
            let why: Vec<String> = folder.refused.iter().map(ToString::to_string).collect();
            let (good, bad) = (folder.pictures.len(), why.len());
            say(&format!("{good} pictures, {bad} could not be read: {}", why.join("; ")));
        }
        // Decided once: a picture and its negative are two memories, and a probe is as they are.
        let ink = self.ink.unwrap_or_else(|| Ink::of(&folder.pictures));
        let mut repeated = Vec::new();
        for picture in folder.pictures {
            let bits = self.black_and_white(&picture, ink);
            // The same picture twice says nothing new, and some rules would forget it by that.
            if let Some(first) = memories.iter().position(|memory| memory == bits) {
                repeated.push(format!("{} ({})", picture.name, names[first]));
                continue;
            }
            memories.push(&bits).map_err(|error| failed(error.to_string()))?;
            names.push(picture.name);
        }
        if !repeated.is_empty() {
            say(&format!("passed over, as the same picture is there already: {}", repeated.join(", ")));
        }
        Ok((names, memories, Some(ink)))
    }

    fn black_and_white(&self, picture: &import::GreyPicture, ink: Ink) -> Vec<i8> {
        let conversion = Conversion { shift: 0.0, ink, dithered: false };
        picture.pattern(self.side, conversion)
    }

    fn probe_picture(&self, names: &[String], memories: &Patterns, ink: Option<Ink>) -> Result<Vec<i8>, CliError> {
        if let Some(index) = names.iter().position(|name| *name == self.probe) {
            return Ok(memories.get(index).to_vec());
        }
        let picture =
            import::open(self.probe.as_ref()).map_err(|error| CliError::Failed(format!("--probe: {error}")))?;
        let ink = self.ink.or(ink).unwrap_or_else(|| Ink::of([&picture]));
        Ok(self.black_and_white(&picture, ink))
    }
}

fn in_words(verdict: &Verdict, names: &[String]) -> String {
    match verdict {
        Verdict::NoMemories => "no-memories".to_owned(),
        Verdict::Moving => "moving".to_owned(),
        Verdict::Recalled(index) => format!("recalled {}", names[*index]),
        Verdict::Inverted(index) => format!("inverted {}", names[*index]),
        Verdict::Mixture { of, .. } => {
            let sign = |inverted: bool| if inverted { "-" } else { "+" };
            let parts: Vec<String> =
                of.iter().map(|&(index, inverted)| format!("{}{}", sign(inverted), names[index])).collect();
            format!("mixture {}", parts.join(" "))
        }
        Verdict::Spurious => "spurious".to_owned(),
        Verdict::TwoCycle => "two-cycle".to_owned(),
        Verdict::Cycle(length) => format!("cycle of {length}"),
    }
}

fn write_picture(path: &Path, state: &[i8], side: usize) -> Result<(), CliError> {
    let pixel = |index: usize| {
        let (x, y) = (index % (side * CELL) / CELL, index / (side * CELL) / CELL);
        SPIN_COLOURS[usize::from(state[y * side + x] > 0)]
    };
    let pixels: Vec<u8> = (0..side * side * CELL * CELL).flat_map(pixel).collect();
    pictures::write_png(path, [side * CELL; 2], &pixels).map_err(|error| CliError::Failed(error.to_string()))
}
