//! Pictures of the window: taken by egui, encoded and written on a thread of their own.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use egui::{ColorImage, Context, Rect, ViewportId};

use crate::{
    data::{Problem, pictures},
    labs::kit::page::Export,
    platform::{
        console, desktop,
        dialogs::{self, Kind, Request},
        files::{free_path, name_of},
        folders,
        writing::write_whole,
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
    /// A picture of a part of the window that waits until menus and notices are gone.
    waiting: Option<Waiting>,
    /// Where files go; none is the person's pictures folder.
    folder: Option<PathBuf>,
}

/// A part of the window that is to be a picture.
struct Waiting {
    /// In points.
    part: Rect,
    /// Saved under this stem, or copied.
    stem: Option<String>,
    /// So many frames from now.
    frames: u32,
}

/// A menu that was closed is gone from the picture after so many frames.
const FRAMES: u32 = 2;

impl Captures {
    /// Builds the captures of a window whose files go to this folder; none is the person's pictures folder.
    pub fn into_folder(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    fn folder(&self) -> impl Fn() -> PathBuf + Send + use<> {
        let folder = self.folder.clone();
        move || folder.clone().unwrap_or_else(folders::pictures)
    }

    /// Takes a picture into the person's pictures folder.
    pub fn take(&self, ctx: &Context, stem: &'static str) {
        let folder = self.folder();
        self.request(ctx, move || Some(free_path(&folder(), stem, "png")));
    }

    /// Takes a picture and asks where to.
    pub fn take_as(&self, ctx: &Context, stem: &'static str, t: Texts) {
        if self.dialog.swap(true, Ordering::AcqRel) {
            return;
        }
        let (open, folder) = (Arc::clone(&self.dialog), self.folder());
        self.request(ctx, move || {
            let folder = folder();
            let name = name_of(&free_path(&folder, stem, "png"));
            let request = Request::new(Kind::SaveFile, t.get("picture"), t.get("dialog.all_files"));
            // Some portals hang: this is the picture's own thread, and the window goes on.
            let answer = dialogs::ask(&request.filter("PNG", &["png"]).folder(&folder).name(&name));
            open.store(false, Ordering::Release);
            answer.into_path().map(|path| path.with_extension("png"))
        });
    }

    /// Makes of a card what was asked for.
    pub fn export(&mut self, ctx: &Context, export: Export) {
        match export {
            Export::Picture(part, stem) => self.waiting = Some(Waiting { part, stem, frames: FRAMES }),
            Export::Text(text) => ctx.copy_text(text),
            Export::File { stem, ending, bytes } => {
                let folder = self.folder();
                spawn_writer(&self.outcomes, ctx, move || {
                    let path = free_path(&folder(), &stem, ending);
                    write_whole(&path, &bytes?).map_err(|error| Problem::unwritable(&path, &error))?;
                    Ok(path)
                });
            }
        }
    }

    /// Whether notices are to stay away, because a picture is about to be taken.
    #[must_use]
    pub fn hides_notices(&self) -> bool {
        self.waiting.is_some()
    }

    /// Takes the picture of a part of the window when its moment has come.
    fn take_waiting(&mut self, ctx: &Context) {
        let Some(waiting) = &mut self.waiting else { return };
        ctx.request_repaint();
        if waiting.frames > 0 {
            waiting.frames -= 1;
            return;
        }
        let Some(Waiting { part, stem, .. }) = self.waiting.take() else { return };
        let (outcomes, window, scale) = (Arc::clone(&self.outcomes), ctx.clone(), ctx.pixels_per_point());
        let folder = self.folder();
        ctx.request_screenshot(move |image: Arc<ColorImage>| {
            let image = cropped(&image, part * scale);
            let Some(stem) = stem else {
                window.copy_image(image);
                return;
            };
            spawn_writer(&outcomes, &window, move || {
                let path = free_path(&folder(), &stem, "png");
                let rgba: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_array).collect();
                pictures::write_png(&path, image.size, &rgba).map(|()| path)
            });
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
                console::say(&format!("could not save the picture: {error}"));
            }
        });
    }

    /// Says what became of the pictures.
    pub fn collect(&mut self, ctx: &Context, notices: &mut Notices, texts: Texts) {
        self.take_waiting(ctx);
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
                console::say(&format!("could not open {}: {error}", folder.display()));
            }
        };
        if let Err(error) = thread::Builder::new().name("folder".to_owned()).spawn(work) {
            console::say(&format!("could not open the folder: {error}"));
        }
    }
}

/// The part of a picture that lies in a rectangle, in pixels.
fn cropped(image: &ColorImage, part: Rect) -> ColorImage {
    let [width, height] = image.size;
    let clamp = |value: f32, most: usize| (value.round().max(0.0) as usize).min(most);
    let (left, right) = (clamp(part.left(), width), clamp(part.right(), width));
    let (top, bottom) = (clamp(part.top(), height), clamp(part.bottom(), height));
    let rows = (top..bottom).flat_map(|row| &image.pixels[row * width + left..row * width + right.max(left)]);
    ColorImage::new([right.saturating_sub(left), bottom.saturating_sub(top)], rows.copied().collect())
}

/// Writes a file on a thread of its own and keeps what became of it.
fn spawn_writer(outcomes: &Outcomes, ctx: &Context, work: impl FnOnce() -> Result<PathBuf, Problem> + Send + 'static) {
    let (outcomes, window) = (Arc::clone(outcomes), ctx.clone());
    let work = move || {
        let written = work();
        // The lock is held for a push only, so nobody can have panicked with it.
        outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(written);
        window.request_repaint_of(ViewportId::ROOT);
    };
    if let Err(error) = thread::Builder::new().name("file".to_owned()).spawn(work) {
        console::say(&format!("could not save the file: {error}"));
    }
}
