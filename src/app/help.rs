//! The sheet of all keys.

use egui::{Grid, Modal, Ui, vec2};

use super::Spinscape;
use crate::widgets::{
    Tokens,
    buttons::IconButton,
    card,
    icons::Icon,
    keys::chip,
    rich,
    tokens::{bold, regular, size},
};

/// Keys and the texts of what they do; columns of the sheet.
const KEYS: [(&[&str], &str); 21] = [
    (&["Space"], "keys.run"),
    (&["→"], "keys.step"),
    (&["←"], "keys.film"),
    (&["Enter"], "keys.store"),
    (&["D"], "keys.dream"),
    (&["↑", "↓"], "keys.temperature"),
    (&["Shift", "↑", "↓"], "keys.temperature.coarse"),
    (&["R"], "keys.reset"),
    (&["[", "]"], "keys.brush"),
    (&["Page Up", "Page Down"], "keys.zoom"),
    (&["Ctrl", "Z"], "keys.undo"),
    (&["Ctrl", "Shift", "Z"], "keys.redo"),
    (&["1", "…", "4"], "keys.lab"),
    (&["T"], "keys.theme"),
    (&["+", "−"], "keys.scale"),
    (&["Ctrl", "0"], "keys.scale.reset"),
    (&["P"], "keys.projector"),
    (&["S"], "keys.picture"),
    (&["Shift", "S"], "keys.picture.as"),
    (&["F11"], "keys.fullscreen"),
    (&["?"], "keys.help"),
];

impl Spinscape {
    pub(super) fn help(&mut self, ui: &Ui) {
        if !self.help_open {
            return;
        }
        let t = self.texts;
        let frame = card::frame(Tokens::of(ui)).inner_margin(20);
        let modal = Modal::new(egui::Id::unique("help")).frame(frame).show(ui.ctx(), |ui| {
            let tokens = Tokens::of(ui);
            ui.set_max_width(880.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            ui.horizontal(|ui| {
                ui.label(rich(t.get("help.title"), bold(19.0), tokens.text));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if IconButton::icon_only(Icon::Close, t.get("close")).show(ui).clicked() {
                        self.help_open = false;
                    }
                });
            });
            ui.add_space(6.0);
            Grid::new("keys").num_columns(4).spacing(vec2(18.0, 9.0)).show(ui, |ui| {
                let rows = KEYS.len().div_ceil(2);
                for row in 0..rows {
                    for (keys, text) in [KEYS.get(row), KEYS.get(row + rows)].into_iter().flatten() {
                        ui.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = 4.0;
                            keys.iter().for_each(|key| chip(ui, key));
                        });
                        ui.label(rich(t.get(text), regular(size::BODY), tokens.text));
                    }
                    ui.end_row();
                }
            });
            ui.add_space(8.0);
            ui.label(rich(t.get("help.pointer"), regular(size::CAPTION), tokens.t2));
        });
        if modal.should_close() {
            self.help_open = false;
        }
    }
}
