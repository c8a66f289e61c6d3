//! Spinscape: the physics behind the 2024 Nobel Prize, alive under one's fingers.
pub mod app;
pub mod cli;
pub mod data;
pub mod labs;
pub mod physics;
pub mod simulation;
pub mod text;
pub mod widgets;
