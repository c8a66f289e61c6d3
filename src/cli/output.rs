//! Where a subcommand writes to, the threads it uses, and its progress bar.

use std::{io, path::Path};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::ThreadPool;

use super::CliError;
use crate::{
    data::pictures,
    platform::{console, files, writing},
};

pub(super) use crate::platform::console::say;

/// Colours of down and up in pictures of spins and neurons, as in the window: red, green, blue and opacity.
pub(super) const SPIN_COLOURS: [[u8; 4]; 2] = [[27, 63, 112, 255], [244, 201, 99, 255]];

/// What a subcommand prints, line by line. A reader that has heard enough is no reason to stop: what was asked for besides is
/// done all the same, and the rest is said to nobody.
#[derive(Debug, Default)]
pub(super) struct Results {
    trouble: Option<io::Error>,
}

impl Results {
    /// Prints a line at once.
    pub fn line(&mut self, line: &str) {
        self.bytes(format!("{line}\n").as_bytes());
    }

    /// Prints all of this at once.
    pub fn bytes(&mut self, bytes: &[u8]) {
        if self.trouble.is_none() {
            self.trouble = console::print_bytes(bytes).err();
        }
    }

    /// Whether all of it was taken, or nobody wanted the rest.
    ///
    /// # Errors
    /// If the output could not be written for another reason than that its reader has gone.
    pub fn end(self) -> Result<(), CliError> {
        match self.trouble {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(failed(format!("cannot write the results: {error}")))
            }
            _ => Ok(()),
        }
    }
}

/// Writes to a file whole or not at all, or prints.
///
/// # Errors
/// If it cannot be written.
pub(super) fn emit(path: Option<&Path>, bytes: &[u8]) -> Result<(), CliError> {
    let Some(path) = path else {
        let mut results = Results::default();
        results.bytes(bytes);
        return results.end();
    };
    writing::write_whole(path, bytes).map_err(|error| failed(format!("cannot write {}: {error}", path.display())))
}

/// Memory that the threads of a study may take together, in bytes.
const MOST_MEMORY: u64 = 4 << 30;

/// Threads for a number of jobs that each take some bytes: as many as are asked for, or one a core, but no more than fit
/// into memory together.
///
/// # Errors
/// If the number is out of range or more than fit, or the system refuses.
pub fn pool_for(threads: Option<usize>, jobs: usize, bytes: u64) -> Result<ThreadPool, CliError> {
    let fitting = usize::try_from(MOST_MEMORY / bytes.max(1)).unwrap_or(usize::MAX).max(1);
    match threads {
        Some(threads) if threads.min(jobs) > fitting => {
            let megabytes = bytes >> 20;
            Err(refuse(format!("--threads: each takes {megabytes} MB of memory here, give 1 to {fitting}")))
        }
        Some(threads) => pool(Some(threads)),
        None => {
            let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            pool((cores > fitting).then_some(fitting))
        }
    }
}

/// Most threads that may be asked for.
const MOST_THREADS: usize = 1024;

/// So many threads, or one a core.
///
/// # Errors
/// If the number is out of range, or the system refuses.
pub fn pool(threads: Option<usize>) -> Result<ThreadPool, CliError> {
    if threads.is_some_and(|threads| !(1..=MOST_THREADS).contains(&threads)) {
        return Err(refuse(format!("--threads: give 1 to {MOST_THREADS}")));
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
    writing::try_to_write(path).map_err(|error| failed(format!("cannot write {}: {error}", path.display())))
}

/// Keeps other runs from going on with the same file for as long as the answer lives. The lock is on a sibling that is never
/// replaced, as the file itself is with each writing.
///
/// # Errors
/// If another run has the file.
pub(super) fn locked(path: &Path) -> Result<Option<files::Lock>, CliError> {
    let name = format!(".{}.lock", files::name_of(path));
    match files::lock(&path.with_file_name(name)) {
        Ok(lock) => Ok(Some(lock)),
        Err(files::LockError::Taken) => {
            Err(refuse(format!("{} is in use by another run: let it end, or give another file", path.display())))
        }
        Err(files::LockError::System(error)) => {
            say(&format!("no lock can be had beside {} ({error}): let no other run use it", path.display()));
            Ok(None)
        }
    }
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
