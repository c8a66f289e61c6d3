//! The Ising lab: a magnet that melts under a thermometer, other magnets beside it, and studies of many temperatures.

pub mod common;
mod lab;
pub mod lattices;
pub mod magnet;
pub mod study;

pub use lab::lab;
