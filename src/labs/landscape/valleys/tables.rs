//! The numbers that the cards of the page show.

use super::{found, work::Work};
use crate::labs::kit::{CardId, Cell, Table};

/// Names of the cards.
pub(super) const CARDS: [CardId; 5] = ["tree", "way", "found", "bonds", "curvatures"];

/// The numbers of a card; none while it shows none.
pub(super) fn table(work: &Work, card: CardId) -> Option<Table> {
    let table = match card {
        "tree" => tree(work)?,
        "way" => way(work)?,
        "found" => found_table(work)?,
        "bonds" => bonds(work)?,
        _ => curvatures(work),
    };
    (!table.rows().is_empty()).then_some(table)
}

/// A state as characters: character k is spin k, 1 is up.
fn written(state: u32, spins: usize) -> Cell {
    Cell::Text((0..spins).map(|spin| if state >> spin & 1 == 1 { '1' } else { '0' }).collect())
}

fn tree(work: &Work) -> Option<Table> {
    let explored = work.explored.as_ref()?;
    let mut table = Table::new(&["valley", "energy (J)", "states", "state", "merges_into", "pass_energy (J)"]);
    let energy = |units: i32| Cell::Number(explored.tree.unit * f64::from(units));
    for (leaf, name) in explored.tree.leaves.iter().zip(&explored.names) {
        table.push([
            name.as_str().into(),
            energy(leaf.energy),
            f64::from(leaf.multiplicity).into(),
            written(leaf.state, explored.spins()),
            leaf.merge.map_or(Cell::Empty, |merge| explored.names[merge.into].as_str().into()),
            leaf.merge.map_or(Cell::Empty, |merge| energy(merge.energy)),
        ]);
    }
    Some(table)
}

fn way(work: &Work) -> Option<Table> {
    let (explored, walk) = (work.explored.as_ref()?, work.walk.as_ref()?);
    let mut table = Table::new(&["flips", "energy (J)", "state"]);
    for (flips, (&state, &energy)) in walk.way.states.iter().zip(&walk.way.energies).enumerate() {
        let energy = explored.tree.unit * f64::from(energy);
        table.push([(flips as f64).into(), energy.into(), written(state, explored.spins())]);
    }
    Some(table)
}

fn found_table(work: &Work) -> Option<Table> {
    let explored = work.explored.as_ref()?;
    if work.found.is_empty() {
        return None;
    }
    let mut table = Table::new(&["valley_and_mirror", "kind", "starts", "found", "share", "low", "high"]);
    for (name, leaves) in found::pairs(explored) {
        for (kind, share) in ["slow", "quench"].into_iter().zip(work.found.shares(&leaves)) {
            let Some(share) = share else { continue };
            let (low, high) = share.interval();
            let numbers = [f64::from(share.tries), f64::from(share.hits), share.value(), low, high];
            table.push([name.as_str().into(), kind.into()].into_iter().chain(numbers.map(Cell::Number)));
        }
    }
    Some(table)
}

fn bonds(work: &Work) -> Option<Table> {
    let explored = work.explored.as_ref()?;
    let pairs = explored.couplings.pairs().map(|(i, j, value)| [i as f64, j as f64, value]);
    Some(Table::of_numbers(["i", "j", "coupling"], pairs))
}

fn curvatures(work: &Work) -> Table {
    let mut table = Table::new(&["directions", "matrices", "all_positive", "share", "low", "high", "exact"]);
    for (place, share) in work.rolled.iter().enumerate().filter(|(_, share)| share.tries > 0) {
        let (low, high) = share.interval();
        let numbers = [place as f64 + 1.0, f64::from(share.tries), f64::from(share.hits), share.value(), low, high];
        let exact = crate::physics::landscape::curvatures::exact_chance(place + 1);
        table.push(numbers.map(Cell::Number).into_iter().chain([exact.into()]));
    }
    table
}
