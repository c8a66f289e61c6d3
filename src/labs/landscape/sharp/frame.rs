//! What the window draws of the three crowds.

use crate::physics::{landscape::potentials::Line, statistics::Estimate};

/// A crowd, by what drives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Crowd {
    /// Thermal noise: alike everywhere.
    Thermal,
    /// Noise that follows the curvature.
    Curved,
    /// No noise: straight down.
    Descent,
}

impl Crowd {
    /// All of them, in the order of their pictures.
    pub const ALL: [Self; 3] = [Self::Thermal, Self::Curved, Self::Descent];
}

/// Columns of a histogram, over [`range`].
pub const COLUMNS: usize = 96;
/// Balls that are shown of each crowd.
pub const BALLS: usize = 60;

/// What is shown of x, for a flat valley of this width.
#[must_use]
pub fn range(width: f64) -> [f64; 2] {
    [-2.0 * width - 0.1, 2.1]
}

/// The middle of a column.
#[must_use]
pub fn column(place: usize, width: f64) -> f64 {
    let [low, high] = range(width);
    low + (high - low) * (place as f64 + 0.5) / COLUMNS as f64
}

/// One crowd.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CrowdFrame {
    /// Where some of its balls are.
    pub balls: Vec<f32>,
    /// Its density in each column, in parts of a unit of x: of now before it is counted, and since then in the mean.
    pub density: Vec<f32>,
    /// The exact density in each column; empty where none is known.
    pub exact_density: Vec<f32>,
    /// Its share in the flat valley now.
    pub now: f64,
    /// That share in the mean since it is counted; none before.
    pub counted: Option<Estimate>,
    /// The exact share.
    pub exact: f64,
}

/// A share that was counted at a temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatDot {
    /// T.
    pub temperature: f64,
    /// For how long it was counted.
    pub time: f64,
    /// The mean share of the crowd with thermal noise and of that whose noise follows the curvature.
    pub shares: [Estimate; 2],
}

/// All that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharpFrame {
    /// Width of the flat valley.
    pub width: f64,
    /// T.
    pub temperature: f64,
    /// Time since the start.
    pub time: f64,
    /// Time since which the shares are counted; none before.
    pub counted_for: Option<f64>,
    /// The crowds, in the order of [`Crowd::ALL`].
    pub crowds: [CrowdFrame; 3],
    /// Shares over time: time, and that of each crowd.
    pub history: Vec<[f32; 4]>,
    /// What was counted at temperatures before, and now.
    pub dots: Vec<HeatDot>,
    /// Exact shares against temperature: T, thermal, curved.
    pub curves: Vec<[f64; 3]>,
    /// Steps were so long that balls were thrown out.
    pub thrown: bool,
}

impl SharpFrame {
    /// The potential.
    #[must_use]
    pub fn line(&self) -> Line {
        Line::SharpFlat { width: self.width }
    }
}
