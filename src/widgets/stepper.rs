//! A stepper: a name, and a value between a minus and a plus.

use egui::{Align, Layout, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    Tokens,
    buttons::IconButton,
    focus,
    icons::Icon,
    rich::{append, rich},
    tip::Tip,
    tokens::{CONTROL_RADIUS, bold, regular, size},
};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Nothing.
    No,
    /// The next lower value.
    Down,
    /// The next higher value.
    Up,
    /// The value that it begins with.
    Default,
}

/// Shows a row with the name at the left and the stepper at the right. Arrow keys step where the value has the keyboard.
pub fn stepper(ui: &mut Ui, name: &str, symbol: &str, shown: &str, tip: &str, words: (&str, &str)) -> Stepped {
    let tokens = Tokens::of(ui);
    let mut stepped = Stepped::No;
    ui.horizontal(|ui| {
        ui.set_min_height(34.0);
        let mut job = rich(name, regular(size::BODY), tokens.text);
        if !symbol.is_empty() {
            append(&mut job, &format!(" {symbol}"), &regular(size::BODY), tokens.t2);
        }
        ui.label(job).tip(tip);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let up = format!("{name}: {}", words.1);
            let plus = IconButton::icon_only(Icon::Plus, &up).min_size(vec2(34.0, 34.0)).show(ui);
            let response = value(ui, name, shown);
            if plus.clicked() {
                stepped = Stepped::Up;
                response.request_focus();
            }
            if response.double_clicked() {
                stepped = Stepped::Default;
            }
            focus::take_when_pressed(ui, &response);
            match focus::arrow_steps(ui, &response) {
                steps if steps > 0.0 => stepped = Stepped::Up,
                steps if steps < 0.0 => stepped = Stepped::Down,
                _ => {}
            }
            let down = format!("{name}: {}", words.0);
            if IconButton::icon_only(Icon::Minus, &down).min_size(vec2(34.0, 34.0)).show(ui).clicked() {
                stepped = Stepped::Down;
                response.request_focus();
            }
            response.tip(tip);
        });
    });
    stepped
}

fn value(ui: &mut Ui, name: &str, shown: &str) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(66.0, 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, format!("{name} {shown}")));
    ui.painter().rect_filled(rect, CONTROL_RADIUS, tokens.panel);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, shown, bold(size::VALUE), tokens.text);
    if response.has_focus() {
        super::buttons::focus_ring(ui, rect.shrink(2.0));
    }
    response
}
