//! The lowest way between two valleys: played on the pad, with its energies.

use egui::{Align2, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{explored::Explored, graph::badge, pad, walk::Walk, work::Work};
use crate::{
    labs::kit::{PageContext, controls::row_ui, deck},
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{caption_height, caption_in},
        icons::Icon,
        numbers,
        plot::{Axes, ball, line, painted, round_ticks},
        rich,
        tip::Tip,
        tokens::{bold, regular, size},
    },
};

/// What was asked for on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayAction {
    /// Walk or pause.
    Walk,
    /// So many flips on or back.
    Step(i64),
    /// To this place.
    GoTo(usize),
    /// Turn this spin of the state on the pad.
    Turn(usize),
    /// Away with what a person made of the state.
    Back,
}

/// Draws the card's title and content.
pub(super) fn way_ui(work: &Work, ui: &mut Ui, cx: &PageContext<'_>, titled: bool) -> Option<WayAction> {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 4.0;
    let flips = work.walk.as_ref().map_or(String::new(), |walk| {
        t.plural("valleys.way.flips", walk.flips(), &[("count", &walk.flips().to_string())])
    });
    if titled {
        deck::title_ui(ui, cx, t.get("valleys.way"), &flips, |_| {});
    }
    let (Some(explored), Some(walk)) = (&work.explored, &work.walk) else { return None };
    let caption = caption(work, explored, walk, cx);
    let whole = ui.available_rect_before_wrap();
    // As high as the longest of what may stand here, so that the pad stays where it is while one paints on it.
    let longest = [t.get("valleys.own.falls"), t.get("valleys.way.caption"), &caption];
    let heights = longest.map(|words| caption_height(ui, words, whole.width()).max(20.0));
    let below = heights.into_iter().fold(0.0, f32::max);
    caption_in(ui, Rect::from_min_max(pos2(whole.left(), whole.bottom() - below), whole.max), &caption);
    let space = Rect::from_min_max(whole.min, pos2(whole.right(), whole.bottom() - below - 6.0));
    let buttons = 36.0;
    let rows = explored.spins().div_ceil(explored.columns()) as f32 / explored.columns() as f32;
    let most = (space.height() - buttons - 34.0).min(0.36 * space.width());
    let side = most.min(most / rows).max(40.0);
    let column = side.max(132.0).min(space.width());
    let left = Rect::from_min_size(space.min, vec2(column, space.height()));
    let right = Rect::from_min_max(pos2(left.right() + 12.0, space.top()), space.max);
    let mut child = ui.new_child(UiBuilder::new().max_rect(left).id_salt("pad"));
    let painted = pad_ui(work, explored, walk, side, &mut child, cx);
    let mut child = ui.new_child(UiBuilder::new().max_rect(right).id_salt("profile"));
    profile_ui(explored, walk, &mut child, cx).or(painted)
}

fn caption(work: &Work, explored: &Explored, walk: &Walk, cx: &PageContext<'_>) -> String {
    let t = cx.texts;
    if let Some(own) = work.own {
        let energy = numbers::fixed(explored.per_spin(explored.couplings.energy_units(own.state)), 3);
        return match own.leaf {
            Some(leaf) => t.fill("valleys.own.falls", &[("energy", &energy), ("valley", &explored.names[leaf])]),
            None => t.fill("valleys.own", &[("energy", &energy)]),
        };
    }
    if walk.flips() == 0 {
        let is_alone = work.shape().is_some_and(|shape| shape.tips.len() == 1);
        return t.get(if is_alone { "valleys.way.caption.alone" } else { "valleys.way.caption.none" }).to_owned();
    }
    t.get("valleys.way.caption").to_owned()
}

/// Draws the state with the buttons under it.
fn pad_ui(
    work: &Work,
    explored: &Explored,
    walk: &Walk,
    side: f32,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<WayAction> {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let state = work.own.map_or(walk.state(), |own| own.state);
    let next = if work.own.is_none() { walk.next_spin() } else { None };
    let turned = pad::pad_ui(ui, Rect::from_min_size(space.min, vec2(side, side)), explored, state, next, t);
    let mut action = turned.map(WayAction::Turn);
    let words = if work.own.is_some() {
        t.get("valleys.own.name").to_owned()
    } else {
        let key =
            if walk.flips() > 0 && walk.place == walk.way.top() { "valleys.way.at_pass" } else { "valleys.way.at" };
        let (place, flips) = (walk.place.to_string(), walk.flips().to_string());
        t.fill(key, &[("place", &place), ("flips", &flips)])
    };
    let row = Rect::from_min_max(pos2(space.left(), space.bottom() - 36.0), space.max);
    let mut job = rich(&words, regular(size::CAPTION), tokens.t2);
    job.wrap.max_width = space.width();
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(space.left(), row.top() - 6.0 - galley.size().y), galley, tokens.t2);
    let mut child = ui.new_child(UiBuilder::new().max_rect(row).id_salt("steps"));
    if work.own.is_some() {
        let back = IconButton::new(t.get("valleys.own.back")).icon(Icon::Reset).tight().min_size(row.size());
        if back.show(&mut child).tip(t.get("valleys.own.back.tip")).clicked() {
            action = Some(WayAction::Back);
        }
        return action;
    }
    let play = if walk.is_walking() { (Icon::Pause, "pause") } else { (Icon::Play, "valleys.walk") };
    let faces = [
        (Icon::Left, "valleys.way.back", WayAction::Step(-1)),
        (play.0, play.1, WayAction::Walk),
        (Icon::Right, "valleys.way.on", WayAction::Step(1)),
    ];
    row_ui(&mut child, 36.0, &faces, |ui, (icon, key, does), size| {
        let name = format!("{}: {}", t.get("valleys.way"), t.get(key));
        if IconButton::icon_only(icon, &name).min_size(size).show(ui).tip(t.get(key)).clicked() {
            action = Some(does);
        }
    });
    action
}

/// Draws the energies along the way; where one stands is moved by the pointer.
fn profile_ui(explored: &Explored, walk: &Walk, ui: &mut Ui, cx: &PageContext<'_>) -> Option<WayAction> {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let points: Vec<[f64; 2]> =
        walk.way.energies.iter().enumerate().map(|(flip, &energy)| [flip as f64, explored.per_spin(energy)]).collect();
    let (low, high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p[1]), h.max(p[1])));
    let span = (high - low).max(0.02);
    let last = walk.flips().max(1) as f64;
    let (x, y) = ([-0.04 * last, 1.04 * last], [low - 0.12 * span, high + 0.2 * span]);
    let step = (walk.flips() / 8 + 1) as f64;
    let axes = Axes {
        x,
        y,
        x_ticks: (0..=8).map(|tick| f64::from(tick) * step).filter(|tick| *tick <= last).collect(),
        y_ticks: round_ticks(y[0], y[1], 4),
        x_label: Some(t.get("valleys.axis.flips")),
        y_label: t.get("valleys.axis.energy"),
    };
    let response = ui.interact(ui.available_rect_before_wrap(), ui.scope_id().with("scrub"), Sense::click_and_drag());
    let pointer = response.interact_pointer_pos();
    let mut at_pointer = None;
    let (curve, text) = (points.clone(), tokens.text);
    painted(
        ui,
        "profile",
        &axes,
        move |plot| plot.line(line(&curve, text, 2.0, LineStyle::Solid)),
        |painter, at| {
            let [left, right] = [at(x[0], high), at(x[1], high)];
            painter.extend(egui::Shape::dashed_line(&[left, right], Stroke::new(1.5, tokens.acc), 5.0, 4.0));
            let word = t.get("valleys.pass");
            painter.text(right - vec2(4.0, 2.0), Align2::RIGHT_BOTTOM, word, bold(size::CAPTION), tokens.acc);
            for point in &points[1..points.len().saturating_sub(1).max(1)] {
                ball(painter, at(point[0], point[1]), 3.5, tokens.plot, tokens.text);
            }
            for (end, place) in [(0, 0), (1, points.len() - 1)] {
                let centre = at(points[place][0], points[place][1]);
                badge(painter, centre, end, tokens);
            }
            let here = points[walk.place];
            painter.circle(at(here[0], here[1]), 7.0, tokens.acc, Stroke::new(2.0, tokens.plot));
            if let Some(pointer) = pointer {
                let places = points.iter().enumerate();
                let distance = |point: &[f64; 2]| (at(point[0], point[1]).x - pointer.x).abs();
                at_pointer = places.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(place, _)| place);
            }
        },
    );
    at_pointer.filter(|_| response.clicked() || response.dragged()).map(WayAction::GoTo)
}
