//! What a person sets that the network never hears of: the pen, and what is shown. Both are saved, neither is undone or sent.

use serde::{Deserialize, Serialize};

use crate::labs::kit::Repair;

/// Range of the brush, cells across.
pub const BRUSH: std::ops::RangeInclusive<u32> = 1..=8;

/// What the pointer does on the pad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tool {
    /// Turns cells on.
    #[default]
    Draw,
    /// Turns cells off.
    Erase,
    /// Fills an area of one colour.
    Fill,
    /// Makes cells random: a hole.
    Hole,
    /// Turns cells over, some of them.
    Noise,
    /// Shows what a neuron listens to.
    Listen,
}

/// What is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pen {
    /// What the pointer does.
    pub tool: Tool,
    /// Brush, cells across.
    pub brush: u32,
}

impl Default for Pen {
    fn default() -> Self {
        Self { tool: Tool::Draw, brush: 2 }
    }
}

impl Pen {
    /// Makes the brush wider or narrower by some cells, within its range.
    pub fn resize(&mut self, by: i32) {
        self.brush = self.brush.saturating_add_signed(by).clamp(*BRUSH.start(), *BRUSH.end());
    }
}

impl Repair for Pen {
    fn repaired(mut self) -> Self {
        self.resize(0);
        self
    }
}

/// What a card with tabs shows. The compact layout has all in one card, the others in two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// The film of the recall and its energy.
    #[default]
    Film,
    /// Overlaps with the memories.
    Likeness,
    /// The weights.
    Connections,
    /// The phase map.
    Phase,
    /// All rules side by side.
    Race,
    /// Capacity and basins.
    Experiments,
}

/// Folds, tabs and how values are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// What is set once is unfolded.
    pub more: bool,
    /// The card of the compact layout.
    pub all: Tab,
    /// Film, race or experiments.
    pub below: Tab,
    /// Connections or phase map.
    pub side: Tab,
    /// Values are shown as 0 and 1, as in the paper of 1982.
    pub zero_one: bool,
    /// The person has done something here, and needs no first word any more.
    pub has_met: bool,
}

impl Default for Look {
    fn default() -> Self {
        let (all, below, side) = (Tab::Likeness, Tab::Film, Tab::Connections);
        Self { more: false, all, below, side, zero_one: false, has_met: false }
    }
}

impl Look {
    /// Brings a card to the front, in every layout that has it.
    pub fn show_tab(&mut self, tab: Tab) {
        self.all = tab;
        match tab {
            Tab::Film | Tab::Race | Tab::Experiments => self.below = tab,
            Tab::Connections | Tab::Phase => self.side = tab,
            Tab::Likeness => {}
        }
    }
}
