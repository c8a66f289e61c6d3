//! How many frames a second the window has: each lab in turn, running, drawn as fast as it goes.

use std::collections::HashSet;

use egui::{Context, Event, Key, Modifiers, RawInput};
use web_time::Instant;

use crate::{labs::kit::Page, platform::console};

/// Before frames are counted a lab runs for so long, in seconds: textures and histories are made.
const WARM_UP: f64 = 2.0;

/// The count of one lab's frames, and what is still to come.
pub(super) struct FrameBench {
    seconds: f64,
    started: HashSet<String>,
    wants_start: bool,
    shown_at: Option<Instant>,
    counted_from: Option<Instant>,
    frames: u32,
}

impl FrameBench {
    /// A count of so many seconds a lab.
    pub fn new(seconds: f64) -> Self {
        Self { seconds, started: HashSet::new(), wants_start: false, shown_at: None, counted_from: None, frames: 0 }
    }

    /// Starts the lab on screen as a person does: by the space bar.
    pub fn press_keys(&mut self, input: &mut RawInput) {
        if std::mem::take(&mut self.wants_start) {
            for pressed in [true, false] {
                let (physical_key, repeat, modifiers) = (None, false, Modifiers::NONE);
                input.events.push(Event::Key { key: Key::Space, physical_key, pressed, repeat, modifiers });
            }
        }
    }

    /// Counts a frame of the lab on screen, of which this is the page in front. Returns whether its count is done.
    pub fn count(&mut self, ctx: &Context, lab: &str, page: &dyn Page) -> bool {
        ctx.request_repaint();
        if !page.has_frame() {
            return false;
        }
        let shown_at = *self.shown_at.get_or_insert_with(Instant::now);
        let shown_for = shown_at.elapsed().as_secs_f64();
        if !page.is_running() && shown_for > WARM_UP / 4.0 && self.started.insert(lab.to_owned()) {
            self.wants_start = true;
        }
        if shown_for < WARM_UP {
            return false;
        }
        let Some(from) = self.counted_from else {
            self.counted_from = Some(Instant::now());
            return false;
        };
        self.frames += 1;
        let elapsed = from.elapsed().as_secs_f64();
        if elapsed < self.seconds {
            return false;
        }
        let size = ctx.content_rect().size() * ctx.pixels_per_point();
        let state = if page.is_running() { "running" } else { "at rest" };
        let (frames, rate) = (self.frames, f64::from(self.frames) / elapsed);
        let line = format!(
            "{lab}, {state}, {:.0} x {:.0} pixels: {frames} frames in {elapsed:.1} s, {rate:.1} a second",
            size.x, size.y
        );
        // A reader that has gone wants to know nothing.
        let _ = console::print(&line);
        (self.shown_at, self.counted_from, self.frames) = (None, None, 0);
        true
    }
}
