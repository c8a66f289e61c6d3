//! One folder a lab, each a vertical slice from the simulation thread to the screen.
//!
//! Adding a lab is one folder here and one line in [`all`].

pub mod hopfield;
pub mod ising;
pub mod rbm;
pub mod saving;

use std::{cell::RefCell, path::PathBuf, rc::Rc, sync::Arc};

use egui::Ui;

use crate::{
    simulation::{Clock, Driver, Job, Simulation, Watcher, driver::Wake},
    text::Texts,
    widgets::{layout::Class, notices::Notices},
};

/// What runs the simulations of the labs.
#[derive(Clone)]
pub struct Host {
    /// Wakes the window.
    pub wake: Wake,
    /// If given, simulations are driven by hand on this clock: in tests and for pictures.
    pub by_hand: Option<Arc<dyn Clock>>,
    /// Pictures that one lab offers to the others.
    pub shelf: Shelf,
}

/// Pictures of ±1 that the person stored: what the memory lab has on its shelf.
#[derive(Clone, Default)]
pub struct Shelf(pub Rc<RefCell<Vec<Arc<[i8]>>>>);

impl Host {
    /// Runs a simulation, on a thread of this name or by hand. `make` makes one; where the system refuses a thread it is
    /// asked once more, for a simulation that only shows how things stood.
    pub fn drive<S: Simulation>(&self, name: &str, make: impl Fn() -> S) -> Driver<S> {
        match &self.by_hand {
            Some(clock) => Driver::by_hand(make(), Arc::clone(clock)),
            // Without a thread nothing can run; the lab shows why, and offers to try again.
            None => Driver::spawn(name, make(), Arc::clone(&self.wake))
                .unwrap_or_else(|error| Driver::failed(make(), error.to_string())),
        }
    }

    /// Begins a job beside the simulation; by hand it is done at once.
    pub fn job<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&Watcher) -> Option<T> + Send + 'static,
    ) -> Job<T> {
        if self.by_hand.is_some() { Job::by_hand(work) } else { Job::spawn(name, self.wake.clone(), work) }
    }
}

/// Runs in a pool of its own, so that its threads end with it.
pub fn in_a_pool<T: Send>(work: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(pool) => pool.install(work),
        // Without more threads it takes longer, with the same result.
        Err(_) => work(),
    }
}

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
    /// Takes new frames and sends what changed. Called for the lab on screen before it is drawn.
    fn logic(&mut self, now: f64);
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
