//! Saving pictures of the window.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::Problem;

/// Where pictures go if nobody says otherwise: the person's pictures folder, else their home, else here.
#[must_use]
pub fn default_folder() -> PathBuf {
    let person = directories::UserDirs::new();
    let folder = person.map(|person| match person.picture_dir() {
        Some(pictures) if pictures.is_dir() => pictures.to_owned(),
        _ => person.home_dir().to_owned(),
    });
    folder.unwrap_or_else(|| PathBuf::from("."))
}

/// The first of `ising-001.png`, `ising-002.png` … that does not exist yet.
#[must_use]
pub fn free_path(folder: &Path, stem: &str, ending: &str) -> PathBuf {
    let mut names = (1..).map(|index| folder.join(format!("{stem}-{index:03}.{ending}")));
    // The range has no end, so there is always a next name.
    names.find(|path| !path.exists()).unwrap_or_else(|| folder.join(stem))
}

/// Writes RGBA pixels, row by row, as a PNG file.
///
/// # Errors
/// If the file cannot be written or the pixels do not fit the size.
pub fn write_png(path: &Path, size: [usize; 2], rgba: &[u8]) -> Result<(), Problem> {
    let write = |error| Problem::unwritable(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(write)?;
    }
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    let color = image::ExtendedColorType::Rgba8;
    image::ImageEncoder::write_image(encoder, rgba, size[0] as u32, size[1] as u32, color)
        .map_err(Problem::encoding)?;
    crate::data::store::write_atomically(path, &bytes).map_err(write)
}
