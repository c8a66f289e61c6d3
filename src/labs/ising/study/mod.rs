//! The study pages: a scan through temperature with several sizes, and what finite-size scaling makes of it.
//!
//! Both pages ([`ScanPage`], [`ScalingPage`]) share the points that were measured; [`settings`] is what each is set to.

mod captions;
mod commands;
mod controls;
mod exact_curves;
mod page;
mod points;
mod scaling;
mod scan;
pub mod settings;
mod size_colors;

pub use page::{ScalingPage, ScanPage, pages};
