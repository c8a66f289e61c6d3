//! What is set once rather than played with: the kind of neurons, the side of the pad, values, seed, unlearning.

use egui::{Align, Layout, Ui, vec2};

use super::{
    HopfieldLab,
    learning::DREAMS,
    settings::{Neurons, OFFERED_SIDES, SIDES},
};
use crate::{
    labs::LabContext,
    widgets::{
        Tokens,
        buttons::{IconButton, fold, segmented},
        icons::Icon,
        rich,
        slider::{heading, typed_value},
        tokens::{bold, regular, size},
    },
};

pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    if !fold(ui, &mut lab.folds.more, t.get("hopfield.more")) {
        return;
    }
    heading(ui, t.get("hopfield.neurons"), "");
    let kinds = [
        (Neurons::OnOff, t.get("hopfield.neurons.on_off")),
        (Neurons::Graded, t.get("hopfield.neurons.graded")),
        (Neurons::Modern, t.get("hopfield.neurons.modern")),
    ];
    segmented(ui, &mut lab.settings.neurons, &kinds);
    heading(ui, t.get("hopfield.side"), "");
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() - 4.0 * 6.0) / OFFERED_SIDES.len() as f32;
        for side in OFFERED_SIDES {
            let text = side.to_string();
            let name = t.fill("hopfield.side.name", &[("side", &text)]);
            let button = IconButton::new(&text).name(&name).tight().selected(lab.settings.side == side);
            if button.min_size(vec2(width, 32.0)).show(ui).on_hover_text(t.get("hopfield.side.tip")).clicked() {
                wanted = Some(side);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (id, ink) = (ui.scope_id().with("typed side"), Tokens::of(ui).text);
            let shown = lab.settings.side.to_string();
            let typed = typed_value(ui, id, t.get("hopfield.side.typed"), &shown, size::VALUE, ink);
            ui.label(rich(t.get("hopfield.side.other"), regular(size::CAPTION), Tokens::of(ui).t2));
            if let Some(typed) = typed {
                let side = typed.round().clamp(0.0, 1e6) as usize;
                if SIDES.contains(&side) {
                    wanted = Some(side);
                } else {
                    cx.notices.say(t.fill("hopfield.side.wrong", &[("side", &side.to_string())]));
                }
            }
        });
    });
    if let Some(side) = wanted.filter(|&side| side != lab.settings.side) {
        lab.set_side(side);
    }
    let values = IconButton::new(t.get("hopfield.zero_one")).selected(lab.settings.zero_one);
    let values = values.min_size(vec2(ui.available_width(), 32.0)).show(ui);
    if values.on_hover_text(t.get("hopfield.zero_one.tip")).clicked() {
        lab.settings.zero_one ^= true;
    }
    unlearn(lab, ui, cx);
    ui.horizontal(|ui| {
        ui.label(rich(t.get("seed"), regular(size::BODY), Tokens::of(ui).text));
        ui.label(rich(&lab.settings.seed.to_string(), bold(size::BODY), Tokens::of(ui).text));
        let roll = IconButton::icon_only(Icon::Dice, t.get("seed.roll")).min_size(vec2(28.0, 28.0));
        if roll.show(ui).on_hover_text(t.get("seed.tip")).clicked() {
            lab.edit(|settings| settings.seed = settings.seed % 999_983 + 1);
        }
    });
}

fn unlearn(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let pairs = lab.learning.trained().is_some_and(|trained| trained.network.quadratic().is_some());
    let ready = pairs && lab.settings.neurons != Neurons::Modern && !lab.learning.is_busy();
    let text = t.fill("hopfield.unlearn", &[("dreams", &DREAMS.to_string())]);
    let button = IconButton::new(&text).icon(Icon::Moon).min_size(vec2(ui.available_width(), 34.0));
    let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
    if response.on_hover_text(t.get("hopfield.unlearn.tip")).clicked() {
        lab.learning.dream(&lab.host, lab.settings.seed);
    }
    if lab.learning.dreams > 0 {
        let done = t.fill("hopfield.unlearn.done", &[("dreams", &lab.learning.dreams.to_string())]);
        ui.label(rich(&done, regular(size::CAPTION), Tokens::of(ui).t2));
    }
}
