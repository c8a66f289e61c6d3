//! The two engines: a magnet that is easy to read, and a fast one.

use super::{engine::Magnet, local::PlainUpdates, packed::PackedUpdates};

/// The readable reference engine: one byte a spin, one generator, one thread.
pub type PlainEngine = Magnet<PlainUpdates>;

/// The fast engine: one bit a spin, 512 spins at once, as many threads as the pool has.
pub type PackedEngine = Magnet<PackedUpdates>;
