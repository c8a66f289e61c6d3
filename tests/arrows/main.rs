//! The rooms of the house and the arrows between them, read from the source.
//!
//! [`source`] parses the files and notes all that they name, [`resolve`] follows a name to the file that defines it, [`graph`]
//! finds the circles, [`rooms`] holds the rules. [`planted`] tries all of it on small houses with known faults.

mod graph;
mod planted;
mod resolve;
mod rooms;
mod source;
mod syntax;

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use self::{
    graph::Graph,
    rooms::{ROOMS, is_inside, room_of, window_in_models, wrong_arrows},
    source::Source,
};

/// The source, read once.
static HOUSE: LazyLock<(Source, Graph)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = vec![];
    collect(&root, "", &mut texts);
    texts.sort_by_key(|(file, _)| (file != "lib.rs", file.clone()));
    let source = Source::read(&texts);
    let graph = Graph::of(&source);
    (source, graph)
});

fn collect(folder: &Path, above: &str, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        let name = format!("{above}{}", path.file_name().expect("a name").to_str().expect("plain letters"));
        if path.is_dir() {
            collect(&path, &format!("{name}/"), texts);
        } else if name.ends_with(".rs") {
            texts.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
}

/// The crates of the manifest, as code names them, and those of the language.
fn crates() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(path).expect("text")).expect("a manifest");
    let named = manifest["dependencies"].as_table().expect("a table").keys().map(|name| name.replace('-', "_"));
    named.chain(["alloc", "core"].map(str::to_owned)).collect()
}

#[test]
fn arrows_point_one_way() {
    let wrong = wrong_arrows(&HOUSE.1, &crates());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_lies_in_a_room() {
    let files = &HOUSE.1.files;
    let outside: Vec<_> = files.iter().filter(|file| room_of(file).is_none()).collect();
    assert_eq!(outside, ["lib.rs", "main.rs"], "a new room needs its arrows");
}

#[test]
fn no_room_has_a_circle_of_files() {
    let graph = &HOUSE.1;
    let labs = graph.files.iter().filter_map(|file| {
        let (lab, _) = file.strip_prefix("labs/")?.split_once('/')?;
        Some(format!("labs/{lab}"))
    });
    let folders: BTreeSet<String> = ROOMS.iter().map(|room| room.folder.to_owned()).chain(labs).collect();
    for folder in folders {
        let circles = graph.circles(|file| is_inside(file, &folder));
        let ways: Vec<_> = circles.iter().map(|circle| graph.way_round(circle)).collect();
        assert!(circles.is_empty(), "files of {folder} lie on circles: {ways:#?}");
    }
}

#[test]
fn a_model_of_a_lab_knows_no_window() {
    let (models, wrong) = window_in_models(&HOUSE.0, &HOUSE.1);
    assert!(models >= 8, "each of four simulations has at least its settings: {models}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
