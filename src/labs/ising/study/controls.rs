//! The controls of the study pages.

use egui::{Ui, vec2};

use super::{
    points::Study,
    settings::{SIZES, SWEEPS, ScalingSettings, ScanSettings, TEMPERATURES},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::common::sliders::DYNAMICS,
        kit::controls::{row_ui, seed_ui},
    },
    physics::ising::{
        Dynamics,
        scaling::{Exponents, Fit},
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        icons::Icon,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        tokens::{regular, size},
    },
};

/// What the row of a study's work was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StudyAction {
    /// Begin the scan, or go on with it.
    Start,
    /// Begin a scan of the same sizes close to the critical temperature.
    StartNearCritical,
    /// Stop the scan that runs.
    Cancel,
    /// Save the points as a table.
    Save,
    /// Open a table of points.
    Open,
}

/// Height of the row, in points.
const ROW: f32 = 44.0;

/// Draws the row that starts and stops a scan, saves its points and opens tables. `can_save` says that no file is being
/// saved. Returns what was asked for.
pub(super) fn work_row_ui(study: &Study, can_save: bool, ui: &mut Ui, t: Texts) -> Option<StudyAction> {
    let tokens = Tokens::of(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if let Some(progress) = study.progress() {
            let width = ui.available_width() - 96.0 - 8.0;
            let text = format!("{:.0} %", 100.0 * progress);
            let bar = egui::ProgressBar::new(progress as f32).desired_width(width).desired_height(ROW);
            ui.add(bar.corner_radius(6).fill(tokens.accbg).text(rich(&text, regular(size::BODY), tokens.text)));
            let cancel = IconButton::new(t.get("cancel")).icon(Icon::Close).tight().min_size(vec2(96.0, ROW));
            if cancel.show(ui).tip(t.get("ising.scan.cancel.tip")).clicked() {
                action = Some(StudyAction::Cancel);
            }
            return;
        }
        let side = 72.0;
        let start = IconButton::new(t.get("ising.scan.start")).icon(Icon::Play).look(Look::Primary).tight();
        let start = start.min_size(vec2(ui.available_width() - 2.0 * (side + 8.0), ROW));
        let start = ui.add_enabled_ui(study.can_start(), |ui| start.show(ui)).inner;
        if start.tip(t.get("ising.scan.start.tip")).clicked() {
            action = Some(StudyAction::Start);
        }
        let save = IconButton::new("CSV").icon(Icon::Down).tight().min_size(vec2(side, ROW));
        let save = ui.add_enabled_ui(can_save && !study.shown().is_empty(), |ui| save.show(ui)).inner;
        if save.tip(t.get("ising.scan.save.tip")).clicked() {
            action = Some(StudyAction::Save);
        }
        let open = IconButton::new(t.get("ising.scan.open")).tight().min_size(vec2(side, ROW)).show(ui);
        if open.tip(t.get("ising.scan.open.tip")).clicked() {
            action = Some(StudyAction::Open);
        }
    });
    action
}

/// Draws what a scan runs.
pub(super) fn scan_controls_ui(scan: &mut ScanSettings, ui: &mut Ui, t: Texts) {
    let gap = 10.0;
    let temperature = |ui: &mut Ui, name: &str, value: &mut f64, default: f64| {
        let slider = BigSlider {
            name,
            symbol: "T",
            shown: numbers::fixed(*value, 2),
            unit: "J/k",
            scale: Scale { low: 0.5, high: 5.0, logarithmic: false },
            default,
            step: 0.05,
            ..BigSlider::plain()
        };
        if slider.show(ui, value).changed() {
            *value = (*value * 100.0).round() / 100.0;
        }
    };
    temperature(ui, t.get("ising.scan.from"), &mut scan.from, 1.6);
    temperature(ui, t.get("ising.scan.to"), &mut scan.to, 3.2);
    if scan.to < scan.from + 0.05 {
        scan.to = scan.from + 0.05;
    }
    ui.add_space(gap);
    let mut count = f64::from(scan.temperatures);
    let slider = BigSlider {
        name: t.get("ising.scan.temperatures"),
        shown: scan.temperatures.to_string(),
        scale: Scale {
            low: f64::from(*TEMPERATURES.start()),
            high: f64::from(*TEMPERATURES.end()),
            logarithmic: false,
        },
        default: 17.0,
        step: 1.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut count).changed() {
        scan.temperatures = count.round() as u32;
    }
    ui.add_space(gap);
    heading(ui, t.get("ising.scan.sizes"), "L");
    for places in [[0, 1, 2], [3, 4, 5]] {
        row_ui(ui, 32.0, &places, |ui, index, size| {
            let name = format!("{0} \u{d7} {0}", SIZES[index]);
            let button = IconButton::new(&name).selected(scan.sizes[index]).tight().min_size(size);
            if button.show(ui).tip(t.get("ising.scan.sizes.tip")).clicked() {
                scan.sizes[index] = !scan.sizes[index];
            }
        });
    }
    if !scan.sizes.contains(&true) {
        note(ui, t.get("ising.scan.no_size"));
    }
    ui.add_space(gap);
    heading(ui, t.get("ising.dynamics"), "");
    let options: Vec<_> = Dynamics::ALL.into_iter().zip(DYNAMICS).map(|(rule, key)| (rule, t.get(key))).collect();
    segmented(ui, &mut scan.dynamics, &options);
    let cluster = matches!(scan.dynamics, Dynamics::Wolff | Dynamics::SwendsenWang);
    note(ui, t.get(if cluster { "ising.scan.clusters.note" } else { "ising.scan.local.note" }));
    ui.add_space(gap);
    let mut sweeps = f64::from(scan.sweeps);
    let slider = BigSlider {
        name: t.get("ising.scan.sweeps"),
        shown: numbers::whole(u64::from(scan.sweeps)),
        scale: Scale { low: f64::from(*SWEEPS.start()), high: f64::from(*SWEEPS.end()), logarithmic: true },
        default: 5000.0,
        step: 1000.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut sweeps).tip(t.get("ising.scan.sweeps.tip")).changed() {
        let digit = 10_f64.powf((sweeps.log10() - 1.0).floor());
        scan.sweeps = ((sweeps / digit).round() * digit) as u32;
    }
    ui.add_space(gap);
    if let Some(seed) = seed_ui(ui, t.get("seed"), scan.seed, t) {
        scan.seed = seed;
    }
}

/// Draws what the curves are scaled with. A fit, where there is one, can be taken over.
pub(super) fn exponents_ui(settings: &mut ScalingSettings, fit: Option<Fit>, ui: &mut Ui, t: Texts) {
    let exact = Exponents::exact();
    let rows = [
        ("ising.scaling.critical", "T_{c}", 0, [2.0, 2.6], exact.critical_temperature, 0.001, 3),
        ("ising.scaling.nu", "ν", 1, [0.5, 2.0], exact.nu, 0.01, 2),
        ("ising.scaling.beta", "β", 2, [0.0, 0.5], exact.beta, 0.005, 3),
        ("ising.scaling.gamma", "γ", 3, [0.5, 3.0], exact.gamma, 0.01, 2),
    ];
    for (key, symbol, index, [low, high], default, step, decimals) in rows {
        let value = &mut settings.exponents[index];
        let slider = BigSlider {
            name: t.get(key),
            symbol,
            shown: numbers::fixed(*value, decimals),
            scale: Scale { low, high, logarithmic: false },
            default,
            step,
            ..BigSlider::plain()
        };
        slider.show(ui, value);
        ui.add_space(8.0);
    }
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 2.0;
        let exactly = IconButton::new(t.get("ising.scaling.exact")).tight().min_size(vec2(width, 36.0));
        if exactly.show(ui).tip(t.get("ising.scaling.exact.tip")).clicked() {
            settings.exponents = [exact.critical_temperature, exact.nu, exact.beta, exact.gamma];
        }
        let fitted = IconButton::new(t.get("ising.scaling.fitted")).tight().min_size(vec2(width, 36.0));
        let fitted = ui.add_enabled_ui(fit.is_some(), |ui| fitted.show(ui)).inner;
        if fitted.tip(t.get("ising.scaling.fitted.tip")).clicked()
            && let Some(fit) = fit
        {
            let nu = 1.0 / fit.inverse_nu.value;
            let values =
                [fit.critical_temperature.value, nu, fit.beta_over_nu.value * nu, fit.gamma_over_nu.value * nu];
            settings.exponents = values;
        }
    });
    note(ui, t.get("ising.scaling.note"));
}
