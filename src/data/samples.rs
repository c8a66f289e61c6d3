//! Where pictures to learn from come from: made by the program, or from files.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    Problem, digits,
    idx::{self, Images},
    import, npy,
};
use crate::{
    physics::{
        ising::{Coupling, Dynamics, Engine, Parameters, PlainEngine, SMALLEST_SIDE, Start},
        rbm::{
            Samples,
            machine::{LEAST_VISIBLE, MOST_CLASSES, MOST_UNITS},
        },
    },
    platform::files::{self, name_of},
};

/// Side of pictures that come from a folder.
pub const FOLDER_SIDE: usize = 28;
/// Most pictures that are made or read from a folder.
pub const MOST_PICTURES: usize = 1_000_000;
/// Pictures that are made where no number is given.
const MANY: usize = 10_000;
/// Bytes between two looks at whether to go on.
const PORTION: u64 = 1 << 20;
/// Sweeps before the first configuration of a magnet, and between two.
const SWEEPS: (usize, usize) = (200, 20);

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
        /// Whether rows and columns are to be exchanged: some collections lie on their side (EMNIST, as it is distributed).
        #[serde(default)]
        turned: bool,
    },
}

impl Source {
    /// What the names of pictures begin with that the program makes itself.
    pub const BUILT_IN: &str = "builtin:";

    /// Reads the name of pictures that the program makes itself, as [`Source::name`] writes it; none where it is no such
    /// name. Numbers that are left out are 10,000.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.strip_prefix(Self::BUILT_IN)?.split(':').collect();
        let number = |part: &str| part.parse::<usize>().ok();
        Some(match *parts {
            ["digits"] => Self::Digits { count: MANY },
            ["digits", count] => Self::Digits { count: number(count)? },
            ["bars", side] => Self::Bars { side: number(side)? },
            ["ising", side, temperature] | ["ising", side, temperature, _] => Self::Magnet {
                side: number(side)?,
                temperature: temperature.parse().ok()?,
                count: parts.get(3).map_or(Some(MANY), |count| number(count))?,
            },
            _ => return None,
        })
    }

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
        notes: &mut Vec<Problem>,
    ) -> Result<Option<(Samples, Option<Samples>)>, Problem> {
        Ok(self.load_noting(seed, watch, notes)?.map(|samples| samples.split(validation, seed)))
    }

    /// Makes or reads the pictures. `watch` is told how much is done, and stops it by answering `false`.
    ///
    /// # Errors
    /// If a file cannot be used, or sizes are out of range.
    pub fn load(&self, seed: u64, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, Problem> {
        self.load_noting(seed, watch, &mut Vec::new())
    }

    /// Does as [`Source::load`]; `notes` gets what a person should know about pictures that can be used all the same.
    ///
    /// # Errors
    /// As [`Source::load`].
    pub fn load_noting(
        &self,
        seed: u64,
        watch: &dyn Fn(f64) -> bool,
        notes: &mut Vec<Problem>,
    ) -> Result<Option<Samples>, Problem> {
        match self {
            Self::Digits { count } => {
                check("problem.field.digits", *count, 1..=MOST_PICTURES)?;
                written(*count, seed, watch)
            }
            Self::Bars { side } => {
                check("problem.field.side", *side, 2..=6)?;
                Ok(Some(bars_and_stripes(*side)))
            }
            Self::Magnet { side, temperature, count } => {
                check("problem.field.side", *side, SMALLEST_SIDE..=32)?;
                check("problem.field.magnets", *count, 1..=MOST_PICTURES)?;
                magnets(*side, *temperature, *count, seed, watch)
            }
            Self::Drawings { side, grey } => {
                let samples = Samples::new(*side, *side, grey.clone(), None);
                samples.map(Some).map_err(|error| Problem::misfit("your drawings", &error))
            }
            Self::File { path, labels, turned } => {
                let samples = read(path, labels.as_deref(), watch, notes)?;
                Ok(samples.map(|samples| if *turned { samples.turned() } else { samples }))
            }
        }
    }
}

fn check(field: &'static str, value: usize, range: std::ops::RangeInclusive<usize>) -> Result<(), Problem> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(Problem::out_of_range("builtin", field, value, [range.start(), range.end()]))
}

fn written(count: usize, seed: u64, watch: &dyn Fn(f64) -> bool) -> Result<Option<Samples>, Problem> {
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
    samples.map(Some).map_err(|error| Problem::misfit("digits", &error))
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
) -> Result<Option<Samples>, Problem> {
    let parameters = Parameters { temperature, field: 0.0, coupling: Coupling::Ferromagnetic };
    let magnet = PlainEngine::new(side, Start::Random, parameters, Dynamics::SwendsenWang, seed);
    let mut magnet =
        magnet.map_err(|error| Problem::new("problem.misfit").with("name", "magnet").with("why", error))?;
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
    samples.map(Some).map_err(|error| Problem::misfit("magnets", &error))
}

fn open(path: &Path) -> Result<files::Opened, Problem> {
    files::open(path).map_err(|error| Problem::unreadable(path, &error))
}

fn read(
    path: &Path,
    labels: Option<&Path>,
    watch: &dyn Fn(f64) -> bool,
    notes: &mut Vec<Problem>,
) -> Result<Option<Samples>, Problem> {
    let name = name_of(path);
    if files::is_folder(path) {
        return read_folder(path, watch, notes);
    }
    let file = open(path)?;
    let size = file.size;
    let mut source = idx::unpacked(file, &name)?;
    // Told apart by how they begin, not by their names.
    let mut head = Vec::new();
    let taken = source.by_ref().take(npy::MAGIC.len() as u64).read_to_end(&mut head);
    taken.map_err(|error| Problem::unreadable(path, &error))?;
    let is_array = head == npy::MAGIC;
    let source = io::Cursor::new(head).chain(source);
    let read = if is_array { array(source, size, &name, watch)? } else { idx::images(source, &name, watch)? };
    let Some(Images { width, height, grey }) = read else { return Ok(None) };
    let label_name = labels.map_or_else(|| name.clone(), name_of);
    let labels = match labels {
        None => None,
        Some(path) => match idx::read_labels(open(path)?, &name_of(path), &|_| watch(1.0))? {
            None => return Ok(None),
            some => some,
        },
    };
    let largest = labels.iter().flatten().copied().max().map_or(0, usize::from);
    if largest >= MOST_CLASSES {
        return Err(Problem::out_of_range(&label_name, "problem.field.label", largest, [0, MOST_CLASSES - 1]));
    }
    Samples::new(width, height, grey, labels).map(Some).map_err(|error| Problem::misfit(&label_name, &error))
}

fn read_folder(path: &Path, watch: &dyn Fn(f64) -> bool, notes: &mut Vec<Problem>) -> Result<Option<Samples>, Problem> {
    let name = name_of(path);
    let Some(folder) = import::open_folder(path, watch)? else { return Ok(None) };
    if let Some(first) = folder.refused.first() {
        let note = Problem::new("problem.some_pictures").with("count", folder.pictures.len());
        notes.push(note.with("refused", folder.refused.len()).with("first", first));
    }
    let ink = import::Ink::of(&folder.pictures);
    let mut grey = Vec::new();
    for picture in &folder.pictures {
        let level = |level: f64| if ink == import::Ink::Light { level } else { 255.0 - level };
        grey.extend(picture.resampled(FOLDER_SIDE).into_iter().map(|light| level(light).round() as u8));
    }
    Samples::new(FOLDER_SIDE, FOLDER_SIDE, grey, None).map(Some).map_err(|error| Problem::misfit(&name, &error))
}

/// An array [pictures, rows, columns] or [pictures, pixels of a square], of numbers of any kind; `size` is that of its file.
fn array(mut source: impl Read, size: u64, name: &str, watch: &dyn Fn(f64) -> bool) -> Result<Option<Images>, Problem> {
    if size > idx::MOST_BYTES {
        return Err(Problem::out_of_range(name, "problem.field.bytes", size, [1, idx::MOST_BYTES]));
    }
    let mut content = Vec::new();
    // Memory is taken once, where the size is true; a packed file becomes larger.
    content.reserve_exact(size as usize);
    loop {
        if !watch((content.len() as f64 / size.max(1) as f64).min(1.0)) {
            return Ok(None);
        }
        let read = source.by_ref().take(PORTION).read_to_end(&mut content);
        match read.map_err(|error| Problem::new("problem.damaged").with("name", name).with("why", error))? {
            0 => break,
            _ if content.len() as u64 > idx::MOST_BYTES => {
                return Err(Problem::out_of_range(name, "problem.field.bytes", content.len(), [1, idx::MOST_BYTES]));
            }
            _ => {}
        }
    }
    let array = npy::read(&content, name)?;
    let shape = &array.shape;
    let (height, width) = match *shape.as_slice() {
        // Colours of one kind, before or after the pixels, as other programs store them.
        [_, height, width] | [_, height, width, 1] | [_, 1, height, width] => (height, width),
        [_, pixels] if pixels.isqrt().pow(2) == pixels => (pixels.isqrt(), pixels.isqrt()),
        _ => return Err(wrong_shape(name, shape)),
    };
    if !(LEAST_VISIBLE..=MOST_UNITS).contains(&height.saturating_mul(width)) || array.is_empty() {
        return Err(wrong_shape(name, shape));
    }
    Ok(Some(Images { width, height, grey: npy::ink(array.values(), name)? }))
}

fn wrong_shape(name: &str, shape: &[usize]) -> Problem {
    let problem = Problem::new("problem.npy.shape").with("name", name).with("found", format!("{shape:?}"));
    problem.with("least", LEAST_VISIBLE).with("most", MOST_UNITS)
}
