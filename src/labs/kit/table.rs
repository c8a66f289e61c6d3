//! What a card shows, as numbers in named columns.

use crate::data::Problem;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number; one that is not finite is written as an empty cell.
    Number(f64),
    /// Words.
    Text(String),
    /// Nothing is known here.
    Empty,
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Cell {
    fn written(&self) -> String {
        match self {
            Self::Number(value) if value.is_finite() => value.to_string(),
            Self::Number(_) | Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The numbers of a card. Names of columns carry their unit: `temperature (J/k)`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Builds a table without rows.
    #[must_use]
    pub fn new(columns: &[&str]) -> Self {
        Self { columns: columns.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
    }

    /// Builds a table of numbers.
    pub fn of_numbers<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [f64; N]>) -> Self {
        let mut table = Self::new(&columns);
        rows.into_iter().for_each(|row| table.push(row.map(Cell::Number)));
        table
    }

    /// Adds a row; it has as many cells as there are columns, else what is missing stays empty and what is too much is left
    /// out.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut row: Vec<Cell> = cells.into_iter().take(self.columns.len()).collect();
        row.resize(self.columns.len(), Cell::Empty);
        self.rows.push(row);
    }

    /// Names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Returns the rows from the top down, each with a cell for every column.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Writes the table as CSV.
    ///
    /// # Errors
    /// If it cannot be encoded, which only memory could be the reason for.
    pub fn to_csv(&self) -> Result<Vec<u8>, Problem> {
        self.separated(b',')
    }

    /// Writes the table with tabs, as spreadsheets paste it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let bytes = self.separated(b'\t').unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn separated(&self, delimiter: u8) -> Result<Vec<u8>, Problem> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(&self.columns).map_err(Problem::encoding)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::written)).map_err(Problem::encoding)?;
        }
        writer.into_inner().map_err(Problem::encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_with_names_and_what_is_no_number_is_an_empty_cell() {
        let mut table = Table::new(&["temperature (J/k)", "|m|, a name with a comma", "note"]);
        table.push([2.269.into(), Some(0.5).into(), "cold, and \"quoted\"".into()]);
        table.push([f64::NAN.into(), None.into()]);
        let text = String::from_utf8(table.to_csv().expect("encodes")).expect("text");
        let expected =
            "temperature (J/k),\"|m|, a name with a comma\",note\n2.269,0.5,\"cold, and \"\"quoted\"\"\"\n,,\n";
        assert_eq!(text, expected);
        assert!(table.to_text().starts_with("temperature (J/k)\t"));
    }
}
