//! Controls that the magnet and the other lattices share.

use egui::Ui;

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::common::ranges::{FASTEST, STRONGEST_FIELD},
        kit::controls::{Transport, transport_row_ui},
    },
    text::Texts,
    widgets::{
        numbers,
        slider::{BigSlider, Scale, SpeedSlider},
    },
};

/// Names of the rules, in their order.
pub(in crate::labs::ising) const DYNAMICS: [&str; 4] =
    ["ising.dynamics.metropolis", "ising.dynamics.heat_bath", "ising.dynamics.wolff", "ising.dynamics.swendsen_wang"];

/// Draws the row that runs a magnet. Returns what it was asked for.
pub(in crate::labs::ising) fn magnet_row_ui(ui: &mut Ui, t: Texts, running: bool) -> Option<Transport> {
    let tips = [t.get("ising.run.tip"), t.get("ising.step.tip"), t.get("ising.reset.tip")];
    transport_row_ui(ui, running, t.get("run"), tips, t)
}

/// Sweeps a second, or as fast as it goes.
pub(in crate::labs::ising) fn speed_slider_ui(ui: &mut Ui, t: Texts, sweeps_per_second: &mut Option<f64>) {
    let slider = SpeedSlider {
        name: t.get("speed"),
        unit: t.get("ising.speed.sweeps"),
        unlimited: t.get("speed.unlimited"),
        ends: (t.get("slow"), t.get("fast")),
        range: 1.0..=FASTEST,
        default: 240.0,
    };
    slider.show(ui, sweeps_per_second).tip(t.get("ising.speed.tip"));
}

/// The outside field in J. Returns whether it changed.
pub(in crate::labs::ising) fn field_slider_ui(ui: &mut Ui, t: Texts, field: &mut f64) -> bool {
    let slider = BigSlider {
        name: t.get("ising.field"),
        symbol: "h",
        shown: numbers::fixed(*field, 2),
        unit: "J",
        ends: Some((t.get("ising.field.down"), t.get("ising.field.up"))),
        scale: Scale { low: -STRONGEST_FIELD, high: STRONGEST_FIELD, logarithmic: false },
        default: 0.0,
        step: 0.01,
        centre: Some(0.0),
        detent: 0.012,
    };
    slider.show(ui, field).tip(t.get("ising.field.tip")).changed()
}
