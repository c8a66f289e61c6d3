//! IDX files, the format of MNIST: a magic number, sizes as big-endian 32-bit numbers, then bytes; plain or gzipped.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};

use super::{
    Problem,
    foreign::{self, Wanted},
};
use crate::physics::rbm::machine::{LEAST_VISIBLE, MOST_UNITS};

/// Magic number of pictures: bytes in three dimensions.
const IMAGES: u32 = 0x0803;
/// Magic number of labels: bytes in one dimension.
const LABELS: u32 = 0x0801;
/// Most bytes that are read into memory.
pub const MOST_BYTES: u64 = 2 << 30;
/// Bytes between two looks at whether to go on.
const PORTION: usize = 1 << 20;

/// Pictures of an IDX file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Pixels along the upper edge.
    pub width: usize,
    /// Pixels along the left edge.
    pub height: usize,
    /// All pixels, 0 to 255, picture after picture.
    pub grey: Vec<u8>,
}

/// Reads pictures. `name` is for messages; `watch` is told how much is done, and stops it by answering `false`: then there
/// is no result.
///
/// # Errors
/// If the file is none of pictures, its sizes are out of range, or it is too short or too long. Nothing larger than what
/// the header announces is ever held in memory.
pub fn read_images(source: impl Read, name: &str, watch: &dyn Fn(f64) -> bool) -> Result<Option<Images>, Problem> {
    images(unpacked(source, name)?, name, watch)
}

/// As [`read_images`], of what is not packed.
pub(super) fn images(
    mut source: impl Read,
    name: &str,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Option<Images>, Problem> {
    let count = header(&mut source, name, IMAGES)?;
    let height = size(&mut source, name, "problem.field.rows", 1..=MOST_UNITS as u64)?;
    let width = size(&mut source, name, "problem.field.columns", 1..=MOST_UNITS as u64)?;
    let pixels = width * height;
    if !(LEAST_VISIBLE as u64..=MOST_UNITS as u64).contains(&pixels) {
        return Err(Problem::out_of_range(name, "problem.field.pixels", pixels, [LEAST_VISIBLE, MOST_UNITS]));
    }
    let grey = body(source, name, count * pixels, watch)?;
    Ok(grey.map(|grey| Images { width: width as usize, height: height as usize, grey }))
}

/// Reads labels.
///
/// # Errors
/// As for pictures.
pub fn read_labels(source: impl Read, name: &str, watch: &dyn Fn(f64) -> bool) -> Result<Option<Vec<u8>>, Problem> {
    let mut source = unpacked(source, name)?;
    let count = header(&mut source, name, LABELS)?;
    body(source, name, count, watch)
}

/// Reads on behind gzip's magic number, or as it is.
///
/// # Errors
/// If nothing can be read.
pub(super) fn unpacked<'a>(mut source: impl Read + 'a, name: &str) -> Result<Box<dyn Read + 'a>, Problem> {
    let mut magic = Vec::new();
    source.by_ref().take(2).read_to_end(&mut magic).map_err(|error| damaged(name, error))?;
    let gzipped = magic == [0x1f, 0x8b];
    let whole = io::Cursor::new(magic).chain(source);
    Ok(if gzipped { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) })
}

fn damaged(name: &str, why: impl std::fmt::Display) -> Problem {
    Problem::new("problem.damaged").with("name", name).with("why", why)
}

fn number(source: &mut impl Read, name: &str) -> Result<u32, Problem> {
    let mut bytes = [0; 4];
    source.read_exact(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Problem::new("problem.header").with("name", name),
        _ => damaged(name, error),
    })?;
    Ok(u32::from_be_bytes(bytes))
}

fn header(source: &mut impl Read, name: &str, magic: u32) -> Result<u64, Problem> {
    let found = number(source, name)?;
    let is_picture = magic == IMAGES;
    if found != magic {
        let mut head = found.to_be_bytes().to_vec();
        source.take(foreign::HEAD as u64).read_to_end(&mut head).map_err(|error| damaged(name, error))?;
        if ![IMAGES, LABELS].contains(&found)
            && let Some(problem) = foreign::named(&head, name, Wanted::Collection)
        {
            return Err(problem);
        }
        let key = match (found, is_picture) {
            (IMAGES, _) => "problem.idx.pictures_for_labels",
            (LABELS, _) => "problem.idx.labels_for_pictures",
            (_, true) => "problem.idx.pictures",
            (_, false) => "problem.idx.labels",
        };
        let problem = Problem::new(key).with("name", name);
        return Err(problem.with("found", format!("0x{found:08x}")).with("wanted", format!("0x{magic:08x}")));
    }
    let field = if is_picture { "problem.field.pictures" } else { "problem.field.labels" };
    size(source, name, field, 1..=MOST_BYTES)
}

fn size(
    source: &mut impl Read,
    name: &str,
    field: &'static str,
    range: std::ops::RangeInclusive<u64>,
) -> Result<u64, Problem> {
    let found = u64::from(number(source, name)?);
    if range.contains(&found) {
        return Ok(found);
    }
    Err(Problem::out_of_range(name, field, found, [range.start(), range.end()]))
}

/// Exactly so many bytes, and then the end.
fn body(
    mut source: impl Read,
    name: &str,
    length: u64,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Option<Vec<u8>>, Problem> {
    if length > MOST_BYTES {
        return Err(Problem::out_of_range(name, "problem.field.bytes", length, [1, MOST_BYTES]));
    }
    let length = length as usize;
    // Memory grows with what really comes, not with what the header says.
    let mut bytes = Vec::new();
    while bytes.len() < length {
        if !watch(bytes.len() as f64 / length as f64) {
            return Ok(None);
        }
        let portion = PORTION.min(length - bytes.len()) as u64;
        let read = source.by_ref().take(portion).read_to_end(&mut bytes);
        if read.map_err(|error| damaged(name, error))? == 0 {
            let problem = Problem::new("problem.short").with("name", name);
            return Err(problem.with("found", bytes.len()).with("expected", length));
        }
    }
    let mut more = [0];
    match source.read(&mut more) {
        Ok(0) => Ok(Some(bytes)),
        Ok(_) => Err(Problem::new("problem.long").with("name", name).with("expected", length)),
        Err(error) => Err(damaged(name, error)),
    }
}

/// Writes pictures, gzipped where the name ends in `.gz`.
///
/// # Errors
/// If the file cannot be written.
pub fn write_images(path: &Path, images: &Images) -> io::Result<()> {
    let count = images.grey.len() / (images.width * images.height);
    write(path, IMAGES, &[count, images.height, images.width], &images.grey)
}

/// Writes labels, gzipped where the name ends in `.gz`.
///
/// # Errors
/// If the file cannot be written.
pub fn write_labels(path: &Path, labels: &[u8]) -> io::Result<()> {
    write(path, LABELS, &[labels.len()], labels)
}

fn write(path: &Path, magic: u32, sizes: &[usize], bytes: &[u8]) -> io::Result<()> {
    let mut content: Vec<u8> = magic.to_be_bytes().to_vec();
    for &size in sizes {
        content.extend((size as u32).to_be_bytes());
    }
    content.extend_from_slice(bytes);
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&content)?;
        content = packer.finish()?;
    }
    crate::platform::writing::write_whole(path, &content)
}
