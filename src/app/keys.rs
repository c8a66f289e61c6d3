//! Keys of the window; what a lab does with keys is in the lab.

use egui::{Key, Modifiers, Ui};

use super::{Spinscape, bars::toggle_full_screen, preferences::ThemeChoice};
use crate::{
    labs::{LabContext, kit::Wishes},
    widgets::layout::Class,
};

impl Spinscape {
    pub(super) fn keys(&mut self, ui: &Ui, class: Class) {
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if self.help_open && pressed(Modifiers::NONE, Key::Escape) {
            self.help_open = false;
        }
        let behind_a_sheet = !self.help_open && ui.memory(|memory| memory.top_modal_layer().is_some());
        if behind_a_sheet || ui.ctx().text_edit_focused() {
            return;
        }
        if pressed(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z) || pressed(Modifiers::COMMAND, Key::Y) {
            self.undo(true);
        }
        if pressed(Modifiers::COMMAND, Key::Z) {
            self.undo(false);
        }
        if pressed(Modifiers::COMMAND, Key::Num0) {
            self.set_scale(100);
        }
        if pressed(Modifiers::NONE, Key::F11) {
            toggle_full_screen(ui);
        }
        if pressed(Modifiers::SHIFT, Key::S) {
            self.captures.take_as(ui.ctx(), self.labs[self.current].id(), self.texts);
        }
        if pressed(Modifiers::NONE, Key::S) {
            self.captures.take(ui.ctx(), self.labs[self.current].id());
        }
        if pressed(Modifiers::NONE, Key::T) {
            let dark = ui.visuals().dark_mode;
            self.set_theme(ui.ctx(), if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
        }
        if pressed(Modifiers::NONE, Key::P) {
            self.set_scale(if self.preferences.scale == 140 { 100 } else { 140 });
        }
        for (index, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().enumerate() {
            if pressed(Modifiers::NONE, key) {
                self.show_lab(index);
            }
        }
        // Typed characters: where they lie on the keyboard differs from country to country.
        let typed: String = ui.input(|input| {
            let text = input.events.iter().filter_map(|event| match event {
                egui::Event::Text(text) => Some(text.as_str()),
                _ => None,
            });
            text.collect()
        });
        for character in typed.chars() {
            match character {
                '?' | '？' => self.help_open = !self.help_open,
                '+' | '=' => self.set_scale(self.preferences.scale + 10),
                '-' | '\u{2212}' => self.set_scale(self.preferences.scale.saturating_sub(10)),
                _ => {}
            }
        }
        // What has the keyboard takes Space, Enter, arrows and their like; letters are for the lab.
        let has_focus = ui.memory(|memory| memory.focused().is_some());
        let named = |event: &egui::Event| matches!(event, egui::Event::Key { key, .. } if key.name().len() > 1);
        let for_focus = has_focus && ui.input(|input| input.events.iter().any(named));
        if !for_focus && !self.help_open {
            let mut wishes = Wishes::default();
            let mut cx = LabContext { texts: self.texts, notices: &mut self.notices, class, wishes: &mut wishes };
            self.labs[self.current].keys(ui, &mut cx);
        }
    }

    fn undo(&mut self, redo: bool) {
        if !self.lab().undo(redo) {
            let key = if redo { "notice.nothing_to_redo" } else { "notice.nothing_to_undo" };
            self.notices.say(self.texts.get(key));
        }
    }
}
