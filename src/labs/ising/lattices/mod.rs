//! The page of other magnets: other lattices, edges, next neighbours, disorder and spin glasses, exchange of neighbours.
//!
//! [`settings`] is what acts on the magnet and [`look`] how it is run, painted and shown; [`sim`] is the magnet behind the
//! page, [`frame`] what it shows, [`pixel_map`] what each pixel of its picture shows, [`replicas`] the replicas of a
//! parallel tempering, and [`LatticesPage`] the window's side.

mod captions;
mod combo;
mod commands;
mod controls;
mod curves;
mod disorder;
mod facts;
pub mod frame;
mod hero;
pub mod ink;
mod kept;
mod left;
pub mod look;
mod lowest_energy;
mod marks;
mod page;
mod painting;
pub mod pixel_map;
mod plots;
mod preset_buttons;
mod presets;
mod replica_plots;
pub mod replicas;
mod running;
mod scene;
pub mod settings;
pub mod sim;
mod single;
mod strokes;
mod tables;
mod traces;

pub use page::{Lattices, LatticesPage};
