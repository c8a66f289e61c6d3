//! Words that follow the state: captions and the status bar.

use crate::{
    labs::{
        ising::{
            common::live_averages::Phase,
            magnet::{
                frame::MagnetFrame,
                landscape::{Valleys, bins, valleys},
                settings::MagnetSettings,
            },
        },
        kit::{Format, Observable, StatusItem},
    },
    physics::ising::{Coupling, Dynamics, exact, record::Measured},
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
    /// Its energy is not that of its temperature, as in noise or stripes that wait at another.
    Unsettled,
    /// More ordered than a magnet at this temperature is: it still is as it began, or as it was before.
    Ordered,
}

/// Temperatures this near the critical one count as critical, in J/k.
const CRITICAL: f64 = 0.06;
/// |m| may be so far from its exact value in a magnet that has settled.
const NEAR: f64 = 0.12;
/// More order than this has no magnet of the sizes here at or above the critical point.
const MOST_CRITICAL: f64 = 0.9;
const MOST_HOT: f64 = 0.6;
/// e may be so far from its exact value in a large magnet that has settled, in J; and in a small one by so much more, over
/// its side: four times the fluctuation T √(C/N) at T_c, where C is nowhere above 2 in magnets of this size.
const NEAR_ENERGY: f64 = 0.08;
const NEAR_ENERGY_OF_A_SIDE: f64 = 13.0;
/// G(r) under this part of the exact line of T_c is seen to leave it.
const BENT: f64 = 0.6;

fn uses_clusters(frame: &MagnetFrame) -> bool {
    matches!(frame.settings.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang)
}

/// Whether e is what it is in a magnet of this size and temperature without a field, within what is usual.
fn has_its_energy(frame: &MagnetFrame) -> bool {
    let usual = NEAR_ENERGY + NEAR_ENERGY_OF_A_SIDE / frame.settings.size as f64;
    (frame.energy - exact::energy(frame.settings.temperature)).abs() < usual
}

/// Where the magnet stands: by its state, not by its thermometer alone.
fn state(frame: &MagnetFrame) -> State {
    let (temperature, critical) = (frame.settings.temperature, exact::critical_temperature());
    if frame.settings.field != 0.0 {
        State::Field
    } else if (temperature - critical).abs() < CRITICAL {
        if frame.order.abs() > MOST_CRITICAL {
            State::Ordered
        } else if has_its_energy(frame) {
            State::Critical
        } else {
            State::Unsettled
        }
    } else if temperature > critical {
        if frame.order.abs() > MOST_HOT {
            State::Ordered
        } else if has_its_energy(frame) {
            State::Hot
        } else {
            State::Unsettled
        }
    } else {
        let above = frame.order.abs() - exact::spontaneous_magnetization(temperature);
        if above > NEAR {
            State::Ordered
        } else if above < -NEAR && frame.energy > -std::f64::consts::SQRT_2 {
            // Above the energy of the critical point there are no patches yet, only noise.
            State::Unsettled
        } else if above < -NEAR {
            State::Quenched
        } else {
            State::Cold
        }
    }
}

/// Under |m| against T.
pub(in crate::labs::ising) fn order_caption(frame: &MagnetFrame) -> &'static str {
    match state(frame) {
        State::Field if frame.settings.is_staggered() => "ising.caption.order.field_staggered",
        State::Field => "ising.caption.order.field",
        State::Cold => "ising.caption.order.cold",
        State::Quenched => "ising.caption.order.quenched",
        State::Critical if uses_clusters(frame) => "ising.caption.order.cluster",
        State::Critical => "ising.caption.order.critical",
        State::Hot => "ising.caption.order.hot",
        State::Ordered => "ising.caption.order.ordered",
        State::Unsettled => "ising.caption.unsettled",
    }
}

/// Under e against T.
pub(in crate::labs::ising) fn energy_caption(frame: &MagnetFrame) -> &'static str {
    let is_near = has_its_energy(frame);
    match state(frame) {
        State::Field => "ising.caption.energy.field",
        State::Quenched => "ising.caption.energy.quenched",
        State::Critical if is_near => "ising.caption.energy.critical",
        State::Cold | State::Hot if is_near => "ising.caption.energy.settled",
        _ => "ising.caption.unsettled",
    }
}

/// Under m and e against time.
pub(in crate::labs::ising) fn time_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = uses_clusters(frame);
    match state(frame) {
        State::Field if frame.settings.is_staggered() => "ising.caption.time.field_staggered",
        State::Field => "ising.caption.time.field",
        State::Critical if cluster => "ising.caption.time.cluster",
        State::Critical => "ising.caption.time.critical",
        State::Quenched => "ising.caption.time.quenched",
        // A patch as large as the magnet turns m whole; single spins keep its side for longer than a lesson lasts.
        State::Cold if cluster => "ising.caption.time.cold_cluster",
        State::Cold => "ising.caption.time.cold",
        State::Hot => "ising.caption.time.hot",
        State::Ordered | State::Unsettled => "ising.caption.unsettled",
    }
}

/// Under the free-energy landscape.
pub(in crate::labs::ising) fn landscape_caption(frame: &MagnetFrame) -> &'static str {
    // A field turns the ferromagnet's valleys, not those of the staggered order.
    let is_tilted = frame.settings.field != 0.0 && frame.settings.coupling == Coupling::Ferromagnetic;
    match (valleys(&bins(&frame.companion_counts, frame.settings.temperature)), is_tilted) {
        (None, _) => "ising.caption.landscape.settling",
        (Some(Valleys::One), true) => "ising.caption.landscape.moved",
        (Some(_), true) => "ising.caption.landscape.field",
        (Some(Valleys::One), false) => "ising.caption.landscape.hot",
        (Some(Valleys::Splitting), false) => "ising.caption.landscape.critical",
        (Some(Valleys::Two), false) => "ising.caption.landscape.cold",
    }
}

/// Under m against h.
pub(in crate::labs::ising) fn loop_caption(frame: &MagnetFrame) -> &'static str {
    if frame.settings.is_staggered() {
        let is_turned = frame.magnetization.abs() > 0.5;
        return if is_turned { "ising.caption.loop.overcome" } else { "ising.caption.loop.staggered" };
    }
    let above = frame.settings.temperature - exact::critical_temperature();
    if above.abs() < CRITICAL {
        "ising.caption.loop.critical"
    } else if above < 0.0 {
        "ising.caption.loop.cold"
    } else {
        "ising.caption.loop.hot"
    }
}

/// Whether the field has not made one colour of it.
fn is_weak(frame: &MagnetFrame) -> bool {
    frame.order.abs() < 0.5
}

/// Whether the correlations fall clearly below the exact line of T_c within a quarter of the magnet.
fn is_bent(frame: &MagnetFrame) -> bool {
    let found = &frame.correlation;
    let reach = found.side as f64 / 4.0;
    let near = found.distances.iter().zip(&found.radial).filter(|(r, _)| **r <= reach);
    near.into_iter().any(|(&r, g)| g.value < BENT * exact::critical_correlation(r))
}

/// Returns the key of the caption under the correlation function G(r), or under what is left of it without the order.
pub(in crate::labs::ising) fn correlation_caption(frame: &MagnetFrame, connected: bool) -> &'static str {
    match state(frame) {
        State::Cold | State::Quenched | State::Critical if connected => "ising.caption.correlation.connected",
        State::Field if connected && !is_weak(frame) => "ising.caption.correlation.connected",
        State::Field if is_weak(frame) => "ising.caption.correlation.hot",
        State::Field if frame.settings.is_staggered() => "ising.caption.correlation.cold",
        State::Field => "ising.caption.correlation.field",
        State::Cold => "ising.caption.correlation.cold",
        State::Quenched => "ising.caption.correlation.quenched",
        State::Critical if is_bent(frame) => "ising.caption.correlation.bent",
        State::Critical => "ising.caption.correlation.critical",
        State::Hot => "ising.caption.correlation.hot",
        State::Ordered | State::Unsettled => "ising.caption.unsettled",
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
        State::Ordered | State::Unsettled => "ising.caption.unsettled",
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
        State::Ordered | State::Unsettled => "ising.caption.unsettled",
    }
}

/// Under the table of averages.
pub(in crate::labs::ising) fn measured_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = uses_clusters(frame);
    match (frame.live.phase, state(frame)) {
        (Phase::Waiting, _) => "ising.caption.measured.waiting",
        (Phase::Settling, _) => "ising.caption.measured.settling",
        (Phase::Frozen, _) => "ising.caption.measured.frozen",
        (Phase::OneSided, _) => "ising.caption.measured.one_sided",
        _ if frame.pinned > 0 => "ising.caption.measured.pinned",
        (_, State::Critical) if cluster => "ising.caption.measured.cluster",
        (_, State::Critical) => "ising.caption.measured.critical",
        (Phase::Short, _) => "ising.caption.measured.short",
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
        State::Ordered | State::Unsettled => "ising.caption.unsettled",
    }
}

/// Under the growth of patches.
pub(in crate::labs::ising) fn growth_caption(frame: &MagnetFrame) -> &'static str {
    let cluster = uses_clusters(frame);
    match state(frame) {
        State::Quenched if cluster => "ising.caption.growth.cluster",
        State::Quenched => "ising.caption.growth.quenched",
        _ => "ising.caption.growth.other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{labs::ising::magnet::settings::MagnetSettings, physics::statistics::Estimate};

    const UNSETTLED: &str = "ising.caption.unsettled";

    fn frame(temperature: f64, dynamics: Dynamics, order: f64, energy: f64) -> MagnetFrame {
        let settings = MagnetSettings { temperature, dynamics, ..MagnetSettings::default() };
        MagnetFrame { settings, order, energy, ..MagnetFrame::default() }
    }

    #[test]
    fn a_magnet_that_is_still_ordered_is_not_told_of_as_hot() {
        for temperature in [exact::critical_temperature(), 2.6, 4.0] {
            let up = frame(temperature, Dynamics::Metropolis, 1.0, -2.0);
            assert_eq!(order_caption(&up), "ising.caption.order.ordered");
            for caption in OF_THE_FRAME {
                assert_eq!(caption(&up), UNSETTLED, "at {temperature}");
            }
        }
        // Below the critical point too, where the exact curve has come down already.
        assert_eq!(order_caption(&frame(2.2, Dynamics::Metropolis, 1.0, -2.0)), "ising.caption.order.ordered");
    }

    #[test]
    fn a_settled_magnet_is_told_of_by_its_temperature() {
        let energy = exact::energy;
        let hot = frame(4.0, Dynamics::Metropolis, 0.01, energy(4.0));
        assert_eq!(order_caption(&hot), "ising.caption.order.hot");
        assert_eq!(energy_caption(&hot), "ising.caption.energy.settled");
        assert_eq!(time_caption(&hot), "ising.caption.time.hot");
        let cold = frame(1.5, Dynamics::Metropolis, -exact::spontaneous_magnetization(1.5), energy(1.5));
        assert_eq!(order_caption(&cold), "ising.caption.order.cold");
        assert_eq!(time_caption(&cold), "ising.caption.time.cold");
        for clusters in [Dynamics::Wolff, Dynamics::SwendsenWang] {
            let cold = frame(1.5, clusters, exact::spontaneous_magnetization(1.5), energy(1.5));
            assert_eq!(time_caption(&cold), "ising.caption.time.cold_cluster");
        }
        assert_eq!(energy_caption(&cold), "ising.caption.energy.settled");
        let quenched = frame(1.5, Dynamics::Metropolis, 0.02, -1.8);
        assert_eq!(order_caption(&quenched), "ising.caption.order.quenched");
    }

    /// All captions that speak of what the frame shows.
    const OF_THE_FRAME: [fn(&MagnetFrame) -> &'static str; 6] = [
        energy_caption,
        time_caption,
        |frame| correlation_caption(frame, false),
        structure_caption,
        blur_caption,
        clusters_caption,
    ];

    #[test]
    fn stripes_and_noise_that_wait_at_another_temperature_are_not_told_of_as_settled() {
        let critical = exact::critical_temperature();
        // Two halves, up and down, of a 256 × 256 magnet; and a state drawn by lot.
        let stripes = -2.0 + 4.0 / 256.0;
        for (temperature, energy) in
            [(4.0, stripes), (critical, stripes), (critical, 0.0), (2.6, 0.0), (2.6, stripes), (1.5, 0.0)]
        {
            let waiting = frame(temperature, Dynamics::Metropolis, 0.0, energy);
            for caption in OF_THE_FRAME {
                assert_eq!(caption(&waiting), UNSETTLED, "e = {energy} at {temperature}");
            }
            assert_eq!(order_caption(&waiting), UNSETTLED);
        }
        // A small magnet swings about the mean and is settled all the same.
        let small = MagnetFrame {
            settings: MagnetSettings { size: 16, temperature: critical, ..MagnetSettings::default() },
            energy: exact::energy(critical) + 0.3,
            ..MagnetFrame::default()
        };
        assert_eq!(time_caption(&small), "ising.caption.time.critical");
    }

    #[test]
    fn a_field_on_neighbours_that_want_to_differ_is_not_told_of_as_the_stronger() {
        let settings = MagnetSettings {
            temperature: 1.0,
            field: 0.5,
            coupling: Coupling::Antiferromagnetic,
            ..MagnetSettings::default()
        };
        let ordered = MagnetFrame { settings: settings.clone(), order: 0.99, energy: -1.99, ..MagnetFrame::default() };
        assert_eq!(order_caption(&ordered), "ising.caption.order.field_staggered");
        assert_eq!(time_caption(&ordered), "ising.caption.time.field_staggered");
        assert_eq!(loop_caption(&ordered), "ising.caption.loop.staggered");
        assert_eq!(correlation_caption(&ordered, false), "ising.caption.correlation.cold");
        // Stronger than all four neighbours, the field turns every spin.
        let settings = MagnetSettings { field: 6.0, ..settings };
        let turned = MagnetFrame { settings, order: 0.0, magnetization: 1.0, ..MagnetFrame::default() };
        assert_eq!(loop_caption(&turned), "ising.caption.loop.overcome");
    }

    #[test]
    fn correlations_that_leave_the_line_of_the_critical_point_are_not_called_straight() {
        let mut critical = frame(exact::critical_temperature(), Dynamics::Metropolis, 0.1, -1.41);
        let line = |r: &f64| Estimate { value: exact::critical_correlation(*r), error: 0.01 };
        critical.correlation.side = 256;
        critical.correlation.distances = vec![1.0, 4.0, 16.0, 60.0];
        critical.correlation.radial = critical.correlation.distances.iter().map(line).collect();
        assert_eq!(correlation_caption(&critical, false), "ising.caption.correlation.critical");
        critical.correlation.radial[3].value *= 0.3;
        assert_eq!(correlation_caption(&critical, false), "ising.caption.correlation.bent");
        // Without what the order alone gives it bends by itself.
        assert_eq!(correlation_caption(&critical, true), "ising.caption.correlation.connected");
        let cold = frame(1.5, Dynamics::Metropolis, 0.98, -1.95);
        assert_eq!(correlation_caption(&cold, true), "ising.caption.correlation.connected");
        let hot = frame(4.0, Dynamics::Metropolis, 0.01, -0.56);
        assert_eq!(correlation_caption(&hot, true), "ising.caption.correlation.hot");
    }

    #[test]
    fn at_the_critical_point_clusters_do_not_lag_behind_and_no_loop_is_told_of_as_hot() {
        let critical = exact::critical_temperature();
        let energy = exact::energy(critical);
        let slow = frame(critical, Dynamics::Metropolis, 0.5, energy);
        assert_eq!(order_caption(&slow), "ising.caption.order.critical");
        for dynamics in [Dynamics::Wolff, Dynamics::SwendsenWang] {
            assert_eq!(order_caption(&frame(critical, dynamics, 0.5, energy)), "ising.caption.order.cluster");
        }
        assert_eq!(loop_caption(&slow), "ising.caption.loop.critical");
        assert_eq!(loop_caption(&frame(3.0, Dynamics::Metropolis, 0.0, 0.0)), "ising.caption.loop.hot");
        assert_eq!(loop_caption(&frame(1.5, Dynamics::Metropolis, 0.0, 0.0)), "ising.caption.loop.cold");
    }

    #[test]
    fn each_card_tells_of_a_cold_a_quenched_a_critical_and_a_hot_magnet() {
        let critical = exact::critical_temperature();
        let local = Dynamics::Metropolis;
        let cold = frame(1.5, local, exact::spontaneous_magnetization(1.5), exact::energy(1.5));
        let quenched = frame(1.5, local, 0.02, -1.8);
        let at_critical = frame(critical, local, 0.3, exact::energy(critical));
        let hot = frame(4.0, local, 0.01, exact::energy(4.0));
        let told = |caption: fn(&MagnetFrame) -> &'static str| {
            [&cold, &quenched, &at_critical, &hot].map(|frame| caption(frame).rsplit('.').next().unwrap_or_default())
        };
        for caption in [structure_caption, blur_caption, clusters_caption] {
            assert_eq!(told(caption), ["cold", "quenched", "critical", "hot"]);
        }
        assert_eq!(told(growth_caption), ["other", "quenched", "other", "other"]);
        assert_eq!(growth_caption(&frame(1.5, Dynamics::Wolff, 0.02, -1.8)), "ising.caption.growth.cluster");
    }

    #[test]
    fn averages_are_told_of_by_how_far_they_have_come() {
        let with = |phase: Phase, temperature: f64, pinned: usize| {
            let mut frame = frame(temperature, Dynamics::Metropolis, 0.0, exact::energy(temperature));
            (frame.live.phase, frame.pinned) = (phase, pinned);
            measured_caption(&frame)
        };
        for (phase, caption) in [
            (Phase::Waiting, "ising.caption.measured.waiting"),
            (Phase::Settling, "ising.caption.measured.settling"),
            (Phase::Frozen, "ising.caption.measured.frozen"),
            (Phase::OneSided, "ising.caption.measured.one_sided"),
            (Phase::Short, "ising.caption.measured.short"),
            (Phase::Settled, "ising.caption.measured.settled"),
        ] {
            assert_eq!(with(phase, 4.0, 0), caption);
        }
        // Averages with frozen spins are no averages of the magnet alone, whatever their errors.
        assert_eq!(with(Phase::Settled, 4.0, 7), "ising.caption.measured.pinned");
        assert_eq!(with(Phase::Settled, exact::critical_temperature(), 0), "ising.caption.measured.critical");
    }

    #[test]
    fn the_landscape_is_told_of_by_its_valleys() {
        use crate::labs::ising::magnet::small_magnets::LEVELS;
        let counts = |hill: &dyn Fn(f64) -> f64| -> Vec<u64> {
            let m = |level: usize| 2.0 * level as f64 / (LEVELS - 1) as f64 - 1.0;
            (0..LEVELS).map(|level| (1e6 * (-hill(m(level))).exp()) as u64).collect()
        };
        let told = |counts: Vec<u64>, field: f64| {
            let settings = MagnetSettings { temperature: 2.0, field, ..MagnetSettings::default() };
            landscape_caption(&MagnetFrame { settings, companion_counts: counts, ..MagnetFrame::default() })
        };
        let one = |m: f64| 8.0 * m * m;
        let two = |m: f64| 8.0 * (m * m - 0.5) * (m * m - 0.5);
        assert_eq!(told(Vec::new(), 0.0), "ising.caption.landscape.settling");
        assert_eq!(told(counts(&one), 0.0), "ising.caption.landscape.hot");
        assert_eq!(told(counts(&two), 0.0), "ising.caption.landscape.cold");
        assert_eq!(told(counts(&|m| 0.3 * two(m)), 0.0), "ising.caption.landscape.critical");
        assert_eq!(told(counts(&|m| one(m - 0.3)), 0.2), "ising.caption.landscape.moved");
        assert_eq!(told(counts(&|m| two(m) - 0.8 * m), 0.2), "ising.caption.landscape.field");
    }
}
