//! `cargo run --release --example overdraw`: how many times each page paints over the window's area, by kind of layer.

#[path = "../tests/common/overdraw.rs"]
mod overdraw;

use std::process::ExitCode;

use clap::Parser;
use overdraw::{Kind, PLACES, Place};
use spinscape::platform::console;

/// Prints painted area over window area, from the triangles of one frame of each page. Needs neither screen nor driver.
#[derive(Debug, Parser)]
#[command(name = "overdraw")]
struct Arguments {
    /// The window's size in points, as WIDTHxHEIGHT
    #[arg(long, default_value = "1600x1000", value_parser = size)]
    size: [f32; 2],
    /// Only pages whose names contain this
    #[arg(long, default_value = "")]
    only: String,
    /// Sixtieths of a second that a page runs before it is measured
    #[arg(long, default_value_t = 60)]
    frames: usize,
}

fn size(text: &str) -> Result<[f32; 2], String> {
    let parsed = text.split_once('x').and_then(|(width, height)| Some([width.parse().ok()?, height.parse().ok()?]));
    parsed.filter(|size| size.iter().all(|&side| side >= 1.0)).ok_or("a size is like 1600x1000".to_owned())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let places: Vec<&Place> = PLACES.iter().filter(|place| place.name.contains(&arguments.only)).collect();
    if places.is_empty() {
        let names: Vec<&str> = PLACES.iter().map(|place| place.name).collect();
        console::say(&format!("--only: no page has '{}' in its name; there are {}", arguments.only, names.join(", ")));
        return ExitCode::from(2);
    }
    let line = |name: &str, cells: [String; 5]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>10}")).collect();
        // A reader that has gone wants no more.
        console::print(&format!("{name:<22}{cells}")).is_ok()
    };
    let mut goes_on = line("page", ["grounds", "pictures", "plots", "text", "all"].map(str::to_owned));
    for place in places {
        if !goes_on {
            break;
        }
        let found = place.overdraw(arguments.size, arguments.frames);
        let [grounds, pictures, plots, text] = Kind::ALL.map(|kind| found.layers(kind));
        let cells = [grounds, pictures, plots, text, found.total()];
        goes_on = line(place.name, cells.map(|cell| format!("{cell:.2}")));
    }
    ExitCode::SUCCESS
}
