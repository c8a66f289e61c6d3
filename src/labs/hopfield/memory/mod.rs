//! The associative memory: it recalls a stored picture from a spoiled one.
//!
//! [`settings`] is what acts on the network, [`look`] the pen and what is shown, [`sim`] the network behind it, [`MemoryPage`]
//! the window's side. Learning, races and experiments are jobs beside the simulation's thread, so that neither waits for
//! the other.

mod advanced;
mod captions;
mod cards;
mod commands;
mod controls;
mod edits;
mod experiments;
mod experiments_view;
mod film;
mod film_view;
mod gauge;
mod grid;
mod hand;
mod import;
mod layout;
mod learning;
pub mod look;
mod machine;
mod model;
mod overlaps;
mod pad;
mod page;
mod phase;
pub mod picture;
mod race;
mod race_view;
mod scene;
pub mod settings;
mod shelf;
mod shown;
pub mod sim;
mod sketch;
mod strokes;
mod tables;
pub mod trained;
mod weights;

pub use model::MemoryModel;
pub use page::MemoryPage;
