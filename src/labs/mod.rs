//! One folder a lab, each a vertical slice from the simulation thread to the screen.
//!
//! Adding a lab is one folder here and one line in [`all`].

pub mod hopfield;
pub mod ising;
pub mod kit;
pub mod rbm;
pub mod saving;

use std::path::PathBuf;

use egui::Ui;

pub use self::kit::{ByHand, Host, Seams, Shelf, in_a_pool};
use crate::{
    text::Texts,
    widgets::{layout::Class, notices::Notices},
};

/// What a lab sees of the window while it is drawn.
pub struct LabContext<'a> {
    /// The texts in force.
    pub texts: Texts,
    /// Where notices are shown.
    pub notices: &'a mut Notices,
    /// The layout in force.
    pub class: Class,
}

/// An item of the status bar: words, and the value in bold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusItem {
    /// Words before the value.
    pub before: String,
    /// The value.
    pub value: String,
    /// Unit or words after it.
    pub after: String,
    /// What it means, for the tooltip.
    pub tip: String,
}

/// A lab: a simulation with its screen.
pub trait Lab {
    /// A short name for files and settings.
    fn id(&self) -> &'static str;
    /// The key of its title.
    fn title(&self) -> &'static str;
    /// Takes new frames and sends what changed. Called for every lab before the one on screen is drawn. While `held`, as
    /// when a pointer drags or a text is typed, no step of undo ends.
    fn logic(&mut self, now: f64, held: bool);
    /// Draws everything between the bars.
    fn ui(&mut self, ui: &mut Ui, cx: &mut LabContext<'_>);
    /// Keys of this lab; called when no text field has the keyboard.
    fn keys(&mut self, ui: &Ui, cx: &mut LabContext<'_>);
    /// Whether it runs by itself now.
    fn is_running(&self) -> bool;
    /// The status bar's items.
    fn status(&self, texts: Texts) -> Vec<StatusItem>;
    /// It comes on screen or leaves it; off screen it pauses.
    fn set_on_screen(&mut self, on_screen: bool);
    /// Takes the last step back (`true` for one step on). Says whether there was one.
    fn undo(&mut self, redo: bool) -> bool;
    /// Its settings and open folds, for the settings file.
    fn save(&self) -> serde_json::Value;
    /// Takes settings from a file; what does not fit is left as it is and answered with `false`.
    fn restore(&mut self, saved: &serde_json::Value) -> bool;
    /// Whether a frame of its simulation has come.
    fn has_frame(&self) -> bool;
    /// By hand: does what is due on the host's clock.
    fn turn_by_hand(&mut self);
    /// Files were dropped on the window.
    fn dropped(&mut self, _paths: Vec<PathBuf>, _cx: &mut LabContext<'_>) {}
    /// For tests of a lab in particular.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}

/// All labs, in the order of their tabs.
#[must_use]
pub fn all(host: &Host) -> Vec<Box<dyn Lab>> {
    vec![
        Box::new(ising::IsingLab::new(host.clone())),
        Box::new(hopfield::HopfieldLab::new(host.clone())),
        Box::new(rbm::RbmLab::new(host.clone())),
    ]
}
