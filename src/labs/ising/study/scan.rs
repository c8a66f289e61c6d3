//! The scan page: six quantities against temperature, a curve for each size, exact curves behind them.

use egui::{Align2, Color32, Rect, Ui, pos2, vec2};
use egui_plot::LineStyle;

use super::{exact_curves::ExactCurves, points::Study, settings::ScanSettings, size_colors::size_color};
use crate::{
    labs::kit::{CardId, PageContext, Table, deck},
    physics::{
        ising::{exact, record::Measured, study::Point},
        statistics::Estimate,
    },
    widgets::{
        Tokens,
        buttons::segmented,
        card::captioned,
        layout::{Class, columns},
        numbers,
        plot::{Axes, line, log_ticks, measured_point, painted_log, round_ticks},
        rich,
        tokens::{GAP, bold, regular, size},
    },
};

/// What is plotted against temperature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quantity {
    Energy,
    #[default]
    Order,
    Heat,
    Susceptibility,
    Binder,
    AutocorrelationTime,
}

impl Quantity {
    const ALL: [Self; 6] =
        [Self::Order, Self::Energy, Self::Heat, Self::Binder, Self::Susceptibility, Self::AutocorrelationTime];

    /// What its tab says.
    fn symbol(self) -> &'static str {
        match self {
            Self::Energy => "e",
            Self::Order => "|m|",
            Self::Heat => "C",
            Self::Susceptibility => "χ",
            Self::Binder => "U",
            Self::AutocorrelationTime => "τ",
        }
    }

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Energy => ("ising.scan.energy", "e (J)"),
            Self::Order => ("ising.scan.order", "|m|"),
            Self::Heat => ("ising.scan.heat", "C (k)"),
            Self::Susceptibility => ("ising.scan.susceptibility", "χ (1/J)"),
            Self::Binder => ("ising.scan.binder", "U"),
            Self::AutocorrelationTime => ("ising.scan.memory", "τ"),
        }
    }

    fn card(self) -> CardId {
        match self {
            Self::Energy => "energy",
            Self::Order => "order",
            Self::Heat => "heat",
            Self::Susceptibility => "susceptibility",
            Self::Binder => "binder",
            Self::AutocorrelationTime => "time",
        }
    }

    /// The name of its column.
    fn column(self) -> &'static str {
        match self {
            Self::Energy => "energy (J)",
            Self::Order => "abs_magnetization",
            Self::Heat => "specific_heat (k)",
            Self::Susceptibility => "susceptibility (1/J)",
            Self::Binder => "binder_cumulant",
            Self::AutocorrelationTime => "autocorrelation_time (sweeps)",
        }
    }

    fn of(self, measured: &Measured) -> Option<Estimate> {
        match self {
            Self::Energy => Some(measured.energy),
            Self::Order => Some(measured.abs_magnetization),
            Self::Heat => measured.specific_heat,
            Self::Susceptibility => measured.susceptibility,
            Self::Binder => Some(measured.binder),
            Self::AutocorrelationTime => {
                let time = measured.energy_autocorrelation_time.max(measured.abs_magnetization_autocorrelation_time);
                Some(Estimate { value: time, error: 0.0 })
            }
        }
    }

    fn is_logarithmic(self) -> bool {
        matches!(self, Self::Susceptibility | Self::AutocorrelationTime)
    }

    /// Least range of the axis.
    fn range(self) -> [f64; 2] {
        match self {
            Self::Energy => [-2.0, -0.7],
            Self::Order => [0.0, 1.0],
            Self::Heat => [0.0, 2.0],
            Self::Susceptibility => [-1.0, 1.0],
            Self::Binder => [0.0, 0.7],
            Self::AutocorrelationTime => [-0.4, 1.0],
        }
    }
}

/// Names of the cards.
pub(super) const CARDS: [CardId; 6] = ["order", "energy", "heat", "binder", "susceptibility", "time"];

/// The numbers of a card. The autocorrelation time has no error of its own, and errors of runs that were too short are left
/// out.
pub(super) fn table(study: &Study, card: CardId) -> Option<Table> {
    let quantity = Quantity::ALL.into_iter().find(|quantity| quantity.card() == card)?;
    let mut table = Table::new(&["size (spins)", "temperature (J/k)", quantity.column(), "standard_error"]);
    for point in study.shown() {
        let Some(value) = quantity.of(&point.measured) else { continue };
        let has_error = point.measured.errors_are_honest && quantity != Quantity::AutocorrelationTime;
        let (side, temperature) = (point.run.side as f64, point.run.parameters.temperature);
        table.push([side.into(), temperature.into(), value.value.into(), has_error.then_some(value.error).into()]);
    }
    (!table.rows().is_empty()).then_some(table)
}

/// Draws the six plots, or in a compact window the one whose tab is chosen.
pub(super) fn scan_ui(
    study: &Study,
    settings: &ScanSettings,
    exact: &mut ExactCurves,
    tab: &mut Quantity,
    ui: &mut Ui,
    rect: Rect,
    cx: &PageContext<'_>,
) {
    let sizes = if study.shown().is_empty() { settings.sizes() } else { study.sizes() };
    let temperatures = study.shown().iter().map(|point| point.run.parameters.temperature);
    let low = temperatures.clone().fold(settings.from, f64::min);
    let high = temperatures.fold(settings.to, f64::max);
    exact.update([low, high], &sizes);
    let panel = Panel { study, sizes: &sizes, exact, range: [low, high], has_exact: study.has_exact() };
    if cx.class == Class::Compact {
        deck::card_ui(ui, rect, tab.card(), "scan tabs", cx, |ui| {
            segmented(ui, tab, &Quantity::ALL.map(|quantity| (quantity, quantity.symbol())));
            panel.content_ui(ui, *tab, cx);
        });
        return;
    }
    let across = if rect.width() > 900.0 { 3 } else { 2 };
    let rows = Quantity::ALL.len() / across;
    let height = (rect.height() - GAP * (rows - 1) as f32) / rows as f32;
    for (row, quantities) in Quantity::ALL.chunks(across).enumerate() {
        let top = rect.top() + row as f32 * (height + GAP);
        let strip = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), height));
        for (cell, &quantity) in columns(strip, &vec![1.0; across]).into_iter().zip(quantities) {
            panel.card_ui(ui, cell, quantity, cx);
        }
    }
}

struct Panel<'a> {
    study: &'a Study,
    sizes: &'a [usize],
    exact: &'a ExactCurves,
    range: [f64; 2],
    has_exact: bool,
}

impl Panel<'_> {
    fn card_ui(&self, ui: &mut Ui, rect: Rect, quantity: Quantity, cx: &PageContext<'_>) {
        deck::card_ui(ui, rect, quantity.card(), quantity.name().0, cx, |ui| self.content_ui(ui, quantity, cx));
    }

    fn content_ui(&self, ui: &mut Ui, quantity: Quantity, cx: &PageContext<'_>) {
        let (key, symbol) = quantity.name();
        ui.spacing_mut().item_spacing.y = 4.0;
        deck::title_ui(ui, cx, cx.texts.get(key), symbol, |_| {});
        captioned(ui, cx.texts.get(self.caption(quantity)), |ui| self.plot_ui(ui, quantity, cx));
    }

    fn caption(&self, quantity: Quantity) -> &'static str {
        if self.study.shown().is_empty() {
            return "ising.scan.caption.empty";
        }
        if !self.has_exact && quantity != Quantity::AutocorrelationTime {
            return "ising.scan.caption.other";
        }
        // What is said of several sizes is said only where they are there, on both sides of T_c.
        let compares = self.study.compares_sizes();
        match quantity {
            Quantity::Order if compares => "ising.scan.caption.order",
            Quantity::Order => "ising.scan.caption.order.alone",
            Quantity::Heat if compares => "ising.scan.caption.heat",
            Quantity::Energy | Quantity::Heat => "ising.scan.caption.energy",
            Quantity::Susceptibility if compares => "ising.scan.caption.susceptibility",
            Quantity::Susceptibility => "ising.scan.caption.susceptibility.alone",
            Quantity::Binder if compares => "ising.scan.caption.binder",
            Quantity::Binder => "ising.scan.caption.binder.alone",
            Quantity::AutocorrelationTime if self.study.has_doubtful() => "ising.scan.caption.memory",
            Quantity::AutocorrelationTime => "ising.scan.caption.memory.honest",
        }
    }

    /// Lines of exact values, each with its colour.
    fn lines(&self, quantity: Quantity, tokens: &Tokens) -> Vec<(&[[f64; 2]], Color32, LineStyle)> {
        if !self.has_exact {
            return Vec::new();
        }
        let torus = match quantity {
            Quantity::Energy => 0,
            Quantity::Heat => 1,
            Quantity::Order => return vec![(&self.exact.order, tokens.reference, LineStyle::Solid)],
            _ => return Vec::new(),
        };
        let endless = if torus == 0 { &self.exact.energy } else { &self.exact.heat };
        let mut lines = vec![(&endless[..], tokens.reference, LineStyle::Dashed { length: 6.0 })];
        for (index, curves) in self.exact.tori.iter().enumerate() {
            lines.push((&curves[torus], size_color(tokens, index).gamma_multiply(0.75), LineStyle::Solid));
        }
        lines
    }

    fn plot_ui(&self, ui: &mut Ui, quantity: Quantity, cx: &PageContext<'_>) {
        let (t, tokens) = (cx.texts, Tokens::of(ui));
        let log = quantity.is_logarithmic();
        let place = |value: f64| if log { value.max(1e-6).log10() } else { value };
        let [mut low, mut high] = quantity.range();
        for value in self.study.shown().iter().filter_map(|point| quantity.of(&point.measured)) {
            (low, high) = (low.min(place(value.value)), high.max(place(value.value)));
        }
        let margin = 0.05 * (high - low);
        let x_margin = 0.02 * (self.range[1] - self.range[0]);
        let (x, y) = ([self.range[0] - x_margin, self.range[1] + x_margin], [low - margin, high + margin]);
        let axes = Axes {
            x,
            y,
            x_ticks: round_ticks(x[0], x[1], 5),
            y_ticks: if log { log_ticks(y[0], y[1], 5) } else { round_ticks(y[0], y[1], 5) },
            x_label: Some(t.get("ising.axis.temperature")),
            y_label: quantity.name().1,
        };
        let lines = self.lines(quantity, tokens);
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let mut pointed: Option<(f32, &Point, Estimate)> = None;
        let id = quantity.name().0;
        painted_log(
            ui,
            id,
            &axes,
            [false, log],
            |plot_ui| {
                for (points, color, style) in &lines {
                    plot_ui.line(line(points, *color, 1.5, *style));
                }
            },
            |painter, at| {
                let critical = exact::critical_temperature();
                if self.has_exact && (x[0]..=x[1]).contains(&critical) {
                    let dash = egui::Stroke::new(1.0, tokens.acc);
                    painter.extend(egui::Shape::dashed_line(&[at(critical, y[1]), at(critical, y[0])], dash, 4.0, 4.0));
                }
                for (index, &size) in self.sizes.iter().enumerate() {
                    let color = size_color(tokens, index);
                    for point in self.study.of_size(size) {
                        let Some(value) = quantity.of(&point.measured) else { continue };
                        let temperature = point.run.parameters.temperature;
                        let bar = [place(value.value - value.error), place(value.value + value.error)];
                        let dot = [temperature, place(value.value)];
                        if point.measured.errors_are_honest {
                            measured_point(painter, at, dot, bar, 3.0, color);
                        } else {
                            painter.circle_stroke(at(dot[0], dot[1]), 3.0, egui::Stroke::new(1.5, color));
                        }
                        let distance = pointer.map_or(f32::INFINITY, |pointer| pointer.distance(at(dot[0], dot[1])));
                        if distance < 9.0 && pointed.is_none_or(|(nearest, ..)| distance < nearest) {
                            pointed = Some((distance, point, value));
                        }
                    }
                }
                if quantity == Quantity::Order {
                    self.legend(painter, at(x[1], y[1]), tokens);
                }
            },
        );
        if let Some((_, point, value)) = pointed {
            let text = format!(
                "L = {}, T = {}: {}",
                point.run.side,
                numbers::fixed(point.run.parameters.temperature, 3),
                numbers::with_error(value.value, value.error)
            );
            let response = ui.interact(ui.min_rect(), ui.scope_id().with(id), egui::Sense::hover());
            response.on_hover_text_at_pointer(text);
        }
    }

    /// Names of the sizes, in their colours.
    fn legend(&self, painter: &egui::Painter, corner: egui::Pos2, tokens: &Tokens) {
        for (index, size) in self.sizes.iter().enumerate() {
            let color = size_color(tokens, index);
            let at = corner + vec2(-8.0, 6.0 + 17.0 * index as f32);
            let galley = painter.layout_job(rich(&format!("L = {size}"), bold(size::CAPTION), color));
            let text = at - vec2(galley.size().x, 0.0);
            painter.circle_filled(text + vec2(-8.0, galley.size().y / 2.0), 3.0, color);
            painter.galley(text, galley, color);
        }
        if self.has_exact {
            let at = corner + vec2(-8.0, 6.0 + 17.0 * self.sizes.len() as f32);
            painter.text(at, Align2::RIGHT_TOP, "L = ∞", regular(size::CAPTION), tokens.reference);
        }
    }
}
