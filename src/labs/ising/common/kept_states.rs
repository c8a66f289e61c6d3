//! How a model was before what a person did to it, so that each deed can be taken back and done again, in bounded memory.

use std::collections::VecDeque;

/// Memory that the kept states of one model take at most, in bytes.
pub const MOST_BYTES: usize = 64 << 20;

/// A state whose size is known.
pub trait KeptState {
    /// Memory that it takes, in bytes.
    fn bytes(&self) -> usize;
}

/// States by the numbers of the deeds before which they were, the oldest first. What is more than [`MOST_BYTES`] in sum is
/// dropped from the oldest on; the newest is always kept.
#[derive(Debug)]
pub struct KeptStates<S> {
    states: VecDeque<(u64, S)>,
    bytes: usize,
    most: usize,
}

impl<S> Default for KeptStates<S> {
    fn default() -> Self {
        Self { states: VecDeque::new(), bytes: 0, most: MOST_BYTES }
    }
}

impl<S: KeptState> KeptStates<S> {
    /// Keeps the state from before a deed. Numbers of deeds rise.
    pub fn keep(&mut self, deed: u64, state: S) {
        self.bytes += state.bytes();
        self.states.push_back((deed, state));
        while self.bytes > self.most && self.states.len() > 1 {
            if let Some((_, dropped)) = self.states.pop_front() {
                self.bytes -= dropped.bytes();
            }
        }
    }

    /// Hands the state kept for a deed to `exchange`, which leaves the state of now in its place. Returns what `exchange`
    /// returns, or none if the state was dropped.
    pub fn exchange<T>(&mut self, deed: u64, exchange: impl FnOnce(&mut S) -> T) -> Option<T> {
        let (_, state) = self.states.iter_mut().find(|(kept, _)| *kept == deed)?;
        let before = state.bytes();
        let result = exchange(state);
        self.bytes = self.bytes - before + state.bytes();
        Some(result)
    }

    /// The oldest deed whose state is kept; none if nothing is.
    #[must_use]
    pub fn oldest(&self) -> Option<u64> {
        self.states.front().map(|(deed, _)| *deed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl KeptState for Vec<u8> {
        fn bytes(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn the_oldest_states_are_dropped_and_the_newest_stays_however_large_it_is() {
        let mut kept = KeptStates { most: 100, ..KeptStates::default() };
        assert_eq!(kept.oldest(), None);
        for deed in 1..=5 {
            kept.keep(deed, vec![deed as u8; 30]);
        }
        assert_eq!(kept.oldest(), Some(3));
        assert_eq!(kept.exchange(2, |_| ()), None);
        kept.keep(6, vec![6; 1000]);
        assert_eq!(kept.oldest(), Some(6));
    }

    #[test]
    fn an_exchange_leaves_the_state_of_now_under_the_same_deed() {
        let mut kept = KeptStates { most: 100, ..KeptStates::default() };
        kept.keep(7, vec![1, 2, 3]);
        let mut now = vec![4; 60];
        kept.exchange(7, |state| std::mem::swap(state, &mut now)).expect("it is kept");
        assert_eq!(now, [1, 2, 3]);
        // What is kept is as large as what was put there.
        kept.keep(8, vec![0; 50]);
        assert_eq!(kept.oldest(), Some(8));
    }
}
