//! How full the network is: P/N on a bar, the mark where theory says it forgets, and a warning in words.

use egui::{Align, Color32, CornerRadius, Layout, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{captions, scene::Scene};
use crate::{
    labs::kit::PageContext,
    physics::hopfield::Rule,
    widgets::{
        Tokens,
        layout::Class,
        numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// Draws how full the memory is, with a mark where its rule begins to forget.
pub(super) fn gauge_ui(scene: &Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let neurons = scene.settings.neuron_count();
    let count = scene.settings.memories.iter().filter(|memory| memory.on).count();
    let load = count as f64 / neurons as f64;
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal(|ui| {
        ui.label(rich(t.get("hopfield.gauge"), bold(size::TITLE), tokens.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(rich(&numbers::fixed(load, 3), bold(size::BODY), tokens.text));
            if cx.class != Class::Compact {
                ui.label(rich("P/N =", regular(size::BODY), tokens.t2));
            }
        });
    });
    let critical = captions::critical_load(scene.settings);
    let top = critical.map_or(0.5, |critical| 1.45 * critical);
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 14.0), Sense::hover());
    let place = |load: f64| bar.left() + bar.width() * (load / top).clamp(0.0, 1.0) as f32;
    ui.painter().rect(bar, 7, tokens.plot, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    let over = critical.is_some_and(|critical| load > critical);
    let fill = Rect::from_min_max(
        bar.min,
        pos2(place(load).max(bar.left() + if count > 0 { 12.0 } else { 0.0 }), bar.bottom()),
    );
    let ink = if over { tokens.warn } else { tokens.acc };
    ui.painter().rect_filled(fill.shrink(2.0), CornerRadius::same(5), ink);
    if let Some(critical) = critical {
        let x = place(critical);
        let zone = ui.painter().with_clip_rect(Rect::from_min_max(pos2(x, bar.top() + 1.0), bar.max - vec2(2.0, 1.0)));
        let mut slant = x - 14.0;
        while slant < bar.right() {
            let line = [pos2(slant, bar.bottom()), pos2(slant + 12.0, bar.top())];
            zone.line_segment(line, Stroke::new(1.5, tokens.warn));
            slant += 7.0;
        }
        ui.painter().vline(x, bar.y_range().expand(4.0), Stroke::new(2.0, tokens.warn));
    }
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let of =
        t.fill("hopfield.gauge.of", &[("count", &count.to_string()), ("neurons", &numbers::whole(neurons as u64))]);
    ui.painter().text(row.left_center(), egui::Align2::LEFT_CENTER, of, regular(size::CAPTION), tokens.t2);
    if let Some(critical) = critical {
        let decimals = if scene.settings.rule == Rule::Hebb || scene.settings.rule == Rule::Covariance { 3 } else { 1 };
        let at = pos2(place(critical).min(row.right() - 18.0), row.center().y);
        let text = numbers::fixed(critical, decimals);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, text, bold(size::CAPTION), tokens.warn);
    }
    let (warning, text) = captions::gauge(scene.settings, scene.learning.trained().map(|trained| &**trained), t);
    let ink: Color32 = if warning { tokens.warn } else { tokens.t2 };
    let mut job = rich(&text, regular(size::CAPTION), ink);
    job.wrap.max_width = ui.available_width();
    ui.label(job);
}
