//! Pictures from files: a sheet with their patterns, live, before they go on the shelf.

use std::{path::PathBuf, sync::Arc};

use egui::{ColorImage, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::{
    picture::Picture,
    settings::{Memory, Source},
};
use crate::widgets::tip::Tip;
use crate::{
    data::{
        Problem,
        import::{Conversion, ENDINGS, GreyPicture, Ink, open, open_folder},
    },
    labs::kit::{
        Host, Task,
        controls::progress_ui,
        pasting,
        sheet::{Sheet, complaint_ui},
    },
    platform::{
        dialogs::{Kind, Request},
        files::is_folder,
    },
    simulation::Watcher,
    text::Texts,
    widgets::{
        buttons::{IconButton, Look, segmented},
        icons::Icon,
        numbers,
        pattern::Thumbnails,
        slider::{BigSlider, Scale},
    },
};

type Opened = Vec<Result<GreyPicture, Problem>>;

/// Letters of a file's name that become the memory's name at most.
const NAME: usize = 24;

/// What the sheet keeps.
#[derive(Default)]
pub(super) struct Import {
    sheet: Sheet,
    opening: Task<Opened>,
    pictures: Vec<Candidate>,
    shift: f64,
    is_dithered: bool,
    /// What is on in the pictures: as on the shelf, or as the pictures say by themselves.
    ink: Ink,
    /// A person has said which.
    is_ink_chosen: bool,
    /// What could not be opened.
    refused: Vec<Problem>,
}

struct Candidate {
    grey: GreyPicture,
    pattern: Picture,
    /// The part that is taken: its share of the side, and where its middle is, in parts of the side.
    share: f64,
    centre: [f64; 2],
}

impl Candidate {
    fn new(grey: GreyPicture) -> Self {
        Self { grey, pattern: Picture::default(), share: 1.0, centre: [0.5, 0.5] }
    }

    /// Keeps the part inside the picture.
    fn move_by(&mut self, parts: Vec2) {
        let half = 0.5 * self.share;
        let [x, y] = self.centre;
        self.centre = [x - f64::from(parts.x) * self.share, y - f64::from(parts.y) * self.share];
        self.centre = self.centre.map(|at| at.clamp(half, 1.0 - half));
    }
}

/// The smallest part of a picture that can be taken.
const SMALLEST_PART: f64 = 0.15;

impl Import {
    /// Opens the sheet, empty.
    pub fn open(&mut self) {
        self.close();
        self.sheet.open();
    }

    /// Closes the sheet and gives up what it was opening.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Opens files beside the window, and the sheet for their pictures.
    pub fn load(&mut self, paths: Vec<PathBuf>, host: &Host) {
        if paths.is_empty() {
            return;
        }
        self.sheet.keep_open();
        self.refused.clear();
        self.opening.start(host, "opening pictures", (), 0.0, move |watcher: &Watcher| {
            let mut opened = Opened::new();
            for (place, path) in paths.iter().enumerate() {
                let go_on = |done: f64| watcher.go_on((place as f64 + done) / paths.len() as f64);
                if is_folder(path) {
                    match open_folder(path, &go_on) {
                        Ok(folder) => {
                            let folder = folder?;
                            opened.extend(folder.refused.into_iter().map(Err));
                            opened.extend(folder.pictures.into_iter().map(Ok));
                        }
                        Err(problem) => opened.push(Err(problem)),
                    }
                } else {
                    opened.push(open(path));
                }
                if !go_on(1.0) {
                    return None;
                }
            }
            Some(Ok(opened))
        });
    }

    /// Makes a grey picture of one that was pasted, beside the window, and opens the sheet for it.
    pub fn paste(&mut self, image: &Arc<ColorImage>, name: &str, host: &Host) {
        self.sheet.keep_open();
        self.refused.clear();
        let (image, name) = (Arc::clone(image), name.to_owned());
        self.opening.start(host, "pasting a picture", (), 0.0, move |_| Some(Ok(vec![pasting::grey(&image, &name)])));
    }

    /// Takes what was chosen and what was opened, as patterns of this side, read with the ink of the shelf if it has one.
    /// What went wrong is said in the sheet.
    pub fn poll(&mut self, side: usize, of_the_shelf: Option<Ink>, host: &Host) {
        let chosen = self.sheet.take(host);
        self.load(chosen, host);
        match self.opening.poll() {
            Some((_, Ok(opened))) => {
                for result in opened {
                    match result {
                        Ok(grey) => self.pictures.push(Candidate::new(grey)),
                        Err(problem) => self.refused.push(problem),
                    }
                }
                // Decided once for all: a picture and its negative are two memories, and a probe is as they are.
                if !self.is_ink_chosen {
                    let of_these = || Ink::of(self.pictures.iter().map(|candidate| &candidate.grey));
                    self.ink = of_the_shelf.unwrap_or_else(of_these);
                }
                self.convert(side);
            }
            Some((_, Err(problem))) => self.refused.push(problem),
            None => {}
        }
    }

    fn convert(&mut self, side: usize) {
        let ink = self.ink;
        for candidate in &mut self.pictures {
            // To the right more cells are on, whichever of light and dark that is.
            let shift = if ink == Ink::Light { -self.shift } else { self.shift };
            let conversion = Conversion { shift, ink, dithered: self.is_dithered };
            let part = (candidate.share < 1.0).then(|| candidate.grey.part(candidate.share, candidate.centre));
            candidate.pattern = part.as_ref().unwrap_or(&candidate.grey).pattern(side, conversion).into();
        }
    }

    /// Takes the pictures out of the sheet as memories, with their ink, and closes it.
    pub fn take(&mut self) -> (Vec<Memory>, Ink) {
        let name = |candidate: &Candidate| candidate.grey.name.chars().take(NAME).collect();
        let memory = |candidate: Candidate| Memory::new(name(&candidate), candidate.pattern, Source::Made);
        let memories = self.pictures.drain(..).map(memory).collect();
        let ink = self.ink;
        self.close();
        (memories, ink)
    }
}

/// Draws the sheet if it is open. Returns whether its pictures are to go on the shelf.
pub(super) fn sheet_ui(
    import: &mut Import,
    side: usize,
    thumbnails: &mut Thumbnails,
    ui: &Ui,
    host: &Host,
    t: Texts,
) -> bool {
    if !import.sheet.is_open() {
        return false;
    }
    let mut is_taken = false;
    // The sheet draws what the import keeps beside it.
    let mut sheet = std::mem::take(&mut import.sheet);
    sheet.sheet_ui(ui, "import", t.get("hopfield.import"), t, |ui, sheet| {
        sheet.chooser_ui(ui, host, t.get("hopfield.import.drop"), t, || {
            let request = Request::new(Kind::OpenFiles, t.get("hopfield.import"), t.get("dialog.all_files"));
            request.filter("PNG, JPEG, GIF, BMP, WebP", &ENDINGS)
        });
        sheet.folder_ui(ui, host, t);
        for problem in &import.refused {
            complaint_ui(ui, problem, t);
        }
        if let Some(done) = import.opening.progress()
            && progress_ui(ui, &format!("{:.0} %", 100.0 * done), done, t)
        {
            import.opening.cancel();
        }
        if !import.pictures.is_empty() {
            previews_ui(import, thumbnails, side, ui, t);
            knobs_ui(import, side, ui, t);
            let text = t.fill("hopfield.import.add", &[("count", &import.pictures.len().to_string())]);
            let add = IconButton::new(&text).icon(Icon::Tick).look(Look::Primary);
            is_taken = add.min_size(vec2(ui.available_width(), 44.0)).show(ui).clicked();
        }
    });
    import.sheet = sheet;
    if !import.sheet.is_open() {
        import.close();
    }
    is_taken
}

fn previews_ui(import: &mut Import, thumbnails: &mut Thumbnails, cells: usize, ui: &mut Ui, t: Texts) {
    let mut has_moved = false;
    let side = if import.pictures.len() == 1 { 200.0 } else { 96.0 };
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for candidate in &mut import.pictures {
                let sense = if candidate.share < 1.0 { Sense::drag() } else { Sense::hover() };
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(side + 8.0), sense);
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &candidate.grey.name));
                thumbnails.draw(ui, rect.shrink(4.0), &candidate.pattern.0);
                if response.dragged() {
                    candidate.move_by(response.drag_delta() / side);
                    has_moved = true;
                }
                response.tip(&candidate.grey.name);
            }
        });
    });
    // Of several pictures each has its own way of being cut: one is cut at a time.
    if let [candidate] = &mut import.pictures[..] {
        let slider = BigSlider {
            name: t.get("hopfield.import.part"),
            shown: format!("{:.0} %", 100.0 * candidate.share),
            scale: Scale { low: SMALLEST_PART, high: 1.0, logarithmic: false },
            default: 1.0,
            ..BigSlider::plain()
        };
        let mut share = candidate.share;
        if slider.show(ui, &mut share).tip(t.get("hopfield.import.part.tip")).changed() {
            candidate.share = share;
            candidate.move_by(Vec2::ZERO);
            has_moved = true;
        }
    }
    if has_moved {
        import.convert(cells);
    }
}

fn knobs_ui(import: &mut Import, side: usize, ui: &mut Ui, t: Texts) {
    let slider = BigSlider {
        name: t.get("hopfield.import.threshold"),
        shown: numbers::fixed(import.shift, 0),
        ends: Some((t.get("hopfield.import.less"), t.get("hopfield.import.more"))),
        scale: Scale { low: -120.0, high: 120.0, logarithmic: false },
        default: 0.0,
        centre: Some(0.0),
        detent: 0.02,
        ..BigSlider::plain()
    };
    let mut changed = slider.show(ui, &mut import.shift).tip(t.get("hopfield.import.threshold.tip")).changed();
    let inks = [(Ink::Dark, t.get("hopfield.import.ink.dark")), (Ink::Light, t.get("hopfield.import.ink.light"))];
    if segmented(ui, &mut import.ink, &inks) {
        import.is_ink_chosen = true;
        changed = true;
    }
    let dither = IconButton::new(t.get("hopfield.import.dither")).selected(import.is_dithered);
    if dither.min_size(vec2(ui.available_width(), 34.0)).show(ui).tip(t.get("hopfield.import.dither.tip")).clicked() {
        import.is_dithered ^= true;
        changed = true;
    }
    if changed {
        import.convert(side);
    }
}
