//! Pictures as people have them: turned by the camera, cut out, wide, bold, in folders with litter.

use std::{fs, path::Path};

use image::{GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use spinscape::data::import::{Conversion, GreyPicture, Ink, from_pixels, open, open_folder};

const SIDE: u32 = 120;

/// An L, thick and unlike itself when it is turned.
fn is_ink(x: u32, y: u32) -> bool {
    ((24..48).contains(&x) && (12..108).contains(&y)) || ((24..96).contains(&x) && (84..108).contains(&y))
}

fn glyph() -> GrayImage {
    GrayImage::from_fn(SIDE, SIDE, |x, y| Luma([if is_ink(x, y) { 0 } else { 255 }]))
}

fn pattern(picture: &GreyPicture, ink: Ink) -> Vec<i8> {
    picture.pattern(20, Conversion { shift: 0.0, ink, dithered: false })
}

fn alone(path: &Path) -> Vec<i8> {
    let picture = open(path).expect("a picture");
    let ink = Ink::of([&picture]);
    pattern(&picture, ink)
}

fn overlap(a: &[i8], b: &[i8]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>() / a.len() as f64
}

/// The JPEG with the note that the camera was held so (Exif, tag 0x0112).
fn with_orientation(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00".to_vec();
    tiff.extend(orientation.to_le_bytes());
    tiff.extend([0; 6]);
    let mut segment = vec![0xFF, 0xE1];
    segment.extend((tiff.len() as u16 + 8).to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}

#[test]
fn a_picture_that_the_camera_stored_turned_is_its_upright_twin() {
    let folder = tempfile::tempdir().expect("a folder");
    let upright = folder.path().join("upright.png");
    glyph().save(&upright).expect("saved");
    // What is stored is turned the other way than it is to be shown.
    for (orientation, stored) in [
        (3, image::imageops::rotate180(&glyph())),
        (6, image::imageops::rotate270(&glyph())),
        (8, image::imageops::rotate90(&glyph())),
    ] {
        let mut jpeg = std::io::Cursor::new(Vec::new());
        stored.write_to(&mut jpeg, ImageFormat::Jpeg).expect("encodes");
        let path = folder.path().join(format!("phone{orientation}.jpg"));
        fs::write(&path, with_orientation(&jpeg.into_inner(), orientation)).expect("written");
        assert!(overlap(&alone(&path), &alone(&upright)) > 0.999, "orientation {orientation}");
    }
}

#[test]
fn what_is_cut_out_is_ink_whatever_its_colour_and_what_shows_nothing_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    glyph().save(at("ink.png")).expect("saved");
    for (name, colour) in [("black.png", 0), ("white.png", 255)] {
        let cut =
            RgbaImage::from_fn(SIDE, SIDE, |x, y| Rgba([colour, colour, colour, if is_ink(x, y) { 255 } else { 0 }]));
        cut.save(at(name)).expect("saved");
        assert!(overlap(&alone(&at(name)), &alone(&at("ink.png"))) > 0.999, "{name}");
    }
    for (name, content, word) in [
        ("page.png", &b"<!DOCTYPE html><html>"[..], "web page"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("lines.png", b"<svg xmlns=\"x\">", "SVG"),
        ("scan.png", b"II*\0\x08\0\0\0", "TIFF"),
        ("packed.png", b"PK\x03\x04rest", "archive"),
        ("other.png", b"nothing of the kind", "choose PNG"),
    ] {
        fs::write(at(name), content).expect("written");
        let said = open(&at(name)).expect_err("no picture").to_string();
        assert!(said.contains(word) && said.contains(name), "{said}");
    }
    for level in [0, 128, 255] {
        GrayImage::from_pixel(50, 50, Luma([level])).save(at("blank.png")).expect("saved");
        let said = open(&at("blank.png")).expect_err("blank").to_string();
        assert!(said.contains("blank.png") && said.contains("shows nothing"), "{said}");
    }
}

#[test]
fn a_drawing_is_the_same_in_every_format_it_is_saved_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    glyph().save(at("grey.png")).expect("saved");
    let truth = alone(&at("grey.png"));
    let whole = image::DynamicImage::ImageLuma8(glyph());
    whole.to_rgb8().save(at("colours.png")).expect("saved");
    whole.to_luma16().save(at("sixteen.png")).expect("saved");
    whole.to_luma_alpha8().save(at("opaque.png")).expect("saved");
    whole.to_rgb8().save(at("colours.jpg")).expect("saved");
    whole.to_luma8().save(at("GREY.JPG")).expect("saved");
    whole.to_rgba8().save(at("animation.gif")).expect("saved");
    whole.to_rgb8().save(at("picture.bmp")).expect("saved");
    whole.to_rgb8().save(at("picture.webp")).expect("saved");
    // The ending does not say what it is.
    fs::copy(at("grey.png"), at("really_png.jpg")).expect("copied");
    let found = open_folder(folder.path(), &|_| true).expect("a folder").expect("not stopped");
    assert_eq!((found.pictures.len(), found.refused.len()), (10, 0));
    let ink = Ink::of(&found.pictures);
    for picture in &found.pictures {
        let overlap = overlap(&pattern(picture, ink), &truth);
        assert!(overlap > 0.999, "{}: {overlap}", picture.name);
    }
}

#[test]
fn a_wide_picture_is_seen_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    // Ink at both ends, which a square from the middle would cut off.
    let wide = GrayImage::from_fn(320, 120, |x, _| Luma([if !(40..280).contains(&x) { 0 } else { 255 }]));
    let framed = GrayImage::from_fn(340, 140, |x, y| {
        if (10..330).contains(&x) && (10..130).contains(&y) { *wide.get_pixel(x - 10, y - 10) } else { Luma([255]) }
    });
    framed.save(folder.path().join("wide.png")).expect("saved");
    let bits = alone(&folder.path().join("wide.png"));
    let row = &bits[10 * 20..11 * 20];
    assert!(row[1] == 1 && row[18] == 1 && row[10] == -1, "{row:?}");
    assert!(bits[..3 * 20].iter().all(|&bit| bit == -1), "above it there is ground");
}

#[test]
fn a_folder_decides_once_what_is_ink_and_its_bold_picture_may_lose_a_part() {
    let folder = tempfile::tempdir().expect("a folder");
    // Bold: ink in more than half of the cells, with a light edge.
    let cell = |x: u32, y: u32, number: u32| (x / 10 * 7 + y / 10 * 5 + number * x / 10 * (y / 10)) % 9 < 6;
    let bold = |number: u32| {
        GrayImage::from_fn(200, 200, |x, y| {
            let inside = (10..190).contains(&x) && (10..190).contains(&y);
            Luma([if inside && cell(x, y, number) { 0 } else { 255 }])
        })
    };
    for number in 0..4 {
        bold(number).save(folder.path().join(format!("bold{number}.png"))).expect("saved");
    }
    let found = open_folder(folder.path(), &|_| true).expect("a folder").expect("not stopped");
    let ink = Ink::of(&found.pictures);
    assert_eq!((ink, found.pictures.len()), (Ink::Dark, 4));
    let memory = pattern(&found.pictures[0], ink);
    assert!(memory.iter().filter(|&&bit| bit == 1).count() > 200, "it is bold");
    let mut erased = bold(0);
    (0..200).flat_map(|x| (0..60).map(move |y| (x, y))).for_each(|(x, y)| erased.put_pixel(x, y, Luma([255])));
    erased.save(folder.path().join("probe.png")).expect("saved");
    let probe = pattern(&open(&folder.path().join("probe.png")).expect("a picture"), ink);
    assert!(overlap(&memory, &probe) > 0.5, "{}", overlap(&memory, &probe));
    // A picture and its negative are two memories.
    let mut negative = bold(0);
    image::imageops::invert(&mut negative);
    negative.save(folder.path().join("negative.png")).expect("saved");
    let negative = pattern(&open(&folder.path().join("negative.png")).expect("a picture"), ink);
    assert!(overlap(&memory, &negative) < -0.95);
}

#[test]
fn litter_in_a_folder_is_passed_over_and_one_broken_picture_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for name in ["a.png", "b.png", "same.png", "same.bmp"] {
        glyph().save(at(name)).expect("saved");
    }
    for (name, content) in [
        (".DS_Store", &b"\0\0\0\x01Bud1"[..]),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0"),
        ("readme.txt", b"my patterns"),
        ("._a.png", b"\x00\x05\x16\x07"),
        ("broken.png", b"\x89PNG\r\n\x1a\nnothing"),
    ] {
        fs::write(at(name), content).expect("written");
    }
    let found = open_folder(folder.path(), &|_| true).expect("a folder").expect("not stopped");
    let names: Vec<&str> = found.pictures.iter().map(|picture| picture.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "same.bmp", "same.png"]);
    assert_eq!(found.refused.len(), 1);
    assert!(found.refused[0].to_string().contains("broken.png"));
    // Told to stop, it stops; and a folder of litter has no pictures.
    assert!(open_folder(folder.path(), &|_| false).expect("a folder").is_none());
    let litter = tempfile::tempdir().expect("a folder");
    fs::write(litter.path().join("readme.txt"), "nothing").expect("written");
    assert!(open_folder(litter.path(), &|_| true).expect_err("no pictures").to_string().contains("no PNG"));
}

#[test]
fn a_pasted_picture_is_the_one_that_was_saved_and_a_part_of_it_can_be_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("saved.png");
    glyph().save(&path).expect("saved");
    let rgba: Vec<u8> = glyph().pixels().flat_map(|pixel| [pixel.0[0], pixel.0[0], pixel.0[0], 255]).collect();
    let sides = [SIDE as usize; 2];
    let pasted = from_pixels(sides, rgba.clone(), "pasted").expect("a picture");
    assert_eq!(pasted.levels, open(&path).expect("a picture").levels);
    assert_eq!(pasted.name, "pasted");
    for (sides, rgba) in [(sides, vec![7; rgba.len()]), (sides, rgba[4..].to_vec()), ([0, 5], Vec::new())] {
        assert!(from_pixels(sides, rgba, "pasted").is_err());
    }
    // The lower left quarter holds the foot of the L; the whole is a part too.
    let quarter = pasted.part(0.5, [0.25, 0.75]);
    assert_eq!(quarter.side, 60);
    assert_eq!(quarter.levels[..60], pasted.levels[60 * 120..60 * 120 + 60]);
    assert_eq!(pasted.part(1.0, [0.1, 0.9]).levels, pasted.levels);
    // A part never leaves the picture, and is never nothing.
    assert_eq!(pasted.part(0.5, [9.0, -9.0]).levels[..60], pasted.levels[60..120]);
    assert_eq!(pasted.part(0.0, [0.5, 0.5]).levels.len(), 1);
}
