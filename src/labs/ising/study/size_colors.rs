//! The colours of sizes.

use egui::Color32;

use crate::widgets::Tokens;

/// The colour of a size, by its place among those shown.
pub(super) fn size_color(tokens: &Tokens, index: usize) -> Color32 {
    tokens.series[index % tokens.series.len()]
}
