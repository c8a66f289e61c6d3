//! Keys of the lab, when no text field and no slider wants them.

use egui::{Key, Modifiers, Ui};

use super::{HopfieldLab, pad::resize_brush, settings::HOTTEST};
use crate::labs::LabContext;

pub(super) fn keys(lab: &mut HopfieldLab, ui: &Ui, cx: &mut LabContext<'_>) {
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Space) {
        lab.set_running(!lab.is_running_now());
    }
    while pressed(Modifiers::NONE, Key::ArrowRight) {
        forward(lab);
    }
    while pressed(Modifiers::NONE, Key::ArrowLeft) {
        back(lab);
    }
    for (key, direction) in [(Key::ArrowUp, 1.0), (Key::ArrowDown, -1.0)] {
        // With Shift first: a plain pattern would match it too.
        for (modifiers, step) in [(Modifiers::SHIFT, 0.1), (Modifiers::NONE, 0.01)] {
            while pressed(modifiers, key) {
                let moved = ((lab.settings.temperature / step).round() + direction) * step;
                lab.settings.temperature = moved.clamp(0.0, HOTTEST);
            }
        }
    }
    if pressed(Modifiers::NONE, Key::R) {
        lab.again();
    }
    if pressed(Modifiers::NONE, Key::Enter) {
        lab.store(cx);
    }
    for (key, by) in [(Key::CloseBracket, 1), (Key::OpenBracket, -1)] {
        if pressed(Modifiers::NONE, key) {
            resize_brush(lab, by);
        }
    }
}

/// One snapshot on in the film; at its end one neuron on.
fn forward(lab: &mut HopfieldLab) {
    let last = lab.frame().film.len().saturating_sub(1);
    match lab.scrub {
        Some(index) if index + 1 < last => lab.scrub = Some(index + 1),
        Some(_) => lab.scrub = None,
        None => lab.step(1),
    }
}

fn back(lab: &mut HopfieldLab) {
    let last = lab.frame().film.len().saturating_sub(1);
    let index = lab.scrub.unwrap_or(last);
    if lab.frame().updates > 0 && index > 0 {
        lab.set_running(false);
        lab.scrub = Some(index - 1);
    }
}
