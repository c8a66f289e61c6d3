//! What the frame promises of every page of every lab: the same walk over all of them, in both languages and themes and
//! at four sizes of the window.

mod common;

use std::{sync::Arc, sync::atomic::Ordering, time::Duration};

use common::app::{App, builder};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Node,
    kittest::{NodeT, Queryable},
};
use serde_json::Value;
use spinscape::{
    app::{Options, Spinscape, preferences::ThemeChoice},
    labs::kit::{Page, Seams},
    simulation::{Clock, ManualClock},
    text::{Language, Texts},
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

fn app(size: [f32; 2], language: Language, options: Options) -> App {
    let clock = Arc::new(ManualClock::default());
    let by_hand = Some(Arc::clone(&clock) as Arc<dyn Clock>);
    let options = Options { by_hand, language: Some(language), ..options };
    let harness = builder(size).with_max_steps(60).build_eframe(|cc| Spinscape::new(cc, options));
    let mut app = App { harness, clock };
    app.frames(3);
    app
}

/// Names of all labs and their pages.
fn places(app: &App) -> Vec<(&'static str, &'static str)> {
    let labs = app.harness.state().labs().iter();
    labs.flat_map(|lab| lab.pages().map(|page| (lab.id(), page.id()))).collect()
}

fn go_to(app: &mut App, (lab, page): (&str, &str)) {
    app.harness.state_mut().show_lab(lab);
    assert!(app.harness.state_mut().lab().show_page(page), "no page {lab}/{page}");
    app.frames(30);
}

fn page(app: &mut App) -> &mut dyn Page {
    app.harness.state_mut().lab().page()
}

/// The page in front as its settings file has it.
fn saved(app: &mut App) -> Value {
    page(app).save()
}

fn all_pages(mut work: impl FnMut(&mut App, (&'static str, &'static str))) {
    let mut app = app(STANDARD, Language::English, Options::default());
    for place in places(&app) {
        go_to(&mut app, place);
        work(&mut app, place);
    }
}

#[test]
fn every_page_is_drawn_in_every_language_theme_and_size() {
    for size in [[1024.0, 768.0], [1280.0, 720.0], STANDARD, [2560.0, 1440.0]] {
        for language in Language::ALL {
            let mut app = app(size, language, Options::default());
            let ctx = app.harness.ctx.clone();
            let texts = Texts::new(language);
            for place in places(&app) {
                go_to(&mut app, place);
                for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
                    app.harness.state_mut().set_theme(&ctx, theme);
                    app.frames(2);
                }
                let shown = page(&mut app);
                assert!(shown.has_frame(), "{place:?} shows nothing");
                for item in shown.status(texts) {
                    assert!(!item.value.is_empty(), "{place:?}: {item:?}");
                }
            }
        }
    }
}

#[test]
fn the_numbers_of_a_page_have_names_of_their_own() {
    all_pages(|app, place| {
        let observables = page(app).observables();
        let mut names: Vec<_> = observables.iter().map(|observable| observable.id.clone()).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert!(count > 0, "{place:?} has no numbers");
        assert_eq!(names.len(), count, "{place:?} has two numbers of one name: {names:?}");
    });
}

#[test]
fn a_paused_page_leaves_the_processor_alone() {
    all_pages(|app, place| {
        if page(app).is_running() {
            app.press(Key::Space);
        }
        assert!(!page(app).is_running(), "{place:?} still runs");
        app.frames(60);
        assert!(app.harness.run_ok().is_some(), "{place:?} repaints for ever");
        let before = format!("{:?}", page(app).observables());
        app.frames(30);
        assert_eq!(format!("{:?}", page(app).observables()), before, "{place:?} goes on");
    });
}

#[test]
fn what_is_saved_is_read_again_whole() {
    all_pages(|app, place| {
        let before = saved(app);
        assert!(before["settings"].is_object(), "{place:?} saves {before}");
        assert!(page(app).restore(&before), "{place:?} does not read what it wrote");
        assert_eq!(saved(app), before, "{place:?}");
        // Nothing of a file that is none is taken, and nothing of it stops the program.
        for broken in [Value::Null, serde_json::json!({ "settings": 7, "run": [], "look": "no" })] {
            assert!(!page(app).restore(&broken), "{place:?} calls {broken} whole");
            app.frames(2);
        }
        page(app).restore(&before);
        app.frames(2);
    });
}

#[test]
fn what_the_keys_of_a_page_do_can_be_taken_back_and_done_again() {
    all_pages(|app, place| {
        // What was done before, on the way here, is no step of this walk.
        app.frames(90);
        while page(app).undo(false) {}
        app.frames(10);
        let before = saved(app)["settings"].clone();
        for command in page(app).commands() {
            for &shortcut in command.shortcuts {
                app.harness.key_press_modifiers(shortcut.modifiers, shortcut.key);
                // A pause as long as this ends a step.
                app.frames(90);
                app.press(Key::Escape);
            }
        }
        let after = saved(app)["settings"].clone();
        let mut steps = 0;
        while page(app).undo(false) {
            app.frames(3);
            steps += 1;
            assert!(steps < 1000, "{place:?} takes back for ever");
        }
        assert_eq!(saved(app)["settings"], before, "{place:?} after {steps} steps back");
        for step in 0..steps {
            assert!(page(app).undo(true), "{place:?} does only {step} of {steps} steps again");
            app.frames(3);
        }
        assert!(!page(app).undo(true), "{place:?} does more again than was taken back");
        assert_eq!(saved(app)["settings"], after, "{place:?}");
    });
}

#[test]
fn a_model_that_stops_is_told_and_begun_again() {
    let seams = Seams::default();
    let mut app = app(STANDARD, Language::English, Options { seams: seams.clone(), ..Options::default() });
    let mut stopped = 0;
    for place in places(&app) {
        go_to(&mut app, place);
        if page(&mut app).failure().is_some() || !page(&mut app).is_running() {
            app.press(Key::Space);
        }
        let kept = saved(&mut app)["settings"].clone();
        seams.panic.store(true, Ordering::SeqCst);
        app.frames(10);
        if seams.panic.swap(false, Ordering::SeqCst) {
            // No model turns here.
            continue;
        }
        stopped += 1;
        assert!(page(&mut app).failure().is_some(), "{place:?} hides that its model stopped");
        assert!(app.harness.query_all_by_label_contains("told to panic").next().is_some(), "{place:?} says nothing");
        app.click("Restart");
        app.frames(20);
        assert!(page(&mut app).failure().is_none(), "{place:?} did not begin again");
        assert_eq!(saved(&mut app)["settings"], kept, "{place:?} lost settings");
    }
    assert!(stopped >= 4, "only {stopped} pages have a model that was stopped");
}

/// The menus of the cards on screen, by name.
fn menus(app: &App) -> Vec<String> {
    let is_menu = |label: &str| label.ends_with(": menu") || label.starts_with("Card: ");
    let buttons = app.harness.get_all_by_role(Role::Button);
    buttons.filter_map(|node: Node<'_>| node.accesskit_node().label()).filter(|label| is_menu(label)).collect()
}

/// The pages of studies have something to show.
fn scan_a_little(app: &mut App) {
    go_to(app, ("ising", "scan"));
    let scan = app.scan();
    scan.settings.sizes = [true, true, false, false, false, false];
    (scan.settings.temperatures, scan.settings.sweeps) = (5, 100);
    scan.start_scan();
    app.frames(10);
    assert_eq!(app.scan().scanned().len(), 10);
}

fn choose(app: &mut App, menu: &str, entry: &str) {
    app.harness.get_by_role_and_label(Role::Button, menu).click();
    app.frames(4);
    let found = app.harness.query_all_by_label(entry).count();
    assert_eq!(found, 1, "{entry:?} in {menu:?} with the notices {:?}", app.harness.state().notice_texts());
    app.harness.get_by_label(entry).click();
    app.frames(4);
}

#[test]
fn every_card_is_shown_large_and_put_back() {
    let mut app = app(STANDARD, Language::English, Options::default());
    let app = &mut app;
    scan_a_little(app);
    for place in places(app) {
        go_to(app, place);
        let menus = menus(app);
        assert!(!menus.is_empty(), "{place:?} has no cards");
        for menu in &menus {
            choose(app, menu, "Enlarge");
            let enlarged = app.harness.state_mut().lab().deck().enlarged();
            assert!(enlarged.is_some_and(|card| page(app).cards().contains(&card)), "{place:?} {menu}: {enlarged:?}");
            app.press(Key::Escape);
            assert_eq!(app.harness.state_mut().lab().deck().enlarged(), None, "{place:?} {menu} stays large");
        }
        // The same by its name, as lessons do it.
        for &card in page(app).cards() {
            app.harness.state_mut().lab().deck().enlarge(Some(card));
            app.frames(2);
            app.press(Key::Escape);
        }
    }
}

#[test]
fn every_card_gives_its_drawing_and_its_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { folder: Some(folder.path().to_owned()), ..Options::default() };
    let mut app = app(STANDARD, Language::English, options);
    scan_a_little(&mut app);
    for place in places(&app) {
        go_to(&mut app, place);
        for menu in menus(&app) {
            choose(&mut app, &menu, "Save drawing (SVG)");
            let drawing = String::from_utf8(written(&mut app, folder.path(), "svg")).expect("text");
            assert!(drawing.contains("<svg ") && drawing.trim_end().ends_with("</svg>"), "{place:?} {menu}: {drawing}");
            assert!(drawing.contains("<text"), "{place:?} {menu} has no title in its drawing");
        }
        for &card in page(&mut app).cards() {
            let Some(table) = page(&mut app).table(card, Texts::new(Language::English)) else { continue };
            assert!(!table.rows().is_empty(), "{place:?} {card} gives an empty table");
            let csv = String::from_utf8(table.to_csv().expect("encodes")).expect("text");
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let columns = reader.headers().expect("names").clone();
            assert_eq!(columns.len(), table.columns().len(), "{place:?} {card}");
            assert_eq!(reader.records().filter_map(Result::ok).count(), table.rows().len(), "{place:?} {card}");
        }
    }
}

/// The one file of this kind that is written next; it is removed.
fn written(app: &mut App, folder: &std::path::Path, ending: &str) -> Vec<u8> {
    for _ in 0..200 {
        app.frames(1);
        let found = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
        let mut found = found.filter(|path| path.extension().is_some_and(|found| found == ending));
        if let Some(path) = found.next() {
            let bytes = std::fs::read(&path).expect("it is whole as soon as it is there");
            std::fs::remove_file(&path).expect("it can be removed");
            // The notice about it comes before the next click, as it does for a person.
            app.frames(8);
            return bytes;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("no {ending} file was written");
}

#[test]
fn pages_are_turned_by_keys_and_round() {
    let mut app = app(STANDARD, Language::English, Options::default());
    let count = app.harness.state_mut().lab().tabs().len();
    let first = page(&mut app).id();
    let mut seen = Vec::new();
    for _ in 0..count {
        seen.push(page(&mut app).id());
        app.harness.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
        app.frames(3);
    }
    assert_eq!(page(&mut app).id(), first);
    seen.dedup();
    assert_eq!(seen.len(), count);
    app.harness.key_press_modifiers(Modifiers::COMMAND, Key::PageUp);
    app.frames(3);
    assert_eq!(page(&mut app).id(), seen[count - 1]);
}
