//! One folder a lab, each a vertical slice from the simulation thread to the screen.

pub mod ising;
