//! The pictures that come with the program for the Hopfield memory: digits, letters, simple pictures and Chinese
//! numerals. Each is a drawing of pen strokes and filled areas and can be laid on a pad of any side. Within a set no
//! two pictures look alike, nor does one look like another with ink and paper exchanged, so that a network can tell
//! them apart.

mod chinese;
mod digits;
mod letters;
mod pictures;
mod raster;

use raster::{Mark, Point};

/// A set of pictures that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnSet {
    /// The digits 0 to 9.
    Digits,
    /// The capital letters A to Z.
    Letters,
    /// Simple pictures of well-known things.
    Pictures,
    /// The Chinese numerals from one to ten.
    ChineseNumerals,
}

impl DrawnSet {
    /// All sets, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Digits, Self::Letters, Self::Pictures, Self::ChineseNumerals];

    /// The short names of the pictures, in the order of their indices.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Digits => &digits::NAMES,
            Self::Letters => &letters::NAMES,
            Self::Pictures => &pictures::NAMES,
            Self::ChineseNumerals => &chinese::NAMES,
        }
    }

    /// The picture with this index on a pad of `side` times `side` pixels: the values row by row from the top, +1 for
    /// ink and -1 for paper. The drawings are made for sides from 5 to 64.
    ///
    /// # Panics
    /// If the set has no picture with this index, that is, no name for it.
    #[must_use]
    pub fn draw(self, index: usize, side: usize) -> Vec<i8> {
        raster::rasterise(self.pictures()[index], self.pen(), side)
    }

    fn pictures(self) -> &'static [&'static [Mark]] {
        match self {
            Self::Digits => &digits::PICTURES,
            Self::Letters => &letters::PICTURES,
            Self::Pictures => &pictures::PICTURES,
            Self::ChineseNumerals => &chinese::PICTURES,
        }
    }

    /// The width and height of the set's pen as shares of the side.
    fn pen(self) -> Point {
        match self {
            Self::Digits => digits::PEN,
            Self::Letters => letters::PEN,
            Self::Pictures => pictures::PEN,
            Self::ChineseNumerals => chinese::PEN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All pictures of a set on a pad of this side.
    fn all(set: DrawnSet, side: usize) -> Vec<Vec<i8>> {
        (0..set.names().len()).map(|i| set.draw(i, side)).collect()
    }

    /// The pieces of one value that hang together, as the numbers of their pixels and whether they touch the edge.
    /// Ink also hangs together over corners, paper does not.
    fn pieces(picture: &[i8], side: usize, value: i8) -> Vec<(usize, bool)> {
        let mut left: Vec<bool> = picture.iter().map(|&v| v == value).collect();
        let mut found = Vec::new();
        for start in 0..left.len() {
            let (mut pixels, mut at_edge, mut open) = (0, false, vec![start]);
            while let Some(i) = open.pop() {
                if !std::mem::take(&mut left[i]) {
                    continue;
                }
                let (x, y) = (i % side, i / side);
                pixels += 1;
                at_edge |= x == 0 || y == 0 || x + 1 == side || y + 1 == side;
                for ny in y.saturating_sub(1)..=(y + 1).min(side - 1) {
                    for nx in x.saturating_sub(1)..=(x + 1).min(side - 1) {
                        if value > 0 || nx == x || ny == y {
                            open.push(ny * side + nx);
                        }
                    }
                }
            }
            if pixels > 0 {
                found.push((pixels, at_edge));
            }
        }
        found
    }

    #[test]
    fn every_picture_has_a_name() {
        for set in DrawnSet::ALL {
            assert_eq!(set.names().len(), set.pictures().len());
            for (i, name) in set.names().iter().enumerate() {
                assert!(!set.names()[..i].contains(name), "{name} is there twice");
            }
        }
    }

    #[test]
    fn pictures_have_ink_and_paper_on_every_pad() {
        for set in DrawnSet::ALL {
            for side in 5..=64 {
                for (picture, name) in all(set, side).iter().zip(set.names()) {
                    assert_eq!(picture.len(), side * side);
                    assert!(picture.iter().all(|&v| v == 1 || v == -1));
                    assert!(picture.contains(&1) && picture.contains(&-1), "{name} on {side}");
                }
            }
        }
    }

    #[test]
    fn the_same_call_gives_the_same_picture() {
        for set in DrawnSet::ALL {
            assert_eq!(all(set, 20), all(set, 20));
        }
    }

    #[test]
    fn no_two_pictures_of_a_set_are_alike_or_opposite() {
        for set in DrawnSet::ALL {
            for side in 8..=64 {
                let pictures = all(set, side);
                for (i, a) in pictures.iter().enumerate() {
                    for (j, b) in pictures[..i].iter().enumerate() {
                        let sum: i32 = a.iter().zip(b).map(|(&a, &b)| i32::from(a * b)).sum();
                        let overlap = f64::from(sum.abs()) / (side * side) as f64;
                        let (a, b) = (set.names()[i], set.names()[j]);
                        assert!(overlap <= 0.9, "{a} and {b} overlap by {overlap} on {side}");
                    }
                }
            }
        }
    }

    #[test]
    fn digits_and_letters_are_whole_and_their_holes_open() {
        for (set, one, two) in [(DrawnSet::Digits, "0469", "8"), (DrawnSet::Letters, "ADOPQR", "B")] {
            for side in 10..=64 {
                for (picture, name) in all(set, side).iter().zip(set.names()) {
                    let holes = pieces(picture, side, -1).iter().filter(|(_, at_edge)| !at_edge).count();
                    let expected = usize::from(one.contains(name)) + 2 * usize::from(two.contains(name));
                    assert_eq!(holes, expected, "holes of {name} on {side}");
                    assert_eq!(pieces(picture, side, 1).len(), 1, "pieces of {name} on {side}");
                }
            }
        }
    }

    #[test]
    fn no_picture_has_crumbs() {
        for set in DrawnSet::ALL {
            for side in 20..=64 {
                for (picture, name) in all(set, side).iter().zip(set.names()) {
                    let smallest = pieces(picture, side, 1).iter().map(|&(pixels, _)| pixels).min();
                    assert!(smallest >= Some(4), "{name} on {side}");
                }
            }
        }
    }
}
