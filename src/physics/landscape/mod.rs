//! Energy landscapes: what the valleys of a spin system are, and the passes between them.
//!
//! Start reading in [`couplings`], the systems E = −Σ_{i<j} J_ij s_i s_j, then [`tree`], which visits every one of their 2^N
//! states and finds all valleys and their lowest passes exactly.

pub mod couplings;
pub mod tree;

pub use couplings::{Couplings, LandscapeError, System};
pub use tree::{Leaf, Merge, Tree};
