//! Names and sentences of the lab.

use super::{
    scene::Scene,
    settings::{Activity, Preset, RbmSettings},
    sim::RbmFrame,
};
use crate::{
    data::samples::Source,
    labs::kit::{Format, Observable, StatusItem},
    physics::rbm::{Method, TrainerSettings, VisibleKind, training::Cause},
    simulation::Status,
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
            t.plural("rbm.source.drawings", count, &[("count", &number(count))])
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

/// That many hidden units have stopped answering, and what to do.
pub fn died(idle: usize, frame: &RbmFrame, t: Texts) -> String {
    let whole = |count: usize| numbers::whole(count as u64);
    let hidden = frame.shape.map_or(0, |shape| shape.hidden);
    t.fill("rbm.died", &[("idle", &whole(idle)), ("hidden", &whole(hidden))])
}

/// The settings with the likely cause taken back to where learning is safe.
pub fn mended(mut settings: TrainerSettings, cause: Cause) -> TrainerSettings {
    match cause {
        Cause::Rate => settings.rate /= 4.0,
        Cause::Momentum => settings.momentum = 0.5,
        Cause::GaussianRate => settings.rate = (settings.rate / 4.0).min(0.002),
        Cause::Decay => (settings.l1, settings.l2) = (0.0, 0.0),
        Cause::Sparsity => settings.sparsity = 0.0,
    }
    settings
}

/// Time to the end of the epochs planned, while it learns.
pub fn time_left(scene: &Scene<'_>, t: Texts) -> Option<String> {
    let status = scene.status;
    let pictures = scene.loaded?.train.len() as f64;
    if !scene.is_learning() || status.work_per_second <= 0.0 {
        return None;
    }
    let left = (f64::from(scene.settings.trainer.epochs) - scene.frame.epochs).max(0.0);
    let seconds = left * pictures / status.work_per_second;
    let (value, key) = if seconds < 99.5 {
        (numbers::fixed(seconds.ceil(), 0), "rbm.left.seconds")
    } else {
        (numbers::fixed(seconds / 60.0, 0), "rbm.left.minutes")
    };
    Some(t.fill(key, &[("time", &value)]))
}

/// What learning takes of memory.
pub fn memory(scene: &Scene<'_>, t: Texts) -> String {
    let pixels = scene.loaded.map_or(784, |loaded| loaded.train.pixels());
    let classes = scene.loaded.map_or(0, |loaded| loaded.train.classes());
    let shape = scene.settings.shape(pixels, classes);
    let trainer = &scene.settings.trainer;
    let megabytes = shape.training_memory(trainer.batch, trainer.chains()) as f64 / f64::from(1 << 20);
    t.fill("rbm.memory", &[("megabytes", &numbers::three_digits(megabytes))])
}

/// The numbers of a frame by name.
pub fn observables(frame: &RbmFrame, status: &Status, activity: Activity) -> Vec<Observable> {
    let number = |count: usize| count as f64;
    let mut found = vec![
        Observable::new("epoch", frame.epochs.floor(), Format::Whole).said("rbm.status.epoch", "rbm.status.epoch.tip"),
    ];
    let rate = status.work_per_second;
    if activity == Activity::Learning && rate > 0.0 {
        let examples = Observable::new("examples_per_second", rate, Format::Whole);
        found.push(examples.said("rbm.status.examples", "rbm.status.examples.tip"));
        if let Some(shape) = frame.shape {
            let operations = 10.0 * number(shape.units() * shape.hidden) * rate * 1e-9;
            let operations = Observable::new("gigaflops", operations, Format::ThreeDigits);
            found.push(operations.said("rbm.status.flops", "rbm.status.flops.tip"));
        }
    }
    if let Some(shape) = frame.shape {
        let sizes = [
            ("visible_units", shape.visible, "rbm.status.pixels", "rbm.status.pixels.tip"),
            ("hidden_units", shape.hidden, "rbm.status.hidden", "rbm.status.hidden.tip"),
            ("weights", shape.units() * shape.hidden, "rbm.status.weights", "rbm.status.weights.tip"),
        ];
        for (id, size, words, tip) in sizes {
            found.push(Observable::new(id, number(size), Format::Whole).said(words, tip));
        }
    }
    if let Some(last) = frame.curve.last() {
        found.push(Observable::new("reconstruction_error", last.reconstruction_error, Format::Decimals(3)));
        if last.pseudo_log_likelihood.is_finite() {
            found.push(Observable::new("pseudo_log_likelihood", last.pseudo_log_likelihood, Format::Decimals(1)));
        }
    }
    if let Some(last) = frame.likelihood.last() {
        found.push(Observable::new("log_likelihood", last.value, Format::Decimals(2)));
    }
    found
}

/// The status bar: observables that have words, and what is no number.
pub fn status(observables: &[Observable], frame: &RbmFrame, settings: &RbmSettings, t: Texts) -> Vec<StatusItem> {
    let item = |before: &'static str, value: String, tip: &'static str| StatusItem {
        before: t.get(before).to_owned(),
        value,
        after: String::new(),
        tip: t.get(tip).to_owned(),
    };
    let with_words = observables.iter().filter(|observable| !observable.words.is_empty());
    let mut items: Vec<StatusItem> = with_words.map(|observable| observable.status(t)).collect();
    if let Some(shape) = frame.shape {
        let kind = t.get(if shape.kind == VisibleKind::Gaussian { "rbm.kind.gaussian" } else { "rbm.kind.binary" });
        items.push(item("rbm.status.kind", kind.to_owned(), "rbm.status.kind.tip"));
    }
    let method = match settings.trainer.method {
        Method::Cd(steps) => format!("CD-{steps}"),
        Method::Pcd(steps) => format!("PCD-{steps}"),
    };
    items.push(item("rbm.status.method", method, "rbm.status.method.tip"));
    items
}
