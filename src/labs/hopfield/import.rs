//! Pictures from files: a sheet with their patterns, live, before they go on the shelf.

use std::path::PathBuf;

use egui::{Modal, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::{
    HopfieldLab,
    settings::{MOST_MEMORIES, Memory, Picture, Source},
};
use crate::{
    data::{
        Problem,
        import::{Conversion, ENDINGS, GreyPicture, open},
    },
    labs::LabContext,
    platform::dialogs::{self, Answer, Kind, Request},
    simulation::{Job, Outcome, Watcher},
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        card,
        icons::Icon,
        rich,
        slider::{BigSlider, Scale},
        tokens::{bold, regular, size},
    },
};

type Opened = Vec<Result<GreyPicture, Problem>>;

/// What the sheet keeps.
#[derive(Default)]
pub(super) struct Import {
    is_open: bool,
    job: Option<Job<Opened>>,
    asking: Option<Job<Answer>>,
    /// Perhaps the system has no dialog: the last one came back empty at once.
    no_dialog: bool,
    pictures: Vec<Candidate>,
    shift: f64,
    dithered: bool,
    inverted: bool,
    path: String,
    /// What could not be opened.
    refused: Vec<Problem>,
}

struct Candidate {
    grey: GreyPicture,
    light_on_dark: bool,
    pattern: Picture,
}

impl Import {
    /// Opens files beside the window.
    fn load(&mut self, paths: Vec<PathBuf>, host: &crate::labs::Host) {
        if paths.is_empty() {
            return;
        }
        self.is_open = true;
        self.refused.clear();
        self.job = Some(host.job("opening pictures", move |watcher: &Watcher| {
            let mut opened = Opened::new();
            for (place, path) in paths.iter().enumerate() {
                opened.push(open(path));
                if !watcher.go_on((place + 1) as f64 / paths.len() as f64) {
                    return None;
                }
            }
            Some(opened)
        }));
    }

    fn follow(&mut self, side: usize, host: &crate::labs::Host) {
        if let Some(outcome) = self.asking.as_ref().and_then(Job::take) {
            self.asking = None;
            if let Outcome::Done(answer) = outcome {
                self.no_dialog = answer.is_empty_at_once();
                self.load(answer.into_paths(), host);
            }
        }
        let Some(outcome) = self.job.as_ref().and_then(Job::take) else { return };
        self.job = None;
        match outcome {
            Outcome::Done(opened) => {
                for result in opened {
                    match result {
                        Ok(grey) => {
                            let light_on_dark = grey.is_light_on_dark();
                            self.pictures.push(Candidate { grey, light_on_dark, pattern: Picture::default() });
                        }
                        Err(problem) => self.refused.push(problem),
                    }
                }
                self.convert(side);
            }
            Outcome::Failed(why) => self.refused.push(Problem::unexpected(why)),
            Outcome::Cancelled => {}
        }
    }

    fn convert(&mut self, side: usize) {
        for candidate in &mut self.pictures {
            let light_is_on = candidate.light_on_dark != self.inverted;
            // To the right more cells are on, whichever of light and dark that is.
            let shift = if light_is_on { -self.shift } else { self.shift };
            let conversion = Conversion { shift, light_is_on, dithered: self.dithered };
            candidate.pattern = candidate.grey.pattern(side, conversion).into();
        }
    }

    fn close(&mut self) {
        let path = std::mem::take(&mut self.path);
        *self = Self { path, ..Self::default() };
    }
}

impl HopfieldLab {
    /// Opens the sheet.
    pub(super) fn open_pictures(&mut self) {
        self.import.is_open = true;
    }

    /// Opens these files as pictures.
    pub fn import_files(&mut self, paths: Vec<PathBuf>) {
        self.import.load(paths, &self.host);
    }

    fn add_imported(&mut self, cx: &mut LabContext<'_>) {
        let room = MOST_MEMORIES.saturating_sub(self.settings.memories.len());
        let new: Vec<Memory> = self
            .import
            .pictures
            .drain(..)
            .take(room)
            .map(|candidate| Memory {
                name: candidate.grey.name.chars().take(24).collect(),
                picture: candidate.pattern,
                on: true,
                source: Source::Made,
            })
            .collect();
        let count = new.len().to_string();
        self.edit(|settings| settings.memories.extend(new));
        cx.notices.say(cx.texts.fill("hopfield.notice.imported", &[("count", &count)]));
        self.import.close();
    }
}

/// Draws the sheet if it is open.
pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    lab.import.follow(lab.settings.side, &lab.host);
    if !lab.import.is_open {
        return;
    }
    let t = cx.texts;
    let frame = card::frame(Tokens::of(ui)).inner_margin(20);
    let modal = Modal::new(egui::Id::unique("import")).frame(frame).show(ui.ctx(), |ui| {
        let tokens = Tokens::of(ui);
        ui.set_width(560.0_f32.min(ui.ctx().content_rect().width() - 60.0));
        ui.spacing_mut().item_spacing.y = 10.0;
        ui.horizontal(|ui| {
            ui.label(rich(t.get("hopfield.import"), bold(19.0), tokens.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if IconButton::icon_only(Icon::Close, t.get("close")).show(ui).clicked() {
                    lab.import.close();
                }
            });
        });
        choose(lab, ui, cx);
        for problem in &lab.import.refused {
            let text = problem.text(t);
            let mut job = rich(&text, regular(size::BODY), tokens.err);
            job.wrap.max_width = ui.available_width();
            ui.label(job);
        }
        if let Some(job) = &lab.import.job {
            ui.horizontal(|ui| {
                ui.add(
                    egui::ProgressBar::new(job.progress() as f32)
                        .desired_width(300.0)
                        .corner_radius(6)
                        .fill(tokens.acc),
                );
                if IconButton::new(t.get("cancel")).icon(Icon::Close).tight().show(ui).clicked() {
                    job.cancel();
                }
            });
        }
        if !lab.import.pictures.is_empty() {
            previews(lab, ui);
            knobs(lab, ui, cx);
            let count = lab.import.pictures.len().to_string();
            let text = t.fill("hopfield.import.add", &[("count", &count)]);
            let add = IconButton::new(&text).icon(Icon::Tick).look(Look::Primary);
            if add.min_size(vec2(ui.available_width(), 44.0)).show(ui).clicked() {
                lab.add_imported(cx);
            }
        }
    });
    if modal.should_close() {
        lab.import.close();
    }
}

fn choose(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    ui.horizontal(|ui| {
        let choose = IconButton::new(t.get("hopfield.import.choose")).icon(Icon::Picture);
        let ready = lab.import.asking.is_none() && lab.host.by_hand.is_none();
        if ui.add_enabled_ui(ready, |ui| choose.show(ui)).inner.clicked() {
            // Some systems' dialogs hang: this is a thread of its own, and the window goes on.
            let request = Request::new(Kind::OpenFiles, t.get("hopfield.import"), t.get("dialog.all_files"));
            let request = request.filter("PNG, JPEG, GIF, BMP, WebP", &ENDINGS);
            lab.import.asking = Some(lab.host.job("choosing pictures", move |_| Some(dialogs::ask(&request))));
            lab.import.no_dialog = false;
        }
        let hint = if lab.import.no_dialog { "dialog.none" } else { "hopfield.import.drop" };
        ui.label(rich(t.get(hint), regular(size::CAPTION), tokens.t2));
    });
    ui.horizontal(|ui| {
        let name = t.get("hopfield.import.path");
        ui.label(rich(name, regular(size::BODY), tokens.text));
        let field = ui.add(egui::TextEdit::singleline(&mut lab.import.path).desired_width(ui.available_width() - 90.0));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        let typed = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let open = IconButton::new(t.get("hopfield.import.open")).tight().min_size(vec2(70.0, 30.0)).show(ui).clicked();
        if (typed || open) && !lab.import.path.trim().is_empty() {
            let path = PathBuf::from(lab.import.path.trim());
            lab.import_files(vec![path]);
        }
    });
}

fn previews(lab: &mut HopfieldLab, ui: &mut Ui) {
    let patterns: Vec<(Picture, String)> =
        lab.import.pictures.iter().map(|candidate| (candidate.pattern.clone(), candidate.grey.name.clone())).collect();
    let large = patterns.len() == 1;
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (pattern, name) in patterns {
                let side = if large { 200.0 } else { 96.0 };
                let (rect, response) = ui.allocate_exact_size(Vec2::splat(side + 8.0), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
                lab.thumbnails.draw(ui, rect.shrink(4.0), &pattern.0);
                response.on_hover_text(name);
            }
        });
    });
}

fn knobs(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let mut shift = lab.import.shift;
    let slider = BigSlider {
        name: t.get("hopfield.import.threshold"),
        shown: crate::widgets::numbers::fixed(shift, 0),
        ends: Some((t.get("hopfield.import.less"), t.get("hopfield.import.more"))),
        scale: Scale { low: -120.0, high: 120.0, logarithmic: false },
        default: 0.0,
        centre: Some(0.0),
        detent: 0.02,
        ..BigSlider::plain()
    };
    let mut changed = slider.show(ui, &mut shift).on_hover_text(t.get("hopfield.import.threshold.tip")).changed();
    lab.import.shift = shift;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 2.0;
        let dither = IconButton::new(t.get("hopfield.import.dither")).selected(lab.import.dithered);
        if dither.min_size(vec2(width, 34.0)).show(ui).on_hover_text(t.get("hopfield.import.dither.tip")).clicked() {
            lab.import.dithered ^= true;
            changed = true;
        }
        let invert = IconButton::new(t.get("hopfield.change.invert")).icon(Icon::Invert).selected(lab.import.inverted);
        if invert.min_size(vec2(width, 34.0)).show(ui).on_hover_text(t.get("hopfield.import.invert.tip")).clicked() {
            lab.import.inverted ^= true;
            changed = true;
        }
    });
    if changed {
        lab.import.convert(lab.settings.side);
    }
}
