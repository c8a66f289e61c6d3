//! The pointer and the keyboard on a picture that one draws on. Every place that the pointer passed since the last frame
//! belongs to the stroke, also of a stroke that began and ended between two frames.

use egui::{Event, EventFilter, Key, PointerButton, Pos2, Rect, Response, Sense, Ui};

/// A piece of a stroke, on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub from: Pos2,
    /// Where it ends.
    pub to: Pos2,
    /// Drawn with the right button, which does the opposite.
    pub is_secondary: bool,
    /// The first piece of its stroke.
    pub begins: bool,
}

/// What the pointer did on a picture since the last frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Followed {
    /// The pieces, in the order in which they were drawn.
    pub pieces: Vec<Piece>,
    /// A stroke ended.
    pub has_ended: bool,
}

/// The stroke under way on a picture.
#[derive(Clone, Copy, Debug, Default)]
pub struct Canvas {
    stroke: Option<(PointerButton, Pos2)>,
    /// Where the keyboard's cursor stands, in cells from the left and from the top.
    pub cursor: [usize; 2],
}

impl Canvas {
    /// Whether a stroke is under way.
    #[must_use]
    pub fn is_drawing(&self) -> bool {
        self.stroke.is_some()
    }

    /// Where the stroke under way stands, and whether it is one of the right button.
    #[must_use]
    pub fn resting(&self) -> Option<(Pos2, bool)> {
        self.stroke.map(|(button, at)| (at, button == PointerButton::Secondary))
    }

    /// Replays what the pointer did since the last frame on a picture with this response, which senses clicks and drags.
    pub fn follow(&mut self, ui: &Ui, response: &Response) -> Followed {
        let mut followed = Followed::default();
        let draws = |button| matches!(button, PointerButton::Primary | PointerButton::Secondary);
        // egui says whether a press was for this picture and not for something that lies on it.
        let is_for_it = response.is_pointer_button_down_on()
            || response.clicked()
            || response.secondary_clicked()
            || response.drag_stopped();
        let (events, is_down) = ui.input(|input| (input.events.clone(), input.pointer.any_down()));
        for event in events {
            match (event, self.stroke) {
                (Event::PointerButton { pos, button, pressed: true, .. }, None)
                    if is_for_it && draws(button) && response.rect.contains(pos) =>
                {
                    let is_secondary = button == PointerButton::Secondary;
                    followed.pieces.push(Piece { from: pos, to: pos, is_secondary, begins: true });
                    self.stroke = Some((button, pos));
                }
                (Event::PointerMoved(pos), Some((button, from))) => {
                    followed.pieces.push(piece(from, pos, button));
                    self.stroke = Some((button, pos));
                }
                (Event::PointerButton { pos, button, pressed: false, .. }, Some((held, from))) if held == button => {
                    if from != pos {
                        followed.pieces.push(piece(from, pos, button));
                    }
                    self.stroke = None;
                    followed.has_ended = true;
                }
                (Event::PointerGone, Some(_)) => {
                    self.stroke = None;
                    followed.has_ended = true;
                }
                _ => {}
            }
        }
        // A release that never came, as when a window of the system took the pointer.
        if !is_down && self.stroke.take().is_some() {
            followed.has_ended = true;
        }
        followed
    }

    /// Moves the cursor by the arrow keys while the picture has the keyboard. Returns the cell in which Enter or Space was
    /// pressed.
    pub fn by_keyboard(&mut self, ui: &Ui, response: &Response, [width, height]: [usize; 2]) -> Option<[usize; 2]> {
        if !response.has_focus() || width * height == 0 {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let presses = |key: Key| ui.input(|input| input.num_presses(key) as i64);
        let moved = |place: usize, less: Key, more: Key, end: usize| {
            (place as i64 + presses(more) - presses(less)).clamp(0, end as i64 - 1) as usize
        };
        self.cursor = [
            moved(self.cursor[0], Key::ArrowLeft, Key::ArrowRight, width),
            moved(self.cursor[1], Key::ArrowUp, Key::ArrowDown, height),
        ];
        (presses(Key::Enter) + presses(Key::Space) > 0).then_some(self.cursor)
    }
}

/// Takes the pointer where something with buttons lies on a picture: egui gives a press on a button that senses clicks only
/// to the picture under it too, as the beginning of a drag. To be called before the buttons are drawn.
pub fn cover(ui: &Ui, rect: Rect, salt: &str) {
    ui.interact(rect, ui.scope_id().with(("cover", salt)), Sense::click_and_drag());
}

fn piece(from: Pos2, to: Pos2, button: PointerButton) -> Piece {
    Piece { from, to, is_secondary: button == PointerButton::Secondary, begins: false }
}
