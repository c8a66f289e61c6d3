//! One folder a lab, each a vertical slice from the simulation thread to the screen, on the frame in [`kit`].
//!
//! Adding a lab is one folder here and one line in [`all`].

pub mod boltzmann;
pub mod hopfield;
pub mod ising;
pub mod kit;
pub mod landscape;
pub mod offers;

use self::kit::{Host, Lab};

/// All labs, in the order of their tabs.
#[must_use]
pub fn all(host: &Host) -> Vec<Lab> {
    vec![ising::lab(host), hopfield::lab(host), boltzmann::lab(host), landscape::lab(host)]
}
