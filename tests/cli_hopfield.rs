//! The headless memory as a physicist uses it.

use std::{
    collections::HashMap,
    process::{Command, Output},
};

use spinscape::physics::hopfield::ags;

fn spinscape(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinscape")).args(arguments).output().expect("the program starts")
}

fn hopfield(more: &str) -> Output {
    let mut arguments = vec!["hopfield"];
    arguments.extend(more.split_whitespace());
    spinscape(&arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines.map(|line| names.iter().map(|n| (*n).to_owned()).zip(line.split(',').map(str::to_owned)).collect()).collect()
}

fn number(row: &HashMap<String, String>, name: &str) -> f64 {
    row[name].parse().expect("a number")
}

const HEADER: &str = "neurons,patterns,load,rule,noise,trials,seed,final_overlap,final_overlap_err,wrong_bits,wrong_bits_err,recalled_fraction";

#[test]
fn the_capacity_table_has_its_columns_and_agrees_with_the_theory() {
    let output = hopfield("capacity --neurons 1000 --loads 0.05,0.1 --rule hebb --noise 0 --trials 12 --seed 3");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let csv = text(&output.stdout);
    assert_eq!(csv.lines().next(), Some(HEADER));
    let rows = rows(&csv);
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let load = number(row, "load");
        assert_eq!(number(row, "patterns"), (1000.0 * load).round());
        let theory = ags::overlap_at_zero_temperature(load).expect("below the critical load");
        let (overlap, error) = (number(row, "final_overlap"), number(row, "final_overlap_err"));
        // Below 0.1 the finite-size correction is of the order of the error itself.
        assert!(
            error < 1e-3 && (overlap - theory).abs() < 5.0 * error + 2e-4,
            "α = {load}: {overlap} ± {error}, theory {theory}"
        );
        assert!((number(row, "wrong_bits") - (1.0 - overlap) / 2.0).abs() < 1e-12);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    let run = |threads: &str| {
        hopfield(&format!("capacity --neurons 80 --loads 0.1:0.3:0.1 --rule storkey --trials 6 --threads {threads}"))
            .stdout
    };
    assert_eq!(run("1"), run("3"));
    assert!(!run("1").is_empty());
}

#[test]
fn every_rule_has_its_name_and_a_file_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("table.csv");
    for rule in ["hebb", "covariance", "storkey", "pseudo-inverse", "perceptron", "dense:3", "exponential"] {
        let path = file.to_str().expect("text");
        let output =
            hopfield(&format!("capacity --neurons 60 --loads 0.05 --noise 0 --rule {rule} --trials 2 --out {path}"));
        assert!(output.status.success() && output.stdout.is_empty(), "{rule}: {}", text(&output.stderr));
        let rows = rows(&std::fs::read_to_string(&file).expect("written"));
        assert_eq!(rows[0]["rule"], rule);
        assert!(number(&rows[0], "final_overlap") > 0.99, "{rule}");
    }
}

#[test]
fn a_spoiled_digit_is_recalled_and_named_as_csv_and_json_with_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("recalled.png");
    let path = picture.to_str().expect("text");
    let arguments =
        format!("recall --memories builtin:digits --side 20 --probe 3 --noise 0.2 --rule pseudo-inverse --out {path}");
    let output = hopfield(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let rows = rows(&text(&output.stdout));
    assert_eq!(rows.len(), 10);
    assert_eq!((rows[3]["verdict"].as_str(), rows[3]["memory"].as_str()), ("recalled 3", "3"));
    assert!(
        (number(&rows[3], "overlap") - 1.0).abs() < 1e-12 && (number(&rows[3], "probe_overlap") - 0.6).abs() < 0.01
    );
    let seen = image::open(&picture).expect("a picture");
    assert_eq!((seen.width(), seen.height()), (200, 200));
    let json: serde_json::Value =
        serde_json::from_slice(&hopfield(&format!("{arguments} --json")).stdout).expect("JSON");
    assert_eq!(json["verdict"], "recalled 3");
    assert_eq!(json["overlaps"].as_array().expect("a list").len(), 10);
    // The picture just written is a probe as well, against a folder of pictures.
    std::fs::copy(&picture, folder.path().join("other.png")).expect("copied");
    let output =
        spinscape(&["hopfield", "recall", "--memories", folder.path().to_str().expect("text"), "--probe", path]);
    assert!(text(&output.stdout).contains("recalled"), "{}", text(&output.stderr));
}

#[test]
fn wrong_arguments_end_with_one_sentence_and_code_2() {
    for (arguments, word) in [
        ("capacity --loads 0.1 --rule magic", "pseudo-inverse"),
        ("capacity --loads 0.1 --rule dense:99", "2 to 30"),
        ("capacity --loads 0", "above 0"),
        ("capacity --loads 0.1 --neurons 5000", "4096"),
        ("capacity --loads 0.1 --noise 2", "0 to 1"),
        ("capacity --loads 0.1 --trials 0", "1 or more"),
        ("capacity --loads 0.1 --threads 0", "1 to 1024"),
        ("recall --memories builtin:shapes --probe x.png", "builtin:digits"),
        ("recall --memories builtin:digits --probe 3 --side 3", "5 to 64"),
        ("recall --memories builtin:digits --probe 3 --dynamics fast", "heat-bath:T"),
    ] {
        let output = hopfield(arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {error}");
        assert!(error.contains(word) && error.trim().lines().count() == 1, "{arguments}: {error}");
    }
    let missing = hopfield("recall --memories builtin:digits --probe nowhere.png");
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("nowhere.png"));
}

/// Three pictures of noise, and another in their folder.
fn folder_with(other: impl FnOnce(&image::GrayImage) -> image::GrayImage) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let noise = |seed: u64| {
        let ink = |x: u32, y: u32| {
            let word = (u64::from(x / 10) + 20 * u64::from(y / 10) + 400 * seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (word ^ (word >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 63 == 1
        };
        image::GrayImage::from_fn(200, 200, |x, y| image::Luma([if ink(x, y) { 0 } else { 255 }]))
    };
    for (seed, name) in (0..).zip(["a", "c", "d"]) {
        noise(seed).save(folder.path().join(format!("{name}.png"))).expect("saved");
    }
    other(&noise(0)).save(folder.path().join("b.png")).expect("saved");
    folder
}

#[test]
fn a_picture_that_comes_twice_or_as_its_negative_is_not_forgotten_by_that() {
    let recall = |folder: &tempfile::TempDir| {
        hopfield(&format!(
            "recall --memories {} --probe a --noise 0.1 --rule storkey --dynamics sequential",
            folder.path().display()
        ))
    };
    let folder = folder_with(Clone::clone);
    let output = recall(&folder);
    let table = rows(&text(&output.stdout));
    assert!(text(&output.stderr).contains("there already: b (a)"), "{}", text(&output.stderr));
    assert_eq!((table.len(), table[0]["verdict"].as_str()), (3, "recalled a"), "{table:?}");
    let folder = folder_with(|picture| {
        let mut negative = picture.clone();
        image::imageops::invert(&mut negative);
        negative
    });
    let output = recall(&folder);
    let table = rows(&text(&output.stdout));
    assert!(text(&output.stderr).contains("passed over: 1"), "{}", text(&output.stderr));
    assert_eq!((table.len(), table[0]["verdict"].as_str()), (4, "recalled a"), "{table:?}");
    assert!((number(&table[1], "overlap") + 1.0).abs() < 1e-9, "the negative is another picture");
}
