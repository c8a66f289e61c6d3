//! Where a subcommand writes to, the threads it uses, and its progress bar.

use std::{
    io::{self, Write},
    path::Path,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::ThreadPool;

use super::CliError;
use crate::{data::pictures, platform::files};

/// Colours of down and up in pictures of spins and neurons, as in the window: red, green, blue and opacity.
pub(super) const SPIN_COLOURS: [[u8; 4]; 2] = [[27, 63, 112, 255], [244, 201, 99, 255]];

/// Standard output, or a file: one that cannot be written is found out before the run, not after.
///
/// # Errors
/// If the file cannot be created.
pub fn destination(path: Option<&Path>) -> Result<Box<dyn Write>, CliError> {
    match path {
        None => Ok(Box::new(io::stdout().lock())),
        Some(path) => match files::create(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(CliError::Failed(format!("cannot write {}: {error}", path.display()))),
        },
    }
}

/// So many threads, or one a core.
///
/// # Errors
/// If the number is out of range, or the system refuses.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, CliError> {
    if threads.is_some_and(|threads| !(1..=1024).contains(&threads)) {
        return Err(CliError::Arguments("--threads: give 1 to 1024".to_owned()));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    pool.map_err(|error| CliError::Failed(format!("cannot start threads: {error}")))
}

/// Drawn only where standard error is a terminal.
#[must_use]
pub fn progress_bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10));
    // The template is a constant that parses.
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} %  {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// An argument that does not fit.
pub(super) fn refuse(error: impl std::fmt::Display) -> CliError {
    CliError::Arguments(error.to_string())
}

/// Something that went wrong on the way.
pub(super) fn failed(error: impl std::fmt::Display) -> CliError {
    CliError::Failed(error.to_string())
}

/// That a file can be written is found out before the run, not after.
pub(super) fn writable(path: &Path) -> Result<(), CliError> {
    files::try_to_write(path).map_err(|error| failed(format!("cannot write {}: {error}", path.display())))
}

/// Pixels a pixel in a sheet of pictures.
const ZOOM: usize = 3;

/// Pictures side by side, ink on paper, with a gap of one pixel.
pub(super) fn sheet(path: &Path, width: usize, height: usize, grey: &[u8]) -> Result<(), CliError> {
    let count = grey.len() / (width * height);
    let columns = ((count as f64).sqrt() * 1.4).ceil().clamp(1.0, 20.0) as usize;
    let columns = columns.min(count);
    let rows = count.div_ceil(columns);
    let (across, down) = (columns * (width + 1) + 1, rows * (height + 1) + 1);
    let mut sheet = vec![128_u8; across * down];
    for (index, picture) in grey.chunks_exact(width * height).enumerate() {
        let (left, top) = (index % columns * (width + 1) + 1, index / columns * (height + 1) + 1);
        for (row, line) in picture.chunks_exact(width).enumerate() {
            for (to, &ink) in sheet[(top + row) * across + left..].iter_mut().zip(line) {
                *to = 255 - ink;
            }
        }
    }
    let pixel = |index: usize| {
        let (x, y) = (index % (across * ZOOM) / ZOOM, index / (across * ZOOM) / ZOOM);
        let grey = sheet[y * across + x];
        [grey, grey, grey, 255]
    };
    let rgba: Vec<u8> = (0..across * down * ZOOM * ZOOM).flat_map(pixel).collect();
    pictures::write_png(path, [across * ZOOM, down * ZOOM], &rgba).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::SPIN_COLOURS;
    use crate::widgets::tokens::{SPIN_DOWN, SPIN_UP};

    #[test]
    fn pictures_have_the_colours_of_the_window() {
        assert_eq!(SPIN_COLOURS, [SPIN_DOWN.to_array(), SPIN_UP.to_array()]);
    }
}
