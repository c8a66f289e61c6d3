//! What is set once rather than played with.

use egui::{Ui, vec2};

use super::{RbmLab, words};
use crate::{
    labs::LabContext,
    physics::rbm::{Binarise, Schedule, VisibleKind},
    widgets::{
        Tokens,
        buttons::{IconButton, fold, segmented},
        icons::Icon,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading, typed_value},
        tokens::{regular, size},
    },
};

pub(super) fn show(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    if !fold(ui, &mut lab.folds.more, t.get("rbm.more")) {
        return;
    }
    let trainer = &mut lab.settings.trainer;
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
    if centring.show(ui).on_hover_text(t.get("rbm.centring.tip")).clicked() {
        trainer.centring ^= true;
    }
    makeup(lab, ui, cx);
    seed(lab, ui, cx);
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
    slider.show(ui, value).on_hover_text(tip);
}

/// Labels and kind of pixels: a change begins again, with undo.
fn makeup(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let has_labels = lab.pictures.there.as_ref().is_some_and(|loaded| loaded.train.classes() > 0);
    let full = vec2(ui.available_width(), 34.0);
    let labels = IconButton::new(t.get("rbm.labels")).selected(lab.settings.makeup.labels && has_labels).min_size(full);
    let response = ui.add_enabled_ui(has_labels, |ui| labels.show(ui)).inner;
    let mut makeup = lab.settings.makeup.clone();
    if response.on_hover_text(t.get("rbm.labels.tip")).clicked() {
        makeup.labels ^= true;
    }
    heading(ui, t.get("rbm.kind"), "");
    let kinds = [(VisibleKind::Binary, t.get("rbm.kind.binary")), (VisibleKind::Gaussian, t.get("rbm.kind.gaussian"))];
    segmented(ui, &mut makeup.kind, &kinds);
    if makeup != lab.settings.makeup {
        lab.keep_for_undo();
        if makeup.kind == VisibleKind::Gaussian && lab.settings.makeup.kind == VisibleKind::Binary {
            // Numbers need a far smaller rate than bits.
            lab.settings.trainer.rate = lab.settings.trainer.rate.min(0.002);
        }
        let had = lab.has_learned();
        lab.settings.makeup = makeup;
        lab.restart_without_undo();
        if had {
            let offer = crate::widgets::notices::Offer::Undo;
            cx.notices.offer(t.get("rbm.notice.restarted"), t.get("undo"), offer);
        }
    }
}

fn seed(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        ui.label(rich(t.get("rbm.seed"), regular(size::BODY), Tokens::of(ui).text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let dice = IconButton::icon_only(Icon::Dice, t.get("rbm.seed.another"));
            let mut wanted = None;
            if dice.min_size(vec2(32.0, 32.0)).show(ui).on_hover_text(t.get("rbm.seed.another")).clicked() {
                wanted = Some(lab.settings.trainer.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1) >> 40);
            }
            let (id, ink) = (ui.scope_id().with("typed seed"), Tokens::of(ui).text);
            let shown = lab.settings.trainer.seed.to_string();
            if let Some(typed) = typed_value(ui, id, t.get("rbm.seed"), &shown, size::VALUE, ink) {
                wanted = Some(typed.clamp(0.0, 1e15).round() as u64);
            }
            if let Some(seed) = wanted.filter(|&seed| seed != lab.settings.trainer.seed) {
                lab.keep_for_undo();
                lab.settings.trainer.seed = seed;
                lab.restart_without_undo();
            }
        });
    });
    let memory = words::memory(lab, t);
    note(ui, &memory);
    let weights = IconButton::new(t.get("rbm.save.weights")).tight().min_size(vec2(ui.available_width(), 34.0));
    let ready = lab.frame().ready && !lab.files.is_busy();
    if ui.add_enabled_ui(ready, |ui| weights.show(ui)).inner.on_hover_text(t.get("rbm.save.weights.tip")).clicked() {
        lab.save_weights();
    }
}
