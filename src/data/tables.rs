//! Tables of experiments as CSV: the same columns from the window and from the command line.

use std::path::{Path, PathBuf};

use super::Problem;
use crate::{
    physics::{
        hopfield::{
            Rule,
            capacity::{Capacity, Point},
        },
        statistics::{Estimate, Share},
    },
    platform::{files::free_path, folders, writing::write_whole},
};

/// Columns of the capacity experiment.
pub const CAPACITY: [&str; 12] = [
    "neurons",
    "patterns",
    "load",
    "rule",
    "noise",
    "trials",
    "seed",
    "final_overlap",
    "final_overlap_err",
    "wrong_bits",
    "wrong_bits_err",
    "recalled_fraction",
];

/// The name of a rule in tables and on the command line.
#[must_use]
pub fn rule_name(rule: Rule) -> String {
    match rule {
        Rule::Hebb => "hebb".to_owned(),
        Rule::Covariance => "covariance".to_owned(),
        Rule::Storkey => "storkey".to_owned(),
        Rule::PseudoInverse => "pseudo-inverse".to_owned(),
        Rule::Perceptron => "perceptron".to_owned(),
        Rule::Polynomial(power) => format!("dense:{power}"),
        Rule::Exponential => "exponential".to_owned(),
    }
}

/// A row for each load. An error that one trial cannot tell is left empty.
///
/// # Errors
/// If formatting fails.
pub fn capacity(experiment: &Capacity, points: &[Point]) -> Result<Vec<u8>, Problem> {
    let error =
        |estimate: Estimate| if estimate.error.is_finite() { estimate.error.to_string() } else { String::new() };
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(CAPACITY).map_err(Problem::encoding)?;
    for point in points {
        table
            .write_record([
                experiment.neurons.to_string(),
                point.patterns.to_string(),
                point.load.to_string(),
                rule_name(experiment.rule),
                experiment.noise.to_string(),
                experiment.trials.to_string(),
                experiment.seed.to_string(),
                point.final_overlap.value.to_string(),
                error(point.final_overlap),
                point.wrong_bits.value.to_string(),
                error(point.wrong_bits),
                point.recalled_fraction.value.to_string(),
            ])
            .map_err(Problem::encoding)?;
    }
    // Writing into memory does not fail.
    Ok(table.into_inner().unwrap_or_default())
}

/// A row for each memory and noise: how often it was recalled, with Wilson's one-sigma interval.
///
/// # Errors
/// If formatting fails.
pub fn basins(rule: Rule, names: &[String], noise: &[f64], shares: &[Vec<Share>]) -> Result<Vec<u8>, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(["rule", "memory", "noise", "recalls", "recalled_fraction", "lowest", "highest"])
        .map_err(Problem::encoding)?;
    for (name, row) in names.iter().zip(shares) {
        for (noise, share) in noise.iter().zip(row) {
            let (low, high) = share.interval();
            table
                .write_record([
                    rule_name(rule),
                    name.clone(),
                    noise.to_string(),
                    share.tries.to_string(),
                    share.value().to_string(),
                    low.to_string(),
                    high.to_string(),
                ])
                .map_err(Problem::encoding)?;
        }
    }
    // Writing into memory does not fail.
    Ok(table.into_inner().unwrap_or_default())
}

/// Saves a table under the first free name in the person's folder; answers where.
///
/// # Errors
/// If the file cannot be written.
pub fn save(stem: &str, bytes: &[u8]) -> Result<PathBuf, Problem> {
    let path = free_path(&folders::pictures(), stem, "csv");
    write(&path, bytes)?;
    Ok(path)
}

/// Writes a table, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    write_whole(path, bytes).map_err(|error| Problem::unwritable(path, &error))
}

/// Reads the rows of a table, with the line of each: separated by commas, semicolons or tabs (with decimal commas too), with a
/// mark before the first byte or without, also where tables were put one after another with their heads between them.
///
/// # Errors
/// With this key if the first line is not a head of the table; a sentence that names the line if a row has more or fewer
/// values.
pub(super) fn rows(
    name: &str,
    bytes: &[u8],
    wrong_head: &'static str,
    is_head: impl Fn(&csv::StringRecord) -> bool,
) -> Result<Vec<(usize, csv::StringRecord)>, Problem> {
    // Spreadsheets put a mark before the first byte, and semicolons where a comma is the decimal mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.iter().filter(|byte| *byte == mark).count());
    let delimiter = delimiter.unwrap_or(b',');
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let wrong = || Problem::new(wrong_head).with("name", name);
    let head = table.headers().map_err(|_| wrong())?.clone();
    if !is_head(&head) {
        return Err(wrong());
    }
    let mut rows = Vec::new();
    for (index, record) in table.records().enumerate() {
        let line = index + 2;
        let record = record.map_err(|_| Problem::new("problem.table.row").with("name", name).with("line", line))?;
        if record != head {
            let with_points = || record.iter().map(|cell| cell.replace(',', ".")).collect();
            rows.push((line, if delimiter == b',' { record } else { with_points() }));
        }
    }
    Ok(rows)
}
