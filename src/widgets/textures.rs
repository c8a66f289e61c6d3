//! Pixels of the pictures on screen. egui's textures cannot be read back, so what is to be drawn into a file as well is kept
//! here beside its texture.

use std::{collections::HashMap, sync::Arc};

use egui::{ColorImage, Context, Id, TextureId};

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

/// The pixels of a texture; none if they were not kept.
#[must_use]
pub fn pixels(ctx: &Context, texture: TextureId) -> Option<Arc<ColorImage>> {
    let kept: Arc<egui::mutex::Mutex<Kept>> = ctx.data(|data| data.get_temp(Id::unique("kept textures")))?;
    let kept = kept.lock();
    kept.get(&texture).cloned()
}
