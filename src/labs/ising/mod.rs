//! The Ising lab: a magnet that melts under a thermometer.
//!
//! [`sim`] is the magnet behind the screen, [`settings`] all that can be set; `lab.rs` holds the two together, and
//! `hero.rs`, `upright.rs`, `controls.rs`, `plots.rs` and `inside.rs` draw.

pub mod blur;
pub mod brush;
pub mod columns;
mod companions;
mod controls;
pub mod drive;
pub mod frame;
pub mod growth;
mod hero;
mod inside;
pub mod inspector;
mod lab;
pub mod lattices;
pub mod measuring;
mod more;
pub mod patches;
pub mod picture;
mod plots;
pub mod settings;
pub mod sim;
pub mod study;
mod upright;
pub mod view;
mod words;

pub use lab::IsingLab;
