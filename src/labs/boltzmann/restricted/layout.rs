//! Where the parts of the lab lie.

use egui::{Rect, pos2, vec2};

use crate::widgets::{layout::Class, tokens::GAP};

/// Rectangles of the cards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Parts {
    /// All cards at once.
    Cards {
        /// Pictures to learn from.
        data: Rect,
        /// Hidden features.
        features: Rect,
        /// Eyes open, eyes closed.
        eyes: Rect,
        /// Dreams.
        dreams: Rect,
        /// Drawing and completion.
        draw: Rect,
        /// Learning curves.
        curves: Rect,
        /// The controls.
        controls: Rect,
    },
    /// One large card with tabs, the controls, and the curves below them.
    Compact {
        /// The large card.
        hero: Rect,
        /// The controls.
        controls: Rect,
        /// The curves.
        curves: Rect,
    },
}

impl Parts {
    /// Divides the space between the bars.
    #[must_use]
    pub fn new(class: Class, space: Rect) -> Self {
        let inner = space.shrink(GAP);
        if class == Class::Compact {
            return Self::compact(inner);
        }
        let controls_width = if class == Class::Wide { 380.0 } else { 316.0 };
        let controls = Rect::from_min_max(pos2(inner.right() - controls_width, inner.top()), inner.max);
        let left = Rect::from_min_max(inner.min, pos2(controls.left() - GAP, inner.bottom()));
        let free = left.height() - 2.0 * GAP;
        let heights = [0.435 * free, 0.275 * free, 0.29 * free];
        let row = |top: f32, height: f32| Rect::from_min_size(pos2(left.left(), top), vec2(left.width(), height));
        let first = row(left.top(), heights[0]);
        let second = row(first.bottom() + GAP, heights[1]);
        let third = row(second.bottom() + GAP, heights[2]);
        let cut = |rect: Rect, from: f32, to: f32| {
            let width = rect.width() + GAP;
            let (from, to) = (rect.left() + from * width, rect.left() + to * width - GAP);
            Rect::from_min_max(pos2(from, rect.top()), pos2(to, rect.bottom()))
        };
        Self::Cards {
            data: cut(first, 0.0, 0.205),
            features: cut(first, 0.205, 0.55),
            eyes: cut(first, 0.55, 1.0),
            dreams: second,
            draw: cut(third, 0.0, 0.55),
            curves: cut(third, 0.55, 1.0),
            controls,
        }
    }

    /// The place of a card that is shown large: all that the controls and, in a compact window, the curves leave.
    #[must_use]
    pub fn hero(&self) -> Rect {
        match *self {
            Self::Cards { data, features, eyes, dreams, draw, curves, .. } => {
                [features, eyes, dreams, draw, curves].into_iter().fold(data, Rect::union)
            }
            Self::Compact { hero, .. } => hero,
        }
    }

    fn compact(inner: Rect) -> Self {
        let column = (inner.width() * 0.34).clamp(330.0, 420.0);
        let hero = Rect::from_min_max(inner.min, pos2(inner.right() - column - GAP, inner.bottom()));
        let right = Rect::from_min_max(pos2(hero.right() + GAP, inner.top()), inner.max);
        let curves_height = (0.36 * right.height()).clamp(210.0, 260.0);
        let controls = Rect::from_min_max(right.min, pos2(right.right(), right.bottom() - curves_height - GAP));
        let curves = Rect::from_min_max(pos2(right.left(), controls.bottom() + GAP), right.max);
        Self::Compact { hero, controls, curves }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_at_any_size() {
        for (width, height) in
            [(1000.0, 680.0), (1024.0, 768.0), (1280.0, 720.0), (1360.0, 820.0), (1600.0, 1000.0), (2560.0, 1440.0)]
        {
            let class = Class::of(vec2(width, height));
            let space = Rect::from_min_max(pos2(0.0, class.top_bar()), pos2(width, height - class.status_bar()));
            let all = match Parts::new(class, space) {
                Parts::Cards { data, features, eyes, dreams, draw, curves, controls } => {
                    vec![data, features, eyes, dreams, draw, curves, controls]
                }
                Parts::Compact { hero, controls, curves } => vec![hero, controls, curves],
            };
            for (index, part) in all.iter().enumerate() {
                assert!(space.contains_rect(*part), "{width} × {height}: part {index} leaves the window");
                let overlaps = |other: &Rect| part.shrink(1.0).intersects(other.shrink(1.0));
                assert!(!all[index + 1..].iter().any(overlaps), "{width} × {height}: {index}");
            }
        }
    }
}
