//! `spinscape data`: the program's own pictures as a sheet or as a file.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{
    CliError,
    output::{sheet, writable},
};
use crate::data::{
    digits,
    idx::{self, Images},
    samples::MOST_PICTURES,
};

/// Subcommands about pictures.
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    Digits(DigitsArguments),
}

impl DataCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument does not fit, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Digits(arguments) => arguments.run(),
        }
    }
}

/// Digits as the hand writes them, as a PNG sheet, or as IDX with labels beside it.
///
/// They have 28 × 28 pixels. A name that ends in .png gives a sheet; .idx or .idx.gz gives the pictures, with the labels in a second file whose name
/// has '-labels' before the ending.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct DigitsArguments {
    /// How many: 1 to 1000000 (a sheet: to 10000)
    #[arg(long, default_value_t = 200)]
    count: usize,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl DigitsArguments {
    fn run(&self) -> Result<(), CliError> {
        let name = self.out.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = [".png", ".idx", ".idx.gz"].into_iter().find(|ending| name.ends_with(ending));
        let Some(ending) = ending else {
            return Err(CliError::Arguments("--out: give a name that ends in .png, .idx or .idx.gz".to_owned()));
        };
        let most = if ending == ".png" { 10_000 } else { MOST_PICTURES };
        if !(1..=most).contains(&self.count) {
            return Err(CliError::Arguments(format!("--count: give 1 to {most}")));
        }
        let stem = name.strip_suffix(ending).unwrap_or(&name);
        let beside = self.out.with_file_name(format!("{stem}-labels{ending}"));
        let is_sheet = ending == ".png";
        writable(&self.out)?;
        if !is_sheet {
            writable(&beside)?;
        }
        let (grey, labels) = digits::labelled(self.count, self.seed);
        if is_sheet {
            return sheet(&self.out, digits::SIDE, digits::SIDE, &grey);
        }
        let failed = |error: std::io::Error| CliError::Failed(format!("cannot write {name}: {error}"));
        let images = Images { width: digits::SIDE, height: digits::SIDE, grey };
        idx::write_images(&self.out, &images).map_err(failed)?;
        idx::write_labels(&beside, &labels).map_err(failed)
    }
}
