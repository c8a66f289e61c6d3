//! Where the parts of the lab lie: the shelf over the pad, the likeness beside it, the film below, the controls at the right.

use egui::{Rect, pos2, vec2};

use crate::widgets::{layout::Class, tokens::GAP};

/// What a caption needs at the foot of its card.
const CAPTION: f32 = 60.0;
/// What the verdict needs at the foot of the pad, and the tools at its left.
const VERDICT: f32 = 110.0;
const TOOLS: f32 = 160.0;

/// The likeness needs this width.
const OVERLAPS: f32 = 330.0;
/// The connections need this width.
const SIDE: f32 = 250.0;

/// Rectangles of the cards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Memories and gauge.
    pub shelf: Rect,
    /// The sketch pad with its tools.
    pub pad: Rect,
    /// Which memory is it like.
    pub overlaps: Rect,
    /// Connections and phase map, where there is room.
    pub side: Option<Rect>,
    /// Film, race, experiments; in the compact layout the same card as the likeness.
    pub film: Rect,
    /// The controls.
    pub controls: Rect,
}

impl Parts {
    /// The part that notices may cover: it is looked at and has no controls, or in the compact layout the pad over its
    /// verdict.
    #[must_use]
    pub fn for_notices(&self) -> Rect {
        match self.side {
            Some(side) => side.with_max_y(side.bottom() - CAPTION),
            None => self.pad.with_min_x(self.pad.left() + TOOLS).with_max_y(self.pad.bottom() - VERDICT),
        }
    }

    /// Divides the space between the bars.
    #[must_use]
    ///
    /// `tall`: in the compact layout the card with tabs needs most of the column.
    pub fn new(class: Class, space: Rect, tall: bool) -> Self {
        let inner = space.shrink(GAP);
        if class == Class::Compact {
            return Self::compact(inner, tall);
        }
        let wide = class == Class::Wide;
        let controls_width = if wide { 380.0 } else { 328.0 };
        let shelf_height = (0.16 * inner.height()).clamp(122.0, 160.0);
        let film_height = (0.31 * inner.height()).clamp(210.0, 350.0);
        let controls = Rect::from_min_max(pos2(inner.right() - controls_width, inner.top()), inner.max);
        let left = Rect::from_min_max(inner.min, pos2(controls.left() - GAP, inner.bottom()));
        let shelf = Rect::from_min_size(left.min, vec2(left.width(), shelf_height));
        let film = Rect::from_min_max(pos2(left.left(), left.bottom() - film_height), left.max);
        let row = Rect::from_min_max(pos2(left.left(), shelf.bottom() + GAP), pos2(left.right(), film.top() - GAP));
        // The pad is square beside its column of tools; the likeness takes what is left, within reason.
        let pad_width = (row.height() + 134.0).min(row.width() - OVERLAPS - GAP);
        let pad = Rect::from_min_size(row.min, vec2(pad_width, row.height()));
        let rest = Rect::from_min_max(pos2(pad.right() + GAP, row.top()), row.max);
        if rest.width() < OVERLAPS + GAP + SIDE {
            return Self { shelf, pad, overlaps: rest, side: None, film, controls };
        }
        let side_width = (rest.width() * if wide { 0.58 } else { 0.46 }).clamp(SIDE, (row.height() - 60.0).max(SIDE));
        let side = Rect::from_min_max(pos2(rest.right() - side_width, rest.top()), rest.max);
        let overlaps = Rect::from_min_max(rest.min, pos2(side.left() - GAP, rest.bottom()));
        Self { shelf, pad, overlaps, side: Some(side), film, controls }
    }

    fn compact(inner: Rect, tall: bool) -> Self {
        let shelf_height = 124.0;
        // As wide as the square pad, its tools and the verdict under it need; the column takes the rest.
        let pad_side = inner.height() - shelf_height - GAP - 105.0;
        let column_width = (inner.width() - GAP - pad_side - 188.0).clamp(330.0, 560.0);
        let left = Rect::from_min_max(inner.min, pos2(inner.right() - column_width - GAP, inner.bottom()));
        let shelf = Rect::from_min_size(left.min, vec2(left.width(), shelf_height));
        let pad = Rect::from_min_max(pos2(left.left(), shelf.bottom() + GAP), left.max);
        let column = Rect::from_min_max(pos2(left.right() + GAP, inner.top()), inner.max);
        let share = if tall { 0.76 } else { 0.53 };
        let height = (column.height() * share).clamp(300.0, if tall { 560.0 } else { 420.0 });
        let film = Rect::from_min_size(column.min, vec2(column.width(), height));
        let controls = Rect::from_min_max(pos2(column.left(), film.bottom() + GAP), column.max);
        Self { shelf, pad, overlaps: film, side: None, film, controls }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_the_pad_is_large_at_every_size() {
        for (width, height) in
            [(1000.0, 680.0), (1024.0, 768.0), (1280.0, 720.0), (1360.0, 820.0), (1600.0, 1000.0), (2560.0, 1440.0)]
        {
            let class = Class::of(vec2(width, height));
            let space = Rect::from_min_max(pos2(0.0, class.top_bar()), pos2(width, height - class.status_bar()));
            let parts = Parts::new(class, space, false);
            let mut all = vec![parts.shelf, parts.pad, parts.film, parts.controls];
            if class != Class::Compact {
                all.push(parts.overlaps);
            }
            all.extend(parts.side);
            for (index, part) in all.iter().enumerate() {
                assert!(space.contains_rect(*part), "{width} × {height}: part {index} leaves the window");
                assert!(
                    all[index + 1..].iter().all(|other| !part.shrink(1.0).intersects(other.shrink(1.0))),
                    "{width} × {height}: {index}"
                );
            }
            assert!(parts.pad.width() >= 380.0 && parts.pad.height() >= 300.0, "{width} × {height}: {:?}", parts.pad);
        }
    }
}
