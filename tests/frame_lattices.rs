//! What the frame of the labs promises of the pages of other lattices and of studies.

mod common;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use common::app::{App, builder};
use egui::{Key, Modifiers, Rect, Vec2};
use egui_kittest::kittest::Queryable;
use serde_json::{Value, json};
use spinscape::{
    app::{Options, Spinscape},
    data::sweeps,
    labs::{
        ising::{
            lattices::{LatticesPage, frame::LatticeFrame, settings::DisorderKind},
            study::ScanPage,
        },
        kit::{Host, Lab, Page, Seams, WindowContext},
    },
    physics::ising::{Dynamics, Start, graph::Geometry, study::Point},
    simulation::{Clock, ManualClock},
    text::{Language, Texts},
    widgets::{layout::Class, notices::Notices},
};

const SIZE: [f32; 2] = [1600.0, 1000.0];

fn app_with(seams: Seams) -> App {
    let clock = Arc::new(ManualClock::default());
    let by_hand = Some(Arc::clone(&clock) as Arc<dyn Clock>);
    let options = Options { by_hand, seams, language: Some(Language::English), ..Options::default() };
    let mut app = App { harness: builder(SIZE).build_eframe(|cc| Spinscape::new(cc, options)), clock };
    app.frames(3);
    app
}

/// The page in front, its magnet paused and all down.
fn all_down(seams: Seams) -> App {
    let mut app = app_with(seams);
    app.lattices().session.set_running(false);
    app.lattices().session.settings.start = Start::Down;
    app.click("Lattices");
    app.frames(60);
    assert_eq!(frame(&mut app).order, -1.0);
    app
}

fn frame(app: &mut App) -> LatticeFrame {
    app.lattices().frame().clone()
}

fn hero(app: &App) -> Rect {
    app.harness.get_by_label("Picture of the spins").rect()
}

fn undo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(8);
}

fn redo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    app.frames(8);
}

fn paint(app: &mut App) {
    let middle = hero(app).center();
    app.drag(middle, middle + Vec2::new(120.0, 10.0));
    app.frames(8);
}

#[test]
fn a_restart_is_taken_back_and_done_again_also_after_the_magnet_went_on() {
    let mut app = all_down(Seams::default());
    app.lattices().session.settings.temperature = 1.5;
    app.press(Key::Space);
    app.frames(60);
    app.press(Key::Space);
    let before = frame(&mut app);
    assert!(before.sweeps > 100 && before.order < -0.9);
    app.lattices().session.settings.start = Start::Up;
    app.frames(60);
    app.press(Key::R);
    assert_eq!((frame(&mut app).sweeps, frame(&mut app).order), (0, 1.0));
    app.press(Key::Space);
    app.frames(40);
    app.press(Key::Space);
    let after = frame(&mut app);
    assert!(after.sweeps > 50 && after.order > 0.9);
    undo(&mut app);
    let back = frame(&mut app);
    assert_eq!((back.sweeps, back.order), (before.sweeps, before.order));
    assert_eq!(back.sheet.inks, before.sheet.inks);
    redo(&mut app);
    let again = frame(&mut app);
    assert_eq!((again.sweeps, again.order), (after.sweeps, after.order));
    assert_eq!(again.sheet.inks, after.sheet.inks);
}

#[test]
fn the_notice_of_a_restart_takes_back_the_restart_and_nothing_else() {
    let mut app = all_down(Seams::default());
    app.frames(60);
    app.lattices().session.settings.start = Start::Up;
    app.frames(60);
    app.press(Key::R);
    assert_eq!(frame(&mut app).order, 1.0);
    // Something else is done in between.
    app.lattices().session.settings.field = 0.5;
    app.frames(60);
    app.click("Undo");
    app.frames(6);
    assert_eq!(frame(&mut app).order, -1.0);
    assert_eq!(app.lattices().session.settings.field, 0.5);
}

#[test]
fn a_stroke_is_one_step_and_is_taken_back_and_done_again_while_time_goes_on() {
    let mut app = all_down(Seams::default());
    paint(&mut app);
    let painted = frame(&mut app);
    assert!(painted.order > -0.95, "{}", painted.order);
    app.lattices().session.settings.temperature = 0.5;
    app.frames(60);
    for _ in 0..5 {
        app.press(Key::ArrowRight);
    }
    let later = frame(&mut app);
    assert_eq!(later.sweeps, painted.sweeps + 5);
    // First the temperature, then the stroke.
    undo(&mut app);
    undo(&mut app);
    let back = frame(&mut app);
    assert_eq!(
        (back.order, back.sweeps),
        (-1.0, later.sweeps),
        "the spins are as they were, and time is not turned back"
    );
    redo(&mut app);
    let again = frame(&mut app);
    assert_eq!((again.order, again.sweeps), (later.order, later.sweeps));
    assert_eq!(again.sheet.inks, later.sheet.inks);
}

#[test]
fn two_strokes_are_two_steps_and_a_restart_between_them_a_third() {
    let mut app = all_down(Seams::default());
    paint(&mut app);
    let first = frame(&mut app).sheet.inks;
    app.press(Key::R);
    assert_eq!(frame(&mut app).order, -1.0);
    let middle = hero(&app).center();
    app.drag(middle - Vec2::new(0.0, 150.0), middle - Vec2::new(100.0, 150.0));
    app.frames(4);
    let second = frame(&mut app).sheet.inks;
    assert_ne!(first, second);
    undo(&mut app);
    assert_eq!(frame(&mut app).order, -1.0);
    undo(&mut app);
    assert_eq!(frame(&mut app).sheet.inks, first);
    undo(&mut app);
    assert_eq!(frame(&mut app).order, -1.0);
    redo(&mut app);
    redo(&mut app);
    redo(&mut app);
    assert_eq!(frame(&mut app).sheet.inks, second);
}

#[test]
fn a_thermometer_touched_while_it_cools_ends_the_cooling_and_never_jumps_back_however_old_the_frames() {
    let mut app = app_with(Seams { lag_frames: 4, ..Seams::default() });
    app.click("Lattices");
    app.frames(60);
    app.lattices().session.settings.anneal_sweeps = 400;
    app.frames(60);
    let hot = app.lattices().temperature();
    app.click("Cool slowly to zero");
    app.frames(30);
    let cooled = app.lattices().temperature();
    assert!(cooled < 0.9 * hot, "the thermometer follows: {cooled} of {hot}");
    app.click("Hot 4.0");
    for _ in 0..30 {
        assert_eq!(app.lattices().temperature(), 4.0);
        app.frames(1);
    }
    let frame = frame(&mut app);
    assert_eq!((frame.temperature, frame.settings.temperature, frame.anneal), (4.0, 4.0, None));
}

#[test]
fn a_thermometer_set_to_where_the_cooling_began_ends_it_too() {
    let mut app = app_with(Seams { lag_frames: 4, ..Seams::default() });
    app.click("Lattices");
    app.click("Hot 4.0");
    app.frames(60);
    app.click("Cool slowly to zero");
    app.frames(40);
    assert!(app.lattices().temperature() < 4.0);
    app.click("Hot 4.0");
    app.frames(10);
    assert_eq!((frame(&mut app).temperature, frame(&mut app).anneal), (4.0, None));
    // The cooling was a step as well.
    undo(&mut app);
    let stopped = app.lattices().temperature();
    assert!(stopped < 4.0 && frame(&mut app).temperature == stopped);
    undo(&mut app);
    assert_eq!((app.lattices().temperature(), frame(&mut app).temperature), (4.0, 4.0));
}

#[test]
fn other_settings_changed_while_it_cools_do_not_set_the_temperature_back() {
    let mut app = app_with(Seams { lag_frames: 4, ..Seams::default() });
    app.click("Lattices");
    app.click("Cool slowly to zero");
    app.frames(30);
    let before = app.lattices().temperature();
    app.lattices().session.settings.field = 0.3;
    for _ in 0..20 {
        app.frames(1);
        assert!(app.lattices().temperature() <= before);
    }
    let frame = frame(&mut app);
    assert!(frame.anneal.is_some() && frame.settings.field == 0.3);
}

#[test]
fn what_is_saved_is_the_temperature_that_is_shown() {
    let mut app = app_with(Seams::default());
    app.click("Lattices");
    app.click("Cool slowly to zero");
    app.frames(40);
    let shown = app.lattices().temperature();
    assert!(shown < 3.5);
    let saved = app.lattices().save();
    assert_eq!(saved["settings"]["temperature"], json!(shown));
}

#[test]
fn a_scan_that_fails_says_so_once() {
    let seams = Seams::default();
    let mut app = app_with(seams.clone());
    app.click("Scan");
    seams.failing_jobs.store(true, Ordering::SeqCst);
    app.press(Key::Space);
    app.frames(20);
    let said: Vec<String> = app.harness.state().notice_texts();
    assert_eq!(said.iter().filter(|text| text.contains("told to fail")).count(), 1, "{said:?}");
    assert!(!app.scan().is_scanning() && app.scan().scanned().is_empty());
    // It can be begun again.
    seams.failing_jobs.store(false, Ordering::SeqCst);
    app.scan().settings.sizes = [true, false, false, false, false, false];
    (app.scan().settings.temperatures, app.scan().settings.sweeps) = (3, 100);
    app.press(Key::Space);
    app.frames(4);
    assert_eq!(app.scan().scanned().len(), 3);
}

#[test]
fn undo_on_one_page_leaves_the_others_alone() {
    let mut app = app_with(Seams::default());
    app.show_page("scan");
    app.frames(40);
    app.scan().settings.temperatures = 33;
    app.frames(60);
    app.show_page("scaling");
    app.scaling().settings.exponents[1] = 1.5;
    app.frames(60);
    undo(&mut app);
    assert_eq!((app.scan().settings.temperatures, app.scaling().settings.exponents[1]), (33, 1.0));
    app.show_page("scan");
    undo(&mut app);
    assert_eq!(app.scan().settings.temperatures, 17);
}

#[test]
fn the_magnet_of_other_lattices_starts_when_its_page_is_first_shown() {
    let mut app = app_with(Seams::default());
    app.frames(10);
    assert_eq!(app.lattices().session.sequence(), 0);
    app.lattices().session.settings.geometry = Geometry::Honeycomb;
    app.click("Lattices");
    app.frames(10);
    let frame = frame(&mut app);
    assert!(frame.sweeps > 0);
    assert_eq!(frame.settings.geometry, Geometry::Honeycomb);
}

#[test]
fn a_table_dropped_on_another_page_is_shown_on_the_page_of_scans() {
    let scan = |lab: &mut Lab| -> Vec<Point> {
        let page = lab.page_mut("scan").expect("a page").as_any();
        page.downcast_mut::<ScanPage>().expect("its type").scanned()
    };
    let mut lab = spinscape::labs::ising::lab(&by_hand());
    let page = lab.page_mut("scan").expect("a page").as_any().downcast_mut::<ScanPage>().expect("its type");
    page.settings.sizes = [true, false, false, false, false, false];
    (page.settings.temperatures, page.settings.sweeps) = (3, 100);
    page.start_scan();
    lab.logic(1.0, false);
    let points = scan(&mut lab);
    assert_eq!(points.len(), 3);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scan.csv");
    std::fs::write(&path, sweeps::table(&points).expect("a table")).expect("written");

    let mut lab = spinscape::labs::ising::lab(&by_hand());
    lab.show_page("lattices");
    let (texts, mut notices) = (Texts::new(Language::English), Notices::default());
    let mut window = WindowContext { texts, notices: &mut notices, class: Class::Standard, export: None };
    lab.dropped(vec![path], &mut window);
    lab.logic(1.0, false);
    assert_eq!(lab.front().id(), "scan");
    assert_eq!(scan(&mut lab), points);
}

fn by_hand() -> Host {
    let clock = Arc::new(ManualClock::default());
    clock.pass(Duration::from_secs(1));
    let by_hand = spinscape::labs::kit::ByHand { clock, seams: Seams::default() };
    Host::new(Arc::new(|| ()), Arc::new(|| ()), Some(by_hand))
}

/// Settings as the program wrote them when the lab was one page.
fn old() -> Value {
    json!({
        "settings": {
            "size": 128, "temperature": 1.25, "seed": 77, "sweeps_per_second": 60.0, "brush": "Down", "brush_radius": 5,
            "as_voters": true, "ghost_curves": false,
            "lattices": {
                "geometry": "Cubic", "side": 24, "chance": "Sites", "share": 0.35, "strength": 2.5, "sample": 9,
                "temperature": 1.5, "sweeps_per_second": null, "look": "Layers", "layer": 3, "marks": false,
                "brush": "Heat", "brush_radius": 11
            },
            "scan": { "from": 2.0, "temperatures": 9, "dynamics": "Wolff", "exponents": [2.25, 1.0, 0.125, 1.75] }
        },
        "folds": { "more": true, "page": "Lattices", "met_thermometer": true }
    })
}

#[test]
fn settings_of_the_time_when_the_lab_was_one_page_are_read() {
    let mut lab: Lab = spinscape::labs::ising::lab(&by_hand());
    assert!(lab.restore(&old()));
    assert_eq!(lab.front().id(), "lattices");
    let page = lab.page_mut("lattices").expect("a page").as_any().downcast_mut::<LatticesPage>().expect("its type");
    let settings = &page.session.settings;
    assert_eq!((settings.geometry, settings.side, settings.temperature), (Geometry::Cubic, 24, 1.5));
    assert_eq!((settings.disorder_kind, settings.dilution), (DisorderKind::Sites, 0.35));
    assert_eq!((settings.field_strength, settings.disorder_seed), (2.5, 9));
    assert_eq!(page.session.run.sweeps_per_second, None);
    let saved = lab.save();
    let magnet = &saved["pages"]["magnet"];
    assert_eq!((&magnet["settings"]["size"], &magnet["run"]["sweeps_per_second"]), (&json!(128), &json!(60.0)));
    assert_eq!(magnet["pen"], json!({ "brush": "Down", "brush_radius": 5 }));
    assert_eq!((&magnet["look"]["as_voters"], &magnet["look"]["ghost_curves"]), (&json!(true), &json!(false)));
    assert_eq!((&magnet["look"]["more"], &magnet["look"]["met_thermometer"]), (&json!(true), &json!(true)));
    let lattices = &saved["pages"]["lattices"];
    assert_eq!(lattices["pen"], json!({ "brush": "Heat", "brush_radius": 11 }));
    assert_eq!(lattices["look"]["look"], json!("Layers"));
    assert_eq!((&lattices["look"]["layer"], &lattices["look"]["marks"]), (&json!(3), &json!(false)));
    let scan = &saved["pages"]["scan"]["settings"];
    assert_eq!((&scan["from"], &scan["temperatures"], &scan["seed"]), (&json!(2.0), &json!(9), &json!(77)));
    assert_eq!(scan["dynamics"], serde_json::to_value(Dynamics::Wolff).expect("plain"));
    assert_eq!(saved["pages"]["scaling"]["settings"]["exponents"], json!([2.25, 1.0, 0.125, 1.75]));
    // What is written now is read as it is, and whole.
    let mut again: Lab = spinscape::labs::ising::lab(&by_hand());
    assert!(again.restore(&saved));
    assert_eq!(again.save(), saved);
}
