//! What the frame promises on the page of the associative memory: jobs that fail, wait and are cancelled, a model that
//! panics, old settings, and strokes that no slow window loses.

mod common;

use std::sync::{Arc, atomic::Ordering};

use common::app::{App, builder};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable;
use serde_json::json;
use spinscape::{
    app::{Options, Spinscape},
    data::drawings::DrawnSet,
    labs::{
        hopfield::memory::{
            look::{Tab, Tool},
            settings::{HopfieldSettings, Order},
        },
        kit::{Page, Seams},
    },
    physics::hopfield::Rule,
    simulation::{Clock, ManualClock},
    text::Language,
};

/// The page on screen, where this goes wrong or slowly.
fn app(seams: &Seams) -> App {
    let clock = Arc::new(ManualClock::default());
    let options = Options {
        by_hand: Some(Arc::clone(&clock) as Arc<dyn Clock>),
        language: Some(Language::English),
        seams: seams.clone(),
        ..Options::default()
    };
    let harness = builder([1600.0, 1000.0]).build_eframe(|cc| Spinscape::new(cc, options));
    let mut app = App { harness, clock };
    app.frames(3);
    app.press(Key::Num2);
    app.frames(3);
    app
}

fn says(app: &App, text: &str) -> bool {
    app.harness.query_all_by_label(text).next().is_some()
}

/// Notices that speak of a failure.
fn failures(app: &App) -> usize {
    app.harness.state().notice_texts().iter().filter(|text| text.contains("told to fail")).count()
}

fn undo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(3);
}

/// Lets slow jobs go on until the page has learned its memories.
fn until_learned(app: &mut App) {
    for _ in 0..2000 {
        app.frames(1);
        if app.hopfield().frame().memories == 6 {
            return;
        }
    }
    panic!("the memories were not learned");
}

#[test]
fn a_race_that_fails_says_so_once_and_can_be_started_again() {
    let seams = Seams::default();
    let mut app = app(&seams);
    app.hopfield().show_tab(Tab::Race);
    app.frames(2);
    seams.failing_jobs.store(true, Ordering::SeqCst);
    app.click("Start");
    assert_eq!(failures(&app), 1);
    app.frames(8 * 60);
    assert_eq!(failures(&app), 0, "the notice is gone, and is not said again");
    seams.failing_jobs.store(false, Ordering::SeqCst);
    app.click("Start");
    assert!(says(&app, "Projection: This is 3."));
}

#[test]
fn experiments_and_unlearning_that_fail_say_so_once() {
    let seams = Seams::default();
    let mut app = app(&seams);
    app.hopfield().show_tab(Tab::Experiments);
    app.frames(2);
    seams.failing_jobs.store(true, Ordering::SeqCst);
    let fails_once = |app: &mut App, start: &str| {
        // The button may lie below the edge of the column.
        app.harness.get_by_role_and_label(Role::Button, start).click_accesskit();
        app.frames(3);
        assert_eq!(failures(app), 1, "{start}");
        app.frames(9 * 60);
        assert_eq!(failures(app), 0, "{start} is not said again");
    };
    app.click("Capacity");
    fails_once(&mut app, "Start");
    app.click("Basins");
    fails_once(&mut app, "Start");
    app.harness.get_by_role_and_label(Role::DisclosureTriangle, "Neurons, pad and seed").click();
    app.frames(3);
    fails_once(&mut app, "Unlearn: 100 dreams");
    seams.failing_jobs.store(false, Ordering::SeqCst);
    app.harness.get_by_role_and_label(Role::Button, "Unlearn: 100 dreams").click_accesskit();
    app.frames(3);
    assert!(says(&app, "Rested by 100 dreams."));
}

#[test]
fn a_lesson_that_fails_is_told_on_the_pad_and_learned_when_one_asks_again() {
    let seams = Seams::default();
    let mut app = app(&seams);
    seams.failing_jobs.store(true, Ordering::SeqCst);
    app.hopfield().session.settings.rule = Rule::Hebb;
    app.frames(5);
    assert_eq!(
        app.harness.query_all_by_label_contains("told to fail").count(),
        1,
        "one banner, and no notice beside it"
    );
    seams.failing_jobs.store(false, Ordering::SeqCst);
    app.frames(20);
    assert_eq!(app.harness.query_all_by_label_contains("told to fail").count(), 1, "it is not tried again by itself");
    app.click("Learn again");
    app.frames(3);
    assert_eq!(app.harness.query_all_by_label_contains("told to fail").count(), 0);
    assert!(says(&app, "2, 3 overlap 0.61: they blend. Try Projection."));
}

#[test]
fn a_phase_map_that_fails_says_so_once_and_leaves_an_empty_map() {
    let seams = Seams::default();
    let mut app = app(&seams);
    seams.failing_jobs.store(true, Ordering::SeqCst);
    app.hopfield().show_tab(Tab::Phase);
    app.frames(4);
    assert_eq!(failures(&app), 1);
    app.frames(9 * 60);
    assert_eq!(failures(&app), 0);
}

#[test]
fn slow_jobs_show_how_far_they_are_and_are_cancelled_at_once() {
    let seams = Seams { stepwise_jobs: true, ..Seams::default() };
    let mut app = app(&seams);
    until_learned(&mut app);
    let bars = |app: &App| app.harness.query_all_by_role(Role::ProgressIndicator).count();
    app.hopfield().show_tab(Tab::Race);
    app.frames(2);
    let others = bars(&app);
    app.click("Start");
    app.frames(3);
    assert_eq!(bars(&app), others + 1, "the race says how far it is");
    assert!(!says(&app, "Start"));
    app.click("Cancel");
    assert_eq!(bars(&app), others);
    app.frames(10);
    assert!(says(&app, "Start") && !says(&app, "Projection: This is 3."), "it was given up");
    app.click("Start");
    let raced = (0..5000).any(|_| {
        app.frames(1);
        says(&app, "Projection: This is 3.")
    });
    assert!(raced, "step by step it comes to its end");
    app.hopfield().show_tab(Tab::Experiments);
    app.frames(2);
    app.click("Start");
    app.click("Cancel");
    assert!(says(&app, "Start"));
    assert_eq!(failures(&app), 0);
}

#[test]
fn a_lesson_that_takes_long_can_be_cancelled_and_the_network_stays() {
    let seams = Seams { stepwise_jobs: true, ..Seams::default() };
    let mut app = app(&seams);
    until_learned(&mut app);
    app.hopfield().session.settings.rule = Rule::Perceptron;
    let mut waited = 0;
    // The row comes once the lesson has taken longer than a glance.
    while !says(&app, "Cancel") {
        app.frames(1);
        waited += 1;
        assert!(waited < 200, "no progress was shown");
    }
    app.click("Cancel");
    assert!(says(&app, "Learning was stopped. The network is still the one from before."));
    assert_eq!(app.hopfield().frame().memories, 6);
    app.frames(30);
    assert!(!says(&app, "Cancel"), "it is not begun again by itself");
}

#[test]
fn a_network_that_panics_shows_why_and_restart_brings_it_back_with_its_memories() {
    let seams = Seams::default();
    let mut app = app(&seams);
    app.press(Key::Enter);
    let settings = app.hopfield().session.settings.clone();
    assert_eq!(settings.memories.len(), 7, "the spoiled picture was stored");
    app.click("Recall");
    seams.panic.store(true, Ordering::SeqCst);
    app.frames(3);
    // The panic hit whichever model turned first; the seam is set until it is this one.
    for _ in 0..5 {
        if Page::failure(app.hopfield()).is_some() {
            break;
        }
        seams.panic.store(true, Ordering::SeqCst);
        app.frames(1);
    }
    assert!(Page::failure(app.hopfield()).is_some_and(|why| why.contains("told to panic")));
    assert!(!app.hopfield().is_running_now());
    app.frames(2);
    assert!(app.harness.query_all_by_label_contains("told to panic").next().is_some(), "the banner says why");
    app.click("Restart");
    app.frames(3);
    assert_eq!(Page::failure(app.hopfield()), None);
    assert_eq!(app.hopfield().session.settings, settings);
    assert_eq!(app.hopfield().frame().memories, 7, "it knows its memories again");
    assert!(!app.hopfield().is_running_now(), "it waits");
    app.click("Recall");
    app.frames(2);
    assert!(app.hopfield().frame().updates > 0 || app.hopfield().frame().settled.is_some());
}

#[test]
fn settings_of_the_first_version_are_migrated() {
    let mut app = app(&Seams::default());
    let mut settings = serde_json::to_value(HopfieldSettings { order: Order::Noisy, ..HopfieldSettings::default() })
        .expect("plain data");
    for (key, value) in
        [("speed", json!(40.0)), ("tool", json!("Erase")), ("brush", json!(5)), ("zero_one", json!(true))]
    {
        settings[key] = value;
    }
    let folds = json!({"more": true, "all": "Race", "below": "Experiments", "side": "Phase"});
    app.hopfield();
    let lab = app.harness.state_mut().lab();
    assert!(lab.restore(&json!({"settings": settings, "folds": folds})), "all of it fits");
    let saved = lab.save();
    let page = &saved["pages"]["memory"];
    assert_eq!(page["run"], json!({"speed": 40.0}));
    assert_eq!(page["pen"], json!({"tool": "Erase", "brush": 5}));
    assert_eq!(
        page["look"],
        json!({
            "more": true, "all": "Race", "below": "Experiments", "side": "Phase", "zero_one": true, "has_met": false
        })
    );
    assert_eq!(app.hopfield().session.settings.order, Order::Noisy);
    assert_eq!(app.hopfield().session.run.speed, Some(40.0));
    // No limit is a speed too.
    settings["speed"] = json!(null);
    assert!(app.harness.state_mut().lab().restore(&json!({"settings": settings, "folds": folds})));
    assert_eq!(app.hopfield().session.run.speed, None);
}

#[test]
fn one_unknown_value_loses_one_value() {
    let mut app = app(&Seams::default());
    app.hopfield().edit(|settings| settings.temperature = 0.7);
    app.hopfield().pen.brush = 6;
    app.hopfield().pen.tool = Tool::Fill;
    app.frames(2);
    let lab = app.harness.state_mut().lab();
    let mut saved = lab.save();
    let page = &mut saved["pages"]["memory"];
    page["settings"]["order"] = json!("ByTheMoon");
    page["settings"]["memories"][2]["on"] = json!("perhaps");
    page["pen"]["tool"] = json!("Airbrush");
    page["run"]["speed"] = json!(1e30);
    assert!(!lab.restore(&saved), "not all of it fits");
    let page = app.hopfield();
    assert_eq!(page.session.settings.order, Order::Random);
    assert_eq!(page.session.settings.temperature, 0.7);
    assert_eq!(page.session.settings.memories.len(), 5, "one memory is lost, and no more");
    assert_eq!((page.pen.tool, page.pen.brush), (Tool::Draw, 6));
    assert_eq!(page.session.run.speed, Some(1e6), "a speed out of range is brought into it");
}

fn pad_cell(app: &App, x: usize, y: usize) -> Pos2 {
    let rect = app.harness.get_by_role_and_label(Role::Canvas, "Sketch pad").rect();
    rect.min + Vec2::new(x as f32 + 0.5, y as f32 + 0.5) * rect.width() / 20.0
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

#[test]
fn a_stroke_between_two_frames_is_drawn_whole_and_is_one_step() {
    let mut app = app(&Seams::default());
    app.click("Clear");
    let [a, b, c] = [[2, 2], [17, 2], [17, 17]].map(|[x, y]| pad_cell(&app, x, y));
    app.harness.event(Event::PointerMoved(a));
    app.frames(1);
    for event in [button(a, true), Event::PointerMoved(b), Event::PointerMoved(c), button(c, false)] {
        app.harness.event(event);
    }
    app.frames(4);
    let bits = app.hopfield().shown_bits();
    assert!((2..=17).all(|x| bits[2 * 20 + x] == 1), "the first leg");
    assert!((2..=17).all(|y| bits[y * 20 + 17] == 1), "the second leg: no corner is cut");
    undo(&mut app);
    assert!(app.hopfield().shown_bits().iter().all(|&bit| bit == -1), "it is one step of undo");
}

#[test]
fn what_a_recall_made_is_found_again_after_it_was_drawn_over() {
    let mut app = app(&Seams::default());
    let corrupted = app.hopfield().shown_bits();
    app.click("To the end");
    app.frames(5);
    let recalled = app.hopfield().shown_bits();
    assert_eq!(recalled, DrawnSet::Digits.draw(3, 20));
    let (from, to) = (pad_cell(&app, 1, 1), pad_cell(&app, 18, 1));
    app.drag(from, to);
    assert_ne!(app.hopfield().shown_bits(), recalled);
    undo(&mut app);
    assert_eq!(app.hopfield().shown_bits(), recalled, "the recall is on the pad again");
    undo(&mut app);
    assert_eq!(app.hopfield().shown_bits(), corrupted, "and before it the spoiled picture");
}

#[test]
fn the_notice_takes_back_just_what_it_speaks_of() {
    let mut app = app(&Seams::default());
    app.click("Forget all");
    assert!(app.hopfield().session.settings.memories.is_empty());
    app.hopfield().pen.resize(3);
    app.frames(2);
    app.click("Undo");
    let page = app.hopfield();
    assert_eq!((page.session.settings.memories.len(), page.pen.brush), (6, 5), "the brush stays");
    app.click("Forget all");
    app.click("Clear");
    assert!(!says(&app, "Undo"), "something was done since: the notice offers nothing any more");
}

#[test]
fn the_pen_and_what_is_shown_are_neither_undone_nor_sent() {
    let mut app = app(&Seams::default());
    app.click("Invert");
    let inverted = app.hopfield().session.settings.clone();
    app.click("Erase");
    app.press(Key::CloseBracket);
    app.hopfield().show_tab(Tab::Race);
    app.frames(40);
    undo(&mut app);
    assert_ne!(app.hopfield().session.settings, inverted, "the inversion is the last step");
    assert_eq!((app.hopfield().pen.tool, app.hopfield().pen.brush), (Tool::Erase, 3));
}

#[test]
fn numbers_are_known_by_name() {
    let mut app = app(&Seams::default());
    app.click("To the end");
    app.frames(5);
    let observables = Page::observables(app.hopfield());
    let value = |id: &str| {
        let found = observables.iter().find(|observable| observable.id == id);
        found.unwrap_or_else(|| panic!("{id} is not known")).value
    };
    let frame = app.hopfield().frame().clone();
    assert_eq!(value("updates"), Some(frame.updates as f64));
    assert_eq!((value("neurons"), value("memories")), (Some(400.0), Some(6.0)));
    assert_eq!(value("energy"), frame.energy.map(|energy| energy / 400.0));
    for (place, &overlap) in frame.overlaps.iter().enumerate() {
        assert_eq!(value(&format!("overlap:{}", place + 1)), Some(overlap));
    }
    assert_eq!(value("best_overlap"), Some(1.0));
    assert_eq!(value("temperature"), None, "without noise there is none");
    app.hopfield().session.settings.order = Order::Noisy;
    app.frames(3);
    let noisy = Page::observables(app.hopfield());
    assert!(noisy.iter().any(|observable| observable.id == "temperature" && observable.value.is_some()));
}

#[test]
fn a_memory_that_is_forgotten_while_its_new_name_is_typed_takes_no_other_with_it() {
    let mut app = app(&Seams::default());
    let before = app.hopfield().session.settings.memories.clone();
    for label in ["Memory 2", "Memory 7"] {
        app.harness.get_by_role_and_label(Role::Button, label).click_secondary();
        app.frames(3);
        let field = app.harness.get_by_role_and_label(Role::TextInput, "New name");
        field.focus();
        app.frames(2);
        app.harness.get_by_role_and_label(Role::TextInput, "New name").type_text("other ");
        app.frames(2);
        app.click("Forget");
    }
    let after = app.hopfield().session.settings.memories.clone();
    assert_eq!(after, [0, 2, 3, 4].map(|index| before[index].clone()));
}
