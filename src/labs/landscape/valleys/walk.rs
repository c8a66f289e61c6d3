//! A way that is walked, one flip after another.

use crate::physics::landscape::ways::Way;

/// Spins that turn in a second while the way is walked.
const FLIPS_A_SECOND: f64 = 3.0;

/// A way, and where one stands on it.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    /// The valleys at its ends, by their places in the tree.
    pub ends: [usize; 2],
    /// The states on it.
    pub way: Way,
    /// How many spins have been turned.
    pub place: usize,
    /// When the next spin turns, while it is walked; none before the first look at the clock.
    next: Option<f64>,
    walking: bool,
}

impl Walk {
    /// Stands at the beginning of a way.
    pub fn new(ends: [usize; 2], way: Way) -> Self {
        Self { ends, way, place: 0, next: None, walking: false }
    }

    /// The number of spins that turn in all.
    pub fn flips(&self) -> usize {
        self.way.states.len() - 1
    }

    /// Whether it is being walked.
    pub fn is_walking(&self) -> bool {
        self.walking
    }

    /// Begins to walk, from the beginning where it stands at the end, or stops.
    pub fn toggle(&mut self) {
        self.walking = !self.walking && self.flips() > 0;
        self.next = None;
        if self.walking && self.place == self.flips() {
            self.place = 0;
        }
    }

    /// Stops where it stands.
    pub fn pause(&mut self) {
        self.walking = false;
    }

    /// Goes to a place, and stops there.
    pub fn go_to(&mut self, place: usize) {
        self.place = place.min(self.flips());
        self.walking = false;
    }

    /// Goes so many spins on, or back, and stops there.
    pub fn step(&mut self, flips: i64) {
        self.go_to((self.place as i64 + flips).max(0) as usize);
    }

    /// Turns what is due by this time, in seconds; at the end it stops.
    pub fn play(&mut self, now: f64) {
        if !self.walking {
            return;
        }
        let due = *self.next.get_or_insert(now + 1.0 / FLIPS_A_SECOND);
        if now >= due {
            self.place += 1;
            self.next = Some(now + 1.0 / FLIPS_A_SECOND);
        }
        self.walking = self.place < self.flips();
    }

    /// Seconds until the next spin turns, while it is walked.
    pub fn wait(&self, now: f64) -> Option<f64> {
        self.walking.then(|| self.next.map_or(0.0, |next| (next - now).max(0.0)))
    }

    /// The state where it stands.
    pub fn state(&self) -> u32 {
        self.way.states[self.place]
    }

    /// The spin that turns next; none at the end.
    pub fn next_spin(&self) -> Option<usize> {
        let next = self.way.states.get(self.place + 1)?;
        Some((next ^ self.state()).trailing_zeros() as usize)
    }
}
