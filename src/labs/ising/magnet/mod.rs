//! The page of the square magnet that melts under a thermometer.
//!
//! [`sim`] is the magnet behind the screen, [`settings`] all that can be set.

mod advanced;
pub mod block_spins;
mod captions;
pub mod cluster_meter;
pub mod controls;
pub mod frame;
pub mod hero;
pub mod inspector;
pub mod page;
pub mod picture;
pub mod plots;
pub mod ramp;
pub mod settings;
pub mod sim;
mod small_magnets;
mod spin_by_spin;
pub mod view;
