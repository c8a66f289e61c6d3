//! A card: title row, content, and a caption that says what to look for.

use egui::{CornerRadius, Frame, Margin, Rect, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use super::{
    icons::{self, Icon},
    rich::{rich, title},
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
    let tokens = Tokens::of(ui);
    ui.painter().rect(
        rect,
        CornerRadius::same(CARD_RADIUS),
        tokens.card,
        Stroke::new(1.0, tokens.line),
        egui::StrokeKind::Inside,
    );
    let inner = rect.shrink(PADDING);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(id));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    content(&mut child)
}

/// A card's title row.
pub fn title_row(ui: &mut Ui, text: &str, symbol: &str) {
    let tokens = Tokens::of(ui);
    ui.label(title(text, symbol, size::TITLE, tokens.text, tokens.t2));
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
