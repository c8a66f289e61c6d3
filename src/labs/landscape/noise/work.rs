//! What goes on beside the window: the film of a drawing, and tables of points that are read.

use std::path::PathBuf;

use super::{
    film::Film,
    playhead::Playhead,
    presets::Dot,
    settings::{Direction, FEWEST_DOTS, MOST_DOTS, NoiseRun, NoiseSettings, REACH},
};
use crate::{
    data::{Problem, points},
    labs::kit::{Host, Task, in_a_pool},
    platform::files::name_of,
};

/// Everything that has been worked out, and what is being worked out.
#[derive(Default)]
pub(super) struct Work {
    films: Task<Film, NoiseSettings>,
    /// What could not be worked out: it is not tried again and again.
    refused: Option<NoiseSettings>,
    /// The film on screen: the last that was worked out whole.
    pub film: Option<Film>,
    /// Counts the films.
    pub version: u64,
    /// Where it stands.
    pub playhead: Playhead,
    reading: Task<Vec<Dot>>,
}

impl Work {
    /// Takes what has been worked out, begins what is wanted next, and lets time pass. While a stroke is `drawn`, nothing
    /// new begins. Returns the points of a table that was read.
    pub fn follow(
        &mut self,
        host: &Host,
        settings: &NoiseSettings,
        run: &NoiseRun,
        drawn: bool,
        now: f64,
    ) -> Option<Vec<Dot>> {
        match self.films.poll() {
            Some((_, Ok(film))) => self.take(film, run),
            Some((settings, Err(problem))) => {
                self.refused = Some(settings);
                host.tell(problem);
            }
            None => {}
        }
        if settings.drawing.len() < FEWEST_DOTS && !drawn {
            // Of so few points there is nothing to show, and nothing of other points either.
            self.films.cancel();
            self.film = None;
            self.playhead.pause();
        }
        let is_there = self.film.as_ref().is_some_and(|film| film.of == *settings);
        let is_tried = self.films.key() == Some(settings) || self.refused.as_ref() == Some(settings);
        if is_there {
            self.films.cancel();
        } else if !is_tried && !drawn && settings.drawing.len() >= FEWEST_DOTS {
            let of = settings.clone();
            self.refused = None;
            self.films.start(host, "noise", settings.clone(), now, move |watcher| {
                let film = in_a_pool(|| Film::new(of, watcher))?;
                Some(film.map_err(Problem::unexpected))
            });
        }
        self.playhead.play(now, run.speed, run.direction);
        self.reading.poll_or_tell(host).map(|((), dots)| dots)
    }

    fn take(&mut self, film: Film, run: &NoiseRun) {
        let is_another = self.film.as_ref().is_some_and(|before| before.of.drawing != film.of.drawing);
        if is_another && run.direction == Direction::Back {
            // What came back to another drawing begins anew.
            self.playhead.rewind(Direction::Back);
        }
        self.version += 1;
        self.film = Some(film);
    }

    /// How much of another film is worked out, where that takes longer than a glance.
    pub fn progress(&self, now: f64) -> Option<f64> {
        self.films.long_progress(now)
    }

    /// Begins to read a table of points.
    pub fn read(&mut self, host: &Host, path: PathBuf, now: f64) {
        self.reading.start(host, "points", (), now, move |_| {
            Some(points::open(&path).and_then(|points| {
                if points.len() > MOST_DOTS {
                    let name = name_of(&path);
                    return Err(Problem::out_of_range(&name, "problem.field.points", points.len(), [1, MOST_DOTS]));
                }
                Ok(fitted(&points))
            }))
        });
    }
}

/// Points as a drawing: where they reach beyond the pad, they are moved to its middle and made smaller until they fit.
fn fitted(points: &[[f64; 2]]) -> Vec<Dot> {
    let farthest = |points: &[[f64; 2]]| points.iter().flatten().fold(0.0_f64, |most, x| most.max(x.abs()));
    let dots = |points: &[[f64; 2]]| points.iter().map(|at| Dot { at: at.map(|x| x as f32), kind: 0 }).collect();
    if farthest(points) <= REACH {
        return dots(points);
    }
    let middle = [0, 1].map(|axis| points.iter().map(|point| point[axis] / points.len() as f64).sum::<f64>());
    let moved: Vec<[f64; 2]> = points.iter().map(|point| [point[0] - middle[0], point[1] - middle[1]]).collect();
    let scale = 0.8 * REACH / farthest(&moved).max(f64::MIN_POSITIVE);
    dots(&moved.iter().map(|point| point.map(|x| x * scale.min(1.0))).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_far_away_are_brought_onto_the_pad_and_others_stay() {
        let near = [[0.5, -1.0], [2.5, 0.0]];
        let at = |dots: Vec<Dot>| dots.into_iter().map(|dot| dot.at).collect::<Vec<_>>();
        assert_eq!(at(fitted(&near)), [[0.5, -1.0], [2.5, 0.0]]);
        for far in [[[0.0, 0.0], [500.0, 300.0]], [[1e39, 0.0], [-1e39, 0.0]], [[900.0, 900.0], [900.0, 900.0]]] {
            let dots = at(fitted(&far));
            assert!(dots.iter().flatten().all(|x| x.is_finite() && f64::from(x.abs()) <= REACH), "{dots:?}");
        }
    }
}
