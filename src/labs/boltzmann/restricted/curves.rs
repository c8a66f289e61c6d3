//! Is it learning? Redraw error, memorising gap and likelihood against epochs; the likelihood by annealing when asked.

use egui::{Color32, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{
    likelihood::{Likelihood, Measured},
    scene::{Action, Scene},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, deck},
    physics::rbm::Binarise,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{caption_height, caption_in},
        icons::Icon,
        layout::Class,
        numbers,
        plot::{Axes, TickSize, ball, line, painted, round_ticks},
        tokens::{bold, regular, size},
    },
};

/// A gap so large, in nats, is more than the difference of two samples of pictures.
const MEMORISED: f64 = 5.0;
/// Below minus this the pictures held back are the easier ones.
const EASIER: f64 = 0.3;

/// Draws the card of the learning curves.
pub(super) fn card_ui(scene: &mut Scene<'_>, likelihood: &Likelihood, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(size::TICK)));
    deck::card_ui(ui, rect, "curves", "curves", cx, |ui| content_ui(scene, likelihood, ui, cx));
}

/// A small plot: name, what it is, colour, its curves.
struct Plot<'a> {
    id: &'static str,
    name: &'a str,
    below: String,
    value: String,
    colour: Color32,
    curve: Vec<[f64; 2]>,
    dotted: Vec<[f64; 2]>,
    dots: Vec<[f64; 3]>,
    from_zero: bool,
    /// The best value possible, with its name.
    best: Option<(f64, String)>,
}

fn content_ui(scene: &mut Scene<'_>, likelihood: &Likelihood, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    deck::title_ui(ui, cx, t.get("rbm.curves"), "", |ui| measure_button_ui(scene, likelihood, ui, cx));
    let space = ui.available_rect_before_wrap();
    let measured = || likelihood.of_run(scene.settings.configuration.run);
    let (last, dots) = (measured().last().copied(), measured().map(|found| [found.epoch, found.value, found.error]));
    let dots: Vec<[f64; 3]> = dots.collect();
    let caption = caption(scene, last, cx);
    let compact = cx.class == Class::Compact;
    let below = if compact { 0.0 } else { caption_height(ui, &caption, space.width()) + 4.0 };
    if !compact {
        caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - below + 4.0), space.max), &caption);
    }
    let room = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - below));
    let plots = plots(scene, dots, ui, cx);
    let gap = 14.0;
    let width = (room.width() - gap * (plots.len() - 1) as f32) / plots.len() as f32;
    // One choice for all, so that the plots stand on one line.
    let narrow = compact || plots.iter().any(|plot| head_width(ui, plot) > width);
    for (index, plot) in plots.into_iter().enumerate() {
        let left = room.left() + index as f32 * (width + gap);
        small_ui(ui, Rect::from_min_size(pos2(left, room.top()), vec2(width, room.height())), plot, narrow, cx);
    }
}

fn measure_button_ui(scene: &mut Scene<'_>, likelihood: &Likelihood, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    if let Some(done) = likelihood.progress() {
        if IconButton::icon_only(Icon::Close, t.get("cancel")).min_size(vec2(28.0, 28.0)).show(ui).clicked() {
            scene.act(Action::CancelMeasuring);
        }
        ui.add(
            egui::ProgressBar::new(done as f32)
                .desired_width(90.0)
                .desired_height(20.0)
                .corner_radius(6)
                .fill(Tokens::of(ui).accbg)
                .text(format!("{:.0} %", 100.0 * done)),
        );
        return;
    }
    let button = IconButton::new(t.get("rbm.likelihood.measure")).min_size(vec2(0.0, 28.0));
    let ready = scene.has_learned() && !likelihood.is_busy();
    let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
    if response.tip(t.get("rbm.likelihood.measure.tip")).clicked() {
        scene.act(Action::MeasureLikelihood);
    }
}

fn caption(scene: &Scene<'_>, measured: Option<Measured>, cx: &PageContext<'_>) -> String {
    let t = cx.texts;
    if let Some(last) = measured {
        let values = [numbers::fixed(last.value, 1), numbers::fixed(last.error, 1), numbers::fixed(last.reverse, 1)];
        let how = match scene.settings.trainer.binarise {
            Binarise::Sample => "rbm.binarise.sample.words",
            Binarise::Threshold => "rbm.binarise.threshold.words",
        };
        let key = if last.error == 0.0 { "rbm.curves.caption.exact" } else { "rbm.curves.caption.ais" };
        let epoch = numbers::fixed(last.epoch, 1);
        return t.fill(
            key,
            &[
                ("value", &values[0]),
                ("error", &values[1]),
                ("reverse", &values[2]),
                ("how", t.get(how)),
                ("epoch", &epoch),
            ],
        );
    }
    let likelihood = &scene.frame.likelihood;
    let best = likelihood.iter().map(|point| point.value).fold(f64::NEG_INFINITY, f64::max);
    let falls = likelihood.last().is_some_and(|last| last.value < best - 0.1);
    let gap = scene.frame.curve.last().and_then(|last| Some(last.free_energy_validation? - last.free_energy_train));
    let key = match (scene.has_learned(), falls, gap) {
        (false, ..) => "rbm.curves.empty",
        (true, true, _) => "rbm.curves.caption.falls",
        (true, false, Some(gap)) if gap > MEMORISED => "rbm.curves.caption.overfit",
        (true, false, Some(gap)) if gap < -EASIER => "rbm.curves.caption.negative",
        (true, false, _) => "rbm.curves.caption",
    };
    t.get(key).to_owned()
}

fn plots<'a>(scene: &Scene<'_>, dots: Vec<[f64; 3]>, ui: &Ui, cx: &PageContext<'a>) -> Vec<Plot<'a>> {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let frame = scene.frame;
    let last = frame.curve.last();
    let epoch = |epoch: u64| epoch as f64;
    let error: Vec<[f64; 2]> =
        frame.curve.iter().map(|point| [epoch(point.epoch), point.reconstruction_error]).collect();
    let gap: Vec<[f64; 2]> = frame
        .curve
        .iter()
        .filter_map(|point| Some([epoch(point.epoch), point.free_energy_validation? - point.free_energy_train]))
        .collect();
    let error_is_empty = error.is_empty();
    let mut plots = vec![Plot {
        id: "redraw error",
        name: t.get("rbm.curves.error"),
        below: t.get("rbm.curves.error.unit").to_owned(),
        value: last.map_or(String::new(), |point| numbers::fixed(point.reconstruction_error, 3)),
        colour: tokens.series[0],
        curve: error,
        dotted: Vec::new(),
        dots: Vec::new(),
        from_zero: true,
        best: None,
    }];
    if !gap.is_empty() {
        plots.push(Plot {
            id: "memorising",
            name: t.get("rbm.curves.gap"),
            below: t.get("rbm.curves.gap.unit").to_owned(),
            value: gap.last().map_or(String::new(), |point| numbers::fixed(point[1], 1)),
            colour: tokens.series[2],
            curve: Vec::new(),
            dotted: gap,
            dots: Vec::new(),
            from_zero: true,
            best: None,
        });
    }
    let exact: Vec<[f64; 2]> = frame.likelihood.iter().map(|point| [epoch(point.epoch), point.value]).collect();
    let pseudo: Vec<[f64; 2]> = frame
        .curve
        .iter()
        .filter(|point| point.pseudo_log_likelihood.is_finite())
        .map(|point| [epoch(point.epoch), point.pseudo_log_likelihood])
        .collect();
    let measured = dots.last().map(|dot| numbers::fixed(dot[1], 1));
    let (name, below, curve, value) = if exact.is_empty() {
        let value = last.filter(|point| point.pseudo_log_likelihood.is_finite());
        let value = value.map_or(String::new(), |point| numbers::fixed(point.pseudo_log_likelihood, 0));
        // The likelihood itself is not that; where it was measured, it stands beside.
        let below = match &measured {
            Some(measured) => t.fill("rbm.curves.measured", &[("value", measured)]),
            None => t.get("rbm.curves.pseudo").to_owned(),
        };
        (t.get("rbm.curves.pseudo.name"), below, pseudo, value)
    } else {
        let value = exact.last().map_or(String::new(), |point| numbers::fixed(point[1], 2));
        (t.get("rbm.curves.likelihood"), t.get("rbm.curves.exact").to_owned(), exact, value)
    };
    if curve.is_empty() && dots.is_empty() && !error_is_empty {
        // Grey pixels have no pseudo-likelihood; the real one can be measured.
        return plots;
    }
    plots.push(Plot {
        id: "likelihood",
        name,
        below,
        value,
        colour: tokens.series[1],
        curve,
        dotted: Vec::new(),
        dots,
        from_zero: false,
        best: frame.best_likelihood.map(|best| (best, t.get("rbm.curves.best").to_owned())),
    });
    plots
}

/// Width in points of a plot's name with its value beside it.
fn head_width(ui: &Ui, plot: &Plot<'_>) -> f32 {
    let width = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::WHITE).size().x;
    width(plot.name, regular(size::BODY)) + 8.0 + width(&plot.value, bold(size::VALUE))
}

/// Draws one small plot; in a `narrow` column the value stands under the name, in place of what the value is.
fn small_ui(ui: &mut Ui, rect: Rect, plot: Plot<'_>, narrow: bool, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let font = regular(if narrow { size::TICK } else { size::BODY });
    painter.text(rect.min + vec2(0.0, 8.0), egui::Align2::LEFT_CENTER, plot.name, font, tokens.text);
    if !narrow {
        let below = rect.min + vec2(0.0, 26.0);
        painter.text(below, egui::Align2::LEFT_CENTER, &plot.below, regular(size::TICK), tokens.t2);
    }
    let right = pos2(rect.right(), rect.top() + if narrow { 26.0 } else { 8.0 });
    painter.text(right, egui::Align2::RIGHT_CENTER, &plot.value, bold(size::VALUE), plot.colour);
    let place = Rect::from_min_max(rect.min + vec2(0.0, 36.0), rect.max);
    let points = || plot.curve.iter().chain(&plot.dotted).copied().chain(plot.dots.iter().map(|dot| [dot[0], dot[1]]));
    let last_epoch = points().map(|point| point[0]).fold(1.0, f64::max);
    // The first steps, far off, would flatten what comes after.
    let few = points().count() < 3;
    let settled = |point: &[f64; 2]| plot.from_zero || few || point[0] >= 0.02 * last_epoch;
    let mut low = points().filter(settled).map(|point| point[1]).fold(f64::INFINITY, f64::min);
    let mut high = points().map(|point| point[1]).fold(f64::NEG_INFINITY, f64::max);
    if !low.is_finite() || !high.is_finite() {
        (low, high) = (0.0, 1.0);
    }
    if plot.from_zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if let Some((best, _)) = &plot.best {
        high = high.max(*best);
    }
    if high - low < 1e-6 {
        high = low + 1.0;
    }
    let pad = 0.08 * (high - low);
    let y = [if plot.from_zero && low == 0.0 { 0.0 } else { low - pad }, high + pad];
    let axes = Axes {
        x: [0.0, last_epoch * 1.02],
        y,
        x_ticks: round_ticks(0.0, last_epoch, 2),
        y_ticks: round_ticks(y[0], y[1], 3),
        x_label: Some(cx.texts.get("rbm.curves.epoch")),
        y_label: "",
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(plot.id));
    let (colour, outline) = (plot.colour, tokens.plot);
    let (curve, dotted) = (plot.curve, plot.dotted);
    let end = curve.last().or(dotted.last()).copied();
    let dots = plot.dots;
    let (text, reference, grey, best) = (tokens.text, tokens.reference, tokens.t2, plot.best);
    painted(
        &mut child,
        plot.id,
        &axes,
        move |plot| {
            plot.line(line(&curve, colour, 2.0, LineStyle::Solid));
            plot.line(line(&dotted, colour, 2.0, LineStyle::dotted_dense()));
        },
        |painter, at| {
            if let Some((best, name)) = &best {
                let ends = [at(axes.x[0], *best), at(axes.x[1], *best)];
                painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(1.5, reference), 5.0, 4.0));
                let place = ends[0] + vec2(4.0, 2.0);
                painter.text(place, egui::Align2::LEFT_TOP, name, regular(size::TICK), grey);
            }
            if let Some(end) = end {
                ball(painter, at(end[0], end[1]), 4.0, colour, outline);
            }
            for dot in &dots {
                let (middle, up, down) = (at(dot[0], dot[1]), at(dot[0], dot[1] + dot[2]), at(dot[0], dot[1] - dot[2]));
                painter.line_segment([up, down], Stroke::new(2.0, text));
                painter.rect_filled(Rect::from_center_size(middle, vec2(8.0, 8.0)), 1, text);
            }
        },
    );
}
