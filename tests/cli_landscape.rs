//! `spinscape landscape` as a person types it.

use std::{
    collections::HashMap,
    fs,
    process::{Command, Output},
};

fn landscape(arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinscape"));
    command.arg("landscape").args(arguments.split_whitespace()).output().expect("the program starts")
}

fn table(arguments: &str) -> String {
    let output = landscape(arguments);
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_ring_has_two_valleys() {
    assert_eq!(
        table("tree --system ring --spins 8"),
        "minimum,energy,multiplicity,state,merges_into,barrier_energy\n0,-8,1,00000000,,\n1,-8,1,11111111,0,-4\n"
    );
}

#[test]
fn couplings_that_were_written_give_the_same_tree_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let (couplings, out) = (folder.path().join("couplings.csv"), folder.path().join("tree.csv"));
    let first = table(&format!("tree --spins 14 --seed 3 --threads 1 --couplings-out {}", couplings.display()));
    let printed = table(&format!("tree --threads 2 --couplings {} --out {}", couplings.display(), out.display()));
    assert_eq!((printed.as_str(), fs::read_to_string(out).expect("written")), ("", first));
    // By hand: two pairs that do not know of each other, and spins that know nobody.
    fs::write(&couplings, "i,j,coupling\n0,1,1\n3,1,0\n1,0,1\n2,4,-0.5\n").expect("written");
    let rows: Vec<String> =
        table(&format!("tree --couplings {}", couplings.display())).lines().map(str::to_owned).collect();
    // Ground states turn either pair: four leaves of two states each (spin 3 is free), joined over the weaker pair first.
    let passes: Vec<&str> = rows[1..].iter().map(|row| row.rsplit(',').next().unwrap_or_default()).collect();
    assert_eq!(rows.len(), 5);
    assert!(rows[1..].iter().all(|row| row.split(',').nth(1) == Some("-1.5") && row.split(',').nth(2) == Some("2")));
    assert_eq!(passes.iter().filter(|pass| **pass == "-0.5").count(), 2, "{passes:?}");
    assert_eq!(passes.iter().filter(|pass| **pass == "0.5").count(), 1, "{passes:?}");
}

#[test]
fn bad_input_ends_with_one_sentence_and_code_2_and_nothing_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, out) = (folder.path().join("couplings.csv"), folder.path().join("tree.csv"));
    let file = format!("tree --couplings {} --out {}", path.display(), out.display());
    let cases = [
        ("", "tree --spins 23", "2 to 22"),
        ("", "tree --system ring --spins 2", "3 to 22"),
        ("", "tree --system hopfield --patterns 0", "1 to 1000"),
        ("", "tree --threads 0", "1 to 1024"),
        ("i,j\n0,1\n", &file, "i,j,coupling"),
        ("i,j,coupling\n0,1,1\n1,0,2\n", &file, "line 3"),
        ("i,j,coupling\n0,22,1\n", &file, "0 to 21"),
        ("i,j,coupling\n2,2,1\n", &file, "with itself"),
        ("i,j,coupling\n0,1,NaN\n", &file, "'coupling'"),
        ("i,j,coupling\n0,one,1\n", &file, "'j'"),
        ("i,j,coupling\n0,1,0\n", &file, "not 0"),
        ("", &file, "i,j,coupling"),
    ];
    for (content, arguments, words) in cases {
        fs::write(&path, content).expect("written");
        let output = landscape(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains(words) && said.trim().lines().count() == 1, "{arguments}: {said}");
        assert!(output.stdout.is_empty() && !out.exists(), "{arguments}");
    }
}

/// Rows of a table by the names of its columns.
fn read(csv: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn walkers_escape_at_the_exact_rate_and_fill_their_histogram() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("histogram.csv").display().to_string();
    let csv = table(&format!("walk --walkers 400 --time 500 --step 0.02 --histogram {file}"));
    let row = read(&csv).remove(0);
    let number = |name: &str| row[name].parse::<f64>().unwrap_or_else(|_| panic!("{name}: {row:?}"));
    assert_eq!((row["potential"].as_str(), row["dynamics"].as_str()), ("double-well", "euler"));
    // λ₁/2 at a hill of four T, 3.72245e-3, and Kramers 10.8 % above it.
    assert!((number("exact_rate") / 3.722_45e-3 - 1.0).abs() < 1e-3, "{row:?}");
    assert!((number("kramers") / number("exact_rate") - 1.108).abs() < 2e-3, "{row:?}");
    let pull = (number("rate") - number("exact_rate")) / number("rate_err");
    assert!(pull.abs() < 4.0 && number("rate_err") < 0.06 * number("rate"), "{row:?}");
    assert!((number("escapes") / 400.0 / 500.0 - number("rate")).abs() < 1e-12);
    let bins = read(&fs::read_to_string(&file).expect("written"));
    let column = |name: &str| -> Vec<f64> { bins.iter().map(|bin| bin[name].parse().expect("a number")).collect() };
    let (x, counted, exact) = (column("x"), column("counted"), column("exact"));
    let width = x[1] - x[0];
    for density in [&counted, &exact] {
        assert!((density.iter().sum::<f64>() * width - 1.0).abs() < 1e-3, "{density:?}");
    }
    let off: f64 = counted.iter().zip(&exact).map(|(a, b)| (a - b).abs() * width).sum();
    assert!(off < 0.05, "{off}");
    // The same bits with any number of threads; another step another table.
    let walk = |more: &str| table(&format!("walk --walkers 100 {more}"));
    assert_eq!(walk("--time 20 --threads 1"), walk("--time 20 --threads 3"));
    for dynamics in ["leimkuhler-matthews", "baoab", "metropolis"] {
        let row = read(&walk(&format!("--time 20 --dynamics {dynamics}"))).remove(0);
        assert_eq!(row["exact_rate"].is_empty(), dynamics != "leimkuhler-matthews", "{row:?}");
    }
    for potential in ["tilted-double-well", "sharp-flat", "muller-brown", "himmelblau", "rastrigin", "monkey-saddle"] {
        let row = read(&walk(&format!("--potential {potential} --step 0.0001 --time 0.1"))).remove(0);
        assert_eq!(row["potential"], potential);
        assert!(row["rate_err"].parse::<f64>().is_ok_and(|error| error > 0.0), "{row:?}");
    }
    // One valley has nowhere to escape to.
    assert!(read(&walk("--potential rosenbrock --step 0.0001 --time 0.1"))[0]["rate"].is_empty());
}

#[test]
fn noise_is_led_back_to_the_points_that_were_given() {
    let folder = tempfile::tempdir().expect("a folder");
    let points = folder.path().join("points.csv");
    fs::write(&points, "x,y\n0,0\n2,0\n0,-3\n").expect("written");
    for sampler in ["ode", "sde"] {
        let arguments = format!("diffuse --points {} --samples 300 --sampler {sampler}", points.display());
        let found = read(&table(&arguments));
        assert_eq!(found.len(), 300);
        let mut hits = [0; 3];
        for row in &found {
            let at = |name: &str| row[name].parse::<f64>().expect("a number");
            let nearest: usize = row["nearest"].parse().expect("a number");
            let point = [[0.0, 0.0], [2.0, 0.0], [0.0, -3.0]][nearest];
            assert!((at("x") - point[0]).hypot(at("y") - point[1]) < 0.3, "{row:?}");
            hits[nearest] += 1;
        }
        assert!(hits.iter().all(|&hit| hit > 60), "{hits:?}");
    }
    assert_eq!(read(&table("diffuse --samples 10 --steps 5")).len(), 10);
}

#[test]
fn walks_and_points_that_cannot_be_meant_are_refused_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("written");
        path.display().to_string()
    };
    for (arguments, words) in [
        ("walk --step 0".to_owned(), "--step"),
        ("walk --temperature -1".to_owned(), "--temperature"),
        ("walk --walkers 0".to_owned(), "--walkers"),
        ("walk --time 1e12 --step 1e-9".to_owned(), "steps"),
        ("walk --temperature 5 --step 3 --walkers 10".to_owned(), "too long"),
        (format!("walk --potential himmelblau --histogram {}", file("h.csv", "")), "--histogram"),
        (format!("diffuse --points {}", file("empty.csv", "x,y\n")), "number of points"),
        (format!("diffuse --points {}", file("head.csv", "a,b\n1,2\n")), "x,y"),
        (format!("diffuse --points {}", file("value.csv", "x,y\n1,2\n3,far\n")), "line 3"),
        (format!("diffuse --points {}", file("nan.csv", "x,y\n1,NaN\n")), "line 2"),
        ("diffuse --points builtin:letters".to_owned(), "builtin:spiral"),
        ("diffuse --sigma 0".to_owned(), "width"),
        ("diffuse --samples 0".to_owned(), "--samples"),
    ] {
        let output = landscape(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains(words) && said.lines().count() == 1, "{arguments}: {said}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}
