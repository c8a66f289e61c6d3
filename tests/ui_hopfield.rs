//! What a person does in the Hopfield lab, done to the real program.

mod common;

use std::{path::PathBuf, sync::Arc};

use common::app::App;
use egui::{Key, Modifiers, Pos2, Rect, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable;
use spinscape::{
    data::drawings::DrawnSet,
    labs::{
        hopfield::memory::{
            look::{Tab, Tool},
            settings::{HopfieldSettings, Neurons, Order},
        },
        kit::Page,
    },
    physics::hopfield::{Rule, Settled, Verdict, patterns::overlap},
    text::Language,
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

fn app() -> App {
    let mut app = App::new(STANDARD, Language::English);
    app.press(Key::Num2);
    app.frames(3);
    app
}

fn pad(app: &App) -> Rect {
    app.harness.get_by_role_and_label(Role::Canvas, "Sketch pad").rect()
}

/// The middle of a cell on screen.
fn cell(app: &mut App, x: usize, y: usize) -> Pos2 {
    let (rect, side) = (pad(app), app.hopfield().session.settings.side as f32);
    rect.min + Vec2::new(x as f32 + 0.5, y as f32 + 0.5) * rect.width() / side
}

/// Lets it run until it has come to rest.
fn until_rest(app: &mut App) {
    for _ in 0..600 {
        app.frames(1);
        if !app.hopfield().is_running_now() {
            return;
        }
    }
    panic!("it did not come to rest");
}

fn says(app: &App, text: &str) -> bool {
    app.harness.query_all_by_label(text).next().is_some()
}

fn undo(app: &mut App, modifiers: Modifiers) {
    app.harness.key_press_modifiers(modifiers, Key::Z);
    app.frames(3);
}

#[test]
fn within_three_clicks_a_spoiled_digit_comes_back_and_is_named() {
    let mut app = app();
    assert!(says(&app, "Ready. Press Recall."));
    app.click("Recall");
    until_rest(&mut app);
    assert!(says(&app, "This is 3."));
    let digit = DrawnSet::Digits.draw(3, 20);
    assert_eq!(app.hopfield().shown_bits(), digit);
    let frame = app.hopfield().frame().clone();
    assert!(frame.energy < frame.film[0].energy);
    // Once more from the same spoiled picture.
    let probe = app.hopfield().session.settings.pad.clone();
    app.press(Key::Space);
    assert_eq!(app.hopfield().frame().film[0].state, probe.0);
    until_rest(&mut app);
    assert!(says(&app, "This is 3."));
}

#[test]
fn a_class_draws_a_picture_stores_it_spoils_it_and_gets_it_back() {
    let mut app = app();
    app.click("Clear");
    assert!(app.hopfield().shown_bits().iter().all(|&bit| bit == -1));
    // A fast pointer leaves no gaps: two places far apart make a line.
    let (from, to) = (cell(&mut app, 2, 3), cell(&mut app, 17, 15));
    app.harness.drag_at(from);
    app.frames(1);
    app.harness.hover_at(to);
    app.frames(1);
    app.harness.drop_at(to);
    app.frames(2);
    let bits = app.hopfield().shown_bits();
    for x in 2..=17 {
        assert!((0..20).any(|y| bits[y * 20 + x] == 1), "the stroke has a gap at column {x}");
    }
    app.press(Key::Enter);
    assert_eq!(app.hopfield().session.settings.memories.len(), 7);
    assert!(app.harness.state().notice_texts().iter().any(|text| text.starts_with("Stored as")));
    app.set_slider("Spoil the picture", 25.0);
    assert!((overlap(&app.hopfield().shown_bits(), &bits) - 0.5).abs() < 0.01);
    app.click("Recall");
    until_rest(&mut app);
    assert_eq!(app.hopfield().shown_bits(), bits);
    assert!(says(&app, "This is mine 1."));
    // The same picture is not stored twice.
    app.press(Key::Enter);
    assert_eq!(app.hopfield().session.settings.memories.len(), 7);
}

#[test]
fn every_edit_is_taken_back_and_done_again() {
    let mut app = app();
    let start = app.hopfield().session.settings.clone();
    app.click("Invert");
    let inverted = app.hopfield().session.settings.clone();
    let (from, to) = (cell(&mut app, 1, 1), cell(&mut app, 9, 1));
    app.drag(from, to);
    let drawn = app.hopfield().session.settings.clone();
    assert!(start.pad != inverted.pad && inverted.pad != drawn.pad);
    app.press(Key::Enter);
    assert_eq!(app.hopfield().session.settings.memories.len(), 7);
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().session.settings, drawn);
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().session.settings, inverted);
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().session.settings, start);
    assert_eq!(app.hopfield().shown_bits(), &*start.pad.0, "the network follows");
    undo(&mut app, Modifiers::COMMAND | Modifiers::SHIFT);
    undo(&mut app, Modifiers::COMMAND | Modifiers::SHIFT);
    assert_eq!(app.hopfield().session.settings, drawn);
}

#[test]
fn the_noise_slider_keeps_the_same_flips_and_goes_back_to_clean() {
    let mut app = app();
    let clean = app.hopfield().session.settings.clean.clone();
    let flipped = |app: &mut App| -> Vec<bool> {
        app.hopfield().shown_bits().iter().zip(&*clean.0).map(|(a, b)| a != b).collect()
    };
    app.set_slider("Spoil the picture", 10.0);
    let little = flipped(&mut app);
    app.set_slider("Spoil the picture", 40.0);
    let much = flipped(&mut app);
    assert_eq!(little.iter().filter(|&&flipped| flipped).count(), 40);
    assert!(little.iter().zip(&much).all(|(&little, &much)| !little || much));
    app.click("Other noise");
    assert_ne!(flipped(&mut app), much);
    app.click("Hide the left half");
    assert!((0..400).filter(|index| index % 20 < 10).all(|index| app.hopfield().shown_bits()[index] == -1));
    app.click("Hide the left half");
    app.set_slider("Spoil the picture", 0.0);
    assert_eq!(app.hopfield().shown_bits(), &*clean.0);
}

#[test]
fn one_neuron_at_a_time_says_why_it_answers_as_it_does() {
    let mut app = app();
    for step in 1..=5 {
        app.press(Key::ArrowRight);
        let frame = app.hopfield().frame().clone();
        assert_eq!(frame.updates, step);
        let attempt = frame.attempt.expect("a neuron was asked");
        assert_eq!(attempt.after, if attempt.field > 0.0 { 1 } else { -1 });
    }
    app.click("One sweep");
    assert_eq!(app.hopfield().frame().updates, 405);
    app.click("To the end");
    app.frames(5);
    assert_eq!(app.hopfield().frame().settled, Some(Settled::FixedPoint));
    app.press(Key::R);
    assert_eq!(app.hopfield().frame().updates, 0);
}

#[test]
fn the_film_can_be_scrubbed_and_the_pad_follows() {
    let mut app = app();
    app.click("Recall");
    until_rest(&mut app);
    let film = app.hopfield().frame().film.clone();
    app.click("after 0");
    assert_eq!(app.hopfield().shown_bits(), &*film[0].state);
    assert!(says(&app, "A moment of the film."));
    app.press(Key::ArrowRight);
    assert_eq!(app.hopfield().shown_bits(), &*film[1].state);
    app.press(Key::ArrowLeft);
    assert_eq!(app.hopfield().shown_bits(), &*film[0].state);
    app.click("Replay");
    until_rest(&mut app);
    assert_eq!(app.hopfield().frame().film, film, "the same seed gives the same film");
}

#[test]
fn drawing_while_it_runs_is_allowed_and_the_network_reacts() {
    let mut app = app();
    app.hopfield().session.run.speed = Some(20.0);
    app.click("Recall");
    app.frames(10);
    let at = cell(&mut app, 10, 10);
    let before = app.hopfield().shown_bits()[210];
    app.harness.get_by_role_and_label(Role::Button, if before > 0 { "Erase" } else { "Draw" }).click();
    app.frames(2);
    app.harness.drag_at(at);
    app.frames(2);
    assert!(app.hopfield().is_running_now());
    assert_eq!(app.hopfield().shown_bits()[210], -before);
    app.harness.drop_at(at);
    app.frames(2);
    app.hopfield().session.run.speed = Some(100_000.0);
    until_rest(&mut app);
    assert!(matches!(app.hopfield().frame().verdict, Some(Verdict::Recalled(2))));
}

#[test]
fn digits_blend_under_hebb_and_not_under_projection_in_the_race() {
    let mut app = app();
    app.hopfield().show_tab(Tab::Race);
    app.frames(2);
    app.click("Start");
    app.frames(2);
    assert!(says(&app, "Projection: This is 3."));
    assert!(!says(&app, "Hebb: This is 3."));
    // The gauge warned of it.
    app.hopfield().session.settings.rule = Rule::Hebb;
    app.frames(3);
    assert!(says(&app, "2, 3 overlap 0.61: they blend. Try Projection."));
    app.click("Perceptron: This is 3.");
    assert_eq!(app.hopfield().session.settings.rule, Rule::Perceptron);
    app.hopfield().show_tab(Tab::Film);
    app.click("Recall");
    until_rest(&mut app);
    assert_eq!(app.hopfield().frame().energy, None, "these weights have no energy");
}

#[test]
fn memories_are_switched_off_forgotten_and_come_back() {
    let mut app = app();
    let memory = |app: &App, label: &str| app.harness.get_by_role_and_label(Role::Button, label).rect();
    let place = memory(&app, "Memory 4").center();
    app.harness.get_by_role_and_label(Role::Button, "Memory 4").click_secondary();
    app.frames(3);
    app.click("Switch off for a moment");
    assert_eq!(app.hopfield().frame().memories, 5);
    assert!(says(&app, "Memory 4, switched off"));
    app.harness.get_by_role_and_label(Role::Button, "Memory 1").click_secondary();
    app.frames(3);
    app.click("Forget");
    assert_eq!(app.hopfield().session.settings.memories.len(), 5);
    undo(&mut app, Modifiers::COMMAND);
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().frame().memories, 6);
    // Dragged to the end.
    let end = memory(&app, "Memory 7").right_center() + Vec2::new(4.0, 0.0);
    app.drag(place, end);
    let names: Vec<Vec<i8>> =
        app.hopfield().session.settings.memories.iter().map(|memory| memory.picture.0.to_vec()).collect();
    assert_eq!(names.last(), Some(&DrawnSet::Digits.draw(4, 20)));
    app.click("Memory 2");
    assert_eq!(app.hopfield().shown_bits(), DrawnSet::Digits.draw(2, 20));
    app.click("Forget all");
    assert!(app.hopfield().session.settings.memories.is_empty());
    assert!(says(&app, "No memories yet. Draw one and store it."));
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().session.settings.memories.len(), 6);
}

#[test]
fn the_pad_changes_its_size_and_undo_brings_everything_back() {
    let mut app = app();
    let before = app.hopfield().session.settings.clone();
    app.hopfield().set_side(28);
    app.frames(3);
    assert_eq!(app.hopfield().shown_bits().len(), 784);
    assert_eq!(&*app.hopfield().session.settings.memories[0].picture.0, DrawnSet::Digits.draw(1, 28));
    app.click("Recall");
    until_rest(&mut app);
    assert!(says(&app, "This is 3."));
    undo(&mut app, Modifiers::COMMAND);
    undo(&mut app, Modifiers::COMMAND);
    let after = app.hopfield().session.settings.clone();
    assert_eq!((after.side, &after.memories, &after.pad), (before.side, &before.memories, &before.pad));
}

#[test]
fn a_dropped_picture_becomes_a_memory_and_a_broken_file_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let (good, broken) = (folder.path().join("cross.png"), folder.path().join("broken.png"));
    let cross = |x: u32, y: u32| if (16..24).contains(&x) || (16..24).contains(&y) { 10 } else { 245 };
    image::GrayImage::from_fn(40, 40, |x, y| image::Luma([cross(x, y)])).save(&good).expect("written");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nthis is no picture").expect("written");
    let mut app = app();
    app.drop_files(&[broken]);
    let complaint = app.harness.query_all_by_label_contains("broken.png").count();
    assert!(complaint > 0, "the sheet says which file is broken");
    assert_eq!(app.hopfield().session.settings.memories.len(), 6, "nothing on the shelf is lost");
    app.drop_files(&[good]);
    app.click("Put 1 on the shelf");
    let memory = app.hopfield().session.settings.memories[6].clone();
    assert_eq!(memory.name, "cross");
    let expected = |index: usize| cross((index % 20 * 2) as u32, (index / 20 * 2) as u32) < 128;
    assert!((0..400).all(|index| (memory.picture.0[index] == 1) == expected(index)));
    undo(&mut app, Modifiers::COMMAND);
    assert_eq!(app.hopfield().session.settings.memories.len(), 6);
}

#[test]
fn all_at_once_can_flip_for_ever_and_is_named() {
    let mut app = app();
    app.hopfield().session.settings = HopfieldSettings {
        order: Order::AllAtOnce,
        rule: Rule::Hebb,
        memories: Vec::new(),
        ..app.hopfield().session.settings.clone()
    };
    // One memory; half of its neurons turned over in a way that each half turns the other: 200 against 200.
    let mut half = DrawnSet::Digits.draw(3, 20);
    app.frames(2);
    app.hopfield().edit(|settings| settings.put_on_pad(half.clone().into()));
    app.frames(2);
    app.press(Key::Enter);
    app.frames(2);
    half.iter_mut().step_by(2).for_each(|bit| *bit = -*bit);
    app.hopfield().edit(|settings| settings.put_on_pad(half.into()));
    app.frames(2);
    app.click("Recall");
    until_rest(&mut app);
    assert_eq!(app.hopfield().frame().settled, Some(Settled::TwoCycle));
    assert!(says(&app, "It flips between two pictures for ever."));
}

#[test]
fn graded_and_modern_neurons_recall_too() {
    let mut app = app();
    for neurons in [Neurons::Graded, Neurons::Modern] {
        app.hopfield().session.settings.neurons = neurons;
        app.hopfield().session.run.speed = Some(100_000.0);
        app.frames(3);
        app.press(Key::R);
        app.click("Recall");
        until_rest(&mut app);
        assert!(says(&app, "This is 3."), "{neurons:?}: {:?}", app.hopfield().frame().verdict);
    }
}

#[test]
fn the_listen_tool_shows_what_a_neuron_hears() {
    let mut app = app();
    app.click("Listen");
    assert_eq!(app.hopfield().pen.tool, Tool::Listen);
    let before = app.hopfield().session.settings.pad.clone();
    let at = cell(&mut app, 4, 4);
    app.harness.drag_at(at);
    app.frames(1);
    app.harness.drop_at(at);
    app.frames(3);
    assert_eq!(app.hopfield().session.settings.pad, before, "listening does not draw");
}

#[test]
fn capacity_is_measured_beside_the_theory_and_the_shelf_survives_the_settings_file() {
    let mut app = app();
    app.hopfield().show_tab(Tab::Experiments);
    app.hopfield().session.settings.rule = Rule::Hebb;
    app.frames(3);
    app.click("Start");
    app.frames(3);
    assert!(app.harness.query_all_by_label("CSV").next().is_some());
    let saved = Page::save(app.hopfield());
    let mut second = self::app();
    second.hopfield().session.settings.memories.clear();
    assert!(Page::restore(second.hopfield(), &saved));
    assert_eq!(second.hopfield().session.settings, app.hopfield().session.settings);
    assert!(!Page::restore(second.hopfield(), &serde_json::json!({"settings": 3})));
}

/// A square with a dark left half.
fn half_dark(side: usize) -> Arc<egui::ColorImage> {
    let pixel = |place: usize| if place % side < side / 2 { egui::Color32::BLACK } else { egui::Color32::WHITE };
    Arc::new(egui::ColorImage::new([side, side], (0..side * side).map(pixel).collect()))
}

#[test]
fn a_pasted_picture_comes_into_the_sheet_and_a_smaller_part_of_it_can_be_taken() {
    let mut app = app();
    let before = app.hopfield().session.settings.memories.len();
    app.harness.input_mut().events.push(egui::Event::PasteImage(half_dark(60)));
    app.frames(5);
    // The right half alone would be blank; a part about the middle shows both.
    app.set_slider("Part of the picture", 0.5);
    app.click("Put 1 on the shelf");
    let memories = &app.hopfield().session.settings.memories;
    assert_eq!(memories.len(), before + 1);
    let picture = &memories[before].picture;
    assert!((0..400).all(|cell| picture.0[cell] == if cell % 20 < 10 { 1 } else { -1 }), "dark is ink");
    assert_eq!(memories[before].name, "pasted");
    // A text is not for the page.
    app.harness.input_mut().events.push(egui::Event::Paste("a word".to_owned()));
    app.frames(3);
    assert!(app.harness.query_by_label("Put 1 on the shelf").is_none());
}

#[test]
fn the_shelf_decides_once_what_is_ink_and_takes_no_picture_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    // Bold: ink in more than half of the cells, also at the edge, so that a picture alone would be taken for light on dark.
    let is_ink = |x: u32, y: u32, number: u64| {
        let word = (u64::from(x / 10) + 20 * u64::from(y / 10) + 400 * number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (word ^ (word >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32 < (0.58 * f64::from(u32::MAX)) as u64
    };
    let bold = |number: u64| {
        image::GrayImage::from_fn(200, 200, |x, y| image::Luma([if is_ink(x, y, number) { 0 } else { 255 }]))
    };
    let paths: Vec<PathBuf> = (0..3)
        .map(|number| {
            let path = folder.path().join(format!("bold{number}.png"));
            bold(number).save(&path).expect("saved");
            path
        })
        .collect();
    let mut erased = bold(0);
    (0..200).flat_map(|x| (0..80).map(move |y| (x, y))).for_each(|(x, y)| erased.put_pixel(x, y, image::Luma([255])));
    let probe = folder.path().join("erased.png");
    erased.save(&probe).expect("saved");
    let mut app = app();
    app.drop_files(&paths);
    app.click("Put 3 on the shelf");
    let shelf = app.hopfield().session.settings.ink;
    assert!(shelf.is_some(), "the shelf knows how its pictures were read");
    // A second time they are there already.
    app.drop_files(&paths[..2]);
    app.click("Put 2 on the shelf");
    assert!(says(&app, "2 pictures were on the shelf already."));
    assert_eq!(app.hopfield().session.settings.memories.len(), 9);
    app.drop_files(&[probe]);
    app.click("Put 1 on the shelf");
    assert!(says(&app, "1 picture on the shelf."));
    let settings = &app.hopfield().session.settings;
    let pictures: Vec<&[i8]> = settings.memories[6..].iter().map(|memory| &*memory.picture.0).collect();
    assert_eq!((settings.ink, pictures.len()), (shelf, 4));
    let with_its_whole = overlap(pictures[0], pictures[3]);
    assert!(with_its_whole > 0.4, "read as the others were: {with_its_whole}");
}
