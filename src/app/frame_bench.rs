//! How many frames a second the window has: each lab in turn, running, drawn as fast as it goes.

use std::collections::HashSet;

use egui::{Context, Event, Key, Modifiers, RawInput, ViewportCommand};
use web_time::Instant;

use super::Spinscape;

/// Before frames are counted a lab runs for so long, in seconds: textures and histories are made.
const WARM_UP: f64 = 2.0;

/// The count of one lab's frames, and what is still to come.
pub(super) struct FrameBench {
    seconds: f64,
    started: HashSet<usize>,
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
}

impl Spinscape {
    /// Counts this frame, and goes on to the next lab, or closes the window after the last one.
    pub(super) fn bench_frames(&mut self, ctx: &Context) {
        let current = self.current;
        let Some(bench) = &mut self.frame_bench else { return };
        ctx.request_repaint();
        let lab = &self.labs[current];
        let page = lab.front();
        if !page.has_frame() {
            return;
        }
        let shown_at = *bench.shown_at.get_or_insert_with(Instant::now);
        let shown_for = shown_at.elapsed().as_secs_f64();
        if !page.is_running() && shown_for > WARM_UP / 4.0 && bench.started.insert(current) {
            bench.wants_start = true;
        }
        if shown_for < WARM_UP {
            return;
        }
        let Some(from) = bench.counted_from else {
            bench.counted_from = Some(Instant::now());
            return;
        };
        bench.frames += 1;
        let elapsed = from.elapsed().as_secs_f64();
        if elapsed < bench.seconds {
            return;
        }
        let size = ctx.content_rect().size() * ctx.pixels_per_point();
        let state = if page.is_running() { "running" } else { "at rest" };
        let (name, frames, rate) = (lab.id(), bench.frames, f64::from(bench.frames) / elapsed);
        println!(
            "{name}, {state}, {:.0} x {:.0} pixels: {frames} frames in {elapsed:.1} s, {rate:.1} a second",
            size.x, size.y
        );
        (bench.shown_at, bench.counted_from, bench.frames) = (None, None, 0);
        if current + 1 < self.labs.len() {
            self.show_lab_at(current + 1);
        } else {
            self.frame_bench = None;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}
