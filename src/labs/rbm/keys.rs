//! Keys of the lab, when no text field and no slider wants them.

use egui::{Key, Modifiers, Ui};

use super::{RbmLab, controls, settings::TEMPERATURES};
use crate::labs::LabContext;

pub(super) fn keys(lab: &mut RbmLab, ui: &Ui, cx: &mut LabContext<'_>) {
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Space) {
        lab.set_learning(!lab.is_running_now());
    }
    while pressed(Modifiers::NONE, Key::ArrowRight) {
        lab.learn_a_batch();
    }
    for (key, direction) in [(Key::ArrowUp, 1.0), (Key::ArrowDown, -1.0)] {
        for (modifiers, step) in [(Modifiers::SHIFT, 0.1), (Modifiers::NONE, 0.01)] {
            while pressed(modifiers, key) {
                let moved = ((lab.settings.temperature / step).round() + direction) * step;
                lab.settings.temperature = moved.clamp(*TEMPERATURES.start(), *TEMPERATURES.end());
            }
        }
    }
    if pressed(Modifiers::NONE, Key::R) {
        controls::restart_with_notice(lab, cx);
    }
    if pressed(Modifiers::NONE, Key::D) {
        lab.set_dreaming(!lab.dreaming);
    }
}
