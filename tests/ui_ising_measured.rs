//! What the cards and the study pages of the Ising lab show, against exact values, in the real program.

mod common;

use common::app::App;
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use spinscape::{
    labs::ising::{
        common::live_averages::Phase,
        magnet::{cards::Plot, settings::MagnetSettings},
    },
    physics::ising::{Dynamics, Start, exact},
    text::Language,
};

fn app() -> App {
    App::new([1600.0, 1000.0], Language::English)
}

#[test]
fn a_cards_title_opens_the_menu_of_plots_and_two_cards_change_places() {
    let mut app = app();
    app.frames(4);
    let blur = app.harness.get_by_label("Card: Step back, blur").rect();
    assert!(app.frame().blur.iter().all(|tile| !tile.tile.spins.is_empty()), "tiles on screen are drawn");
    app.click("Card: How much the spins agree");
    app.click("Step back, blur b");
    app.frames(3);
    // The plot that was there has gone where the chosen one was.
    assert_eq!(app.harness.get_by_label("Card: How much the spins agree").rect().left(), blur.left());
    assert!(app.harness.get_by_label("Card: Step back, blur").rect().top() > blur.top());
    // What no card shows is not worked out.
    app.click("Card: Step back, blur");
    app.click("Energy at each temperature e");
    app.frames(4);
    assert!(app.frame().blur.iter().all(|tile| tile.tile.spins.is_empty()));
}

#[test]
fn averages_settle_agree_with_the_exact_values_and_begin_again_when_a_knob_turns() {
    let mut app = app();
    app.lab().session.settings = MagnetSettings { size: 32, temperature: 3.0, ..MagnetSettings::default() };
    app.lab().session.run.sweeps_per_second = Some(10_000.0);
    app.frames(30);
    let live = app.frame().live;
    assert_eq!(live.phase, Phase::Settled);
    let measured = live.measured.expect("settled");
    let truth = exact::finite_torus(32, 3.0);
    assert!((measured.energy.value - truth.energy).abs() < 5.0 * measured.energy.error, "{:?}", measured.energy);
    assert!(measured.energy.error < 0.005, "{:?}", measured.energy);
    let heat = measured.specific_heat.expect("T > 0");
    assert!((heat.value - truth.specific_heat).abs() < 5.0 * heat.error && heat.error < 0.1, "{heat:?}");
    let before = live.recorded;
    app.press(Key::Space);
    app.press(Key::ArrowUp);
    app.frames(2);
    assert_eq!(app.frame().live.phase, Phase::Waiting, "{before} sweeps were at another temperature");
    app.lab().session.settings.dynamics = Dynamics::Wolff;
    app.lab().session.settings.temperature = 2.5;
    app.press(Key::Space);
    app.frames(60);
    let live = app.frame().live;
    let measured = live.measured.expect("it ran");
    let truth = exact::finite_torus(32, 2.5);
    assert_eq!(live.phase, Phase::Settled);
    assert!((measured.energy.value - truth.energy).abs() < 5.0 * measured.energy.error, "{:?}", measured.energy);
}

#[test]
fn correlations_on_screen_begin_with_the_neighbours_that_the_energy_counts() {
    let mut app = app();
    app.lab().session.settings = MagnetSettings { size: 32, temperature: 2.6, ..MagnetSettings::default() };
    app.lab().session.run.sweeps_per_second = Some(10_000.0);
    app.frames(300);
    let found = app.frame().correlation.clone();
    assert!(found.states > 10, "{}", found.states);
    // G(1) = −e/2 at h = 0.
    let (r, nearest) = found.axes[0];
    let truth = -exact::finite_torus(32, 2.6).energy / 2.0;
    assert_eq!(r, 1.0);
    assert!((nearest.value - truth).abs() < 5.0 * nearest.error && nearest.error < 0.01, "{nearest:?} against {truth}");
    let length = found.length.expect("above the critical point");
    // The exact length along an axis (Onsager 1944).
    let exact = 1.0 / (-(1.0_f64 / 2.6).tanh().ln() - 2.0 / 2.6);
    assert!((length.value - exact).abs() < 5.0 * length.error, "{length:?} against {exact}");
}

#[test]
fn a_scan_measures_every_point_on_the_exact_curve_and_is_gone_on_with() {
    let mut app = app();
    app.click("Scan");
    {
        let scan = &mut app.scan().settings;
        (scan.from, scan.to, scan.temperatures, scan.sweeps) = (2.0, 3.0, 3, 2000);
        scan.sizes = [true, true, false, false, false, false];
    }
    app.frames(2);
    let sweeps = app.frame().sweeps;
    // The page has the same name as the button, which comes second.
    app.press(Key::Space);
    app.frames(4);
    assert_eq!(app.frame().sweeps, sweeps, "the magnet rests behind a study");
    let points = app.scan().scanned();
    assert_eq!(points.len(), 6);
    for point in &points {
        let truth = exact::finite_torus(point.run.side, point.run.parameters.temperature);
        let energy = point.measured.energy;
        assert!((energy.value - truth.energy).abs() < 5.0 * energy.error && energy.error < 0.02, "{point:?}");
    }
    // A wider scan keeps what is known, bit for bit.
    app.scan().settings.sizes[2] = true;
    app.press(Key::Space);
    app.frames(4);
    let wider = app.scan().scanned();
    assert_eq!(wider.len(), 9);
    assert_eq!(wider[..6], points[..]);
    app.show_page("scaling");
    app.frames(4);
    app.click("Exact values");
    assert_eq!(app.scaling().settings.exponents, [exact::critical_temperature(), 1.0, 0.125, 1.75]);
    app.show_page("magnet");
    app.frames(60);
    assert!(app.frame().sweeps > sweeps);
}

#[test]
fn patches_are_counted_and_coloured_in_the_picture() {
    use spinscape::physics::ising::clusters::ClusterKind;
    let mut app = app();
    app.lab().session.settings = MagnetSettings { size: 64, ..MagnetSettings::default() };
    app.lab().colour_clusters(true);
    app.frames(20);
    let frame = app.frame();
    assert_eq!(frame.clusters.view, frame.picture.view);
    assert_eq!(frame.clusters.colours.len(), frame.picture.levels.len());
    assert!(frame.clusters.states > 0);
    // Hot: the smallest patches are the most frequent, and single spins are at most all spins.
    let density: Vec<f64> = frame.clusters.distribution.iter().map(|(_, density)| density.value).collect();
    assert!(density[0] > density[1] && density[1] > density[2] && density[0] < 1.0, "{density:?}");
    app.lab().session.settings.cluster_kind = ClusterKind::FortuinKasteleyn;
    app.frames(10);
    assert_eq!(app.frame().clusters.kind, ClusterKind::FortuinKasteleyn);
    app.lab().colour_clusters(false);
    app.click("Card: How much the spins agree");
    app.click("Patches of every size n(s)");
    app.frames(10);
    let frame = app.frame();
    assert!(frame.clusters.colours.is_empty() && frame.clusters.states > 0);
}

#[test]
fn a_quench_shows_growing_patches_and_a_cycle_the_area_of_its_loop() {
    let mut app = app();
    app.lab().session.settings = MagnetSettings { temperature: 1.2, ..MagnetSettings::default() };
    app.lab().session.run.sweeps_per_second = Some(2000.0);
    app.frames(30);
    let growth = app.frame().growth;
    assert!(growth.len() > 10 && growth.windows(2).all(|pair| pair[0][0] < pair[1][0]), "{growth:?}");
    assert!(growth.last().expect("some")[1] > 2.0 * growth[0][1]);
    assert!(app.frame().loops.is_empty());
    app.lab().session.settings.temperature = 1.0;
    app.lab().session.settings.drive_sweeps = 600;
    app.frames(2);
    app.lab().begin_ramp(spinscape::labs::ising::magnet::ramp::RampKind::CycleField);
    app.frames(60);
    let loops = app.frame().loops;
    assert_eq!(loops.len(), 1);
    // Deep in the cold the field must nearly reach the strength of the neighbours before m turns.
    assert!(loops[0].area > 1.0 && loops[0].area < 6.0, "{loops:?}");
    assert_eq!(loops[0].temperature, 1.0);
}

#[test]
fn where_nothing_moves_or_spins_are_frozen_no_error_stands_in_brackets() {
    let values = |app: &App| -> Vec<String> {
        let rows = app.harness.query_all_by_role(egui::accesskit::Role::Label);
        let names = rows.filter_map(|row| row.accesskit_node().label().or_else(|| row.accesskit_node().value()));
        let is_average = |name: &String| {
            ["energy per spin", "order", "specific heat", "susceptibility", "Binder", "correlation time"]
                .iter()
                .any(|start| name.starts_with(start))
        };
        names.filter(is_average).filter_map(|name| name.rsplit_once(": ").map(|(_, value)| value.to_owned())).collect()
    };
    let mut app = app();
    app.lab().session.settings =
        MagnetSettings { size: 64, temperature: 0.0, start: Start::Up, ..MagnetSettings::default() };
    app.lab().session.run.sweeps_per_second = Some(10_000.0);
    app.lab().put_plot(0, Plot::Measured);
    app.frames(10);
    app.press(Key::R);
    app.frames(300);
    assert_eq!(app.frame().live.phase, Phase::Frozen);
    let found = values(&app);
    assert!(found.len() >= 4 && found.iter().all(|value| !value.contains('(')), "{found:?}");
    // The same card of a magnet that moves has them: they are looked for in the right place.
    app.lab().session.settings.temperature = 3.0;
    app.frames(300);
    assert_eq!(app.frame().live.phase, Phase::Settled);
    assert!(values(&app).iter().any(|value| value.contains('(')), "{:?}", values(&app));
}
