//! The page: what was done on it becomes settings, commands and jobs.

use std::path::PathBuf;

use egui::{Rect, Ui, pos2};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    captions,
    cards::{self, Cards},
    commands, edits, film_view,
    hand::Hand,
    import::{self, Import},
    layout::Parts,
    learning::{Learning, Refusal, TrainingSet},
    look::{Look, Pen, Tab},
    model::MemoryModel,
    scene::{Action, Scene},
    settings::{HOTTEST, HopfieldRun, HopfieldSettings},
    shown::Shown,
    sim::{HopfieldCommand, HopfieldFrame},
    strokes::Strokes,
    tables,
};
use crate::{
    labs::kit::{
        CardId, CommandId, CommandInfo, Host, Observable, Page, PageContext, Repair, Session, StatusItem, StepId,
        Table, Undone,
        controls::nudged,
        lenient,
        page::failure_banner_ui,
        pasting::{Pasted, pasted},
        saving::Saving,
        session::Runs,
    },
    labs::offers::OfferedMachine,
    text::Texts,
    widgets::{
        banner::{Severity, banner},
        bubble::bubble,
        pattern::Thumbnails,
    },
};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: HopfieldSettings,
    run: HopfieldRun,
    pen: Pen,
    look: Look,
    /// Seeds of what the network has unlearned.
    unlearned: Vec<u64>,
}

/// The page of the associative memory.
pub struct MemoryPage {
    host: Host,
    /// The network with its settings.
    pub session: Session<MemoryModel>,
    /// What is drawn with.
    pub pen: Pen,
    look: Look,
    learning: Learning,
    /// Snapshot of the film that is shown in place of the network's state.
    scrub: Option<usize>,
    strokes: Strokes,
    cards: Cards,
    thumbnails: Thumbnails,
    import: Import,
    saving: Saving,
    now: f64,
}

impl MemoryPage {
    /// Builds a page with the default settings, waiting for Recall.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        edits::offer(&HopfieldSettings::default().memories, host);
        Self {
            host: host.clone(),
            session: Session::new(host, false),
            pen: Pen::default(),
            look: Look::default(),
            learning: Learning::default(),
            scrub: None,
            strokes: Strokes::default(),
            cards: Cards::default(),
            thumbnails: Thumbnails::default(),
            import: Import::default(),
            saving: Saving::default(),
            now: 0.0,
        }
    }

    /// The newest frame that the simulation has published; before the first one, an empty frame.
    #[must_use]
    pub fn frame(&self) -> &HopfieldFrame {
        self.session.frame()
    }

    fn seen(&self) -> Shown<'_> {
        Shown::of(&self.session, self.scrub)
    }

    fn hand(&mut self) -> Hand<'_> {
        Hand { session: &mut self.session, scrub: &mut self.scrub, strokes: &mut self.strokes }
    }

    /// What the pad shows, −1 to 1 for each cell: the film where it is scrubbed, the network's state, or what was drawn a
    /// moment ago.
    #[must_use]
    pub fn shown(&self) -> Vec<f32> {
        self.seen().outputs().into_owned()
    }

    /// What the pad shows, as ±1.
    #[must_use]
    pub fn shown_bits(&self) -> Vec<i8> {
        self.seen().bits()
    }

    /// Whether the network runs now.
    #[must_use]
    pub fn is_running_now(&self) -> bool {
        self.session.is_running()
    }

    /// Runs or pauses. What has come to rest begins again with the same probe.
    pub fn set_running(&mut self, running: bool) {
        self.hand().set_running(running);
    }

    /// Does so many steps, paused.
    pub fn step(&mut self, steps: u64) {
        self.hand().step(steps);
    }

    /// Asks each neuron once.
    pub fn sweep(&mut self) {
        self.hand().sweep();
    }

    /// Goes as fast as it can until the network comes to rest; with noise, which never rests, for three hundred sweeps.
    pub fn to_the_end(&mut self) {
        self.hand().until_rest();
    }

    /// Goes back to the probe.
    pub fn again(&mut self) {
        self.hand().again();
    }

    /// Changes the settings as one step that undo takes back. Returns its number, if anything changed.
    pub fn edit(&mut self, change: impl FnOnce(&mut HopfieldSettings)) -> Option<StepId> {
        self.hand().edit(change)
    }

    /// Takes another side of the pad; all pictures with it.
    pub fn set_side(&mut self, side: usize) {
        self.hand().set_side(side);
    }

    /// Stores what the pad shows.
    pub fn store(&mut self, cx: &mut PageContext<'_>) {
        self.hand().store(cx);
    }

    /// Brings a card to the front.
    pub fn show_tab(&mut self, tab: Tab) {
        self.look.show_tab(tab);
    }

    /// Lets all rules recall the picture on the pad.
    pub fn start_race(&mut self) {
        self.cards.race.start(&self.session.settings, &self.host);
    }

    /// Measures how much the chosen rule holds.
    pub fn start_capacity(&mut self) {
        self.cards.experiments.start_capacity(&self.session.settings, &self.host);
    }

    /// Lets the network unlearn for some dreams.
    pub fn unlearn(&mut self) {
        self.learning.unlearn(&self.host, self.session.settings.seed);
    }

    /// Opens these files as pictures.
    pub fn import_files(&mut self, paths: Vec<PathBuf>) {
        self.import.load(paths, &self.host);
    }

    fn do_what_was_asked(&mut self, actions: Vec<Action>, cx: &mut PageContext<'_>) {
        for action in actions {
            let pen = self.pen;
            let Some(action) = self.hand().act(action, pen, cx) else { continue };
            match action {
                Action::CancelLearning => self.learning.cancel(),
                Action::Unlearn => self.unlearn(),
                Action::OpenPictures => self.import.open(),
                Action::AddFeatures => {
                    let offered = self.host.offers.borrow().get::<OfferedMachine>();
                    if let Some(offered) = offered {
                        self.hand().add_features(&offered, cx);
                    }
                }
                Action::StartRace => self.start_race(),
                Action::StartCapacity => self.start_capacity(),
                Action::StartBasins => {
                    let (settings, trained) = (&self.session.settings, self.learning.trained());
                    self.cards.experiments.start_basins(settings, trained, &self.host, cx.texts);
                }
                Action::SaveTable => self.cards.experiments.save(&mut self.saving, &self.host),
                Action::SaveFilm => film_view::save(&mut self.saving, &self.host, self.session.frame()),
                // All others are the hand's.
                _ => {}
            }
        }
    }

    /// Sends what was changed, and keeps the network and what others are offered up to date with the shelf.
    fn poll(&mut self) {
        self.session.sync();
        edits::offer(&self.session.settings.memories, &self.host);
        let rule_before = self.learning.rule();
        let training_set = TrainingSet::of(&self.session.settings);
        let Some(trained) = self.learning.poll(training_set, &self.host, self.now) else { return };
        edits::offer_network(trained.as_deref(), self.session.settings.rule, &self.host);
        self.session.command(HopfieldCommand::Trained(trained));
        if rule_before.is_some() && self.learning.rule() != rule_before && !self.session.is_running() {
            // Another rule is tried with the same probe, not with what the last one made of it.
            self.session.command(HopfieldCommand::Again);
        }
    }

    fn cards_ui(&mut self, ui: &mut Ui, parts: &Parts, cx: &mut PageContext<'_>) -> Vec<Action> {
        let is_running = self.session.is_running();
        let (settings, run, frame) = self.session.parts();
        let mut scene = Scene {
            settings,
            run,
            pen: &mut self.pen,
            look: &mut self.look,
            frame,
            is_running,
            scrub: self.scrub,
            learning: &self.learning,
            learning_progress: self.learning.progress(self.now),
            is_saving: self.saving.is_busy(),
            has_machine: self.host.offers.borrow().get::<OfferedMachine>().is_some(),
            thumbnails: &mut self.thumbnails,
            actions: Vec::new(),
        };
        cards::cards_ui(&mut scene, &mut self.cards, ui, parts, &self.host, cx);
        scene.actions
    }

    fn sheet_ui(&mut self, ui: &Ui, cx: &mut PageContext<'_>) {
        match pasted(ui) {
            Some(Pasted::Picture(image)) => self.import.paste(&image, cx.texts.get("sheet.pasted"), &self.host),
            Some(Pasted::Files(paths)) => self.import_files(paths),
            None => {}
        }
        let (side, thumbnails) = (self.session.settings.side, &mut self.thumbnails);
        if import::sheet_ui(&mut self.import, side, thumbnails, ui, &self.host, cx.texts) {
            let (new, ink) = self.import.take();
            let added = self.hand().add_memories(new, Some(ink));
            cx.notices.say(added.text(cx.texts));
        }
    }

    fn banners_ui(&mut self, ui: &mut Ui, rect: Rect, t: Texts) {
        if let Some(failure) = self.session.failure() {
            if failure_banner_ui(ui, rect, failure, t) {
                self.session.recover();
                self.hand().set_running(false);
                let trained = self.learning.trained().cloned();
                self.session.command(HopfieldCommand::Trained(trained));
            }
        } else if let Some(refusal) = self.learning.refusal() {
            let severity = if *refusal == Refusal::Cancelled { Severity::Warning } else { Severity::Error };
            if banner(ui, rect, severity, &captions::refusal(refusal, t), t.get("hopfield.learn.again")) {
                self.learning.try_again();
            }
        }
    }

    /// What was taken back or done again is on the pad as it was: the recall since then is taken back with it.
    fn after_undo(&mut self, undone: Option<Undone>) -> bool {
        if undone.is_some() {
            self.hand().again();
        }
        undone.is_some()
    }
}

impl Page for MemoryPage {
    fn id(&self) -> &'static str {
        "memory"
    }

    fn title(&self) -> &'static str {
        "hopfield.page"
    }

    fn runs(&self) -> Option<&dyn Runs> {
        Some(&self.session)
    }

    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        Some(&mut self.session)
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.now = now;
        self.session.poll(now, held || self.cards.is_drawing());
        self.cards.poll(&self.host);
        let settings = &self.session.settings;
        self.import.poll(settings.side, settings.ink_of_the_shelf(), &self.host);
        self.poll();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let tall = matches!(self.look.all, Tab::Race | Tab::Experiments);
        let parts = Parts::new(cx.class, ui.max_rect(), tall);
        cx.deck.set_hero(parts.pad);
        cx.notices.keep_over(parts.for_notices());
        let actions = self.cards_ui(ui, &parts, cx);
        self.look.has_met |= !actions.is_empty() || self.frame().updates > 0;
        if !self.look.has_met && cx.deck.enlarged().is_none() {
            let tip = pos2(parts.pad.right() - 6.0, parts.pad.top() + 0.36 * parts.pad.height());
            bubble(ui, tip, cx.texts.get("hopfield.hint"));
        }
        if !actions.is_empty() {
            // What was done is on screen with the next frame.
            ui.ctx().request_repaint();
        }
        self.do_what_was_asked(actions, cx);
        self.saving.poll(&self.host, cx);
        self.sheet_ui(ui, cx);
        self.banners_ui(ui, parts.pad, cx.texts);
        // What was changed while drawing is felt in this frame, not in the next.
        self.poll();
        if self.session.is_waiting() || self.learning.is_busy() {
            ui.ctx().request_repaint();
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, cx: &mut PageContext<'_>) {
        let steps_and_step = match command {
            commands::RECALL => return self.set_running(!self.is_running_now()),
            commands::FORWARD => return self.hand().forward(),
            commands::BACK => return self.hand().back(),
            commands::AGAIN => return self.again(),
            commands::STORE => return self.store(cx),
            commands::WIDER => return self.pen.resize(1),
            commands::NARROWER => return self.pen.resize(-1),
            commands::WARMER => (1.0, 0.01),
            commands::COLDER => (-1.0, 0.01),
            commands::WARMER_FAST => (1.0, 0.1),
            commands::COLDER_FAST => (-1.0, 0.1),
            _ => return,
        };
        let temperature = &mut self.session.settings.temperature;
        *temperature = nudged(*temperature, steps_and_step.0, steps_and_step.1, 0.0..=HOTTEST);
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(&self.seen())
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        captions::status(&self.seen(), texts)
    }

    fn set_shown(&mut self, shown: bool) {
        self.session.set_shown(shown);
    }

    fn undo(&mut self, redo: bool) -> bool {
        let undone = self.session.undo(redo);
        self.after_undo(undone)
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        let undone = self.session.undo_step(step);
        self.after_undo(undone)
    }

    fn save(&self) -> Value {
        let (settings, run) = (self.session.settings.clone(), self.session.run);
        let (pen, look, unlearned) = (self.pen, self.look, self.learning.unlearned().collect());
        serde_json::to_value(Saved { settings, run, pen, look, unlearned }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.session.take(saved.settings, saved.run.repaired());
        self.learning.owe(saved.unlearned);
        (self.pen, self.look, self.scrub) = (saved.pen.repaired(), saved.look, None);
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &tables::CARDS
    }

    fn table(&self, card: CardId, texts: Texts) -> Option<Table> {
        let trained = self.learning.trained().map(|trained| &**trained);
        let (settings, frame, race) = (&self.session.settings, self.frame(), &self.cards.race);
        tables::table(card, &tables::Sources { settings, frame, trained, race }, texts)
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut PageContext<'_>) {
        self.import_files(paths);
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        labs::{kit::ByHand, offers::OfferedNetwork},
        physics::hopfield::Rule,
        simulation::ManualClock,
    };

    #[test]
    fn what_was_learned_is_offered_with_its_rule_and_in_the_order_of_the_shelf() {
        let hand = ByHand { clock: Arc::new(ManualClock::default()), seams: crate::labs::kit::Seams::default() };
        let host = Host::new(Arc::new(|| {}), Arc::new(|| {}), Some(hand));
        let mut page = MemoryPage::new(&host);
        page.edit(|settings| settings.rule = Rule::Storkey);
        for _ in 0..5 {
            page.turn_by_hand();
            page.logic(0.0, false);
        }
        let offered = host.offers.borrow().get::<OfferedNetwork>().expect("the six digits are learned");
        assert_eq!(offered.rule, Rule::Storkey);
        let learned: Vec<&[i8]> = offered.memories.iter().collect();
        let shelf: Vec<&[i8]> =
            page.session.settings.memories.iter().filter(|memory| memory.on).map(|memory| &*memory.picture.0).collect();
        assert_eq!(learned, shelf);
        assert_eq!(offered.network.neurons(), 400);
    }
}
