//! The sheet of all keys.

use egui::{Grid, Modal, Ui, vec2};

use super::{
    Spinscape,
    commands::{COMMANDS, TYPED},
};
use crate::{
    labs::kit::command::{CommandInfo, Shortcut},
    text::Texts,
    widgets::{
        Tokens,
        buttons::IconButton,
        card,
        icons::Icon,
        keys::chip,
        rich,
        tokens::{bold, regular, size},
    },
};

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
            let page = self.labs[self.current].front();
            let of = |commands: &[CommandInfo]| -> Vec<(Vec<&str>, &'static str)> {
                let caps = |command: &CommandInfo| command.shortcuts.first().map(Shortcut::caps).unwrap_or_default();
                commands.iter().map(|command| (caps(command), command.words)).collect()
            };
            let typed = TYPED.iter().map(|(caps, words)| (caps.to_vec(), *words));
            let window: Vec<_> = of(&COMMANDS).into_iter().chain(typed).collect();
            ui.horizontal_top(|ui| {
                for (title, rows) in [(page.title(), of(page.commands())), ("help.window", window)] {
                    ui.vertical(|ui| {
                        ui.label(rich(t.get(title), bold(size::BODY), tokens.t2));
                        ui.add_space(4.0);
                        keys_ui(ui, title, &rows, t);
                    });
                    ui.add_space(24.0);
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

/// Keys with what they do, a row each.
fn keys_ui(ui: &mut Ui, id: &str, rows: &[(Vec<&str>, &'static str)], t: Texts) {
    Grid::new(id).num_columns(2).spacing(vec2(18.0, 9.0)).show(ui, |ui| {
        for (caps, words) in rows {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                caps.iter().for_each(|cap| chip(ui, cap));
            });
            ui.label(rich(t.get(words), regular(size::BODY), Tokens::of(ui).text));
            ui.end_row();
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        labs::{
            self,
            kit::{ByHand, Host, Seams},
        },
        simulation::ManualClock,
        text::Language,
    };

    /// Keys, what they do, and where: a row each, those that do the same in several places in one.
    fn table() -> String {
        let t = Texts::new(Language::English);
        let caps = |command: &CommandInfo| {
            let caps: Vec<_> = command.shortcuts.iter().map(|shortcut| shortcut.caps().join("+")).collect();
            caps.join(" or ")
        };
        let mut rows: Vec<(String, &str, Vec<&str>)> = Vec::new();
        let mut note = |caps: String, words: &'static str, place: &'static str| {
            let (words, place) = (t.get(words), t.get(place));
            match rows.iter_mut().find(|row| row.0 == caps && row.1 == words) {
                Some(row) => row.2.push(place),
                None => rows.push((caps, words, vec![place])),
            }
        };
        let clock = Arc::new(ManualClock::default());
        let by_hand = ByHand { clock, seams: Seams::default() };
        let host = Host::new(Arc::new(|| ()), Arc::new(|| ()), Some(by_hand));
        for lab in &labs::all(&host) {
            for page in lab.pages() {
                page.commands().iter().for_each(|command| note(caps(command), command.words, page.title()));
            }
        }
        COMMANDS.iter().for_each(|command| note(caps(command), command.words, "help.window"));
        TYPED.iter().for_each(|(caps, words)| note(caps.join(" "), words, "help.window"));
        let rows =
            rows.into_iter().map(|(caps, words, places)| format!("| {caps} | {words} | {} |", places.join(", ")));
        rows.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_table_of_keys_in_the_readme_is_that_of_the_program() {
        let readme = include_str!("../../README.md");
        let table = table();
        assert!(readme.contains(&table), "the table of keys in README.md is to be:\n{table}");
    }
}
