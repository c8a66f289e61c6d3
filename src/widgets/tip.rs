//! Tooltips that never lie over what is being read or used.
//!
//! A tooltip stands beside the card that its control is in, at the side that is nearer to the pointer and has room; under
//! or over the control only where both sides are too narrow, or where there is no card. It explains what has not been
//! used yet: it is away while a pointer button is down, and after a press it stays away until the pointer has left. On a
//! touch screen, which has no pointer to rest, it is shown while a finger is held down.

use egui::{Id, LayerId, Rangef, Rect, RectAlign, Response, Tooltip, Ui, WidgetText, pos2};

/// A card wider than this, in points, is no column: tooltips stand under its controls, not far away beside it.
const WIDEST_COLUMN: f32 = 480.0;
/// Room between control and tooltip, in points.
const GAP: f32 = 6.0;

/// The card that is being drawn: its layer and its place along x.
type Column = (LayerId, Rangef);

fn column_id() -> Id {
    Id::unique("the card that tooltips stand beside")
}

/// Draws `content`, whose tooltips stand beside `card`.
pub fn beside<R>(ui: &mut Ui, card: Rect, content: impl FnOnce(&mut Ui) -> R) -> R {
    let ctx = ui.ctx().clone();
    let outer: Option<Column> = ctx.data(|data| data.get_temp(column_id()));
    ctx.data_mut(|data| data.insert_temp(column_id(), (ui.layer_id(), card.x_range())));
    let result = content(ui);
    ctx.data_mut(|data| match outer {
        Some(outer) => {
            data.insert_temp(column_id(), outer);
        }
        None => data.remove::<Column>(column_id()),
    });
    result
}

/// What can be given a tooltip of this program.
pub trait Tip {
    /// Shows a text when the pointer rests on the control, and gives it to screen readers as the control's description.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "a tooltip is often the last thing that is done with a response"
    )]
    fn tip(self, text: impl Into<WidgetText>) -> Self;
}

impl Tip for Response {
    fn tip(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        describe(&self, text.text());
        let used = was_used(&self);
        let mut tooltip = Tooltip::for_enabled(&self).gap(GAP);
        let open = tooltip.popup.is_open() && !used;
        let column: Option<Column> = self.ctx.data(|data| data.get_temp(column_id()));
        let column = column.filter(|(layer, along)| *layer == self.layer_id && along.span() <= WIDEST_COLUMN);
        let pointer = self.ctx.pointer_hover_pos().map_or(self.rect.center().x, |pointer| pointer.x);
        let (anchor, aligns) = places(self.rect, column.map(|(_, along)| along), pointer);
        tooltip.popup = tooltip.popup.anchor(anchor).align(aligns[0]).align_alternatives(&aligns[1..]).open(open);
        tooltip.show(|ui| {
            // A text that changes does not narrow the tooltip step by step.
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.label(text);
        });
        self
    }
}

/// The rectangle that a tooltip stands beside, and its places there from the best to the last resort.
fn places(control: Rect, column: Option<Rangef>, pointer: f32) -> (Rect, [RectAlign; 6]) {
    let [left, right] = [[RectAlign::LEFT_START, RectAlign::LEFT_END], [RectAlign::RIGHT_START, RectAlign::RIGHT_END]];
    let [below, above] = [RectAlign::BOTTOM_START, RectAlign::TOP_START];
    match column.filter(|along| along.contains(control.center().x)) {
        Some(along) => {
            let anchor = Rect::from_min_max(pos2(along.min, control.top()), pos2(along.max, control.bottom()));
            let (near, far) = if pointer < along.center() { (left, right) } else { (right, left) };
            (anchor, [near[0], near[1], far[0], far[1], below, above])
        }
        None => (control, [below, above, RectAlign::BOTTOM_END, RectAlign::TOP_END, left[0], right[0]]),
    }
}

/// A control at least as wide and high as this, in points, is a picture: its tooltip tells of the place pointed at, and
/// comes back as soon as the button is up.
const PICTURE: f32 = 120.0;

/// Whether the control is being used, or was since the pointer came to it.
fn was_used(response: &Response) -> bool {
    let (ctx, id) = (&response.ctx, response.id.with("used since the pointer came"));
    let (down, touched) = ctx.input(|input| (input.pointer.any_down(), input.any_touches()));
    if touched {
        return false;
    }
    let used = response.is_pointer_button_down_on() || response.clicked() || response.drag_stopped();
    if used {
        ctx.data_mut(|data| data.insert_temp(id, true));
    } else if !response.contains_pointer() && !down {
        ctx.data_mut(|data| data.remove::<bool>(id));
    }
    let picture = response.rect.size().min_elem() >= PICTURE;
    down || used || !picture && ctx.data(|data| data.get_temp(id).unwrap_or(false))
}

/// Gives a screen reader the text as egui's own tooltips do: as a description, or as the name of what has none.
fn describe(response: &Response, text: &str) {
    if !response.ctx.has_accesskit_node(response.id) {
        return;
    }
    response.ctx.accesskit_node_builder(response.id, |node| {
        if node.description().is_none() {
            node.set_description(text);
        }
        let unnamed = node.label().is_none_or(str::is_empty) && node.labelled_by().is_empty();
        if node.role() != egui::accesskit::Role::Label && unnamed {
            node.set_label(text);
        }
    });
}
