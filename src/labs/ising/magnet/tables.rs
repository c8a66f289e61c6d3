//! The numbers that the cards of the page show, as tables.

use crate::{
    labs::{
        ising::{
            common::tables,
            magnet::{cards::Plot, frame::MagnetFrame, landscape::bins},
        },
        kit::{Cell, Table},
    },
    physics::statistics::Estimate,
};

/// The table of a plot; none while the plot has nothing to show.
pub(super) fn table(plot: Plot, frame: &MagnetFrame) -> Option<Table> {
    let table = match plot {
        Plot::Order | Plot::Energy => tables::trail(&frame.trail, &format!("abs_{}", order_name(frame))),
        Plot::Time => tables::history(order_name(frame), &frame.order_history, &frame.energy_history),
        Plot::Measured => tables::averages(&frame.live),
        Plot::Landscape => landscape(frame),
        Plot::Correlation => correlation(frame),
        Plot::Structure => structure(frame),
        Plot::Blur => blocks(frame),
        Plot::Clusters => clusters(frame),
        Plot::Growth => tables::growth(&frame.growth),
        Plot::Loop => Table::of_numbers(["field (J)", "magnetization"], frame.field_loop.iter().copied()),
        Plot::Areas => Table::of_numbers(
            ["rate (J/sweep)", "temperature (J/k)", "area (J)"],
            frame.loops.iter().map(|area| [area.rate, area.temperature, area.area]),
        ),
    };
    (!table.rows().is_empty()).then_some(table)
}

/// What orders, as the name of a column.
fn order_name(frame: &MagnetFrame) -> &'static str {
    if frame.settings.is_staggered() { "staggered_magnetization" } else { "magnetization" }
}

fn landscape(frame: &MagnetFrame) -> Table {
    let mut table = Table::new(&["magnetization", "probability", "free_energy (J)"]);
    for bin in bins(&frame.companion_counts, frame.settings.temperature) {
        table.push([bin.m.into(), bin.share.into(), bin.free_energy.into()]);
    }
    table
}

fn correlation(frame: &MagnetFrame) -> Table {
    let found = &frame.correlation;
    let mut table = Table::new(&["distance (spins)", "correlation", "standard_error", "directions"]);
    for (&distance, value) in found.distances.iter().zip(&found.radial) {
        table.push([distance.into(), value.value.into(), value.error.into(), "all".into()]);
    }
    for (distance, value) in &found.axes {
        table.push([(*distance).into(), value.value.into(), value.error.into(), "axes".into()]);
    }
    table
}

fn structure(frame: &MagnetFrame) -> Table {
    let found = &frame.correlation;
    let across = found.structure.len().isqrt();
    let wave = |place: usize| {
        let number = place as f64 - (across / 2) as f64;
        std::f64::consts::TAU * number / found.side.max(1) as f64
    };
    let rows = found.structure.iter().enumerate();
    let rows = rows.map(|(place, &value)| [wave(place % across), wave(place / across), f64::from(value)]);
    Table::of_numbers(["k_x (1/spin)", "k_y (1/spin)", "structure_factor"], rows)
}

fn blocks(frame: &MagnetFrame) -> Table {
    let mut table = Table::new(&[
        "block (spins)",
        "abs_magnetization",
        "abs_magnetization_error",
        "neighbour_correlation",
        "neighbour_correlation_error",
    ]);
    for (block, shown) in super::block_spins::BLOCKS.iter().zip(&frame.blur) {
        let pair = |value: Option<Estimate>| -> [Cell; 2] {
            [value.map(|value| value.value).into(), value.map(|value| value.error).into()]
        };
        let ([order, order_error], [near, near_error]) = (pair(shown.order), pair(shown.neighbours));
        table.push([(*block as f64).into(), order, order_error, near, near_error]);
    }
    table
}

fn clusters(frame: &MagnetFrame) -> Table {
    let rows = frame.clusters.distribution.iter().map(|(size, density)| [*size, density.value, density.error]);
    Table::of_numbers(["size (spins)", "clusters_per_spin", "standard_error"], rows)
}
