//! The experiments on screen: what is measured beside what theory says, and the knobs.

use egui::{Align2, Color32, Painter, Pos2, Rect, ScrollArea, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{
    captions,
    experiments::{Experiments, Kind, top_load},
    scene::{Action, Scene},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, controls::progress_ui},
    physics::{
        hopfield::{Rule, ags},
        statistics::{Estimate, Share},
    },
    widgets::{
        Tokens,
        buttons::{IconButton, segmented},
        card::{caption_height, caption_in},
        icons::Icon,
        plot::{Axes, line, painted, round_ticks},
        rich,
        slider::{BigSlider, Scale},
        tokens::{bold, regular, size},
    },
};

/// With more memories than this their mean is drawn, and a band.
const MOST_LINES: usize = 6;
/// Basins drawn with a name.
const NAMED: usize = 5;

/// Draws the measured capacity and basins, with the buttons that begin them.
pub(super) fn experiments_ui(scene: &mut Scene<'_>, experiments: &mut Experiments, ui: &mut Ui, cx: &PageContext<'_>) {
    let space = ui.available_rect_before_wrap();
    let wide = space.width() > 700.0;
    let knobs_width = if wide { 250.0 } else { space.width() };
    let knobs = Rect::from_min_size(space.min, vec2(knobs_width, if wide { space.height() } else { 128.0 }));
    let plot = if wide {
        Rect::from_min_max(pos2(knobs.right() + 16.0, space.top()), space.max)
    } else {
        Rect::from_min_max(pos2(space.left(), knobs.bottom() + 4.0), space.max)
    };
    let mut left = ui.new_child(UiBuilder::new().max_rect(knobs).id_salt("knobs"));
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut left, |ui| knobs_ui(scene, experiments, ui, cx));
    let mut right = ui.new_child(UiBuilder::new().max_rect(plot).id_salt("plot"));
    let caption = cx.texts.get(match experiments.kind {
        Kind::Capacity => "hopfield.capacity.caption",
        Kind::Basins => basins_caption(experiments),
    });
    let height = caption_height(ui, caption, plot.width()).max(20.0);
    caption_in(&right, Rect::from_min_max(pos2(plot.left(), plot.bottom() - height), plot.max), caption);
    right.set_max_height(plot.height() - height - 6.0);
    match experiments.kind {
        Kind::Capacity => capacity_ui(scene.settings.rule, experiments, &mut right, cx),
        Kind::Basins => basins_ui(experiments, &mut right, cx),
    }
}

fn knobs_ui(scene: &mut Scene<'_>, experiments: &mut Experiments, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 5.0;
    let kinds = [(Kind::Capacity, t.get("hopfield.capacity")), (Kind::Basins, t.get("hopfield.basins"))];
    segmented(ui, &mut experiments.kind, &kinds);
    if let Some(done) = experiments.progress() {
        if progress_ui(ui, &format!("{:.0} %", 100.0 * done), done, t) {
            experiments.cancel();
        }
    } else {
        buttons_ui(scene, experiments, ui, cx);
    }
    if experiments.kind == Kind::Capacity {
        let sizes = [(100, "N = 100"), (300, "300"), (1000, "1000")];
        segmented(ui, &mut experiments.neurons, &sizes);
        let mut percent = 100.0 * experiments.noise;
        let slider = BigSlider {
            name: t.get("hopfield.experiment.noise"),
            shown: format!("{percent:.0} %"),
            scale: Scale { low: 0.0, high: 40.0, logarithmic: false },
            default: 10.0,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut percent).changed() {
            experiments.noise = percent.round() / 100.0;
        }
    }
    let mut trials = f64::from(experiments.trials);
    let slider = BigSlider {
        name: t.get("hopfield.experiment.trials"),
        shown: experiments.trials.to_string(),
        scale: Scale { low: 2.0, high: 100.0, logarithmic: true },
        default: 10.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut trials).tip(t.get("hopfield.experiment.trials.tip")).changed() {
        experiments.trials = trials.round() as u32;
    }
}

fn buttons_ui(scene: &mut Scene<'_>, experiments: &Experiments, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        let size = vec2((ui.available_width() - 12.0) / 2.0, 32.0);
        let start = IconButton::new(t.get("hopfield.experiment.start")).icon(Icon::Play).tight().min_size(size);
        if start.show(ui).tip(t.get("hopfield.experiment.start.tip")).clicked() {
            scene.act(match experiments.kind {
                Kind::Capacity => Action::StartCapacity,
                Kind::Basins => Action::StartBasins,
            });
        }
        let save = IconButton::new("CSV").icon(Icon::Down).tight().min_size(size);
        let save = ui.add_enabled_ui(experiments.has_table() && !scene.is_saving, |ui| save.show(ui)).inner;
        if save.tip(t.get("hopfield.experiment.save")).clicked() {
            scene.act(Action::SaveTable);
        }
    });
}

/// Draws a point with its error bar.
fn point(painter: &Painter, at: &dyn Fn(f64, f64) -> Pos2, x: f64, value: Estimate, color: Color32) {
    if value.error.is_finite() && value.error > 0.0 {
        let (low, high) = (at(x, value.value - value.error), at(x, value.value + value.error));
        painter.line_segment([low, high], Stroke::new(1.5, color));
    }
    painter.circle_filled(at(x, value.value), 3.5, color);
}

fn capacity_ui(rule: Rule, experiments: &Experiments, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let run = experiments.capacity();
    let rule = run.map_or(rule, |run| run.experiment.rule);
    let top = 1.05 * top_load(rule);
    let axes = Axes {
        x: [0.0, top],
        y: [-0.02, 1.06],
        x_ticks: round_ticks(0.0, top, 6),
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("hopfield.axis.load")),
        y_label: t.get("hopfield.axis.overlap"),
    };
    let critical = ags::critical();
    let theory: Vec<[f64; 2]> = (0..=80)
        .map(|step| critical.load * (1.0 - (1.0 - f64::from(step) / 80.0).powi(2)))
        .filter_map(|load| Some([load, ags::overlap_at_zero_temperature(load)?]))
        .collect();
    let (overlap, wrong) = (tokens.series[0], tokens.series[2]);
    painted(
        ui,
        "capacity",
        &axes,
        |plot_ui| {
            if rule == Rule::Hebb {
                plot_ui.line(line(&theory, tokens.reference, 2.0, LineStyle::Solid));
                let drop = [[critical.load, critical.overlap], [critical.load, 0.0]];
                plot_ui.line(line(&drop, tokens.reference, 1.0, LineStyle::Dashed { length: 5.0 }));
            }
        },
        |painter, at| {
            if rule == Rule::Hebb {
                let galley =
                    painter.layout_job(rich(t.get("hopfield.capacity.theory"), regular(size::CAPTION), tokens.t2));
                painter.galley(at(0.01, 0.80), galley, tokens.t2);
            }
            let Some(run) = run.filter(|run| !run.points.is_empty()) else {
                crate::widgets::plot::sentence(
                    painter,
                    painter.clip_rect(),
                    t.get("hopfield.experiment.empty"),
                    tokens.t2,
                );
                return;
            };
            for (_, found) in &run.points {
                point(painter, at, found.load, found.final_overlap, overlap);
                point(painter, at, found.load, found.wrong_bits, wrong);
            }
            let name = |y: f64, lift: f32, key: &'static str, color| {
                let galley = painter.layout_job(rich(t.get(key), bold(size::CAPTION), color));
                painter.galley(at(0.3 * top, y) + vec2(0.0, lift), galley, color);
            };
            if let Some((_, first)) = run.points.first() {
                name(first.final_overlap.value, 6.0, "hopfield.capacity.overlap", overlap);
                name(first.wrong_bits.value, -24.0, "hopfield.capacity.wrong", wrong);
            }
            let title = format!("{}, N = {}", captions::rule(rule, t), run.experiment.neurons);
            painter.text(at(top, 1.06) + vec2(-6.0, 4.0), Align2::RIGHT_TOP, title, bold(size::CAPTION), tokens.text);
        },
    );
}

/// What the basins show. Under Hebb a memory that does not even stay when it begins clean has look-alikes beside it.
fn basins_caption(experiments: &Experiments) -> &'static str {
    let is_lost = |run: &super::experiments::BasinsRun| {
        let lost = |shares: &Vec<Share>| shares.first().is_some_and(|share| share.value() < 0.5);
        matches!(run.rule, Rule::Hebb | Rule::Covariance) && run.shares.iter().any(lost)
    };
    if experiments.basins().is_some_and(is_lost) { "hopfield.basins.caption.lost" } else { "hopfield.basins.caption" }
}

/// The share of all memories together at each noise, with the lowest and the highest of a single one.
fn band(run: &super::experiments::BasinsRun) -> Vec<(f64, Share, [f64; 2])> {
    let at = |(place, &noise): (usize, &f64)| {
        let shares = || run.shares.iter().filter_map(move |shares| shares.get(place));
        let total = Share { hits: shares().map(|s| s.hits).sum(), tries: shares().map(|s| s.tries).sum() };
        let values = || shares().map(|share| share.value());
        (noise, total, [values().fold(1.0, f64::min), values().fold(0.0, f64::max)])
    };
    run.noise.iter().enumerate().map(at).collect()
}

fn basins_ui(experiments: &Experiments, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let axes = Axes {
        x: [-1.0, 53.0],
        y: [-0.03, 1.08],
        x_ticks: vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0],
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("hopfield.axis.noise")),
        y_label: t.get("hopfield.axis.recalled"),
    };
    let run = experiments.basins();
    // Many lines would hide each other.
    let is_crowded = run.is_some_and(|run| run.shares.len() > MOST_LINES);
    let styles = [
        LineStyle::Solid,
        LineStyle::Dashed { length: 7.0 },
        LineStyle::Dotted { spacing: 5.0 },
        LineStyle::Dashed { length: 12.0 },
        LineStyle::Solid,
    ];
    let color = |place: usize| if place < NAMED { tokens.series[place] } else { tokens.t3 };
    painted(
        ui,
        "basins",
        &axes,
        |plot_ui| {
            for (place, shares) in run.iter().filter(|_| !is_crowded).flat_map(|run| &run.shares).enumerate() {
                let noise = run.map(|run| run.noise.as_slice()).unwrap_or_default();
                let points: Vec<[f64; 2]> =
                    noise.iter().zip(shares).map(|(noise, share)| [100.0 * noise, share.value()]).collect();
                plot_ui.line(line(&points, color(place), 1.5, styles[place % styles.len()]));
            }
        },
        |painter, at| {
            let Some(run) = run else {
                crate::widgets::plot::sentence(
                    painter,
                    painter.clip_rect(),
                    t.get("hopfield.experiment.empty"),
                    tokens.t2,
                );
                return;
            };
            if is_crowded {
                let band = band(run);
                let edge = |end: usize| band.iter().map(move |(noise, _, ends)| (100.0 * noise, ends[end]));
                for pair in edge(0).zip(edge(1)).collect::<Vec<_>>().windows(2) {
                    let [((a, low), (_, high)), ((b, lower), (_, higher))] = [pair[0], pair[1]];
                    let corners = vec![at(a, low), at(a, high), at(b, higher), at(b, lower)];
                    let fill = tokens.series[0].gamma_multiply(0.25);
                    painter.add(egui::Shape::convex_polygon(corners, fill, Stroke::NONE));
                }
                for (noise, share, _) in &band {
                    let ((low, high), x) = (share.interval(), 100.0 * noise);
                    painter.line_segment([at(x, low), at(x, high)], Stroke::new(1.5, tokens.series[0]));
                    painter.circle_filled(at(x, share.value()), 3.5, tokens.series[0]);
                }
                let text = t.get("hopfield.basins.band");
                painter.text(at(2.0, 0.05), Align2::LEFT_BOTTOM, text, regular(size::CAPTION), tokens.t2);
            }
            for (place, shares) in run.shares.iter().enumerate().filter(|_| !is_crowded) {
                // Side by side, so that bars do not hide each other.
                let shift = (place % NAMED) as f64 * 0.2 - 0.4;
                for (noise, share) in run.noise.iter().zip(shares) {
                    let ((low, high), x) = (share.interval(), 100.0 * noise + shift);
                    painter.line_segment([at(x, low), at(x, high)], Stroke::new(1.5, color(place)));
                    painter.circle_filled(at(x, share.value()), 2.5, color(place));
                }
                if place < NAMED {
                    let galley = painter.layout_job(rich(&run.names[place], bold(size::CAPTION), color(place)));
                    // Beside the line where it falls below one half.
                    let falls = shares.iter().position(|share| share.value() < 0.5).unwrap_or(shares.len() - 1);
                    let beside = at(100.0 * run.noise[falls], 0.5) + vec2(6.0, 15.0 * (place as f32 - 2.0));
                    painter.galley(beside, galley, color(place));
                }
            }
            let title = captions::rule(run.rule, t);
            painter.text(at(53.0, 1.08) + vec2(-6.0, 4.0), Align2::RIGHT_TOP, title, bold(size::CAPTION), tokens.text);
        },
    );
}
