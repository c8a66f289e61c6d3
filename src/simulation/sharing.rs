//! Whether several threads share the work: on a machine that is busy with something else, one thread may be faster than
//! two, of which one is always held up. What comes out is the same either way; only the time is looked at.

use std::time::Duration;

/// Steps in which either way is tried, and those of a round in all.
const SHARED: u32 = 64;
const ALONE: u32 = 32;
const ROUND: u32 = 4096;

/// Mean time of a step.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    seconds: f64,
    steps: f64,
}

impl Pace {
    fn add(&mut self, time: Duration) {
        self.seconds += time.as_secs_f64();
        self.steps += 1.0;
    }

    fn is_slower_than(&self, other: &Self) -> bool {
        self.seconds * other.steps > other.seconds * self.steps
    }
}

/// Tries both ways at the beginning of each round, and then keeps to the better one for as long as it is.
#[derive(Clone, Debug, Default)]
pub struct Sharing {
    step: u32,
    shared: Pace,
    alone: Pace,
}

impl Sharing {
    /// Whether to share the next step.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        match self.step {
            step if step < ALONE => false,
            step if step < ALONE + SHARED => true,
            _ => !self.shared.is_slower_than(&self.alone),
        }
    }

    /// Takes how long that step took.
    pub fn note(&mut self, time: Duration) {
        let is_shared = self.is_shared();
        // Of one thread's time the first look is enough; two may be held up at any time.
        if is_shared {
            self.shared.add(time);
        } else if self.step < ALONE {
            self.alone.add(time);
        }
        self.step += 1;
        if self.step == ROUND {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Share of the steps in some rounds that are shared, and the time of all against that of one thread.
    fn run(alone: u64, shared: impl Fn(u32) -> u64, rounds: u32) -> (f64, f64) {
        let mut sharing = Sharing::default();
        let (mut count, mut time) = (0, 0);
        for step in 0..rounds * ROUND {
            let is_shared = sharing.is_shared();
            let taken = if is_shared { shared(step) } else { alone };
            sharing.note(Duration::from_nanos(taken));
            count += u32::from(is_shared);
            time += taken;
        }
        let total = f64::from(rounds * ROUND);
        (f64::from(count) / total, time as f64 / (total * alone as f64))
    }

    #[test]
    fn the_faster_way_is_taken_nearly_always() {
        let (share, time) = run(1000, |_| 600, 3);
        assert!(share > 0.98 && time < 0.61, "{share} {time}");
        let (share, time) = run(1000, |_| 1400, 3);
        assert!(share < 0.02 && time < 1.01, "{share} {time}");
    }

    #[test]
    fn rare_long_waits_are_noticed_and_an_idle_machine_is_shared_again() {
        // One step in a hundred is held up for the time of a hundred others.
        let (_, time) = run(1000, |step| if step % 100 == 99 { 100_000 } else { 600 }, 4);
        assert!(time < 1.06, "{time}");
        let (share, _) = run(1000, |step| if step < ROUND { 1400 } else { 600 }, 5);
        assert!(share > 0.75, "{share}");
    }
}
