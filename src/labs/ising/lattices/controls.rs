//! The controls of the page.

use egui::{ComboBox, Rect, Role, ScrollArea, Ui, WidgetInfo, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            common::{
                brush::BrushTool,
                sliders::{DYNAMICS, Transport, field_slider_ui, speed_slider_ui, transport_row_ui},
            },
            lattices::{
                scenes,
                settings::{ANNEAL, Chance, LADDER, LatticeSettings, Look, NEXT, RUNGS, Rule, STRENGTH},
            },
            magnet::controls,
        },
        kit::controls::seed_ui,
    },
    physics::ising::{
        Coupling, Start,
        graph::{Edges, Geometry},
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        card::card_in,
        icons::Icon,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
    },
};

/// Draws the column; the scenes may have a card of their own.
pub(in crate::labs::ising) fn show(
    lab: &mut IsingLab,
    ui: &mut Ui,
    rect: Rect,
    cx: &mut LabContext<'_>,
    scenes_elsewhere: bool,
) {
    card_in(ui, rect, "lattice controls", |ui| {
        controls::pages(lab, ui, cx.texts);
        ui.add_space(8.0);
        match transport_row_ui(ui, cx.texts, lab.lattices.running) {
            Some(Transport::Toggle) => lab.run_lattices(!lab.lattices.running),
            Some(Transport::Step) => lab.step_lattices(),
            Some(Transport::Reset) => lab.restart_lattices(cx),
            None => {}
        }
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            // Room for the bar, so that it never lies on a value.
            ui.set_max_width(ui.available_width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            let t = cx.texts;
            let gap = 8.0;
            if !scenes_elsewhere {
                scenes::buttons(lab, ui, t);
                ui.add_space(gap);
            }
            lattice(&mut lab.settings.lattices, ui, t);
            ui.add_space(gap);
            chance(&mut lab.settings.lattices, ui, t);
            ui.add_space(gap);
            rule(&mut lab.settings.lattices, ui, t);
            ui.add_space(gap);
            replicas(lab, ui, t);
            ui.add_space(gap);
            field_and_speed(&mut lab.settings.lattices, ui, t);
            ui.add_space(gap);
            if !lab.settings.lattices.tempering {
                start(lab, ui, cx);
                ui.add_space(gap);
                brush(&mut lab.settings.lattices, ui, t);
                ui.add_space(gap);
            }
            if let Some(seed) = seed_ui(ui, t.get("seed"), lab.settings.lattices.seed, t) {
                lab.settings.lattices.seed = seed;
            }
        });
    });
}

/// Buttons of equal width in a row.
pub(in crate::labs::ising) fn row<T: Copy>(
    ui: &mut Ui,
    height: f32,
    faces: &[T],
    mut face: impl FnMut(&mut Ui, T, egui::Vec2),
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let count = faces.len() as f32;
        let width = (ui.available_width() - 6.0 * (count - 1.0)) / count;
        for &item in faces {
            face(ui, item, vec2(width, height));
        }
    });
}

fn combo<T: PartialEq + Copy>(ui: &mut Ui, id: &str, [name, tip]: [&str; 2], value: &mut T, options: &[(T, &str)]) {
    let shown = options.iter().find(|(option, _)| option == value).map_or("", |(_, label)| label);
    let width = ui.available_width();
    let combo = ComboBox::from_id_salt(id).width(width).selected_text(shown).show_ui(ui, |ui| {
        for &(option, label) in options {
            ui.selectable_value(value, option, label);
        }
    });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    combo.response.tip(tip);
}

fn lattice(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
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
    let sides: Vec<(usize, String)> = settled.offered().map(|side| (side, name(side))).collect();
    let sides: Vec<(usize, &str)> = sides.iter().map(|(side, name)| (*side, name.as_str())).collect();
    ui.columns(2, |columns| {
        heading(&mut columns[0], t.get("ising.size"), "");
        combo(
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
        combo(&mut columns[1], "edges", [t.get("ising.edges"), t.get("ising.edges.tip")], &mut settings.edges, &edges);
    });
    if settings.geometry == Geometry::Cubic {
        let looks = [
            (Look::Cube, t.get("ising.look.cube")),
            (Look::Layer, t.get("ising.look.layer")),
            (Look::Layers, t.get("ising.look.layers")),
        ];
        segmented(ui, &mut settings.look, &looks);
        if settings.look != Look::Layers {
            let mut layer = settings.layer as f64;
            let slider = BigSlider {
                name: t.get("ising.layer"),
                symbol: "z",
                shown: settings.layer.to_string(),
                scale: Scale { low: 0.0, high: (settings.side - 1) as f64, logarithmic: false },
                ..BigSlider::plain()
            };
            if slider.show(ui, &mut layer).tip(t.get("ising.layer.tip")).changed() {
                settings.layer = layer.round() as usize;
            }
        }
    }
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

fn chance(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.chance"), "");
    let names = [
        "ising.chance.none",
        "ising.chance.sites",
        "ising.chance.bonds",
        "ising.chance.field",
        "ising.chance.pm",
        "ising.chance.gaussian",
    ];
    let options: Vec<_> = Chance::ALL.into_iter().zip(names).map(|(chance, key)| (chance, t.get(key))).collect();
    combo(ui, "chance", [t.get("ising.chance"), t.get("ising.chance.tip")], &mut settings.chance, &options);
    let amount = match settings.chance {
        Chance::Sites | Chance::Bonds => Some((
            &mut settings.share,
            BigSlider {
                name: t.get("ising.chance.share"),
                scale: Scale { low: 0.0, high: 0.6, logarithmic: false },
                default: 0.2,
                step: 0.01,
                ..BigSlider::plain()
            },
        )),
        Chance::Field => Some((
            &mut settings.strength,
            BigSlider {
                name: t.get("ising.chance.strength"),
                unit: "J",
                scale: Scale { low: *STRENGTH.start(), high: *STRENGTH.end(), logarithmic: false },
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
    if settings.chance == Chance::None {
        return;
    }
    if let Some(seed) = seed_ui(ui, t.get("ising.sample"), settings.sample, t) {
        settings.sample = seed;
    }
    let label = rich(t.get("ising.marks"), regular(size::BODY), Tokens::of(ui).text);
    let can_show = settings.geometry != Geometry::Cubic || settings.look == Look::Layer;
    if settings.chance.is_glass() && can_show {
        ui.checkbox(&mut settings.marks, label).tip(t.get("ising.marks.tip"));
    }
}

fn rule(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.dynamics"), "");
    let keys = DYNAMICS.into_iter().chain(["ising.dynamics.exchange"]);
    let mut options: Vec<_> = Rule::ALL.into_iter().zip(keys).map(|(rule, key)| (rule, t.get(key))).collect();
    if settings.tempering {
        // Replicas at fixed m would be another ensemble.
        options.pop();
    }
    combo(ui, "rule", [t.get("ising.dynamics"), t.get("ising.dynamics.tip")], &mut settings.rule, &options);
    note(
        ui,
        t.get(match settings.rule {
            Rule::Metropolis => "ising.dynamics.metropolis.note",
            Rule::HeatBath => "ising.dynamics.heat_bath.note",
            Rule::Wolff | Rule::SwendsenWang if settings.chance.is_glass() => "ising.dynamics.cluster.glass",
            Rule::Wolff => "ising.dynamics.wolff.note",
            Rule::SwendsenWang => "ising.dynamics.swendsen_wang.note",
            Rule::Exchange => "ising.dynamics.exchange.note",
        }),
    );
}

/// Ways to the lowest energy: slow cooling, or replicas.
fn replicas(lab: &mut IsingLab, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.lowest"), "");
    let options = [(false, t.get("ising.tempering.one")), (true, t.get("ising.tempering.many"))];
    if segmented(ui, &mut lab.settings.lattices.tempering, &options) && lab.settings.lattices.tempering {
        lab.settings.lattices.ladder = lab.settings.lattices.suggested_ladder();
    }
    if lab.settings.lattices.tempering {
        note(ui, t.get("ising.tempering.note"));
        ladder(&mut lab.settings.lattices, ui, t);
        return;
    }
    let tokens = Tokens::of(ui);
    let cooling = lab.lattices.frame().and_then(|frame| frame.anneal);
    match cooling {
        Some(done) => {
            ui.horizontal(|ui| {
                let text = t.fill("ising.drive.cooling", &[("percent", &format!("{:.0}", 100.0 * done))]);
                let bar = egui::ProgressBar::new(done as f32)
                    .desired_width(ui.available_width() - 104.0)
                    .desired_height(36.0)
                    .corner_radius(6)
                    .fill(tokens.accbg)
                    .text(rich(&text, regular(size::BODY), tokens.text));
                ui.add(bar);
                if IconButton::new(t.get("cancel")).icon(Icon::Close).min_size(vec2(96.0, 36.0)).show(ui).clicked() {
                    lab.take_the_heat();
                }
            });
        }
        None => {
            let button = IconButton::new(t.get("ising.anneal")).icon(Icon::Down);
            let button = button.min_size(vec2(ui.available_width(), 36.0)).show(ui);
            if button.tip(t.get("ising.anneal.tip")).clicked() {
                lab.anneal_lattices();
            }
        }
    }
    let mut sweeps = f64::from(lab.settings.lattices.anneal_sweeps);
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
        lab.settings.lattices.anneal_sweeps = sweeps.round() as u32;
    }
}

fn ladder(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
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

fn field_and_speed(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    if settings.rule != Rule::Exchange {
        field_slider_ui(ui, t, &mut settings.field);
    }
    speed_slider_ui(ui, t, &mut settings.sweeps_per_second);
}

fn start(lab: &mut IsingLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.start"), "");
    let mut chosen = None;
    let faces =
        [(Start::Up, "ising.start.up"), (Start::Down, "ising.start.down"), (Start::Random, "ising.start.random")];
    row(ui, 34.0, &faces, |ui, (start, key), size| {
        let name = t.fill("ising.start.name", &[("state", t.get(key))]);
        let button = IconButton::new(t.get(key)).name(&name).tight().min_size(size).show(ui);
        if button.tip(t.get("ising.start.tip")).clicked() {
            chosen = Some(start);
        }
    });
    let settings = &mut lab.settings.lattices;
    let slider = BigSlider {
        name: t.get("ising.start.share"),
        shown: format!("{:.0}", 100.0 * settings.up_share),
        unit: "%",
        default: 0.5,
        step: 0.05,
        ..BigSlider::plain()
    };
    // Shown in per cent, so that what is typed is per cent too.
    let mut percent = 100.0 * settings.up_share;
    let slider =
        BigSlider { scale: Scale { low: 0.0, high: 100.0, logarithmic: false }, default: 50.0, step: 1.0, ..slider };
    let slider = slider.show(ui, &mut percent).tip(t.get("ising.start.share.tip"));
    if slider.changed() {
        settings.up_share = percent.round() / 100.0;
        settings.start = Start::Random;
    }
    if slider.drag_stopped() || (slider.changed() && !slider.dragged()) {
        chosen = Some(Start::Random);
    }
    if let Some(start) = chosen {
        lab.settings.lattices.start = start;
        lab.restart_lattices(cx);
    }
}

fn brush(settings: &mut LatticeSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("ising.brush"), "");
    let faces = [
        (BrushTool::Up, Icon::Up, "ising.brush.up", "ising.brush.up.tip"),
        (BrushTool::Down, Icon::Down, "ising.brush.down", "ising.brush.down.tip"),
        (BrushTool::Heat, Icon::Heat, "ising.brush.heat", "ising.brush.heat.tip"),
    ];
    row(ui, 34.0, &faces, |ui, (tool, icon, label, tip), size| {
        let button = IconButton::new(t.get(label)).icon(icon).tight().selected(settings.brush == tool);
        if button.min_size(size).show(ui).tip(t.get(tip)).clicked() {
            settings.brush = tool;
        }
    });
    let mut radius = f64::from(settings.brush_radius);
    let slider = BigSlider {
        name: t.get("ising.brush.radius"),
        shown: settings.brush_radius.to_string(),
        scale: Scale { low: 0.0, high: 32.0, logarithmic: false },
        default: 3.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut radius).tip(t.get("ising.brush.radius.tip")).changed() {
        settings.brush_radius = radius.round() as u32;
    }
}
