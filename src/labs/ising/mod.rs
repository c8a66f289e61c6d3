//! The Ising lab: a magnet that melts under a thermometer, other magnets beside it, and studies of many temperatures.

pub mod common;
pub mod magnet;

use super::kit::{Host, Lab, Page};

/// Builds the lab.
#[must_use]
pub fn lab(host: &Host) -> Lab {
    let pages: Vec<Box<dyn Page>> = vec![Box::new(magnet::MagnetPage::new(host))];
    Lab::new("ising", "ising.title", pages, |_| None)
}
