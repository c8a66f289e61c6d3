//! Machines as `safetensors`: `weights` [visible, hidden], `visible_bias`, `hidden_bias`, and with labels `label_weights`
//! [classes, hidden] and `label_bias`, all f32; what made them stands in the metadata.

use std::{borrow::Cow, collections::HashMap, path::Path};

use ndarray::ArrayView2;
use ndarray_npy::WriteNpyExt;
use safetensors::{Dtype, SafeTensors, View, tensor::SafeTensorError};
use serde::{Deserialize, Serialize};

use super::{
    Problem,
    foreign::{self, Wanted},
    npy::half,
};
use crate::{
    physics::rbm::{Machine, Shape, TrainerSettings, VisibleKind},
    platform::{
        files::{self, name_of},
        writing::write_whole,
    },
};

/// Largest file that is read: 4096 × 4096 weights with room for a header.
const LARGEST_FILE: u64 = 128 << 20;
/// The metadata's entry.
const ABOUT: &str = "machine";
/// The metadata's word for this kind of file.
const KIND: &str = "restricted Boltzmann machine";

/// What is known about a machine besides its numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MachineNotes {
    /// Pixels along the upper edge.
    pub width: usize,
    /// Pixels along the left edge.
    pub height: usize,
    /// Epochs it has learned.
    pub epochs: u64,
    /// How it learned; none where nobody knows.
    pub settings: Option<TrainerSettings>,
    /// From what, in words; of pictures that the program makes itself, their name.
    pub data: String,
    /// The weights were stored [hidden, visible] and have been turned; said to the person, not written.
    #[serde(skip)]
    pub is_turned: bool,
}

/// What stands in the metadata.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct About {
    kind: String,
    visible_units: VisibleKind,
    notes: MachineNotes,
}

struct Tensor<'a> {
    shape: Vec<usize>,
    values: &'a [f32],
}

impl View for Tensor<'_> {
    fn dtype(&self) -> Dtype {
        Dtype::F32
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        self.values.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    fn data_len(&self) -> usize {
        size_of_val(self.values)
    }
}

/// Writes a machine, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub fn save(path: &Path, machine: &Machine, notes: &MachineNotes) -> Result<(), Problem> {
    let Shape { visible, classes, hidden, kind } = machine.shape;
    let (weights, label_weights) = machine.weights.split_at(visible * hidden);
    let (visible_bias, label_bias) = machine.visible_bias.split_at(visible);
    let mut tensors = vec![
        ("weights", Tensor { shape: vec![visible, hidden], values: weights }),
        ("visible_bias", Tensor { shape: vec![visible], values: visible_bias }),
        ("hidden_bias", Tensor { shape: vec![hidden], values: &machine.hidden_bias }),
    ];
    if classes > 0 {
        tensors.push(("label_weights", Tensor { shape: vec![classes, hidden], values: label_weights }));
        tensors.push(("label_bias", Tensor { shape: vec![classes], values: label_bias }));
    }
    // One entry: of several the order in the file would be left to chance.
    let about = About { kind: KIND.to_owned(), visible_units: kind, notes: notes.clone() };
    let about = serde_json::to_string(&about).unwrap_or_default();
    let metadata: HashMap<String, String> = [(ABOUT.to_owned(), about)].into();
    let bytes = safetensors::serialize(tensors, Some(metadata)).map_err(Problem::encoding)?;
    write_whole(path, &bytes).map_err(|error| Problem::unwritable(path, &error))
}

/// Reads a machine. Files of other programs need only the three tensors, of floating-point numbers of any length, by these
/// names or by those that are usual elsewhere (`W`, `v_bias`, `hbias` …), the weights either way round; pixels are then binary,
/// and the picture is as square as their number allows.
///
/// # Errors
/// If the file is of another kind, its shapes do not fit, or a number is not finite.
pub fn open(path: &Path) -> Result<(Machine, MachineNotes), Problem> {
    let bytes = files::read(path, LARGEST_FILE).map_err(|error| Problem::unread(path, &error))?;
    decode(&bytes, &name_of(path))
}

/// Reads a machine from the content of a file. `name` is for messages.
///
/// # Errors
/// If the content is of another kind, its shapes do not fit, or a number is not finite.
pub fn decode(bytes: &[u8], name: &str) -> Result<(Machine, MachineNotes), Problem> {
    let kind_error = |error: SafeTensorError| match foreign::named(bytes, name, Wanted::Machine) {
        // What begins as a machine does and cannot be read is a damaged one.
        Some(problem) if !foreign::is_machine(bytes) => problem,
        _ => Problem::new("problem.machine.kind").with("name", name).with("why", error),
    };
    let tensors = SafeTensors::deserialize(bytes).map_err(kind_error)?;
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(kind_error)?;
    let metadata = header.metadata().clone().unwrap_or_default();
    let about = metadata.get(ABOUT).map(|about| serde_json::from_str::<serde_json::Value>(about).unwrap_or_default());
    // What kind of pixels it has must be known; all else can be done without.
    if let Some(units) = about.as_ref().and_then(|about| about.pointer("/visible_units"))
        && serde_json::from_value::<VisibleKind>(units.clone()).is_err()
    {
        return Err(Problem::new("problem.machine.units").with("name", name).with("found", units));
    }
    let about = about.and_then(|about| serde_json::from_value::<About>(about).ok());
    if let Some(About { kind: found, .. }) = about.as_ref().filter(|about| about.kind != KIND) {
        return Err(Problem::new("problem.machine.other")
            .with("name", name)
            .with("found", found)
            .with("expected", KIND));
    }
    let tensor = |names: &[&'static str], dimensions: usize| {
        let known = names.iter().find(|tensor| tensors.tensor(tensor).is_ok()).unwrap_or(&names[0]);
        floats(&tensors, name, known, dimensions)
    };
    let (shape, mut weights) = tensor(&["weights", "weight", "W"], 2)?;
    let (_, mut visible_bias) = tensor(&["visible_bias", "v_bias", "vbias", "vb", "visible_biases"], 1)?;
    let (_, hidden_bias) = tensor(&["hidden_bias", "h_bias", "hbias", "hb", "hidden_biases"], 1)?;
    let [mut visible, mut hidden] = [shape[0], shape[1]];
    let is_turned = visible != hidden && [visible, hidden] == [hidden_bias.len(), visible_bias.len()];
    if is_turned {
        // Stored [hidden, visible], as layers of other programs are.
        weights = turned(&weights, visible);
        (visible, hidden) = (hidden, visible);
    }
    let mut classes = 0;
    if tensors.tensor("label_weights").is_ok() {
        let (label_shape, label_weights) = tensor(&["label_weights"], 2)?;
        if label_shape[1] != hidden {
            let expected = format!("[classes, {hidden}]");
            let found = format!("{label_shape:?}");
            return Err(wrong_tensor(name, "label_weights", found, expected));
        }
        classes = label_shape[0];
        weights.extend(label_weights);
        visible_bias.extend(tensor(&["label_bias"], 1)?.1);
    }
    let kind = about.as_ref().map_or(VisibleKind::Binary, |about| about.visible_units);
    let machine = Machine { shape: Shape { visible, classes, hidden, kind }, weights, visible_bias, hidden_bias };
    machine.validate().map_err(|error| Problem::misfit(name, &error))?;
    let mut notes = about.map(|about| about.notes).unwrap_or_default();
    notes.is_turned = is_turned;
    notes.settings = notes.settings.filter(|settings| settings.validate().is_ok());
    if notes.width.checked_mul(notes.height) != Some(visible) {
        notes.width = (1..=visible.isqrt()).rev().find(|width| visible % width == 0).unwrap_or(1);
        (notes.width, notes.height) = (visible / notes.width, notes.width);
    }
    Ok((machine, notes))
}

fn floats(
    tensors: &SafeTensors<'_>,
    name: &str,
    tensor: &'static str,
    dimensions: usize,
) -> Result<(Vec<usize>, Vec<f32>), Problem> {
    let view = tensors
        .tensor(tensor)
        .map_err(|_| Problem::new("problem.machine.missing").with("name", name).with("tensor", tensor))?;
    let pairs = || view.data().as_chunks::<2>().0.iter().map(|&bytes| u16::from_le_bytes(bytes));
    let values: Option<Vec<f32>> = match view.dtype() {
        Dtype::F32 => Some(view.data().as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()),
        Dtype::F64 => {
            Some(view.data().as_chunks::<8>().0.iter().map(|&bytes| f64::from_le_bytes(bytes) as f32).collect())
        }
        Dtype::F16 => Some(pairs().map(|word| half(word) as f32).collect()),
        // The upper half of a number of 32 bits.
        Dtype::BF16 => Some(pairs().map(|word| f32::from_bits(u32::from(word) << 16)).collect()),
        _ => None,
    };
    match values.filter(|_| view.shape().len() == dimensions) {
        Some(values) => Ok((view.shape().to_vec(), values)),
        None => {
            let found = format!("{:?} {:?}", view.dtype(), view.shape());
            let expected = if dimensions == 1 { "F32 [n]" } else { "F32 [n, m]" };
            Err(wrong_tensor(name, tensor, found, expected.to_owned()))
        }
    }
}

/// A matrix of so many rows with rows and columns exchanged.
fn turned(matrix: &[f32], rows: usize) -> Vec<f32> {
    let columns = matrix.len() / rows.max(1);
    (0..columns).flat_map(|column| (0..rows).map(move |row| matrix[row * columns + column])).collect()
}

fn wrong_tensor(name: &str, tensor: &str, found: String, expected: String) -> Problem {
    let problem = Problem::new("problem.machine.tensor").with("name", name).with("tensor", tensor);
    problem.with("found", found).with("expected", expected)
}

/// Writes the weights [visible, hidden] as `.npy`, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub fn export_npy(path: &Path, machine: &Machine) -> Result<(), Problem> {
    let Shape { visible, hidden, .. } = machine.shape;
    let weights = ArrayView2::from_shape((visible, hidden), &machine.weights[..visible * hidden]);
    let weights = weights.map_err(Problem::encoding)?;
    let mut bytes = Vec::new();
    weights.write_npy(&mut bytes).map_err(Problem::encoding)?;
    write_whole(path, &bytes).map_err(|error| Problem::unwritable(path, &error))
}
