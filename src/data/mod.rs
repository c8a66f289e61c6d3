//! What comes from files and goes to files.

pub mod digits;
pub mod drawings;
pub mod film;
pub mod idx;
pub mod import;
pub mod machines;
pub mod pictures;
pub mod samples;
pub mod store;
pub mod tables;
