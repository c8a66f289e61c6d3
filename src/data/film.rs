//! A film of pictures of ±1 as an animated GIF.

use std::path::PathBuf;

use image::{
    Delay, Frame, RgbaImage,
    codecs::gif::{GifEncoder, Repeat},
};

use super::Problem;
use crate::platform::{files::free_path, folders, writing::write_whole};

/// Pixels along a side of the film, about.
const SIDE: usize = 480;
/// Time of a picture, and of the last one, in milliseconds.
const TIMES: [u32; 2] = [160, 1600];

/// Encodes square pictures, with these two colours for off and on.
///
/// # Errors
/// If encoding fails.
pub fn encode(pictures: &[&[i8]], off: [u8; 4], on: [u8; 4]) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new_with_speed(&mut bytes, 10);
        encoder.set_repeat(Repeat::Infinite).map_err(Problem::encoding)?;
        for (place, picture) in pictures.iter().enumerate() {
            let cells = picture.len().isqrt().max(1);
            let cell = (SIDE / cells).max(1) as u32;
            let color = |x: u32, y: u32| {
                let index = (y / cell) as usize * cells + (x / cell) as usize;
                image::Rgba(if picture[index] > 0 { on } else { off })
            };
            let side = cells as u32 * cell;
            let time = TIMES[usize::from(place + 1 == pictures.len())];
            let delay = Delay::from_numer_denom_ms(time, 1);
            encoder
                .encode_frame(Frame::from_parts(RgbaImage::from_fn(side, side, color), 0, 0, delay))
                .map_err(Problem::encoding)?;
        }
    }
    Ok(bytes)
}

/// Saves a film under the first free name in the person's folder; answers where.
///
/// # Errors
/// If encoding fails or the file cannot be written.
pub fn save(stem: &str, pictures: &[&[i8]], off: [u8; 4], on: [u8; 4]) -> Result<PathBuf, Problem> {
    let bytes = encode(pictures, off, on)?;
    let path = free_path(&folders::pictures(), stem, "gif");
    write_whole(&path, &bytes).map_err(|error| Problem::unwritable(&path, &error))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use image::{AnimationDecoder, codecs::gif::GifDecoder};

    use super::*;

    #[test]
    fn a_film_has_its_pictures_in_their_colours() {
        let (off, on) = ([27, 63, 112, 255], [244, 201, 99, 255]);
        let pictures: [&[i8]; 3] = [&[1, -1, -1, -1], &[-1, 1, -1, -1], &[1, 1, 1, 1]];
        let bytes = encode(&pictures, off, on).expect("encodes");
        let frames = GifDecoder::new(std::io::Cursor::new(bytes))
            .expect("a GIF")
            .into_frames()
            .collect_frames()
            .expect("frames");
        assert_eq!(frames.len(), 3);
        for (frame, picture) in frames.iter().zip(pictures) {
            for (index, &bit) in picture.iter().enumerate() {
                let pixel = frame.buffer().get_pixel(120 + 240 * (index % 2) as u32, 120 + 240 * (index / 2) as u32);
                assert_eq!(pixel.0, if bit > 0 { on } else { off });
            }
        }
    }
}
