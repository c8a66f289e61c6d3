//! Draws cards with what can be done with them: be enlarged to the hero's place, copied, and saved as a picture, a drawing
//! or a table. The frame makes all of it from the card's own painter and table.

use egui::{Color32, Popup, Rect, Response, Sense, Ui, vec2};

use super::{
    PageContext,
    cards::{CardCommand, CardId, CardWish},
    svg,
};
use crate::{
    text::Texts,
    widgets::{
        Tokens,
        buttons::{IconButton, Look},
        card::{card_in, title_row_with},
        icons::Icon,
        rich,
        tip::Tip,
        tokens::{regular, size},
    },
};

/// Shows a card in a rectangle, or in the hero's place if it is enlarged; then its own place says so. `salt` tells it from
/// other cards in egui's memory.
pub fn card_ui(ui: &mut Ui, rect: Rect, card: CardId, salt: &str, cx: &PageContext<'_>, content: impl FnOnce(&mut Ui)) {
    let deck = cx.deck;
    let Some(place) = deck.place(card, rect) else { return };
    if place != rect && !place.shrink(1.0).intersects(rect.shrink(1.0)) {
        away_ui(ui, rect, salt, cx);
    }
    let layer = ui.layer_id();
    let before = ui.ctx().graphics_mut(|graphics| graphics.entry(layer).next_idx().0);
    let outer = deck.drawn.replace(Some((card, place)));
    card_in(ui, place, salt, content);
    deck.drawn.set(outer);
    if deck.wanted.get() == Some(card) {
        deck.wanted.set(None);
        let shapes: Vec<_> = ui.ctx().graphics(|graphics| {
            let painted = graphics.get(layer).into_iter().flat_map(|list| list.all_entries().skip(before));
            painted.cloned().collect()
        });
        let picture = |texture, uv| svg::data_url(ui.ctx(), texture, uv);
        let drawing = svg::drawing(&shapes, place, Color32::TRANSPARENT, &picture);
        deck.drawing.replace(Some((card, drawing)));
    }
}

/// Draws a part of a card whose title has no menu of its own.
pub fn part_ui(cx: &PageContext<'_>, content: impl FnOnce()) {
    let outer = cx.deck.drawn.take();
    content();
    cx.deck.drawn.set(outer);
}

/// What stands in the place of a card that is enlarged.
fn away_ui(ui: &mut Ui, rect: Rect, salt: &str, cx: &PageContext<'_>) {
    card_in(ui, rect, &format!("{salt} away"), |ui| {
        let tokens = Tokens::of(ui);
        ui.centered_and_justified(|ui| {
            let words = rich(cx.texts.get("card.away"), regular(size::BODY), tokens.t2);
            if ui.add(egui::Label::new(words).sense(Sense::click())).clicked() {
                cx.deck.enlarge(None);
            }
        });
    });
}

/// Draws the title row of the card that is being drawn: its title and symbol, what `actions` puts at its right end, and the
/// card's menu. A double-click on the row enlarges the card, or puts it back.
pub fn title_ui(ui: &mut Ui, cx: &PageContext<'_>, title: &str, symbol: &str, actions: impl FnOnce(&mut Ui)) {
    let Some((card, rect)) = cx.deck.drawn.get() else {
        title_row_with(ui, title, symbol, actions);
        return;
    };
    let row = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 28.0));
    // Before the buttons, so that they lie on top of it.
    let response = ui.interact(row, ui.scope_id().with(("title of", card)), Sense::click());
    double_click(&response, card, rect, cx);
    Popup::context_menu(&response).show(|ui| entries_ui(ui, card, rect, cx));
    title_row_with(ui, title, symbol, |ui| {
        menu_button_ui(ui, cx, card, rect, title);
        actions(ui);
    });
}

/// Enlarges a card whose title was clicked twice.
pub fn double_click(response: &Response, card: CardId, rect: Rect, cx: &PageContext<'_>) {
    if response.double_clicked() {
        cx.deck.wish(CardWish { card, command: CardCommand::Enlarge, rect });
    }
}

/// Draws the menu button of the card that is being drawn, for cards whose title row are tabs.
pub fn menu_ui(ui: &mut Ui, cx: &PageContext<'_>, title: &str) {
    if let Some((card, rect)) = cx.deck.drawn.get() {
        menu_button_ui(ui, cx, card, rect, title);
    }
}

fn menu_button_ui(ui: &mut Ui, cx: &PageContext<'_>, card: CardId, rect: Rect, title: &str) {
    let name = cx.texts.fill("card.menu", &[("title", &rich::plain(title))]);
    let button = IconButton::icon_only(Icon::More, &name).look(Look::Bare).min_size(vec2(28.0, 28.0)).show(ui);
    Popup::menu(&button).show(|ui| entries_ui(ui, card, rect, cx));
    button.tip(cx.texts.get("card.menu.tip"));
}

/// Draws the entries of a card's menu.
pub fn entries_ui(ui: &mut Ui, card: CardId, rect: Rect, cx: &PageContext<'_>) {
    let t: Texts = cx.texts;
    ui.set_min_width(200.0);
    for (command, key) in CardCommand::ALL {
        let is_enlarged = command == CardCommand::Enlarge && cx.deck.enlarged() == Some(card);
        let words = t.get(if is_enlarged { "card.back" } else { key });
        if ui.add(egui::Button::new(words).min_size(vec2(200.0, 30.0)).frame(false)).clicked() {
            cx.deck.wish(CardWish { card, command, rect });
            ui.close();
        }
    }
}

/// The card that is being drawn, and where it lies; for title rows that a card draws itself.
#[must_use]
pub fn drawn(cx: &PageContext<'_>) -> Option<(CardId, Rect)> {
    cx.deck.drawn.get()
}
