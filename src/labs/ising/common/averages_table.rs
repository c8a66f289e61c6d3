//! The table of averages: values with errors, exact ones beside them, and how long the magnet remembers.

use egui::{Align2, Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::common::live_averages::{Live, Phase},
        kit::PageContext,
    },
    physics::{ising::record::Measured, statistics::Estimate},
    text::Texts,
    widgets::{
        Tokens,
        icons::{self, Icon},
        numbers, rich,
        tokens::{bold, regular, size},
    },
};

struct Row {
    key: &'static str,
    symbol: &'static str,
    value: String,
    exact: String,
}

/// In place of a number without meaning.
const NOTHING: &str = "\u{2013}";

fn estimate(value: Option<Estimate>) -> String {
    value.map_or(NOTHING.to_owned(), |value| numbers::with_error(value.value, value.error))
}

/// What stands beside the averages, ready to read.
#[derive(Default)]
pub(in crate::labs::ising) struct Beside {
    /// What orders: its symbol.
    pub order_symbol: &'static str,
    /// Exact values of e, |m|, C and U; empty where there is none.
    pub exact: [String; 4],
}

fn rows(live: &Live, measured: &Measured, beside: Beside, t: Texts) -> Vec<Row> {
    // Before it has settled, and where the run is too short, errors and memories mean nothing.
    let is_settled = live.phase == Phase::Settled;
    let time = |value: f64| match is_settled {
        true => format!("{} {}", numbers::three_digits(value), t.get("ising.sweeps")),
        false => NOTHING.to_owned(),
    };
    let estimate = |value: Option<Estimate>| {
        estimate(value.map(|value| if is_settled { value } else { Estimate { error: f64::INFINITY, ..value } }))
    };
    let [energy, order, heat, binder] = beside.exact;
    let row = |key, symbol, value, exact| Row { key, symbol, value, exact };
    vec![
        row("ising.measured.energy", "e", estimate(Some(measured.energy)), energy),
        row("ising.measured.order", beside.order_symbol, estimate(Some(measured.abs_magnetization)), order),
        row("ising.measured.heat", "C", estimate(measured.specific_heat), heat),
        row("ising.measured.susceptibility", "χ", estimate(measured.susceptibility), String::new()),
        row("ising.measured.binder", "U", estimate(Some(measured.binder)), binder),
        row("ising.measured.energy_memory", "τ_{e}", time(measured.energy_autocorrelation_time), String::new()),
        row(
            "ising.measured.order_memory",
            "τ_{m}",
            time(measured.abs_magnetization_autocorrelation_time),
            String::new(),
        ),
    ]
}

fn phase(live: &Live, tokens: &Tokens, t: Texts) -> (Icon, Color32, String) {
    let whole = |value: u64| numbers::whole(value);
    match live.phase {
        Phase::Waiting => (Icon::Pause, tokens.t2, t.get("ising.measured.waiting").to_owned()),
        Phase::Settling => {
            (Icon::Warning, tokens.warn, t.fill("ising.measured.settling", &[("sweeps", &whole(live.recorded))]))
        }
        Phase::Short => {
            let used = whole(live.recorded - live.discarded);
            (Icon::Warning, tokens.warn, t.fill("ising.measured.short", &[("sweeps", &used)]))
        }
        Phase::OneSided => {
            let used = whole(live.recorded - live.discarded);
            (Icon::Warning, tokens.warn, t.fill("ising.measured.one_sided", &[("sweeps", &used)]))
        }
        Phase::Frozen => (Icon::Pause, tokens.t2, t.get("ising.measured.frozen").to_owned()),
        Phase::Settled => {
            let (used, cut) = (whole(live.recorded - live.discarded), whole(live.discarded));
            (Icon::Tick, tokens.ok, t.fill("ising.measured.settled", &[("sweeps", &used), ("cut", &cut)]))
        }
    }
}

/// Draws where the measurement stands, and its values.
pub(in crate::labs::ising) fn averages_table_ui(live: &Live, beside: Beside, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let (icon, ink, text) = phase(live, tokens, t);
    icons::paint(
        ui.painter(),
        Rect::from_center_size(pos2(space.left() + 8.0, space.top() + 10.0), Vec2::splat(16.0)),
        icon,
        ink,
    );
    let mut job = rich(&text, regular(size::CAPTION), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(space.width() - 24.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(space.left() + 24.0, space.top() + 1.0), galley, ink);
    let Some(measured) = live.measured else { return };
    let rows = rows(live, &measured, beside, t);
    let dim = matches!(live.phase, Phase::Settling);
    let top = space.top() + 24.0;
    let height = ((space.bottom() - top) / (rows.len() + 1) as f32).clamp(14.0, 30.0);
    // Words, symbol, value and exact value, each in its column; narrow cards leave the words to the tooltip.
    let wide = space.width() > 340.0;
    let symbol_at = space.left() + if wide { space.width() * 0.36 } else { 0.0 };
    let value_at = symbol_at + 34.0;
    let exact_at = space.right();
    let header = [
        (value_at, Align2::LEFT_CENTER, "ising.measured.value"),
        (exact_at, Align2::RIGHT_CENTER, "ising.measured.exact"),
    ];
    for (x, align, key) in header {
        let y = top + height / 2.0;
        ui.painter().text(pos2(x, y), align, t.get(key), regular(size::TICK), tokens.t2);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = top + height * (index + 1) as f32;
        let rect = Rect::from_min_size(pos2(space.left(), y), vec2(space.width(), height));
        let response = ui.allocate_rect(rect, Sense::hover());
        let name = format!("{}: {}", t.get(row.key), row.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        let painter = ui.painter();
        painter.hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, tokens.grid));
        let middle = rect.center().y;
        let put = |x: f32, job: egui::text::LayoutJob, right: bool| {
            let galley = painter.layout_job(job);
            let x = if right { x - galley.size().x } else { x };
            painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, tokens.text);
        };
        if wide {
            let mut job = rich(t.get(row.key), regular(size::CAPTION), tokens.t2);
            job.wrap = egui::text::TextWrapping::truncate_at_width(symbol_at - space.left() - 6.0);
            put(space.left(), job, false);
        }
        put(symbol_at, rich(row.symbol, regular(size::BODY), tokens.t2), false);
        let ink = if dim { tokens.t2 } else { tokens.text };
        put(value_at, rich(&row.value, bold(size::BODY), ink), false);
        put(exact_at, rich(&row.exact, regular(size::CAPTION), tokens.t2), true);
        response.tip(t.get(row.key));
    }
}
