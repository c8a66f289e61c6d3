//! Spinscape: the physics behind the 2024 Nobel Prize, alive under one's fingers.

pub mod labs;
pub mod physics;
pub mod simulation;
