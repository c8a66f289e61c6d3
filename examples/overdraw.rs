//! `cargo run --release --example overdraw`: how many times each page paints over the window's area, by kind of layer.

#[path = "../tests/common/overdraw.rs"]
mod overdraw;

use clap::Parser;
use overdraw::{Kind, PLACES};

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

fn main() {
    let arguments = Arguments::parse();
    println!("{:<22}{:>10}{:>10}{:>10}{:>10}{:>10}", "page", "grounds", "pictures", "plots", "text", "all");
    for place in PLACES.iter().filter(|place| place.name.contains(&arguments.only)) {
        let found = place.overdraw(arguments.size, arguments.frames);
        let [grounds, pictures, plots, text] = Kind::ALL.map(|kind| found.layers(kind));
        println!("{:<22}{grounds:>10.2}{pictures:>10.2}{plots:>10.2}{text:>10.2}{:>10.2}", place.name, found.total());
    }
}
