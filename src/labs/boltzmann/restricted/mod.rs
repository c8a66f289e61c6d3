//! The restricted Boltzmann machine: it learns pictures, shows what its hidden units look for, and dreams.
//!
//! [`settings`] is what a person can set and draw, [`sim`] the machine behind it, [`RestrictedPage`] the window's side.
//! Pictures are made or read, likelihoods measured and files written by jobs beside the simulation's thread.

mod advanced;
mod captions;
mod carried;
mod commands;
mod controls;
pub mod correlations;
mod curves;
mod draw;
mod dreams;
mod dreams_view;
mod eyes;
mod features;
mod files;
mod layout;
mod likelihood;
mod loading;
mod pad;
mod page;
mod pictures;
mod run;
mod scene;
pub mod settings;
pub mod sim;
mod tables;

pub use page::{Restricted, RestrictedPage};
