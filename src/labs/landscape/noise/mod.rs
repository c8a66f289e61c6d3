//! The page of data and noise: a drawing diffuses, and the exact score of its smoothed points leads noise back to it.
//!
//! Start reading in `film`, all that is worked out of a drawing; `playhead` says which moment of it is shown.

mod captions;
mod commands;
mod controls;
mod drawing;
mod field;
mod film;
mod history;
mod moments;
mod page;
mod playhead;
mod presets;
mod settings;
mod tables;
mod work;

pub use page::NoisePage;
