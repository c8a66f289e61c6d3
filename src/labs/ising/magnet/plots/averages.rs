//! The table of averages of the square magnet, with exact values beside them.

use egui::Ui;

use crate::{
    labs::{
        ising::{
            common::{
                averages_table::{Beside, averages_table_ui},
                known_torus::KnownTorus,
            },
            magnet::frame::MagnetFrame,
        },
        kit::PageContext,
    },
    physics::ising::exact::{self, FiniteTorus},
    widgets::numbers,
};

/// U at the critical point of an endless square torus (Kamieniarz and Blöte 1993).
const CRITICAL_BINDER: f64 = 0.610_690;

fn beside(frame: &MagnetFrame, torus: Option<FiniteTorus>) -> Beside {
    let settings = &frame.settings;
    let exactly = |value: Option<f64>| value.map_or(String::new(), |value| numbers::fixed(value, 5));
    let cold = torus.is_some() && settings.temperature < exact::critical_temperature();
    let at_critical = torus.is_some() && settings.is_critical();
    let endless = |value: String| if value.is_empty() { value } else { format!("{value} ∞") };
    Beside {
        order_symbol: if settings.is_staggered() { "|m_{s}|" } else { "|m|" },
        exact: [
            exactly(torus.map(|torus| torus.energy)),
            endless(exactly(cold.then(|| exact::spontaneous_magnetization(settings.temperature)))),
            exactly(torus.map(|torus| torus.specific_heat)),
            endless(exactly(at_critical.then_some(CRITICAL_BINDER))),
        ],
    }
}

/// Draws the table of averages with their errors beside the exact values.
pub(super) fn averages_ui(frame: &MagnetFrame, known: &mut KnownTorus, ui: &mut Ui, cx: &PageContext<'_>) {
    let settings = &frame.settings;
    let torus = (settings.field == 0.0 && settings.temperature > 0.0 && frame.pinned == 0)
        .then(|| known.at(settings.size, settings.temperature));
    averages_table_ui(&frame.live, beside(frame, torus), ui, cx);
}
