//! Energy landscapes: what the valleys of a spin system are, and the passes between them.
//!
//! Start reading in [`couplings`], the systems E = −Σ_{i<j} J_ij s_i s_j, then [`tree`], which visits every one of their 2^N
//! states and finds all valleys and their lowest passes exactly, [`ways`] over them, and [`starts`] that fall into them. Of the
//! landscapes that one can walk through, [`potentials`] come first, then [`walkers`] and how often they cross by the exact
//! [`rates`]; [`sharp_flat`] says which valley noise prefers, [`curvatures`] why high level points are saddles; [`diffusion`]
//! leads noise back to points, and [`density`] shows where they are on the way. A [`plane`] lies through the states of a large
//! network, and shows in which memory each of them ends.

pub mod couplings;
pub mod curvatures;
pub mod density;
pub mod diffusion;
pub mod plane;
pub mod points;
pub mod potentials;
pub mod rates;
pub mod sharp_flat;
pub mod starts;
pub mod tree;
pub mod walkers;
pub mod ways;

pub use couplings::{Couplings, LandscapeError, System};
pub use tree::{Leaf, Merge, Tree};
