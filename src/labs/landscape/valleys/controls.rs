//! The controls of the page of valleys.

use egui::Ui;

use super::{
    bonds,
    captions::{SWEEPS_TO_OPEN, opened_height},
    settings::{DEEPEST_HIDDEN, FEWEST_SPINS, HOTTEST, Kind, MOST_MEMORIES, Plan, SWEEPS, ValleysSettings},
    walk::Walk,
    work::Work,
};
use crate::{
    labs::kit::{
        PageContext,
        controls::{Transport, group_gap, progress_ui, row_ui, seed_ui, stepper_ui, transport_row_ui},
    },
    physics::landscape::{couplings::MOST_SPINS, starts::Cooling},
    text::Texts,
    widgets::{
        buttons::{IconButton, segmented},
        layout::Class,
        numbers,
        rich::note,
        slider::{BigSlider, Scale, heading},
        tip::Tip,
    },
};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ControlAction {
    /// Walk the way, or pause.
    Walk,
    /// One flip on.
    Step,
    /// To the beginning of the way.
    Reset,
    /// Add starts.
    Start(Cooling),
    /// Give the starts up.
    Cancel,
}

/// Draws the row that walks the way.
pub(super) fn walk_row_ui(work: &Work, ui: &mut Ui, t: Texts) -> Option<ControlAction> {
    let is_walking = work.walk.as_ref().is_some_and(Walk::is_walking);
    let tips = [t.get("valleys.walk.tip"), t.get("valleys.step.tip"), t.get("valleys.reset.tip")];
    Some(match transport_row_ui(ui, is_walking, t.get("valleys.walk"), tips, t)? {
        Transport::Toggle => ControlAction::Walk,
        Transport::Step => ControlAction::Step,
        Transport::Reset => ControlAction::Reset,
    })
}

/// Draws everything under it.
pub(super) fn controls_ui(
    settings: &mut ValleysSettings,
    work: &Work,
    now: f64,
    ui: &mut Ui,
    cx: &PageContext<'_>,
) -> Option<ControlAction> {
    let gap = group_gap(cx.class);
    plan_ui(&mut settings.plan, ui, cx.texts);
    ui.add_space(gap);
    hidden_ui(settings, ui, cx.texts);
    ui.add_space(gap);
    let action = starts_ui(settings, work, now, ui, cx.texts);
    ui.add_space(gap);
    heat_ui(settings, work, ui, cx.texts);
    if cx.class != Class::Compact
        && let Some(explored) = &work.explored
    {
        ui.add_space(gap);
        bonds::bonds_ui(explored, 176.0, ui, cx);
    }
    action
}

fn plan_ui(plan: &mut Plan, ui: &mut Ui, t: Texts) {
    heading(ui, t.get("valleys.kind"), "");
    segmented(ui, &mut plan.kind, &Kind::ALL.map(|kind| (kind, t.get(kind.words()[0]))));
    note(ui, t.get(plan.kind.words()[1]));
    ui.add_space(4.0);
    if plan.kind.is_on_a_torus() {
        let words = [t.get("valleys.rows"), "", t.get("valleys.rows.tip")];
        stepper_ui(ui, &mut plan.rows, words, &[4, 5], 4, t);
    } else {
        let words = [t.get("valleys.spins"), "N", t.get("valleys.spins.tip")];
        let numbers: Vec<u32> = (FEWEST_SPINS..=MOST_SPINS as u32).collect();
        stepper_ui(ui, &mut plan.spins, words, &numbers, 16, t);
    }
    if plan.kind == Kind::Memories {
        let words = [t.get("valleys.memories"), "P", t.get("valleys.memories.tip")];
        let numbers: Vec<u32> = (1..=MOST_MEMORIES).collect();
        stepper_ui(ui, &mut plan.memories, words, &numbers, 2, t);
    }
    if plan.kind.is_random()
        && let Some(seed) = seed_ui(ui, t.get("seed"), plan.seed, t)
    {
        plan.seed = seed;
    }
}

fn hidden_ui(settings: &mut ValleysSettings, ui: &mut Ui, t: Texts) {
    let slider = BigSlider {
        name: t.get("valleys.hide"),
        shown: numbers::fixed(settings.hidden_below, 3),
        unit: "J",
        ends: Some((t.get("valleys.hide.none"), t.get("valleys.hide.most"))),
        scale: Scale { low: 0.0, high: DEEPEST_HIDDEN, logarithmic: false },
        step: 0.002,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut settings.hidden_below).tip(t.get("valleys.hide.tip"));
}

fn starts_ui(settings: &mut ValleysSettings, work: &Work, now: f64, ui: &mut Ui, t: Texts) -> Option<ControlAction> {
    let mut sweeps = f64::from(settings.sweeps);
    let slider = BigSlider {
        name: t.get("valleys.cooling"),
        shown: numbers::whole(u64::from(settings.sweeps)),
        unit: t.get("valleys.cooling.unit"),
        ends: Some((t.get("valleys.cooling.fast"), t.get("valleys.cooling.slow"))),
        scale: Scale { low: f64::from(*SWEEPS.start()), high: f64::from(*SWEEPS.end()), logarithmic: true },
        default: 100.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut sweeps).tip(t.get("valleys.cooling.tip")).changed() {
        // Two digits are as many as a person would say.
        let digit = 10_f64.powf((sweeps.log10() - 1.0).floor().max(0.0));
        let rounded = ((sweeps / digit).round() * digit) as u32;
        // An arrow key goes on by one at least.
        let before = settings.sweeps;
        settings.sweeps = match (rounded == before, sweeps > f64::from(before)) {
            (false, _) => rounded,
            (true, true) => (before + 1).min(*SWEEPS.end()),
            (true, false) => before.saturating_sub(1).max(*SWEEPS.start()),
        };
    }
    if let Some(done) = work.starts_progress(now) {
        let text = format!("{:.0} %", 100.0 * done);
        return progress_ui(ui, &text, done, t).then_some(ControlAction::Cancel);
    }
    let slow = Cooling::Slow { sweeps: settings.sweeps };
    let faces = [("valleys.cool", "valleys.cool.tip", slow), ("valleys.quench", "valleys.quench.tip", Cooling::Quench)];
    let can_start = work.explored.is_some() && !work.is_starting();
    let mut action = None;
    row_ui(ui, 36.0, &faces, |ui, (key, tip, cooling), size| {
        let button = IconButton::new(t.get(key)).tight().min_size(size);
        let response = ui.add_enabled_ui(can_start, |ui| button.show(ui)).inner;
        if response.tip(t.get(tip)).clicked() {
            action = Some(ControlAction::Start(cooling));
        }
    });
    action
}

fn heat_ui(settings: &mut ValleysSettings, work: &Work, ui: &mut Ui, t: Texts) {
    let slider = BigSlider {
        name: t.get("valleys.heat"),
        symbol: "T",
        shown: numbers::fixed(settings.temperature, 2),
        unit: "J/k",
        scale: Scale { low: 0.0, high: HOTTEST, logarithmic: false },
        step: 0.01,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut settings.temperature).tip(t.get("valleys.heat.tip"));
    let Some(explored) = work.explored.as_ref().filter(|_| settings.temperature > 0.0) else {
        return note(ui, t.get("valleys.heat.note"));
    };
    let height = numbers::fixed(opened_height(settings.temperature) / explored.spins() as f64, 3);
    let sweeps = numbers::whole(u64::from(SWEEPS_TO_OPEN));
    note(ui, &t.fill("valleys.heat.opens", &[("height", &height), ("sweeps", &sweeps)]));
}
