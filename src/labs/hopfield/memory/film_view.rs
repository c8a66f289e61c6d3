//! The film of a recall: snapshots joined to their moments on the energy curve. Dragging along the curve scrubs.

use egui::{Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};
use egui_plot::LineStyle;

use super::{
    captions,
    scene::{Action, Scene},
    settings::HopfieldSettings,
    sim::HopfieldFrame,
};
use crate::widgets::tip::Tip;
use crate::{
    data::film,
    labs::kit::{Host, PageContext, saving::Saving},
    widgets::{
        Tokens,
        buttons::IconButton,
        icons::Icon,
        plot::{Axes, ball, line, painted, round_ticks},
        rich,
        tokens::{SPIN_DOWN, SPIN_UP, regular, size},
    },
};

/// With more memories than this the energies of the memories are not drawn.
const MOST_NAMED: usize = 12;
/// Snapshots shown.
const SHOWN: usize = 9;

/// Draws the buttons of the film, from the right.
pub(super) fn buttons_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let save = IconButton::new(t.get("hopfield.film.save")).icon(Icon::Picture).tight().min_size(vec2(116.0, 30.0));
    let can_save = scene.frame.film.len() > 1 && !scene.is_saving;
    let response = ui.add_enabled_ui(can_save, |ui| save.show(ui)).inner;
    if response.tip(t.get("hopfield.film.save.tip")).clicked() {
        scene.act(Action::SaveFilm);
    }
    let replay = IconButton::new(t.get("hopfield.replay")).icon(Icon::Play).tight().min_size(vec2(104.0, 30.0));
    let can_replay = scene.frame.updates > 0;
    let response = ui.add_enabled_ui(can_replay, |ui| replay.show(ui)).inner;
    if response.tip(t.get("hopfield.replay.tip")).clicked() {
        scene.act(Action::Replay);
    }
}

/// Saves the whole film, its last picture a little longer.
pub(super) fn save(saving: &mut Saving, host: &Host, frame: &HopfieldFrame) {
    let states: Vec<_> = frame.film.iter().map(|snapshot| snapshot.state.clone()).collect();
    saving.start(host, "hopfield.notice.film", move || {
        let pictures: Vec<&[i8]> = states.iter().map(|state| &**state).collect();
        film::save("hopfield-film", &pictures, SPIN_DOWN.to_array(), SPIN_UP.to_array())
    });
}

/// Draws film and curve.
pub(super) fn film_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let frame = scene.frame;
    let film = &frame.film;
    let current = scene.shown().is_current() || scene.is_running;
    if film.is_empty() || !current || frame.updates == 0 {
        let text = t.get(if frame.memories == 0 { "hopfield.film.nothing" } else { "hopfield.film.empty" });
        crate::widgets::plot::sentence(ui.painter(), space, text, tokens.t2);
        return;
    }
    let neurons = scene.settings.neuron_count() as f64;
    let last = film.len() - 1;
    let count = SHOWN.min(film.len());
    let chosen: Vec<usize> = (0..count).map(|place| if count > 1 { place * last / (count - 1) } else { 0 }).collect();
    let left = 62.0;
    let strip = Rect::from_min_max(space.min + vec2(left, 2.0), pos2(space.right() - 8.0, space.top() + 70.0));
    // A good third of the room, the curve below the rest.
    let thumb = (strip.width() / SHOWN as f32 - 12.0).min(0.36 * space.height()).clamp(20.0, 104.0);
    let plot_rect = Rect::from_min_max(pos2(space.left(), strip.top() + thumb + 26.0), space.max);
    let playhead = scene.scrub.unwrap_or(last).min(last);

    let first_energy = film[0].energy;
    let moments: Vec<(f64, Option<f64>)> =
        film.iter().map(|frame| (frame.updates as f64, frame.energy.map(|energy| energy / neurons))).collect();
    let mut at_moment: Vec<egui::Pos2> = Vec::new();
    let mut frame_of_plot = plot_rect;
    let mut child = ui.new_child(UiBuilder::new().max_rect(plot_rect).id_salt("energy"));
    if first_energy.is_some() {
        let history = &frame.energy_history;
        let curve: Vec<[f64; 2]> = history
            .iter()
            .flat_map(|s| [[s.start as f64, s.highest / neurons], [s.start as f64, s.lowest / neurons]])
            .collect();
        let memories: Vec<f64> = frame.memory_energies.iter().map(|energy| energy / neurons).collect();
        let low = curve.iter().map(|point| point[1]).chain(memories.iter().copied()).fold(f64::INFINITY, f64::min);
        let high = curve.iter().map(|point| point[1]).fold(f64::NEG_INFINITY, f64::max);
        let pad = 0.08 * (high - low).max(1e-6);
        let end = (frame.updates as f64).max(10.0);
        let axes = Axes {
            x: [-0.01 * end, 1.03 * end],
            y: [low - pad, high + pad],
            x_ticks: round_ticks(0.0, end, 8),
            y_ticks: round_ticks(low, high, 4),
            x_label: Some(t.get(captions::time_axis(scene.settings.neurons))),
            y_label: t.get("hopfield.axis.energy"),
        };
        // The live end of the film is where the network is, not where the last snapshot was taken.
        let live = (frame.updates as f64, frame.energy.map(|energy| energy / neurons));
        let (now, energy_now) = if scene.scrub.is_some() { moments[playhead] } else { live };
        let split = curve.partition_point(|point| point[0] <= now);
        let (done, rest) = curve.split_at(split);
        let names = scene.settings.active();
        painted(
            &mut child,
            "hopfield energy",
            &axes,
            |plot_ui| {
                plot_ui.line(line(done, tokens.series[0], 2.5, LineStyle::Solid));
                plot_ui.line(line(rest, tokens.series[0], 2.0, LineStyle::Dotted { spacing: 6.0 }));
            },
            |painter, at| {
                let height = |energy: f64| at(axes.x[0], energy).y;
                for (energy, label) in memory_lines(scene.settings, &names, &memories, &height, t) {
                    let (from, to) = (at(axes.x[0], energy), at(axes.x[1], energy));
                    painter.extend(Shape::dashed_line(&[from, to], Stroke::new(1.0, tokens.reference), 2.0, 4.0));
                    // At the end, where the network arrives, but beside the ball.
                    let galley = painter.layout_job(rich(&label, regular(size::TICK), tokens.t2));
                    let right = at(end, energy).x - 14.0;
                    let place = pos2(right - galley.size().x, to.y - galley.size().y - 1.0);
                    painter.galley(place, galley, tokens.t2);
                }
                at_moment = moments.iter().map(|&(updates, energy)| at(updates, energy.unwrap_or(low))).collect();
                for &index in &chosen {
                    painter.circle(at_moment[index], 4.0, tokens.plot, Stroke::new(2.0, tokens.series[0]));
                }
                frame_of_plot = Rect::from_two_pos(at(axes.x[0], axes.y[0]), at(axes.x[1], axes.y[1]));
                ball(painter, at(now, energy_now.unwrap_or(low)), 7.5, tokens.text, tokens.series[0]);
            },
        );
    } else {
        let text = t.get("hopfield.film.no_energy");
        crate::widgets::plot::sentence(ui.painter(), plot_rect, text, tokens.t2);
        let end = moments[last].0.max(1.0);
        at_moment = moments
            .iter()
            .map(|moment| pos2(strip.left() + strip.width() * (moment.0 / end) as f32, plot_rect.top()))
            .collect();
        frame_of_plot =
            Rect::from_min_max(pos2(strip.left(), plot_rect.top()), pos2(strip.right(), plot_rect.top() + 20.0));
    }
    scrub_ui(scene, ui, frame_of_plot, &at_moment, cx);
    let wanted: Vec<f32> = chosen.iter().map(|&index| at_moment[index].x).collect();
    let places = side_by_side(&wanted, thumb + 6.0, [strip.left() + thumb / 2.0, strip.right() - thumb / 2.0]);
    for ((place, &index), x) in chosen.iter().enumerate().zip(places) {
        let rect = Rect::from_min_size(pos2(x - thumb / 2.0, strip.top()), Vec2::splat(thumb));
        let response = ui.interact(rect, ui.scope_id().with(("snapshot", place)), Sense::click());
        let name = t.fill("hopfield.film.snapshot", &[("updates", &film[index].updates.to_string())]);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        scene.thumbnails.draw(ui, rect, &film[index].state);
        let is_here = index == playhead;
        let ink = if is_here { tokens.acc } else { tokens.edge };
        if is_here || response.hovered() {
            ui.painter().rect_stroke(rect.expand(1.0), 3, Stroke::new(2.5, tokens.acc), StrokeKind::Outside);
        }
        if response.has_focus() {
            crate::widgets::buttons::focus_ring(ui, rect.expand(1.0));
        }
        // The leader from the picture to its moment.
        let foot = at_moment[index];
        let knee = pos2(foot.x, rect.bottom() + 22.0);
        let width = if is_here { 2.0 } else { 1.0 };
        let points = vec![rect.center_bottom() + vec2(0.0, 2.0), knee, foot];
        ui.painter().add(Shape::line(points, Stroke::new(width, ink)));
        if response.tip(name).clicked() {
            scene.act(Action::Scrub((index != last).then_some(index)));
        }
    }
}

/// Places as near as can be to those that are wanted, rising, at least so far apart and between two ends.
fn side_by_side(wanted: &[f32], apart: f32, [first, last]: [f32; 2]) -> Vec<f32> {
    let mut places = wanted.to_vec();
    let mut least = first;
    for place in &mut places {
        *place = place.max(least);
        least = *place + apart;
    }
    let mut most = last;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - apart;
    }
    places
}

/// Dragging along the curve shows the film's moments.
fn scrub_ui(scene: &mut Scene<'_>, ui: &Ui, rect: Rect, moments: &[egui::Pos2], cx: &PageContext<'_>) {
    let response = ui.interact(rect, ui.scope_id().with("scrub"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, cx.texts.get("hopfield.film.scrub")));
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
        && !moments.is_empty()
    {
        let distance = |index: &usize| (moments[*index].x - pointer.x).abs();
        let nearest = (0..moments.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or_default();
        scene.act(Action::Scrub((nearest + 1 < moments.len()).then_some(nearest)));
    }
    response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
}

/// The energy of each memory with its name; names that would lie on each other share a line.
fn memory_lines(
    settings: &HopfieldSettings,
    names: &[usize],
    energies: &[f64],
    height: &dyn Fn(f64) -> f32,
    t: crate::text::Texts,
) -> Vec<(f64, String)> {
    if names.len() != energies.len() || names.len() > MOST_NAMED {
        return Vec::new();
    }
    let name = |index: &usize| captions::name(&settings.memories[*index], t);
    let mut sorted: Vec<(f64, String)> = energies.iter().copied().zip(names.iter().map(name)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines: Vec<(f64, String)> = Vec::new();
    for (energy, name) in sorted {
        match lines.last_mut() {
            Some((same, names)) if height(*same) - height(energy) < 15.0 => {
                names.push_str(", ");
                names.push_str(&name);
            }
            _ => lines.push((energy, name)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_over_their_moments_where_there_is_room_and_never_on_each_other() {
        assert_eq!(side_by_side(&[10.0, 100.0, 300.0], 50.0, [0.0, 400.0]), [10.0, 100.0, 300.0]);
        assert_eq!(side_by_side(&[10.0, 12.0, 390.0], 50.0, [20.0, 400.0]), [20.0, 70.0, 390.0]);
        assert_eq!(side_by_side(&[390.0, 395.0, 400.0], 50.0, [20.0, 400.0]), [300.0, 350.0, 400.0]);
    }
}
