//! The page of other magnets: other lattices, edges, next neighbours, disorder and spin glasses, exchange of neighbours.
//!
//! [`settings`] is all that can be set, [`sim`] the magnet behind the page, [`frame`] what it shows, [`pixel_map`] what each
//! pixel of its picture shows, and [`replicas`] the replicas of a parallel tempering.

mod controls;
mod facts;
pub mod frame;
mod hero;
pub mod page;
pub mod pixel_map;
mod plots;
pub mod replicas;
mod scenes;
pub mod settings;
pub mod sim;
mod single;
