//! Points of the plane as tables, and samples with the point that each is nearest to.

use std::path::Path;

use super::{Problem, tables};
use crate::platform::files::{self, name_of};

/// Columns of a table of points.
const COLUMNS: [&str; 2] = ["x", "y"];
/// Largest table that is read, in bytes, and most points.
const LARGEST: u64 = 16 << 20;
const MOST_POINTS: usize = 100_000;

/// Reads points.
///
/// # Errors
/// A sentence that names the line and what would be right.
pub fn open(path: &Path) -> Result<Vec<[f64; 2]>, Problem> {
    let bytes = files::read(path, LARGEST).map_err(|error| Problem::unread(path, &error))?;
    read(&name_of(path), &bytes)
}

/// Reads such a table from its bytes; `name` is for messages.
///
/// # Errors
/// If the table is wrong: a sentence as from [`open()`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<[f64; 2]>, Problem> {
    let is_head = |head: &csv::StringRecord| head.iter().map(str::trim).eq(COLUMNS);
    let mut points = Vec::new();
    for (line, record) in tables::rows(name, bytes, "problem.points.header", is_head)? {
        let coordinate = |column: usize| {
            let number = record[column].trim().parse::<f64>().ok().filter(|number| number.is_finite());
            let wrong = || Problem::new("problem.table.value").with("name", name).with("line", line);
            number.ok_or_else(|| wrong().with("column", COLUMNS[column]))
        };
        points.push([coordinate(0)?, coordinate(1)?]);
    }
    if !(1..=MOST_POINTS).contains(&points.len()) {
        return Err(Problem::out_of_range(name, "problem.field.points", points.len(), [1, MOST_POINTS]));
    }
    Ok(points)
}

/// Samples with the number of the point that each is nearest to, from 0: columns x, y, nearest.
///
/// # Errors
/// If formatting fails.
pub fn samples(samples: &[[f64; 2]], nearest: impl Fn([f64; 2]) -> usize) -> Result<Vec<u8>, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["x", "y", "nearest"]).map_err(Problem::encoding)?;
    for &at in samples {
        let row = [at[0].to_string(), at[1].to_string(), nearest(at).to_string()];
        table.write_record(row).map_err(Problem::encoding)?;
    }
    table.into_inner().map_err(Problem::encoding)
}
