//! A card: title row, content, and a caption that says what to look for.

use egui::{
    Align, CornerRadius, Frame, Layout, Margin, Rect, Stroke, Ui, UiBuilder, Vec2, pos2, text::TextWrapping, vec2,
};

use super::{
    icons::{self, Icon},
    rich::{plain, rich, title},
    tip::{self, Tip},
    tokens::{CARD_RADIUS, PADDING, Tokens, regular, size},
};

/// The frame of a card.
pub fn frame(tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(PADDING as i8))
}

/// Shows a card in a rectangle: ground first, then the content inside its padding, clipped.
pub fn card_in<R>(ui: &mut Ui, rect: Rect, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    padded_card_in(ui, rect, Vec2::splat(PADDING), id, content)
}

/// Shows a card that is as low as a row of buttons.
pub fn slim_card_in<R>(ui: &mut Ui, rect: Rect, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    padded_card_in(ui, rect, vec2(PADDING, SLIM_PADDING), id, content)
}

/// Padding over and under the content of a slim card.
const SLIM_PADDING: f32 = 6.0;

fn padded_card_in<R>(ui: &mut Ui, rect: Rect, padding: Vec2, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    ui.painter().rect(
        rect,
        CornerRadius::same(CARD_RADIUS),
        tokens.card,
        Stroke::new(1.0, tokens.line),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink2(padding);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(id));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    tip::beside(&mut child, rect, content)
}

/// A card's title and its symbol. A title without room ends in … and is told whole by a tooltip.
pub fn title_row(ui: &mut Ui, text: &str, symbol: &str) {
    let tokens = Tokens::of(ui);
    let mut job = title(text, symbol, size::TITLE, tokens.text, tokens.t2);
    job.wrap = TextWrapping::truncate_at_width(ui.available_width());
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let cut = galley.elided;
    let response = ui.label(galley);
    if cut {
        response.tip(plain(&format!("{text} {symbol}")));
    }
}

/// A card's title with what can be done at the right end of its row. What can be done has its place first; the title has
/// the rest, and is cut short where it has no room.
pub fn title_row_with<R>(ui: &mut Ui, text: &str, symbol: &str, actions: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let result = actions(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| title_row(ui, text, symbol));
            result
        })
        .inner
    })
    .inner
}

/// Height that a caption of this width needs.
#[must_use]
pub fn caption_height(ui: &Ui, text: &str, width: f32) -> f32 {
    let mut job = rich(text, regular(size::CAPTION), Tokens::of(ui).t2);
    job.wrap.max_width = width - 24.0;
    ui.fonts_mut(|fonts| fonts.layout_job(job)).size().y
}

/// The rest of a card: content with a caption under it.
pub fn captioned<R>(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let space = ui.available_rect_before_wrap();
    let height = caption_height(ui, caption, space.width()).max(20.0);
    caption_in(ui, Rect::from_min_max(pos2(space.left(), space.bottom() - height), space.max), caption);
    let rest = Rect::from_min_max(space.min, pos2(space.right(), space.bottom() - height - 6.0));
    content(&mut ui.new_child(UiBuilder::new().max_rect(rest).id_salt("captioned")))
}

/// A caption with its eye, in a rectangle.
pub fn caption_in(ui: &Ui, rect: Rect, text: &str) {
    let tokens = Tokens::of(ui);
    let mut job = rich(text, regular(size::CAPTION), tokens.t2);
    job.wrap.max_width = rect.width() - 24.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let eye = Rect::from_center_size(pos2(rect.left() + 8.0, rect.top() + 10.0), Vec2::splat(16.0));
    icons::paint(ui.painter(), eye, Icon::Eye, tokens.acc);
    ui.painter().galley(rect.min + vec2(24.0, 0.0), galley, tokens.t2);
}
