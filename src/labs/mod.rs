//! One folder a lab, each a vertical slice from the simulation thread to the screen.
//!
//! Adding a lab is one folder here and one line in [`all`].

pub mod boltzmann;
pub mod hopfield;
pub mod ising;
pub mod kit;

use std::path::PathBuf;

use egui::Ui;

pub use self::kit::{ByHand, Host, PageContext, PageContext as LabContext, Seams, StatusItem, in_a_pool};
use crate::text::Texts;

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
    /// Takes just this step of this page back. Returns whether that could still be done.
    fn undo_step(&mut self, _page: &str, _step: u64) -> bool {
        false
    }
    /// Whether [`Lab::undo_step`] could take this step back.
    fn has_step(&self, _page: &str, _step: u64) -> bool {
        false
    }
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
    vec![Box::new(ising::lab(host)), Box::new(hopfield::lab(host)), Box::new(boltzmann::lab(host))]
}

impl Lab for kit::Lab {
    fn id(&self) -> &'static str {
        self.id()
    }
    fn title(&self) -> &'static str {
        self.title()
    }
    fn logic(&mut self, now: f64, held: bool) {
        self.logic(now, held);
    }
    fn ui(&mut self, ui: &mut Ui, cx: &mut LabContext<'_>) {
        cx.wishes.here = (self.id(), self.front().id());
        cx.wishes.pages = self.tabs();
        self.page().ui(ui, cx);
        if let Some(page) = cx.wishes.page.take() {
            self.show_page(page);
        }
    }
    fn keys(&mut self, ui: &Ui, cx: &mut LabContext<'_>) {
        cx.wishes.here = (self.id(), self.front().id());
        let commands = self.front().commands();
        for command in ui.input_mut(|input| kit::command::pressed(input, commands)) {
            self.page().act(command, cx);
        }
    }
    fn is_running(&self) -> bool {
        self.front().is_running()
    }
    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        self.front().status(texts)
    }
    fn set_on_screen(&mut self, on_screen: bool) {
        self.set_shown(on_screen);
    }
    fn undo(&mut self, redo: bool) -> bool {
        self.page().undo(redo)
    }
    fn undo_step(&mut self, page: &str, step: u64) -> bool {
        self.page_mut(page).is_some_and(|page| page.undo_step(step))
    }
    fn has_step(&self, page: &str, step: u64) -> bool {
        self.pages().any(|other| other.id() == page && other.has_step(step))
    }
    fn save(&self) -> serde_json::Value {
        self.save()
    }
    fn restore(&mut self, saved: &serde_json::Value) -> bool {
        self.restore(saved)
    }
    fn has_frame(&self) -> bool {
        self.front().has_frame()
    }
    fn turn_by_hand(&mut self) {
        self.turn_by_hand();
    }
    fn dropped(&mut self, paths: Vec<PathBuf>, cx: &mut LabContext<'_>) {
        cx.wishes.here = (self.id(), self.front().id());
        self.page().dropped(paths, cx);
    }
    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self.page().as_any()
    }
}
