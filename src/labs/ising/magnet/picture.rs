//! Pictures of the lattice, no larger than the screen shows them: one byte a pixel, the mean of a whole b × b block.

use pulp::{Arch, NullaryFnOnce};

use crate::{
    labs::ising::common::block_sums::BlockSums,
    physics::ising::{Spins, packed::PackedLattice},
};

/// Which part of the torus to show, in spins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewRequest {
    /// Left edge; the torus joins on.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Pixels across, each one block wide.
    pub columns: usize,
    /// Pixels down.
    pub rows: usize,
    /// Spins along a block's side.
    pub block: usize,
    /// Whether a small picture of the whole is wanted too.
    pub with_overview: bool,
}

/// Longest side of a picture.
pub const MOST_PIXELS: usize = 4096;
/// Longest side of the small picture of the whole.
pub const OVERVIEW: usize = 128;

impl ViewRequest {
    /// The whole of a lattice on at most so many pixels a side.
    #[must_use]
    pub fn whole(side: usize, pixels: usize) -> Self {
        let block = side.div_ceil(pixels.max(1)).max(1);
        let across = side.div_ceil(block);
        Self { x: 0, y: 0, columns: across, rows: across, block, with_overview: false }
    }

    /// Returns this request with every value in range for a lattice of this side.
    #[must_use]
    pub fn clamped(self, side: usize) -> Self {
        let block = self.block.clamp(1, side);
        let most = side.div_ceil(block).min(MOST_PIXELS);
        Self {
            x: self.x % side,
            y: self.y % side,
            columns: self.columns.clamp(1, most),
            rows: self.rows.clamp(1, most),
            block,
            with_overview: self.with_overview,
        }
    }
}

/// A picture and the part of the torus it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What it shows.
    pub view: ViewRequest,
    /// Side of the lattice it was made from.
    pub side: usize,
    /// Row by row, 0 all down … 255 all up.
    pub levels: Vec<u8>,
    /// 1 where a spin is held; empty where none is, or where a pixel is more than a spin.
    pub pinned: Vec<u8>,
}

impl Picture {
    /// Makes the picture in place. `staggered` turns every second spin over. `columns` is scratch memory.
    pub fn draw(&mut self, lattice: &PackedLattice, view: ViewRequest, staggered: bool, columns: &mut BlockSums) {
        let side = lattice.side();
        let view = view.clamped(side);
        (self.view, self.side) = (view, side);
        self.levels.clear();
        self.pinned.clear();
        let block = view.block;
        Arch::new().dispatch(Levels { lattice, view, staggered, columns, levels: &mut self.levels });
        if block == 1 && lattice.pinned_count() > 0 {
            for row in 0..view.rows {
                let y = (view.y + row) % side;
                let pinned = |column: usize| lattice.is_pinned(y * side + (view.x + column) % side);
                self.pinned.extend((0..view.columns).map(|column| u8::from(pinned(column))));
            }
        }
    }
}

/// All rows of a picture. A structure, so that it is compiled for the widest vectors of the processor.
struct Levels<'a> {
    lattice: &'a PackedLattice,
    view: ViewRequest,
    staggered: bool,
    columns: &'a mut BlockSums,
    levels: &'a mut Vec<u8>,
}

impl NullaryFnOnce for Levels<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { lattice, view, staggered, columns, levels } = self;
        let (side, block) = (lattice.side(), view.block);
        let range = view.x..view.x + block * view.columns;
        for row in 0..view.rows {
            columns.sum(lattice, (view.y + row * block) % side, block, range.clone(), staggered);
            columns.levels([view.x, block, view.columns], side, levels);
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;
    use crate::physics::ising::{Lattice, Start};

    fn lattice(start: Start) -> PackedLattice {
        Lattice::new(12, start, &mut Xoshiro256PlusPlus::seed_from_u64(3)).expect("an even side").into()
    }

    #[test]
    fn a_pixel_is_the_mean_of_its_whole_block() {
        let lattice = lattice(Start::Random);
        let mut picture = Picture::default();
        picture.draw(&lattice, ViewRequest::whole(12, 5), false, &mut BlockSums::default());
        assert_eq!((picture.view.block, picture.view.columns, picture.levels.len()), (3, 4, 16));
        for (index, &level) in picture.levels.iter().enumerate() {
            let (column, row) = (index % 4, index / 4);
            let spin = |k: usize| lattice.spin((row * 3 + k / 3) * 12 + column * 3 + k % 3);
            let up = (0..9).filter(|&k| spin(k) > 0).count();
            assert_eq!(usize::from(level), up * 2 * 255 / 18);
        }
    }

    #[test]
    fn a_part_is_that_part_of_the_whole() {
        let lattice = Lattice::new(520, Start::Random, &mut Xoshiro256PlusPlus::seed_from_u64(8));
        let lattice = PackedLattice::from(lattice.expect("an even side"));
        let (mut whole, mut part) = (Picture::default(), Picture::default());
        for block in [1, 2, 3, 4, 6, 8, 13, 16] {
            let count = 520 / block;
            let all = ViewRequest { columns: count, rows: count, block, ..ViewRequest::default() };
            whole.draw(&lattice, all, true, &mut BlockSums::default());
            for (x, y, columns) in [(0, 0, 7), (9, 3, 11), (count - 12, 5, 12)] {
                let view = ViewRequest { x: x * block, y: y * block, columns, rows: 4, ..all };
                part.draw(&lattice, view, true, &mut BlockSums::default());
                for (index, &level) in part.levels.iter().enumerate() {
                    let place = (y + index / columns) * count + x + index % columns;
                    assert_eq!(level, whole.levels[place], "block {block}, from {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_view_goes_on_around_the_torus() {
        let lattice = lattice(Start::Halves);
        let mut picture = Picture::default();
        let view = ViewRequest { x: 10, y: 11, columns: 4, rows: 2, block: 1, with_overview: false };
        picture.draw(&lattice, view, false, &mut BlockSums::default());
        assert_eq!(picture.levels, [0, 0, 255, 255, 0, 0, 255, 255]);
    }

    #[test]
    fn the_staggered_picture_of_a_checkerboard_has_one_colour() {
        let mut lattice = lattice(Start::Up);
        for place in 0..144 {
            lattice.set_spin(place, (place % 12 + place / 12) % 2 == 0);
        }
        let mut picture = Picture::default();
        picture.draw(&lattice, ViewRequest::whole(12, 6), true, &mut BlockSums::default());
        assert!(picture.levels.iter().all(|&level| level == 255));
    }
}
