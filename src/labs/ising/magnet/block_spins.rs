//! Step back: the lattice in blocks of 1, 2, 4, 8 and 16 spins a side, each block one spin.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use crate::{
    labs::ising::{
        common::block_sums::BlockSums,
        magnet::picture::{Picture, ViewRequest},
    },
    physics::{
        ising::{Spins, packed::PackedLattice},
        seeds,
    },
};

/// Sides of the blocks in spins.
pub const BLOCKS: [usize; 5] = [1, 2, 4, 8, 16];
/// Blocks along a tile's side that look well; a few more or less fill the tile with whole pixels.
pub const SHOWN: usize = 56;
/// Most blocks along a tile's side.
pub const MOST_SHOWN: usize = 256;

/// How a block becomes one spin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockRule {
    /// What most of its spins say; a coin where it is even.
    #[default]
    Majority,
    /// What its corner spin says.
    Decimation,
}

impl BlockRule {
    /// In the order of the controls.
    pub const ALL: [Self; 2] = [Self::Majority, Self::Decimation];
}

/// Blocks of one size as spins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// Side of a block in spins.
    pub block: usize,
    /// Blocks along a side.
    pub side: usize,
    /// Row by row, 0 down and 1 up.
    pub spins: Vec<u8>,
}

/// Memory that is used again.
#[derive(Debug, Default)]
pub struct Blocker {
    columns: BlockSums,
    picture: Picture,
}

impl Blocker {
    /// Makes block spins of the upper left corner of a lattice, at most `most` along a side. Coins for ties hang on `salt`,
    /// so that a still picture stays still. `staggered`: every second spin is turned over first.
    #[expect(clippy::too_many_arguments, reason = "each says another thing about the blocks")]
    pub fn fill(
        &mut self,
        tile: &mut Tile,
        lattice: &PackedLattice,
        block: usize,
        most: usize,
        rule: BlockRule,
        salt: u64,
        staggered: bool,
    ) {
        let side = (lattice.side() / block).min(most);
        (tile.block, tile.side) = (block, side);
        tile.spins.clear();
        if side == 0 {
            return;
        }
        if rule == BlockRule::Decimation || block == 1 {
            for y in 0..side {
                let row = y * block * lattice.side();
                let turned = |x: usize| staggered && (x + y) * block % 2 == 1;
                tile.spins.extend((0..side).map(|x| u8::from((lattice.spin(row + x * block) > 0) != turned(x))));
            }
            return;
        }
        let view = ViewRequest { x: 0, y: 0, columns: side, rows: side, block, with_overview: false };
        self.picture.draw(lattice, view, staggered, &mut self.columns);
        let mut coins = Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(salt, &[block as u64]));
        let spin = |&level: &u8| match level {
            // Exactly half of an even number of spins.
            127 => u8::from(coins.random::<bool>()),
            _ => u8::from(level > 127),
        };
        tile.spins.extend(self.picture.levels.iter().map(spin));
    }
}

impl Tile {
    /// |m| and G(1) = ⟨s s'⟩ of the block spins; the edges of a tile have no neighbours across.
    #[must_use]
    pub fn observables(&self) -> Option<[f64; 2]> {
        if self.side < 2 {
            return None;
        }
        let up = self.spins.iter().map(|&spin| u64::from(spin)).sum::<u64>() as f64;
        let count = self.spins.len() as f64;
        let rows = self.spins.chunks_exact(self.side);
        let beside: usize = rows.clone().map(|row| row.windows(2).filter(|pair| pair[0] != pair[1]).count()).sum();
        let below: usize =
            rows.clone().zip(rows.skip(1)).map(|(a, b)| a.iter().zip(b).filter(|(a, b)| a != b).count()).sum();
        let bonds = 2.0 * (self.side * (self.side - 1)) as f64;
        Some([(2.0 * up / count - 1.0).abs(), 1.0 - 2.0 * (beside + below) as f64 / bonds])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::ising::{Lattice, Start};

    fn lattice(start: Start, side: usize) -> PackedLattice {
        Lattice::new(side, start, &mut Xoshiro256PlusPlus::seed_from_u64(3)).expect("an even side").into()
    }

    #[test]
    fn blocks_follow_the_majority_and_toss_a_coin_where_it_is_even() {
        let lattice = lattice(Start::Random, 256);
        let mut blocker = Blocker::default();
        for block in [2, 4, 8, 16] {
            let (mut tile, mut tied, mut up) = (Tile::default(), 0_u32, 0_u32);
            for salt in 0..20 {
                blocker.fill(&mut tile, &lattice, block, SHOWN, BlockRule::Majority, salt, false);
                assert_eq!(tile.side, SHOWN.min(256 / block));
                for (place, &spin) in tile.spins.iter().enumerate() {
                    let (x, y) = (place % tile.side * block, place / tile.side * block);
                    let sum: i32 = (0..block * block)
                        .map(|k| i32::from(lattice.spin((y + k / block) * 256 + x + k % block)))
                        .sum();
                    if sum == 0 {
                        tied += 1;
                        up += u32::from(spin);
                    } else {
                        assert_eq!(spin == 1, sum > 0, "block {block} at {x}, {y}");
                    }
                }
            }
            // A fair coin within 5 σ; the coins of different salts are independent.
            let (tied, up) = (f64::from(tied), f64::from(up));
            assert!((up - tied / 2.0).abs() < 2.5 * tied.sqrt(), "block {block}: {up} of {tied}");
        }
    }

    #[test]
    fn decimation_keeps_the_corner_spin() {
        let lattice = lattice(Start::Random, 64);
        let mut tile = Tile::default();
        Blocker::default().fill(&mut tile, &lattice, 4, SHOWN, BlockRule::Decimation, 1, false);
        assert!(
            (0..256).all(|place| (tile.spins[place] == 1) == (lattice.spin((place / 16 * 64 + place % 16) * 4) > 0))
        );
    }

    #[test]
    fn observables_of_a_tile_are_those_of_its_spins() {
        let tile = Tile { block: 2, side: 2, spins: vec![1, 0, 1, 1] };
        // Three of four up; two of four bonds broken.
        assert_eq!(tile.observables(), Some([0.5, 0.0]));
        assert_eq!(Tile { block: 16, side: 1, spins: vec![1] }.observables(), None);
    }
}
