//! What is said of the crowds, the page's numbers by name, and the status bar.

use super::{
    frame::{Crowd, SharpFrame},
    sim::MIXES,
};
use crate::{
    labs::kit::{Format, Observable},
    text::Texts,
    widgets::numbers,
};

impl Crowd {
    /// The keys of its name and of the sentence that says what drives it.
    pub(super) fn words(self) -> [&'static str; 2] {
        match self {
            Self::Thermal => ["sharp.crowd.thermal", "sharp.crowd.thermal.note"],
            Self::Curved => ["sharp.crowd.curved", "sharp.crowd.curved.note"],
            Self::Descent => ["sharp.crowd.descent", "sharp.crowd.descent.note"],
        }
    }

    /// Its name in tables and observables.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Thermal => "thermal",
            Self::Curved => "curved",
            Self::Descent => "descent",
        }
    }

    /// Its place in a frame.
    pub(super) fn place(self) -> usize {
        self as usize
    }
}

/// The caption of the crowds.
pub(super) fn crowds(frame: &SharpFrame, t: Texts) -> String {
    if frame.thrown {
        return t.get("sharp.caption.thrown").to_owned();
    }
    match frame.counted_for {
        None => t.fill("sharp.caption.mixing", &[("time", &numbers::fixed(MIXES, 0))]),
        Some(time) => t.fill("sharp.caption.counted", &[("time", &numbers::whole(time as u64))]),
    }
}

/// The caption of the shares against temperature.
pub(super) fn heat(frame: &SharpFrame, t: Texts) -> &'static str {
    // With equal valleys there is nothing to prefer.
    if frame.width <= 1.0 + 1e-9 {
        return t.get("sharp.caption.heat.equal");
    }
    t.get("sharp.caption.heat")
}

/// The numbers of the page by name.
pub(super) fn observables(frame: &SharpFrame) -> Vec<Observable> {
    let number = |id: &str, value: f64, decimals: usize| Observable::new(id, value, Format::Decimals(decimals));
    let mut found = vec![
        number("time", frame.time, 1).said("sharp.status.time", "sharp.status.time.tip"),
        number("temperature", frame.temperature, 2).said("sharp.status.temperature", "sharp.status.temperature.tip"),
    ];
    for crowd in Crowd::ALL {
        let shown = &frame.crowds[crowd.place()];
        let counted = Observable {
            value: shown.counted.map(|counted| counted.value),
            error: shown.counted.map(|counted| counted.error),
            ..number(&format!("share:{}", crowd.id()), 0.0, 3)
        };
        found.push(counted.said(crowd.words()[0], "sharp.status.share.tip"));
        found.push(number(&format!("exact:{}", crowd.id()), shown.exact, 4));
    }
    found
}
