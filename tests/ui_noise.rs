//! The page of data and noise in the real program: a drawing is lost in noise and comes back.

mod common;

use common::app::App;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use spinscape::{
    labs::kit::{Page, Seams, Table},
    text::{Language, Texts},
};

fn opened(language: Language) -> App {
    let mut app = App::new([1600.0, 1000.0], language);
    app.noise();
    app.frames(6);
    app
}

fn number(app: &mut App, id: &str) -> f64 {
    let found = app.noise().observables();
    found.iter().find(|found| found.id == id).and_then(|found| found.value).expect("a number of this name")
}

fn rows(app: &mut App, card: &'static str) -> Vec<Vec<f64>> {
    let table: Option<Table> = app.noise().table(card, Texts::new(Language::English));
    let text = table.expect("numbers").to_text();
    let row = |row: &str| row.split('\t').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
    text.lines().skip(1).map(row).collect()
}

/// The largest distance of a point that is shown from the nearest point of the drawing.
fn farthest_from_the_drawing(app: &mut App) -> f64 {
    let drawing = rows(app, "drawing");
    let nearest =
        |at: &Vec<f64>| drawing.iter().map(|dot| (dot[0] - at[0]).hypot(dot[1] - at[1])).fold(f64::INFINITY, f64::min);
    rows(app, "field").iter().map(nearest).fold(0.0, f64::max)
}

#[test]
fn points_come_back_to_the_drawing_in_both_languages() {
    for language in Language::ALL {
        let mut app = opened(language);
        assert!(app.harness.query_all_by_label(Texts::new(language).get("noise.back")).next().is_some());
        assert!((number(&mut app, "time") - 4.0).abs() < 1e-9);
        assert!(farthest_from_the_drawing(&mut app) > 0.8, "it begins with noise");
        app.noise().run.speed = 4.0;
        app.press(Key::Space);
        assert!(app.noise().is_running());
        app.frames(90);
        assert!(!app.noise().is_running(), "it is there");
        assert_eq!(number(&mut app, "time"), 0.0);
        // Six standard deviations of the noise about each point.
        assert!(farthest_from_the_drawing(&mut app) < 0.3);
        assert_eq!(rows(&mut app, "field").len(), 160);
    }
}

#[test]
fn a_drawing_is_drawn_lost_and_found() {
    let mut app = opened(Language::English);
    let pad = app.harness.get_by_label("Pad of points").rect();
    app.click("Erase");
    for y in 0..12 {
        let at = |x: f32| pad.lerp_inside(vec2(x, (y as f32 + 0.5) / 12.0));
        app.drag(at(0.02), at(0.98));
    }
    app.frames(4);
    app.click("Yellow");
    app.drag(pad.lerp_inside(vec2(0.2, 0.8)), pad.lerp_inside(vec2(0.2, 0.2)));
    app.click("Blue");
    app.drag(pad.lerp_inside(vec2(0.8, 0.8)), pad.lerp_inside(vec2(0.8, 0.2)));
    app.frames(6);
    let drawing = rows(&mut app, "drawing");
    let of = |kind: f64| drawing.iter().filter(|dot| dot[2] == kind).count();
    assert!(of(0.0) > 20 && of(1.0) > 20, "{} and {}", of(0.0), of(1.0));
    assert!(drawing.iter().all(|dot| (dot[0] < 0.0) == (dot[2] == 0.0)), "yellow at the left, blue at the right");
    // There: the moments of the new drawing, at once; two strokes apart are decided early.
    app.harness.get_by_label("taking it away: t = 0").click();
    app.frames(4);
    assert_eq!(number(&mut app, "time"), 0.0);
    assert!(farthest_from_the_drawing(&mut app) < 0.3);
    assert!(number(&mut app, "decided") > 0.3);
    // Stroke by stroke it is taken back.
    let blue = rows(&mut app, "drawing").len();
    assert!(app.noise().undo(false));
    app.frames(4);
    assert!(rows(&mut app, "drawing").len() < blue - 20);
}

#[test]
fn keys_go_through_the_moments_and_the_moments_are_buttons() {
    let mut app = opened(Language::English);
    let first = number(&mut app, "time");
    app.press(Key::ArrowRight);
    let second = number(&mut app, "time");
    assert!(second < first);
    app.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    app.frames(3);
    assert!(number(&mut app, "time") < second);
    for _ in 0..11 {
        app.press(Key::ArrowLeft);
    }
    assert_eq!(number(&mut app, "time"), first);
    for time in ["0.03", "0.16", "0.7"] {
        app.harness.get_by_label(&format!("adding noise: t = {time}")).click();
        app.frames(3);
        let (asked, shown) = (time.parse::<f64>().expect("a number"), number(&mut app, "time"));
        assert!((shown / asked).ln().abs() < 0.1, "{shown} for {asked}");
        let name = format!("adding noise: t = {time}");
        let toggled = app.harness.get_by_label(&name).accesskit_node().toggled();
        assert_eq!(toggled, Some(egui::accesskit::Toggled::True));
    }
    // Outwards time runs the other way.
    app.press(Key::R);
    assert_eq!(number(&mut app, "time"), 0.0);
    app.press(Key::ArrowRight);
    assert!(number(&mut app, "time") > 0.0);
}

#[test]
fn even_steps_of_the_smooth_flow_are_warned_of_and_fly_away() {
    let mut app = opened(Language::English);
    app.click("Smooth flow");
    app.click("Even in t");
    app.noise().settings.steps = 20;
    app.frames(6);
    assert!(number(&mut app, "flown") > 0.0);
    let says = |app: &App, part: &str| app.harness.query_all_by_label_contains(part).next().is_some();
    assert!(says(&app, "Even steps are long at the end"));
    app.click("Even in log");
    app.frames(6);
    assert_eq!(number(&mut app, "flown"), 0.0);
}

#[test]
fn a_table_of_points_is_dropped_and_too_many_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(Language::English);
    let before = rows(&mut app, "drawing").len();
    let write = |name: &str, count: usize| {
        let points: String = (0..count).map(|i| format!("{},{}\n", 0.01 * i as f64 - 1.0, 0.5)).collect();
        let path = folder.path().join(name);
        std::fs::write(&path, format!("x,y\n{points}")).expect("a file");
        path
    };
    let drop_file = |app: &mut App, path: std::path::PathBuf| {
        app.drop_files(&[path]);
        app.frames(10);
    };
    drop_file(&mut app, write("many.csv", 401));
    assert_eq!(rows(&mut app, "drawing").len(), before);
    let told = app.harness.state().notice_texts().join(" ");
    assert!(told.contains("401") && told.contains("400"), "{told:?}");
    drop_file(&mut app, write("line.csv", 50));
    assert_eq!(rows(&mut app, "drawing").len(), 50);
    assert!(app.noise().undo(false));
    app.frames(4);
    assert_eq!(rows(&mut app, "drawing").len(), before);
}

#[test]
fn nothing_of_another_drawing_stays_when_all_is_erased() {
    let mut app = opened(Language::English);
    app.press(Key::Space);
    app.noise().settings.drawing.clear();
    app.frames(6);
    assert!(!app.noise().is_running());
    assert!(app.noise().table("field", Texts::new(Language::English)).is_none());
    app.press(Key::ArrowRight);
    app.click("Ring");
    app.frames(6);
    assert_eq!(rows(&mut app, "field").len(), 160);
}

#[test]
fn a_film_that_fails_is_told_once_and_not_tried_again_and_again() {
    let seams = Seams::default();
    let mut app = App::with_seams([1600.0, 1000.0], Language::English, seams.clone());
    app.noise();
    app.frames(6);
    seams.failing_jobs.store(true, std::sync::atomic::Ordering::SeqCst);
    app.click("Smooth flow");
    app.frames(40);
    let told = app.harness.state().notice_texts();
    assert_eq!(told.iter().filter(|text| text.contains("told to fail")).count(), 1, "{told:?}");
    seams.failing_jobs.store(false, std::sync::atomic::Ordering::SeqCst);
    app.click("With kicks");
    app.frames(10);
    assert!(app.harness.run_ok().is_some(), "it rests");
}

#[test]
fn long_last_steps_are_said_also_where_nobody_flies_away() {
    let mut app = opened(Language::English);
    app.click("Even in t");
    app.noise().settings.steps = 20;
    app.noise().go_to(0.0);
    app.frames(6);
    let says = |app: &App, part: &str| app.harness.query_all_by_label_contains(part).next().is_some();
    assert_eq!(number(&mut app, "flown"), 0.0);
    assert!(says(&app, "Even steps are long at the end"));
    assert!(number(&mut app, "coarse") == 1.0);
    app.click("Even in log");
    app.noise().settings.steps = 200;
    app.frames(6);
    assert!(number(&mut app, "coarse") == 0.0);
}
