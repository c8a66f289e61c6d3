//! A banner at the top of a card: an icon, a sentence, and one thing to do. It stays until the cause is gone.

use egui::{Rect, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

use super::{
    buttons::IconButton,
    icons::{self, Icon},
    tokens::{PADDING, Tokens, regular, size},
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Caution.
    Warning,
    /// Something failed.
    Error,
}

/// Shows a banner in the upper part of a card. Returns whether its button was pressed.
pub fn banner(ui: &mut Ui, card: Rect, severity: Severity, text: &str, action: &str) -> bool {
    let tokens = Tokens::of(ui);
    let (ink, ground) = match severity {
        Severity::Warning => (tokens.warn, tokens.warnbg),
        Severity::Error => (tokens.err, tokens.errbg),
    };
    let width = card.width() - 2.0 * PADDING;
    let mut job = super::rich(text, regular(size::BODY), tokens.text);
    job.wrap.max_width = width - 60.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let height = galley.size().y + 68.0;
    let rect = Rect::from_min_size(card.min + vec2(PADDING, PADDING), vec2(width, height));
    ui.painter().rect(rect, 8, ground, Stroke::new(2.0, ink), egui::StrokeKind::Inside);
    let icon = Rect::from_center_size(pos2(rect.left() + 24.0, rect.top() + 24.0), Vec2::splat(20.0));
    icons::paint(ui.painter(), icon, Icon::Warning, ink);
    ui.painter().galley(rect.min + vec2(46.0, 14.0), galley, tokens.text);
    let spoken = super::rich::plain(text);
    let response = ui.interact(rect, ui.scope_id().with("banner text"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken.clone()));
    let button = Rect::from_min_max(pos2(rect.left() + 46.0, rect.bottom() - 46.0), rect.max - vec2(12.0, 10.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(button).id_salt("banner"));
    IconButton::new(action).show(&mut child).clicked()
}
