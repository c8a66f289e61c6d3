//! Arrays of numbers by name, with a text about them: what a model leaves for the next start of the program. The file is a
//! `safetensors` file, so that other programs can look into it; the text is JSON in its metadata.

use std::{borrow::Cow, collections::BTreeMap};

use safetensors::{Dtype, SafeTensors, View};
use serde::{Serialize, de::DeserializeOwned};

/// The metadata's entry.
const ABOUT: &str = "about";

/// Arrays by name, and what they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    about: String,
    arrays: BTreeMap<String, Array>,
}

/// Numbers of one kind, one after the other.
#[derive(Clone, Debug, PartialEq)]
struct Array {
    kind: Dtype,
    count: usize,
    /// Least significant byte first.
    bytes: Vec<u8>,
}

impl View for &Array {
    fn dtype(&self) -> Dtype {
        self.kind
    }

    fn shape(&self) -> &[usize] {
        std::slice::from_ref(&self.count)
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// A kind of number that a bundle holds.
pub trait Number: Copy {
    /// Its name in the file.
    const KIND: Dtype;
    /// Appends it, least significant byte first.
    fn put(self, bytes: &mut Vec<u8>);
    /// All numbers in these bytes.
    fn all(bytes: &[u8]) -> Vec<Self>;
}

macro_rules! number {
    ($kind:ident, $type:ty) => {
        impl Number for $type {
            const KIND: Dtype = Dtype::$kind;

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn all(bytes: &[u8]) -> Vec<Self> {
                bytes.as_chunks().0.iter().map(|&bytes| <$type>::from_le_bytes(bytes)).collect()
            }
        }
    };
}

number!(F32, f32);
number!(F64, f64);
number!(I8, i8);
number!(U8, u8);
number!(U32, u32);
number!(U64, u64);

impl Bundle {
    /// A bundle without arrays, with a text about them.
    #[must_use]
    pub fn new(about: &impl Serialize) -> Self {
        Self { about: serde_json::to_string(about).unwrap_or_default(), arrays: BTreeMap::new() }
    }

    /// Adds an array.
    pub fn put<T: Number>(&mut self, name: impl Into<String>, numbers: &[T]) {
        let mut bytes = Vec::with_capacity(size_of_val(numbers));
        numbers.iter().for_each(|number| number.put(&mut bytes));
        self.arrays.insert(name.into(), Array { kind: T::KIND, count: numbers.len(), bytes });
    }

    /// Returns what the text says; none where it says something else.
    #[must_use]
    pub fn about<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.about).ok()
    }

    /// Returns an array; none where there is none of this name and kind.
    #[must_use]
    pub fn array<T: Number>(&self, name: &str) -> Option<Vec<T>> {
        self.arrays.get(name).filter(|array| array.kind == T::KIND).map(|array| T::all(&array.bytes))
    }

    /// Writes the content of a file; none where there is too much for one.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let metadata = [(ABOUT.to_owned(), self.about.clone())].into();
        safetensors::serialize(&self.arrays, Some(metadata)).ok()
    }

    /// Reads the content of a file; none where it is no bundle.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (_, header) = SafeTensors::read_metadata(bytes).ok()?;
        let about = header.metadata().as_ref()?.get(ABOUT)?.clone();
        let tensors = SafeTensors::deserialize(bytes).ok()?;
        let array = |view: &safetensors::tensor::TensorView<'_>| Array {
            kind: view.dtype(),
            count: view.shape().iter().product(),
            bytes: view.data().to_vec(),
        };
        let arrays = tensors.iter().map(|(name, view)| (name.to_owned(), array(&view))).collect();
        Some(Self { about, arrays })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_each_kind_and_the_text_come_back() {
        let mut bundle = Bundle::new(&("spins", 7_u64));
        bundle.put("floats", &[1.5_f32, f32::MIN_POSITIVE, -0.0]);
        bundle.put("doubles", &[std::f64::consts::PI]);
        bundle.put("signs", &[-1_i8, 1]);
        bundle.put::<u8>("nothing", &[]);
        bundle.put("words", &[u64::MAX, 0, 1 << 63]);
        let read = Bundle::from_bytes(&bundle.to_bytes().expect("written")).expect("read");
        assert_eq!(read, bundle);
        assert_eq!(read.about::<(String, u64)>(), Some(("spins".to_owned(), 7)));
        assert_eq!(read.array::<f32>("floats"), Some(vec![1.5, f32::MIN_POSITIVE, 0.0]));
        assert_eq!(read.array::<i8>("signs"), Some(vec![-1, 1]));
        assert_eq!(read.array::<u64>("words"), Some(vec![u64::MAX, 0, 1 << 63]));
        // Another kind, or another name, is nothing.
        assert_eq!((read.array::<f32>("signs"), read.array::<i8>("none")), (None, None));
    }

    #[test]
    fn what_is_no_bundle_is_refused() {
        assert_eq!(Bundle::from_bytes(b""), None);
        assert_eq!(Bundle::from_bytes(&[0xFF; 64]), None);
        let bundle = Bundle::new(&1).to_bytes().expect("written");
        assert_eq!(Bundle::from_bytes(&bundle[..bundle.len() - 1]), None);
    }
}
