//! What comes from files and goes to files.

pub mod drawings;
pub mod film;
pub mod import;
pub mod pictures;
pub mod store;
pub mod tables;
