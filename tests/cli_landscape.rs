//! `spinscape landscape` as a person types it.

use std::{
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
