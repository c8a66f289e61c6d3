//! What more than one page of the lab uses: the brush, averages with errors, and the cards that show them.

pub mod block_sums;
pub mod brush;
pub mod coarsening;
pub mod live_averages;
pub mod thermometer_card;
