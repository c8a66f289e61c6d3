//! The numbers of the cards that several pages have, as tables.

use super::{
    live_averages::{Live, Phase},
    trail::TrailDot,
};
use crate::{
    labs::kit::{Cell, Table},
    physics::statistics::{Estimate, history::Stretch},
};

/// Dots against temperature; `order` is the name of the column of what orders.
#[must_use]
pub fn trail(dots: &[TrailDot], order: &str) -> Table {
    let rows = dots.iter().map(|dot| [dot.temperature, dot.order, dot.energy]);
    Table::of_numbers(["temperature (J/k)", order, "energy (J)"], rows)
}

/// Order and energy against time, each as its range over a stretch of sweeps; `order` names the first.
#[must_use]
pub fn history(order: &str, orders: &[Stretch], energies: &[Stretch]) -> Table {
    let (lowest, highest) = (format!("{order}_lowest"), format!("{order}_highest"));
    let mut table = Table::new(&["sweep", &lowest, &highest, "energy_lowest (J)", "energy_highest (J)"]);
    let ends = |stretch: Option<&Stretch>| -> [Cell; 2] {
        [stretch.map(|stretch| stretch.lowest).into(), stretch.map(|stretch| stretch.highest).into()]
    };
    for (place, order) in orders.iter().enumerate() {
        let [low, high] = ends(Some(order));
        let [lower, higher] = ends(energies.get(place));
        table.push([(order.start as f64).into(), low, high, lower, higher]);
    }
    table
}

/// Averages with their errors.
#[must_use]
pub fn averages(live: &Live) -> Table {
    let mut table = Table::new(&["quantity", "value", "standard_error", "unit"]);
    let Some(measured) = live.measured else { return table };
    // While it still moves, errors mean nothing.
    let is_settled = live.phase == Phase::Settled;
    let mut row = |name: &str, value: Option<Estimate>, unit: &str| {
        let error = value.filter(|_| is_settled).map(|value| value.error);
        table.push([name.into(), value.map(|value| value.value).into(), error.into(), unit.into()]);
    };
    row("energy", Some(measured.energy), "J");
    row("abs_magnetization", Some(measured.abs_magnetization), "");
    row("specific_heat", measured.specific_heat, "k");
    row("susceptibility", measured.susceptibility, "1/J");
    row("binder_cumulant", Some(measured.binder), "");
    for (name, time) in [
        ("energy_autocorrelation_time", measured.energy_autocorrelation_time),
        ("abs_magnetization_autocorrelation_time", measured.abs_magnetization_autocorrelation_time),
    ] {
        table.push([name.into(), Some(time).filter(|_| is_settled).into(), Cell::Empty, "sweeps".into()]);
    }
    table
}

/// Sizes of patches against the time since a quench.
#[must_use]
pub fn growth(points: &[[f64; 2]]) -> Table {
    Table::of_numbers(["time (sweeps)", "domain_size (spins)"], points.iter().copied())
}
