//! States that deeds can bring back: how things were before a restart or a stroke of the brush.

use std::collections::VecDeque;

/// Bytes kept at most, of all states together.
const MOST_BYTES: usize = 64 << 20;

/// States by the numbers of their deeds, the oldest first.
#[derive(Debug)]
pub struct KeptStates<S> {
    kept: VecDeque<(u64, usize, S)>,
    bytes: usize,
}

impl<S> Default for KeptStates<S> {
    fn default() -> Self {
        Self { kept: VecDeque::new(), bytes: 0 }
    }
}

impl<S> KeptStates<S> {
    /// Keeps a state of so many bytes for a deed. Where all of them would take more than 64 MB the oldest are dropped; a
    /// single state is kept whatever its size.
    pub fn keep(&mut self, deed: u64, state: S, bytes: usize) {
        self.bytes += bytes;
        self.kept.push_back((deed, bytes, state));
        while self.bytes > MOST_BYTES && self.kept.len() > 1 {
            if let Some((_, bytes, _)) = self.kept.pop_front() {
                self.bytes -= bytes;
            }
        }
    }

    /// The state kept for a deed, to be exchanged for another one.
    pub fn of(&mut self, deed: u64) -> Option<&mut S> {
        self.kept.iter_mut().find(|(kept, ..)| *kept == deed).map(|(.., state)| state)
    }

    /// Fills `deeds` with the numbers of all deeds whose states are kept, the oldest first.
    pub fn deeds_into(&self, deeds: &mut Vec<u64>) {
        deeds.clear();
        deeds.extend(self.kept.iter().map(|(deed, ..)| *deed));
    }

    /// Forgets all states.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_states_are_dropped_where_memory_ends() {
        let mut states = KeptStates::default();
        for deed in 1..=40 {
            states.keep(deed, deed, 2 << 20);
        }
        let mut deeds = Vec::new();
        states.deeds_into(&mut deeds);
        assert_eq!(deeds, (9..=40).collect::<Vec<_>>(), "32 states of 2 MB");
        assert!(states.of(8).is_none());
        assert_eq!(states.of(9), Some(&mut 9));
        states.keep(41, 41, 200 << 20);
        states.deeds_into(&mut deeds);
        assert_eq!(deeds, [41], "a huge one is kept all the same");
    }
}
