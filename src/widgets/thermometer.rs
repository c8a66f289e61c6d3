//! The thermometer: the one big control of the magnet.
//!
//! A click glides there, a drag follows the pointer (ten times finer with Shift), the grip snaps to T_c when it comes
//! close, arrow keys nudge, double-click goes to T_c.

use egui::{
    Align2, CornerRadius, CursorIcon, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    buttons::focus_ring,
    focus,
    slider::{describe_range, requested_value},
    tokens::{Tokens, bold, regular, size},
};

/// Within this of T_c a drag snaps to it.
const SNAP: f64 = 0.008;
const TUBE: f32 = 26.0;
const FLUID: f32 = 14.0;
const BULB: f32 = 21.0;
const GRIP: egui::Vec2 = vec2(48.0, 22.0);

/// A thermometer.
pub struct Thermometer<'a> {
    /// Its name for a screen reader.
    pub name: &'a str,
    /// Top of the scale; the bottom is 0.
    pub hottest: f64,
    /// The marked temperature, if there is one.
    pub critical: Option<f64>,
    /// Words beside the parts above and below the mark.
    pub words: [&'a str; 2],
    /// An arrow key goes this far.
    pub step: f64,
}

impl Thermometer<'_> {
    /// Shows it in a rectangle. The response says whether the value changed.
    pub fn show(&self, ui: &mut Ui, rect: Rect, value: &mut f64) -> Response {
        let tokens = Tokens::of(ui);
        let id = ui.scope_id().with("thermometer");
        let mut response = ui.interact(rect, id, Sense::click_and_drag());
        let (top, bottom) = (rect.top() + TUBE / 2.0 + 4.0, rect.bottom() - 2.0 * BULB - 6.0);
        let y_of = |t: f64| bottom + (top - bottom) * (t / self.hottest) as f32;
        focus::take_when_pressed(ui, &response);
        let before = *value;
        self.drag(ui, &response, value, f64::from(bottom - top));
        let steps = focus::arrow_steps(ui, &response);
        if steps != 0.0 {
            *value = ((*value / self.step).round() + steps) * self.step;
        }
        if let Some(wanted) = requested_value(ui, response.id) {
            *value = wanted;
        }
        if let Some(critical) = self.critical.filter(|_| response.double_clicked()) {
            *value = critical;
        }
        *value = value.clamp(0.0, self.hottest);
        if *value != before {
            response.mark_changed();
        }
        describe_range(ui, response.id, 0.0, self.hottest);
        response.widget_info(|| WidgetInfo::slider(true, *value, self.name));

        let x = rect.center().x - 26.0;
        let painter = ui.painter();
        let outline = Stroke::new(1.5, tokens.edge);
        let bulb = pos2(x, bottom + BULB + 2.0);
        // Tube and bulb as one outline: the bulb's circle is opened where the tube goes in.
        let half = TUBE / 2.0;
        let mut points = Vec::new();
        for i in 0..=24 {
            let (sin, cos) = (std::f32::consts::PI * (1.0 + i as f32 / 24.0)).sin_cos();
            points.push(pos2(x + half * cos, top - 2.0 + half * sin));
        }
        let opening = (half / BULB).asin();
        for i in 0..=40 {
            let full = std::f32::consts::TAU - 2.0 * opening;
            let angle = -std::f32::consts::FRAC_PI_2 + opening + full * i as f32 / 40.0;
            points.push(bulb + BULB * vec2(angle.cos(), angle.sin()));
        }
        let body = Rect::from_x_y_ranges(x - half..=x + half, top - 2.0..=bulb.y);
        painter.rect_filled(body.expand2(vec2(-0.5, 0.0)), CornerRadius { nw: 13, ne: 13, sw: 0, se: 0 }, tokens.plot);
        painter.circle_filled(bulb, BULB - 0.5, tokens.plot);
        painter.add(Shape::closed_line(points, outline));
        let heat = tokens.heat(*value, self.critical.unwrap_or(0.45 * self.hottest), self.hottest);
        let grip_y = y_of(*value);
        painter.circle_filled(bulb, BULB - 6.0, heat);
        let fluid = Rect::from_x_y_ranges(x - FLUID / 2.0..=x + FLUID / 2.0, grip_y..=bulb.y);
        painter.rect_filled(fluid, 2.0, heat);

        let label_x = x + half + 17.0;
        for tick in 0..=self.hottest as u32 {
            let y = y_of(f64::from(tick));
            painter.hline(x + half + 4.0..=x + half + 12.0, y, Stroke::new(2.0, tokens.t2));
            // The label of T_c has the place of the number beside it.
            if self.critical.is_none_or(|critical| (y - y_of(critical)).abs() > 24.0) {
                let number = tick.to_string();
                painter.text(pos2(label_x, y), Align2::LEFT_CENTER, number, regular(size::CAPTION), tokens.t2);
            }
        }
        if let Some(critical) = self.critical {
            // Half-way between two numbers, away from the mark.
            let above = ((critical + 0.7).ceil() + 0.5).min(self.hottest - 0.5);
            for (word, at) in self.words.iter().zip([above, (critical - 0.7).floor() + 0.5]) {
                let place = pos2(label_x, y_of(at));
                painter.text(place, Align2::LEFT_CENTER, word, regular(size::CAPTION), tokens.t2);
            }
            let critical_y = y_of(critical);
            painter.hline(x - half - 6.0..=x + half + 9.0, critical_y, Stroke::new(2.0, tokens.acc));
            let text = format!("T_{{c}} {critical:.3}");
            let label = ui.fonts_mut(|fonts| fonts.layout_job(super::rich(&text, bold(size::CAPTION), tokens.acc)));
            painter.galley(pos2(x + half + 16.0, critical_y - label.size().y / 2.0), label, tokens.acc);
        }

        let grip = Rect::from_center_size(pos2(x, grip_y), GRIP);
        painter.rect(grip, CornerRadius::same(11), tokens.text, Stroke::new(1.0, tokens.card), StrokeKind::Outside);
        for dx in [-6.0, 0.0, 6.0] {
            painter.vline(x + dx, grip_y - 4.0..=grip_y + 4.0, Stroke::new(2.0, tokens.card));
        }
        if response.has_focus() {
            focus_ring(ui, grip);
        }
        response.on_hover_and_drag_cursor(CursorIcon::ResizeVertical)
    }

    fn drag(&self, ui: &Ui, response: &Response, value: &mut f64, length: f64) {
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let rect = response.rect;
        let (top, bottom) = (rect.top() + TUBE / 2.0 + 4.0, rect.bottom() - 2.0 * BULB - 6.0);
        let fine = ui.input(|input| input.modifiers.shift);
        let wanted = if fine {
            if !response.dragged() {
                return;
            }
            *value - f64::from(response.drag_delta().y) / length * self.hottest / 10.0
        } else {
            f64::from((bottom - pointer.y) / (bottom - top)) * self.hottest
        };
        let mark = self.critical.filter(|critical| (wanted - critical).abs() < SNAP && !fine);
        *value = mark.unwrap_or(wanted);
    }
}
