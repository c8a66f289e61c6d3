//! The plots of the lab: which stand in which card, and what is around each.

pub(in crate::labs::ising) mod averages;
mod block_spins;
mod clusters;
mod correlation;
pub(in crate::labs::ising) mod growth;
mod landscape;
mod structure;
pub(in crate::labs::ising) mod trails;

use egui::{Popup, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use serde::{Deserialize, Serialize};

use crate::widgets::tip::Tip;
use crate::{
    labs::{
        LabContext,
        ising::{
            IsingLab,
            magnet::{block_spins::BlockRule, captions, inspector::Watch, page::has_tabs, sim::IsingCommand},
        },
    },
    physics::ising::clusters::ClusterKind,
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, focus_ring, segmented},
        card::{captioned, card_in},
        icons::{self, Icon},
        layout::{LabLayout, columns},
        plot::TickSize,
        rich,
        tokens::{GAP, size},
    },
};

/// A plot that a card can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(in crate::labs::ising) enum Plot {
    #[default]
    Order,
    Energy,
    Time,
    Landscape,
    Correlation,
    Structure,
    Blur,
    Measured,
    Loop,
    Clusters,
    Growth,
    Areas,
}

impl Plot {
    /// In the order of the menu.
    const ALL: [Self; 12] = [
        Self::Order,
        Self::Energy,
        Self::Time,
        Self::Measured,
        Self::Landscape,
        Self::Correlation,
        Self::Structure,
        Self::Blur,
        Self::Clusters,
        Self::Growth,
        Self::Loop,
        Self::Areas,
    ];
    /// The tabs of the compact layout and their names; the others are behind a menu.
    const TABS: [(Self, &str); 5] = [
        (Self::Order, "ising.tab.order"),
        (Self::Time, "ising.tab.time"),
        (Self::Landscape, "ising.tab.landscape"),
        (Self::Correlation, "ising.tab.correlation"),
        (Self::Blur, "ising.tab.blur"),
    ];

    /// Title and symbol.
    fn title(self, lab: &IsingLab) -> (&'static str, &'static str) {
        match self {
            Self::Order if lab.settings.is_staggered() => ("ising.plot.staggered", "|m_{s}|"),
            Self::Order => ("ising.plot.order", "|m|"),
            Self::Energy => ("ising.plot.energy", "e"),
            Self::Time => ("ising.plot.time", ""),
            Self::Landscape => ("ising.plot.landscape", "F(m)"),
            Self::Correlation => ("ising.plot.correlation", "G(r)"),
            Self::Structure => ("ising.plot.structure", "S(k)"),
            Self::Blur => ("ising.plot.blur", "b"),
            Self::Measured => ("ising.plot.measured", ""),
            Self::Loop => ("ising.plot.loop", "m(h)"),
            Self::Clusters => ("ising.plot.clusters", "n(s)"),
            Self::Growth => ("ising.plot.growth", "R(t)"),
            Self::Areas => ("ising.plot.areas", ""),
        }
    }
}

/// Cards under the picture.
const STRIP: usize = 4;

/// Which plot stands in which card: four under the picture, two beside the thermometer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::labs::ising) struct Slots([Plot; STRIP + 2]);

impl Default for Slots {
    fn default() -> Self {
        Self([Plot::Order, Plot::Time, Plot::Landscape, Plot::Correlation, Plot::Blur, Plot::Measured])
    }
}

impl Slots {
    /// Puts a plot into a card; if another card has it, the two change places.
    fn put(&mut self, slot: usize, plot: Plot) {
        let old = self.0[slot];
        for other in &mut self.0 {
            if *other == plot {
                *other = old;
            }
        }
        self.0[slot] = plot;
    }
}

/// What the plots keep between frames.
#[derive(Default)]
pub(in crate::labs::ising) struct Plots {
    /// What the last frame turned by itself.
    pub driven: Option<crate::labs::ising::magnet::ramp::DriveKind>,
    shown: Vec<Plot>,
    watched: Watch,
    blur: block_spins::Tiles,
    structure: structure::Map,
    measured: averages::Exact,
    correlation: correlation::Choice,
}

impl IsingLab {
    /// Brings a plot on screen, in the first card if no card has it.
    pub(in crate::labs::ising) fn bring(&mut self, plot: Plot) {
        self.folds.tab = plot;
        if !self.plots.shown.contains(&plot) {
            self.folds.slots.put(0, plot);
        }
    }

    /// Tells the magnet what is on screen.
    fn watch(&mut self) {
        let shown = |plot: Plot| self.plots.shown.contains(&plot);
        let watch = Watch {
            correlation: shown(Plot::Correlation) || shown(Plot::Structure),
            clusters: shown(Plot::Clusters),
            colours: self.settings.colour_clusters,
            blocks_shown: if shown(Plot::Blur) { self.plots.blur.wanted() } else { 0 },
        };
        if watch != self.plots.watched {
            self.plots.watched = watch;
            self.command(IsingCommand::Watch(watch));
        }
    }
}

/// Draws all plots that the layout has room for.
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, layout: &LabLayout, cx: &mut LabContext<'_>) {
    let tick = if has_tabs(layout.class) { 14.0 } else { size::TICK };
    ui.data_mut(|data| data.insert_temp(egui::Id::NULL, TickSize(tick)));
    lab.plots.shown.clear();
    if has_tabs(layout.class) {
        tabs(lab, ui, layout.plots, cx);
    } else {
        if let Some(side) = layout.side {
            // The tiles of blocks need little height, the table more.
            let upper_height = (0.5 * side.height()).min(232.0);
            let upper = Rect::from_min_size(side.min, vec2(side.width(), upper_height));
            let lower = Rect::from_min_max(pos2(side.left(), upper.bottom() + GAP), side.max);
            card(lab, ui, upper, STRIP, cx);
            card(lab, ui, lower, STRIP + 1, cx);
        }
        let strip = columns(layout.plots, &[1.05, 1.15, 1.0, 1.0]);
        for (slot, rect) in strip.into_iter().enumerate() {
            card(lab, ui, rect, slot, cx);
        }
    }
    lab.watch();
}

fn tabs(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    card_in(ui, rect, "plot tabs", |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal_top(|ui| {
            let more = vec2(36.0, 36.0);
            let width = ui.available_width() - more.x - 6.0;
            ui.allocate_ui(vec2(width, 36.0), |ui| {
                segmented(ui, &mut lab.folds.tab, &Plot::TABS.map(|(plot, key)| (plot, t.get(key))));
            });
            let tip = t.get("ising.plot.others");
            let others = Plot::TABS.iter().all(|(plot, _)| *plot != lab.folds.tab);
            let button = IconButton::icon_only(Icon::More, tip).selected(others).min_size(more).show(ui);
            let mut chosen = lab.folds.tab;
            Popup::menu(&button).show(|ui| menu(ui, lab, &mut chosen, t));
            lab.folds.tab = chosen;
            button.tip(tip);
        });
        let tab = lab.folds.tab;
        lab.plots.shown.push(tab);
        content(lab, ui, tab, cx);
    });
}

/// One plot as a card.
fn card(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, slot: usize, cx: &mut LabContext<'_>) {
    // A card keeps its name while its plot changes.
    const NAMES: [&str; STRIP + 2] = ["plot 1", "plot 2", "plot 3", "plot 4", "plot 5", "plot 6"];
    let plot = lab.folds.slots.0[slot];
    lab.plots.shown.push(plot);
    card_in(ui, rect, NAMES[slot], |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        title(lab, ui, slot, cx.texts);
        content(lab, ui, plot, cx);
    });
}

/// The title, which opens the menu of plots.
fn title(lab: &mut IsingLab, ui: &mut Ui, slot: usize, t: Texts) {
    let tokens = Tokens::of(ui);
    let plot = lab.folds.slots.0[slot];
    let (key, symbol) = plot.title(lab);
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
    Popup::menu(&response).show(|ui| menu(ui, lab, &mut chosen, t));
    if chosen != plot {
        lab.folds.slots.put(slot, chosen);
    }
    response.tip(t.get("ising.plot.choose.tip"));
}

/// All plots, and what can be done with the one shown.
fn menu(ui: &mut Ui, lab: &mut IsingLab, chosen: &mut Plot, t: Texts) {
    let tokens = Tokens::of(ui);
    let shown = *chosen;
    for plot in Plot::ALL {
        let (key, symbol) = plot.title(lab);
        let job = rich::title(t.get(key), symbol, size::BODY, tokens.text, tokens.t2);
        ui.selectable_value(chosen, plot, job);
    }
    match shown {
        Plot::Clusters => {
            ui.separator();
            for kind in ClusterKind::ALL {
                ui.radio_value(&mut lab.settings.cluster_kind, kind, t.get(clusters::name(kind)));
            }
            ui.checkbox(&mut lab.settings.colour_clusters, t.get("ising.clusters.colour"));
        }
        Plot::Order | Plot::Energy | Plot::Loop | Plot::Areas => {
            ui.separator();
            if ui.button(t.get("ising.plot.clear")).clicked() {
                lab.command(IsingCommand::ClearTrails);
            }
        }
        Plot::Correlation => {
            ui.separator();
            ui.checkbox(&mut lab.plots.correlation.connected, t.get("ising.correlation.connected"));
        }
        Plot::Blur => {
            ui.separator();
            for (rule, key) in BlockRule::ALL.into_iter().zip(["ising.blur.majority", "ising.blur.decimation"]) {
                let label = format!("{} {}", t.get("ising.blur.rule"), t.get(key));
                ui.radio_value(&mut lab.settings.block_rule, rule, label);
            }
        }
        _ => {}
    }
}

/// Plot and caption.
fn content(lab: &mut IsingLab, ui: &mut Ui, plot: Plot, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let caption = {
        let frame = lab.frame();
        match plot {
            Plot::Order => captions::order_caption(frame),
            Plot::Energy => captions::energy_caption(frame),
            Plot::Time => captions::time_caption(frame),
            Plot::Landscape => captions::landscape_caption(frame),
            Plot::Correlation => captions::correlation_caption(frame),
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
        Plot::Order => trails::against_temperature(lab.frame(), ui, cx, true),
        Plot::Energy => trails::against_temperature(lab.frame(), ui, cx, false),
        Plot::Time => trails::against_time(lab.frame(), ui, cx),
        Plot::Landscape => landscape::landscape(lab.frame(), lab.settings.ghost_curves, ui, cx),
        Plot::Correlation => correlation::content(lab, ui, cx),
        Plot::Structure => structure::content(lab, ui, cx),
        Plot::Blur => block_spins::content(lab, ui, cx),
        Plot::Measured => averages::content(lab, ui, cx),
        Plot::Loop => trails::against_field(lab.frame(), ui, cx),
        Plot::Clusters => clusters::content(lab, ui, cx),
        Plot::Growth => growth::patches(lab, ui, cx),
        Plot::Areas => growth::loops(lab, ui, cx),
    });
}
