//! Notices: short words over a part of the page that is only looked at, which go away by themselves, some with one thing
//! to do. They cover no controls.

use egui::{Align2, Area, Context, Id, Order, Rect, Ui, vec2};

use super::{
    buttons::{IconButton, Look},
    card,
    icons::Icon,
    tokens::{Tokens, regular, size},
};

/// What a notice offers to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Take just this step back.
    UndoStep(Target),
    /// Show a folder.
    OpenFolder(std::path::PathBuf),
    /// Set the scale to this many percent.
    Scale(u32),
}

/// A step of undo: whose it is, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The lab.
    pub lab: &'static str,
    /// Its page.
    pub page: &'static str,
    /// The step's number.
    pub step: u64,
}

/// A notice.
#[derive(Clone, Debug, PartialEq)]
struct Notice {
    text: String,
    offer: Option<(String, Offer)>,
    until: f64,
}

/// At most so many at once.
const MOST: usize = 2;
/// From the corner of their place, in points.
const INSET: f32 = 12.0;
/// What a notice has beside its text and its button: margins, gaps and the cross, in points.
const BESIDE_TEXT: f32 = 76.0;
/// A text is never wrapped to less than this, in points.
const NARROWEST_TEXT: f32 = 120.0;

/// Width of the button for what a notice offers, with its gap.
fn offer_width(ui: &Ui, label: &str) -> f32 {
    let job = super::rich(label, regular(size::BODY), Tokens::of(ui).text);
    ui.fonts_mut(|fonts| fonts.layout_job(job)).size().x + 32.0
}

/// The notices on screen.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    shown: Vec<Notice>,
    now: f64,
    place: Option<Rect>,
}

impl Notices {
    /// Shows a text for four seconds.
    pub fn say(&mut self, text: impl Into<String>) {
        self.add(text.into(), None, 4.0);
    }

    /// Shows a text with a button for eight seconds.
    pub fn offer(&mut self, text: impl Into<String>, label: &str, offer: Offer) {
        self.add(text.into(), Some((label.to_owned(), offer)), 8.0);
    }

    /// Shows a text with a button that takes a step back.
    pub fn offer_undo(&mut self, text: impl Into<String>, label: &str, target: Target) {
        self.offer(text, label, Offer::UndoStep(target));
    }

    /// Takes the button away from notices whose step can no longer be taken back.
    pub fn keep_steps(&mut self, can: impl Fn(&Target) -> bool) {
        for notice in &mut self.shown {
            if matches!(&notice.offer, Some((_, Offer::UndoStep(target))) if !can(target)) {
                notice.offer = None;
            }
        }
    }

    fn add(&mut self, text: String, offer: Option<(String, Offer)>, seconds: f64) {
        self.shown.retain(|notice| notice.text != text);
        if self.shown.len() == MOST {
            self.shown.remove(0);
        }
        self.shown.push(Notice { text, offer, until: self.now + seconds });
    }

    /// Has the notices of this frame over the lower left corner of this part of the page.
    pub fn keep_over(&mut self, place: Rect) {
        self.place = Some(place);
    }

    /// The place that the page wishes for in this frame, if it does.
    pub fn take_place(&mut self) -> Option<Rect> {
        self.place.take()
    }

    /// The texts on screen.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(|notice| notice.text.as_str())
    }

    /// Draws them over the lower left corner of `place`, the newest lowest. Returns what was taken up.
    pub fn ui(&mut self, ctx: &Context, place: Rect, close: &str) -> Option<Offer> {
        self.now = ctx.input(|input| input.time);
        self.shown.retain(|notice| notice.until > self.now);
        if let Some(next) = self.shown.iter().map(|notice| notice.until).reduce(f64::min) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((next - self.now).max(0.05)));
        }
        let mut taken = None;
        let mut closed = None;
        let mut foot = place.left_bottom() + vec2(INSET, -INSET);
        for (index, notice) in self.shown.iter().enumerate().rev() {
            let area = Area::new(Id::unique(("notice", index)))
                .order(Order::Foreground)
                .pivot(Align2::LEFT_BOTTOM)
                .fixed_pos(foot);
            let shown = area.show(ctx, |ui| {
                let tokens = Tokens::of(ui);
                card::frame(tokens).stroke(egui::Stroke::new(1.0, tokens.edge)).inner_margin(8).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.add_space(6.0);
                        let button = notice.offer.as_ref().map_or(0.0, |(label, _)| offer_width(ui, label));
                        let mut job = super::rich(&notice.text, regular(size::BODY), tokens.text);
                        job.wrap.max_width = (place.width() - 2.0 * INSET - button - BESIDE_TEXT).max(NARROWEST_TEXT);
                        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                        ui.label(galley);
                        if let Some((label, offer)) = &notice.offer
                            && IconButton::new(label).min_size(vec2(0.0, 30.0)).show(ui).clicked()
                        {
                            taken = Some(offer.clone());
                            closed = Some(index);
                        }
                        let cross = IconButton::icon_only(Icon::Close, close).look(Look::Bare);
                        if cross.min_size(vec2(28.0, 28.0)).show(ui).clicked() {
                            closed = Some(index);
                        }
                    });
                });
            });
            foot.y -= shown.response.rect.height() + 8.0;
        }
        if let Some(index) = closed {
            self.shown.remove(index);
        }
        taken
    }
}
