//! Every reader against files that chance has spoilt: it answers with a sentence or with what it could read, and never panics.

use std::{io::Cursor, path::Path};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::{
    data::{idx, import, machines, npy, sweeps},
    physics::rbm::{Machine, Shape, VisibleKind},
};

/// Spoilt copies of each file.
const COPIES: usize = 400;

/// A few accidents: bytes changed, cut out, put in twice, set to all ones, or the end lost.
fn spoil(whole: &[u8], rng: &mut Xoshiro256PlusPlus) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..rng.random_range(1..4) {
        if bytes.is_empty() {
            break;
        }
        // Heads are short and matter most.
        let most = if rng.random::<bool>() { bytes.len().min(160) } else { bytes.len() };
        let at = rng.random_range(0..most);
        let length = rng.random_range(1..=8).min(bytes.len() - at);
        match rng.random_range(0..6) {
            0 => bytes[at] = rng.random(),
            1 => bytes[at..at + length].fill(0xFF),
            2 => bytes[at..at + length].fill(0),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Reads spoilt copies; answers how many were refused.
fn refused(whole: &[u8], seed: u64, read: impl Fn(&[u8]) -> Result<(), String>) -> usize {
    assert_eq!(read(whole), Ok(()), "the file is good before it is spoilt");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let results: Vec<_> = (0..COPIES).map(|_| read(&spoil(whole, &mut rng))).collect();
    for said in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(said.contains("file") && !said.contains('\n') && said.len() < 600, "{said}");
    }
    results.iter().filter(|result| result.is_err()).count()
}

fn said<T>(result: Result<T, impl ToString>) -> Result<(), String> {
    result.map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn spoilt_files_are_refused_in_a_sentence_or_read_and_never_panic() {
    let pictures: Vec<u8> = (0..20 * 9).map(|pixel| (pixel * 37 % 256) as u8).collect();
    let mut stored = [0x0803_u32, 20, 3, 3].map(u32::to_be_bytes).concat();
    stored.extend(&pictures);
    let labels = [[0x0801_u32, 20].map(u32::to_be_bytes).concat(), vec![3; 20]].concat();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &stored).expect("packs");
    let packed = packed.finish().expect("packs");
    let head = "{'descr': '<f4', 'fortran_order': False, 'shape': (5, 3, 3), }\n";
    let mut array = b"\x93NUMPY\x01\x00".to_vec();
    array.extend((head.len() as u16).to_le_bytes());
    array.extend(head.as_bytes());
    array.extend((0..45).flat_map(|index| (index as f32 / 45.0).to_le_bytes()));
    let shape = Shape { visible: 9, classes: 2, hidden: 4, kind: VisibleKind::Binary };
    let machine = Machine::new(shape, &[0.4; 9], 3).expect("in range");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file.safetensors");
    machines::save(&path, &machine, &machines::MachineNotes::default()).expect("written");
    let machine = std::fs::read(&path).expect("there");
    let picture = image::GrayImage::from_fn(24, 24, |x, y| image::Luma([(x * y % 256) as u8]));
    let encoded = |format: image::ImageFormat| {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::DynamicImage::ImageLuma8(picture.clone());
        // Not every format holds plain grey.
        let picture = if format == image::ImageFormat::Gif {
            image::DynamicImage::ImageRgba8(picture.to_rgba8())
        } else {
            image::DynamicImage::ImageRgb8(picture.to_rgb8())
        };
        picture.write_to(&mut bytes, format).expect("encodes");
        bytes.into_inner()
    };
    let table = include_bytes!("files/sweep_before_staggered_columns.csv");

    let watch = |_: f64| true;
    let images = |bytes: &[u8]| said(idx::read_images(bytes, "file", &watch));
    let mut counts = vec![
        refused(&stored, 1, images),
        refused(&packed, 2, images),
        refused(&labels, 3, |bytes| said(idx::read_labels(bytes, "file", &watch))),
        refused(&array, 4, |bytes| said(npy::read(bytes, "file").and_then(|array| npy::ink(array.values(), "file")))),
        refused(&machine, 5, |bytes| said(machines::decode(bytes, "file"))),
        refused(table, 6, |bytes| said(sweeps::read(Path::new("file"), bytes))),
    ];
    for (seed, format) in [
        image::ImageFormat::Png,
        image::ImageFormat::Jpeg,
        image::ImageFormat::Gif,
        image::ImageFormat::Bmp,
        image::ImageFormat::WebP,
    ]
    .into_iter()
    .enumerate()
    {
        let read = |bytes: &[u8]| said(import::decode(bytes, "file"));
        counts.push(refused(&encoded(format), 7 + seed as u64, read));
    }
    println!("refused of {COPIES}: {counts:?}");
    // Most accidents are seen; those in the middle of pixels cannot be.
    assert!(counts.iter().all(|&count| count > COPIES / 20), "{counts:?}");
}
