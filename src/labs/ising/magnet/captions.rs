//! Words that follow the state: captions and the status bar.

use crate::{
    labs::{
        ising::{
            common::live_averages::Phase,
            magnet::{frame::MagnetFrame, settings::MagnetSettings},
        },
        kit::{Format, Observable, StatusItem},
    },
    physics::ising::{Dynamics, exact, record::Measured},
    simulation::Status,
    text::Texts,
};

/// The numbers of a frame by name, the most important first.
pub(super) fn observables(frame: &MagnetFrame, status: &Status, looks_inside: bool) -> Vec<Observable> {
    let mut found = vec![
        Observable::new("sweeps", frame.sweeps as f64, Format::Whole)
            .said("ising.status.sweep", "ising.status.sweep.tip"),
    ];
    if status.running && !looks_inside {
        let rate = Observable::new("sweeps_per_second", status.steps_per_second, Format::ThreeDigits);
        found.push(rate.said("", "ising.status.sweeps_per_second.tip").counted("ising.status.sweeps_per_second"));
        let per_second = status.work_per_second;
        let (value, unit) = if per_second >= 1e9 {
            (per_second / 1e9, "ising.status.giga")
        } else {
            (per_second / 1e6, "ising.status.mega")
        };
        let rate = Observable::new("flips_per_second", value, Format::ThreeDigits);
        found.push(rate.said("", "ising.status.flips.tip").counted(unit));
    }
    let speed = status.work_per_busy_second / 1e9;
    if speed > 0.0 {
        let speed = Observable::new("flips_per_ns", speed, Format::Decimals(2));
        found.push(speed.said("", "ising.status.flips_per_ns.tip").counted("ising.status.flips_per_ns"));
    }
    let order = |measured: &Measured| (measured.abs_magnetization.value, measured.abs_magnetization.error);
    let energy = |measured: &Measured| (measured.energy.value, measured.energy.error);
    let settled = frame.live.measured.filter(|_| frame.live.phase == Phase::Settled);
    let is_staggered = frame.settings.is_staggered();
    let m = Observable::new("magnetization", frame.magnetization, Format::Decimals(3));
    found.push(m.said("ising.symbol.m", "ising.status.m.tip"));
    if is_staggered {
        let m = Observable::new("staggered_magnetization", frame.order, Format::Decimals(3));
        found.push(m.said("ising.symbol.ms", "ising.status.staggered.tip"));
    }
    let e = Observable::new("energy", frame.energy, Format::Decimals(3));
    found.push(e.said("ising.symbol.e", "ising.status.e.tip").in_units("J"));
    found.push(Observable::new("abs_magnetization", frame.order.abs(), Format::Decimals(3)));
    found.push(Observable::new("temperature", frame.settings.temperature, Format::Decimals(3)).in_units("J/k"));
    found.push(Observable::new("field", frame.settings.field, Format::Decimals(2)).in_units("J"));
    found.push(Observable::new("pinned_spins", frame.pinned as f64, Format::Whole));
    if let Some(measured) = settled {
        for (id, (value, error)) in [("mean_abs_magnetization", order(&measured)), ("mean_energy", energy(&measured))] {
            found.push(Observable { error: Some(error), ..Observable::new(id, value, Format::Decimals(5)) });
        }
    }
    found
}

/// The status bar: observables that have a sentence, and what is no number.
pub(super) fn status(observables: &[Observable], settings: &MagnetSettings, t: Texts) -> Vec<StatusItem> {
    let side = settings.size;
    let size = StatusItem {
        value: format!("{side} \u{d7} {side}"),
        tip: t.get("ising.status.size.tip").to_owned(),
        ..StatusItem::default()
    };
    let seed = StatusItem {
        before: t.get("seed.short").to_owned(),
        value: settings.seed.to_string(),
        tip: t.get("seed.tip").to_owned(),
        ..StatusItem::default()
    };
    let mut items: Vec<StatusItem> = Vec::new();
    for observable in observables.iter().filter(|observable| !observable.tip.is_empty()) {
        if observable.id == "magnetization" {
            items.push(size.clone());
        }
        items.push(observable.status(t));
    }
    items.push(seed);
    items
}

/// Where the magnet stands, for the captions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Field,
    Cold,
    Quenched,
    Critical,
    Hot,
}

fn state(frame: &MagnetFrame) -> State {
    let (temperature, critical) = (frame.settings.temperature, exact::critical_temperature());
    if frame.settings.field != 0.0 {
        State::Field
    } else if (temperature - critical).abs() < 0.06 {
        State::Critical
    } else if temperature > critical {
        State::Hot
    } else if exact::spontaneous_magnetization(temperature) - frame.order.abs() > 0.12 {
        State::Quenched
    } else {
        State::Cold
    }
}

/// Under |m| against T.
pub(in crate::labs::ising) fn order_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.order.field",
        State::Cold => "ising.caption.order.cold",
        State::Quenched => "ising.caption.order.quenched",
        State::Critical => "ising.caption.order.critical",
        State::Hot => "ising.caption.order.hot",
    }
}

/// Under e against T.
pub(in crate::labs::ising) fn energy_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.energy.field",
        State::Quenched => "ising.caption.energy.quenched",
        State::Critical => "ising.caption.energy.critical",
        State::Cold | State::Hot => "ising.caption.energy.settled",
    }
}

/// Under m and e against time.
pub(in crate::labs::ising) fn time_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = matches!(frame.settings.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
    match state(frame) {
        State::Field => "ising.caption.time.field",
        State::Critical if cluster => "ising.caption.time.cluster",
        State::Critical => "ising.caption.time.critical",
        State::Quenched => "ising.caption.time.quenched",
        State::Cold => "ising.caption.time.cold",
        State::Hot => "ising.caption.time.hot",
    }
}

/// Under the free-energy landscape.
pub(in crate::labs::ising) fn landscape_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.landscape.field",
        State::Cold | State::Quenched => "ising.caption.landscape.cold",
        State::Critical => "ising.caption.landscape.critical",
        State::Hot => "ising.caption.landscape.hot",
    }
}

/// Under m against h.
pub(in crate::labs::ising) fn loop_caption(frame: &MagnetFrame) -> &'static str {
    if frame.settings.temperature < exact::critical_temperature() {
        "ising.caption.loop.cold"
    } else {
        "ising.caption.loop.hot"
    }
}

/// Whether the field has not made one colour of it.
fn is_weak(frame: &MagnetFrame) -> bool {
    frame.order.abs() < 0.5
}

/// Returns the key of the caption under the correlation function G(r).
pub(in crate::labs::ising) fn correlation_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Field if is_weak(frame) => "ising.caption.correlation.hot",
        State::Field => "ising.caption.correlation.field",
        State::Cold => "ising.caption.correlation.cold",
        State::Quenched => "ising.caption.correlation.quenched",
        State::Critical => "ising.caption.correlation.critical",
        State::Hot => "ising.caption.correlation.hot",
    }
}

/// Returns the key of the caption under the structure factor S(k).
pub(in crate::labs::ising) fn structure_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Quenched => "ising.caption.structure.quenched",
        State::Critical => "ising.caption.structure.critical",
        State::Hot => "ising.caption.structure.hot",
        State::Field if is_weak(frame) => "ising.caption.structure.hot",
        State::Cold | State::Field => "ising.caption.structure.cold",
    }
}

/// Returns the key of the caption under the tiles of block spins.
pub(in crate::labs::ising) fn blur_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Critical => "ising.caption.blur.critical",
        State::Hot => "ising.caption.blur.hot",
        State::Quenched => "ising.caption.blur.quenched",
        State::Field if is_weak(frame) => "ising.caption.blur.hot",
        State::Cold | State::Field => "ising.caption.blur.cold",
    }
}

/// Under the table of averages.
pub(in crate::labs::ising) fn measured_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = matches!(frame.settings.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
    match (frame.live.phase, state(frame)) {
        (Phase::Waiting, _) => "ising.caption.measured.waiting",
        (Phase::Settling, _) => "ising.caption.measured.settling",
        (_, State::Critical) if cluster => "ising.caption.measured.cluster",
        (_, State::Critical) => "ising.caption.measured.critical",
        _ => "ising.caption.measured.settled",
    }
}

/// Under the sizes of clusters.
pub(in crate::labs::ising) fn clusters_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Critical => "ising.caption.clusters.critical",
        State::Hot => "ising.caption.clusters.hot",
        State::Field if is_weak(frame) => "ising.caption.clusters.hot",
        State::Quenched => "ising.caption.clusters.quenched",
        State::Cold | State::Field => "ising.caption.clusters.cold",
    }
}

/// Under the growth of patches.
pub(in crate::labs::ising) fn growth_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = matches!(frame.settings.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
    match state(frame) {
        State::Quenched if cluster => "ising.caption.growth.cluster",
        State::Quenched => "ising.caption.growth.quenched",
        _ => "ising.caption.growth.other",
    }
}
