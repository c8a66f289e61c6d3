//! The cards with tabs: beside the pad, and below it.

use egui::{Align, Layout, Rect, Ui, vec2};

use super::{HopfieldLab, experiments, film_view, lab::Tab, layout::Parts, likeness, phase, race, weights};
use crate::{
    labs::LabContext,
    text::Texts,
    widgets::{
        buttons::{IconButton, Look, segmented},
        card::{card_in, title_row},
        layout::Class,
        plot::TickSize,
        tokens::size,
    },
};

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
pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, parts: &Parts, cx: &mut LabContext<'_>) {
    let tick = if cx.class == Class::Compact { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    if cx.class == Class::Compact {
        card_in(ui, parts.film, "hopfield tabs", |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let all = [Tab::Likeness, Tab::Film, Tab::Connections, Tab::Phase, Tab::Race, Tab::Experiments];
            let film = cx.texts.get("hopfield.tab.film.short");
            let options = all.map(|tab| (tab, if tab == Tab::Film { film } else { name(tab, cx.texts) }));
            segmented(ui, &mut lab.folds.all, &options);
            content(lab, ui, lab.folds.all, cx);
        });
        return;
    }
    card_in(ui, parts.likeness, "likeness", |ui| {
        title_row(ui, cx.texts.get("hopfield.likeness"), "m_{μ}");
        likeness::content(lab, ui, cx);
    });
    let side = [Tab::Connections, Tab::Phase];
    match parts.side {
        Some(rect) => {
            let chosen = lab.folds.side;
            lab.folds.side = tabbed(lab, ui, rect, "side", &side, chosen, cx);
            let chosen = lab.folds.below;
            lab.folds.below =
                tabbed(lab, ui, parts.film, "below", &[Tab::Film, Tab::Race, Tab::Experiments], chosen, cx);
        }
        None => {
            let all = [Tab::Film, Tab::Connections, Tab::Phase, Tab::Race, Tab::Experiments];
            let chosen = lab.folds.below;
            lab.folds.below = tabbed(lab, ui, parts.film, "below", &all, chosen, cx);
        }
    }
}

/// A card whose title row are its tabs. Answers the tab that is chosen.
fn tabbed(
    lab: &mut HopfieldLab,
    ui: &mut Ui,
    rect: Rect,
    id: &str,
    tabs: &[Tab],
    chosen: Tab,
    cx: &mut LabContext<'_>,
) -> Tab {
    let mut chosen = if tabs.contains(&chosen) { chosen } else { tabs[0] };
    card_in(ui, rect, id, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for &tab in tabs {
                let look = if tab == chosen { Look::Selected } else { Look::Bare };
                let button = IconButton::new(name(tab, cx.texts)).look(look).min_size(vec2(0.0, 30.0));
                if button.show(ui).clicked() {
                    chosen = tab;
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if chosen == Tab::Film {
                    film_view::save_button(lab, ui, cx);
                    film_view::replay_button(lab, ui, cx);
                }
            });
        });
        content(lab, ui, chosen, cx);
    });
    chosen
}

fn content(lab: &mut HopfieldLab, ui: &mut Ui, tab: Tab, cx: &mut LabContext<'_>) {
    match tab {
        Tab::Film => film_view::content(lab, ui, cx),
        Tab::Likeness => likeness::content(lab, ui, cx),
        Tab::Connections => weights::content(lab, ui, cx),
        Tab::Phase => phase::content(lab, ui, cx),
        Tab::Race => race::content(lab, ui, cx),
        Tab::Experiments => experiments::content(lab, ui, cx),
    }
}
