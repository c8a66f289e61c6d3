//! What is set once rather than played with: size, coupling, seed, behind a fold.

use egui::{Align, Layout, Ui, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::magnet::{
            scene::{Action, Scene},
            settings::{DRIVE_SWEEPS, MagnetSettings, SMALLEST_ON_SCREEN},
        },
        kit::{PageContext, controls::seed_ui},
    },
    physics::ising::{Coupling, LARGEST_SIDE, validate_side},
    widgets::{
        Tokens,
        buttons::{IconButton, fold, segmented},
        numbers, rich,
        slider::{BigSlider, Scale, heading, typed_value},
        tokens::{regular, size},
    },
};

/// The page of other lattices.
const LATTICES: &str = "lattices";

/// Draws the fold of size, edges, coupling and seed.
pub(super) fn advanced_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &mut PageContext<'_>) {
    let t = cx.texts;
    ui.separator();
    let coupling = if scene.settings.coupling == Coupling::Ferromagnetic { "+1" } else { "\u{2212}1" };
    let values = [("size", &*scene.settings.size.to_string()), ("coupling", coupling)];
    let label = t.fill("ising.more", &values);
    if !fold(ui, &mut scene.look.more, &label) {
        return;
    }
    size_row_ui(scene.settings, ui, cx);
    ui.horizontal(|ui| {
        ui.label(rich(t.get("ising.edges"), regular(size::BODY), Tokens::of(ui).text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(rich(t.get("ising.edges.wrap"), regular(size::BODY), Tokens::of(ui).t2));
        });
    });
    let others = IconButton::new(t.get("ising.edges.others")).min_size(vec2(ui.available_width(), 32.0)).show(ui);
    if others.tip(t.get("ising.edges.others.tip")).clicked() {
        scene.act(Action::ShowPage(LATTICES));
    }
    let (settings, look) = (&mut *scene.settings, &mut *scene.look);
    heading(ui, t.get("ising.coupling"), "");
    let options = [
        (Coupling::Ferromagnetic, t.get("ising.coupling.agree")),
        (Coupling::Antiferromagnetic, t.get("ising.coupling.differ")),
    ];
    segmented(ui, &mut settings.coupling, &options);
    if settings.coupling == Coupling::Antiferromagnetic {
        check_ui(ui, &mut look.staggered_picture, t.get("ising.staggered"), t.get("ising.staggered.tip"));
    }
    check_ui(ui, &mut look.as_voters, t.get("ising.voters"), t.get("ising.voters.tip"));
    check_ui(ui, &mut look.ghost_curves, t.get("ising.ghosts"), t.get("ising.ghosts.tip"));
    let mut sweeps = f64::from(settings.drive_sweeps);
    let slider = BigSlider {
        name: t.get("ising.drive.length"),
        shown: numbers::whole(sweeps as u64),
        unit: t.get("ising.sweeps"),
        scale: Scale { low: f64::from(*DRIVE_SWEEPS.start()), high: f64::from(*DRIVE_SWEEPS.end()), logarithmic: true },
        default: 4800.0,
        step: 100.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut sweeps).changed() {
        settings.drive_sweeps = sweeps.round() as u32;
    }
    if let Some(seed) = seed_ui(ui, t.get("seed"), settings.seed, t) {
        settings.seed = seed;
    }
}

fn check_ui(ui: &mut Ui, value: &mut bool, label: &str, tip: &str) {
    ui.checkbox(value, rich(label, regular(size::BODY), Tokens::of(ui).text)).tip(tip);
}

fn size_row_ui(settings: &mut MagnetSettings, ui: &mut Ui, cx: &mut PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.size"), "");
    ui.horizontal(|ui| {
        let shown = format!("{0} \u{d7} {0}", settings.size);
        let combo = egui::ComboBox::from_id_salt("size").width(130.0).selected_text(shown).show_ui(ui, |ui| {
            for power in 3..=12_u32 {
                let side = 1_usize << power;
                ui.selectable_value(&mut settings.size, side, format!("{side} \u{d7} {side}"));
            }
        });
        let name = t.get("ising.size");
        combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let id = ui.scope_id().with("typed size");
            let ink = Tokens::of(ui).text;
            let typed = typed_value(ui, id, t.get("ising.size.typed"), &settings.size.to_string(), size::VALUE, ink);
            ui.label(rich(t.get("ising.size.other"), regular(size::CAPTION), Tokens::of(ui).t2));
            if let Some(typed) = typed {
                let side = typed.round().clamp(0.0, 1e6) as usize;
                if validate_side(side).is_ok() && side >= SMALLEST_ON_SCREEN {
                    settings.size = side;
                } else {
                    let (low, high) = (SMALLEST_ON_SCREEN.to_string(), LARGEST_SIDE.to_string());
                    let values = [("size", &*side.to_string()), ("low", &low), ("high", &high)];
                    cx.notices.say(t.fill("ising.size.wrong", &values));
                }
            }
        });
    });
}
