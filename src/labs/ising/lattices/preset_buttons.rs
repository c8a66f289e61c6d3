//! Buttons of the magnets to begin with.

use egui::{Rect, Ui};

use super::{
    presets::Preset,
    scene::{Action, Scene},
    settings::LatticeSettings,
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::controls::row_ui,
    text::Texts,
    widgets::{buttons::IconButton, card::card_in, slider::heading},
};

/// Draws the presets in a card of their own, where the window leaves room under the picture.
pub(super) fn card_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, t: Texts) {
    card_in(ui, rect, "scenes", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        buttons_ui(scene, ui, t);
    });
}

/// Draws the buttons of all presets.
pub(super) fn buttons_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.scenes"), "");
    let what = |settings: &LatticeSettings| (settings.design(), settings.coupling, settings.rule, settings.tempering);
    let now = what(scene.settings);
    for presets in Preset::ALL.chunks(3) {
        row_ui(ui, 34.0, presets, |ui, preset, size| {
            let [name, tip] = preset.words().map(|key| t.get(key));
            let is_this = now == what(&preset.settings());
            let button = IconButton::new(name).tight().selected(is_this).min_size(size).show(ui);
            if button.tip(tip).clicked() {
                scene.act(Action::TakePreset(preset));
            }
        });
    }
}
