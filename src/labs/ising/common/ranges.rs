//! Ranges that the pages of the lab share.

/// Highest temperature of the thermometer in the plane, in J/k.
pub const HOTTEST: f64 = 5.0;
/// Largest size of the field on its slider, in J.
pub const STRONGEST_FIELD: f64 = 2.0;
/// Fastest limited speed of the slider, in sweeps a second; beyond it the magnet runs as fast as it goes.
pub const FASTEST: f64 = 10_000.0;
