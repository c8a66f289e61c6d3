//! Magnets to begin with: each shows one thing well.

use egui::{Rect, Ui};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            common::sliders::FASTEST,
            lattices::{
                controls::row,
                settings::{Chance, LatticeSettings, Rule},
            },
        },
    },
    physics::ising::{Coupling, graph::Geometry},
    text::Texts,
    widgets::{buttons::IconButton, card::card_in, slider::heading},
};

/// Something to begin with: a magnet that shows one thing well.
struct Scene {
    key: &'static str,
    tip: &'static str,
    settings: fn() -> LatticeSettings,
}

const SCENES: [Scene; 6] = [
    Scene {
        key: "ising.scene.honeycomb",
        tip: "ising.scene.honeycomb.tip",
        settings: || {
            let geometry = Geometry::Honeycomb;
            LatticeSettings { geometry, temperature: geometry.critical_temperature(), ..LatticeSettings::default() }
        },
    },
    Scene {
        key: "ising.scene.triangles",
        tip: "ising.scene.triangles.tip",
        settings: || LatticeSettings {
            geometry: Geometry::Triangular,
            side: 32,
            coupling: Coupling::Antiferromagnetic,
            temperature: 0.4,
            sweeps_per_second: Some(20.0),
            ..LatticeSettings::default()
        },
    },
    Scene {
        key: "ising.scene.cube",
        tip: "ising.scene.cube.tip",
        settings: || {
            let geometry = Geometry::Cubic;
            let temperature = geometry.critical_temperature();
            LatticeSettings { geometry, side: 32, temperature, ..LatticeSettings::default() }
        },
    },
    Scene {
        key: "ising.scene.glass",
        tip: "ising.scene.glass.tip",
        settings: || LatticeSettings {
            geometry: Geometry::Square,
            side: 16,
            chance: Chance::PlusMinus,
            tempering: true,
            temperature: 0.4,
            sweeps_per_second: Some(FASTEST),
            ..LatticeSettings::default()
        },
    },
    Scene {
        key: "ising.scene.holes",
        tip: "ising.scene.holes.tip",
        settings: || LatticeSettings {
            geometry: Geometry::Square,
            side: 128,
            chance: Chance::Sites,
            share: 0.25,
            temperature: 0.9,
            ..LatticeSettings::default()
        },
    },
    Scene {
        key: "ising.scene.unmixing",
        tip: "ising.scene.unmixing.tip",
        settings: || LatticeSettings {
            geometry: Geometry::Square,
            side: 128,
            rule: Rule::Exchange,
            temperature: 1.6,
            sweeps_per_second: Some(FASTEST),
            ..LatticeSettings::default()
        },
    },
];

/// The scenes in a card of their own, where the window leaves room under the picture.
pub(in crate::labs::ising) fn card(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    card_in(ui, rect, "scenes", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        buttons(lab, ui, cx.texts);
    });
}

/// The buttons of all scenes.
pub(in crate::labs::ising) fn buttons(lab: &mut IsingLab, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.scenes"), "");
    for places in [[0, 1, 2], [3, 4, 5]] {
        row(ui, 34.0, &places, |ui, place, size| {
            let scene = &SCENES[place];
            let settings = (scene.settings)();
            let now = &lab.settings.lattices;
            let what =
                |settings: &LatticeSettings| (settings.design(), settings.coupling, settings.rule, settings.tempering);
            let is_this = what(now) == what(&settings);
            let button = IconButton::new(t.get(scene.key)).tight().selected(is_this).min_size(size).show(ui);
            if button.tip(t.get(scene.tip)).clicked() {
                lab.settings.lattices = settings;
                lab.take_the_heat();
            }
        });
    }
}
