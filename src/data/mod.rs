//! What comes from files and goes to files: bytes become pictures, machines and tables, and these become bytes.

pub mod bundle;
pub mod couplings;
pub mod digits;
pub mod drawings;
pub mod film;
mod foreign;
pub mod idx;
pub mod import;
pub mod machines;
pub mod npy;
pub mod pictures;
pub mod points;
mod problem;
pub mod samples;
pub mod sweeps;
pub mod tables;

pub use problem::Problem;
