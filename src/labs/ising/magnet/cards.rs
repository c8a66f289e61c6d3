//! The cards of the page: which plots there are, and which stands in which card.

use serde::{Deserialize, Serialize};

use crate::labs::kit::CardId;

/// A plot that a card can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Plot {
    /// |m| against T.
    #[default]
    Order,
    /// e against T.
    Energy,
    /// m and e against time.
    Time,
    /// F(m) and P(m).
    Landscape,
    /// G(r).
    Correlation,
    /// S(k).
    Structure,
    /// Block spins.
    Blur,
    /// The table of averages.
    Measured,
    /// m against h.
    Loop,
    /// n(s).
    Clusters,
    /// R(t) after a quench.
    Growth,
    /// Loop areas against rate.
    Areas,
}

impl Plot {
    /// In the order of the menu.
    pub const ALL: [Self; 12] = [
        Self::Order,
        Self::Energy,
        Self::Time,
        Self::Measured,
        Self::Landscape,
        Self::Correlation,
        Self::Structure,
        Self::Blur,
        Self::Clusters,
        Self::Growth,
        Self::Loop,
        Self::Areas,
    ];
    /// The tabs of the compact layout and their names; the others are behind a menu.
    pub const TABS: [(Self, &str); 5] = [
        (Self::Order, "ising.tab.order"),
        (Self::Time, "ising.tab.time"),
        (Self::Landscape, "ising.tab.landscape"),
        (Self::Correlation, "ising.tab.correlation"),
        (Self::Blur, "ising.tab.blur"),
    ];

    /// Names of all cards, in the order of the menu.
    pub const CARDS: [CardId; 12] = [
        "order",
        "energy",
        "time",
        "averages",
        "landscape",
        "correlation",
        "structure",
        "blocks",
        "clusters",
        "growth",
        "loop",
        "areas",
    ];

    /// The name of its card.
    #[must_use]
    pub fn id(self) -> CardId {
        match self {
            Self::Order => "order",
            Self::Energy => "energy",
            Self::Time => "time",
            Self::Measured => "averages",
            Self::Landscape => "landscape",
            Self::Correlation => "correlation",
            Self::Structure => "structure",
            Self::Blur => "blocks",
            Self::Clusters => "clusters",
            Self::Growth => "growth",
            Self::Loop => "loop",
            Self::Areas => "areas",
        }
    }

    /// The plot of a card.
    #[must_use]
    pub fn of(card: CardId) -> Option<Self> {
        Self::ALL.into_iter().find(|plot| plot.id() == card)
    }

    /// Returns the key of its title, and its symbol.
    #[must_use]
    pub fn title(self, is_staggered: bool) -> (&'static str, &'static str) {
        match self {
            Self::Order if is_staggered => ("ising.plot.staggered", "|m_{s}|"),
            Self::Order => ("ising.plot.order", "|m|"),
            Self::Energy => ("ising.plot.energy", "e"),
            Self::Time => ("ising.plot.time", ""),
            Self::Landscape => ("ising.plot.landscape", "F(m)"),
            Self::Correlation => ("ising.plot.correlation", "G(r)"),
            Self::Structure => ("ising.plot.structure", "S(k)"),
            Self::Blur => ("ising.plot.blur", "b"),
            Self::Measured => ("ising.plot.measured", ""),
            Self::Loop => ("ising.plot.loop", "m(h)"),
            Self::Clusters => ("ising.plot.clusters", "n(s)"),
            Self::Growth => ("ising.plot.growth", "R(t)"),
            Self::Areas => ("ising.plot.areas", ""),
        }
    }
}

/// Cards under the picture.
pub const STRIP: usize = 4;

/// Which plot stands in which card: four under the picture, two beside the thermometer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slots(pub [Plot; STRIP + 2]);

impl Default for Slots {
    fn default() -> Self {
        Self([Plot::Order, Plot::Time, Plot::Landscape, Plot::Correlation, Plot::Blur, Plot::Measured])
    }
}

impl Slots {
    /// Puts a plot into a card; if another card has it, the two change places.
    pub fn put(&mut self, slot: usize, plot: Plot) {
        let old = self.0[slot];
        for other in &mut self.0 {
            if *other == plot {
                *other = old;
            }
        }
        self.0[slot] = plot;
    }
}
