//! The controls column.

use egui::{Rect, ScrollArea, Ui, vec2};

use super::{
    HopfieldLab, Tab, more,
    settings::{BETAS, EXPLAINED, GAINS, HOTTEST, Hidden, Neurons, Order, SPEEDS},
    words,
};
use crate::{
    labs::LabContext,
    physics::hopfield::{Rule, dense::HIGHEST_POWER},
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        card::card_in,
        icons::Icon,
        layout::Class,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, SpeedSlider, heading},
        tokens::{regular, size},
    },
};

/// Draws the column; it scrolls where the window is low.
pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    card_in(ui, rect, "controls", |ui| {
        transport(lab, ui, cx);
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            // Room for the bar, so that it never lies on a value.
            ui.set_max_width(ui.available_width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            let gap = if cx.class == Class::Compact { 6.0 } else { 10.0 };
            rule(lab, ui, cx);
            ui.add_space(gap);
            order(lab, ui, cx);
            ui.add_space(gap);
            spoil(lab, ui, cx);
            ui.add_space(gap);
            speed(lab, ui, cx);
            ui.add_space(gap);
            more::show(lab, ui, cx);
        });
    });
}

fn transport(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let side = (width * 0.25).min(96.0);
        let running = lab.is_running_now();
        let (icon, label) =
            if running { (Icon::Pause, t.get("pause")) } else { (Icon::Play, t.get("hopfield.recall")) };
        let main = IconButton::new(label).icon(icon).key("Space").look(Look::Primary).tight();
        let main = main.min_size(vec2(width - 2.0 * side - 16.0, 44.0));
        if main.show(ui).on_hover_text(t.get("hopfield.recall.tip")).clicked() {
            lab.set_running(!running);
        }
        let step = IconButton::new(t.get("step")).icon(Icon::Step).tight().min_size(vec2(side, 44.0));
        if step.show(ui).on_hover_text(t.get("hopfield.step.tip")).clicked() {
            lab.step(1);
        }
        let again = IconButton::new(t.get("reset")).icon(Icon::Reset).tight().min_size(vec2(side, 44.0));
        if again.show(ui).on_hover_text(t.get("hopfield.reset.tip")).clicked() {
            lab.again();
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 6.0) / 2.0;
        let sweep = IconButton::new(t.get("hopfield.sweep")).tight().min_size(vec2(width, 32.0));
        if sweep.show(ui).on_hover_text(t.get("hopfield.sweep.tip")).clicked() {
            lab.sweep();
        }
        let end = IconButton::new(t.get("hopfield.to_end")).tight().min_size(vec2(width, 32.0));
        if end.show(ui).on_hover_text(t.get("hopfield.to_end.tip")).clicked() {
            lab.to_the_end();
        }
    });
    if let Some(progress) = lab.learning_progress() {
        ui.horizontal(|ui| {
            let tokens = Tokens::of(ui);
            let text = t.fill("hopfield.learn.progress", &[("percent", &format!("{:.0}", 100.0 * progress))]);
            let bar = egui::ProgressBar::new(progress as f32)
                .desired_width(ui.available_width() - 104.0)
                .desired_height(32.0)
                .corner_radius(6)
                .fill(tokens.accbg)
                .text(rich(&text, regular(size::BODY), tokens.text));
            ui.add(bar);
            if IconButton::new(t.get("cancel")).icon(Icon::Close).min_size(vec2(96.0, 32.0)).show(ui).clicked() {
                lab.learning.cancel();
            }
        });
    }
}

fn rule(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let settings = &mut lab.settings;
    heading(ui, t.get("hopfield.rule"), "");
    let modern = settings.neurons == Neurons::Modern;
    let options: Vec<(Rule, &str)> = Rule::ALL
        .into_iter()
        .map(|rule| if matches!(rule, Rule::Polynomial(_)) { Rule::Polynomial(settings.power) } else { rule })
        .map(|rule| (rule, words::rule(rule, t)))
        .collect();
    ui.add_enabled_ui(!modern, |ui| segmented(ui, &mut settings.rule, &options));
    if let Rule::Polynomial(power) = &mut settings.rule
        && !modern
    {
        let mut value = f64::from(*power);
        let slider = BigSlider {
            name: t.get("hopfield.power"),
            symbol: "n",
            shown: power.to_string(),
            scale: Scale { low: 2.0, high: f64::from(HIGHEST_POWER), logarithmic: false },
            default: 3.0,
            ..BigSlider::plain()
        };
        if slider.show(ui, &mut value).on_hover_text(t.get("hopfield.power.tip")).changed() {
            *power = value.round() as u32;
            settings.power = *power;
        }
    }
    let key = match settings.rule {
        _ if modern => "hopfield.rule.modern.note",
        _ if settings.neurons == Neurons::Graded && !has_symmetric_weights(settings.rule) => {
            "hopfield.rule.graded.note"
        }
        Rule::Hebb => "hopfield.rule.hebb.note",
        Rule::Covariance => "hopfield.rule.covariance.note",
        Rule::Storkey => "hopfield.rule.storkey.note",
        Rule::PseudoInverse => "hopfield.rule.projection.note",
        Rule::Perceptron => "hopfield.rule.perceptron.note",
        Rule::Polynomial(_) => "hopfield.rule.polynomial.note",
        Rule::Exponential => "hopfield.rule.exponential.note",
    };
    note(ui, t.get(key));
}

fn has_symmetric_weights(rule: Rule) -> bool {
    matches!(rule, Rule::Hebb | Rule::Covariance | Rule::Storkey | Rule::PseudoInverse)
}

fn order(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    match lab.settings.neurons {
        Neurons::OnOff => {
            heading(ui, t.get("hopfield.order"), "");
            let names = [
                "hopfield.order.random",
                "hopfield.order.rows",
                "hopfield.order.all",
                "hopfield.order.noisy",
                "hopfield.order.annealed",
            ];
            let options: Vec<(Order, &str)> = Order::ALL.into_iter().zip(names.map(|key| t.get(key))).collect();
            if segmented(ui, &mut lab.settings.order, &options) && lab.settings.order.has_noise() {
                // The map shows what the noise does, beside its slider.
                lab.folds.side = Tab::Phase;
            }
            note(ui, t.get(words::order_note(lab.settings.order)));
            ui.add_enabled_ui(lab.settings.order.has_noise(), |ui| temperature(lab, ui, cx));
        }
        Neurons::Graded => {
            let slider = BigSlider {
                name: t.get("hopfield.gain"),
                symbol: "g",
                shown: numbers::three_digits(lab.settings.gain),
                ends: Some((t.get("hopfield.gain.soft"), t.get("hopfield.gain.hard"))),
                scale: Scale { low: *GAINS.start(), high: *GAINS.end(), logarithmic: true },
                default: 10.0,
                ..BigSlider::plain()
            };
            slider.show(ui, &mut lab.settings.gain).on_hover_text(t.get("hopfield.gain.tip"));
        }
        Neurons::Modern => {
            let slider = BigSlider {
                name: t.get("hopfield.beta"),
                symbol: "β",
                shown: numbers::fixed(lab.settings.beta, 3),
                ends: Some((t.get("hopfield.beta.blend"), t.get("hopfield.beta.one"))),
                scale: Scale { low: *BETAS.start(), high: *BETAS.end(), logarithmic: true },
                default: 0.03,
                ..BigSlider::plain()
            };
            slider.show(ui, &mut lab.settings.beta).on_hover_text(t.get("hopfield.beta.tip"));
        }
    }
}

fn temperature(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let slider = BigSlider {
        name: t.get("hopfield.temperature"),
        symbol: "T",
        shown: numbers::fixed(lab.settings.temperature, 2),
        ends: Some((t.get("hopfield.temperature.calm"), t.get("hopfield.temperature.wild"))),
        scale: Scale { low: 0.0, high: HOTTEST, logarithmic: false },
        default: 0.4,
        step: 0.01,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut lab.settings.temperature).on_hover_text(t.get("hopfield.temperature.tip"));
}

fn spoil(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let mut percent = 100.0 * lab.settings.noise;
    let slider = BigSlider {
        name: t.get("hopfield.spoil"),
        shown: format!("{percent:.0} %"),
        ends: Some((t.get("hopfield.spoil.clean"), t.get("hopfield.spoil.half"))),
        scale: Scale { low: 0.0, high: 50.0, logarithmic: false },
        default: 0.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut percent).on_hover_text(t.get("hopfield.spoil.tip")).changed() {
        lab.spoil(|settings| settings.noise = percent.round() / 100.0);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let again = IconButton::new(t.get("hopfield.spoil.again")).icon(Icon::Noise).tight();
        let width = ui.available_width() - 4.0 * 40.0;
        if again.min_size(vec2(width, 34.0)).show(ui).on_hover_text(t.get("hopfield.spoil.again.tip")).clicked() {
            lab.spoil_once(|settings| {
                settings.noise_seed = settings.noise_seed.wrapping_add(1);
                if settings.noise == 0.0 {
                    settings.noise = 0.2;
                }
            });
        }
        let halves = [
            (Hidden::Left, "hopfield.hide.left"),
            (Hidden::Right, "hopfield.hide.right"),
            (Hidden::Top, "hopfield.hide.top"),
            (Hidden::Bottom, "hopfield.hide.bottom"),
        ];
        for (half, key) in halves {
            let button = IconButton::new("").name(t.get(key)).selected(lab.settings.hidden == half).tight();
            let response =
                button.min_size(vec2(34.0, 34.0)).show_with(ui, |painter, rect| half_picture(painter, rect, half));
            if response.on_hover_text(t.get(key)).clicked() {
                lab.spoil_once(|settings| settings.hidden = if settings.hidden == half { Hidden::None } else { half });
            }
        }
    });
}

/// A square with one half hidden.
fn half_picture(painter: &egui::Painter, rect: Rect, half: Hidden) {
    use crate::widgets::tokens::{SPIN_DOWN, SPIN_UP};
    painter.rect_filled(rect, 2, SPIN_UP);
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    let middle = rect.center();
    let hidden = match half {
        Hidden::None => return,
        Hidden::Left => [left, top, middle.x, bottom],
        Hidden::Right => [middle.x, top, right, bottom],
        Hidden::Top => [left, top, right, middle.y],
        Hidden::Bottom => [left, middle.y, right, bottom],
    };
    let [left, top, right, bottom] = hidden;
    painter.rect_filled(Rect::from_min_max(egui::pos2(left, top), egui::pos2(right, bottom)), 1, SPIN_DOWN);
}

fn speed(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let slider = SpeedSlider {
        name: t.get("speed"),
        unit: t.get("hopfield.speed.unit"),
        unlimited: t.get("speed.unlimited"),
        ends: (t.get("slow"), t.get("fast")),
        range: SPEEDS,
        default: 250.0,
    };
    slider.show(ui, &mut lab.settings.speed).on_hover_text(t.get("hopfield.speed.tip"));
    if lab.settings.neurons == Neurons::OnOff && lab.settings.speed.is_some_and(|speed| speed <= EXPLAINED) {
        note(ui, t.get("hopfield.speed.explained"));
    }
}
