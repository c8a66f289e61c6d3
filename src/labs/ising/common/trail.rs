//! The trail that a magnet leaves in the plots against temperature.

use serde::{Deserialize, Serialize};

/// A dot of the trail in the plots against temperature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrailDot {
    /// T in J/k.
    pub temperature: f64,
    /// |m|, or its staggered form when J = −1.
    pub order: f64,
    /// e in J.
    pub energy: f64,
}
