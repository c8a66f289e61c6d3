//! The controls of the page.

use egui::{Align, Layout, Rect, Ui};

use super::{
    combo::combo_ui,
    disorder,
    look::{LARGEST_BRUSH, LatticeLook, LatticePen, Projection},
    lowest_energy, preset_buttons,
    scene::{Action, Scene},
    settings::{LatticeSettings, NEXT, Rule},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::common::{
            brush::BrushTool,
            brush_controls::BrushControls,
            sliders::{DYNAMICS, field_slider_ui, magnet_row_ui, speed_slider_ui},
        },
        kit::{
            PageContext, Repair,
            controls::{Transport, column_ui, pages_row_ui, row_ui, seed_ui},
        },
    },
    physics::ising::{
        Coupling, Start,
        graph::{Edges, Geometry},
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
        typed::typed_value,
    },
};

/// The gap between groups, in points.
const GAP: f32 = 8.0;

/// Draws the column; the presets may have a card of their own.
pub(super) fn controls_ui(
    scene: &mut Scene<'_>,
    ui: &mut Ui,
    rect: Rect,
    cx: &mut PageContext<'_>,
    presets_elsewhere: bool,
) {
    let t = cx.texts;
    column_ui(
        ui,
        rect,
        scene,
        |ui, scene| {
            pages_row_ui(ui, cx);
            match magnet_row_ui(ui, t, scene.is_running) {
                Some(Transport::Toggle) => scene.act(Action::Run(!scene.is_running)),
                Some(Transport::Step) => scene.act(Action::Step),
                Some(Transport::Reset) => scene.act(Action::Restart),
                None => {}
            }
        },
        |ui, scene| {
            if !presets_elsewhere {
                preset_buttons::buttons_ui(scene, ui, t);
                ui.add_space(GAP);
            }
            lattice_ui(scene, ui, t);
            ui.add_space(GAP);
            disorder::disorder_ui(scene.settings, scene.look, ui, t);
            ui.add_space(GAP);
            rule_ui(scene.settings, ui, t);
            ui.add_space(GAP);
            lowest_energy::lowest_energy_ui(scene, ui, t);
            ui.add_space(GAP);
            if scene.settings.rule != Rule::Exchange {
                field_slider_ui(ui, t, &mut scene.settings.field);
            }
            speed_slider_ui(ui, t, &mut scene.run.sweeps_per_second);
            ui.add_space(GAP);
            if !scene.settings.tempering {
                start_ui(scene, ui, t);
                ui.add_space(GAP);
                brush(scene.pen).show(ui, t);
                ui.add_space(GAP);
            }
            if let Some(seed) = seed_ui(ui, t.get("seed"), scene.settings.seed, t) {
                scene.settings.seed = seed;
            }
        },
    );
}

/// Draws which lattice it is, its size and its edges.
fn lattice_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    let (settings, look) = (&mut *scene.settings, &mut *scene.look);
    heading(ui, t.get("ising.lattice"), "");
    let options = [
        (Geometry::Square, t.get("ising.lattice.square")),
        (Geometry::Triangular, t.get("ising.lattice.triangular")),
        (Geometry::Honeycomb, t.get("ising.lattice.honeycomb")),
        (Geometry::Cubic, t.get("ising.lattice.cubic")),
    ];
    segmented(ui, &mut settings.geometry, &options);
    let settled = settings.clone().repaired();
    settings.side = settled.side;
    let name = |side: usize| {
        let [across, down, deep] = LatticeSettings { side, ..settled.clone() }.design().lengths();
        if deep > 1 { format!("{across} × {down} × {deep}") } else { format!("{across} × {down}") }
    };
    let mut sides: Vec<usize> = settled.offered().chain([settled.side]).collect();
    sides.sort_unstable();
    sides.dedup();
    let sides: Vec<(usize, String)> = sides.into_iter().map(|side| (side, name(side))).collect();
    let sides: Vec<(usize, &str)> = sides.iter().map(|(side, name)| (*side, name.as_str())).collect();
    let mut refused = None;
    ui.columns(2, |columns| {
        refused = size_heading_ui(settings, &mut columns[0], t);
        combo_ui(
            &mut columns[0],
            "lattice size",
            [t.get("ising.size"), t.get("ising.size.tip")],
            &mut settings.side,
            &sides,
        );
        heading(&mut columns[1], t.get("ising.edges"), "");
        let edges = [
            (Edges::Periodic, t.get("ising.edges.joined")),
            (Edges::Free, t.get("ising.edges.free")),
            (Edges::Fixed, t.get("ising.edges.fixed")),
        ];
        combo_ui(
            &mut columns[1],
            "edges",
            [t.get("ising.edges"), t.get("ising.edges.tip")],
            &mut settings.edges,
            &edges,
        );
    });
    if settings.geometry == Geometry::Cubic {
        projection_ui(look, settings.side, ui, t);
    }
    couplings_ui(settings, ui, t);
    if let Some(side) = refused {
        scene.act(Action::RefuseSide(side));
    }
}

/// Draws the heading of the size with a number that can be typed. Returns a size that the lattice cannot have.
fn size_heading_ui(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) -> Option<usize> {
    let ink = Tokens::of(ui).text;
    let shown = settings.side.to_string();
    let typed = ui.horizontal(|ui| {
        ui.label(rich(t.get("ising.size"), regular(size::BODY), ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let id = ui.scope_id().with("typed size");
            typed_value(ui, id, t.get("ising.lattice.size.typed"), &shown, size::BODY, ink)
        })
    });
    let side = typed.inner.inner?.round().clamp(0.0, 1e6) as usize;
    if settings.allows(side) {
        settings.side = side;
        return None;
    }
    Some(side)
}

/// Draws how a magnet in space of this side is shown.
fn projection_ui(look: &mut LatticeLook, side: usize, ui: &mut Ui, t: Texts) {
    let looks = [
        (Projection::Cube, t.get("ising.look.cube")),
        (Projection::Layer, t.get("ising.look.layer")),
        (Projection::Layers, t.get("ising.look.layers")),
    ];
    segmented(ui, &mut look.projection, &looks);
    if look.projection != Projection::Layers {
        let mut layer = look.layer as f64;
        let slider = BigSlider {
            name: t.get("ising.layer"),
            symbol: "z",
            shown: look.layer.to_string(),
            scale: Scale { low: 0.0, high: (side - 1) as f64, logarithmic: false },
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut layer).tip(t.get("ising.layer.tip")).changed() {
            look.layer = layer.round() as usize;
        }
    }
}

/// Draws the controls of J, and of J₂ where there is one.
fn couplings_ui(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.coupling"), "");
    let options = [
        (Coupling::Ferromagnetic, t.get("ising.coupling.agree")),
        (Coupling::Antiferromagnetic, t.get("ising.coupling.differ")),
    ];
    segmented(ui, &mut settings.coupling, &options);
    if settings.geometry == Geometry::Square {
        let slider = BigSlider {
            name: t.get("ising.next"),
            symbol: "J_{2}",
            shown: numbers::fixed(settings.next_coupling, 2),
            unit: "|J|",
            ends: Some((t.get("ising.next.differ"), t.get("ising.next.agree"))),
            scale: Scale { low: *NEXT.start(), high: *NEXT.end(), logarithmic: false },
            step: 0.05,
            centre: Some(0.0),
            detent: 0.02,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut settings.next_coupling).tip(t.get("ising.next.tip")).changed() {
            settings.next_coupling = (settings.next_coupling * 100.0).round() / 100.0;
        }
    }
}

/// Draws the choice of how spins change.
fn rule_ui(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.dynamics"), "");
    let keys = DYNAMICS.into_iter().chain(["ising.dynamics.exchange"]);
    let mut options: Vec<_> = Rule::ALL.into_iter().zip(keys).map(|(rule, key)| (rule, t.get(key))).collect();
    if settings.tempering {
        // Replicas at fixed m would be another ensemble.
        options.pop();
    }
    combo_ui(ui, "rule", [t.get("ising.dynamics"), t.get("ising.dynamics.tip")], &mut settings.rule, &options);
    note(
        ui,
        t.get(match settings.rule {
            Rule::Metropolis => "ising.dynamics.metropolis.note",
            Rule::HeatBath => "ising.dynamics.heat_bath.note",
            Rule::Wolff | Rule::SwendsenWang if settings.disorder_kind.is_glass() => "ising.dynamics.cluster.glass",
            Rule::Wolff => "ising.dynamics.wolff.note",
            Rule::SwendsenWang => "ising.dynamics.swendsen_wang.note",
            Rule::Exchange => "ising.dynamics.exchange.note",
        }),
    );
}

/// Draws buttons of the start states, each of which begins again.
fn start_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.start"), "");
    let faces =
        [(Start::Up, "ising.start.up"), (Start::Down, "ising.start.down"), (Start::Random, "ising.start.random")];
    row_ui(ui, 34.0, &faces, |ui, (start, key), size| {
        let name = t.fill("ising.start.name", &[("state", t.get(key))]);
        let button = IconButton::new(t.get(key)).name(&name).tight().min_size(size).show(ui);
        if button.tip(t.get("ising.start.tip")).clicked() {
            scene.act(Action::StartFrom(start));
        }
    });
    // Shown in per cent, so that what is typed is per cent too.
    let mut percent = 100.0 * scene.settings.up_share;
    let slider = BigSlider {
        name: t.get("ising.start.share"),
        shown: format!("{percent:.0}"),
        unit: "%",
        scale: Scale { low: 0.0, high: 100.0, logarithmic: false },
        default: 50.0,
        step: 1.0,
        ..BigSlider::plain()
    };
    let slider = slider.show(ui, &mut percent).tip(t.get("ising.start.share.tip"));
    if slider.changed() {
        scene.act(Action::UpShare(percent.round() / 100.0));
    }
    if slider.drag_stopped() || (slider.changed() && !slider.dragged()) {
        scene.act(Action::StartFrom(Start::Random));
    }
}

/// The brush, to be drawn.
pub(super) fn brush(pen: &mut LatticePen) -> BrushControls<'_> {
    let (tool, radius) = (&mut pen.brush, &mut pen.brush_radius);
    BrushControls { tools: &[BrushTool::Up, BrushTool::Down, BrushTool::Heat], tool, radius, radii: 0..=LARGEST_BRUSH }
}
