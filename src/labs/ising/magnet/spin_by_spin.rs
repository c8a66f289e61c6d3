//! Look inside: one spin is asked, its neighbours light up, and a card says what was weighed and drawn.

use egui::{Color32, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::{
    labs::{
        ising::magnet::{
            cluster_inside::ClusterState,
            frame::MagnetFrame,
            hero::for_notices,
            spins_on_screen::SpinsOnScreen,
            view::{Shown, View, Zoom},
        },
        kit::PageContext,
    },
    physics::ising::{Dynamics, attempt::Attempt},
    widgets::{
        Tokens, numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// Pixels along a spin while looking inside.
const SPIN_PIXELS: u32 = 32;

/// The view to look inside with: single spins as large squares.
pub(in crate::labs::ising) fn view() -> View {
    View { shown: Shown::Closer(Zoom { block: 1, pixels: SPIN_PIXELS }), centre: None }
}

/// Draws over the picture which spin was tried and why it flipped or did not. All of it is from one frame, so that the
/// chance stands beside the temperature that it was worked out at.
pub(super) fn spin_by_spin_ui(
    frame: &MagnetFrame,
    on_screen: &SpinsOnScreen,
    ui: &Ui,
    rect: Rect,
    cx: &PageContext<'_>,
) {
    if frame.settings.dynamics == Dynamics::Wolff {
        cluster_ui(frame, ui, rect, cx);
        return;
    }
    let Some(attempt) = frame.attempt.filter(|_| frame.picture.side == frame.settings.size) else {
        card_ui(ui, rect, cx.texts.get("ising.inside.waiting"), &[]);
        return;
    };
    let side = frame.settings.size;
    let painter = ui.painter().with_clip_rect(rect);
    let (x, y) = (attempt.place % side, attempt.place / side);
    let at = |dx: usize, dy: usize| (y + dy) % side * side + (x + dx) % side;
    for neighbour in [at(1, 0), at(side - 1, 0), at(0, 1), at(0, side - 1)] {
        if let Some(spin) = on_screen.rect_of(neighbour, side) {
            painter.rect_stroke(spin.shrink(1.0), 2, Stroke::new(3.0, Color32::WHITE), StrokeKind::Inside);
        }
    }
    if let Some(spin) = on_screen.rect_of(attempt.place, side) {
        let tokens = Tokens::of(ui);
        painter.rect_stroke(spin.expand(3.0), 3, Stroke::new(6.0, Color32::BLACK), StrokeKind::Middle);
        painter.rect_stroke(spin.expand(3.0), 3, Stroke::new(3.5, tokens.acc), StrokeKind::Middle);
    }
    card_ui(ui, rect, cx.texts.get(verdict(&attempt)), &lines(&attempt, cx));
}

/// Says what the coloured cluster is and what becomes of it.
fn cluster_ui(frame: &MagnetFrame, ui: &Ui, rect: Rect, cx: &PageContext<'_>) {
    let t = cx.texts;
    let shown = &frame.inside;
    let verdict = match shown.state {
        ClusterState::None => "ising.inside.cluster.waiting",
        ClusterState::Grown => "ising.inside.cluster.next",
        ClusterState::Turned => "ising.inside.cluster.turned",
        ClusterState::Stays => "ising.inside.cluster.stays",
    };
    let mut lines = Vec::new();
    if shown.size > 0 {
        let spins = frame.settings.size * frame.settings.size;
        let share = format!("{} %", numbers::fixed(100.0 * shown.size as f64 / spins as f64, 2));
        let joins = 1.0 - frame.settings.parameters().boltzmann_factor(2.0);
        lines.push((t.get("ising.inside.cluster.size").to_owned(), numbers::whole(shown.size as u64)));
        lines.push((t.get("ising.inside.cluster.share").to_owned(), share));
        lines.push((t.get("ising.inside.cluster.joins").to_owned(), numbers::probability(joins)));
    }
    card_ui(ui, rect, t.get(verdict), &lines);
}

fn verdict(attempt: &Attempt) -> &'static str {
    if attempt.pinned {
        "ising.inside.held"
    } else if attempt.cost < 0.0 {
        "ising.inside.gains"
    } else if attempt.cost == 0.0 {
        "ising.inside.free"
    } else if attempt.flipped {
        "ising.inside.lucky"
    } else {
        "ising.inside.refused"
    }
}

fn lines(attempt: &Attempt, cx: &PageContext<'_>) -> Vec<(String, String)> {
    let t = cx.texts;
    let mut lines = vec![
        (
            t.get("ising.inside.alike").to_owned(),
            t.fill("ising.inside.of_four", &[("count", &attempt.alike.to_string())]),
        ),
        (t.get("ising.inside.cost").to_owned(), format!("{} J", numbers::fixed(attempt.cost, 2))),
    ];
    if attempt.cost > 0.0 {
        let name = t.fill("ising.inside.probability", &[("temperature", &numbers::fixed(attempt.temperature, 2))]);
        lines.push((name, numbers::probability(attempt.probability)));
    }
    if let Some(drawn) = attempt.drawn {
        let sign = if attempt.flipped { "<" } else { "≥" };
        let value = format!("{}  {sign}  {}", numbers::fixed(drawn, 3), numbers::probability(attempt.probability));
        lines.push((t.get("ising.inside.drawn").to_owned(), value));
    }
    lines
}

fn card_ui(ui: &Ui, hero: Rect, verdict: &str, lines: &[(String, String)]) {
    let tokens = Tokens::of(ui);
    let width = 316.0_f32.min(hero.width() - 20.0);
    let mut job = rich(verdict, bold(size::TITLE), tokens.text);
    job.wrap.max_width = width - 28.0;
    let verdict = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let row = 24.0;
    // The height is that of four lines, so that the card does not jump from spin to spin.
    let height = verdict.size().y.max(44.0) + 4.0 * row + 26.0;
    // Clear of the buttons at the foot of the picture.
    let foot = for_notices(hero).bottom();
    let rect = Rect::from_min_size(pos2(hero.right() - width - 10.0, foot - height), vec2(width, height));
    let painter = ui.painter();
    painter.rect(rect, 8, tokens.card, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    let mut y = rect.top() + 10.0;
    for (name, value) in lines {
        let name = ui.fonts_mut(|fonts| fonts.layout_job(rich(name, regular(size::BODY), tokens.t2)));
        painter.galley(pos2(rect.left() + 14.0, y), name, tokens.t2);
        let value = ui.fonts_mut(|fonts| fonts.layout_job(rich(value, bold(size::BODY), tokens.text)));
        painter.galley(pos2(rect.right() - 14.0 - value.size().x, y), value, tokens.text);
        y += row;
    }
    let y = rect.bottom() - 12.0 - verdict.size().y;
    painter.galley(pos2(rect.left() + 14.0, y), verdict, tokens.text);
}
