//! The page of sharp and flat valleys: which of two equally deep valleys is found, by what drives the balls.
//!
//! Start reading in `sim`, three crowds on one potential.

mod captions;
mod commands;
mod controls;
mod counted;
mod curves;
mod frame;
mod page;
mod panels;
mod settings;
mod sim;
mod tables;

pub use frame::{Crowd, SharpFrame};
pub use page::SharpPage;
pub use settings::SharpSettings;
