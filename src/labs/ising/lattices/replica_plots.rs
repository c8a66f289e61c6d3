//! The plots of replicas: how often neighbours change places, and how alike two replicas are.

use egui::{Align2, Rect, Stroke, Ui, vec2};
use egui_plot::LineStyle;

use super::frame::LatticeFrame;
use crate::{
    text::Texts,
    widgets::{
        Tokens, numbers,
        plot::{Axes, ball, line, painted, round_ticks},
        tokens::{bold, size},
    },
};

/// Draws how often neighbouring replicas changed places.
pub(super) fn exchanges_ui(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let highest = frame.rungs.last().map_or(2.0, |rung| 1.05 * rung.temperature);
    let axes = Axes {
        x: [0.0, highest],
        y: [0.0, 1.0],
        x_ticks: round_ticks(0.0, highest, 6),
        y_ticks: vec![0.0, 0.5, 1.0],
        x_label: Some(t.get("ising.axis.temperature")),
        y_label: t.get("ising.axis.exchange"),
    };
    painted(
        ui,
        "exchanges",
        &axes,
        |_| {},
        |painter, at| {
            for (index, pair) in frame.rungs.windows(2).enumerate() {
                let share = pair[0].exchange.unwrap_or(0.0);
                let bar = Rect::from_two_pos(at(pair[0].temperature, 0.0), at(pair[1].temperature, share));
                let is_near = index == frame.rung || index + 1 == frame.rung;
                let fill = if is_near { tokens.series[4] } else { tokens.series[1] };
                painter.rect(
                    bar,
                    0,
                    fill.gamma_multiply(0.75),
                    Stroke::new(1.0, tokens.card),
                    egui::StrokeKind::Inside,
                );
            }
            for rung in &frame.rungs {
                let foot = at(rung.temperature, 0.0);
                painter.vline(foot.x, foot.y - 6.0..=foot.y, Stroke::new(1.5, tokens.text));
            }
            if let Some(done) = frame.placing {
                let corner = at(0.0, 1.0) + vec2(8.0, 4.0);
                let text = t.fill("ising.ladder.placing", &[("percent", &format!("{:.0}", 100.0 * done))]);
                painter.text(corner, Align2::LEFT_TOP, text, bold(size::CAPTION), tokens.warn);
            }
        },
    );
}

/// Draws how often each overlap of two replicas was seen.
pub(super) fn overlap_ui(frame: &LatticeFrame, ui: &mut Ui, t: Texts) {
    let tokens = Tokens::of(ui);
    let total: f32 = frame.overlaps.iter().sum();
    let levels = frame.overlaps.len().max(2);
    let step = 2.0 / (levels - 1) as f64;
    let density = |count: f32| f64::from(count / total.max(1.0)) / step;
    let highest = frame.overlaps.iter().map(|&count| density(count)).fold(1.0, f64::max) * 1.12;
    let axes = Axes {
        x: [-1.05, 1.05],
        y: [0.0, highest],
        x_ticks: vec![-1.0, -0.5, 0.0, 0.5, 1.0],
        y_ticks: round_ticks(0.0, highest, 4),
        x_label: Some(t.get("ising.axis.overlap")),
        y_label: "P(q)",
    };
    let color = tokens.series[4];
    let points: Vec<[f64; 2]> = frame
        .overlaps
        .iter()
        .enumerate()
        .flat_map(|(level, &count)| {
            let centre = -1.0 + step * level as f64;
            [-0.5, 0.5].map(|side| [centre + side * step, density(count)])
        })
        .collect();
    painted(
        ui,
        "overlap",
        &axes,
        |plot_ui| {
            if total > 0.0 {
                plot_ui.line(line(&points, color, 2.0, LineStyle::Solid).fill(0.0));
            }
        },
        |painter, at| {
            if total == 0.0 {
                crate::widgets::plot::sentence(painter, painter.clip_rect(), t.get("ising.overlap.empty"), tokens.t2);
                return;
            }
            let temperature = frame.rungs.get(frame.rung).map_or(0.0, |rung| rung.temperature);
            // The middle is where a frozen magnet has least.
            let top = at(0.0, highest) + vec2(0.0, 4.0);
            let text = format!("T = {}", numbers::fixed(temperature, 3));
            painter.text(top, Align2::CENTER_TOP, text, bold(size::CAPTION), color);
            ball(painter, at(frame.overlap, 0.0), 5.0, color, tokens.text);
        },
    );
}
