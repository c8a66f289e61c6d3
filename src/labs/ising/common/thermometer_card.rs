//! The card of the thermometer: value, words, tube, three quick temperatures.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::card_in,
        layout::Class,
        numbers, rich,
        slider::typed_value,
        thermometer::Thermometer,
        tokens::{regular, size},
    },
};

/// What the thermometer is of.
pub(in crate::labs::ising) struct Magnet {
    /// T_c in J/k, if there is one that is known.
    pub critical: Option<f64>,
    /// Whether it is known that there is none.
    pub never_orders: bool,
    /// The top of the scale.
    pub hottest: f64,
    /// Whether to say how it is used.
    pub with_tip: bool,
}

/// Draws the card; what it sets is the temperature. Returns whether it was touched.
pub(in crate::labs::ising) fn thermometer_card_ui(
    ui: &mut Ui,
    rect: Rect,
    cx: &PageContext<'_>,
    magnet: &Magnet,
    temperature: &mut f64,
) -> bool {
    let before = *temperature;
    let mut touched = false;
    let Magnet { critical, never_orders, hottest, with_tip } = *magnet;
    card_in(ui, rect, "thermometer", |ui| {
        let tokens = Tokens::of(ui);
        let inner = ui.max_rect().expand2(vec2(6.0, 0.0));
        ui.set_clip_rect(rect);
        let mut column = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Center)));
        let ui = &mut column;
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(rich(cx.texts.get("ising.temperature"), regular(size::BODY), tokens.t2));
        let value_row = Rect::from_min_size(ui.cursor().min, vec2(inner.width(), 36.0));
        ui.allocate_rect(value_row, egui::Sense::hover());
        let mut row = ui.new_child(UiBuilder::new().max_rect(value_row).layout(Layout::left_to_right(Align::Center)));
        row.spacing_mut().item_spacing.x = 3.0;
        row.add_space(((inner.width() - 108.0) / 2.0).max(0.0));
        let id = row.scope_id().with("temperature");
        let shown = numbers::fixed(*temperature, 3);
        let name = cx.texts.get("ising.temperature");
        if let Some(typed) = typed_value(&mut row, id, name, &shown, size::DISPLAY, tokens.text) {
            *temperature = typed.clamp(0.0, hottest);
            touched = true;
        }
        row.label(rich("J/k", regular(size::BODY), tokens.t2));
        ui.label(rich(
            cx.texts.get(words_for(*temperature, critical, never_orders)),
            regular(size::CAPTION),
            tokens.t2,
        ));

        let quick = [
            Some(("ising.quick.cold", "1.0", 1.0)).filter(|_| critical.is_none_or(|critical| critical > 1.2)),
            critical.map(|critical| ("ising.quick.critical", "T_{c}", critical)),
            Some(("ising.quick.hot", "4.0", 4.0)).filter(|_| critical.is_none_or(|critical| critical < 3.8)),
        ];
        let upright = cx.class != Class::Compact;
        let buttons = if upright { 3.0 * 32.0 + 2.0 * 6.0 } else { 34.0 };
        let tube = Rect::from_min_max(ui.cursor().min + vec2(0.0, 8.0), inner.max - vec2(0.0, buttons + 10.0));
        let thermometer = Thermometer {
            name: cx.texts.get("ising.temperature"),
            hottest,
            critical,
            words: [cx.texts.get("ising.disorder"), cx.texts.get("ising.order")],
            step: 0.01,
        };
        let response = thermometer.show(ui, tube, temperature);
        if with_tip {
            response.tip(rich(cx.texts.get("ising.temperature.tip"), regular(size::BODY), tokens.text));
        }

        let row = Rect::from_min_max(inner.max - vec2(inner.width(), buttons), inner.max);
        let layout = if upright { Layout::top_down(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut row = ui.new_child(UiBuilder::new().max_rect(row).layout(layout));
        row.spacing_mut().item_spacing = vec2(4.0, 6.0);
        for (key, short, quick) in quick.into_iter().flatten() {
            let label = if upright { cx.texts.get(key) } else { short };
            let width = if upright { inner.width() } else { (inner.width() - 8.0) / 3.0 };
            let chosen = (*temperature - quick).abs() < 0.0005;
            let button = IconButton::new(label).name(cx.texts.get(key)).tight().selected(chosen);
            if button.min_size(vec2(width, 32.0)).show(&mut row).clicked() {
                *temperature = quick;
                touched = true;
            }
        }
    });
    *temperature != before || touched
}

fn words_for(temperature: f64, critical: Option<f64>, never_orders: bool) -> &'static str {
    match (temperature, critical) {
        (t, _) if t < 0.05 => "ising.at.zero",
        (_, None) if never_orders => "ising.at.never",
        (_, None) => "ising.at.unknown",
        (t, Some(critical)) if (t - critical).abs() < 0.0005 => "ising.at.critical",
        (t, Some(critical)) if (t - critical).abs() < 0.12 => "ising.near.critical",
        (t, Some(critical)) if t < critical => "ising.at.cold",
        _ => "ising.at.hot",
    }
}
