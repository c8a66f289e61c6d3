//! What a pixel of a picture shows.

/// Nothing of the magnet is here.
pub const GROUND: u8 = 0;
/// A site without a spin.
pub const EMPTY: u8 = 1;
/// A mark on a frustrated ring.
pub const FRUSTRATED: u8 = 2;
/// A bond whose ends want to differ, and the rim of marks.
pub const PALE: u8 = 3;
/// Spins down and up, in three shades for the faces of the cube: this + 2 × shade + (1 if up).
pub const SPIN: u8 = 4;
/// How many there are.
pub const COUNT: usize = 10;
