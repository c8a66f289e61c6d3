//! The numbers that the cards of the page show.

use super::frame::{COLUMNS, Crowd, SharpFrame, column};
use crate::labs::kit::{CardId, Cell, Table};

/// Names of the cards.
pub(super) const CARDS: [CardId; 4] = ["crowds", "heat", "time", "counted"];

/// The numbers of a card; none while it shows none.
pub(super) fn table(frame: &SharpFrame, card: CardId) -> Option<Table> {
    let table = match card {
        "crowds" => crowds(frame),
        "heat" => heat(frame),
        "time" => {
            let rows = frame.history.iter().map(|row| row.map(f64::from));
            Table::of_numbers(["time", "thermal", "curved", "descent"], rows)
        }
        _ => counted(frame),
    };
    (!table.rows().is_empty()).then_some(table)
}

fn crowds(frame: &SharpFrame) -> Table {
    let mut table = Table::new(&["x", "thermal", "thermal_exact", "curved", "curved_exact", "descent"]);
    let [thermal, curved, descent] = &frame.crowds;
    if descent.density.is_empty() {
        return table;
    }
    for place in 0..COLUMNS {
        let exact = |densities: &[f32]| densities.get(place).map(|&density| f64::from(density));
        table.push([
            column(place, frame.width).into(),
            f64::from(thermal.density[place]).into(),
            exact(&thermal.exact_density).into(),
            f64::from(curved.density[place]).into(),
            exact(&curved.exact_density).into(),
            f64::from(descent.density[place]).into(),
        ]);
    }
    table
}

fn heat(frame: &SharpFrame) -> Table {
    let columns = ["temperature", "thermal", "thermal_error", "curved", "curved_error"];
    let rows = frame.dots.iter().map(|dot| {
        let [thermal, curved] = dot.shares;
        [dot.temperature, thermal.value, thermal.error, curved.value, curved.error]
    });
    Table::of_numbers(columns, rows)
}

fn counted(frame: &SharpFrame) -> Table {
    let mut table = Table::new(&["crowd", "counted", "standard_error", "exact"]);
    for crowd in Crowd::ALL {
        let shown = &frame.crowds[crowd.place()];
        let (value, error) = (shown.counted.map(|counted| counted.value), shown.counted.map(|counted| counted.error));
        table.push([crowd.id().into(), value.into(), error.into(), Cell::Number(shown.exact)]);
    }
    table
}
