//! The page of valleys: it owns settings, work and undo, and turns what was asked for into deeds.

use egui::{Rect, Ui};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    bonds, captions, commands,
    controls::{self, ControlAction},
    curvatures, found,
    graph::{self, Drawn, Picked},
    settings::{Chosen, Tab, ValleysLook, ValleysSettings},
    tables,
    walk::Walk,
    way::{self, WayAction},
    work::Work,
};
use crate::{
    labs::kit::{
        CardId, CommandId, CommandInfo, Edited, Host, Observable, Page, PageContext, StatusItem, StepId, Table,
        controls::{column_ui, pages_row_ui, progress_ui},
        deck, lenient,
    },
    physics::landscape::starts::Cooling,
    text::Texts,
    widgets::{
        Tokens,
        buttons::segmented,
        card::captioned,
        layout::{Class, LabLayout, columns},
        mosaic::Mosaic,
        plot::sentence,
    },
};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Saved {
    settings: ValleysSettings,
    look: ValleysLook,
}

/// The page of valleys.
pub struct ValleysPage {
    host: Host,
    /// What is set on the page.
    pub settings: Edited<ValleysSettings>,
    /// How it is looked at.
    pub look: ValleysLook,
    work: Work,
    pictures: Mosaic,
    is_shown: bool,
    now: f64,
}

/// Where the tree, the other cards and the controls are.
struct Places {
    tree: Rect,
    cards: Rect,
    controls: Rect,
}

fn places(class: Class, space: Rect) -> Places {
    let layout = LabLayout::new(class, space, egui::Vec2::splat);
    let tree = match class {
        Class::Compact => layout.hero.union(layout.upright),
        _ => Rect::from_x_y_ranges(layout.plots.x_range(), layout.hero.y_range()),
    };
    Places { tree, cards: layout.plots, controls: layout.controls }
}

impl ValleysPage {
    /// Builds the page; it works its system out when it is first shown.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        Self {
            host: host.clone(),
            settings: Edited::default(),
            look: ValleysLook::default(),
            work: Work::default(),
            pictures: Mosaic::default(),
            is_shown: false,
            now: 0.0,
        }
    }

    /// The names of the valleys at the ends of the way, once it is there.
    #[must_use]
    pub fn ends(&self) -> Option<[&str; 2]> {
        let (explored, walk) = (self.work.explored.as_ref()?, self.work.walk.as_ref()?);
        Some(walk.ends.map(|leaf| explored.names[leaf].as_str()))
    }

    /// The state on the pad: bit i is spin i, 1 for up.
    #[must_use]
    pub fn state(&self) -> Option<u32> {
        self.work.state()
    }

    /// The name of the valley that a state made on the pad falls into.
    #[must_use]
    pub fn falls_into(&self) -> Option<&str> {
        let leaf = self.work.own?.leaf?;
        self.work.explored.as_ref().map(|explored| explored.names[leaf].as_str())
    }

    /// Adds starts that come to rest like this, once the tree is there.
    pub fn start(&mut self, cooling: Cooling) {
        self.work.start(&self.host, cooling, self.now);
    }

    /// Adds random curvatures.
    pub fn roll(&mut self) {
        self.work.roll(&self.host, self.now);
    }

    fn pick(&mut self, picked: Picked) {
        let Some(explored) = &self.work.explored else { return };
        let mut ends = explored.ends(self.look.chosen);
        ends[picked.end] = picked.leaf;
        self.look.chosen = Some(Chosen { plan: explored.plan, ends });
    }

    fn on_way(&mut self, action: WayAction) {
        match action {
            WayAction::Turn(spin) => self.work.turn(spin),
            WayAction::Back => self.work.own = None,
            WayAction::Walk => self.walk(Walk::toggle),
            WayAction::Step(flips) => self.walk(|walk| walk.step(flips)),
            WayAction::GoTo(place) => self.walk(|walk| walk.go_to(place)),
        }
    }

    /// Does something on the way; what a person made of a state goes.
    fn walk(&mut self, deed: impl FnOnce(&mut Walk)) {
        if let Some(walk) = &mut self.work.walk {
            deed(walk);
            self.work.own = None;
        }
    }

    fn on_control(&mut self, action: ControlAction) {
        match action {
            ControlAction::Walk => self.on_way(WayAction::Walk),
            ControlAction::Step => self.on_way(WayAction::Step(1)),
            ControlAction::Reset => self.on_way(WayAction::GoTo(0)),
            ControlAction::Start(cooling) => self.start(cooling),
            ControlAction::Cancel => self.work.cancel_starts(),
        }
    }

    fn tree_ui(&mut self, ui: &mut Ui, cx: &PageContext<'_>) -> Option<Picked> {
        let t = cx.texts;
        ui.spacing_mut().item_spacing.y = 4.0;
        let explored = self.work.explored.as_ref();
        let of = explored.map_or(String::new(), |explored| captions::system(explored, t));
        deck::title_ui(ui, cx, t.get("valleys.tree"), &of, |_| {});
        let waiting = |key: &'static str, ui: &Ui| {
            sentence(ui.painter(), ui.available_rect_before_wrap(), t.get(key), Tokens::of(ui).t2);
        };
        if self.work.is_refused(self.settings.plan) {
            // The tree of other settings would not be what the controls say.
            waiting("valleys.problem.nothing", ui);
            return None;
        }
        let (Some(explored), Some(shape)) = (explored, self.work.shape()) else {
            waiting("valleys.exploring", ui);
            return None;
        };
        if let Some(done) = self.work.tree_progress(self.now)
            && progress_ui(ui, t.get("valleys.exploring"), done, t)
        {
            // What is on screen stays, and the controls say what it is.
            self.settings.plan = explored.plan;
        }
        let opened = explored.opened(match self.settings.temperature {
            cold if cold <= 0.0 => -1.0,
            temperature => captions::opened_height(temperature),
        });
        let caption = captions::tree(explored, shape, &self.settings, &opened, t);
        let drawn = Drawn {
            explored,
            shape,
            ends: explored.ends(self.look.chosen),
            own: self.work.own.and_then(|own| own.leaf),
            found: &self.work.found,
            opened,
        };
        let (pictures, version) = (&mut self.pictures, self.work.version);
        captioned(ui, &caption, |ui| graph::graph_ui(&drawn, pictures, version, ui, cx))
    }

    /// Draws a card that stands by itself, or under the tabs of a compact window.
    fn card_ui(&mut self, tab: Tab, titled: bool, ui: &mut Ui, cx: &PageContext<'_>) {
        match tab {
            Tab::Way => {
                if let Some(action) = way::way_ui(&self.work, ui, cx, titled) {
                    self.on_way(action);
                }
            }
            Tab::Found => found::found_ui(&self.work, ui, cx, titled),
            Tab::Bonds => {
                if let Some(explored) = &self.work.explored {
                    let most = ui.available_height() - 60.0;
                    bonds::bonds_ui(explored, most, ui, cx);
                }
            }
            Tab::Curvatures => {
                if curvatures::curvatures_ui(&self.work, ui, cx, titled) {
                    self.roll();
                }
            }
        }
    }

    fn cards_ui(&mut self, rect: Rect, ui: &mut Ui, cx: &PageContext<'_>) {
        let card = |tab| match tab {
            Tab::Way => "way",
            Tab::Found => "found",
            Tab::Bonds => "bonds",
            Tab::Curvatures => "curvatures",
        };
        if cx.class == Class::Compact {
            let t = cx.texts;
            let tabs = [
                (Tab::Way, t.get("valleys.tab.way")),
                (Tab::Found, t.get("valleys.tab.found")),
                (Tab::Bonds, t.get("valleys.tab.bonds")),
                (Tab::Curvatures, t.get("valleys.tab.curvatures")),
            ];
            deck::card_ui(ui, rect, card(self.look.tab), "valleys tabs", cx, |ui| {
                segmented(ui, &mut self.look.tab, &tabs);
                self.card_ui(self.look.tab, false, ui, cx);
            });
            return;
        }
        let cells = columns(rect, &[1.25, 1.0, 0.8]);
        for (cell, tab) in cells.into_iter().zip([Tab::Way, Tab::Found, Tab::Curvatures]) {
            deck::card_ui(ui, cell, card(tab), card(tab), cx, |ui| self.card_ui(tab, true, ui, cx));
        }
    }
}

impl Page for ValleysPage {
    fn id(&self) -> &'static str {
        "valleys"
    }

    fn title(&self) -> &'static str {
        "valleys.page"
    }

    fn logic(&mut self, now: f64, held: bool) {
        self.now = now;
        self.settings.look(now, held);
        if self.is_shown {
            self.work.follow(&self.host, &self.settings, self.look.chosen, now);
        }
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut PageContext<'_>) {
        let places = places(cx.class, ui.max_rect());
        let (work, now, t) = (&self.work, self.now, cx.texts);
        let mut column = (&mut *self.settings, cx, None);
        column_ui(
            ui,
            places.controls,
            &mut column,
            |ui, (_, cx, action)| {
                pages_row_ui(ui, cx);
                *action = controls::walk_row_ui(work, ui, t);
            },
            |ui, (settings, cx, action)| {
                *action = controls::controls_ui(settings, work, now, ui, cx).or(*action);
            },
        );
        let (_, cx, action) = column;
        cx.deck.set_hero(places.tree);
        cx.notices.keep_over(places.cards);
        let cx = &*cx;
        let mut picked = None;
        deck::card_ui(ui, places.tree, "tree", "tree", cx, |ui| picked = self.tree_ui(ui, cx));
        self.cards_ui(places.cards, ui, cx);
        if let Some(picked) = picked {
            self.pick(picked);
        }
        if let Some(action) = action {
            self.on_control(action);
        }
        let wait = self.work.walk.as_ref().and_then(|walk| walk.wait(self.now));
        if let Some(wait) = wait {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(wait));
        }
    }

    fn commands(&self) -> &'static [CommandInfo] {
        &commands::COMMANDS
    }

    fn act(&mut self, command: CommandId, _cx: &mut PageContext<'_>) {
        self.on_way(match command {
            commands::WALK => WayAction::Walk,
            commands::ON => WayAction::Step(1),
            commands::BACK => WayAction::Step(-1),
            _ => WayAction::GoTo(0),
        });
    }

    fn observables(&self) -> Vec<Observable> {
        captions::observables(&self.work)
    }

    fn status(&self, texts: Texts) -> Vec<StatusItem> {
        captions::status(&self.work, &self.observables(), texts)
    }

    fn is_running(&self) -> bool {
        self.work.walk.as_ref().is_some_and(Walk::is_walking)
    }

    fn set_shown(&mut self, shown: bool) {
        self.is_shown = shown;
        if !shown && let Some(walk) = &mut self.work.walk {
            walk.pause();
        }
    }

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
        serde_json::to_value(Saved { settings: *self.settings, look: self.look }).unwrap_or_default()
    }

    fn restore(&mut self, saved: &Value) -> bool {
        let (saved, whole) = lenient::read::<Saved>(saved);
        self.settings.take(saved.settings);
        self.look = saved.look;
        whole
    }

    fn cards(&self) -> &'static [CardId] {
        &tables::CARDS
    }

    fn table(&self, card: CardId, _texts: Texts) -> Option<Table> {
        tables::table(&self.work, card)
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}
