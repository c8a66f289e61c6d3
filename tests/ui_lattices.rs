//! The page of other lattices in the real program, and the magnet told of voters.

mod common;

use common::app::App;
use egui::Key;
use egui_kittest::kittest::Queryable;
use spinscape::{
    labs::ising::lattices::{
        frame::LatticeFrame,
        settings::{DisorderKind, Rule},
    },
    physics::ising::graph::Geometry,
    text::Language,
};

fn opened() -> App {
    let mut app = App::new([1600.0, 1000.0], Language::English);
    app.click("Lattices");
    app.frames(4);
    app
}

fn frame(app: &mut App) -> LatticeFrame {
    app.lattices().frame().clone()
}

#[test]
fn the_page_runs_its_own_magnet_while_the_other_rests() {
    let mut app = opened();
    let (before, rests) = (frame(&mut app).sweeps, app.frame().sweeps);
    app.frames(30);
    assert!(frame(&mut app).sweeps > before + 60);
    assert_eq!(app.frame().sweeps, rests);
    app.press(Key::Space);
    app.frames(2);
    let paused = frame(&mut app).sweeps;
    app.frames(10);
    assert_eq!(frame(&mut app).sweeps, paused);
    app.press(Key::ArrowRight);
    app.frames(2);
    assert_eq!(frame(&mut app).sweeps, paused + 1);
    app.click("Magnet");
    app.frames(30);
    assert!(app.frame().sweeps > rests + 60);
}

#[test]
fn each_scene_is_one_click_and_can_be_taken_back() {
    let mut app = opened();
    let first = frame(&mut app).settings;
    app.frames(90);
    for (name, geometry, rule, tempering) in [
        ("Honeycomb", Geometry::Honeycomb, Rule::Metropolis, false),
        ("Cube", Geometry::Cubic, Rule::Metropolis, false),
        ("Unmixing", Geometry::Square, Rule::Exchange, false),
        ("Spin glass", Geometry::Square, Rule::Metropolis, true),
    ] {
        // The first of two buttons is the scene; the other is the lattice.
        app.harness.get_all_by_label(name).next().expect("a scene").click();
        app.frames(3);
        app.lattices().session.run.sweeps_per_second = Some(240.0);
        app.frames(12);
        let frame = frame(&mut app);
        let settings = &frame.settings;
        assert_eq!((settings.geometry, settings.rule, settings.tempering), (geometry, rule, tempering), "{name}");
        assert!(frame.sheet.inks.len() > 10_000 && frame.sweeps > 0, "{name}");
        // A moment passes, and the undo steps are made.
        app.frames(90);
    }
    for _ in 0..8 {
        app.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
        app.frames(2);
    }
    assert_eq!(frame(&mut app).settings, first);
}

#[test]
fn replicas_say_so_and_show_their_own_cards() {
    let mut app = opened();
    app.click("Replicas");
    app.frames(20);
    assert!(frame(&mut app).placing.is_some());
    for title in ["Overlap of two replicas", "Exchanges of neighbours"] {
        assert!(app.harness.query_all_by_label_contains(title).next().is_some(), "{title}");
    }
    app.click("One magnet");
    app.frames(6);
    assert!(frame(&mut app).rungs.is_empty());
    assert!(app.harness.query_all_by_label_contains("Averages with errors").next().is_some());
}

#[test]
fn cooling_to_zero_moves_the_thermometer_and_stops_when_it_is_taken() {
    let mut app = opened();
    app.lattices().session.settings.anneal_sweeps = 400;
    app.frames(2);
    let hot = app.lattices().temperature();
    app.click("Cool slowly to zero");
    app.frames(30);
    let cooler = app.lattices().temperature();
    assert!(cooler < 0.9 * hot && frame(&mut app).anneal.is_some());
    app.press(Key::ArrowUp);
    app.frames(10);
    assert_eq!(frame(&mut app).anneal, None);
    let taken = app.lattices().temperature();
    app.frames(10);
    assert_eq!(app.lattices().temperature(), taken);
}

#[test]
fn an_undo_while_it_cools_ends_the_cooling() {
    let mut app = opened();
    app.frames(90);
    app.lattices().session.settings.temperature = 3.0;
    app.frames(90);
    app.click("Cool slowly to zero");
    app.frames(20);
    app.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    app.frames(10);
    assert_eq!(frame(&mut app).anneal, None);
    let temperature = app.lattices().temperature();
    assert_eq!(frame(&mut app).settings.temperature, temperature);
    app.frames(20);
    assert_eq!(app.lattices().temperature(), temperature);
}

#[test]
fn the_seed_of_the_run_and_that_of_the_sample_are_two_numbers() {
    let mut app = opened();
    app.lattices().session.settings.disorder_kind = DisorderKind::Gaussian;
    app.frames(3);
    let (seed, sample) = (app.lattices().session.settings.seed, app.lattices().session.settings.disorder_seed);
    app.click(&format!("Sample: {sample}"));
    app.frames(3);
    app.harness.event(egui::Event::Text("77".to_owned()));
    app.frames(2);
    app.press(Key::Enter);
    app.frames(3);
    let settings = &app.lattices().session.settings;
    assert_eq!(settings.seed, seed);
    assert_eq!(settings.disorder_seed, 77);
}

#[test]
fn the_same_magnet_can_be_told_of_voters() {
    let mut app = App::new([1600.0, 1000.0], Language::English);
    assert!(app.harness.query_by_label("Noise").is_none());
    app.lab().tell_of_voters(true);
    app.frames(3);
    assert!(app.harness.query_all_by_label("Noise").next().is_some());
    assert!(app.harness.query_all_by_label("Less noise").next().is_some());
    // All pages tell alike, and each lab for itself.
    for page in ["Lattices", "Scan", "Scaling"] {
        app.click(page);
        app.frames(2);
        assert!(app.harness.query_all_by_label("Town").next().is_some(), "{page}");
        assert!(app.harness.query_all_by_label("Magnet").next().is_none(), "{page}");
    }
    app.click("Town");
    app.frames(2);
    app.lab().tell_of_voters(false);
    app.frames(2);
    app.click("Lattices");
    app.frames(2);
    assert!(app.harness.query_all_by_label("Magnet").next().is_some());
}
