//! The cards of a page: which of them is enlarged, and what was asked of one.

use std::cell::{Cell, RefCell};

use egui::Rect;

/// The name of a card, as tests and lessons use it.
pub type CardId = &'static str;

/// What can be done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardCommand {
    /// Show it in the hero's place, or put it back.
    Enlarge,
    /// Copy a picture of it.
    CopyPicture,
    /// Save a picture of it.
    SavePng,
    /// Save a drawing of it.
    SaveSvg,
    /// Copy its numbers.
    CopyTable,
    /// Save its numbers.
    SaveCsv,
}

impl CardCommand {
    /// In the order of the menu, with the keys of their words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Enlarge, "card.enlarge"),
        (Self::CopyPicture, "card.copy_picture"),
        (Self::SavePng, "card.save_png"),
        (Self::SaveSvg, "card.save_svg"),
        (Self::CopyTable, "card.copy_table"),
        (Self::SaveCsv, "card.save_csv"),
    ];
}

/// What is to be done with which card, and where that card lies on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardWish {
    /// The card.
    pub card: CardId,
    /// What is to be done.
    pub command: CardCommand,
    /// Where it lies, in points.
    pub rect: Rect,
}

/// The cards of a page: which of them is enlarged, and what was asked of one.
#[derive(Default)]
pub struct Deck {
    enlarged: Cell<Option<CardId>>,
    hero: Cell<Option<Rect>>,
    pub(super) drawn: Cell<Option<(CardId, Rect)>>,
    wish: Cell<Option<CardWish>>,
    /// The card whose drawing is wanted, and the drawing.
    pub(super) wanted: Cell<Option<CardId>>,
    pub(super) drawing: RefCell<Option<(CardId, String)>>,
}

impl Deck {
    /// Says where the hero's place is. A page calls it before it draws its cards.
    pub fn set_hero(&self, hero: Rect) {
        self.hero.set(Some(hero));
    }

    /// The card in the hero's place, if one is there.
    #[must_use]
    pub fn enlarged(&self) -> Option<CardId> {
        self.enlarged.get()
    }

    /// Shows a card in the hero's place, or none.
    pub fn enlarge(&self, card: Option<CardId>) {
        self.enlarged.set(card);
    }

    /// Asks something of a card.
    pub fn wish(&self, wish: CardWish) {
        self.wish.set(Some(wish));
    }

    /// Takes what was asked.
    #[must_use]
    pub fn take_wish(&self) -> Option<CardWish> {
        self.wish.take()
    }

    /// Draws a card as SVG the next time that it is painted.
    pub fn want_drawing(&self, card: CardId) {
        self.wanted.set(Some(card));
    }

    /// Takes the drawing that was wanted, when the card has been painted.
    #[must_use]
    pub fn take_drawing(&self) -> Option<(CardId, String)> {
        self.drawing.take()
    }

    /// Where a card is to be drawn: in its own place, in the hero's, or not at all while another card lies there.
    pub(super) fn place(&self, card: CardId, own: Rect) -> Option<Rect> {
        let (Some(enlarged), Some(hero)) = (self.enlarged.get(), self.hero.get()) else { return Some(own) };
        if enlarged == card {
            return Some(hero);
        }
        (!own.shrink(1.0).intersects(hero.shrink(1.0))).then_some(own)
    }
}
