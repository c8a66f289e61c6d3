//! The study pages: a scan through temperature with several sizes, and what finite-size scaling makes of it.

mod controls;
pub mod page;
mod scaling;
mod scan;
