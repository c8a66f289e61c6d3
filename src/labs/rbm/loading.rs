//! Pictures to learn from: made or read beside the window, and handed to the simulation.

use super::{
    RbmLab,
    pictures::DataView,
    settings::{Makeup, RbmSettings},
    sim::RbmCommand,
};
use crate::{
    data::{Problem, samples::Source},
    labs::Host,
    physics::rbm::Samples,
    simulation::{Job, Outcome},
};

/// Pictures that are there.
pub(super) struct Loaded {
    key: Key,
    pub train: Samples,
    pub validation: Option<Samples>,
}

/// What pictures depend on.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    pub source: Source,
    pub validation: f64,
    pub seed: u64,
}

pub(super) type Pictures = (Samples, Option<Samples>);
/// None where loading was stopped.
pub(super) type LoadedPictures = Result<Option<Pictures>, Problem>;

/// What is there, what comes, and what could not be had.
#[derive(Default)]
pub(super) struct Loading {
    pub there: Option<Loaded>,
    job: Option<(Key, Job<LoadedPictures>)>,
    /// Why the pictures asked for could not be had.
    refused: Option<(Key, Problem)>,
    /// The makeup whose pictures the simulation has.
    pub handed: Option<Makeup>,
}

impl Loading {
    /// Whether pictures are on their way.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Why the pictures of this key could not be had.
    pub fn refusal(&self, key: &Key) -> Option<&Problem> {
        self.refused.as_ref().filter(|(refused, _)| refused == key).map(|(_, why)| why)
    }
}

impl RbmLab {
    /// Learns from pictures that are there already.
    pub(super) fn take_loaded(&mut self, key: Key, (train, validation): Pictures) {
        let source = key.source.clone();
        self.pictures.there = Some(Loaded { key, train, validation });
        self.data_view = DataView::default();
        self.learn_from(source);
    }

    /// How much of the pictures is there, while they are made or read.
    pub(super) fn loading_progress(&self) -> Option<f64> {
        self.pictures.job.as_ref().map(|(_, job)| job.progress()).or_else(|| self.files.trying())
    }

    /// Gives the loading up and goes back to the pictures that are there.
    pub(super) fn cancel_loading(&mut self) {
        self.files.stop_trying();
        self.pictures.refused = None;
        self.pictures.job = None;
        if let Some(loaded) = &self.pictures.there {
            self.settings.makeup.source = loaded.key.source.clone();
        } else {
            self.settings.makeup.source = RbmSettings::default().makeup.source;
        }
    }

    pub(super) fn key(&self) -> Key {
        let makeup = &self.settings.makeup;
        Key { source: makeup.source.clone(), validation: makeup.validation, seed: self.settings.trainer.seed }
    }

    /// Sees to it that the pictures asked for come, and hands them to the simulation.
    pub(super) fn follow_pictures(&mut self) {
        let key = self.key();
        if let Some((asked, job)) = &self.pictures.job {
            if let Some(outcome) = job.take() {
                let asked = asked.clone();
                self.pictures.job = None;
                match outcome {
                    Outcome::Done(Ok(Some((train, validation)))) => {
                        self.pictures.there = Some(Loaded { key: asked, train, validation });
                        self.data_view = DataView::default();
                    }
                    Outcome::Done(Err(problem)) => self.pictures.refused = Some((asked, problem)),
                    Outcome::Failed(why) => self.pictures.refused = Some((asked, Problem::unexpected(why))),
                    Outcome::Done(Ok(None)) | Outcome::Cancelled => {}
                }
            } else if *asked != key {
                self.pictures.job = None;
            }
        }
        let there = self.pictures.there.as_ref().is_some_and(|loaded| loaded.key == key);
        let refused = self.pictures.refusal(&key).is_some();
        if !there && !refused && self.pictures.job.is_none() {
            let job = load(&self.host, &key);
            self.pictures.job = Some((key, job));
            return;
        }
        if there && self.pictures.handed.as_ref() != Some(&self.settings.makeup) {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let Some(loaded) = &self.pictures.there else { return };
        let (train, validation) = (loaded.train.clone(), loaded.validation.clone());
        let shape = self.settings.shape(train.pixels(), train.classes());
        let makeup = self.settings.makeup.clone();
        self.pictures.handed = Some(makeup.clone());
        if let Err(error) = shape.validate() {
            self.pictures.refused = Some((self.key(), Problem::from(&error)));
            return;
        }
        if self.settings.drawing.len() != train.pixels() {
            self.settings.drawing = vec![0.0; train.pixels()];
            self.settings.hidden_pixels = vec![false; train.pixels()];
            self.sent.drawing.clone_from(&self.settings.drawing);
            self.sent.hidden_pixels.clone_from(&self.settings.hidden_pixels);
            self.driver.command(RbmCommand::Settings(Box::new(self.settings.clone())));
        }
        self.driver.command(RbmCommand::Pictures { makeup, train, validation });
    }
}

/// Makes or reads the pictures beside the window.
pub(super) fn load(host: &Host, key: &Key) -> Job<LoadedPictures> {
    let Key { source, validation, seed } = key.clone();
    host.job("pictures", move |watcher| Some(source.load_split(validation, seed, &|done| watcher.go_on(done))))
}
