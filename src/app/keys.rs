//! Keys of the window; what a lab does with keys is in the lab.
//!
//! They are read after the page has been drawn: what has the keyboard comes first and uses up the keys that it knows.

use egui::{Event, Key, Modifiers, Ui};

use super::{
    Spinscape,
    bars::toggle_full_screen,
    commands::{self, COMMANDS},
    keyboard::HadKeyboard,
    preferences::ThemeChoice,
};
use crate::{
    labs::kit::command::{self, CommandId},
    widgets::{focus, layout::Class},
};

impl Spinscape {
    pub(super) fn keys(&mut self, ui: &Ui, class: Class, before: &HadKeyboard) {
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if self.help_open && pressed(Modifiers::NONE, Key::Escape) {
            self.help_open = false;
        }
        let behind_a_sheet = !self.help_open && ui.memory(|memory| memory.top_modal_layer().is_some());
        if behind_a_sheet || before.typing || ui.ctx().text_edit_focused() {
            return;
        }
        if pressed(Modifiers::NONE, Key::Escape) && !self.help_open {
            self.labs[self.current].put_card_back();
        }
        for command in ui.input_mut(|input| command::pressed(input, &COMMANDS)) {
            self.do_command(command, ui);
        }
        // First the signs: they are told from the keys beside them.
        let typed = ui.input(|input| signs(&input.events));
        if let Some(index) = ui.input_mut(|input| take_lab_digit(&mut input.events)) {
            self.show_lab_at(index);
        }
        for character in typed.chars() {
            match character {
                '?' | '？' => self.help_open = !self.help_open,
                '+' | '=' => self.set_scale(self.preferences.scale + 10),
                '-' | '\u{2212}' => self.set_scale(self.preferences.scale.saturating_sub(10)),
                _ => {}
            }
        }
        // What has the keyboard takes Space, Enter, arrows and their like; letters are for the lab. A slider has used up
        // its arrows, and needs nothing else.
        let focused = [before.focused, ui.memory(egui::Memory::focused)];
        let has_focus = focused.into_iter().flatten().any(|id| !focus::uses_arrows_only(ui.ctx(), id));
        let named = |event: &Event| matches!(event, Event::Key { key, .. } if key.name().len() > 1);
        let for_focus = has_focus && ui.input(|input| input.events.iter().any(named));
        if !for_focus && !self.help_open {
            let commands = self.labs[self.current].front().commands();
            for command in ui.input_mut(|input| command::pressed(input, commands)) {
                self.with_lab(class, |lab, window| lab.act(command, window));
            }
        }
    }

    fn do_command(&mut self, command: CommandId, ui: &Ui) {
        let stem = self.labs[self.current].id();
        match command {
            commands::UNDO => self.undo(false),
            commands::REDO => self.undo(true),
            commands::NEXT_PAGE => self.lab().turn_page(true),
            commands::PREVIOUS_PAGE => self.lab().turn_page(false),
            commands::THEME => {
                let dark = ui.visuals().dark_mode;
                self.set_theme(ui.ctx(), if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
            }
            commands::SCALE_RESET => self.set_scale(100),
            commands::PROJECTOR => self.set_scale(if self.preferences.scale == 140 { 100 } else { 140 }),
            commands::PICTURE => self.captures.take(ui.ctx(), stem),
            commands::PICTURE_AS => self.captures.take_as(ui.ctx(), stem, self.texts),
            commands::FULL_SCREEN => toggle_full_screen(ui),
            _ => {}
        }
    }

    fn undo(&mut self, redo: bool) {
        if !self.lab().page().undo(redo) {
            let key = if redo { "notice.nothing_to_redo" } else { "notice.nothing_to_undo" };
            self.notices.say(self.texts.get(key));
        }
    }
}

/// The digit row, in the order of the labs.
const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// Uses up the keys that call a lab, alone or with Ctrl, and says the place of the last one called.
///
/// The key's place on the keyboard counts: the digit row of a Czech or French keyboard types other characters. With Shift
/// the character counts, which is how digits are typed there.
fn take_lab_digit(events: &mut Vec<Event>) -> Option<usize> {
    let mut called = None;
    events.retain(|event| {
        let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
        // Without Num Lock the keypad's digits are arrows and their like.
        let moves = matches!(
            key,
            Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::Home
                | Key::End
                | Key::PageUp
                | Key::PageDown
        );
        let counts = if modifiers.shift || moves { *key } else { physical_key.unwrap_or(*key) };
        let index = DIGITS.iter().position(|&digit| digit == counts).filter(|_| !modifiers.alt);
        called = index.or(called);
        index.is_none()
    });
    called
}

/// The characters that were typed, without those of the digit row: + and = stand there on some keyboards, where that key
/// calls a lab.
fn signs(events: &[Event]) -> String {
    let on_the_digit_row = |event: &Event| match event {
        Event::Key { key, physical_key, pressed: true, .. } => {
            let place = physical_key.unwrap_or(*key);
            place == Key::Num0 || DIGITS.contains(&place)
        }
        _ => false,
    };
    let mut typed = String::new();
    for (index, event) in events.iter().enumerate() {
        // The window system tells the key first and then what it typed.
        if let Event::Text(text) = event
            && !index.checked_sub(1).is_some_and(|before| on_the_digit_row(&events[before]))
        {
            typed.push_str(text);
        }
    }
    typed
}
