//! The bundled fonts: a subset of Noto Sans SC in two weights with Chinese for every text of the program.
//!
//! egui's own fonts and a system's CJK font stay behind them for what a person types.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

use super::tokens::bold_family;

/// The regular weight.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/spinscape-sans-regular.otf");
/// The bold weight.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/spinscape-sans-bold.otf");

/// Makes the bundled fonts the first choice.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, data: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    };
    add("spinscape-regular", REGULAR);
    add("spinscape-bold", BOLD);
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| {
        let mut names = vec![first.to_owned(), "spinscape-regular".to_owned()];
        names.extend(fallbacks.iter().cloned());
        names.dedup();
        names
    };
    let (regular, bold) = (family("spinscape-regular"), family("spinscape-bold"));
    fonts.families.insert(FontFamily::Proportional, regular);
    fonts.families.insert(bold_family(), bold);
    ctx.set_fonts(fonts);
}
