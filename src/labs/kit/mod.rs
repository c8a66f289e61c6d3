//! The frame inside the labs: what every lab needs and none should write again.
//!
//! A lab is a list of pages ([`page`]). A page owns a [`session::Session`], which holds the settings of its model, sends
//! them to the simulation's thread, keeps undo, and decides whether the simulation runs. Work beside the window is a
//! [`task::Task`]; threads, jobs and notices are reached through the [`host::Host`] alone. Drawing functions take what they
//! draw and return what was done; only a page turns that into commands.

pub mod canvas;
pub mod cards;
pub mod carried;
pub mod command;
pub mod controls;
pub mod deck;
pub mod edited;
pub mod host;
pub mod lenient;
pub mod observable;
pub mod offers;
pub mod page;
pub mod pasting;
pub mod saving;
pub mod session;
pub mod sheet;
pub mod svg;
pub mod table;
pub mod task;
pub mod undo;

pub use cards::{CardId, Deck};
pub use command::{CommandId, CommandInfo};
pub use edited::Edited;
pub use host::{ByHand, Host, Seams, in_a_pool};
pub use observable::{Format, Observable, StatusItem, status_of};
pub use offers::Offers;
pub use page::{Lab, Page, PageContext, WindowContext, Wishes};
pub use session::{Model, ModelCommand, ModelFrame, Polled, Repair, Session};
pub use table::{Cell, Table};
pub use task::Task;
pub use undo::{StepId, Undone};
