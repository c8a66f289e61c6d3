//! The numbers that the cards of the page show, as tables.

use super::frame::LatticeFrame;
use crate::labs::{
    ising::common::tables,
    kit::{CardId, Cell, Table},
};

/// The table of a card; none while the card has nothing to show.
pub(super) fn table(card: CardId, frame: &LatticeFrame) -> Option<Table> {
    let settings = &frame.settings;
    let order = if settings.is_staggered() { "staggered_magnetization" } else { "magnetization" };
    let table = match card {
        "energy" if settings.tempering => rungs(frame),
        "energy" | "order" => tables::trail(&frame.trail, &format!("abs_{order}")),
        "time" => {
            let order = if settings.tempering { "overlap" } else { order };
            tables::history(order, &frame.order_history, &frame.energy_history)
        }
        "growth" => tables::growth(&frame.growth),
        "exchanges" => rungs(frame),
        "averages" => tables::averages(&frame.live),
        "overlap" => overlaps(frame),
        "about" => about(frame),
        _ => return None,
    };
    (!table.rows().is_empty()).then_some(table)
}

fn rungs(frame: &LatticeFrame) -> Table {
    let mut table = Table::new(&["temperature (J/k)", "energy (J)", "standard_error (J)", "exchanges_with_next"]);
    for rung in &frame.rungs {
        let [energy, error] = [rung.energy.map(|energy| energy.value), rung.energy.map(|energy| energy.error)];
        table.push([rung.temperature.into(), energy.into(), error.into(), rung.exchange.into()]);
    }
    table
}

fn overlaps(frame: &LatticeFrame) -> Table {
    let step = 2.0 / (frame.overlaps.len().max(2) - 1) as f64;
    let rows = frame.overlaps.iter().enumerate();
    let rows = rows.map(|(level, &count)| [-1.0 + step * level as f64, f64::from(count)]);
    Table::of_numbers(["overlap", "times_seen"], rows)
}

fn about(frame: &LatticeFrame) -> Table {
    let settings = &frame.settings;
    let mut table = Table::new(&["property", "value", "unit"]);
    let words = |word: String| Cell::Text(word);
    let rows: [(&str, Cell, &str); 6] = [
        ("lattice", words(format!("{:?}", settings.geometry).to_lowercase()), ""),
        ("edges", words(format!("{:?}", settings.edges).to_lowercase()), ""),
        ("disorder", words(format!("{:?}", settings.disorder_kind).to_lowercase()), ""),
        ("spins", (frame.spins as f64).into(), ""),
        ("neighbours", (settings.geometry.coordination() as f64).into(), ""),
        ("critical_temperature", settings.critical_temperature().into(), "J/k"),
    ];
    rows.into_iter().for_each(|(name, value, unit)| table.push([name.into(), value, unit.into()]));
    table
}
