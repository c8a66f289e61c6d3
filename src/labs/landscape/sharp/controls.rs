//! The controls of the page of sharp and flat valleys.

use egui::Ui;

use super::settings::{SPEEDS, STEPS, SharpRun, SharpSettings, TEMPERATURES, WIDTHS};
use crate::{
    labs::kit::{
        PageContext,
        controls::{Transport, group_gap, seed_ui, transport_row_ui},
    },
    text::Texts,
    widgets::{
        buttons::IconButton,
        icons::Icon,
        numbers,
        rich::note,
        slider::{BigSlider, Scale},
        tip::Tip,
    },
};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ControlAction {
    /// Run or pause.
    Run,
    /// One unit of time.
    Step,
    /// All crowds start anew.
    Restart,
    /// Forget what was counted at temperatures.
    Clear,
}

/// Draws the row that runs the crowds.
pub(super) fn run_row_ui(is_running: bool, ui: &mut Ui, t: Texts) -> Option<ControlAction> {
    let tips = [t.get("sharp.run.tip"), t.get("sharp.step.tip"), t.get("sharp.restart.tip")];
    Some(match transport_row_ui(ui, is_running, t.get("run"), tips, t)? {
        Transport::Toggle => ControlAction::Run,
        Transport::Step => ControlAction::Step,
        Transport::Reset => ControlAction::Restart,
    })
}

/// Draws everything under it.
pub(super) fn controls_ui(
    settings: &mut SharpSettings,
    run: &mut SharpRun,
    has_dots: bool,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<ControlAction> {
    let (t, gap) = (cx.texts, group_gap(cx.class));
    let default = SharpSettings::default();
    let slider = BigSlider {
        name: t.get("sharp.temperature"),
        symbol: "T",
        shown: numbers::fixed(settings.temperature, 2),
        ends: Some((t.get("sharp.temperature.cold"), t.get("sharp.temperature.hot"))),
        scale: Scale { low: *TEMPERATURES.start(), high: *TEMPERATURES.end(), logarithmic: false },
        default: default.temperature,
        step: 0.01,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut settings.temperature).tip(t.get("sharp.temperature.tip")).changed() {
        settings.temperature = (100.0 * settings.temperature).round() / 100.0;
    }
    ui.add_space(gap);
    let slider = BigSlider {
        name: t.get("sharp.width"),
        symbol: "w",
        shown: numbers::fixed(settings.width, 1),
        ends: Some((t.get("sharp.width.equal"), t.get("sharp.width.flat"))),
        scale: Scale { low: *WIDTHS.start(), high: *WIDTHS.end(), logarithmic: false },
        default: default.width,
        step: 0.1,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut settings.width).tip(t.get("sharp.width.tip")).changed() {
        settings.width = (10.0 * settings.width).round() / 10.0;
    }
    if settings.width > 2.0 || settings.temperature < 0.15 {
        note(ui, t.get("sharp.slow"));
    }
    ui.add_space(gap);
    let before = settings.step;
    let slider = BigSlider {
        name: t.get("sharp.dt"),
        symbol: "dt",
        shown: numbers::fixed(settings.step, 3),
        scale: Scale { low: *STEPS.start(), high: *STEPS.end(), logarithmic: true },
        default: default.step,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut settings.step).tip(t.get("sharp.dt.tip")).changed() {
        let thousandths = (1000.0 * settings.step).round();
        // An arrow key goes on by a thousandth at least.
        let least = (1000.0 * before).round() + if settings.step > before { 1.0 } else { -1.0 };
        let is_same = (thousandths - 1000.0 * before).abs() < 0.5;
        let wanted = if is_same { least } else { thousandths } / 1000.0;
        settings.step = wanted.clamp(*STEPS.start(), *STEPS.end());
    }
    ui.add_space(gap);
    let slider = BigSlider {
        name: t.get("sharp.speed"),
        shown: numbers::whole(run.speed.round() as u64),
        unit: t.get("sharp.speed.unit"),
        scale: Scale { low: *SPEEDS.start(), high: *SPEEDS.end(), logarithmic: true },
        default: 20.0,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut run.speed).tip(t.get("sharp.speed.tip"));
    ui.add_space(gap);
    if let Some(seed) = seed_ui(ui, t.get("seed"), settings.seed, t) {
        settings.seed = seed;
    }
    ui.add_space(gap);
    let clear = IconButton::new(t.get("sharp.clear")).icon(Icon::Clear);
    let clear = clear.min_size(egui::vec2(ui.available_width(), 36.0));
    let clicked = ui.add_enabled_ui(has_dots, |ui| clear.show(ui)).inner.tip(t.get("sharp.clear.tip")).clicked();
    ui.add_space(gap);
    note(ui, t.get("sharp.note"));
    clicked.then_some(ControlAction::Clear)
}
