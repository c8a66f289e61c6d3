//! Saving pictures of the window.

use std::path::Path;

use super::Problem;
use crate::platform::writing::write_whole;

/// Writes RGBA pixels, row by row, as a PNG file.
///
/// # Errors
/// If the file cannot be written or the pixels do not fit the size.
pub fn write_png(path: &Path, size: [usize; 2], rgba: &[u8]) -> Result<(), Problem> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    let color = image::ExtendedColorType::Rgba8;
    image::ImageEncoder::write_image(encoder, rgba, size[0] as u32, size[1] as u32, color)
        .map_err(Problem::encoding)?;
    write_whole(path, &bytes).map_err(|error| Problem::unwritable(path, &error))
}
