//! The controls column.

use egui::{Rect, Ui, vec2};

use super::{
    advanced, captions,
    look::Tab,
    scene::{Action, Scene},
    settings::{BETAS, EXPLAINED, GAINS, HOTTEST, Neurons, Occlusion, Order, SPEEDS},
};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{
        PageContext,
        controls::{TransportButton, column_ui, group_gap, progress_ui, row_ui, transport_ui},
    },
    physics::hopfield::{Rule, dense::HIGHEST_POWER},
    text::Texts,
    widgets::{
        buttons::{IconButton, segmented},
        icons::Icon,
        layout::Class,
        numbers,
        rich::note,
        slider::{BigSlider, Scale, SpeedSlider, heading},
    },
};

/// Draws the column of controls, and notes in the scene what was done with them.
pub(super) fn controls_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, cx: &mut PageContext<'_>) {
    let gap = group_gap(cx.class) + 1.0;
    let (t, is_compact) = (cx.texts, cx.class == Class::Compact);
    column_ui(
        ui,
        rect,
        scene,
        |ui, scene| transport_row_ui(scene, ui, t),
        |ui, scene| {
            // What is needed in the first minute is on screen, however low the window is.
            if is_compact {
                corruption_ui(scene, ui, cx);
                ui.add_space(gap);
            }
            rule_ui(scene, ui, cx);
            ui.add_space(gap);
            order_ui(scene, ui, cx);
            ui.add_space(gap);
            if !is_compact {
                corruption_ui(scene, ui, cx);
                ui.add_space(gap);
            }
            speed_ui(scene, ui, cx);
            ui.add_space(gap);
            advanced::advanced_ui(scene, ui, cx);
        },
    );
}

fn transport_row_ui(scene: &mut Scene<'_>, ui: &mut Ui, t: Texts) {
    let running = scene.is_running;
    let (icon, label) = if running { (Icon::Pause, t.get("pause")) } else { (Icon::Play, t.get("hopfield.recall")) };
    let main = TransportButton { icon, label, tip: t.get("hopfield.recall.tip") };
    let step = TransportButton { icon: Icon::Step, label: t.get("step"), tip: t.get("hopfield.step.tip") };
    let again = TransportButton { icon: Icon::Reset, label: t.get("reset"), tip: t.get("hopfield.reset.tip") };
    match transport_ui(ui, &main, &[step, again]) {
        Some(0) => scene.act(Action::Recall(!running)),
        Some(1) => scene.act(Action::Step),
        Some(_) => scene.act(Action::Again),
        None => {}
    }
    let farther = [
        ("hopfield.sweep", "hopfield.sweep.tip", Action::Sweep),
        ("hopfield.to_end", "hopfield.to_end.tip", Action::ToTheEnd),
    ];
    row_ui(ui, 32.0, &[0, 1], |ui, place: usize, size| {
        let (label, tip, action) = &farther[place];
        if IconButton::new(t.get(label)).tight().min_size(size).show(ui).tip(t.get(tip)).clicked() {
            scene.act(action.clone());
        }
    });
    if let Some(done) = scene.learning_progress {
        let text = t.fill("hopfield.learn.progress", &[("percent", &format!("{:.0}", 100.0 * done))]);
        if progress_ui(ui, &text, done, t) {
            scene.act(Action::CancelLearning);
        }
    }
}

fn rule_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let settings = &mut *scene.settings;
    heading(ui, t.get("hopfield.rule"), "");
    let modern = settings.neurons == Neurons::Modern;
    let options: Vec<(Rule, &str)> = Rule::ALL
        .into_iter()
        .map(|rule| if matches!(rule, Rule::Polynomial(_)) { Rule::Polynomial(settings.power) } else { rule })
        .map(|rule| (rule, captions::rule(rule, t)))
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
        if slider.show(ui, &mut value).tip(t.get("hopfield.power.tip")).changed() {
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

fn order_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    match scene.settings.neurons {
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
            if segmented(ui, &mut scene.settings.order, &options) && scene.settings.order.has_noise() {
                // The map shows what the noise does, beside its slider.
                scene.look.side = Tab::Phase;
            }
            note(ui, t.get(captions::order_note(scene.settings.order)));
            ui.add_enabled_ui(scene.settings.order.has_noise(), |ui| temperature_ui(scene, ui, cx));
        }
        Neurons::Graded => {
            let slider = BigSlider {
                name: t.get("hopfield.gain"),
                symbol: "g",
                shown: numbers::three_digits(scene.settings.gain),
                ends: Some((t.get("hopfield.gain.soft"), t.get("hopfield.gain.hard"))),
                scale: Scale { low: *GAINS.start(), high: *GAINS.end(), logarithmic: true },
                default: 10.0,
                ..BigSlider::plain()
            };
            slider.show(ui, &mut scene.settings.gain).tip(t.get("hopfield.gain.tip"));
        }
        Neurons::Modern => {
            let slider = BigSlider {
                name: t.get("hopfield.beta"),
                symbol: "β",
                shown: numbers::fixed(scene.settings.beta, 3),
                ends: Some((t.get("hopfield.beta.blend"), t.get("hopfield.beta.one"))),
                scale: Scale { low: *BETAS.start(), high: *BETAS.end(), logarithmic: true },
                default: 0.03,
                ..BigSlider::plain()
            };
            slider.show(ui, &mut scene.settings.beta).tip(t.get("hopfield.beta.tip"));
        }
    }
}

fn temperature_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let slider = BigSlider {
        name: t.get("hopfield.temperature"),
        symbol: "T",
        shown: numbers::fixed(scene.settings.temperature, 2),
        ends: Some((t.get("hopfield.temperature.calm"), t.get("hopfield.temperature.wild"))),
        scale: Scale { low: 0.0, high: HOTTEST, logarithmic: false },
        default: 0.4,
        step: 0.01,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut scene.settings.temperature).tip(t.get("hopfield.temperature.tip"));
}

fn corruption_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let mut percent = 100.0 * scene.settings.noise;
    let slider = BigSlider {
        name: t.get("hopfield.spoil"),
        shown: format!("{percent:.0} %"),
        ends: Some((t.get("hopfield.spoil.clean"), t.get("hopfield.spoil.half"))),
        scale: Scale { low: 0.0, high: 50.0, logarithmic: false },
        default: 0.0,
        ..BigSlider::plain()
    };
    if slider.show(ui, &mut percent).tip(t.get("hopfield.spoil.tip")).changed() {
        scene.act(Action::Corrupt(percent.round() / 100.0));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let again = IconButton::new(t.get("hopfield.spoil.again")).icon(Icon::Noise).tight();
        let width = ui.available_width() - 4.0 * 40.0;
        if again.min_size(vec2(width, 34.0)).show(ui).tip(t.get("hopfield.spoil.again.tip")).clicked() {
            scene.act(Action::CorruptAnew);
        }
        let halves = [
            (Occlusion::Left, "hopfield.hide.left"),
            (Occlusion::Right, "hopfield.hide.right"),
            (Occlusion::Top, "hopfield.hide.top"),
            (Occlusion::Bottom, "hopfield.hide.bottom"),
        ];
        for (half, key) in halves {
            let button = IconButton::new("").name(t.get(key)).selected(scene.settings.hidden == half).tight();
            let response =
                button.min_size(vec2(34.0, 34.0)).show_with(ui, |painter, rect| occlusion_picture(painter, rect, half));
            if response.tip(t.get(key)).clicked() {
                scene.act(Action::Occlude(half));
            }
        }
    });
}

/// Paints a square with one half hidden.
fn occlusion_picture(painter: &egui::Painter, rect: Rect, half: Occlusion) {
    use crate::widgets::tokens::{SPIN_DOWN, SPIN_UP};
    painter.rect_filled(rect, 2, SPIN_UP);
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    let middle = rect.center();
    let hidden = match half {
        Occlusion::None => return,
        Occlusion::Left => [left, top, middle.x, bottom],
        Occlusion::Right => [middle.x, top, right, bottom],
        Occlusion::Top => [left, top, right, middle.y],
        Occlusion::Bottom => [left, middle.y, right, bottom],
    };
    let [left, top, right, bottom] = hidden;
    painter.rect_filled(Rect::from_min_max(egui::pos2(left, top), egui::pos2(right, bottom)), 1, SPIN_DOWN);
}

fn speed_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let slider = SpeedSlider {
        name: t.get("speed"),
        unit: t.get("hopfield.speed.unit"),
        unlimited: t.get("speed.unlimited"),
        ends: (t.get("slow"), t.get("fast")),
        range: SPEEDS,
        default: 250.0,
    };
    slider.show(ui, &mut scene.run.speed).tip(t.get("hopfield.speed.tip"));
    if scene.settings.neurons == Neurons::OnOff && scene.run.speed.is_some_and(|speed| speed <= EXPLAINED) {
        note(ui, t.get("hopfield.speed.explained"));
    }
}
