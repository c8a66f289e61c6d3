//! Averages that know their errors: autocorrelation, binning with jackknife, and bounded histories for plots.

pub mod autocorrelation;
pub mod binning;
pub mod history;
mod share;

pub use autocorrelation::integrated_autocorrelation_time;
pub use binning::{Bins, Estimate};
pub use history::History;
pub use share::Share;
