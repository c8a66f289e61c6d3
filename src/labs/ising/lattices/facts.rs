//! What magnet it is: a spin with its neighbours, and a few words.

use egui::{Color32, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::{
    frame::LatticeFrame,
    settings::{DisorderKind, LatticeSettings, Rule},
};
use crate::{
    physics::ising::{Coupling, graph::Geometry},
    text::Texts,
    widgets::{
        Tokens, numbers, rich,
        tokens::{SPIN_DOWN, SPIN_UP, bold, regular, size},
    },
};

/// Where the neighbours of a site are, from it: x to the right, y down, one apart.
fn directions(geometry: Geometry) -> Vec<[f32; 2]> {
    let round = |count: usize, turn: f32| {
        (0..count)
            .map(|index| {
                let (sin, cos) = (std::f32::consts::TAU * index as f32 / count as f32 + turn).sin_cos();
                [cos, sin]
            })
            .collect()
    };
    match geometry {
        Geometry::Square => round(4, 0.0),
        Geometry::Triangular => round(6, 0.0),
        Geometry::Honeycomb => round(3, std::f32::consts::FRAC_PI_6),
        // Seen a little from above: left and right, to the front and the back, up and down.
        Geometry::Cubic => vec![[1.0, 0.0], [-1.0, 0.0], [0.5, 0.42], [-0.5, -0.42], [0.0, 1.0], [0.0, -1.0]],
    }
}

fn spin(painter: &Painter, at: Pos2, radius: f32, colour: Color32, tokens: &Tokens) {
    painter.circle(at, radius, colour, Stroke::new(1.5, tokens.edge));
}

fn figure_ui(frame: &LatticeFrame, ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let settings = &frame.settings;
    let reach = rect.height() * 0.36;
    let centre = rect.center();
    let differs = settings.coupling == Coupling::Antiferromagnetic;
    let around = directions(settings.geometry);
    let place = |[x, y]: [f32; 2]| centre + vec2(x, y) * reach;
    if settings.geometry == Geometry::Square && settings.next_coupling != 0.0 {
        for [x, y] in [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]] {
            let ends = [centre, place([x, y])];
            painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(2.0, tokens.series[4]), 5.0, 4.0));
            spin(painter, ends[1], 7.0, tokens.ctl, tokens);
        }
    }
    for (index, &direction) in around.iter().enumerate() {
        // Where bonds are of both signs, every second is drawn as one that wants to differ.
        let negative = if settings.disorder_kind.is_glass() { index % 2 == 1 } else { differs };
        let missing = settings.disorder_kind == DisorderKind::Bonds && index == 1;
        let empty = settings.disorder_kind == DisorderKind::Sites && index == 1;
        let ends = [centre, place(direction)];
        let colour = if negative { tokens.series[2] } else { tokens.t2 };
        if negative || missing || empty {
            let width = if missing || empty { 1.0 } else { 2.5 };
            painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(width, colour), 4.0, 4.0));
        } else {
            painter.line_segment(ends, Stroke::new(2.5, colour));
        }
        if empty {
            painter.circle_stroke(ends[1], 9.0, Stroke::new(1.5, tokens.edge));
        } else {
            spin(painter, ends[1], 9.0, if negative { SPIN_DOWN } else { SPIN_UP }, tokens);
        }
    }
    spin(painter, centre, 12.0, SPIN_UP, tokens);
}

/// Draws the figure, the facts beside it, and what to look for under it.
pub(super) fn facts_ui(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let settings = &frame.settings;
    let space = ui.available_rect_before_wrap();
    let height = (0.42 * space.height()).clamp(90.0, 190.0);
    let picture = Rect::from_min_size(space.min, vec2(height.min(0.45 * space.width()), height));
    figure_ui(frame, ui, picture);
    let facts = [
        ("ising.about.neighbours", settings.geometry.coordination().to_string()),
        ("ising.about.spins", numbers::whole(frame.spins as u64)),
        ("ising.about.critical", melting(settings, t)),
        (
            "ising.about.lowest",
            frame.lowest.map_or("–".to_owned(), |lowest| format!("{} J", numbers::fixed(lowest, 4))),
        ),
    ];
    let left = picture.right() + 14.0;
    let line = (height / facts.len() as f32).clamp(20.0, 34.0);
    let top = picture.center().y - line * facts.len() as f32 / 2.0;
    for (index, (key, value)) in facts.iter().enumerate() {
        let middle = top + line * (index as f32 + 0.5);
        let lay = |job| ui.fonts_mut(|fonts| fonts.layout_job(job));
        let value = lay(rich(value, bold(size::BODY), tokens.text));
        let mut job = rich(t.get(key), regular(size::CAPTION), tokens.t2);
        let room = space.right() - left - value.size().x - 8.0;
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        let name = lay(job);
        let put = |x: f32, galley: std::sync::Arc<egui::Galley>| {
            ui.painter().galley(pos2(x, middle - galley.size().y / 2.0), galley, tokens.text);
        };
        put(left, name);
        put(space.right() - value.size().x, value);
        if index > 0 {
            let y = middle - line / 2.0;
            ui.painter().hline(left..=space.right(), y, Stroke::new(1.0, tokens.grid));
        }
    }
    let words =
        [lattice_words(frame), disorder_words(settings.disorder_kind), rule_words(settings.rule, settings.tempering)];
    let mut top = picture.bottom() + 10.0;
    for key in words.into_iter().flatten() {
        let mut job = rich(t.get(key), regular(size::BODY), tokens.text);
        job.wrap.max_width = space.width();
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        if top + galley.size().y > space.bottom() + 2.0 {
            break;
        }
        let step = galley.size().y + 10.0;
        ui.painter().galley(pos2(space.left(), top), galley, tokens.text);
        top += step;
    }
}

/// Where it melts, if it ever orders and if that is known.
fn melting(settings: &LatticeSettings, t: Texts) -> String {
    if let Some(critical) = settings.critical_temperature() {
        return format!("{} J/k", numbers::fixed(critical, 4));
    }
    t.get(if settings.never_orders() { "ising.about.never" } else { "ising.about.unknown" }).to_owned()
}

fn lattice_words(frame: &LatticeFrame) -> Option<&'static str> {
    let settings = &frame.settings;
    if settings.disorder_kind.is_glass() {
        return None;
    }
    Some(match (settings.geometry, settings.coupling) {
        (Geometry::Triangular, Coupling::Antiferromagnetic) if settings.never_orders() => "ising.about.frustrated",
        (Geometry::Triangular, Coupling::Antiferromagnetic) => "ising.about.triangles",
        (Geometry::Square, _) if settings.next_coupling < -0.5 => "ising.about.stripes",
        (Geometry::Square, _) if settings.exact().is_some() => "ising.about.square",
        (Geometry::Square, _) => "ising.about.four",
        (Geometry::Triangular, _) => "ising.about.triangular",
        (Geometry::Honeycomb, _) => "ising.about.honeycomb",
        (Geometry::Cubic, _) => "ising.about.cubic",
    })
}

fn disorder_words(kind: DisorderKind) -> Option<&'static str> {
    match kind {
        DisorderKind::None => None,
        DisorderKind::Sites | DisorderKind::Bonds => Some("ising.about.diluted"),
        DisorderKind::Field => Some("ising.about.random_field"),
        DisorderKind::PlusMinus | DisorderKind::Gaussian => Some("ising.about.glass"),
    }
}

fn rule_words(rule: Rule, tempering: bool) -> Option<&'static str> {
    match rule {
        _ if tempering => Some("ising.about.tempering"),
        Rule::Exchange => Some("ising.about.exchange"),
        _ => None,
    }
}
