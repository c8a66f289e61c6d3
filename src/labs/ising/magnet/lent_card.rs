//! A card that shows another plot for a while, because something was started that is seen there. It gets its own plot back
//! when something else is done.

use super::{cards::Plot, scene::Look};

/// What the first card, and the card with tabs, showed before one of them was lent.
#[derive(Clone, Debug, Default)]
pub(super) struct LentCard {
    lent: Option<Lent>,
}

#[derive(Clone, Debug)]
struct Lent {
    plot: Plot,
    tab: Plot,
    first: Plot,
}

impl LentCard {
    /// Shows a plot in the first card, and in the card with tabs.
    pub fn lend(&mut self, look: &mut Look, plot: Plot) {
        self.lent = Some(Lent { plot, tab: look.tab, first: look.slots.0[0] });
        look.tab = plot;
        look.slots.put(0, plot);
    }

    /// Shows again what was shown before, unless a person has chosen something else there since.
    pub fn give_back(&mut self, look: &mut Look) {
        let Some(Lent { plot, tab, first }) = self.lent.take() else { return };
        if look.tab == plot {
            look.tab = tab;
        }
        if look.slots.0[0] == plot {
            look.slots.put(0, first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lent_card_is_given_back_unless_it_was_chosen_anew() {
        let mut look = Look { tab: Plot::Time, ..Look::default() };
        look.slots.put(0, Plot::Energy);
        // The loop stands elsewhere: then the two cards change places, and change back.
        look.slots.put(3, Plot::Loop);
        let before = look.clone();
        let mut cards = LentCard::default();
        cards.lend(&mut look, Plot::Loop);
        assert_eq!((look.tab, look.slots.0[0], look.slots.0[3]), (Plot::Loop, Plot::Loop, Plot::Energy));
        cards.give_back(&mut look);
        assert_eq!(look, before);
        cards.lend(&mut look, Plot::Loop);
        look.slots.put(0, Plot::Clusters);
        cards.give_back(&mut look);
        assert_eq!((look.tab, look.slots.0[0]), (Plot::Time, Plot::Clusters));
    }
}
