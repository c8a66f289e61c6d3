//! What a person does in the Ising lab, done to the real program.

mod common;

use common::app::App;
use egui::{Key, Modifiers, Pos2, Rect, Vec2, accesskit::Role, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use spinscape::{
    labs::ising::{common::brush::BrushTool, magnet::settings::MagnetSettings},
    physics::ising::{Coupling, Dynamics, Start, exact},
    text::Language,
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

fn app() -> App {
    App::new(STANDARD, Language::English)
}

fn hero(app: &App) -> Rect {
    app.harness.get_by_label("Picture of the spins").rect()
}

/// Drags the thermometer's grip to a temperature.
fn drag_thermometer(app: &mut App, to: f64) {
    let from = app.lab().session.settings.temperature;
    let tube = app.harness.get_by_role_and_label(Role::Slider, "Temperature").rect();
    // The scale of the tube, as `widgets::thermometer` draws it.
    let (top, bottom) = (tube.top() + 17.0, tube.bottom() - 48.0);
    let at = |t: f64| pos2(tube.center().x - 26.0, bottom + (top - bottom) * (t / 5.0) as f32);
    app.drag(at(from), at(to));
}

#[test]
fn dragging_the_thermometer_down_and_up_orders_and_melts_the_magnet() {
    let mut app = app();
    app.press(Key::Space);
    app.click("Up: start again");
    drag_thermometer(&mut app, 1.0);
    assert!((app.lab().session.settings.temperature - 1.0).abs() < 0.02, "{}", app.lab().session.settings.temperature);
    app.press(Key::Space);
    app.sweeps(200);
    assert!(app.frame().magnetization.abs() > 0.95, "{}", app.frame().magnetization);
    drag_thermometer(&mut app, 4.0);
    app.sweeps(200);
    assert!(app.frame().magnetization.abs() < 0.1, "{}", app.frame().magnetization);
}

#[test]
fn the_thermometer_snaps_to_the_critical_point_and_is_ten_times_finer_with_shift() {
    let mut app = app();
    drag_thermometer(&mut app, exact::critical_temperature() + 0.005);
    assert_eq!(app.lab().session.settings.temperature, exact::critical_temperature());
    app.click("Cold 1.0");
    assert_eq!(app.lab().session.settings.temperature, 1.0);
    app.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    app.frames(2);
    assert!((app.lab().session.settings.temperature - 1.1).abs() < 1e-9);
    app.press(Key::ArrowDown);
    assert!((app.lab().session.settings.temperature - 1.09).abs() < 1e-9);
    app.set_slider("Temperature", 2.5);
    assert_eq!(app.lab().session.settings.temperature, 2.5);
}

#[test]
fn pause_stops_the_sweeps_and_step_does_exactly_one() {
    let mut app = app();
    app.sweeps(40);
    assert!(app.frame().sweeps > 30);
    app.click("Pause");
    let before = app.frame().sweeps;
    app.frames(60);
    assert_eq!(app.frame().sweeps, before);
    for step in 1..=3 {
        app.press(Key::ArrowRight);
        assert_eq!(app.frame().sweeps, before + step);
    }
    app.click("Step");
    assert_eq!(app.frame().sweeps, before + 4);
    app.click("Run");
    app.sweeps(40);
    assert!(app.frame().sweeps > before + 30);
}

#[test]
fn painting_down_spins_lowers_m_and_the_right_button_paints_the_opposite() {
    let mut app = app();
    app.press(Key::Space);
    app.click("Up: start again");
    assert_eq!(app.frame().magnetization, 1.0);
    app.click("Down");
    assert_eq!(app.lab().pen.brush, BrushTool::Down);
    let middle = hero(&app).center();
    app.drag(middle - Vec2::new(150.0, 0.0), middle + Vec2::new(150.0, 30.0));
    let painted = app.frame().magnetization;
    // A stroke of 17 spins' width over some 150 spins of 65 536.
    assert!((0.85..0.95).contains(&painted), "{painted}");
    app.harness.event(egui::Event::PointerButton {
        pos: middle,
        button: egui::PointerButton::Secondary,
        pressed: true,
        modifiers: Modifiers::NONE,
    });
    app.frames(3);
    app.harness.event(egui::Event::PointerButton {
        pos: middle,
        button: egui::PointerButton::Secondary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    app.frames(3);
    assert!(app.frame().magnetization > painted);
}

#[test]
fn frozen_spins_stay_and_can_be_let_go() {
    let mut app = app();
    app.press(Key::Space);
    app.click("Up: start again");
    app.click("Freeze");
    let middle = hero(&app).center();
    app.drag(middle, middle + Vec2::new(60.0, 0.0));
    let pinned = app.frame().pinned;
    assert!(pinned > 500, "{pinned}");
    app.press(Key::Space);
    app.sweeps(60);
    // Of one state the others' chance would be as large.
    let states: Vec<f64> = (0..100)
        .map(|_| {
            app.sweeps(8);
            app.frame().magnetization
        })
        .collect();
    let melted = states.iter().sum::<f64>() / 100.0;
    assert!(melted > 0.5 * pinned as f64 / 65_536.0, "the pinned spins still point up: {melted}");
    assert!(melted < 0.1, "the others do not: {melted}");
    let label = format!("Let {} frozen spins go", spinscape::widgets::numbers::whole(pinned as u64));
    app.click(&label);
    assert_eq!(app.frame().pinned, 0);
}

#[test]
fn the_field_flips_the_magnet_below_the_critical_point() {
    let mut app = app();
    app.click("Up: start again");
    app.click("Cold 1.0");
    app.set_slider("Outside field", -2.0);
    app.sweeps(300);
    assert!(app.frame().magnetization < -0.95, "{}", app.frame().magnetization);
    app.set_slider("Outside field", 2.0);
    app.sweeps(300);
    assert!(app.frame().magnetization > 0.95);
}

#[test]
fn undo_and_redo_step_through_the_settings_and_take_a_reset_back() {
    let mut app = app();
    app.frames(90);
    app.click("Cold 1.0");
    app.frames(90);
    app.click("Hot 4.0");
    app.frames(90);
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(3);
    assert_eq!(app.lab().session.settings.temperature, 1.0);
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(3);
    assert_eq!(app.lab().session.settings.temperature, 3.5);
    app.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    app.frames(3);
    assert_eq!(app.lab().session.settings.temperature, 1.0);
    app.press(Key::Space);
    let before = app.frame();
    app.press(Key::R);
    assert_eq!(app.frame().sweeps, 0);
    assert_eq!(app.harness.state().notice_texts(), ["The magnet was reset."]);
    app.click("Undo");
    assert_eq!(app.frame().sweeps, before.sweeps);
    assert_eq!(app.frame().picture.levels, before.picture.levels);
}

#[test]
fn slow_cooling_drives_the_thermometer_and_can_be_cancelled() {
    let mut app = app();
    app.lab().session.settings.drive_sweeps = 400;
    app.click("Cool slowly");
    app.sweeps(200);
    let halfway = app.lab().temperature();
    assert!((1.5..3.2).contains(&halfway), "{halfway}");
    app.click("Cancel");
    let stopped = app.lab().temperature();
    app.sweeps(100);
    assert_eq!(app.lab().temperature(), stopped);
    app.click("Heat slowly");
    app.sweeps(500);
    assert_eq!(app.lab().temperature(), 4.0);
    assert!(app.frame().ramp.is_none_or(|ramp| ramp.progress.is_none()));
}

#[test]
fn a_person_who_takes_the_knob_stops_the_drive() {
    let mut app = app();
    app.click("Cool slowly");
    app.sweeps(40);
    app.click("Hot 4.0");
    app.sweeps(100);
    assert!(app.frame().ramp.is_none_or(|ramp| ramp.progress.is_none()));
    assert_eq!(app.lab().session.settings.temperature, 4.0);
}

#[test]
fn a_field_cycle_at_low_temperature_opens_a_loop() {
    let mut app = app();
    app.click("Cold 1.0");
    app.lab().session.settings =
        MagnetSettings { size: 64, temperature: 1.5, drive_sweeps: 1200, ..app.lab().session.settings.clone() };
    app.click("Cycle the field");
    app.sweeps(1300);
    let points = app.frame().field_loop;
    let at_zero: Vec<f64> = points.iter().filter(|point| point[0].abs() < 0.1).map(|point| point[1]).collect();
    assert!(at_zero.iter().any(|&m| m > 0.9) && at_zero.iter().any(|&m| m < -0.9), "{at_zero:?}");
}

#[test]
fn looking_inside_asks_one_spin_at_a_time_and_says_why() {
    let mut app = app();
    app.lab().session.run.attempts_per_second = 10.0;
    app.click("Look inside, one spin at a time");
    app.frames(60);
    let attempt = app.frame().attempt.expect("a spin was asked");
    assert_eq!(attempt.flipped, attempt.drawn.is_none_or(|drawn| drawn < attempt.probability));
    app.press(Key::Space);
    let sweeps = app.frame().sweeps;
    app.press(Key::ArrowRight);
    assert_ne!(app.frame().attempt, Some(attempt), "another spin");
    assert_eq!(app.frame().sweeps, sweeps);
}

#[test]
fn an_antiferromagnet_shows_its_staggered_order() {
    let mut app = app();
    app.lab().session.settings =
        MagnetSettings { size: 32, coupling: Coupling::Antiferromagnetic, ..app.lab().session.settings.clone() };
    app.lab().session.settings.dynamics = Dynamics::SwendsenWang;
    app.lab().session.settings.temperature = 1.0;
    app.sweeps(200);
    let frame = app.frame();
    assert!(frame.order.abs() > 0.95 && frame.magnetization.abs() < 0.1, "{} {}", frame.order, frame.magnetization);
    app.lab().show_staggered(true);
    app.frames(3);
    let levels = app.frame().picture.levels;
    let up = levels.iter().filter(|&&level| level == 255).count() as f64 / levels.len() as f64;
    assert!(!(0.05..0.95).contains(&up), "one colour: {up}");
}

#[test]
fn a_new_size_or_seed_builds_a_new_magnet_and_reset_gives_the_same_run_again() {
    let mut app = app();
    app.lab().session.settings =
        MagnetSettings { size: 1024, seed: 5, start: Start::Drop, ..app.lab().session.settings.clone() };
    app.frames(3);
    let frame = app.frame();
    assert_eq!((frame.settings.size, frame.picture.side), (1024, 1024));
    assert!(frame.picture.levels.len() < 700 * 700, "no more pixels than the screen shows");
    app.press(Key::Space);
    app.lab().session.settings.size = 64;
    app.frames(2);
    app.press(Key::R);
    let run = |app: &mut App| {
        for _ in 0..5 {
            app.press(Key::ArrowRight);
        }
        app.frame().energy
    };
    let first = run(&mut app);
    app.press(Key::R);
    assert_eq!(run(&mut app), first);
}

#[test]
fn scrolling_zooms_about_the_pointer_and_double_click_shows_the_whole() {
    let mut app = app();
    let middle = hero(&app).center();
    app.harness.hover_at(middle);
    app.frames(1);
    app.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: Vec2::new(0.0, 100.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    app.frames(30);
    let zoomed = app.frame().picture.view;
    assert!(zoomed.columns < 256 && zoomed.with_overview, "{zoomed:?}");
    for _ in 0..2 {
        app.harness.drag_at(middle);
        app.harness.drop_at(middle);
    }
    app.frames(4);
    assert_eq!(app.frame().picture.view.columns, 256);
}

#[test]
fn everything_can_be_reached_by_the_keyboard_and_has_a_name() {
    // Names are checked by the harness itself: it panics at a control without one.
    let mut app = app();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..70 {
        app.press(Key::Tab);
        if let Some(node) = app.harness.root().children_recursive().find(egui_kittest::Node::is_focused) {
            seen.insert(node.accesskit_node().label().unwrap_or_default());
        }
    }
    for name in [
        "Ising magnet",
        "Language",
        "Pause",
        "Step",
        "Reset",
        "Speed",
        "Outside field",
        "Temperature",
        "Picture of the spins",
        "Wolff",
        "Freeze",
        "Heat slowly",
    ] {
        assert!(seen.contains(name), "{name} was not reached; reached {seen:?}");
    }
}

#[test]
fn a_focused_slider_takes_the_arrows_first() {
    let mut app = app();
    let before = app.lab().session.settings.temperature;
    app.harness.get_by_role_and_label(Role::Slider, "Outside field").focus();
    app.frames(2);
    app.press(Key::ArrowRight);
    app.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    app.frames(2);
    assert!((app.lab().session.settings.field - 0.11).abs() < 1e-9, "{}", app.lab().session.settings.field);
    assert_eq!(app.lab().session.settings.temperature, before);
    assert!(app.frame().sweeps > 0);
}

#[test]
fn a_typed_temperature_is_taken_and_nonsense_is_not() {
    let mut app = app();
    for (typed, expected) in [("1,25", 1.25), ("hot", 1.25), ("99", 5.0)] {
        let shown =
            format!("Temperature: {}", spinscape::widgets::numbers::fixed(app.lab().session.settings.temperature, 3));
        app.click(&shown);
        app.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        app.frames(1);
        app.harness.event(egui::Event::Text(typed.to_owned()));
        app.frames(2);
        app.press(Key::Enter);
        assert_eq!(app.lab().session.settings.temperature, expected, "{typed}");
    }
}

#[test]
fn double_click_resets_one_control_only() {
    let mut app = app();
    app.set_slider("Outside field", 0.7);
    app.set_slider("Speed", 20.0);
    let slider = app.harness.get_by_role_and_label(Role::Slider, "Outside field").rect().center();
    for _ in 0..2 {
        app.harness.drag_at(slider + Vec2::new(40.0, 0.0));
        app.harness.drop_at(slider + Vec2::new(40.0, 0.0));
    }
    app.frames(4);
    assert_eq!(app.lab().session.settings.field, 0.0);
    app.click("Wolff");
    assert_eq!(app.lab().session.settings.dynamics, Dynamics::Wolff);
    app.frames(60);
    let button = app.harness.get_by_role_and_label(Role::Button, "Wolff").rect().center();
    for _ in 0..2 {
        app.harness.drag_at(button);
        app.harness.drop_at(button);
    }
    app.frames(4);
    assert_eq!(app.lab().session.settings.dynamics, Dynamics::Metropolis);
    assert!((app.lab().session.run.sweeps_per_second.expect("limited") - 20.0).abs() < 1e-9);
}

/// Rectangles of everything that can be pressed, dragged or read, with names.
fn controls(app: &App) -> Vec<(String, Rect)> {
    let roles = [Role::Button, Role::Slider, Role::Tab, Role::CheckBox, Role::ComboBox, Role::DisclosureTriangle];
    let nodes = app.harness.root().children_recursive();
    nodes
        .filter(|node| roles.contains(&node.accesskit_node().role()))
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .collect()
}

/// What is scrolled away is cut at the scroll area's edge and not on top of anything; only what lies fully inside the
/// window and inside its card is compared.
fn assert_nothing_overlaps(app: &App, size: Vec2, what: &str) {
    let window = Rect::from_min_size(Pos2::ZERO, size);
    let controls = controls(app);
    assert!(controls.len() > 20, "{what}: only {} controls", controls.len());
    let thermometer = "Temperature";
    let picture = "Picture of the spins";
    for (index, (name, rect)) in controls.iter().enumerate() {
        assert!(rect.left() >= -0.5 && rect.right() <= size.x + 0.5, "{what}: {name} leaves the window: {rect}");
        for (other, second) in &controls[index + 1..] {
            if [thermometer, picture].iter().any(|big| name == big || other == big) {
                continue;
            }
            let common = rect.shrink(1.5).intersect(second.shrink(1.5));
            assert!(
                !(common.is_positive() && window.contains_rect(*rect)),
                "{what}: {name} {rect} overlaps {other} {second}"
            );
        }
    }
}

#[test]
fn no_control_overlaps_another_at_any_size_scale_and_language() {
    for language in Language::ALL {
        // The last two are 1600 × 1000 and 2000 × 1360 at 140 and 200 %.
        for size in
            [[1024.0, 768.0], [1280.0, 720.0], [1600.0, 1000.0], [2560.0, 1440.0], [1143.0, 714.0], [1000.0, 680.0]]
        {
            let mut app = App::new(size, language);
            assert_nothing_overlaps(&app, size.into(), &format!("{size:?} {language:?}"));
            app.lab().session.settings.coupling = Coupling::Antiferromagnetic;
            app.frames(2);
            assert_nothing_overlaps(&app, size.into(), &format!("{size:?} {language:?} J = −1"));
        }
    }
}

#[test]
fn a_scale_that_does_not_fit_is_lowered_with_a_notice() {
    let mut app = App::new([1280.0, 720.0], Language::English);
    app.harness.state_mut().set_scale(200);
    app.frames(2);
    let notices = app.harness.state().notice_texts();
    assert!(notices.iter().any(|text| text.starts_with("The window is too small")), "{notices:?}");
}

#[test]
fn both_languages_are_drawn_with_all_their_glyphs() {
    // The harness panics at a missing glyph. Every part is opened once.
    for language in Language::ALL {
        let mut app = App::new(STANDARD, language);
        app.frames(20);
        app.lab().session.run.look_inside = true;
        app.frames(90);
        app.lab().session.run.look_inside = false;
        app.press(Key::R);
        app.harness.event(egui::Event::Text("?".to_owned()));
        app.frames(5);
        app.press(Key::Escape);
        app.lab().session.settings.coupling = Coupling::Antiferromagnetic;
        app.lab().session.settings.field = 0.5;
        app.frames(20);
    }
    let mut app = app();
    app.click("Language");
    assert!(app.harness.query_by_role_and_label(Role::Button, "暂停").is_some());
}

#[test]
fn the_sheet_of_keys_opens_and_closes() {
    let mut app = app();
    app.harness.event(egui::Event::Text("?".to_owned()));
    app.frames(3);
    assert!(app.harness.query_by_label("All keys").is_some());
    app.press(Key::Escape);
    assert!(app.harness.query_by_label("Projector scale 140 % on or off").is_none());
}
