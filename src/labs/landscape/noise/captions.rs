//! What is said of the film, the page's numbers by name, and the status bar.

use super::{
    film::Film,
    settings::{Direction, FEWEST_DOTS, MOST_DOTS, NoiseSettings},
    work::Work,
};
use crate::{
    labs::kit::{Format, Observable},
    physics::landscape::diffusion::Spacing,
    text::Texts,
    widgets::numbers,
};

/// A time as it is written: two significant digits.
pub(super) fn number(time: f64) -> String {
    let decimals = match time {
        t if t <= 0.0 => 0,
        t if t >= 0.995 => 1,
        t => (1.0 - t.log10().floor()) as usize,
    };
    numbers::fixed(time, decimals)
}

/// A moment's time, in short: without zeros at its end.
pub(super) fn time(time: f64) -> String {
    let written = number(time);
    let short = if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.') } else { &written };
    format!("t = {short}")
}

/// The moment that is shown, and which way time runs.
pub(super) fn moment(at: f64, direction: Direction, t: Texts) -> String {
    let key = if direction == Direction::Back { "noise.moment.back" } else { "noise.moment.out" };
    t.fill(key, &[("time", &number(at))])
}

/// The caption of the field.
pub(super) fn field(film: &Film, moment: usize, direction: Direction, t: Texts) -> String {
    if let Some(warning) = too_long(film, t).filter(|_| direction == Direction::Back) {
        return warning;
    }
    let is_end = moment + 1 == film.times.len();
    match (direction, is_end) {
        (Direction::Back, true) => t.fill("noise.caption.end", &[("sigma", &numbers::fixed(film.of.sigma, 2))]),
        (Direction::Back, false) => t.get("noise.caption.back").to_owned(),
        (Direction::Out, _) => t.get("noise.caption.out").to_owned(),
    }
}

/// What is said where the steps back were too long to lead to the drawing.
fn too_long(film: &Film, t: Texts) -> Option<String> {
    if film.flown > 0 {
        let numbers = [film.flown, film.back[0].len()].map(|count| count.to_string());
        let key =
            if film.of.spacing == Spacing::Uniform { "noise.caption.flown.uniform" } else { "noise.caption.flown" };
        return Some(t.fill(key, &[("flown", &numbers[0]), ("count", &numbers[1])]));
    }
    film.is_coarse.then(|| t.fill("noise.caption.coarse", &[("sigma", &numbers::fixed(film.of.sigma, 2))]))
}

/// The caption of the moments.
pub(super) fn moments(film: &Film, t: Texts) -> String {
    too_long(film, t).unwrap_or_else(|| t.get("noise.caption.moments").to_owned())
}

/// The caption of ways and twins.
pub(super) fn history(film: &Film, t: Texts) -> String {
    let measured = |time: Option<f64>| time.map(number);
    match (film.has_classes, measured(film.decided), measured(film.copied)) {
        (true, Some(decided), Some(copied)) => {
            t.fill("noise.caption.clocks", &[("decided", &decided), ("copied", &copied)])
        }
        (_, Some(decided), None) => t.fill("noise.caption.decided", &[("decided", &decided)]),
        (_, None, Some(copied)) => t.fill("noise.caption.copied", &[("copied", &copied)]),
        (true, ..) => t.get("noise.caption.neither").to_owned(),
        (false, ..) => t.get("noise.caption.never").to_owned(),
    }
}

/// The caption of the pad.
pub(super) fn drawing(settings: &NoiseSettings, t: Texts) -> String {
    if settings.drawing.len() < FEWEST_DOTS {
        let fewest = FEWEST_DOTS.to_string();
        return t.fill("noise.caption.few", &[("fewest", &fewest)]);
    }
    if settings.drawing.len() >= MOST_DOTS {
        return t.fill("noise.caption.full", &[("most", &MOST_DOTS.to_string())]);
    }
    t.get("noise.caption.drawing").to_owned()
}

/// The numbers of the page by name.
pub(super) fn observables(work: &Work, settings: &NoiseSettings) -> Vec<Observable> {
    let whole = |id: &str, count: usize| Observable::new(id, count as f64, Format::Whole);
    let mut found = vec![
        whole("points", settings.drawing.len()).said("noise.status.points", "noise.status.points.tip"),
        whole("samples", settings.samples as usize).said("noise.status.samples", "noise.status.samples.tip"),
    ];
    let Some(film) = &work.film else { return found };
    let moment = work.playhead.moment(film);
    let clock = |id: &str, value: Option<f64>| Observable { value, ..Observable::new(id, 0.0, Format::Decimals(4)) };
    let time = Observable::new("time", film.times[moment], Format::Decimals(3));
    found.insert(0, time.said("noise.status.time", "noise.status.time.tip"));
    if film.has_classes {
        found.push(clock("decided", film.decided).said("noise.status.decided", "noise.status.decided.tip"));
    }
    found.push(clock("copied", film.copied).said("noise.status.copied", "noise.status.copied.tip"));
    let memory = Observable::new("memory", 100.0 * film.memory[moment], Format::Whole).in_units("%");
    found.push(memory.said("noise.status.memory", "noise.status.memory.tip"));
    if let Some(twins) = film.twins_at(film.times[moment]) {
        found.push(Observable::new("twins_point", twins.point, Format::Decimals(3)));
    }
    found.push(whole("flown", film.flown));
    found.push(whole("coarse", usize::from(film.is_coarse)));
    found
}
