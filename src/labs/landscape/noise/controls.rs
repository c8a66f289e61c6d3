//! The controls of the page of data and noise.

use egui::Ui;

use super::{
    captions,
    film::SHORT,
    presets::{Preset, is_just},
    settings::{Direction, NoiseLook, NoiseRun, NoiseSettings, SIGMA, SPEED},
    work::Work,
};
use crate::{
    labs::kit::{
        PageContext,
        controls::{Transport, group_gap, row_ui, seed_ui, stepper_ui, transport_row_ui},
    },
    physics::landscape::diffusion::{LONG, Sampler, Spacing},
    text::Texts,
    widgets::{
        buttons::{IconButton, segmented},
        numbers,
        rich::note,
        slider::{BigSlider, Scale, heading},
        tip::Tip,
    },
};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ControlAction {
    /// Let time pass, or stop it.
    Run,
    /// One moment on.
    Step,
    /// To where time begins.
    Reset,
    /// To this time.
    GoTo(f64),
    /// This drawing in place of the one there is.
    Draw(Preset),
}

/// What the controls change.
pub(super) struct Changes<'a> {
    pub settings: &'a mut NoiseSettings,
    pub run: &'a mut NoiseRun,
    pub look: &'a mut NoiseLook,
}

/// Draws the row that lets time pass.
pub(super) fn run_row_ui(work: &Work, ui: &mut Ui, t: Texts) -> Option<ControlAction> {
    let tips = [t.get("noise.run.tip"), t.get("noise.step.tip"), t.get("noise.reset.tip")];
    Some(match transport_row_ui(ui, work.playhead.is_playing(), t.get("run"), tips, t)? {
        Transport::Toggle => ControlAction::Run,
        Transport::Step => ControlAction::Step,
        Transport::Reset => ControlAction::Reset,
    })
}

/// Draws everything under it.
pub(super) fn controls_ui(
    changes: &mut Changes<'_>,
    work: &Work,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<ControlAction> {
    let (t, gap) = (cx.texts, group_gap(cx.class));
    let mut action = time_ui(changes.run, work, ui, t);
    ui.add_space(gap);
    way_back_ui(changes.settings, ui, t);
    ui.add_space(gap);
    speed_ui(changes.run, ui, t);
    ui.add_space(gap);
    heading(ui, t.get("noise.presets"), "");
    row_ui(ui, 34.0, &Preset::ALL, |ui, (preset, key), size| {
        let button = IconButton::new(t.get(key)).tight().min_size(size);
        let is_there = is_just(&changes.settings.drawing, preset);
        if button.selected(is_there).show(ui).tip(t.get("noise.presets.tip")).clicked() {
            action = Some(ControlAction::Draw(preset));
        }
    });
    ui.add_space(gap);
    sigma_ui(changes.settings, ui, t);
    ui.add_space(gap);
    ui.horizontal(|ui| {
        ui.checkbox(&mut changes.look.arrows, t.get("noise.arrows"));
        ui.checkbox(&mut changes.look.trails, t.get("noise.trails"));
    });
    if let Some(seed) = seed_ui(ui, t.get("seed"), changes.settings.seed, t) {
        changes.settings.seed = seed;
    }
    action
}

fn time_ui(run: &mut NoiseRun, work: &Work, ui: &mut Ui, t: Texts) -> Option<ControlAction> {
    let now = work.film.as_ref().map_or(LONG, |film| film.times[work.playhead.moment(film)]);
    let mut time = now.max(SHORT);
    let slider = BigSlider {
        name: t.get("noise.time"),
        symbol: "t",
        shown: captions::number(now),
        ends: Some((t.get("noise.ends.drawing"), t.get("noise.ends.noise"))),
        scale: Scale { low: SHORT, high: LONG, logarithmic: true },
        default: LONG,
        ..BigSlider::plain()
    };
    let changed = slider.show(ui, &mut time).tip(t.get("noise.time.tip")).changed();
    segmented(ui, &mut run.direction, &[(Direction::Out, t.get("noise.out")), (Direction::Back, t.get("noise.back"))]);
    changed.then_some(ControlAction::GoTo(time))
}

fn way_back_ui(settings: &mut NoiseSettings, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("noise.sampler"), "");
    segmented(
        ui,
        &mut settings.sampler,
        &[(Sampler::Sde, t.get("noise.sampler.sde")), (Sampler::Ode, t.get("noise.sampler.ode"))],
    );
    note(ui, t.get(if settings.sampler == Sampler::Sde { "noise.sampler.sde.note" } else { "noise.sampler.ode.note" }));
    let words = [t.get("noise.samples"), "", t.get("noise.samples.tip")];
    stepper_ui(ui, &mut settings.samples, words, &[20, 40, 80, 160, 240, 320, 400], 160, t);
    let words = [t.get("noise.steps"), "", t.get("noise.steps.tip")];
    stepper_ui(ui, &mut settings.steps, words, &[10, 20, 50, 100, 200, 300, 400, 500], 200, t);
    let spacings =
        [(Spacing::Logarithmic, t.get("noise.spacing.log")), (Spacing::Uniform, t.get("noise.spacing.uniform"))];
    segmented(ui, &mut settings.spacing, &spacings);
    if settings.spacing == Spacing::Uniform {
        note(ui, t.get("noise.spacing.uniform.note"));
    }
}

fn speed_ui(run: &mut NoiseRun, ui: &mut Ui, t: Texts) {
    let slider = BigSlider {
        name: t.get("noise.speed"),
        shown: numbers::three_digits(run.speed),
        unit: t.get("noise.speed.unit"),
        ends: Some((t.get("noise.speed.slow"), t.get("noise.speed.fast"))),
        scale: Scale { low: *SPEED.start(), high: *SPEED.end(), logarithmic: true },
        default: 0.5,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut run.speed).tip(t.get("noise.speed.tip"));
}

fn sigma_ui(settings: &mut NoiseSettings, ui: &mut Ui, t: Texts) {
    let slider = BigSlider {
        name: t.get("noise.sigma"),
        symbol: "σ_{0}",
        shown: numbers::fixed(settings.sigma, 2),
        scale: Scale { low: *SIGMA.start(), high: *SIGMA.end(), logarithmic: false },
        default: 0.05,
        step: 0.01,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut settings.sigma).tip(t.get("noise.sigma.tip")).changed() {
        settings.sigma = (100.0 * settings.sigma).round() / 100.0;
    }
}
