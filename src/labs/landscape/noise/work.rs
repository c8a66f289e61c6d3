//! What goes on beside the window: the film of a drawing, and tables of points that are read.

use std::path::PathBuf;

use super::{
    film::Film,
    playhead::Playhead,
    presets::Dot,
    settings::{FEWEST_DOTS, MOST_DOTS, NoiseRun, NoiseSettings},
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
        if self.film.as_ref().is_some_and(|before| before.of.drawing != film.of.drawing) {
            // What came back to another drawing begins anew.
            self.playhead.rewind(run.direction);
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
                Ok(points.into_iter().map(|at| Dot { at: at.map(|x| x as f32), kind: 0 }).collect())
            }))
        });
    }
}
