//! The models. Pure: no window, no thread, no file, no clock; usable as a library on its own.
//!
//! Units: the coupling |J| and Boltzmann's constant are 1 unless said, so temperatures are in J/k and energies in J.

pub mod hopfield;
pub mod ising;
pub mod landscape;
pub mod rbm;
pub mod seeds;
pub mod segment;
pub mod statistics;
