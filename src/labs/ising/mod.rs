//! The Ising lab: a magnet that melts under a thermometer.

pub mod brush;
pub mod companions;
pub mod drive;
pub mod picture;
pub mod settings;
pub mod sim;
