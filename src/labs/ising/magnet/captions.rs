//! Words that follow the state: captions and the status bar.

use crate::{
    labs::{
        StatusItem,
        ising::{IsingLab, common::live_averages::Phase, magnet::frame::IsingFrame},
    },
    physics::ising::{Dynamics, exact},
    text::Texts,
    widgets::numbers,
};

fn item(before: &str, value: String, after: &str, tip: &str) -> StatusItem {
    StatusItem { before: before.to_owned(), value, after: after.to_owned(), tip: tip.to_owned() }
}

/// The status bar's items, most important first.
pub(in crate::labs::ising) fn status(lab: &IsingLab, t: Texts) -> Vec<StatusItem> {
    let (frame, status) = (lab.frame(), lab.driver.status());
    let side = lab.settings.size;
    let mut items =
        vec![item(t.get("ising.status.sweep"), numbers::whole(frame.sweeps), "", t.get("ising.status.sweep.tip"))];
    if status.running && !lab.settings.look_inside {
        let rate = numbers::three_digits(status.steps_per_second);
        items.push(item(
            "",
            rate,
            t.get("ising.status.sweeps_per_second"),
            t.get("ising.status.sweeps_per_second.tip"),
        ));
        let per_second = status.work_per_second;
        let (value, unit) = if per_second >= 1e9 {
            (per_second / 1e9, "ising.status.giga")
        } else {
            (per_second / 1e6, "ising.status.mega")
        };
        items.push(item("", numbers::three_digits(value), t.get(unit), t.get("ising.status.flips.tip")));
    }
    let speed = status.work_per_busy_second / 1e9;
    if speed > 0.0 {
        items.push(item(
            "",
            numbers::fixed(speed, 2),
            t.get("ising.status.flips_per_ns"),
            t.get("ising.status.flips_per_ns.tip"),
        ));
    }
    let size = format!("{side} \u{d7} {side}");
    items.push(item("", size, "", t.get("ising.status.size.tip")));
    items.push(item("m", numbers::fixed(frame.magnetization, 3), "", t.get("ising.status.m.tip")));
    if lab.settings.is_staggered() {
        items.push(item("m_{s}", numbers::fixed(frame.order, 3), "", t.get("ising.status.staggered.tip")));
    }
    items.push(item("e", numbers::fixed(frame.energy, 3), "J", t.get("ising.status.e.tip")));
    items.push(item(t.get("seed.short"), lab.settings.seed.to_string(), "", t.get("seed.tip")));
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

fn state(frame: &IsingFrame) -> State {
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
pub(in crate::labs::ising) fn order_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.order.field",
        State::Cold => "ising.caption.order.cold",
        State::Quenched => "ising.caption.order.quenched",
        State::Critical => "ising.caption.order.critical",
        State::Hot => "ising.caption.order.hot",
    }
}

/// Under e against T.
pub(in crate::labs::ising) fn energy_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.energy.field",
        State::Quenched => "ising.caption.energy.quenched",
        State::Critical => "ising.caption.energy.critical",
        State::Cold | State::Hot => "ising.caption.energy.settled",
    }
}

/// Under m and e against time.
pub(in crate::labs::ising) fn time_caption(frame: &IsingFrame) -> &'static str {
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
pub(in crate::labs::ising) fn landscape_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Field => "ising.caption.landscape.field",
        State::Cold | State::Quenched => "ising.caption.landscape.cold",
        State::Critical => "ising.caption.landscape.critical",
        State::Hot => "ising.caption.landscape.hot",
    }
}

/// Under m against h.
pub(in crate::labs::ising) fn loop_caption(frame: &IsingFrame) -> &'static str {
    if frame.settings.temperature < exact::critical_temperature() {
        "ising.caption.loop.cold"
    } else {
        "ising.caption.loop.hot"
    }
}

/// Whether the field has not made one colour of it.
fn is_weak(frame: &IsingFrame) -> bool {
    frame.order.abs() < 0.5
}

/// Under G(r).
pub(in crate::labs::ising) fn correlation_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Field if is_weak(frame) => "ising.caption.correlation.hot",
        State::Field => "ising.caption.correlation.field",
        State::Cold => "ising.caption.correlation.cold",
        State::Quenched => "ising.caption.correlation.quenched",
        State::Critical => "ising.caption.correlation.critical",
        State::Hot => "ising.caption.correlation.hot",
    }
}

/// Under S(k).
pub(in crate::labs::ising) fn structure_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Quenched => "ising.caption.structure.quenched",
        State::Critical => "ising.caption.structure.critical",
        State::Hot => "ising.caption.structure.hot",
        State::Field if is_weak(frame) => "ising.caption.structure.hot",
        State::Cold | State::Field => "ising.caption.structure.cold",
    }
}

/// Under the blocks.
pub(in crate::labs::ising) fn blur_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Critical => "ising.caption.blur.critical",
        State::Hot => "ising.caption.blur.hot",
        State::Quenched => "ising.caption.blur.quenched",
        State::Field if is_weak(frame) => "ising.caption.blur.hot",
        State::Cold | State::Field => "ising.caption.blur.cold",
    }
}

/// Under the table of averages.
pub(in crate::labs::ising) fn measured_caption(frame: &IsingFrame) -> &'static str {
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
pub(in crate::labs::ising) fn clusters_caption(frame: &IsingFrame) -> &'static str {
    match state(frame) {
        State::Critical => "ising.caption.clusters.critical",
        State::Hot => "ising.caption.clusters.hot",
        State::Field if is_weak(frame) => "ising.caption.clusters.hot",
        State::Quenched => "ising.caption.clusters.quenched",
        State::Cold | State::Field => "ising.caption.clusters.cold",
    }
}

/// Under the growth of patches.
pub(in crate::labs::ising) fn growth_caption(frame: &IsingFrame) -> &'static str {
    let cluster = matches!(frame.settings.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
    match state(frame) {
        State::Quenched if cluster => "ising.caption.growth.cluster",
        State::Quenched => "ising.caption.growth.quenched",
        _ => "ising.caption.growth.other",
    }
}
