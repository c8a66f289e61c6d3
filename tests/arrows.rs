//! The rooms of the house and the arrows between them, read from the source.

use std::{fs, path::Path};

/// A room, and what its files may not name.
const RULES: [(&str, &[&str]); 5] = [
    (
        "physics",
        &[
            "egui",
            "eframe",
            "image::",
            "rfd",
            "std::fs",
            "std::thread",
            "std::time",
            "web_time",
            "Instant",
            "crate::simulation",
            "crate::labs",
            "crate::widgets",
            "crate::data",
            "crate::cli",
            "crate::app",
            "crate::text",
        ],
    ),
    (
        "simulation",
        &[
            "egui",
            "eframe",
            "std::fs",
            "crate::physics",
            "crate::labs",
            "crate::widgets",
            "crate::data",
            "crate::cli",
            "crate::app",
            "crate::text",
        ],
    ),
    (
        "widgets",
        &["crate::physics", "crate::simulation", "crate::labs", "crate::data", "crate::cli", "crate::app", "std::fs"],
    ),
    ("data", &["egui", "eframe", "crate::labs", "crate::widgets", "crate::cli", "crate::app", "crate::simulation"]),
    ("labs", &["crate::app", "crate::cli", "eframe", "std::fs", "std::thread", "web_time"]),
];

fn check(folder: &Path, forbidden: &[&str], wrong: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the room is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            check(&path, forbidden, wrong);
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for (number, line) in text.lines().enumerate() {
            // Prose may speak of what code may not use.
            let code = line.split("//").next().unwrap_or_default();
            for word in forbidden {
                if code.contains(word) {
                    wrong.push(format!("{}:{}: {word}", path.display(), number + 1));
                }
            }
        }
    }
}

#[test]
fn arrows_point_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, forbidden) in RULES {
        check(&source.join(room), forbidden, &mut wrong);
    }
    for lab in ["ising", "hopfield"] {
        let sim = fs::read_to_string(source.join(format!("labs/{lab}/sim.rs"))).expect("text");
        assert!(!sim.contains("egui"), "a lab's simulation knows no window");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
