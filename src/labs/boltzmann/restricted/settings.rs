//! What a person can set on the page, in its four lifetimes: what acts on the machine, how it is run, and how it is shown.

use serde::{Deserialize, Serialize};

use crate::{
    data::samples::Source,
    labs::kit::Repair,
    physics::rbm::{
        Binarise, Method, Schedule, Shape, TrainerSettings, VisibleKind,
        machine::{LEAST_VISIBLE, MOST_UNITS},
    },
};

/// Chains that dream.
pub const DREAMS: usize = 20;
/// Range of the dream temperature.
pub const TEMPERATURES: std::ops::RangeInclusive<f64> = 0.3..=3.0;
/// Range of the learning rate.
pub const RATES: std::ops::RangeInclusive<f64> = 1e-4..=1.0;
/// Hidden units offered by the stepper.
pub const HIDDEN_STEPS: [usize; 12] = [4, 8, 12, 16, 32, 64, 100, 144, 196, 300, 500, 1000];
/// Batches offered by the stepper.
pub const BATCH_STEPS: [usize; 8] = [4, 10, 16, 20, 50, 100, 200, 500];
/// Gibbs steps offered by the stepper.
pub const GIBBS_STEPS: [usize; 9] = [1, 2, 3, 5, 10, 15, 25, 50, 100];
/// Epochs offered by the stepper.
pub const EPOCH_STEPS: [usize; 13] = [5, 10, 20, 30, 50, 100, 200, 500, 1000, 3000, 10_000, 30_000, 100_000];

/// Where dreams begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DreamStart {
    /// Each pixel by the toss of a coin.
    #[default]
    Noise,
    /// Pictures of the collection.
    Data,
    /// The drawing.
    Drawing,
}

/// How the pictures of the hidden units are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeatureOrder {
    /// As they are numbered.
    #[default]
    Place,
    /// Those that are on most often first.
    Use,
}

/// A setting to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// Handwritten digits, quickly.
    #[default]
    Digits,
    /// Bars and stripes, where everything can be worked out.
    Bars,
    /// Spins of a magnet at its critical temperature.
    Magnet,
    /// Few pictures and many hidden units.
    Overfit,
    /// CD-1 at a high rate, for which the likelihood falls while the redraw error improves.
    Wrong,
    /// Handwritten digits as well as it goes.
    Long,
    /// Grey pixels.
    Grey,
}

impl Preset {
    /// In the order of the menu.
    pub const ALL: [Self; 7] =
        [Self::Digits, Self::Bars, Self::Magnet, Self::Overfit, Self::Wrong, Self::Long, Self::Grey];
}

/// What the machine is made of; a change begins learning again from nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// Where pictures come from.
    pub source: Source,
    /// Hidden units.
    pub hidden: usize,
    /// Binary or Gaussian pixels.
    pub kind: VisibleKind,
    /// Whether labels are learned too, where there are any.
    pub labels: bool,
    /// Part of the pictures that is held back.
    pub validation: f64,
    /// Counts the beginnings: a restart is one more.
    pub run: u64,
}

/// What the machine does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nothing by itself.
    #[default]
    Idle,
    /// It learns, and dreams a little meanwhile.
    Learning,
    /// It only dreams.
    Dreaming,
}

/// How the machine is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RbmRun {
    /// What it does: a thing of the moment, which no file keeps.
    #[serde(skip)]
    pub activity: Activity,
    /// Whether it learns on while another lab is on screen.
    pub learns_hidden: bool,
}

impl Default for RbmRun {
    fn default() -> Self {
        Self { activity: Activity::Idle, learns_hidden: true }
    }
}

/// What the pointer does on the pad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tool {
    /// Ink.
    #[default]
    Draw,
    /// Paper.
    Erase,
    /// Hides pixels, for the machine to fill in.
    Hide,
}

/// What the compact layout shows in its large place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// Pictures and hidden features.
    #[default]
    Features,
    /// Dreams.
    Dreams,
    /// Drawing and completion.
    Draw,
    /// Eyes open and eyes closed.
    Eyes,
}

/// Folds, tabs and how pictures are shown: saved, never undone, never sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// What is set once is unfolded.
    pub more: bool,
    /// The card of the compact layout.
    pub tab: Tab,
    /// Each feature on its own scale.
    pub own_scale: bool,
    /// Only pictures of this label in the data card.
    pub shown_label: Option<u8>,
    /// The preset taken last, to say what it is for.
    pub preset: Option<Preset>,
    /// The person has done something here, and needs no first word any more.
    pub has_met: bool,
    /// What waits for an answer, because a machine would be forgotten.
    #[serde(skip)]
    pub question: Option<Question>,
}

impl Default for Look {
    fn default() -> Self {
        let (more, tab) = (false, Tab::default());
        let (preset, has_met) = (Some(Preset::Digits), false);
        Self { more, tab, own_scale: true, shown_label: None, preset, has_met, question: None }
    }
}

/// A change that begins learning again and waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// So many hidden units.
    Hidden(usize),
    /// A preset.
    Preset(Preset),
}

/// Everything that acts on the machine, as one plain struct: sent, undone and saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RbmSettings {
    /// What the machine is made of.
    #[serde(rename = "makeup")]
    pub configuration: Configuration,
    /// How it learns.
    pub trainer: TrainerSettings,
    /// T of the dreams.
    pub temperature: f64,
    /// Where they begin.
    pub start: DreamStart,
    /// The label they are held at.
    pub label: Option<usize>,
    /// Whether they exchange states with hotter ones.
    pub tempered: bool,
    /// Whether dreams go on with the machine as it learns; otherwise with the machine of the moment it was frozen.
    pub frozen: bool,
    /// The hidden unit that is followed.
    pub followed: usize,
    /// How features are ordered.
    pub order: FeatureOrder,
    /// The drawing, 0 to 1 a pixel.
    pub drawing: Vec<f32>,
    /// Pixels of it that are hidden.
    pub hidden_pixels: Vec<bool>,
}

impl Default for RbmSettings {
    fn default() -> Self {
        let mut settings = Self {
            configuration: Configuration {
                source: Source::Digits { count: 6000 },
                hidden: 100,
                kind: VisibleKind::Binary,
                labels: true,
                validation: 0.1,
                run: 0,
            },
            trainer: TrainerSettings::default(),
            temperature: 1.0,
            start: DreamStart::Noise,
            label: None,
            tempered: false,
            frozen: false,
            followed: 0,
            order: FeatureOrder::Place,
            drawing: Vec::new(),
            hidden_pixels: Vec::new(),
        };
        settings.take_preset(Preset::Digits);
        settings
    }
}

impl RbmSettings {
    /// Sets what a preset says and leaves the rest. Learning begins from nothing.
    pub fn take_preset(&mut self, preset: Preset) {
        let seed = self.trainer.seed;
        let digits = |count| Source::Digits { count };
        let (source, hidden) = match preset {
            Preset::Digits | Preset::Grey => (digits(6000), 100),
            Preset::Bars | Preset::Wrong => (Source::Bars { side: 3 }, 12),
            Preset::Magnet => (Source::Magnet { side: 8, temperature: 2.269, count: 5000 }, 64),
            Preset::Overfit => (digits(200), 300),
            Preset::Long => (digits(50_000), 500),
        };
        let kind = if preset == Preset::Grey { VisibleKind::Gaussian } else { VisibleKind::Binary };
        let validation = match preset {
            Preset::Bars | Preset::Wrong => 0.0,
            Preset::Overfit => 0.5,
            Preset::Long => 0.02,
            Preset::Digits | Preset::Magnet | Preset::Grey => 0.1,
        };
        let labels = matches!(preset, Preset::Digits | Preset::Overfit);
        self.configuration =
            Configuration { source, hidden, kind, labels, validation, run: self.configuration.run + 1 };
        let plain = TrainerSettings { seed, ..TrainerSettings::default() };
        self.trainer = match preset {
            Preset::Digits => TrainerSettings { method: Method::Pcd(1), rate: 0.05, epochs: 150, ..plain },
            Preset::Bars => TrainerSettings { method: Method::Cd(25), batch: 16, rate: 0.2, epochs: 30_000, ..plain },
            Preset::Magnet => TrainerSettings { method: Method::Pcd(5), rate: 0.2, epochs: 400, ..plain },
            Preset::Overfit => TrainerSettings {
                method: Method::Cd(1),
                batch: 20,
                rate: 0.05,
                schedule: Schedule::Constant,
                epochs: 1000,
                binarise: Binarise::Threshold,
                ..plain
            },
            Preset::Wrong => TrainerSettings {
                method: Method::Cd(1),
                batch: 16,
                rate: 0.5,
                schedule: Schedule::Constant,
                epochs: 30_000,
                ..plain
            },
            Preset::Long => TrainerSettings { method: Method::Pcd(2), rate: 0.05, epochs: 110, ..plain },
            Preset::Grey => TrainerSettings { method: Method::Cd(1), rate: 0.002, epochs: 60, momentum: 0.5, ..plain },
        };
        self.temperature = 1.0;
        self.start = DreamStart::Noise;
        self.tempered = false;
        self.label = None;
        self.followed = 0;
        self.frozen = false;
    }

    /// Sets the kind of pixels. Numbers need a far smaller rate than bits.
    pub fn take_kind(&mut self, kind: VisibleKind) {
        if kind == VisibleKind::Gaussian && self.configuration.kind == VisibleKind::Binary {
            self.trainer.rate = self.trainer.rate.min(0.002);
        }
        self.configuration.kind = kind;
    }

    /// The machine for these pictures.
    #[must_use]
    pub fn shape(&self, pixels: usize, classes: usize) -> Shape {
        let classes = if self.configuration.labels { classes } else { 0 };
        Shape { visible: pixels, classes, hidden: self.configuration.hidden, kind: self.configuration.kind }
    }
}

impl Repair for RbmSettings {
    fn repaired(mut self) -> Self {
        let good = Self::default();
        if self.trainer.validate().is_err() {
            self.trainer = good.trainer;
        }
        self.temperature = if self.temperature.is_finite() { self.temperature } else { 1.0 };
        self.temperature = self.temperature.clamp(*TEMPERATURES.start(), *TEMPERATURES.end());
        self.configuration.hidden = self.configuration.hidden.clamp(1, MOST_UNITS);
        if !(0.0..1.0).contains(&self.configuration.validation) {
            self.configuration.validation = good.configuration.validation;
        }
        if let Source::Drawings { side, grey } = &self.configuration.source
            && (side * side < LEAST_VISIBLE || grey.len() % (side * side).max(1) != 0)
        {
            self.configuration.source = good.configuration.source;
        }
        self.drawing.iter_mut().for_each(|ink| *ink = if ink.is_finite() { ink.clamp(0.0, 1.0) } else { 0.0 });
        self.hidden_pixels.resize(self.drawing.len(), false);
        self
    }
}

/// The next value of a list above or below the present one.
#[must_use]
pub fn stepped(steps: &[usize], value: usize, up: bool) -> usize {
    if up {
        steps.iter().copied().find(|&step| step > value).unwrap_or(value)
    } else {
        steps.iter().rev().copied().find(|&step| step < value).unwrap_or(value)
    }
}
