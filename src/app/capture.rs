//! Pictures of the window: taken by egui, encoded and written on a thread of their own.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use egui::{ColorImage, Context, ViewportId};

use crate::{
    data::{Problem, pictures},
    platform::{
        desktop,
        dialogs::{self, Kind, Request},
        files::{free_path, name_of},
        folders,
    },
    text::Texts,
    widgets::notices::{Notices, Offer},
};

type Outcomes = Arc<Mutex<Vec<Result<PathBuf, Problem>>>>;

/// Pictures under way and what became of them.
#[derive(Default)]
pub(super) struct Captures {
    outcomes: Outcomes,
    /// A file dialog is open: a second one is not opened.
    dialog: Arc<AtomicBool>,
}

impl Captures {
    /// Takes a picture into the person's pictures folder.
    pub fn take(&self, ctx: &Context, stem: &'static str) {
        self.request(ctx, move || Some(free_path(&folders::pictures(), stem, "png")));
    }

    /// Takes a picture and asks where to.
    pub fn take_as(&self, ctx: &Context, stem: &'static str, t: Texts) {
        if self.dialog.swap(true, Ordering::AcqRel) {
            return;
        }
        let open = Arc::clone(&self.dialog);
        self.request(ctx, move || {
            let folder = folders::pictures();
            let name = name_of(&free_path(&folder, stem, "png"));
            let request = Request::new(Kind::SaveFile, t.get("picture"), t.get("dialog.all_files"));
            // Some portals hang: this is the picture's own thread, and the window goes on.
            let answer = dialogs::ask(&request.filter("PNG", &["png"]).folder(&folder).name(&name));
            open.store(false, Ordering::Release);
            answer.into_path().map(|path| path.with_extension("png"))
        });
    }

    fn request(&self, ctx: &Context, place: impl FnOnce() -> Option<PathBuf> + Send + 'static) {
        let outcomes = Arc::clone(&self.outcomes);
        let window = ctx.clone();
        ctx.request_screenshot(move |image: Arc<ColorImage>| {
            let work = move || {
                if let Some(path) = place() {
                    let rgba: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_array).collect();
                    let written = pictures::write_png(&path, image.size, &rgba).map(|()| path);
                    // The lock is held for a push only, so nobody can have panicked with it.
                    outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(written);
                    window.request_repaint_of(ViewportId::ROOT);
                }
            };
            if let Err(error) = thread::Builder::new().name("picture".to_owned()).spawn(work) {
                eprintln!("spinscape: could not save the picture: {error}");
            }
        });
    }

    /// Says what became of the pictures.
    pub fn collect(&mut self, notices: &mut Notices, texts: Texts) {
        // Never waits: if a picture is just being reported it is shown in the next frame.
        let Ok(mut outcomes) = self.outcomes.try_lock() else { return };
        for outcome in outcomes.drain(..) {
            match outcome {
                Ok(path) => {
                    let name = name_of(&path);
                    let text = texts.fill("notice.picture", &[("file", &name)]);
                    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
                    notices.offer(text, texts.get("notice.picture.open"), Offer::OpenFolder(folder));
                }
                Err(error) => notices.say(texts.fill("notice.picture.failed", &[("why", &error.text(texts))])),
            }
        }
    }

    /// Shows a folder in the system's file manager.
    pub fn open_folder(&self, folder: PathBuf) {
        let work = move || {
            if let Err(error) = desktop::show_folder(&folder) {
                eprintln!("spinscape: could not open {}: {error}", folder.display());
            }
        };
        if let Err(error) = thread::Builder::new().name("folder".to_owned()).spawn(work) {
            eprintln!("spinscape: could not open the folder: {error}");
        }
    }
}
