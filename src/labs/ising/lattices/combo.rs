//! A list of choices that unfolds.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use crate::widgets::tip::Tip;

/// Draws a named list of choices.
pub(super) fn combo_ui<T: PartialEq + Copy>(
    ui: &mut Ui,
    id: &str,
    [name, tip]: [&str; 2],
    value: &mut T,
    options: &[(T, &str)],
) {
    let shown = options.iter().find(|(option, _)| option == value).map_or("", |(_, label)| label);
    let width = ui.available_width();
    let combo = ComboBox::from_id_salt(id).width(width).selected_text(shown).show_ui(ui, |ui| {
        for &(option, label) in options {
            ui.selectable_value(value, option, label);
        }
    });
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    combo.response.tip(tip);
}
