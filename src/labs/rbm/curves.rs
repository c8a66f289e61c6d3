//! Is it learning? Redraw error, memorising gap and likelihood against epochs; the likelihood by annealing when asked.

use egui::{Color32, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{RbmLab, sim::RbmCommand};
use crate::{
    labs::LabContext,
    physics::rbm::{
        Machine, Samples,
        ais::{Annealing, Partition},
        exact,
        measures::log_likelihoods,
    },
    simulation::{Job, Outcome, Watcher},
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{caption_height, caption_in, card_in, title_row},
        icons::Icon,
        layout::Class,
        numbers,
        plot::{Axes, TickSize, ball, line, painted, round_ticks},
        tokens::{bold, regular, size},
    },
};

/// Chains and steps of an annealing that is asked for in the lab.
const RUNS: usize = 100;
const STEPS: usize = 3000;
/// Pictures whose likelihood is measured.
const PICTURES: usize = 1000;

/// A measured likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Epoch.
    pub epoch: f64,
    /// Mean ln p of pictures held back (or of training ones where none are), nats.
    pub value: f64,
    /// Standard error of ln Z; 0 where it is exact.
    pub error: f64,
    /// The same likelihood with ln Z from chains that go back.
    pub reverse: f64,
}

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct Curves {
    asked: Option<u64>,
    number: u64,
    job: Option<(f64, u64, Job<Option<Measured>>)>,
    /// With the run that they belong to.
    pub measured: Vec<(u64, Measured)>,
}

impl Curves {
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || self.asked.is_some()
    }
}

impl RbmLab {
    /// Asks for the likelihood of the machine as it is now.
    pub fn measure_likelihood(&mut self) {
        self.curves.number += 1;
        self.curves.asked = Some(self.curves.number);
        self.driver.command(RbmCommand::Show(self.curves.number));
    }

    /// The likelihoods measured of this run.
    pub fn measured(&self) -> impl Iterator<Item = &Measured> {
        let run = self.settings.makeup.run;
        self.curves.measured.iter().filter(move |(of, _)| *of == run).map(|(_, measured)| measured)
    }

    pub(super) fn follow_measuring(&mut self) {
        if let Some(number) = self.curves.asked
            && let Some((shown, machine)) = self.frame().machine.clone()
            && shown == number
            && let Some(loaded) = &self.pictures.there
        {
            self.curves.asked = None;
            let train = loaded.train.clone();
            let pictures = loaded.validation.clone().unwrap_or_else(|| train.clone());
            let (binarise, seed) = (self.settings.trainer.binarise, self.settings.trainer.seed);
            let (epoch, run) = (self.frame().epochs, self.settings.makeup.run);
            let work = move |watcher: &Watcher| measure(&machine, &train, &pictures, binarise, seed, epoch, watcher);
            self.curves.job = Some((epoch, run, self.host.job("likelihood", work)));
        }
        if let Some((_, run, job)) = &self.curves.job
            && let Some(outcome) = job.take()
        {
            let run = *run;
            self.curves.job = None;
            if let Outcome::Done(Some(measured)) = outcome {
                self.curves.measured.push((run, measured));
                let surplus = self.curves.measured.len().saturating_sub(200);
                self.curves.measured.drain(..surplus);
            }
        }
    }
}

/// The likelihood, exactly where that can be done.
fn measure(
    machine: &Machine,
    train: &Samples,
    pictures: &Samples,
    binarise: crate::physics::rbm::Binarise,
    seed: u64,
    epoch: f64,
    watcher: &Watcher,
) -> Option<Option<Measured>> {
    let annealing = Annealing { runs: RUNS, steps: STEPS, seed };
    let partition = if exact::is_possible(machine) && machine.shape.hidden.min(machine.shape.visible) <= 16 {
        let log_z = exact::log_partition(machine, &|done| watcher.go_on(done)).ok()??;
        Partition { log_z, error: 0.0, reverse: log_z }
    } else {
        annealing.run(machine, train, binarise, &|done| watcher.go_on(done)).ok()??
    };
    let each = log_likelihoods(machine, pictures, PICTURES, binarise, seed, partition.log_z);
    let value = each.iter().sum::<f64>() / each.len() as f64;
    let reverse = value + partition.log_z - partition.reverse;
    Some(Some(Measured { epoch, value, error: partition.error, reverse }))
}

/// Draws the card.
pub(super) fn show(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    lab.follow_measuring();
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(size::TICK)));
    card_in(ui, rect, "curves", |ui| content(lab, ui, cx));
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
}

fn content(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        title_row(ui, t.get("rbm.curves"), "");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| measure_button(lab, ui, cx));
    });
    let space = ui.available_rect_before_wrap();
    let caption = caption(lab, cx);
    let compact = cx.class == Class::Compact;
    let below = if compact { 0.0 } else { caption_height(ui, &caption, space.width()) + 4.0 };
    if !compact {
        caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - below + 4.0), space.max), &caption);
    }
    let room = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - below));
    let plots = plots(lab, ui, cx);
    let gap = 14.0;
    let width = (room.width() - gap * (plots.len() - 1) as f32) / plots.len() as f32;
    for (index, plot) in plots.into_iter().enumerate() {
        let left = room.left() + index as f32 * (width + gap);
        small(ui, Rect::from_min_size(pos2(left, room.top()), vec2(width, room.height())), plot, cx);
    }
}

fn measure_button(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    if let Some((_, _, job)) = &lab.curves.job {
        if IconButton::icon_only(Icon::Close, t.get("cancel")).min_size(vec2(28.0, 28.0)).show(ui).clicked() {
            job.cancel();
        }
        ui.add(
            egui::ProgressBar::new(job.progress() as f32)
                .desired_width(90.0)
                .desired_height(20.0)
                .corner_radius(6)
                .fill(Tokens::of(ui).accbg)
                .text(format!("{:.0} %", 100.0 * job.progress())),
        );
        return;
    }
    let button = IconButton::new(t.get("rbm.likelihood.measure")).min_size(vec2(0.0, 28.0));
    let ready = lab.has_learned() && !lab.curves.is_busy();
    let response = ui.add_enabled_ui(ready, |ui| button.show(ui)).inner;
    if response.on_hover_text(t.get("rbm.likelihood.measure.tip")).clicked() {
        lab.measure_likelihood();
    }
}

fn caption(lab: &RbmLab, cx: &LabContext<'_>) -> String {
    let t = cx.texts;
    if let Some(last) = lab.measured().last() {
        let values = [numbers::fixed(last.value, 1), numbers::fixed(last.error, 1), numbers::fixed(last.reverse, 1)];
        let how = match lab.settings.trainer.binarise {
            crate::physics::rbm::Binarise::Sample => "rbm.binarise.sample.words",
            crate::physics::rbm::Binarise::Threshold => "rbm.binarise.threshold.words",
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
    let likelihood = &lab.frame().likelihood;
    let best = likelihood.iter().map(|point| point.value).fold(f64::NEG_INFINITY, f64::max);
    let falls = likelihood.last().is_some_and(|last| last.value < best - 0.1);
    let key = match (lab.has_learned(), falls) {
        (false, _) => "rbm.curves.empty",
        (true, true) => "rbm.curves.caption.falls",
        (true, false) => "rbm.curves.caption",
    };
    t.get(key).to_owned()
}

fn plots<'a>(lab: &RbmLab, ui: &Ui, cx: &LabContext<'a>) -> Vec<Plot<'a>> {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let frame = lab.frame();
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
        });
    }
    let exact: Vec<[f64; 2]> = frame.likelihood.iter().map(|point| [epoch(point.epoch), point.value]).collect();
    let pseudo: Vec<[f64; 2]> = frame
        .curve
        .iter()
        .filter(|point| point.pseudo_log_likelihood.is_finite())
        .map(|point| [epoch(point.epoch), point.pseudo_log_likelihood])
        .collect();
    let dots: Vec<[f64; 3]> = lab.measured().map(|measured| [measured.epoch, measured.value, measured.error]).collect();
    let (below, curve, value) = if exact.is_empty() {
        let value = last.filter(|point| point.pseudo_log_likelihood.is_finite());
        let value = value.map_or(String::new(), |point| numbers::fixed(point.pseudo_log_likelihood, 0));
        (t.get("rbm.curves.pseudo"), pseudo, value)
    } else {
        let value = exact.last().map_or(String::new(), |point| numbers::fixed(point[1], 2));
        (t.get("rbm.curves.exact"), exact, value)
    };
    if curve.is_empty() && dots.is_empty() && !error_is_empty {
        // Grey pixels have no pseudo-likelihood; the real one can be measured.
        return plots;
    }
    plots.push(Plot {
        id: "likelihood",
        name: t.get("rbm.curves.likelihood"),
        below: below.to_owned(),
        value,
        colour: tokens.series[1],
        curve,
        dotted: Vec::new(),
        dots,
        from_zero: false,
    });
    plots
}

fn small(ui: &mut Ui, rect: Rect, plot: Plot<'_>, cx: &LabContext<'_>) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let narrow = cx.class == Class::Compact;
    let font = regular(if narrow { size::TICK } else { size::BODY });
    painter.text(rect.min + vec2(0.0, 8.0), egui::Align2::LEFT_CENTER, plot.name, font, tokens.text);
    if !narrow {
        let below = rect.min + vec2(0.0, 26.0);
        painter.text(below, egui::Align2::LEFT_CENTER, &plot.below, regular(size::TICK), tokens.t2);
    }
    // In a narrow column the value stands under the name.
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
    let text = tokens.text;
    painted(
        &mut child,
        plot.id,
        &axes,
        move |plot| {
            plot.line(line(&curve, colour, 2.0, LineStyle::Solid));
            plot.line(line(&dotted, colour, 2.0, LineStyle::dotted_dense()));
        },
        |painter, at| {
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
