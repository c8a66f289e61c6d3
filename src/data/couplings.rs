//! Couplings of a few spins as tables, and the valleys of their landscape.

use std::{collections::BTreeMap, path::Path};

use super::{Problem, tables};
use crate::{
    physics::landscape::{Couplings, Tree, couplings::MOST_SPINS},
    platform::files::{self, name_of},
};

/// Columns of a table of couplings.
const COLUMNS: [&str; 3] = ["i", "j", "coupling"];
/// Largest table that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Reads a table of couplings: each pair once, or twice with the same value; missing pairs are 0, and N is the largest spin
/// plus one.
///
/// # Errors
/// A sentence that names the line and what would be right.
pub fn open(path: &Path) -> Result<Couplings, Problem> {
    let bytes = files::read(path, LARGEST).map_err(|error| Problem::unread(path, &error))?;
    read(&name_of(path), &bytes)
}

/// Reads such a table from its bytes; `name` is for messages.
///
/// # Errors
/// If the table is wrong: a sentence as from [`open()`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Couplings, Problem> {
    let is_head = |head: &csv::StringRecord| head.iter().map(str::trim).eq(COLUMNS);
    let mut pairs = BTreeMap::new();
    for (line, record) in tables::rows(name, bytes, "problem.couplings.header", is_head)? {
        let at = |key| Problem::new(key).with("name", name).with("line", line);
        let wrong = |column| at("problem.table.value").with("column", COLUMNS[column]);
        let spin = |column: usize| record[column].trim().parse::<usize>().map_err(|_| wrong(column));
        let (i, j) = (spin(0)?, spin(1)?);
        let value = record[2].trim().parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| wrong(2))?;
        if let Some(far) = [i, j].into_iter().find(|&spin| spin >= MOST_SPINS) {
            return Err(at("problem.couplings.spins").with("spin", far).with("most", MOST_SPINS - 1));
        }
        if i == j {
            return Err(at("problem.couplings.itself").with("spin", i));
        }
        let before = *pairs.entry((i.min(j), i.max(j))).or_insert(value);
        if before != value {
            let problem = at("problem.couplings.twice").with("i", i).with("j", j);
            return Err(problem.with("before", before).with("value", value));
        }
    }
    let spins = pairs.keys().map(|&(_, j)| j + 1).max().unwrap_or(0);
    if pairs.values().all(|&value| value == 0.0) {
        return Err(Problem::new("problem.couplings.none").with("name", name));
    }
    Couplings::new(spins, pairs.into_iter().map(|((i, j), value)| (i, j, value))).map_err(Problem::unexpected)
}

/// Couplings as such a table; all pairs, so that N can be read from it.
///
/// # Errors
/// If formatting fails.
pub fn table(couplings: &Couplings) -> Result<Vec<u8>, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(Problem::encoding)?;
    for i in 0..couplings.spins() {
        for j in i + 1..couplings.spins() {
            let row = [i.to_string(), j.to_string(), couplings.coupling(i, j).to_string()];
            table.write_record(row).map_err(Problem::encoding)?;
        }
    }
    table.into_inner().map_err(Problem::encoding)
}

/// Valleys and passes of a system of so many spins: columns minimum, energy, multiplicity, state, merges_into,
/// barrier_energy.
///
/// # Errors
/// If formatting fails.
pub fn leaves(tree: &Tree, spins: usize) -> Result<Vec<u8>, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = ["minimum", "energy", "multiplicity", "state", "merges_into", "barrier_energy"];
    table.write_record(head).map_err(Problem::encoding)?;
    let energy = |units: i32| (tree.unit * f64::from(units)).to_string();
    for (place, leaf) in tree.leaves.iter().enumerate() {
        let state: String = (0..spins).map(|spin| if leaf.state >> spin & 1 == 1 { '1' } else { '0' }).collect();
        let (into, barrier) =
            leaf.merge.map_or_else(Default::default, |merge| (merge.into.to_string(), energy(merge.energy)));
        let row = [place.to_string(), energy(leaf.energy), leaf.multiplicity.to_string(), state, into, barrier];
        table.write_record(row).map_err(Problem::encoding)?;
    }
    table.into_inner().map_err(Problem::encoding)
}
