//! Tiles of block spins: the same corner of the lattice from further and further away.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::magnet::{
            block_spins::{BLOCKS, BlockRule, MOST_SHOWN, SHOWN},
            inspector::BlurFrame,
        },
        kit::PageContext,
    },
    text::Texts,
    widgets::{
        Tokens, numbers,
        pattern::Raster,
        tokens::{SPIN_DOWN, SPIN_UP, regular, size},
    },
};

/// Textures of the tiles.
#[derive(Default)]
pub(in crate::labs::ising) struct Tiles {
    rasters: [Raster; BLOCKS.len()],
    pixels: Vec<egui::Color32>,
    wanted: usize,
}

impl Tiles {
    /// Blocks along a tile's side that fill it with whole pixels.
    pub fn wanted(&self) -> usize {
        self.wanted.clamp(1, MOST_SHOWN)
    }
}

/// Lines of text under a tile.
const TEXT: f32 = 52.0;
const GAP: f32 = 10.0;

/// BlockSums that make the tiles largest, and their side.
fn arrangement(space: Vec2) -> (usize, f32) {
    let side = |columns: usize| {
        let rows = BLOCKS.len().div_ceil(columns);
        let width = (space.x - GAP * (columns - 1) as f32) / columns as f32;
        let height = (space.y - GAP * (rows - 1) as f32) / rows as f32 - TEXT;
        (columns, width.min(height))
    };
    (2..=BLOCKS.len()).map(side).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((BLOCKS.len(), 40.0))
}

/// Draws a tile for each block size, with |m| and G(1) under it.
pub(super) fn tiles_ui(frames: &[BlurFrame], rule: BlockRule, tiles: &mut Tiles, ui: &mut Ui, cx: &PageContext<'_>) {
    let space = ui.available_rect_before_wrap();
    let (columns, side) = arrangement(space.size());
    let pixels = (side * ui.ctx().pixels_per_point()).floor();
    let a_block = (pixels / SHOWN as f32).round().max(1.0);
    tiles.wanted = (pixels / a_block) as usize;
    let rows = BLOCKS.len().div_ceil(columns);
    let gap = (space.width() - side * columns as f32) / columns as f32;
    let line = ((space.height() - rows as f32 * (side + TEXT)) / rows as f32).clamp(0.0, GAP);
    for (index, shown) in frames.iter().enumerate() {
        let (row, column) = (index / columns, index % columns);
        let corner = pos2(
            space.left() + gap / 2.0 + column as f32 * (side + gap),
            space.top() + row as f32 * (side + TEXT + line),
        );
        let rect = Rect::from_min_size(corner, Vec2::splat(side));
        tile_ui(ui, rect, shown, tiles, index, rule, cx.texts);
    }
}

fn tile_ui(ui: &mut Ui, rect: Rect, shown: &BlurFrame, tiles: &mut Tiles, index: usize, rule: BlockRule, t: Texts) {
    let tokens = Tokens::of(ui);
    let response = ui.allocate_rect(rect, Sense::hover());
    let name = format!("{0} \u{d7} {0}", BLOCKS[index]);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t.fill("ising.blur.name", &[("block", &name)])));
    let painter = ui.painter().clone();
    let colors = [SPIN_DOWN, SPIN_UP];
    tiles.pixels.clear();
    tiles.pixels.extend(shown.tile.spins.iter().map(|&spin| colors[usize::from(spin)]));
    if tiles.pixels.is_empty() {
        painter.rect_filled(rect, 3, tokens.plot);
        let text = t.get("ising.blur.small");
        crate::widgets::plot::sentence(&painter, rect, text, tokens.t2);
    } else {
        let pixels = std::mem::take(&mut tiles.pixels);
        // Where the lattice has fewer blocks, whole pixels again, in the middle.
        let points = ui.ctx().pixels_per_point();
        let a_block = (rect.width() * points / shown.tile.side as f32).floor().max(1.0);
        let size = Vec2::splat(a_block * shown.tile.side as f32 / points);
        painter.rect_filled(rect, 3, tokens.plot);
        tiles.rasters[index].draw(ui, &painter, Rect::from_center_size(rect.center(), size), &pixels);
        tiles.pixels = pixels;
    }
    painter.rect_stroke(rect, 2, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
    let value = |estimate: Option<crate::physics::statistics::Estimate>| {
        estimate.map_or("\u{2013}".to_owned(), |estimate| numbers::fixed(estimate.value, 3))
    };
    let lines = [
        (name, tokens.text),
        (format!("|m| {}", value(shown.order)), tokens.t2),
        (format!("G(1) {}", value(shown.neighbours)), tokens.t2),
    ];
    for (row, (text, ink)) in lines.iter().enumerate() {
        let at = rect.center_bottom() + vec2(0.0, 2.0 + 16.0 * row as f32);
        painter.text(at, Align2::CENTER_TOP, text, regular(size::TICK), *ink);
    }
    let tip = match rule {
        BlockRule::Majority => "ising.blur.majority.tip",
        BlockRule::Decimation => "ising.blur.decimation.tip",
    };
    response.tip(t.get(tip));
}
