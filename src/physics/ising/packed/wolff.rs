//! Wolff's cluster on packed rows: what waits to ask its neighbours stands as bits of a word, and a word asks at once.
//!
//! All spins of a cluster on one colour point the same way, so that those that may join are a word of the other plane (or
//! its complement) without the members. Every bond of a spin is drawn when the spin asks; where the neighbour cannot join,
//! the draw is of no consequence.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::planes::{PackedLattice, Shape};
use crate::physics::ising::{
    Spins,
    wolff::{JoinTable, OneCluster},
};

/// A word of the planes with its own of members and of those that wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Marks {
    members: u64,
    waiting: u64,
}

/// Where a word stands.
#[derive(Clone, Copy)]
struct Place {
    colour: usize,
    row: usize,
    column: usize,
}

/// A cluster under way; its buffers are kept from one cluster to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedWolff {
    /// By word, the first colour's before the second's.
    marks: Vec<Marks>,
    /// For each row, ones for its words with spins that wait, the first colour's before the second's: 64 at most.
    words: Vec<u64>,
    /// Ones for rows with spins that wait.
    rows: Vec<u64>,
    /// The row whose spins ask, and whether the next is further down.
    row: usize,
    down: bool,
    /// Words with members, in the order they were met, and how many of them have turned.
    met: Vec<u32>,
    flipped: usize,
    /// Ones for a colour whose members are up.
    up: [u64; 2],
    size: u64,
    stays: bool,
    /// Words of a row.
    width: usize,
}

/// Draws four bonds for each of these bits; each is one with a probability of threshold · 2⁻⁶⁴.
#[inline(always)]
fn draw(mut bits: u64, threshold: u64, rng: &mut Xoshiro256PlusPlus) -> [u64; 4] {
    let mut drawn = [0; 4];
    let first = threshold >> 48;
    while bits != 0 {
        let bit = bits & bits.wrapping_neg();
        bits ^= bit;
        // A quarter of a word for each bond: nearly always it differs from the threshold's first quarter, and that decides.
        // Without branches: whether a bond holds cannot be foreseen.
        let word = rng.next_u64();
        let mut ties = false;
        for (place, drawn) in drawn.iter_mut().enumerate() {
            let quarter = word >> (16 * place) & 0xFFFF;
            *drawn |= bit & u64::from(quarter < first).wrapping_neg();
            ties |= quarter == first;
        }
        if ties {
            for (place, drawn) in drawn.iter_mut().enumerate() {
                if word >> (16 * place) & 0xFFFF == first {
                    *drawn |= bit & u64::from(rng.next_u64() < threshold << 16).wrapping_neg();
                }
            }
        }
    }
    drawn
}

impl PackedWolff {
    /// Takes spins of a word in. Nearly without branches: whether there are any cannot be foreseen.
    #[inline(always)]
    fn join(
        &mut self,
        lattice: &PackedLattice,
        place: Place,
        new: u64,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
    ) {
        let Place { colour, row, column } = place;
        let shape = lattice.shape();
        let word = row * shape.words + column;
        let marks = &mut self.marks[colour * shape.len() + word];
        // In rows of one word both ways to the side lead here.
        let new = new & !marks.members;
        let is_first = marks.members == 0 && new != 0;
        marks.members |= new;
        marks.waiting |= new;
        self.size += u64::from(new.count_ones());
        self.words[row] |= u64::from(new != 0) << (colour * shape.words + column);
        self.rows[row / 64] |= u64::from(new != 0) << (row % 64);
        if is_first {
            self.met.push((colour * shape.len() + word) as u32);
        }
        if table.ghost_spin != 0 {
            let spin = if self.up[colour] != 0 { 1 } else { -1 };
            for _ in 0..new.count_ones() {
                self.stays |= table.meets_ghost(spin, rng);
            }
        }
        if let Some(pinned) = &lattice.pinned {
            self.stays |= pinned.of(colour)[word] & new != 0;
        }
    }

    fn begin(&mut self, lattice: &PackedLattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let shape = lattice.shape();
        self.marks.resize(2 * shape.len(), Marks::default());
        self.width = shape.words;
        self.words.resize(shape.side, 0);
        self.rows.resize(shape.side.div_ceil(64), 0);
        let seed = ((u128::from(rng.next_u64()) * lattice.len() as u128) >> 64) as usize;
        let (colour, word, bit) = shape.find(seed);
        let up = if lattice.spin(seed) > 0 { u64::MAX } else { 0 };
        let other = if table.coupling > 0 { up } else { !up };
        self.up[colour] = up;
        self.up[1 - colour] = other;
        let place = Place { colour, row: word / shape.words, column: word % shape.words };
        self.join(lattice, place, 1 << bit, table, rng);
    }

    /// Lets the waiting spins of a word ask their neighbours, and returns how many waited.
    #[inline(always)]
    fn attempt(
        &mut self,
        place: Place,
        lattice: &PackedLattice,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
    ) -> u64 {
        let shape = lattice.shape();
        let (words, total) = (shape.words, shape.len());
        let Place { colour, row, column } = place;
        let index = colour * total + row * words + column;
        let waiting = std::mem::take(&mut self.marks[index].waiting);
        let other = 1 - colour;
        let above = if row == 0 { shape.side - 1 } else { row - 1 };
        let below = if row + 1 == shape.side { 0 } else { row + 1 };
        // The fourth neighbours: in the same word but for the one at its end.
        let before = Shape::is_before(colour, row);
        let last = words - 1;
        let (beyond, from, to) = if before {
            let (beyond, top) = if column == 0 { (last, shape.last_bits - 1) } else { (column - 1, 63) };
            (beyond, 0, top)
        } else {
            let (beyond, top) = if column == last { (0, shape.last_bits - 1) } else { (column + 1, 63) };
            (beyond, top, 0)
        };
        let [above, below, same, beyond] = [(above, column), (below, column), (row, column), (row, beyond)]
            .map(|(row, column)| Place { colour: other, row, column });
        // Spins that may join: those that point as the cluster does on this colour and are no members.
        let (spins, up) = (lattice.planes.of(other), self.up[other]);
        let marks = &self.marks[other * total..(other + 1) * total];
        let [free_above, free_below, free_same, free_beyond] = [above, below, same, beyond].map(|place| {
            let word = place.row * words + place.column;
            !(spins[word] ^ up) & !marks[word].members
        });
        let beside = if before { free_same << 1 } else { free_same >> 1 };
        let beside = beside & !(1 << from) | (free_beyond >> to & 1) << from;
        // Those without anyone to ask need no draw.
        let attempt = waiting & (free_above | free_below | free_same | beside);
        let drawn = draw(attempt, table.bond, rng);
        let joining = drawn[3] & beside;
        let within = joining & !(1 << from);
        let within = if before { within >> 1 } else { within << 1 };
        self.join(lattice, above, drawn[0] & free_above, table, rng);
        self.join(lattice, below, drawn[1] & free_below, table, rng);
        self.join(lattice, same, drawn[2] & free_same | within, table, rng);
        self.join(lattice, beyond, (joining >> from & 1) << to, table, rng);
        u64::from(waiting.count_ones())
    }

    /// The next row with spins that wait: on in this direction, and back from the last one. So a row waits until all that
    /// the rows before it had to say is said.
    fn next_row(&mut self) -> Option<usize> {
        for _ in 0..3 {
            let (place, bit) = (self.row / 64, self.row % 64);
            let found = if self.down {
                let first = self.rows[place] & u64::MAX << bit;
                let rest = self.rows[place + 1..].iter().zip(place + 1..);
                let mut from = std::iter::once((&first, place)).chain(rest);
                from.find(|(rows, _)| **rows != 0).map(|(rows, at)| 64 * at + rows.trailing_zeros() as usize)
            } else {
                let last = self.rows[place] & u64::MAX >> (63 - bit);
                let rest = self.rows[..place].iter().zip(0..place).rev();
                let mut from = std::iter::once((&last, place)).chain(rest);
                from.find(|(rows, _)| **rows != 0).map(|(rows, at)| 64 * at + 63 - rows.leading_zeros() as usize)
            };
            if let Some(row) = found {
                self.row = row;
                return Some(row);
            }
            self.down = !self.down;
        }
        None
    }

    /// All waiting spins of a row ask, and those that they bring in along the row.
    fn ask_row(&mut self, row: usize, lattice: &PackedLattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) -> u64 {
        let words = lattice.shape().words;
        let mut work = 0;
        while self.words[row] != 0 && !self.stays {
            let mut waiting = std::mem::take(&mut self.words[row]);
            while waiting != 0 {
                let word = waiting.trailing_zeros() as usize;
                waiting &= waiting - 1;
                let (colour, column) = if word < words { (0, word) } else { (1, word - words) };
                work += self.attempt(Place { colour, row, column }, lattice, table, rng);
            }
        }
        self.rows[row / 64] &= !(1 << (row % 64));
        work
    }

    fn forget(&mut self) {
        let plane = self.marks.len() / 2;
        for &index in &self.met {
            self.marks[index as usize] = Marks::default();
            let row = index as usize % plane / self.width;
            self.words[row] = 0;
            self.rows[row / 64] = 0;
        }
        self.met.clear();
        (self.flipped, self.size, self.stays) = (0, 0, false);
    }
}

impl OneCluster<PackedLattice> for PackedWolff {
    fn is_idle(&self) -> bool {
        self.met.is_empty()
    }

    fn give_up(&mut self) {
        if self.flipped == 0 {
            self.forget();
        }
    }

    fn advance(
        &mut self,
        lattice: &mut PackedLattice,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
        budget: u64,
    ) -> (u64, Option<u64>) {
        if self.is_idle() {
            self.begin(lattice, table, rng);
        }
        let mut work = 0;
        while work < budget && !self.stays {
            let Some(row) = self.next_row() else { break };
            work += self.ask_row(row, lattice, table, rng);
        }
        if !self.stays {
            if self.rows.iter().any(|&rows| rows != 0) {
                return (work, None);
            }
            let total = lattice.shape().len();
            while work < budget && self.flipped < self.met.len() {
                let index = self.met[self.flipped] as usize;
                let members = self.marks[index].members;
                let (colour, word) = if index < total { (0, index) } else { (1, index - total) };
                lattice.planes.of_mut(colour)[word] ^= members;
                self.flipped += 1;
                work += u64::from(members.count_ones());
            }
            if self.flipped < self.met.len() {
                return (work, None);
            }
        }
        let visited = self.size;
        self.forget();
        (work, Some(visited))
    }
}
