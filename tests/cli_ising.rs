//! The headless magnet as a physicist uses it.

mod common;

use std::process::{Command, Output};

use common::counting;

fn spinscape(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinscape")).args(arguments).output().expect("the program starts")
}

fn sweep(more: &str) -> Output {
    let mut arguments = vec!["ising", "sweep"];
    arguments.extend(more.split_whitespace());
    spinscape(&arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

const HEADER: &str = "lattice,disorder,size,temperature,field,coupling,dynamics,start,sweeps,warmup,seed,energy,energy_err,magnetization,magnetization_err,abs_magnetization,abs_magnetization_err,specific_heat,specific_heat_err,susceptibility,susceptibility_err,binder,binder_err,energy_autocorrelation_time,abs_magnetization_autocorrelation_time,errors_are_honest,staggered_magnetization,staggered_magnetization_err,staggered_abs_magnetization,staggered_abs_magnetization_err,staggered_susceptibility,staggered_susceptibility_err,staggered_binder,staggered_binder_err";

/// Rows as (name of the column, number).
fn rows(csv: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines.map(|line| names.iter().map(|n| (*n).to_owned()).zip(line.split(',').map(str::to_owned)).collect()).collect()
}

#[test]
fn the_table_agrees_with_a_count_of_states_with_and_without_a_field() {
    let count = counting::brute_force_4x4();
    for (field, coupling, dynamics) in [
        (0.0, 1, "metropolis"),
        (0.2, 1, "heat-bath"),
        (0.2, -1, "swendsen-wang"),
        (0.2, 1, "wolff"),
        (0.0, -1, "wolff"),
    ] {
        let temperature = 2.5;
        let output = sweep(&format!(
            "--size 4 --temperatures {temperature} --field {field} --coupling {coupling} --dynamics {dynamics} --sweeps 200000"
        ));
        assert!(output.status.success(), "{}", text(&output.stderr));
        let csv = text(&output.stdout);
        assert_eq!(csv.lines().next(), Some(HEADER));
        let row = &rows(&csv)[0];
        let average = |f: &dyn Fn(f64, f64) -> f64| count.average(temperature, field, f64::from(coupling), f);
        let (m1, abs, m2, m4) =
            (average(&|m, _| m), average(&|m, _| m.abs()), average(&|m, _| m * m), average(&|m, _| m.powi(4)));
        let (e1, e2) = (average(&|_, e| e), average(&|_, e| e * e));
        let mean = if field == 0.0 { abs } else { m1 };
        // Turning every second spin over makes the ferromagnet of the antiferromagnet without a field.
        if (field, coupling) == (0.0, -1) {
            let ferromagnet = |f: &dyn Fn(f64) -> f64| count.average(temperature, 0.0, 1.0, |m, _| f(m));
            let (abs, m2, m4) = (ferromagnet(&f64::abs), ferromagnet(&|m| m * m), ferromagnet(&|m| m.powi(4)));
            for (name, exact) in [
                ("staggered_magnetization", 0.0),
                ("staggered_abs_magnetization", abs),
                ("staggered_susceptibility", 16.0 * (m2 - abs * abs) / temperature),
                ("staggered_binder", 1.0 - m4 / (3.0 * m2 * m2)),
            ] {
                let number = |name: &str| row[name].parse::<f64>().expect("a number");
                let (value, error) = (number(name), number(&format!("{name}_err")));
                assert!(error > 0.0 && error < 0.03, "{name}: σ = {error}");
                assert!((value - exact).abs() < 5.0 * error, "{name}: {value} ± {error}, exact {exact}");
            }
        } else if coupling == 1 {
            assert!(row["staggered_binder"].is_empty());
        }
        for (name, exact) in [
            ("energy", e1),
            ("magnetization", m1),
            ("abs_magnetization", abs),
            ("specific_heat", 16.0 * (e2 - e1 * e1) / temperature.powi(2)),
            ("susceptibility", 16.0 * (m2 - mean * mean) / temperature),
            ("binder", 1.0 - m4 / (3.0 * m2 * m2)),
        ] {
            let number = |name: &str| row[name].parse::<f64>().expect("a number");
            let (value, error) = (number(name), number(&format!("{name}_err")));
            assert!(error < 0.03 * exact.abs().max(1.0), "{dynamics} {name}: σ = {error}");
            assert!(
                (value - exact).abs() < 5.0 * error,
                "{dynamics} h={field} J={coupling} {name}: {value} ± {error}, exact {exact}"
            );
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    for dynamics in ["metropolis", "wolff"] {
        let run = |threads: u32, temperatures: &str| {
            let output = sweep(&format!(
                "--size 8 --temperatures {temperatures} --dynamics {dynamics} --sweeps 500 --threads {threads}"
            ));
            text(&output.stdout)
        };
        let one = run(1, "1.5:3.0:0.5");
        assert_eq!(one.lines().count(), 5);
        assert_eq!(one, run(2, "1.5:3.0:0.5"));
        // A point does not depend on its place in the list.
        assert_eq!(run(1, "2.5,1.5").lines().nth(2), one.lines().nth(1));
    }
}

#[test]
fn at_zero_temperature_heat_and_susceptibility_are_empty() {
    let csv = text(&sweep("--size 8 --temperatures 0 --start up --sweeps 100").stdout);
    let row = &rows(&csv)[0];
    assert_eq!(row["energy"], "-2");
    assert_eq!(row["magnetization"], "1");
    for name in ["specific_heat", "specific_heat_err", "susceptibility", "susceptibility_err"] {
        assert_eq!(row[name], "", "{name}");
    }
}

#[test]
fn odd_sides_and_two_by_two_are_measured_and_read_again() {
    let csv = text(&sweep("--size 2,3 --temperatures 1,2 --sweeps 2000 --dynamics heat-bath").stdout);
    let measured = rows(&csv);
    let value = |row: usize, name: &str| measured[row][name].parse::<f64>().expect("a number");
    assert_eq!((measured.len(), &*measured[0]["size"], &*measured[3]["size"]), (4, "2", "3"));
    assert!((value(0, "energy") + 1.995_98).abs() < 5.0 * value(0, "energy_err").max(1e-3));
    let path = std::path::Path::new("table.csv");
    let points = spinscape::data::sweeps::read(path, csv.as_bytes()).expect("what is written is read");
    assert_eq!(points.len(), 4);
    // An odd ring has no staggered order to tell of.
    let csv = text(&sweep("--size 3,4 --temperatures 2 --sweeps 200 --coupling -1").stdout);
    let measured = rows(&csv);
    assert_eq!(measured[0]["staggered_abs_magnetization"], "");
    assert_ne!(measured[1]["staggered_abs_magnetization"], "");
}

#[test]
fn wrong_arguments_are_one_line_that_says_what_is_allowed() {
    for (arguments, word) in [
        ("--temperatures hot", "2.0,2.2"),
        ("--temperatures 1:2", "step"),
        ("--temperatures=-1", "0 or more"),
        ("--temperatures 2 --size 65", "an even number from 2 to 4096, or an odd one from 3 to 63"),
        ("--temperatures 2 --size 9 --lattice honeycomb", "an even number from 4"),
        ("--temperatures 2 --size 2 --lattice cubic", "an even number from 4 to 128, or an odd one"),
        ("--temperatures 2 --size 5000", "4096"),
        ("--temperatures 2 --coupling 0", "1 or -1"),
        ("--temperatures 2 --dynamics glauber", "heat-bath"),
        ("--temperatures 2 --start left", "random"),
        ("--temperatures 2 --sweeps 1", "2 to"),
        ("--temperatures 2 --field nan", "finite"),
        ("", "--temperatures"),
    ] {
        let output = sweep(arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{arguments}: {error}");
        assert!(error.contains(word), "{arguments}: {error}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_found_out_before_the_run() {
    let output = sweep("--size 4096 --temperatures 2 --sweeps 100000000 --out /nonexistent/folder/table.csv");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/nonexistent/folder/table.csv"));
}

#[test]
fn the_table_goes_into_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("table.csv");
    let output = sweep(&format!("--size 4 --temperatures 2,3 --sweeps 100 --out {}", path.display()));
    assert!(output.status.success() && output.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(path).expect("written").lines().count(), 3);
}

#[test]
fn one_magnet_runs_says_how_fast_and_draws_itself_the_same_on_every_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("magnet.png");
    let run = |more: &[&str]| {
        let mut arguments =
            vec!["ising", "run", "--size", "128", "--temperature", "1.5", "--start", "up", "--sweeps", "300"];
        arguments.extend(["--warmup", "20", "--seed", "3"]);
        arguments.extend(more);
        let output = spinscape(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("a line of JSON")
    };
    let first = run(&["--picture", picture.to_str().expect("text")]);
    // Onsager and Yang at T = 1.5: e = −1.9511, m = 0.9865.
    let number = |key: &str| first[key].as_f64().expect("a number");
    assert!((number("energy") + 1.9511).abs() < 0.02 && (number("magnetization") - 0.9865).abs() < 0.01, "{first}");
    assert!(number("seconds") > 0.0 && number("flips_per_ns") > 0.0);
    assert_eq!(first["threads"], 1);
    assert!(!first["path"].as_str().expect("a name").is_empty());
    let plain = run(&["--path", "plain", "--threads", "2"]);
    assert_eq!((&first["energy"], &first["magnetization"]), (&plain["energy"], &plain["magnetization"]));
    let drawn = image::open(&picture).expect("a picture").to_rgb8();
    assert_eq!(drawn.dimensions(), (128, 128));
    let up = drawn.pixels().filter(|pixel| pixel.0 == [244, 201, 99]).count();
    assert_eq!(2 * up as i64 - 128 * 128, (number("magnetization") * 16_384.0).round() as i64);
    let wrong = spinscape(&["ising", "run", "--size", "65"]);
    assert_eq!(wrong.status.code(), Some(2));
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        said.contains("--size") && said.contains("an even number from 2 to 4096, or an odd one from 3 to 63"),
        "{said}"
    );
}

#[test]
fn one_magnet_has_the_sides_of_a_study_also_the_odd_ones() {
    let run = |arguments: &str| {
        let output = spinscape(&arguments.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("a line of JSON")
    };
    for dynamics in ["metropolis", "heat-bath", "wolff", "swendsen-wang"] {
        for size in [2, 3, 7, 63] {
            let line =
                run(&format!("ising run --size {size} --temperature 0 --start up --sweeps 10 --dynamics {dynamics}"));
            assert_eq!((line["energy"].as_f64(), line["sweeps"].as_u64()), (Some(-2.0), Some(10)), "{size} {dynamics}");
            assert_eq!(line["magnetization"].as_f64().map(f64::abs), Some(1.0), "{size} {dynamics}");
        }
    }
    // An odd ring of neighbours that want to differ has a bond that cannot: on 3 x 3 each row and column one at least.
    let frustrated = run("ising run --size 3 --temperature 0 --coupling -1 --sweeps 100");
    assert!(frustrated["energy"].as_f64().expect("a number") >= -2.0 + 2.0 * 2.0 / 3.0 - 1e-12, "{frustrated}");
}

#[test]
fn shards_together_are_the_whole_and_several_sizes_stand_one_after_another() {
    let study = "--size 4,8 --temperatures 2.0:2.6:0.2 --sweeps 300 --warmup 20";
    let whole = text(&sweep(study).stdout);
    assert_eq!(
        rows(&whole).iter().map(|row| row["size"].clone()).collect::<Vec<_>>(),
        ["4", "4", "4", "4", "8", "8", "8", "8"]
    );
    let mut union: Vec<String> = Vec::new();
    for shard in 0..3 {
        let part = sweep(&format!("{study} --shard {shard}/3"));
        assert!(part.status.success(), "{}", text(&part.stderr));
        let part = text(&part.stdout);
        // Point i belongs to shard i mod N.
        let lines: Vec<&str> = whole.lines().skip(1).skip(shard).step_by(3).collect();
        assert_eq!(part.lines().skip(1).collect::<Vec<_>>(), lines);
        union.extend(part.lines().skip(1).map(str::to_owned));
    }
    let mut lines: Vec<String> = whole.lines().skip(1).map(str::to_owned).collect();
    lines.sort();
    union.sort();
    assert_eq!(union, lines);
    assert!(!sweep(&format!("{study} --shard 3/3")).status.success());
}

#[test]
fn a_table_is_gone_on_with_and_comes_out_as_if_run_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("study.csv");
    let resume = |more: &str| sweep(&format!("{more} --resume {}", path.display()));
    let whole = text(&sweep("--size 8 --temperatures 1.8:2.6:0.2 --sweeps 300 --warmup 20").stdout);
    let first = resume("--size 8 --temperatures 2.2,2.6 --sweeps 300 --warmup 20");
    assert!(first.status.success(), "{}", text(&first.stderr));
    // A value made up by hand shows that the point is not run again.
    let table = std::fs::read_to_string(&path).expect("written");
    let energy = rows(&table)[0]["energy"].clone();
    std::fs::write(&path, table.replace(&energy, "-7.5")).expect("writable");
    let second = resume("--size 8 --temperatures 1.8:2.6:0.2 --sweeps 300 --warmup 20");
    assert!(second.status.success(), "{}", text(&second.stderr));
    let table = std::fs::read_to_string(&path).expect("written");
    assert_eq!(table.replace("-7.5", &energy), whole);
    // Points of another length are other points: they stay, and these come after them.
    assert!(resume("--size 8 --temperatures 2.0 --sweeps 400 --warmup 20").status.success());
    assert_eq!(std::fs::read_to_string(&path).expect("written").lines().count(), 7);
    // What is no table is refused and left as it is.
    std::fs::write(&path, "my notes").expect("writable");
    let refused = resume("--size 8 --temperatures 2.0 --sweeps 400");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("study.csv"), "{}", text(&refused.stderr));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "my notes");
}

#[test]
fn other_lattices_and_disorder_have_their_own_ground_states_and_names() {
    for (lattice, energy) in [("square", -2.0), ("triangular", -3.0), ("honeycomb", -1.5), ("cubic", -3.0)] {
        let output =
            sweep(&format!("--lattice {lattice} --size 4 --temperatures 0.2 --start up --sweeps 50 --warmup 5"));
        assert!(output.status.success(), "{}", text(&output.stderr));
        let row = &rows(&text(&output.stdout))[0];
        assert_eq!((row["lattice"].as_str(), row["energy"].parse::<f64>()), (lattice, Ok(energy)));
    }
    // In the cold a glass is frustrated: above the −2 of a magnet, below what chance gives; the same for the same seed.
    let glass = |seed: u32| {
        let study = format!("--disorder pm-j --size 16 --temperatures 0.5:1.0:0.5 --sweeps 2000 --seed {seed}");
        text(&sweep(&study).stdout)
    };
    let energy = |csv: &str| rows(csv)[0]["energy"].parse::<f64>().expect("a number");
    let first = glass(1);
    assert!(energy(&first) > -1.5 && energy(&first) < -1.2, "{first}");
    assert_eq!(first, glass(1));
    assert_ne!(energy(&first), energy(&glass(2)));
    // A third of the sites empty: fewer neighbours a spin, so an energy nearer to zero, −2 (1 − p) at T = 0.
    let diluted =
        text(&sweep("--disorder dilute:0.3 --size 64 --temperatures 0.1 --start up --sweeps 20 --warmup 2").stdout);
    assert!((energy(&diluted) + 1.4).abs() < 0.1, "{diluted}");
    for wrong in ["--lattice cubic --size 256", "--disorder glass --size 8", "--disorder dilute:3 --size 8"] {
        let output = sweep(&format!("{wrong} --temperatures 1"));
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(text(&output.stderr).contains("give"), "{wrong}: {}", text(&output.stderr));
    }
}
