//! Colour scales for maps: diverging around a pale zero.

use egui::Color32;

use super::tokens::blend;

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const DIVERGING: [Color32; 7] =
    [hex(0x1F_4E9E), hex(0x5C_94CF), hex(0xB3_D1EA), hex(0xF5_F5F3), hex(0xF3_BFA8), hex(0xDB_6A54), hex(0xA3_182F)];

/// The colour of a value from −1 (blue) to 1 (red); zero is always the pale centre.
#[must_use]
pub fn diverging(value: f64) -> Color32 {
    let place = (value.clamp(-1.0, 1.0) + 1.0) / 2.0 * (DIVERGING.len() - 1) as f64;
    let below = (place.floor() as usize).min(DIVERGING.len() - 2);
    blend(DIVERGING[below], DIVERGING[below + 1], place - below as f64)
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
