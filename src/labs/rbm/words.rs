//! Names and sentences of the lab.

use super::{RbmLab, settings::Preset};
use crate::{
    data::samples::Source,
    labs::StatusItem,
    physics::rbm::{Method, TrainerSettings, VisibleKind, training::Cause},
    text::Texts,
    widgets::numbers,
};

/// Name of a preset, and what it is for.
pub fn preset(preset: Preset, t: Texts) -> (&'static str, &'static str) {
    let (name, what) = match preset {
        Preset::Digits => ("rbm.preset.digits", "rbm.preset.digits.what"),
        Preset::Bars => ("rbm.preset.bars", "rbm.preset.bars.what"),
        Preset::Magnet => ("rbm.preset.magnet", "rbm.preset.magnet.what"),
        Preset::Overfit => ("rbm.preset.overfit", "rbm.preset.overfit.what"),
        Preset::Wrong => ("rbm.preset.wrong", "rbm.preset.wrong.what"),
        Preset::Long => ("rbm.preset.long", "rbm.preset.long.what"),
        Preset::Grey => ("rbm.preset.grey", "rbm.preset.grey.what"),
    };
    (t.get(name), t.get(what))
}

/// Where pictures come from, for the button.
pub fn source(source: &Source, t: Texts) -> String {
    let number = |count: usize| numbers::whole(count as u64);
    match source {
        Source::Digits { count } => t.fill("rbm.source.digits", &[("count", &number(*count))]),
        Source::Bars { side } => t.fill("rbm.source.bars", &[("side", &side.to_string())]),
        Source::Magnet { side, temperature, .. } => {
            let temperature = numbers::fixed(*temperature, 2);
            t.fill("rbm.source.magnet", &[("side", &side.to_string()), ("temperature", &temperature)])
        }
        Source::Drawings { side, grey } => {
            let count = grey.len() / (side * side).max(1);
            t.fill("rbm.source.drawings", &[("count", &number(count))])
        }
        Source::File { path, .. } => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    }
}

/// A rate with as many digits as it needs.
pub fn rate(rate: f64) -> String {
    let decimals = if rate < 0.000_95 {
        5
    } else if rate < 0.0095 {
        4
    } else if rate < 0.095 {
        3
    } else {
        2
    };
    numbers::fixed(rate, decimals)
}

/// Why learning stopped, and what to do.
pub fn ran_away(cause: Cause, epoch: u64, t: Texts) -> String {
    let key = match cause {
        Cause::Rate => "rbm.ran_away.rate",
        Cause::Momentum => "rbm.ran_away.momentum",
        Cause::GaussianRate => "rbm.ran_away.gaussian",
        Cause::Decay => "rbm.ran_away.decay",
        Cause::Sparsity => "rbm.ran_away.sparsity",
    };
    t.fill("rbm.ran_away", &[("epoch", &numbers::whole(epoch)), ("advice", t.get(key))])
}

/// Takes the likely cause back to where learning is safe.
pub fn mend(settings: &mut TrainerSettings, cause: Cause) {
    match cause {
        Cause::Rate => settings.rate /= 4.0,
        Cause::Momentum => settings.momentum = 0.5,
        Cause::GaussianRate => settings.rate = (settings.rate / 4.0).min(0.002),
        Cause::Decay => (settings.l1, settings.l2) = (0.0, 0.0),
        Cause::Sparsity => settings.sparsity = 0.0,
    }
}

/// Time to the end of the epochs planned, while it learns.
pub fn time_left(lab: &RbmLab, t: Texts) -> Option<String> {
    let status = lab.driver.status();
    let pictures = lab.pictures.there.as_ref()?.train.len() as f64;
    if !lab.is_learning() || status.work_per_second <= 0.0 {
        return None;
    }
    let left = (f64::from(lab.settings.trainer.epochs) - lab.frame().epochs).max(0.0);
    let seconds = left * pictures / status.work_per_second;
    let (value, key) = if seconds < 99.5 {
        (numbers::fixed(seconds.ceil(), 0), "rbm.left.seconds")
    } else {
        (numbers::fixed(seconds / 60.0, 0), "rbm.left.minutes")
    };
    Some(t.fill(key, &[("time", &value)]))
}

/// What learning takes of memory.
pub fn memory(lab: &RbmLab, t: Texts) -> String {
    let pixels = lab.pictures.there.as_ref().map_or(784, |loaded| loaded.train.pixels());
    let classes = lab.pictures.there.as_ref().map_or(0, |loaded| loaded.train.classes());
    let shape = lab.settings.shape(pixels, classes);
    let trainer = &lab.settings.trainer;
    let megabytes = shape.training_memory(trainer.batch, trainer.chains()) as f64 / f64::from(1 << 20);
    t.fill("rbm.memory", &[("megabytes", &numbers::three_digits(megabytes))])
}

/// The status bar.
pub fn status(lab: &RbmLab, t: Texts) -> Vec<StatusItem> {
    let frame = lab.frame();
    let item = |before: &'static str, value: String, tip: &'static str| StatusItem {
        before: t.get(before).to_owned(),
        value,
        after: String::new(),
        tip: t.get(tip).to_owned(),
    };
    let mut items = vec![item("rbm.status.epoch", numbers::whole(frame.epochs.floor() as u64), "rbm.status.epoch.tip")];
    let status = lab.driver.status();
    if lab.is_learning() && status.work_per_second > 0.0 {
        let rate = numbers::whole(status.work_per_second.round() as u64);
        items.push(item("rbm.status.examples", rate, "rbm.status.examples.tip"));
        if let Some(shape) = frame.shape {
            let operations = 10.0 * (shape.units() * shape.hidden) as f64 * status.work_per_second * 1e-9;
            items.push(item("rbm.status.flops", numbers::three_digits(operations), "rbm.status.flops.tip"));
        }
    }
    if let Some(shape) = frame.shape {
        items.push(item("rbm.status.pixels", shape.visible.to_string(), "rbm.status.pixels.tip"));
        items.push(item("rbm.status.hidden", shape.hidden.to_string(), "rbm.status.hidden.tip"));
        let weights = numbers::whole((shape.units() * shape.hidden) as u64);
        items.push(item("rbm.status.weights", weights, "rbm.status.weights.tip"));
        let kind = t.get(if shape.kind == VisibleKind::Gaussian { "rbm.kind.gaussian" } else { "rbm.kind.binary" });
        items.push(item("rbm.status.kind", kind.to_owned(), "rbm.status.kind.tip"));
    }
    let method = match lab.settings.trainer.method {
        Method::Cd(steps) => format!("CD-{steps}"),
        Method::Pcd(steps) => format!("PCD-{steps}"),
    };
    items.push(item("rbm.status.method", method, "rbm.status.method.tip"));
    items
}
