//! Ranges that the pages of the lab share.

/// Highest temperature of the thermometer in the plane, in J/k.
pub const HOTTEST: f64 = 5.0;
