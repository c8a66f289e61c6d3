//! The three sizes of the design and the rectangles that follow from them, in points after scale.

use egui::{Rect, Vec2, pos2, vec2};

use super::tokens::GAP;

/// Below this the scale is lowered until the window fits.
pub const SMALLEST: Vec2 = vec2(1000.0, 680.0);

/// Which of the three layouts fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// One plot card with tabs above the controls.
    Compact,
    /// Plots in a strip.
    Standard,
    /// Plots in a strip, with more room for each.
    Wide,
}

impl Class {
    /// For a window of this size.
    #[must_use]
    pub fn of(window: Vec2) -> Self {
        if window.x >= 1900.0 && window.y >= 1000.0 {
            Self::Wide
        } else if window.x >= 1360.0 && window.y >= 820.0 {
            Self::Standard
        } else {
            Self::Compact
        }
    }

    /// Height of the top bar.
    #[must_use]
    pub fn top_bar(self) -> f32 {
        match self {
            Self::Compact => 48.0,
            Self::Standard => 52.0,
            Self::Wide => 56.0,
        }
    }

    /// Height of the status bar.
    #[must_use]
    pub fn status_bar(self) -> f32 {
        match self {
            Self::Compact => 27.0,
            Self::Standard => 28.0,
            Self::Wide => 30.0,
        }
    }
}

/// Where a lab with a square picture and an upright control beside it puts its parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabLayout {
    /// Which layout this is.
    pub class: Class,
    /// The square picture.
    pub hero: Rect,
    /// The upright control beside it.
    pub upright: Rect,
    /// Plots beside the upright control, where there is room.
    pub side: Option<Rect>,
    /// Plots under the picture; in the compact layout the card with tabs.
    pub plots: Rect,
    /// The controls.
    pub controls: Rect,
    /// Room under the picture in a compact window that is nearly square.
    pub below: Option<Rect>,
}

/// Width of the upright control.
pub const UPRIGHT: f32 = 132.0;
/// A column of plots narrower than this is left out.
const SIDE: f32 = 260.0;
/// Less room under the picture than this is left empty: a row of buttons does not fit.
const BELOW: f32 = 48.0;
/// The right column of a compact window is at least this wide.
const COLUMN: f32 = 320.0;

impl LabLayout {
    /// Divides the space between the bars. `picture` is given the side of the largest square that the picture could have
    /// and returns how large the picture is, at most that square; what it leaves goes to the cards beside it.
    #[must_use]
    pub fn new(class: Class, space: Rect, picture: impl FnOnce(f32) -> Vec2) -> Self {
        let inner = space.shrink(GAP);
        if class == Class::Compact {
            return Self::compact(inner, picture);
        }
        let (controls_width, strip) = if class == Class::Wide { (380.0, 320.0) } else { (328.0, 284.0) };
        let controls = Rect::from_min_max(pos2(inner.right() - controls_width, inner.top()), inner.max);
        let left = Rect::from_min_max(inner.min, pos2(controls.left() - GAP, inner.bottom()));
        let most = (left.height() - strip - GAP).min(left.width() - UPRIGHT - GAP);
        let hero = Rect::from_min_size(left.min, picture(most));
        let plots = Rect::from_min_max(pos2(left.left(), hero.bottom() + GAP), left.max);
        let upright = Rect::from_min_size(pos2(hero.right() + GAP, left.top()), vec2(UPRIGHT, hero.height()));
        let rest = Rect::from_min_max(pos2(upright.right() + GAP, left.top()), pos2(left.right(), hero.bottom()));
        let side = (rest.width() >= SIDE).then_some(rest);
        Self { class, hero, upright, side, plots, controls, below: None }
    }

    fn compact(inner: Rect, picture: impl FnOnce(f32) -> Vec2) -> Self {
        let most = inner.height().min(inner.width() - UPRIGHT - COLUMN - 2.0 * GAP);
        let hero = Rect::from_min_size(inner.min, picture(most));
        let upright = Rect::from_min_size(pos2(hero.right() + GAP, inner.top()), vec2(UPRIGHT, inner.height()));
        let column = Rect::from_min_max(pos2(upright.right() + GAP, inner.top()), inner.max);
        let height = (column.height() * 0.42).clamp(230.0, 360.0);
        let plots = Rect::from_min_size(column.min, vec2(column.width(), height));
        let controls = Rect::from_min_max(pos2(column.left(), plots.bottom() + GAP), column.max);
        let left = Rect::from_min_max(pos2(hero.left(), hero.bottom() + GAP), pos2(hero.right(), inner.bottom()));
        let below = (left.height() >= BELOW).then_some(left);
        Self { class: Class::Compact, hero, upright, side: None, plots, controls, below }
    }
}

/// Cuts a rectangle into columns of these shares, with gaps.
#[must_use]
pub fn columns(rect: Rect, shares: &[f32]) -> Vec<Rect> {
    let free = rect.width() - GAP * (shares.len() - 1) as f32;
    let total: f32 = shares.iter().sum();
    let mut x = rect.left();
    let cut = |share: &f32| {
        let width = free * share / total;
        let column = Rect::from_min_size(pos2(x, rect.top()), vec2(width, rect.height()));
        x += width + GAP;
        column
    };
    shares.iter().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_all_fits_at_every_size() {
        for (width, height) in [
            (1000.0, 680.0),
            (1024.0, 768.0),
            (1280.0, 720.0),
            (1360.0, 820.0),
            (1600.0, 1000.0),
            (1920.0, 1080.0),
            (2560.0, 1440.0),
        ] {
            let window = vec2(width, height);
            let class = Class::of(window);
            let space = Rect::from_min_max(pos2(0.0, class.top_bar()), pos2(width, height - class.status_bar()));
            for picture in [vec2(1.0, 1.0), vec2(0.85, 0.85), vec2(0.7, 1.0), vec2(1.0, 0.7)] {
                let mut room = 0.0;
                let layout = LabLayout::new(class, space, |most| {
                    room = most;
                    most * picture
                });
                assert!((layout.hero.size() - room * picture).length() < 1e-3, "{window}: the picture has its size");
                let mut parts = vec![layout.hero, layout.upright, layout.plots, layout.controls];
                parts.extend(layout.side.into_iter().chain(layout.below));
                for (index, part) in parts.iter().enumerate() {
                    assert!(space.contains_rect(*part), "{window}: part {index} leaves the window");
                    let is_large = part.width() >= 130.0 && part.height() >= BELOW;
                    assert!(is_large, "{window}: part {index} is {}", part.size());
                    for (other, second) in parts.iter().enumerate().skip(index + 1) {
                        let common = part.shrink(1.0).intersect(second.shrink(1.0));
                        assert!(!common.is_positive(), "{window}: {index} overlaps {other}");
                    }
                }
            }
        }
    }
}
