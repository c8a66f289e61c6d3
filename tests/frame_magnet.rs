//! What the frame around the magnet promises: everything a person did can be taken back, a knob that the magnet turns
//! itself obeys a hand at once, also in a window that is behind, and a model that fails can be begun again.

mod common;

use std::sync::atomic::Ordering;

use common::app::App;
use egui::{Key, Modifiers, Pos2, Rect, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable;
use spinscape::{
    labs::{ising::magnet::settings::MagnetSettings, kit::Seams},
    physics::ising::Start,
    text::Language,
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

fn app() -> App {
    App::new(STANDARD, Language::English)
}

fn hero(app: &App) -> Rect {
    app.harness.get_by_label("Picture of the spins").rect()
}

fn undo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(4);
}

fn redo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    app.frames(4);
}

/// A cold magnet, all down, whose spins stay as they are.
fn still(app: &mut App) {
    app.press(Key::Space);
    app.lab().session.settings =
        MagnetSettings { size: 64, temperature: 0.0, start: Start::Down, ..MagnetSettings::default() };
    app.frames(2);
    app.press(Key::R);
}

fn across(app: &App, y: f32) -> [Pos2; 2] {
    let hero = hero(app);
    [0.2, 0.8].map(|x| hero.min + Vec2::new(x, y) * hero.size())
}

#[test]
fn a_stroke_is_a_step_of_undo_also_after_the_magnet_went_on() {
    let mut app = app();
    still(&mut app);
    let empty = app.frame().magnetization;
    assert_eq!(empty, -1.0);
    let [from, to] = across(&app, 0.3);
    app.drag(from, to);
    let one = app.frame().magnetization;
    let [from, to] = across(&app, 0.6);
    app.drag(from, to);
    let two = app.frame().magnetization;
    assert!(one > empty && two > one, "{empty} {one} {two}");
    undo(&mut app);
    assert_eq!(app.frame().magnetization, one, "the second stroke is gone, the first is there");
    redo(&mut app);
    assert_eq!(app.frame().magnetization, two);
    undo(&mut app);
    undo(&mut app);
    assert_eq!(app.frame().magnetization, empty);
    // A stroke that the magnet has changed meanwhile: undo brings back how it was before the stroke, time goes on.
    let [from, to] = across(&app, 0.5);
    app.drag(from, to);
    app.lab().session.settings.temperature = 4.0;
    app.press(Key::Space);
    app.frames(60);
    app.press(Key::Space);
    let (sweeps, molten) = (app.frame().sweeps, app.frame().picture.levels.clone());
    app.lab().session.settings.temperature = 0.0;
    app.frames(60);
    undo(&mut app);
    undo(&mut app);
    undo(&mut app);
    assert_eq!(app.frame().magnetization, empty);
    assert_eq!(app.frame().sweeps, sweeps, "time is not turned back");
    redo(&mut app);
    assert_eq!(app.frame().picture.levels, molten, "and doing it again brings what was there before it was taken back");
}

#[test]
fn freezing_and_letting_go_are_steps_of_undo_and_the_brush_is_not() {
    let mut app = app();
    still(&mut app);
    app.click("Freeze");
    let [from, to] = across(&app, 0.5);
    app.drag(from, to);
    let pinned = app.frame().pinned;
    assert!(pinned > 20, "{pinned}");
    app.click(&format!("Let {pinned} frozen spins go"));
    assert_eq!(app.frame().pinned, 0);
    let temperature = app.lab().temperature();
    undo(&mut app);
    assert_eq!(app.frame().pinned, pinned, "what was let go is pinned again");
    assert_eq!(app.lab().temperature(), temperature, "and not the temperature changed in its place");
    app.click("Up");
    undo(&mut app);
    assert_eq!(app.frame().pinned, 0, "the choice of a brush is no step");
}

#[test]
fn buttons_on_the_picture_do_not_paint() {
    let mut app = app();
    still(&mut app);
    app.click("Freeze");
    app.click("Closer");
    app.click("Further away");
    app.click("Fill");
    app.click("Whole");
    app.frames(5);
    assert_eq!(app.frame().pinned, 0, "no brush went through the buttons");
}

#[test]
fn the_notice_after_a_restart_takes_back_the_restart_and_nothing_else() {
    let mut app = app();
    app.sweeps(40);
    app.press(Key::Space);
    let before = app.frame();
    app.press(Key::R);
    app.click("Down");
    app.click("Wolff");
    app.frames(50);
    app.click("Undo");
    assert_eq!(app.frame().picture.levels, before.picture.levels);
    assert_eq!(
        app.lab().session.settings.dynamics,
        spinscape::physics::ising::Dynamics::Wolff,
        "what came after stays"
    );
    assert_eq!(app.lab().pen.brush, spinscape::labs::ising::common::brush::BrushTool::Down);
}

#[test]
fn a_hand_takes_the_thermometer_from_a_slow_cooling_also_in_a_window_that_is_behind() {
    for lag_frames in [0, 1, 5] {
        let seams = Seams { lag_frames, ..Seams::default() };
        let mut app = App::with_seams(STANDARD, Language::English, seams);
        app.click("Cool slowly");
        app.frames(40);
        let cooling = app.lab().temperature();
        assert!(cooling < 3.5, "{lag_frames} frames behind: {cooling}");
        app.harness.get_by_role_and_label(Role::Button, "Hot 4.0").click();
        for frame in 0..30 {
            app.frames(1);
            if frame >= 1 {
                assert_eq!(app.lab().temperature(), 4.0, "{lag_frames} frames behind: it jumps back in frame {frame}");
            }
        }
        assert_eq!(app.frame().settings.temperature, 4.0);
        assert!(app.frame().ramp.is_none());
    }
}

#[test]
fn what_a_ramp_left_is_saved_and_comes_back() {
    let mut app = app();
    app.lab().session.settings.drive_sweeps = 400;
    app.click("Cool slowly");
    app.sweeps(200);
    let page: &mut dyn spinscape::labs::kit::Page = app.lab();
    let saved = page.save();
    let shown = app.lab().temperature();
    let mut second = self::app();
    let page: &mut dyn spinscape::labs::kit::Page = second.lab();
    assert!(page.restore(&saved));
    second.frames(3);
    assert_eq!(second.lab().temperature(), shown);
    assert!((second.frame().settings.temperature - shown).abs() < 1e-12);
}

#[test]
fn a_magnet_that_fails_says_so_and_can_be_begun_again() {
    let seams = Seams::default();
    let mut app = App::with_seams(STANDARD, Language::English, seams.clone());
    app.click("Cold 1.0");
    seams.panic.store(true, Ordering::SeqCst);
    app.frames(3);
    assert!(app.harness.query_all_by_label_contains("told to panic").next().is_some());
    let stopped = app.frame().sweeps;
    app.frames(20);
    assert_eq!(app.frame().sweeps, stopped);
    app.click("Restart");
    app.frames(40);
    assert!(app.frame().sweeps > 20, "{}", app.frame().sweeps);
    assert_eq!(app.lab().temperature(), 1.0, "what was set is kept");
}
