//! A number that becomes a text field when it is clicked.
//!
//! The field opens in the frame of the click and takes what was typed in that same frame: at a few frames a second a click,
//! digits and Enter arrive together. Keys that the field has seen are used up; no shortcut sees them.

use egui::{
    Color32, CursorIcon, Event, Id, Key, Rect, Response, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};

use super::{
    numbers,
    rich::plain,
    tokens::{SMALLEST_TARGET, Tokens, bold},
};

/// Shows a number that becomes a text field when clicked, or with Enter. Returns what was typed, once, if it is a number.
/// The number keeps its place while it is typed: the field lies over it.
pub fn typed_value(ui: &mut Ui, id: Id, name: &str, shown: &str, points: f32, ink: Color32) -> Option<f64> {
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(shown.to_owned(), bold(points), ink));
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let field_id = id.with("field");
    let editing: Option<String> = ui.data(|data| data.get_temp(id));
    let (text, opened) = match editing {
        Some(text) => (text, false),
        None => {
            let response = button(ui, id, rect, &format!("{name}: {shown}"));
            if !response.clicked() {
                ui.painter().galley(rect.min, galley, ink);
                return None;
            }
            open(ui, field_id, shown);
            (shown.to_owned(), true)
        }
    };
    field(ui, id, name, text, rect, points, opened)
}

/// The number while it is only shown: a target of at least the smallest size, underlined when pointed at.
fn button(ui: &Ui, id: Id, rect: Rect, label: &str) -> Response {
    let target = Rect::from_center_size(rect.center(), rect.size().max(SMALLEST_TARGET));
    let response = ui.interact(target, id.with("shown"), Sense::click());
    let label = plain(label);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() || response.has_focus() {
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, Tokens::of(ui).edge));
    }
    response.on_hover_cursor(CursorIcon::Text)
}

/// Gives the keyboard to the field, all of its text selected, before the field has been shown.
fn open(ui: &Ui, field_id: Id, text: &str) {
    if !ui.input(|input| input.pointer.any_click()) {
        // The key that opened the field is not typed into it.
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { key, .. } => !matches!(key, Key::Enter | Key::Space),
                Event::Text(text) => text != " ",
                _ => true,
            });
        });
    }
    let mut state = TextEditState::load(ui.ctx(), field_id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field_id);
    ui.memory_mut(|memory| memory.request_focus(field_id));
}

/// The text field over the number, until it loses the keyboard.
fn field(ui: &mut Ui, id: Id, name: &str, mut text: String, rect: Rect, points: f32, opened: bool) -> Option<f64> {
    let (entered, escaped) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
    let field_id = id.with("field");
    let mut child = ui.new_child(UiBuilder::new().max_rect(field_rect(ui, rect, points)).id_salt("typed value"));
    let edit = egui::TextEdit::singleline(&mut text)
        .id(field_id)
        .font(bold(points.min(20.0)))
        .desired_width(child.max_rect().width())
        .margin(Vec2::new(6.0, 3.0))
        .align(egui::Align2::RIGHT_CENTER);
    let output = edit.show(&mut child);
    output.response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, "", &text, "");
        info.label = Some(plain(name));
        info
    });
    // What the field has read is read by nothing else.
    ui.input_mut(|input| {
        input.events.retain(|event| {
            !matches!(event, Event::Key { key, .. } if *key != Key::Tab) && !matches!(event, Event::Text(_))
        });
    });
    if opened && !entered && !escaped {
        // The press that opened the field was not on the field, which did not exist, and took the keyboard from it.
        ui.memory_mut(|memory| memory.request_focus(field_id));
    }
    if ui.memory(|memory| memory.has_focus(field_id)) && !escaped {
        ui.data_mut(|data| data.insert_temp(id, text));
        return None;
    }
    ui.memory_mut(|memory| memory.surrender_focus(field_id));
    ui.data_mut(|data| data.remove::<String>(id));
    // A field that was out of sight for a while lost the keyboard long ago; what stands in it is no wish any more.
    let just_now = opened || output.response.lost_focus();
    if escaped || !just_now { None } else { numbers::parse(&text) }
}

/// A place for the field over the number, inside the card.
fn field_rect(ui: &Ui, shown: Rect, points: f32) -> Rect {
    let size = vec2((points * 4.2).max(shown.width() + 12.0), (points.min(20.0) * 1.5 + 8.0).max(SMALLEST_TARGET.y));
    let field = Rect::from_min_size(pos2(shown.right() + 6.0 - size.x, shown.center().y - size.y / 2.0), size);
    let card = ui.clip_rect();
    let left = (card.left() + 2.0 - field.left()).max(0.0);
    let right = (field.right() - card.right() + 2.0).max(0.0);
    field.translate(vec2(left - right, 0.0))
}
