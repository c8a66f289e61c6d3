//! The headless Boltzmann machine as a physicist uses it.

use std::process::{Command, Output};

use spinscape::{
    data::{
        machines::{self, MachineNotes},
        samples::bars_and_stripes,
    },
    physics::rbm::{Machine, Shape, VisibleKind, exact},
};

fn rbm(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinscape")).args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn good(arguments: &[&str]) -> String {
    let output = rbm(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The fields of the last line by the names of the first.
fn last_row(csv: &str) -> std::collections::HashMap<String, String> {
    let mut lines = csv.lines();
    let names = lines.next().expect("a header").split(',').map(str::to_owned);
    names.zip(lines.last().expect("a row").split(',').map(str::to_owned)).collect()
}

#[test]
fn a_machine_is_trained_measured_in_two_ways_and_dreams() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("machine.safetensors");
    let machine = path.to_str().expect("text");
    let csv = good(&[
        "rbm",
        "train",
        "--data",
        "builtin:bars:3",
        "--validation",
        "0",
        "--hidden",
        "12",
        "--trainer",
        "cd:5",
        "--batch",
        "16",
        "--epochs",
        "1500",
        "--rate",
        "0.2",
        "--schedule",
        "linear",
        "--seed",
        "7",
        "--out",
        machine,
    ]);
    let header = "epoch,seconds,reconstruction_error,free_energy_train,free_energy_validation,pseudo_log_likelihood";
    assert_eq!(csv.lines().next(), Some(header));
    assert_eq!(csv.lines().count(), 1502, "a row an epoch, and one before");
    assert_eq!(last_row(&csv)["free_energy_validation"], "");
    let exact_row = good(&["rbm", "likelihood", machine, "--data", "builtin:bars:3", "--exact"]);
    let exact_row = last_row(&exact_row);
    // By the library, from the file.
    let (opened, notes) = machines::open(&path).expect("good");
    assert_eq!((notes.width, notes.height, notes.epochs), (3, 3, 1500));
    let log_z = exact::log_partition(&opened, &|_| true).expect("small").expect("not stopped");
    assert!((exact_row["log_z"].parse::<f64>().expect("a number") - log_z).abs() < 1e-9);
    let bars = bars_and_stripes(3);
    let picture = |index: usize| -> Vec<f32> { bars.grey(index).iter().map(|&grey| f32::from(grey) / 255.0).collect() };
    let total: f64 = (0..16).map(|index| exact::log_likelihood(&opened, &picture(index), log_z)).sum();
    assert!((exact_row["total_log_likelihood"].parse::<f64>().expect("a number") - total).abs() < 1e-6);
    let ais = good(&[
        "rbm",
        "likelihood",
        machine,
        "--data",
        "builtin:bars:3",
        "--ais-runs",
        "200",
        "--ais-steps",
        "3000",
        "--seed",
        "3",
    ]);
    let ais = last_row(&ais);
    let (found, error): (f64, f64) = (ais["log_z"].parse().expect("number"), ais["log_z_err"].parse().expect("number"));
    assert!(error > 0.0 && error < 0.3 && (found - log_z).abs() < 4.0 * error, "{found} ± {error} against {log_z}");
    let sheet = folder.path().join("dreams.png");
    let row = good(&[
        "rbm",
        "dream",
        machine,
        "--count",
        "30",
        "--steps",
        "50",
        "--temperature",
        "1",
        "--seed",
        "7",
        "--out",
        sheet.to_str().expect("text"),
    ]);
    assert_eq!(last_row(&row)["chains"], "30");
    assert!(image::open(&sheet).expect("a picture").width() > 20);
}

#[test]
fn labels_are_learned_and_dreamed_on_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    good(&["data", "digits", "--count", "300", "--seed", "7", "--out", &at("digits.idx.gz")]);
    good(&["data", "digits", "--count", "60", "--out", &at("sheet.png")]);
    let csv = good(&[
        "rbm",
        "train",
        "--data",
        &at("digits.idx.gz"),
        "--labels",
        &at("digits-labels.idx.gz"),
        "--hidden",
        "40",
        "--trainer",
        "pcd:1",
        "--epochs",
        "3",
        "--batch",
        "20",
        "--rate",
        "0.05",
        "--momentum",
        "0.5",
        "--decay",
        "0.0001",
        "--threads",
        "2",
        "--seed",
        "7",
        "--out",
        &at("m.safetensors"),
        "--weights",
        &at("w.npy"),
    ]);
    assert!(!last_row(&csv)["free_energy_validation"].is_empty());
    let (machine, _) = machines::open(&folder.path().join("m.safetensors")).expect("good");
    assert_eq!((machine.shape.visible, machine.shape.classes, machine.shape.hidden), (784, 10, 40));
    good(&[
        "rbm",
        "dream",
        &at("m.safetensors"),
        "--count",
        "4",
        "--steps",
        "5",
        "--label",
        "7",
        "--out",
        &at("seven.png"),
    ]);
    let wrong = rbm(&["rbm", "dream", &at("m.safetensors"), "--label", "10", "--out", &at("ten.png")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("--label: give 0 to 9"));
}

#[test]
fn the_same_seed_gives_the_same_file_with_one_thread_and_with_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |threads: &str| {
        let path = folder.path().join(format!("{threads}.safetensors"));
        good(&[
            "rbm",
            "train",
            "--data",
            "builtin:digits:300",
            "--hidden",
            "300",
            "--trainer",
            "pcd:2",
            "--epochs",
            "2",
            "--threads",
            threads,
            "--seed",
            "9",
            "--out",
            path.to_str().expect("text"),
        ]);
        std::fs::read(path).expect("saved")
    };
    assert_eq!(run("1"), run("2"));
}

#[test]
fn what_does_not_fit_is_refused_in_one_sentence() {
    for (arguments, code, words) in [
        ("rbm train --data builtin:cats", 2, "'builtin:cats' is not a collection of pictures"),
        ("rbm train --data builtin:bars:9", 2, "2 to 6"),
        ("rbm train --data /no/such/file.idx", 1, "file.idx cannot be read"),
        ("rbm train --data builtin:bars:3 --trainer cd:0", 2, "give cd:K or pcd:K with K from 1 to 100"),
        ("rbm train --data builtin:bars:3 --rate -1", 2, "rate -1: give a number above 0"),
        ("rbm train --data builtin:bars:3 --hidden 0", 2, "0 hidden units: give 1 to 4096"),
        ("rbm train --data builtin:bars:3 --validation 1", 2, "--validation: give 0 to below 1"),
        ("rbm train --data builtin:bars:3 --learn-labels", 2, "--learn-labels needs pictures with labels"),
        ("rbm likelihood /no/such.safetensors --data builtin:bars:3", 1, "such.safetensors cannot be read"),
        ("data digits --out digits.jpg", 2, "ends in .png, .idx or .idx.gz"),
    ] {
        let output = rbm(&arguments.split(' ').collect::<Vec<_>>());
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {error}");
        assert!(error.contains(words) && error.trim_end().lines().count() == 1, "{arguments}: {error}");
    }
}

#[test]
fn weights_that_blow_up_end_the_run_with_the_cause_and_a_good_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("m.safetensors");
    let output = rbm(&[
        "rbm",
        "train",
        "--data",
        "builtin:bars:3",
        "--validation",
        "0",
        "--hidden",
        "12",
        "--visible",
        "gaussian",
        "--rate",
        "5",
        "--epochs",
        "2000",
        "--batch",
        "16",
        "--out",
        path.to_str().expect("text"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the weights blew up") && text(&output.stderr).contains("--rate"));
    assert!(machines::open(&path).is_ok(), "the last good machine is kept");
}

#[test]
fn what_no_number_can_hold_or_no_memory_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let save = |name: &str, shape: Shape, weight: f32| {
        let mut machine = Machine::new(shape, &vec![0.5; shape.visible], 1).expect("in range");
        machine.weights.fill(weight);
        let notes = MachineNotes { width: shape.visible / 3, height: 3, ..MachineNotes::default() };
        machines::save(at(name).as_ref(), &machine, &notes).expect("written");
    };
    let shape = Shape { visible: 9, classes: 0, hidden: 4, kind: VisibleKind::Binary };
    save("huge", shape, 3e38);
    for way in [&["--exact"][..], &["--ais-runs", "10", "--ais-steps", "20"]] {
        let (machine, data) = (at("huge"), "builtin:bars:3");
        let output = rbm(&[&["rbm", "likelihood", &machine, "--data", data][..], way].concat());
        let (said, table) = (text(&output.stderr), text(&output.stdout));
        if output.status.success() {
            // Where doubles can hold it, it is a number.
            let row = last_row(&table);
            let is_number = |name: &str| row[name].parse::<f64>().is_ok_and(f64::is_finite);
            assert!(is_number("log_z") && is_number("total_log_likelihood"), "{table}");
        } else {
            assert_eq!((output.status.code(), table.as_str()), (Some(1), ""), "{said}");
            assert!(said.contains("too large") && said.lines().count() == 1, "{said}");
        }
    }
    // Six ladders of ten thousand dreams of a large machine.
    save("large", Shape { visible: 4095, hidden: 4096, ..shape }, 0.0);
    let output =
        rbm(&["rbm", "dream", &at("large"), "--count", "10000", "--tempered", "--steps", "1", "--out", &at("d.png")]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--count") && said.contains("fit into memory"), "{said}");
}
