//! A slider with its name, its live value, words at both ends, and a value that can be typed.

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Id, Rect, Response, Sense, Ui, WidgetInfo, accesskit, pos2, vec2,
};

pub use super::typed::typed_value;
use super::{
    focus, numbers,
    rich::plain,
    tokens::{Tokens, bold, regular, size},
};

const TRACK: f32 = 6.0;
const KNOB: f32 = 18.0;

/// How values lie along the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Value at the left end.
    pub low: f64,
    /// Value at the right end.
    pub high: f64,
    /// Equal ratios, not equal differences, are equally long.
    pub logarithmic: bool,
}

impl Scale {
    /// Place of a value, 0 to 1.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        let place = if self.logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        place.clamp(0.0, 1.0)
    }

    /// Value at a place.
    #[must_use]
    pub fn value(&self, place: f64) -> f64 {
        let place = place.clamp(0.0, 1.0);
        if self.logarithmic {
            self.low * (self.high / self.low).powf(place)
        } else {
            self.low + (self.high - self.low) * place
        }
    }
}

/// A slider.
pub struct BigSlider<'a> {
    /// Its name, in plain words.
    pub name: &'a str,
    /// The symbol after the name.
    pub symbol: &'a str,
    /// The live value.
    pub shown: String,
    /// Its unit.
    pub unit: &'a str,
    /// Words at both ends.
    pub ends: Option<(&'a str, &'a str)>,
    /// How values lie.
    pub scale: Scale,
    /// Double-click goes here.
    pub default: f64,
    /// An arrow key goes this far (in place on a logarithmic scale: hundredths).
    pub step: f64,
    /// Fills from this value; for sliders around zero.
    pub centre: Option<f64>,
    /// Pointer positions this close to the centre snap to it, in places.
    pub detent: f64,
}

impl BigSlider<'_> {
    /// The ground for sliders from 0 to 1 without extras, to be filled in with `..`.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            name: "",
            symbol: "",
            shown: String::new(),
            unit: "",
            ends: None,
            scale: Scale { low: 0.0, high: 1.0, logarithmic: false },
            default: 0.0,
            step: 1.0,
            centre: None,
            detent: 0.0,
        }
    }

    /// Shows it. The response says whether the value changed.
    pub fn show(self, ui: &mut Ui, value: &mut f64) -> Response {
        let tokens = Tokens::of(ui);
        let enabled = ui.is_enabled();
        let ink = if enabled { tokens.text } else { tokens.t3 };
        let mut typed = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(title_regular(self.name, self.symbol, ink, tokens.t2));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if !self.unit.is_empty() {
                    ui.label(egui::RichText::new(self.unit).size(size::CAPTION).color(tokens.t2));
                }
                typed = typed_value(ui, ui.scope_id().with(self.name), self.name, &self.shown, size::VALUE, ink);
            });
        });
        let (rect, mut response) =
            ui.allocate_exact_size(vec2(ui.available_width(), KNOB + 4.0), Sense::click_and_drag());
        response = {
            let name = plain(self.name);
            response.widget_info(|| WidgetInfo::slider(enabled, *value, &name));
            focus::take_when_pressed(ui, &response);
            let before = *value;
            if let Some(typed) = typed {
                *value = typed.clamp(self.scale.low.min(self.scale.high), self.scale.high.max(self.scale.low));
            }
            self.drag(rect, &response, value);
            self.nudge(ui, &response, value);
            if response.double_clicked() {
                *value = self.default;
            }
            if *value != before {
                response.mark_changed();
            }
            response.on_hover_cursor(CursorIcon::PointingHand)
        };
        self.paint(ui, rect, &response, *value);
        if let Some((low, high)) = self.ends {
            let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
            let words =
                [(row.left_center(), Align2::LEFT_CENTER, low), (row.right_center(), Align2::RIGHT_CENTER, high)];
            for (at, align, word) in words {
                ui.painter().text(at, align, word, regular(size::CAPTION), tokens.t2);
            }
        }
        response
    }

    fn drag(&self, rect: Rect, response: &Response, value: &mut f64) {
        if !(response.dragged() || response.clicked() || response.is_pointer_button_down_on()) {
            return;
        }
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let (left, right) = (rect.left() + KNOB / 2.0, rect.right() - KNOB / 2.0);
        let place = f64::from((pointer.x - left) / (right - left));
        *value = match self.centre {
            Some(centre) if (place - self.scale.place(centre)).abs() < self.detent => centre,
            _ => self.scale.value(place),
        };
    }

    fn nudge(&self, ui: &Ui, response: &Response, value: &mut f64) {
        let steps = focus::arrow_steps(ui, response);
        if steps != 0.0 {
            *value = if self.scale.logarithmic {
                self.scale.value(self.scale.place(*value) + 0.01 * steps)
            } else {
                // Onto the grid of the step, so that 0.30 is not 0.30000000000000004.
                let moved = ((*value / self.step).round() + steps) * self.step;
                moved.clamp(self.scale.low, self.scale.high)
            };
        }
        if let Some(wanted) = requested_value(ui, response.id) {
            *value = wanted.clamp(self.scale.low, self.scale.high);
        }
        let (low, high) = (self.scale.low, self.scale.high);
        describe_range(ui, response.id, low, high);
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, value: f64) {
        let tokens = Tokens::of(ui);
        let (left, right) = (rect.left() + KNOB / 2.0, rect.right() - KNOB / 2.0);
        let at = |value: f64| left + (right - left) * self.scale.place(value) as f32;
        let y = rect.center().y;
        let track = Rect::from_min_max(pos2(rect.left(), y - TRACK / 2.0), pos2(rect.right(), y + TRACK / 2.0));
        let painter = ui.painter();
        let round = CornerRadius::same(3);
        painter.rect_filled(track, round, tokens.ctl);
        let knob_x = at(value);
        if ui.is_enabled() {
            let from = self.centre.map_or(track.left(), at);
            let fill = Rect::from_x_y_ranges(from.min(knob_x)..=from.max(knob_x), track.y_range());
            painter.rect_filled(fill, round, tokens.acc);
            if let Some(centre) = self.centre {
                let tick = Rect::from_center_size(pos2(at(centre), y), vec2(2.0, 12.0));
                painter.rect_filled(tick, 0.0, tokens.edge);
            }
        }
        let knob = if ui.is_enabled() { tokens.text } else { tokens.t3 };
        painter.circle(pos2(knob_x, y), KNOB / 2.0, knob, egui::Stroke::new(1.0, tokens.card));
        if response.has_focus() {
            super::buttons::focus_ring(ui, Rect::from_center_size(pos2(knob_x, y), vec2(KNOB, KNOB)));
        }
    }
}

fn title_regular(name: &str, symbol: &str, ink: Color32, second: Color32) -> egui::text::LayoutJob {
    let mut job = super::rich(name, regular(size::BODY), ink);
    if !symbol.is_empty() {
        super::rich::append(&mut job, " ", &regular(size::BODY), second);
        super::rich::append(&mut job, symbol, &regular(size::BODY), second);
    }
    job
}

/// A value that a screen reader asked for.
#[must_use]
pub fn requested_value(ui: &Ui, id: Id) -> Option<f64> {
    ui.input(|input| {
        let requests = input.accesskit_action_requests(id, accesskit::Action::SetValue);
        let values = requests.filter_map(|request| match request.data {
            Some(accesskit::ActionData::NumericValue(value)) => Some(value),
            _ => None,
        });
        values.last()
    })
}

/// Tells a screen reader the range of a slider and what can be done with it.
pub fn describe_range(ui: &Ui, id: Id, low: f64, high: f64) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(low);
        node.set_max_numeric_value(high);
        for action in [accesskit::Action::SetValue, accesskit::Action::Increment, accesskit::Action::Decrement] {
            node.add_action(action);
        }
    });
}

/// What a slider for a speed shows: its words, its range, and the words beyond its right end.
pub struct SpeedSlider<'a> {
    /// Its name.
    pub name: &'a str,
    /// Unit of the speed.
    pub unit: &'a str,
    /// Words for no limit.
    pub unlimited: &'a str,
    /// Words at both ends.
    pub ends: (&'a str, &'a str),
    /// Limits from the slowest to the fastest.
    pub range: std::ops::RangeInclusive<f64>,
    /// Double-click goes here.
    pub default: f64,
}

impl SpeedSlider<'_> {
    /// Shows it; the right end, a little beyond the fastest limit, is no limit at all.
    pub fn show(self, ui: &mut Ui, speed: &mut Option<f64>) -> Response {
        let fastest = *self.range.end();
        let top = fastest * 1.5;
        let mut value = speed.unwrap_or(top);
        let (shown, unit) = match *speed {
            Some(speed) => (numbers::whole(speed.round() as u64), self.unit),
            None => (self.unlimited.to_owned(), ""),
        };
        let slider = BigSlider {
            name: self.name,
            shown,
            unit,
            ends: Some(self.ends),
            scale: Scale { low: *self.range.start(), high: top, logarithmic: true },
            default: self.default,
            ..BigSlider::plain()
        };
        let response = slider.show(ui, &mut value);
        if response.changed() {
            *speed = (value <= fastest * 1.2).then(|| value.min(fastest));
        }
        response
    }
}

/// A bold heading over a group of controls, with its value on the right.
pub fn heading(ui: &mut Ui, name: &str, value: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(super::rich(name, regular(size::BODY), tokens.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(super::rich(value, bold(size::BODY), tokens.text));
        });
    });
}
