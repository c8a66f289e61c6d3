//! The cards of the page: what one magnet does, or what replicas know of each other.

use egui::{Rect, Ui, pos2, vec2};

use super::{
    curves, facts,
    frame::LatticeFrame,
    look::Tab,
    replica_plots,
    scene::Scene,
    settings::{DisorderKind, LatticeSettings, Rule},
};
use crate::{
    labs::{
        ising::common::known_torus::KnownTorus,
        kit::{CardId, PageContext, deck},
    },
    physics::ising::graph::Edges,
    widgets::{
        buttons::segmented,
        card::captioned,
        layout::{Class, LabLayout, columns},
        plot::TickSize,
        tokens::{GAP, size},
    },
};

const TABS: [Tab; 5] = [Tab::Energy, Tab::Time, Tab::Third, Tab::Fourth, Tab::About];

/// What the third card is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Third {
    Order,
    Growth,
    Exchanges,
}

fn third(settings: &LatticeSettings) -> Third {
    match settings {
        _ if settings.tempering => Third::Exchanges,
        _ if settings.is_plain_square() => Third::Growth,
        _ => Third::Order,
    }
}

/// Title, symbol and short name of a card.
fn names(tab: Tab, settings: &LatticeSettings) -> [&'static str; 3] {
    match (tab, settings.tempering) {
        (Tab::Energy, _) => ["ising.plot.energy", "e", "ising.tab.energy"],
        (Tab::Time, _) => ["ising.plot.time", "", "ising.tab.time"],
        (Tab::Third, _) => match third(settings) {
            Third::Order if settings.is_staggered() => ["ising.plot.staggered", "|m_{s}|", "ising.tab.order"],
            Third::Order => ["ising.plot.order", "|m|", "ising.tab.order"],
            Third::Growth => ["ising.plot.growth", "R(t)", "ising.tab.growth"],
            Third::Exchanges => ["ising.plot.exchanges", "", "ising.tab.exchanges"],
        },
        (Tab::Fourth, false) => ["ising.plot.measured", "", "ising.tab.measured"],
        (Tab::Fourth, true) => ["ising.plot.overlap", "P(q)", "ising.tab.overlap"],
        (Tab::About, _) => ["ising.plot.about", "", "ising.tab.about"],
    }
}

/// Names of all cards.
pub(super) const CARDS: [CardId; 8] =
    ["energy", "time", "order", "growth", "exchanges", "averages", "overlap", "about"];

/// The name of the card at a place.
fn card(tab: Tab, settings: &LatticeSettings) -> CardId {
    match (tab, settings.tempering) {
        (Tab::Energy, _) => "energy",
        (Tab::Time, _) => "time",
        (Tab::Third, _) => match third(settings) {
            Third::Order => "order",
            Third::Growth => "growth",
            Third::Exchanges => "exchanges",
        },
        (Tab::Fourth, false) => "averages",
        (Tab::Fourth, true) => "overlap",
        (Tab::About, _) => "about",
    }
}

/// Draws all cards that the layout has room for.
pub(super) fn plots_ui(
    scene: &mut Scene<'_>,
    torus: &mut KnownTorus,
    ui: &mut Ui,
    layout: &LabLayout,
    cx: &PageContext<'_>,
) {
    let compact = layout.class == Class::Compact;
    let tick = if compact { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    let frame = scene.frame;
    if compact {
        let shown = card(scene.look.tab, scene.settings);
        deck::card_ui(ui, layout.plots, shown, "lattice tabs", cx, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.horizontal_top(|ui| {
                let options = TABS.map(|tab| (tab, cx.texts.get(names(tab, scene.settings)[2])));
                ui.allocate_ui(vec2(ui.available_width() - 42.0, 36.0), |ui| {
                    segmented(ui, &mut scene.look.tab, &options);
                });
                deck::menu_ui(ui, cx, cx.texts.get(names(scene.look.tab, scene.settings)[0]));
            });
            content_ui(frame, scene.sequence, torus, ui, scene.look.tab, cx);
        });
        return;
    }
    let mut place = |ui: &mut Ui, rect: Rect, tab: Tab| {
        let [title, symbol, _] = names(tab, scene.settings);
        deck::card_ui(ui, rect, card(tab, scene.settings), title, cx, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            deck::title_ui(ui, cx, cx.texts.get(title), symbol, |_| {});
            content_ui(frame, scene.sequence, torus, ui, tab, cx);
        });
    };
    let Some(side) = layout.side else {
        let shares = [1.05, 1.15, 1.0, 1.0];
        columns(layout.plots, &shares).into_iter().zip(TABS).for_each(|(rect, tab)| place(ui, rect, tab));
        return;
    };
    // What magnet it is stands beside it, over the card that needs most room.
    let upper = Rect::from_min_size(side.min, vec2(side.width(), 0.5 * (side.height() - GAP)));
    let lower = Rect::from_min_max(pos2(side.left(), upper.bottom() + GAP), side.max);
    place(ui, upper, Tab::About);
    place(ui, lower, Tab::Fourth);
    columns(layout.plots, &[1.0; 3]).into_iter().zip(TABS).for_each(|(rect, tab)| place(ui, rect, tab));
}

/// Up and down balance while |m| is below this; a magnet of N spins without order has |m| of some 1/√N.
const BALANCED: f64 = 0.1;

/// The key of a card's caption, which holds of what this frame shows; the card about the magnet has none.
fn caption(tab: Tab, frame: &LatticeFrame) -> Option<&'static str> {
    let settings = &frame.settings;
    let is_known = settings.critical_temperature().is_some() && !settings.disorder_kind.is_glass();
    Some(match (tab, settings.tempering) {
        (Tab::About, _) => return None,
        (Tab::Energy, false) if is_known => "ising.caption.lattice.energy",
        (Tab::Energy, false) => "ising.caption.lattice.energy_plain",
        (Tab::Energy, true) => "ising.caption.lattice.rungs",
        (Tab::Time, false) => "ising.caption.lattice.time",
        (Tab::Time, true) => "ising.caption.lattice.overlap_time",
        (Tab::Third, _) => match third(settings) {
            Third::Order if settings.rule == Rule::Exchange => "ising.caption.lattice.kept",
            Third::Order
                if settings.never_orders()
                    && settings.edges != Edges::Fixed
                    && settings.disorder_kind != DisorderKind::Field =>
            {
                let is_balanced = frame.order.abs() < BALANCED.max(3.0 / (frame.spins.max(1) as f64).sqrt());
                if is_balanced { "ising.caption.lattice.no_order" } else { "ising.caption.lattice.loses_order" }
            }
            Third::Order if settings.critical_temperature().is_none() => "ising.caption.lattice.some_order",
            Third::Order => "ising.caption.lattice.order",
            Third::Growth if settings.rule == Rule::Exchange => "ising.caption.lattice.exchange",
            Third::Growth if matches!(settings.rule, Rule::Wolff | Rule::SwendsenWang) => {
                "ising.caption.growth.cluster"
            }
            Third::Growth => "ising.caption.lattice.growth",
            Third::Exchanges => "ising.caption.lattice.exchanges",
        },
        (Tab::Fourth, false) => "ising.caption.lattice.measured",
        (Tab::Fourth, true) => overlap_caption(&frame.overlaps),
    })
}

/// What the counts of overlaps from −1 to 1 show: one hump in the middle, or two at the sides.
fn overlap_caption(counts: &[f32]) -> &'static str {
    let all: f32 = counts.iter().sum();
    let middle = counts.len() / 2;
    let third = counts.len() / 6;
    let inner: f32 = counts.iter().skip(middle - middle.min(third)).take(2 * third + 1).sum();
    if all <= 0.0 {
        "ising.caption.lattice.overlap_none"
    } else if inner > 0.6 * all {
        "ising.caption.lattice.overlap_one"
    } else {
        "ising.caption.lattice.overlap"
    }
}

fn content_ui(
    frame: &LatticeFrame,
    sequence: u64,
    torus: &mut KnownTorus,
    ui: &mut Ui,
    tab: Tab,
    cx: &PageContext<'_>,
) {
    // Before the first frame there is nothing to say.
    if sequence == 0 {
        return;
    }
    let (t, settings) = (cx.texts, &frame.settings);
    let Some(caption) = caption(tab, frame) else { return facts::facts_ui(frame, ui, t) };
    captioned(ui, t.get(caption), |ui| match tab {
        Tab::Energy => curves::energy_ui(frame, ui, t),
        Tab::Time => curves::time_ui(frame, ui, cx),
        Tab::Third => match third(settings) {
            Third::Order => curves::order_ui(frame, ui, t),
            Third::Growth => curves::growth_ui(frame, ui, cx),
            Third::Exchanges => replica_plots::exchanges_ui(frame, ui, t),
        },
        Tab::Fourth if settings.tempering => replica_plots::overlap_ui(frame, ui, t),
        Tab::Fourth => curves::averages_ui(frame, torus, ui, cx),
        Tab::About => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::ising::{Coupling, graph::Geometry};

    fn frame(settings: LatticeSettings, order: f64) -> LatticeFrame {
        LatticeFrame { settings, order, spins: 4096, ..LatticeFrame::default() }
    }

    #[test]
    fn balance_is_claimed_of_what_is_balanced() {
        let frustrated = LatticeSettings {
            geometry: Geometry::Triangular,
            coupling: Coupling::Antiferromagnetic,
            ..LatticeSettings::default()
        };
        let of = |order: f64| caption(Tab::Third, &frame(frustrated.clone(), order));
        assert_eq!(of(0.02), Some("ising.caption.lattice.no_order"));
        assert_eq!(of(-0.9), Some("ising.caption.lattice.loses_order"));
    }

    #[test]
    fn humps_are_counted_before_they_are_told_of() {
        let hump = |centres: &[f64]| -> Vec<f32> {
            let height = |q: f64| centres.iter().map(|centre| (-30.0 * (q - centre) * (q - centre)).exp()).sum::<f64>();
            (0..33).map(|level| height(f64::from(level) / 16.0 - 1.0) as f32).collect()
        };
        assert_eq!(overlap_caption(&[0.0; 33]), "ising.caption.lattice.overlap_none");
        assert_eq!(overlap_caption(&[]), "ising.caption.lattice.overlap_none");
        assert_eq!(overlap_caption(&hump(&[0.0])), "ising.caption.lattice.overlap_one");
        assert_eq!(overlap_caption(&hump(&[-0.7, 0.7])), "ising.caption.lattice.overlap");
    }

    #[test]
    fn what_is_told_of_order_and_growth_fits_the_rule_and_what_is_known() {
        let told = |settings: &LatticeSettings, tab: Tab| caption(tab, &frame(settings.clone(), 0.0));
        let plain = LatticeSettings::default();
        assert_eq!(told(&plain, Tab::Third), Some("ising.caption.lattice.order"));
        assert_eq!(told(&plain, Tab::Energy), Some("ising.caption.lattice.energy"));
        let kept = LatticeSettings { rule: Rule::Exchange, ..plain.clone() };
        let of_kept = told(&kept, Tab::Third);
        assert!(
            matches!(of_kept, Some("ising.caption.lattice.kept" | "ising.caption.lattice.exchange")),
            "{of_kept:?}"
        );
        // Where no critical temperature is known nothing is said of it.
        let odd = LatticeSettings {
            geometry: Geometry::Square,
            side: 15,
            coupling: Coupling::Antiferromagnetic,
            ..plain.clone()
        };
        assert_eq!(told(&odd, Tab::Third), Some("ising.caption.lattice.some_order"));
        assert_eq!(told(&odd, Tab::Energy), Some("ising.caption.lattice.energy_plain"));
        let replicas = LatticeSettings { tempering: true, ..plain };
        assert_eq!(told(&replicas, Tab::Energy), Some("ising.caption.lattice.rungs"));
        assert_eq!(told(&replicas, Tab::About), None);
    }
}
