//! What the page of valleys explores, and how it is looked at.

use serde::{Deserialize, Serialize};

use crate::{
    labs::kit::Repair,
    physics::landscape::{Couplings, LandscapeError, System, couplings::MOST_SPINS},
};

/// Least spins that are offered.
pub(super) const FEWEST_SPINS: u32 = 4;
/// Most memories of a network.
pub(super) const MOST_MEMORIES: u32 = 8;
/// Sweeps that slow cooling may take.
pub(super) const SWEEPS: std::ops::RangeInclusive<u32> = 1..=10_000;
/// Valleys less deep than this many J a spin can be hidden.
pub(super) const DEEPEST_HIDDEN: f64 = 0.2;
/// Highest temperature that opens valleys, in J/k.
pub(super) const HOTTEST: f64 = 1.0;

/// Kinds of bonds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Every pair, normal couplings.
    #[default]
    SherringtonKirkpatrick,
    /// Neighbours on a torus, normal couplings.
    Gaussian,
    /// Neighbours on a torus, +1 or −1.
    PlusMinus,
    /// Hebb's rule.
    Memories,
    /// Equal bonds around a ring.
    Ring,
    /// Equal bonds on a torus.
    Torus,
}

impl Kind {
    /// All kinds, in the order of their buttons.
    pub(super) const ALL: [Self; 6] =
        [Self::SherringtonKirkpatrick, Self::Gaussian, Self::PlusMinus, Self::Memories, Self::Ring, Self::Torus];

    /// The keys of its name and of the sentence that says what it is.
    pub(super) fn words(self) -> [&'static str; 2] {
        match self {
            Self::SherringtonKirkpatrick => ["valleys.kind.sk", "valleys.kind.sk.note"],
            Self::Gaussian => ["valleys.kind.gaussian", "valleys.kind.gaussian.note"],
            Self::PlusMinus => ["valleys.kind.pm", "valleys.kind.pm.note"],
            Self::Memories => ["valleys.kind.memories", "valleys.kind.memories.note"],
            Self::Ring => ["valleys.kind.ring", "valleys.kind.ring.note"],
            Self::Torus => ["valleys.kind.torus", "valleys.kind.torus.note"],
        }
    }

    /// Whether it lies on a torus, which has its own numbers of spins.
    pub(super) fn is_on_a_torus(self) -> bool {
        matches!(self, Self::Gaussian | Self::PlusMinus | Self::Torus)
    }

    /// Whether its bonds come from a seed.
    pub(super) fn is_random(self) -> bool {
        !matches!(self, Self::Ring | Self::Torus)
    }
}

/// The system to be explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Kind of bonds.
    pub kind: Kind,
    /// Spins, where the kind does not have its own number.
    pub spins: u32,
    /// Rows of four spins of a torus, 4 or 5.
    pub rows: u32,
    /// Memories of a network.
    pub memories: u32,
    /// Seed of random bonds.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { kind: Kind::default(), spins: 16, rows: 4, memories: 2, seed: 7 }
    }
}

impl Plan {
    fn system(&self) -> System {
        let rows = self.rows as usize;
        match self.kind {
            Kind::SherringtonKirkpatrick => System::SherringtonKirkpatrick,
            Kind::Gaussian => System::Gaussian { rows },
            Kind::PlusMinus => System::PlusMinus { rows },
            Kind::Memories => System::Hopfield { patterns: self.memories as usize },
            Kind::Ring => System::Ring,
            Kind::Torus => System::Torus { rows },
        }
    }

    /// The couplings of the system.
    ///
    /// # Errors
    /// If its random memories happen to leave every coupling 0.
    pub(super) fn couplings(&self) -> Result<Couplings, LandscapeError> {
        Couplings::of(self.system(), self.spins as usize, self.seed)
    }
}

/// What a person sets on the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ValleysSettings {
    /// The system.
    pub plan: Plan,
    /// Valleys from which a climb of less than this leads out are hidden, in J a spin.
    pub hidden_below: f64,
    /// Sweeps of slow cooling.
    pub sweeps: u32,
    /// Temperature that opens valleys, in J/k; 0 opens none.
    pub temperature: f64,
}

impl Default for ValleysSettings {
    fn default() -> Self {
        Self { plan: Plan::default(), hidden_below: 0.0, sweeps: 100, temperature: 0.0 }
    }
}

impl Repair for ValleysSettings {
    fn repaired(mut self) -> Self {
        let within = |value: f64, most: f64| if value.is_finite() { value.clamp(0.0, most) } else { 0.0 };
        let plan = &mut self.plan;
        plan.spins = plan.spins.clamp(FEWEST_SPINS, MOST_SPINS as u32);
        plan.rows = plan.rows.clamp(4, 5);
        plan.memories = plan.memories.clamp(1, MOST_MEMORIES);
        self.hidden_below = within(self.hidden_below, DEEPEST_HIDDEN);
        self.temperature = within(self.temperature, HOTTEST);
        self.sweeps = self.sweeps.clamp(*SWEEPS.start(), *SWEEPS.end());
        self
    }
}

/// Which card is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// The lowest way.
    #[default]
    Way,
    /// Which valley is found.
    Found,
    /// The couplings.
    Bonds,
    /// Why high level points are saddles.
    Curvatures,
}

/// How the page is looked at: saved, never undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ValleysLook {
    /// The card in front in a compact window.
    pub tab: Tab,
    /// The valleys at the two ends of the way; none for those that come with the system.
    pub chosen: Option<Chosen>,
}

/// Two valleys of a system, by their places in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The system: in another one they mean nothing.
    pub plan: Plan,
    /// The valleys.
    pub ends: [usize; 2],
}
