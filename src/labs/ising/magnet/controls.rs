//! The controls column.

use egui::{Rect, Ui, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::{
            common::{
                brush::BrushTool,
                brush_controls::BrushControls,
                sliders::{DYNAMICS, field_slider_ui, magnet_row_ui, speed_slider_ui},
            },
            magnet::{
                advanced,
                ramp::{Knob, RampKind},
                scene::{Action, Scene},
                settings::{ATTEMPTS_PER_SECOND, BRUSH, MagnetSettings, Pen},
            },
        },
        kit::{
            PageContext,
            controls::{Transport, column_ui, pages_row_ui, progress_ui, row_ui},
        },
    },
    physics::ising::{Dynamics, Start},
    widgets::{
        buttons::{IconButton, segmented},
        icons::Icon,
        layout::Class,
        numbers,
        rich::note,
        slider::{BigSlider, Scale, heading},
        tokens::{SPIN_DOWN, SPIN_UP},
    },
};

/// Draws the column. The brush may have a card of its own.
pub(super) fn controls_ui(
    scene: &mut Scene<'_>,
    ui: &mut Ui,
    rect: Rect,
    cx: &mut PageContext<'_>,
    has_brush_card: bool,
) {
    let gap = match cx.class {
        Class::Compact => 6.0,
        _ if rect.height() > 960.0 => 20.0,
        _ if rect.height() > 860.0 => 11.0,
        _ => 6.0,
    };
    let is_compact = cx.class == Class::Compact;
    let mut state = (scene, cx);
    column_ui(
        ui,
        rect,
        &mut state,
        |ui, (scene, cx)| {
            pages_row_ui(ui, cx);
            match magnet_row_ui(ui, cx.texts, scene.is_running) {
                Some(Transport::Toggle) => scene.act(Action::Run(!scene.is_running)),
                Some(Transport::Step) => scene.act(Action::Step),
                Some(Transport::Reset) => scene.act(Action::Restart(None)),
                None => {}
            }
        },
        |ui, (scene, cx)| {
            if is_compact {
                // What is needed in the first minute is on screen, however low the window is.
                field_ui(scene, ui, cx);
                ui.add_space(gap);
                rule_ui(scene, ui, cx);
                ui.add_space(gap);
                if !has_brush_card {
                    brush(scene.pen).show_in_a_row(ui, cx.texts, 40.0);
                    ui.add_space(gap);
                }
                speed_ui(scene, ui, cx);
                inside_ui(scene, ui, cx);
            } else {
                speed_ui(scene, ui, cx);
                ui.add_space(gap);
                field_ui(scene, ui, cx);
                ui.add_space(gap);
                heading(ui, cx.texts.get("ising.dynamics"), "");
                rule_ui(scene, ui, cx);
                rule_note_ui(scene, ui, cx);
                inside_ui(scene, ui, cx);
                ui.add_space(gap);
                brush(scene.pen).show(ui, cx.texts);
            }
            ui.add_space(gap);
            start_ui(scene, ui, cx);
            ui.add_space(gap);
            ramps_ui(scene, ui, cx);
            ui.add_space(gap);
            advanced::advanced_ui(scene, ui, cx);
        },
    );
}

/// The brush, to be drawn.
pub(super) fn brush(pen: &mut Pen) -> BrushControls<'_> {
    BrushControls { tools: &BrushTool::ALL, tool: &mut pen.brush, radius: &mut pen.brush_radius, radii: BRUSH }
}

fn speed_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let run = &mut *scene.run;
    if run.look_inside {
        let mut value = run.attempts_per_second;
        let slider = BigSlider {
            name: t.get("speed"),
            shown: numbers::three_digits(value),
            unit: t.get(if grows_patches(scene.settings) { "ising.speed.patches" } else { "ising.speed.spins" }),
            ends: Some((t.get("slow"), t.get("fast"))),
            scale: Scale { low: *ATTEMPTS_PER_SECOND.start(), high: *ATTEMPTS_PER_SECOND.end(), logarithmic: true },
            default: 1.0,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut value).changed() {
            run.attempts_per_second = value;
        }
        return;
    }
    speed_slider_ui(ui, t, &mut run.sweeps_per_second);
}

fn field_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let mut field = scene.knobs[1];
    if field_slider_ui(ui, cx.texts, &mut field) {
        scene.act(Action::Knob(Knob::Field, field));
    }
}

fn rule_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, settings) = (cx.texts, &mut *scene.settings);
    ui.add_enabled_ui(!scene.run.look_inside, |ui| {
        let options: Vec<_> = Dynamics::ALL.into_iter().zip(DYNAMICS).map(|(rule, key)| (rule, t.get(key))).collect();
        segmented(ui, &mut settings.dynamics, &options);
    });
}

fn rule_note_ui(scene: &Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let key = match scene.settings.dynamics {
        Dynamics::Wolff if scene.run.look_inside => "ising.dynamics.inside.wolff",
        _ if scene.run.look_inside => "ising.dynamics.inside.note",
        Dynamics::Metropolis => "ising.dynamics.metropolis.note",
        Dynamics::HeatBath => "ising.dynamics.heat_bath.note",
        Dynamics::Wolff => "ising.dynamics.wolff.note",
        Dynamics::SwendsenWang => "ising.dynamics.swendsen_wang.note",
    };
    note(ui, cx.texts.get(key));
}

/// Whether a look inside shows patches rather than single spins.
fn grows_patches(settings: &MagnetSettings) -> bool {
    settings.dynamics == Dynamics::Wolff
}

fn inside_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let (name, tip) = if grows_patches(scene.settings) {
        ("ising.inside.patches", "ising.inside.patches.tip")
    } else {
        ("ising.inside", "ising.inside.tip")
    };
    let inside = IconButton::new(t.get(name)).icon(Icon::Inside).selected(scene.run.look_inside);
    let button = inside.min_size(vec2(ui.available_width(), 36.0)).show(ui);
    if button.tip(t.get(tip)).clicked() {
        scene.run.look_inside ^= true;
    }
}

fn start_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.start"), "");
    let faces = [
        (Start::Up, "ising.start.up"),
        (Start::Down, "ising.start.down"),
        (Start::Random, "ising.start.random"),
        (Start::Halves, "ising.start.halves"),
        (Start::Stripes, "ising.start.stripes"),
        (Start::Drop, "ising.start.drop"),
    ];
    let mut chosen = None;
    for row in faces.chunks(3) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let width = (ui.available_width() - 12.0) / 3.0;
            for &(start, key) in row {
                let name = t.fill("ising.start.name", &[("state", t.get(key))]);
                let button = IconButton::new(t.get(key)).name(&name).tight().min_size(vec2(width, 34.0));
                let response = button.show_with(ui, |painter, rect| start_picture(painter, rect, start));
                if response.tip(t.get("ising.start.tip")).clicked() {
                    chosen = Some(start);
                }
            }
        });
    }
    if let Some(start) = chosen {
        scene.act(Action::Restart(Some(start)));
    }
}

fn start_picture(painter: &egui::Painter, rect: Rect, start: Start) {
    painter.rect_filled(rect, 2, SPIN_DOWN);
    let part = |x: f32, y: f32, w: f32, h: f32| {
        let min = rect.min + vec2(x * rect.width(), y * rect.height());
        painter.rect_filled(Rect::from_min_size(min, vec2(w * rect.width(), h * rect.height())), 0, SPIN_UP);
    };
    match start {
        Start::Up => part(0.0, 0.0, 1.0, 1.0),
        Start::Down => {}
        Start::Random => {
            // A fixed pattern that only looks random.
            for cell in 0..64_u32 {
                if (cell * 37 + cell * cell * 11) % 13 < 6 {
                    part((cell % 8) as f32 / 8.0, (cell / 8) as f32 / 8.0, 0.125, 0.125);
                }
            }
        }
        Start::Halves => part(0.0, 0.0, 0.5, 1.0),
        Start::Stripes => {
            for stripe in 0..3 {
                part(0.0, stripe as f32 * 0.4, 1.0, 0.2);
            }
        }
        Start::Drop => {
            painter.circle_filled(rect.center(), rect.width() * 0.3, SPIN_UP);
        }
    }
}

fn ramps_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.drive"), "");
    if let Some((kind, done)) = scene.ramp {
        let key = match kind {
            RampKind::Heat => "ising.drive.heating",
            RampKind::Cool => "ising.drive.cooling",
            RampKind::CycleField => "ising.drive.cycling",
        };
        let text = t.fill(key, &[("percent", &format!("{:.0}", 100.0 * done))]);
        if progress_ui(ui, &text, done, t) {
            scene.act(Action::EndRamp);
        }
        return;
    }
    let faces = [
        (RampKind::Heat, Icon::Up, "ising.drive.heat", "ising.drive.heat.tip"),
        (RampKind::Cool, Icon::Down, "ising.drive.cool", "ising.drive.cool.tip"),
        (RampKind::CycleField, Icon::Cycle, "ising.drive.cycle", "ising.drive.cycle.tip"),
    ];
    row_ui(ui, 50.0, &faces, |ui, (kind, icon, label, tip), size| {
        let button = IconButton::new(t.get(label)).icon(icon).stacked().min_size(size);
        if button.show(ui).tip(t.get(tip)).clicked() {
            scene.act(Action::Ramp(kind));
        }
    });
}
