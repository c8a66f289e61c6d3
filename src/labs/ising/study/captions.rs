//! The numbers of a study by name, and the status bar.

use super::points::Study;
use crate::{
    labs::kit::{Format, Observable},
    physics::statistics::Estimate,
};

/// The numbers of a study by name.
pub(super) fn observables(study: &Study) -> Vec<Observable> {
    let points = Observable::new("points", study.shown().len() as f64, Format::Whole);
    let mut found = vec![points.said("ising.status.points", "ising.status.points.tip")];
    if let Some(progress) = study.progress() {
        let progress = Observable::new("progress", 100.0 * progress, Format::Whole).in_units("%");
        found.push(progress.said("ising.status.scan", "ising.status.scan.tip"));
    }
    if let Some(fit) = study.fit() {
        let mut fitted = |id: &str, estimate: Estimate, unit: &'static str| {
            let observable = Observable::new(id, estimate.value, Format::Decimals(4)).in_units(unit);
            found.push(Observable { error: Some(estimate.error), ..observable });
        };
        fitted("critical_temperature", fit.critical_temperature, "J/k");
        fitted("inverse_nu", fit.inverse_nu, "");
        fitted("beta_over_nu", fit.beta_over_nu, "");
        fitted("gamma_over_nu", fit.gamma_over_nu, "");
    }
    found
}
