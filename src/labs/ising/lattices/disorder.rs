//! The controls of what is left to chance.

use egui::Ui;

use super::{
    combo::combo_ui,
    look::{LatticeLook, Projection},
    settings::{DisorderKind, FIELD_STRENGTHS, LatticeSettings},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::controls::seed_ui,
    physics::ising::graph::Geometry,
    text::Texts,
    widgets::{
        Tokens, numbers,
        rich::rich,
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
    },
};

/// Draws what is left to chance, how much of it, and its seed.
pub(super) fn disorder_ui(settings: &mut LatticeSettings, look: &mut LatticeLook, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.chance"), "");
    let names = [
        "ising.chance.none",
        "ising.chance.sites",
        "ising.chance.bonds",
        "ising.chance.field",
        "ising.chance.pm",
        "ising.chance.gaussian",
    ];
    let options: Vec<_> = DisorderKind::ALL.into_iter().zip(names).map(|(kind, key)| (kind, t.get(key))).collect();
    combo_ui(ui, "disorder", [t.get("ising.chance"), t.get("ising.chance.tip")], &mut settings.disorder_kind, &options);
    let amount = match settings.disorder_kind {
        DisorderKind::Sites | DisorderKind::Bonds => Some((
            &mut settings.dilution,
            BigSlider {
                name: t.get("ising.chance.share"),
                scale: Scale { low: 0.0, high: 0.6, logarithmic: false },
                default: 0.2,
                step: 0.01,
                ..BigSlider::plain()
            },
        )),
        DisorderKind::Field => Some((
            &mut settings.field_strength,
            BigSlider {
                name: t.get("ising.chance.strength"),
                unit: "J",
                scale: Scale { low: *FIELD_STRENGTHS.start(), high: *FIELD_STRENGTHS.end(), logarithmic: false },
                default: 1.0,
                step: 0.05,
                ..BigSlider::plain()
            },
        )),
        _ => None,
    };
    if let Some((value, slider)) = amount {
        let slider = BigSlider { shown: numbers::fixed(*value, 2), ..slider };
        if slider.show(ui, value).tip(t.get("ising.chance.amount.tip")).changed() {
            *value = (*value * 100.0).round() / 100.0;
        }
    }
    if settings.disorder_kind == DisorderKind::None {
        return;
    }
    if let Some(seed) = seed_ui(ui, t.get("ising.sample"), settings.disorder_seed, t) {
        settings.disorder_seed = seed;
    }
    let label = rich(t.get("ising.marks"), regular(size::BODY), Tokens::of(ui).text);
    let can_show = settings.geometry != Geometry::Cubic || look.projection == Projection::Layer;
    if settings.disorder_kind.is_glass() && can_show {
        ui.checkbox(&mut look.marks, label).tip(t.get("ising.marks.tip"));
    }
}
