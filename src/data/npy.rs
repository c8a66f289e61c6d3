//! Arrays of NumPy as they are stored (.npy, format 1 to 3), whatever kind of numbers they hold.
//!
//! The header is read here and its sizes are checked against the bytes that are there, so that one that lies can neither
//! take memory nor overflow. Format: NumPy enhancement proposal 1 (Kern 2007).

use super::{
    Problem,
    foreign::{self, Wanted},
};

/// An array as it lies in its file: large ones are not kept a second time as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Array<'a> {
    /// Lengths of the axes.
    pub shape: Vec<usize>,
    kind: Kind,
    raw: &'a [u8],
    is_by_columns: bool,
}

impl Array<'_> {
    /// How many numbers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.raw.len() / self.kind.bytes
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// All numbers, row by row.
    pub fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        let strides = self.is_by_columns.then(|| {
            let mut strides = vec![1; self.shape.len()];
            for axis in 1..self.shape.len() {
                strides[axis] = strides[axis - 1] * self.shape[axis - 1];
            }
            strides
        });
        (0..self.len()).map(move |index| {
            let place = strides.as_ref().map_or(index, |strides| self.place_by_columns(index, strides));
            self.kind.number(&self.raw[place * self.kind.bytes..][..self.kind.bytes])
        })
    }

    /// Where the number lies that comes so late in the order of rows.
    fn place_by_columns(&self, index: usize, strides: &[usize]) -> usize {
        let mut rest = index;
        let axes = self.shape.iter().zip(strides).rev();
        axes.map(|(length, stride)| {
            let here = rest % length;
            rest /= length;
            here * stride
        })
        .sum()
    }
}

/// What every such file begins with.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";
/// Most axes of an array.
const MOST_AXES: usize = 8;
/// A header is a few words long.
const MOST_HEADER: usize = 1 << 16;

/// How a number is stored.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    letter: u8,
    bytes: usize,
    is_big_endian: bool,
}

impl Kind {
    fn of(descriptor: &str) -> Option<Self> {
        let [order, letter, size @ ..] = descriptor.as_bytes() else { return None };
        let bytes = std::str::from_utf8(size).ok()?.parse().ok()?;
        let fits = match letter {
            b'b' => bytes == 1,
            b'i' | b'u' => matches!(bytes, 1 | 2 | 4 | 8),
            b'f' => matches!(bytes, 2 | 4 | 8),
            _ => false,
        };
        (fits && matches!(order, b'<' | b'>' | b'|' | b'=')).then_some(Self {
            letter: *letter,
            bytes,
            is_big_endian: *order == b'>',
        })
    }

    fn number(self, raw: &[u8]) -> f64 {
        let mut little = [0_u8; 8];
        for (place, &byte) in raw.iter().enumerate() {
            little[if self.is_big_endian { self.bytes - 1 - place } else { place }] = byte;
        }
        let word = u64::from_le_bytes(little);
        match (self.letter, self.bytes) {
            (b'f', 2) => half(word as u16),
            (b'f', 4) => f64::from(f32::from_bits(word as u32)),
            (b'f', _) => f64::from_bits(word),
            (b'i', bytes) => {
                let unused = 64 - 8 * bytes as u32;
                ((word << unused) as i64 >> unused) as f64
            }
            _ => word as f64,
        }
    }
}

/// A number of 16 bits (IEEE 754 binary16).
pub(super) fn half(word: u16) -> f64 {
    let (sign, power, part) = (word >> 15, i32::from(word >> 10 & 31), f64::from(word & 1023) / 1024.0);
    let size = match power {
        0 => libm::scalbn(part, -14),
        31 if part == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        power => libm::scalbn(1.0 + part, power - 15),
    };
    if sign == 1 { -size } else { size }
}

/// Reads an array from the content of a file.
///
/// # Errors
/// If it is no such file, is damaged, or holds something else than numbers.
pub fn read<'a>(content: &'a [u8], name: &str) -> Result<Array<'a>, Problem> {
    let damaged = |why: &'static str| Problem::new("problem.damaged").with("name", name).with_words("why", why);
    let is_none = || {
        foreign::named(content, name, Wanted::Collection)
            .unwrap_or_else(|| Problem::new("problem.npy.none").with("name", name))
    };
    let rest = content.strip_prefix(MAGIC).ok_or_else(is_none)?;
    let length = match rest {
        [1, _, a, b, ..] => (4, usize::from(u16::from_le_bytes([*a, *b]))),
        [2 | 3, _, a, b, c, d, ..] => (6, u32::from_le_bytes([*a, *b, *c, *d]) as usize),
        _ => return Err(damaged("problem.damaged.ends")),
    };
    let (from, length) = length;
    if length > MOST_HEADER || rest.len() < from + length {
        return Err(damaged("problem.damaged.ends"));
    }
    let header = String::from_utf8_lossy(&rest[from..from + length]);
    let data = &rest[from + length..];
    let after =
        |key: &str| header.split_once(key).and_then(|(_, rest)| rest.split_once(':')).map(|(_, value)| value.trim());
    let descriptor =
        after("'descr'").and_then(|value| value.strip_prefix('\'')).and_then(|value| value.split_once('\''));
    let kind = descriptor.and_then(|(descriptor, _)| Kind::of(descriptor));
    let Some(kind) = kind else { return Err(Problem::new("problem.npy.numbers").with("name", name)) };
    let is_by_columns = after("'fortran_order'").is_some_and(|value| value.starts_with("True"));
    let shape = after("'shape'").and_then(|value| value.strip_prefix('(')).and_then(|value| value.split_once(')'));
    let axes: Option<Vec<usize>> = shape
        .map(|(axes, _)| {
            let axes = axes.split(',').map(str::trim).filter(|axis| !axis.is_empty());
            axes.map(|axis| axis.parse().ok()).collect::<Option<Vec<usize>>>()
        })
        .unwrap_or_default();
    let Some(shape) = axes.filter(|axes| axes.len() <= MOST_AXES) else {
        return Err(damaged("problem.damaged.ends"));
    };
    let count = shape.iter().try_fold(1_usize, |count, &axis| count.checked_mul(axis));
    let bytes = count.and_then(|count| count.checked_mul(kind.bytes));
    let Some(raw) = bytes.and_then(|bytes| data.get(..bytes)) else { return Err(damaged("problem.damaged.ends")) };
    Ok(Array { shape, kind, raw, is_by_columns })
}

/// The ink of all values, 0 to 255: bytes as they are, also where they are kept as larger numbers; 0 to 1, and whole
/// numbers from 0 to 16, stretched; of two whole numbers the larger is black.
///
/// # Errors
/// If one is not finite, or they are of no such range.
pub fn ink(values: impl Iterator<Item = f64> + Clone, name: &str) -> Result<Vec<u8>, Problem> {
    let wrong = || Problem::new("problem.npy.values").with("name", name);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut are_whole = true;
    for value in values.clone() {
        if !value.is_finite() {
            return Err(wrong());
        }
        (low, high) = (low.min(value), high.max(value));
        are_whole &= value.fract() == 0.0;
    }
    let is_of_two = are_whole && low < high && values.clone().all(|value| value == low || value == high);
    let (from, to) = match (low, high) {
        (low, high) if is_of_two && (low < 0.0 || high <= 16.0) => (low, high),
        (low, high) if low >= 0.0 && high <= 1.0 => (0.0, 1.0),
        (low, high) if low >= 0.0 && high <= 16.0 && are_whole => (0.0, 16.0),
        (low, high) if low >= 0.0 && high > 16.0 && high <= 255.0 => (0.0, 255.0),
        _ => return Err(wrong()),
    };
    Ok(values.map(|value| (255.0 * (value - from) / (to - from)).round() as u8).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(descriptor: &str, order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
        let header = format!("{{'descr': '{descriptor}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        let mut file = b"\x93NUMPY\x01\x00".to_vec();
        file.extend((header.len() as u16).to_le_bytes());
        file.extend(header.as_bytes());
        file.extend(data);
        file
    }

    fn values(descriptor: &str, data: &[u8]) -> Vec<f64> {
        let bytes: usize = descriptor[2..].parse().expect("a size");
        let shape = format!("({},)", data.len() / bytes);
        read(&file(descriptor, "False", &shape, data), "a.npy").expect("an array").values().collect()
    }

    #[test]
    fn numbers_of_every_kind_are_read() {
        assert_eq!(values("|b1", &[0, 1]), [0.0, 1.0]);
        assert_eq!(values("|u1", &[0, 200]), [0.0, 200.0]);
        assert_eq!(values("|i1", &[255, 1]), [-1.0, 1.0]);
        assert_eq!(values("<i2", &[254, 255]), [-2.0]);
        assert_eq!(values(">i2", &[255, 254]), [-2.0]);
        assert_eq!(values("<f2", &[0x00, 0x3C, 0x00, 0xB8, 0x01, 0x00]), [1.0, -0.5, libm::scalbn(1.0, -24)]);
        assert_eq!(values("<f4", &0.25_f32.to_le_bytes()), [0.25]);
        assert_eq!(values(">f8", &0.25_f64.to_be_bytes()), [0.25]);
        assert_eq!(values("<u8", &7_u64.to_le_bytes()), [7.0]);
    }

    #[test]
    fn an_array_by_columns_is_turned() {
        // Two rows of three: 1 2 3, 4 5 6.
        let file = file("|u1", "True", "(2, 3)", &[1, 4, 2, 5, 3, 6]);
        let array = read(&file, "a.npy").expect("an array");
        assert_eq!(array.values().collect::<Vec<f64>>(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!((array.shape.as_slice(), array.len()), (&[2, 3][..], 6));
    }

    #[test]
    fn headers_that_lie_are_refused_in_a_sentence() {
        for (shape, data) in [
            ("(0, 18446744073709551615, 2)", &[][..]),
            ("(18446744073709551615, 18446744073709551615)", &[]),
            ("(1000000000000,)", &[1, 2]),
            ("(x,)", &[]),
        ] {
            let file = file("|u1", "False", shape, data);
            let read = read(&file, "a.npy");
            assert!(read.is_err() || read.is_ok_and(|array| array.is_empty()), "{shape}");
        }
        let whole = file("<f4", "False", "(2,)", &[0; 8]);
        for end in 0..whole.len() {
            assert!(read(&whole[..end], "a.npy").is_err(), "{end} bytes");
        }
        let said = |bytes: &[u8]| read(bytes, "a.npy").expect_err("no array").to_string();
        assert!(said(b"PK\x03\x04rest").contains("npz"));
        assert!(said(b"nothing of the kind").contains("NumPy"));
        assert!(said(&file("|S5", "False", "(1,)", b"hello")).contains("a.npy"));
    }

    fn ink_of(values: &[f64], name: &str) -> Result<Vec<u8>, Problem> {
        ink(values.iter().copied(), name)
    }

    #[test]
    fn ranges_people_have_become_ink() {
        assert_eq!(ink_of(&[0.0, 1.0], "a"), Ok(vec![0, 255]));
        assert_eq!(ink_of(&[-1.0, 1.0, 1.0], "a"), Ok(vec![0, 255, 255]));
        assert_eq!(ink_of(&[0.0, 8.0, 16.0], "a"), Ok(vec![0, 128, 255]));
        assert_eq!(ink_of(&[0.5, 1.0], "a"), Ok(vec![128, 255]));
        assert_eq!(ink_of(&[0.0, 0.25, 1.0], "a"), Ok(vec![0, 64, 255]));
        assert_eq!(ink_of(&[0.0, 17.0, 255.0], "a"), Ok(vec![0, 17, 255]));
        for wrong in [&[0.0, 0.5, f64::NAN][..], &[-3.0, 0.0, 2.0], &[0.0, 1.0, 300.0], &[1.5, 1.5]] {
            assert!(ink_of(wrong, "a").is_err(), "{wrong:?}");
        }
    }
}
