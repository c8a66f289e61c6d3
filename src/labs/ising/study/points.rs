//! What both pages of a study share: the points measured so far, the scan under way, and the fit of the scaling.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::settings::{SIZES, ScanSettings};
use crate::{
    data::{Problem, sweeps},
    labs::kit::{Host, Task, in_a_pool},
    physics::ising::{
        Coupling, Parameters, Start, exact,
        graph::{Disorder, Geometry},
        measurement::Run,
        scaling::{Exponents, Fit, NEAR, NoFit, fit},
        study::{self, Point},
    },
    simulation::{Carrier, Watcher},
};

/// Points kept, of all scans together.
const MOST_POINTS: usize = 20_000;

/// The points of all scans, and the work under way.
#[derive(Default)]
pub struct Study {
    /// What the next scan runs.
    pub plan: ScanSettings,
    scan: Task<()>,
    /// Points as they come.
    live: Arc<Mutex<Vec<Point>>>,
    /// All points known, of any scan.
    known: Vec<Point>,
    /// Points of the scan that is shown: those like it in all but size and temperature.
    shown: Vec<Point>,
    like: Option<Run>,
    reading: Task<Vec<Point>>,
    read: Option<Result<(), Problem>>,
    /// The fit of so many points; none where they do not tell.
    fit: Option<(usize, Result<Fit, NoFit>)>,
    fitting: Task<Result<Fit, NoFit>, usize>,
    /// Where the points outlive the window.
    carrier: Option<Arc<dyn Carrier>>,
    taking_up: Task<Vec<Point>>,
    leaving: Task<()>,
    /// Points have come since they were left last for the next start of the program.
    has_unleft: bool,
    left_at: f64,
    /// Another range of temperatures that was asked for, until the page that plans scans has taken it over.
    asked: Option<[f64; 2]>,
}

/// Points that come in are left for the next start of the program at most this often, in seconds, and at the end.
const LEAVE_EVERY: f64 = 10.0;

/// What makes two points the same.
fn key(point: &Point) -> [u64; 4] {
    let run = &point.run;
    [run.stream_seed(), run.seed, run.sweeps, run.warmup]
}

fn is_like(run: &Run, like: &Run) -> bool {
    let parameters = Parameters { temperature: like.parameters.temperature, ..run.parameters };
    Run { side: like.side, parameters, ..*run } == *like
}

impl Study {
    /// Builds a study that goes on with the points of the last start of the program.
    pub fn new(host: &Host) -> Self {
        let mut study = Self::default();
        study.carrier = host.carrier("study");
        if let Some(carrier) = study.carrier.clone() {
            study.taking_up.start(host, "taking up points", (), 0.0, move |_| {
                let points = carrier.take_up().and_then(|left| sweeps::read(Path::new("study"), &left).ok());
                Some(Ok(points.unwrap_or_default()))
            });
        }
        study
    }

    /// All points as a table, those shown last.
    fn to_be_left(&self) -> Vec<Point> {
        let like = self.like;
        let is_shown = |point: &&Point| like.is_some_and(|like| is_like(&point.run, &like));
        self.known.iter().filter(|point| !is_shown(point)).chain(&self.shown).copied().collect()
    }

    fn leave_now_and_then(&mut self, host: &Host, now: f64) {
        self.leaving.poll_or_tell(host);
        let Some(carrier) = self.carrier.clone() else { return };
        if !self.has_unleft || self.leaving.is_busy() || now - self.left_at < LEAVE_EVERY {
            return;
        }
        (self.has_unleft, self.left_at) = (false, now);
        let points = self.to_be_left();
        self.leaving.start(host, "leaving points", (), 0.0, move |_| {
            Some(sweeps::table(&points).map(|table| carrier.leave(Some(table))))
        });
    }

    /// Takes what jobs have brought, and begins a fit where points have come. What went wrong is told.
    pub fn poll(&mut self, host: &Host, now: f64) {
        if let Some((_, points)) = self.taking_up.poll_or_tell(host) {
            self.like = self.like.or(points.last().map(|last| last.run));
            self.take(points);
            self.has_unleft = false;
        }
        self.leave_now_and_then(host, now);
        // First whether the scan has ended: all its points are there by then.
        self.scan.poll_or_tell(host);
        let new: Vec<Point> = match self.live.try_lock() {
            Ok(mut live) => std::mem::take(&mut *live),
            Err(_) => Vec::new(),
        };
        self.take(new);
        match self.reading.poll() {
            Some((_, Ok(points))) => {
                if let Some(last) = points.last() {
                    self.like = Some(last.run);
                }
                if points.len() > MOST_POINTS {
                    host.tell(Problem::new("ising.scan.many").with("most", MOST_POINTS));
                }
                self.take(points);
                self.read = Some(Ok(()));
            }
            Some((_, Err(problem))) => self.read = Some(Err(problem)),
            None => {}
        }
        if let Some((count, found)) = self.fitting.poll() {
            // What failed once would fail again: only other points are fitted again.
            let fit = found.unwrap_or_else(|problem| {
                host.tell(problem);
                Err(NoFit::NoCrossing)
            });
            self.fit = Some((count, fit));
        }
        let is_new = !self.shown.is_empty() && self.fit.is_none_or(|(count, _)| count != self.shown.len());
        if is_new && !self.scan.is_busy() && !self.fitting.is_busy() {
            let points = self.shown.clone();
            let known = self.has_exact().then(Exponents::exact);
            self.fitting
                .start(host, "ising scaling", points.len(), 0.0, move |_| Some(Ok(fit(&points, known.as_ref(), 1))));
        }
    }

    /// Takes points in; newer ones replace those of the same run.
    fn take(&mut self, mut points: Vec<Point>) {
        if points.is_empty() {
            return;
        }
        self.has_unleft = true;
        points.drain(..points.len().saturating_sub(MOST_POINTS));
        let new: HashSet<_> = points.iter().map(key).collect();
        self.known.retain(|known| !new.contains(&key(known)));
        self.known.extend(points);
        self.known.drain(..self.known.len().saturating_sub(MOST_POINTS));
        self.choose();
    }

    fn choose(&mut self) {
        let like = self.like;
        self.shown.clear();
        self.shown.extend(self.known.iter().filter(|point| like.is_some_and(|like| is_like(&point.run, &like))));
        self.shown.sort_by(|a, b| {
            let temperature = |point: &Point| point.run.parameters.temperature;
            a.run.side.cmp(&b.run.side).then(temperature(a).total_cmp(&temperature(b)))
        });
        self.fit = None;
    }

    /// The points of the scan that is shown, by size and temperature.
    pub fn shown(&self) -> &[Point] {
        &self.shown
    }

    /// Whether exact values are known for what is shown: the square lattice without a field and without disorder.
    pub fn has_exact(&self) -> bool {
        self.like.is_none_or(|like| {
            like.parameters.field == 0.0 && like.lattice == Geometry::Square && like.disorder == Disorder::None
        })
    }

    /// The sizes of the points shown, smallest first.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes: Vec<usize> = self.shown.iter().map(|point| point.run.side).collect();
        sizes.dedup();
        sizes
    }

    /// Points of one size, by temperature.
    pub fn of_size(&self, size: usize) -> impl Iterator<Item = &Point> {
        self.shown.iter().filter(move |point| point.run.side == size)
    }

    /// The fit of the points shown, if they tell.
    pub fn fit(&self) -> Option<Fit> {
        self.fit.and_then(|(_, fit)| fit.ok())
    }

    /// Why the points shown do not tell.
    pub fn no_fit(&self) -> Option<NoFit> {
        self.fit.and_then(|(_, fit)| fit.err())
    }

    /// Plans the same sizes close to the critical temperature: where the largest one is within the reach of scaling.
    pub fn plan_near_critical(&mut self) {
        let critical = Exponents::exact().critical_temperature;
        let largest = self.plan.sizes().into_iter().max().unwrap_or(SIZES[0]);
        let reach = (NEAR / largest as f64).clamp(0.03, 0.4);
        // Rounded inwards to what a person would write.
        self.plan.from = ((critical - reach) * 100.0).ceil() / 100.0;
        self.plan.to = ((critical + reach) * 100.0).floor() / 100.0;
        self.asked = Some([self.plan.from, self.plan.to]);
    }

    /// Takes the range of temperatures that was asked for, if one was.
    pub fn take_asked(&mut self) -> Option<[f64; 2]> {
        self.asked.take()
    }

    /// Whether a fit may still come.
    pub fn awaits_fit(&self) -> bool {
        self.scan.is_busy() || self.fitting.is_busy()
    }

    /// How much of the scan is done, 0 to 1, while it runs.
    pub fn progress(&self) -> Option<f64> {
        self.scan.progress()
    }

    /// Whether a scan runs.
    pub fn is_scanning(&self) -> bool {
        self.scan.is_busy()
    }

    /// Whether there is something to scan.
    pub fn can_start(&self) -> bool {
        !self.scan.is_busy() && self.plan.sizes.contains(&true)
    }

    /// Stops the scan; points measured so far stay.
    pub fn cancel(&mut self) {
        self.scan.cancel();
    }

    /// Whether points of two sizes at least are shown on both sides of the critical temperature.
    pub fn compares_sizes(&self) -> bool {
        let critical = exact::critical_temperature();
        let mut sizes: BTreeMap<usize, [bool; 2]> = BTreeMap::new();
        for run in self.shown.iter().map(|point| &point.run) {
            let sides = sizes.entry(run.side).or_default();
            sides[usize::from(run.parameters.temperature > critical)] = true;
        }
        sizes.values().filter(|sides| **sides == [true; 2]).count() >= 2
    }

    /// Whether a point is shown whose errors cannot be trusted.
    pub fn has_doubtful(&self) -> bool {
        self.shown.iter().any(|point| !point.measured.errors_are_honest)
    }

    /// Takes how reading a table has ended, if it has since the last look.
    pub fn take_read(&mut self) -> Option<Result<(), Problem>> {
        self.read.take()
    }

    /// Reads a table that was saved before.
    pub fn read(&mut self, host: &Host, path: PathBuf) {
        self.reading.start(host, "reading a table", (), 0.0, move |_| Some(sweeps::open(&path)));
    }

    /// Begins the scan that is planned, or goes on with it: points that are known are not run again.
    pub fn start(&mut self, host: &Host) {
        let plan = &self.plan;
        let like = Run {
            lattice: Geometry::Square,
            disorder: Disorder::None,
            side: SIZES[0],
            // What the exact curves and the captions are about, whatever stands on the magnet's page.
            parameters: Parameters { temperature: 1.0, field: 0.0, coupling: Coupling::Ferromagnetic },
            dynamics: plan.dynamics,
            start: Start::Up,
            sweeps: u64::from(plan.sweeps),
            is_tempered: false,
            warmup: u64::from(plan.sweeps) / 5,
            seed: plan.seed,
        };
        let runs = study::runs(&plan.sizes(), &plan.temperatures(), &like);
        self.like = Some(like);
        self.choose();
        let known = &self.shown;
        let missing: Vec<Run> = runs.into_iter().filter(|run| known.iter().all(|point| point.run != *run)).collect();
        let live = Arc::clone(&self.live);
        self.scan.start(host, "ising scan", (), 0.0, move |watcher: &Watcher| {
            in_a_pool(|| {
                let note = |_: usize, point: Point| {
                    // A panic elsewhere cannot have left half a point.
                    live.lock().unwrap_or_else(PoisonError::into_inner).push(point);
                };
                match study::measure(&missing, &|done| watcher.go_on(done), &note) {
                    Ok(true) => Some(Ok(())),
                    Ok(false) => None,
                    Err(error) => Some(Err(Problem::unexpected(error))),
                }
            })
        });
    }
}

impl Drop for Study {
    fn drop(&mut self) {
        if let Some(carrier) = self.carrier.clone().filter(|_| self.has_unleft)
            && let Ok(table) = sweeps::table(&self.to_be_left())
        {
            carrier.leave(Some(table));
        }
    }
}
