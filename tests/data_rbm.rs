//! Files of pictures and of machines, good ones and broken ones.

use std::{fs, io::Read, path::Path};

use ndarray::{Array2, Array3};
use ndarray_npy::{read_npy, write_npy};
use spinscape::{
    data::{
        Problem, digits,
        idx::{self, Images},
        machines::{self, MachineNotes},
        samples::Source,
    },
    physics::rbm::{Machine, Shape, VisibleKind},
};

/// Two pictures of 3 × 2 pixels.
fn small() -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3];
    bytes.extend([0, 10, 20, 30, 40, 50, 255, 128, 64, 32, 16, 8]);
    bytes
}

fn images(bytes: &[u8]) -> Result<Option<Images>, Problem> {
    idx::read_images(bytes, "pictures.idx", &|_| true)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("packs");
    packer.finish().expect("packs")
}

#[test]
fn pictures_are_read_plain_and_gzipped() {
    let expected = Images { width: 3, height: 2, grey: small()[16..].to_vec() };
    assert_eq!(images(&small()).expect("good"), Some(expected.clone()));
    assert_eq!(images(&gzip(&small())).expect("good"), Some(expected));
    assert_eq!(idx::read_images(&small()[..], "x", &|_| false).expect("stopped"), None);
}

#[test]
fn a_file_cut_off_at_any_length_or_too_long_is_refused() {
    let whole = small();
    for length in 0..whole.len() {
        let error = images(&whole[..length]).expect_err("cut off").to_string();
        assert!(error.contains("pictures.idx") && error.contains("ends too soon"), "{length}: {error}");
    }
    let packed = gzip(&whole);
    for length in 2..packed.len() {
        let error = images(&packed[..length]).expect_err("cut off").to_string();
        assert!(error.contains("pictures.idx"), "{length}: {error}");
    }
    let mut longer = whole.clone();
    longer.push(1);
    assert!(images(&longer).expect_err("too long").to_string().contains("goes on after the 12 bytes"));
    assert!(images(&gzip(&longer)).expect_err("too long").to_string().contains("goes on after the 12 bytes"));
}

#[test]
fn each_wrong_number_of_the_header_is_named_with_what_would_be_right() {
    let with = |at: usize, bytes: [u8; 4]| {
        let mut file = small();
        file[at..at + 4].copy_from_slice(&bytes);
        images(&file).expect_err("wrong").to_string()
    };
    let magic = with(0, [0, 0, 8, 1]);
    assert!(magic.contains("pictures.idx is a file of labels: choose the file with the pictures"), "{magic}");
    assert!(with(0, *b"<!DO").contains("web page"));
    let error = images(&gzip(&gzip(&small()))).expect_err("packed twice").to_string();
    assert!(error.contains("is packed (gzip): unpack it"), "{error}");
    assert!(with(0, [1, 2, 3, 4]).contains("begins with 0x01020304, and 0x00000803 is expected"));
    assert!(with(4, [0; 4]).contains("number of pictures is 0"));
    assert!(with(8, [0; 4]).contains("rows is 0, and 1 to 4096 is allowed"));
    assert!(with(12, [0, 1, 0, 0]).contains("columns is 65536"));
    assert!(with(8, [0, 0, 16, 0]).contains("rows times columns is 12288, and 4 to 4096 is allowed"));
    // Announced far more than there is: refused without taking the memory.
    assert!(with(4, [0x10, 0, 0, 0]).contains("ends too soon"));
    assert!(with(4, [0xff; 4]).contains("is 4294967295"));
    let labels = idx::read_labels(&[0, 0, 8, 3, 0, 0, 0, 1, 5][..], "labels.idx", &|_| true).expect_err("pictures");
    assert!(labels.to_string().contains("file of pictures"), "{labels}");
}

/// Endless zeros as gzip would give them, made as they are read.
struct Zeros(u64);

impl Read for Zeros {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = (buffer.len() as u64).min(self.0) as usize;
        buffer[..count].fill(0);
        self.0 -= count as u64;
        Ok(count)
    }
}

#[test]
fn ten_gigabytes_of_packed_zeros_are_refused_at_once() {
    // Packed a thousandfold: a good header with twelve bytes, then zeros without end.
    let start = small();
    let mut packer = flate2::read::GzEncoder::new(start.chain(Zeros(64 << 20)), flate2::Compression::best());
    let mut bomb = Vec::new();
    packer.read_to_end(&mut bomb).expect("packs");
    assert!(bomb.len() < 1 << 20);
    assert!(images(&bomb).expect_err("goes on").to_string().contains("goes on"));
    // Nothing but zeros: the magic number is wrong after four bytes, whatever follows.
    let packer = flate2::read::GzEncoder::new(Zeros(10 << 30), flate2::Compression::best());
    let error = idx::read_images(packer, "zeros.gz", &|_| true).expect_err("no header");
    assert!(error.to_string().contains("begins with 0x00000000"), "{error}");
    // A header that announces ten gigabytes.
    let header = [0, 0, 8, 3, 0, 0xa0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 32];
    let packer = flate2::read::GzEncoder::new(header.chain(Zeros(10 << 30)), flate2::Compression::fast());
    let error = idx::read_images(packer, "large.gz", &|_| true).expect_err("too large");
    assert!(error.to_string().contains("size of all pictures in bytes is 10737418240"), "{error}");
}

fn load(path: &Path) -> Result<spinscape::physics::rbm::Samples, String> {
    let source = Source::File { path: path.to_owned(), labels: None, turned: false };
    source.load(1, &|_| true).map_err(|error| error.to_string()).map(|samples| samples.expect("not stopped"))
}

#[test]
fn written_files_come_back_with_their_labels() {
    let folder = tempfile::tempdir().expect("a folder");
    let (grey, labels) = digits::labelled(20, 3);
    for name in ["digits.idx", "digits.idx.gz"] {
        let (path, label_path) = (folder.path().join(name), folder.path().join(format!("labels-{name}")));
        idx::write_images(&path, &Images { width: 28, height: 28, grey: grey.clone() }).expect("writes");
        idx::write_labels(&label_path, &labels).expect("writes");
        let source = Source::File { path, labels: Some(label_path), turned: false };
        let samples = source.load(1, &|_| true).expect("good").expect("not stopped");
        assert_eq!((samples.all_grey(), samples.labels(), samples.classes()), (&grey[..], Some(&labels[..]), 10));
    }
    // Labels of another number of pictures.
    let short = folder.path().join("short.idx");
    idx::write_labels(&short, &labels[..7]).expect("writes");
    let source = Source::File { path: folder.path().join("digits.idx"), labels: Some(short), turned: false };
    let error = source.load(1, &|_| true).expect_err("too few").to_string();
    assert!(error.contains("'labels' has 7 numbers, and 20 are expected"), "{error}");
}

#[test]
fn numpy_arrays_are_read_in_either_order_and_refused_where_they_do_not_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("array.npy");
    write_npy(&path, &Array3::<u8>::from_shape_fn((3, 2, 4), |(n, y, x)| (100 * n + 10 * y + x) as u8))
        .expect("writes");
    let samples = load(&path).expect("good");
    assert_eq!((samples.len(), samples.width(), samples.height()), (3, 4, 2));
    assert_eq!(samples.grey(2), [200, 201, 202, 203, 210, 211, 212, 213]);
    // The other way round in memory.
    let flipped = Array2::<f32>::from_shape_fn((9, 2), |(pixel, n)| if pixel == n { 1.0 } else { 0.5 }).reversed_axes();
    write_npy(&path, &flipped).expect("writes");
    let samples = load(&path).expect("good");
    assert_eq!((samples.len(), samples.width()), (2, 3));
    assert_eq!(samples.grey(1)[..3], [128, 255, 128]);
    for (array, what) in [
        (Array2::<f32>::from_elem((2, 9), 1.5), "pixels out of range"),
        (Array2::<f32>::from_elem((2, 9), f32::NAN), "pixels out of range"),
        (Array2::<f32>::from_elem((2, 7), 0.5), "shape"),
        (Array2::<f32>::from_elem((2, 1), 0.5), "shape"),
    ] {
        write_npy(&path, &array).expect("writes");
        let error = load(&path).expect_err(what);
        assert!(error.contains("array.npy") && error.contains(what), "{error}");
    }
    // Whole numbers of any size, and of two values; an axis of one colour.
    write_npy(&path, &Array2::<i64>::from_shape_fn((2, 9), |(n, pixel)| i64::from(n == pixel))).expect("writes");
    assert_eq!(load(&path).expect("good").grey(1)[..3], [0, 255, 0]);
    write_npy(&path, &ndarray::Array4::<i8>::from_shape_fn((2, 3, 3, 1), |(n, y, _, _)| if n == y { 1 } else { -1 }))
        .expect("writes");
    assert_eq!(load(&path).expect("good").grey(1), [0, 0, 0, 255, 255, 255, 0, 0, 0]);
    // Cut off, and a header that lies about its size.
    write_npy(&path, &Array2::<u8>::zeros((4, 9))).expect("writes");
    let good = fs::read(&path).expect("reads");
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).expect("writes");
        assert!(load(&path).is_err(), "{length}");
    }
    let lie = String::from_utf8_lossy(&good[..128]).into_owned();
    assert!(lie.contains("(4, 9)"));
    let mut lying = good.clone();
    let at = good.windows(6).position(|window| window == b"(4, 9)").expect("the shape");
    lying.splice(at..at + 6, *b"(9999999999, 9)");
    let end = lying.windows(9).position(|window| window == b"         ").expect("padding");
    lying.drain(end..end + 9);
    fs::write(&path, &lying).expect("writes");
    assert!(load(&path).is_err());
}

#[test]
fn files_are_told_apart_by_what_they_hold_and_others_called_by_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("written");
        path
    };
    let array = Array2::from_shape_fn((3, 16), |(row, column)| ((row + column) % 2) as u8);
    let mut npy = Vec::new();
    ndarray_npy::WriteNpyExt::write_npy(&array, &mut npy).expect("written");
    for (name, content) in [("a.npy", npy.clone()), ("a.npy.gz", gzip(&npy)), ("a.array", npy.clone())] {
        let samples = load(&at(name, &content)).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!((samples.len(), samples.pixels()), (3, 16), "{name}");
    }
    for (name, content) in [("a.idx", small()), ("a.npy", small()), ("a.gz", gzip(&small()))] {
        assert!(load(&at(name, &content)).is_ok(), "{name}");
    }
    for (name, content, word) in [
        ("b.npz", b"PK\x03\x04rest".to_vec(), "archive"),
        ("b.csv", b"1,2,3\n4,5,6\n".to_vec(), "CSV"),
        ("b.npy", b"<!DOCTYPE html>".to_vec(), "web page"),
        ("twice.gz", gzip(&gzip(&small())), "gunzip"),
        ("b.png", b"\x89PNG\r\n\x1a\n".to_vec(), "folder of pictures"),
        ("b.bin", b"anything else".to_vec(), "not an IDX file"),
    ] {
        let said = load(&at(name, &content)).expect_err(name);
        assert!(said.contains(word) && said.contains(name) && said.lines().count() == 1, "{name}: {said}");
    }
    for (name, content, word) in [
        ("m.npz", b"PK\x03\x04rest".to_vec(), "archive"),
        ("m.html", b"<html></html>".to_vec(), "web page"),
        ("m.npy", npy, "NumPy"),
        ("m.bin", b"anything else".to_vec(), "safetensors"),
    ] {
        let said = machines::decode(&content, name).expect_err(name).to_string();
        assert!(said.contains(word) && said.contains(name), "{name}: {said}");
    }
}

#[test]
fn a_folder_of_pictures_becomes_ink_on_paper() {
    // Ink on paper, and chalk on a board: the folder decides once.
    for (ink, paper) in [(0_u8, 255_u8), (255, 0)] {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(load(folder.path()).expect_err("empty").contains("has no PNG"));
        for (name, left) in [("a.png", 20), ("b.png", 30)] {
            let picture = image::GrayImage::from_fn(56, 56, |x, y| {
                image::Luma([if (left..left + 8).contains(&x) && (10..46).contains(&y) { ink } else { paper }])
            });
            picture.save(folder.path().join(name)).expect("writes");
        }
        // One that is broken costs the others nothing.
        fs::write(folder.path().join("c.png"), b"no picture").expect("writes");
        let samples = load(folder.path()).expect("good");
        assert_eq!((samples.len(), samples.width()), (2, 28));
        for (index, column) in [11, 16].into_iter().enumerate() {
            assert_eq!((samples.grey(index)[14 * 28 + column], samples.grey(index)[0]), (255, 0), "picture {index}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("c.png"), b"no picture").expect("writes");
    assert!(load(folder.path()).expect_err("broken").contains("c.png"));
}

fn machine(classes: usize, kind: VisibleKind) -> Machine {
    let shape = Shape { visible: 12, classes, hidden: 5, kind };
    Machine::new(shape, &[0.3; 12], 9).expect("in range")
}

#[test]
fn machines_come_back_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("machine.safetensors");
    for machine in [machine(0, VisibleKind::Binary), machine(3, VisibleKind::Binary), machine(0, VisibleKind::Gaussian)]
    {
        let notes = MachineNotes { width: 4, height: 3, epochs: 7, data: "test".to_owned(), ..MachineNotes::default() };
        machines::save(&path, &machine, &notes).expect("writes");
        assert_eq!(machines::open(&path).expect("good"), (machine.clone(), notes));
        let array = folder.path().join("weights.npy");
        machines::export_npy(&array, &machine).expect("writes");
        let weights: Array2<f32> = read_npy(&array).expect("reads");
        assert_eq!(weights.shape(), [12, 5]);
        assert_eq!(weights.as_slice().expect("in order"), &machine.weights[..60]);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 2, "no temporary file is left");
}

#[test]
fn machines_that_do_not_fit_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("machine.safetensors");
    let refused = |path: &Path| machines::open(path).expect_err("refused").to_string();
    assert!(refused(&path).contains("cannot be read"));
    fs::write(&path, b"GIF89a, and no machine at all").expect("writes");
    assert!(refused(&path).contains("a single picture: choose a machine"));
    fs::write(&path, b"no machine at all").expect("writes");
    assert!(refused(&path).contains("not a safetensors file"));
    let good = machine(0, VisibleKind::Binary);
    machines::save(&path, &good, &MachineNotes::default()).expect("writes");
    let bytes = fs::read(&path).expect("reads");
    for length in (0..bytes.len()).step_by(7) {
        fs::write(&path, &bytes[..length]).expect("writes");
        assert!(refused(&path).contains("machine.safetensors"));
    }
    let write = |tensors: Vec<(&str, Vec<usize>, Vec<f32>)>, kind: Option<&str>| {
        let bytes: Vec<Vec<u8>> =
            tensors.iter().map(|(_, _, values)| values.iter().flat_map(|v| v.to_le_bytes()).collect()).collect();
        let views: Vec<(&str, safetensors::tensor::TensorView<'_>)> = tensors
            .iter()
            .zip(&bytes)
            .map(|((name, shape, _), bytes)| {
                let view = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, shape.clone(), bytes);
                (*name, view.expect("fits"))
            })
            .collect();
        let metadata = kind.map(|kind| [("machine".to_owned(), format!("{{\"kind\": \"{kind}\"}}"))].into());
        fs::write(&path, safetensors::serialize(views, metadata).expect("packs")).expect("writes");
    };
    let parts = || {
        vec![
            ("weights", vec![12, 5], good.weights.clone()),
            ("visible_bias", vec![12], good.visible_bias.clone()),
            ("hidden_bias", vec![5], good.hidden_bias.clone()),
        ]
    };
    write(parts(), None);
    let (machine, notes) = machines::open(&path).expect("files of other programs are read");
    assert_eq!((machine, notes.width, notes.height), (good.clone(), 4, 3));
    write(parts(), Some("transformer"));
    assert!(refused(&path).contains("holds a transformer"));
    write(parts()[..2].to_vec(), None);
    assert!(refused(&path).contains("no tensor 'hidden_bias'"));
    let mut wrong = parts();
    wrong[1] = ("visible_bias", vec![11], vec![0.0; 11]);
    write(wrong, None);
    assert!(refused(&path).contains("'visible_bias' has 11 numbers, and 12 are expected"));
    let mut wrong = parts();
    wrong[0].1 = vec![60];
    write(wrong, None);
    assert!(refused(&path).contains("'weights' is F32 [60], and F32 [n, m] is expected"));
    let mut wrong = parts();
    wrong[0].2[17] = f32::NAN;
    write(wrong, None);
    assert!(refused(&path).contains("'weights' holds a number that is not finite"));
}

#[test]
fn machines_of_other_programs_are_read_by_their_names_lengths_and_either_way_round() {
    use safetensors::{Dtype, tensor::TensorView};
    let good = machine(0, VisibleKind::Binary);
    let turned: Vec<f32> =
        (0..5).flat_map(|h| (0..12).map(move |v| (v, h))).map(|(v, h)| good.weights[5 * v + h]).collect();
    let bytes = |values: &[f32], kind: Dtype| -> Vec<u8> {
        match kind {
            Dtype::F64 => values.iter().flat_map(|&value| f64::from(value).to_le_bytes()).collect(),
            Dtype::BF16 => values.iter().flat_map(|value| ((value.to_bits() >> 16) as u16).to_le_bytes()).collect(),
            _ => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        }
    };
    for (names, weights, shape, kind, digits) in [
        (["W", "v_bias", "h_bias"], &turned, vec![5, 12], Dtype::F32, 0.0),
        (["weight", "vbias", "hbias"], &good.weights, vec![12, 5], Dtype::F64, 0.0),
        (["weights", "visible_bias", "hidden_bias"], &good.weights, vec![12, 5], Dtype::BF16, 0.01),
    ] {
        let parts = [bytes(weights, kind), bytes(&good.visible_bias, kind), bytes(&good.hidden_bias, kind)];
        let shapes = [shape, vec![12], vec![5]];
        let view = |part: usize| TensorView::new(kind, shapes[part].clone(), &parts[part]).expect("fits");
        let views = (0..3).map(|part| (names[part], view(part)));
        let packed = safetensors::serialize(views, None).expect("packs");
        let (read, notes) = machines::decode(&packed, "other.safetensors").expect("it is read");
        assert_eq!(notes.is_turned, names[0] == "W", "what was turned is said");
        assert_eq!((read.shape, read.weights.len()), (good.shape, good.weights.len()), "{names:?}");
        let off = read.weights.iter().zip(&good.weights).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        let largest = good.weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        assert!(off <= digits * largest, "{names:?}: {off}");
        // Units of a kind that nobody knows are not taken for binary ones.
        let metadata = [("machine".to_owned(), "{\"visible_units\": \"softmax\"}".to_owned())].into();
        let views = (0..3).map(|part| (names[part], view(part)));
        let packed = safetensors::serialize(views, Some(metadata)).expect("packs");
        let said = machines::decode(&packed, "other.safetensors").expect_err("unknown").to_string();
        assert!(said.contains("softmax") && said.contains("gaussian"), "{said}");
    }
}

#[test]
fn built_in_collections_are_what_they_say() {
    let bars = Source::Bars { side: 4 }.load(1, &|_| true).expect("good").expect("made");
    assert_eq!((bars.len(), bars.pixels()), (32, 16));
    let distinct: std::collections::HashSet<&[u8]> = (0..32).map(|index| bars.grey(index)).collect();
    assert_eq!(distinct.len(), 30);
    // The mean energy of the 4 × 4 torus at T_c is known from all 2^16 states; here from Swendsen–Wang.
    let temperature = 2.269_185_314;
    let magnets = Source::Magnet { side: 4, temperature, count: 4000 }.load(3, &|_| true).expect("good").expect("made");
    let spin = |index: usize, x: usize, y: usize| if magnets.grey(index)[y % 4 * 4 + x % 4] > 0 { 1.0 } else { -1.0 };
    let magnetization = |index: usize| {
        let sum: f64 = (0..16).map(|place| spin(index, place % 4, place / 4)).sum();
        (sum / 16.0).abs()
    };
    let values: Vec<f64> = (0..4000).map(magnetization).collect();
    let mean = values.iter().sum::<f64>() / 4000.0;
    let error = (values.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / 4000.0 / 4000.0).sqrt();
    assert!((mean - 0.843_860_44).abs() < 4.0 * error, "{mean} ± {error}");
    assert!(Source::Bars { side: 9 }.load(1, &|_| true).expect_err("too large").to_string().contains("2 to 6"));
    assert_eq!(Source::Digits { count: 5000 }.load(1, &|done| done < 0.5).expect("stopped"), None);
}

#[test]
fn pictures_on_their_side_are_turned_and_broken_ones_in_a_folder_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("side.idx");
    // Two pictures of two rows and three columns.
    let grey: Vec<u8> = (1..=12).map(|level| 20 * level).collect();
    idx::write_images(&path, &Images { width: 3, height: 2, grey }).expect("writes");
    let source = |turned: bool| Source::File { path: path.clone(), labels: None, turned };
    let turned = source(true).load(1, &|_| true).expect("good").expect("not stopped");
    assert_eq!((turned.width(), turned.height()), (2, 3));
    assert_eq!(turned.grey(1), [140, 200, 160, 220, 180, 240]);
    assert_eq!(turned.turned(), source(false).load(1, &|_| true).expect("good").expect("not stopped"));
    let pictures = folder.path().join("pictures");
    fs::create_dir(&pictures).expect("made");
    for name in ["a.png", "b.png", "c.png"] {
        let picture = image::GrayImage::from_fn(20, 20, |x, y| image::Luma([if x > y { 255 } else { 0 }]));
        picture.save(pictures.join(name)).expect("saved");
    }
    fs::write(pictures.join("broken.png"), b"no picture").expect("written");
    let mut notes = Vec::new();
    let source = Source::File { path: pictures, labels: None, turned: false };
    let samples = source.load_noting(1, &|_| true, &mut notes).expect("good").expect("not stopped");
    assert_eq!((samples.len(), notes.len()), (3, 1));
    let note = notes[0].to_string();
    assert!(note.starts_with("3 pictures were read, 1 could not be: ") && note.contains("broken.png"), "{note}");
}
