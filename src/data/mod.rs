//! What comes from files and goes to files.

pub mod pictures;
pub mod store;
