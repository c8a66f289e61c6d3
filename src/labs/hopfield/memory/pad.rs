//! The card of the sketch pad: its tools, and the network's neurons under the pencil.

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};

use super::{
    look::Tool,
    overlaps,
    scene::{Action, Scene},
    sketch::{self, SketchView},
    strokes::Change,
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, deck},
    widgets::{
        Tokens,
        buttons::IconButton,
        icons::Icon,
        layout::Class,
        numbers, rich,
        tokens::{regular, size},
    },
};

/// Width of the two columns of tools.
const TOOLS: f32 = 148.0;

/// Draws the card of the sketch pad with its tools.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut SketchView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let t = cx.texts;
    let side = scene.settings.side;
    deck::card_ui(ui, rect, "pad", "pad", cx, |ui| {
        let space = ui.max_rect();
        let title = t.fill(
            "hopfield.pad.neurons",
            &[("side", &side.to_string()), ("count", &numbers::whole((side * side) as u64))],
        );
        let tools = Rect::from_min_size(space.min, vec2(TOOLS, space.height()));
        let right = Rect::from_min_max(pos2(space.left() + TOOLS + 12.0, space.top()), space.max);
        let mut column = ui.new_child(UiBuilder::new().max_rect(tools).id_salt("tools"));
        tools_ui(scene, view, &mut column, cx);
        let mut place = ui.new_child(UiBuilder::new().max_rect(right).id_salt("sketch"));
        deck::title_ui(&mut place, cx, t.get("hopfield.pad"), &title, |ui| {
            if right.width() > 360.0 {
                legend_ui(scene, ui, cx);
            }
        });
        let mut room = Rect::from_min_max(pos2(right.left(), right.top() + 27.0), right.max);
        if cx.class == Class::Compact {
            // The verdict has no card of its own here.
            room.max.y -= 50.0;
            let side = room.width().min(room.height());
            let verdict = Rect::from_min_size(pos2(room.left(), room.top() + side + 10.0), vec2(side, 40.0));
            overlaps::verdict_ui(scene, &mut place, verdict, cx);
        }
        sketch::sketch_ui(scene, view, &mut place, room, cx);
    });
}

fn legend_ui(scene: &Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    if scene.frame.updates == 0 || scene.scrub.is_some() {
        return;
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.label(rich(cx.texts.get("hopfield.pad.turned"), regular(size::CAPTION), tokens.t2));
        let (square, _) = ui.allocate_exact_size(Vec2::splat(13.0), Sense::hover());
        ui.painter().rect_stroke(square, 2, Stroke::new(2.0, tokens.acc), StrokeKind::Inside);
    });
}

fn tools_ui(scene: &mut Scene<'_>, view: &mut SketchView, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
    let width = (TOOLS - 6.0) / 2.0;
    let height = ((ui.max_rect().height() - 150.0) / 5.0 - 6.0).clamp(42.0, 54.0);
    let cell = vec2(width, height);
    let modes = [
        (Tool::Draw, Icon::Pencil, "hopfield.tool.draw", "hopfield.tool.draw.tip"),
        (Tool::Erase, Icon::Eraser, "hopfield.tool.erase", "hopfield.tool.erase.tip"),
        (Tool::Fill, Icon::Bucket, "hopfield.tool.fill", "hopfield.tool.fill.tip"),
        (Tool::Hole, Icon::Area, "hopfield.tool.hole", "hopfield.tool.hole.tip"),
        (Tool::Noise, Icon::Noise, "hopfield.tool.noise", "hopfield.tool.noise.tip"),
        (Tool::Listen, Icon::Ear, "hopfield.tool.listen", "hopfield.tool.listen.tip"),
    ];
    for row in modes.chunks(2) {
        ui.horizontal(|ui| {
            for &(tool, icon, label, tip) in row {
                let button = IconButton::new(t.get(label)).icon(icon).stacked().tight();
                let chosen = scene.pen.tool == tool;
                if button.selected(chosen).min_size(cell).show(ui).tip(t.get(tip)).clicked() {
                    scene.pen.tool = tool;
                    view.listening = None;
                }
            }
        });
    }
    let changes = [
        (Change::Invert, Icon::Invert, "hopfield.change.invert", "hopfield.change.invert.tip"),
        (Change::Mirror, Icon::Mirror, "hopfield.change.mirror", "hopfield.change.mirror.tip"),
        (Change::Clear, Icon::Clear, "hopfield.change.clear", "hopfield.change.clear.tip"),
    ];
    let change_ui =
        |scene: &mut Scene<'_>, ui: &mut Ui, (change, icon, label, tip): (Change, Icon, &'static str, &'static str)| {
            let button = IconButton::new(t.get(label)).icon(icon).stacked().tight().min_size(cell);
            if button.show(ui).tip(t.get(tip)).clicked() {
                scene.act(Action::Change(change));
            }
        };
    ui.horizontal(|ui| changes[..2].iter().for_each(|&change| change_ui(scene, ui, change)));
    ui.horizontal(|ui| {
        change_ui(scene, ui, changes[2]);
        let open = IconButton::new(t.get("hopfield.open")).icon(Icon::Picture).stacked().tight().min_size(cell);
        if open.show(ui).tip(t.get("hopfield.open.tip")).clicked() {
            scene.act(Action::OpenPictures);
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let small = vec2((TOOLS - 12.0) / 4.0, 30.0);
        let moves = [
            (Icon::Left, "hopfield.shift.left", [-1, 0]),
            (Icon::Right, "hopfield.shift.right", [1, 0]),
            (Icon::Up, "hopfield.shift.up", [0, -1]),
            (Icon::Down, "hopfield.shift.down", [0, 1]),
        ];
        for (icon, tip, by) in moves {
            if IconButton::icon_only(icon, t.get(tip)).min_size(small).show(ui).tip(t.get(tip)).clicked() {
                scene.act(Action::Change(Change::Shift(by)));
            }
        }
    });
    brush_ui(scene, ui, cx);
}

fn brush_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        // No button of an icon is narrower.
        let small = vec2(34.0, 28.0);
        if IconButton::icon_only(Icon::Minus, t.get("hopfield.brush.narrower")).min_size(small).show(ui).clicked() {
            scene.pen.resize(-1);
        }
        let text = t.fill("hopfield.brush", &[("cells", &scene.pen.brush.to_string())]);
        let (place, _) = ui.allocate_exact_size(vec2(TOOLS - 76.0, 28.0), Sense::hover());
        let font = regular(size::CAPTION);
        ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, text, font, Tokens::of(ui).text);
        if IconButton::icon_only(Icon::Plus, t.get("hopfield.brush.wider")).min_size(small).show(ui).clicked() {
            scene.pen.resize(1);
        }
    });
}
