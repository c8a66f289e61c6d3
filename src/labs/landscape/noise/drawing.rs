//! The pad on which points are drawn.

use egui::{Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use super::{
    field::{mark, onto},
    presets::Dot,
    settings::{MOST_DOTS, Pen, REACH},
};
use crate::{
    labs::kit::{PageContext, canvas::Canvas},
    physics::segment::squared_distance,
    widgets::{
        Tokens,
        buttons::{IconButton, focus_ring},
        icons::Icon,
        plot::sentence,
        tip::Tip,
    },
};

/// The brush drops a point each of these distances, and the eraser takes away what is as close as this.
const APART: f32 = 0.05;
const ERASES: f32 = 0.12;
/// Places that the keyboard's cursor has along each side.
const CELLS: usize = 26;

/// The stroke under way.
#[derive(Default)]
pub(super) struct Pad {
    canvas: Canvas,
    last: Option<[f32; 2]>,
}

impl Pad {
    /// Whether a stroke is under way.
    pub fn is_drawing(&self) -> bool {
        self.canvas.is_drawing()
    }

    /// Draws the pad with its pens at the right, and changes the drawing by what the pointer did. Returns whether a stroke
    /// ended.
    pub fn ui(&mut self, drawing: &mut Vec<Dot>, pen: &mut Pen, ui: &mut Ui, cx: &PageContext<'_>) -> bool {
        let (t, tokens) = (cx.texts, Tokens::of(ui));
        let space = ui.available_rect_before_wrap();
        let pens = 62.0;
        let side = space.height().min(space.width() - pens - 10.0).max(60.0);
        let rect = Rect::from_min_size(space.min, Vec2::splat(side));
        let response = ui.interact(rect, ui.scope_id().with("pad"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("noise.pad")));
        ui.painter().rect(rect, 3, tokens.plot, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
        let at = onto(rect);
        let painter = ui.painter().with_clip_rect(rect);
        for dot in drawing.iter() {
            mark(&painter, at(dot.at), 2.5, dot.kind, tokens);
        }
        if drawing.is_empty() {
            sentence(&painter, rect, t.get("noise.pad.empty"), tokens.t2);
        }
        let place = |pointer: Pos2| {
            let along = (pointer - rect.center()) * (2.0 * REACH as f32 / rect.width());
            [along.x, -along.y]
        };
        let followed = self.canvas.follow(ui, &response);
        for piece in &followed.pieces {
            if piece.begins {
                self.last = None;
            }
            self.stroke(drawing, *pen, piece.is_secondary, place(piece.from), place(piece.to));
        }
        if let Some([x, y]) = self.canvas.by_keyboard(ui, &response, [CELLS, CELLS]) {
            let cell = rect.width() / CELLS as f32;
            let at = place(rect.min + cell * vec2(x as f32 + 0.5, y as f32 + 0.5));
            self.last = None;
            self.stroke(drawing, *pen, false, at, at);
        }
        if response.has_focus() {
            let cell = rect.width() / CELLS as f32;
            let [x, y] = self.canvas.cursor.map(|place| place as f32);
            focus_ring(ui, rect.shrink(2.0));
            let cursor = Rect::from_min_size(rect.min + cell * vec2(x, y), Vec2::splat(cell));
            ui.painter().rect_stroke(cursor, 0, Stroke::new(1.5, tokens.text), StrokeKind::Middle);
        }
        response.tip(t.get("noise.pad.tip"));
        let column = Rect::from_min_max(rect.right_top() + vec2(10.0, 0.0), space.max);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(column).id_salt("pens"));
        child.spacing_mut().item_spacing.y = 6.0;
        for (which, key, icon) in [
            (Pen::Yellow, "noise.pen.yellow", Icon::Pencil),
            (Pen::Blue, "noise.pen.blue", Icon::Pencil),
            (Pen::Erase, "noise.pen.erase", Icon::Eraser),
        ] {
            let button = IconButton::new(t.get(key)).icon(icon).stacked().selected(*pen == which);
            if button.min_size(vec2(pens, 46.0)).show(&mut child).clicked() {
                *pen = which;
            }
        }
        followed.has_ended
    }

    /// A piece of a stroke, with the right button in the other colour.
    fn stroke(&mut self, drawing: &mut Vec<Dot>, pen: Pen, other: bool, from: [f32; 2], to: [f32; 2]) {
        let kind = match (pen, other) {
            (Pen::Erase, _) => return erase(drawing, from, to),
            (Pen::Yellow, false) | (Pen::Blue, true) => 0,
            (Pen::Blue, false) | (Pen::Yellow, true) => 1,
        };
        let mut last = self.last.unwrap_or_else(|| {
            drop_dot(drawing, from, kind);
            from
        });
        loop {
            let distance = (to[0] - last[0]).hypot(to[1] - last[1]);
            if distance < APART {
                break;
            }
            last = [0, 1].map(|axis| last[axis] + (to[axis] - last[axis]) * APART / distance);
            drop_dot(drawing, last, kind);
        }
        self.last = Some(last);
    }
}

fn drop_dot(drawing: &mut Vec<Dot>, at: [f32; 2], kind: u8) {
    let is_inside = at.iter().all(|x| x.abs() <= REACH as f32);
    if is_inside && drawing.len() < MOST_DOTS {
        drawing.push(Dot { at, kind });
    }
}

/// Takes away what lies near a piece of a stroke.
fn erase(drawing: &mut Vec<Dot>, from: [f32; 2], to: [f32; 2]) {
    drawing.retain(|dot| squared_distance(dot.at, from, to) > ERASES * ERASES);
}
