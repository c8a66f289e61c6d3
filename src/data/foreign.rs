//! Files of other kinds that people choose in place of the right one, called by their names.

use super::Problem;

/// Bytes that are looked at.
pub(super) const HEAD: usize = 512;

/// What a reader wants in place of what it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Pictures to learn from.
    Collection,
    /// A machine.
    Machine,
    /// A picture.
    Picture,
}

/// The sentence for a file that begins so, where that is known to be something else than what a reader wants. Each reader asks
/// only after it has seen that the file is none of its own.
pub(super) fn named(content: &[u8], name: &str, wanted: Wanted) -> Option<Problem> {
    let head = &content[..content.len().min(HEAD)];
    // Of a text that is cut off here, what is whole.
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let starts = |starts: &[&[u8]]| starts.iter().any(|start| head.starts_with(start));
    if starts(&[b"\x1f\x8b"]) {
        return Some(Problem::new("problem.packed").with("name", name));
    }
    let is_vector = text.contains("<svg");
    if !is_vector && ["<!do", "<htm", "<hea", "<!--", "<?xm"].iter().any(|start| text.starts_with(start)) {
        return Some(Problem::new("problem.html").with("name", name));
    }
    if starts(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        return Some(Problem::new("problem.archive").with("name", name));
    }
    let kind = if is_vector {
        "problem.kind.svg"
    } else if starts(&[b"\x93NUMPY"]) {
        "problem.kind.array"
    } else if is_machine(head) {
        "problem.kind.machine"
    } else if starts(&[&[0, 0, 8, 3], &[0, 0, 8, 1]]) {
        "problem.kind.idx"
    } else if starts(&[b"\x89HDF"]) {
        "problem.kind.hdf5"
    } else if starts(&[b"%PDF"]) {
        "problem.kind.pdf"
    } else if starts(&[b"II*\0", b"MM\0*"]) {
        "problem.kind.tiff"
    } else if head.get(4..8) == Some(b"ftyp") {
        "problem.kind.heic"
    } else if starts(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"]) || head.get(8..12) == Some(b"WEBP") {
        "problem.kind.picture"
    } else if is_table(&text) {
        "problem.kind.table"
    } else {
        return None;
    };
    let advice = match wanted {
        Wanted::Collection => "problem.choose.collection",
        Wanted::Machine => "problem.choose.machine",
        Wanted::Picture => "problem.choose.picture",
    };
    Some(Problem::new("problem.foreign").with("name", name).with_words("kind", kind).with_words("advice", advice))
}

/// Whether it begins as safetensors do: the size of a header, and the header.
pub(super) fn is_machine(head: &[u8]) -> bool {
    head.get(8) == Some(&b'{') && head.get(4..8) == Some(&[0; 4])
}

fn is_table(text: &str) -> bool {
    text.contains([',', ';', '\t'])
        && text.chars().all(|c| (!c.is_control() || c.is_whitespace()) && c != char::REPLACEMENT_CHARACTER)
        && text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_mix_up_is_called_by_its_name() {
        let machine = [&[40, 0, 0, 0, 0, 0, 0, 0][..], b"{\"weights\":"].concat();
        for (head, word) in [
            (&b"PK\x03\x04rest"[..], "archive"),
            (&[0x1f, 0x8b, 8, 0], "gunzip"),
            (b"\n<!DOCTYPE html><html>", "web page"),
            (b"\xef\xbb\xbf<html lang=en>", "web page"),
            (b"<?xml version=\"1.0\"?><svg width=\"10\">", "SVG"),
            (b"\x93NUMPY\x01\x00", "NumPy"),
            (&machine, "machine"),
            (&[0, 0, 8, 3, 0, 0, 0, 1], "IDX"),
            (b"\x89HDF\r\n", "HDF5"),
            (b"%PDF-1.7", "PDF"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "HEIC"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"1,2,3\n4,5,6\n", "CSV"),
        ] {
            for wanted in [Wanted::Collection, Wanted::Machine, Wanted::Picture] {
                let said = named(head, "file", wanted).unwrap_or_else(|| panic!("{head:?} has a name")).to_string();
                assert!(said.contains(word) && said.contains("file"), "{said}");
            }
        }
        for nothing in [&b""[..], b"hello, class", &[7; 600]] {
            assert!(named(nothing, "file", Wanted::Machine).is_none());
        }
    }
}
