//! Files of the lab: machines saved and opened, pictures to learn from; asked for beside the window.

use std::path::PathBuf;

use egui::{Modal, Role, Ui, WidgetInfo, vec2};

use super::{
    RbmLab,
    loading::{Key, LoadedPictures, load},
    sim::RbmCommand,
};
use crate::{
    data::{
        Problem,
        machines::{self, MachineNotes},
        samples::Source,
    },
    labs::LabContext,
    physics::rbm::Machine,
    platform::{
        dialogs::{self, Answer, Kind, Request},
        files::free_path,
        folders,
    },
    simulation::{Job, Outcome},
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        card,
        icons::Icon,
        notices::Offer,
        rich::{note, rich},
        tokens::{bold, regular, size},
    },
};

type Opened = Result<Box<(Machine, MachineNotes)>, Problem>;

/// What is asked for in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Machine,
    Pictures,
}

/// What the lab keeps about files between frames.
#[derive(Default)]
pub(super) struct Files {
    number: u64,
    /// A machine to be saved, asked for with this number.
    saving: Option<(u64, PathBuf)>,
    opened: Option<Job<Opened>>,
    /// Pictures that are tried: nothing is replaced before they are there.
    tried: Option<(Key, Job<LoadedPictures>)>,
    /// The field has just been opened: it takes the keyboard.
    fresh: bool,
    choosing: Option<(Asking, Job<Answer>)>,
    /// Perhaps the system has no dialog: the last one came back empty at once.
    no_dialog: bool,
    dialog: Option<Asking>,
    path: String,
    labels: String,
}

impl Files {
    pub fn is_busy(&self) -> bool {
        self.tried.is_some() || self.saving.is_some() || self.opened.is_some() || self.choosing.is_some()
    }
}

impl Files {
    fn ask(&mut self, asking: Asking) {
        self.dialog = Some(asking);
        self.path.clear();
        self.labels.clear();
        self.fresh = true;
        self.no_dialog = false;
    }

    /// How much of the pictures that are tried is there.
    pub fn trying(&self) -> Option<f64> {
        self.tried.as_ref().map(|(_, job)| job.progress())
    }

    /// Gives up the pictures that are tried.
    pub fn stop_trying(&mut self) {
        self.tried = None;
    }
}

impl RbmLab {
    /// Saves the machine of now under a free name in the person's folder.
    pub fn save_machine(&mut self) {
        self.save_machine_as(free_path(&folders::pictures(), "rbm", "safetensors"));
    }

    /// Saves the weights alone under a free name in the person's folder.
    pub fn save_weights(&mut self) {
        self.save_machine_as(free_path(&folders::pictures(), "rbm-weights", "npy"));
    }

    /// Saves the machine of now; to a name that ends in `.npy`, its weights alone.
    pub fn save_machine_as(&mut self, path: PathBuf) {
        // Far from the numbers of the likelihood's requests.
        self.files.number += 1;
        let number = self.files.number | 1 << 32;
        self.files.saving = Some((number, path));
        self.driver.command(RbmCommand::Show(number));
    }

    fn open_as(&mut self, asking: Asking, path: PathBuf) {
        match asking {
            Asking::Machine => self.open_machine(path),
            Asking::Pictures => self.open_files(vec![path]),
        }
    }

    /// Asks for a machine to open.
    pub fn open_machine_dialog(&mut self) {
        self.files.ask(Asking::Machine);
    }

    /// Asks for pictures to learn from.
    pub fn open_pictures_dialog(&mut self) {
        self.files.ask(Asking::Pictures);
    }

    /// Opens what was dropped or named: machines by their ending, all else as pictures to learn from.
    pub fn open_files(&mut self, paths: Vec<PathBuf>) {
        let Some(path) = paths.into_iter().next() else { return };
        if path.extension().is_some_and(|ending| ending == "safetensors") {
            self.open_machine(path);
        } else {
            let labels = Some(self.files.labels.trim()).filter(|labels| !labels.is_empty()).map(PathBuf::from);
            self.try_pictures(Source::File { path, labels });
        }
    }

    fn open_machine(&mut self, path: PathBuf) {
        self.files.opened =
            Some(self.host.job("opening a machine", move |_| Some(machines::open(&path).map(Box::new))));
    }

    fn try_pictures(&mut self, source: Source) {
        let key = Key { source, ..self.key() };
        let job = load(&self.host, &key);
        self.files.tried = Some((key, job));
    }

    fn follow_tried(&mut self, cx: &mut LabContext<'_>) {
        let Some((key, job)) = &self.files.tried else { return };
        let Some(outcome) = job.take() else { return };
        let key = key.clone();
        self.files.tried = None;
        match outcome {
            Outcome::Done(Ok(Some(pictures))) => {
                let had = self.has_learned();
                self.take_loaded(key, pictures);
                if had {
                    let t = cx.texts;
                    cx.notices.offer(t.get("rbm.notice.restarted"), t.get("undo"), Offer::Undo);
                }
            }
            Outcome::Done(Err(problem)) => cx.notices.say(problem.text(cx.texts)),
            Outcome::Failed(why) => cx.notices.say(Problem::unexpected(why).text(cx.texts)),
            Outcome::Done(Ok(None)) | Outcome::Cancelled => {}
        }
    }

    fn write_machine(&mut self) {
        let Some((number, path)) = self.files.saving.clone() else { return };
        let Some((shown, machine)) = self.frame().machine.clone() else { return };
        if shown != number {
            return;
        }
        self.files.saving = None;
        let notes = MachineNotes {
            width: self.frame().size[0],
            height: self.frame().size[1],
            epochs: self.frame().epochs.floor() as u64,
            settings: self.settings.trainer,
            data: self.settings.makeup.source.name(),
        };
        let weights_alone = path.extension().is_some_and(|ending| ending == "npy");
        let done = if weights_alone { "rbm.notice.weights" } else { "rbm.notice.saved" };
        self.saving.start(&self.host, done, move || {
            if weights_alone {
                machines::export_npy(&path, &machine)?;
            } else {
                machines::save(&path, &machine, &notes)?;
            }
            Ok(path)
        });
    }

    fn follow_files(&mut self, cx: &mut LabContext<'_>) {
        let t = cx.texts;
        self.write_machine();
        self.follow_tried(cx);
        self.saving.follow(cx);
        if let Some(outcome) = self.files.opened.as_ref().and_then(Job::take) {
            self.files.opened = None;
            match outcome {
                Outcome::Done(Ok(opened)) => match self.take_machine(&opened.0) {
                    Ok(()) => cx.notices.offer(t.get("rbm.notice.opened"), t.get("undo"), Offer::Undo),
                    Err(error) => {
                        let why = Problem::from(&error).text(t);
                        cx.notices.say(t.fill("rbm.notice.not_opened", &[("why", &why)]));
                    }
                },
                Outcome::Done(Err(problem)) => cx.notices.say(problem.text(t)),
                Outcome::Failed(why) => cx.notices.say(Problem::unexpected(why).text(t)),
                Outcome::Cancelled => {}
            }
        }
        if let Some((asking, job)) = &self.files.choosing
            && let Some(outcome) = job.take()
        {
            let asking = *asking;
            self.files.choosing = None;
            if let Outcome::Done(answer) = outcome {
                self.files.no_dialog = answer.is_empty_at_once();
                if let Some(path) = answer.into_path() {
                    self.files.dialog = None;
                    self.open_as(asking, path);
                }
            }
        }
    }
}

/// Follows what is under way, and draws the dialog if it is open.
pub(super) fn show(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    lab.follow_files(cx);
    let Some(asking) = lab.files.dialog else { return };
    let t = cx.texts;
    let frame = card::frame(Tokens::of(ui)).inner_margin(20);
    let modal = Modal::new(egui::Id::unique("rbm files")).frame(frame).show(ui.ctx(), |ui| {
        let tokens = Tokens::of(ui);
        ui.set_width(540.0_f32.min(ui.ctx().content_rect().width() - 60.0));
        ui.spacing_mut().item_spacing.y = 10.0;
        let key = if asking == Asking::Machine { "rbm.open" } else { "rbm.pictures.open" };
        ui.horizontal(|ui| {
            ui.label(rich(t.get(key), bold(19.0), tokens.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if IconButton::icon_only(Icon::Close, t.get("close")).show(ui).clicked() {
                    lab.files.dialog = None;
                }
            });
        });
        let what = if asking == Asking::Machine { "rbm.open.note" } else { "rbm.pictures.note" };
        note(ui, t.get(what));
        let choose = IconButton::new(t.get("rbm.choose")).icon(Icon::Picture);
        let ready = lab.files.choosing.is_none() && lab.host.by_hand.is_none();
        ui.horizontal(|ui| {
            if ui.add_enabled_ui(ready, |ui| choose.show(ui)).inner.clicked() {
                let request = request(asking, t);
                let job = lab.host.job("choosing a file", move |_| Some(dialogs::ask(&request)));
                lab.files.choosing = Some((asking, job));
                lab.files.no_dialog = false;
            }
            if lab.files.no_dialog {
                ui.label(rich(t.get("dialog.none"), regular(size::CAPTION), tokens.t2));
            }
        });
        let fresh = std::mem::take(&mut lab.files.fresh);
        let mut go = field(ui, t.get("rbm.path"), &mut lab.files.path, fresh);
        if asking == Asking::Pictures {
            go |= field(ui, t.get("rbm.labels.path"), &mut lab.files.labels, false);
        }
        let open = IconButton::new(t.get("rbm.open.do")).look(Look::Primary).min_size(vec2(ui.available_width(), 44.0));
        go |= open.show(ui).clicked();
        if go && !lab.files.path.trim().is_empty() {
            let path = PathBuf::from(lab.files.path.trim());
            lab.files.dialog = None;
            lab.open_as(asking, path);
        }
    });
    if modal.should_close() {
        lab.files.dialog = None;
    }
}

/// A named text field; says whether Enter was pressed in it.
fn field(ui: &mut Ui, name: &str, text: &mut String, focus: bool) -> bool {
    ui.label(rich(name, regular(size::BODY), Tokens::of(ui).text));
    let field = ui.add(egui::TextEdit::singleline(text).desired_width(ui.available_width()));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    if focus {
        field.request_focus();
    }
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// What the system's dialog is to ask for.
fn request(asking: Asking, t: Texts) -> Request {
    let request = |title| Request::new(Kind::OpenFile, t.get(title), t.get("dialog.all_files"));
    match asking {
        Asking::Machine => request("rbm.open").filter("safetensors", &["safetensors"]),
        Asking::Pictures => request("rbm.pictures.open").filter("IDX, NumPy", &["idx", "gz", "npy", "idx3-ubyte"]),
    }
}
