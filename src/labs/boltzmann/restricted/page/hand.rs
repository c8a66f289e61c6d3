//! What a person does with the machine: learning, dreaming, beginnings, pictures and files.

use std::{path::PathBuf, sync::Arc};

use egui::Ui;

use super::{
    super::{
        draw,
        files::Opened,
        likelihood::Measured,
        loading::Key,
        pictures,
        settings::{Activity, Configuration, Preset, RbmSettings, Tab, Tool},
        sim::RbmCommand,
    },
    RestrictedPage,
};
use crate::{
    data::{Problem, import, machines::MachineNotes, samples::Source},
    labs::{
        kit::{
            PageContext, StepId, Undone,
            pasting::{self, Pasted, pasted},
        },
        offers::{OfferedMachine, OfferedPictures},
    },
    physics::rbm::{Machine, RbmError},
};

impl RestrictedPage {
    /// What it does now.
    #[must_use]
    pub fn activity(&self) -> Activity {
        if self.session.is_running() { self.session.run.activity } else { Activity::Idle }
    }

    /// Whether it learns now.
    #[must_use]
    pub fn is_learning(&self) -> bool {
        self.activity() == Activity::Learning
    }

    pub(super) fn set_activity(&mut self, activity: Activity) {
        self.session.run.activity = activity;
        self.session.command(RbmCommand::Learn(activity == Activity::Learning));
        self.session.set_running(activity != Activity::Idle);
    }

    /// Learns, or pauses everything. Where the epochs planned are done, as many again are planned.
    pub fn set_learning(&mut self, learning: bool) {
        if learning && self.frame().has_ended(&self.session.settings) {
            let done = self.frame().epochs.round() as u32;
            let RbmSettings { configuration, trainer, .. } = self.session.settings.clone();
            let epochs = done.saturating_add(trainer.epochs).max(trainer.epochs);
            // No step of undo takes back how far this machine is to learn.
            self.session.change_everywhere(|settings| {
                if settings.configuration == configuration {
                    settings.trainer.epochs = settings.trainer.epochs.max(epochs);
                }
            });
        }
        self.set_activity(if learning { Activity::Learning } else { Activity::Idle });
    }

    /// Dreams with the machine as it is, or pauses.
    pub fn set_dreaming(&mut self, dreaming: bool) {
        self.set_activity(if dreaming { Activity::Dreaming } else { Activity::Idle });
    }

    /// One batch, and then a rest.
    pub fn learn_a_batch(&mut self) {
        self.set_activity(Activity::Idle);
        self.session.command(RbmCommand::Batch);
        self.session.step(1);
    }

    /// Begins the dreams again.
    pub fn dream_again(&mut self) {
        self.session.command(RbmCommand::DreamAgain);
        if !self.session.is_running() {
            self.session.add_steps(1);
        }
    }

    /// Whether there is something that a new beginning would forget.
    #[must_use]
    pub fn has_learned(&self) -> bool {
        self.frame().taught
    }

    /// Learning begins again from nothing after a change of the settings, as one step; undo brings the machine back.
    pub(super) fn begin_again(&mut self, change: impl FnOnce(&mut RbmSettings)) -> Option<StepId> {
        let step = self.session.edit(|settings| {
            settings.configuration.run += 1;
            change(settings);
        });
        self.look.question = None;
        self.set_activity(Activity::Idle);
        self.poll_pictures();
        step
    }

    /// Begins again with a notice that offers to take it back where something was forgotten.
    pub(super) fn begin_again_and_say(&mut self, cx: &mut PageContext<'_>, change: impl FnOnce(&mut RbmSettings)) {
        let had = self.has_learned();
        let step = self.begin_again(change);
        if let Some(step) = step.filter(|_| had) {
            cx.offer_undo(cx.texts.get("rbm.notice.restarted"), step);
        }
    }

    /// Learning begins again from nothing; undo brings the machine back.
    pub fn restart(&mut self) {
        self.begin_again(|_| {});
    }

    /// Takes a preset over.
    pub fn take_preset(&mut self, preset: Preset) {
        self.begin_again(|settings| settings.take_preset(preset));
        (self.look.preset, self.look.shown_label) = (Some(preset), None);
    }

    /// Learns from other pictures.
    pub fn learn_from(&mut self, source: Source) {
        self.begin_again(|settings| settings.configuration.source = source);
        (self.look.preset, self.look.shown_label) = (None, None);
    }

    /// Pictures from the shelf of the memory lab; none if there are none of a usable size.
    pub(super) fn drawings(&self) -> Option<Source> {
        let pictures = &self.host.offers.borrow().get::<OfferedPictures>()?.0;
        let side = pictures.first()?.bits.len().isqrt();
        let fitting = pictures.iter().filter(|picture| picture.bits.len() == side * side);
        let grey = fitting.flat_map(|picture| picture.bits.iter().map(|&bit| if bit > 0 { 255 } else { 0 })).collect();
        Some(Source::Drawings { side, grey })
    }

    /// Brings a card of the compact layout to the front.
    pub fn show_tab(&mut self, tab: Tab) {
        self.look.tab = tab;
    }

    /// Puts a picture on the pad: one held back from learning where there are any, another one each time.
    pub fn put_a_picture(&mut self) {
        let Some(loaded) = self.pictures.there() else { return };
        let samples = loaded.validation.as_ref().unwrap_or(&loaded.train);
        self.pictures_put = self.pictures_put.wrapping_add(1);
        let picture = samples.grey(self.pictures_put * 7 % samples.len()).to_vec();
        self.session.edit(|settings| {
            settings.drawing = picture.iter().map(|&grey| if grey >= 128 { 1.0 } else { 0.0 }).collect();
            settings.hidden_pixels = vec![false; picture.len()];
        });
    }

    /// Draws ink, paper or a hidden part along a line, in parts of the drawing's width and height.
    pub fn stroke(&mut self, tool: Tool, from: [f32; 2], to: [f32; 2]) {
        let size = self.frame().size;
        draw::stroke(&mut self.session.settings, size, tool, from, to);
    }

    /// Offers the machine to the other labs whenever it was asked for.
    pub(super) fn offer(&self) {
        let frame = self.session.frame();
        let Some((_, machine)) = &frame.machine else { return };
        let mut offers = self.host.offers.borrow_mut();
        if offers.get::<OfferedMachine>().is_none_or(|offered| !Arc::ptr_eq(&offered.machine, machine)) {
            offers.offer(Some(OfferedMachine { size: frame.size, machine: Arc::clone(machine) }));
        }
    }

    pub(super) fn ask_for_the_machine(&mut self) -> u64 {
        self.asked += 1;
        self.session.command(RbmCommand::Show(self.asked));
        self.asked
    }

    /// Asks for the likelihood of the machine as it is now.
    pub fn measure_likelihood(&mut self) {
        let number = self.ask_for_the_machine();
        self.likelihood.ask(number);
    }

    /// The likelihoods measured of this run.
    pub fn measured(&self) -> impl Iterator<Item = &Measured> {
        self.likelihood.of_run(self.session.settings.configuration.run)
    }

    /// Saves the machine of now; to a name that ends in `.npy`, its weights alone.
    pub fn save_machine_as(&mut self, path: PathBuf) {
        let number = self.ask_for_the_machine();
        self.files.save(number, path);
    }

    /// Opens what was dropped or named: machines by their ending, all else as pictures to learn from.
    pub fn open_files(&mut self, paths: Vec<PathBuf>) {
        if let Some(path) = paths.into_iter().next() {
            self.files.open(path, &self.host);
        }
    }

    pub(super) fn key(&self) -> Key {
        let RbmSettings { configuration, trainer, .. } = &self.session.settings;
        Key { source: configuration.source.clone(), validation: configuration.validation, seed: trainer.seed }
    }

    /// Sees to it that the pictures asked for come, and hands them to the simulation.
    pub(super) fn poll_pictures(&mut self) {
        let key = self.key();
        if self.pictures.follow(&key, &self.host) {
            self.views.data = pictures::DataView::default();
        }
        let Some(loaded) = self.pictures.of(&key) else { return };
        if self.handed.as_ref() == Some(&self.session.settings.configuration) || self.pictures.refusal(&key).is_some() {
            return;
        }
        let (train, validation) = (loaded.train.clone(), loaded.validation.clone());
        let configuration = self.session.settings.configuration.clone();
        self.handed = Some(configuration.clone());
        if let Err(error) = self.session.settings.shape(train.pixels(), train.classes()).validate() {
            self.pictures.refuse(key, Problem::from(&error));
            return;
        }
        self.fit_the_pad(train.pixels());
        self.session.command(RbmCommand::Pictures { configuration, train, validation });
    }

    /// A pad of another size is emptied, which is no step of undo: it comes with the pictures.
    pub(super) fn fit_the_pad(&mut self, pixels: usize) {
        if self.session.settings.drawing.len() != pixels {
            self.session.change_quietly(|settings| {
                settings.drawing = vec![0.0; pixels];
                settings.hidden_pixels = vec![false; pixels];
            });
        }
    }

    pub(super) fn take_opened(&mut self, cx: &mut PageContext<'_>) {
        match self.files.opened(&self.host) {
            Some(Opened::Pictures(source)) => {
                let key = Key { source, ..self.key() };
                self.pictures.try_out(key, &self.host);
            }
            Some(Opened::Machine(opened)) => {
                let taken = opened.and_then(|opened| {
                    let not_taken = |error: RbmError| Problem::from(&error);
                    Ok((self.take_machine(&opened.0, &opened.1).map_err(not_taken)?, opened.1.is_turned))
                });
                if let Some((Some(step), is_turned)) = self.files.settle(taken, &self.host) {
                    if is_turned {
                        cx.notices.say(cx.texts.get("rbm.notice.turned"));
                    }
                    cx.offer_undo(cx.texts.get("rbm.notice.opened"), step);
                }
            }
            None => {}
        }
        let tried = self.pictures.tried(&self.host);
        if let Some(loaded) = tried.and_then(|tried| self.files.settle(tried, &self.host)) {
            let source = self.pictures.accept(loaded);
            self.views.data = pictures::DataView::default();
            (self.look.preset, self.look.shown_label) = (None, None);
            self.begin_again_and_say(cx, |settings| settings.configuration.source = source);
        }
    }

    /// Puts a pasted picture on the pad; opens pasted files as dropped ones.
    pub(super) fn take_pasted(&mut self, ui: &Ui, cx: &PageContext<'_>) {
        match pasted(ui) {
            Some(Pasted::Files(paths)) => self.open_files(paths),
            Some(Pasted::Picture(image)) => {
                let name = cx.texts.get("sheet.pasted");
                self.pasting
                    .start(&self.host, "pasting a picture", (), 0.0, move |_| Some(pasting::grey(&image, name)));
            }
            None => {}
        }
        let Some((_, grey)) = self.pasting.poll_or_tell(&self.host) else { return };
        let [width, height] = self.frame().size;
        if width * height == 0 || self.session.settings.drawing.len() != width * height {
            return;
        }
        // The picture is square: of a pad that is not, it takes the middle.
        let side = width.min(height);
        let is_light = import::Ink::of([&grey]) == import::Ink::Light;
        let ink = |level: f64| if is_light { level / 255.0 } else { 1.0 - level / 255.0 };
        let levels = grey.resampled(side);
        let [left, top] = [(width - side) / 2, (height - side) / 2];
        self.session.edit(|settings| {
            settings.hidden_pixels.fill(false);
            settings.drawing.fill(0.0);
            for (place, &level) in levels.iter().enumerate() {
                settings.drawing[(top + place / side) * width + left + place % side] = ink(level) as f32;
            }
        });
    }

    /// Takes a machine from a file over: its sizes, and what is known of how it learned and from what, become the settings.
    pub(super) fn take_machine(&mut self, machine: &Machine, notes: &MachineNotes) -> Result<Option<StepId>, RbmError> {
        let RbmSettings { mut configuration, mut trainer, .. } = self.session.settings.clone();
        if let Some(source) = Source::built_in(&notes.data) {
            configuration.source = source;
        } else {
            // Nobody knows what it has learned from: it goes on with the pictures that are here.
            let pixels = self.pictures.there().ok_or(RbmError::Empty)?.train.pixels();
            if pixels != machine.shape.visible {
                return Err(RbmError::Pixels { expected: machine.shape.visible, found: pixels });
            }
        }
        configuration.run += 1;
        configuration.hidden = machine.shape.hidden;
        configuration.kind = machine.shape.kind;
        configuration.labels = machine.shape.classes > 0;
        if let Some(settings) = notes.settings {
            trainer = settings;
        }
        let step = self.session.edit(|settings| {
            settings.configuration = configuration.clone();
            settings.trainer = trainer;
        });
        (self.look.preset, self.look.shown_label) = (None, None);
        self.set_activity(Activity::Idle);
        let (machine, epochs) = (Box::new(machine.clone()), notes.epochs);
        self.session.command(RbmCommand::Machine { machine, epochs, configuration });
        self.poll_pictures();
        Ok(step)
    }

    /// Pauses where undo brought another machine back.
    pub(super) fn after_undo(&mut self, before: &Configuration, undone: Option<Undone>) -> bool {
        if *before != self.session.settings.configuration {
            self.handed = None;
            self.look.preset = None;
            self.set_activity(Activity::Idle);
            self.poll_pictures();
        }
        undone.is_some()
    }
}
