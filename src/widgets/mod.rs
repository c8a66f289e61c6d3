//! egui widgets that more than one lab uses, and the tokens of the design.

pub mod banner;
pub mod buttons;
pub mod card;
pub mod colors;
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
pub mod slider;
pub mod stepper;
pub mod thermometer;
pub mod tokens;

pub use rich::rich;
pub use tokens::Tokens;
