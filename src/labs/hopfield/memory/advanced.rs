//! What is set once rather than played with: the kind of neurons, the side of the pad, values, seed, unlearning.

use egui::{Align, Layout, Ui, vec2};

use super::{
    learning::DREAMS,
    scene::{Action, Scene},
    settings::{Neurons, OFFERED_SIDES, SIDES},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, controls::seed_ui},
    widgets::{
        Tokens,
        buttons::{IconButton, fold, segmented},
        icons::Icon,
        rich,
        slider::{heading, typed_value},
        tokens::{regular, size},
    },
};

pub(super) fn advanced_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &mut PageContext<'_>) {
    let t = cx.texts;
    if !fold(ui, &mut scene.look.more, t.get("hopfield.more")) {
        return;
    }
    heading(ui, t.get("hopfield.neurons"), "");
    let kinds = [
        (Neurons::OnOff, t.get("hopfield.neurons.on_off")),
        (Neurons::Graded, t.get("hopfield.neurons.graded")),
        (Neurons::Modern, t.get("hopfield.neurons.modern")),
    ];
    segmented(ui, &mut scene.settings.neurons, &kinds);
    side_ui(scene, ui, cx);
    let values = IconButton::new(t.get("hopfield.zero_one")).selected(scene.look.zero_one);
    let values = values.min_size(vec2(ui.available_width(), 32.0)).show(ui);
    if values.tip(t.get("hopfield.zero_one.tip")).clicked() {
        scene.look.zero_one ^= true;
    }
    unlearn_ui(scene, ui, cx);
    if let Some(seed) = seed_ui(ui, t.get("seed"), scene.settings.seed, t) {
        scene.act(Action::TakeSeed(seed));
    }
}

fn side_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &mut PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("hopfield.side"), "");
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() - 4.0 * 6.0) / OFFERED_SIDES.len() as f32;
        for side in OFFERED_SIDES {
            let text = side.to_string();
            let name = t.fill("hopfield.side.name", &[("side", &text)]);
            let button = IconButton::new(&text).name(&name).tight().selected(scene.settings.side == side);
            if button.min_size(vec2(width, 32.0)).show(ui).tip(t.get("hopfield.side.tip")).clicked() {
                wanted = Some(side);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (id, ink) = (ui.scope_id().with("typed side"), Tokens::of(ui).text);
            let shown = scene.settings.side.to_string();
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
    if let Some(side) = wanted.filter(|&side| side != scene.settings.side) {
        scene.act(Action::TakeSide(side));
    }
}

fn unlearn_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let pairs = scene.learning.trained().is_some_and(|trained| trained.network.quadratic().is_some());
    let ready = pairs && scene.settings.neurons != Neurons::Modern && !scene.learning.is_busy();
    let text = t.fill("hopfield.unlearn", &[("dreams", &DREAMS.to_string())]);
    let button = IconButton::new(&text).icon(Icon::Moon).min_size(vec2(ui.available_width(), 34.0));
    let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
    if response.tip(t.get("hopfield.unlearn.tip")).clicked() {
        scene.act(Action::Unlearn);
    }
    if scene.learning.dreams() > 0 {
        let done = t.fill("hopfield.unlearn.done", &[("dreams", &scene.learning.dreams().to_string())]);
        ui.label(rich(&done, regular(size::CAPTION), Tokens::of(ui).t2));
    }
}
