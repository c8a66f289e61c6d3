//! All cards of the page: shelf, pad, controls, and those with tabs beside the pad and below it.

use egui::{Align, Layout, Rect, Ui, vec2};

use super::{
    controls::controls_ui,
    experiments::Experiments,
    experiments_view::experiments_ui,
    film_view::{buttons_ui, film_ui},
    layout::Parts,
    look::Tab,
    overlaps::{OverlapsView, overlaps_ui},
    pad,
    phase::{PhaseView, phase_ui},
    race::Race,
    race_view::race_ui,
    scene::Scene,
    shelf::{self, ShelfView},
    sketch::SketchView,
    weights::{WeightsView, weights_ui},
};
use crate::{
    labs::kit::{CardId, Host, PageContext, deck},
    text::Texts,
    widgets::{
        buttons::{IconButton, Look, segmented},
        layout::Class,
        plot::TickSize,
        tokens::size,
    },
};

/// What the cards keep between frames.
#[derive(Default)]
pub(super) struct Cards {
    shelf: ShelfView,
    sketch: SketchView,
    overlaps: OverlapsView,
    weights: WeightsView,
    phase: PhaseView,
    /// The race of all rules.
    pub race: Race,
    /// Capacity and basins.
    pub experiments: Experiments,
}

impl Cards {
    /// Whether a stroke is under way on the pad.
    pub fn is_drawing(&self) -> bool {
        self.sketch.is_drawing()
    }

    /// Takes what the jobs of the cards have done.
    pub fn poll(&mut self, host: &Host) {
        self.race.poll(host);
        self.experiments.poll(host);
    }
}

/// The name of the card that a tab shows.
pub(super) fn card_of(tab: Tab) -> CardId {
    match tab {
        Tab::Film => "film",
        Tab::Likeness => "likeness",
        Tab::Connections => "connections",
        Tab::Phase => "phase",
        Tab::Race => "race",
        Tab::Experiments => "experiments",
    }
}

fn name(tab: Tab, t: Texts) -> &'static str {
    t.get(match tab {
        Tab::Film => "hopfield.tab.film",
        Tab::Likeness => "hopfield.tab.likeness",
        Tab::Connections => "hopfield.weights",
        Tab::Phase => "hopfield.phase",
        Tab::Race => "hopfield.race",
        Tab::Experiments => "hopfield.experiments",
    })
}

/// Draws all cards that the layout has.
pub(super) fn cards_ui(
    scene: &mut Scene<'_>,
    cards: &mut Cards,
    ui: &mut Ui,
    parts: &Parts,
    host: &Host,
    cx: &mut PageContext<'_>,
) {
    scene.thumbnails.begin_frame();
    shelf::card_ui(scene, &mut cards.shelf, ui, parts.shelf, cx);
    pad::card_ui(scene, &mut cards.sketch, ui, parts.pad, cx);
    tabs_cards_ui(scene, cards, ui, parts, host, cx);
    controls_ui(scene, ui, parts.controls, cx);
}

fn tabs_cards_ui(
    scene: &mut Scene<'_>,
    cards: &mut Cards,
    ui: &mut Ui,
    parts: &Parts,
    host: &Host,
    cx: &PageContext<'_>,
) {
    let tick = if cx.class == Class::Compact { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    if cx.class == Class::Compact {
        deck::card_ui(ui, parts.film, card_of(scene.look.all), "hopfield tabs", cx, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let all = [Tab::Likeness, Tab::Film, Tab::Connections, Tab::Phase, Tab::Race, Tab::Experiments];
            let film = cx.texts.get("hopfield.tab.film.short");
            let options = all.map(|tab| (tab, if tab == Tab::Film { film } else { name(tab, cx.texts) }));
            ui.horizontal_top(|ui| {
                ui.allocate_ui(vec2(ui.available_width() - 36.0, 32.0), |ui| {
                    segmented(ui, &mut scene.look.all, &options);
                });
                deck::menu_ui(ui, cx, name(scene.look.all, cx.texts));
            });
            let tab = scene.look.all;
            content_ui(scene, cards, ui, tab, host, cx);
        });
        return;
    }
    deck::card_ui(ui, parts.overlaps, "likeness", "likeness", cx, |ui| {
        deck::title_ui(ui, cx, cx.texts.get("hopfield.likeness"), "m_{μ}", |_| {});
        overlaps_ui(scene, &mut cards.overlaps, ui, cx);
    });
    let mut tabbed = |scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, id: &str, tabs: &[Tab], chosen: Tab| {
        let mut chosen = if tabs.contains(&chosen) { chosen } else { tabs[0] };
        deck::card_ui(ui, rect, card_of(chosen), id, cx, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.horizontal(|ui| tabs_ui(scene, ui, tabs, &mut chosen, cx));
            content_ui(scene, cards, ui, chosen, host, cx);
        });
        chosen
    };
    let (below, side) = (scene.look.below, scene.look.side);
    match parts.side {
        Some(rect) => {
            scene.look.side = tabbed(scene, ui, rect, "side", &[Tab::Connections, Tab::Phase], side);
            let tabs = [Tab::Film, Tab::Race, Tab::Experiments];
            scene.look.below = tabbed(scene, ui, parts.film, "below", &tabs, below);
        }
        None => {
            let tabs = [Tab::Film, Tab::Connections, Tab::Phase, Tab::Race, Tab::Experiments];
            scene.look.below = tabbed(scene, ui, parts.film, "below", &tabs, below);
        }
    }
}

/// Draws the tabs that are the title row of a card, with the buttons of the one in front.
fn tabs_ui(scene: &mut Scene<'_>, ui: &mut Ui, tabs: &[Tab], chosen: &mut Tab, cx: &PageContext<'_>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    for &tab in tabs {
        let look = if tab == *chosen { Look::Selected } else { Look::Bare };
        if IconButton::new(name(tab, cx.texts)).look(look).min_size(vec2(0.0, 30.0)).show(ui).clicked() {
            *chosen = tab;
        }
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        deck::menu_ui(ui, cx, name(*chosen, cx.texts));
        if *chosen == Tab::Film {
            buttons_ui(scene, ui, cx);
        }
    });
}

fn content_ui(scene: &mut Scene<'_>, cards: &mut Cards, ui: &mut Ui, tab: Tab, host: &Host, cx: &PageContext<'_>) {
    match tab {
        Tab::Film => film_ui(scene, ui, cx),
        Tab::Likeness => overlaps_ui(scene, &mut cards.overlaps, ui, cx),
        Tab::Connections => weights_ui(scene, &mut cards.weights, ui, cx),
        Tab::Phase => phase_ui(scene, &mut cards.phase, ui, host, cx),
        Tab::Race => race_ui(scene, &mut cards.race, ui, cx),
        Tab::Experiments => experiments_ui(scene, &mut cards.experiments, ui, cx),
    }
}
