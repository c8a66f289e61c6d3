//! The controls of ways to the lowest energy: slow cooling, or replicas.

use egui::{Ui, vec2};

use super::{
    scene::{Action, Scene},
    settings::{ANNEAL, LADDER, LatticeSettings, RUNGS},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::controls::progress_ui,
    text::Texts,
    widgets::{
        buttons::{IconButton, segmented},
        icons::Icon,
        numbers,
        rich::note,
        slider::{BigSlider, Scale, heading},
    },
};

/// Draws the choice between one magnet and replicas, and what belongs to it.
pub(super) fn lowest_energy_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.lowest"), "");
    let options = [(false, t.get("ising.tempering.one")), (true, t.get("ising.tempering.many"))];
    let mut tempering = scene.settings.tempering;
    if segmented(ui, &mut tempering, &options) {
        scene.act(Action::Tempering(tempering));
    }
    if scene.settings.tempering {
        note(ui, t.get("ising.tempering.note"));
        ladder_ui(scene.settings, ui, t);
    } else {
        cooling_ui(scene, ui, t);
    }
}

fn cooling_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    match scene.cooling {
        Some(done) => {
            let text = t.fill("ising.drive.cooling", &[("percent", &format!("{:.0}", 100.0 * done))]);
            if progress_ui(ui, &text, done, t) {
                scene.act(Action::EndCooling);
            }
        }
        None => {
            let button = IconButton::new(t.get("ising.anneal")).icon(Icon::Down);
            let button = button.min_size(vec2(ui.available_width(), 36.0)).show(ui);
            if button.tip(t.get("ising.anneal.tip")).clicked() {
                scene.act(Action::Cool);
            }
        }
    }
    let mut sweeps = f64::from(scene.settings.anneal_sweeps);
    let slider = BigSlider {
        name: t.get("ising.anneal.length"),
        shown: numbers::whole(sweeps as u64),
        unit: t.get("ising.sweeps"),
        scale: Scale { low: f64::from(*ANNEAL.start()), high: f64::from(*ANNEAL.end()), logarithmic: true },
        default: 2000.0,
        step: 100.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut sweeps).tip(t.get("ising.anneal.tip")).changed() {
        scene.settings.anneal_sweeps = sweeps.round() as u32;
    }
}

fn ladder_ui(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    for (place, key) in ["ising.ladder.cold", "ising.ladder.hot"].into_iter().enumerate() {
        let slider = BigSlider {
            name: t.get(key),
            shown: numbers::fixed(settings.ladder[place], 2),
            unit: "J/k",
            scale: Scale { low: *LADDER.start(), high: *LADDER.end(), logarithmic: true },
            default: LatticeSettings::default().ladder[place],
            step: 0.05,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut settings.ladder[place]).tip(t.get("ising.ladder.tip")).changed() {
            settings.ladder[place] = (settings.ladder[place] * 100.0).round() / 100.0;
        }
    }
    let mut rungs = f64::from(settings.rungs);
    let slider = BigSlider {
        name: t.get("ising.ladder.rungs"),
        shown: settings.rungs.to_string(),
        scale: Scale { low: f64::from(*RUNGS.start()), high: f64::from(*RUNGS.end()), logarithmic: false },
        default: 20.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut rungs).tip(t.get("ising.ladder.tip")).changed() {
        settings.rungs = rungs.round() as u32;
    }
}
