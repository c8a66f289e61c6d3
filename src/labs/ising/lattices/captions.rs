//! The numbers of the page by name, and the status bar.

use super::frame::LatticeFrame;
use crate::{
    labs::kit::{Format, Observable, StatusItem},
    simulation::Status,
    text::Texts,
};

/// The numbers of a frame by name.
pub(super) fn observables(frame: &LatticeFrame, status: &Status) -> Vec<Observable> {
    let mut found = vec![
        Observable::new("sweep", frame.sweeps as f64, Format::Whole)
            .said("ising.status.sweep", "ising.status.sweep.tip"),
    ];
    if status.running {
        let rate = Observable::new("sweeps_per_second", status.steps_per_second, Format::ThreeDigits);
        found.push(rate.said("", "ising.status.sweeps_per_second.tip"));
        let flips = Observable::new("million_flips_per_second", status.work_per_second / 1e6, Format::ThreeDigits);
        found.push(flips.said("", "ising.status.flips.tip"));
    }
    let order = Observable::new("magnetization", frame.order, Format::Decimals(3));
    found.push(match frame.settings.is_staggered() {
        true => Observable { id: "staggered_magnetization".to_owned(), ..order }.said("", "ising.status.staggered.tip"),
        false => order.said("", "ising.status.m.tip"),
    });
    let energy = Observable::new("energy", frame.energy, Format::Decimals(3));
    found.push(energy.said("", "ising.status.e.tip").in_units("J"));
    found.push(Observable::new("temperature", frame.temperature, Format::Decimals(3)).in_units("J/k"));
    if let Some(lowest) = frame.lowest {
        found.push(Observable::new("lowest_energy", lowest, Format::Decimals(4)).in_units("J"));
    }
    if frame.settings.tempering {
        found.push(Observable::new("overlap", frame.overlap, Format::Decimals(3)));
    }
    if let Some(measured) = frame.live.measured {
        let mut average = |id: &str, estimate: crate::physics::statistics::Estimate| {
            let observable = Observable::new(id, estimate.value, Format::ThreeDigits);
            found.push(Observable { error: Some(estimate.error), ..observable });
        };
        average("mean_energy", measured.energy);
        average("mean_abs_magnetization", measured.abs_magnetization);
    }
    found
}

/// The status bar: observables that it has a place for, and what is no number.
pub(super) fn status(observables: &[Observable], frame: &LatticeFrame, t: Texts) -> Vec<StatusItem> {
    let named = |id: &str| observables.iter().find(|observable| observable.id == id).map(|found| found.status(t));
    let before = |item: StatusItem, before: &str| StatusItem { before: before.to_owned(), ..item };
    let after = |item: StatusItem, key: &'static str| StatusItem { after: t.get(key).to_owned(), ..item };
    let plain = |words: &str, value: String, tip: &'static str| StatusItem {
        before: words.to_owned(),
        value,
        after: String::new(),
        tip: t.get(tip).to_owned(),
    };
    let [across, down, deep] = frame.lengths;
    let size =
        if deep > 1 { format!("{across} \u{d7} {down} \u{d7} {deep}") } else { format!("{across} \u{d7} {down}") };
    [
        named("sweep"),
        named("sweeps_per_second").map(|item| after(item, "ising.status.sweeps_per_second")),
        named("million_flips_per_second").map(|item| after(item, "ising.status.mega")),
        Some(plain("", size, "ising.status.size.tip")),
        named("magnetization").map(|item| before(item, "m")),
        named("staggered_magnetization").map(|item| before(item, "m_{s}")),
        named("energy").map(|item| before(item, "e")),
        Some(plain(t.get("seed.short"), frame.settings.seed.to_string(), "seed.tip")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
