//! Which memory is it like: the overlaps as bars, and the verdict in words.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{captions, scene::Scene, settings::Neurons};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::PageContext,
    widgets::{
        Tokens,
        card::{caption_height, caption_in},
        layout::Class,
        numbers,
        rich::{plain, rich},
        tokens::{bold, regular, size},
    },
};

/// What the bars keep between frames.
#[derive(Default)]
pub(super) struct OverlapsView {
    /// The memory at the head of the likeness, to bring it into view once.
    best_shown: Option<usize>,
}

/// A memory's picture beside its bar is at most this high, with its margin, in points.
const LARGEST_THUMB: f32 = 66.0;

/// Draws bars, words and caption.
pub(super) fn overlaps_ui(scene: &mut Scene<'_>, view: &mut OverlapsView, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let space = ui.available_rect_before_wrap();
    let caption = captions::overlaps_caption(&scene.shown(), t);
    let caption_space = caption_height(ui, &caption, space.width()).max(20.0);
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - caption_space), space.max), &caption);
    let mut bottom = space.bottom() - caption_space - 6.0;
    if cx.class != Class::Compact {
        let verdict = Rect::from_min_max(pos2(space.left(), bottom - 50.0), pos2(space.right(), bottom));
        verdict_ui(scene, ui, verdict, cx);
        bottom = verdict.top();
    }
    let bars = Rect::from_min_max(space.min, pos2(space.right(), bottom - 24.0));
    let overlaps = scene.shown().overlaps();
    let active = scene.settings.active();
    if active.is_empty() || overlaps.len() != active.len() {
        if active.is_empty() {
            crate::widgets::plot::sentence(ui.painter(), bars, t.get("hopfield.likeness.empty"), tokens.t2);
        }
        return;
    }
    let best = captions::best(&overlaps);
    let row_height = (bars.height() / overlaps.len() as f32).clamp(30.0, 96.0);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(bars).id_salt("bars"));
    ScrollArea::vertical().auto_shrink([false, false]).show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, (&index, &overlap)) in active.iter().zip(&overlaps).enumerate() {
            let row = Row { place, index, overlap, is_best: best == Some(place) };
            row_ui(scene, ui, row_height, &row, cx);
            if best == Some(place) && view.best_shown != Some(index) {
                // The winner is in view, also on a long shelf.
                view.best_shown = Some(index);
                ui.scroll_to_rect(ui.min_rect().with_min_y(ui.min_rect().bottom() - row_height), None);
            }
        }
    });
    let ends = [
        (0.0, Align2::CENTER_CENTER, "hopfield.likeness.opposite"),
        (0.5, Align2::CENTER_CENTER, "hopfield.likeness.unrelated"),
        (1.0, Align2::CENTER_CENTER, "hopfield.likeness.same"),
    ];
    let track =
        track_of(Rect::from_min_size(pos2(bars.left(), bars.bottom() + 2.0), vec2(bars.width(), 20.0)), row_height);
    for (place, align, key) in ends {
        let at = pos2(track.left() + track.width() * place, bars.bottom() + 12.0);
        ui.painter().text(at, align, t.get(key), regular(size::TICK), tokens.t2);
    }
}

fn track_of(row: Rect, height: f32) -> Rect {
    let thumb = height.min(LARGEST_THUMB) - 6.0;
    Rect::from_min_max(
        pos2(row.left() + thumb + 26.0, row.center().y - 8.0),
        pos2(row.right() - 70.0, row.center().y + 8.0),
    )
}

/// One row of the bars.
struct Row {
    /// Its place among the memories that are on.
    place: usize,
    /// The memory's place on the shelf.
    index: usize,
    overlap: f64,
    is_best: bool,
}

fn row_ui(scene: &mut Scene<'_>, ui: &mut Ui, height: f32, row: &Row, cx: &PageContext<'_>) {
    let Row { place, index, overlap, is_best: best } = *row;
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let memory = &scene.settings.memories[index];
    let name = captions::name(memory, t);
    let value = signed(overlap);
    response.widget_info(|| {
        let text = t.fill("hopfield.likeness.of", &[("name", &name), ("overlap", &value)]);
        WidgetInfo::labeled(Role::ProgressIndicator, true, text)
    });
    if best {
        ui.painter().rect(
            row.shrink2(vec2(1.0, 1.0)),
            6,
            tokens.accbg,
            Stroke::new(2.0, tokens.acc),
            StrokeKind::Inside,
        );
    }
    let thumb = height.min(LARGEST_THUMB) - 6.0;
    let picture = Rect::from_center_size(pos2(row.left() + 10.0 + thumb / 2.0, row.center().y), Vec2::splat(thumb));
    scene.thumbnails.draw(ui, picture, &memory.picture.0);
    let track = track_of(row, height);
    let painter = ui.painter();
    painter.rect(track, 2, tokens.plot, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let zero = track.center().x;
    let end = zero + track.width() / 2.0 * overlap.clamp(-1.0, 1.0) as f32;
    let bar = Rect::from_min_max(pos2(zero.min(end), track.top() + 1.0), pos2(zero.max(end), track.bottom() - 1.0));
    painter.rect_filled(bar, 1, if best { tokens.acc } else { tokens.series[1] });
    painter.vline(zero, track.y_range().expand(4.0), Stroke::new(2.0, tokens.text));
    let font = if best { bold(size::VALUE) } else { regular(size::BODY) };
    let at = pos2(row.right() - 10.0, row.center().y);
    painter.text(at, Align2::RIGHT_CENTER, value, font, tokens.text);
    if scene.settings.neurons == Neurons::Modern
        && scene.scrub.is_none()
        && let Some(share) = scene.frame.attention.get(place)
    {
        // Read as attention: how much the network looks at this memory.
        let line =
            Rect::from_min_size(pos2(track.left(), track.bottom() + 3.0), vec2(track.width() * *share as f32, 4.0));
        painter.rect_filled(line, 2, tokens.series[4]);
        let text = t.fill("hopfield.attention", &[("percent", &format!("{:.0}", 100.0 * share))]);
        response.tip(text);
    }
}

/// An overlap with its sign.
fn signed(value: f64) -> String {
    let text = numbers::fixed(value, 2);
    if value >= 0.005 { format!("+{text}") } else { text }
}

/// Draws the verdict in a box.
pub(super) fn verdict_ui(scene: &Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    let (text, mood) = captions::verdict(&scene.shown(), cx.texts);
    let (ink, ground) = match mood {
        captions::Mood::Good => (tokens.ok, tokens.accbg),
        captions::Mood::Caution => (tokens.warn, tokens.warnbg),
        captions::Mood::Neutral => (tokens.line, tokens.plot),
    };
    let response = ui.interact(rect, ui.scope_id().with("verdict"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, plain(&text)));
    ui.painter().rect(rect, 6, ground, Stroke::new(1.5, ink), StrokeKind::Inside);
    let mut job = rich(&text, bold(size::BODY), tokens.text);
    job.wrap.max_width = rect.width() - 20.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0), galley, tokens.text);
}
