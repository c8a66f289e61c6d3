//! The field: where points are at a time, the density under them, and arrows to where they probably come from.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Painter, Pos2, Rect, Shape, Stroke, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2,
};

use super::{
    captions,
    film::{ARROWS, CELLS, Film, Shown},
    presets::Dot,
    settings::{Direction, NoiseLook, REACH},
};
use crate::{
    labs::kit::PageContext,
    physics::landscape::density::coordinate,
    widgets::{
        Tokens, numbers, rich, textures,
        tokens::{blend, bold, regular, size},
    },
};

/// Moments of the way that a trail shows.
const TRAIL: usize = 10;
/// An arrow is at most this share of half the field's width long.
const LONGEST_ARROW: f32 = 0.14;

/// The picture of the density, on the graphics card.
#[derive(Default)]
pub(super) struct Ground {
    texture: Option<TextureHandle>,
    shown: Option<(u64, usize, bool)>,
}

impl Ground {
    fn paint(&mut self, ui: &Ui, rect: Rect, film: &Film, moment: usize, version: u64) {
        let dark = ui.visuals().dark_mode;
        if self.shown != Some((version, moment, dark)) {
            let tokens = Tokens::of(ui);
            let high = if dark { Color32::from_rgb(0x2A, 0x55, 0x9C) } else { Color32::from_rgb(0x8F, 0xB8, 0xEC) };
            let density = &film.density[moment];
            // Rows of a picture go down, those of the field up.
            let pixels = (0..CELLS * CELLS).map(|place| {
                let (row, column) = (CELLS - 1 - place / CELLS, place % CELLS);
                blend(tokens.plot, high, f64::from(density[row * CELLS + column]) / 255.0)
            });
            let image = Arc::new(ColorImage::new([CELLS, CELLS], pixels.collect()));
            match &mut self.texture {
                Some(texture) => texture.set(Arc::clone(&image), TextureOptions::LINEAR),
                None => {
                    let texture = ui.ctx().load_texture("density", Arc::clone(&image), TextureOptions::LINEAR);
                    self.texture = Some(texture);
                }
            }
            if let Some(texture) = &self.texture {
                textures::keep(ui.ctx(), texture.id(), &image);
            }
            self.shown = Some((version, moment, dark));
        }
        if let Some(texture) = &self.texture {
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
        }
    }
}

/// The colour of a kind of points.
pub(super) fn color(kind: u8, tokens: &Tokens) -> Color32 {
    tokens.series[usize::from(kind.min(1))]
}

/// Paints a point: a circle of the first kind, a square of the second.
pub(super) fn mark(painter: &Painter, at: Pos2, radius: f32, kind: u8, tokens: &Tokens) {
    if kind == 0 {
        painter.circle_filled(at, radius, color(kind, tokens));
    } else {
        painter.rect_filled(Rect::from_center_size(at, Vec2::splat(1.8 * radius)), 0, color(kind, tokens));
    }
}

/// Where a place of the plane lies in a square.
pub(super) fn onto(rect: Rect) -> impl Fn([f32; 2]) -> Pos2 {
    let scale = rect.width() / (2.0 * REACH as f32);
    move |[x, y]| rect.center() + scale * vec2(x, -y)
}

/// Draws the field at a moment.
pub(super) fn field_ui(
    shown: &Shown<'_>,
    look: &NoiseLook,
    ground: &mut Ground,
    version: u64,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) {
    let (tokens, Shown { film, moment, direction }) = (Tokens::of(ui), *shown);
    let space = ui.available_rect_before_wrap();
    let side = space.width().min(space.height());
    let rect = Rect::from_center_size(pos2(space.center().x, space.top() + side / 2.0), Vec2::splat(side));
    ground.paint(ui, rect, film, moment, version);
    let painter = ui.painter().with_clip_rect(rect);
    let at = onto(rect);
    if look.arrows {
        arrows(&painter, rect, &film.score[moment], tokens);
    }
    let ring = Stroke::new(1.0, tokens.t2);
    for Dot { at: place, .. } in &film.of.drawing {
        painter.circle_stroke(at(*place), 2.5, ring);
    }
    if look.trails {
        trails(&painter, shown, &at, tokens);
    }
    for (place, kind) in shown.points().filter(|(place, _)| place.iter().all(|x| x.is_finite())) {
        mark(&painter, at(place), 4.0, kind, tokens);
    }
    ui.painter().rect_stroke(rect, 3, Stroke::new(1.0, tokens.edge), egui::StrokeKind::Outside);
    let words = captions::moment(film.times[moment], direction, cx.texts);
    let galley = ui.painter().layout_job(rich(&words, bold(size::BODY), tokens.text));
    let chip = Rect::from_min_size(rect.min + vec2(10.0, 10.0), galley.size() + vec2(16.0, 8.0));
    ui.painter().rect_filled(chip, 6, tokens.card.gamma_multiply(0.9));
    ui.painter().galley(chip.min + vec2(8.0, 4.0), galley, tokens.text);
    legend(ui, rect, film, cx);
}

/// Names the marks of the field, over its lower edge.
fn legend(ui: &Ui, rect: Rect, film: &Film, cx: &PageContext<'_>) {
    let (t, tokens, painter) = (cx.texts, Tokens::of(ui), ui.painter());
    let memory = numbers::fixed(film.of.sigma, 2);
    let words = t.fill("noise.field.legend", &[("sigma", &memory)]);
    let galley = painter.layout_job(rich(&words, regular(size::CAPTION), tokens.t2));
    let ground =
        Rect::from_min_size(rect.left_bottom() + vec2(8.0, -12.0 - galley.size().y), galley.size() + vec2(28.0, 6.0));
    painter.rect_filled(ground, 4, tokens.card.gamma_multiply(0.9));
    painter.circle_stroke(ground.left_center() + vec2(11.0, 0.0), 2.5, Stroke::new(1.0, tokens.t2));
    painter.galley(ground.min + vec2(22.0, 3.0), galley, tokens.t2);
}

/// Paints arrows along the score; their length saturates, since it goes from almost nothing to thousands.
fn arrows(painter: &Painter, rect: Rect, score: &[[f32; 2]], tokens: &Tokens) {
    let at = onto(rect);
    let longest = LONGEST_ARROW * rect.width() / 2.0;
    let stroke = Stroke::new(1.0, tokens.t2.gamma_multiply(0.8));
    for (place, &[x, y]) in score.iter().enumerate() {
        let size = x.hypot(y);
        if size.is_nan() || size < 1e-6 {
            continue;
        }
        let from = [place % ARROWS, place / ARROWS].map(|place| coordinate(place, ARROWS, REACH) as f32);
        let length = longest * size / (size + 1.5);
        let along = vec2(x, -y) / size;
        let (tail, head) = (at(from), at(from) + length * along);
        painter.line_segment([tail, head], stroke);
        let barb = 0.35 * length.min(12.0);
        for side in [-0.5, 0.5] {
            painter.line_segment([head, head - barb * (along + side * along.rot90())], stroke);
        }
    }
}

fn trails(painter: &Painter, shown: &Shown<'_>, at: &dyn Fn([f32; 2]) -> Pos2, tokens: &Tokens) {
    let Shown { film, moment, direction } = *shown;
    let (places, moments) = match direction {
        Direction::Back => (&film.back, moment.saturating_sub(TRAIL)..=moment),
        Direction::Out => (&film.out, moment..=(moment + TRAIL).min(film.times.len() - 1)),
    };
    for (index, (_, kind)) in shown.points().enumerate() {
        let way: Vec<Pos2> = moments.clone().map(|moment| places[moment][index]).map(at).collect();
        if way.iter().all(|place| place.x.is_finite() && place.y.is_finite()) {
            painter.add(Shape::line(way, Stroke::new(1.0, color(kind, tokens).gamma_multiply(0.4))));
        }
    }
}
