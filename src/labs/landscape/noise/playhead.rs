//! Which moment of the film is shown, and how time passes.

use super::{
    film::{Film, SHORT},
    settings::Direction,
};
use crate::physics::landscape::diffusion::LONG;

/// Where the film stands, in decades of time from noise on: 0 is t = 4.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Playhead {
    decades: f64,
    playing: bool,
    looked: Option<f64>,
}

/// Decades from noise to the earliest time on the axis, where the drawing itself is shown.
pub(super) fn length() -> f64 {
    (LONG / SHORT).log10()
}

/// How far a time lies along the axis from noise to the drawing, 0 to 1.
pub(super) fn share(time: f64) -> f64 {
    ((LONG / time.max(SHORT)).log10() / length()).clamp(0.0, 1.0)
}

/// The time at a share of the axis from noise to the drawing; the end is 0.
pub(super) fn time_at(share: f64) -> f64 {
    if share >= 1.0 { 0.0 } else { LONG * 10_f64.powf(-length() * share.max(0.0)) }
}

impl Playhead {
    /// Whether time passes.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// The time at which it stands; 0 at the end.
    pub fn time(&self) -> f64 {
        time_at(self.decades / length())
    }

    /// The moment of the film that is shown.
    pub fn moment(&self, film: &Film) -> usize {
        film.at(self.time())
    }

    /// Lets time pass, or stops it; at the end it begins anew.
    pub fn toggle(&mut self, direction: Direction) {
        self.playing = !self.playing;
        self.looked = None;
        if self.playing && self.is_at_the_end(direction) {
            self.rewind(direction);
        }
    }

    /// Stops time.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    fn is_at_the_end(&self, direction: Direction) -> bool {
        match direction {
            Direction::Back => self.decades >= length(),
            Direction::Out => self.decades <= 0.0,
        }
    }

    /// Goes to where this direction begins.
    pub fn rewind(&mut self, direction: Direction) {
        self.decades = if direction == Direction::Back { 0.0 } else { length() };
    }

    /// Goes to a time, and stops there.
    pub fn go_to(&mut self, time: f64) {
        self.decades = share(time) * length();
        self.playing = false;
    }

    /// Goes so many moments on in this direction, and stops there.
    pub fn step(&mut self, moments: i64, direction: Direction, film: &Film) {
        let sign = if direction == Direction::Back { 1 } else { -1 };
        // Moments earlier than the axis shows are the end.
        let end = film.times.partition_point(|&time| time > SHORT) as i64;
        let moment = ((self.moment(film) as i64).min(end) + sign * moments).clamp(0, end);
        self.go_to(if moment == end { 0.0 } else { film.times[moment as usize] });
    }

    /// Lets time pass until now, in seconds, at so many decades a second; at its end it stops.
    pub fn play(&mut self, now: f64, speed: f64, direction: Direction) {
        if !self.playing {
            return;
        }
        let passed = now - self.looked.replace(now).unwrap_or(now);
        let sign = if direction == Direction::Back { 1.0 } else { -1.0 };
        self.decades = (self.decades + sign * speed * passed).clamp(0.0, length());
        self.playing = !self.is_at_the_end(direction);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_from_noise_to_the_drawing_and_stops() {
        let mut playhead = Playhead::default();
        assert!((playhead.time() - LONG).abs() < 1e-12);
        playhead.toggle(Direction::Back);
        for step in 0..100 {
            playhead.play(f64::from(step) * 0.1, 1.0, Direction::Back);
        }
        assert!(!playhead.is_playing() && playhead.time() == 0.0);
        playhead.toggle(Direction::Out);
        playhead.play(20.0, 1.0, Direction::Out);
        playhead.play(21.0, 1.0, Direction::Out);
        assert!((playhead.time() - SHORT * 10.0).abs() < 1e-9, "one decade in a second");
        playhead.go_to(0.1);
        assert!((playhead.time() - 0.1).abs() < 1e-12 && !playhead.is_playing());
        assert_eq!((share(LONG), share(0.0), time_at(1.0)), (0.0, 1.0, 0.0));
    }
}
