//! The study pages: a scan through temperature with several sizes, and what finite-size scaling makes of it.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use egui::{Rect, Ui};
use serde::{Deserialize, Serialize};

use super::{controls, scaling, scan};
use crate::{
    data::{Problem, sweeps, tables},
    labs::{Host, LabContext, in_a_pool, ising::IsingLab},
    physics::ising::{
        Coupling, Dynamics, Parameters, Start,
        graph::{Disorder, Geometry},
        measurement::Run,
        scaling::{Exponents, Fit, fit},
        study::{self, Point},
    },
    simulation::{Job, Outcome, Watcher},
    widgets::layout::{Class, LabLayout},
};

/// Sizes offered.
pub const SIZES: [usize; 6] = [8, 16, 32, 64, 128, 256];
/// Sweeps measured at each point.
pub const SWEEPS: std::ops::RangeInclusive<u32> = 100..=1_000_000;
/// Temperatures of a scan.
pub const TEMPERATURES: std::ops::RangeInclusive<u32> = 3..=81;
/// Points kept, of all scans together.
const MOST_POINTS: usize = 20_000;

/// What a scan runs, and what its curves are scaled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanSettings {
    /// First temperature in J/k.
    pub from: f64,
    /// Last temperature in J/k.
    pub to: f64,
    /// How many temperatures, both ends included.
    pub temperatures: u32,
    /// Which of [`SIZES`].
    pub sizes: [bool; SIZES.len()],
    /// The update rule.
    pub dynamics: Dynamics,
    /// Sweeps measured at each point; a fifth as many go before.
    pub sweeps: u32,
    /// T_c, ν, β and γ of the scaling page.
    pub exponents: [f64; 4],
}

impl Default for ScanSettings {
    fn default() -> Self {
        let Exponents { critical_temperature, nu, beta, gamma } = Exponents::exact();
        Self {
            from: 1.6,
            to: 3.2,
            temperatures: 17,
            sizes: [false, true, true, true, false, false],
            dynamics: Dynamics::SwendsenWang,
            sweeps: 5000,
            // Not yet right: turning the knobs until the curves fall together is the lesson.
            exponents: [(10.0 * critical_temperature).round() / 10.0 + 0.1, nu, 2.0 * beta, gamma - 0.5],
        }
    }
}

impl ScanSettings {
    /// The nearest that is allowed.
    #[must_use]
    pub fn repaired(mut self) -> Self {
        let fallback = Self::default();
        if !(self.from.is_finite() && self.to.is_finite() && self.from >= 0.1 && self.to <= 10.0 && self.from < self.to)
        {
            (self.from, self.to) = (fallback.from, fallback.to);
        }
        self.temperatures = self.temperatures.clamp(*TEMPERATURES.start(), *TEMPERATURES.end());
        self.sweeps = self.sweeps.clamp(*SWEEPS.start(), *SWEEPS.end());
        if self.exponents.iter().any(|value| !value.is_finite()) {
            self.exponents = fallback.exponents;
        }
        self
    }

    /// The temperatures in J/k, rounded to what a person would write.
    #[must_use]
    pub fn temperatures(&self) -> Vec<f64> {
        let steps = f64::from(self.temperatures.max(2) - 1);
        let at = |step: u32| self.from + (self.to - self.from) * f64::from(step) / steps;
        (0..self.temperatures).map(|step| (at(step) * 1e6).round() / 1e6).collect()
    }

    /// The sizes chosen.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        SIZES.into_iter().zip(self.sizes).filter_map(|(size, on)| on.then_some(size)).collect()
    }

    /// What the curves are scaled with.
    #[must_use]
    pub fn exponents(&self) -> Exponents {
        let [critical_temperature, nu, beta, gamma] = self.exponents;
        Exponents { critical_temperature, nu, beta, gamma }
    }
}

/// The page of the lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// The magnet itself.
    #[default]
    Magnet,
    /// Other lattices and disorder.
    Lattices,
    /// Averages against temperature.
    Scan,
    /// Scaled curves.
    Scaling,
}

/// What the pages keep.
#[derive(Default)]
pub(in crate::labs::ising) struct Study {
    pub(in crate::labs::ising) job: Option<Job<()>>,
    /// Points as they come.
    pub(in crate::labs::ising) live: Arc<Mutex<Vec<Point>>>,
    /// All points known, of any scan.
    pub(in crate::labs::ising) known: Vec<Point>,
    /// Points of the scan that is shown: those like it in all but size and temperature.
    pub(in crate::labs::ising) shown: Vec<Point>,
    pub(in crate::labs::ising) like: Option<Run>,
    pub(in crate::labs::ising) reading: Option<Job<Result<Vec<Point>, Problem>>>,
    pub(in crate::labs::ising) fit: Option<(usize, Option<Fit>)>,
    pub(in crate::labs::ising) fitting: Option<Job<(usize, Option<Fit>)>>,
    pub(in crate::labs::ising) exact: scan::ExactCurves,
}

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
    /// Takes what jobs have brought.
    pub(in crate::labs::ising) fn follow(&mut self, host: &Host, cx: &mut LabContext<'_>) {
        let new: Vec<Point> = match self.live.try_lock() {
            Ok(mut live) => std::mem::take(&mut *live),
            Err(_) => Vec::new(),
        };
        self.take(new);
        if self.job.as_ref().is_some_and(|job| job.take().is_some()) {
            self.job = None;
        }
        if let Some(outcome) = self.reading.as_ref().and_then(Job::take) {
            self.reading = None;
            match outcome {
                Outcome::Done(Ok(points)) => {
                    if let Some(last) = points.last() {
                        self.like = Some(last.run);
                    }
                    if points.len() > MOST_POINTS {
                        let most = MOST_POINTS.to_string();
                        cx.notices.say(cx.texts.fill("ising.scan.many", &[("most", &most)]));
                    }
                    self.take(points);
                }
                Outcome::Done(Err(problem)) => cx.notices.say(problem.text(cx.texts)),
                Outcome::Failed(why) => cx.notices.say(Problem::unexpected(why).text(cx.texts)),
                Outcome::Cancelled => {}
            }
        }
        if let Some(Outcome::Done(found)) = self.fitting.as_ref().and_then(Job::take) {
            self.fitting = None;
            self.fit = Some(found);
        }
        // A fit is made anew when points have come and no other is under way.
        if self.job.is_none() && self.fitting.is_none() && self.fit.is_none_or(|(count, _)| count != self.shown.len()) {
            let points = self.shown.clone();
            self.fitting = Some(host.job("ising scaling", move |_| Some((points.len(), fit(&points, 1)))));
        }
    }

    /// Takes points in; newer ones replace those of the same run.
    pub(in crate::labs::ising) fn take(&mut self, mut points: Vec<Point>) {
        if points.is_empty() {
            return;
        }
        points.drain(..points.len().saturating_sub(MOST_POINTS));
        let new: HashSet<_> = points.iter().map(key).collect();
        self.known.retain(|known| !new.contains(&key(known)));
        self.known.extend(points);
        self.known.drain(..self.known.len().saturating_sub(MOST_POINTS));
        self.choose();
    }

    pub(in crate::labs::ising) fn choose(&mut self) {
        let like = self.like;
        self.shown.clear();
        self.shown.extend(self.known.iter().filter(|point| like.is_some_and(|like| is_like(&point.run, &like))));
        self.sort();
        self.fit = None;
    }

    pub(in crate::labs::ising) fn sort(&mut self) {
        self.shown.sort_by(|a, b| {
            let temperature = |point: &Point| point.run.parameters.temperature;
            a.run.side.cmp(&b.run.side).then(temperature(a).total_cmp(&temperature(b)))
        });
    }

    /// Whether exact values are known for what is shown: the square lattice without a field and without disorder.
    pub(in crate::labs::ising) fn has_exact(&self) -> bool {
        self.like.is_none_or(|like| {
            like.parameters.field == 0.0 && like.lattice == Geometry::Square && like.disorder == Disorder::None
        })
    }

    /// The sizes of the points shown, smallest first.
    pub(in crate::labs::ising) fn sizes(&self) -> Vec<usize> {
        let mut sizes: Vec<usize> = self.shown.iter().map(|point| point.run.side).collect();
        sizes.dedup();
        sizes
    }

    /// Points of one size, by temperature.
    pub(in crate::labs::ising) fn of_size(&self, size: usize) -> impl Iterator<Item = &Point> {
        self.shown.iter().filter(move |point| point.run.side == size)
    }

    pub(in crate::labs::ising) fn progress(&self) -> Option<f64> {
        self.job.as_ref().map(Job::progress)
    }

    /// Reads a table that was saved before.
    pub fn read(&mut self, host: &Host, path: PathBuf) {
        self.reading = Some(host.job("reading a table", move |_| Some(sweeps::open(&path))));
    }
}

impl IsingLab {
    /// The points of the scan that is shown, by size and temperature.
    #[must_use]
    pub fn scanned(&self) -> &[Point] {
        &self.study.shown
    }

    /// Whether a scan is running.
    #[must_use]
    pub fn is_scanning(&self) -> bool {
        self.study.job.is_some()
    }

    /// Begins a scan, or stops the one that runs.
    pub(in crate::labs::ising) fn toggle_scan(&mut self) {
        match &self.study.job {
            Some(job) => job.cancel(),
            None if self.settings.scan.sizes.contains(&true) => self.start_scan(),
            None => {}
        }
    }

    /// Shows a page.
    pub fn show_page(&mut self, page: Page) {
        self.folds.page = page;
    }

    /// Begins the scan of the settings, or goes on with it: points that are known are not run again.
    pub fn start_scan(&mut self) {
        let scan = self.settings.scan.clone();
        let like = Run {
            lattice: Geometry::Square,
            disorder: Disorder::None,
            side: SIZES[0],
            // What the exact curves and the captions are about, whatever stands on the magnet's page.
            parameters: Parameters { temperature: 1.0, field: 0.0, coupling: Coupling::Ferromagnetic },
            dynamics: scan.dynamics,
            start: Start::Up,
            sweeps: u64::from(scan.sweeps),
            warmup: u64::from(scan.sweeps) / 5,
            seed: self.settings.seed,
        };
        let runs = study::runs(&scan.sizes(), &scan.temperatures(), &like);
        self.study.like = Some(like);
        self.study.choose();
        let known = &self.study.shown;
        let missing: Vec<Run> = runs.into_iter().filter(|run| known.iter().all(|point| point.run != *run)).collect();
        let live = Arc::clone(&self.study.live);
        self.study.job = Some(self.host.job("ising scan", move |watcher: &Watcher| {
            in_a_pool(|| {
                let note = |_: usize, point: Point| {
                    // A panic elsewhere cannot have left half a point.
                    live.lock().unwrap_or_else(PoisonError::into_inner).push(point);
                };
                study::measure(&missing, &|done| watcher.go_on(done), &note).ok().filter(|&whole| whole).map(|_| ())
            })
        }));
    }

    pub(in crate::labs::ising) fn save_scan(&mut self) {
        let points = self.study.shown.clone();
        let write = move || sweeps::table(&points).and_then(|bytes| tables::save("ising-scan", &bytes));
        self.saving.start(&self.host, "ising.notice.saved", write);
    }
}

/// Draws the page in place of the magnet.
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, layout: &LabLayout, cx: &mut LabContext<'_>) {
    lab.study.follow(&lab.host.clone(), cx);
    let (page, column) = match layout.class {
        Class::Compact => {
            let column = layout.plots.union(layout.controls);
            (Rect::from_min_max(layout.hero.min, egui::pos2(layout.upright.right(), column.bottom())), column)
        }
        _ => (layout.hero.union(layout.plots), layout.controls),
    };
    controls::show(lab, ui, column, cx);
    match lab.folds.page {
        Page::Scaling => scaling::show(lab, ui, page, cx),
        _ => scan::show(lab, ui, page, cx),
    }
}
