//! The plots of the page, and what is around each in its card.

mod averages;
mod block_spins;
mod clusters;
mod correlation;
mod growth;
mod landscape;
mod structure;
mod trails;

use egui::{Popup, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        ising::{
            common::known_torus::KnownTorus,
            magnet::{
                block_spins::BlockRule,
                captions,
                cards::{Plot, STRIP},
                inspector::Watch,
                scene::{Action, Look, Scene},
            },
        },
        kit::{PageContext, deck},
    },
    physics::ising::clusters::ClusterKind,
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, focus_ring, segmented},
        card::captioned,
        icons::{self, Icon},
        layout::{Class, LabLayout, columns},
        plot::TickSize,
        rich,
        tokens::{GAP, PADDING, size},
    },
};

/// What the plots keep between frames.
#[derive(Default)]
pub(in crate::labs::ising) struct Plots {
    shown: Vec<Plot>,
    blur: block_spins::Tiles,
    structure: structure::Map,
    torus: KnownTorus,
}

impl Plots {
    /// Whether a plot is on screen.
    pub fn shows(&self, plot: Plot) -> bool {
        self.shown.contains(&plot)
    }

    /// What of the magnet is on screen beyond the lattice itself.
    pub fn watch(&self, look: &Look) -> Watch {
        Watch {
            correlation: self.shows(Plot::Correlation) || self.shows(Plot::Structure),
            clusters: self.shows(Plot::Clusters),
            landscape: self.shows(Plot::Landscape),
            colours: look.colour_clusters,
            blocks_shown: if self.shows(Plot::Blur) { self.blur.wanted() } else { 0 },
            staggered: look.staggered_picture,
        }
    }
}

/// What the card of averages needs, in points.
const TABLE: f32 = 280.0;
/// What the card of block tiles needs over and under the tiles, in points.
const TILE_WORDS: f32 = 150.0;

/// Draws all plots that the layout has room for.
pub(in crate::labs::ising) fn plots_ui(
    scene: &mut Scene<'_>,
    plots: &mut Plots,
    ui: &mut Ui,
    layout: &LabLayout,
    cx: &PageContext<'_>,
) {
    let tick = if layout.class == Class::Compact { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    plots.shown.clear();
    if layout.class == Class::Compact {
        tabs_ui(scene, plots, ui, layout.plots, cx);
    } else {
        if let Some(side) = layout.side {
            // The tiles of blocks are squares in a row; the table has the rest.
            let tiles = (side.width() - 2.0 * PADDING) / 5.0 + TILE_WORDS;
            let upper_height = (side.height() - GAP - TABLE).min(0.5 * side.height()).min(tiles.max(232.0));
            let upper = Rect::from_min_size(side.min, vec2(side.width(), upper_height));
            let lower = Rect::from_min_max(pos2(side.left(), upper.bottom() + GAP), side.max);
            card_ui(scene, plots, ui, upper, STRIP, cx);
            card_ui(scene, plots, ui, lower, STRIP + 1, cx);
        }
        let strip = columns(layout.plots, &[1.05, 1.15, 1.0, 1.0]);
        for (slot, rect) in strip.into_iter().enumerate() {
            card_ui(scene, plots, ui, rect, slot, cx);
        }
    }
}

fn tabs_ui(scene: &mut Scene<'_>, plots: &mut Plots, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let t = cx.texts;
    deck::card_ui(ui, rect, scene.look.tab.id(), "plot tabs", cx, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal_top(|ui| {
            let more = vec2(36.0, 36.0);
            let width = ui.available_width() - more.x - 6.0;
            ui.allocate_ui(vec2(width, 36.0), |ui| {
                segmented(ui, &mut scene.look.tab, &Plot::TABS.map(|(plot, key)| (plot, t.get(key))));
            });
            let tip = t.get("ising.plot.others");
            let others = Plot::TABS.iter().all(|(plot, _)| *plot != scene.look.tab);
            let button = IconButton::icon_only(Icon::More, tip).selected(others).min_size(more).show(ui);
            let mut chosen = scene.look.tab;
            let drawn = deck::drawn(cx);
            Popup::menu(&button).show(|ui| {
                menu_ui(ui, scene, &mut chosen, t);
                if let Some((card, rect)) = drawn {
                    ui.separator();
                    deck::entries_ui(ui, card, rect, cx);
                }
            });
            scene.look.tab = chosen;
            button.tip(tip);
        });
        let tab = scene.look.tab;
        plots.shown.push(tab);
        content_ui(scene, plots, ui, tab, cx);
    });
}

/// One plot as a card.
fn card_ui(scene: &mut Scene<'_>, plots: &mut Plots, ui: &mut Ui, rect: Rect, slot: usize, cx: &PageContext<'_>) {
    // A card keeps its name while its plot changes.
    const NAMES: [&str; STRIP + 2] = ["plot 1", "plot 2", "plot 3", "plot 4", "plot 5", "plot 6"];
    let plot = scene.look.slots.0[slot];
    plots.shown.push(plot);
    deck::card_ui(ui, rect, plot.id(), NAMES[slot], cx, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        title_ui(scene, ui, slot, cx);
        content_ui(scene, plots, ui, plot, cx);
    });
}

/// The title, which opens the menu of plots.
fn title_ui(scene: &mut Scene<'_>, ui: &mut Ui, slot: usize, cx: &PageContext<'_>) {
    let t = cx.texts;
    let tokens = Tokens::of(ui);
    let plot = scene.look.slots.0[slot];
    let (key, symbol) = plot.title(scene.settings.is_staggered());
    let room = ui.available_width() - 22.0;
    let lay = |job| ui.fonts_mut(|fonts| fonts.layout_job(job));
    let mut galley = lay(rich::title(t.get(key), symbol, size::TITLE, tokens.text, tokens.t2));
    if galley.size().x > room {
        // The plot has the symbol on its axis.
        let mut job = rich::title(t.get(key), "", size::TITLE, tokens.text, tokens.t2);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        galley = lay(job);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 22.0, 28.0), Sense::click());
    let name = t.fill("ising.plot.choose", &[("plot", t.get(key))]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let ink = if response.hovered() { tokens.text } else { tokens.t2 };
    let text = galley.size();
    ui.painter().galley(pos2(rect.left(), rect.center().y - text.y / 2.0), galley, tokens.text);
    let chevron = Rect::from_center_size(pos2(rect.left() + text.x + 12.0, rect.center().y), vec2(12.0, 12.0));
    icons::paint(ui.painter(), chevron, Icon::Unfolded, ink);
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    let mut chosen = plot;
    let drawn = deck::drawn(cx);
    Popup::menu(&response).show(|ui| {
        menu_ui(ui, scene, &mut chosen, t);
        if let Some((card, rect)) = drawn {
            ui.separator();
            deck::entries_ui(ui, card, rect, cx);
        }
    });
    if let Some((card, rect)) = drawn {
        // The first of the two clicks opened the menu.
        deck::double_click(&response, card, rect, cx);
        if response.double_clicked() {
            Popup::close_all(ui.ctx());
        }
    }
    if chosen != plot {
        scene.look.slots.put(slot, chosen);
    }
    response.tip(t.get("ising.plot.choose.tip"));
}

/// All plots, and what can be done with the one shown.
fn menu_ui(ui: &mut Ui, scene: &mut Scene<'_>, chosen: &mut Plot, t: Texts) {
    let tokens = Tokens::of(ui);
    let shown = *chosen;
    for plot in Plot::ALL {
        let (key, symbol) = plot.title(scene.settings.is_staggered());
        let job = rich::title(t.get(key), symbol, size::BODY, tokens.text, tokens.t2);
        ui.selectable_value(chosen, plot, job);
    }
    match shown {
        Plot::Clusters => {
            ui.separator();
            for kind in ClusterKind::ALL {
                ui.radio_value(&mut scene.settings.cluster_kind, kind, t.get(clusters::name(kind)));
            }
            ui.checkbox(&mut scene.look.colour_clusters, t.get("ising.clusters.colour"));
        }
        Plot::Order | Plot::Energy | Plot::Loop | Plot::Areas => {
            ui.separator();
            if ui.button(t.get("ising.plot.clear")).clicked() {
                scene.act(Action::ClearTrails);
            }
        }
        Plot::Correlation => {
            ui.separator();
            ui.checkbox(&mut scene.look.connected, t.get("ising.correlation.connected"));
        }
        Plot::Blur => {
            ui.separator();
            for (rule, key) in BlockRule::ALL.into_iter().zip(["ising.blur.majority", "ising.blur.decimation"]) {
                let label = format!("{} {}", t.get("ising.blur.rule"), t.get(key));
                ui.radio_value(&mut scene.settings.block_rule, rule, label);
            }
        }
        _ => {}
    }
}

/// Draws a plot over its caption.
fn content_ui(scene: &Scene<'_>, plots: &mut Plots, ui: &mut Ui, plot: Plot, cx: &PageContext<'_>) {
    let t = cx.texts;
    let frame = scene.frame;
    let caption = {
        match plot {
            Plot::Order => captions::order_caption(frame),
            Plot::Energy => captions::energy_caption(frame),
            Plot::Time => captions::time_caption(frame),
            Plot::Landscape => captions::landscape_caption(frame),
            Plot::Correlation => captions::correlation_caption(frame, scene.look.connected),
            Plot::Structure => captions::structure_caption(frame),
            Plot::Blur => captions::blur_caption(frame),
            Plot::Measured => captions::measured_caption(frame),
            Plot::Loop => captions::loop_caption(frame),
            Plot::Clusters => captions::clusters_caption(frame),
            Plot::Growth => captions::growth_caption(frame),
            Plot::Areas => "ising.caption.areas",
        }
    };
    captioned(ui, t.get(caption), |ui| match plot {
        Plot::Order => trails::against_temperature_ui(frame, ui, cx, true),
        Plot::Energy => trails::against_temperature_ui(frame, ui, cx, false),
        Plot::Time => trails::against_time_ui(frame, ui, cx),
        Plot::Landscape => landscape::landscape_ui(frame, scene.look.ghost_curves, ui, cx),
        Plot::Correlation => correlation::correlation_ui(frame, scene.look.connected, ui, cx),
        Plot::Structure => structure::structure_ui(&frame.correlation, &mut plots.structure, ui, cx),
        Plot::Blur => block_spins::tiles_ui(&frame.blur, frame.settings.block_rule, &mut plots.blur, ui, cx),
        Plot::Measured => averages::averages_ui(frame, &mut plots.torus, ui, cx),
        Plot::Loop => trails::against_field_ui(frame, ui, cx),
        Plot::Clusters => clusters::clusters_ui(frame, ui, cx),
        Plot::Growth => growth::domains_ui(frame, ui, cx),
        Plot::Areas => growth::areas_ui(frame, ui, cx),
    });
}
