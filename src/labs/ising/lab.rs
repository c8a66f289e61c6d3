//! The pages of the Ising lab, and how settings of the time when it was one page are read.

use serde_json::{Map, Value, json};

use super::{common::telling::Telling, lattices::LatticesPage, magnet::MagnetPage, study};
use crate::labs::kit::{Host, Lab, Page};

/// Builds the lab, with the magnet in front.
#[must_use]
pub fn lab(host: &Host) -> Lab {
    let telling = Telling::default();
    let (scan, scaling) = study::pages(host, &telling);
    let (magnet, lattices) = (MagnetPage::new(host, &telling), LatticesPage::new(host, &telling));
    let pages: Vec<Box<dyn Page>> = vec![Box::new(magnet), Box::new(lattices), Box::new(scan), Box::new(scaling)];
    Lab::new("ising", ["ising.title", "ising.title.short"], pages, migrated)
}

/// How the magnet is run, and its brush: once among what acts on it.
const MAGNET_RUN: [&str; 3] = ["sweeps_per_second", "asks_per_second", "look_inside"];
/// How the magnet is looked at.
const MAGNET_LOOK: [&str; 5] = ["staggered_picture", "colour_clusters", "as_voters", "ghost_curves", "connected"];
const PEN: [&str; 2] = ["brush", "brush_radius"];
/// What was once among the settings of the lattices, by lifetime.
const LATTICE_RUN: [&str; 1] = ["sweeps_per_second"];
const LATTICE_LOOK: [&str; 3] = ["look", "layer", "marks"];
/// Names of then and of now.
const RENAMED: [(&str, &str); 4] =
    [("chance", "disorder_kind"), ("share", "dilution"), ("strength", "field_strength"), ("sample", "disorder_seed")];

/// Settings of the time when the lab was one struct, brought into the form of now; none for those that are in it.
fn migrated(saved: &Value) -> Option<Value> {
    let mut magnet = saved["settings"].as_object()?.clone();
    let mut folds = object(Some(saved["folds"].clone()));
    let mut lattices = object(magnet.remove("lattices"));
    let mut scan = object(magnet.remove("scan"));
    for (then, now) in RENAMED {
        if let Some(value) = lattices.remove(then) {
            lattices.insert(now.to_owned(), value);
        }
    }
    // A scan had the seed of the magnet.
    if let Some(seed) = magnet.get("seed") {
        scan.insert("seed".to_owned(), seed.clone());
    }
    let exponents = taken(&mut scan, &["exponents"]);
    let (magnet_run, magnet_pen) = (taken(&mut magnet, &MAGNET_RUN), taken(&mut magnet, &PEN));
    let (run, pen) = (taken(&mut lattices, &LATTICE_RUN), taken(&mut lattices, &PEN));
    let look = taken(&mut lattices, &LATTICE_LOOK);
    folds.append(&mut taken(&mut magnet, &MAGNET_LOOK));
    let page = saved["folds"]["page"].as_str().unwrap_or("Magnet").to_lowercase();
    Some(json!({
        "page": page,
        "pages": {
            "magnet": { "settings": magnet, "run": magnet_run, "pen": magnet_pen, "look": folds },
            "lattices": { "settings": lattices, "run": run, "pen": pen, "look": look },
            "scan": { "settings": scan },
            "scaling": { "settings": exponents },
        },
    }))
}

fn object(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

/// Takes values out by their names.
fn taken(from: &mut Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    names.iter().filter_map(|name| from.remove_entry(*name)).collect()
}
