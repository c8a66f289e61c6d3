//! One layer of many chains at once: inputs, states and lists of what is on, cut into rows for several threads.

use rayon::prelude::*;

use super::{
    bits::{Bits, Lists, Ones, list},
    kernel::{Matrix, probabilities},
};

/// A layer of some chains.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What each unit hears, or its probability, or its value where it is a number: as the last stage left it.
    pub input: Matrix,
    /// Which are on.
    pub bits: Bits,
    ones: Lists,
}

/// Some rows of a layer.
pub struct Rows<'a> {
    /// The number of the first one.
    pub first: usize,
    /// Rows of inputs, padded.
    pub input: &'a mut [f32],
    /// Numbers from the beginning of a row to that of the next.
    pub stride: usize,
    units: usize,
    words: &'a mut [u64],
    counts: &'a mut [u32],
    indices: &'a mut [u16],
}

impl Layer {
    /// Returns a layer of `rows` chains with `units` units each: all off, all inputs zero.
    #[must_use]
    pub fn new(rows: usize, units: usize) -> Self {
        Self { input: Matrix::zeros(rows, units), bits: Bits::zeros(rows, units), ones: Lists::new(rows, units.max(1)) }
    }

    /// Returns the number of chains.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.input.rows()
    }

    /// The states were changed: lists their ones.
    pub fn relist(&mut self) {
        self.ones.list_rows(&self.bits);
    }

    /// Takes states, a bit each in whole words, if there are as many as here.
    pub fn take_words(&mut self, words: &[u64]) {
        if words.len() == self.bits.words().len() {
            self.bits.words_mut().copy_from_slice(words);
            self.bits.clear_padding();
            self.relist();
        }
    }

    /// Takes the states of another layer of the same size.
    pub fn copy_states(&mut self, from: &Self) {
        self.bits.clone_from(&from.bits);
        self.ones.clone_from(&from.ones);
    }

    /// The ones of each row.
    #[must_use]
    pub fn ones(&self) -> Ones<'_> {
        self.ones.all()
    }

    /// Returns all rows as one piece, to be changed.
    pub fn whole(&mut self) -> Rows<'_> {
        let (units, stride) = (self.bits.units(), self.input.stride());
        let (_, counts, indices) = self.ones.parts_mut(0);
        Rows { first: 0, input: self.input.data_mut(), stride, units, words: self.bits.words_mut(), counts, indices }
    }

    /// Pieces of so many rows.
    pub fn chunks(&mut self, rows: usize) -> impl IndexedParallelIterator<Item = Rows<'_>> {
        let (units, stride) = (self.bits.units(), self.input.stride());
        let words = rows * self.bits.words_a_row();
        let (indices_a_chunk, counts, indices) = self.ones.parts_mut(rows);
        let parts = (
            self.input.data_mut().par_chunks_mut(rows * stride),
            self.bits.words_mut().par_chunks_mut(words),
            counts.par_chunks_mut(rows),
            indices.par_chunks_mut(indices_a_chunk),
        );
        parts.into_par_iter().enumerate().map(move |(chunk, (input, words, counts, indices))| Rows {
            first: chunk * rows,
            input,
            stride,
            units,
            words,
            counts,
            indices,
        })
    }
}

impl Rows<'_> {
    /// Returns the number of rows in this piece.
    #[must_use]
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// Units in a row.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Lists of what is on.
    #[must_use]
    pub fn ones(&self) -> Ones<'_> {
        Ones::new(self.units.max(1), self.counts, self.indices)
    }

    /// Inputs to probabilities σ(input); states stay as they are.
    pub fn make_probabilities(&mut self) {
        for inputs in self.input.chunks_exact_mut(self.stride) {
            probabilities(&mut inputs[..self.units], 1.0);
        }
    }

    /// Goes through the rows: number, inputs without padding, words; then lists what is on.
    pub fn each(&mut self, mut work: impl FnMut(usize, &mut [f32], &mut [u64])) {
        let words_a_row = self.units.div_ceil(64).max(1);
        let rows = self.input.chunks_exact_mut(self.stride).zip(self.words.chunks_exact_mut(words_a_row));
        let lists = self.counts.iter_mut().zip(self.indices.chunks_exact_mut(self.units.max(1)));
        for (row, ((input, words), (count, indices))) in (self.first..).zip(rows.zip(lists)) {
            work(row, &mut input[..self.units], words);
            *count = list(words, indices);
        }
    }
}

/// Work on two layers row by row; with a grain, on several threads in pieces of a multiple of so many rows. The result
/// does not depend on the pieces.
pub fn by_rows(first: &mut Layer, second: &mut Layer, grain: Option<usize>, work: impl Fn(Rows<'_>, Rows<'_>) + Sync) {
    let threads = rayon::current_num_threads();
    let Some(grain) = grain.filter(|&grain| threads > 1 && first.rows() > grain) else {
        work(first.whole(), second.whole());
        return;
    };
    // Two pieces a thread: one that is held up by another program leaves its second piece to the others.
    let rows = first.rows().div_ceil(2 * threads).next_multiple_of(grain);
    first.chunks(rows).zip(second.chunks(rows)).for_each(|(first, second)| work(first, second));
}
