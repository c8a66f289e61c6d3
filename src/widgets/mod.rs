//! egui widgets that more than one lab uses, and the tokens of the design.

mod axes;
pub mod banner;
pub mod bubble;
pub mod buttons;
pub mod card;
pub mod colors;
pub mod covered;
pub mod focus;
pub mod fonts;
pub mod icons;
pub mod keys;
pub mod layout;
pub mod mosaic;
pub mod notices;
pub mod numbers;
pub mod pattern;
pub mod plot;
pub mod rich;
pub mod scroll;
pub mod slider;
pub mod stepper;
pub mod textures;
pub mod thermometer;
pub mod ticks;
pub mod tip;
pub mod tokens;
pub mod typed;

pub use rich::rich;
pub use tokens::Tokens;
