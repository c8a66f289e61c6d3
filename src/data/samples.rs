//! Where pictures to learn from come from: made by the program, or from files.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use aligned_vec::{AVec, ConstAlign};
use ndarray::{ArrayViewD, Axis};
use ndarray_npy::{ViewElement, ViewNpyError, ViewNpyExt};
use serde::{Deserialize, Serialize};

use super::{digits, idx, import, store::name_of};
use crate::physics::{
    ising::{Coupling, Dynamics, Engine, Parameters, PlainEngine, SMALLEST_SIDE, Start},
    rbm::{
        RbmError, Samples,
        machine::{LEAST_VISIBLE, MOST_UNITS},
    },
};

/// Side of pictures that come from a folder.
pub const FOLDER_SIDE: usize = 28;
/// Most pictures that are made or read from a folder.
pub const MOST_PICTURES: usize = 1_000_000;
/// Sweeps before the first configuration of a magnet, and between two.
const SWEEPS: (usize, usize) = (200, 20);

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It cannot be read.
    #[error("{name} cannot be read: {source}")]
    Read {
        /// Which file.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// A number in it is out of range.
    #[error("{name}: the {field} is {found}; {allowed} is expected")]
    Field {
        /// Which file.
        name: String,
        /// Which number.
        field: String,
        /// What it says.
        found: String,
        /// What would be right.
        allowed: String,
    },
    /// It ends too soon.
    #[error("{name} ends too soon, {place}")]
    Truncated {
        /// Which file.
        name: String,
        /// Where.
        place: String,
    },
    /// It is damaged.
    #[error("{name} is damaged: {why}")]
    Damaged {
        /// Which file.
        name: String,
        /// How.
        why: String,
    },
    /// It is a picture that cannot be used.
    #[error(transparent)]
    Picture(#[from] import::ImportError),
    /// Pictures and labels, or sizes, do not fit together.
    #[error("{name}: {error}")]
    Fit {
        /// Which file.
        name: String,
        /// What does not fit.
        error: RbmError,
    },
    /// A folder without pictures.
    #[error("the folder {name} has no PNG, JPEG, GIF, BMP or WebP pictures in it")]
    NoPictures {
        /// Which folder.
        name: String,
    },
}

impl LoadError {
    pub(super) fn read(name: &str, source: io::Error) -> Self {
        Self::Read { name: name.to_owned(), source }
    }

    pub(super) fn field(name: &str, field: &str, found: impl std::fmt::Display, allowed: &str) -> Self {
        Self::Field {
            name: name.to_owned(),
            field: field.to_owned(),
            found: found.to_string(),
            allowed: allowed.to_owned(),
        }
    }

    pub(super) fn truncated(name: &str, place: &str) -> Self {
        Self::Truncated { name: name.to_owned(), place: place.to_owned() }
    }

    pub(super) fn damaged(name: &str, why: &str) -> Self {
        Self::Damaged { name: name.to_owned(), why: why.to_owned() }
    }
}

/// A collection of pictures, before it is made or read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Digits as the hand writes them, 28 × 28, with labels.
    Digits {
        /// How many.
        count: usize,
    },
    /// All pictures of full rows, and all of full columns: black and white appear twice.
    Bars {
        /// Pixels along a side: 2 to 6.
        side: usize,
    },
    /// Spins of a square magnet in equilibrium.
    Magnet {
        /// Spins along a side, even: up to 32.
        side: usize,
        /// T in J/k.
        temperature: f64,
        /// How many.
        count: usize,
    },
    /// Pictures that the person drew: ±1, all of one side.
    Drawings {
        /// Pixels along a side.
        side: usize,
        /// One after another, 0 and 255.
        grey: Vec<u8>,
    },
    /// A file or a folder.
    File {
        /// Pictures.
        path: PathBuf,
        /// Labels, for IDX.
        labels: Option<PathBuf>,
    },
}

impl Source {
    /// How the command line and a machine's notes name it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Digits { count } => format!("builtin:digits:{count}"),
            Self::Bars { side } => format!("builtin:bars:{side}"),
            Self::Magnet { side, temperature, count } => format!("builtin:ising:{side}:{temperature}:{count}"),
            Self::Drawings { .. } => "drawings".to_owned(),
            Self::File { path, .. } => name_of(path),
        }
    }

    /// Makes or reads the pictures, and parts them into training pictures and those held back.
    ///
    /// # Errors
    /// As [`Source::load`].
    pub fn load_split(
        &self,
        validation: f64,
        seed: u64,
        watch: &dyn Fn(f64) -> bool,
    ) -> Result<Option<(Samples, Option<Samples>)>, LoadError> {
        Ok(self.load(seed, watch)?.map(|samples| samples.split(validation, seed)))
    }

    /// Makes or reads the pictures. `watch` is told how much is done, and stops it by answering `false`.
    ///
    /// # Errors
    /// If a file cannot be used, or sizes are out of range.
    pub fn load(&self, seed: u64, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, LoadError> {
        match self {
            Self::Digits { count } => {
                check("number of digits", *count, 1..=MOST_PICTURES)?;
                written(*count, seed, watch)
            }
            Self::Bars { side } => {
                check("side", *side, 2..=6)?;
                Ok(Some(bars_and_stripes(*side)))
            }
            Self::Magnet { side, temperature, count } => {
                check("side", *side, SMALLEST_SIDE..=32)?;
                check("number of magnets", *count, 1..=MOST_PICTURES)?;
                magnets(*side, *temperature, *count, seed, watch)
            }
            Self::Drawings { side, grey } => {
                let samples = Samples::new(*side, *side, grey.clone(), None);
                samples.map(Some).map_err(|error| LoadError::Fit { name: "your drawings".to_owned(), error })
            }
            Self::File { path, labels } => read(path, labels.as_deref(), watch),
        }
    }
}

fn check(what: &str, value: usize, range: std::ops::RangeInclusive<usize>) -> Result<(), LoadError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(LoadError::field("built-in pictures", what, value, &format!("{} to {}", range.start(), range.end())))
}

fn written(count: usize, seed: u64, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, LoadError> {
    const PORTION: usize = 500;
    let labels = digits::labels(count, seed);
    let mut grey = Vec::with_capacity(count * digits::SIDE * digits::SIDE);
    for (index, &label) in labels.iter().enumerate() {
        if index % PORTION == 0 && !watch(index as f64 / count as f64) {
            return Ok(None);
        }
        grey.extend(digits::digit_at(index, label, seed));
    }
    let samples = Samples::new(digits::SIDE, digits::SIDE, grey, Some(labels));
    samples.map(Some).map_err(|error| LoadError::Fit { name: "digits".to_owned(), error })
}

/// Pictures whose rows are each all black or all white, then those whose columns are: 2 · 2^side, of which all-black and
/// all-white appear twice.
///
/// # Panics
/// Never: the pictures are whole.
#[must_use]
pub fn bars_and_stripes(side: usize) -> Samples {
    let ink = |bits: usize, line: usize| if bits >> line & 1 == 1 { 255 } else { 0 };
    let pixels = || (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
    let rows = (0..1_usize << side).flat_map(|bits| pixels().map(move |(row, _)| ink(bits, row)));
    let columns = (0..1_usize << side).flat_map(|bits| pixels().map(move |(_, column)| ink(bits, column)));
    // The number of pixels is that of whole pictures.
    Samples::new(side, side, rows.chain(columns).collect(), None).expect("whole pictures")
}

fn magnets(
    side: usize,
    temperature: f64,
    count: usize,
    seed: u64,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Option<Samples>, LoadError> {
    let parameters = Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic };
    let magnet = PlainEngine::new(side, Start::Random, parameters, Dynamics::SwendsenWang, seed);
    let mut magnet = magnet.map_err(|error| LoadError::damaged("the magnet", &error.to_string()))?;
    (0..SWEEPS.0).for_each(|_| magnet.sweep());
    let mut grey = Vec::with_capacity(count * side * side);
    for index in 0..count {
        if index % 100 == 0 && !watch(index as f64 / count as f64) {
            return Ok(None);
        }
        (0..SWEEPS.1).for_each(|_| magnet.sweep());
        grey.extend(magnet.lattice().spins().iter().map(|&spin| if spin > 0 { 255 } else { 0 }));
    }
    let samples = Samples::new(side, side, grey, None);
    samples.map(Some).map_err(|error| LoadError::Fit { name: "magnets".to_owned(), error })
}

fn open(path: &Path) -> Result<BufReader<File>, LoadError> {
    File::open(path).map(BufReader::new).map_err(|error| LoadError::read(&name_of(path), error))
}

fn read(path: &Path, labels: Option<&Path>, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, LoadError> {
    let name = name_of(path);
    if path.is_dir() {
        return read_folder(path, watch);
    }
    let read = if path.extension().is_some_and(|ending| ending == "npy") {
        read_npy(path, watch)?
    } else {
        let images = idx::read_images(open(path)?, &name, watch)?;
        images.map(|images| (images.width, images.height, images.grey))
    };
    let Some((width, height, grey)) = read else { return Ok(None) };
    let label_name = labels.map_or_else(|| name.clone(), name_of);
    let labels = match labels {
        None => None,
        Some(path) => match idx::read_labels(open(path)?, &name_of(path), &|_| watch(1.0))? {
            None => return Ok(None),
            some => some,
        },
    };
    if labels.iter().flatten().any(|&label| usize::from(label) >= crate::physics::rbm::machine::MOST_CLASSES) {
        return Err(LoadError::field(&label_name, "largest label", "too large", "a label of 0 to 63"));
    }
    Samples::new(width, height, grey, labels).map(Some).map_err(|error| LoadError::Fit { name: label_name, error })
}

fn read_folder(path: &Path, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, LoadError> {
    let name = name_of(path);
    let entries = fs::read_dir(path).map_err(|error| LoadError::read(&name, error))?;
    let is_picture = |path: &PathBuf| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        ["png", "jpg", "jpeg", "gif", "bmp", "webp"].contains(&ending.as_str())
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_picture).collect();
    paths.sort();
    paths.truncate(MOST_PICTURES);
    if paths.is_empty() {
        return Err(LoadError::NoPictures { name });
    }
    let mut grey = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        if !watch(index as f64 / paths.len() as f64) {
            return Ok(None);
        }
        let picture = import::open(path)?;
        // Ink is what there is less of: dark on light, or light on dark.
        let light = picture.is_light_on_dark();
        let ink = |level: f64| if light { level } else { 255.0 - level };
        grey.extend(picture.resampled(FOLDER_SIDE).into_iter().map(|level| ink(level).round() as u8));
    }
    Samples::new(FOLDER_SIDE, FOLDER_SIDE, grey, None).map(Some).map_err(|error| LoadError::Fit { name, error })
}

/// Width, height and pixels.
type Pixels = (usize, usize, Vec<u8>);

/// An array [pictures, rows, columns] or [pictures, pixels of a square], of bytes 0 to 255 or of numbers 0 to 1.
fn read_npy(path: &Path, watch: &dyn Fn(f64) -> bool) -> Result<Option<Pixels>, LoadError> {
    let name = name_of(path);
    let size = fs::metadata(path).map_err(|error| LoadError::read(&name, error))?.len();
    if size > idx::MOST_BYTES {
        return Err(LoadError::field(&name, "size in bytes", size, &format!("at most {}", idx::MOST_BYTES)));
    }
    // Numbers are viewed where they stand, so that a header that lies cannot take memory; the view needs alignment.
    let mut content: AVec<u8, ConstAlign<64>> = AVec::new(64);
    let mut file = open(path)?;
    let mut portion = vec![0; 1 << 20];
    loop {
        if !watch(content.len() as f64 / size.max(1) as f64) {
            return Ok(None);
        }
        match file.read(&mut portion).map_err(|error| LoadError::read(&name, error))? {
            0 => break,
            read => content.extend_from_slice(&portion[..read]),
        }
        if content.len() as u64 > idx::MOST_BYTES {
            return Err(LoadError::damaged(&name, "it grows while it is read"));
        }
    }
    let fraction = |value: f64| (0.0..=1.0).contains(&value).then_some((255.0 * value).round() as u8);
    if let Some(pixels) = view::<u8>(&content, &name, Some)? {
        return Ok(Some(pixels));
    }
    if let Some(pixels) = view::<f32>(&content, &name, |value| fraction(f64::from(value)))? {
        return Ok(Some(pixels));
    }
    match view::<f64>(&content, &name, fraction)? {
        Some(pixels) => Ok(Some(pixels)),
        None => Err(LoadError::field(&name, "type of the numbers", "another one", "uint8, float32 or float64")),
    }
}

/// `None` if the numbers are of another type.
fn view<T: ViewElement + Copy>(
    content: &[u8],
    name: &str,
    grey: impl Fn(T) -> Option<u8>,
) -> Result<Option<Pixels>, LoadError> {
    let array = match ArrayViewD::<T>::view_npy(content) {
        Ok(array) => array,
        Err(ViewNpyError::WrongDescriptor(_) | ViewNpyError::NonNativeEndian) => return Ok(None),
        Err(error) => return Err(LoadError::damaged(name, &error.to_string())),
    };
    let (height, width) = match *array.shape() {
        [_, height, width] => (height, width),
        [_, pixels] if pixels.isqrt().pow(2) == pixels => (pixels.isqrt(), pixels.isqrt()),
        ref shape => {
            let allowed = "[pictures, rows, columns], or [pictures, pixels of a square]";
            return Err(LoadError::field(name, "shape", format!("{shape:?}"), allowed));
        }
    };
    if !(LEAST_VISIBLE..=MOST_UNITS).contains(&height.saturating_mul(width)) || array.len_of(Axis(0)) == 0 {
        let allowed = format!("at least one picture of {LEAST_VISIBLE} to {MOST_UNITS} pixels");
        return Err(LoadError::field(name, "shape", format!("{:?}", array.shape()), &allowed));
    }
    let grey: Option<Vec<u8>> = array.iter().map(|&value| grey(value)).collect();
    match grey {
        Some(grey) => Ok(Some((width, height, grey))),
        None => Err(LoadError::field(name, "value of a pixel", "out of range", "0 to 1 for floating-point numbers")),
    }
}

/// The system's dialog for pictures to learn from. It may take as long as it likes: not for the window's thread.
#[must_use]
pub fn ask_for_pictures() -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().add_filter("IDX, NumPy", &["idx", "gz", "npy", "idx3-ubyte"]);
    pollster::block_on(dialog.pick_file()).map(|file| file.path().to_owned())
}
