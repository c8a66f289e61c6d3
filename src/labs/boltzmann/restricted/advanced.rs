//! What is set once rather than played with.

use egui::{Ui, vec2};

use super::{
    captions,
    scene::{Action, Scene},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, controls::seed_ui},
    physics::rbm::{Binarise, Schedule, VisibleKind},
    widgets::{
        buttons::{IconButton, fold, segmented},
        numbers,
        rich::note,
        slider::{BigSlider, Scale, heading},
    },
};

pub(super) fn advanced_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    if !fold(ui, &mut scene.look.more, t.get("rbm.more")) {
        return;
    }
    let trainer = &mut scene.settings.trainer;
    heading(ui, t.get("rbm.schedule"), "");
    let schedules = [
        (Schedule::Constant, t.get("rbm.schedule.constant")),
        (Schedule::Linear, t.get("rbm.schedule.linear")),
        (Schedule::InverseTime, "1/t"),
    ];
    segmented(ui, &mut trainer.schedule, &schedules);
    slide(ui, (t.get("rbm.momentum"), "", t.get("rbm.momentum.tip")), [0.0, 0.95], 2, &mut trainer.momentum);
    slide(ui, (t.get("rbm.decay"), "L2", t.get("rbm.decay.tip")), [0.0, 0.01], 4, &mut trainer.l2);
    slide(ui, (t.get("rbm.decay"), "L1", t.get("rbm.l1.tip")), [0.0, 0.01], 4, &mut trainer.l1);
    slide(ui, (t.get("rbm.sparsity"), "", t.get("rbm.sparsity.tip")), [0.0, 0.5], 2, &mut trainer.sparsity);
    heading(ui, t.get("rbm.binarise"), "");
    let how =
        [(Binarise::Sample, t.get("rbm.binarise.sample")), (Binarise::Threshold, t.get("rbm.binarise.threshold"))];
    segmented(ui, &mut trainer.binarise, &how);
    let full = vec2(ui.available_width(), 34.0);
    let centring = IconButton::new(t.get("rbm.centring")).selected(trainer.centring).min_size(full);
    if centring.show(ui).tip(t.get("rbm.centring.tip")).clicked() {
        trainer.centring ^= true;
    }
    let hidden = IconButton::new(t.get("rbm.behind")).selected(scene.run.learns_hidden).min_size(full);
    if hidden.show(ui).tip(t.get("rbm.behind.tip")).clicked() {
        scene.run.learns_hidden ^= true;
    }
    configuration_ui(scene, ui, cx);
    seed_row_ui(scene, ui, cx);
}

fn slide(
    ui: &mut Ui,
    (name, symbol, tip): (&str, &str, &str),
    [low, high]: [f64; 2],
    decimals: usize,
    value: &mut f64,
) {
    let slider = BigSlider {
        name,
        symbol,
        shown: numbers::fixed(*value, decimals),
        scale: Scale { low, high, logarithmic: false },
        step: (high - low) / 100.0,
        ..BigSlider::plain()
    };
    slider.show(ui, value).tip(tip);
}

/// Labels and kind of pixels: a change begins again, with undo.
fn configuration_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let has_labels = scene.loaded.is_some_and(|loaded| loaded.train.classes() > 0);
    let full = vec2(ui.available_width(), 34.0);
    let chosen = scene.settings.configuration.labels;
    let labels = IconButton::new(t.get("rbm.labels")).selected(chosen && has_labels).min_size(full);
    let response = ui.add_enabled_ui(has_labels, |ui| labels.show(ui)).inner;
    if response.tip(t.get("rbm.labels.tip")).clicked() {
        scene.act(Action::TakeLabels(!chosen));
    }
    heading(ui, t.get("rbm.kind"), "");
    let kinds = [(VisibleKind::Binary, t.get("rbm.kind.binary")), (VisibleKind::Gaussian, t.get("rbm.kind.gaussian"))];
    let mut kind = scene.settings.configuration.kind;
    segmented(ui, &mut kind, &kinds);
    if kind != scene.settings.configuration.kind {
        scene.act(Action::TakeKind(kind));
    }
}

fn seed_row_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    if let Some(seed) = seed_ui(ui, t.get("rbm.seed"), scene.settings.trainer.seed, t) {
        scene.act(Action::TakeSeed(seed));
    }
    note(ui, &captions::memory(scene, t));
    let weights = IconButton::new(t.get("rbm.save.weights")).tight().min_size(vec2(ui.available_width(), 34.0));
    let ready = scene.frame.ready && !scene.has_files_under_way;
    if ui.add_enabled_ui(ready, |ui| weights.show(ui)).inner.tip(t.get("rbm.save.weights.tip")).clicked() {
        scene.act(Action::SaveWeights);
    }
}
