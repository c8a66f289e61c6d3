//! Experiments: how much a rule holds, and how far each memory's basin reaches.

use std::sync::{Arc, Mutex};

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{HopfieldLab, words};
use crate::{
    data::{Problem, tables},
    labs::{Host, LabContext, in_a_pool},
    physics::{
        hopfield::{
            Rule, ags,
            basins::Basins,
            capacity::{Capacity, Point},
        },
        statistics::{Estimate, Share},
    },
    simulation::{Job, Outcome, Watcher},
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

/// Loads measured.
const LOADS: usize = 16;
/// Noise levels measured.
const LEVELS: usize = 13;
/// Basins drawn with a name.
const NAMED: usize = 5;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Capacity,
    Basins,
}

#[derive(Clone)]
struct CapacityRun {
    experiment: Capacity,
    /// Points as they come, by their place.
    live: Arc<Mutex<Vec<(usize, Point)>>>,
    /// The points known when last looked.
    points: Vec<(usize, Point)>,
}

struct BasinsRun {
    rule: Rule,
    names: Vec<String>,
    noise: Vec<f64>,
    shares: Vec<Vec<Share>>,
}

/// What the experiments keep between frames.
pub(super) struct Experiments {
    kind: Kind,
    neurons: usize,
    noise: f64,
    trials: u32,
    capacity_job: Option<Job<Vec<Point>>>,
    capacity: Option<CapacityRun>,
    basins_job: Option<Job<BasinsRun>>,
    basins: Option<BasinsRun>,
}

impl Default for Experiments {
    fn default() -> Self {
        Self {
            kind: Kind::Capacity,
            neurons: 300,
            noise: 0.1,
            trials: 10,
            capacity_job: None,
            capacity: None,
            basins_job: None,
            basins: None,
        }
    }
}

/// The largest load worth trying with a rule.
fn top_load(rule: Rule) -> f64 {
    match rule {
        Rule::Hebb | Rule::Covariance => 0.24,
        Rule::Storkey => 0.5,
        Rule::PseudoInverse => 1.0,
        Rule::Perceptron => 1.5,
        Rule::Polynomial(_) | Rule::Exponential => 2.0,
    }
}

impl Experiments {
    fn start_capacity(&mut self, rule: Rule, seed: u64, host: &Host) {
        let top = top_load(rule);
        let loads = (1..=LOADS).map(|step| top * step as f64 / LOADS as f64).collect();
        let experiment = Capacity { neurons: self.neurons, loads, rule, noise: self.noise, trials: self.trials, seed };
        let live = Arc::new(Mutex::new(Vec::new()));
        self.capacity =
            Some(CapacityRun { experiment: experiment.clone(), live: Arc::clone(&live), points: Vec::new() });
        self.capacity_job = Some(host.job("hopfield capacity", move |watcher: &Watcher| {
            in_a_pool(|| {
                let note = |place: usize, point: Point| {
                    // A panic elsewhere cannot have left half a point.
                    live.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, point));
                };
                experiment.run(&|done| watcher.go_on(done), &note).ok().flatten()
            })
        }));
    }

    fn follow(&mut self) {
        if let Some(run) = &mut self.capacity
            && let Ok(live) = run.live.try_lock()
            && live.len() != run.points.len()
        {
            run.points.clone_from(&live);
            run.points.sort_by_key(|(place, _)| *place);
        }
        if self.capacity_job.as_ref().is_some_and(|job| job.take().is_some()) {
            self.capacity_job = None;
        }
        if let Some(outcome) = self.basins_job.as_ref().and_then(Job::take) {
            self.basins_job = None;
            if let Outcome::Done(run) = outcome {
                self.basins = Some(run);
            }
        }
    }

    /// The stem of the file and the table, if there is anything to save.
    fn table(&self) -> Option<(&'static str, Result<Vec<u8>, Problem>)> {
        match self.kind {
            Kind::Capacity => {
                let run = self.capacity.as_ref()?;
                let points: Vec<Point> = run.points.iter().map(|(_, point)| *point).collect();
                Some(("hopfield-capacity", tables::capacity(&run.experiment, &points)))
            }
            Kind::Basins => {
                let run = self.basins.as_ref()?;
                Some(("hopfield-basins", tables::basins(run.rule, &run.names, &run.noise, &run.shares)))
            }
        }
    }
}

impl HopfieldLab {
    /// Measures how much the chosen rule holds.
    pub fn start_capacity(&mut self) {
        let (rule, seed) = (self.settings.rule, self.settings.seed);
        self.experiments.start_capacity(rule, seed, &self.host);
    }
}

fn start_basins(lab: &mut HopfieldLab, t: crate::text::Texts) {
    let (Some(trained), Some(memories)) = (lab.learning.trained().cloned(), lab.settings.patterns()) else { return };
    if *trained.memories != memories {
        // It is still learning.
        return;
    }
    let names = lab.settings.active().into_iter().map(|index| words::name(&lab.settings.memories[index], t)).collect();
    let noise: Vec<f64> = (0..LEVELS).map(|step| 0.5 * step as f64 / (LEVELS - 1) as f64).collect();
    let basins = Basins { noise: noise.clone(), trials: lab.experiments.trials, seed: lab.settings.seed };
    let rule = lab.settings.rule;
    lab.experiments.basins_job = Some(lab.host.job("hopfield basins", move |watcher: &Watcher| {
        in_a_pool(|| {
            let shares = basins.run(&trained.network, &memories, &|done| watcher.go_on(done)).ok().flatten()?;
            Some(BasinsRun { rule, names, noise, shares })
        })
    }));
}

/// Draws the experiments.
pub(super) fn content(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    lab.experiments.follow();
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
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(&mut left, |ui| show_knobs(lab, ui, cx));
    let mut right = ui.new_child(UiBuilder::new().max_rect(plot).id_salt("plot"));
    let caption = cx.texts.get(match lab.experiments.kind {
        Kind::Capacity => "hopfield.capacity.caption",
        Kind::Basins => "hopfield.basins.caption",
    });
    let height = caption_height(ui, caption, plot.width()).max(20.0);
    caption_in(&right, Rect::from_min_max(pos2(plot.left(), plot.bottom() - height), plot.max), caption);
    right.set_max_height(plot.height() - height - 6.0);
    match lab.experiments.kind {
        Kind::Capacity => capacity_plot(lab, &mut right, cx),
        Kind::Basins => basins_plot(lab, &mut right, cx),
    }
}

fn show_knobs(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 5.0;
    let kinds = [(Kind::Capacity, t.get("hopfield.capacity")), (Kind::Basins, t.get("hopfield.basins"))];
    segmented(ui, &mut lab.experiments.kind, &kinds);
    let running = match lab.experiments.kind {
        Kind::Capacity => lab.experiments.capacity_job.as_ref().map(Job::progress),
        Kind::Basins => lab.experiments.basins_job.as_ref().map(Job::progress),
    };
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 12.0) / 2.0;
        if let Some(progress) = running {
            let tokens = Tokens::of(ui);
            let text = format!("{:.0} %", 100.0 * progress);
            let bar = egui::ProgressBar::new(progress as f32).desired_width(width).desired_height(32.0);
            ui.add(bar.corner_radius(6).fill(tokens.accbg).text(rich(&text, regular(size::BODY), tokens.text)));
            if IconButton::new(t.get("cancel")).icon(Icon::Close).tight().min_size(vec2(width, 32.0)).show(ui).clicked()
            {
                match lab.experiments.kind {
                    Kind::Capacity => lab.experiments.capacity_job.iter().for_each(Job::cancel),
                    Kind::Basins => lab.experiments.basins_job.iter().for_each(Job::cancel),
                }
            }
            return;
        }
        let start = IconButton::new(t.get("hopfield.experiment.start")).icon(Icon::Play).tight();
        if start.min_size(vec2(width, 32.0)).show(ui).on_hover_text(t.get("hopfield.experiment.start.tip")).clicked() {
            match lab.experiments.kind {
                Kind::Capacity => lab.start_capacity(),
                Kind::Basins => start_basins(lab, t),
            }
            lab.experiments.follow();
        }
        let can_save = match lab.experiments.kind {
            Kind::Capacity => lab.experiments.capacity.as_ref().is_some_and(|run| !run.points.is_empty()),
            Kind::Basins => lab.experiments.basins.is_some(),
        };
        let save = IconButton::new("CSV").icon(Icon::Down).tight().min_size(vec2(width, 32.0));
        let save = ui.add_enabled_ui(can_save && !lab.saving.is_busy(), |ui| save.show(ui)).inner;
        let clicked = save.on_hover_text(t.get("hopfield.experiment.save")).clicked();
        if clicked && let Some((stem, table)) = lab.experiments.table() {
            let write = move || table.and_then(|bytes| tables::save(stem, &bytes));
            lab.saving.start(&lab.host, "hopfield.notice.saved", write);
        }
    });
    if lab.experiments.kind == Kind::Capacity {
        let sizes = [(100, "N = 100"), (300, "300"), (1000, "1000")];
        segmented(ui, &mut lab.experiments.neurons, &sizes);
        let mut percent = 100.0 * lab.experiments.noise;
        let slider = BigSlider {
            name: t.get("hopfield.experiment.noise"),
            shown: format!("{percent:.0} %"),
            scale: Scale { low: 0.0, high: 40.0, logarithmic: false },
            default: 10.0,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut percent).changed() {
            lab.experiments.noise = percent.round() / 100.0;
        }
    }
    let mut trials = f64::from(lab.experiments.trials);
    let slider = BigSlider {
        name: t.get("hopfield.experiment.trials"),
        shown: lab.experiments.trials.to_string(),
        scale: Scale { low: 2.0, high: 100.0, logarithmic: true },
        default: 10.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut trials).on_hover_text(t.get("hopfield.experiment.trials.tip")).changed() {
        lab.experiments.trials = trials.round() as u32;
    }
}

/// A point with its error bar.
fn point(painter: &Painter, at: &dyn Fn(f64, f64) -> Pos2, x: f64, value: Estimate, color: Color32) {
    if value.error.is_finite() && value.error > 0.0 {
        let (low, high) = (at(x, value.value - value.error), at(x, value.value + value.error));
        painter.line_segment([low, high], Stroke::new(1.5, color));
    }
    painter.circle_filled(at(x, value.value), 3.5, color);
}

fn capacity_plot(lab: &HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let run = lab.experiments.capacity.as_ref();
    let rule = run.map_or(lab.settings.rule, |run| run.experiment.rule);
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
                let text = t.get("hopfield.experiment.empty");
                painter.text(at(top / 2.0, 0.5), Align2::CENTER_CENTER, text, regular(size::BODY), tokens.t2);
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
            let title = format!("{}, N = {}", words::rule(rule, t), run.experiment.neurons);
            painter.text(at(top, 1.06) + vec2(-6.0, 4.0), Align2::RIGHT_TOP, title, bold(size::CAPTION), tokens.text);
        },
    );
}

fn basins_plot(lab: &HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let axes = Axes {
        x: [-1.0, 53.0],
        y: [-0.03, 1.08],
        x_ticks: vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0],
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("hopfield.axis.noise")),
        y_label: t.get("hopfield.axis.recalled"),
    };
    let run = lab.experiments.basins.as_ref();
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
            for (place, shares) in run.iter().flat_map(|run| &run.shares).enumerate() {
                let noise = run.map(|run| run.noise.as_slice()).unwrap_or_default();
                let points: Vec<[f64; 2]> =
                    noise.iter().zip(shares).map(|(noise, share)| [100.0 * noise, share.value()]).collect();
                plot_ui.line(line(&points, color(place), 1.5, styles[place % styles.len()]));
            }
        },
        |painter, at| {
            let Some(run) = run else {
                let text = t.get("hopfield.experiment.empty");
                painter.text(at(26.0, 0.5), Align2::CENTER_CENTER, text, regular(size::BODY), tokens.t2);
                return;
            };
            for (place, shares) in run.shares.iter().enumerate() {
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
            let title = words::rule(run.rule, t);
            painter.text(at(53.0, 1.08) + vec2(-6.0, 4.0), Align2::RIGHT_TOP, title, bold(size::CAPTION), tokens.text);
        },
    );
}
