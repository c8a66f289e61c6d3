//! Files of the page: machines saved and opened, pictures to learn from; asked for beside the window.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Ui, vec2};

use super::{settings::RbmSettings, sim::RbmFrame};
use crate::{
    data::{
        Problem,
        machines::{self, MachineNotes},
        samples::Source,
    },
    labs::kit::{
        Host, PageContext, Task,
        controls::progress_ui,
        saving::Saving,
        sheet::{Sheet, field_ui},
    },
    physics::rbm::Machine,
    platform::{
        dialogs::{Kind, Request},
        files::free_path,
        folders,
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::IconButton,
        rich::{note, rich},
        tip::Tip,
        tokens::{regular, size},
    },
};

/// What is asked for in the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asking {
    /// Pictures to learn from.
    #[default]
    Pictures,
    /// A machine.
    Machine,
}

/// What was opened.
pub(super) enum Opened {
    /// Pictures, to be tried.
    Pictures(Source),
    /// A machine, or why it is none.
    Machine(Result<Box<(Machine, MachineNotes)>, Problem>),
}

/// What the page keeps about files between frames.
#[derive(Default)]
pub(super) struct Files {
    sheet: Sheet,
    asking: Asking,
    labels: String,
    /// The pictures lie on their side.
    is_turned: bool,
    /// Files that wait for the machine of the frame with this number.
    waiting: Vec<(u64, PathBuf)>,
    saving: Saving,
    opening: Task<Box<(Machine, MachineNotes)>>,
    pictures: Option<Source>,
}

impl Files {
    /// Whether a file is being opened or saved.
    pub fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || self.saving.is_busy() || self.opening.is_busy() || self.sheet.is_busy()
    }

    /// Opens the sheet that asks for a file.
    pub fn ask(&mut self, asking: Asking) {
        self.sheet.open();
        self.asking = asking;
        self.labels.clear();
        self.is_turned = false;
    }

    /// Writes the machine of the frame with this number when it has come; to a name that ends in `.npy`, its weights alone.
    pub fn save(&mut self, number: u64, path: PathBuf) {
        self.waiting.push((number, path));
    }

    /// Opens what was dropped, chosen or typed: machines by their ending, all else as pictures to learn from.
    pub fn open(&mut self, path: PathBuf, host: &Host) {
        if path.extension().is_some_and(|ending| ending == "safetensors") || self.asks_for_a_machine() {
            self.opening.start(host, "opening a machine", (), 0.0, move |_| Some(machines::open(&path).map(Box::new)));
        } else {
            let labels = Some(self.labels.trim()).filter(|labels| !labels.is_empty()).map(PathBuf::from);
            self.pictures = Some(Source::File { path, labels, turned: self.is_turned });
        }
    }

    fn asks_for_a_machine(&self) -> bool {
        self.sheet.is_open() && self.asking == Asking::Machine
    }

    /// Takes what was opened.
    pub fn opened(&mut self, host: &Host) -> Option<Opened> {
        if let Some(path) = self.sheet.take(host).into_iter().next() {
            self.open(path, host);
        }
        let machine = self.opening.poll().map(|(_, opened)| Opened::Machine(opened));
        machine.or_else(|| self.pictures.take().map(Opened::Pictures))
    }

    /// Closes the sheet with what was opened and taken, or keeps it with the reason why not; see [`Sheet::settle`].
    pub fn settle<T>(&mut self, taken: Result<T, Problem>, host: &Host) -> Option<T> {
        self.sheet.settle(taken, host)
    }

    /// Writes machines that have come, and says what became of files.
    pub fn follow(
        &mut self,
        host: &Host,
        settings: &RbmSettings,
        frame: &RbmFrame,
        machine: Option<&(u64, Arc<Machine>)>,
        cx: &mut PageContext<'_>,
    ) {
        self.saving.poll(host, cx);
        let Some((number, machine)) = machine else { return };
        let is_due = self.waiting.first().is_some_and(|(asked, _)| asked <= number);
        if !is_due || self.saving.is_busy() {
            return;
        }
        let (_, path) = self.waiting.remove(0);
        let notes = MachineNotes {
            width: frame.size[0],
            height: frame.size[1],
            epochs: frame.epochs.floor() as u64,
            settings: Some(settings.trainer),
            data: settings.configuration.source.name(),
            is_turned: false,
        };
        let machine = Arc::clone(machine);
        let done = if is_array(&path) { "rbm.notice.weights" } else { "rbm.notice.saved" };
        self.saving.start(host, done, move || {
            if is_array(&path) {
                machines::export_npy(&path, &machine)?;
            } else {
                machines::save(&path, &machine, &notes)?;
            }
            Ok(path)
        });
    }

    /// Draws the sheet if it is open, with how much of the pictures that were chosen is there. Returns whether they are
    /// given up.
    pub fn sheet_ui(&mut self, ui: &Ui, host: &Host, progress: Option<f64>, t: Texts) -> bool {
        let asking = self.asking;
        let (title, what) = match asking {
            Asking::Machine => ("rbm.open", "rbm.open.note"),
            Asking::Pictures => ("rbm.pictures.open", "rbm.pictures.note"),
        };
        let (labels, is_turned) = (&mut self.labels, &mut self.is_turned);
        let mut gives_up = false;
        self.sheet.sheet_ui(ui, "rbm files", t.get(title), t, |ui, sheet| {
            note(ui, t.get(what));
            sheet.chooser_ui(ui, host, "", t, || request(asking, t));
            if asking == Asking::Pictures {
                sheet.folder_ui(ui, host, t);
                ui.label(rich(t.get("rbm.labels.path"), regular(size::BODY), Tokens::of(ui).text));
                let width = ui.available_width();
                field_ui(ui, t.get("rbm.labels.path"), labels, width, false);
                let turn = IconButton::new(t.get("rbm.turned")).selected(*is_turned).min_size(vec2(width, 34.0));
                if turn.show(ui).tip(t.get("rbm.turned.tip")).clicked() {
                    *is_turned ^= true;
                }
                if let Some(done) = progress {
                    gives_up = progress_ui(ui, &format!("{:.0} %", 100.0 * done), done, t);
                }
            }
        });
        gives_up
    }
}

fn is_array(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "npy")
}

/// A free name in the person's folder for a machine, or for its weights alone.
pub(super) fn free_name(weights_alone: bool) -> PathBuf {
    let (stem, ending) = if weights_alone { ("rbm-weights", "npy") } else { ("rbm", "safetensors") };
    free_path(&folders::pictures(), stem, ending)
}

/// What the system's dialog is to ask for.
fn request(asking: Asking, t: Texts) -> Request {
    let request = |title| Request::new(Kind::OpenFile, t.get(title), t.get("dialog.all_files"));
    match asking {
        Asking::Machine => request("rbm.open").filter("safetensors", &["safetensors"]),
        Asking::Pictures => request("rbm.pictures.open").filter("IDX, NumPy", &["idx", "gz", "npy", "idx3-ubyte"]),
    }
}
