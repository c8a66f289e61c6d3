//! Independent truths and statistics for the tests.
#![allow(dead_code)] // Each test file uses its own part.

pub mod app;
pub mod counting;
pub mod hopfield;
pub mod ising;
pub mod renderer;
pub mod states;

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Upper tail of χ² for observed counts against expected ones. Cells are merged in order until each expects at least 25.
pub fn chi_square_p(observed: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(observed.len(), expected.len());
    let mut cells: Vec<(f64, f64)> = Vec::new();
    let (mut o, mut e) = (0.0, 0.0);
    for (&observed, &expected) in observed.iter().zip(expected) {
        o += observed;
        e += expected;
        if e >= 25.0 {
            cells.push((o, e));
            (o, e) = (0.0, 0.0);
        }
    }
    if let Some(last) = cells.last_mut() {
        last.0 += o;
        last.1 += e;
    }
    assert!(cells.len() >= 4, "only {} cells: the test would say nothing", cells.len());
    let chi: f64 = cells.iter().map(|(o, e)| (o - e).powi(2) / e).sum();
    let freedom = (cells.len() - 1) as f64;
    ChiSquared::new(freedom).expect("there is more than one cell").sf(chi)
}

/// Rows of a reference table as numbers, without its heading.
pub fn table(text: &str) -> Vec<Vec<f64>> {
    let rows = text.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect()
}

/// Mean and standard deviation.
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, variance.sqrt())
}
