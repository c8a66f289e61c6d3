//! The landscape lab: every valley of a small system and every pass between them, sharp valleys against flat ones, and the
//! way from data to noise and back.

pub mod noise;
pub mod sharp;
pub mod valleys;

use super::kit::{Host, Lab, Page};

/// Builds the lab of energy landscapes.
#[must_use]
pub fn lab(host: &Host) -> Lab {
    let pages: Vec<Box<dyn Page>> = vec![
        Box::new(valleys::ValleysPage::new(host)),
        Box::new(sharp::SharpPage::new(host)),
        Box::new(noise::NoisePage::new(host)),
    ];
    Lab::new("landscape", ["landscape.title", "landscape.title.short"], pages, |_| None)
}
