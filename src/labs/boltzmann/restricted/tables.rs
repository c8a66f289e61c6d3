//! The numbers that the cards of the page show, as tables.

use super::{likelihood::Measured, loading::Loaded, settings::RbmSettings, sim::RbmFrame};
use crate::labs::kit::{CardId, Cell, Table};

/// Names of the cards.
pub(super) const CARDS: [CardId; 6] = ["data", "features", "eyes", "dreams", "draw", "curves"];

/// What tables are made from.
pub(super) struct Shown<'a> {
    /// The settings in force.
    pub settings: &'a RbmSettings,
    /// The newest frame.
    pub frame: &'a RbmFrame,
    /// The pictures that are there.
    pub loaded: Option<&'a Loaded>,
    /// Likelihoods measured of this run.
    pub measured: Vec<Measured>,
}

/// The table of a card; none while it has nothing to show.
pub(super) fn table(card: CardId, shown: &Shown<'_>) -> Option<Table> {
    let table = match card {
        "data" => data(shown.loaded?),
        "features" => features(shown.frame),
        "eyes" => eyes(shown.frame),
        "dreams" => pixels("dream", &shown.frame.dreams, shown.frame),
        "draw" => drawing(shown.settings, shown.frame),
        "curves" => curves(shown),
        _ => return None,
    };
    (!table.rows().is_empty()).then_some(table)
}

/// How many pictures there are of each label.
fn data(loaded: &Loaded) -> Table {
    let train = &loaded.train;
    let mut counts = std::collections::BTreeMap::new();
    (0..train.len()).for_each(|index| *counts.entry(train.label(index)).or_insert(0_u32) += 1);
    let mut table = Table::new(&["label", "pictures"]);
    for (label, count) in counts {
        table.push([label.map(f64::from).into(), f64::from(count).into()]);
    }
    table
}

/// The weights of the hidden units that are shown, and how often each unit is on.
fn features(frame: &RbmFrame) -> Table {
    let mut table = Table::new(&["hidden_unit", "activity", "pixel", "weight"]);
    let Some(shape) = frame.shape else { return table };
    for (&unit, weights) in frame.feature_units.iter().zip(frame.features.chunks_exact(shape.visible)) {
        let activity = frame.activity.get(unit).map(|&on| f64::from(on));
        for (pixel, &weight) in weights.iter().enumerate() {
            let unit = (unit + 1) as f64;
            table.push([unit.into(), activity.into(), (pixel as f64).into(), f64::from(weight).into()]);
        }
    }
    table
}

/// ⟨v h⟩ of the data and of the dreams, for the units that are shown.
fn eyes(frame: &RbmFrame) -> Table {
    let mut table = Table::new(&["hidden_unit", "pixel", "data_correlation", "dream_correlation"]);
    let (now, pixels) = (&frame.now, frame.size[0] * frame.size[1]);
    for (place, (&data, &dream)) in now.data.iter().zip(&now.dream).enumerate() {
        let unit = now.units.get(place / pixels.max(1)).map(|&unit| (unit + 1) as f64);
        let pixel = (place % pixels.max(1)) as f64;
        table.push([unit.into(), pixel.into(), f64::from(data).into(), f64::from(dream).into()]);
    }
    table
}

/// Pictures pixel by pixel.
fn pixels(name: &str, values: &[f32], frame: &RbmFrame) -> Table {
    let area = (frame.size[0] * frame.size[1]).max(1);
    let rows = values.iter().enumerate();
    let rows = rows.map(|(place, &ink)| [(place / area + 1) as f64, (place % area) as f64, f64::from(ink)]);
    Table::of_numbers([name, "pixel", "ink"], rows)
}

/// The drawing, what of it is hidden, and how the machine completes it.
fn drawing(settings: &RbmSettings, frame: &RbmFrame) -> Table {
    let mut table = Table::new(&["pixel", "drawn_ink", "is_hidden", "completed_ink"]);
    for (pixel, (&ink, &hidden)) in settings.drawing.iter().zip(&settings.hidden_pixels).enumerate() {
        let completed = frame.completed.get(pixel).map(|&ink| f64::from(ink));
        let hidden = f64::from(u8::from(hidden));
        table.push([(pixel as f64).into(), f64::from(ink).into(), hidden.into(), completed.into()]);
    }
    table
}

/// The learning curves, and the likelihoods that were measured.
fn curves(shown: &Shown<'_>) -> Table {
    let mut table = Table::new(&[
        "epoch",
        "reconstruction_error",
        "free_energy_train (nats)",
        "free_energy_validation (nats)",
        "pseudo_log_likelihood (nats)",
        "log_likelihood (nats)",
        "log_likelihood_error (nats)",
    ]);
    for point in &shown.frame.curve {
        table.push([
            (point.epoch as f64).into(),
            point.reconstruction_error.into(),
            point.free_energy_train.into(),
            point.free_energy_validation.into(),
            point.pseudo_log_likelihood.into(),
        ]);
    }
    let mut likelihood = |epoch: f64, value: f64, error: f64| {
        let nothing = || Cell::Empty;
        table.push([epoch.into(), nothing(), nothing(), nothing(), nothing(), value.into(), error.into()]);
    };
    shown.frame.likelihood.iter().for_each(|point| likelihood(point.epoch as f64, point.value, 0.0));
    shown.measured.iter().for_each(|measured| likelihood(measured.epoch, measured.value, measured.error));
    table
}
