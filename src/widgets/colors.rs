//! Colour scales for maps: diverging around a pale zero, rising in lightness, and ink.

use egui::{Color32, Painter, Rect, pos2};

use super::tokens::{SPIN_DOWN, SPIN_UP, blend};

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const DIVERGING: [Color32; 7] =
    [hex(0x1F_4E9E), hex(0x5C_94CF), hex(0xB3_D1EA), hex(0xF5_F5F3), hex(0xF3_BFA8), hex(0xDB_6A54), hex(0xA3_182F)];

const SEQUENTIAL: [Color32; 7] =
    [hex(0x2B_2A6B), hex(0x2F_5291), hex(0x2F_7BA3), hex(0x3D_A39B), hex(0x82_C58C), hex(0xD2_DB8E), hex(0xFD_F6D3)];

const INK: [Color32; 5] = [hex(0x10_161D), hex(0x2C_3947), hex(0x6F_7E8D), hex(0xB7_C1CB), hex(0xF3_F5F7)];

fn ramp(colors: &[Color32], place: f64) -> Color32 {
    let place = if place.is_nan() { 0.0 } else { place.clamp(0.0, 1.0) * (colors.len() - 1) as f64 };
    let below = (place.floor() as usize).min(colors.len() - 2);
    blend(colors[below], colors[below + 1], place - below as f64)
}

/// The colour of a value from −1 (blue) to 1 (red); zero is always the pale centre.
#[must_use]
pub fn diverging(value: f64) -> Color32 {
    ramp(&DIVERGING, (value + 1.0) / 2.0)
}

/// The colour of a value from 0 to 1 in a map; lightness only rises.
#[must_use]
pub fn sequential(value: f64) -> Color32 {
    ramp(&SEQUENTIAL, value)
}

/// The colour of ink from 0 (none) to 1, light on dark.
#[must_use]
pub fn ink(value: f64) -> Color32 {
    ramp(&INK, value)
}

/// The colour of a spin: of 0 down, of 1 up, and between them where it is uncertain.
#[must_use]
pub fn spin(value: f64) -> Color32 {
    blend(SPIN_DOWN, SPIN_UP, value)
}

/// Paints the scale of a map upright: `color` of 1 at the top, of 0 at the bottom.
pub fn bar(painter: &Painter, rect: Rect, color: impl Fn(f64) -> Color32) {
    const STEPS: u32 = 48;
    let place = |step: u32| rect.top() + rect.height() * step as f32 / STEPS as f32;
    for step in 0..STEPS {
        // Half a point over the next part, so that no seam shows.
        let part = Rect::from_min_max(pos2(rect.left(), place(step)), pos2(rect.right(), place(step + 1) + 0.5));
        painter.rect_filled(part, 0, color(1.0 - (f64::from(step) + 0.5) / f64::from(STEPS)));
    }
}

/// The size that a share of the values stays below, for scales that a few outliers do not spoil; at least a tiny one.
#[must_use]
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    if values.is_empty() {
        return f64::MIN_POSITIVE;
    }
    let place = ((values.len() - 1) as f64 * share).round() as usize;
    values.select_nth_unstable_by(place, f64::total_cmp);
    values[place].max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_pale_and_the_ends_are_the_ends() {
        assert_eq!(diverging(0.0), DIVERGING[3]);
        assert_eq!((diverging(-2.0), diverging(1.0)), (DIVERGING[0], DIVERGING[6]));
        assert_eq!(percentile(&mut [3.0, 1.0, 2.0, 100.0, 4.0], 0.5), 3.0);
    }
}
