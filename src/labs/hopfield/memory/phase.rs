//! The phase map of Amit, Gutfreund and Sompolinsky, with a dot where the class is now.

use std::sync::OnceLock;

use egui::{Align2, Rect, Ui, UiBuilder, pos2, vec2};
use egui_plot::LineStyle;

use super::{
    scene::Scene,
    settings::{HOTTEST, Neurons, Order},
};
use crate::{
    labs::kit::{Host, PageContext, Task},
    physics::hopfield::{Rule, ags},
    simulation::Watcher,
    widgets::{
        Tokens,
        card::{caption_height, caption_in},
        plot::{Axes, ball, line, painted, round_ticks},
        rich,
        tokens::{bold, regular, size},
    },
};

/// Temperatures at which the lines are worked out.
const TEMPERATURES: usize = 22;

/// The lines of the map, as (α, T).
#[derive(Clone, Debug, Default)]
struct Lines {
    /// Where retrieval appears.
    appears: Vec<[f64; 2]>,
    /// Where it is the deepest of all.
    global: Vec<[f64; 2]>,
}

/// The lines never change: once solved, they serve all pages of the program.
static SOLVED: OnceLock<Lines> = OnceLock::new();

/// What the map keeps.
#[derive(Default)]
pub(super) struct PhaseView {
    solving: Task<Lines>,
    /// What is drawn where solving failed.
    nothing: Option<Lines>,
    /// It was begun once: what failed is not begun again by itself.
    was_begun: bool,
}

fn solve(watcher: &Watcher) -> Option<Lines> {
    let critical = ags::critical();
    let mut lines = Lines { appears: vec![[critical.load, 0.0]], global: vec![[0.0513, 0.0]] };
    for step in 1..TEMPERATURES {
        // Denser where the lines bend, near both ends.
        let part = step as f64 / TEMPERATURES as f64;
        let temperature = 0.04 + 0.96 * part;
        lines.appears.extend(ags::retrieval_appears(temperature).map(|point| [point.load, temperature]));
        lines.global.extend(ags::retrieval_is_global(temperature).map(|point| [point.load, temperature]));
        if !watcher.go_on(part) {
            return None;
        }
    }
    lines.appears.push([0.0, 1.0]);
    lines.global.push([0.0, 1.0]);
    Some(lines)
}

impl PhaseView {
    /// The lines, worked out the first time that they are looked at. An empty map is all there is where that failed.
    fn lines(&mut self, host: &Host) -> Option<&Lines> {
        if !self.was_begun && SOLVED.get().is_none() {
            self.was_begun = true;
            self.solving.start(host, "phase map", (), 0.0, |watcher| solve(watcher).map(Ok));
        }
        let was_busy = self.solving.is_busy();
        if let Some((_, lines)) = self.solving.poll_or_tell(host) {
            // Another page may have been faster; its lines are the same.
            let _ = SOLVED.set(lines);
        } else if was_busy && !self.solving.is_busy() {
            self.nothing = Some(Lines::default());
        }
        SOLVED.get().or(self.nothing.as_ref())
    }
}

/// Draws the phase diagram of Amit, Gutfreund and Sompolinsky with the present point.
pub(super) fn phase_ui(scene: &Scene<'_>, view: &mut PhaseView, ui: &mut Ui, host: &Host, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let settings = &*scene.settings;
    let load = settings.active().len() as f64 / settings.neuron_count() as f64;
    let temperature = match settings.order {
        // Noise that fades is where it has faded to.
        Order::Annealed => scene.frame.temperature,
        order if order.has_noise() => settings.temperature,
        _ => 0.0,
    };
    // Of other networks the map says nothing, and has no place for them.
    let is_on_the_map = settings.rule == Rule::Hebb && settings.neurons == Neurons::OnOff;
    let lines = view.lines(host);
    let caption = t.get(match lines {
        None => "hopfield.phase.solving",
        Some(_) if !is_on_the_map => "hopfield.phase.other_rule",
        Some(lines) => place_in_words(load, temperature, lines),
    });
    let space = ui.available_rect_before_wrap();
    let height = caption_height(ui, caption, space.width()).max(20.0);
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - height), space.max), caption);
    let rect = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - height - 6.0));
    let Some(lines) = lines else {
        crate::widgets::plot::sentence(ui.painter(), rect, t.get("hopfield.phase.wait"), tokens.t2);
        return;
    };
    let right = (1.15 * load).clamp(0.16, 4.0);
    let axes = Axes {
        x: [0.0, right],
        y: [0.0, HOTTEST],
        x_ticks: round_ticks(0.0, right, 4),
        y_ticks: vec![0.0, 0.5, 1.0, 1.5],
        x_label: Some(t.get("hopfield.axis.load")),
        y_label: t.get("hopfield.axis.temperature"),
    };
    let glass: Vec<[f64; 2]> =
        (0..=60).map(|i| right * f64::from(i) / 60.0).map(|load| [load, ags::glass_temperature(load)]).collect();
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("phase"));
    let (s1, s2, s3) = (tokens.series[0], tokens.series[1], tokens.series[4]);
    painted(
        &mut child,
        "phase",
        &axes,
        |plot_ui| {
            plot_ui.line(line(&glass, s3, 2.0, LineStyle::Solid));
            plot_ui.line(line(&lines.appears, s1, 2.5, LineStyle::Solid));
            plot_ui.line(line(&lines.global, s2, 2.0, LineStyle::Dashed { length: 7.0 }));
        },
        |painter, at| {
            let name = |x: f64, y: f64, text: &str, color| {
                let galley = painter.layout_job(rich(text, bold(size::CAPTION), color));
                painter.galley(at(x, y) + vec2(4.0, -18.0), galley, color);
            };
            name(0.4 * right, ags::glass_temperature(0.4 * right) + 0.05, "T_{g}", s3);
            name(0.088, 0.40, "T_{M}", s1);
            name(0.002, 0.30, "T_{c}", s2);
            let words = [
                (0.05 * right, 1.38, "hopfield.phase.noise"),
                (0.48 * right, 0.80, "hopfield.phase.glass"),
                (0.06, 0.14, "hopfield.phase.memory"),
            ];
            for (x, y, key) in words {
                painter.text(at(x, y), Align2::LEFT_CENTER, t.get(key), regular(size::CAPTION), tokens.t2);
            }
            if is_on_the_map {
                ball(painter, at(load, temperature), 7.0, tokens.text, tokens.acc);
            }
        },
    );
}

/// What the dot's place means.
fn place_in_words(load: f64, temperature: f64, lines: &Lines) -> &'static str {
    // Each line is a load for each temperature, falling.
    let below = |line: &[[f64; 2]]| {
        line.windows(2).any(|pair| {
            let [[a, low], [b, high]] = [pair[0], pair[1]];
            (low..=high).contains(&temperature) && load < a + (b - a) * (temperature - low) / (high - low)
        })
    };
    if below(&lines.global) {
        "hopfield.phase.is_global"
    } else if below(&lines.appears) {
        "hopfield.phase.is_memory"
    } else if temperature > ags::glass_temperature(load) {
        "hopfield.phase.is_noise"
    } else {
        "hopfield.phase.is_glass"
    }
}
