//! The controls column.

use egui::{Align, Layout, Rect, Ui, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::{
            common::{
                brush::BrushTool,
                sliders::{DYNAMICS, Transport, field_slider_ui, speed_slider_ui, transport_row_ui},
            },
            magnet::{
                advanced,
                ramp::{Knob, RampKind},
                scene::{Action, Scene},
                settings::ASKING,
            },
        },
        kit::{
            PageContext,
            controls::{column_ui, pages_row_ui, progress_ui, row_ui},
        },
    },
    physics::ising::{Dynamics, Start},
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        card::card_in,
        icons::Icon,
        layout::Class,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        tokens::{SPIN_DOWN, SPIN_UP, regular, size},
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
    let mut state = (scene, cx);
    column_ui(
        ui,
        rect,
        &mut state,
        |ui, (scene, cx)| {
            pages_row_ui(ui, cx);
            match transport_row_ui(ui, cx.texts, scene.is_running) {
                Some(Transport::Toggle) => scene.act(Action::Run(!scene.is_running)),
                Some(Transport::Step) => scene.act(Action::Step),
                Some(Transport::Reset) => scene.act(Action::Restart(None)),
                None => {}
            }
        },
        |ui, (scene, cx)| {
            speed_ui(scene, ui, cx);
            ui.add_space(gap);
            field_ui(scene, ui, cx);
            ui.add_space(gap);
            dynamics_ui(scene, ui, cx);
            ui.add_space(gap);
            if !has_brush_card {
                brush_ui(scene, ui, cx);
                ui.add_space(gap);
            }
            start_ui(scene, ui, cx);
            ui.add_space(gap);
            ramps_ui(scene, ui, cx);
            ui.add_space(gap);
            advanced::advanced_ui(scene, ui, cx);
        },
    );
}

/// Draws the brush in a card of its own, where the window leaves room under the picture.
pub(super) fn brush_card_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    card_in(ui, rect, "brush card", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        brush_ui(scene, ui, cx);
    });
}

fn speed_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let run = &mut *scene.run;
    if run.look_inside {
        let mut value = run.asks_per_second;
        let slider = BigSlider {
            name: t.get("speed"),
            shown: numbers::three_digits(value),
            unit: t.get("ising.speed.spins"),
            ends: Some((t.get("slow"), t.get("fast"))),
            scale: Scale { low: *ASKING.start(), high: *ASKING.end(), logarithmic: true },
            default: 1.0,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut value).changed() {
            run.asks_per_second = value;
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

fn dynamics_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let (settings, run) = (&mut *scene.settings, &mut *scene.run);
    heading(ui, t.get("ising.dynamics"), "");
    ui.add_enabled_ui(!run.look_inside, |ui| {
        let options: Vec<_> = Dynamics::ALL.into_iter().zip(DYNAMICS).map(|(rule, key)| (rule, t.get(key))).collect();
        segmented(ui, &mut settings.dynamics, &options);
    });
    let key = match settings.dynamics {
        _ if run.look_inside => "ising.dynamics.inside.note",
        Dynamics::Metropolis => "ising.dynamics.metropolis.note",
        Dynamics::HeatBath => "ising.dynamics.heat_bath.note",
        Dynamics::Wolff => "ising.dynamics.wolff.note",
        Dynamics::SwendsenWang => "ising.dynamics.swendsen_wang.note",
    };
    note(ui, t.get(key));
    let inside = IconButton::new(t.get("ising.inside")).icon(Icon::Inside).selected(run.look_inside);
    let button = inside.min_size(vec2(ui.available_width(), 36.0)).show(ui);
    if button.tip(t.get("ising.inside.tip")).clicked() {
        run.look_inside ^= true;
    }
}

fn brush_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let size_text = t.fill("ising.brush.size", &[("radius", &scene.pen.brush_radius.to_string())]);
    ui.horizontal(|ui| {
        ui.label(rich(t.get("ising.brush"), regular(size::BODY), Tokens::of(ui).text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let small = vec2(28.0, 28.0);
            let wider = IconButton::icon_only(Icon::Plus, t.get("ising.brush.wider")).min_size(small);
            if wider.show(ui).tip(t.get("ising.brush.wider")).clicked() {
                scene.pen.resize(true);
            }
            let narrower = IconButton::icon_only(Icon::Minus, t.get("ising.brush.narrower")).min_size(small);
            if narrower.show(ui).tip(t.get("ising.brush.narrower")).clicked() {
                scene.pen.resize(false);
            }
            ui.label(rich(&size_text, crate::widgets::tokens::bold(size::BODY), Tokens::of(ui).text));
        });
    });
    let faces = [
        (BrushTool::Up, Icon::Up, "ising.brush.up", "ising.brush.up.tip"),
        (BrushTool::Down, Icon::Down, "ising.brush.down", "ising.brush.down.tip"),
        (BrushTool::Heat, Icon::Heat, "ising.brush.heat", "ising.brush.heat.tip"),
        (BrushTool::Freeze, Icon::Freeze, "ising.brush.freeze", "ising.brush.freeze.tip"),
        (BrushTool::Move, Icon::Move, "ising.brush.move", "ising.brush.move.tip"),
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 4.0 * 6.0) / 5.0;
        for (tool, icon, label, tip) in faces {
            let button = IconButton::new(t.get(label)).icon(icon).stacked().selected(scene.pen.brush == tool);
            if button.min_size(vec2(width, 50.0)).show(ui).tip(t.get(tip)).clicked() {
                scene.pen.brush = tool;
            }
        }
    });
    let held = scene.frame.held;
    if held > 0 {
        let text = t.fill("ising.brush.release", &[("count", &numbers::whole(held as u64))]);
        if IconButton::new(&text).icon(Icon::Close).min_size(vec2(ui.available_width(), 32.0)).show(ui).clicked() {
            scene.act(Action::ReleaseAll);
        }
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
