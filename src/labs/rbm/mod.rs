//! The Boltzmann lab: a machine learns pictures in front of the class, and dreams.
//!
//! [`settings`] is what a person can set and draw, [`sim`] the machine behind it, [`RbmLab`] the window's side. Pictures are
//! made or read, likelihoods measured and files written by jobs beside the simulation's thread.

mod controls;
pub mod correlations;
mod curves;
mod draw;
mod dreams;
mod dreams_view;
mod eyes;
mod features;
mod files;
mod keys;
mod lab;
mod layout;
mod loading;
mod more;
mod pad;
mod pictures;
pub mod settings;
pub mod sim;
mod words;

pub use draw::Tool;
pub use lab::{RbmLab, Tab};
