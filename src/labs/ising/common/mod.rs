//! What more than one page of the lab uses: the brush, averages with errors, and the cards that show them.

pub mod averages_table;
pub mod block_sums;
pub mod brush;
pub mod brush_controls;
pub mod brush_ring;
pub mod coarsening;
pub mod coarsening_plot;
pub mod kept_states;
pub mod known_torus;
pub mod live_averages;
pub mod ranges;
pub mod sliders;
pub mod tables;
pub mod telling;
pub mod thermometer_card;
pub mod time_plot;
pub mod trail;
