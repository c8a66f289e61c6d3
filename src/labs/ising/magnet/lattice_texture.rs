//! The picture of the lattice on its way to the screen: colours of spins, of pinned ones and of clusters.

use std::sync::{Arc, LazyLock};

use egui::{Color32, ColorImage, Painter, Pos2, Rect, TextureHandle, TextureOptions, Ui, pos2, vec2};

use crate::{
    labs::ising::magnet::{
        cluster_meter::{LARGEST, UP},
        picture::Picture,
    },
    widgets::tokens::{SPIN_DOWN, SPIN_UP, blend},
};

/// A picture on its way to the graphics card; its bytes are used again.
#[derive(Default)]
pub(super) struct LatticeTexture {
    image: Arc<ColorImage>,
    texture: Option<TextureHandle>,
    sequence: u64,
}

/// Colours of all levels: of spins, and of the hatch on held ones. Made once, not for every picture.
static COLOURS: LazyLock<[[Color32; 256]; 2]> = LazyLock::new(|| [colours(false), colours(true)]);

fn colours(pinned: bool) -> [Color32; 256] {
    std::array::from_fn(|level| {
        let color = blend(SPIN_DOWN, SPIN_UP, level as f64 / 255.0);
        if pinned { blend(color, Color32::from_rgb(0xF5, 0xF5, 0xF3), 0.45) } else { color }
    })
}

/// The colour of a cluster that is looked at: up and down ones differ a little.
const MARK: Color32 = Color32::from_rgb(0x2E, 0xCF, 0xB4);

/// Colours of clusters: up ones bright, down ones dark, the largest as spins are.
static CLUSTER_COLOURS: LazyLock<[Color32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|index| {
        let (hue, is_up) = (index as u8 & !UP, index as u8 & UP != 0);
        if hue == LARGEST {
            return if is_up { SPIN_UP } else { SPIN_DOWN };
        }
        // Steps of the golden section keep neighbouring numbers apart.
        let turn = (f32::from(hue) * 0.618_034).fract();
        let (saturation, value) = if is_up { (0.45, 0.95) } else { (0.75, 0.42) };
        egui::ecolor::Hsva::new(turn, saturation, value, 1.0).into()
    })
});

impl LatticeTexture {
    /// Uploads a picture that is not on screen yet; `clusters` are colours for its pixels, or none, and `marked` is 1 for those
    /// of a cluster that is looked at, or empty.
    pub fn update(
        &mut self,
        ui: &Ui,
        name: &str,
        picture: &Picture,
        (clusters, marked): (&[u8], &[u8]),
        sequence: u64,
    ) {
        if self.sequence == sequence && self.texture.is_some() {
            return;
        }
        self.sequence = sequence;
        let size = [picture.view.columns, picture.view.rows];
        if picture.levels.len() != size[0] * size[1] || picture.levels.is_empty() {
            return;
        }
        // egui lets go of the picture once it is uploaded, so this does not copy.
        let image = Arc::make_mut(&mut self.image);
        image.size = size;
        image.source_size = vec2(size[0] as f32, size[1] as f32);
        let [table, hatch] = &*COLOURS;
        image.pixels.clear();
        if clusters.len() == picture.levels.len() {
            image.pixels.extend(clusters.iter().map(|&colour| CLUSTER_COLOURS[usize::from(colour)]));
        } else {
            image.pixels.extend(picture.levels.iter().map(|&level| table[usize::from(level)]));
        }
        if !picture.pinned.is_empty() {
            for (index, (pixel, &pinned)) in image.pixels.iter_mut().zip(&picture.pinned).enumerate() {
                let (x, y) = (index % size[0] + picture.view.x, index / size[0] + picture.view.y);
                if pinned == 1 && (x + y) % 3 == 0 {
                    *pixel = hatch[usize::from(picture.levels[index])];
                }
            }
        }
        if marked.len() == picture.levels.len() {
            let looked_at = image.pixels.iter_mut().zip(marked).filter(|(_, marked)| **marked == 1);
            looked_at.for_each(|(pixel, _)| *pixel = blend(*pixel, MARK, 0.7));
        }
        match &mut self.texture {
            Some(texture) if texture.size() == size => {
                texture.set_partial([0, 0], Arc::clone(&self.image), TextureOptions::NEAREST);
            }
            _ => self.texture = Some(ui.ctx().load_texture(name, Arc::clone(&self.image), TextureOptions::NEAREST)),
        }
    }

    /// Draws the picture uploaded last.
    pub fn draw(&self, painter: &Painter, rect: Rect) {
        if let Some(texture) = &self.texture {
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            painter.image(texture.id(), rect, whole, Color32::WHITE);
        }
    }
}
