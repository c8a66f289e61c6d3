//! The free-energy landscape F(m) = −T ln P(m) of the companions, with P(m) below it.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};
use egui_plot::{LineStyle, PlotPoint};

use crate::{
    labs::{
        ising::magnet::{
            frame::MagnetFrame,
            landscape::{BINS, Bin, bins},
        },
        kit::PageContext,
    },
    widgets::{
        Tokens,
        plot::{Axes, ball, line, plot, round_ticks},
        tokens::{regular, size},
    },
};

/// Runs of visited bins, as lines.
fn runs(bins: &[Bin]) -> Vec<Vec<[f64; 2]>> {
    let mut runs: Vec<Vec<[f64; 2]>> = vec![Vec::new()];
    for bin in bins {
        match bin.free_energy {
            Some(energy) => {
                if let Some(run) = runs.last_mut() {
                    run.push([bin.m, energy]);
                }
            }
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Draws F(m) over P(m).
pub(in crate::labs::ising) fn landscape_ui(frame: &MagnetFrame, ghosts: bool, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let live = bins(&frame.companion_counts, frame.settings.temperature);
    let space = ui.available_rect_before_wrap();
    let split = space.top() + (space.height() - 42.0) * 0.68;
    let upper = Rect::from_min_max(space.min, pos2(space.right(), split - 6.0));
    let lower = Rect::from_min_max(pos2(space.left(), split), space.max);

    let axes = Axes {
        x: [-1.05, 1.05],
        y: [-1.5, 18.0],
        x_ticks: vec![-1.0, 0.0, 1.0],
        y_ticks: vec![0.0, 10.0],
        x_label: None,
        y_label: t.get("ising.axis.free_energy"),
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(upper).id_salt("F"));
    let lines = runs(&live);
    let ghost_lines: Vec<_> = if ghosts {
        let dress = [
            (2.0, tokens.series[1], LineStyle::Dashed { length: 7.0 }),
            (3.5, tokens.series[2], LineStyle::Dotted { spacing: 5.0 }),
        ];
        let counts = frame.ghost_counts.iter().zip(dress);
        counts
            .map(|(counts, (temperature, color, style))| (runs(&bins(counts, temperature)), temperature, color, style))
            .collect()
    } else {
        Vec::new()
    };
    let response = plot(&child, "landscape", &axes).show(&mut child, |plot_ui| {
        plot_ui.set_plot_bounds_x(axes.x[0]..=axes.x[1]);
        plot_ui.set_plot_bounds_y(axes.y[0]..=axes.y[1]);
        for (lines, _, color, style) in &ghost_lines {
            for run in lines {
                plot_ui.line(line(run, *color, 2.0, *style));
            }
        }
        for run in &lines {
            plot_ui.line(line(run, tokens.text, 3.0, LineStyle::Solid));
        }
    });
    let at = |x: f64, y: f64| response.transform.position_from_point(&PlotPoint::new(x, y));
    let painter = ui.painter().with_clip_rect(response.transform.frame().expand(2.0));
    for (_, temperature, color, _) in &ghost_lines {
        let place = if *temperature < 3.0 { at(-0.76, 16.4) } else { at(0.5, 16.4) };
        let anchor = if *temperature < 3.0 { egui::Align2::CENTER_CENTER } else { egui::Align2::LEFT_CENTER };
        painter.text(place, anchor, format!("T = {temperature:.1}"), regular(size::CAPTION), *color);
    }
    let in_the_middle = |bin: &&Bin| bin.m.abs() < 0.01;
    let middle = if live.is_empty() {
        Some("ising.plot.settling")
    } else {
        live.iter().find(in_the_middle).filter(|bin| bin.free_energy.is_none()).map(|_| "ising.plot.never")
    };
    if let Some(key) = middle {
        let text = t.get(key);
        painter.text(at(0.0, 8.5), egui::Align2::CENTER_CENTER, text, regular(size::CAPTION), tokens.t2);
    }
    let ball_m = frame.companion_ball;
    let nearest = live.iter().min_by(|a, b| (a.m - ball_m).abs().total_cmp(&(b.m - ball_m).abs()));
    // Where no magnet in equilibrium was met, nobody knows how high the ball lies.
    if let Some(height) = nearest.and_then(|bin| bin.free_energy) {
        ball(&painter, at(ball_m, height) - vec2(0.0, 8.0), 6.5, tokens.series[0], tokens.text);
    }

    let highest = live.iter().map(|bin| bin.share).fold(0.02, f64::max);
    let axes = Axes {
        x: [-1.05, 1.05],
        y: [0.0, 1.08 * highest],
        x_ticks: vec![-1.0, 0.0, 1.0],
        y_ticks: round_ticks(0.0, highest, 2).into_iter().take(1).collect(),
        x_label: Some(t.get("ising.axis.companion")),
        y_label: "P(m)",
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(lower).id_salt("P"));
    let response = plot(&child, "histogram", &axes).show(&mut child, |plot_ui| {
        plot_ui.set_plot_bounds_x(axes.x[0]..=axes.x[1]);
        plot_ui.set_plot_bounds_y(axes.y[0]..=axes.y[1]);
    });
    let painter = ui.painter().with_clip_rect(*response.transform.frame());
    let half = 1.0 / (BINS - 1) as f64;
    for bin in live.iter().filter(|bin| bin.share > 0.0) {
        let corner = |m: f64, share: f64| response.transform.position_from_point(&PlotPoint::new(m, share));
        let bar = Rect::from_two_pos(corner(bin.m - 0.9 * half, 0.0), corner(bin.m + 0.9 * half, bin.share));
        painter.rect_filled(bar, 0, tokens.series[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::ising::magnet::small_magnets::LEVELS;

    #[test]
    fn bins_never_visited_are_gaps() {
        let mut counts = [0; LEVELS];
        counts[20] = 100;
        counts[230] = 100;
        let lines = runs(&bins(&counts, 1.0));
        assert_eq!(lines.len(), 2);
    }
}
