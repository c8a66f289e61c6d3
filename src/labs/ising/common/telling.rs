//! How the pages of the lab tell of the model: of a magnet, or of voters. One page sets it, and all tell alike.

use std::{cell::Cell, rc::Rc};

use crate::text::Texts;

/// What all pages tell of; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Telling(Rc<Cell<bool>>);

impl Telling {
    /// Tells of voters from now on, or of a magnet.
    pub fn tell_of_voters(&self, voters: bool) {
        self.0.set(voters);
    }

    /// The texts as the class is told.
    #[must_use]
    pub fn told(&self, texts: Texts) -> Texts {
        texts.retold(self.0.get())
    }
}
