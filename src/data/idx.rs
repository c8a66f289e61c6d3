//! IDX files, the format of MNIST: a magic number, sizes as big-endian 32-bit numbers, then bytes; plain or gzipped.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};

use super::samples::LoadError;
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
pub fn read_images(source: impl Read, name: &str, watch: &dyn Fn(f64) -> bool) -> Result<Option<Images>, LoadError> {
    let mut source = unpacked(source, name)?;
    let count = header(&mut source, name, IMAGES, "pictures")?;
    let height = size(&mut source, name, "rows", 1..=MOST_UNITS as u64)?;
    let width = size(&mut source, name, "columns", 1..=MOST_UNITS as u64)?;
    let pixels = width * height;
    if !(LEAST_VISIBLE as u64..=MOST_UNITS as u64).contains(&pixels) {
        let allowed = format!("{LEAST_VISIBLE} to {MOST_UNITS} pixels in a picture");
        return Err(LoadError::field(name, "rows times columns", pixels, &allowed));
    }
    let grey = body(source, name, count * pixels, watch)?;
    Ok(grey.map(|grey| Images { width: width as usize, height: height as usize, grey }))
}

/// Reads labels.
///
/// # Errors
/// As for pictures.
pub fn read_labels(source: impl Read, name: &str, watch: &dyn Fn(f64) -> bool) -> Result<Option<Vec<u8>>, LoadError> {
    let mut source = unpacked(source, name)?;
    let count = header(&mut source, name, LABELS, "labels")?;
    body(source, name, count, watch)
}

/// Reads on behind gzip's magic number, or as it is.
fn unpacked<'a>(mut source: impl Read + 'a, name: &str) -> Result<Box<dyn Read + 'a>, LoadError> {
    let mut magic = Vec::new();
    source.by_ref().take(2).read_to_end(&mut magic).map_err(|error| LoadError::read(name, error))?;
    let gzipped = magic == [0x1f, 0x8b];
    let whole = io::Cursor::new(magic).chain(source);
    Ok(if gzipped { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) })
}

fn number(source: &mut impl Read, name: &str, field: &str) -> Result<u32, LoadError> {
    let mut bytes = [0; 4];
    source.read_exact(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => LoadError::truncated(name, &format!("inside the {field} of the header")),
        _ => LoadError::damaged(name, &error.to_string()),
    })?;
    Ok(u32::from_be_bytes(bytes))
}

fn header(source: &mut impl Read, name: &str, magic: u32, what: &str) -> Result<u64, LoadError> {
    let found = number(source, name, "magic number")?;
    if found != magic {
        let other = match found {
            IMAGES => " (that is a file of pictures)",
            LABELS => " (that is a file of labels)",
            _ => "",
        };
        let allowed = format!("0x{magic:08x} for {what}{other}");
        return Err(LoadError::Field {
            name: name.to_owned(),
            field: "magic number".to_owned(),
            found: format!("0x{found:08x}"),
            allowed,
        });
    }
    size(source, name, &format!("number of {what}"), 1..=MOST_BYTES)
}

fn size(
    source: &mut impl Read,
    name: &str,
    field: &str,
    range: std::ops::RangeInclusive<u64>,
) -> Result<u64, LoadError> {
    let found = u64::from(number(source, name, field)?);
    if range.contains(&found) {
        return Ok(found);
    }
    Err(LoadError::field(name, field, found, &format!("{} to {}", range.start(), range.end())))
}

/// Exactly so many bytes, and then the end.
fn body(
    mut source: impl Read,
    name: &str,
    length: u64,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Option<Vec<u8>>, LoadError> {
    if length > MOST_BYTES {
        return Err(LoadError::field(name, "size of all pictures in bytes", length, &format!("at most {MOST_BYTES}")));
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
        if read.map_err(|error| LoadError::damaged(name, &error.to_string()))? == 0 {
            let place = format!("after {} of {length} bytes behind the header", bytes.len());
            return Err(LoadError::truncated(name, &place));
        }
    }
    let mut more = [0];
    match source.read(&mut more) {
        Ok(0) => Ok(Some(bytes)),
        Ok(_) => {
            Err(LoadError::damaged(name, &format!("it goes on after the {length} bytes that its header announces")))
        }
        Err(error) => Err(LoadError::damaged(name, &error.to_string())),
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
    super::store::write_atomically(path, &content)
}
