//! The numbers that the cards of the page show, as tables.

use super::{captions, race::Race, settings::HopfieldSettings, sim::HopfieldFrame, trained::Trained};
use crate::{
    labs::kit::{CardId, Cell, Table},
    text::Texts,
};

/// Names of the cards.
pub(super) const CARDS: [CardId; 7] = ["pad", "likeness", "film", "connections", "phase", "race", "experiments"];

/// What tables are made from.
pub(super) struct Sources<'a> {
    /// The settings in force.
    pub settings: &'a HopfieldSettings,
    /// The newest frame.
    pub frame: &'a HopfieldFrame,
    /// The network learned last.
    pub trained: Option<&'a Trained>,
    /// The race of all rules.
    pub race: &'a Race,
}

/// The table of a card; none while it has nothing to show, and for the experiments and the phase map, which save their own.
pub(super) fn table(card: CardId, sources: &Sources<'_>, t: Texts) -> Option<Table> {
    let table = match card {
        "pad" => pad(sources),
        "likeness" => overlaps(sources, t),
        "film" => film(sources),
        "connections" => connections(sources.trained?),
        "race" => race(sources.race, t),
        _ => return None,
    };
    (!table.rows().is_empty()).then_some(table)
}

fn pad(sources: &Sources<'_>) -> Table {
    let side = sources.settings.side.max(1);
    let cells = sources.frame.outputs.iter().enumerate();
    let rows = cells.map(|(cell, &output)| [(cell % side) as f64, (cell / side) as f64, f64::from(output)]);
    Table::of_numbers(["x (cells)", "y (cells)", "output"], rows)
}

fn overlaps(sources: &Sources<'_>, t: Texts) -> Table {
    let mut table = Table::new(&["memory", "overlap"]);
    for (index, &overlap) in sources.settings.active().into_iter().zip(&sources.frame.overlaps) {
        table.push([Cell::Text(captions::name(&sources.settings.memories[index], t)), overlap.into()]);
    }
    table
}

fn film(sources: &Sources<'_>) -> Table {
    let mut table = Table::new(&["updates", "energy_lowest", "energy_highest"]);
    for stretch in &sources.frame.energy_history {
        table.push([(stretch.start as f64).into(), stretch.lowest.into(), stretch.highest.into()]);
    }
    table
}

/// The weights as the card shows them: means over square blocks where there are many neurons.
fn connections(trained: &Trained) -> Table {
    let side = trained.matrix.len().isqrt().max(1);
    let cells = trained.matrix.iter().enumerate();
    let rows = cells.map(|(cell, &weight)| [(cell / side + 1) as f64, (cell % side + 1) as f64, weight]);
    Table::of_numbers(["to_neuron", "from_neuron", "weight"], rows)
}

fn race(race: &Race, t: Texts) -> Table {
    let mut table = Table::new(&["rule", "updates", "overlap_with_the_nearest_memory"]);
    for racer in race.racers() {
        let end = racer.end.as_ref();
        table.push([
            captions::rule(racer.rule, t).into(),
            end.map(|end| end.updates as f64).into(),
            end.map(|end| end.overlap).into(),
        ]);
    }
    table
}
