//! What acts on the magnet of other lattices, as one plain struct. How it is run, painted and shown is in `look`.

use serde::{Deserialize, Serialize};

use crate::{
    labs::{ising::common::ranges, kit::Repair},
    physics::ising::{
        Coupling, Dynamics, Start,
        exact::{self, planar::Planar},
        graph::{Design, Disorder, Edges, Geometry},
    },
};

/// Highest temperature of the thermometer in J/k, in the plane and in space, where order lasts longer.
const HOTTEST: [f64; 2] = [ranges::HOTTEST, 8.0];
/// Sides offered, in the plane and in space.
pub const SIDES: [&[usize]; 2] = [&[16, 32, 64, 128, 256], &[8, 16, 24, 32, 48, 64]];
/// Range of J₂ in |J|.
pub const NEXT: std::ops::RangeInclusive<f64> = -1.0..=1.0;
/// Range of the strength of random fields in J.
pub const FIELD_STRENGTHS: std::ops::RangeInclusive<f64> = 0.0..=4.0;
/// Range of temperatures of the replicas in J/k.
pub const LADDER: std::ops::RangeInclusive<f64> = 0.1..=6.0;
/// Range of the number of temperatures.
pub const RUNGS: std::ops::RangeInclusive<u32> = 4..=32;
/// Largest magnets that replicas are made of, in sites.
const LARGEST_REPLICA: usize = 1 << 15;
/// Range of the length of an annealing in sweeps.
pub const ANNEAL: std::ops::RangeInclusive<u32> = 100..=100_000;

/// How spins change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Metropolis et al. 1953.
    #[default]
    Metropolis,
    /// Heat bath.
    HeatBath,
    /// One cluster a step.
    Wolff,
    /// All clusters.
    SwendsenWang,
    /// Neighbours change places (Kawasaki 1966): m is kept.
    Exchange,
}

impl Rule {
    /// In the order of the controls.
    pub const ALL: [Self; 5] = [Self::Metropolis, Self::HeatBath, Self::Wolff, Self::SwendsenWang, Self::Exchange];

    /// The rule for single magnets and replicas; exchange is none of these.
    #[must_use]
    pub fn dynamics(self) -> Option<Dynamics> {
        match self {
            Self::Metropolis => Some(Dynamics::Metropolis),
            Self::HeatBath => Some(Dynamics::HeatBath),
            Self::Wolff => Some(Dynamics::Wolff),
            Self::SwendsenWang => Some(Dynamics::SwendsenWang),
            Self::Exchange => None,
        }
    }
}

/// What is left to chance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DisorderKind {
    /// Nothing.
    #[default]
    None,
    /// Sites without a spin.
    Sites,
    /// Bonds cut.
    Bonds,
    /// A field of its own for each spin.
    Field,
    /// Bonds +J or −J.
    PlusMinus,
    /// Bonds from a normal distribution.
    Gaussian,
}

impl DisorderKind {
    /// In the order of the controls.
    pub const ALL: [Self; 6] = [Self::None, Self::Sites, Self::Bonds, Self::Field, Self::PlusMinus, Self::Gaussian];

    /// Whether bonds of both signs compete.
    #[must_use]
    pub fn is_glass(self) -> bool {
        matches!(self, Self::PlusMinus | Self::Gaussian)
    }
}

/// What acts on the magnet, as one plain struct: sent, undone and saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LatticeSettings {
    /// The lattice.
    pub geometry: Geometry,
    /// Sites across: one of [`SIDES`], or another one up to the largest of them; see [`Geometry::validate_side`].
    pub side: usize,
    /// What is beyond the edges.
    pub edges: Edges,
    /// The sign of J.
    pub coupling: Coupling,
    /// J₂ in |J|, square lattice only.
    pub next_coupling: f64,
    /// What is left to chance.
    pub disorder_kind: DisorderKind,
    /// Share of sites or bonds that are missing, 0 to 1.
    pub dilution: f64,
    /// Strength of random fields in J.
    pub field_strength: f64,
    /// Seed of what is left to chance.
    pub disorder_seed: u64,
    /// Seed of the run.
    pub seed: u64,
    /// T in J/k.
    pub temperature: f64,
    /// h in J.
    pub field: f64,
    /// How spins change.
    pub rule: Rule,
    /// The state that a reset begins with: up, down or random.
    pub start: Start,
    /// Share of spins that are up in a random start: 0 to 1.
    pub up_share: f64,
    /// Many replicas at rising temperatures that change places.
    pub tempering: bool,
    /// Lowest and highest temperature of the replicas in J/k.
    pub ladder: [f64; 2],
    /// How many temperatures.
    pub rungs: u32,
    /// Sweeps that an annealing takes.
    pub anneal_sweeps: u32,
}

impl Default for LatticeSettings {
    fn default() -> Self {
        Self {
            geometry: Geometry::Triangular,
            side: 64,
            edges: Edges::Periodic,
            coupling: Coupling::Ferromagnetic,
            next_coupling: 0.0,
            disorder_kind: DisorderKind::None,
            dilution: 0.2,
            field_strength: 1.0,
            disorder_seed: 1,
            seed: 1952,
            temperature: Geometry::Triangular.critical_temperature(),
            field: 0.0,
            rule: Rule::Metropolis,
            start: Start::Random,
            up_share: 0.5,
            tempering: false,
            ladder: [0.4, 2.0],
            rungs: 20,
            anneal_sweeps: 2000,
        }
    }
}

impl LatticeSettings {
    fn is_in_space(&self) -> bool {
        self.geometry == Geometry::Cubic
    }

    /// Sides offered for this lattice.
    #[must_use]
    pub fn sides(&self) -> &'static [usize] {
        SIDES[usize::from(self.is_in_space())]
    }

    /// Top of the thermometer in J/k.
    #[must_use]
    pub fn hottest(&self) -> f64 {
        HOTTEST[usize::from(self.is_in_space())]
    }

    /// Sides offered now: replicas are kept small.
    pub fn offered(&self) -> impl Iterator<Item = usize> {
        let like = self.clone();
        self.sides().iter().copied().filter(move |&side| like.allows(side))
    }

    /// Whether the lattice can have this side.
    #[must_use]
    pub fn allows(&self, side: usize) -> bool {
        let largest = self.sides().last().copied().unwrap_or_default();
        let sites = || -> usize { Self { side, ..self.clone() }.design().lengths().iter().product() };
        side <= largest
            && self.geometry.validate_side(side, self.edges).is_ok()
            && (!self.tempering || sites() <= LARGEST_REPLICA)
    }

    /// What the disorder is.
    #[must_use]
    pub fn disorder(&self) -> Disorder {
        match self.disorder_kind {
            DisorderKind::None => Disorder::None,
            DisorderKind::Sites | DisorderKind::Bonds if self.dilution == 0.0 => Disorder::None,
            DisorderKind::Field if self.field_strength == 0.0 => Disorder::None,
            DisorderKind::Sites => Disorder::DilutedSites(self.dilution),
            DisorderKind::Bonds => Disorder::DilutedBonds(self.dilution),
            DisorderKind::Field => Disorder::RandomField(self.field_strength),
            DisorderKind::PlusMinus => Disorder::PlusMinus,
            DisorderKind::Gaussian => Disorder::Gaussian,
        }
    }

    /// What the graph is made from. Rows are so many that the picture is about square, and even where the side is.
    #[must_use]
    pub fn design(&self) -> Design {
        let [across, down] = self.geometry.pitch();
        let odd = self.side % 2;
        let rows = ((self.side as f64 * across / down - odd as f64) / 2.0).round() as usize * 2 + odd;
        let is_plane = matches!(self.geometry, Geometry::Triangular | Geometry::Honeycomb);
        Design {
            geometry: self.geometry,
            side: self.side,
            rows: is_plane.then_some(rows.max(4 - odd)),
            edges: self.edges,
            next_coupling: if self.geometry == Geometry::Square { self.next_coupling } else { 0.0 },
            disorder: self.disorder(),
            seed: self.disorder_seed,
        }
    }

    /// J as a number.
    #[must_use]
    pub fn sign(&self) -> f64 {
        match self.coupling {
            Coupling::Ferromagnetic => 1.0,
            Coupling::Antiferromagnetic => -1.0,
        }
    }

    /// The field in J that acts. Where neighbours only change places it would be a constant, and is left out.
    #[must_use]
    pub fn acting_field(&self) -> f64 {
        if self.rule == Rule::Exchange { 0.0 } else { self.field }
    }

    /// T_c in J/k, where it is known and there is no field.
    #[must_use]
    pub fn critical_temperature(&self) -> Option<f64> {
        self.design().critical_temperature(self.sign()).filter(|_| self.acting_field() == 0.0)
    }

    /// Whether it is known to have no order at any temperature above zero, without a field: triangles whose corners all
    /// want to differ (Wannier 1950), spin glasses in the plane, and random fields there (Imry and Ma 1975).
    #[must_use]
    pub fn never_orders(&self) -> bool {
        let is_plane = !self.is_in_space();
        self.acting_field() == 0.0
            && match self.disorder() {
                Disorder::None => self.geometry == Geometry::Triangular && self.coupling == Coupling::Antiferromagnetic,
                Disorder::PlusMinus | Disorder::Gaussian => is_plane && self.design().next_coupling == 0.0,
                Disorder::RandomField(_) => is_plane,
                Disorder::DilutedSites(_) | Disorder::DilutedBonds(_) => false,
            }
    }

    /// Whether the staggered magnetization is what orders.
    #[must_use]
    pub fn is_staggered(&self) -> bool {
        self.coupling == Coupling::Antiferromagnetic && self.design().is_bipartite() && !self.disorder_kind.is_glass()
    }

    /// Whether it is the magnet whose energy is known exactly: how patches grow can be told from it.
    #[must_use]
    pub fn is_plain_square(&self) -> bool {
        self.geometry == Geometry::Square
            && self.edges == Edges::Periodic
            && self.coupling == Coupling::Ferromagnetic
            && self.next_coupling == 0.0
            && self.disorder() == Disorder::None
            && self.acting_field() == 0.0
    }

    /// What is known exactly of it: the pure lattices of the plane without a field that Onsager, Wannier and Houtappel solved.
    #[must_use]
    pub fn exact(&self) -> Option<Exact> {
        let is_pure = self.edges == Edges::Periodic
            && self.next_coupling == 0.0
            && self.disorder() == Disorder::None
            && self.acting_field() == 0.0
            && self.rule != Rule::Exchange;
        // Turning every second spin over makes the one coupling of the other.
        let is_unfrustrated = self.coupling == Coupling::Ferromagnetic || self.design().is_bipartite();
        match self.geometry {
            _ if !(is_pure && is_unfrustrated) => None,
            Geometry::Square => Some(Exact::Square),
            Geometry::Triangular => Some(Exact::Planar(Planar::Triangular)),
            Geometry::Honeycomb => Some(Exact::Planar(Planar::Honeycomb)),
            Geometry::Cubic => None,
        }
    }

    /// Temperatures of the replicas to begin with, in J/k.
    #[must_use]
    pub fn rungs(&self) -> Vec<f64> {
        crate::physics::ising::graph::tempering::Tempering::geometric(
            self.ladder[0],
            self.ladder[1],
            self.rungs as usize,
        )
    }

    /// A ladder that reaches over the temperatures of interest: over T_c where it is known.
    #[must_use]
    pub fn suggested_ladder(&self) -> [f64; 2] {
        let around = |critical: f64| [0.7, 1.3].map(|share| (critical * share * 100.0).round() / 100.0);
        let glass = LatticeSettings::default().ladder;
        match self.critical_temperature() {
            Some(critical) if !self.disorder_kind.is_glass() => around(critical),
            _ => glass,
        }
    }

    /// Whether these need another graph than those.
    #[must_use]
    pub fn needs_another_graph(&self, other: &Self) -> bool {
        self.design() != other.design() || self.coupling != other.coupling
    }

    /// Whether these need the run to begin anew.
    #[must_use]
    pub fn needs_another_run(&self, other: &Self) -> bool {
        let what = |settings: &Self| {
            let ladder = (settings.ladder.map(f64::to_bits), settings.rungs);
            (settings.seed, settings.tempering, settings.tempering.then_some(ladder))
        };
        // Replicas in another field would have to settle anew; one magnet follows it.
        what(self) != what(other) || (self.tempering && self.field != other.field)
    }
}

/// A magnet that was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// Onsager 1944, Yang 1952.
    Square,
    /// Wannier 1945, Houtappel 1950; Potts 1952 and Naya 1954.
    Planar(Planar),
}

impl Exact {
    /// Energy per spin in J of the infinite lattice.
    #[must_use]
    pub fn energy(self, temperature: f64) -> f64 {
        match self {
            Self::Square => exact::energy(temperature),
            Self::Planar(lattice) => lattice.energy(temperature),
        }
    }

    /// C in k per spin.
    #[must_use]
    pub fn specific_heat(self, temperature: f64) -> f64 {
        match self {
            Self::Square => exact::specific_heat(temperature),
            Self::Planar(lattice) => lattice.specific_heat(temperature),
        }
    }

    /// |m| of the infinite lattice, 0 from T_c on.
    #[must_use]
    pub fn spontaneous_magnetization(self, temperature: f64) -> f64 {
        match self {
            Self::Square => exact::spontaneous_magnetization(temperature),
            Self::Planar(lattice) => lattice.spontaneous_magnetization(temperature),
        }
    }
}

impl Repair for LatticeSettings {
    fn repaired(mut self) -> Self {
        let fallback = Self::default();
        let number = |value: f64, fallback: f64| if value.is_finite() { value } else { fallback };
        let within = |value: f64, range: std::ops::RangeInclusive<f64>| value.clamp(*range.start(), *range.end());
        self.temperature = within(number(self.temperature, fallback.temperature), 0.0..=self.hottest());
        self.field = within(number(self.field, 0.0), -2.0..=2.0);
        self.dilution = within(number(self.dilution, fallback.dilution), 0.0..=1.0);
        self.field_strength = within(number(self.field_strength, fallback.field_strength), FIELD_STRENGTHS);
        self.up_share = within(number(self.up_share, fallback.up_share), 0.0..=1.0);
        self.next_coupling = within(number(self.next_coupling, 0.0), NEXT);
        self.ladder = self.ladder.map(|value| within(number(value, 1.0), LADDER));
        // Rungs of one temperature would be no ladder.
        self.ladder[1] = self.ladder[1].max(self.ladder[0] * 1.25);
        if self.tempering {
            // The thermometer chooses one of the replicas.
            self.temperature = self.temperature.clamp(self.ladder[0], self.ladder[1]);
        }
        self.rungs = self.rungs.clamp(*RUNGS.start(), *RUNGS.end());
        self.anneal_sweeps = self.anneal_sweeps.clamp(*ANNEAL.start(), *ANNEAL.end());
        if !matches!(self.start, Start::Up | Start::Down) {
            self.start = Start::Random;
        }
        if self.tempering && self.rule == Rule::Exchange {
            self.rule = Rule::Metropolis;
        }
        if !self.allows(self.side) {
            let wanted = self.side;
            let nearest = self.offered().min_by_key(|side| side.abs_diff(wanted));
            self.side = nearest.unwrap_or(16);
        }
        self
    }
}
