//! The Hopfield lab: draw patterns, store them, spoil one, and watch the memory come back.
//!
//! [`settings`] is what a person can set and draw, [`sim`] the network behind it, [`HopfieldLab`] the window's side. Learning,
//! races and experiments are jobs beside the simulation's thread, so that neither waits for the other.

mod cards;
mod controls;
mod edits;
mod experiments;
mod film;
mod film_view;
mod gauge;
mod import;
mod keys;
mod lab;
mod layout;
mod learning;
mod likeness;
mod more;
mod pad;
mod phase;
pub mod picture;
mod race;
pub mod settings;
mod shelf;
pub mod sim;
mod sketch;
pub mod trained;
mod weights;
mod words;

pub use lab::{HopfieldLab, Tab};
