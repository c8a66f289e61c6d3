//! The controls column and the lab's keys.

use egui::{Align, Key, Layout, Modifiers, Rect, ScrollArea, Ui, vec2};

use crate::labs::ising::common::brush::BrushTool;
use crate::labs::ising::common::sliders::{DYNAMICS, Transport, field_slider_ui, speed_slider_ui, transport_row_ui};
use crate::widgets::tip::Tip;
use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            lattices::page,
            magnet::{
                advanced, hero,
                ramp::DriveKind,
                settings::{ASKING, HOTTEST, IsingSettings},
                sim::IsingCommand,
            },
            study::page::Page,
        },
    },
    physics::ising::{Dynamics, Start},
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        card::card_in,
        icons::Icon,
        layout::Class,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, SpeedSlider, heading, typed_value},
        tokens::{SPIN_DOWN, SPIN_UP, regular, size},
    },
};

/// Draws the column; it scrolls where the window is low. The brush may have a card of its own.
pub(in crate::labs::ising) fn show(
    lab: &mut IsingLab,
    ui: &mut Ui,
    rect: Rect,
    cx: &mut LabContext<'_>,
    brush_elsewhere: bool,
) {
    card_in(ui, rect, "controls", |ui| {
        pages(lab, ui, cx.texts);
        ui.add_space(8.0);
        match transport_row_ui(ui, cx.texts, lab.is_running_now()) {
            Some(Transport::Toggle) => lab.set_running(!lab.is_running_now()),
            Some(Transport::Step) => lab.step(),
            Some(Transport::Reset) => lab.restart(cx),
            None => {}
        }
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            // Room for the bar, so that it never lies on a value.
            ui.set_max_width(ui.available_width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            let gap = match cx.class {
                Class::Compact => 6.0,
                _ if rect.height() > 960.0 => 20.0,
                _ if rect.height() > 860.0 => 11.0,
                _ => 6.0,
            };
            speed(lab, ui, cx);
            ui.add_space(gap);
            field(lab, ui, cx);
            ui.add_space(gap);
            dynamics(&mut lab.settings, ui, cx);
            ui.add_space(gap);
            if !brush_elsewhere {
                brush(lab, ui, cx);
                ui.add_space(gap);
            }
            start(lab, ui, cx);
            ui.add_space(gap);
            drives(lab, ui, cx);
            ui.add_space(gap);
            advanced::show(lab, ui, cx);
        });
    });
}

/// The brush in a card of its own, where the window leaves room under the picture.
pub(in crate::labs::ising) fn brush_card(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    card_in(ui, rect, "brush card", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        brush(lab, ui, cx);
    });
}

/// The magnet, or a study of it.
pub(in crate::labs::ising) fn pages(lab: &mut IsingLab, ui: &mut Ui, t: Texts) {
    let options = [
        (Page::Magnet, t.get("ising.page.magnet")),
        (Page::Lattices, t.get("ising.page.lattices")),
        (Page::Scan, t.get("ising.page.scan")),
        (Page::Scaling, t.get("ising.page.scaling")),
    ];
    segmented(ui, &mut lab.folds.page, &options);
}

fn speed(lab: &mut IsingLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let settings = &mut lab.settings;
    if settings.look_inside {
        let mut value = settings.asks_per_second;
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
            settings.asks_per_second = value;
        }
        return;
    }
    speed_slider_ui(ui, t, &mut settings.sweeps_per_second);
}

fn field(lab: &mut IsingLab, ui: &mut Ui, cx: &LabContext<'_>) {
    if field_slider_ui(ui, cx.texts, &mut lab.settings.field) {
        lab.take_the_knob();
    }
}

fn dynamics(settings: &mut IsingSettings, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.dynamics"), "");
    ui.add_enabled_ui(!settings.look_inside, |ui| {
        let options: Vec<_> = Dynamics::ALL.into_iter().zip(DYNAMICS).map(|(rule, key)| (rule, t.get(key))).collect();
        segmented(ui, &mut settings.dynamics, &options);
    });
    let key = match settings.dynamics {
        _ if settings.look_inside => "ising.dynamics.inside.note",
        Dynamics::Metropolis => "ising.dynamics.metropolis.note",
        Dynamics::HeatBath => "ising.dynamics.heat_bath.note",
        Dynamics::Wolff => "ising.dynamics.wolff.note",
        Dynamics::SwendsenWang => "ising.dynamics.swendsen_wang.note",
    };
    note(ui, t.get(key));
    let inside = IconButton::new(t.get("ising.inside")).icon(Icon::Inside).selected(settings.look_inside);
    let button = inside.min_size(vec2(ui.available_width(), 36.0)).show(ui);
    if button.tip(t.get("ising.inside.tip")).clicked() {
        settings.look_inside = !settings.look_inside;
    }
}

fn brush(lab: &mut IsingLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let size_text = t.fill("ising.brush.size", &[("radius", &lab.settings.brush_radius.to_string())]);
    ui.horizontal(|ui| {
        ui.label(rich(t.get("ising.brush"), regular(size::BODY), Tokens::of(ui).text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let small = vec2(28.0, 28.0);
            let wider = IconButton::icon_only(Icon::Plus, t.get("ising.brush.wider")).min_size(small);
            if wider.show(ui).tip(t.get("ising.brush.wider")).clicked() {
                hero::resize_brush(lab, true);
            }
            let narrower = IconButton::icon_only(Icon::Minus, t.get("ising.brush.narrower")).min_size(small);
            if narrower.show(ui).tip(t.get("ising.brush.narrower")).clicked() {
                hero::resize_brush(lab, false);
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
            let button = IconButton::new(t.get(label)).icon(icon).stacked().selected(lab.settings.brush == tool);
            if button.min_size(vec2(width, 50.0)).show(ui).tip(t.get(tip)).clicked() {
                lab.settings.brush = tool;
            }
        }
    });
    let held = lab.frame().held;
    if held > 0 {
        let text = t.fill("ising.brush.release", &[("count", &numbers::whole(held as u64))]);
        if IconButton::new(&text).icon(Icon::Close).min_size(vec2(ui.available_width(), 32.0)).show(ui).clicked() {
            lab.command(IsingCommand::ReleaseAll);
        }
    }
}

fn start(lab: &mut IsingLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
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
        lab.settings.start = start;
        lab.restart(cx);
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

fn drives(lab: &mut IsingLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("ising.drive"), "");
    if let Some((kind, progress)) = lab.frame().drive {
        let key = match kind {
            DriveKind::Heat => "ising.drive.heating",
            DriveKind::Cool => "ising.drive.cooling",
            DriveKind::CycleField => "ising.drive.cycling",
        };
        ui.horizontal(|ui| {
            let tokens = Tokens::of(ui);
            let cancel = 96.0;
            let text = t.fill(key, &[("percent", &format!("{:.0}", 100.0 * progress))]);
            let bar = egui::ProgressBar::new(progress as f32)
                .desired_width(ui.available_width() - cancel - 8.0)
                .desired_height(36.0)
                .corner_radius(6)
                .fill(tokens.accbg)
                .text(rich(&text, regular(size::BODY), tokens.text));
            ui.add(bar);
            if IconButton::new(t.get("cancel")).icon(Icon::Close).min_size(vec2(cancel, 36.0)).show(ui).clicked() {
                lab.command(IsingCommand::Drive(None));
            }
        });
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 12.0) / 3.0;
        let faces = [
            (DriveKind::Heat, Icon::Up, "ising.drive.heat", "ising.drive.heat.tip"),
            (DriveKind::Cool, Icon::Down, "ising.drive.cool", "ising.drive.cool.tip"),
            (DriveKind::CycleField, Icon::Cycle, "ising.drive.cycle", "ising.drive.cycle.tip"),
        ];
        for (kind, icon, label, tip) in faces {
            let button = IconButton::new(t.get(label)).icon(icon).stacked().min_size(vec2(width, 50.0));
            if button.show(ui).tip(t.get(tip)).clicked() {
                lab.drive(kind);
            }
        }
    });
}

impl IsingLab {
    pub(in crate::labs::ising) fn is_running_now(&self) -> bool {
        use crate::labs::Lab;
        self.is_running()
    }
}

/// Keys of the lab, when no text field and no slider wants them.
pub(in crate::labs::ising) fn keys(lab: &mut IsingLab, ui: &Ui, cx: &mut LabContext<'_>) {
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if lab.folds.page == Page::Lattices {
        crate::labs::ising::lattices::page::keys(lab, ui, cx);
        return;
    }
    if lab.folds.page != Page::Magnet {
        if pressed(Modifiers::NONE, Key::Space) {
            lab.toggle_scan();
        }
        return;
    }
    // With Shift first: a plain pattern would match it too.
    for (key, direction) in [(Key::ArrowUp, 1.0), (Key::ArrowDown, -1.0)] {
        for (modifiers, step) in [(Modifiers::SHIFT, 0.1), (Modifiers::NONE, 0.01)] {
            while pressed(modifiers, key) {
                let moved = ((lab.settings.temperature / step).round() + direction) * step;
                lab.settings.temperature = moved.clamp(0.0, HOTTEST);
                lab.folds.met_thermometer = true;
                lab.take_the_knob();
            }
        }
    }
    while pressed(Modifiers::NONE, Key::ArrowRight) {
        lab.step();
    }
    if pressed(Modifiers::NONE, Key::Space) {
        lab.set_running(!lab.is_running_now());
    }
    if pressed(Modifiers::NONE, Key::R) {
        lab.restart(cx);
    }
    for (key, wider) in [(Key::CloseBracket, true), (Key::OpenBracket, false)] {
        if pressed(Modifiers::NONE, key) {
            hero::resize_brush(lab, wider);
        }
    }
}
