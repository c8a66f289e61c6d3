//! The rooms of the house, what each may use, and what is wrong where one uses more.

use std::collections::BTreeSet;

use crate::{graph::Graph, resolve::Found, source::Source};

/// Which crates a room may name, beside the standard library.
pub enum Crates {
    /// These.
    Only(&'static [&'static str]),
    /// Any but these.
    AllBut(&'static [&'static str]),
}

/// A room: a folder below `src`.
pub struct Room {
    /// The folder.
    pub folder: &'static str,
    /// The other rooms that its files may name.
    pub rooms: &'static [&'static str],
    /// The crates that they may name.
    pub crates: Crates,
    /// Paths that they may not name, though they are in a crate that they may.
    pub never: &'static [&'static str],
}

/// Files, threads, clocks and the rest of the system.
const SYSTEM: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "rayon::ThreadPoolBuilder",
];
const DISK: &[&str] = &["std::env", "std::fs", "std::net", "std::process"];
const DISK_AND_CLOCK: &[&str] =
    &["std::env", "std::fs", "std::net", "std::process", "std::thread", "std::time::Instant", "std::time::SystemTime"];

/// What the platform alone may name, as soon as there is one: it is the only door to the system.
const DOOR: &[&str] = &["directories", "open", "pollster", "rfd", "std::fs"];

/// All rooms. Where one lies inside another, the inner one comes first.
pub const ROOMS: &[Room] = &[
    Room {
        folder: "physics",
        rooms: &[],
        crates: Crates::Only(&[
            "aligned_vec",
            "libm",
            "ndarray",
            "pulp",
            "rand",
            "rayon",
            "realfft",
            "rustfft",
            "serde",
            "thiserror",
        ]),
        never: SYSTEM,
    },
    Room { folder: "simulation", rooms: &[], crates: Crates::Only(&["triple_buffer", "web_time"]), never: DISK },
    Room { folder: "text", rooms: &[], crates: Crates::Only(&["serde", "sys_locale", "toml"]), never: SYSTEM },
    Room {
        folder: "widgets",
        rooms: &["text"],
        crates: Crates::Only(&["egui", "egui_plot", "serde"]),
        never: DISK_AND_CLOCK,
    },
    Room {
        folder: "data",
        rooms: &["physics", "platform", "text"],
        crates: Crates::AllBut(&["eframe", "egui", "egui_kittest", "egui_plot"]),
        never: &[],
    },
    Room {
        folder: "platform",
        rooms: &["text"],
        crates: Crates::AllBut(&["eframe", "egui", "egui_kittest", "egui_plot"]),
        never: &[],
    },
    Room {
        folder: "labs/kit",
        rooms: &["data", "platform", "simulation", "text", "widgets"],
        crates: Crates::AllBut(&["directories", "eframe", "egui_kittest", "open", "pollster", "rfd", "web_time"]),
        never: DISK_AND_CLOCK,
    },
    Room {
        folder: "labs",
        rooms: &["data", "labs/kit", "physics", "platform", "simulation", "text", "widgets"],
        crates: Crates::AllBut(&["directories", "eframe", "egui_kittest", "open", "pollster", "rfd", "web_time"]),
        never: DISK_AND_CLOCK,
    },
    Room {
        folder: "cli",
        // A run shares its cores as the window's does.
        rooms: &["data", "physics", "platform", "simulation"],
        crates: Crates::AllBut(&[
            "directories",
            "eframe",
            "egui",
            "egui_kittest",
            "egui_plot",
            "open",
            "pollster",
            "rfd",
        ]),
        never: &[],
    },
    Room {
        folder: "app",
        rooms: &["data", "labs", "labs/kit", "platform", "simulation", "text", "widgets"],
        crates: Crates::AllBut(&[]),
        never: &[],
    },
];

/// The room in which a file lies; none for the roots of the library and of the program.
pub fn room_of(file: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| is_inside(file, room.folder))
}

/// Whether a file lies in a folder.
pub fn is_inside(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// All that a room names and may not. `crates` are those that there are.
pub fn wrong_arrows(graph: &Graph, crates: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = vec![];
    let has_platform = graph.files.iter().any(|file| is_inside(file, "platform"));
    for (number, file) in graph.files.iter().enumerate() {
        let Some(room) = room_of(file) else { continue };
        for (&other, named) in &graph.needs[number] {
            let there = room_of(&graph.files[other]).map_or("the root", |room| room.folder);
            if there != room.folder && !room.rooms.contains(&there) {
                wrong.push(format!("{file} names {named} of {there}"));
            }
        }
        for path in &graph.outside[number] {
            let name = path.split("::").next().unwrap_or_default();
            let allowed = match room.crates {
                _ if name == "std" || !crates.contains(name) => true,
                Crates::Only(these) => these.contains(&name),
                Crates::AllBut(these) => !these.contains(&name),
            };
            let is_under =
                |above: &str| path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
            let is_at_the_door = has_platform && room.folder != "platform" && DOOR.iter().any(|above| is_under(above));
            if !allowed || is_at_the_door || room.never.iter().any(|above| is_under(above)) {
                wrong.push(format!("{file} names {path}"));
            }
        }
    }
    wrong
}

/// The model files of a lab that name the window's crates, and how many model files there are: those that implement
/// `Simulation`, and what such a file needs of its own lab, by way of others too.
pub fn window_in_models(source: &Source, graph: &Graph) -> (usize, Vec<String>) {
    let mut models = BTreeSet::new();
    for mention in &source.implemented {
        let file = source.modules[mention.module].file;
        let is_simulation = mention.path.last().is_some_and(|name| name == "Simulation")
            && source.resolve(mention.module, &mention.path).iter().any(
                |found| matches!(found, Found::Item(definition) if is_inside(&source.files[*definition], "simulation")),
            );
        let Some(lab) = lab_of(&source.files[file]).filter(|_| is_simulation && !source.tests.contains(&file)) else {
            continue;
        };
        models.insert(file);
        models.extend(graph.reached(file, |next| is_inside(&graph.files[next], lab)));
    }
    let mut wrong = vec![];
    for &file in &models {
        let window = graph.outside[file].iter().find(|path| path.starts_with("egui") || path.starts_with("eframe"));
        if let Some(path) = window {
            wrong.push(format!("{} names {path}", graph.files[file]));
        }
    }
    (models.len(), wrong)
}

/// The folder of the lab that a file belongs to.
fn lab_of(file: &str) -> Option<&str> {
    let after = "labs/".len();
    let end = file.strip_prefix("labs/")?.find('/')?;
    Some(&file[..after + end])
}
