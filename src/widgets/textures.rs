//! Pixels of the pictures on screen. egui's textures cannot be read back, so what is to be drawn into a file as well is kept
//! here beside its texture.

use std::{collections::HashMap, sync::Arc};

use base64::Engine as _;
use egui::{ColorImage, Context, Id, Rect, TextureId};

/// Pictures by their textures; those whose texture is gone are dropped when another one is kept.
type Kept = HashMap<TextureId, Arc<ColorImage>>;

/// Keeps the pixels of a texture that was uploaded just now.
pub fn keep(ctx: &Context, texture: TextureId, image: &Arc<ColorImage>) {
    let image = Arc::clone(image);
    let textures = ctx.tex_manager();
    ctx.data_mut(|data| {
        let kept: &mut Arc<egui::mutex::Mutex<Kept>> = data.get_temp_mut_or_default(Id::unique("kept textures"));
        let mut kept = kept.lock();
        let textures = textures.read();
        kept.retain(|texture, _| textures.meta(*texture).is_some());
        kept.insert(texture, image);
    });
}

/// The part of a texture with these coordinates, 0 to 1, as a PNG in a `data:` URL; none if its pixels are not known.
#[must_use]
pub fn data_url(ctx: &Context, texture: TextureId, uv: Rect) -> Option<String> {
    let kept: Arc<egui::mutex::Mutex<Kept>> = ctx.data(|data| data.get_temp(Id::unique("kept textures")))?;
    let image = Arc::clone(kept.lock().get(&texture)?);
    let [width, height] = image.size.map(|side| side as f32);
    let pixel = |value: f32, most: f32| value.clamp(0.0, 1.0) * most;
    let (left, right) = (pixel(uv.left(), width).round() as usize, pixel(uv.right(), width).round() as usize);
    let (top, bottom) = (pixel(uv.top(), height).round() as usize, pixel(uv.bottom(), height).round() as usize);
    if left >= right || top >= bottom {
        return None;
    }
    let rows = (top..bottom).flat_map(|row| &image.pixels[row * image.size[0] + left..row * image.size[0] + right]);
    let rgba: Vec<u8> = rows.flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let mut png = Vec::new();
    let size = [(right - left) as u32, (bottom - top) as u32];
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(encoder, &rgba, size[0], size[1], image::ExtendedColorType::Rgba8).ok()?;
    Some(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png)))
}
