//! Spinscape: the physics behind the 2024 Nobel Prize, alive under one's fingers.
//!
//! # The plan of the house
//!
//! | room | what is in it | may use |
//! |---|---|---|
//! | [`physics`] | the models, pure: no window, thread, file or clock | numerics only |
//! | [`simulation`] | the thread that runs any model, and the window's end of it | the standard library |
//! | [`labs::kit`] | the frame of every lab: pages, sessions, undo, jobs, cards | simulation, widgets, data, platform, text |
//! | [`labs`] | one folder a lab, from the thread to the screen | the kit, physics, simulation, widgets, data, platform, text |
//! | [`widgets`] | the design's colours, sizes and controls | egui, text |
//! | [`text`] | every text on screen, in two languages | nothing |
//! | [`data`] | bytes in, bytes out: pictures, machines, tables; what is drawn for the shelf | physics, platform, text |
//! | [`platform`] | the only door to the system: files, folders, dialogs | the system |
//! | [`cli`] | the subcommands | physics, data, platform, simulation |
//! | [`app`] | the window around the labs | everything |
//!
//! Arrows point one way; a test reads the imports and holds that.
//!
//! Two features, both on by default, widen the house: `desktop` brings the app and what the desktop lends it (dialogs, known
//! folders, the file manager), `cli` the subcommands; the program needs both. Without them the models, their labs and
//! the readers of files build on any system that has the standard library.
//!
//! # Where to start reading
//!
//! The magnet: [`physics::ising::lattice`], then [`physics::ising::local`] and [`physics::ising::metropolis`]; the same for
//! 512 spins at once in [`physics::ising::packed`]. How it comes
//! to the screen: [`simulation::Simulation`], [`labs::ising::magnet::sim`], [`labs::kit::Session`],
//! [`labs::ising::magnet::MagnetPage`]. The memory:
//! [`physics::hopfield::quadratic`], [`physics::hopfield::rules`], [`physics::hopfield::recall`]. The machine that learns:
//! [`physics::rbm::machine`], [`physics::rbm::trainer`], [`physics::rbm::chains`]. A new lab is one folder in
//! [`labs`] with a [`labs::kit::Page`] for each of its screens, and one line in [`labs::all`].

// Printing panics where the reader has gone: what is said goes through `platform::console`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

#[cfg(feature = "desktop")]
pub mod app;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod labs;
pub mod physics;
pub mod platform;
pub mod simulation;
pub mod text;
pub mod widgets;
