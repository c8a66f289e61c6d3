//! Five moments of the way out, and of the way back under them.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    captions,
    field::{mark, onto},
    film::{Film, Shown},
    settings::Direction,
};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        buttons::focus_ring,
        rich,
        tip::Tip,
        tokens::{regular, size},
    },
};

/// Their times, from the drawing to noise.
pub(super) const TIMES: [f64; 5] = [0.0, 0.03, 0.16, 0.7, 4.0];
/// The time of the moment that stands for one of these, as it is written: the nearest one that the film has.
fn written(film: &Film, time: f64) -> String {
    let there = film.times[film.at(time)];
    // Of a round number so little is not seen.
    captions::time(if time > 0.0 && (there / time).ln().abs() < 0.04 { time } else { there })
}

/// Room for the words at the left.
const WORDS: f32 = 104.0;

/// Draws the ten pictures. Returns the direction and the time of the one that was clicked.
pub(super) fn moments_ui(now: &Shown<'_>, ui: &mut Ui, cx: &PageContext<'_>) -> Option<(Direction, f64)> {
    let (t, tokens, Shown { film, moment, direction }) = (cx.texts, Tokens::of(ui), *now);
    let space = ui.available_rect_before_wrap();
    let (gap, head) = (10.0, 20.0);
    let width = (space.width() - WORDS - gap * 5.0) / 5.0;
    let height = (space.height() - head - gap) / 2.0;
    let side = width.min(height);
    let nearest = (0..TIMES.len()).min_by_key(|&place| film.at(TIMES[place]).abs_diff(moment));
    let mut clicked = None;
    for (row, way) in [Direction::Out, Direction::Back].into_iter().enumerate() {
        let top = space.top() + head + row as f32 * (height + gap);
        let key = if way == Direction::Out { "noise.moments.out" } else { "noise.moments.back" };
        let mut job = rich(t.get(key), regular(size::CAPTION), tokens.t2);
        job.wrap.max_width = WORDS - 8.0;
        let words = ui.painter().layout_job(job);
        let middle = top + height / 2.0 - words.size().y / 2.0 - 8.0;
        let arrow = middle + words.size().y + 10.0;
        ui.painter().galley(pos2(space.left(), middle), words, tokens.t2);
        let ends = [pos2(space.left(), arrow), pos2(space.left() + WORDS - 24.0, arrow)];
        let (tail, tip) = if way == Direction::Out { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
        let stroke = Stroke::new(2.0, tokens.acc);
        ui.painter().line_segment([tail, tip], stroke);
        let along = (tip - tail).normalized();
        for side in [-0.6, 0.6] {
            ui.painter().line_segment([tip, tip - 8.0 * (along + side * along.rot90())], stroke);
        }
        for (place, &time) in TIMES.iter().enumerate() {
            let left = space.left() + WORDS + gap + place as f32 * (width + gap);
            let cell = Rect::from_min_size(pos2(left, top), vec2(width, height));
            if row == 0 {
                let at = pos2(cell.center().x, space.top());
                ui.painter().text(at, Align2::CENTER_TOP, written(film, time), regular(size::CAPTION), tokens.t2);
            }
            let shown = Shown { film, moment: film.at(time), direction: way };
            let response = ui.interact(cell, ui.scope_id().with((row, place)), Sense::click());
            let name = format!("{}: {}", t.get(key), written(film, time));
            let is_now = direction == way && nearest == Some(place);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_now, &name));
            let edge = match (is_now, response.hovered()) {
                (true, _) => Stroke::new(3.0, tokens.acc),
                (false, true) => Stroke::new(2.0, tokens.text),
                (false, false) => Stroke::new(1.0, tokens.line),
            };
            ui.painter().rect(cell, 3, tokens.plot, edge, StrokeKind::Inside);
            let painter = ui.painter().with_clip_rect(cell.shrink(2.0));
            let at = onto(Rect::from_center_size(cell.center(), egui::Vec2::splat(side)));
            for (point, kind) in shown.points().filter(|(point, _)| point.iter().all(|x| x.is_finite())) {
                mark(&painter, at(point), 1.5, kind, tokens);
            }
            if response.has_focus() {
                focus_ring(ui, cell.shrink(2.0));
            }
            if response.tip(t.get("noise.moments.tip")).clicked() {
                clicked = Some((way, time));
            }
        }
    }
    clicked
}
