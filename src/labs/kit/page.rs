//! A lab as the window sees it: a list of pages, each with its screen, commands, observables and settings.

use std::path::PathBuf;

use egui::Ui;
use serde_json::{Map, Value};

use super::{
    Table,
    cards::{CardCommand, CardId, CardWish, Deck},
    command::{CommandId, CommandInfo},
    observable::{Observable, StatusItem},
    session::Runs,
    undo::StepId,
};
use crate::{
    text::Texts,
    widgets::{
        layout::Class,
        notices::{Notices, Target},
    },
};

/// What a page sees of the window while it is drawn or acts.
pub struct PageContext<'a> {
    /// The texts in force.
    pub texts: Texts,
    /// Where notices are shown.
    pub notices: &'a mut Notices,
    /// The layout in force.
    pub class: Class,
    /// What the window does for the page after it was drawn.
    pub wishes: &'a mut Wishes,
    /// The cards of the page.
    pub deck: &'a Deck,
}

/// What a page wants of the window.
#[derive(Debug, Default)]
pub struct Wishes {
    /// The lab and page that are on screen.
    pub here: (&'static str, &'static str),
    /// The pages of the lab on screen: their names and the keys of their titles.
    pub pages: Vec<(&'static str, &'static str)>,
    /// The page that is to come on screen.
    pub page: Option<&'static str>,
    /// What is to be done with a card.
    pub export: Option<Export>,
}

/// What the window is to make of a card.
#[derive(Debug)]
pub enum Export {
    /// A picture of this part of the window, in points, to be copied, or saved under this stem.
    Picture(egui::Rect, Option<String>),
    /// Text to be copied.
    Text(String),
    /// A file with this stem and ending.
    File {
        /// Its name without number and ending.
        stem: String,
        /// Its ending.
        ending: &'static str,
        /// Its content.
        bytes: Result<Vec<u8>, crate::data::Problem>,
    },
}

impl PageContext<'_> {
    /// Shows a notice whose button takes back just this step of this page.
    pub fn offer_undo(&mut self, text: &str, step: StepId) {
        let (lab, page) = self.wishes.here;
        self.notices.offer_undo(text, self.texts.get("undo"), Target { lab, page, step });
    }
}

/// What a lab sees of the window, and what it leaves for the window to do.
pub struct WindowContext<'a> {
    /// The texts in force.
    pub texts: Texts,
    /// Where notices are shown.
    pub notices: &'a mut Notices,
    /// The layout in force.
    pub class: Class,
    /// What is to be made of a card.
    pub export: Option<Export>,
}

/// What the window is to do about a card; none where the page does it itself, or has no numbers to give.
fn export(page: &dyn Page, deck: &Deck, wish: &CardWish, lab: &str, texts: Texts) -> Option<Export> {
    let stem = format!("{lab}-{}", wish.card);
    match wish.command {
        CardCommand::Enlarge => {
            let is_enlarged = deck.enlarged() == Some(wish.card);
            deck.enlarge((!is_enlarged).then_some(wish.card));
            None
        }
        CardCommand::CopyPicture => Some(Export::Picture(wish.rect, None)),
        CardCommand::SavePng => Some(Export::Picture(wish.rect, Some(stem))),
        CardCommand::SaveSvg => {
            deck.want_drawing(wish.card);
            None
        }
        CardCommand::CopyTable => page.table(wish.card, texts).map(|table| Export::Text(table.to_text())),
        CardCommand::SaveCsv => {
            page.table(wish.card, texts).map(|table| Export::File { stem, ending: "csv", bytes: table.to_csv() })
        }
    }
}

/// One page of a lab.
pub trait Page {
    /// A short name for files, settings and lessons.
    fn id(&self) -> &'static str;
    /// The key of its title.
    fn title(&self) -> &'static str;
    /// Takes new frames and sends what changed. Called for every page, also for hidden ones. While `held`, as when a
    /// pointer drags or a text is typed, no step of undo ends.
    fn logic(&mut self, now: f64, held: bool);
    /// The session of its model, which answers for the page what needs no more; none for a page without a model.
    fn runs(&self) -> Option<&dyn Runs> {
        None
    }
    /// The session of its model, to be turned by hand.
    fn runs_mut(&mut self) -> Option<&mut dyn Runs> {
        None
    }
    /// Draws everything between the bars.
    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>);
    /// What can be done here.
    fn commands(&self) -> &'static [CommandInfo];
    /// Does a command of [`Page::commands`].
    fn act(&mut self, command: CommandId, cx: &mut PageContext<'_>);
    /// The numbers of the newest frame, by name.
    fn observables(&self) -> Vec<Observable>;
    /// The status bar's items.
    fn status(&self, texts: Texts) -> Vec<StatusItem>;
    /// Threads that the model works with now.
    fn threads(&self) -> usize {
        1
    }
    /// Whether it runs by itself now.
    fn is_running(&self) -> bool {
        self.runs().is_some_and(Runs::is_running)
    }
    /// Whether it goes on while another page or lab is on screen.
    fn goes_on_hidden(&self) -> bool {
        false
    }
    /// It comes on screen or leaves it.
    fn set_shown(&mut self, shown: bool);
    /// Takes the last step back, or does it again with `redo`. Returns whether there was one.
    fn undo(&mut self, redo: bool) -> bool;
    /// Takes just this step back. Returns whether that could still be done.
    fn undo_step(&mut self, step: StepId) -> bool;
    /// Whether [`Page::undo_step`] could take this step back.
    fn has_step(&self, step: StepId) -> bool {
        self.runs().is_some_and(|session| session.has_step(step))
    }
    /// Its settings, for the settings file.
    fn save(&self) -> Value;
    /// Takes settings from a file. Returns whether all of them fitted.
    fn restore(&mut self, saved: &Value) -> bool;
    /// Whether a frame of its simulation has come.
    fn has_frame(&self) -> bool {
        self.runs().is_none_or(|session| session.sequence() > 0)
    }
    /// By hand: does what is due on the host's clock.
    fn turn_by_hand(&mut self) {
        if let Some(session) = self.runs_mut() {
            session.turn_by_hand();
        }
    }
    /// Names of its cards.
    fn cards(&self) -> &'static [CardId] {
        &[]
    }
    /// The numbers that a card shows; none while it shows none.
    fn table(&self, _card: CardId, _texts: Texts) -> Option<Table> {
        None
    }
    /// Why its model stopped, if it panicked.
    fn failure(&self) -> Option<&str> {
        self.runs().and_then(Runs::failure)
    }
    /// Whether files dropped on the window are for this page.
    fn takes_files(&self) -> bool {
        false
    }
    /// Files were dropped on the window; called where [`Page::takes_files`].
    fn dropped(&mut self, _paths: Vec<PathBuf>, _cx: &mut PageContext<'_>) {}
    /// For tests of a page in particular.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}

/// A lab: its pages, and which of them is on screen.
pub struct Lab {
    id: &'static str,
    titles: [&'static str; 2],
    pages: Vec<Box<dyn Page>>,
    decks: Vec<Deck>,
    current: usize,
    is_shown: bool,
    /// Brings settings of an earlier version into the form that [`Lab::save`] writes.
    migrate: fn(&Value) -> Option<Value>,
}

impl Lab {
    /// Builds a lab of these pages, the first in front. `titles` are the keys of its title and of one word for it. `migrate` brings its settings from a file of an earlier version
    /// into the form of now; it returns none for settings that are in this form.
    #[must_use]
    pub fn new(
        id: &'static str,
        titles: [&'static str; 2],
        pages: Vec<Box<dyn Page>>,
        migrate: fn(&Value) -> Option<Value>,
    ) -> Self {
        let decks = pages.iter().map(|_| Deck::default()).collect();
        Self { id, titles, pages, decks, current: 0, is_shown: false, migrate }
    }

    /// A short name for files and settings.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The key of its title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.titles[0]
    }

    /// The key of one word for it, where there is no room for its title.
    #[must_use]
    pub fn short_title(&self) -> &'static str {
        self.titles[1]
    }

    /// The page in front.
    pub fn page(&mut self) -> &mut dyn Page {
        &mut *self.pages[self.current]
    }

    /// The page in front, to look at.
    #[must_use]
    pub fn front(&self) -> &dyn Page {
        &*self.pages[self.current]
    }

    /// All pages, in the order of their buttons.
    pub fn pages(&self) -> impl Iterator<Item = &dyn Page> {
        self.pages.iter().map(|page| &**page)
    }

    /// The page with this name.
    pub fn page_mut(&mut self, id: &str) -> Option<&mut Box<dyn Page>> {
        self.pages.iter_mut().find(|page| page.id() == id)
    }

    /// Names of the pages with the keys of their titles.
    #[must_use]
    pub fn tabs(&self) -> Vec<(&'static str, &'static str)> {
        self.pages.iter().map(|page| (page.id(), page.title())).collect()
    }

    /// Brings the page with this name in front. Returns whether there is one.
    pub fn show_page(&mut self, id: &str) -> bool {
        let Some(place) = self.pages.iter().position(|page| page.id() == id) else { return false };
        if place != self.current {
            self.pages[self.current].set_shown(false);
            self.current = place;
            self.pages[place].set_shown(self.is_shown);
        }
        true
    }

    /// Brings the next page in front, or the one before.
    pub fn turn_page(&mut self, forward: bool) {
        let count = self.pages.len();
        let next = (self.current + if forward { 1 } else { count - 1 }) % count;
        self.show_page(self.pages[next].id());
    }

    /// The lab comes on screen or leaves it.
    pub fn set_shown(&mut self, shown: bool) {
        self.is_shown = shown;
        self.pages[self.current].set_shown(shown);
    }

    /// Draws the page in front, and does what was asked of its cards.
    pub fn ui(&mut self, ui: &mut Ui, window: &mut WindowContext<'_>) {
        let mut wishes = self.wishes();
        let page = &mut self.pages[self.current];
        let deck = &self.decks[self.current];
        let WindowContext { texts, class, notices, .. } = window;
        let (texts, class) = (*texts, *class);
        let mut cx = PageContext { texts, class, notices, wishes: &mut wishes, deck };
        page.ui(ui, &mut cx);
        if let Some(wish) = deck.take_wish() {
            wishes.export = export(&**page, deck, &wish, self.id, texts);
            if wishes.export.is_none() && matches!(wish.command, CardCommand::CopyTable | CardCommand::SaveCsv) {
                window.notices.say(texts.get("card.no_table"));
            }
            ui.ctx().request_repaint();
        } else if let Some((card, drawing)) = deck.take_drawing() {
            let stem = format!("{}-{card}", self.id);
            wishes.export = Some(Export::File { stem, ending: "svg", bytes: Ok(drawing.into_bytes()) });
        }
        self.take(wishes, window);
    }

    /// Does a command of the page in front.
    pub fn act(&mut self, command: CommandId, window: &mut WindowContext<'_>) {
        self.with_page(window, |page, cx| page.act(command, cx));
    }

    /// Gives files that were dropped on the window to the page in front, or else to the first page that takes files, which
    /// comes in front.
    pub fn dropped(&mut self, paths: Vec<PathBuf>, window: &mut WindowContext<'_>) {
        if !self.front().takes_files() {
            let Some(id) = self.pages().find(|page| page.takes_files()).map(Page::id) else { return };
            self.show_page(id);
        }
        self.with_page(window, |page, cx| page.dropped(paths, cx));
    }

    /// For tests of a page in particular: the one with this name.
    pub fn page_as_any(&mut self, id: &str) -> Option<&mut dyn std::any::Any> {
        self.page_mut(id).map(|page| page.as_any())
    }

    fn with_page(&mut self, window: &mut WindowContext<'_>, work: impl FnOnce(&mut dyn Page, &mut PageContext<'_>)) {
        let mut wishes = self.wishes();
        let (page, deck) = (&mut self.pages[self.current], &self.decks[self.current]);
        let mut cx = PageContext {
            texts: window.texts,
            class: window.class,
            notices: window.notices,
            wishes: &mut wishes,
            deck,
        };
        work(&mut **page, &mut cx);
        self.take(wishes, window);
    }

    fn wishes(&self) -> Wishes {
        Wishes { here: (self.id, self.front().id()), pages: self.tabs(), page: None, export: None }
    }

    fn take(&mut self, wishes: Wishes, window: &mut WindowContext<'_>) {
        if let Some(page) = wishes.page {
            self.show_page(page);
        }
        if wishes.export.is_some() {
            window.export = wishes.export;
        }
    }

    /// Puts an enlarged card back. Returns whether there was one.
    pub fn put_card_back(&mut self) -> bool {
        let deck = &self.decks[self.current];
        let was = deck.enlarged().is_some();
        deck.enlarge(None);
        was
    }

    /// The cards of the page in front.
    #[must_use]
    pub fn deck(&self) -> &Deck {
        &self.decks[self.current]
    }

    /// Takes new frames of all pages; see [`Page::logic`].
    pub fn logic(&mut self, now: f64, held: bool) {
        self.pages.iter_mut().for_each(|page| page.logic(now, held));
    }

    /// Whether one of its pages goes on while it is not on screen.
    #[must_use]
    pub fn goes_on_hidden(&self) -> bool {
        self.pages.iter().any(|page| page.goes_on_hidden())
    }

    /// By hand: does what is due on the host's clock.
    pub fn turn_by_hand(&mut self) {
        self.pages.iter_mut().for_each(|page| page.turn_by_hand());
    }

    /// Settings of all pages, by their names.
    #[must_use]
    pub fn save(&self) -> Value {
        let pages: Map<String, Value> = self.pages.iter().map(|page| (page.id().to_owned(), page.save())).collect();
        serde_json::json!({ "page": self.pages[self.current].id(), "pages": pages })
    }

    /// Takes settings from a file. Returns whether all of them fitted.
    pub fn restore(&mut self, saved: &Value) -> bool {
        let migrated = (self.migrate)(saved);
        let saved = migrated.as_ref().unwrap_or(saved);
        let mut whole = saved["pages"].is_object();
        for page in &mut self.pages {
            if let Some(saved) = saved["pages"].get(page.id()) {
                whole &= page.restore(saved);
            }
        }
        match saved["page"].as_str() {
            Some(id) => whole & self.show_page(id),
            None => whole,
        }
    }
}

/// Shows that a model failed, over the card where it shows itself. Returns whether to begin again.
pub fn failure_banner_ui(ui: &mut Ui, rect: egui::Rect, failure: &str, texts: Texts) -> bool {
    use crate::widgets::banner::{Severity, banner};
    banner(ui, rect, Severity::Error, &texts.fill("lab.failed", &[("why", failure)]), texts.get("lab.restart"))
}
