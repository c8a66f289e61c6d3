//! Who is whose neighbour on the square, triangular, honeycomb and simple cubic lattice.
//!
//! Sites are numbered x + L y (+ L² z). The triangular lattice is a square one with one diagonal more; the honeycomb is a
//! brick wall: each site has neighbours at both sides, and one above or below in turn.

use serde::{Deserialize, Serialize};

use super::GraphError;
use crate::physics::ising::exact;

/// A lattice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Geometry {
    /// Four neighbours.
    #[default]
    Square,
    /// Six neighbours in the plane.
    Triangular,
    /// Three neighbours.
    Honeycomb,
    /// Six neighbours in space.
    Cubic,
}

/// What is beyond the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Edges {
    /// The other edge.
    #[default]
    Periodic,
    /// Nothing.
    Free,
    /// Spins that are up for ever.
    Fixed,
}

/// A step in x, y and z.
pub type Step = [i32; 3];

/// Largest odd side, in sites: for lattices of a textbook and small checks.
pub const LARGEST_ODD: usize = 63;

/// Height of a row of the triangular lattice, where neighbours are 1 apart; also half the width of a honeycomb's cell.
const HALF_ROOT_3: f64 = 0.866_025_403_784_438_6;

impl Geometry {
    /// In the order of the controls.
    pub const ALL: [Self; 4] = [Self::Square, Self::Triangular, Self::Honeycomb, Self::Cubic];

    /// T_c in J/k: exact in the plane (Onsager 1944, Houtappel 1950), from simulations in space (Ferrenberg, Xu and Landau
    /// 2018).
    #[must_use]
    pub fn critical_temperature(self) -> f64 {
        match self {
            Self::Square => exact::critical_temperature(),
            Self::Triangular => 4.0 / libm::log(3.0),
            Self::Honeycomb => 2.0 / libm::log(2.0 + libm::sqrt(3.0)),
            Self::Cubic => 4.511_523_2,
        }
    }

    /// Neighbours of a site inside.
    #[must_use]
    pub fn coordination(self) -> usize {
        match self {
            Self::Square => 4,
            Self::Triangular | Self::Cubic => 6,
            Self::Honeycomb => 3,
        }
    }

    /// Checks the side: even, or an odd one from 3 to [`LARGEST_ODD`] but for the honeycomb, whose rows come in twos. On a torus
    /// no two sites are neighbours twice, but for 2 × 2 on the square lattice: there each site has both its neighbours twice
    /// over, as courses have it that work this magnet out by hand.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn validate_side(self, side: usize, edges: Edges) -> Result<(), GraphError> {
        let least_even = if edges == Edges::Periodic && self != Self::Square { 4 } else { 2 };
        let most = if self == Self::Cubic { 128 } else { 1024 };
        let odd = (self != Self::Honeycomb).then_some((3, LARGEST_ODD));
        let fits = match odd {
            _ if side.is_multiple_of(2) => (least_even..=most).contains(&side),
            Some((least, most)) => (least..=most).contains(&side),
            None => false,
        };
        if fits {
            return Ok(());
        }
        Err(match odd {
            Some((least_odd, most_odd)) => GraphError::AnySide { side, least_even, most, least_odd, most_odd },
            None => GraphError::Side { side, least: least_even, most },
        })
    }

    /// Where a site of the plane is, with neighbours 1 apart; before it wraps round: rows of the triangular lattice lean to
    /// the right.
    #[must_use]
    pub fn position(self, x: f64, row: f64, is_even: bool) -> [f64; 2] {
        match self {
            Self::Square | Self::Cubic => [x, row],
            Self::Triangular => [x + 0.5 * row, HALF_ROOT_3 * row],
            Self::Honeycomb => [HALF_ROOT_3 * x, 1.5 * row + if is_even { 0.25 } else { -0.25 }],
        }
    }

    /// What one step across and one row down are on paper, with neighbours 1 apart.
    #[must_use]
    pub fn pitch(self) -> [f64; 2] {
        match self {
            Self::Square | Self::Cubic => [1.0, 1.0],
            Self::Triangular => [1.0, HALF_ROOT_3],
            Self::Honeycomb => [HALF_ROOT_3, 1.5],
        }
    }

    /// The smallest rings of bonds that begin at a site, as steps from it to their corners in turn; each ring of a plane is
    /// met once. In space only those of the layer.
    #[must_use]
    pub fn rings(self, is_even: bool) -> &'static [&'static [Step]] {
        match self {
            Self::Square | Self::Cubic => &[&[[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]],
            Self::Triangular => &[&[[0, 0, 0], [1, 0, 0], [0, 1, 0]], &[[0, 0, 0], [1, 0, 0], [1, -1, 0]]],
            Self::Honeycomb if is_even => &[&[[0, 0, 0], [1, 0, 0], [2, 0, 0], [2, 1, 0], [1, 1, 0], [0, 1, 0]]],
            Self::Honeycomb => &[],
        }
    }

    /// Whether the sites fall into two halves so that all neighbours of one are in the other, where no odd way leads round.
    #[must_use]
    pub fn is_bipartite(self) -> bool {
        self != Self::Triangular
    }

    /// Steps to half of the neighbours of a site, so that each bond is met once.
    #[must_use]
    pub fn forward(self, site: usize, side: usize) -> &'static [Step] {
        match self {
            Self::Square => &[[1, 0, 0], [0, 1, 0]],
            Self::Triangular => &[[1, 0, 0], [0, 1, 0], [1, -1, 0]],
            Self::Honeycomb if (site % side + site / side).is_multiple_of(2) => &[[1, 0, 0], [0, 1, 0]],
            Self::Honeycomb => &[[1, 0, 0]],
            Self::Cubic => &[[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        }
    }
}

/// The site one step away on a lattice of these lengths; none beyond an edge that is not periodic.
#[must_use]
pub fn neighbour(site: usize, step: Step, lengths: [usize; 3], edges: Edges) -> Option<usize> {
    let [across, down, _] = lengths;
    let place = [site % across, site / across % down, site / (across * down)];
    let mut to = [0; 3];
    for axis in 0..3 {
        let (there, length) = (place[axis] as i64 + i64::from(step[axis]), lengths[axis] as i64);
        if edges != Edges::Periodic && !(0..length).contains(&there) {
            return None;
        }
        to[axis] = there.rem_euclid(length) as usize;
    }
    Some(to[0] + across * (to[1] + down * to[2]))
}

/// Whether x + y + z of a site is even.
#[must_use]
pub fn is_even(site: usize, lengths: [usize; 3]) -> bool {
    let [across, down, _] = lengths;
    (site % across + site / across % down + site / (across * down)).is_multiple_of(2)
}
