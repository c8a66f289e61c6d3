//! The page of valleys: the exact tree of a system of up to 22 spins, ways over its passes, and which valley is found.
//!
//! Start reading in `explored`, what is worked out of a system; `shape` says how its tree is drawn, `work` what goes on beside
//! the window.

mod bonds;
mod captions;
mod commands;
mod controls;
mod counts;
mod curvatures;
mod explored;
mod found;
mod graph;
mod pad;
mod page;
mod settings;
mod shape;
mod tables;
mod walk;
mod way;
mod work;

pub use page::ValleysPage;
