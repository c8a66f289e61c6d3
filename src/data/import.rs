//! Pictures from files as patterns: opened within limits, put into a square, then black and white.
//!
//! A header that announces too large a picture is refused before anything is decoded.

use std::{io, path::Path};

use serde::{Deserialize, Serialize};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};

use super::{
    Problem,
    foreign::{self, Wanted},
};
use crate::platform::files::{self, name_of};

/// Largest file, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;
/// Most pixels of a picture.
pub const MOST_PIXELS: u64 = 50_000_000;
/// Memory that a decoder may use, in bytes.
const DECODER: u64 = 400 << 20;
/// Endings of the pictures that are read.
pub const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "bmp", "webp"];
/// Their formats.
const READ: [ImageFormat; 5] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP];
/// Levels between the darkest and the lightest pixel of a picture that shows something.
const LEAST_CONTRAST: u8 = 8;
/// A larger share of transparent pixels makes what is opaque the ink.
const LEAST_CLEAR: f64 = 0.02;
/// Side at which a picture is kept, in pixels: more than any pad has.
const KEPT: u32 = 256;

/// A square picture in grey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GreyPicture {
    /// The file's name without its ending.
    pub name: String,
    /// Pixels along a side.
    pub side: usize,
    /// 0 is black, 255 is white; row by row.
    pub levels: Vec<u8>,
}

/// How grey becomes black and white.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversion {
    /// Added to the threshold that Otsu's method finds, in levels.
    pub shift: f64,
    /// Which of light and dark becomes +1.
    pub ink: Ink,
    /// Error diffusion (Floyd and Steinberg 1976) in place of a plain threshold.
    pub dithered: bool,
}

/// Opens a picture: the first frame of an animation, turned as its camera says, whole.
///
/// # Errors
/// If the file cannot be read, is too large, is no picture or is damaged.
pub fn open(path: &Path) -> Result<GreyPicture, Problem> {
    let bytes = files::read(path, LARGEST_FILE).map_err(|error| Problem::unread(path, &error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    decode(&bytes, &name_of(path)).map(|picture| GreyPicture { name: stem, ..picture })
}

/// Decodes a picture from the content of a file.
///
/// # Errors
/// If it is no picture, too large, or damaged.
pub fn decode(bytes: &[u8], name: &str) -> Result<GreyPicture, Problem> {
    let reader = || ImageReader::new(io::Cursor::new(bytes)).with_guessed_format();
    let is_read = image::guess_format(bytes).is_ok_and(|format| READ.contains(&format));
    let no_picture = || match foreign::named(bytes, name, Wanted::Picture) {
        Some(problem) if !is_read => problem,
        _ => Problem::new("problem.picture").with("name", name),
    };
    let broken = || Problem::new("problem.damaged").with("name", name);
    let known = |reader: &ImageReader<io::Cursor<&[u8]>>| reader.format().is_some();
    let header = reader().ok().filter(known).ok_or_else(no_picture)?;
    let damaged = |error: image::ImageError| match error {
        image::ImageError::Unsupported(_) => no_picture(),
        error => broken().with("why", error),
    };
    let (width, height) = header.into_dimensions().map_err(damaged)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let problem = Problem::new("problem.megapixels").with("name", name).with("width", width).with("height", height);
        return Err(problem.with("most", MOST_PIXELS / 1_000_000));
    }
    if width == 0 || height == 0 {
        return Err(broken().with_words("why", "problem.damaged.empty"));
    }
    let mut reader = reader().map_err(|error| broken().with("why", error))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // Cameras store pictures as the sensor lay, and how to turn them beside.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    shows_something(grey_square(&picture), name)
}

/// Makes a grey picture of pixels, four bytes each (red, green, blue, and how opaque it is), as from the clipboard.
///
/// # Errors
/// If there are too many, or not as many as the sizes say, or nothing is to be seen.
pub fn from_pixels([width, height]: [usize; 2], rgba: Vec<u8>, name: &str) -> Result<GreyPicture, Problem> {
    if (width as u64).saturating_mul(height as u64) > MOST_PIXELS {
        let problem = Problem::new("problem.megapixels").with("name", name).with("width", width).with("height", height);
        return Err(problem.with("most", MOST_PIXELS / 1_000_000));
    }
    let picture = image::RgbaImage::from_raw(width as u32, height as u32, rgba).filter(|_| width * height > 0);
    let picture = picture.ok_or_else(|| Problem::new("problem.picture").with("name", name))?;
    shows_something(grey_square(&picture.into()), name).map(|grey| GreyPicture { name: name.to_owned(), ..grey })
}

fn shows_something(grey: GreyPicture, name: &str) -> Result<GreyPicture, Problem> {
    let (low, high) = grey.levels.iter().fold((255, 0), |(low, high), &level| (level.min(low), level.max(high)));
    if high - low < LEAST_CONTRAST {
        return Err(Problem::new("problem.picture.blank").with("name", name));
    }
    Ok(grey)
}

/// The whole picture in the middle of a square, whose rest is as its border.
fn grey_square(picture: &DynamicImage) -> GreyPicture {
    let longest = picture.width().max(picture.height());
    let side = longest.min(KEPT);
    let small = if longest > KEPT { picture.resize(KEPT, KEPT, FilterType::Triangle) } else { picture.clone() };
    let pixels = small.to_luma_alpha8();
    // Where much is transparent, what is opaque is the ink, be it black or white.
    let clear = pixels.pixels().filter(|pixel| pixel.0[1] < 128).count();
    let is_cut_out = clear as f64 > LEAST_CLEAR * f64::from(pixels.width() * pixels.height());
    let level = |pixel: &image::LumaA<u8>| {
        let [level, alpha] = pixel.0.map(u32::from);
        if is_cut_out { 255 - alpha as u8 } else { ((level * alpha + 255 * (255 - alpha)) / 255) as u8 }
    };
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let inner: Vec<u8> = pixels.pixels().map(level).collect();
    let mut border: Vec<u8> = border(width, height).map(|place| inner[place]).collect();
    border.sort_unstable();
    let side = side as usize;
    let mut levels = vec![border.get(border.len() / 2).copied().unwrap_or(255); side * side];
    let (left, top) = ((side - width) / 2, (side - height) / 2);
    for (row, line) in inner.chunks_exact(width).enumerate() {
        levels[(top + row) * side + left..][..width].copy_from_slice(line);
    }
    GreyPicture { name: String::new(), side, levels }
}

/// Places along the four edges.
fn border(width: usize, height: usize) -> impl Iterator<Item = usize> {
    let is_edge = move |place: &usize| {
        let (x, y) = (place % width, place / width);
        x == 0 || y == 0 || x + 1 == width || y + 1 == height
    };
    (0..width * height).filter(is_edge)
}

/// Which of light and dark is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ink {
    /// Dark on light, as with ink on paper.
    #[default]
    Dark,
    /// Light on dark, as with chalk on a board.
    Light,
}

impl Ink {
    /// What all pictures of a set have together: the ground is what lies along their edges, and where that is mixed, what
    /// there is more of.
    #[must_use]
    pub fn of<'a>(pictures: impl IntoIterator<Item = &'a GreyPicture>) -> Self {
        let (mut light, mut count) = (0.0, 0.0);
        let (mut lighter, mut all) = (0.0, 0.0);
        for picture in pictures {
            let levels: Vec<f64> = picture.levels.iter().map(|&level| f64::from(level)).collect();
            let threshold = otsu(&levels);
            let edge: Vec<usize> = border(picture.side, picture.side).collect();
            light += edge.iter().filter(|&&place| levels[place] > threshold).count() as f64 / edge.len() as f64;
            count += 1.0;
            lighter += levels.iter().filter(|&&level| level > threshold).count() as f64;
            all += levels.len() as f64;
        }
        let edges = light / f64::max(count, 1.0);
        let ground_is_light = if (0.35..=0.65).contains(&edges) { 2.0 * lighter >= all } else { edges > 0.5 };
        if ground_is_light { Self::Dark } else { Self::Light }
    }
}

/// The pictures of a folder, and the names of files that should be some and could not be read.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// In the order of their names; of equal names the endings are kept.
    pub pictures: Vec<GreyPicture>,
    /// What could not be read, and why.
    pub refused: Vec<Problem>,
}

/// Most pictures of a folder.
const MOST_OF_A_FOLDER: usize = 1_000_000;

/// Opens all pictures of a folder. What has no ending of a picture, or is hidden, is passed over: file managers leave much
/// there. `watch` is told how much is done, and stops it by answering `false`.
///
/// # Errors
/// If it cannot be listed, or holds no picture that can be read.
pub fn open_folder(path: &Path, watch: &dyn Fn(f64) -> bool) -> Result<Option<Folder>, Problem> {
    let mut paths = files::list(path).map_err(|error| Problem::unreadable(path, &error))?;
    paths.retain(|path| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        !name_of(path).starts_with('.') && ENDINGS.contains(&ending.as_str()) && files::is_file(path)
    });
    paths.truncate(MOST_OF_A_FOLDER);
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_owned();
    let mut namesakes = std::collections::HashMap::new();
    paths.iter().for_each(|path| *namesakes.entry(stem(path)).or_insert(0_u32) += 1);
    let mut folder = Folder::default();
    for (index, path) in paths.iter().enumerate() {
        if !watch(index as f64 / paths.len() as f64) {
            return Ok(None);
        }
        match open(path) {
            Ok(mut picture) => {
                if namesakes[&stem(path)] > 1 {
                    picture.name = name_of(path);
                }
                folder.pictures.push(picture);
            }
            Err(problem) => folder.refused.push(problem),
        }
    }
    if folder.pictures.is_empty() {
        let none = Problem::new("problem.no_pictures").with("name", name_of(path));
        return Err(folder.refused.into_iter().next().unwrap_or(none));
    }
    Ok(Some(folder))
}

impl GreyPicture {
    /// A square part of it: so large a share of its side, about this point in parts of its side, as near as it lies inside.
    #[must_use]
    pub fn part(&self, share: f64, centre: [f64; 2]) -> Self {
        let side = ((share * self.side as f64).round() as usize).clamp(1, self.side);
        let [left, top] = centre.map(|at| {
            let first = at * self.side as f64 - 0.5 * side as f64;
            (first.round().max(0.0) as usize).min(self.side - side)
        });
        let rows = (top..top + side).map(|row| &self.levels[row * self.side + left..][..side]);
        Self { name: self.name.clone(), side, levels: rows.flatten().copied().collect() }
    }

    /// The picture on a pad of this side, each cell the mean of the area that it covers.
    #[must_use]
    pub fn resampled(&self, side: usize) -> Vec<f64> {
        let scale = self.side as f64 / side as f64;
        // How much of each old row or column a new one covers.
        let covered = |cell: usize| {
            let (start, end) = (cell as f64 * scale, (cell + 1) as f64 * scale);
            let last = (end.ceil() as usize).min(self.side);
            (start as usize..last).map(move |old| (old, (end.min(old as f64 + 1.0) - start.max(old as f64)).max(0.0)))
        };
        let mean = |cell: usize| {
            let (row, column) = (cell / side, cell % side);
            let (mut sum, mut area) = (0.0, 0.0);
            for (y, tall) in covered(row) {
                for (x, broad) in covered(column) {
                    sum += tall * broad * f64::from(self.levels[y * self.side + x]);
                    area += tall * broad;
                }
            }
            sum / area
        };
        (0..side * side).map(mean).collect()
    }

    /// The pattern on a pad of this side: +1 where it is on.
    #[must_use]
    pub fn pattern(&self, side: usize, conversion: Conversion) -> Vec<i8> {
        let mut levels = self.resampled(side);
        let threshold = otsu(&levels) + conversion.shift;
        let mut bits = vec![-1; side * side];
        for cell in 0..side * side {
            let light = levels[cell] > threshold;
            bits[cell] = if light == (conversion.ink == Ink::Light) { 1 } else { -1 };
            if conversion.dithered {
                let error = levels[cell] - if light { 255.0 } else { 0.0 };
                let (x, y) = ((cell % side) as i64, (cell / side) as i64);
                for (dx, dy, share) in [(1, 0, 7.0), (-1, 1, 3.0), (0, 1, 5.0), (1, 1, 1.0)] {
                    let (x, y) = (x + dx, y + dy);
                    if (0..side as i64).contains(&x) && y < side as i64 {
                        levels[(y * side as i64 + x) as usize] += error * share / 16.0;
                    }
                }
            }
        }
        bits
    }
}

/// The threshold between two groups of levels that makes the groups most unlike (Otsu 1979).
#[must_use]
pub fn otsu(levels: &[f64]) -> f64 {
    let mut counts = [0.0; 256];
    for level in levels {
        counts[level.clamp(0.0, 255.0) as usize] += 1.0;
    }
    let total: f64 = counts.iter().sum();
    let sum: f64 = counts.iter().enumerate().map(|(level, count)| level as f64 * count).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let (mut best, mut first, mut last) = (f64::NEG_INFINITY, 127.0, 127.0);
    for (level, count) in counts.iter().enumerate() {
        below += count;
        sum_below += level as f64 * count;
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let difference = sum_below / below - (sum - sum_below) / above;
        let between = below * above * difference * difference;
        if between > best + 1e-9 * total {
            (best, first) = (between, level as f64);
        }
        if between >= best - 1e-9 * total {
            last = level as f64;
        }
    }
    // In the middle of an empty stretch between the groups.
    0.5 * (first + last) + 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(side: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
        let picture = image::RgbaImage::from_fn(side, side, |x, y| image::Rgba(pixel(x, y)));
        let mut bytes = io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("encodes");
        bytes.into_inner()
    }

    #[test]
    fn dark_ink_on_white_becomes_on_and_the_transparent_counts_as_white() {
        let ink = |x: u32, _| if x < 30 { [20, 20, 20, 255] } else { [0, 0, 0, 0] };
        let picture = decode(&png(100, ink), "ink.png").expect("a picture");
        assert_eq!(Ink::of([&picture]), Ink::Dark);
        let plain = Conversion { shift: 0.0, ink: Ink::Dark, dithered: false };
        let bits = picture.pattern(10, plain);
        assert!((0..100).all(|cell| (bits[cell] == 1) == (cell % 10 < 3)));
        let turned = picture.pattern(10, Conversion { ink: Ink::Light, ..plain });
        assert!(bits.iter().zip(&turned).all(|(a, b)| a == &-b));
    }

    #[test]
    fn dithering_keeps_the_mean_and_a_threshold_does_not() {
        let grey = GreyPicture { name: String::new(), side: 64, levels: vec![191; 64 * 64] };
        let dithered = Conversion { shift: 0.0, ink: Ink::Light, dithered: true };
        let on = grey.pattern(32, dithered).iter().filter(|&&bit| bit == 1).count() as f64 / 1024.0;
        assert!((on - 0.75).abs() < 0.03, "{on}");
    }

    #[test]
    fn otsu_parts_two_groups_in_the_middle() {
        let levels: Vec<f64> = [vec![20.0; 40], vec![30.0; 10], vec![200.0; 50]].concat();
        let threshold = otsu(&levels);
        assert!((30.0..200.0).contains(&threshold) && (threshold - 115.0).abs() < 2.0, "{threshold}");
    }

    #[test]
    fn what_is_no_picture_or_too_large_or_damaged_is_refused_with_a_reason() {
        let refused = |bytes: &[u8]| decode(bytes, "file.png").expect_err("refused").to_string();
        assert!(refused(b"not a picture at all").contains("choose PNG"));
        assert!(refused(b"").contains("choose PNG"));
        let whole = png(40, |x, y| [x as u8, y as u8, 0, 255]);
        assert!(refused(&whole[..whole.len() / 2]).contains("damaged"));
        // A header alone that announces 20,000 × 20,000 pixels: refused before anything is decoded.
        let mut bomb = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut header = b"IHDR".to_vec();
        header.extend(20_000_u32.to_be_bytes());
        header.extend(20_000_u32.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        bomb.extend(13_u32.to_be_bytes());
        bomb.extend(&header);
        bomb.extend(crc(&header).to_be_bytes());
        bomb.extend(0_u32.to_be_bytes());
        bomb.extend(b"IDAT");
        bomb.extend(crc(b"IDAT").to_be_bytes());
        assert!(refused(&bomb).contains("20000 × 20000"), "{}", refused(&bomb));
        let missing = open(Path::new("/nowhere/there.png")).expect_err("missing").to_string();
        assert!(missing.contains("there.png"));
    }

    /// The checksum of a PNG chunk, bit by bit.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
