//! Where the parts of the lab lie: the shelf over the pad, the likeness beside it, the film below, the controls at the right.

use egui::{Rect, pos2, vec2};

use crate::widgets::{layout::Class, tokens::GAP};

/// Rectangles of the cards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Memories and gauge.
    pub shelf: Rect,
    /// The sketch pad with its tools.
    pub pad: Rect,
    /// Which memory is it like.
    pub likeness: Rect,
    /// Film, race, experiments; in the compact layout the same card as the likeness.
    pub film: Rect,
    /// The controls.
    pub controls: Rect,
}

impl Parts {
    /// Divides the space between the bars.
    #[must_use]
    pub fn new(class: Class, space: Rect) -> Self {
        let inner = space.shrink(GAP);
        if class == Class::Compact {
            return Self::compact(inner);
        }
        let wide = class == Class::Wide;
        let (controls_width, shelf_height, film_height) =
            if wide { (380.0, 148.0, 350.0) } else { (328.0, 134.0, 296.0) };
        let controls = Rect::from_min_max(pos2(inner.right() - controls_width, inner.top()), inner.max);
        let left = Rect::from_min_max(inner.min, pos2(controls.left() - GAP, inner.bottom()));
        let shelf = Rect::from_min_size(left.min, vec2(left.width(), shelf_height));
        let film = Rect::from_min_max(pos2(left.left(), left.bottom() - film_height), left.max);
        let row = Rect::from_min_max(pos2(left.left(), shelf.bottom() + GAP), pos2(left.right(), film.top() - GAP));
        // The pad is square beside its column of tools; the likeness takes what is left, within reason.
        let pad_width = (row.height() + 64.0).min(row.width() - 330.0 - GAP);
        let pad = Rect::from_min_size(row.min, vec2(pad_width, row.height()));
        let likeness = Rect::from_min_max(pos2(pad.right() + GAP, row.top()), row.max);
        Self { shelf, pad, likeness, film, controls }
    }

    fn compact(inner: Rect) -> Self {
        let shelf_height = 92.0;
        let column_width = (inner.width() - (inner.height() - shelf_height) - 60.0).clamp(330.0, 560.0);
        let left = Rect::from_min_max(inner.min, pos2(inner.right() - column_width - GAP, inner.bottom()));
        let shelf = Rect::from_min_size(left.min, vec2(left.width(), shelf_height));
        let pad = Rect::from_min_max(pos2(left.left(), shelf.bottom() + GAP), left.max);
        let column = Rect::from_min_max(pos2(left.right() + GAP, inner.top()), inner.max);
        let height = (column.height() * 0.5).clamp(300.0, 400.0);
        let film = Rect::from_min_size(column.min, vec2(column.width(), height));
        let controls = Rect::from_min_max(pos2(column.left(), film.bottom() + GAP), column.max);
        Self { shelf, pad, likeness: film, film, controls }
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
            let parts = Parts::new(class, space);
            let mut all = vec![parts.shelf, parts.pad, parts.film, parts.controls];
            if class != Class::Compact {
                all.push(parts.likeness);
            }
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
