//! The program is closed and started again: nothing that a person made or waited for is lost.

mod common;

use std::path::Path;

use common::app::App;
use spinscape::{
    data::samples::Source,
    labs::{
        boltzmann::restricted::settings::Preset,
        hopfield::memory::settings::{HopfieldSettings, Memory, Source as MemorySource},
        ising::lattices::settings::Rule,
    },
    text::Language,
};

const SIZE: [f32; 2] = [1600.0, 1000.0];

fn start(settings: &Path) -> App {
    App::with_settings(SIZE, Language::English, settings)
}

/// What is to be written down is, and the window is closed.
fn close(mut app: App) {
    app.frames(240);
    drop(app);
}

fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("settings.json");
    (folder, settings)
}

#[test]
fn the_magnet_goes_on_with_its_spins_pins_and_time() {
    let (_folder, settings) = folder();
    let mut app = start(&settings);
    app.lab().set_temperature(1.5);
    app.sweeps(200);
    app.lab().session.set_running(false);
    app.frames(3);
    let before = app.frame();
    assert!(before.sweeps > 100);
    close(app);
    let mut app = start(&settings);
    let after = app.frame();
    assert!(!app.lab().session.is_running(), "what was paused stays paused");
    assert_eq!((after.sweeps, after.magnetization, after.energy), (before.sweeps, before.magnetization, before.energy));
    assert_eq!(after.picture, before.picture);
    assert_eq!((&after.order_history, &after.trail), (&before.order_history, &before.trail));
    // A magnet that begins again leaves nothing of the old one.
    app.press(egui::Key::R);
    app.frames(3);
    let fresh = app.frame();
    assert_eq!(fresh.sweeps, 0);
    close(app);
    assert_eq!(start(&settings).frame().picture, fresh.picture);
}

#[test]
fn another_lattice_goes_on_too_and_replicas_with_it() {
    let (_folder, settings) = folder();
    let mut app = start(&settings);
    app.show_page("lattices");
    app.lattices().session.settings.rule = Rule::HeatBath;
    app.lattices().session.settings.side = 16;
    app.frames(200);
    app.lattices().session.set_running(false);
    app.frames(3);
    let before = app.lattices().frame().clone();
    assert!(before.sweeps > 20);
    close(app);
    let mut app = start(&settings);
    app.frames(3);
    let after = app.lattices().frame().clone();
    assert_eq!((after.sweeps, after.energy, after.order), (before.sweeps, before.energy, before.order));
    assert_eq!(after.sheet, before.sheet);
    app.lattices().session.settings.tempering = true;
    app.lattices().session.set_running(true);
    app.frames(100);
    app.lattices().session.set_running(false);
    app.frames(3);
    let before = app.lattices().frame().clone();
    close(app);
    let mut app = start(&settings);
    app.frames(3);
    let after = app.lattices().frame().clone();
    assert_eq!((after.sweeps, after.energy, after.rung), (before.sweeps, before.energy, before.rung));
    let temperatures = |rungs: &[spinscape::labs::ising::lattices::replicas::Rung]| -> Vec<f64> {
        rungs.iter().map(|rung| rung.temperature).collect()
    };
    assert_eq!(temperatures(&after.rungs), temperatures(&before.rungs));
}

#[test]
fn a_recall_goes_on_with_its_film_and_a_network_with_what_it_has_unlearned() {
    let (_folder, settings) = folder();
    let mut app = start(&settings);
    app.hopfield().unlearn();
    app.frames(30);
    app.hopfield().set_running(true);
    app.frames(120);
    app.hopfield().set_running(false);
    app.frames(3);
    let before = app.hopfield().frame().clone();
    assert!(before.updates > 100 && before.film.len() > 3, "{} {}", before.updates, before.film.len());
    close(app);
    let mut app = start(&settings);
    app.frames(60);
    let after = app.hopfield().frame().clone();
    assert_eq!((after.updates, &after.outputs, &after.film), (before.updates, &before.outputs, &before.film));
    assert_eq!(after.memory_energies, before.memory_energies, "the network has unlearned the same");
    assert_eq!(after.energy_history, before.energy_history);
    // It goes on from there.
    app.hopfield().set_running(true);
    app.frames(30);
    assert!(app.hopfield().frame().updates > before.updates);
}

#[test]
fn a_machine_goes_on_learning_where_it_stood() {
    let (_folder, settings) = folder();
    let mut app = start(&settings);
    app.rbm().take_preset(Preset::Bars);
    app.frames(5);
    app.rbm().set_learning(true);
    app.frames(100);
    app.rbm().set_learning(false);
    app.frames(3);
    let before = app.rbm().frame().clone();
    assert!(before.updates > 50 && before.taught);
    close(app);
    let mut app = start(&settings);
    app.rbm();
    app.frames(5);
    let after = app.rbm().frame().clone();
    assert_eq!((after.updates, after.epochs, &after.features), (before.updates, before.epochs, &before.features));
    assert_eq!((&after.curve, &after.likelihood), (&before.curve, &before.likelihood));
    assert_eq!(after.early_pairs, before.early_pairs);
    assert!(app.rbm().has_learned());
    // Forgotten on purpose, it does not come back.
    app.rbm().restart();
    app.frames(5);
    assert!(!app.rbm().has_learned());
    close(app);
    let mut app = start(&settings);
    app.rbm();
    app.frames(5);
    assert!(!app.rbm().has_learned());
}

#[test]
fn a_machine_whose_pictures_are_gone_waits_for_them() {
    let (folder, settings) = folder();
    let pictures = folder.path().join("pictures.npy");
    let write = || {
        let bits: Vec<u8> = (0..50 * 16).map(|index| if index * 7 % 5 < 2 { 255 } else { 0 }).collect();
        let array = ndarray::Array3::from_shape_vec((50, 4, 4), bits).expect("whole");
        ndarray_npy::write_npy(&pictures, &array).expect("written");
    };
    write();
    let mut app = start(&settings);
    app.rbm().learn_from(Source::File { path: pictures.clone(), labels: None, turned: false });
    app.frames(5);
    app.rbm().set_learning(true);
    app.frames(60);
    app.rbm().set_learning(false);
    app.frames(3);
    let before = app.rbm().frame().clone();
    assert!(before.updates > 10);
    close(app);
    std::fs::remove_file(&pictures).expect("it was there");
    let mut app = start(&settings);
    app.rbm();
    app.frames(5);
    assert!(!app.rbm().frame().ready);
    close(app);
    write();
    let mut app = start(&settings);
    app.rbm();
    app.frames(5);
    assert_eq!(app.rbm().frame().features, before.features);
}

#[test]
fn points_of_a_scan_are_there_again() {
    let (_folder, settings) = folder();
    let mut app = start(&settings);
    app.show_page("scan");
    app.scan().settings.sizes = [true, false, false, false, false, false];
    app.scan().settings.sweeps = 500;
    app.scan().start_scan();
    app.frames(5);
    let before = app.scan().scanned();
    assert!(before.len() > 3);
    close(app);
    let mut app = start(&settings);
    app.frames(3);
    assert_eq!(app.scan().scanned(), before);
}

#[test]
fn what_the_program_left_is_never_trusted() {
    let (folder, settings) = folder();
    let mut app = start(&settings);
    app.sweeps(100);
    app.rbm().take_preset(Preset::Bars);
    app.frames(5);
    app.rbm().set_learning(true);
    app.frames(30);
    app.hopfield().set_running(true);
    app.frames(30);
    close(app);
    let carried = folder.path().join("carried");
    let files: Vec<_> = std::fs::read_dir(&carried).expect("left").map(|entry| entry.expect("listed").path()).collect();
    assert!(files.len() >= 3, "{files:?}");
    let contents: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("left")).collect();
    let mut random = 1_u64;
    for round in 0..12 {
        for (file, content) in files.iter().zip(&contents) {
            let mut content = content.clone();
            for _ in 0..=round {
                // Knuth's linear congruential generator.
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                // Mostly in the first part, where the text is.
                let at = (random >> 33) as usize % content.len().min(if round % 2 == 0 { 2000 } else { usize::MAX });
                match random >> 30 & 3 {
                    0 => content[at] = b'9',
                    1 => content.truncate(at.max(1)),
                    2 => content[at] ^= 1 << (random >> 20 & 7),
                    _ => content[at] = (random >> 10) as u8,
                }
            }
            std::fs::write(file, content).expect("written");
        }
        let mut app = start(&settings);
        app.frames(5);
        app.rbm();
        app.frames(5);
        app.hopfield();
        app.frames(5);
        for lab in app.harness.state().labs() {
            for page in lab.pages() {
                assert_eq!(page.failure(), None, "{} {}", lab.id(), page.id());
            }
        }
    }
}

#[test]
fn pictures_of_a_finer_pad_come_back_when_the_pad_does() {
    let mut settings = HopfieldSettings::default().with_side(64);
    let drawn: Vec<i8> =
        (0..64 * 64).map(|cell| if (cell / 64 * 3 + cell % 64 * 5) % 11 < 4 { 1 } else { -1 }).collect();
    settings.memories.push(Memory::new("mine".to_owned(), drawn.clone().into(), MemorySource::Made));
    let random = MemorySource::Random(7);
    let picture = spinscape::labs::hopfield::memory::settings::random_picture(7, 64);
    settings.memories.push(Memory::new("random".to_owned(), picture, random));
    settings.put_on_pad(drawn.into());
    let back = settings.clone().with_side(8).with_side(12).with_side(64);
    let pictures = |settings: &HopfieldSettings| -> Vec<_> {
        settings.memories.iter().map(|memory| memory.picture.clone()).collect()
    };
    assert_eq!(pictures(&back), pictures(&settings));
    assert_eq!((&back.pad, &back.clean), (&settings.pad, &settings.clean));
    // A random picture of a larger pad has no blocks.
    let small = settings.with_side(8);
    let large = small.clone().with_side(64);
    let last = &large.memories[large.memories.len() - 1].picture;
    let blocks = (0..64 * 64).filter(|cell| last.0[*cell] == last.0[cell ^ 1]).count();
    assert!(blocks < 64 * 64 * 3 / 5, "{blocks} of 4096 cells are like their neighbours");
    // Drawing on the coarse pad makes that the original.
    let mut coarse = small;
    coarse.put_on_pad(vec![1; 64].into());
    assert!(coarse.with_side(64).pad.0.iter().all(|&bit| bit == 1));
}
