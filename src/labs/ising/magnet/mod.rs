//! The page of the square magnet that melts under a thermometer.
//!
//! [`sim`] is the magnet behind the screen, [`settings`] all that can be set, [`MagnetPage`] the window's side.

mod advanced;
pub mod block_spins;
mod captions;
pub mod cards;
pub mod cluster_inside;
pub mod cluster_meter;
mod commands;
mod controls;
pub mod frame;
mod hero;
pub mod inspector;
mod kept;
mod landscape;
mod lattice_texture;
mod left;
mod lent_card;
mod page;
pub mod picture;
mod plots;
pub mod ramp;
mod scene;
pub mod settings;
pub mod sim;
mod small_magnets;
mod spin_by_spin;
mod spins_on_screen;
mod tables;
mod traces;
pub mod view;

pub use page::{Magnet, MagnetPage};
