//! The two pages of a study. Each has settings and undo of its own; the points are shared.

use std::{cell::RefCell, path::PathBuf, rc::Rc};

use egui::{Rect, Ui};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    captions, commands,
    controls::{self, StudyAction},
    exact_curves::ExactCurves,
    points::Study,
    scaling::{self, Wanted},
    scan,
    settings::{ScalingSettings, ScanSettings},
};
use crate::{
    data::{sweeps, tables},
    labs::ising::common::telling::Telling,
    labs::kit::{
        CardId, CommandId, CommandInfo, Edited, Host, Observable, Page, PageContext, Repair, StatusItem, StepId, Table,
        controls::{column_ui, pages_row_ui},
        lenient,
        saving::Saving,
        sheet::Sheet,
        status_of,
    },
    physics::ising::study::Point,
    platform::dialogs::{Kind, Request},
    text::Texts,
    widgets::{
        layout::{Class, LabLayout},
        rich::note,
    },
};

/// What one of the pages shows of the study.
pub trait Part: Default + 'static {
    /// What a person sets on the page.
    type Settings: Clone + PartialEq + Default + Serialize + DeserializeOwned + Repair;
    /// The page's name in files and settings.
    const ID: &'static str;
    /// The key of its title.
    const TITLE: &'static str;
    /// Whether files dropped on the window are for this page.
    const TAKES_FILES: bool;

    /// What these settings plan to scan, where this is the page that plans it.
    fn plan(_settings: &Self::Settings) -> Option<&ScanSettings> {
        None
    }

    /// What these settings plan to scan, to be changed by a request of the other page.
    fn plan_mut(_settings: &mut Self::Settings) -> Option<&mut ScanSettings> {
        None
    }

    /// Names of its cards.
    const CARDS: &'static [CardId];

    /// The numbers of a card; none while it shows none.
    fn table(settings: &Self::Settings, study: &Study, card: CardId) -> Option<Table>;

    /// Draws what can be set.
    fn controls_ui(settings: &mut Self::Settings, study: &Study, ui: &mut Ui, t: Texts);

    /// Draws the plots. Returns which scan is asked for.
    fn plots_ui(
        &mut self,
        settings: &Self::Settings,
        study: &Study,
        ui: &mut Ui,
        rect: Rect,
        cx: &PageContext<'_>,
    ) -> Option<Wanted>;
}

/// The page of averages against temperature.
#[derive(Default)]
pub struct Scan {
    exact: ExactCurves,
    tab: scan::Quantity,
}

impl Part for Scan {
    type Settings = ScanSettings;
    const ID: &'static str = "scan";
    const TITLE: &'static str = "ising.page.scan";
    const TAKES_FILES: bool = true;
    const CARDS: &'static [CardId] = &scan::CARDS;

    fn table(_settings: &ScanSettings, study: &Study, card: CardId) -> Option<Table> {
        scan::table(study, card)
    }

    fn plan(settings: &ScanSettings) -> Option<&ScanSettings> {
        Some(settings)
    }

    fn plan_mut(settings: &mut ScanSettings) -> Option<&mut ScanSettings> {
        Some(settings)
    }

    fn controls_ui(settings: &mut ScanSettings, _study: &Study, ui: &mut Ui, t: Texts) {
        controls::scan_controls_ui(settings, ui, t);
    }

    fn plots_ui(
        &mut self,
        settings: &ScanSettings,
        study: &Study,
        ui: &mut Ui,
        rect: Rect,
        cx: &PageContext<'_>,
    ) -> Option<Wanted> {
        scan::scan_ui(study, settings, &mut self.exact, &mut self.tab, ui, rect, cx);
        None
    }
}

/// The page of scaled curves.
#[derive(Default)]
pub struct Scaling {
    tab: scaling::Tab,
}

impl Part for Scaling {
    type Settings = ScalingSettings;
    const ID: &'static str = "scaling";
    const TITLE: &'static str = "ising.page.scaling";
    const TAKES_FILES: bool = false;
    const CARDS: &'static [CardId] = &scaling::CARDS;

    fn table(settings: &ScalingSettings, study: &Study, card: CardId) -> Option<Table> {
        scaling::table(study, &settings.exponents(), card)
    }

    fn controls_ui(settings: &mut ScalingSettings, study: &Study, ui: &mut Ui, t: Texts) {
        controls::exponents_ui(settings, study.fit(), ui, t);
    }

    fn plots_ui(
        &mut self,
        settings: &ScalingSettings,
        study: &Study,
        ui: &mut Ui,
        rect: Rect,
        cx: &PageContext<'_>,
    ) -> Option<Wanted> {
        scaling::scaling_ui(study, &settings.exponents(), &mut self.tab, ui, rect, cx)
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved<S> {
    settings: S,
}

/// A page of the study.
pub struct StudyPage<P: Part> {
    host: Host,
    study: Rc<RefCell<Study>>,
    part: P,
    /// What is set on the page.
    pub settings: Edited<P::Settings>,
    sheet: Sheet,
    saving: Saving,
    telling: Telling,
}

/// The page of averages against temperature.
pub type ScanPage = StudyPage<Scan>;
/// The page of scaled curves.
pub type ScalingPage = StudyPage<Scaling>;

/// Builds both pages of one study, without points.
#[must_use]
pub fn pages(host: &Host, telling: &Telling) -> (ScanPage, ScalingPage) {
    let study = Rc::new(RefCell::new(Study::new(host)));
    (StudyPage::new(host, &study, telling), StudyPage::new(host, &study, telling))
}

impl<P: Part> StudyPage<P> {
    fn new(host: &Host, study: &Rc<RefCell<Study>>, telling: &Telling) -> Self {
        Self {
            host: host.clone(),
            study: Rc::clone(study),
            part: P::default(),
            settings: Edited::default(),
            sheet: Sheet::default(),
            saving: Saving::default(),
            telling: telling.clone(),
        }
    }

    /// The points of the scan that is shown, by size and temperature.
    #[must_use]
    pub fn scanned(&self) -> Vec<Point> {
        self.study.borrow().shown().to_vec()
    }

    /// Whether a scan is running.
    #[must_use]
    pub fn is_scanning(&self) -> bool {
        self.study.borrow().is_scanning()
    }

    /// Begins the scan of the settings, or goes on with it: points that are known are not run again.
    pub fn start_scan(&mut self) {
        self.publish_plan();
        let mut study = self.study.borrow_mut();
        if study.can_start() {
            study.start(&self.host);
        }
    }

    /// Takes over a range of temperatures that the other page has asked for.
    fn adopt_plan(&mut self) {
        if let Some(plan) = P::plan_mut(&mut self.settings)
            && let Some([from, to]) = self.study.borrow_mut().take_asked()
        {
            (plan.from, plan.to) = (from, to);
        }
    }

    /// Both pages can start the scan that one of them plans.
    fn publish_plan(&self) {
        if let Some(plan) = P::plan(&self.settings) {
            self.study.borrow_mut().plan.clone_from(plan);
        }
    }

    fn do_action(&mut self, action: StudyAction) {
        match action {
            StudyAction::Start => self.start_scan(),
            StudyAction::StartNearCritical => {
                self.study.borrow_mut().plan_near_critical();
                self.adopt_plan();
                self.start_scan();
            }
            StudyAction::Cancel => self.study.borrow_mut().cancel(),
            StudyAction::Open => self.sheet.open(),
            StudyAction::Save => {
                let points = self.scanned();
                let write = move || sweeps::table(&points).and_then(|bytes| tables::save("ising-scan", &bytes));
                self.saving.start(&self.host, "ising.notice.saved", write);
            }
        }
    }

    fn sheet_ui(&mut self, ui: &Ui, t: Texts) {
        let host = &self.host;
        self.sheet.sheet_ui(ui, "study table", t.get("ising.scan.open.title"), t, |ui, sheet| {
            note(ui, t.get("ising.scan.open.note"));
            sheet.chooser_ui(ui, host, "", t, || {
                let request = Request::new(Kind::OpenFile, t.get("ising.scan.open.title"), t.get("dialog.all_files"));
                request.filter("CSV", &["csv"])
            });
        });
        if let Some(path) = self.sheet.take(host).into_iter().next() {
            self.study.borrow_mut().read(host, path);
        }
        let read = self.study.borrow_mut().take_read();
        if let Some(read) = read {
            self.sheet.settle(read, host);
        }
    }
}

/// Where the plots and the column of controls are.
fn places(class: Class, space: Rect) -> [Rect; 2] {
    let layout = LabLayout::new(class, space, egui::Vec2::splat);
    match class {
        Class::Compact => {
            let column = layout.plots.union(layout.controls);
            let plots = Rect::from_min_max(layout.hero.min, egui::pos2(layout.upright.right(), column.bottom()));
            [plots, column]
        }
        _ => [layout.hero.union(layout.plots), layout.controls],
    }
}

impl<P: Part> Page for StudyPage<P> {
    fn id(&self) -> &'static str {
        P::ID
    }

    fn title(&self) -> &'static str {
        P::TITLE
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.adopt_plan();
        self.settings.look(now, held);
        self.publish_plan();
        self.study.borrow_mut().poll(&self.host, now);
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        cx.texts = self.telling.told(cx.texts);
        self.saving.poll(&self.host, cx);
        let [plots, column] = places(cx.class, ui.max_rect());
        let t = cx.texts;
        let can_save = !self.saving.is_busy();
        let mut action = None;
        {
            let study = self.study.borrow();
            column_ui(
                ui,
                column,
                &mut self.settings,
                |ui, _| {
                    pages_row_ui(ui, cx);
                    action = controls::work_row_ui(&study, can_save, ui, t);
                },
                |ui, settings| P::controls_ui(settings, &study, ui, t),
            );
            // A large card takes the place of all.
            cx.deck.set_hero(plots);
            // Over what is only looked at: no title with its menu is so low.
            cx.notices.keep_over(plots);
            match self.part.plots_ui(&self.settings, &study, ui, plots, cx) {
                Some(Wanted::Planned) => action = Some(StudyAction::Start),
                Some(Wanted::NearCritical) => action = Some(StudyAction::StartNearCritical),
                None => {}
            }
        }
        self.sheet_ui(ui, t);
        if let Some(action) = action {
            self.do_action(action);
        }
        self.publish_plan();
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, _cx: &mut PageContext<'_>) {
        if command == commands::SCAN {
            let action = if self.is_scanning() { StudyAction::Cancel } else { StudyAction::Start };
            self.do_action(action);
        }
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(&self.study.borrow())
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        status_of(&self.observables(), self.telling.told(texts))
    }

    fn is_running(&self) -> bool {
        self.is_scanning()
    }

    fn goes_on_hidden(&self) -> bool {
        self.is_scanning()
    }

    fn set_shown(&mut self, _shown: bool) {}

    fn undo(&mut self, redo: bool) -> bool {
        self.settings.undo(redo)
    }

    fn undo_step(&mut self, step: StepId) -> bool {
        self.settings.undo_step(step)
    }

    fn has_step(&self, step: StepId) -> bool {
        self.settings.has_step(step)
    }

    fn save(&self) -> Value {
        serde_json::to_value(Saved { settings: self.settings.clone() }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved<P::Settings>>(saved);
        self.settings.take(saved.settings);
        self.publish_plan();
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        P::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        P::table(&self.settings, &self.study.borrow(), card)
    }

    fn takes_files(&self) -> bool {
        P::TAKES_FILES
    }

    fn dropped(&mut self, paths: Vec<PathBuf>, _cx: &mut PageContext<'_>) {
        if let Some(path) = paths.into_iter().next() {
            self.study.borrow_mut().read(&self.host, path);
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
