//! Swendsen and Wang's clusters on packed rows: labels for runs of joined spins, not for single ones.
//!
//! Of a row, all bonds to the left and all bonds upwards that join are two words of bits for 64 spins. A run is a piece of a
//! row without a gap in the bonds to the left; a run has one label, and its number is found from a place by counting ones.
//! Labels are a union–find forest over the runs.

use rand::{Rng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{PackedLattice, masks::Masks, straight};
use crate::physics::ising::{
    Spins,
    passes::{AllClusters, Forest, Passes},
    wolff::JoinTable,
};

/// Turned over, left alone, or not decided yet: kept at the root of a cluster.
const TURNS: u8 = 1;
const STAYS: u8 = 2;
const UNDECIDED: u8 = 0;

/// An update under way; its buffers are kept from one update to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PackedClusters {
    passes: Passes,
    /// A smaller run of the same cluster, or the run itself.
    parents: Forest,
    fate: Vec<u8>,
    /// Ones where a run begins, row by row.
    starts: Vec<u64>,
    /// Number of the first run of each word, less one: what ones up to a place are added to.
    ranks: Vec<u32>,
    /// Spins of the row under way, and of the one above.
    rows: [Vec<u64>; 2],
    /// What chance says of each bond of a row.
    chances: [Vec<u64>; 2],
    masks: Option<Masks>,
}

/// The row of a lattice, x after x.
fn read(lattice: &PackedLattice, y: usize, row: &mut [u64]) {
    for (word, spins) in row.iter_mut().enumerate() {
        *spins = straight::read(&lattice.planes, lattice.shape().words, y, word);
    }
}

/// Calls for each bit that is one.
fn each_one(mut bits: u64, mut call: impl FnMut(u32)) {
    while bits != 0 {
        call(bits.trailing_zeros());
        bits &= bits - 1;
    }
}

impl PackedClusters {
    /// Unites the runs of two words at these places.
    fn unite_ones(&mut self, ones: u64, place: usize, other: usize) {
        each_one(ones, |bit| {
            self.parents.unite(self.run(place, bit), self.run(other, bit));
        });
    }

    /// The run of a spin.
    #[inline]
    fn run(&self, place: usize, bit: u32) -> u32 {
        let ones = (self.starts[place] << (63 - bit)).count_ones();
        self.ranks[place].wrapping_add(ones)
    }
}

impl AllClusters<PackedLattice> for PackedClusters {
    fn passes(&self) -> Passes {
        self.passes
    }

    fn passes_mut(&mut self) -> &mut Passes {
        &mut self.passes
    }

    fn begin(&mut self, lattice: &PackedLattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        let words = straight::words(side);
        self.parents.0.clear();
        self.starts.clear();
        self.starts.resize(side * words, 0);
        self.ranks.clear();
        self.ranks.resize(side * words, 0);
        for row in self.rows.iter_mut().chain(&mut self.chances) {
            row.clear();
            row.resize(words.next_multiple_of(super::lanes::LANES), 0);
        }
        self.masks.get_or_insert_with(|| Masks::new(rng.next_u64())).set_chance(table.bond);
    }

    /// Joins the spins of a row to their left and upper neighbours.
    fn join_row(&mut self, y: usize, lattice: &PackedLattice, table: &JoinTable, _: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        let words = straight::words(side);
        let last_bits = side - 64 * (words - 1);
        let mask = |word: usize| straight::mask(side, word);
        let differ = if table.coupling < 0 { u64::MAX } else { 0 };
        let [mut spins, mut above] = std::mem::take(&mut self.rows);
        std::mem::swap(&mut spins, &mut above);
        read(lattice, y, &mut spins[..words]);
        let [mut left, mut up] = std::mem::take(&mut self.chances);
        // Begun before the first row.
        if let Some(masks) = &mut self.masks {
            masks.fill(&mut left);
            masks.fill(&mut up);
        }
        let mut runs = self.parents.0.len() as u32;
        let before = if y == 0 { 0 } else { (y - 1) * words };
        let mut carry = 0;
        let mut closes = false;
        let mut joined_before = 0;
        for word in 0..words {
            let spin = spins[word];
            let beside = spin << 1 | carry;
            carry = spin >> 63;
            let mut joins = left[word] & !(spin ^ beside ^ differ) & mask(word);
            if word == 0 {
                // The bond over the edge joins two runs of the row, once both are there.
                let last = spins[words - 1] >> (last_bits - 1) & 1;
                closes = left[0] & 1 == 1 && (spin & 1) ^ last ^ (differ & 1) == 0;
                joins &= !1;
            }
            let starts = !joins & mask(word);
            let place = y * words + word;
            self.starts[place] = starts;
            self.ranks[place] = runs.wrapping_sub(1);
            let new = starts.count_ones();
            self.parents.0.extend(runs..runs + new);
            runs += new;
            if y > 0 {
                let ups = up[word] & !(spin ^ above[word] ^ differ) & mask(word);
                // A bond that only repeats what the one to its left did: both rows go on there.
                let both = joins & !self.starts[before + word];
                let repeats = ups & (ups << 1 | joined_before) & both;
                joined_before = ups >> 63;
                self.unite_ones(ups & !repeats, place, before + word);
            }
        }
        if closes {
            self.parents.unite(self.ranks[y * words].wrapping_add(1), runs - 1);
        }
        if y + 1 == side {
            // The torus closes: every column to its top.
            read(lattice, 0, &mut above[..words]);
            if let Some(masks) = &mut self.masks {
                masks.fill(&mut up);
            }
            for word in 0..words {
                let ups = up[word] & !(spins[word] ^ above[word] ^ differ) & mask(word);
                self.unite_ones(ups, y * words + word, word);
            }
        }
        self.rows = [spins, above];
        self.chances = [left, up];
        // All runs are known after the last row.
        self.fate.clear();
        self.fate.resize(if y + 1 == side { self.parents.0.len() } else { 0 }, UNDECIDED);
    }

    fn tie_row(&mut self, y: usize, lattice: &PackedLattice, table: &JoinTable, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        let words = straight::words(side);
        for x in 0..side {
            let place = y * side + x;
            if table.meets_ghost(lattice.spin(place), rng) || lattice.is_pinned(place) {
                let run = self.run(y * words + x / 64, (x % 64) as u32);
                let root = self.parents.root(run);
                self.fate[root as usize] = STAYS;
            }
        }
    }

    /// Parents are smaller runs, whose parents are roots already by the time a run is reached.
    fn turn_row(&mut self, y: usize, lattice: &mut PackedLattice, rng: &mut Xoshiro256PlusPlus) {
        let side = lattice.side();
        let words = straight::words(side);
        let last_bits = side - 64 * (words - 1);
        let mut flips = std::mem::take(&mut self.chances[0]);
        let mut run = self.ranks[y * words].wrapping_add(1) as usize;
        let mut turning = 0;
        for (word, flips) in flips[..words].iter_mut().enumerate() {
            // Ones where turning begins or ends; whether it goes on is then the parity of those so far.
            let mut changes = 0;
            each_one(self.starts[y * words + word], |bit| {
                let fate = &mut self.fate[self.parents.flatten(run)];
                if *fate == UNDECIDED {
                    *fate = if rng.next_u64() >> 63 == 1 { TURNS } else { STAYS };
                }
                let now = u64::from(*fate == TURNS);
                changes |= (now ^ turning) << bit;
                turning = now;
                run += 1;
            });
            let mut parity = changes;
            for shift in [1, 2, 4, 8, 16, 32] {
                parity ^= parity << shift;
            }
            // What was under way at the end of the word before goes on until its first start.
            let before = (turning ^ u64::from(changes.count_ones() & 1)) & 1;
            *flips = if before == 1 { !parity } else { parity };
            if word + 1 == words {
                *flips &= u64::MAX >> (64 - last_bits);
            }
        }
        for (word, &flips) in flips[..words].iter().enumerate() {
            straight::turn(lattice, y, word, flips);
        }
        self.chances[0] = flips;
    }
}
