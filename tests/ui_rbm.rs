//! What a person does in the Boltzmann lab, done to the real program.

mod common;

use std::fs;

use common::app::App;
use egui::{Key, Modifiers, Rect, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable;
use spinscape::{
    data::samples::Source,
    labs::boltzmann::restricted::settings::{DREAMS, DreamStart, Preset, Tab, Tool},
    physics::rbm::{Method, VisibleKind},
    text::Language,
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

fn app() -> App {
    let mut app = App::new(STANDARD, Language::English);
    app.press(Key::Num3);
    app.frames(5);
    app
}

/// Few pictures: quick in a test.
fn small(app: &mut App) {
    app.rbm().learn_from(Source::Digits { count: 300 });
    // Two batches an epoch: many, so that it does not end on the way.
    app.rbm().session.settings.trainer.epochs = 100_000;
    app.frames(4);
}

fn says(app: &App, text: &str) -> bool {
    app.harness.query_all_by_label_contains(text).next().is_some()
}

fn canvas(app: &App, name: &str) -> Rect {
    app.harness.get_by_role_and_label(Role::Canvas, name).rect()
}

fn undo(app: &mut App) {
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(4);
}

#[test]
fn one_click_from_the_first_start_it_learns_and_the_epoch_rises() {
    let mut app = app();
    assert!(app.rbm().frame().ready, "the pictures are there");
    assert_eq!(app.rbm().frame().updates, 0);
    assert!(says(&app, "It has not learned anything to dream about."));
    let before = app.rbm().frame().features.clone();
    app.click("Learn");
    app.frames(60);
    let frame = app.rbm().frame().clone();
    assert!(frame.updates >= 200 && frame.epochs > 3.0, "{} updates, {} epochs", frame.updates, frame.epochs);
    let size = |weights: &[f32]| weights.iter().map(|w| f64::from(w * w)).sum::<f64>();
    assert!(size(&frame.features) > 5.0 * size(&before), "features grow out of the noise");
    let errors: Vec<f64> = frame.curve.iter().map(|point| point.reconstruction_error).collect();
    assert!(errors.last() < errors.first(), "{errors:?}");
    // Pause is immediate, and nothing happens after it.
    app.press(Key::Space);
    let paused = app.rbm().frame().updates;
    app.frames(20);
    assert_eq!(app.rbm().frame().updates, paused);
    // One batch.
    app.press(Key::ArrowRight);
    assert_eq!(app.rbm().frame().updates, paused + 1);
}

#[test]
fn a_drawing_is_looked_at_while_it_is_drawn_and_its_hidden_part_is_imagined() {
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(120);
    app.press(Key::Space);
    let pad = canvas(&app, "your drawing");
    app.drag(pad.min + 0.3 * pad.size(), pad.min + Vec2::new(0.6, 0.7) * pad.size());
    let lab = app.rbm();
    let ink = lab.session.settings.drawing.iter().filter(|&&ink| ink > 0.5).count();
    assert!(ink > 10, "{ink} pixels of ink");
    let frame = lab.frame().clone();
    assert_eq!((frame.completed.len(), frame.looked.len()), (784, 100), "also when paused");
    assert!((frame.classes.iter().sum::<f64>() - 1.0).abs() < 1e-6, "what it is taken for adds up to one");
    // Hide a part: what is seen stays as it was drawn.
    app.click("Hide");
    app.drag(pad.min + Vec2::new(0.1, 0.8) * pad.size(), pad.min + Vec2::new(0.9, 0.8) * pad.size());
    let lab = app.rbm();
    let hidden = lab.session.settings.hidden_pixels.clone();
    assert!(hidden.iter().filter(|&&hidden| hidden).count() > 30);
    let (drawing, completed) = (lab.session.settings.drawing.clone(), lab.frame().completed.clone());
    for pixel in 0..784 {
        assert!(hidden[pixel] || (completed[pixel] - drawing[pixel]).abs() < 1e-3, "pixel {pixel} is seen");
    }
    undo(&mut app);
    assert!(!app.rbm().session.settings.hidden_pixels.contains(&true), "a stroke is one step of undo");
    app.click("Clear");
    assert!(app.rbm().session.settings.drawing.iter().all(|&ink| ink == 0.0));
    assert!(app.rbm().frame().completed.is_empty());
}

#[test]
fn it_dreams_on_when_learning_is_paused_and_on_command() {
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(100);
    app.press(Key::Space);
    let (steps, updates) = (app.rbm().frame().dream_steps, app.rbm().frame().updates);
    app.click("Dream");
    app.frames(60);
    let frame = app.rbm().frame().clone();
    assert!(frame.dream_steps >= steps + 15, "{} after {steps}", frame.dream_steps);
    assert_eq!(frame.updates, updates, "it does not learn");
    assert_eq!(frame.dreams.len(), DREAMS * 784);
    app.click("Dream a 7");
    assert_eq!(app.rbm().session.settings.label, Some(7));
    app.frames(30);
    app.set_slider("Dream temperature", 2.0);
    assert!((app.rbm().session.settings.temperature - 2.0).abs() < 1e-6);
    app.click("Hold machine");
    app.click("Hot helpers");
    app.frames(10);
    app.click("Pictures");
    app.frames(10);
    assert!(app.rbm().frame().film.shots.len() > 1);
    app.press(Key::D);
    let still = app.rbm().frame().dream_steps;
    app.frames(20);
    assert_eq!(app.rbm().frame().dream_steps, still, "paused is paused");
}

#[test]
fn another_size_asks_before_it_forgets_and_undo_brings_the_machine_back() {
    let mut app = app();
    small(&mut app);
    // Nothing learned yet: nothing to ask.
    app.click("Hidden units: more");
    assert_eq!(app.rbm().session.settings.configuration.hidden, 144);
    app.frames(3);
    app.click("Learn");
    app.frames(40);
    app.press(Key::Space);
    let learned = app.rbm().frame().features.clone();
    let updates = app.rbm().frame().updates;
    app.click("Hidden units: less");
    assert!(says(&app, "This starts learning again from zero."));
    assert_eq!(app.rbm().session.settings.configuration.hidden, 144, "nothing is forgotten yet");
    app.click("Keep 144");
    assert!(!says(&app, "This starts learning again from zero."));
    app.click("Hidden units: less");
    app.click("Use 100");
    app.frames(5);
    assert_eq!((app.rbm().frame().updates, app.rbm().frame().shape.map(|shape| shape.hidden)), (0, Some(100)));
    undo(&mut app);
    app.frames(5);
    assert_eq!(app.rbm().frame().updates, updates);
    assert_eq!(app.rbm().frame().features, learned, "the very same weights");
    // A restart can be taken back as well.
    app.press(Key::R);
    app.frames(4);
    assert_eq!(app.rbm().frame().updates, 0);
    undo(&mut app);
    app.frames(4);
    assert_eq!(app.rbm().frame().features, learned);
}

#[test]
fn a_machine_is_saved_and_opened_and_a_broken_file_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("machine.safetensors");
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(40);
    app.press(Key::Space);
    let learned = app.rbm().frame().features.clone();
    app.rbm().save_machine_as(path.clone());
    app.frames(4);
    assert!(says(&app, "Machine saved: machine.safetensors"));
    let weights = folder.path().join("weights.npy");
    app.rbm().save_machine_as(weights.clone());
    app.frames(4);
    assert!(says(&app, "Weights saved: weights.npy"));
    let array: ndarray::Array2<f32> = ndarray_npy::read_npy(&weights).expect("an array");
    assert_eq!(array.dim(), (784, app.rbm().session.settings.configuration.hidden));
    app.press(Key::R);
    app.frames(4);
    assert_ne!(app.rbm().frame().features, learned);
    app.rbm().open_files(vec![path.clone()]);
    app.frames(6);
    assert!(says(&app, "The machine is open."));
    assert_eq!(app.rbm().frame().features, learned);
    // It is taught: captions look at its weights, and its epochs travel with it.
    assert!(app.rbm().frame().epochs >= 1.0, "{}", app.rbm().frame().epochs);
    assert!(!says(&app, "It has not learned anything to dream about."));
    // It learns on.
    app.press(Key::Space);
    app.frames(10);
    assert!(app.rbm().frame().updates > 0);
    app.press(Key::Space);
    // Half a file.
    let bytes = fs::read(&path).expect("saved");
    fs::write(&path, &bytes[..bytes.len() / 2]).expect("writes");
    let before = app.rbm().frame().features.clone();
    app.rbm().open_files(vec![path]);
    app.frames(4);
    assert!(says(&app, "machine.safetensors is not a safetensors file, or it is damaged"));
    assert_eq!(app.rbm().frame().features, before, "nothing is lost");
    // Pictures that are none.
    let wrong = folder.path().join("pictures.idx");
    fs::write(&wrong, b"no pictures at all").expect("writes");
    app.rbm().open_files(vec![wrong]);
    app.frames(4);
    assert!(says(&app, "pictures.idx is not an IDX file of pictures"));
    assert_eq!(app.rbm().frame().features, before, "nothing is replaced before the new pictures are there");
}

#[test]
fn weights_that_blow_up_pause_it_and_the_banner_mends_the_cause() {
    let mut app = app();
    app.rbm().session.settings.configuration.kind = VisibleKind::Gaussian;
    app.rbm().session.settings.trainer.rate = 1.0;
    small(&mut app);
    app.click("Learn");
    app.frames(60);
    assert!(app.rbm().frame().ran_away.is_some(), "largest {}", app.rbm().frame().largest_weight);
    assert!(!app.rbm().is_learning());
    assert!(app.rbm().frame().features.iter().all(|weight| weight.is_finite()));
    app.click("Mend it and restart");
    app.frames(4);
    assert!(app.rbm().frame().ran_away.is_none());
    assert!(app.rbm().session.settings.trainer.rate <= 0.002);
}

#[test]
fn every_preset_learns_and_the_exact_likelihood_of_bars_rises() {
    let mut app = app();
    for preset in [Preset::Bars, Preset::Wrong, Preset::Magnet, Preset::Overfit] {
        app.rbm().take_preset(preset);
        app.frames(5);
        assert!(app.rbm().frame().ready, "{preset:?}");
        app.rbm().set_learning(true);
        app.frames(90);
        let frame = app.rbm().frame().clone();
        assert!(frame.epochs > 1.0, "{preset:?}");
        match preset {
            Preset::Bars => {
                let values: Vec<f64> = frame.likelihood.iter().map(|point| point.value).collect();
                assert!(values.len() > 10 && values[values.len() - 1] > values[0], "{values:?}");
            }
            Preset::Magnet => {
                let [data, dream, error] = frame.magnet.expect("energies of the magnet");
                assert!((-2.0..0.0).contains(&data) && (-2.0..2.0).contains(&dream) && error > 0.0);
            }
            _ => {}
        }
        app.rbm().set_learning(false);
        app.frames(2);
    }
}

#[test]
fn the_likelihood_is_measured_when_asked_with_its_error() {
    let mut app = app();
    app.rbm().take_preset(Preset::Bars);
    app.frames(4);
    app.click("Learn");
    app.frames(30);
    app.press(Key::Space);
    app.click("Measure likelihood");
    app.frames(6);
    let lab = app.rbm();
    let measured = *lab.measured().next().expect("measured");
    let last = lab.frame().likelihood.last().expect("noted").value;
    assert_eq!(measured.error, 0.0, "so small a machine is exact");
    assert!((measured.value - last).abs() < 0.3, "{measured:?} against {last}");
}

#[test]
fn drawings_of_the_memory_lab_are_pictures_to_learn_from() {
    let mut app = app();
    app.hopfield();
    app.frames(3);
    let count = app.hopfield().session.settings.memories.len();
    app.rbm();
    app.frames(3);
    app.click("My drawings");
    app.frames(5);
    let lab = app.rbm();
    assert!(
        matches!(lab.session.settings.configuration.source, Source::Drawings { side: 20, .. }),
        "{:?}",
        lab.session.settings.configuration.source
    );
    assert!(lab.frame().ready && count > 0);
    assert_eq!(lab.frame().size, [20, 20]);
}

#[test]
fn features_of_the_machine_are_memories_to_store() {
    let mut app = app();
    app.hopfield();
    app.frames(3);
    app.click("Add a set");
    app.frames(2);
    app.click("Features of the machine");
    app.frames(3);
    let before = app.hopfield().session.settings.memories.len();
    assert_eq!(before, 6, "no machine has learned yet");
    app.press(Key::Escape);
    app.rbm();
    app.frames(3);
    app.click("My drawings");
    app.frames(5);
    app.rbm().session.settings.trainer.epochs = 100_000;
    app.click("Learn");
    app.frames(40);
    app.click("Pause");
    app.frames(5);
    let (units, features) = {
        let frame = app.rbm().frame();
        (frame.feature_units.clone(), frame.features.clone())
    };
    app.hopfield();
    app.frames(5);
    app.click("Add a set");
    app.frames(2);
    app.click("Features of the machine");
    app.frames(5);
    let memories = &app.hopfield().session.settings.memories;
    assert_eq!(memories.len(), before + 10);
    for (unit, memory) in memories[before..].iter().enumerate() {
        let place = units.iter().position(|&shown| shown == unit).expect("the first units are shown");
        let weights = &features[place * 400..][..400];
        let is_sign = |(&bit, &weight): (&i8, &f32)| (bit > 0) == (weight > 0.0);
        assert!(memory.picture.0.iter().zip(weights).all(is_sign), "unit {unit} is stored as the signs of its weights");
        assert!(weights.iter().any(|&weight| weight != 0.0));
    }
}

#[test]
fn rates_and_methods_change_while_it_learns() {
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(20);
    app.set_slider("Learning rate", 0.01);
    app.click("Short: CD-k");
    app.click("Dream steps: more");
    app.frames(10);
    let lab = app.rbm();
    assert_eq!(lab.session.settings.trainer.method, Method::Cd(2));
    assert!((lab.session.settings.trainer.rate - 0.01).abs() < 1e-6);
    let updates = lab.frame().updates;
    app.frames(20);
    assert!(app.rbm().frame().updates > updates, "it learns on");
}

#[test]
fn all_tabs_show_in_every_layout_and_language() {
    for (size, language) in [
        ([1024.0, 768.0], Language::English),
        ([1280.0, 720.0], Language::Chinese),
        ([2560.0, 1440.0], Language::Chinese),
    ] {
        let mut app = App::new(size, language);
        app.press(Key::Num3);
        app.frames(4);
        small(&mut app);
        app.rbm().put_a_picture();
        app.rbm().set_learning(true);
        app.frames(30);
        for tab in [Tab::Features, Tab::Dreams, Tab::Draw, Tab::Eyes] {
            app.rbm().show_tab(tab);
            app.frames(3);
        }
        app.rbm().stroke(Tool::Hide, [0.0, 0.9], [1.0, 0.9]);
        app.frames(3);
        assert!(app.rbm().session.settings.hidden_pixels.contains(&true));
    }
}

#[test]
fn a_stroke_between_two_frames_is_drawn_whole() {
    let mut app = app();
    let pad = canvas(&app, "your drawing");
    let at = |part: f32| pad.min + Vec2::new(0.5, part) * pad.size();
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    app.harness.event(egui::Event::PointerMoved(at(0.1)));
    app.frames(1);
    for event in [
        button(at(0.1), true),
        egui::Event::PointerMoved(at(0.5)),
        egui::Event::PointerMoved(at(0.9)),
        button(at(0.9), false),
    ] {
        app.harness.event(event);
    }
    app.frames(4);
    let drawing = app.rbm().session.settings.drawing.clone();
    let rows = (0..28).filter(|row| drawing[row * 28 + 13] > 0.0 || drawing[row * 28 + 14] > 0.0).count();
    assert!(rows >= 22, "{rows} rows of ink");
    undo(&mut app);
    assert!(app.rbm().session.settings.drawing.iter().all(|&ink| ink == 0.0), "it is one step of undo");
}

#[test]
fn letters_are_for_the_lab_also_while_a_button_has_the_keyboard() {
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(20);
    app.harness.get_by_role_and_label(Role::Button, "Pause").focus();
    app.frames(2);
    let run = app.rbm().session.settings.configuration.run;
    app.press(Key::R);
    assert_eq!(app.rbm().session.settings.configuration.run, run + 1, "R begins again");
}

#[test]
fn what_is_wrong_with_a_file_is_said_in_the_language_of_the_person() {
    let mut app = App::new(STANDARD, Language::Chinese);
    app.press(Key::Num3);
    app.frames(5);
    app.rbm().open_files(vec!["/no such folder/digits.idx".into()]);
    app.frames(4);
    assert!(says(&app, "无法读取 digits.idx：没有这个文件或文件夹"));
    app.rbm().open_files(vec!["/no such folder/machine.safetensors".into()]);
    app.frames(4);
    assert!(says(&app, "无法读取 machine.safetensors：没有这个文件或文件夹"));
}

#[test]
fn a_pasted_picture_comes_onto_the_pad_and_undo_takes_it_away() {
    let mut app = app();
    let pixel = |place: usize| if place % 56 < 28 { egui::Color32::BLACK } else { egui::Color32::WHITE };
    let image = egui::ColorImage::new([56, 56], (0..56 * 56).map(pixel).collect());
    app.harness.input_mut().events.push(egui::Event::PasteImage(std::sync::Arc::new(image)));
    app.frames(5);
    let drawing = app.rbm().session.settings.drawing.clone();
    assert!((0..784).all(|pixel| drawing[pixel] == if pixel % 28 < 14 { 1.0 } else { 0.0 }));
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    app.frames(3);
    assert!(app.rbm().session.settings.drawing.iter().all(|&ink| ink == 0.0));
}

#[test]
fn asked_for_a_seven_it_begins_at_sevens_wherever_dreams_begin() {
    let mut app = app();
    app.rbm().learn_from(Source::Digits { count: 2000 });
    app.frames(4);
    app.click("Learn");
    app.frames(300);
    app.press(Key::Space);
    let share = |app: &mut App| {
        app.frames(4);
        let frame = app.rbm().frame();
        let [read, all] = frame.read.expect("a machine that knows labels");
        assert!(frame.dream_steps < 30, "the first pictures: {}", frame.dream_steps);
        read as f64 / all as f64
    };
    app.click("Dream a 7");
    let first = share(&mut app);
    assert!(says(&app, "read as 7"));
    app.rbm().session.settings.start = DreamStart::Data;
    app.click("Dream anew");
    let from_data = share(&mut app);
    app.click("Hot helpers");
    app.click("Dream anew");
    let tempered = share(&mut app);
    assert!(first > 0.7 && from_data > 0.7 && tempered > 0.5, "{first}, {from_data}, {tempered}");
}

#[test]
fn a_machine_whose_units_died_pauses_and_says_so() {
    let mut app = app();
    small(&mut app);
    app.rbm().session.settings.trainer.rate = 1.0;
    app.click("Learn");
    app.frames(400);
    assert!(app.rbm().frame().died.is_some(), "{:?}", app.rbm().frame().ran_away);
    assert!(!app.rbm().is_learning());
    assert!(says(&app, "hidden units never answer, or always do"));
    app.click("Mend it and restart");
    app.frames(4);
    assert!(app.rbm().frame().died.is_none() && app.rbm().session.settings.trainer.rate < 1.0);
}

#[test]
fn learning_goes_on_while_another_lab_is_shown_unless_it_is_to_pause() {
    let mut app = app();
    small(&mut app);
    app.click("Learn");
    app.frames(20);
    for goes_on in [true, false] {
        app.rbm().session.run.learns_hidden = goes_on;
        app.frames(2);
        let before = app.rbm().frame().updates;
        app.press(Key::Num1);
        app.frames(60);
        app.press(Key::Num3);
        app.frames(1);
        let after = app.rbm().frame().updates;
        assert!(if goes_on { after >= before + 40 } else { after <= before + 20 }, "{before} to {after}, {goes_on}");
        app.frames(20);
        assert!(app.rbm().frame().updates > after, "and here it goes on in any case");
    }
}

#[test]
fn learning_on_keeps_its_epochs_through_undo_and_redo() {
    let mut app = app();
    app.rbm().learn_from(Source::Digits { count: 300 });
    app.frames(4);
    app.rbm().session.edit(|settings| settings.trainer.epochs = 2);
    app.click("Learn");
    app.frames(60);
    assert!(!app.rbm().is_learning() && app.rbm().frame().epochs >= 2.0, "it has ended");
    app.click("Learn on");
    app.frames(60);
    assert_eq!(app.rbm().session.settings.trainer.epochs, 4);
    app.rbm().session.edit(|settings| settings.trainer.rate = 0.01);
    undo(&mut app);
    assert_eq!(app.rbm().session.settings.trainer.epochs, 4, "how far it is to learn is no step");
    app.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    app.frames(4);
    assert_eq!((app.rbm().session.settings.trainer.epochs, app.rbm().session.settings.trainer.rate), (4, 0.01));
}

#[test]
fn a_file_that_cannot_be_opened_leaves_its_sheet_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.safetensors");
    fs::write(&path, "<!DOCTYPE html>").expect("written");
    let mut app = app();
    app.click("Open machine");
    app.harness.get_by_role_and_label(Role::TextInput, "or a path").type_text(&path.display().to_string());
    app.frames(2);
    app.click("Open");
    app.frames(4);
    assert!(says(&app, "page.safetensors is a web page"));
    assert!(app.harness.query_by_role_and_label(Role::TextInput, "or a path").is_some(), "the sheet is still there");
}
