//! Tables of averages against temperature as CSV, written and read again: the same from the window and from the command line.

use std::path::Path;

use super::{Problem, tables};
use crate::{
    physics::{
        ising::{
            Coupling, Dynamics, Parameters, Start,
            graph::Geometry,
            measurement::Run,
            record::{Measured, Staggered},
            study::Point,
        },
        statistics::Estimate,
    },
    platform::files::{self, name_of},
};

/// Columns that say what was run, then values with their errors.
pub const COLUMNS: [&str; 34] = [
    "lattice",
    "disorder",
    "size",
    "temperature",
    "field",
    "coupling",
    "dynamics",
    "start",
    "sweeps",
    "warmup",
    "seed",
    "energy",
    "energy_err",
    "magnetization",
    "magnetization_err",
    "abs_magnetization",
    "abs_magnetization_err",
    "specific_heat",
    "specific_heat_err",
    "susceptibility",
    "susceptibility_err",
    "binder",
    "binder_err",
    "energy_autocorrelation_time",
    "abs_magnetization_autocorrelation_time",
    "errors_are_honest",
    "staggered_magnetization",
    "staggered_magnetization_err",
    "staggered_abs_magnetization",
    "staggered_abs_magnetization_err",
    "staggered_susceptibility",
    "staggered_susceptibility_err",
    "staggered_binder",
    "staggered_binder_err",
];
/// Older tables end with the errors' honesty.
const OLD_COLUMNS: usize = 26;

/// A table of a hundred thousand points has some 30 MB.
const LARGEST: u64 = 256 << 20;

/// Names of the rules in tables and on the command line.
const DYNAMICS: [(&str, Dynamics); 4] = [
    ("metropolis", Dynamics::Metropolis),
    ("heat-bath", Dynamics::HeatBath),
    ("wolff", Dynamics::Wolff),
    ("swendsen-wang", Dynamics::SwendsenWang),
];

/// After the name of a rule whose replicas exchanged states with hotter ones.
const TEMPERED: &str = "+tempering";

/// Names of the lattices.
const LATTICES: [(&str, Geometry); 4] = [
    ("square", Geometry::Square),
    ("triangular", Geometry::Triangular),
    ("honeycomb", Geometry::Honeycomb),
    ("cubic", Geometry::Cubic),
];

/// Names of the first states that a study may have.
const STARTS: [(&str, Start); 3] = [("up", Start::Up), ("down", Start::Down), ("random", Start::Random)];

fn name_in<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, named)| named == value).map_or("", |(name, _)| name)
}

/// A row for each point, in this order.
///
/// # Errors
/// If formatting fails.
pub fn table(points: &[Point]) -> Result<Vec<u8>, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(Problem::encoding)?;
    for point in points {
        table.write_record(row(point)).map_err(Problem::encoding)?;
    }
    table.into_inner().map_err(Problem::encoding)
}

fn row(Point { run, measured }: &Point) -> Vec<String> {
    let mut row = vec![
        name_in(&LATTICES, &run.lattice).to_owned(),
        run.disorder.to_string(),
        run.side.to_string(),
        run.parameters.temperature.to_string(),
        run.parameters.field.to_string(),
        run.parameters.coupling.sign().to_string(),
        format!("{}{}", name_in(&DYNAMICS, &run.dynamics), if run.is_tempered { TEMPERED } else { "" }),
        name_in(&STARTS, &run.start).to_owned(),
        run.sweeps.to_string(),
        run.warmup.to_string(),
        run.seed.to_string(),
    ];
    let values = [
        Some(measured.energy),
        Some(measured.magnetization),
        Some(measured.abs_magnetization),
        measured.specific_heat,
        measured.susceptibility,
        Some(measured.binder),
    ];
    row.extend(values.into_iter().flat_map(pair));
    row.push(measured.energy_autocorrelation_time.to_string());
    row.push(measured.abs_magnetization_autocorrelation_time.to_string());
    row.push(u8::from(measured.errors_are_honest).to_string());
    let staggered = measured.staggered;
    row.extend(
        [
            staggered.map(|staggered| staggered.magnetization),
            staggered.map(|staggered| staggered.abs_magnetization),
            staggered.and_then(|staggered| staggered.susceptibility),
            staggered.map(|staggered| staggered.binder),
        ]
        .into_iter()
        .flat_map(pair),
    );
    row
}

/// A value and its error; empty cells where there is none.
fn pair(value: Option<Estimate>) -> [String; 2] {
    value.map(|estimate| [estimate.value.to_string(), estimate.error.to_string()]).unwrap_or_default()
}

/// Opens such a table.
///
/// # Errors
/// If it cannot be read, is larger than any such table, or is another kind of file.
pub fn open(path: &Path) -> Result<Vec<Point>, Problem> {
    read(path, &files::read(path, LARGEST).map_err(|error| Problem::unread(path, &error))?)
}

/// Reads such a table again, bit for bit.
///
/// # Errors
/// A sentence that names the line and the column if it is not such a table.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Vec<Point>, Problem> {
    let name = name_of(path);
    if bytes.is_empty() {
        // A table that was begun and has no row yet, not even its head.
        return Ok(Vec::new());
    }
    let is_head =
        |head: &csv::StringRecord| head.iter().eq(COLUMNS) || head.iter().eq(COLUMNS.into_iter().take(OLD_COLUMNS));
    let rows = tables::rows(&name, bytes, "problem.table.header", is_head)?;
    let point = |(line, record): (usize, csv::StringRecord)| {
        Row { record: &record }.point().map_err(|column| {
            Problem::new("problem.table.value").with("name", &name).with("line", line).with("column", column)
        })
    };
    rows.into_iter().map(point).collect()
}

/// A row being read; an error is the name of the column that does not fit.
struct Row<'a> {
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn text(&self, column: &'static str) -> Result<&str, &'static str> {
        let place = COLUMNS.iter().position(|name| *name == column);
        place.and_then(|place| self.record.get(place)).ok_or(column)
    }

    fn parsed<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, &'static str> {
        self.text(column)?.parse().map_err(|_| column)
    }

    fn finite(&self, column: &'static str) -> Result<f64, &'static str> {
        let value: f64 = self.parsed(column)?;
        if value.is_finite() { Ok(value) } else { Err(column) }
    }

    fn named<T: Copy>(&self, column: &'static str, names: &[(&'static str, T)]) -> Result<T, &'static str> {
        let text = self.text(column)?;
        names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value).ok_or(column)
    }

    fn estimate(&self, value: &'static str, error: &'static str) -> Result<Estimate, &'static str> {
        // An error may be unknown: infinite.
        let error: f64 = self.parsed(error)?;
        Ok(Estimate { value: self.finite(value)?, error: if error.is_nan() { f64::INFINITY } else { error } })
    }

    fn maybe(&self, value: &'static str, error: &'static str) -> Result<Option<Estimate>, &'static str> {
        if self.text(value)?.is_empty() { Ok(None) } else { self.estimate(value, error).map(Some) }
    }

    /// None in an older table, and where nothing is staggered.
    fn staggered(&self) -> Result<Option<Staggered>, &'static str> {
        if self.record.len() <= OLD_COLUMNS || self.text("staggered_magnetization")?.is_empty() {
            return Ok(None);
        }
        Ok(Some(Staggered {
            magnetization: self.estimate("staggered_magnetization", "staggered_magnetization_err")?,
            abs_magnetization: self.estimate("staggered_abs_magnetization", "staggered_abs_magnetization_err")?,
            susceptibility: self.maybe("staggered_susceptibility", "staggered_susceptibility_err")?,
            binder: self.estimate("staggered_binder", "staggered_binder_err")?,
        }))
    }

    fn point(&self) -> Result<Point, &'static str> {
        let signs = [("1", Coupling::Ferromagnetic), ("-1", Coupling::Antiferromagnetic)];
        let rule = self.text("dynamics")?;
        let (rule, is_tempered) = rule.strip_suffix(TEMPERED).map_or((rule, false), |rule| (rule, true));
        let run = Run {
            lattice: self.named("lattice", &LATTICES)?,
            disorder: self.parsed("disorder")?,
            side: self.parsed("size")?,
            parameters: Parameters {
                temperature: self.parsed("temperature")?,
                field: self.parsed("field")?,
                coupling: self.named("coupling", &signs)?,
            },
            dynamics: DYNAMICS.iter().find(|(name, _)| *name == rule).map(|(_, value)| *value).ok_or("dynamics")?,
            start: self.named("start", &STARTS)?,
            sweeps: self.parsed("sweeps")?,
            warmup: self.parsed("warmup")?,
            is_tempered,
            seed: self.parsed("seed")?,
        };
        if run.validate_side().is_err() {
            return Err("size");
        }
        // An infinite one is allowed, and written as it is.
        if run.parameters.temperature.is_nan() || run.parameters.temperature < 0.0 {
            return Err("temperature");
        }
        if !run.parameters.field.is_finite() {
            return Err("field");
        }
        let measured = Measured {
            energy: self.estimate("energy", "energy_err")?,
            magnetization: self.estimate("magnetization", "magnetization_err")?,
            abs_magnetization: self.estimate("abs_magnetization", "abs_magnetization_err")?,
            specific_heat: self.maybe("specific_heat", "specific_heat_err")?,
            susceptibility: self.maybe("susceptibility", "susceptibility_err")?,
            binder: self.estimate("binder", "binder_err")?,
            staggered: self.staggered()?,
            energy_autocorrelation_time: self.finite("energy_autocorrelation_time")?,
            abs_magnetization_autocorrelation_time: self.finite("abs_magnetization_autocorrelation_time")?,
            errors_are_honest: self.named("errors_are_honest", &[("0", false), ("1", true)])?,
            is_one_sided: false,
        };
        Ok(Point { run, measured })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::ising::graph::Disorder;

    fn point(temperature: f64) -> Point {
        let estimate = |value: f64| Estimate { value, error: value / 7.0 };
        let run = Run {
            lattice: Geometry::Honeycomb,
            disorder: Disorder::DilutedSites(0.1),
            side: 16,
            parameters: Parameters { temperature, field: -0.1, coupling: Coupling::Antiferromagnetic },
            dynamics: Dynamics::Wolff,
            start: Start::Up,
            sweeps: 1000,
            warmup: 10,
            is_tempered: temperature == 0.0,
            seed: u64::MAX,
        };
        let measured = Measured {
            energy: estimate(1.0 / 3.0),
            specific_heat: (temperature > 0.0).then(|| estimate(0.1)),
            susceptibility: (temperature > 0.0).then_some(Estimate { value: 2e-300, error: f64::INFINITY }),
            staggered: (temperature > 0.0).then(|| Staggered {
                magnetization: estimate(-0.2),
                abs_magnetization: estimate(0.2),
                susceptibility: Some(estimate(7.1)),
                binder: estimate(0.5),
            }),
            energy_autocorrelation_time: 0.7,
            errors_are_honest: true,
            ..Measured::default()
        };
        Point { run, measured }
    }

    #[test]
    fn a_table_is_read_again_bit_for_bit() {
        let points = vec![point(2.269_185_314_213_022), point(0.0)];
        let bytes = table(&points).expect("it can be written");
        assert_eq!(read(Path::new("a.csv"), &bytes), Ok(points));
    }

    #[test]
    fn a_table_of_an_older_version_is_read() {
        let older = include_str!("../../tests/files/sweep_before_staggered_columns.csv");
        let points = read(Path::new("older.csv"), older.as_bytes()).expect("it is read");
        assert_eq!(points.len(), 2);
        assert!(points.iter().all(|point| point.measured.staggered.is_none()));
        assert_eq!(points[0].run.parameters.temperature, 2.0);
    }

    #[test]
    fn tables_that_went_through_a_spreadsheet_or_were_put_together_are_read() {
        let points = vec![point(2.25), point(3.5)];
        let good = String::from_utf8(table(&points).expect("it can be written")).expect("text");
        let read = |text: String| read(Path::new("a.csv"), text.as_bytes());
        let semicolons = good.replace(',', ";").replace('.', ",");
        assert_eq!(read(format!("\u{FEFF}{semicolons}")), Ok(points.clone()));
        assert_eq!(read(good.replace(',', "\t").replace('\n', "\r\n")), Ok(points.clone()));
        assert_eq!(read(good.replace(',', "\t").replace('.', ",")), Ok(points.clone()));
        assert_eq!(read(format!("{good}{good}")), Ok([points.clone(), points].concat()));
        assert_eq!(read(String::new()), Ok(Vec::new()));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said_with_its_line_and_column() {
        let good = String::from_utf8(table(&[point(2.0)]).expect("it can be written")).expect("text");
        let said = |text: &str| read(Path::new("a.csv"), text.as_bytes()).expect_err("it is wrong").to_string();
        assert!(said("T,m\n1,2\n").contains("a.csv"));
        let wrong = good.replace("wolff", "wulff");
        assert!(said(&wrong).contains("line 2") && said(&wrong).contains("dynamics"), "{}", said(&wrong));
        let wrong = good.replace(",1000,", ",many,");
        assert!(said(&wrong).contains("sweeps"), "{}", said(&wrong));
        let wrong = good.replace(",16,", ",1000000000000,");
        assert!(said(&wrong).contains("size"), "{}", said(&wrong));
        let wrong = good.replace(",0.7,", ",inf,");
        assert!(said(&wrong).contains("energy_autocorrelation_time"), "{}", said(&wrong));
        let wrong = format!("{good}16,2.0\n");
        assert!(said(&wrong).contains("line 3"), "{}", said(&wrong));
    }
}
