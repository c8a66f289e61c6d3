//! `spinscape ising sweep`: averages against temperature as CSV.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use clap::Args;
use rayon::ThreadPool;
use web_time::{Duration, Instant};

use super::model::{LatticeName, Model, StartName, within_sweeps};
use crate::{
    cli::{
        CliError,
        arguments::{Shard, Values, shard, values},
        output::{emit, failed, locked, pool_for, progress_bar, refuse, writable},
    },
    data::{sweeps, tables},
    physics::ising::{
        Dynamics,
        graph::Disorder,
        measurement::Run,
        study::{self, Point},
    },
    platform::{files, stopping},
};

/// Points of one run of the program at most.
const MOST_POINTS: usize = 1_000_000;
/// A table that is gone on with is written at most so often.
const WRITING: Duration = Duration::from_secs(1);
/// And a long one only after as many times the time that it took.
const PAUSES: u32 = 10;

/// Measure energy, magnetization, specific heat, susceptibility and Binder cumulant against temperature.
///
/// Writes one CSV row per size and temperature. J = k = 1; energies per spin, with the field's term −h m, so −2 at T = 0 and
/// h = 0.
///
/// Errors come from blocking until the plateau, with the jackknife for specific_heat = N(<e²> − <e>²)/T², susceptibility and
/// binder = 1 − <m⁴>/(3<m²>²). The susceptibility is N(<m²> − <|m|>²)/T at h = 0 (above T_c that is 1 − 2/π of the true
/// one) and N(<m²> − <m>²)/T in a field, also one of chance; at T = 0 it and the specific heat are empty. Autocorrelation
/// times are the integrated ones, ½ + Σρ, in sweeps. The staggered columns are those of m_s, plus on one sublattice and minus
/// on the other; they are empty unless --coupling is -1 and the lattice has two sublattices.
///
/// errors_are_honest is 1 where the errors can be trusted: the run is 50 memories long (60 of m), its halves agree, a second
/// run from another start agrees wherever there may be states that hold it (below T_c, with disorder), and without a field the
/// sign of m turned so often that <m> came out as zero.
///
/// A Wolff sweep is a fixed number of clusters, max(1, round(N / mean cluster)), with the mean taken in the second half of the
/// warm-up. Every point is an independent run, seeded by the seed and the point's own values, so a study can be spread over
/// many machines with --shard, and gone on with by --resume.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Sweep {
    /// The lattice, a torus
    #[arg(long, value_enum, default_value = "square")]
    lattice: LatticeName,
    /// What is left to chance: none, pm-j, gaussian (spin glasses), dilute:P, dilute-bonds:P (shares missing),
    /// random-field:H (strength in J). All temperatures of a size have the same
    #[arg(long, default_value = "none")]
    disorder: Disorder,
    /// Spins along a side: even, 4 to 4096 (to 1024 on other lattices and with disorder, to 128 in space), odd, 3 to 63 (but
    /// not on the honeycomb), or 2 on the square lattice, where neighbours count twice; or a list 16,32,64
    #[arg(long, alias = "sizes", value_parser = values, default_value = "32")]
    size: Values,
    /// Temperatures in J/k: a list 2.0,2.2 or a range start:end:step
    #[arg(long, value_parser = values, allow_hyphen_values = true)]
    temperatures: Values,
    #[command(flatten)]
    model: Model,
    /// Replicas at higher temperatures exchange states with the magnet (parallel tempering), so that disorder does not hold
    /// it for ever; a sweep takes as many times longer as there are replicas, up to 128. With metropolis or heat-bath
    #[arg(long)]
    tempering: bool,
    /// State before the warm-up
    #[arg(long, value_enum, default_value = "random")]
    start: StartName,
    /// Sweeps to measure
    #[arg(long, default_value_t = 20_000)]
    sweeps: u64,
    /// Sweeps to throw away first
    #[arg(long, default_value_t = 2_000)]
    warmup: u64,
    /// Seed of the whole study
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on with the table in FILE: points that stand in it are not run again, others are added as they are done. It need
    /// not be there yet
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    resume: Option<PathBuf>,
    /// Run one part of the study: point i belongs to shard i mod N. All shards together give the same rows as no shards
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
}

/// Most sizes of a study.
const MOST_SIZES: usize = 1000;

/// Where each point of a study stands in it.
struct Places<'a> {
    runs: &'a [Run],
    /// By the seed of its stream, in which most of what makes it stands.
    by_seed: HashMap<u64, usize>,
}

impl<'a> Places<'a> {
    fn new(runs: &'a [Run]) -> Self {
        let mut by_seed = HashMap::new();
        for (place, run) in runs.iter().enumerate() {
            by_seed.entry(run.stream_seed()).or_insert(place);
        }
        Self { runs, by_seed }
    }

    fn of(&self, run: &Run) -> Option<usize> {
        self.by_seed.get(&run.stream_seed()).copied().filter(|&place| self.runs[place] == *run)
    }
}

/// A table that grows on disk while points come in.
struct Growing<'a> {
    path: &'a Path,
    places: &'a Places<'a>,
    points: Vec<Point>,
    /// When it was written last, and how long that took.
    written: Option<(Instant, Duration)>,
}

impl Growing<'_> {
    fn add(&mut self, point: Point) -> Result<(), CliError> {
        self.points.push(point);
        if self.written.is_none_or(|(written, took)| written.elapsed() >= WRITING.max(PAUSES * took)) {
            self.write()?;
        }
        Ok(())
    }

    /// Points of this study in its order, after what else stood in the table.
    fn write(&mut self) -> Result<(), CliError> {
        let began = Instant::now();
        self.points.sort_by_cached_key(|point| self.places.of(&point.run).map_or(0, |place| place + 1));
        tables::write(self.path, &sweeps::table(&self.points).map_err(failed)?).map_err(failed)?;
        self.written = Some((Instant::now(), began.elapsed()));
        Ok(())
    }
}

impl Sweep {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let runs = self.runs()?;
        let bytes = runs.iter().map(Run::memory).max().unwrap_or(0);
        let pool = pool_for(self.threads, runs.len(), bytes)?;
        match &self.resume {
            Some(path) => self.go_on(path, &runs, &pool),
            None => {
                if let Some(path) = &self.out {
                    writable(path)?;
                }
                let found = Mutex::new(Vec::new());
                let note = |place: usize, point: Point| {
                    // A panic elsewhere cannot have left half a point.
                    found.lock().unwrap_or_else(PoisonError::into_inner).push((place, point));
                };
                let ended = self.measure(&runs, &pool, &note);
                let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
                found.sort_by_key(|(place, _)| *place);
                let points: Vec<Point> = found.into_iter().map(|(_, point)| point).collect();
                let table = sweeps::table(&points).map_err(failed)?;
                // What was finished before it was stopped is written too.
                emit(self.out.as_deref(), &table)?;
                ended
            }
        }
    }

    fn go_on(&self, path: &Path, runs: &[Run], pool: &ThreadPool) -> Result<(), CliError> {
        writable(path)?;
        let _lock = locked(path)?;
        let points = if files::exists(path) { sweeps::open(path).map_err(refuse)? } else { Vec::new() };
        let places = Places::new(runs);
        let done: HashSet<usize> = points.iter().filter_map(|point| places.of(&point.run)).collect();
        let is_missing = |run: &&Run| places.of(run).is_none_or(|place| !done.contains(&place));
        let missing: Vec<Run> = runs.iter().filter(is_missing).copied().collect();
        let growing = Mutex::new((Growing { path, places: &places, points, written: None }, Ok(())));
        let note = |_: usize, point: Point| {
            let mut growing = growing.lock().unwrap_or_else(PoisonError::into_inner);
            if growing.1.is_ok() {
                growing.1 = growing.0.add(point);
            }
        };
        let ended = self.measure(&missing, pool, &note);
        let (mut growing, result) = growing.into_inner().unwrap_or_else(PoisonError::into_inner);
        result?;
        growing.write()?;
        ended
    }

    fn measure(&self, runs: &[Run], pool: &ThreadPool, note: &(dyn Fn(usize, Point) + Sync)) -> Result<(), CliError> {
        let bar = progress_bar(1000);
        let go_on = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            !stopping::is_asked()
        };
        let is_whole = pool.install(|| study::measure(runs, &go_on, note)).map_err(refuse)?;
        bar.finish_and_clear();
        if is_whole { Ok(()) } else { Err(CliError::StoppedEarly) }
    }

    fn runs(&self) -> Result<Vec<Run>, CliError> {
        let refuse = |text: String| CliError::Arguments(text);
        let mut sizes = Vec::new();
        for size in self.size.at_most(MOST_SIZES).map_err(|why| refuse(format!("--size: {why}")))? {
            // A number that is not whole, or negative, becomes one that is refused.
            let side = if size.fract() == 0.0 && size >= 0.0 { size as usize } else { 1 };
            if let Err(error) = self.point(side, self.temperatures.get(0))?.validate_side() {
                let error = error.to_string().replacen(&side.to_string(), &size.to_string(), 1);
                return Err(refuse(format!("--size: {error}")));
            }
            sizes.push(side);
        }
        within_sweeps("--sweeps", self.sweeps, 2)?;
        within_sweeps("--warmup", self.warmup, 0)?;
        // Counted before any is listed.
        let Shard { index, count } = self.shard.unwrap_or(Shard { index: 0, count: 1 });
        let all = sizes.len().saturating_mul(self.temperatures.len());
        if all.saturating_sub(index).div_ceil(count) > MOST_POINTS {
            return Err(refuse(format!(
                "{all} points are too many: at most {MOST_POINTS} are allowed, or as many in a --shard"
            )));
        }
        let dynamics = Dynamics::from(self.model.dynamics);
        if self.tempering && matches!(dynamics, Dynamics::Wolff | Dynamics::SwendsenWang) {
            let why = "--tempering: goes with single spins, give --dynamics metropolis or heat-bath";
            return Err(refuse(why.to_owned()));
        }
        let temperatures = &self.temperatures;
        let point =
            |place: usize| self.point(sizes[place / temperatures.len()], temperatures.get(place % temperatures.len()));
        (index..all).step_by(count).map(point).collect()
    }

    fn point(&self, side: usize, temperature: f64) -> Result<Run, CliError> {
        Ok(Run {
            lattice: self.lattice.into(),
            disorder: self.disorder,
            side,
            parameters: self.model.parameters(temperature)?,
            dynamics: self.model.dynamics.into(),
            start: self.start.into(),
            sweeps: self.sweeps,
            warmup: self.warmup,
            is_tempered: self.tempering,
            seed: self.seed,
        })
    }
}
