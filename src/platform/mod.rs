//! The only door to the system: files, folders, dialogs, and what the desktop does for a program.
//!
//! Every other room says what it wants in the words of this one, so that another system (a browser, a test whose files
//! fail) needs another door and nothing else. Without the feature `desktop` the door is narrower: files are read and
//! written, but there are no dialogs, no folders of the person's own and nothing that could show a folder.
//!
//! Whatever is here may wait for a disk or for a person: it belongs on a job's thread, never on the window's.

pub mod console;
pub mod desktop;
pub mod dialogs;
pub mod files;
pub mod folders;
pub mod panics;
mod saver;
pub mod stopping;
pub mod writing;

pub use saver::Saver;
