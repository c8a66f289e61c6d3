//! The sheet that asks for a file: the system's dialog, a path that can be typed beside it, and whatever a page adds.

use std::path::PathBuf;

use egui::{Align, Key, Layout, Modal, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::{Host, Task};
use crate::{
    data::Problem,
    platform::dialogs::{self, Answer, Kind, Request},
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        card,
        icons::Icon,
        rich,
        tokens::{bold, regular, size},
    },
};

/// Room above and below what a sheet scrolls, for its title and its margins, in points.
const AROUND: f32 = 100.0;

/// What the sheet keeps between frames.
#[derive(Default)]
pub struct Sheet {
    is_open: bool,
    /// It has just been opened: the path takes the keyboard.
    is_fresh: bool,
    path: String,
    choosing: Task<Answer>,
    /// Perhaps the system has no dialog: the last one came back empty at once.
    has_no_dialog: bool,
    chosen: Vec<PathBuf>,
    /// Why what was chosen last could not be opened.
    complaint: Option<Problem>,
}

impl Sheet {
    /// Opens the sheet, with an empty path.
    pub fn open(&mut self) {
        *self = Self { is_open: true, is_fresh: true, ..Self::default() };
    }

    /// Opens the sheet where it is closed; an open one keeps its path.
    pub fn keep_open(&mut self) {
        if !self.is_open {
            self.open();
        }
    }

    /// Closes the sheet and forgets the path that was typed.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Closes the sheet with what was opened, which is the answer. What could not be opened leaves it as it is, with its path
    /// and the reason; where it is closed by now, the reason is told in a notice.
    pub fn settle<T>(&mut self, opened: Result<T, Problem>, host: &Host) -> Option<T> {
        match opened {
            Ok(opened) => {
                self.close();
                return Some(opened);
            }
            Err(problem) if self.is_open => self.complaint = Some(problem),
            Err(problem) => host.tell(problem),
        }
        None
    }

    /// Whether the sheet is on screen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a dialog of the system is open.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.choosing.is_busy()
    }

    /// Takes the files that were chosen or typed; none if nothing was since the last look.
    #[must_use]
    pub fn take(&mut self, host: &Host) -> Vec<PathBuf> {
        if let Some((_, answer)) = self.choosing.poll_or_tell(host) {
            self.has_no_dialog = answer.is_empty_at_once();
            self.chosen = answer.into_paths();
        }
        let chosen = std::mem::take(&mut self.chosen);
        if !chosen.is_empty() {
            self.complaint = None;
        }
        chosen
    }

    /// Draws the sheet if it is open: its title with a cross, and what `body` draws below it.
    pub fn sheet_ui(&mut self, ui: &Ui, id: &str, title: &str, t: Texts, body: impl FnOnce(&mut Ui, &mut Self)) {
        if !self.is_open {
            return;
        }
        let frame = card::frame(Tokens::of(ui)).inner_margin(20);
        let mut closes = false;
        let modal = Modal::new(egui::Id::unique(id)).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(560.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            ui.spacing_mut().item_spacing.y = 10.0;
            ui.horizontal(|ui| {
                ui.label(rich(title, bold(19.0), Tokens::of(ui).text));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    closes = IconButton::icon_only(Icon::Close, t.get("close")).show(ui).clicked();
                });
            });
            // On a low screen what does not fit is scrolled; the title with its cross stays.
            let most = ui.ctx().content_rect().height() - AROUND;
            let scroll = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
            scroll.auto_shrink([false, true]).show(ui, |ui| body(ui, self));
        });
        if closes || modal.should_close() {
            self.close();
        }
    }

    /// Draws the button of the system's dialog and the path beside it. `hint` stands beside the button.
    pub fn chooser_ui(&mut self, ui: &mut Ui, host: &Host, hint: &str, t: Texts, request: impl FnOnce() -> Request) {
        let tokens = Tokens::of(ui);
        ui.horizontal(|ui| {
            self.dialog_button_ui(ui, host, t.get("sheet.choose"), request);
            let words = if self.has_no_dialog { t.get("dialog.none") } else { hint };
            ui.label(rich(words, regular(size::CAPTION), tokens.t2));
        });
        self.path_ui(ui, t);
        if let Some(problem) = &self.complaint {
            complaint_ui(ui, problem, t);
        }
    }

    /// Draws a button that asks for a folder in place of a file.
    pub fn folder_ui(&mut self, ui: &mut Ui, host: &Host, t: Texts) {
        let title = t.get("sheet.folder");
        self.dialog_button_ui(ui, host, title, || Request::new(Kind::OpenFolder, title, t.get("dialog.all_files")));
    }

    fn dialog_button_ui(&mut self, ui: &mut Ui, host: &Host, name: &str, request: impl FnOnce() -> Request) {
        let button = IconButton::new(name).icon(Icon::Picture);
        let ready = !self.choosing.is_busy() && !host.is_by_hand();
        if !ui.add_enabled_ui(ready, |ui| button.show(ui)).inner.clicked() {
            return;
        }
        let request = request();
        // Some systems' dialogs hang: this is a thread of its own, and the window goes on.
        self.has_no_dialog = false;
        let ask = move |_: &crate::simulation::Watcher| Some(Ok(dialogs::ask(&request)));
        self.choosing.start(host, "choosing a file", (), 0.0, ask);
    }

    fn path_ui(&mut self, ui: &mut Ui, t: Texts) {
        let tokens = Tokens::of(ui);
        let fresh = std::mem::take(&mut self.is_fresh);
        let mut path = std::mem::take(&mut self.path);
        ui.horizontal(|ui| {
            let width = 86.0;
            ui.label(rich(t.get("sheet.path"), regular(size::BODY), tokens.text));
            let mut go = field_ui(ui, t.get("sheet.path"), &mut path, ui.available_width() - width - 8.0, fresh);
            let open = IconButton::new(t.get("sheet.open")).tight().look(Look::Primary).min_size(vec2(width, 32.0));
            go |= open.show(ui).clicked();
            if go && !path.trim().is_empty() {
                self.chosen = vec![PathBuf::from(path.trim())];
            }
        });
        self.path = path;
    }
}

/// Draws what is wrong with a file.
pub fn complaint_ui(ui: &mut Ui, problem: &Problem, t: Texts) {
    let mut job = rich(&problem.text(t), regular(size::BODY), Tokens::of(ui).err);
    job.wrap.max_width = ui.available_width();
    ui.label(job);
}

/// Draws a named text field, which takes the keyboard if `focus`. Returns whether Enter was pressed in it.
pub fn field_ui(ui: &mut Ui, name: &str, text: &mut String, width: f32, focus: bool) -> bool {
    let field = ui.add(egui::TextEdit::singleline(text).desired_width(width));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    if focus {
        field.request_focus();
    }
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
