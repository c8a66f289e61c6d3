//! States of many chains or pictures as bits, and lists of their ones.

/// Rows of bits; what is behind the last unit of a row is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    units: usize,
    words: Vec<u64>,
}

impl Bits {
    /// Returns `rows` rows of `units` units each, all off.
    #[must_use]
    pub fn zeros(rows: usize, units: usize) -> Self {
        Self { units, words: vec![0; rows * units.div_ceil(64).max(1)] }
    }

    /// Returns the number of rows: chains, or pictures.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.words.len() / self.words_a_row()
    }

    /// Units in a row.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Words that a row takes.
    #[must_use]
    pub fn words_a_row(&self) -> usize {
        self.units.div_ceil(64).max(1)
    }

    /// The words of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u64] {
        &self.words[row * self.words_a_row()..][..self.words_a_row()]
    }

    /// Returns the words of a row, to be changed; bits behind the last unit must stay zero.
    pub fn row_mut(&mut self, row: usize) -> &mut [u64] {
        let words = self.words_a_row();
        &mut self.words[row * words..][..words]
    }

    /// Returns the words of all rows, one row after another.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Returns the words of all rows, to be changed; bits behind the last unit of a row must stay zero.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Turns what is behind the last unit of each row off.
    pub fn clear_padding(&mut self) {
        let (words_a_row, used) = (self.words_a_row(), self.units % 64);
        let last = if self.units == 0 { 0 } else { u64::MAX >> ((64 - used) % 64) };
        self.words.chunks_exact_mut(words_a_row).for_each(|row| row[words_a_row - 1] &= last);
    }

    /// Whether a unit is on.
    #[must_use]
    pub fn get(&self, row: usize, unit: usize) -> bool {
        self.row(row)[unit / 64] >> (unit % 64) & 1 == 1
    }

    /// Turns a unit of a row on or off.
    pub fn set(&mut self, row: usize, unit: usize, on: bool) {
        let word = &mut self.row_mut(row)[unit / 64];
        let bit = 1 << (unit % 64);
        *word = if on { *word | bit } else { *word & !bit };
    }

    /// The units of a row as 0 and 1.
    pub fn values(&self, row: usize) -> impl Iterator<Item = bool> + '_ {
        (0..self.units).map(move |unit| self.get(row, unit))
    }
}

/// The places of the ones in a row of words.
pub fn ones(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(place, &word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                64 * place + bit
            })
        })
    })
}

/// For each row, or for each unit, where its ones are. Room for all of them is kept, so filling never allocates.
#[derive(Clone, Debug)]
pub struct Lists {
    stride: usize,
    counts: Vec<u32>,
    indices: Vec<u16>,
}

/// The lists of some rows.
#[derive(Clone, Copy, Debug)]
pub struct Ones<'a> {
    stride: usize,
    counts: &'a [u32],
    indices: &'a [u16],
}

impl<'a> Ones<'a> {
    /// Lists with so much room each.
    #[must_use]
    pub fn new(stride: usize, counts: &'a [u32], indices: &'a [u16]) -> Self {
        Self { stride, counts, indices }
    }

    /// The ones of a row.
    #[inline(always)]
    #[must_use]
    pub fn of(self, row: usize) -> &'a [u16] {
        &self.indices[row * self.stride..][..self.counts[row] as usize]
    }
}

impl Lists {
    /// Empty lists, each with room for so many ones (at most 65,536).
    #[must_use]
    pub fn new(lists: usize, room: usize) -> Self {
        Self { stride: room, counts: vec![0; lists], indices: vec![0; lists * room] }
    }

    /// Returns the lists of all rows, in their order.
    #[must_use]
    pub fn all(&self) -> Ones<'_> {
        self.some(0, self.counts.len())
    }

    /// Returns `count` lists from the number `first` on.
    #[must_use]
    pub fn some(&self, first: usize, count: usize) -> Ones<'_> {
        Ones {
            stride: self.stride,
            counts: &self.counts[first..first + count],
            indices: &self.indices[first * self.stride..(first + count) * self.stride],
        }
    }

    /// How many ones each list has.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// A list for each row, of its units that are on.
    pub fn list_rows(&mut self, bits: &Bits) {
        for (row, (count, indices)) in
            self.counts.iter_mut().zip(self.indices.chunks_exact_mut(self.stride)).enumerate()
        {
            *count = list(bits.row(row), indices);
        }
    }

    /// A list for each unit, of the rows in which it is on.
    pub fn list_units(&mut self, bits: &Bits) {
        self.counts.fill(0);
        for row in 0..bits.rows() {
            for unit in ones(bits.row(row)) {
                let count = &mut self.counts[unit];
                self.indices[unit * self.stride + *count as usize] = row as u16;
                *count += 1;
            }
        }
    }

    /// Pieces of so many rows for several threads.
    pub fn parts_mut(&mut self, rows: usize) -> (usize, &mut [u32], &mut [u16]) {
        (rows * self.stride, &mut self.counts, &mut self.indices)
    }
}

/// Writes the places of the ones into `indices`, as many as fit, and returns how many those are.
pub fn list(words: &[u64], indices: &mut [u16]) -> u32 {
    let mut count = 0;
    for (place, index) in ones(words).zip(indices) {
        *index = place as u16;
        count += 1;
    }
    count
}
