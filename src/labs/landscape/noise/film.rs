//! Everything that is worked out of a drawing: the ways out and back at all times, density and arrows, and when what is
//! decided.

use rayon::prelude::*;

use super::settings::{Direction, NoiseSettings, REACH};
use crate::{
    physics::landscape::{
        density::{density, score},
        diffusion::{DiffusionError, LONG, Smoothed},
    },
    simulation::Watcher,
};

/// Cells of the picture of the density, and arrows, along each side.
pub(super) const CELLS: usize = 64;
pub(super) const ARROWS: usize = 20;
/// Earliest time that a logarithmic axis shows.
pub(super) const SHORT: f64 = 0.0008;
/// Times at which the agreement of twins is known, and noisy points for each. They go on to times at which the noise of the
/// way is far below that about each point.
const TWIN_TIMES: usize = 64;
const EARLIEST_TWINS: f64 = 2e-5;
/// So many times as far from the points as they should be is more than chance: each mean is known to some five percent.
const COARSE: f64 = 1.35;
const TWINS: usize = 1500;

/// How often two twins that come back from one noisy point agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Twins {
    /// The time of the noisy point.
    pub time: f64,
    /// In colour: 0 as often as by chance, 1 always.
    pub class: f64,
    /// In point, on the same scale.
    pub point: f64,
}

/// All moments of a drawing on its way into noise and back.
#[derive(Clone, Debug)]
pub(super) struct Film {
    /// What it was worked out for.
    pub of: NoiseSettings,
    /// Times, from noise down to the drawing.
    pub times: Vec<f64>,
    /// For each time the places of the points of the drawing on their way out.
    pub out: Vec<Vec<[f32; 2]>>,
    /// For each time the places of the points that come back.
    pub back: Vec<Vec<[f32; 2]>>,
    /// The colour of the point that each comes back to.
    pub ends: Vec<u8>,
    /// For each time the density, 0 to 255, and the score.
    pub density: Vec<Vec<u8>>,
    /// For each time the arrows.
    pub score: Vec<Vec<[f32; 2]>>,
    /// For each time the mean weight of the most probable origin of those that come back.
    pub memory: Vec<f64>,
    /// The agreement of twins, from early times on.
    pub twins: Vec<Twins>,
    /// The drawing has both colours.
    pub has_classes: bool,
    /// Times at which twins agree half way in colour, and in point; none where they never do.
    pub decided: Option<f64>,
    pub copied: Option<f64>,
    /// How many flew away because steps were too long.
    pub flown: usize,
    /// Those that came back lie farther from the points than the noise about each: the steps were too long near the end.
    pub is_coarse: bool,
}

impl Film {
    /// Works everything out; none where the watcher told it to stop. It runs on the threads of the pool it is called in.
    pub fn new(of: NoiseSettings, watcher: &Watcher) -> Option<Result<Self, DiffusionError>> {
        let points: Vec<[f64; 2]> = of.drawing.iter().map(|dot| dot.at.map(f64::from)).collect();
        let smoothed = match Smoothed::new(points, of.sigma) {
            Ok(smoothed) => smoothed,
            Err(error) => return Some(Err(error)),
        };
        let times = smoothed.times(of.steps as usize, of.spacing);
        let ways =
            smoothed.ways_back(of.samples as usize, &times, of.sampler, of.seed, &|done| watcher.go_on(0.3 * done))?;
        let back = by_time(&ways, times.len());
        let out = by_time(&smoothed.ways_out(&times, of.seed), times.len());
        let grids = grids(&smoothed, &times, watcher)?;
        let memory = back.par_iter().zip(&times).map(|(places, &time)| memory(&smoothed, places, time)).collect();
        if !watcher.go_on(0.8) {
            return None;
        }
        let classes: Vec<usize> = of.drawing.iter().map(|dot| usize::from(dot.kind)).collect();
        let twins = twins(&smoothed, &classes, of.seed);
        let is_gone = |at: &[f32; 2]| at.iter().any(|x| !x.is_finite() || f64::from(x.abs()) > 2.0 * REACH);
        let last = &back[times.len() - 1];
        let flown = last.iter().filter(|at| is_gone(at)).count();
        let ends = last.iter().map(|at| of.drawing[smoothed.nearest(at.map(f64::from))].kind).collect();
        let is_coarse = mean_distance(&smoothed, last) > COARSE * mean_distance(&smoothed, &out[times.len() - 1]);
        let has_classes = classes.contains(&0) && classes.contains(&1);
        let decided = if has_classes { half_way(&twins, |twins| twins.class) } else { None };
        let copied = half_way(&twins, |twins| twins.point);
        let (density, score) = grids.into_iter().unzip();
        Some(Ok(Self {
            of,
            times,
            out,
            back,
            ends,
            density,
            score,
            memory,
            twins,
            has_classes,
            decided,
            copied,
            flown,
            is_coarse,
        }))
    }

    /// The moment that is nearest to this time; times before the earliest one that an axis shows are the end.
    pub fn at(&self, time: f64) -> usize {
        if time <= SHORT {
            return self.times.len() - 1;
        }
        let after = self.times.partition_point(|&later| later > time).clamp(1, self.times.len() - 1);
        let (late, early) = (self.times[after - 1], self.times[after]);
        // Near in ratio; the last time is 0, which is far from all others.
        if late / time < time / early.max(f64::MIN_POSITIVE) { after - 1 } else { after }
    }

    /// The kind of a point on one of the ways: on the way back that of its end.
    pub fn kind(&self, index: usize, direction: Direction) -> u8 {
        if direction == Direction::Back { self.ends[index] } else { self.of.drawing[index].kind }
    }

    /// The agreement of twins at a time, between the two known ones.
    pub fn twins_at(&self, time: f64) -> Option<Twins> {
        let above = self.twins.partition_point(|twins| twins.time < time).clamp(1, self.twins.len().checked_sub(1)?);
        let (early, late) = (self.twins[above - 1], self.twins[above]);
        let share = ((time.max(EARLIEST_TWINS) / early.time).ln() / (late.time / early.time).ln()).clamp(0.0, 1.0);
        let between = |from: f64, to: f64| from + share * (to - from);
        Some(Twins { time, class: between(early.class, late.class), point: between(early.point, late.point) })
    }
}

/// A moment of a film, with the way that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub film: &'a Film,
    pub moment: usize,
    pub direction: Direction,
}

impl<'a> Shown<'a> {
    /// The points that are shown, each with its kind: on the way back that of its end.
    pub fn points(&self) -> impl Iterator<Item = ([f32; 2], u8)> + use<'a> {
        let Self { film, moment, direction } = *self;
        let places = if direction == Direction::Back { &film.back } else { &film.out };
        places[moment].iter().enumerate().map(move |(index, &at)| (at, film.kind(index, direction)))
    }
}

/// From places at all times, one after another, to the places of all at each time.
fn by_time(ways: &[Vec<[f64; 2]>], times: usize) -> Vec<Vec<[f32; 2]>> {
    (0..times).map(|time| ways.iter().map(|way| way[time].map(|x| x as f32)).collect()).collect()
}

type Picture = (Vec<u8>, Vec<[f32; 2]>);

fn grids(smoothed: &Smoothed, times: &[f64], watcher: &Watcher) -> Option<Vec<Picture>> {
    let mut pictures = Vec::with_capacity(times.len());
    for portion in times.chunks(16) {
        if !watcher.go_on(0.3 + 0.45 * pictures.len() as f64 / times.len() as f64) {
            return None;
        }
        let picture = |&time: &f64| {
            let density = density(smoothed, time, CELLS, REACH);
            let density = density.into_iter().map(|share| (255.0 * share.powf(0.6)) as u8).collect();
            (density, score(smoothed, time, ARROWS, REACH))
        };
        pictures.extend(portion.par_iter().map(picture).collect::<Vec<Picture>>());
    }
    Some(pictures)
}

/// The mean weight of the most probable origin of these places.
fn memory(smoothed: &Smoothed, places: &[[f32; 2]], time: f64) -> f64 {
    let most = |at: &[f32; 2]| smoothed.origins(at.map(f64::from), time).into_iter().fold(0.0, f64::max);
    let finite: Vec<&[f32; 2]> = places.iter().filter(|at| at.iter().all(|x| x.is_finite())).collect();
    finite.iter().map(|at| most(at)).sum::<f64>() / finite.len().max(1) as f64
}

fn twins(smoothed: &Smoothed, classes: &[usize], seed: u64) -> Vec<Twins> {
    let count = classes.len() as f64;
    let share = |kind: usize| classes.iter().filter(|&&class| class == kind).count() as f64 / count;
    // Twins that know nothing of each other agree by chance.
    let chance = [share(0).powi(2) + share(1).powi(2), 1.0 / count];
    let beyond = |agree: f64, chance: f64| if chance < 1.0 { (agree - chance) / (1.0 - chance) } else { 0.0 };
    let at = |place: usize| {
        let time = EARLIEST_TWINS * (LONG / EARLIEST_TWINS).powf(place as f64 / (TWIN_TIMES - 1) as f64);
        let [class, point] = smoothed.agreement(classes, time, TWINS, seed);
        Twins { time, class: beyond(class, chance[0]), point: beyond(point, chance[1]) }
    };
    (0..TWIN_TIMES).map(at).collect()
}

/// The latest time at which an agreement that falls with time goes through one half.
fn half_way(twins: &[Twins], of: impl Fn(&Twins) -> f64) -> Option<f64> {
    let place = twins.windows(2).rposition(|pair| of(&pair[0]) >= 0.5 && of(&pair[1]) < 0.5)?;
    let (early, late) = (&twins[place], &twins[place + 1]);
    let share = (of(early) - 0.5) / (of(early) - of(late));
    Some(early.time * (late.time / early.time).powf(share))
}

/// The mean distance of places from the points that are nearest to them.
fn mean_distance(smoothed: &Smoothed, places: &[[f32; 2]]) -> f64 {
    let distance = |at: &[f32; 2]| {
        let at = at.map(f64::from);
        let [x, y] = smoothed.points()[smoothed.nearest(at)];
        (at[0] - x).hypot(at[1] - y)
    };
    places.iter().map(distance).sum::<f64>() / places.len() as f64
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            presets::{Dot, Preset, dots},
            settings::NoiseSettings,
        },
        *,
    };
    use crate::{
        physics::landscape::diffusion::{Sampler, Spacing},
        simulation::{Job, Outcome},
    };

    fn film(of: NoiseSettings) -> Film {
        match Job::by_hand(move |watcher| Film::new(of, watcher)).take() {
            Some(Outcome::Done(Ok(film))) => film,
            _ => panic!("not worked out"),
        }
    }

    #[test]
    fn letters_are_decided_long_before_a_point_is_copied_and_come_back() {
        // Points are 0.07 apart: each is known alone where the noise about it is less than that.
        let film = film(NoiseSettings { samples: 100, steps: 100, sigma: 0.02, ..NoiseSettings::default() });
        let (decided, copied) = (film.decided.expect("two letters"), film.copied.expect("points"));
        assert!(decided > 0.2 && decided < 1.0, "{decided}");
        assert!(copied > 1e-5 && copied < 0.005, "{copied}");
        assert_eq!((film.times.len(), film.flown, film.is_coarse), (101, 0, false));
        // At the end every sample lies at a point of the drawing, within the noise about it.
        for at in &film.back[100] {
            let near = |dot: &Dot| f64::from((dot.at[0] - at[0]).hypot(dot.at[1] - at[1])) < 6.0 * 0.02;
            assert!(film.of.drawing.iter().any(near), "{at:?} is new");
        }
        let ends: Vec<f64> = [0, 1].map(|kind| film.ends.iter().filter(|&&end| end == kind).count() as f64).to_vec();
        // Half of a hundred, within four standard deviations.
        assert!((ends[0] - 50.0).abs() < 20.0, "{ends:?}");
        let memory: Vec<f64> = film.memory.iter().copied().step_by(25).collect();
        assert!(memory[0] < 0.05 && memory.windows(2).all(|pair| pair[0] < pair[1]), "{memory:?}");
    }

    #[test]
    fn one_colour_is_never_decided_and_long_last_steps_make_points_fly_away() {
        let spiral =
            NoiseSettings { drawing: dots(Preset::Spiral), samples: 40, steps: 20, ..NoiseSettings::default() };
        let calm = film(spiral.clone());
        assert!(!calm.has_classes && calm.decided.is_none());
        assert_eq!(calm.flown, 0);
        let wild = film(NoiseSettings { sampler: Sampler::Ode, spacing: Spacing::Uniform, ..spiral });
        assert!(wild.flown > 0, "uniform steps of Heun's method blow up");
        // Kicks of the last step, √(2 · 0.2), are far wider than the noise about each point, but nobody flies away.
        let letters = NoiseSettings { spacing: Spacing::Uniform, samples: 100, steps: 20, ..NoiseSettings::default() };
        assert!(film(letters).is_coarse);
    }

    #[test]
    fn moments_are_found_by_their_times() {
        let film = film(NoiseSettings { samples: 20, steps: 50, ..NoiseSettings::default() });
        for place in [0, 7, 30] {
            assert_eq!(film.at(film.times[place]), place);
        }
        assert_eq!((film.at(9.0), film.at(0.0)), (0, 50));
        let between = |share: f64| film.times[7].powf(1.0 - share) * film.times[8].powf(share);
        assert_eq!([film.at(between(0.4)), film.at(between(0.6))], [7, 8]);
        let first = film.twins_at(film.twins[3].time).expect("known");
        assert!((first.class - film.twins[3].class).abs() < 1e-9);
    }
}
