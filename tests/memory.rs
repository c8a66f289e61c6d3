//! Reading takes memory for what it reads, not for many copies of it. Alone in its file, because it counts for the whole
//! process.

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::{alloc::System, fs, io::Write};

use flate2::{Compression, write::GzEncoder};
use spinscape::data::{
    idx::{self, Images},
    samples::Source,
};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Pictures of 28 × 28 pixels.
const COUNT: usize = 20_000;
const PIXELS: usize = 28 * 28;

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).expect("packed");
    packer.finish().expect("packed")
}

#[test]
fn pictures_are_held_a_few_times_at_most_while_they_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let grey: Vec<u8> = (0..COUNT * PIXELS).map(|place| (place * 31 % 251) as u8).collect();
    let header = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': ({COUNT}, {PIXELS}), }}\n");
    let mut array = b"\x93NUMPY\x01\x00".to_vec();
    array.extend((header.len() as u16).to_le_bytes());
    array.extend(header.as_bytes());
    array.extend(&grey);
    fs::write(at("array.npy"), &array).expect("written");
    fs::write(at("array.npy.gz"), packed(&array)).expect("written");
    idx::write_images(&at("pictures.idx"), &Images { width: 28, height: 28, grey: grey.clone() }).expect("written");
    fs::write(at("pictures.gz"), packed(&fs::read(at("pictures.idx")).expect("read"))).expect("written");
    drop(array);
    for name in ["array.npy", "array.npy.gz", "pictures.idx", "pictures.gz"] {
        let region = Region::new(ALLOCATOR);
        let source = Source::File { path: at(name), labels: None, turned: false };
        let samples = source.load(1, &|_| true).expect("read").expect("not stopped");
        // All that was ever taken; at one time it cannot be more.
        let change = region.change();
        let taken = change.bytes_allocated as f64 / (COUNT * PIXELS) as f64;
        assert_eq!((samples.len(), samples.pixels()), (COUNT, PIXELS), "{name}");
        assert!(taken < 6.0, "{name}: {taken:.1} times its pixels");
    }
}
