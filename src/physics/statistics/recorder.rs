//! A record of several quantities that never grows: means over blocks of equal length, which double when it is full.

use super::{Estimate, plateau_of_series};

/// Means of a number of quantities over blocks of steps, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorder {
    quantities: usize,
    most_blocks: usize,
    /// Block by block, all quantities of a block together.
    means: Vec<f64>,
    block_length: u64,
    /// Sums of the block under way.
    sums: Vec<f64>,
    filled: u64,
}

impl Recorder {
    /// An empty record of so many quantities, in at most so many blocks (made even, at least two).
    #[must_use]
    pub fn new(quantities: usize, most_blocks: usize) -> Self {
        Self {
            quantities,
            most_blocks: most_blocks.max(2).next_multiple_of(2),
            means: Vec::new(),
            block_length: 1,
            sums: vec![0.0; quantities],
            filled: 0,
        }
    }

    /// Forgets all steps, and keeps the memory for the next ones.
    pub fn clear(&mut self) {
        self.means.clear();
        self.sums.fill(0.0);
        (self.block_length, self.filled) = (1, 0);
    }

    /// Adds the values of one step, one of each quantity; more are left out.
    pub fn push(&mut self, values: &[f64]) {
        debug_assert_eq!(values.len(), self.quantities);
        for (sum, value) in self.sums.iter_mut().zip(values) {
            *sum += value;
        }
        self.filled += 1;
        if self.filled < self.block_length {
            return;
        }
        let length = self.block_length as f64;
        self.means.extend(self.sums.iter().map(|sum| sum / length));
        self.sums.fill(0.0);
        self.filled = 0;
        if self.blocks() == self.most_blocks {
            self.merge_pairs();
        }
    }

    fn merge_pairs(&mut self) {
        let width = self.quantities;
        for pair in 0..self.blocks() / 2 {
            for quantity in 0..width {
                let first = 2 * pair * width + quantity;
                self.means[pair * width + quantity] = 0.5 * (self.means[first] + self.means[first + width]);
            }
        }
        self.means.truncate(self.means.len() / 2);
        self.block_length *= 2;
    }

    /// Whole blocks so far.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.means.len() / self.quantities.max(1)
    }

    /// Steps in a block.
    #[must_use]
    pub fn block_length(&self) -> u64 {
        self.block_length
    }

    /// Steps added since it was empty, those of the block under way too.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.blocks() as u64 * self.block_length + self.filled
    }

    /// The means of one block.
    #[must_use]
    pub fn block(&self, block: usize) -> &[f64] {
        &self.means[block * self.quantities..(block + 1) * self.quantities]
    }

    /// Mean of one quantity over all blocks, with its error at the plateau. Blocks stand for steps. Where there are too few
    /// for a plateau, or for knowing their scatter, the error is unknown: infinite.
    #[must_use]
    pub fn averaged(&self, quantity: usize) -> Estimate {
        self.averaged_from(quantity, 0)
    }

    /// Returns the mean of one quantity over the blocks from number `from` on, with its error at the plateau.
    #[must_use]
    pub fn averaged_from(&self, quantity: usize, from: usize) -> Estimate {
        let plateau = plateau_of_series(&self.series(quantity, from).collect::<Vec<_>>());
        if plateau.is_reached && plateau.is_known {
            plateau.mean
        } else {
            Estimate { error: f64::INFINITY, ..plateau.mean }
        }
    }

    /// The block means of one quantity, from a block on.
    #[must_use = "looking changes nothing"]
    pub fn series(&self, quantity: usize, from: usize) -> impl ExactSizeIterator<Item = f64> + Clone {
        (from..self.blocks()).map(move |block| self.means[block * self.quantities + quantity])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_grows_and_keeps_every_mean() {
        let mut recorder = Recorder::new(2, 64);
        for step in 0..10_000 {
            recorder.push(&[f64::from(step), 1.0]);
        }
        assert!(recorder.blocks() < 64 && recorder.blocks() >= 32);
        assert_eq!((recorder.steps(), recorder.block_length()), (10_000, 256));
        for block in 0..recorder.blocks() {
            let middle = (block * 256) as f64 + 127.5;
            assert_eq!(recorder.block(block), [middle, 1.0]);
        }
    }
}
