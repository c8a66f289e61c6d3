//! What the machine sees: pictures of the collection, all or of one label.

use egui::{Color32, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::scene::{Action, Scene};
use crate::widgets::tip::Tip;
use crate::{
    labs::kit::{PageContext, deck},
    physics::rbm::Samples,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{caption_height, caption_in},
        mosaic::{Mosaic, TileGrid},
        numbers, rich,
        tokens::{SMALLEST_TARGET, regular, size},
    },
};

/// Pictures shown at most.
const SHOWN: usize = 60;
/// Labels that get a button of their own.
const LABELS: usize = 12;

/// What the card keeps between frames.
#[derive(Default)]
pub(super) struct DataView {
    mosaic: Mosaic,
    made_for: Option<(Option<u8>, usize)>,
}

/// Grey pixels in these colours.
pub(super) fn coloured(grey: &[u8], palette: fn(f64) -> Color32) -> impl Iterator<Item = Color32> + '_ {
    grey.iter().map(move |&grey| palette(f64::from(grey) / 255.0))
}

/// Draws the card of the pictures to learn from.
pub(super) fn card_ui(scene: &mut Scene<'_>, view: &mut DataView, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    deck::card_ui(ui, rect, "data", "data", cx, |ui| content_ui(scene, view, ui, cx));
}

/// The content, which the compact layout shows beside the features.
pub(super) fn content_ui(scene: &mut Scene<'_>, view: &mut DataView, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let count = scene.loaded.map(|loaded| loaded.train.len());
    let title = count.map_or(String::new(), |count| numbers::whole(count as u64));
    deck::title_ui(ui, cx, t.get("rbm.data"), if ui.available_width() > 190.0 { &title } else { "" }, |_| {});
    if let Some(progress) = scene.loading {
        loading_ui(scene, ui, progress, cx);
        return;
    }
    let Some(loaded) = scene.loaded else { return };
    let samples = loaded.train.clone();
    label_row_ui(scene, ui, &samples, cx);
    let space = ui.available_rect_before_wrap();
    let text = t.fill(
        "rbm.data.caption",
        &[("width", &samples.width().to_string()), ("height", &samples.height().to_string())],
    );
    let caption = caption_height(ui, &text, space.width());
    let room = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - caption - 8.0));
    let label = scene.look.shown_label;
    let fits = |index: &usize| label.is_none() || samples.label(*index) == label;
    let shown: Vec<usize> = (0..samples.len()).filter(fits).take(SHOWN).collect();
    if view.made_for != Some((label, samples.len())) {
        let pixels = shown.iter().flat_map(|&index| coloured(samples.grey(index), scene.palette())).collect();
        view.mosaic.set(ui, [samples.width(), samples.height()], pixels);
        view.made_for = Some((label, samples.len()));
    }
    let aspect = samples.height() as f32 / samples.width() as f32;
    let columns = (room.width() / 50.0).floor().max(3.0);
    let side = (room.width() + 4.0) / columns - 4.0;
    let rows = ((room.height() + 4.0) / (side * aspect + 4.0)).floor().max(1.0);
    let fit = shown.len().min((columns * rows) as usize);
    let grid = if shown.len() < (columns * rows) as usize {
        TileGrid::new(room, fit, aspect, 4.0, room.width() / 2.0).centred(room)
    } else {
        TileGrid::new(
            Rect::from_min_size(room.min, vec2(room.width(), rows * (side * aspect + 4.0))),
            fit,
            aspect,
            4.0,
            side,
        )
    };
    for index in 0..fit {
        let place = grid.rect(index);
        view.mosaic.draw(ui.painter(), index, place);
        ui.painter().rect_stroke(place, 2, Stroke::new(1.0, tokens.line), StrokeKind::Outside);
    }
    let below = Rect::from_min_max(pos2(space.left(), space.bottom() - caption), space.max);
    caption_in(ui, below, &text);
}

fn loading_ui(scene: &mut Scene<'_>, ui: &mut Ui, progress: f64, cx: &PageContext<'_>) {
    let tokens = Tokens::of(ui);
    ui.add_space(10.0);
    ui.label(rich(cx.texts.get("rbm.loading"), regular(size::BODY), tokens.t2));
    ui.add(
        egui::ProgressBar::new(progress as f32).desired_width(ui.available_width()).corner_radius(6).fill(tokens.acc),
    );
    if IconButton::new(cx.texts.get("cancel")).show(ui).clicked() {
        scene.act(Action::CancelLoading);
    }
}

fn label_row_ui(scene: &mut Scene<'_>, ui: &mut Ui, samples: &Samples, cx: &PageContext<'_>) {
    let classes = samples.classes().min(LABELS);
    if classes < 2 {
        return;
    }
    let t = cx.texts;
    ui.spacing_mut().item_spacing = vec2(2.0, 3.0);
    let width = ui.available_width();
    let cells: Vec<Option<u8>> = std::iter::once(None).chain((0..classes as u8).map(Some)).collect();
    // The word takes the room of two digits; in a narrow column there are two rows or more.
    let fits = |in_a_row: &usize| width / (*in_a_row as f32 + 1.0) - 2.0 >= SMALLEST_TARGET.x;
    let in_a_row = (1..=cells.len()).map(|rows| cells.len().div_ceil(rows)).find(fits).unwrap_or(1);
    let cell = vec2(width / (in_a_row as f32 + 1.0) - 2.0, 28.0);
    for row in cells.chunks(in_a_row) {
        ui.horizontal(|ui| {
            for &label in row {
                let chosen = scene.look.shown_label == label;
                let text = label.map_or_else(|| t.get("rbm.data.all").to_owned(), |label| label.to_string());
                let name = t.fill("rbm.data.only", &[("label", &text)]);
                let button = IconButton::new(&text).tight().selected(chosen);
                let button = match label {
                    None => button.min_size(vec2(2.0 * cell.x, cell.y)),
                    Some(_) => button.name(&name).min_size(cell),
                };
                if button.show(ui).tip(&name).clicked() {
                    scene.look.shown_label = if chosen { None } else { label };
                }
            }
        });
    }
}
