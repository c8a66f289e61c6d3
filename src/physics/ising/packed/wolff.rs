//! Wolff's cluster on packed rows: bonds are drawn 256 spins at a time, and then whole words of the cluster grow by logic.
//!
//! The first time that a cluster comes to a piece of a row, all bonds of its spins to the left and upwards are drawn at
//! once. Each bond is drawn only once for a cluster, whichever of its ends asks first, so that what grows is the cluster of
//! Fortuin and Kasteleyn that Wolff's rule would grow spin by spin.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{PackedLattice, lanes::LANES, masks::Masks, straight};
use crate::physics::ising::{
    Spins,
    wolff::{JoinTable, OneCluster},
};

/// Words of a piece of a row, whose bonds to the left and upwards are one vector of random bits.
const PIECE: usize = LANES / 2;
/// Random words drawn in advance.
const SUPPLY: usize = 32 * LANES;

/// 64 spins of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cell {
    /// Ones for spins of the cluster,
    members: u64,
    /// and for those of them that have not asked their neighbours yet.
    waiting: u64,
    /// Ones where a spin is joined to the one to its left,
    left: u64,
    /// and to the one above it.
    up: u64,
}

/// A cluster under way; its buffers are kept from one cluster to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PackedWolff {
    cells: Vec<Cell>,
    /// For each row, ones for pieces whose bonds are drawn: 16 at most.
    drawn: Vec<u16>,
    /// For each row, ones for words with spins that wait: 64 at most.
    words: Vec<u64>,
    /// Ones for rows with spins that wait.
    rows: Vec<u64>,
    /// The row whose spins ask, and whether the next is further down.
    row: usize,
    down: bool,
    /// Pieces that were drawn, in their order, and how many of them have turned.
    met: Vec<u32>,
    flipped: usize,
    size: u64,
    stays: bool,
    masks: Option<Masks>,
    /// Random bits that are one with the chance of a bond; those before `used` are used up.
    supply: Vec<u64>,
    used: usize,
}

/// Spreads ones to all places that joins lead to; a join leads to the place before it.
#[inline(always)]
fn spread_along(ones: u64, joins: u64) -> u64 {
    let (mut up, mut rising) = (ones, joins & !1);
    let (mut down, mut falling) = (ones, joins >> 1);
    for shift in [1, 2, 4, 8, 16, 32] {
        up |= rising & up << shift;
        rising &= rising << shift;
        down |= falling & down >> shift;
        falling &= falling >> shift;
    }
    up | down
}

impl PackedWolff {
    /// The next vector of random bits.
    #[inline]
    fn chances(&mut self) -> [u64; LANES] {
        if self.used == self.supply.len() {
            self.supply.resize(SUPPLY, 0);
            if let Some(masks) = &mut self.masks {
                masks.fill(&mut self.supply);
            }
            self.used = 0;
        }
        let mut chances = [0; LANES];
        chances.copy_from_slice(&self.supply[self.used..self.used + LANES]);
        self.used += LANES;
        chances
    }

    /// Draws the bonds of a piece to the left and upwards, if that was not done yet.
    #[inline(always)]
    fn look(&mut self, lattice: &PackedLattice, row: usize, word: usize, table: &JoinTable) {
        if self.drawn[row] >> (word / PIECE) & 1 == 0 {
            self.draw(lattice, row, word / PIECE, table);
        }
    }

    #[inline(never)]
    fn draw(&mut self, lattice: &PackedLattice, row: usize, piece: usize, table: &JoinTable) {
        let (side, width) = (lattice.side(), lattice.shape().words);
        let words = straight::words(side);
        self.drawn[row] |= 1 << piece;
        self.met.push((row * words.div_ceil(PIECE) + piece) as u32);
        let chances = self.chances();
        let differ = if table.coupling < 0 { u64::MAX } else { 0 };
        let above = if row == 0 { side - 1 } else { row - 1 };
        let first = piece * PIECE;
        let last_place = (side - 1) % 64;
        let read = |row: usize, word: usize| straight::read(&lattice.planes, width, row, word);
        let mut before = if first == 0 { read(row, words - 1) >> last_place } else { read(row, first - 1) >> 63 };
        for (place, word) in (first..words.min(first + PIECE)).enumerate() {
            let spins = read(row, word);
            let beside = spins << 1 | before & 1;
            before = spins >> 63;
            let valid = straight::mask(side, word);
            let cell = &mut self.cells[row * words + word];
            cell.left = chances[place] & !(spins ^ beside ^ differ) & valid;
            cell.up = chances[PIECE + place] & !(spins ^ read(above, word) ^ differ) & valid;
        }
    }

    /// Takes spins of a word in.
    #[inline(always)]
    fn join(
        &mut self,
        lattice: &PackedLattice,
        (row, word): (usize, usize),
        new: u64,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
    ) {
        let words = straight::words(lattice.side());
        let cell = &mut self.cells[row * words + word];
        let new = new & !cell.members;
        if new != 0 {
            cell.members |= new;
            cell.waiting |= new;
            self.words[row] |= 1 << word;
            self.rows[row / 64] |= 1 << (row % 64);
            self.look(lattice, row, word, table);
            self.meet(lattice, (row, word), new, table, rng);
        }
    }

    /// Counts new spins, and asks whether one of them keeps the cluster as it is.
    #[inline(always)]
    fn meet(
        &mut self,
        lattice: &PackedLattice,
        (row, word): (usize, usize),
        new: u64,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
    ) {
        self.size += u64::from(new.count_ones());
        let width = lattice.shape().words;
        if table.ghost_spin != 0 {
            let spins = straight::read(&lattice.planes, width, row, word);
            let tied = if table.ghost_spin > 0 { new & spins } else { new & !spins };
            for _ in 0..tied.count_ones() {
                self.stays |= table.meets_ghost(table.ghost_spin, rng);
            }
        }
        if let Some(pinned) = &lattice.pinned {
            self.stays |= straight::read(pinned, width, row, word) & new != 0;
        }
    }

    fn begin(&mut self, lattice: &PackedLattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        self.cells.resize(side * straight::words(side), Cell::default());
        self.drawn.resize(side, 0);
        self.words.resize(side, 0);
        self.rows.resize(side.div_ceil(64), 0);
        let masks = self.masks.get_or_insert_with(|| Masks::new(rng.next_u64()));
        if masks.set_chance(table.bond) {
            self.supply.clear();
            self.used = 0;
        }
        let seed = ((u128::from(rng.next_u64()) * lattice.len() as u128) >> 64) as usize;
        let (row, x) = (seed / side, seed % side);
        self.row = row;
        self.join(lattice, (row, x / 64), 1 << (x % 64), table, rng);
    }

    /// Lets the waiting spins of a word ask their neighbours, with all that they bring in along the word. Returns how many
    /// have asked.
    #[inline(always)]
    fn attempt(
        &mut self,
        (row, word): (usize, usize),
        lattice: &PackedLattice,
        table: &JoinTable,
        rng: &mut Xoshiro256PlusPlus,
    ) -> u64 {
        let side = lattice.side();
        let words = straight::words(side);
        let (last, last_place) = (words - 1, (side - 1) % 64);
        let above = if row == 0 { side - 1 } else { row - 1 };
        let below = if row + 1 == side { 0 } else { row + 1 };
        let cell = &mut self.cells[row * words + word];
        let (left, up) = (cell.left, cell.up);
        let waiting = std::mem::take(&mut cell.waiting);
        let new = spread_along(waiting, left) & !cell.members;
        cell.members |= new;
        let asking = waiting | new;
        if new != 0 {
            self.meet(lattice, (row, word), new, table, rng);
        }
        self.join(lattice, (above, word), asking & up, table, rng);
        self.look(lattice, below, word, table);
        let down = self.cells[below * words + word].up;
        self.join(lattice, (below, word), asking & down, table, rng);
        // Over the ends of the word.
        if asking & left & 1 == 1 {
            let (before, place) = if word == 0 { (last, last_place) } else { (word - 1, 63) };
            self.join(lattice, (row, before), 1 << place, table, rng);
        }
        let (after, top) = if word == last { (0, last_place) } else { (word + 1, 63) };
        if asking >> top & 1 == 1 {
            self.look(lattice, row, after, table);
            let joined = self.cells[row * words + after].left & 1;
            self.join(lattice, (row, after), joined, table, rng);
        }
        u64::from(asking.count_ones())
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
        let mut work = 0;
        while self.words[row] != 0 && !self.stays {
            let word = self.words[row].trailing_zeros() as usize;
            self.words[row] &= self.words[row] - 1;
            work += self.attempt((row, word), lattice, table, rng);
        }
        self.rows[row / 64] &= !(1 << (row % 64));
        work
    }

    /// Row and words of a piece.
    fn piece(&self, index: usize, side: usize) -> (usize, std::ops::Range<usize>) {
        let words = straight::words(side);
        let pieces = words.div_ceil(PIECE);
        let (row, first) = (self.met[index] as usize / pieces, self.met[index] as usize % pieces * PIECE);
        (row, first..words.min(first + PIECE))
    }

    fn forget(&mut self) {
        let side = self.drawn.len();
        for index in 0..self.met.len() {
            let (row, piece) = self.piece(index, side);
            let first = row * straight::words(side);
            self.cells[first + piece.start..first + piece.end].fill(Cell::default());
            (self.drawn[row], self.words[row], self.rows[row / 64]) = (0, 0, 0);
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
            let side = lattice.side();
            while work < budget && self.flipped < self.met.len() {
                let (row, piece) = self.piece(self.flipped, side);
                for word in piece {
                    let members = self.cells[row * straight::words(side) + word].members;
                    straight::turn(lattice, row, word, members);
                    work += u64::from(members.count_ones());
                }
                self.flipped += 1;
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
