//! Averages that know their errors: bounded records, where a run has settled, autocorrelation, blocking and jackknife; and
//! bounded histories for plots.

pub mod autocorrelation;
pub mod binning;
pub mod blocking;
pub mod history;
pub mod line;
pub mod normal;
pub mod recorder;
pub mod settling;
mod share;
pub mod simplex;

pub use autocorrelation::integrated_autocorrelation_time;
pub use binning::{Bins, Estimate};
pub use blocking::{Plateau, ROUNDING, plateau, plateau_of_series, scatter_is_known};
pub use history::History;
pub use line::slope;
pub use normal::normal;
pub use recorder::Recorder;
pub use settling::settled_from;
pub use share::Share;
pub use simplex::lowest;
