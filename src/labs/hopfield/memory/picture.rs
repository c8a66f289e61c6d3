//! A picture of ±1, shared between the copies that undo keeps, and resampled to another pad.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A picture: +1 and −1, row by row, shared between the copies that undo keeps.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Picture(pub Arc<[i8]>);

impl std::fmt::Debug for Picture {
    /// Short: thousands of bits tell a reader nothing.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let on = self.0.iter().filter(|&&bit| bit > 0).count();
        write!(f, "Picture({on} of {} on)", self.0.len())
    }
}

impl Default for Picture {
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = self.0.iter().map(|&bit| if bit > 0 { '#' } else { '.' }).collect();
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(text.chars().map(|c| if c == '#' { 1 } else { -1 }).collect()))
    }
}

impl From<Vec<i8>> for Picture {
    fn from(bits: Vec<i8>) -> Self {
        Self(bits.into())
    }
}

impl Picture {
    /// Whether it has the cells of a pad.
    #[must_use]
    pub fn is_a_pad(&self) -> bool {
        let side = self.0.len().isqrt();
        side > 0 && side * side == self.0.len()
    }

    /// The picture on a pad of another side. It must have the cells of a pad.
    #[must_use]
    pub fn resampled(&self, side: usize) -> Self {
        let own = self.0.len().isqrt();
        if own == side { self.clone() } else { resampled(&self.0, own, side).into() }
    }
}

/// A picture on a pad of another side: each cell takes the majority of the area that it covers, and a tie turns it on.
#[must_use]
pub fn resampled(bits: &[i8], from: usize, to: usize) -> Vec<i8> {
    let covered = |cell: usize| {
        // In units of 1/(from · to) of the side: cell c of the new pad covers c·from .. (c+1)·from.
        let (start, end) = (cell * from, (cell + 1) * from);
        (start / to..=(end - 1) / to).map(move |old| (old, ((old + 1) * to).min(end) - (old * to).max(start)))
    };
    let cell = |x: usize, y: usize| {
        let sum: i64 = covered(y)
            .flat_map(|(row, height)| covered(x).map(move |(column, width)| (row, column, height * width)))
            .map(|(row, column, area)| i64::from(bits[row * from + column]) * area as i64)
            .sum();
        if sum >= 0 { 1 } else { -1 }
    };
    (0..to * to).map(|index| cell(index % to, index / to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::drawings::DrawnSet;

    #[test]
    fn resampling_up_and_down_again_gives_the_same_picture() {
        let digit = DrawnSet::Digits.draw(3, 20);
        assert_eq!(resampled(&resampled(&digit, 20, 40), 40, 20), digit);
        assert_eq!(resampled(&digit, 20, 20), digit);
        assert_eq!(resampled(&digit, 20, 7).len(), 49);
    }
}
