//! The card of the thermometer: value, words, tube, three quick temperatures.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{IsingLab, settings::HOTTEST};
use crate::{
    labs::LabContext,
    physics::ising::exact,
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

/// Draws the card; what it sets is the temperature.
pub(super) fn show(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    let before = lab.settings.temperature;
    let mut touched = false;
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
        let shown = numbers::fixed(lab.settings.temperature, 3);
        let name = cx.texts.get("ising.temperature");
        if let Some(typed) = typed_value(&mut row, id, name, &shown, size::DISPLAY, tokens.text) {
            lab.settings.temperature = typed.clamp(0.0, HOTTEST);
            touched = true;
        }
        row.label(rich("J/k", regular(size::BODY), tokens.t2));
        ui.label(rich(cx.texts.get(words_for(lab.settings.temperature)), regular(size::CAPTION), tokens.t2));

        let quick = [
            ("ising.quick.cold", "1.0", 1.0),
            ("ising.quick.critical", "T_{c}", exact::critical_temperature()),
            ("ising.quick.hot", "4.0", 4.0),
        ];
        let upright = cx.class != Class::Compact;
        let buttons = if upright { 3.0 * 32.0 + 2.0 * 6.0 } else { 34.0 };
        let tube = Rect::from_min_max(ui.cursor().min + vec2(0.0, 8.0), inner.max - vec2(0.0, buttons + 10.0));
        let thermometer = Thermometer {
            name: cx.texts.get("ising.temperature"),
            hottest: HOTTEST,
            critical: exact::critical_temperature(),
            words: [cx.texts.get("ising.disorder"), cx.texts.get("ising.order")],
            step: 0.01,
        };
        let response = thermometer.show(ui, tube, &mut lab.settings.temperature);
        if lab.folds.met_thermometer {
            response.on_hover_text(rich(cx.texts.get("ising.temperature.tip"), regular(size::BODY), tokens.text));
        }

        let row = Rect::from_min_max(inner.max - vec2(inner.width(), buttons), inner.max);
        let layout = if upright { Layout::top_down(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut row = ui.new_child(UiBuilder::new().max_rect(row).layout(layout));
        row.spacing_mut().item_spacing = vec2(4.0, 6.0);
        for (key, short, temperature) in quick {
            let label = if upright { cx.texts.get(key) } else { short };
            let width = if upright { inner.width() } else { (inner.width() - 8.0) / 3.0 };
            let chosen = (lab.settings.temperature - temperature).abs() < 0.0005;
            let button = IconButton::new(label).name(cx.texts.get(key)).tight().selected(chosen);
            if button.min_size(vec2(width, 32.0)).show(&mut row).clicked() {
                lab.settings.temperature = temperature;
                touched = true;
            }
        }
    });
    if lab.settings.temperature != before || touched {
        lab.folds.met_thermometer = true;
        lab.take_the_knob();
    }
}

fn words_for(temperature: f64) -> &'static str {
    let critical = exact::critical_temperature();
    match temperature {
        t if (t - critical).abs() < 0.0005 => "ising.at.critical",
        t if t < 0.05 => "ising.at.zero",
        t if (t - critical).abs() < 0.12 => "ising.near.critical",
        t if t < critical => "ising.at.cold",
        _ => "ising.at.hot",
    }
}
