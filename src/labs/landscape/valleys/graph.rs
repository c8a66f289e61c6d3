//! The tree of valleys and passes, as a picture that one picks valleys from.

use egui::{
    Align2, Color32, Pos2, Rect, Role, Sense, Shape as Mark, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    captions,
    counts::Found,
    explored::Explored,
    shape::{Child, Shape},
};
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        buttons::focus_ring,
        mosaic::Mosaic,
        numbers,
        plot::{Axes, painted, round_ticks},
        rich,
        tip::Tip,
        tokens::{SPIN_DOWN, SPIN_UP, bold, regular, size},
    },
};

/// Side of a valley's picture, and of one at an end of the way, in points.
const PICTURE: [f32; 2] = [26.0, 34.0];
/// Pictures smaller than this are dots.
const SMALLEST_PICTURE: f32 = 12.0;
/// Tips closer than this, in points, have no names.
const NAMED: f32 = 20.0;
/// Room under the deepest tip, for its picture and name.
const UNDER: f32 = 66.0;
/// Room over the highest pass, for the label of the lowest pass.
const OVER: f32 = 30.0;

/// What the picture shows.
pub(super) struct Drawn<'a> {
    pub explored: &'a Explored,
    pub shape: &'a Shape,
    /// The valleys at the two ends of the way.
    pub ends: [usize; 2],
    /// The valley that the state on the pad falls into, where a person made that state.
    pub own: Option<usize>,
    pub found: &'a Found,
    /// For each valley the deepest one that it is open to.
    pub opened: Vec<usize>,
}

/// A valley that was picked: as the first end of the way, or as the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picked {
    pub leaf: usize,
    pub end: usize,
}

/// The colour of an end of the way.
fn end_color(end: usize, tokens: &Tokens) -> Color32 {
    tokens.series[end]
}

/// Paints the badge of an end of the way: A or B.
pub(super) fn badge(painter: &egui::Painter, at: Pos2, end: usize, tokens: &Tokens) {
    painter.circle(at, 9.0, end_color(end, tokens), Stroke::new(2.0, tokens.plot));
    painter.text(at, Align2::CENTER_CENTER, ["A", "B"][end], bold(size::TICK), tokens.plot);
}

/// Outlines a picture at an end of the way.
fn outline(painter: &egui::Painter, rect: Rect, end: usize, tokens: &Tokens) {
    painter.rect_stroke(rect.expand(2.0), 3, Stroke::new(2.5, end_color(end, tokens)), StrokeKind::Middle);
}

/// Draws the tree. Returns the valley that was picked.
pub(super) fn graph_ui(
    drawn: &Drawn<'_>,
    pictures: &mut Mosaic,
    version: u64,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<Picked> {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (explored, shape) = (drawn.explored, drawn.shape);
    upload(explored, pictures, version, ui);
    let space = ui.available_rect_before_wrap();
    let energy = |child: Child| match child {
        Child::Tip(tip) => explored.per_spin(explored.tree.leaves[shape.tips[tip].leaf].energy),
        Child::Fork(fork) => explored.per_spin(shape.forks[fork].energy),
    };
    let low = energy(Child::Tip(shape.tip_of(0)?));
    let high = shape.forks.iter().map(|fork| explored.per_spin(fork.energy)).fold(low, f64::max);
    let span = (high - low).max(0.05);
    let a_point = span / f64::from((space.height() - UNDER - OVER).max(60.0));
    let y = [low - a_point * f64::from(UNDER), low + span + a_point * f64::from(OVER)];
    let x = [-0.7, shape.tips.len() as f64 - 0.3];
    let axes = Axes {
        x,
        y,
        x_ticks: Vec::new(),
        y_ticks: round_ticks(y[0], y[1], 6),
        x_label: None,
        y_label: t.get("valleys.axis.energy"),
    };
    let mut places = Vec::new();
    let mut slot = 0.0;
    let ends = drawn.ends.map(|leaf| shape.tip_of(leaf));
    painted(
        ui,
        "tree of valleys",
        &axes,
        |_| {},
        |painter, at| {
            slot = at(1.0, low).x - at(0.0, low).x;
            let top = at(0.0, y[1]).y;
            branches(drawn, painter, at, &energy, top, tokens);
            if let [Some(one), Some(other)] = ends {
                way(drawn, painter, at, [one, other], &energy, t.get("valleys.pass.lowest"), tokens);
            }
            for (place, tip) in shape.tips.iter().enumerate() {
                places.push((tip.leaf, at(tip.x, energy(Child::Tip(place)))));
            }
            if let Some(tip) = ends[0] {
                climb(drawn, painter, at, tip, &energy, x[0], cx, tokens);
            }
        },
    );
    let mut picked = None;
    // Those at the ends of the way last, on top of their neighbours.
    places.sort_by_key(|(leaf, _)| drawn.ends.contains(leaf));
    for (leaf, foot) in places {
        if let Some(end) = tip_ui(drawn, leaf, foot, slot, pictures, ui, cx) {
            picked = Some(Picked { leaf, end });
        }
    }
    picked
}

fn upload(explored: &Explored, pictures: &mut Mosaic, version: u64, ui: &Ui) {
    let (spins, columns) = (explored.spins(), explored.columns());
    let rows = spins.div_ceil(columns);
    pictures.stamped(ui, version, [columns, rows], || {
        let color = |state: u32, spin: usize| match spin < spins {
            true if state >> spin & 1 == 1 => SPIN_UP,
            true => SPIN_DOWN,
            false => Color32::TRANSPARENT,
        };
        let leaves = explored.tree.leaves.iter();
        leaves.flat_map(|leaf| (0..columns * rows).map(|spin| color(leaf.state, spin))).collect()
    });
}

/// Paints stems and bars; the stem of a valley that is open to a deeper one is dashed, in the colour of its group.
fn branches(
    drawn: &Drawn<'_>,
    painter: &egui::Painter,
    at: &dyn Fn(f64, f64) -> Pos2,
    energy: &dyn Fn(Child) -> f64,
    top: f32,
    tokens: &Tokens,
) {
    let shape = drawn.shape;
    let plain = Stroke::new(1.5, tokens.t2);
    let groups = groups(drawn);
    let color = |leaf: usize| {
        let number = groups.iter().position(|&of| of == drawn.opened[leaf])?;
        Some(tokens.series[number % tokens.series.len()])
    };
    for (place, fork) in shape.forks.iter().enumerate() {
        let height = energy(Child::Fork(place));
        let ends =
            [fork.children.first(), fork.children.last()].map(|child| child.map_or(fork.x, |&child| shape.x(child)));
        painter.line_segment([at(ends[0], height), at(ends[1], height)], plain);
        for &child in &fork.children {
            let stem = [at(shape.x(child), height), at(shape.x(child), energy(child))];
            let Child::Tip(tip) = child else {
                painter.line_segment(stem, plain);
                continue;
            };
            let leaf = shape.tips[tip].leaf;
            match color(leaf) {
                Some(color) if drawn.opened[leaf] != leaf => {
                    painter.extend(Mark::dashed_line(&stem, Stroke::new(2.5, color), 5.0, 3.0));
                }
                Some(color) => {
                    painter.line_segment(stem, Stroke::new(2.5, color));
                }
                None => {
                    painter.line_segment(stem, plain);
                }
            }
        }
        if fork.parent.is_none() {
            let foot = at(fork.x, height);
            painter.line_segment([foot, pos2(foot.x, (foot.y - 14.0).max(top))], plain);
        }
    }
}

/// The deepest valleys of groups that are more than one valley, from the deepest on.
fn groups(drawn: &Drawn<'_>) -> Vec<usize> {
    let joined = drawn.opened.iter().enumerate().filter(|(leaf, of)| leaf != *of).map(|(_, &of)| of);
    let mut groups: Vec<usize> = joined.collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Paints the way between two tips over the tree, with the height of its pass.
fn way(
    drawn: &Drawn<'_>,
    painter: &egui::Painter,
    at: &dyn Fn(f64, f64) -> Pos2,
    [one, other]: [usize; 2],
    energy: &dyn Fn(Child) -> f64,
    words: &str,
    tokens: &Tokens,
) {
    let shape = drawn.shape;
    let Some(pass) = shape.fork_over(one, other) else { return };
    let up = |tip: usize| {
        let mut points = vec![at(shape.tips[tip].x, energy(Child::Tip(tip)))];
        let mut x = shape.tips[tip].x;
        for fork in shape.up_from(tip) {
            let height = energy(Child::Fork(fork));
            points.push(at(x, height));
            if fork == pass {
                break;
            }
            x = shape.forks[fork].x;
            points.push(at(x, height));
        }
        points
    };
    let mut points = up(one);
    points.extend(up(other).into_iter().rev());
    painter.add(Mark::line(points, Stroke::new(3.0, tokens.acc)));
    let height = energy(Child::Fork(pass));
    let label = format!("{words} {}", numbers::fixed(height, 3));
    let galley = painter.layout_no_wrap(label, regular(size::CAPTION), tokens.text);
    let frame = painter.clip_rect().shrink(10.0);
    let size = galley.size() + vec2(16.0, 6.0);
    let foot = at(shape.forks[pass].x, height);
    let left = (foot.x - size.x / 2.0).clamp(frame.left(), (frame.right() - size.x).max(frame.left()));
    let rect = Rect::from_min_size(pos2(left, (foot.y - size.y - 5.0).max(frame.top())), size);
    painter.rect(rect, 6, tokens.accbg, Stroke::new(1.5, tokens.acc), StrokeKind::Inside);
    painter.galley(rect.min + vec2(8.0, 3.0), galley, tokens.text);
}

/// Paints how far one must climb from the first end of the way to its pass.
#[expect(clippy::too_many_arguments, reason = "a part of one picture")]
fn climb(
    drawn: &Drawn<'_>,
    painter: &egui::Painter,
    at: &dyn Fn(f64, f64) -> Pos2,
    tip: usize,
    energy: &dyn Fn(Child) -> f64,
    leftmost: f64,
    cx: &PageContext<'_>,
    tokens: &Tokens,
) {
    let (explored, [one, other]) = (drawn.explored, drawn.ends);
    let rise = explored.per_spin(explored.tree.pass_between(one, other) - explored.tree.leaves[one].energy);
    if rise <= 0.0 {
        return;
    }
    let (x, foot) = (drawn.shape.tips[tip].x, energy(Child::Tip(tip)));
    let aside = PICTURE[1] / 2.0 + 10.0;
    let galley = rich_galley(painter, &cx.texts.fill("valleys.climb", &[("energy", &numbers::fixed(rise, 3))]), tokens);
    // Where there is no room for the words at its left, it stands at the right.
    let is_left = at(x, foot).x - aside - galley.size().x - 8.0 >= at(leftmost, foot).x;
    let shift = if is_left { -aside } else { aside };
    let [foot, head] = [at(x, foot), at(x, foot + rise)].map(|end| end + vec2(shift, 0.0));
    let stroke = Stroke::new(2.0, tokens.acc);
    painter.line_segment([foot, head], stroke);
    for side in [-5.0, 5.0] {
        painter.line_segment([head, head + vec2(side, 7.0)], stroke);
    }
    let beside = if is_left { vec2(-6.0 - galley.size().x, 0.0) } else { vec2(6.0, 0.0) };
    let middle = pos2(foot.x, (foot.y + head.y) / 2.0) + beside - vec2(0.0, galley.size().y / 2.0);
    let ground = Rect::from_min_size(middle, galley.size()).expand(2.0);
    painter.rect_filled(ground, 2, tokens.plot);
    painter.galley(middle, galley, tokens.text);
}

fn rich_galley(painter: &egui::Painter, text: &str, tokens: &Tokens) -> std::sync::Arc<egui::Galley> {
    painter.layout_job(rich(text, regular(size::CAPTION), tokens.text))
}

/// Draws a valley at the foot of its stem. Returns which end of the way it is to be, if it was picked.
fn tip_ui(
    drawn: &Drawn<'_>,
    leaf: usize,
    foot: Pos2,
    slot: f32,
    pictures: &Mosaic,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<usize> {
    let (t, tokens, explored) = (cx.texts, Tokens::of(ui), drawn.explored);
    let end = drawn.ends.iter().position(|&end| end == leaf);
    let columns = explored.columns();
    let aspect = explored.spins().div_ceil(columns) as f32 / columns as f32;
    let width = (slot - 5.0).min(PICTURE[0]);
    let is_picture = width >= SMALLEST_PICTURE;
    let width = match (is_picture, end) {
        (true, Some(_)) => PICTURE[1].min(width * PICTURE[1] / PICTURE[0]),
        (true, None) => width,
        (false, Some(_)) => 12.0,
        (false, None) => 7.0,
    };
    let size_of = if is_picture { vec2(width, width * aspect.min(1.5)) } else { Vec2::splat(width) };
    let rect = Rect::from_min_size(foot - vec2(size_of.x / 2.0, 0.0), size_of);
    let response = ui.interact(rect.expand(2.0), ui.scope_id().with(("tip", leaf)), Sense::click());
    let name = captions::valley(explored, leaf, t);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, end.is_some(), &name));
    let painter = ui.painter();
    if is_picture {
        pictures.draw(painter, leaf, rect);
        painter.rect_stroke(rect, 2, Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    } else {
        painter.circle(rect.center(), width / 2.0, tokens.text, Stroke::new(1.0, tokens.plot));
    }
    if let Some(end) = end {
        outline(painter, rect, end, tokens);
        badge(painter, rect.left_top() + vec2(-4.0, 4.0), end, tokens);
    } else if response.hovered() {
        painter.rect_stroke(rect.expand(1.0), 3, Stroke::new(2.0, tokens.text), StrokeKind::Outside);
    }
    if response.has_focus() {
        focus_ring(ui, rect.expand(1.0));
    }
    if slot >= NAMED || end.is_some() {
        label(drawn, leaf, rect, end.is_some(), painter, tokens, cx);
    }
    if drawn.own == Some(leaf) {
        let at = rect.center_bottom() + vec2(0.0, 20.0);
        painter.text(at, Align2::CENTER_TOP, t.get("valleys.own.mark"), bold(size::CAPTION), tokens.warn);
        painter.rect_stroke(rect.expand(4.0), 4, Stroke::new(2.0, tokens.warn), StrokeKind::Middle);
    }
    let clicked = response.clicked();
    let second = clicked && ui.input(|input| input.modifiers.shift) || response.secondary_clicked();
    if response.hovered() || response.has_focus() {
        response.tip(captions::valley_in_full(explored, leaf, drawn.found, t));
    }
    (clicked || second).then_some(usize::from(second))
}

/// Paints a valley's name under its picture: its number, how many states lie at its bottom, and the memory that it is.
fn label(
    drawn: &Drawn<'_>,
    leaf: usize,
    rect: Rect,
    chosen: bool,
    painter: &egui::Painter,
    tokens: &Tokens,
    cx: &PageContext<'_>,
) {
    let explored = drawn.explored;
    let font = |chosen: bool| if chosen { bold(size::CAPTION) } else { regular(size::TICK) };
    let states = explored.tree.leaves[leaf].multiplicity;
    let mut name = explored.names[leaf].clone();
    if states > 1 {
        name += &format!(" \u{d7}{states}");
    }
    let below = rect.center_bottom() + vec2(0.0, 2.0);
    painter.text(below, Align2::CENTER_TOP, name, font(chosen), if chosen { tokens.text } else { tokens.t2 });
    if let Some(memory) = explored.memories[leaf] {
        let words = captions::memory(memory, cx.texts);
        painter.text(below + vec2(0.0, 15.0), Align2::CENTER_TOP, words, bold(size::TICK), tokens.acc);
    }
}
