//! Who has the keyboard: what is clicked takes it, uses its own keys up, and leaves the others to the lab.

use egui::{Context, Event, EventFilter, FocusDirection, Id, Key, Response, Ui, accesskit};

/// Gives the keyboard to a slider or another control that uses the arrows only, if it was pressed, clicked or dragged in
/// this frame.
pub fn take_when_pressed(ui: &Ui, response: &Response) {
    let pressed = response.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed());
    if (pressed || response.clicked() || response.drag_started()) && !response.has_focus() {
        response.request_focus();
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(arrows_only(response.id), true));
    }
}

fn arrows_only(id: Id) -> Id {
    id.with("uses the arrows and no other key")
}

/// Whether a control uses the arrows and leaves Space, Enter and all other keys to the lab, as sliders and steppers do.
#[must_use]
pub fn uses_arrows_only(ctx: &Context, id: Id) -> bool {
    ctx.data(|data| data.get_temp(arrows_only(id)).unwrap_or(false))
}

/// Steps by arrow keys while the control has the keyboard, ten times as many with Shift, and by a screen reader. Up and
/// right are positive. The keys are used up, so that neither the lab nor the way to the next control sees them.
#[must_use]
pub fn arrow_steps(ui: &Ui, response: &Response) -> f64 {
    let id = response.id;
    let mut steps = 0.0;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let mut any = false;
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                let direction = match key {
                    Key::ArrowUp | Key::ArrowRight => 1.0,
                    Key::ArrowDown | Key::ArrowLeft => -1.0,
                    _ => return true,
                };
                if modifiers.command || modifiers.ctrl || modifiers.alt {
                    return true;
                }
                any = true;
                steps += direction * if modifiers.shift { 10.0 } else { 1.0 };
                false
            });
        });
        if any {
            // In the frame after the click egui has not yet heard that the arrows are wanted here.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
    }
    ui.input(|input| {
        steps += input.num_accesskit_action_requests(id, accesskit::Action::Increment) as f64;
        steps -= input.num_accesskit_action_requests(id, accesskit::Action::Decrement) as f64;
    });
    steps
}
