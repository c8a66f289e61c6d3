//! What a person pastes into a page: a picture, or files that were copied in a file manager.

use std::{path::PathBuf, sync::Arc};

use egui::{Color32, ColorImage, Event, Ui};

use crate::data::{
    Problem,
    import::{self, GreyPicture},
};

/// What was pasted.
#[derive(Clone, Debug, PartialEq)]
pub enum Pasted {
    /// A picture.
    Picture(Arc<ColorImage>),
    /// Files by their paths.
    Files(Vec<PathBuf>),
}

/// Takes what was pasted in this frame; nothing while a text is typed, which it is for.
#[must_use]
pub fn pasted(ui: &Ui) -> Option<Pasted> {
    if ui.ctx().text_edit_focused() {
        return None;
    }
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::PasteImage(image) => Some(Pasted::Picture(Arc::clone(image))),
            Event::Paste(text) => files_in(text).map(Pasted::Files),
            _ => None,
        })
    })
}

/// Makes a grey picture of one that was pasted; for a thread beside the window's.
///
/// # Errors
/// If it is too large, or nothing is to be seen.
pub fn grey(image: &ColorImage, name: &str) -> Result<GreyPicture, Problem> {
    let rgba = image.pixels.iter().flat_map(Color32::to_srgba_unmultiplied).collect();
    import::from_pixels(image.size, rgba, name)
}

/// The files that a text names, a path or an address of a file a line; none where a line is something else.
fn files_in(text: &str) -> Option<Vec<PathBuf>> {
    let path = |line: &str| {
        let line = line.trim();
        let path = match line.strip_prefix("file://") {
            Some(address) => PathBuf::from(unescaped(address)?),
            None => PathBuf::from(line),
        };
        (path.is_absolute() && path.extension().is_some()).then_some(path)
    };
    let paths: Option<Vec<PathBuf>> = text.lines().filter(|line| !line.trim().is_empty()).map(path).collect();
    paths.filter(|paths| !paths.is_empty())
}

/// An address with its %20 and the like as the characters they stand for.
fn unescaped(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_files_are_files_and_other_texts_are_not() {
        let paths =
            |text: &str| files_in(text).map(|paths| paths.iter().map(|path| path.display().to_string()).collect());
        let two = vec!["/home/a b/x.png".to_owned(), "/y.jpg".to_owned()];
        assert_eq!(paths("file:///home/a%20b/x.png\r\n/y.jpg\n"), Some(two));
        for text in ["", "a word", "relative.png", "/folder/without ending", "file:///x%2.png", "/x.png\nand a word"] {
            assert_eq!(paths(text), None::<Vec<String>>, "{text:?}");
        }
    }
}
