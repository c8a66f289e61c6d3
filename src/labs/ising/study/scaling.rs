//! The scaling page: curves of all sizes, scaled until they fall together, and what a fit says.

use egui::{Align2, Rect, Ui, pos2, vec2};
use egui_plot::LineStyle;

use super::{points::Study, size_colors::size_color};
use crate::{
    labs::kit::{CardId, PageContext, Table, deck},
    physics::ising::{
        scaling::{Exponents, Fit, NoFit, Quantity, Scaled, misfit},
        study::Point,
    },
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        card::{captioned, card_in},
        icons::Icon,
        layout::{Class, columns},
        numbers,
        plot::{Axes, line, measured_point, painted, round_ticks},
        rich,
        tip::Tip,
        tokens::{GAP, bold, regular, size},
    },
};

/// A scan that the page asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The one that is planned.
    Planned,
    /// One of the same sizes, close to the critical temperature.
    NearCritical,
}

/// A card of the page in a compact window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Order,
    Susceptibility,
    Binder,
    Fit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Order,
    Susceptibility,
    Binder,
}

impl View {
    const ALL: [Self; 3] = [Self::Order, Self::Susceptibility, Self::Binder];

    fn card(self) -> CardId {
        match self {
            Self::Order => "order",
            Self::Susceptibility => "susceptibility",
            Self::Binder => "binder",
        }
    }

    /// The scaled points of one size.
    fn curve(self, study: &Study, exponents: &Exponents, size: usize) -> Vec<Scaled> {
        let scale = self.quantity().scale(exponents, size);
        let scaled = |point: &Point| {
            let value = self.quantity().of(&point.measured)?;
            let temperature = point.run.parameters.temperature;
            let x = if self == Self::Binder { temperature } else { exponents.distance(size, temperature) };
            Some([x, value.value * scale, value.error * scale])
        };
        study.of_size(size).filter_map(scaled).collect()
    }

    fn quantity(self) -> Quantity {
        match self {
            Self::Order => Quantity::Order,
            Self::Susceptibility => Quantity::Susceptibility,
            Self::Binder => Quantity::Binder,
        }
    }
}

/// Names of the cards.
pub(super) const CARDS: [CardId; 4] = ["order", "susceptibility", "binder", "fit"];

/// The numbers of a card: curves scaled by these exponents, or the fit.
pub(super) fn table(study: &Study, exponents: &Exponents, card: CardId) -> Option<Table> {
    let Some(view) = View::ALL.into_iter().find(|view| view.card() == card) else {
        return study.fit().filter(|_| card == "fit").map(fit_table);
    };
    let [x, y] = match view {
        View::Order => ["scaled_distance (J/k)", "scaled_abs_magnetization"],
        View::Susceptibility => ["scaled_distance (J/k)", "scaled_susceptibility (1/J)"],
        View::Binder => ["temperature (J/k)", "binder_cumulant"],
    };
    let mut table = Table::new(&["size (spins)", x, y, "standard_error"]);
    for size in study.sizes() {
        for [place, value, error] in view.curve(study, exponents, size) {
            table.push([(size as f64).into(), place.into(), value.into(), error.into()]);
        }
    }
    (!table.rows().is_empty()).then_some(table)
}

fn fit_table(fit: Fit) -> Table {
    let mut table = Table::new(&["quantity", "value", "standard_error", "unit"]);
    for (name, estimate, unit) in [
        ("critical_temperature", fit.critical_temperature, "J/k"),
        ("1/nu", fit.inverse_nu, ""),
        ("beta/nu", fit.beta_over_nu, ""),
        ("gamma/nu", fit.gamma_over_nu, ""),
    ] {
        table.push([name.into(), estimate.value.into(), estimate.error.into(), unit.into()]);
    }
    table
}

/// Draws the page with curves scaled by these exponents. Returns which scan is asked for.
pub(super) fn scaling_ui(
    study: &Study,
    exponents: &Exponents,
    tab: &mut Tab,
    ui: &mut Ui,
    rect: Rect,
    cx: &PageContext<'_>,
) -> Option<Wanted> {
    let t = cx.texts;
    if study.sizes().len() < 2 {
        let mut is_asked = false;
        card_in(ui, rect, "scaling empty", |ui| is_asked = empty_ui(study, ui, t));
        return is_asked.then_some(Wanted::Planned);
    }
    let mut wanted = None;
    if cx.class == Class::Compact {
        let view = match tab {
            Tab::Order => Some(View::Order),
            Tab::Susceptibility => Some(View::Susceptibility),
            Tab::Binder => Some(View::Binder),
            Tab::Fit => None,
        };
        deck::card_ui(ui, rect, view.map_or("fit", View::card), "scaling tabs", cx, |ui| {
            let fit = t.get("ising.scaling.fit.tab");
            segmented(ui, tab, &[(Tab::Order, "|m|"), (Tab::Susceptibility, "χ"), (Tab::Binder, "U"), (Tab::Fit, fit)]);
            content_ui(study, exponents, view, ui, &mut wanted, cx);
        });
        return wanted;
    }
    let half = (rect.height() - GAP) / 2.0;
    let rows = [rect.top(), rect.top() + half + GAP]
        .map(|top| Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), half)));
    let [upper, lower] = rows.map(|row| columns(row, &[1.0, 1.0]));
    let views = View::ALL.into_iter().map(Some).chain([None]);
    for (cell, view) in upper.iter().chain(&lower).zip(views) {
        let card = view.map_or("fit", View::card);
        deck::card_ui(ui, *cell, card, card, cx, |ui| content_ui(study, exponents, view, ui, &mut wanted, cx));
    }
    wanted
}

/// Draws what one card shows: a plot, or without a view the fit.
fn content_ui(
    study: &Study,
    exponents: &Exponents,
    view: Option<View>,
    ui: &mut Ui,
    wanted: &mut Option<Wanted>,
    cx: &PageContext<'_>,
) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 4.0;
    let Some(view) = view else {
        deck::title_ui(ui, cx, t.get("ising.scaling.fit"), "", |_| {});
        let caption = match study.fit() {
            Some(_) => "ising.scaling.caption.fit",
            None => "ising.scaling.caption.unfitted",
        };
        return captioned(ui, t.get(caption), |ui| {
            if fitted_ui(study, ui, t) {
                *wanted = Some(Wanted::NearCritical);
            }
        });
    };
    let (title, symbol, caption) = match view {
        View::Order => ("ising.scaling.order", "|m| L^{β/ν}", "ising.scaling.caption.order"),
        View::Susceptibility => ("ising.scaling.susceptibility", "χ L^{−γ/ν}", "ising.scaling.caption.susceptibility"),
        View::Binder if study.compares_sizes() => ("ising.scaling.binder", "U", "ising.scaling.caption.binder"),
        View::Binder => ("ising.scaling.binder", "U", "ising.scan.caption.binder.alone"),
    };
    deck::title_ui(ui, cx, t.get(title), symbol, |_| {});
    captioned(ui, t.get(caption), |ui| plot_ui(study, ui, view, exponents, t));
}

/// Says that there is nothing yet. Returns whether a scan is asked for.
fn empty_ui(study: &Study, ui: &mut Ui, t: Texts) -> bool {
    let tokens = Tokens::of(ui);
    let space = ui.available_rect_before_wrap();
    let mut job = rich(t.get("ising.scaling.empty"), regular(size::BODY), tokens.t2);
    job.wrap.max_width = space.width() * 0.7;
    job.halign = egui::Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = space.center() - vec2(0.0, 40.0);
    ui.painter().galley(at, galley, tokens.t2);
    if study.is_scanning() {
        return false;
    }
    let button = Rect::from_center_size(space.center() + vec2(0.0, 30.0), vec2(220.0, 40.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(button));
    let start = IconButton::new(t.get("ising.scan.start")).icon(Icon::Play).look(Look::Selected);
    let start = start.min_size(button.size()).name(t.get("ising.scaling.start"));
    child.add_enabled_ui(study.can_start(), |ui| start.show(ui)).inner.clicked()
}

fn plot_ui(study: &Study, ui: &mut Ui, view: View, exponents: &Exponents, t: Texts) {
    let tokens = Tokens::of(ui);
    let sizes = study.sizes();
    let curves: Vec<Vec<Scaled>> = sizes.iter().map(|&size| view.curve(study, exponents, size)).collect();
    let all = || curves.iter().flatten();
    let bounds = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let margin = 0.05 * (high - low).max(1e-3);
        [low - margin, high + margin]
    };
    let mut x = bounds(&mut all().map(|point| point[0]));
    if view != View::Binder && all().any(|point| point[0].abs() < 24.0) {
        // Far from T_c scaling ends; the largest sizes would squeeze the rest.
        x = [x[0].max(-24.0), x[1].min(24.0)];
    }
    let mut y = bounds(&mut all().filter(|point| (x[0]..=x[1]).contains(&point[0])).map(|point| point[1]));
    y[0] = y[0].min(0.0);
    let axes = Axes {
        x,
        y,
        x_ticks: round_ticks(x[0], x[1], 5),
        y_ticks: round_ticks(y[0], y[1], 4),
        x_label: Some(if view == View::Binder { t.get("ising.axis.temperature") } else { "(T − T_{c}) L^{1/ν}" }),
        y_label: match view {
            View::Order => "|m| L^{β/ν}",
            View::Susceptibility => "χ L^{−γ/ν}",
            View::Binder => "U",
        },
    };
    let quality = if view == View::Binder { None } else { misfit(study.shown(), exponents, view.quantity()) };
    let crossing = study.fit().map(|fit| fit.critical_temperature);
    let id = match view {
        View::Order => "scaled order",
        View::Susceptibility => "scaled susceptibility",
        View::Binder => "crossing",
    };
    painted(
        ui,
        id,
        &axes,
        |plot_ui| {
            for (index, curve) in curves.iter().enumerate() {
                let points: Vec<[f64; 2]> = curve.iter().map(|point| [point[0], point[1]]).collect();
                plot_ui.line(line(&points, size_color(tokens, index).gamma_multiply(0.6), 1.0, LineStyle::Solid));
            }
        },
        |painter, at| {
            for (index, curve) in curves.iter().enumerate() {
                for &[place, value, error] in curve.iter().filter(|point| (x[0]..=x[1]).contains(&point[0])) {
                    let bar = [value - error, value + error];
                    measured_point(painter, at, [place, value], bar, 3.0, size_color(tokens, index));
                }
            }
            let corner = at(x[1], y[1]) + vec2(-8.0, 6.0);
            for (index, size) in sizes.iter().enumerate() {
                let color = size_color(tokens, index);
                let at = corner + vec2(0.0, 17.0 * index as f32);
                painter.text(at, Align2::RIGHT_TOP, format!("L = {size}"), bold(size::CAPTION), color);
            }
            if let Some(quality) = quality {
                let ink = if quality < 3.0 { tokens.ok } else { tokens.warn };
                let text = t.fill("ising.scaling.quality", &[("value", &numbers::three_digits(quality))]);
                let at = corner + vec2(0.0, 17.0 * sizes.len() as f32 + 6.0);
                painter.text(at, Align2::RIGHT_TOP, text, bold(size::CAPTION), ink);
            }
            if let Some(critical) = crossing.filter(|_| view == View::Binder) {
                let dash = egui::Stroke::new(1.5, tokens.acc);
                let ends = [at(critical.value, y[1]), at(critical.value, y[0])];
                painter.extend(egui::Shape::dashed_line(&ends, dash, 4.0, 4.0));
            }
        },
    );
}

/// The table of the fit. Returns whether a scan near T_c is asked for.
fn fitted_ui(study: &Study, ui: &mut Ui, t: Texts) -> bool {
    let tokens = Tokens::of(ui);
    let space = ui.available_rect_before_wrap();
    let Some(Fit { critical_temperature, inverse_nu, beta_over_nu, gamma_over_nu }) = study.fit() else {
        let key = match study.no_fit() {
            _ if study.awaits_fit() => "ising.scaling.fit.waiting",
            Some(NoFit::TooFarApart) => "ising.scaling.fit.apart",
            _ => "ising.scaling.fit.none",
        };
        let mut job = rich(t.get(key), regular(size::BODY), tokens.t2);
        job.wrap.max_width = space.width();
        ui.label(job);
        if study.awaits_fit() {
            return false;
        }
        ui.add_space(8.0);
        let near = IconButton::new(t.get("ising.scan.near")).icon(Icon::Play).look(Look::Selected);
        let near = near.min_size(vec2(space.width().min(260.0), 40.0));
        return near.show(ui).tip(t.get("ising.scan.near.tip")).clicked();
    };
    let exact = Exponents::exact();
    let rows = [
        ("T_{c}", critical_temperature, exact.critical_temperature),
        ("1/ν", inverse_nu, 1.0 / exact.nu),
        ("β/ν", beta_over_nu, exact.beta / exact.nu),
        ("γ/ν", gamma_over_nu, exact.gamma / exact.nu),
    ];
    let row_height = (space.height() / 5.0).clamp(20.0, 34.0);
    let put = |row: usize, share: f32, job: egui::text::LayoutJob| {
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let y = space.top() + row_height * (row as f32 + 0.5) - galley.size().y / 2.0;
        ui.painter().galley(pos2(space.left() + share * space.width(), y), galley, tokens.text);
    };
    put(0, 0.25, rich(t.get("ising.measured.value"), regular(size::CAPTION), tokens.t2));
    put(0, 0.65, rich(t.get("ising.measured.exact"), regular(size::CAPTION), tokens.t2));
    for (index, (symbol, estimate, truth)) in rows.into_iter().enumerate() {
        let y = space.top() + row_height * (index + 1) as f32;
        ui.painter().hline(space.x_range(), y, egui::Stroke::new(1.0, tokens.grid));
        put(index + 1, 0.0, rich(symbol, regular(size::BODY), tokens.t2));
        let value = numbers::with_error(estimate.value, estimate.error);
        put(index + 1, 0.25, rich(&value, bold(size::BODY), tokens.text));
        let truth = if study.has_exact() { numbers::fixed(truth, 5) } else { String::new() };
        put(index + 1, 0.65, rich(&truth, regular(size::BODY), tokens.t2));
    }
    false
}
